"""Brings a database to the schema of this version, and refuses to work on any other.

One migration is one transaction on both databases: killed at any instant it leaves the old schema. Two runs at once
wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import make_url

from models.databases import SQLITE
from models.grants import grant
from models.units import Clock, Unit, WriteUnit, connect
from states.errors import BadInput, DomainError
from states.text import Text
from workflows.reference import load_reference

_LOCK = 0x646F6E646F63  # "dondoc": the number that migrating processes agree on


class NotMigrated(DomainError):
    """The database has no schema, or one older than this version needs."""

    code = "not_migrated"

    def __init__(self, *, found: str | None, needed: str) -> None:
        super().__init__(
            Text(
                "Cơ sở dữ liệu chưa đúng phiên bản: chạy «dondoc migrate»",
                "The database is not migrated: run `dondoc migrate`",
            ),
            found=found,
            needed=needed,
        )


class SchemaTooNew(DomainError):
    """The database was migrated by a newer version of Dondoc; this one must not touch it."""

    code = "schema_too_new"

    def __init__(self, *, found: str, known: str) -> None:
        super().__init__(
            Text(
                f"Cơ sở dữ liệu thuộc bản Dondoc mới hơn («{found}»; bản này biết đến «{known}»): hãy dùng bản mới",
                f"The database belongs to a newer Dondoc (“{found}”; this one knows “{known}”): use the newer version",
            ),
            found=found,
            known=known,
        )


class OrphanedRows(DomainError):
    """Rows refer to others that are not there."""

    code = "orphaned_rows"


def upgrade(
    url: str,
    *,
    revision: str = "head",
    clock: Clock | None = None,
    app_role: str | None = None,
    reference: bool = True,
) -> None:
    """Migrate the database at `url` to `revision`, and at the head load the `reference` data; nothing to do is fine.

    On PostgreSQL `app_role` gets the rights of the application, as on SQLite there are none to give.
    Raises SchemaTooNew on a database of a newer version, BadInput on a role that cannot serve.
    """
    _make_folder(url)
    with migrating(url, clock=clock) as unit:
        upgrade_within(unit, revision=revision, app_role=app_role, reference=reference)


def upgrade_within(
    unit: WriteUnit, *, revision: str = "head", app_role: str | None = None, reference: bool = True
) -> None:
    """Migrate the database of `unit` as `upgrade` does, in its transaction."""
    _refuse_newer(unit)
    command.upgrade(_config(unit), revision)
    if revision_of(unit) == head():
        if reference:
            load_reference(unit)
        if app_role and unit.dialect != SQLITE:
            grant(unit.connection, app_role)


def downgrade(url: str, revision: str) -> None:
    """Step down to `revision` ("base": to nothing).

    Raises RowsWouldBeLost when rows would be lost, SchemaTooNew on a database of a newer version.
    """
    with migrating(url) as unit:
        _refuse_newer(unit)
        command.downgrade(_config(unit), revision)


def head() -> str:
    """Return the revision this version needs."""
    return _scripts().get_current_head() or "base"


def revision_of(unit: Unit) -> str | None:
    """Return the revision of the database, None when it was never migrated."""
    return MigrationContext.configure(unit.connection).get_current_revision()


def current(url: str) -> str | None:
    """Return the revision of the database at `url`, None when it was never migrated or is not there."""
    file = file_of(url)
    if file is not None and not file.exists():
        return None
    database = connect(url)
    try:
        with database.reading() as unit:
            return revision_of(unit)
    finally:
        database.close()


def is_current(url: str) -> bool:
    """Whether the database at `url` has exactly the schema this version needs."""
    return current(url) == head()


def require_current(unit: Unit) -> None:
    """Refuse to work on another schema than ours.

    Raises NotMigrated on none or an older one, SchemaTooNew on a newer one.
    """
    _refuse_newer(unit)
    found = revision_of(unit)
    if found != head():
        raise NotMigrated(found=found, needed=head())


def is_known(revision: str) -> bool:
    """Whether this version knows the revision: an unknown one is of a newer version."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


def _refuse_newer(unit: Unit) -> None:
    found = revision_of(unit)
    if found is not None and not is_known(found):
        raise SchemaTooNew(found=found, known=head())


@contextmanager
def migrating(url: str, *, clock: Clock | None = None) -> Iterator[WriteUnit]:
    """Open a write unit that no second migration can share.

    On SQLite foreign keys are off meanwhile (a rebuilt table would take its children with it) and checked at the end.
    """
    database = connect(url, clock=clock, pool_size=1)
    try:
        with database.writing() as unit:
            if unit.dialect == SQLITE:
                unit.connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            unit.take_lock()
            if unit.dialect != SQLITE:
                unit.read(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
            yield unit
            _check_foreign_keys(unit)
    finally:
        database.close()


def _check_foreign_keys(unit: WriteUnit) -> None:
    if unit.dialect != SQLITE:
        return
    broken = unit.connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        raise OrphanedRows(
            Text(
                f"Không nâng cấp: dữ liệu mồ côi trong {tables}",
                f"Not migrated: rows without their parents in {tables}",
            )
        )


def _config(unit: Unit | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("models") / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    if unit is not None:
        config.attributes["connection"] = unit.connection
    return config


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def file_of(url: str) -> Path | None:
    """Return the file of a SQLite database, None for any other."""
    parsed = make_url(url)
    in_file = parsed.get_backend_name() == SQLITE and parsed.database and parsed.database != ":memory:"
    return Path(str(parsed.database)) if in_file else None


def _make_folder(url: str) -> None:
    file = file_of(url)
    if file is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadInput(
                {
                    "DONDOC_DATABASE_URL": Text(
                        f"Không tạo được thư mục {file.parent} cho cơ sở dữ liệu; đặt DONDOC_DATA_DIR ở nơi ghi được",
                        f"The folder {file.parent} cannot be made for the database; set DONDOC_DATA_DIR elsewhere",
                    )
                }
            ) from error
