"""The birth of cases: one `record` move each, with code, text, petitioner, links and proposals.

A list of petitions is born in one go: codes come in one block, all rows are written together.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select, text

from models.cases import Case, PersonData
from models.columns import table_of
from models.councils import CouncilSession
from models.details import DETAILS
from models.searching import index_row
from models.units import Unit, WriteUnit
from models.writing import Change
from states import machine
from states.entries import DocumentSlip, Entry, Petitioner
from states.errors import BadInput
from states.facts import Actor, CaseFacts, Facts, Hands, Reference, Signed
from states.findings import Finding
from states.kinds import lifecycle_of
from states.lifecycle import ABSENT, Lifecycle, Transition
from states.text import Text
from states.vocabulary import Confidentiality, LinkKind, ProposalState, RoundKind
from workflows import documents, ledger, moving, naming
from workflows.access import NAMED_ONLY, Seen, Setting
from workflows.composing import Composed
from workflows.documents import Papers
from workflows.drafting import Draft, Step, new_id
from workflows.folding import FOLDED, Standing
from workflows.history import canonical, event_hash, new_salt, person_words, salted_digest
from workflows.orders import Drafted, Moved

_case = table_of(Case)
_session, _person = table_of(CouncilSession), table_of(PersonData)


@dataclass(frozen=True, slots=True)
class Birth:
    """One case to be born. `on` is the civil date of receipt, None where it is honestly unknown.

    `of_person` is a petitioner who is known already, by identifier, instead of `petitioner`.
    `old_register` marks what is taken over from a register that the office kept before.
    """

    kind: str
    payload: Mapping[str, Any]
    on: date | None
    petitioner: Petitioner | None = None
    document: DocumentSlip | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    repeats: UUID | None = None
    of_person: UUID | None = None
    old_register: bool = False


@dataclass(slots=True)
class Born:
    """A case in memory that lacks only its code: its birth, and the moves that are drafted behind it."""

    prepared: Prepared
    composed: Composed
    person: dict[str, Any] | None = None


def register(unit: WriteUnit, *, setting: Setting, birth: Birth, actor: Actor) -> Moved:
    """Enter one case in the register and return its code.

    Raises: BadInput, Refused.
    """
    return register_all(unit, setting=setting, births=[birth], actor=actor)[0]


def register_all(unit: WriteUnit, *, setting: Setting, births: Sequence[Birth], actor: Actor) -> list[Moved]:
    """Enter many cases, all or none; one `record` event each.

    Raises: BadInput, Refused (for the first that does not go).
    """
    known = Known()
    prepared = [prepare(unit, setting=setting, birth=birth, actor=actor, known=known) for birth in births]
    return write_all(unit, setting=setting, prepared=prepared)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A birth whose entry, names and permissions hold; it lacks only its code."""

    birth: Birth
    lifecycle: Lifecycle
    row: Transition
    entry: Entry
    names: naming.Names
    facts: Facts
    papers: Papers
    session: Mapping[str, Any]
    round_kind: str
    to_state: str
    warnings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Known:
    """What births of one council by one actor have looked up already: a list asks for each code once."""

    names: naming.Memo = field(default_factory=dict)
    rounds: dict[UUID, Any] = field(default_factory=dict)
    sessions: dict[UUID, Mapping[str, Any]] = field(default_factory=dict)


def prepare(unit: Unit, *, setting: Setting, birth: Birth, actor: Actor, known: Known | None = None) -> Prepared:
    """Check a birth as far as it can be checked without a code; nothing is written.

    Raises: BadInput, Refused.
    """
    known = known or Known()
    lifecycle = lifecycle_of(birth.kind)
    row = next(r for r in lifecycle.transitions if not r.source)
    if birth.petitioner is not None and not _has_petitioner(lifecycle):
        vi, en = f"«Cử tri»: {lifecycle.label.vi} không có cử tri", f"“Petitioner”: a {lifecycle.kind} has none"
        raise BadInput({"petitioner": Text(vi, en)})
    entry = machine.read_entry(row, birth.payload)
    names = naming.resolve(unit, row=row, entry=entry, council=setting.council, actor=actor, memo=known.names)
    session, round_kind = _surroundings(unit, entry, names, known)
    facts = Facts(
        case=CaseFacts(UUID(int=0), "", lifecycle.kind, setting.council, ABSENT, 0, received_on=birth.on),
        hands=Hands(actor, Signed(setting.office)),
        on=birth.on,
        today=unit.today,
        reference=Reference(setting.standing_body, setting.office, names.agencies, names.cases),
        entry=entry,
        has_document=birth.document is not None and birth.document.is_numbered,
        has_petitioner=birth.petitioner is not None or birth.of_person is not None,
    )
    decision = machine.decide(lifecycle, facts, row.trigger, state=ABSENT)
    papers = documents.paper(unit, birth.document, council=setting.council, actor=actor)
    return Prepared(
        birth, lifecycle, decision.row, entry, names, facts, papers, session, round_kind, decision.to_state,
        decision.warnings,
    )  # fmt: skip


