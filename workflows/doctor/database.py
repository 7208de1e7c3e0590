"""Checks of the database: schema, triggers, search, durability, rights, clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select, text

from models.columns import table_of
from models.databases import SQLITE, clock_of
from models.grants import excessive_rights
from models.history import APPEND_ONLY, Event
from models.inspecting import missing_search_objects, trigger_faults
from models.units import Unit
from states.errors import DomainError
from states.text import Text
from workflows.doctor.finding import Check, ok
from workflows.migrating import require_current, revision_of

MOST_SKEW = timedelta(seconds=60)
_OLDEST_POSTGRESQL = 150_000
_FIXED_SQLITE = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
_FULL, _EXTRA = 2, 3
_TROUBLES = {
    "missing": Text("đã mất", "missing"),
    "altered": Text("đã bị sửa", "altered"),
    "disabled": Text("đã bị tắt", "switched off"),
    "unknown": Text("lạ", "not ours"),
}


def examine_database(unit: Unit, *, now: datetime, app_role: str | None) -> Iterator[Check]:
    """Check the database that `unit` reads; `now` is the host's instant."""
    current = schema(unit)
    yield current
    if current.is_ok:
        yield triggers(unit)
        yield search(unit)
        yield clock(unit, now)
    yield from _sqlite(unit) if unit.dialect == SQLITE else _postgresql(unit, app_role, history=current.is_ok)


def schema(unit: Unit) -> Check:
    """Check that the schema is exactly the one of this version."""
    try:
        require_current(unit)
    except DomainError as error:
        mend = Text("Sao lưu, rồi chạy «dondoc migrate»", "Make a backup, then run `dondoc migrate`")
        newer = Text("Cài bản Dondoc mới hơn", "Install the newer Dondoc")
        return Check("schema", "fault", error.text, newer if error.code == "schema_too_new" else mend)
    found = revision_of(unit)
    return ok("schema", f"Lược đồ đúng phiên bản {found}", f"The schema is {found}, as it must be")


def triggers(unit: Unit) -> Check:
    """Check that the triggers that keep history unchanged stand as they were made."""
    faults = trigger_faults(unit.connection)
    if not faults:
        return ok("triggers", "Bảo vệ nhật ký còn nguyên", "The triggers that protect history stand")
    vi = ", ".join(f"{fault.trigger} ({_TROUBLES[fault.trouble].vi})" for fault in faults)
    en = ", ".join(f"{fault.trigger} ({_TROUBLES[fault.trouble].en})" for fault in faults)
    return Check(
        "triggers",
        "fault",
        Text(f"Bảo vệ nhật ký không còn nguyên: {vi}", f"Triggers that protect history: {en}"),
        Text(
            "Chạy «dondoc verify» xem nhật ký có bị sửa không, rồi «dondoc doctor --mend» để dựng lại",
            "Run `dondoc verify` to see whether history was changed, then `dondoc doctor --mend` to set them up again",
        ),
    )


def search(unit: Unit) -> Check:
    """Check that the full-text index is there."""
    missing = missing_search_objects(unit.connection)
    if not missing:
        return ok("search", "Chỉ mục tìm kiếm có đủ", "The full-text index is there")
    listed = ", ".join(missing)
    return Check(
        "search",
        "fault",
        Text(f"Chỉ mục tìm kiếm thiếu: {listed}", f"Missing in the full-text index: {listed}"),
        Text("Chạy «dondoc doctor --mend» để dựng lại", "Run `dondoc doctor --mend` to make it again"),
    )


