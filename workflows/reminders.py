"""Reminders as people read them: those of one case, for its story, and those that would fire until a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from deadlines.climbing import start_of
from deadlines.ladders import QUESTION_GROUP, Rung, When
from deadlines.wording import plain_date
from models.alerting import ClockRung
from models.cases import Case, Referral
from models.columns import table_of
from models.councils import Agency, Council
from models.timing import ClockRow
from models.units import Unit
from states.alerting import RungState
from states.facts import Actor
from states.kinds import lifecycle_of
from states.reckoning import DayUnit
from states.text import Text
from states.vocabulary import Role
from workflows.access import Seen
from workflows.regulations import regulation_of
from workflows.views import AgencyName, Coded, Words, coded
from workflows.visibility import visible

_rung, _clock, _case = table_of(ClockRung), table_of(ClockRow), table_of(Case)
_referral = table_of(Referral).alias("addressed")  # `visible` looks for referrals of its own
_agency, _council = table_of(Agency), table_of(Council)
ASSIGNEE = Text("Người theo dõi, người giải quyết", "Who follows or handles it")
_GROUP = Text("Đưa vào nhóm vấn đề chất vấn", "Put into a group of questions")


@dataclass(frozen=True, slots=True)
class ReminderView:
    """One rung of one due date. `moment` says when it falls in words, `does` what happens then.

    `at` is None while the day it waits for is unknown. `ended_seq` is the event that silenced or withdrew it.
    """

    case: str
    limit: Coded
    agency: AgencyName | None
    due_on: date | None
    moment: Words
    does: Words
    whom: tuple[Coded, ...]
    on: date | None
    at: datetime | None
    state: Coded
    fired_at: datetime | None
    ended_seq: int | None


def of_case(unit: Unit, seen: Seen) -> tuple[ReminderView, ...]:
    """Return every reminder of a case, in the order in which they fall; those without a day last."""
    rows = unit.read(_whole().where(_rung.c.case_id == seen.id)).mappings()
    views = [_view(unit, dict(row)) for row in rows]
    dated = sorted((view for view in views if view.at), key=lambda view: (view.at, view.limit.code))
    return (*dated, *(view for view in views if view.at is None))


def foreseen(
    unit: Unit, *, actor: Actor, until: date, council: UUID | None = None, limit: int | None = None
) -> tuple[ReminderView, ...]:
    """Return what would fire up to the civil day `until` if nothing happened before; nothing is written."""
    wanted = (
        _whole()
        .where(_rung.c.state == RungState.ARMED.value, _rung.c.at <= start_of(until))
        .where(visible(actor), _council.c.removed_at.is_(None))
        .order_by(_rung.c.at, _case.c.code, _rung.c.rung)
    )
    if council is not None:
        wanted = wanted.where(_rung.c.council_id == council)
    if limit is not None:
        wanted = wanted.limit(limit)
    return tuple(_view(unit, dict(row)) for row in unit.read(wanted).mappings())


def _whole() -> Select[Any]:
    return (
        select(
            _rung,
            _case.c.code,
            _case.c.kind,
            _clock.c.regulation_id,
            _clock.c.limit_code,
            _clock.c.due_on,
            _agency.c.code.label("agency_code"),
            _agency.c.name.label("agency_name"),
        )
        .join(_case, _case.c.id == _rung.c.case_id)
        .join(_council, _council.c.id == _rung.c.council_id)
        .join(_clock, _clock.c.id == _rung.c.clock_id)
        .outerjoin(_referral, _referral.c.id == _clock.c.referral_id)
        .outerjoin(_agency, _agency.c.id == _referral.c.agency_id)
    )


def _view(unit: Unit, row: Mapping[str, Any]) -> ReminderView:
    regulation = regulation_of(unit, row["regulation_id"])
    limit = regulation.limit(row["limit_code"])
    rung = regulation.ladder_of(limit).rungs[row["rung"] - 1]
    return ReminderView(
        case=row["code"],
        limit=Coded(limit.code, limit.label),
        agency=AgencyName(row["agency_code"], row["agency_name"]) if row["agency_code"] else None,
        due_on=row["due_on"],
        moment=moment(rung),
        does=does(rung, row["kind"]),
        whom=audience(rung.whom),
        on=row["on_day"],
        at=row["at"],
        state=coded(RungState(row["state"])),
        fired_at=row["fired_at"],
        ended_seq=row["ended_seq"],
    )


def audience(whom: Sequence[str]) -> tuple[Coded, ...]:
    """Return who is told, as roles with their labels."""
    return tuple(coded(Role(w)) if w in set(Role) else Coded(w, ASSIGNEE) for w in whom)


def does(rung: Rung, kind: str) -> Text:
    """Say what a rung does: remind, alert, or propose a move by its name."""
    deed = rung.deed.label
    if rung.trigger is None:
        return deed
    row = lifecycle_of(kind).move(rung.trigger)
    label = _GROUP if rung.trigger == QUESTION_GROUP else row.label if row else Text(rung.trigger, rung.trigger)
    return Text(f"{deed.vi}: {label.vi}", f"{deed.en}: {label.en}")


def moment(rung: Rung) -> Text:
    """Say when a rung falls: "trước hạn 5 ngày làm việc", "ngày hết hạn", "phiên họp Thường trực kế tiếp"."""
    count = abs(rung.offset)
    vi = f"{count} {DayUnit(rung.unit).label.vi}"
    en = f"{count} {rung.unit} day{'' if count == 1 else 's'}"
    match rung.when:
        case When.ON_DAY:
            return Text("ngày hết hạn", "the last day")
        case When.EXPIRED:
            return Text("hết hạn", "the limit has ended")
        case When.NEXT_MEETING:
            return Text("phiên họp Thường trực kế tiếp", "the next sitting of the standing body")
        case When.NEXT_SESSION:
            return Text(f"trước kỳ họp kế tiếp {vi}", f"{en} before the next session")
        case When.OFFSET if rung.offset < 0:
            return Text(f"trước hạn {vi}", f"{en} before the due date")
        case When.OFFSET:
            return Text(f"quá hạn {vi}", f"{en} after the due date")


def sentence(view: ReminderView) -> Text:
    """Say a reminder that fell in one line: what it did, for which limit, due when."""
    due = plain_date(view.due_on) if view.due_on else "?"
    whose = f", {view.agency.name}" if view.agency else ""
    what, when, limit = view.does, view.moment, view.limit.label
    return Text(
        f"{what.vi}: {limit.vi}{whose}, hạn {due} ({when.vi})",
        f"{what.en}: {limit.en}{whose}, due {due} ({when.en})",
    )
