"""Reads petitions for printing, some hundred at a time, in as many statements for one as for all of a batch.

Corrections are in force and what was taken back is left out. Words of events are there for those who may read them.
A petition whose history cannot be read still comes, with what its row says and the trouble.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.cases import Case, PersonData, Referral, TextVersion
from models.columns import table_of
from models.councils import Agency, CouncilSession
from models.details import ContactRound, Petition
from models.history import Document, Event
from models.timing import ClockRow
from models.units import Unit
from states.facts import Actor
from states.petition import PETITION
from states.reckoning import ClockState
from states.redacting import redact
from states.text import Text
from states.vocabulary import Level, Result
from workflows.access import NAMED_ONLY, Setting
from workflows.folding import CHANGES_NO_STATE, Effective, effective
from workflows.printing.event_words import Story, raised_in, read_story, sendings_of
from workflows.printing.filed import Cited, Filed
from workflows.printing.nearing import Nearing
from workflows.views import AgencyName

_case, _petition, _round, _session = (table_of(m) for m in (Case, Petition, ContactRound, CouncilSession))
_event, _text, _referral, _clock = (table_of(m) for m in (Event, TextVersion, Referral, ClockRow))
_agency, _document, _person = table_of(Agency), table_of(Document), table_of(PersonData)
BATCH = 500
_EVENT_COLUMNS = (
    "case_id", "seq", "act", "trigger", "referral_id", "occurred_on", "decided_by", "document_id", "payload",
    "corrects_seq", "undoes_seq", "part_of_seq",
)  # fmt: skip
_UNREADABLE = Text(
    "không đọc được nhật ký của kiến nghị này: chạy «dondoc verify»",
    "the history of this petition cannot be read: run “dondoc verify”",
)
_TEXT = "text"


@dataclass(frozen=True, slots=True)
class _Batch:
    """What was read of one batch, by case."""

    events: Mapping[UUID, list[dict[str, Any]]]
    texts: Mapping[UUID, str | None]
    bodies: Mapping[UUID, list[tuple[UUID, int, str]]]
    referrals: Mapping[UUID, list[Mapping[str, Any]]]
    clocks: Mapping[UUID, list[Mapping[str, Any]]]
    papers: Mapping[UUID, Cited]
    people: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)


def petitions(
    unit: Unit, *, setting: Setting, actor: Actor, ids: Sequence[UUID], outward: bool = True
) -> Iterator[Filed]:
    """Yield the petitions `ids` in their order. `ids` are those that `actor` may see: see `choosing`.

    `outward` takes the petitioner's own name and number out of every text: a print leaves the office.
    """
    agencies = {
        r.id: AgencyName(r.code, r.name) for r in unit.read(select(_agency.c.id, _agency.c.code, _agency.c.name))
    }
    nearing = Nearing(unit)
    inside = actor.operator or any(g.council_side and g.council == setting.council for g in actor.grants)
    for start in range(0, len(ids), BATCH):
        here = ids[start : start + BATCH]
        rows = {row["id"]: row for row in _rows(unit, here)}
        batch = _read(unit, here, rows.values() if outward else ())
        nearing.learn(clock["regulation_id"] for clocks in batch.clocks.values() for clock in clocks)
        for key in here:
            yield _filed(rows[key], batch, agencies, nearing, theirs=None if inside else actor.agencies())


def _rows(unit: Unit, ids: Sequence[UUID]) -> list[Mapping[str, Any]]:
    wanted = (
        select(
            _case,
            _petition.c.times_raised,
            _petition.c.petitioner_id,
            _session.c.name.label("session_name"),
            _round.c.name.label("round_name"),
        )
        .join(_petition, _petition.c.case_id == _case.c.id)
        .outerjoin(_session, _session.c.id == _case.c.session_id)
        .outerjoin(_round, _round.c.case_id == _case.c.round_id)
        .where(_case.c.id.in_(ids))
    )
    return [dict(row) for row in unit.read(wanted).mappings()]


def _read(unit: Unit, ids: Sequence[UUID], rows: Iterable[Mapping[str, Any]]) -> _Batch:
    events = _grouped(
        unit.read(
            select(*(_event.c[name] for name in _EVENT_COLUMNS))
            .where(_event.c.case_id.in_(ids))
            .order_by(_event.c.case_id, _event.c.seq)
        ).mappings()
    )
    bodies: dict[UUID, list[tuple[UUID, int, str]]] = defaultdict(list)
    texts: dict[UUID, list[tuple[int, str | None]]] = defaultdict(list)
    wanted = select(_text.c.id, _text.c.case_id, _text.c.event_seq, _text.c.field, _text.c.body)
    for row in unit.read(wanted.where(_text.c.case_id.in_(ids)).order_by(_text.c.case_id, _text.c.event_seq)):
        if row.field == _TEXT:
            texts[row.case_id].append((row.event_seq, row.body))
        if row.body is not None:
            bodies[row.case_id].append((row.id, row.event_seq, row.body))
    referrals = select(_referral).where(_referral.c.case_id.in_(ids)).order_by(_referral.c.id)
    clocks = select(_clock).where(_clock.c.case_id.in_(ids), _clock.c.state != ClockState.SUPERSEDED.value)
    papers = {e["document_id"] for found in events.values() for e in found if e["document_id"] is not None}
    people = {row["petitioner_id"] for row in rows if row["petitioner_id"] is not None}
    return _Batch(
        events,
        {key: _last_standing(found, events.get(key, ())) for key, found in texts.items()},
        bodies,
        _grouped(unit.read(referrals).mappings()),
        _grouped(unit.read(clocks.order_by(_clock.c.start_seq, _clock.c.limit_code)).mappings()),
        {
            r.id: Cited(r.id, r.number, r.issued_on)
            for r in unit.read(
                select(_document.c.id, _document.c.number, _document.c.issued_on).where(_document.c.id.in_(papers))
            )
        },
        {r["id"]: dict(r) for r in unit.read(select(_person).where(_person.c.id.in_(people))).mappings()},
    )


def _grouped(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row["case_id"]].append(dict(row))
    return found


def _last_standing(texts: Sequence[tuple[int, str | None]], events: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the text as last amended, an amendment that was taken back aside."""
    undone = {event["undoes_seq"] for event in events}
    return next((body for seq, body in reversed(texts) if seq not in undone), None)


