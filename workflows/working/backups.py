"""The job that backs the whole installation up into the folder of its settings."""

from __future__ import annotations

from states.errors import BadInput
from states.text import Text
from workflows.backing_up import making
from workflows.working.work import Outcome, Work


def back_up(work: Work) -> None:
    """Back up into the folder for backups; a file of a paper that is missing is named, and the archive is made.

    Cut off at any instant it leaves no half archive, and another attempt makes another. Raises: BadInput when no folder
    is set, and what backing up raises.
    """
    shop = work.shop
    if shop.backups is None or shop.seals is None:
        raise BadInput(
            {
                "DONDOC_BACKUP_DIR": Text(
                    "Chưa đặt thư mục sao lưu «DONDOC_BACKUP_DIR»", "“DONDOC_BACKUP_DIR”, the folder, is not set"
                )
            }
        )
    shop.backups.mkdir(parents=True, exist_ok=True)
    folder, seals = shop.backups, shop.seals
    made = work.step(
        "back up",
        lambda: making.back_up(
            shop.database, files=shop.files, seals=seals, to=folder, version=shop.version, key=shop.seal_key(),
            progress=lambda _what, done, total: work.meter(done, total),
        ),
    )  # fmt: skip
    missing = len(made.manifest.missing_files)
    said = Text(
        f"Đã sao lưu: {made.path.name}, {made.manifest.events} sự kiện",
        f"Backed up: {made.path.name}, {made.manifest.events} events",
    )
    with shop.database.writing() as unit:
        totals = {"ok": made.ok, "events": made.manifest.events, "bytes": made.size, "missing_files": missing}
        work.finish(unit, Outcome(said=said, totals=totals))
