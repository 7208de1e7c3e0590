"""Makes a backup: one snapshot of the database, the files it speaks of, the seals it has, in one checked archive.

Others write meanwhile. The key of the seals is never in it. Nothing bears the final name before it is complete and on
the disk; a kill leaves a folder of work that the next backup beside it removes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.columns import table_of
from models.copying import copy_file, copy_out, count_rows, file_faults, tables
from models.databases import SQLITE
from models.history import Seal, StoredFile
from models.units import Database, Unit
from states.errors import AlreadyExists
from states.text import Text
from workflows.backing_up.archive import ArchiveWriter
from workflows.backing_up.errors import DatabaseDamaged, disk
from workflows.backing_up.manifest import DATABASE, LastSeal, Manifest, TableRows, file_member, table_member
from workflows.backing_up.progress import Progress, silent
from workflows.backing_up.workspaces import flush, workspace
from workflows.filing.errors import FileIsLost
from workflows.filing.store import FileStore
from workflows.migrating import head
from workflows.sealing import file_of

_stored, _seal = table_of(StoredFile), table_of(Seal)
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_PIECE = 1 << 20
_COPYING = Text("Sao chép cơ sở dữ liệu", "Copying the database")
_EXAMINING = Text("Kiểm tra bản sao", "Examining the copy")
_PACKING = Text("Đóng gói cơ sở dữ liệu", "Packing the database")
_ADDING = Text("Đóng gói tệp của văn bản", "Packing the files of papers")


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that is complete and on the disk; `size` is that of the archive in bytes."""

    path: Path
    size: int
    manifest: Manifest

    @property
    def ok(self) -> bool:
        """Whether every file that the database speaks of is in it."""
        return not self.manifest.missing_files


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What was read in one transaction."""

    made_at: datetime
    tables: dict[str, TableRows]
    last_seal: LastSeal | None
    files: list[str]


def back_up(
    database: Database,
    *,
    files: FileStore,
    seals: Path,
    to: Path,
    version: str,
    key: bytes | None = None,
    progress: Progress = silent,
) -> BackedUp:
    """Back up `database` (of this version's schema), the files of its papers and its exported seals to a new file.

    `to` names the file, or a folder in which it gets a name from the instant. `version` is that of the program, `key`
    signs the manifest. A file that is missing or damaged does not stop the backup: it is named in it.
    Raises: AlreadyExists, DatabaseDamaged, Unavailable.
    """
    require_new(to)
    folder = to if to.is_dir() else to.parent
    with disk(folder), workspace(folder) as work:
        archive = ArchiveWriter(work / "archive")
        try:
            with database.reading() as unit:
                seen = _copy(unit, archive, work / DATABASE, progress)
            if database.dialect == SQLITE:
                _add_copy(archive, work / DATABASE, progress)
            _add_seals(archive, seals, seen.last_seal)
            missing = _add_files(archive, files, seen.files, progress)
            manifest = Manifest(
                dondoc=version, revision=head(), engine="sqlite" if database.dialect == SQLITE else "postgresql",
                made_at=seen.made_at, tables=seen.tables, events=seen.tables["event"].rows, last_seal=seen.last_seal,
                members=archive.members, missing_files=missing,
            ).signed(key)  # fmt: skip
            archive.finish(manifest)
        finally:
            archive.close()
        place = _named(to, seen.made_at)
        require_new(place)
        (work / "archive").replace(place)
        flush(folder)
    return BackedUp(place, place.stat().st_size, manifest)


def require_new(to: Path) -> None:
    """Refuse to overwrite a backup. Raises: AlreadyExists."""
    if to.exists() and not to.is_dir():
        raise AlreadyExists(
            Text(
                f"Đã có tệp {to}: đặt tên khác, hoặc nêu thư mục để tên được đặt theo giờ sao lưu",
                f"{to} is there already: choose another name, or name a folder",
            )
        )


def _named(to: Path, made_at: datetime) -> Path:
    return to / f"dondoc-{made_at.astimezone(_HANOI):%Y%m%d-%H%M%S}.zip" if to.is_dir() else to


def _copy(unit: Unit, archive: ArchiveWriter, copy: Path, progress: Progress) -> _Snapshot:
    """Take everything from the one snapshot of `unit`: rows into the archive, on SQLite the file to `copy`."""
    counted = {
        table.name: TableRows(columns=tuple(table.columns.keys()), rows=count_rows(unit.connection, table.name))
        for table in tables()
    }
    if unit.dialect == SQLITE:
        copy_file(unit.connection, copy, told=lambda done, total: progress(_COPYING, done, total))
    else:
        _add_rows(unit, archive, counted, progress)
    last = unit.read(select(_seal.c.n, _seal.c.digest).order_by(_seal.c.n.desc()).limit(1)).first()
    files = list(unit.read(select(_stored.c.digest).order_by(_stored.c.digest)).scalars())
    return _Snapshot(unit.now, counted, LastSeal(n=last.n, digest=last.digest) if last else None, files)


def _add_rows(unit: Unit, archive: ArchiveWriter, counted: dict[str, TableRows], progress: Progress) -> None:
    done, total = 0, sum(table.rows for table in counted.values())
    for name, table in counted.items():
        for _ in archive.add(table_member(name), copy_out(unit.connection, name, table.columns)):
            progress(_COPYING, done, total)
        done += table.rows


def _add_copy(archive: ArchiveWriter, copy: Path, progress: Progress) -> None:
    """Add the copy of a SQLite file once it was found whole. Raises: DatabaseDamaged."""
    progress(_EXAMINING, 0, 1)
    faults = file_faults(copy)
    if faults:
        raise DatabaseDamaged(faults)
    done, total = 0, copy.stat().st_size
    with copy.open("rb") as file:
        for size in archive.add(DATABASE, _pieces(file)):
            done += size
            progress(_PACKING, done, total)
    copy.unlink()


def _add_seals(archive: ArchiveWriter, folder: Path, last: LastSeal | None) -> None:
    """Add the exported seals that the snapshot knows; one made since then belongs into the next backup."""
    for n in range(1, last.n + 1 if last else 1):
        path = file_of(folder, n)
        if path.is_file():
            with path.open("rb") as file:
                for _ in archive.add(f"seals/{path.name}", _pieces(file)):
                    pass


def _add_files(archive: ArchiveWriter, store: FileStore, wanted: list[str], progress: Progress) -> tuple[str, ...]:
    """Add the files of papers, read through and proven first; return the digests of those that are not there whole."""
    missing = []
    for done, digest in enumerate(wanted):
        progress(_ADDING, done, len(wanted))
        try:
            with store.read(digest) as file:
                for _ in archive.add(file_member(digest), _pieces(file), packed=True):
                    pass
        except FileIsLost:
            missing.append(digest)
    return tuple(missing)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece
