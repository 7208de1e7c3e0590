"""Announcements about days off: a new one makes a new version of the calendar, and open due dates follow it.

What is over stays as it was; an open clock whose date moves is superseded with the reason and the old one kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import desc, insert, select

from deadlines.announcements import Announcement
from deadlines.calendar import Calendar, build_calendar
from models.cases import Case
from models.columns import table_of
from models.councils import Council
from models.timing import CalendarDay, CalendarVersion, ClockRow
from models.units import Unit, WriteUnit
from states.errors import BadInput, NotPermitted
from states.facts import Actor
from states.reckoning import ClockState
from states.text import Text
from states.vocabulary import ReckonCause, Role
from workflows import access, councils, regulations, reprojecting
from workflows.reprojecting import DueMove, Occasion, nobody_hears

_version, _day, _clock = table_of(CalendarVersion), table_of(CalendarDay), table_of(ClockRow)
_case, _council = table_of(Case), table_of(Council)
_MACHINE = Actor(UUID(int=0), "", operator=True)
_LONGEST_SPAN = 31


@dataclass(frozen=True, slots=True)
class Announced:
    """What an announcement did: the new version of the calendar and the due dates that moved with it."""

    version: str
    moves: tuple[DueMove, ...]


def announcements(unit: Unit) -> tuple[Announcement, ...]:
    """Return the announcements of the calendar in use, by day."""
    version = regulations.calendar_of(unit).version
    rows = unit.read(select(_day).where(_day.c.version == version).order_by(_day.c.day)).all()
    return tuple(regulations.announcement_of(row) for row in rows)


def preview(unit: Unit, *, announced: Sequence[Announcement]) -> tuple[DueMove, ...]:
    """Return which open due dates would move; nothing is written.

    Raises: BadInput, CalendarInvalid.
    """
    calendar = _built(unit, _merged(unit, announced))
    moves: list[DueMove] = []
    for council, cases in open_cases(unit):
        rules = replace(regulations.rules_now(unit, council), calendar=calendar)
        for case_id in cases:
            moves += reprojecting.due_moves(access.case_by_id(unit, case_id=case_id, actor=_MACHINE), rules)
    return tuple(moves)


def require_announcer(actor: Actor) -> None:
    """Let pass who may announce days off. Raises: NotPermitted."""
    if not actor.operator and not any(grant.role is Role.ADMINISTRATOR for grant in actor.grants):
        raise NotPermitted(
            Text("Chỉ quản trị được nhập thông báo ngày nghỉ", "Only administrators may announce days off")
        )


def announce(
    unit: WriteUnit,
    *,
    announced: Sequence[Announcement],
    actor: Actor,
    heard: Callable[[], None] = nobody_hears,
) -> Announced:
    """Put announcements into force as a new version of the calendar; of one day the newest word holds.

    `heard` is called after each case whose clocks were reckoned anew. Raises: NotPermitted, BadInput, CalendarInvalid.
    """
    require_announcer(actor)
    merged = _merged(unit, announced)
    calendar = _built(unit, merged)
    first_last = {"first_year": calendar.first_year, "last_year": calendar.last_year}
    unit.run(insert(_version).values(version=calendar.version, created_at=_newest(unit), **first_last))
    unit.run(insert(_day), [_row(item, calendar.version) for item in merged])
    moves: list[DueMove] = []
    for council, cases in list(open_cases(unit)):
        councils.touch(unit, council)
        moves += reprojecting.reproject(
            unit,
            cases=cases,
            rules={council: replace(regulations.rules_now(unit, council), calendar=calendar)},
            occasion=occasion_of(calendar, actor=actor, on=unit.today),
            heard=heard,
        )
    return Announced(calendar.version, tuple(moves))


def occasion_of(calendar: Calendar, *, actor: Actor, on: date) -> Occasion:
    """Return why clocks are reckoned anew when the calendar changes."""
    return Occasion(ReckonCause.CALENDAR_CHANGED, {"calendar": calendar.version}, actor, on)


def _newest(unit: Unit) -> datetime:
    """Return an instant after that of every version: the newest is in use, also where a clock was set back."""
    last: datetime = unit.read(
        select(_version.c.created_at).order_by(desc(_version.c.created_at)).limit(1)
    ).scalar_one()
    return max(unit.now, last + timedelta(microseconds=1))


def span(first: date, last: date) -> list[date]:
    """Return the days from `first` to `last`.

    Raises: BadInput when they are in the wrong order or too many to be one announcement.
    """
    days = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
    if not days or len(days) > _LONGEST_SPAN:
        raise BadInput(
            {
                "to": Text(
                    f"«Đến ngày» phải sau ngày đầu, nhiều nhất {_LONGEST_SPAN} ngày", "“to” is up to 31 days after"
                )
            }
        )
    return days


def _merged(unit: Unit, announced: Iterable[Announcement]) -> list[Announcement]:
    by_day = {item.day: item for item in announcements(unit)} | {item.day: item for item in announced}
    return [by_day[day] for day in sorted(by_day)]


def _built(unit: Unit, merged: Sequence[Announcement]) -> Calendar:
    now = regulations.calendar_of(unit)
    calendar = build_calendar(merged, edition=now.version.rpartition("+")[0])
    if unit.read(select(_version.c.version).where(_version.c.version == calendar.version)).first() is None:
        return calendar
    raise BadInput(
        {"day": Text("Lịch đã đúng như thông báo này, không có gì thay đổi", "The calendar says so already")}
    )


def open_cases(unit: Unit) -> Iterator[tuple[UUID, list[UUID]]]:
    """Return every council with its cases that have open clocks."""
    open_ones = _clock.c.state.in_([ClockState.RUNNING.value, ClockState.PAUSED.value])
    for council in unit.read(select(_council.c.id).where(_council.c.removed_at.is_(None))).scalars().all():
        waiting = select(_clock.c.case_id).where(open_ones)
        here = select(_case.c.id).where(_case.c.council_id == council, _case.c.id.in_(waiting)).order_by(_case.c.id)
        yield council, list(unit.read(here).scalars())


def _row(item: Announcement, version: str) -> dict[str, object]:
    return {
        "version": version,
        "day": item.day,
        "kind": item.kind.value,
        "name_vi": item.name.vi,
        "name_en": item.name.en,
        "source": item.source,
        "status": item.status.value,
        "enabled": item.enabled,
    }