def _has_petitioner(lifecycle: Lifecycle) -> bool:
    return lifecycle.kind in DETAILS and "petitioner_id" in table_of(DETAILS[lifecycle.kind]).c


def _surroundings(unit: Unit, entry: Entry, names: naming.Names, known: Known) -> tuple[Mapping[str, Any], str]:
    """Return the session's dates and the kind of round that the entry's names lead to."""
    kind = getattr(entry, "round_kind", None)
    round_id = next(iter(names.ids.get("round", ())), None)
    session_id = next(iter(names.ids.get("session", ())), None)
    if round_id is not None:
        if round_id not in known.rounds:
            known.rounds[round_id] = _round(unit, round_id)
        found = known.rounds[round_id]
        if found is None:
            code = getattr(entry, "round", "")
            raise BadInput({"round": Text(f"{code} không phải đợt tiếp xúc cử tri", f"{code} is no contact round")})
        kind, session_id = kind or found.round_kind, session_id or found.session_id
    dates: Mapping[str, Any] = {"opening_on": None, "closing_on": None, "id": session_id}
    if session_id is not None:
        if session_id not in known.sessions:
            known.sessions[session_id] = _dates(unit, session_id)
        dates = known.sessions[session_id]
    return dates, str(kind or RoundKind.NONE.value)


def _round(unit: Unit, round_id: UUID) -> Any:
    table = table_of(DETAILS["contact_round"])
    wanted = select(table.c.round_kind, _case.c.session_id).join(_case, _case.c.id == table.c.case_id)
    return unit.read(wanted.where(table.c.case_id == round_id)).first()


def _dates(unit: Unit, session_id: UUID) -> Mapping[str, Any]:
    row = unit.read(select(_session).where(_session.c.id == session_id)).mappings().one()
    return {"opening_on": row["opening_on"], "closing_on": row["closing_on"], "id": session_id}


def write_all(unit: WriteUnit, *, setting: Setting, prepared: Sequence[Prepared]) -> list[Moved]:
    """Give codes to the prepared births and write them together."""
    return write_born(unit, setting=setting, born=[born(unit, setting=setting, prepared=item) for item in prepared])


def write_born(unit: WriteUnit, *, setting: Setting, born: Sequence[Born]) -> list[Moved]:
    """Give codes to cases in memory and write them together, with all moves drafted for them."""
    codes = _codes(unit, setting, born)
    change = Change()
    moved = []
    for one, code in zip(born, codes, strict=True):
        work = _named(one, code)
        _collect(unit, change, one, code)
        case = one.composed.now.row
        events = tuple(event["seq"] for event in work.events)
        moved.append(Moved(work.case_id, code, case["seq"], case["state"], events, one.prepared.warnings))
    unit.write(change)
    return moved


def born(unit: Unit, *, setting: Setting, prepared: Prepared) -> Born:
    """Return the case of a prepared birth in memory; nothing is written, further moves may be added to it."""
    item, case_id = prepared, new_id()
    standing = Standing()
    work = Draft(item.lifecycle, case_id, standing, unit.now, item.facts.hands, item.birth.on, item.papers.id)
    person = _petitioner_row(item.birth.petitioner, setting.council)
    extra: dict[str, Any] = {"old_register": True} if item.birth.old_register else {}
    if item.session["id"] is not None and "session" not in item.names.ids:
        extra["session"] = str(item.session["id"])
    if person is not None:
        known = person_words(person["name"], person["address"], person["phone"])
        extra["petitioner"] = {"id": str(person["id"]), "digest": salted_digest(person["salt"], known)}
    elif item.birth.of_person is not None:
        extra |= _known_petitioner(unit, item.birth.of_person)
    if item.birth.confidentiality is not Confidentiality.INTERNAL:
        extra["confidentiality"] = item.birth.confidentiality.value
    work.add(
        Step(
            item.row.trigger,
            None,
            item.to_state,
            marks=item.row.marks,
            entry=item.entry,
            ids=item.names.ids,
            extra=extra,
        )
    )
    composed = Composed(_unborn(unit, setting, item, case_id))
    moved = Moved(case_id, "", 1, item.to_state, (1,), item.warnings)
    composed.put(Drafted(work, moved, item.papers, moving.links_of(work, item.row, item.names)))
    return Born(item, composed, person)


def _unborn(unit: Unit, setting: Setting, item: Prepared, case_id: UUID) -> Seen:
    """Return a case of which nothing has happened yet."""
    row: dict[str, Any] = dict.fromkeys(FOLDED) | {
        "id": case_id,
        "council_id": setting.council,
        "code": "",
        "kind": item.lifecycle.kind,
        "state": ABSENT,
        "seq": 0,
        "head_hash": "",
        "created_at": unit.now,
    }
    return Seen(item.lifecycle, row, {}, (), (), (), setting, item.session, item.round_kind)


