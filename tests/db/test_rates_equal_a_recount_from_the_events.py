"""Whatever happened to the petitions, the figures of the rows are those that the events alone give."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from random import Random
from typing import Any, get_args

import pytest

from models.units import Unit
from states.entries import DocumentSlip
from states.errors import DomainError
from states.petition import PETITION
from states.referral import REFERRAL
from tests.office import Office
from workflows import access, adopting, moving
from workflows.orders import Order
from workflows.rates.counting import count
from workflows.rates.definitions import By
from workflows.rates.questions import Key, Question
from workflows.rates.recounting import recount
from workflows.rates.tables import Period
from workflows.rates.tallies import Tally, total

FIRST, LAST = date(2026, 6, 1), date(2026, 9, 10)
SUMMER = Period(FIRST, LAST)
BYS = get_args(By)
RESULTS = ("resolved", "explained", "roadmap", "in_progress", "not_yet", "noted")
CORRECTIONS = ("amend", "correct", "undo", "void")
QUIET = ("entrust", "hear_petitioner", "inform_voters", "publish", "raise_again")
RARE = ("explain_at_meeting", "note", "divert", "withdraw", "merge", "void", "undo", "recall", "amend", "reopen")
WEIGHTS = dict.fromkeys(RARE, 0.1) | {
    "screen": 5, "transfer": 20, "receive": 20, "answer": 8, "judge": 20, "send": 12, "request_new_answer": 0.5,
    "extend": 5, "ask_clarification": 3,
}  # fmt: skip
_BOTH = '{"pause": true, "extension": true}'
SWITCHED = f'{{"answer.after_session": {_BOTH}, "answer.before_session": {_BOTH}}}'
Entries = dict[str, Callable[[Random, "Walk"], dict[str, Any]]]


def _judged(r: Random, _: Walk) -> dict[str, Any]:
    return {
        "result": r.choice(RESULTS), "due_on": "2026-12-30", "review_on": "2026-10-10",
        "evidence": "Biên bản nghiệm thu", "reason_not_yet": "funds",
    }  # fmt: skip


ENTRIES: Entries = {
    "explain_at_meeting": lambda r, w: {"explanation": "đã nói rõ tại hội nghị"},
    "screen": lambda r, w: {
        "level": r.choices(("commune", "hamlet", "province"), (6, 2, 1))[0],
        "nature": "opinion" if r.random() < 0.05 else None,
        "field": r.choice((None, "giao thông", "đất đai")),
    },
    "transfer": lambda r, w: {"addressees": r.sample(("UBND", "KT", "DIEN"), r.choice((1, 1, 2, 3)))},
    "forward_higher": lambda r, w: {"addressee": "TINH"},
    "record_higher_answer": lambda r, w: {"claimed": r.choice(RESULTS), "words": "cấp trên trả lời"},
    "divert": lambda r, w: {"to": "Ban tiếp công dân"},
    "judge": _judged,
    "reopen": lambda r, w: {"words": "nước vẫn đục"},
    "withdraw": lambda r, w: {"words": "cử tri rút"},
    "merge": lambda r, w: {"into": r.choice(w.codes)},
    "void": lambda r, w: {"words": "nhập nhầm"},
    "amend": lambda r, w: {"field": r.choice(("y tế", "đất đai")), "locality": "Bản Co Muông", "words": "ghi thiếu"},
    "correct": lambda r, w: {"seq": r.randint(1, w.known), "on": str(w.day_before(LAST)), "words": "ghi nhầm ngày"},
    "undo": lambda r, w: {"seq": r.randint(2, w.known + 1), "words": "bấm nhầm"},
    "assign": lambda r, w: {"lead": "KT"},
    "return_wrong_authority": lambda r, w: {"because": "wrong_authority"},
    "report_progress": lambda r, w: {"words": "đang làm"},
    "ask_clarification": lambda r, w: {"words": "đoạn nào"},
    "give_clarification": lambda r, w: {"words": "đoạn đầu bản"},
    "extend": lambda r, w: {"extended_by_days": r.randint(1, 20), "words": "chờ vốn"},
    "answer": lambda r, w: {"claimed": r.choice(RESULTS), "words": "đã xem xét"},
    "request_new_answer": lambda r, w: {"words": "thiếu thời hạn"},
}


class Walk:
    """Records petitions and lets random things happen to them; what the office refuses simply does not happen."""

    def __init__(self, office: Office, seed: int, leaving: tuple[str, ...] = QUIET) -> None:
        self.office, self.random, self.leaving = office, Random(seed), leaving
        self.codes: list[str] = []
        self.known: int = 1
        self.days: dict[str, date] = {}

    def day_before(self, last: date) -> date:
        return FIRST + timedelta(days=self.random.randint(0, (last - FIRST).days))

    def record(self, on: date | None) -> None:
        r = self.random
        self.codes.append(
            self.office.record(
                f"Kiến nghị thứ {len(self.codes)}",
                on=on,
                nature="opinion" if r.random() < 0.15 else "request",
                field=r.choice((None, "giao thông", "y tế")),
                locality=r.choice((None, "Bản Nà Pát", "Bản Co Muông")),
                round_kind=r.choices(("before_session", "after_session", "none"), (3, 5, 1))[0],
            )
        )

    def some_day(self, code: str) -> date | None:
        """Mostly a little after what happened last, sometimes any day, sometimes none."""
        r = self.random
        if r.random() < 0.2:
            return None if r.random() < 0.5 else self.day_before(LAST)
        self.days[code] = min(self.days.get(code, self.day_before(LAST)) + timedelta(days=r.randint(0, 14)), LAST)
        return self.days[code]

    def step(self, on: Callable[[str], date | None]) -> None:
        """Try one random trigger of one random petition or of one of its referrals."""
        r, code = self.random, self.random.choice(self.codes)
        seen = self.office.see(code)
        self.known = seen.row["seq"]
        referral = r.choice(seen.referrals) if seen.referrals and r.random() < 0.7 else None
        table, state = (PETITION, seen.row["state"]) if referral is None else (REFERRAL, referral["state"])
        offered = [t for t in table.offered(state) if t not in self.leaving]
        if not offered:
            return
        trigger = r.choices(offered, [WEIGHTS.get(t, 2) for t in offered])[0]
        letter = DocumentSlip(number=f"{r.randint(1, 99)}/HĐND", issued_on=LAST) if r.random() < 0.9 else None
        order = Order(
            trigger, self.office.operator, on(code), ENTRIES.get(trigger, _nothing)(r, self),
            referral=None if referral is None else referral["id"],
            document=letter if trigger in {"transfer", "send"} else None,
        )  # fmt: skip
        with suppress(DomainError), self.office.database.writing() as unit:
            moving.move(unit, code=code, order=order)


def _nothing(_random: Random, _walk: Walk) -> dict[str, Any]:
    return {}


def allow_pauses_and_extensions(office: Office) -> None:
    """Switch on what the sample regulation ships switched off."""
    office.raw(
        f"UPDATE adoption SET enabled_limits = '{SWITCHED}' WHERE precedence = 'sample'",
        "UPDATE council SET reference_version = reference_version + 1",
    )
    with office.database.reading() as unit:
        office.setting = access.council(unit, actor=office.operator)


def counted(office: Office, way: Any, *, by: Any, as_of: date, period: Period = SUMMER) -> dict[Key, Tally]:
    question = Question(office.setting, office.operator, period, as_of, by, "commune")
    with office.database.reading() as unit:
        found: dict[Key, Tally] = way(unit, question)
    return found


@pytest.mark.parametrize("seed", range(2))
def test_rows_and_events_give_the_same_figures_over_random_histories(office: Office, seed: int) -> None:
    allow_pauses_and_extensions(office)
    walk = Walk(office, seed)
    for _ in range(40):
        walk.record(walk.day_before(LAST) if walk.random.random() < 0.9 else None)
    for _ in range(700):
        walk.step(walk.some_day)
    for by in BYS:
        for period in (SUMMER, Period(date(2026, 7, 1), date(2026, 7, 31))):
            rows = counted(office, count, by=by, as_of=LAST, period=period)
            events = counted(office, recount, by=by, as_of=LAST, period=period)
            assert rows == events, by
    whole = total(counted(office, count, by="council", as_of=LAST).values())
    assert len(whole.times) > 4, "too tame a walk"
    assert len(whole.outcomes) > 2, "too tame a walk"
    assert len(whole.places) > 2, "too tame a walk"


def test_the_past_is_counted_as_it_was_counted_then(office: Office) -> None:
    walk = Walk(office, 7, leaving=(*QUIET, *CORRECTIONS))
    known_then: dict[date, dict[By, dict[Key, Tally]]] = {}
    for number in range(34):
        today = FIRST + timedelta(days=3 * number)
        office.clock.now = datetime.combine(today, time(3), UTC)
        walk.record(today)
        walk.record(today)
        for _ in range(14):
            walk.step({}.fromkeys(walk.codes, today).get)
        known_then[today] = {by: counted(office, count, by=by, as_of=today) for by in BYS}
    for day, tables in known_then.items():
        for by, table in tables.items():
            assert counted(office, recount, by=by, as_of=day) == table, (day, by)
    last = total(known_then[max(known_then)]["council"].values())
    assert len(last.times) > 6, "too tame a walk"
    assert len({str(t["council"]) for t in known_then.values()}) > 30, "the days should differ"


def test_a_regulation_adopted_later_leaves_the_past_as_it_was(office: Office) -> None:
    code, (referral,) = office.sent("UBND")
    office.go(code, "receive", date(2026, 8, 10), referral=referral)
    office.go(code, "answer", date(2026, 8, 25), referral=referral, claimed="resolved", words="đã làm")
    yesterday = LAST - timedelta(days=1)
    before = counted(office, recount, by="council", as_of=yesterday)
    adopt_five_days(office, from_on=date(2026, 8, 1))

    def pinned(unit: Unit, question: Question) -> dict[Key, Tally]:
        return recount(unit, question, pinned=True)

    assert before[None].times == {"in_time": 1}
    assert counted(office, pinned, by="council", as_of=yesterday)[None].times == {"in_time": 1}
    assert counted(office, count, by="council", as_of=LAST)[None].times == {"in_time": 1}
    assert counted(office, recount, by="council", as_of=yesterday)[None].times == {"late": 1}, (
        "it would bind new starts"
    )


def test_a_reference_limit_makes_late_only_once_a_council_switches_it_on(office: Office) -> None:
    adopt_five_days(office, from_on=date(2026, 1, 1), status="reference", in_round="none")
    code, (referral,) = office.sent("UBND", code=office.record(round_kind="none"))
    office.go(code, "receive", date(2026, 8, 10), referral=referral)
    assert any(clock["role"] == "answer" for clock in office.see(code).clocks), "the clock itself runs"
    for way in (count, recount):
        assert counted(office, way, by="council", as_of=LAST)[None].times == {"overdue": 1}


def adopt_five_days(
    office: Office, *, from_on: date, status: str = "in_force", in_round: str = "before_session"
) -> None:
    shipped = (files("deadlines") / "regulations" / "sample-2021.toml").read_text(encoding="utf-8")
    text = shipped.replace('"20 calendar days"', '"5 calendar days"').replace('"sample-2021"', '"xa-2026"')
    text = text.replace('status = "sample"', f'status = "{status}"')
    text = text.replace('round = "before_session" }', f'round = "{in_round}" }}')
    switches = {"answer.before_session": {"enabled": True}}
    with office.database.writing() as unit:
        adopting.load(unit, text=text, origin="xa-2026.toml", actor=office.operator)
        adopting.adopt(
            unit, setting=office.setting, code="xa-2026", from_on=from_on, actor=office.operator, switches=switches
        )
    with office.database.reading() as unit:
        office.setting = access.council(unit, actor=office.operator)
