"""Reads what letters say of cases, in a few queries for all of them; only cases that the reader may see.

Petitioners are never read here: no letter can name one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from models.cases import TextVersion
from models.columns import table_of
from models.councils import Agency, Locality, Taxon
from models.details import ContactRound
from models.history import Document, Event
from models.units import Unit
from states.answers import missing_parts
from states.entries import AnswerRow
from states.facts import Actor
from states.guards import ENDED_REFERRALS
from states.reckoning import ClockState
from states.vocabulary import PetitionNature, Result
from workflows import access, describing
from workflows.access import Seen, Setting
from workflows.folding import Effective, effective

_event, _text, _document = table_of(Event), table_of(TextVersion), table_of(Document)
_agency, _locality, _taxon, _round = (table_of(m) for m in (Agency, Locality, Taxon, ContactRound))
_AT_ONCE = 200
_ANSWERS, _SENDS = ("answer", "record_higher_answer"), ("send", "transfer", "forward_higher")
_ROLE = "answer"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as letters cite it."""

    number: str | None
    on: date | None
    issuer: str | None

    def cited(self, *, of_issuer: bool = True) -> str:
        """Return "số 61/BC-UBND ngày 14/8/2026 của …" as far as it is known."""
        said = (
            f"số {self.number}" if self.number else "",
            f"ngày {self.on.day:02d}/{self.on.month}/{self.on.year}" if self.on else "",
            f"của {self.issuer}" if of_issuer and self.issuer else "",
        )
        return " ".join(word for word in said if word)


@dataclass(frozen=True, slots=True)
class Answer:
    """The last answer that stands: its paper, its words, what it claims, what it lacks (keys of `PARTS`)."""

    paper: Paper | None
    on: date | None
    words: str
    claimed: Result | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sending:
    """One sending of a case to one agency."""

    agency_id: UUID
    agency: str
    lead: str
    is_live: bool
    state: str
    sent_by: Paper | None
    sent_on: date | None
    received_on: date | None
    due_on: date | None
    is_overdue: bool
    times_urged: int
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Line:
    """One case as letters speak of it."""

    code: str
    text: str
    locality: str = ""
    field: str = ""
    received_on: date | None = None
    times_raised: int = 0
    sendings: tuple[Sending, ...] = ()
    higher: Answer | None = None
    judged: Result | None = None
    judged_words: str = ""
    state: str = ""
    state_label: str = ""
    suggested: str = ""
    round: str = ""
    due_on: date | None = None
    is_final: bool = False

    @property
    def answers(self) -> tuple[tuple[str, Answer], ...]:
        """Return the answers with the agency that gave each, in the order of sending."""
        found = [(s.agency, s.answer) for s in self.sendings if s.answer is not None]
        return tuple(found + ([("", self.higher)] if self.higher else []))

    @property
    def live(self) -> tuple[Sending, ...]:
        """Return the sendings that are still in hand."""
        return tuple(s for s in self.sendings if s.is_live)


@dataclass(frozen=True, slots=True)
class _Names:
    """What identifiers of the cases stand for."""

    agencies: Mapping[UUID, str]
    localities: Mapping[str, str]
    fields: Mapping[str, str]
    rounds: Mapping[UUID, str]
    papers: Mapping[UUID, Paper]
    texts: Mapping[UUID, str | None]
    bodies: Mapping[UUID, str | None]


@dataclass(slots=True)
class Gathered:
    """The cases in the order asked for; the codes absent or hidden, the two alike; those that fail to be read."""

    lines: list[Line] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


