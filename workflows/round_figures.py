"""The figures of a contact round side by side: what its report states, what its meetings give, what the register holds.

Every line that does not add up is said in words and none is put right. Deputies and voters who came stay two figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.cases import Case
from models.columns import table_of
from models.details import ContactMeeting
from models.history import Event
from models.units import Unit
from states.adding_up import Mismatch
from states.contact_meeting import CONTACT_MEETING, CONTACT_MEETING_KIND, H
from states.contact_round import CONTACT_ROUND_KIND
from states.contact_sums import (
    COUNTS,
    EXPLAINED,
    Figures,
    against_register,
    label,
    of_two_reports,
    over_meetings,
    sums,
    within,
)
from states.contact_words import ContactForm, Reporter, SpotJudge
from states.errors import NotFound
from states.facts import Actor
from states.folding import fold_words
from states.petition import PETITION_KIND, P
from states.text import Text
from states.vocabulary import Result
from workflows import access
from workflows.access import Seen
from workflows.folding import effective
from workflows.printing.picking import raised_in
from workflows.rates.printing import percent, percent_words
from workflows.views import AgencyName, Coded, Words, agencies_named, coded, coded_as
from workflows.visibility import visible

_case, _event, _meeting = table_of(Case), table_of(Event), table_of(ContactMeeting)
_TOOK_PLACE = (H.HELD, H.COLLECTED, H.MINUTED, H.REPORTED)
_PART_OF_STATE = {P.EXPLAINED_AT_MEETING: EXPLAINED, P.DIVERTED: "diverted_count", P.RECORDED: None, P.WITHDRAWN: None}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One count as the report states it, as its meetings add up, and as the register has it; None is not known."""

    code: str
    label: Words
    stated: int | None
    meetings: int | None
    register: int | None


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting of the round; `register` is how many petitions of the round come from its place."""

    code: str
    place: str | None
    state: Coded
    planned_on: date | None
    form: Coded
    group: AgencyName | None
    deputies: str | None
    counts: Mapping[str, int | None]
    judged_by: Coded | None
    register: int


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many of the assigned deputies came; it says nothing of voters."""

    present: int
    assigned: int
    sentence: Words


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What does not add up: which count, in which case, by how much (None: it cannot be compared), in words."""

    code: str
    where: str
    difference: int | None
    sentence: Words


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """All figures of one round; it adds up when nothing disagrees."""

    code: str
    name: str
    state: Coded
    lines: tuple[FigureLine, ...]
    meetings: tuple[MeetingLine, ...]
    deputies: Turnout | None
    voters: int | None
    disagreements: tuple[Disagreement, ...]
    adds_up: bool


def figures(unit: Unit, *, code: str, actor: Actor) -> RoundFigures:
    """Return the figures of the round `code`, counting the cases that `actor` may see.

    Raises: NotFound when it is absent, hidden or no contact round.
    """
    seen = access.case(unit, code=code, actor=actor)
    if seen.lifecycle.kind != CONTACT_ROUND_KIND:
        raise NotFound
    meetings = _meetings(unit, seen, actor)
    held = [row for row in meetings if row["state"] in _TOOK_PLACE]
    stated = {name: seen.detail.get(name) for name in COUNTS}
    total = sums(held)
    petitions = _petitions(unit, seen, actor)
    again = len(raised_in(unit, council=seen.setting.council, code=seen.row["code"], name=seen.detail["name"]))
    register = _register(petitions)
    found = (
        *_of(seen.row["code"], within(stated)),
        *_of(seen.row["code"], over_meetings(stated, held)),
        *_of(seen.row["code"], against_register(stated, register, raised_again=again)),
        *_of_meetings(unit, meetings),
    )
    return RoundFigures(
        code=seen.row["code"],
        name=seen.detail["name"],
        state=Coded(seen.row["state"], seen.lifecycle.states[seen.row["state"]].label),
        lines=tuple(FigureLine(n, label(n), stated[n], total.get(n), register.get(n)) for n in COUNTS),
        meetings=_lines(unit, meetings, petitions),
        deputies=_turnout(stated, held),
        voters=stated["attendance_count"] if stated["attendance_count"] is not None else total.get("attendance_count"),
        disagreements=found,
        adds_up=not found,
    )


def _meetings(unit: Unit, seen: Seen, actor: Actor) -> list[Row]:
    """Return the meetings of a round that were not entered by mistake, in the order of their codes."""
    columns = (_case.c.id, _case.c.code, _case.c.state, _case.c.locality)
    wanted = (
        select(*columns, *_meeting.c)
        .join(_meeting, _meeting.c.case_id == _case.c.id)
        .where(_case.c.round_id == seen.id, _case.c.kind == CONTACT_MEETING_KIND, _case.c.state != H.VOIDED.value)
    )
    return [dict(row) for row in unit.read(wanted.where(visible(actor)).order_by(_case.c.code)).mappings()]


def _petitions(unit: Unit, seen: Seen, actor: Actor) -> list[Row]:
    columns = (_case.c.state, _case.c.result_claimed, _case.c.result_judged, _case.c.locality)
    wanted = select(*columns).where(
        _case.c.round_id == seen.id, _case.c.kind == PETITION_KIND, _case.c.state != P.VOIDED.value, visible(actor)
    )
    return [dict(row) for row in unit.read(wanted).mappings()]


def _register(petitions: Sequence[Row]) -> dict[str, int]:
    """Return what became of the petitions of a round; one that was merged was said all the same."""
    if not petitions:
        return {}
    parts = Counter(_part(row) for row in petitions)
    named = {name: parts[name] for name in (EXPLAINED, "forwarded_count", "diverted_count", "noted_count")}
    return {"opinion_count": len(petitions), **named}


def _part(row: Row) -> str | None:
    noted = row["result_judged"] == Result.NOTED.value and row["result_claimed"] is None
    return "noted_count" if noted else _PART_OF_STATE.get(P(row["state"]), "forwarded_count")


def _turnout(stated: Figures, held: Sequence[Row]) -> Turnout | None:
    """Return the share of deputies who came, from the report or else from the meetings that know both numbers."""
    present, assigned = stated["deputies_present"], stated["deputies_assigned"]
    if present is None or assigned is None:
        known = [row for row in held if None not in (row["deputies_present"], row["deputies_assigned"])]
        if not known:
            return None
        present, assigned = (sum(row[name] for row in known) for name in ("deputies_present", "deputies_assigned"))
    share = percent_words(percent(present, assigned))
    return Turnout(
        present,
        assigned,
        Text(
            f"{present} trong {assigned} lượt đại biểu được phân công đã dự ({share.vi}); không tính cử tri",
            f"{present} of {assigned} assigned deputies came ({share.en}); voters are not counted here",
        ),
    )


def _lines(unit: Unit, meetings: Sequence[Row], petitions: Sequence[Row]) -> tuple[MeetingLine, ...]:
    groups = agencies_named(unit, [row["group_id"] for row in meetings])
    places = Counter(fold_words(row["locality"]) for row in petitions if row["locality"])
    return tuple(
        MeetingLine(
            code=row["code"],
            place=row["locality"],
            state=Coded(row["state"], CONTACT_MEETING.states[row["state"]].label),
            planned_on=row["planned_on"],
            form=coded(ContactForm(row["form"])),
            group=groups.get(row["group_id"]),
            deputies=row["deputies"],
            counts={name: row[name] for name in COUNTS[1:]},
            judged_by=coded_as(SpotJudge, row["judged_by"]),
            register=places[fold_words(row["locality"] or "")],
        )
        for row in meetings
    )


def _of_meetings(unit: Unit, meetings: Sequence[Row]) -> Iterator[Disagreement]:
    """Yield what each meeting contradicts itself in, what its two reports disagree on, and meetings entered twice."""
    reports = _reports(unit, [row["id"] for row in meetings])
    twice: dict[tuple[str, date], str] = {}
    for row in meetings:
        yield from _of(row["code"], within({name: row[name] for name in COUNTS[1:]}))
        both = reports.get(row["id"], {})
        if len(both) == len(Reporter):
            one, other = (both[who] for who in Reporter)
            by = (Reporter.FRONT.label, Reporter.DEPUTY_GROUP.label)
            yield from _of(row["code"], of_two_reports(one, other, by=by))
        if row["planned_on"] is None or row["state"] == H.CANCELLED:
            continue
        first = twice.setdefault((fold_words(row["locality"] or ""), row["planned_on"]), row["code"])
        if first != row["code"]:
            vi = f"{first} và {row['code']} cùng nơi, cùng ngày: nếu là một hội nghị thì hủy một hồ sơ nhập nhầm"
            en = f"{first} and {row['code']} are in one place on one day: if they are one meeting, void one of them"
            yield Disagreement("meetings", row["code"], None, Text(vi, en))


def _reports(unit: Unit, meetings: Sequence[UUID]) -> dict[UUID, dict[Reporter, Figures]]:
    """Return what each side reported last on each meeting, corrections in force."""
    if not meetings:
        return {}
    rows = unit.read(select(_event).where(_event.c.case_id.in_(meetings)).order_by(_event.c.case_id, _event.c.seq))
    stories: dict[UUID, list[Row]] = {}
    for event in rows.mappings():
        stories.setdefault(event["case_id"], []).append(dict(event))
    return {meeting: _by_reporter(events) for meeting, events in stories.items()}


def _by_reporter(events: Sequence[Row]) -> dict[Reporter, Figures]:
    entries = (
        item.payload.get("entry", {})
        for item in effective(events)
        if item.event["trigger"] == "record_minutes" and not item.taken_back
    )
    return {Reporter(entry["reporter"]): entry for entry in entries if entry.get("reporter")}


def _of(where: str, found: Iterable[tuple[str, Mismatch]]) -> Iterator[Disagreement]:
    for name, mismatch in found:
        yield Disagreement(name, where, mismatch.difference, mismatch.sentence)
