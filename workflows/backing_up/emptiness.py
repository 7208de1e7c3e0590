"""What stands where a backup would be restored: nothing is overwritten that was not meant to be."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sqlalchemy import Connection

from models.databases import SQLITE
from models.grants import VERSION_TABLE
from models.replacing import require_unused_file, require_unused_server, tables_there
from models.steps import rows_found
from models.units import Unit, connect
from states.errors import DomainError, Unavailable
from states.text import Text
from workflows.backing_up.destination import Destination
from workflows.backing_up.errors import HoldsData
from workflows.backing_up.manifest import DATABASE, Manifest
from workflows.migrating import SchemaTooNew, file_of, head, is_known, revision_of

_SHOWN = 5
# What `migrate` loads into an empty database: rows that nobody would miss.
_LOADED = (VERSION_TABLE, "calendar_day", "calendar_version", "regulation", "taxon", "time_limit")
_LOADED_WHERE = {"agency": "council_id IS NULL", "locality": "council_id IS NULL"}


class NotDondocs(DomainError):
    """The database holds tables of something else."""

    code = "not_dondocs"


class WrongOwner(DomainError):
    """The data folder belongs to another account of this machine, which could not read what this one restores."""

    code = "wrong_owner"


def require_place(to: Destination, *, overwrite: bool) -> None:
    """Let pass a place that is empty, or may be overwritten, and that nobody uses now.

    Raises: HoldsData, DatabaseInUse, DatabaseUnreadable, NotDondocs, SchemaTooNew, WrongOwner, Unavailable.
    """
    _require_owner(to.data_dir)
    file = file_of(to.url)
    if file is not None:
        require_unused_file(file)
    if file is None or file.exists():
        database = connect(to.url, pool_size=1)
        try:
            with database.reading() as unit:
                if file is None:
                    require_unused_server(unit.connection)
                _require_ours(unit)
                if not overwrite:
                    _require_empty(unit.connection)
        finally:
            database.close()


def require_no_other_files(to: Destination, manifest: Manifest) -> None:
    """Refuse a store with files that are not in the backup; those that are, an earlier try may have brought.

    Raises: HoldsData.
    """
    known = manifest.files
    others = sum(1 for digest in to.files.digests() if digest not in known)
    if others:
        raise HoldsData(
            Text(
                f"kho tệp có {others} tệp không thuộc bản sao lưu",
                f"the store has {others} files that are not in the backup",
            )
        )


def require_space(to: Destination, manifest: Manifest) -> None:
    """Refuse what would not fit on the disks. Raises: Unavailable."""
    new = sum(one.size for digest, one in manifest.files.items() if not to.files.path_of(digest).exists())
    file = file_of(to.url)
    rows = manifest.unpacked - sum(one.size for one in manifest.files.values())
    folders = {to.data_dir: new}
    if file is not None or DATABASE in manifest.members:
        place = file.parent if file is not None else to.data_dir
        folders[place] = folders.get(place, 0) + rows
    for folder, wanted in folders.items():
        free = _free(folder)
        if wanted > free:
            raise Unavailable(
                Text(
                    f"{folder} còn trống {free >> 20} MB mà bản sao lưu cần {wanted >> 20} MB; chưa thay đổi gì",
                    f"{folder} has {free >> 20} MB free and the backup needs {wanted >> 20} MB; nothing was changed",
                )
            )


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _require_owner(folder: Path) -> None:
    if folder.exists() and folder.stat().st_uid != os.geteuid():
        raise WrongOwner(
            Text(
                f"Thư mục {folder} thuộc tài khoản khác: chạy lệnh này bằng tài khoản chạy máy chủ",
                f"{folder} belongs to another account: run this command as the account that runs the server",
            )
        )


def _require_ours(unit: Unit) -> None:
    """Refuse tables of something else, and a newer schema on a server: what it has cannot be named."""
    there = tables_there(unit.connection)
    if there and VERSION_TABLE not in there:
        listed = ", ".join(sorted(there)[:_SHOWN])
        raise NotDondocs(
            Text(
                f"Cơ sở dữ liệu có bảng không phải của Dondoc ({listed}): chỉ phục hồi vào cơ sở dữ liệu riêng",
                f"The database has tables that are not Dondoc's ({listed}): restore into one of its own",
            )
        )
    found = revision_of(unit)
    if found is not None and not is_known(found) and unit.dialect != SQLITE:
        raise SchemaTooNew(found=found, known=head())


def _require_empty(connection: Connection) -> None:
    found = rows_found(connection, besides=_LOADED, besides_where=_LOADED_WHERE)
    if found:
        listed = ", ".join(f"{name} ({count})" for name, count in list(found.items())[:_SHOWN])
        cases, events = found.get("case", 0), found.get("event", 0)
        work = Text(f"{cases} hồ sơ, {events} sự kiện", f"{cases} cases, {events} events")
        raise HoldsData(work if cases else Text(f"các bảng {listed}", f"the tables {listed}"))
