"""A backup that is not exactly what was made is refused with the reason, and nothing is touched."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from states.errors import DomainError, Unavailable
from tests.backups import KEY, Place, altered, with_manifest
from tests.conftest import sqlite_url
from workflows.backing_up import emptiness
from workflows.backing_up.errors import BackupTooNew, BackupUnusable
from workflows.backing_up.making import BackedUp
from workflows.backing_up.manifest import DATABASE, NAME
from workflows.backing_up.marking import half_restored

Change = Callable[[Path, Path], Path]
Members = dict[str, bytes]


def refused(place: Place, archive: Path, *, key: bytes | None = KEY) -> DomainError:
    """Try to restore, twice: into nothing, and over something; neither may leave a trace. Return the refusal."""
    with pytest.raises(DomainError) as told:
        place.restore(archive, key=key)
    assert list(place.files.digests()) == []
    assert not (place.folder / "dondoc.sqlite3").exists()
    assert half_restored(place.folder) is None
    return told.value


def truncated(share: float) -> Change:
    def change(archive: Path, to: Path) -> Path:
        content = archive.read_bytes()
        to.write_bytes(content[: int(len(content) * share)])
        return to

    return change


def members(change: Callable[[Members], None], *, honest: bool = False) -> Change:
    return lambda archive, to: altered(archive, to, change, honest=honest)


def first(members_: Members, beginning: str) -> str:
    return next(name for name in members_ if name.startswith(beginning))


def flipped(content: bytes) -> bytes:
    place = len(content) // 2
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def a_file_changed(content: Members) -> None:
    name = first(content, "files/")
    content[name] = flipped(content[name])


def a_seal_changed(content: Members) -> None:
    name = first(content, "seals/")
    content[name] = flipped(content[name])


def the_database_changed(content: Members) -> None:
    name = DATABASE if DATABASE in content else "tables/event.copy"
    content[name] = flipped(content[name])


def a_file_gone(content: Members) -> None:
    del content[first(content, "files/")]


def a_file_more(content: Members) -> None:
    content[f"files/{'a' * 64}"] = b"x"


def no_manifest(content: Members) -> None:
    del content[NAME]


def no_json(content: Members) -> None:
    content[NAME] = b"{"


def deep_json(content: Members) -> None:
    content[NAME] = b"[" * 200_000


def named(name: str) -> Callable[[Members], None]:
    def change(content: Members) -> None:
        content[name] = b"x"

    return change


def a_bomb(content: Members) -> None:
    content[f"files/{hashlib.sha256(bytes(64 << 20)).hexdigest()}"] = bytes(64 << 20)


def a_lie(archive: Path, to: Path) -> Path:
    """Say in the list and in the header that a file is shorter than it unpacks to."""
    made = altered(archive, to, lambda _content: None)
    with zipfile.ZipFile(made) as opened:
        about = next(one for one in opened.infolist() if one.filename.startswith("files/"))
    content = bytearray(made.read_bytes())
    size = struct.pack("<I", about.file_size)
    shorter = struct.pack("<I", about.file_size - 10)
    place = content.index(size, about.header_offset)
    content[place : place + 4] = shorter
    place = content.index(size, content.rindex(b"PK\x01\x02", 0, content.rindex(about.filename.encode())))
    content[place : place + 4] = shorter
    made.write_bytes(content)
    return made


def twice(archive: Path, to: Path) -> Path:
    """Put a second member of the same name behind the first."""
    to.write_bytes(archive.read_bytes())
    with zipfile.ZipFile(to, "a") as opened:
        name = next(name for name in opened.namelist() if name.startswith("files/"))
        with pytest.warns(UserWarning, match="Duplicate"):
            opened.writestr(name, b"x")
    return to


def encrypted(archive: Path, to: Path) -> Path:
    content = bytearray(archive.read_bytes())
    content[6] |= 1
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    to.write_bytes(content)
    return to


def no_archive(_archive: Path, to: Path) -> Path:
    to.write_bytes(b"PK\x03\x04 and nothing else")
    return to


def another_archive(_archive: Path, to: Path) -> Path:
    with zipfile.ZipFile(to, "w") as opened:
        opened.writestr("word/document.xml", "<x/>")
    return to


CORRUPTIONS: dict[str, Change] = {
    "cut short after a third": truncated(0.3),
    "cut short by its last bytes": truncated(0.999),
    "empty": truncated(0),
    "a file of a paper changed": members(a_file_changed),
    "a file of a paper changed, the manifest made to fit": members(a_file_changed, honest=True),
    "a seal changed": members(a_seal_changed),
    "the database changed": members(the_database_changed),
    "a file gone": members(a_file_gone),
    "a file more": members(a_file_more),
    "without manifest": members(no_manifest),
    "a manifest that is no JSON": members(no_json),
    "a manifest that is nothing but brackets": members(deep_json),
    "a path upwards": members(named("../../evil"), honest=True),
    "a path from the root": members(named("/etc/evil"), honest=True),
    "a path inside the store": members(named("files/../seal.key"), honest=True),
    "a name with a backslash": members(named("files\\..\\x"), honest=True),
    "a folder": members(named("files/"), honest=True),
    "a key": members(named("seal.key"), honest=True),
    "a bomb": members(a_bomb, honest=True),
    "a member that unpacks to more than it says": a_lie,
    "two members of one name": twice,
    "encrypted": encrypted,
    "no archive": no_archive,
    "another archive": another_archive,
}


def test_what_is_not_as_it_was_made_is_refused(made: BackedUp, beside: Place, tmp_path: Path) -> None:
    for kind, change in CORRUPTIONS.items():
        bad = change(made.path, tmp_path / "bad.zip")
        told = refused(beside, bad)
        assert isinstance(told, BackupUnusable), f"{kind}: {told.text.vi}"
        assert "Chưa thay đổi gì" in told.text.vi
        bad.unlink()


def unpacked(archive: Path) -> dict[str, bytes | None]:
    found: dict[str, bytes | None] = {}
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            try:
                found[name] = opened.read(name)
            except (zipfile.BadZipFile, zlib.error):
                found[name] = None
    return found


def test_whatever_byte_of_a_member_is_changed_it_is_refused(made: BackedUp, beside: Place, tmp_path: Path) -> None:
    random = Random(7)
    content = made.path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        spans = [(one.header_offset + 30 + len(one.filename) + 20, one.compress_size) for one in opened.infolist()[:-1]]
    for n in range(40):
        start, size = spans[n % len(spans)]
        place = start + random.randrange(size)
        bad = tmp_path / "bad.zip"
        bad.write_bytes(content[:place] + bytes([content[place] ^ (1 << random.randrange(8))]) + content[place + 1 :])
        if unpacked(bad) == unpacked(made.path):  # the last bits of a packed member may stand for nothing
            continue
        assert isinstance(refused(beside, bad), BackupUnusable)


def test_a_bad_backup_leaves_what_is_there_as_it_is(home: Place, made: BackedUp, beside: Place, tmp_path: Path) -> None:
    beside.restore(made.path)
    before = beside.rows()
    for kind in ("the database changed", "cut short after a third", "a file of a paper changed"):
        bad = CORRUPTIONS[kind](made.path, tmp_path / "bad.zip")
        with pytest.raises(BackupUnusable):
            beside.restore(bad, overwrite=True)
    assert beside.rows() == before == home.rows()
    assert beside.verdict().ok


def test_a_manifest_signed_with_the_key_of_the_seals_cannot_be_written_anew(
    made: BackedUp, beside: Place, tmp_path: Path
) -> None:
    def change(content: Members) -> None:
        told = json.loads(content[NAME])
        content[NAME] = json.dumps({**told, "dondoc": "9.9"}).encode()

    bad = altered(made.path, tmp_path / "bad.zip", change)
    assert "chữ ký" in refused(beside, bad).text.vi
    assert "chữ ký" in refused(beside, made.path, key=b"another key altogether").text.vi


def test_rows_that_the_manifest_does_not_count_are_refused(made: BackedUp, beside: Place, tmp_path: Path) -> None:
    tables = made.manifest.model_dump(mode="json")["tables"]
    tables["event"]["rows"] += 1
    bad = with_manifest(made.path, tmp_path / "bad.zip", tables=tables)
    assert "event" in refused(beside, bad).text.vi


@pytest.mark.parametrize(
    "values", [{"format": 2}, {"format": 99, "dondoc": "7.0"}, {"revision": "0999_from_the_future"}]
)
def test_a_backup_of_a_newer_version_is_refused(
    made: BackedUp, beside: Place, tmp_path: Path, values: dict[str, object]
) -> None:
    bad = with_manifest(made.path, tmp_path / "new.zip", **values)
    assert isinstance(refused(beside, bad), BackupTooNew)


def test_a_damaged_database_inside_is_refused(made: BackedUp, elsewhere: Place, tmp_path: Path) -> None:
    """The archive is whole and honest; what it holds was damaged before."""

    def change(content: Members) -> None:
        if DATABASE in content:
            content[DATABASE] = content[DATABASE][:40_960] + bytes(4096) * 3 + content[DATABASE][53_248:]
        else:
            content["tables/event.copy"] = content["tables/event.copy"].replace(b"\t", b" ", 1)

    assert isinstance(refused(elsewhere, altered(made.path, tmp_path / "bad.zip", change, honest=True)), BackupUnusable)


def test_rows_without_their_parents_are_refused(made: BackedUp, elsewhere: Place, tmp_path: Path) -> None:
    def change(content: Members) -> None:
        if DATABASE in content:
            file = tmp_path / "orphans.sqlite3"
            file.write_bytes(content[DATABASE])
            with closing(sqlite3.connect(file, isolation_level=None)) as connection:
                connection.execute("UPDATE referral SET agency_id = '00000000000000000000000000000000'")
            content[DATABASE] = file.read_bytes()
        else:
            lines = content["tables/person.copy"].splitlines(keepends=True)
            content["tables/person.copy"] = b"".join([b"0" * 32 + lines[0][32:], *lines[1:]])

    assert isinstance(refused(elsewhere, altered(made.path, tmp_path / "bad.zip", change, honest=True)), BackupUnusable)


def test_what_does_not_fit_on_the_disk_is_refused(
    made: BackedUp, beside: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emptiness, "_free", lambda _folder: 10)
    assert isinstance(refused(beside, made.path), Unavailable)


def test_a_backup_that_is_not_there_is_a_sentence(beside: Place, tmp_path: Path) -> None:
    assert "không phải tệp sao lưu" in refused(beside, tmp_path / "none.zip").text.vi
    assert "không phải tệp sao lưu" in refused(beside, tmp_path).text.vi


def test_a_database_that_is_damaged_is_not_backed_up(home: Place, tmp_path: Path) -> None:
    if home.url.startswith("postgresql"):
        return
    file = Path(home.url.split("///", 1)[1])
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'document'").fetchone()[0]
    content = file.read_bytes()
    file.write_bytes(content[: (page - 1) * 4096 + 2000] + bytes(2096) + content[page * 4096 :])
    with pytest.raises(DomainError) as told:
        Place(sqlite_url(file), home.folder).back_up(tmp_path / "one.zip")
    assert told.value.code == "database_damaged"
    assert not (tmp_path / "one.zip").exists()