def gather(unit: Unit, *, setting: Setting, codes: Sequence[str], actor: Actor) -> Gathered:
    """Return what letters say of the cases with these codes of one council, each once."""
    wanted = list(dict.fromkeys(code.strip().upper() for code in codes))
    found = access.cases(unit, codes=wanted, actor=actor)
    seen = {code: case for code, case in found.items() if case.setting.council == setting.council}
    cases = [seen[code] for code in wanted if code in seen]
    histories = _histories(unit, cases)
    names = _names(unit, setting, cases, histories)
    gathered = Gathered(unknown=[code for code in wanted if code not in seen])
    for case in cases:
        try:
            gathered.lines.append(_line(case, histories[case.id], names, today=unit.today))
        except (ValueError, KeyError, TypeError, AttributeError):
            # One case whose history cannot be read is printed by its code alone and told: it stops nobody's letter.
            gathered.lines.append(_bare(case))
            gathered.unreadable.append(str(case.row["code"]))
    return gathered


def _histories(unit: Unit, cases: Sequence[Seen]) -> dict[UUID, list[Effective]]:
    rows: dict[UUID, list[dict[str, Any]]] = {case.id: [] for case in cases}
    for some in _pieces([case.id for case in cases]):
        found = unit.read(select(_event).where(_event.c.case_id.in_(some)).order_by(_event.c.case_id, _event.c.seq))
        for row in found.mappings():
            rows[row["case_id"]].append(dict(row))
    return {key: [item for item in effective(events) if not item.taken_back] for key, events in rows.items()}


def _pieces(values: Iterable[Any]) -> Iterable[list[Any]]:
    every = list(values)
    return [every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE)]


def _names(
    unit: Unit, setting: Setting, cases: Sequence[Seen], histories: Mapping[UUID, Sequence[Effective]]
) -> _Names:
    events = [item for history in histories.values() for item in history]
    agencies = {r[name] for case in cases for r in case.referrals for name in ("agency_id", "lead_id")}
    agencies |= {case.detail.get("suggested_id") for case in cases}
    texts = [_reference(item, "words") for item in events if item.event["trigger"] in (*_ANSWERS, "judge")]
    documents = _papers(unit, {item.event["document_id"] for item in events} - {None})
    return _Names(
        agencies=_column(unit, _agency.c.id, _agency.c.name, agencies - {None}),
        localities=localities_of(unit, setting),
        fields={row.code: row.name_vi for row in unit.read(select(_taxon).where(_taxon.c.scheme == "field"))},
        rounds=_column(unit, _round.c.case_id, _round.c.name, {case.row["round_id"] for case in cases} - {None}),
        papers=documents,
        texts={k: v for some in _pieces(c.id for c in cases) for k, v in describing.texts_of(unit, some).items()},
        bodies=_column(unit, _text.c.id, _text.c.body, {key for key in texts if key is not None}),
    )


def localities_of(unit: Unit, setting: Setting) -> dict[str, str]:
    """Return the names of places by their codes, the council's own before those above it."""
    theirs = or_(_locality.c.council_id == setting.council, _locality.c.council_id.is_(None))
    rows = unit.read(select(_locality).where(theirs).order_by(_locality.c.council_id.is_not(None)))
    return {row.code: row.name for row in rows}


