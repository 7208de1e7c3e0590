"""Which files a paper has, who may bring one, who may read one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from models.columns import table_of
from models.history import Document, DocumentFile, StoredFile
from models.units import Unit
from states.errors import BadInput, NotFound, NotPermitted
from states.facts import Actor
from states.file_words import MEDIA, FileKind, Scan
from states.paper_words import Secrecy
from states.text import Text
from states.vocabulary import Role
from workflows import access
from workflows.documents import number_key
from workflows.filing.errors import FileIsHeldBack, PaperIsSecret
from workflows.views import Coded, PersonName, accounts_named, coded
from workflows.visibility import legible

_paper, _file, _stored = (table_of(m) for m in (Document, DocumentFile, StoredFile))
_KINDS = {media: kind for kind, media in MEDIA.items()}
_COUNCIL_HANDS = (Role.CLERK, Role.OFFICER, Role.COUNCIL_OFFICE, Role.STANDING_BODY, Role.FRONT, Role.DEPUTY)
_AGENCY_HANDS = (Role.CLERK, Role.OFFICER, Role.HEAD)
HANDED_OUT = frozenset({Scan.CLEAN, Scan.UNSCANNED})


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of a paper. `name` is only shown; `digest` (SHA-256) is what it is asked for by; `size` in bytes."""

    digest: str
    name: str
    kind: Coded
    media: str
    size: int
    scan: Coded
    handed_out: bool
    added_by: PersonName
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Readable:
    """A file that may be handed out now."""

    digest: str
    name: str
    kind: FileKind
    media: str
    size: int


def require_bringer(unit: Unit, *, document: UUID, actor: Actor) -> None:
    """Let pass who may bring files to the paper: the council's own side, or the agency that issued it.

    Raises: NotFound, NotPermitted, PaperIsSecret.
    """
    row = access.paper(unit, document=document, actor=actor)
    if not _may_bring(row, actor):
        raise NotPermitted(
            Text(
                "Chỉ Văn phòng HĐND, Mặt trận, đại biểu hoặc cơ quan ban hành văn bản được thêm tệp vào văn bản này",
                "Only the council office, the Front, deputies or the issuer of the paper may add files to it",
            )
        )
    if row["secrecy"] != Secrecy.NONE:
        raise PaperIsSecret


def _may_bring(paper: Mapping[str, Any], actor: Actor) -> bool:
    council = [g for g in actor.grants if g.council_side and g.council == paper["council_id"]]
    issued = any(g.agency == paper["issuer_id"] and g.role in _AGENCY_HANDS for g in actor.grants)
    entered = paper["created_by"] == actor.account and any(g.role in _AGENCY_HANDS for g in actor.grants)
    return actor.operator or issued or entered or any(g.role in _COUNCIL_HANDS for g in council)


def files_of(unit: Unit, *, document: UUID, actor: Actor) -> tuple[FileView, ...]:
    """Return the files of a paper that `actor` may see, oldest first.

    Raises: NotFound when the paper is absent or hidden and the actor brought none of its files.
    """
    rows = unit.read(
        select(_file, _paper.c.secrecy, _stored.c.size, _stored.c.media, _stored.c.scan)
        .join(_stored, _stored.c.digest == _file.c.digest)
        .join(_paper, _paper.c.id == _file.c.document_id)
        .where(_file.c.document_id == document, _readable(actor))
        .order_by(_file.c.added_at, _file.c.digest)
    )
    found = rows.mappings().all()
    if not found:
        access.paper(unit, document=document, actor=actor)
    names = accounts_named(unit, [row["added_by"] for row in found])
    return tuple(_view(dict(row), names) for row in found)


def file_to_read(unit: Unit, *, document: UUID, digest: str, actor: Actor) -> Readable:
    """Return one file of a paper, to be handed out.

    Raises: NotFound when paper or file is absent or hidden, PaperIsSecret when the paper got a mark of secrecy after
    the file came, FileIsHeldBack when the file is infected or could not be scanned.
    """
    row = (
        unit.read(
            select(_file.c.name, _paper.c.secrecy, _stored.c.digest, _stored.c.size, _stored.c.media, _stored.c.scan)
            .join(_stored, _stored.c.digest == _file.c.digest)
            .join(_paper, _paper.c.id == _file.c.document_id)
            .where(_file.c.document_id == document, _file.c.digest == digest, _readable(actor))
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise NotFound
    if row["secrecy"] != Secrecy.NONE:
        raise PaperIsSecret
    if row["scan"] not in HANDED_OUT:
        raise FileIsHeldBack(Scan(row["scan"]).label)
    return Readable(row["digest"], row["name"], _KINDS[row["media"]], row["media"], row["size"])


def _readable(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which a file of a paper may be seen: the paper may, or the actor brought it."""
    brought = _file.c.added_by == actor.account
    return or_(legible(actor), brought & _paper.c.council_id.in_(sorted(actor.councils())))


def _view(row: Mapping[str, Any], names: Mapping[UUID, PersonName]) -> FileView:
    return FileView(
        digest=row["digest"],
        name=row["name"],
        kind=coded(_KINDS[row["media"]]),
        media=row["media"],
        size=row["size"],
        scan=coded(Scan(row["scan"])),
        handed_out=row["scan"] in HANDED_OUT and row["secrecy"] == Secrecy.NONE,
        added_by=names[row["added_by"]],
        added_at=row["added_at"],
    )


def paper_named(unit: Unit, *, written: str, actor: Actor) -> UUID:
    """Return the paper that a person means by its identifier or its number, among those that `actor` may see.

    Raises: NotFound, BadInput when several papers have this number (it names them).
    """
    try:
        return _one_by_id(unit, UUID(written.strip()), actor)
    except ValueError:
        pass
    wanted = select(_paper.c.id, _paper.c.number, _paper.c.issued_on, _paper.c.subject)
    numbered = wanted.where(_paper.c.number_key == number_key(written), legible(actor))
    rows = unit.read(numbered.order_by(_paper.c.id)).all()
    if not rows:
        raise NotFound(
            Text(f"Không có văn bản số «{written}», hoặc không có quyền xem", f"There is no paper “{written}”")
        )
    if len(rows) > 1:
        listed = "; ".join(f"{row.id} ({_day(row.issued_on)} {row.subject or ''})".replace(" )", ")") for row in rows)
        raise BadInput(
            {
                "ID_OR_NUMBER": Text(
                    f"Có {len(rows)} văn bản số «{written}», nêu rõ mã: {listed}",
                    f"There are {len(rows)} papers “{written}”, name one by its id: {listed}",
                )
            }
        )
    found: UUID = rows[0].id
    return found


def _one_by_id(unit: Unit, document: UUID, actor: Actor) -> UUID:
    access.paper(unit, document=document, actor=actor)
    return document


def _day(value: Any) -> str:
    return f"{value:%d/%m/%Y}" if value else "?"