def _named(one: Born, code: str) -> Draft:
    """Write the code into the first event and chain all of them anew."""
    work = one.composed.drafted.draft
    first = work.events[0]
    first["payload"] = canonical({**json.loads(first["payload"]), "code": code})
    for event, before in zip(work.events, [None, *work.events], strict=False):
        event["previous_hash"] = before["hash"] if before is not None else ""
        event["hash"] = event_hash(event)
    work.standing.head_hash = work.events[-1]["hash"]
    return work


def _known_petitioner(unit: Unit, key: UUID) -> dict[str, Any]:
    """Return how history names a petitioner who is kept already; one who was erased is not named anew."""
    person = unit.read(select(_person).where(_person.c.id == key)).mappings().one()
    if person["erased_at"] is not None:
        return {}
    known = person_words(person["name"], person["address"], person["phone"])
    return {"petitioner": {"id": str(key), "digest": salted_digest(person["salt"], known)}}


def _petitioner_row(petitioner: Petitioner | None, council: UUID) -> dict[str, Any] | None:
    if petitioner is None or not any((petitioner.name, petitioner.address, petitioner.phone)):
        return None
    return {
        "id": new_id(),
        "council_id": council,
        "salt": new_salt(),
        "name": petitioner.name,
        "address": petitioner.address,
        "phone": petitioner.phone,
    }


def _collect(unit: Unit, change: Change, one: Born, code: str) -> None:
    """Put every row of one birth into `change`."""
    item, seen, drafted = one.prepared, one.composed.seen, one.composed.drafted
    work = drafted.draft
    filled = ledger.change_of(unit, seen, drafted)
    filled.inserts.setdefault("case", []).append({**_own(seen.row), "code": code, **(filled.case or {})})
    table = table_of(DETAILS[item.lifecycle.kind]) if item.lifecycle.kind in DETAILS else None
    filled.updates.clear()
    if table is not None:
        detail = work.standing.detail
        filled.insert(table.name, {c.name: detail.get(c.name, _default(c)) for c in table.columns})
    if one.person is not None:
        filled.insert("person_data", one.person)
    text = getattr(item.entry, "text", None)
    if text is not None:
        filled.insert("case_search", index_row(work.case_id, text))
    if item.birth.repeats is not None:
        filled.insert(
            "link",
            {
                "case_id": work.case_id,
                "kind": LinkKind.REPEATS.value,
                "other_id": item.birth.repeats,
                "event_seq": 1,
                "created_at": unit.now,
            },
        )
    for name, rows in filled.inserts.items():
        change.insert(name, *rows)


def _own(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("council_id", "kind", "created_at")}


def _default(column: Any) -> Any:
    return column.default.arg if column.default is not None and column.default.is_scalar else None


def _codes(unit: WriteUnit, setting: Setting, born: Sequence[Born]) -> list[str]:
    """Take one block of numbers per prefix and year. Restricted cases draw random codes: a gap betrays nothing."""
    year = unit.today.year
    prefixes = [(one.prepared.lifecycle.prefix, one.composed.now.row["confidentiality"] in NAMED_ONLY) for one in born]
    wanted = Counter(prefix for prefix, hidden in prefixes if not hidden)
    following = {
        prefix: reserve(unit, setting.council, prefix, year, count) for prefix, count in sorted(wanted.items())
    }
    codes = []
    for prefix, hidden in prefixes:
        if hidden:
            codes.append(f"{setting.council_code}-{prefix}-{new_salt()[:10].upper()}")
            continue
        codes.append(f"{setting.council_code}-{prefix}-{year % 100:02d}-{following[prefix]:04d}")
        following[prefix] += 1
    return codes


def reserve(unit: WriteUnit, council: UUID, prefix: str, year: int, count: int) -> int:
    """Reserve `count` numbers of a series and return the first; the row lock makes the series gap- and doubleless."""
    place = {"council_id": council, "prefix": prefix, "year": year, "count": count}
    return int(unit.run(_RESERVE, place).scalar_one()) - count + 1


_RESERVE = text(
    "INSERT INTO code_series (council_id, prefix, year, last) VALUES (:council_id, :prefix, :year, :count)"
    " ON CONFLICT (council_id, prefix, year) DO UPDATE SET last = code_series.last + excluded.last RETURNING last"
).bindparams(bindparam("council_id", type_=Uuid()))


def propose(
    *, setting: Setting, case_id: UUID, other: UUID | None, trigger: str, cause: str, sentence: Text, now: Any
) -> dict[str, Any]:
    """Return a proposal row: what the machine suggests and a person takes or declines."""
    return {
        "id": new_id(),
        "council_id": setting.council,
        "case_id": case_id,
        "trigger": trigger,
        "other_id": other,
        "cause": cause,
        "sentence_vi": sentence.vi,
        "sentence_en": sentence.en,
        "state": ProposalState.OPEN.value,
        "created_at": now,
    }
