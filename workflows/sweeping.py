"""The sweep: every rung that is due, however late, fires exactly once, in its order, by any number of processes.

Firing a rung writes its notice in the same statement and its proposal in the same transaction. Nothing is sent here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from deadlines.ladders import QUESTION_GROUP
from deadlines.wording import plain_date
from models.alerting import Heartbeat
from models.cases import Case, Referral
from models.columns import table_of
from models.councils import Agency
from models.databases import POSTGRESQL, SQLITE
from models.timing import ClockRow
from models.units import Database, Unit, WriteUnit
from states.kinds import lifecycle_of
from states.lifecycle import Transition
from states.reckoning import ClockState
from states.text import Text
from states.vocabulary import ProposalState
from workflows import question_groups
from workflows.drafting import new_id
from workflows.regulations import regulation_of, rung_of

_clock, _case, _referral = (table_of(m) for m in (ClockRow, Case, Referral))
_heartbeat, _agency = table_of(Heartbeat), table_of(Agency)
AT_ONCE = {POSTGRESQL: 1_000, SQLITE: 10_000}
"""Rungs of one transaction. Sweeps share them on PostgreSQL; on SQLite one writes at a time, and each commit costs."""
SWEEP, DELIVER = "sweep", "deliver"
"""The kinds of work that leave a heartbeat."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: rungs fired, proposals made, and by how many seconds the latest of them was late."""

    fired: int
    proposed: int
    latest: float


def sweep(database: Database, *, at_once: int | None = None) -> Swept:
    """Fire all rungs that are due, in transactions of `at_once` rungs each (`AT_ONCE`), and leave the heartbeat.

    Killed at any instant, what was not committed is due again.
    """
    fired, proposed, latest = 0, 0, 0.0
    while True:
        with database.writing() as unit:
            claimed = unit.claim(at_most=at_once or AT_ONCE[database.dialect])
            if claimed.earliest is None:
                question_groups.lapse(unit)
                beat(unit, SWEEP, done=fired)
                return Swept(fired, proposed, latest)
            proposed += _propose(unit, claimed.proposing)
            latest = max(latest, (unit.now - claimed.earliest).total_seconds())
            fired += claimed.fired


def beat(unit: WriteUnit, work: str, *, done: int) -> None:
    """Leave the instant at which `work` last ran to its end."""
    values = {"at": unit.now, "done": done}
    known = update(_heartbeat).where(_heartbeat.c.work == work).values(**values).returning(_heartbeat.c.work)
    if unit.run(known).first() is None:
        unit.add_unknown("heartbeat", [{"work": work, **values}])


def last_beat(unit: Unit, work: str) -> datetime | None:
    """Return when `work` last ran to its end, None when it never did."""
    found: datetime | None = unit.read(select(_heartbeat.c.at).where(_heartbeat.c.work == work)).scalar()
    return found


def _propose(unit: WriteUnit, rows: Sequence[Mapping[str, Any]]) -> int:
    """Write the proposals of fired rungs where what they propose can still be done."""
    if not rows:
        return 0
    found = _found(unit, [row["clock_id"] for row in rows])
    made: list[dict[str, Any]] = []
    grouped: list[tuple[Mapping[str, Any], date]] = []
    for row in rows:
        clock = found[row["clock_id"]]
        rung = rung_of(unit, clock["regulation_id"], clock["limit_code"], row["rung"])
        if rung is None or rung.trigger is None or clock["state"] != ClockState.RUNNING.value:
            continue
        if rung.trigger == QUESTION_GROUP:
            grouped.append((clock, row["on_day"]))
            continue
        move = _possible(clock, rung.trigger)
        if move is not None:
            made.append(_row(unit, row, clock, move))
    unit.add_unknown("proposal", made)
    question_groups.gather(unit, grouped)
    return len(made)


def _found(unit: Unit, clocks: Sequence[UUID]) -> dict[UUID, Mapping[str, Any]]:
    wanted = (
        select(
            _clock,
            _case.c.council_id,
            _case.c.kind,
            _case.c.state.label("case_state"),
            _case.c.field,
            _referral.c.state.label("referral_state"),
            _referral.c.agency_id,
            _agency.c.name.label("agency"),
        )
        .join(_case, _case.c.id == _clock.c.case_id)
        .outerjoin(_referral, _referral.c.id == _clock.c.referral_id)
        .outerjoin(_agency, _agency.c.id == _referral.c.agency_id)
        .where(_clock.c.id.in_(sorted(set(clocks))))
    )
    return {row["id"]: dict(row) for row in unit.read(wanted).mappings()}


def _possible(clock: Mapping[str, Any], trigger: str) -> Transition | None:
    """Return the row of what is proposed, None where the state of the case or referral no longer allows it."""
    table = lifecycle_of(clock["kind"])
    if trigger in table.offered(clock["case_state"]):
        return table.row(trigger)
    theirs = table.referral
    if theirs is not None and clock["referral_state"] and trigger in theirs.offered(clock["referral_state"]):
        return theirs.row(trigger)
    return None


def _row(unit: Unit, fired: Mapping[str, Any], clock: Mapping[str, Any], move: Transition) -> dict[str, Any]:
    own = lifecycle_of(clock["kind"]).row(move.trigger) is move
    regulation = regulation_of(unit, clock["regulation_id"])
    label, due = regulation.limit(clock["limit_code"]).label, plain_date(clock["due_on"])
    agency = clock["agency"]
    whose = Text(f", {agency}", f", {agency}") if agency else Text("", "")
    return {
        "id": new_id(),
        "council_id": clock["council_id"],
        "case_id": clock["case_id"],
        "trigger": move.trigger,
        "other_id": None,
        "referral_id": None if own else clock["referral_id"],
        "clock_id": clock["id"],
        "cause": f"rung:{fired['clock_id']}:{fired['revision']}:{fired['rung']}",
        "sentence_vi": f"{label.vi} đã quá hạn ngày {due}{whose.vi}: đề xuất «{move.label.vi}»",
        "sentence_en": f"{label.en} was due on {due}{whose.en}: “{move.label.en}” is proposed",
        "state": ProposalState.OPEN.value,
        "created_at": unit.now,
    }
