"""Hundreds of time limits through a summer of extensions, pauses, corrections and answers, thirty days of it unswept.

What fired and what was withdrawn is counted once more by a model that shares no code with Dondoc: its own days off of
summer 2026, its own arithmetic, its own idea of what was known when. How many: LIMITS in tests/faults/sizes.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from tests.faults.sizes import size
from tests.mornings import MemoryChannel, choose
from tests.office import Office
from workflows import adopting, delivering, sweeping, verifying

LIMITS = size("LIMITS")
BEGIN, END = date(2026, 8, 6), date(2026, 11, 13)
ASLEEP_FROM, ASLEEP_TO = date(2026, 8, 24), date(2026, 9, 23)
ONE = timedelta(days=1)

# Nghỉ Quốc khánh 2026: 31/08 in exchange for Saturday 22/08, then 01 and 02/09.
OFF = {date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)}
WORKED = {date(2026, 8, 22)}


def works(day: date) -> bool:
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


def rolled(day: date) -> date:
    while not works(day):
        day += ONE
    return day


def shifted(day: date, working_days: int) -> date:
    step = ONE if working_days > 0 else -ONE
    left = abs(working_days)
    while left:
        day += step
        left -= works(day)
    return day


def sitting_after(day: date) -> date:
    month = date(day.year, day.month, 25)
    while rolled(month) <= day:
        month = date(month.year + month.month // 12, month.month % 12 + 1, 25)
    return rolled(month)


def rung_days(due: date) -> dict[int, date]:
    """The ladder of 20 days; KH2 opens on 01/12."""
    return {
        1: shifted(due, -5),
        2: shifted(due, -2),
        3: due,
        4: due + ONE,
        5: shifted(due, 1),
        6: sitting_after(due),
        7: date(2026, 11, 16),
        8: date(2026, 11, 21),
    }


@dataclass
class Model:
    """One limit as somebody with paper and pencil would follow it."""

    received: date
    raw: date = field(init=False)
    runs: bool = True
    left: int | None = None
    paused_once: bool = False
    added: int = 0
    armed: dict[int, date] = field(default_factory=dict)
    due_unswept: set[tuple[int, date]] = field(default_factory=set)
    fired: set[tuple[int, date]] = field(default_factory=set)
    withdrawn: set[tuple[int, date]] = field(default_factory=set)
    stands: set[tuple[int, date]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.raw = self.received + timedelta(days=20)

    def arm(self, today: date) -> None:
        """Arm what lies after today and after the first day that counts."""
        ahead = rung_days(rolled(self.raw))
        self.armed = {n: day for n, day in ahead.items() if day > max(today, self.received + ONE)}

    def morning(self, today: date) -> None:
        for n in [n for n, day in self.armed.items() if day == today]:
            self.due_unswept.add((n, self.armed.pop(n)))

    def swept(self) -> None:
        self.fired |= self.due_unswept
        self.stands |= self.due_unswept
        self.due_unswept.clear()

    def changed(self) -> None:
        """Whatever was due before a change is said, also if no sweep has come by."""
        self.swept()
        self.armed.clear()

    def pause(self, today: date) -> None:
        """Keep the days that are left; a limit that has ended cannot be paused any more."""
        if self.raw >= today:
            self.left, self.paused_once = (self.raw - today).days, True

    def resume(self, today: date) -> None:
        """Go on with the days that were left, from the day of the answer."""
        self.raw, self.left = today + timedelta(days=self.left or 0), None
        self.arm(today)

    def corrected(self, received: date, today: date) -> None:
        """The day of receipt was another: what should not have fired by now is taken back, or never said."""
        self.received, self.raw = received, received + timedelta(days=20)
        right = rung_days(rolled(self.raw))
        wrong = {(n, day) for n, day in self.stands if right[n] > max(day, today)}
        self.withdrawn |= wrong
        self.stands -= wrong
        self.fired |= {(n, day) for n, day in self.due_unswept if right[n] <= today}
        self.stands |= {(n, day) for n, day in self.due_unswept if right[n] <= today}
        self.due_unswept.clear()
        self.armed.clear()
        self.arm(today)


@dataclass
class Limit:
    """A petition at an addressee, and the model of its limit."""

    code: str
    referral: UUID
    model: Model
    days: Iterator[date]


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


def some_days(random: Random, after: date) -> Iterator[date]:
    """The days on which something happens to a limit."""
    day = after
    for _ in range(3):
        day += timedelta(days=random.randint(2, 13))
        yield day


def opened(office: Office, random: Random) -> list[Limit]:
    """Send petitions and receive them over the first fortnight."""
    with office.database.writing() as unit:
        adopting.adopt(
            unit, setting=office.setting, code="sample-2021", from_on=date(2026, 8, 1), actor=office["charge"],
            precedence="council", switches={"answer.before_session": {"pause": True, "extension": True}},
        )  # fmt: skip
    found = []
    for n in range(LIMITS):
        received = BEGIN + timedelta(days=n * 12 // LIMITS)
        office.clock.now = noon(received)
        code, (referral,) = office.sent("UBND", on=BEGIN)
        office.go(code, "receive", received, referral=referral)
        model = Model(received)
        model.arm(received)
        found.append(Limit(code, referral, model, some_days(random, received)))
    return found


def happens(office: Office, limit: Limit, random: Random, today: date) -> None:
    """Let one thing happen to a limit, in the register and in the model."""
    model, ways = limit.model, ["extend", "pause", "correct", "answer"]
    what = "resume" if model.left is not None else random.choice(ways)
    if what == "correct" and (model.paused_once or model.added or model.received + timedelta(days=6) > today):
        what = "extend"
    if what == "extend" and model.added > 10:
        what = "answer"
    if what == "correct":
        right = model.received + timedelta(days=random.choice([-2, 2, 4]))
        seq = next(e["seq"] for e in office.events(limit.code) if e["trigger"] == "receive")
        office.go(limit.code, "correct", today, seq=seq, on=max(right, BEGIN).isoformat(), words="ghi nhầm ngày đến")
        model.corrected(max(right, BEGIN), today)
        return
    if what != "pause" or model.raw >= today:
        model.changed()
    if what == "extend":
        more = random.randint(1, 9)
        office.go(limit.code, "extend", today, referral=limit.referral, extended_by_days=more, words="cần thêm")
        model.raw, model.added = model.raw + timedelta(days=more), model.added + more
        model.arm(today)
    elif what == "pause":
        office.go(limit.code, "ask_clarification", today, referral=limit.referral, words="đoạn nào?")
        model.pause(today)
    elif what == "resume":
        office.go(limit.code, "give_clarification", today, referral=limit.referral, words="đoạn qua bản")
        model.resume(today)
    else:
        office.go(limit.code, "answer", today, referral=limit.referral, claimed="explained", words="đã có kế hoạch")
        model.runs = False


def counted(office: Office, state: str) -> set[tuple[str, int, str]]:
    rows = office.rows(
        "SELECT k.code, r.rung, CAST(r.on_day AS varchar(10)) AS day FROM clock_rung r"
        ' JOIN "case" k ON k.id = r.case_id JOIN clock c ON c.id = r.clock_id'
        f" WHERE r.state IN ({state}) AND c.role = 'answer' AND NOT c.provisional"
    )
    found = [(row["code"], row["rung"], row["day"]) for row in rows]
    assert len(found) == len(set(found)), "a rung fired twice for one day"
    return set(found)


def swept(office: Office, limits: list[Limit]) -> None:
    sweeping.sweep(office.database)
    for limit in limits:
        limit.model.swept()


def one_digest_each(office: Office) -> None:
    """After thirty days unswept everybody gets one letter, whatever is in it."""
    for login in ("ubnd", "charge", "clerk"):
        choose(office, login)
    channel = MemoryChannel()
    for _ in range(2):
        delivering.deliver(office.database, [channel])
    addresses = [letter.address for letter in channel.letters]
    assert "ubnd@example.vn" in addresses
    assert len(addresses) == len(set(addresses))


def test_what_fires_in_a_summer_is_what_a_count_by_hand_gives(office: Office) -> None:
    random = Random(LIMITS)
    limits = opened(office, random)
    ahead = {limit.code: next(limit.days, None) for limit in limits}
    today = office.clock.now.date()
    # The model follows the mornings that went by while later petitions were still received.
    for limit in limits:
        day = limit.model.received + ONE
        while day <= today:
            limit.model.morning(day)
            day += ONE
    while today < END:
        office.clock.now = noon(today)
        if not ASLEEP_FROM <= today < ASLEEP_TO:
            swept(office, limits)
        if today == ASLEEP_TO:
            one_digest_each(office)
        for limit in limits:
            due = ahead[limit.code]
            if due is not None and due <= today and limit.model.runs:
                happens(office, limit, random, today)
                ahead[limit.code] = next(limit.days, None)
        today += ONE
        for limit in limits:
            limit.model.morning(today)
    office.clock.now = noon(today)
    swept(office, limits)
    fired = {(limit.code, n, day.isoformat()) for limit in limits for n, day in limit.model.fired}
    withdrawn = {(limit.code, n, day.isoformat()) for limit in limits for n, day in limit.model.withdrawn}
    assert counted(office, "'fired', 'withdrawn'") == fired
    assert counted(office, "'withdrawn'") == withdrawn
    told = office.rows("SELECT count(*) AS n FROM notice WHERE kind = 'rung'")
    assert told[0]["n"] >= len(fired)
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).faults == ()
