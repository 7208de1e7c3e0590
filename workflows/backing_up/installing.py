"""Puts the rows of a backup in the place of a database, of either kind, whatever kind they came from.

SQLite: a file is made ready beside the old one, examined, migrated, and renamed. PostgreSQL: one transaction. A kill
leaves the old database or the new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from models.copying import NotRows, copy_in, copy_out, count_rows, file_faults
from models.replacing import remove_everything, replace_file, require_unused_server, stand_alone, without_keys
from models.units import connect
from states.errors import DomainError
from states.text import Text
from workflows.backing_up.archive import Backup
from workflows.backing_up.destination import Destination
from workflows.backing_up.errors import unusable
from workflows.backing_up.manifest import DATABASE, table_member
from workflows.backing_up.progress import Progress
from workflows.backing_up.workspaces import workspace
from workflows.migrating import OrphanedRows, file_of, migrating, revision_of, upgrade, upgrade_within

_FILLING = Text("Nạp lại các bảng", "Filling the tables")
_EXAMINING = Text("Kiểm tra cơ sở dữ liệu", "Examining the database")
_NO_RIGHT = "42501"
Rows = Callable[[str, Sequence[str]], Iterator[bytes]]


class NotAllowed(DomainError):
    """The account of the database may not make tables."""

    code = "database_not_allowed"


def install(backup: Backup, *, to: Destination, ready: Callable[[], None], progress: Progress) -> None:
    """Replace the database; `ready` is called when all is ready, at the last instant before it is done.

    Raises: BackupUnusable when the rows are not those that were backed up, DatabaseInUse, NotAllowed.
    """
    file = file_of(to.url)
    with workspace(to.data_dir if file is None else file.parent) as work:
        came = work / DATABASE
        if DATABASE in backup.manifest.members:
            backup.unpack(DATABASE, came)
        if file is not None:
            _install_file(backup, came, file, ready=ready, progress=progress)
        else:
            _install_rows(backup, came, to, ready=ready, progress=progress)


def _install_file(backup: Backup, came: Path, file: Path, *, ready: Callable[[], None], progress: Progress) -> None:
    url = f"sqlite:///{came}"
    if not came.exists():
        upgrade(url, revision=backup.manifest.revision, reference=False)
        _fill_file(backup, url, progress)
    progress(_EXAMINING, 0, 1)
    _require_whole(came)
    with _rows_that_fit():
        _require_rows(backup, url)
        upgrade(url)
    stand_alone(came)
    came.chmod(file.stat().st_mode & 0o777 if file.exists() else 0o600)
    ready()
    replace_file(came, file)


def _fill_file(backup: Backup, url: str, progress: Progress) -> None:
    with _rows_that_fit(), migrating(url) as unit:
        _fill(backup, unit.connection, _packed_rows(backup), progress)


def _require_whole(file: Path) -> None:
    faults = file_faults(file)
    if faults:
        listed = "; ".join(faults)
        raise unusable(f"cơ sở dữ liệu bên trong bị hỏng ({listed})", f"the database inside is damaged ({listed})")


def _require_rows(backup: Backup, url: str) -> None:
    database = connect(url, pool_size=1)
    try:
        with database.reading() as unit:
            if revision_of(unit) != backup.manifest.revision:
                raise unusable("cơ sở dữ liệu không đúng bản kê", "the database is not the one of its manifest")
            _require_counts(backup, unit.connection)
    finally:
        database.close()


def _require_counts(backup: Backup, connection: Connection) -> None:
    for name, table in backup.manifest.tables.items():
        found = count_rows(connection, name)
        if found != table.rows:
            raise unusable(
                f"bảng {name} có {found} dòng, bản kê ghi {table.rows}",
                f"the table {name} has {found} rows, its manifest says {table.rows}",
            )


def _install_rows(
    backup: Backup, came: Path, to: Destination, *, ready: Callable[[], None], progress: Progress
) -> None:
    """Do it all in one transaction; the database as it was is there until that ends."""
    source = connect(f"sqlite:///{came}", pool_size=1) if came.exists() else None
    try:
        if source is None:
            _replace_rows(backup, to, _packed_rows(backup), ready=ready, progress=progress)
            return
        progress(_EXAMINING, 0, 1)
        _require_whole(came)
        with source.reading() as unit:
            _replace_rows(backup, to, partial(copy_out, unit.connection), ready=ready, progress=progress)
    finally:
        if source is not None:
            source.close()


def _replace_rows(
    backup: Backup, to: Destination, rows: Rows, *, ready: Callable[[], None], progress: Progress
) -> None:
    with _rows_that_fit(), migrating(to.url) as unit:
        require_unused_server(unit.connection)
        if revision_of(unit) is not None:
            upgrade_within(unit, reference=False)  # so that every table that is there can be named
        remove_everything(unit.connection)
        upgrade_within(unit, revision=backup.manifest.revision, reference=False)
        with without_keys(unit.connection, list(backup.manifest.tables)):
            _fill(backup, unit.connection, rows, progress)
        _require_counts(backup, unit.connection)
        upgrade_within(unit, app_role=to.app_role)
        ready()


def _fill(backup: Backup, connection: Connection, rows: Rows, progress: Progress) -> None:
    done, total = 0, sum(table.rows for table in backup.manifest.tables.values())
    for name, table in backup.manifest.tables.items():
        progress(_FILLING, done, total)
        copy_in(connection, name, table.columns, rows(name, table.columns))
        done += table.rows
    progress(_FILLING, done, total)


@contextmanager
def _rows_that_fit() -> Iterator[None]:
    """Say in words that the database did not take what came, or may not be changed by this account."""
    try:
        yield
    except NotRows as error:
        raise unusable("dòng dữ liệu bên trong không đọc được", "rows inside cannot be read") from error
    except OrphanedRows as error:
        raise unusable("có dòng dữ liệu mồ côi", "there are rows without their parents") from error
    except DatabaseError as error:
        if getattr(error.orig, "sqlstate", None) == _NO_RIGHT:
            raise NotAllowed(
                Text(
                    "Tài khoản cơ sở dữ liệu không được tạo bảng: phục hồi bằng chủ các bảng, như khi «dondoc migrate»",
                    "This database account may not make tables: restore as their owner, as for `dondoc migrate`",
                )
            ) from error
        raise unusable("dữ liệu bên trong không khớp lược đồ", "the data inside does not fit its schema") from error


def _packed_rows(backup: Backup) -> Rows:
    return lambda name, _columns: backup.pieces(table_member(name))
