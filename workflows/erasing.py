"""Erases one petitioner: name, address and telephone go, history stays and can still be verified.

History holds no personal data, only salted digests (Law 91/2025 on the protection of personal data). Erasing empties
the person's row with its salt, takes the name out of every text of the person's cases (each gets a new salt and a new
digest), and records in each case who did it, when and why. Then the files of the database are rewritten, so that
nothing of the name is left in free space, logs or statistics.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, or_, select, union_all

from models.cases import CaseSearch, PersonData, Proposal, TextVersion
from models.columns import table_of
from models.databases import SQLITE
from models.details import WITH_PETITIONER
from models.forgetting import rewrite_files
from models.history import CaseDocument, Document, DocumentFile, Idempotency
from models.searching import index_row
from models.units import Database, Unit, WriteUnit
from models.writing import Change
from states import machine
from states.entries import Because
from states.errors import BadInput, Refused
from states.facts import Actor, Facts, Hands, Reference, Signed
from states.redacting import REDACTION, bare_name, redact
from states.text import Text
from states.vocabulary import Act
from workflows import access, correcting, ledger
from workflows.access import Seen
from workflows.documents import Papers
from workflows.drafting import Draft, Step, standing_of
from workflows.history import new_salt, salted_digest
from workflows.orders import Drafted, Moved

_text, _person, _search = (table_of(m) for m in (TextVersion, PersonData, CaseSearch))
_proposal, _document, _joined, _kept = (table_of(m) for m in (Proposal, Document, CaseDocument, Idempotency))
_file = table_of(DocumentFile)
TRIGGER = "erase_petitioner"
TABLES = ("person_data", "text_version", "case_search", "document", "document_file", "proposal", "idempotency")
"""The tables that may have held the name, and are rewritten."""

_ELSEWHERE = {
    SQLITE: Text(
        "Bản sao lưu và bản xuất trước hôm nay vẫn còn tên; hãy thay chúng theo quy định lưu giữ.",
        "Backups and exports made before today still hold the name; replace them as your retention rules say.",
    ),
    "postgresql": Text(
        "Nhật ký WAL, máy chủ dự phòng, nhật ký câu lệnh và bản sao lưu của PostgreSQL giữ tên đến khi hết hạn lưu.",
        "PostgreSQL's write-ahead log, replicas, statement log and backups hold the name until they expire.",
    ),
}
_NOT_NOW = Text(
    "Tên không còn trong dữ liệu, nhưng chưa làm sạch được tệp: đóng các phiên khác (hoặc dùng tài khoản"
    " sở hữu cơ sở dữ liệu) rồi chạy lại.",
    "The name is gone from the data, but the files could not be rewritten: close other sessions (or use the role that"
    " owns the database) and run it again.",
)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased; `kept_in` names the events (case, number) whose fixed payload still holds the name.

    `to_look_at` are the papers of the person's cases that have files: nobody but a person can look into those.
    """

    cases: tuple[str, ...]
    texts: int
    kept_in: tuple[tuple[str, int], ...]
    files_clean: bool
    notes: tuple[Text, ...]
    to_look_at: tuple[PaperWithFiles, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperWithFiles:
    """A paper whose files may name the person: its identifier, number and date, and what its files are called."""

    id: UUID
    number: str | None
    issued_on: date | None
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """By whom, why and when erasing was decided."""

    actor: Actor
    reason: str
    on: date | None


@dataclass(slots=True)
class _Work:
    """One person's erasure as it is written."""

    person: Mapping[str, Any]
    names: list[str]
    numbers: list[str]
    cases: list[str] = field(default_factory=list)
    texts: int = 0
    kept_in: list[tuple[str, int]] = field(default_factory=list)

    def without(self, text: str) -> str:
        """Return `text` without the person."""
        return redact(text, names=self.names, numbers=self.numbers)


def erase_petitioner(database: Database, *, code: str, actor: Actor, reason: str, on: date | None = None) -> Erasure:
    """Erase the petitioner of case `code` from all cases of that person, then make the files forget.

    Run again for a person already erased, it only rewrites the files. `on` is the day of the decision.
    Raises: NotFound, Refused (no petitioner; not in charge of the register), BadInput (no reason), ChangedSinceOpened.
    """
    if not reason.strip():
        raise BadInput({"reason": Text("«Lý do» chưa nhập", "“Reason” is missing")})
    with database.writing() as unit:
        work = _erase(unit, access.case(unit, code=code, actor=actor), _Asked(actor, reason, on))
    clean = forget_files(database)
    with database.reading() as unit:
        to_look_at = _papers_with_files(unit, work)
    notes = (_ELSEWHERE[database.dialect],) if clean else (_NOT_NOW, _ELSEWHERE[database.dialect])
    return Erasure(tuple(work.cases), work.texts, tuple(work.kept_in), clean, notes, to_look_at)


def forget_files(database: Database) -> bool:
    """Rewrite the files that may hold erased words; False when another session or missing rights stand in the way."""
    return rewrite_files(database.engine, TABLES)


def _erase(unit: WriteUnit, seen: Seen, asked: _Asked) -> _Work:
    unit.take_lock()
    person = _person_of(unit, seen)
    work = _Work(person, [person["name"]] if person["name"] else [], [person["phone"]] if person["phone"] else [])
    _may_erase(unit, seen, asked)
    if person["erased_at"] is not None:
        return work
    change = Change()
    for case_id in sorted(unit.read(_cases_of(person)).scalars()):
        theirs = access.case_by_id(unit, case_id=case_id, actor=asked.actor)
        _may_erase(unit, theirs, asked)
        _erase_in_case(unit, theirs, work, asked)
    change.update("person_data", _emptied(unit, person))
    _erase_around(unit, work, change)
    unit.write(change)
    return work


def _person_of(unit: Unit, seen: Seen) -> Mapping[str, Any]:
    key = seen.detail.get("petitioner_id")
    person = unit.read(select(_person).where(_person.c.id == key)).mappings().first() if key else None
    if person is None:
        raise Refused(
            Text(f"{seen.row['code']} không ghi người kiến nghị", f"{seen.row['code']} names no petitioner"),
            trigger=TRIGGER,
        )
    return dict(person)


def _cases_of(person: Mapping[str, Any]) -> CompoundSelect[Any]:
    """Return the query for the cases that a person raised, of every kind that names who did."""
    tables = [table_of(model) for model in WITH_PETITIONER]
    return union_all(*(select(table.c.case_id).where(table.c.petitioner_id == person["id"]) for table in tables))


def _may_erase(unit: Unit, seen: Seen, asked: _Asked) -> None:
    facts = Facts(
        case=seen.facts(),
        hands=Hands(asked.actor, Signed(seen.setting.office)),
        on=asked.on,
        today=unit.today,
        reference=Reference(seen.setting.standing_body, seen.setting.office),
        entry=Because(words=asked.reason),
    )
    machine.decide(seen.lifecycle, facts, TRIGGER, state=str(seen.row["state"]))


def _erase_in_case(unit: WriteUnit, seen: Seen, work: _Work, asked: _Asked) -> None:
    """Redact the texts of one case and record it; the event gives the digests that hold from now on."""
    redacted = list(_redacted(unit, seen, work))
    state = str(seen.row["state"])
    hands = Hands(asked.actor, Signed(seen.setting.office))
    standing = standing_of(seen.row, seen.detail, seen.referrals)
    draft = Draft(seen.lifecycle, seen.id, standing, unit.now, hands, asked.on)
    said = [{"digest": salted_digest(row["salt"], row["body"]), "text": str(row["id"])} for row in redacted]
    extra = {"petitioner": {"digest": "", "id": str(work.person["id"])}, "texts": said}
    entry = Because(words=work.without(asked.reason))
    draft.add(Step(TRIGGER, state, state, act=Act.AMEND, entry=entry, extra=extra))
    moved = Moved(seen.id, seen.row["code"], draft.standing.seq, state, (draft.standing.seq,))
    change = ledger.change_of(unit, seen, Drafted(draft, moved, Papers(), search=_searched(unit, seen, work)))
    change.update("text_version", *redacted)
    if not unit.write(change):
        raise ledger.changed(unit, access.case_by_id(unit, case_id=seen.id, actor=asked.actor))
    work.cases.append(seen.row["code"])
    work.texts += len(redacted)
    work.kept_in += [
        (seen.row["code"], event["seq"])
        for event in correcting.events_of(unit, seen)
        if any(work.without(part) != part for part in (event["payload"], event["decided_capacity"] or ""))
    ]


def _redacted(unit: Unit, seen: Seen, work: _Work) -> Iterator[dict[str, Any]]:
    rows = unit.read(select(_text.c.id, _text.c.body).where(_text.c.case_id == seen.id, _text.c.body.is_not(None)))
    for row in rows.all():
        body = work.without(row.body)
        if body != row.body:
            yield {"id": row.id, "salt": new_salt(), "body": body, "erased_at": unit.now}


def _searched(unit: Unit, seen: Seen, work: _Work) -> str | None:
    """Return the text by which the case is found from now on, None when it does not change."""
    newest = (
        select(_text.c.body)
        .where(_text.c.case_id == seen.id, _text.c.field == "text")
        .order_by(_text.c.event_seq.desc())
    )
    known = unit.read(select(_search.c.text_key).where(_search.c.case_id == seen.id)).scalar()
    for body in unit.read(newest).scalars():
        if body is not None and index_row(seen.id, body)["text_key"] == known:
            changed: str = work.without(body)
            return changed if changed != body else None
    return None


def _emptied(unit: Unit, person: Mapping[str, Any]) -> dict[str, Any]:
    """Return a person's row without the person; the salt goes too, so that the old digest can never be guessed at."""
    return {"id": person["id"], "salt": "", "name": None, "address": None, "phone": None, "erased_at": unit.now}


def _erase_around(unit: Unit, work: _Work, change: Change) -> None:
    """Take the name out of what stands beside history: proposals, subjects of papers, answers kept for repeats."""
    cases = _cases_of(work.person)
    columns = ("sentence_vi", "sentence_en", "reason")
    theirs = or_(_proposal.c.case_id.in_(cases), _proposal.c.other_id.in_(cases))
    for row in unit.read(select(_proposal).where(theirs)).mappings().all():
        _redact_row(work, change, "proposal", {"id": row["id"], **{name: row[name] for name in columns}}, columns)
    papers = select(_joined.c.document_id).where(_joined.c.case_id.in_(cases))
    for row in (
        unit.read(select(_document.c.id, _document.c.subject).where(_document.c.id.in_(papers))).mappings().all()
    ):
        _redact_row(work, change, "document", dict(row), ("subject",))
    named = select(_file.c.document_id, _file.c.digest, _file.c.name).where(_file.c.document_id.in_(papers))
    for row in unit.read(named).mappings().all():
        _redact_row(work, change, "document_file", dict(row), ("name",))
    places = select(_kept.c.account_id, _kept.c.route, _kept.c.key, _kept.c.body)
    for row in unit.read(places).mappings().all():
        _redact_row(work, change, "idempotency", dict(row), ("body",))


def _papers_with_files(unit: Unit, work: _Work) -> tuple[PaperWithFiles, ...]:
    """Return the papers of the person's cases that have files, oldest first."""
    cases = _cases_of(work.person)
    papers = select(_joined.c.document_id).where(_joined.c.case_id.in_(cases))
    wanted = (
        select(_document.c.id, _document.c.number, _document.c.issued_on, _file.c.name)
        .join(_file, _file.c.document_id == _document.c.id)
        .where(_document.c.id.in_(papers))
        .order_by(_document.c.issued_on, _document.c.id, _file.c.added_at, _file.c.digest)
    )
    rows = unit.read(wanted).all()
    called = {row.id: tuple(r.name for r in rows if r.id == row.id) for row in rows}
    heads = {row.id: (row.number, row.issued_on) for row in rows}
    return tuple(PaperWithFiles(key, *heads[key], names) for key, names in called.items())


def _redact_row(work: _Work, change: Change, table: str, row: Mapping[str, Any], columns: tuple[str, ...]) -> None:
    after = {name: None if row[name] is None else _without_escaped(work, row[name]) for name in columns}
    if any(after[name] != row[name] for name in columns):
        change.update(table, {**row, **after})


def _without_escaped(work: _Work, text: str) -> str:
    """Return `text` without the person, also where JSON wrote the name in escapes."""
    for name in work.names:
        escaped = json.dumps(bare_name(name))[1:-1]
        text = text if escaped.isascii() and "\\" not in escaped else text.replace(escaped, REDACTION)
    return work.without(text)
