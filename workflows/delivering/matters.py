"""What notices are about: the case, the time limit as it stands now, the rung, and whether it still needs telling."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from deadlines.ladders import QUESTION_GROUP, Rung
from deadlines.limits import Regulation, TimeLimit
from models.alerting import ClockRung, Notice, QuestionGroup, QuestionGroupCase
from models.cases import Case, Proposal, Referral
from models.columns import table_of
from models.councils import Council
from models.timing import ClockRow
from models.units import Unit
from states.alerting import Deed, NoticeKind, RungState
from states.reckoning import ClockState, Effect
from states.text import Text
from states.vocabulary import Confidentiality, ProposalState
from workflows.grouping import FEWEST, late_members
from workflows.regulations import regulation_of
from workflows.views import AgencyName, agencies_named

_notice, _rung, _clock = table_of(Notice), table_of(ClockRung), table_of(ClockRow)
_case, _referral, _council, _proposal = (table_of(m) for m in (Case, Referral, Council, Proposal))
_group, _member = table_of(QuestionGroup), table_of(QuestionGroupCase)
_AT_ONCE = 200
_STANDS = frozenset({RungState.FIRED.value, RungState.INHERITED.value})
_BINDING = frozenset({Effect.STATUTORY.value, Effect.REGULATION.value})
Row = Mapping[str, Any]

WITHDRAWN = Text("Lời nhắc đã rút lại", "The reminder was withdrawn")
SETTLED = Text("Thời hạn không còn tính, hoặc đã đổi ngày", "The time limit runs no longer, or to another day")
COUNCIL_GONE = Text("Hội đồng đã gỡ", "The council was removed")
DECIDED = Text("Đề xuất đã được quyết định, hoặc không còn làm được", "What was proposed is decided or not possible")
RUNG_UNKNOWN = Text("Quy định không có bậc nhắc này", "The regulation has no such rung")


@dataclass(frozen=True, slots=True)
class About:
    """The case of a notice; `agency` and `lead` are those of its referral, `addressee` the name of that agency."""

    id: UUID
    code: str
    kind: str
    confidentiality: Confidentiality
    assignee: UUID | None
    holder: UUID | None
    referral: UUID | None = None
    agency: UUID | None = None
    lead: UUID | None = None
    addressee: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The time limit of a notice: which rung of it fired, and its last day as it stands now."""

    limit: TimeLimit
    rung: Rung
    number: int
    due_on: date
    occurrence: int
    binding: bool