def _filed(
    row: Mapping[str, Any],
    batch: _Batch,
    agencies: Mapping[UUID, AgencyName],
    nearing: Nearing,
    *,
    theirs: frozenset[UUID] | None,
) -> Filed:
    key = row["id"]
    referrals, clocks = batch.referrals.get(key, []), batch.clocks.get(key, [])
    bodies = {text: body for text, _, body in batch.bodies.get(key, [])}
    hide = _hiding(batch.people.get(row["petitioner_id"]))
    trouble: Text | None = None
    try:
        story = Story(_standing(batch.events.get(key, [])), bodies, batch.papers, agencies, referrals, theirs, hide)
        told = read_story(story)
        sendings = sendings_of(story, clocks, nearing)
        raised = raised_in(story)
    except (ValueError, KeyError, TypeError, AttributeError):
        # One poisoned history never stops a file: the row prints what the register says of it.
        trouble, told, sendings, raised = _UNREADABLE, {}, (), ()
    return Filed(
        id=key,
        code=row["code"],
        seq=row["seq"],
        state=row["state"],
        state_label=PETITION.states[row["state"]].label,
        final=PETITION.states[row["state"]].final,
        text=hide(batch.texts.get(key)),
        received_on=row["received_on"],
        locality=row["locality"],
        field=row["field"],
        level=Level(row["level"]) if row["level"] else None,
        restricted=row["confidentiality"] in NAMED_ONLY,
        session=row["session_name"],
        round=row["round_name"],
        times_raised=row["times_raised"],
        raised=raised,
        sendings=sendings,
        higher=told.get("higher"),
        answers=told.get("answers", ()),
        judged=told.get("judged") if row["result_judged"] else None,
        told=told.get("told", ()),
        published=told.get("published", ()),
        claimed=Result(row["result_claimed"]) if row["result_claimed"] else None,
        due=nearing.of_case(row["next_due_on"], clocks),
        trouble=trouble,
    )


def _standing(events: Sequence[Mapping[str, Any]]) -> list[Effective]:
    """Return the events that stand, with their right days and values."""
    return [i for i in effective(events) if not i.taken_back and i.event["act"] not in CHANGES_NO_STATE]


def _hiding(person: Mapping[str, Any] | None) -> Any:
    """Return what takes the petitioner's own name and number out of a text: prints leave the office."""
    names = [person["name"]] if person and person["name"] else []
    numbers = [person["phone"]] if person and person["phone"] else []

    def hide(text: str | None) -> str | None:
        return redact(text, names=names, numbers=numbers) if text and (names or numbers) else text

    return hide
