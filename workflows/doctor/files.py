"""Checks of the files of papers: is every content there and whole, and what may not be handed out."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from models.columns import table_of
from models.history import StoredFile
from models.units import Unit
from states.file_words import Scan
from states.text import Text
from workflows.doctor.finding import Check, ok
from workflows.filing.store import FileStore

_stored = table_of(StoredFile)
_SHOWN = 3


def examine_files(unit: Unit, store: FileStore) -> Iterator[Check]:
    """Check that the store holds what the rows of `unit` speak of. Reads every file once."""
    yield whole(unit, store)
    yield harmless(unit)


def whole(unit: Unit, store: FileStore) -> Check:
    """Check that every file is there with its own content. Files without a row harm nobody and are counted."""
    rows = unit.read(select(_stored.c.digest, _stored.c.size).order_by(_stored.c.digest)).all()
    wrong = [row.digest for row in rows if not store.is_whole(row.digest, size=row.size)]
    known = {row.digest for row in rows}
    loose = sum(1 for digest in store.digests() if digest not in known) + store.unfinished()
    if not wrong:
        return ok(
            "files",
            f"{len(rows)} tệp của văn bản còn nguyên; {loose} tệp không thuộc văn bản nào (vô hại)",
            f"{len(rows)} files of papers are whole; {loose} belong to no paper (harmless)",
        )
    listed = ", ".join(digest[:12] for digest in wrong[:_SHOWN])
    return Check(
        "files",
        "fault",
        Text(
            f"{len(wrong)} trong {len(rows)} tệp của văn bản bị mất hoặc hỏng: {listed}",
            f"{len(wrong)} of {len(rows)} files of papers are missing or damaged: {listed}",
        ),
        Text(
            "Phục hồi thư mục «files» của thư mục dữ liệu từ bản sao lưu, hoặc gửi lại đúng các tệp đó",
            "Restore the folder `files` of the data folder from the backup, or bring the very same files again",
        ),
    )


def harmless(unit: Unit) -> Check:
    """Check that no file is held back."""
    counted = select(_stored.c.scan, func.count().label("files")).group_by(_stored.c.scan)
    found = {Scan(row["scan"]): int(row["files"]) for row in unit.read(counted).mappings()}
    held = found.get(Scan.INFECTED, 0) + found.get(Scan.FAILED, 0)
    if not held:
        count = found.get(Scan.UNSCANNED, 0)
        told = Text(f"Không giữ lại tệp nào; {count} tệp chưa quét", f"No file is held back; {count} not scanned")
        return ok("files_scanned", *told)
    return Check(
        "files_scanned",
        "warning",
        Text(
            f"{held} tệp bị giữ lại: có mã độc hoặc chưa quét được", f"{held} files are held back: infected or failed"
        ),
        Text("Xem trình quét (DONDOC_SCAN_COMMAND), chạy «dondoc document scan»", "Run `dondoc document scan`"),
    )
