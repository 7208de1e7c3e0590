"""Checks of the machine and of the data folder: no database is asked."""

from __future__ import annotations

import importlib.metadata
import stat
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from states.text import Text
from workflows.backing_up.errors import HalfRestored
from workflows.backing_up.marking import half_restored
from workflows.doctor.finding import Check, ok

ZONE = "Asia/Ho_Chi_Minh"
SEAL_KEY_FILE = "seal.key"
MOUNTS = Path("/proc/self/mounts")
_HANOI = timedelta(hours=7)
_FAR_AWAY = frozenset({"9p", "afs", "ceph", "cifs", "davfs", "glusterfs", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"})
# Prefect 3.8 calls what FastAPI 0.151 took away; importing both works, every flow run fails.
_FASTAPI_OF_PREFECT = {(3, 8): ((0, 150), (0, 151))}
_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def examine_machine(data_dir: Path, *, seal_key_given: bool) -> Iterator[Check]:
    """Check time zone data, versions that must fit, the data folder, the seal key, and that no restore was cut off."""
    yield time_zone()
    yield versions(importlib.metadata.version)
    yield folder(data_dir)
    yield place_of(data_dir)
    yield seal_key(data_dir, given=seal_key_given)
    yield restored(data_dir)


def time_zone(load: Callable[[str], ZoneInfo] = ZoneInfo) -> Check:
    """Check that civil dates can be told: the zone loads and is seven hours ahead of UTC all year."""
    mend = Text("Cài lại gói tzdata (make setup)", "Install the package tzdata again (make setup)")
    try:
        zone = load(ZONE)
    except (ZoneInfoNotFoundError, OSError):
        return Check("time_zone", "fault", Text(f"Thiếu dữ liệu múi giờ {ZONE}", f"No time zone data for {ZONE}"), mend)
    if any(datetime(2026, month, 1, tzinfo=zone).utcoffset() != _HANOI for month in (1, 7)):
        return Check("time_zone", "fault", Text(f"{ZONE} không phải +07:00", f"{ZONE} is not +07:00"), mend)
    return ok("time_zone", f"Múi giờ {ZONE} là +07:00", f"{ZONE} is +07:00")


def versions(version_of: Callable[[str], str]) -> Check:
    """Check that FastAPI and Prefect are a pair that works."""
    fastapi, prefect = version_of("fastapi"), version_of("prefect")
    told = Text(f"FastAPI {fastapi}, Prefect {prefect}", f"FastAPI {fastapi}, Prefect {prefect}")
    bounds = _FASTAPI_OF_PREFECT.get(_first_two(prefect))
    if bounds is None or not bounds[0] <= _first_two(fastapi) < bounds[1]:
        mend = Text("Cài đúng phiên bản đã khóa: make setup", "Install the locked versions: make setup")
        vi, en = f"{told.vi}: chưa thử chạy cùng nhau", f"{told.en}: not known to run together"
        return Check("versions", "fault", Text(vi, en), mend)
    return ok("versions", *told)


def folder(data_dir: Path) -> Check:
    """Check that the data folder is there and takes files."""
    try:
        with tempfile.TemporaryFile(dir=data_dir) as file:
            file.write(b"x" * 4096)
            file.flush()
    except OSError as error:
        return Check(
            "data_dir",
            "fault",
            Text(f"Không ghi được vào {data_dir}: {error.strerror}", f"Cannot write to {data_dir}: {error.strerror}"),
            Text("Tạo thư mục và cấp quyền ghi, hoặc đặt DONDOC_DATA_DIR", "Make it writable, or set DONDOC_DATA_DIR"),
        )
    return ok("data_dir", f"Ghi được vào {data_dir}", f"{data_dir} takes files")


def place_of(data_dir: Path, *, mounts: Path | None = None) -> Check:
    """Check that the data folder is on a disk of this machine: SQLite and locks fail on network folders."""
    kind = _file_system(data_dir.resolve(), mounts or MOUNTS)
    if kind is not None and (kind in _FAR_AWAY or kind.startswith("fuse.")):
        return Check(
            "data_dir_local",
            "fault",
            Text(f"{data_dir} nằm trên ổ đĩa mạng ({kind})", f"{data_dir} is on a network file system ({kind})"),
            Text("Đặt DONDOC_DATA_DIR vào ổ đĩa của máy này", "Point DONDOC_DATA_DIR to a disk of this machine"),
        )
    shown = kind or "?"
    return ok("data_dir_local", f"{data_dir} nằm trên máy này ({shown})", f"{data_dir} is on this machine ({shown})")


def seal_key(data_dir: Path, *, given: bool) -> Check:
    """Check that the key that signs seals is there and readable by its owner only."""
    if given:
        return ok("seal_key", "Khóa niêm phong lấy từ DONDOC_SEAL_KEY", "The seal key comes from DONDOC_SEAL_KEY")
    path = data_dir / SEAL_KEY_FILE
    if not path.exists():
        return Check(
            "seal_key",
            "warning",
            Text(f"Chưa có khóa niêm phong {path}", f"There is no seal key {path}"),
            Text(
                "Nếu chưa niêm phong lần nào: chạy «dondoc seal»; nếu đã có: chép lại khóa từ bản sao lưu",
                "If nothing was sealed yet: run `dondoc seal`; else copy the key back from the backup",
            ),
        )
    if stat.S_IMODE(path.stat().st_mode) & _FOR_OTHERS:
        return Check(
            "seal_key",
            "fault",
            Text(f"Người khác đọc được khóa niêm phong {path}", f"Others can read the seal key {path}"),
            Text(f"Chạy: chmod 600 {path}", f"Run: chmod 600 {path}"),
        )
    return ok(
        "seal_key", f"Khóa niêm phong {path} chỉ chủ tệp đọc được", f"Only its owner can read the seal key {path}"
    )


def restored(data_dir: Path) -> Check:
    """Check that no restore was cut off half-way."""
    archive = half_restored(data_dir)
    if archive is None:
        return ok("restored", "Không có lần phục hồi nào dở dang", "No restore was cut off")
    mend = Text(f"Chạy lại «dondoc restore {archive}»", f"Run `dondoc restore {archive}` again")
    return Check("restored", "fault", HalfRestored(archive).text, mend)


def mailing(*, set_up: bool) -> Check:
    """Check that letters can leave; without a mail server inboxes are filled all the same."""
    if set_up:
        return ok("mail", "Đã đặt máy chủ thư", "A mail server is set up")
    return Check(
        "mail",
        "warning",
        Text("Chưa đặt máy chủ thư: thư nhắc chờ trong máy", "No mail server is set up: letters wait here"),
        Text("Đặt DONDOC_SMTP_HOST và DONDOC_SMTP_FROM", "Set DONDOC_SMTP_HOST and DONDOC_SMTP_FROM"),
    )


def backed_up(*, set_up: bool) -> Check:
    """Check that history is backed up every night."""
    if set_up:
        return ok("backup", "Sao lưu hằng đêm", "Backed up every night")
    return Check(
        "backup",
        "warning",
        Text(
            "Chưa đặt thư mục sao lưu: không có bản sao hằng đêm", "No folder for backups: nothing is copied at night"
        ),
        Text("Đặt DONDOC_BACKUP_DIR, tốt nhất ở ổ đĩa khác", "Set DONDOC_BACKUP_DIR, best on another disk"),
    )


def _first_two(version: str) -> tuple[int, int]:
    major, minor, *_ = version.split(".")
    return int(major), int(minor)


def _file_system(path: Path, mounts: Path) -> str | None:
    """Return the type of the file system that holds `path`; None where the machine does not tell."""
    if not mounts.exists():
        return None
    lines = (line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines())
    places = {Path(part[1].replace("\\040", " ")): part[2] for part in lines if len(part) > 2}  # noqa: PLR2004 - device, place, type
    holding = [place for place in places if path.is_relative_to(place)]
    return places[max(holding, key=lambda place: len(place.parts))] if holding else None
