"""Bringing a file to a paper: looked at and kept first, written into the database last.

The order matters. Bytes are in the store before any row speaks of them; if the transaction fails, what is left is a
file without a row, which harms nobody and is counted by `doctor`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from models.columns import table_of
from models.history import DocumentFile, StoredFile
from models.units import Database, WriteUnit
from models.writing import Change
from states.facts import Actor
from states.file_words import MEDIA, Scan
from states.text import Text
from workflows.filing import papers
from workflows.filing.errors import FileIsInfected
from workflows.filing.malware import Scanner, refuse_test_file
from workflows.filing.names import shown_name
from workflows.filing.papers import FileView
from workflows.filing.recognising import recognise
from workflows.filing.store import FileStore, Spool
from workflows.views import Words

_file, _stored = table_of(DocumentFile), table_of(StoredFile)


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that is in the store and may be written beside a paper."""

    digest: str
    size: int
    media: str
    name: str
    scan: Scan
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that belongs to a paper now; `is_new` is false where it did before. `notes` are worth knowing of it."""

    file: FileView
    is_new: bool
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Coming:
    """A file that was looked at and waits in its spool until there is a paper that it belongs to."""

    store: FileStore
    spool: Spool
    brought: Brought

    def attach(self, unit: WriteUnit, *, document: UUID, actor: Actor) -> Attached:
        """Keep the file, then write it beside its paper; see `attach`."""
        papers.require_bringer(unit, document=document, actor=actor)
        self.store.keep(self.spool)
        return attach(unit, document=document, brought=self.brought, actor=actor)


def bring(store: FileStore, spool: Spool, *, name: str, scanner: Scanner) -> Brought:
    """Look at a file that has come whole, have it scanned and keep it. Raises: as `examine`, and Unavailable."""
    brought = examine(spool, name=name, scanner=scanner)
    store.keep(spool)
    return brought


def examine(spool: Spool, *, name: str, scanner: Scanner) -> Brought:
    """Look at a file that has come whole and have it scanned; it is not kept yet.

    Raises: a FileNotTaken (see `recognising.recognise`, FileIsInfected), Unavailable when the disk takes nothing.
    """
    spool.settle()
    refuse_test_file(spool.path)
    found = recognise(spool.path)
    scanned = scanner.scan(spool.path)
    if scanned.verdict is Scan.INFECTED:
        raise FileIsInfected(scanned.said)
    shown = shown_name(name, found.kind)
    return Brought(spool.digest, spool.size, MEDIA[found.kind], shown, scanned.verdict, found.notes)


def attach(unit: WriteUnit, *, document: UUID, brought: Brought, actor: Actor) -> Attached:
    """Write a file that was brought beside a paper; one that is there already stays as it is, under its first name.

    Raises: NotFound, NotPermitted, PaperIsSecret, FileIsInfected when the same content was found infected before.
    """
    papers.require_bringer(unit, document=document, actor=actor)
    unit.take_turns(f"file {brought.digest}")
    _require_harmless(unit, brought)
    is_new = not unit.read(select(_file.c.name).where(_here(document, brought.digest))).first()
    change = Change()
    content = {"digest": brought.digest, "size": brought.size, "media": brought.media, "scan": brought.scan.value}
    change.insert("stored_file", content | {"brought_by": actor.account, "brought_at": unit.now})
    whose = {"document_id": document, "digest": brought.digest, "name": brought.name}
    change.insert("document_file", whose | {"added_by": actor.account, "added_at": unit.now})
    unit.write(change)
    files = papers.files_of(unit, document=document, actor=actor)
    return Attached(next(f for f in files if f.digest == brought.digest), is_new, brought.notes)


def _here(document: UUID, digest: str) -> Any:
    return (_file.c.document_id == document) & (_file.c.digest == digest)


def _require_harmless(unit: WriteUnit, brought: Brought) -> None:
    """Take a new verdict of the scanner over; without one an old "infected" stands. Raises: FileIsInfected."""
    known = unit.read(select(_stored.c.scan).where(_stored.c.digest == brought.digest)).scalar()
    if known == Scan.INFECTED and brought.scan is not Scan.CLEAN:
        raise FileIsInfected
    if brought.scan is Scan.CLEAN or known == Scan.UNSCANNED:
        unit.run(update(_stored).where(_stored.c.digest == brought.digest).values(scan=brought.scan.value))


def scan_again(database: Database, *, store: FileStore, scanner: Scanner) -> Iterator[tuple[str, Scan]]:
    """Have every file scanned that is not known to be clean; yield each digest with what it is from now on.

    A file that turns out infected stays in the store, for whoever looks into it, and is never handed out. Each verdict
    is a transaction of its own; a scanner that cannot look changes nothing.
    """
    with database.reading() as unit:
        waiting = list(unit.read(_not_clean()).scalars())
    for digest in waiting:
        verdict = scanner.scan(store.path_of(digest)).verdict
        if verdict in {Scan.CLEAN, Scan.INFECTED}:
            with database.writing() as unit:
                unit.run(update(_stored).where(_stored.c.digest == digest).values(scan=verdict.value))
        yield digest, verdict


def _not_clean() -> Any:
    return select(_stored.c.digest).where(_stored.c.scan != Scan.CLEAN.value).order_by(_stored.c.digest)