def clock(unit: Unit, now: datetime) -> Check:
    """Check the host's clock against the database's; on SQLite against the newest event, which cannot be to come."""
    theirs = clock_of(unit.connection)
    if theirs is None:
        newest: datetime | None = unit.read(select(func.max(table_of(Event).c.recorded_at))).scalar_one()
        skew = max(newest - now, timedelta()) if newest else timedelta()
    else:
        skew = abs(now - theirs)
    if skew <= MOST_SKEW:
        return ok("clock", "Giờ của máy khớp", "The clock of this machine agrees")
    seconds = round(skew.total_seconds())
    return Check(
        "clock",
        "fault",
        Text(
            f"Giờ của máy lệch {seconds} giây so với cơ sở dữ liệu",
            f"The clock of this machine is {seconds} seconds off the database's",
        ),
        Text(
            "Bật đồng bộ giờ (NTP, timedatectl set-ntp true)",
            "Switch on time synchronisation (timedatectl set-ntp true)",
        ),
    )


# --- SQLite -------------------------------------------------------------------------------------------------------


def _sqlite(unit: Unit) -> Iterator[Check]:
    yield sqlite_version(str(_value(unit, "SELECT sqlite_version()")))
    yield durability(unit)
    yield integrity(unit)


def sqlite_version(version: str) -> Check:
    """Check for a release without the WAL-reset bug, which can corrupt the file: from 3.51.3, or 3.50.7, or 3.44.6."""
    found = tuple(int(part) for part in version.split("."))
    fixed = found >= _FIXED_SQLITE[0] or any(found[:2] == line[:2] and found >= line for line in _FIXED_SQLITE)
    if fixed:
        return ok("sqlite_version", f"SQLite {version}", f"SQLite {version}")
    return Check(
        "sqlite_version",
        "warning",
        Text(
            f"SQLite {version} có lỗi có thể làm hỏng tệp (WAL-reset)",
            f"SQLite {version} can corrupt the file (WAL-reset)",
        ),
        Text("Cài gói pysqlite3 (make setup)", "Install the package pysqlite3 (make setup)"),
    )