@dataclass(frozen=True, slots=True)
class Matter:
    """What a notice tells. `settled` says why it needs telling no longer."""

    cause: str
    kind: NoticeKind
    council: UUID | None
    due_at: datetime
    audience: tuple[str, ...]
    sentence: Text | None = None
    about: About | None = None
    due: Due | None = None
    settled: Text | None = None

    @property
    def line(self) -> tuple[object, ...]:
        """Return what makes two notices the same matter: later rungs of a limit say more than earlier ones.

        What is proposed stands by itself until it is decided: no other rung says the same.
        """
        if self.about is None or self.due is None:
            return (self.cause,)
        return (*self._limit, self.due.rung.trigger)

    @property
    def covers(self) -> frozenset[tuple[object, ...]]:
        """Return the lines that need no telling beside this one: its own, and the mere reminders of the same limit."""
        return frozenset({self.line, (*self._limit, None)} if self._limit else {self.line})

    @property
    def _limit(self) -> tuple[object, ...]:
        if self.about is None or self.due is None:
            return ()
        return (self.kind, self.about.id, self.about.referral, self.due.limit.code, self.due.occurrence)

    @property
    def binding(self) -> bool:
        """Tell whether a law or a regulation demands it: then it may be redirected and never switched off."""
        return self.due is not None and self.due.binding


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database says of the cases of some notices."""

    cases: Mapping[UUID, Row]
    clocks: Mapping[UUID, Row]
    rungs: Mapping[tuple[UUID, int, int], Row]
    referrals: Mapping[UUID, Row]
    texts: Mapping[UUID, Regulation]
    removed: frozenset[UUID]
    agencies: Mapping[UUID, AgencyName]
    proposed: frozenset[tuple[UUID, str]]

    def live(self, own: Row) -> Row | None:
        """Return the clock that runs now on the same matter as `own`."""
        same = ("case_id", "limit_code", "referral_id", "occurrence")
        running = (c for c in self.clocks.values() if c["state"] == ClockState.RUNNING.value)
        return next((c for c in running if all(c[k] == own[k] for k in same)), None)

    def newest(self, clock: UUID, number: int) -> Row | None:
        """Return rung `number` of the last due date of a clock."""
        found = [row for (key, _, n), row in self.rungs.items() if key == clock and n == number]
        return max(found, key=lambda row: int(row["revision"]), default=None)

    def waits_for(self, clock: UUID, rung: Rung) -> bool:
        """Tell whether what a rung proposed still waits for a decision."""
        return rung.deed is not Deed.PROPOSE or (clock, rung.trigger) in self.proposed


def by_cause(unit: Unit, causes: Iterable[str]) -> dict[str, Matter]:
    """Return the matters of these notices, as they stand now."""
    wanted = sorted(set(causes))
    found: dict[str, Matter] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        rows = unit.read(select(_notice).where(_notice.c.cause.in_(wanted[first : first + _AT_ONCE]))).mappings()
        found.update((matter.cause, matter) for matter in matters(unit, [dict(row) for row in rows]))
    return found


def matters(unit: Unit, notices: Sequence[Row]) -> Iterator[Matter]:
    """Yield what each of these rows of `notice` is about, in a few queries for all."""
    known = _known(unit, notices)
    for row in notices:
        yield _matter(row, known)


def _known(unit: Unit, notices: Sequence[Row]) -> _Known:
    ids = sorted({row["case_id"] for row in notices if row["case_id"]})
    councils = sorted({row["council_id"] for row in notices if row["council_id"]})
    with_clock = sorted({row["case_id"] for row in notices if row["clock_id"]})

    def rows(table: Any, column: str, wanted: Sequence[UUID]) -> list[Row]:
        found = unit.read(select(table).where(table.c[column].in_(wanted))).mappings() if wanted else ()
        return [dict(row) for row in found]

    gone = select(_council.c.id).where(_council.c.id.in_(councils), _council.c.removed_at.is_not(None))
    clocks = rows(_clock, "case_id", with_clock)
    referrals = rows(_referral, "case_id", with_clock)
    return _Known(
        cases={row["id"]: row for row in rows(_case, "id", ids)},
        clocks={row["id"]: row for row in clocks},
        rungs={(r["clock_id"], r["revision"], r["rung"]): r for r in rows(_rung, "case_id", with_clock)},
        referrals={row["id"]: row for row in referrals},
        agencies=agencies_named(unit, [row["agency_id"] for row in referrals]),
        texts={key: regulation_of(unit, key) for key in {row["regulation_id"] for row in clocks}},
        removed=frozenset(unit.read(gone).scalars()) if councils else frozenset(),
        proposed=_proposed(unit, sorted(clock["id"] for clock in clocks)),
    )


def _proposed(unit: Unit, clocks: Sequence[UUID]) -> frozenset[tuple[UUID, str]]:
    """Return what is proposed because of these clocks and not decided yet: clock and trigger."""
    if not clocks:
        return frozenset()
    is_open = ProposalState.OPEN.value
    moves = select(_proposal.c.clock_id, _proposal.c.trigger)
    moves = moves.where(_proposal.c.clock_id.in_(clocks), _proposal.c.state == is_open)
    enough = late_members(unit.today).group_by(_member.c.group_id).having(func.count() >= FEWEST)
    groups = select(_member.c.clock_id).join(_group, _group.c.id == _member.c.group_id)
    groups = groups.where(_member.c.clock_id.in_(clocks), _group.c.state == is_open, _group.c.id.in_(enough))
    found = {(row.clock_id, row.trigger) for row in unit.read(moves)}
    return frozenset(found | {(clock, QUESTION_GROUP) for clock in unit.read(groups).scalars()})


def _matter(row: Row, known: _Known) -> Matter:
    kind = NoticeKind(row["kind"])
    sentence = Text(row["sentence_vi"], row["sentence_en"] or row["sentence_vi"]) if row["sentence_vi"] else None
    own = known.clocks.get(row["clock_id"]) if row["clock_id"] else None
    live = known.live(own) if own is not None and kind is NoticeKind.RUNG else None
    due = _due(row, live or own, known)
    return Matter(
        cause=row["cause"],
        kind=kind,
        council=row["council_id"],
        due_at=row["due_at"],
        audience=tuple(json.loads(row["audience"])) if row["audience"] else due.rung.whom if due else (),
        sentence=sentence,
        about=_about(known.cases.get(row["case_id"]), own, known),
        due=due,
        settled=_settled(row, own, live, known, due),
    )


def _settled(row: Row, own: Row | None, live: Row | None, known: _Known, due: Due | None) -> Text | None:
    if row["council_id"] in known.removed:
        return COUNCIL_GONE
    if row["kind"] != NoticeKind.RUNG.value:
        return None
    mine = known.rungs.get((row["clock_id"], row["revision"], row["rung"]))
    state = None if mine is None else mine["state"]
    newest = None if live is None else known.newest(live["id"], row["rung"])
    if state == RungState.WITHDRAWN.value:
        return WITHDRAWN
    if own is None or state != RungState.FIRED.value or newest is None or newest["state"] not in _STANDS:
        return SETTLED
    if due is not None and not known.waits_for(row["clock_id"], due.rung):
        return DECIDED
    return None if due is not None else RUNG_UNKNOWN


def _about(case: Row | None, clock: Row | None, known: _Known) -> About | None:
    if case is None:
        return None
    referral = known.referrals.get(clock["referral_id"]) if clock and clock["referral_id"] else None
    return About(
        id=case["id"],
        code=case["code"],
        kind=case["kind"],
        confidentiality=Confidentiality(case["confidentiality"]),
        assignee=case["assignee_id"],
        holder=case["holder_id"],
        referral=referral["id"] if referral else None,
        agency=referral["agency_id"] if referral else None,
        lead=referral["lead_id"] if referral else None,
        addressee=known.agencies[referral["agency_id"]].name if referral else None,
    )


def _due(row: Row, clock: Row | None, known: _Known) -> Due | None:
    if clock is None or clock["due_on"] is None or row["rung"] is None:
        return None
    regulation = known.texts[clock["regulation_id"]]
    limit = next((limit for limit in regulation.limits if limit.code == clock["limit_code"]), None)
    if limit is None:
        return None
    rungs = regulation.ladder_of(limit).rungs
    if not 1 <= row["rung"] <= len(rungs):
        return None
    binding = clock["effect"] in _BINDING
    return Due(limit, rungs[row["rung"] - 1], row["rung"], clock["due_on"], clock["occurrence"], binding)
