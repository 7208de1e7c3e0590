"""The dead-man's switch: is the work that nobody watches still being done? Asked by health, metrics and the alarm.

Late are: sweeps or deliveries that have not run, a rung that is due and has not fired, a letter that has waited too
long, letters that nobody can deliver, a nightly job that failed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import func, literal_column, select

from models.alerting import ClockRung, JobRun, Message, Notice
from models.columns import table_of
from models.units import Unit, WriteUnit
from states.alerting import MessageState, NoticeKind, NoticeOutcome, RungState
from states.text import Text
from states.vocabulary import Role
from workflows import duties, recurring, sweeping

_rung, _message, _notice, _run = table_of(ClockRung), table_of(Message), table_of(Notice), table_of(JobRun)
_UNTOLD_FOR = timedelta(days=1)
_JOBS = {
    "duties": "nhắc việc đến kỳ",
    "seal": "niêm phong nhật ký",
    "verify": "kiểm tra nhật ký",
    "backup": "sao lưu",
    "forget": "dọn khóa cũ",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How long work may stand still before somebody is told."""

    beat: timedelta = timedelta(minutes=5)
    rung: timedelta = timedelta(minutes=10)
    notice: timedelta = timedelta(minutes=15)
    letter: timedelta = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Watch:
    """How the work stands at `at`; ages in seconds, None where there is nothing to be late. `troubles` in words."""

    at: datetime
    swept_at: datetime | None
    delivered_at: datetime | None
    sweep_lag: float | None
    notice_age: float | None
    letter_age: float | None
    waiting: int
    dead: int
    untold: int
    troubles: tuple[tuple[str, Text], ...] = field(default=())

    @property
    def is_late(self) -> bool:
        """Tell whether somebody must look."""
        return bool(self.troubles)


def look(unit: Unit, *, limits: Limits | None = None) -> Watch:
    """Return how the work stands now."""
    limits, now = limits or Limits(), unit.now
    swept, delivered = sweeping.last_beat(unit, sweeping.SWEEP), sweeping.last_beat(unit, sweeping.DELIVER)
    rung = unit.read(
        select(func.min(_rung.c.at)).where(_rung.c.state == RungState.ARMED.value, _rung.c.at <= now)
    ).scalar()
    notice = unit.read(
        select(func.min(_notice.c.created_at)).where(_notice.c.resolved_at.is_(None), _notice.c.due_at <= now)
    ).scalar()
    waits = (_message.c.state == MessageState.WAITING.value, _message.c.not_before <= now)
    letter = unit.read(select(func.min(_message.c.not_before)).where(*waits)).scalar()
    found = Watch(
        at=now,
        swept_at=swept,
        delivered_at=delivered,
        sweep_lag=_age(rung, now),
        notice_age=_age(notice, now),
        letter_age=_age(letter, now),
        waiting=_count(unit, MessageState.WAITING),
        dead=_count(unit, MessageState.DEAD),
        untold=_untold(unit, since=now - _UNTOLD_FOR),
    )
    return _with_troubles(found, limits, _failed(unit))


def alarm(unit: WriteUnit, watch: Watch) -> int:
    """Write one notice a day per trouble to the administrators; return how many are new."""
    day = f"{unit.today:%Y-%m-%d}"
    rows = [
        duties.notice(
            NoticeKind.ALARM, f"{code}:{day}", council=None, audience=(Role.ADMINISTRATOR,), said=said, unit=unit
        )
        for code, said in watch.troubles
    ]
    return unit.add_unknown("notice", rows)


def _untold(unit: Unit, *, since: datetime) -> int:
    """Return how many notices about cases found nobody lately: an office without people has no administrator either."""
    nobody = _notice.c.outcome == literal_column(f"'{NoticeOutcome.UNTOLD.value}'")
    wanted = (
        select(func.count())
        .select_from(_notice)
        .where(nobody, _notice.c.resolved_at > since, _notice.c.case_id.is_not(None))
    )
    return int(unit.read(wanted).scalar_one())


def _count(unit: Unit, state: MessageState) -> int:
    wanted = select(func.count()).select_from(_message).where(_message.c.state == literal_column(f"'{state.value}'"))
    return int(unit.read(wanted).scalar_one())


def _age(since: datetime | None, now: datetime) -> float | None:
    return None if since is None else max((now - since).total_seconds(), 0.0)


def _failed(unit: Unit) -> list[str]:
    """Return the jobs whose newest run failed for good: as often as it is tried."""
    newest = select(_run.c.job, func.max(_run.c.period).label("period")).group_by(_run.c.job).subquery()
    same = (_run.c.job == newest.c.job) & (_run.c.period == newest.c.period)
    wanted = (
        select(_run.c.job)
        .join(newest, same)
        .where(_run.c.outcome == recurring.FAILED, _run.c.attempts >= recurring.MOST_ATTEMPTS)
    )
    return sorted(unit.read(wanted).scalars())


def _length(seconds: float) -> Text:
    """Return an age in minutes, from two hours in hours, from two days in days."""
    for size, vi, en in ((86_400, "ngày", "days"), (3_600, "giờ", "hours")):
        if seconds >= 2 * size:
            return Text(f"{seconds // size:.0f} {vi}", f"{seconds // size:.0f} {en}")
    return Text(f"{round(seconds / 60)} phút", f"{round(seconds / 60)} minutes")


def _with_troubles(found: Watch, limits: Limits, failed: list[str]) -> Watch:
    troubles: list[tuple[str, Text]] = []

    def stands(code: str, at: datetime | None, vi: str, en: str) -> None:
        if at is None or found.at - at > limits.beat:
            troubles.append((code, Text(vi, en)))

    def waits(code: str, age: float | None, most: timedelta, vi: str, en: str) -> None:
        if age is not None and age > most.total_seconds():
            length = _length(age)
            troubles.append((code, Text(f"{vi} {length.vi}", f"{en} for {length.en}")))

    stands("sweep_stands", found.swept_at, "Chưa quét nhắc hạn: chạy «dondoc timekeeper»", "Sweeps do not run")
    stands(
        "deliver_stands", found.delivered_at, "Chưa phát lời nhắc: chạy «dondoc timekeeper»", "Deliveries do not run"
    )
    waits("rung_waits", found.sweep_lag, limits.rung, "Có lời nhắc đến hạn mà chưa nhắc", "A reminder is due, unfired")
    waits("notice_waits", found.notice_age, limits.notice, "Có lời nhắc chưa phát", "A notice is not delivered")
    waits("letter_waits", found.letter_age, limits.letter, "Có thư chưa gửi được", "A letter has not gone")
    if found.dead:
        troubles.append(
            (
                "letters_dead",
                Text(f"{found.dead} thư không gửi được: «dondoc notice list»", f"{found.dead} dead letters"),
            )
        )
    if found.untold:
        vi, en = "không có ai để báo: thêm người cho Văn phòng HĐND", "found nobody to tell: name people of the office"
        troubles.append(("nobody_to_tell", Text(f"{found.untold} việc {vi}", f"{found.untold} notices {en}")))
    troubles += [
        (f"job_{name}", Text(f"Việc hằng ngày «{_JOBS.get(name, name)}» không làm được", f"Job {name} failed"))
        for name in failed
    ]
    return replace(found, troubles=tuple(troubles))