def _column(unit: Unit, key: Any, value: Any, ids: Iterable[Any]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for some in _pieces(ids):
        rows = unit.read(select(key.label("key"), value.label("value")).where(key.in_(some)))
        found |= {row.key: row.value for row in rows}
    return found


def _papers(unit: Unit, ids: Iterable[UUID]) -> dict[UUID, Paper]:
    found: dict[UUID, Paper] = {}
    for some in _pieces(ids):
        wanted = select(_document, _agency.c.name.label("issuer")).outerjoin(
            _agency, _agency.c.id == _document.c.issuer_id
        )
        for row in unit.read(wanted.where(_document.c.id.in_(some))).mappings():
            found[row["id"]] = Paper(row["number"], row["issued_on"], row["issuer"] or row["issuer_written"])
    return found


# --- one case -----------------------------------------------------------------------------------------------------


def _line(seen: Seen, history: Sequence[Effective], names: _Names, *, today: date) -> Line:
    row, state = seen.row, seen.lifecycle.states[seen.row["state"]]
    by_referral: dict[UUID | None, list[Effective]] = defaultdict(list)
    for item in history:
        by_referral[item.event["referral_id"]].append(item)
    judged = _last(by_referral[None], ("judge",))
    nature = seen.detail.get("nature")
    return Line(
        code=row["code"],
        text=names.texts.get(seen.id) or "",
        locality=names.localities.get(row["locality"] or "", row["locality"] or ""),
        field=names.fields.get(row["field"] or "", row["field"] or ""),
        received_on=row["received_on"],
        times_raised=seen.detail.get("times_raised") or 0,
        sendings=tuple(
            _sending(seen, r, by_referral[r["id"]], names, today=today)
            for r in seen.referrals
            if r["state"] not in {"recalled", "set_aside"}
        ),
        higher=_answer(by_referral[None], names, nature),
        judged=Result(row["result_judged"]) if row["result_judged"] else None,
        judged_words=_body(judged, names) if judged else "",
        state=row["state"],
        state_label=state.label.vi,
        suggested=names.agencies.get(seen.detail.get("suggested_id") or UUID(int=0), ""),
        round=names.rounds.get(row["round_id"], ""),
        due_on=row["next_due_on"],
        is_final=state.final,
    )


def _bare(seen: Seen) -> Line:
    return Line(code=str(seen.row["code"]), text="")


def _sending(
    seen: Seen, referral: Mapping[str, Any], events: Sequence[Effective], names: _Names, *, today: date
) -> Sending:
    sent, receipt = _last(events, _SENDS), _last(events, ("receive",))
    due = _due(seen, referral["id"])
    return Sending(
        agency_id=referral["agency_id"],
        agency=names.agencies[referral["agency_id"]],
        lead=names.agencies.get(referral["lead_id"], ""),
        is_live=referral["state"] not in ENDED_REFERRALS,
        state=referral["state"],
        sent_by=names.papers.get(sent.event["document_id"]) if sent else None,
        sent_on=sent.event["occurred_on"] if sent else None,
        received_on=receipt.event["occurred_on"] if receipt else None,
        due_on=due,
        is_overdue=due is not None and due < today,
        times_urged=referral["times_urged"],
        answer=_answer(events, names, seen.detail.get("nature")),
    )


def _due(seen: Seen, referral: UUID) -> date | None:
    """Return by when the agency must answer; None when no time runs, or the answer is there."""
    running = [
        clock["due_on"]
        for clock in seen.clocks
        if clock["referral_id"] == referral and clock["role"] == _ROLE and clock["state"] == ClockState.RUNNING.value
    ]
    return min((day for day in running if day is not None), default=None)


def _last(events: Sequence[Effective], triggers: Sequence[str]) -> Effective | None:
    return next((item for item in reversed(events) if item.event["trigger"] in triggers), None)


def _answer(events: Sequence[Effective], names: _Names, nature: str | None) -> Answer | None:
    found = _last(events, _ANSWERS)
    if found is None:
        return None
    entry = found.payload.get("entry", {})
    # Words stand in history as a reference: for what is missing it matters only that they are there.
    given = {k: "…" if isinstance(v, dict) else v for k, v in entry.items() if k in AnswerRow.model_fields}
    row = AnswerRow.model_validate({"words": "…", **{k: v for k, v in given.items() if v is not None}})
    return Answer(
        paper=names.papers.get(found.event["document_id"]),
        on=found.event["occurred_on"],
        words=_body(found, names),
        claimed=row.claimed,
        missing=missing_parts(row, PetitionNature(nature) if nature else None),
    )


def _reference(item: Effective, name: str) -> UUID | None:
    value = item.payload.get("entry", {}).get(name)
    return UUID(value["text"]) if isinstance(value, dict) and value.get("text") else None


def _body(item: Effective, names: _Names) -> str:
    key = _reference(item, "words")
    return (names.bodies.get(key) if key else None) or ""
