"""The job that backs the whole installation up into the folder of its settings."""

from __future__ import annotations

from states.errors import BadInput
from states.text import Text
from workflows.working import whole
from workflows.working.work import Outcome, Work


def back_up(work: Work) -> None:
    """Back up into the folder for backups; a file of a paper that is missing is named, and the archive is made.

    Cut off at any instant it leaves no half archive, and another attempt makes another. Raises: BadInput when no folder
    is set, and what backing up raises.
    """
    shop = work.shop
    if shop.backups is None:
        raise BadInput(
            {
                "DONDOC_BACKUP_DIR": Text(
                    "Chưa đặt thư mục sao lưu «DONDOC_BACKUP_DIR»", "“DONDOC_BACKUP_DIR”, the folder, is not set"
                )
            }
        )
    folder = shop.backups
    folder.mkdir(parents=True, exist_ok=True)
    made = work.step(
        "back up", lambda: whole.archived(shop, to=folder, progress=lambda _what, done, total: work.meter(done, total))
    )
    missing = len(made.manifest.missing_files)
    said = Text(
        f"Đã sao lưu: {made.path.name}, {made.manifest.events} sự kiện",
        f"Backed up: {made.path.name}, {made.manifest.events} events",
    )
    with shop.database.writing() as unit:
        totals = {"ok": made.ok, "events": made.manifest.events, "bytes": made.size, "missing_files": missing}
        work.finish(unit, Outcome(said=said, totals=totals))
