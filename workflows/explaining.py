"""Explains the time limits of a case: the same reckoning that set each clock, run once more aloud.

What is over keeps its date when the calendar or a session changes later: such a clock is explained by the calendar it
is pinned to and the session dates of its time. Clocks that gave way are told in one line each, with what took their
place and why.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from deadlines import explaining
from deadlines.limits import TimeLimit
from deadlines.loading import regulation_from_json
from deadlines.marks import Clock, Mark
from deadlines.telling import Step
from deadlines.wording import plain_date
from models.columns import table_of
from models.councils import SessionDate
from models.history import Document, Event
from models.timing import ClockRow, Regulation
from models.units import Unit
from states.paper_words import DocumentType
from states.reckoning import ClockState, SupersedeReason
from states.text import Language, Text
from states.vocabulary import ReckonCause
from workflows import planning, regulations
from workflows.access import Seen
from workflows.clocks import clock_of
from workflows.planning import Reckoned
from workflows.regulations import Rules
from workflows.views import AgencyName, agencies_named

_clock, _regulation, _document = table_of(ClockRow), table_of(Regulation), table_of(Document)
_event, _session_date = table_of(Event), table_of(SessionDate)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Explained:
    """A stored clock with the steps that lead to its date, the clocks it took the place of, and all of it as text.

    `steps` is empty for a clock that gave way and was replaced by none.
    """

    row: Row
    clock: Clock
    agency: AgencyName | None
    heading: Text
    steps: tuple[Step, ...]
    before: tuple[Text, ...]
    text: str


def explain_case(unit: Unit, seen: Seen, language: Language) -> list[Explained]:
    """Return every clock of a case explained in `language`: open ones first, next due first, then what is over."""
    gone = select(_clock).where(_clock.c.case_id == seen.id, _clock.c.state == ClockState.SUPERSEDED.value)
    superseded = [dict(row) for row in unit.read(gone.order_by(_clock.c.superseded_seq, _clock.c.id)).mappings()]
    context = _Context(unit, seen, language, superseded)
    live = [context.live(row) for row in seen.clocks]
    ordered = sorted(
        live, key=lambda e: (not e.clock.is_open, e.row["due_on"] is None, e.row["due_on"], e.row["start_seq"])
    )
    return [*ordered, *context.replaced_by_none()]


class _Context:
    """What all explanations of one case share."""

    def __init__(self, unit: Unit, seen: Seen, language: Language, superseded: Sequence[Row]) -> None:
        self._unit, self._seen, self._language, self._superseded = unit, seen, language, superseded
        self._rules = regulations.rules_for(unit, seen.setting)
        self._marks = _with_numbers(unit, planning.marks_of(seen.marks), language)
        self._now = planning.reckoned(seen, self._rules, self._marks, received_on=seen.row["received_on"])
        self._causes = _causes(unit, seen, superseded)
        names = agencies_named(unit, [r["agency_id"] for r in seen.referrals])
        self._agencies = {r["id"]: names[r["agency_id"]] for r in seen.referrals}
        ids = {row["regulation_id"] for row in (*seen.clocks, *superseded)}
        self._limits = _limits(unit, ids)
        self._taken = _successors(seen.clocks, superseded)
        self._followed = _followers(seen.clocks, superseded)

    def live(self, row: Row) -> Explained:
        """Explain a clock that stands."""
        before = tuple(
            self._gave_way(old, self._followed.get(old["id"], row))
            for old in self._superseded
            if self._taken.get(old["id"]) == row["id"]
        )
        for seen, rules, found in self._reckonings(row):
            for item in found:
                if _is(item, row) and item.clock.due_on == row["due_on"]:
                    return self._explained(row, self._steps(seen, rules, item), before)
        return self._explained(row, (), before)

    def replaced_by_none(self) -> Iterator[Explained]:
        """Tell of the clocks that gave way to nothing."""
        for row in self._superseded:
            if row["id"] not in self._taken:
                yield self._explained(row, (), (self._gave_way(row, None),))

    def _reckonings(self, row: Row) -> Iterator[tuple[Seen, Rules, Sequence[Reckoned]]]:
        """Return the reckoning of today, then those of earlier calendars and session dates."""
        yield self._seen, self._rules, self._now
        rules = replace(self._rules, calendar=regulations.calendar_of(self._unit, row["calendar_version"]))
        for dates in (self._seen.session, *_earlier_dates(self._unit, self._seen)):
            seen = replace(self._seen, session=dates)
            yield seen, rules, planning.reckoned(seen, rules, self._marks, received_on=seen.row["received_on"])

    def _steps(self, seen: Seen, rules: Rules, found: Reckoned) -> tuple[Step, ...]:
        base = planning.reckoning(seen, rules)
        return tuple(
            explaining.explain(
                found.clock,
                marks=self._marks,
                limits=[item.limit for item in found.group],
                calendar=base.calendar,
                anchors=base.anchors,
                circumstance=base.circumstance,
                others=found.others,
            )
        )

    def _explained(self, row: Row, steps: tuple[Step, ...], before: tuple[Text, ...]) -> Explained:
        clock = clock_of(row, self._limits[row["regulation_id"]][row["limit_code"]])
        agency = self._agencies.get(row["referral_id"])
        named = clock if agency is None else replace(clock, label=_of(clock.label, agency))
        calendar = regulations.calendar_of(self._unit, row["calendar_version"])
        heading = explaining.heading(named, today=self._unit.today, calendar=calendar)
        body = explaining.render(steps, self._language, heading=heading)
        lines = "".join(f"{line.read(self._language)}\n" for line in before)
        return Explained(row, clock, agency, heading, steps, before, body + lines)

    def _gave_way(self, old: Row, new: Row | None) -> Text:
        why = self._causes.get(old["superseded_seq"]) or SupersedeReason(old["superseded_reason"]).label
        start, due = plain_date(old["anchor_on"]), plain_date(old["due_on"]) if old["due_on"] else "?"
        vi, en = f"Trước đó tính từ {start}, hạn {due}", f"Earlier counted from {start}, due {due}"
        if new is not None and new["due_on"] is not None:
            after = plain_date(new["due_on"])
            vi, en = f"{vi}; thay bằng hạn {after}", f"{en}; replaced by {after}"
        else:
            vi, en = f"{vi}; không còn tính", f"{en}; no longer counted"
        seq = old["superseded_seq"]
        return Text(f"{vi} vì {why.vi} (sự kiện số {seq}).", f"{en} because {why.en} (event {seq}).")


def _is(found: Reckoned, row: Row) -> bool:
    clock = found.clock
    referral = UUID(clock.referral) if clock.referral else None
    mine = (clock.limit_code, referral, clock.start_seq, found.item.regulation_id)
    return mine == (row["limit_code"], row["referral_id"], row["start_seq"], row["regulation_id"])


def _of(label: Text, agency: AgencyName) -> Text:
    return Text(f"{label.vi}, {agency.name}", f"{label.en}, {agency.name}")


def _successors(live: Sequence[Row], superseded: Sequence[Row]) -> dict[UUID, UUID]:
    """Return which live clock stands where each superseded one stood: same role and referral, the next start."""
    found: dict[UUID, UUID] = {}
    for old in superseded:
        place = (old["role"], old["referral_id"])
        same = sorted((c for c in live if (c["role"], c["referral_id"]) == place), key=lambda c: int(c["start_seq"]))
        later = [c for c in same if c["start_seq"] >= old["start_seq"]]
        if same:
            found[old["id"]] = (later or same[-1:])[0]["id"]
    return found


def _followers(live: Sequence[Row], superseded: Sequence[Row]) -> dict[UUID, Row]:
    """Return which row took the place of each superseded one at its event: the next of its place to give way."""
    found: dict[UUID, Row] = {}
    for old in superseded:
        place = (old["role"], old["referral_id"])
        later = [
            row
            for row in (*superseded, *live)
            if (row["role"], row["referral_id"]) == place
            and row["start_seq"] >= old["start_seq"]
            and (row["superseded_seq"] is None or row["superseded_seq"] > old["superseded_seq"])
        ]
        if later:
            found[old["id"]] = min(later, key=lambda row: (row["superseded_seq"] or sys.maxsize, row["start_seq"]))
    return found


def _limits(unit: Unit, ids: set[UUID]) -> dict[UUID, dict[str, TimeLimit]]:
    if not ids:
        return {}
    rows = unit.read(select(_regulation.c.id, _regulation.c.content).where(_regulation.c.id.in_(ids))).all()
    return {row.id: {limit.code: limit for limit in regulation_from_json(row.content).limits} for row in rows}


def _with_numbers(unit: Unit, marks: Sequence[Mark], language: Language) -> list[Mark]:
    """Return `marks` with their papers by type and number ("công văn 71/HĐND-TT") instead of identifiers."""
    ids = {UUID(mark.document) for mark in marks if mark.document}
    rows = unit.read(select(_document.c.id, _document.c.type, _document.c.number).where(_document.c.id.in_(ids))).all()
    said = {
        str(row.id): f"{DocumentType(row.type).label.read(language).lower()} {row.number}" if row.number else None
        for row in rows
    }
    return [replace(mark, document=said.get(mark.document)) if mark.document else mark for mark in marks]


def _causes(unit: Unit, seen: Seen, superseded: Sequence[Row]) -> dict[int, Text]:
    """Return what outside the case moved its dates, by event: a session with its reason, the calendar, a regulation."""
    seqs = {row["superseded_seq"] for row in superseded}
    causes = set(ReckonCause)
    wanted = select(_event.c.seq, _event.c.trigger, _event.c.payload).where(
        _event.c.case_id == seen.id, _event.c.seq.in_(seqs), _event.c.trigger.in_([c.value for c in causes])
    )
    return {row.seq: _cause(unit, row) for row in unit.read(wanted).all()}


def _cause(unit: Unit, event: Any) -> Text:
    label = ReckonCause(event.trigger).label
    vi, en = label.vi.partition(": ")[2], label.en.partition(": ")[2]
    said = json.loads(event.payload)
    if event.trigger != ReckonCause.SESSION_MOVED.value:
        return Text(vi, en)
    here = (_session_date.c.session_id == UUID(said["session"])) & (_session_date.c.revision == said["revision"])
    reason = unit.read(select(_session_date.c.reason).where(here)).scalar()
    return Text(f"{vi}, {reason}", f"{en}, {reason}") if reason else Text(vi, en)


def _earlier_dates(unit: Unit, seen: Seen) -> Iterator[Mapping[str, Any]]:
    """Return the dates that the case's session had before, the latest first."""
    session = seen.row.get("session_id")
    if session is None:
        return
    wanted = select(_session_date.c.opening_on, _session_date.c.closing_on).where(_session_date.c.session_id == session)
    for row in unit.read(wanted.order_by(_session_date.c.revision.desc())).all():
        yield {"opening_on": row.opening_on, "closing_on": row.closing_on}
