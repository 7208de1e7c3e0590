"""Restores a backup into the installation that the settings name, and says how whole it is.

Everything in the archive is checked before anything is touched. The new database is made ready, then files of papers
are kept (more files than rows harm nobody), the database is replaced in one step, the seals follow. Between the last
two the installation is marked.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from models.columns import table_of
from models.history import StoredFile
from models.units import connect
from states.errors import DomainError, Unavailable
from states.text import Text
from workflows import verifying
from workflows.backing_up.archive import Backup, open_backup
from workflows.backing_up.destination import Destination
from workflows.backing_up.emptiness import require_no_other_files, require_place, require_space
from workflows.backing_up.errors import disk, unusable
from workflows.backing_up.installing import install
from workflows.backing_up.manifest import Manifest, file_member
from workflows.backing_up.marking import half_restored, mark, unmark
from workflows.backing_up.progress import Progress, silent
from workflows.backing_up.workspaces import flush, workspace
from workflows.filing.store import FileStore
from workflows.migrating import file_of
from workflows.verifying import Verdict

_stored = table_of(StoredFile)
_SEAL = re.compile(r"seal-(\d{6,})\.json")
_FILES = Text("Phục hồi tệp của văn bản", "Restoring the files of papers")
_VERIFYING = Text("Kiểm tra nhật ký", "Verifying history")


@dataclass(frozen=True, slots=True)
class Restored:
    """An installation that was restored. `missing_files` are not in the store, though the database speaks of them.

    `set_aside` is the folder with exported seals that this history does not have: they were made after the backup.
    """

    manifest: Manifest
    verdict: Verdict
    missing_files: tuple[str, ...]
    set_aside: Path | None

    @property
    def ok(self) -> bool:
        """Whether history is whole and every file is there."""
        return self.verdict.ok and not self.missing_files


def restore(
    archive: Path, *, to: Destination, key: bytes | None, overwrite: bool = False, progress: Progress = silent
) -> Restored:
    """Restore the backup `archive`; what holds data is replaced only with `overwrite`, or to complete a restore.

    `key` is that of the seals: with it the archive's signature and the seals are checked. On PostgreSQL the account
    must be the owner of the tables. Raises: BackupUnusable, BackupTooNew, HoldsData, DatabaseInUse, DatabaseUnreadable,
    NotDondocs, SchemaTooNew, WrongOwner, NotAllowed, Unavailable; with any of them the old state stands.
    """
    resumed = half_restored(to.data_dir) is not None
    require_place(to, overwrite=overwrite or resumed)
    backup = open_backup(archive, key=key, progress=progress)
    with disk(to.data_dir):
        _make_folders(to)
        require_space(to, backup.manifest)
        if not (overwrite or resumed):
            require_no_other_files(to, backup.manifest)
        _install(backup, to, resumed=resumed, progress=progress)
        set_aside = _keep_seals(backup, to.seals)
        unmark(to.data_dir)
    return _examined(backup.manifest, to, key, set_aside, progress)


def _make_folders(to: Destination) -> None:
    to.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = file_of(to.url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)


def _keep_files(backup: Backup, store: FileStore, progress: Progress) -> None:
    files = backup.manifest.files
    for done, (digest, wanted) in enumerate(files.items()):
        progress(_FILES, done, len(files))
        if store.is_whole(digest, size=wanted.size):
            continue
        with store.spooling(most=wanted.size) as spool:
            for piece in backup.pieces(file_member(digest)):
                spool.take(piece)
            if spool.digest != digest:
                raise unusable(f"tệp {digest[:12]} không đúng nội dung", f"the file {digest[:12]} has another content")
            store.keep(spool)


def _install(backup: Backup, to: Destination, *, resumed: bool, progress: Progress) -> None:
    """Bring the files once the new database is ready, mark, replace; a mark that stands for nothing done is removed."""

    def ready() -> None:
        _keep_files(backup, to.files, progress)
        mark(to.data_dir, backup.path)

    try:
        install(backup, to=to, ready=ready, progress=progress)
    except Unavailable:  # the server went away: whether it kept the new rows nobody knows
        raise
    except DomainError:
        if not resumed:
            unmark(to.data_dir)
        raise


def _keep_seals(backup: Backup, folder: Path) -> Path | None:
    """Bring the exported seals; set those aside that this history does not have: they prove what came after it."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = backup.manifest
    last = manifest.last_seal.n if manifest.last_seal else 0
    with workspace(folder) as work:
        for name in manifest.seals:
            backup.unpack(f"seals/{name}", work / name)
        aside = _set_aside([path for path in folder.iterdir() if _is_strange(path, last, work)], folder)
        for name in manifest.seals:
            (work / name).replace(folder / name)
        flush(folder)
    return aside


def _set_aside(strange: Sequence[Path], folder: Path) -> Path | None:
    if not strange:
        return None
    aside = Path(tempfile.mkdtemp(prefix="set-aside-", dir=folder))
    for path in strange:
        path.rename(aside / path.name)
    flush(aside)
    return aside


def _is_strange(path: Path, last: int, work: Path) -> bool:
    """Whether a file is a seal that the backup does not know, or knows with another content."""
    named = _SEAL.fullmatch(path.name)
    if named is None:
        return False
    known = work / path.name
    return int(named[1]) > last or (known.exists() and known.read_bytes() != path.read_bytes())


def _examined(
    manifest: Manifest, to: Destination, key: bytes | None, set_aside: Path | None, progress: Progress
) -> Restored:
    database = connect(to.url, pool_size=1)
    try:
        with database.reading() as unit:
            rows = unit.read(select(_stored.c.digest, _stored.c.size).order_by(_stored.c.digest)).all()
            verdict = verifying.verify(
                unit,
                key=key,
                exported=to.seals,
                progress=lambda events: progress(_VERIFYING, events, manifest.events),
            )
    finally:
        database.close()
    brought = manifest.files
    missing = (row.digest for row in rows if row.digest not in brought)
    sizes = {row.digest: row.size for row in rows}
    lost = tuple(digest for digest in missing if not to.files.is_whole(digest, size=sizes[digest]))
    return Restored(manifest, verdict, lost, set_aside)