def durability(unit: Unit) -> Check:
    """Check that a power cut loses nothing acknowledged: WAL, synchronous FULL, foreign keys on."""
    mode, level, keys = (_value(unit, f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys"))
    wrong = [
        name
        for name, good in (
            (f"journal_mode={mode}", mode == "wal"),
            (f"synchronous={level}", level in {_FULL, _EXTRA}),
            (f"foreign_keys={keys}", keys == 1),
        )
        if not good
    ]
    if not wrong:
        return ok("durability", "WAL, synchronous FULL, khóa ngoại bật", "WAL, synchronous FULL, foreign keys on")
    listed = ", ".join(wrong)
    return Check(
        "durability",
        "fault",
        Text(f"SQLite chạy không an toàn: {listed}", f"SQLite runs unsafely: {listed}"),
        Text(
            "Đặt tệp trên ổ đĩa của máy và chỉ mở bằng Dondoc",
            "Keep the file on a local disk and open it with Dondoc only",
        ),
    )


def integrity(unit: Unit) -> Check:
    """Check that the file is whole and no row has lost its parent."""
    told = str(_value(unit, "PRAGMA quick_check(1)"))
    orphan = unit.connection.exec_driver_sql("PRAGMA foreign_key_check").mappings().first()
    if told == "ok" and orphan is None:
        return ok("integrity", "Tệp cơ sở dữ liệu nguyên vẹn", "The database file is whole")
    what = told if told != "ok" else f"{orphan['table']} → {orphan['parent']}" if orphan else ""
    return Check(
        "integrity",
        "fault",
        Text(f"Tệp cơ sở dữ liệu bị hỏng: {what}", f"The database file is damaged: {what}"),
        Text("Dừng máy chủ, phục hồi từ bản sao lưu", "Stop the server, restore from the backup"),
    )


# --- PostgreSQL ---------------------------------------------------------------------------------------------------


def _postgresql(unit: Unit, app_role: str | None, *, history: bool) -> Iterator[Check]:
    yield postgresql_version(
        int(str(_value(unit, "SHOW server_version_num"))), str(_value(unit, "SHOW server_encoding"))
    )
    yield promises(unit)
    yield who_connects(unit)
    if history:
        yield rights(unit, app_role)


def postgresql_version(number: int, encoding: str) -> Check:
    """Check for PostgreSQL 15 or newer, in UTF-8."""
    shown = f"PostgreSQL {number // 10_000}.{number % 10_000}, {encoding}"
    if number >= _OLDEST_POSTGRESQL and encoding == "UTF8":
        return ok("postgresql_version", shown, shown)
    return Check(
        "postgresql_version",
        "fault",
        Text(f"{shown}: cần bản 15 trở lên, mã UTF8", f"{shown}: version 15 or newer in UTF8 is needed"),
        Text(
            "Chuyển sang máy chủ mới hơn, tạo cơ sở dữ liệu với ENCODING UTF8", "Use a newer server, a database in UTF8"
        ),
    )


def promises(unit: Unit) -> Check:
    """Check that the server writes to disk before it says so."""
    wrong = [
        f"{name}={value}"
        for name in ("fsync", "full_page_writes", "synchronous_commit")
        if (value := _value(unit, f"SHOW {name}")) == "off"
    ]
    if not wrong:
        return ok("durability", "PostgreSQL ghi xuống đĩa trước khi báo xong", "PostgreSQL writes before it says so")
    listed = ", ".join(wrong)
    return Check(
        "durability",
        "fault",
        Text(f"PostgreSQL có thể mất dữ liệu khi mất điện: {listed}", f"A power cut may lose data: {listed}"),
        Text("Đặt các tham số này thành on trong postgresql.conf", "Set these to on in postgresql.conf"),
    )


def who_connects(unit: Unit) -> Check:
    """Check that the application does not work as a superuser or as the owner of history, who can drop triggers."""
    superuser = _value(unit, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    owner = _value(unit, "SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = to_regclass('event')")
    name = _value(unit, "SELECT current_user")
    if not superuser and not owner:
        return ok("connected_as", f"Kết nối bằng vai trò thường «{name}»", f"Connected as the ordinary role “{name}”")
    vi, en = ("siêu người dùng", "a superuser") if superuser else ("chủ các bảng", "the owner of the tables")
    return Check(
        "connected_as",
        "warning",
        Text(f"«{name}» là {vi}: có thể gỡ bảo vệ nhật ký", f"“{name}” is {en}, who can drop the triggers"),
        Text(
            "Đặt DONDOC_APP_ROLE, chạy «dondoc migrate», rồi để DONDOC_DATABASE_URL dùng vai trò đó",
            "Set DONDOC_APP_ROLE, run `dondoc migrate`, then let DONDOC_DATABASE_URL use that role",
        ),
    )


def rights(unit: Unit, app_role: str | None) -> Check:
    """Check that the application's role (else whoever connects) cannot change history."""
    role = app_role or str(_value(unit, "SELECT current_user"))
    if unit.read(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}).first() is None:
        told = Text(f"Không có vai trò «{role}»", f"There is no role “{role}”")
        return Check("rights", "fault", told, Text("Tạo bằng CREATE ROLE … LOGIN", "Make it with CREATE ROLE … LOGIN"))
    excess = excessive_rights(unit.connection, role)
    if not excess:
        tables = ", ".join(APPEND_ONLY)
        return ok("rights", f"«{role}» không sửa được {tables}", f"“{role}” cannot change {tables}")
    listed = ", ".join(excess)
    return Check(
        "rights",
        "fault" if app_role else "warning",
        Text(f"«{role}» có thể sửa nhật ký: {listed}", f"“{role}” may change history: {listed}"),
        Text("Đặt DONDOC_APP_ROLE rồi chạy «dondoc migrate»", "Set DONDOC_APP_ROLE, then run `dondoc migrate`"),
    )


def _value(unit: Unit, query: str) -> object:
    return unit.connection.exec_driver_sql(query).scalar()
