"""What becomes of reminders when their due date moves or ends: before, on and after the day of the reminder.

A receipt of 07/08/2026 is due on Thursday 27/08; the rung under test, two working days before, falls on Tuesday 25/08.
Sweeps run every noon unless a test leaves them out.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from states.errors import BadInput, NotPermitted
from states.vocabulary import SessionKind
from tests.office import Office
from workflows import adopting, meeting, sessions, sweeping
from workflows.councils import SessionSpec
from workflows.registering import Birth

RECEIVED, DAY = date(2026, 8, 7), date(2026, 8, 25)
RUNG = 2
BEFORE, ON, AFTER = date(2026, 8, 24), DAY, date(2026, 8, 26)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


def received(office: Office) -> tuple[str, UUID]:
    """Bring a petition to its addressee on 07/08, with pauses and extensions allowed."""
    office.clock.now = noon(date(2026, 8, 6))
    with office.database.writing() as unit:
        adopting.adopt(
            unit, setting=office.setting, code="sample-2021", from_on=date(2026, 8, 1), actor=office["charge"],
            precedence="council", switches={"answer.before_session": {"pause": True, "extension": True}},
        )  # fmt: skip
    code, (referral,) = office.sent("UBND")
    office.clock.now = noon(RECEIVED)
    office.go(code, "receive", RECEIVED, referral=referral)
    return code, referral


def sweep_until(office: Office, day: date) -> None:
    """Sweep every noon from today up to `day`."""
    while office.clock.now.date() < day:
        office.clock.now = noon(office.clock.now.date() + timedelta(days=1))
        sweeping.sweep(office.database)


def rungs(office: Office, number: int = RUNG) -> list[tuple[str | None, str]]:
    """Return day and state of a rung for each due date of the answer that was not provisional, oldest first."""
    found = office.rows(
        "SELECT CAST(r.on_day AS varchar(10)) AS day, r.state FROM clock_rung r JOIN clock c ON c.id = r.clock_id"
        f" WHERE r.rung = {number} AND c.role = 'answer' AND NOT c.provisional ORDER BY r.armed_at, r.revision"
    )
    return [(row["day"], row["state"]) for row in found]


def notices(office: Office) -> list[str]:
    """Return which notices of the rung under test there are."""
    found = office.rows(f"SELECT kind FROM notice WHERE rung = {RUNG} ORDER BY kind")
    return [row["kind"] for row in found]


def extend(office: Office, code: str, referral: UUID, on: date) -> None:
    office.go(code, "extend", on, referral=referral, extended_by_days=10, words="cần thêm hồ sơ")


def pause(office: Office, code: str, referral: UUID, on: date) -> None:
    office.go(code, "ask_clarification", on, referral=referral, words="đoạn nào của đường?")


def meet(office: Office, code: str, referral: UUID, on: date) -> None:
    office.go(code, "answer", on, referral=referral, claimed="explained", words="đã có kế hoạch")


def correct(office: Office, code: str, referral: UUID, on: date) -> None:
    seq = next(e["seq"] for e in office.events(code) if e["trigger"] == "receive")
    office.go(code, "correct", on, seq=seq, on="2026-08-10", words="ghi nhầm ngày đến")


SILENT, FIRED = ("2026-08-25", "silenced"), ("2026-08-25", "fired")
CASES = [
    (extend, BEFORE, [SILENT, ("2026-09-03", "armed")]),
    (extend, ON, [FIRED, ("2026-09-03", "armed")]),
    (extend, AFTER, [FIRED, ("2026-09-03", "armed")]),
    (pause, BEFORE, [SILENT]),
    (pause, ON, [FIRED]),
    (pause, AFTER, [FIRED]),
    (meet, BEFORE, [SILENT]),
    (meet, ON, [FIRED]),
    (meet, AFTER, [FIRED]),
    # The limit really ends on 31/08, its rung falls on 27/08: what was said on the 25th was never true.
    (correct, BEFORE, [SILENT, ("2026-08-27", "armed")]),
    (correct, ON, [("2026-08-25", "withdrawn"), ("2026-08-27", "armed")]),
    (correct, AFTER, [("2026-08-25", "withdrawn"), ("2026-08-27", "armed")]),
]


@pytest.mark.parametrize(("deed", "day", "wanted"), CASES, ids=[f"{c[0].__name__}-{c[1]:%d%m}" for c in CASES])
@pytest.mark.parametrize("swept", [True, False], ids=["swept", "asleep"])
def test_a_due_date_that_changes_takes_its_reminders_along(
    office: Office, deed: Any, day: date, wanted: list[tuple[str | None, str]], swept: bool
) -> None:
    """Whether sweeps ran or slept until the move makes no difference to what fired, but nobody is told what was not."""
    code, referral = received(office)
    if swept:
        sweep_until(office, day)
    office.clock.now = noon(day)
    deed(office, code, referral, day)
    if not swept and wanted[0][1] == "withdrawn":
        wanted = [SILENT, *wanted[1:]]  # it never fired
    assert rungs(office) == wanted
    told = {"fired": ["rung"], "inherited": ["rung"], "withdrawn": ["rung", "withdrawal"]}.get(wanted[0][1], [])
    if not swept and deed is correct and day >= ON:
        told = ["withdrawal"]  # for a sweep that fired it in the same moment; there was nobody to tell
    assert notices(office) == told


@pytest.mark.parametrize("deed", [extend, pause, meet])
def test_a_fact_of_the_day_before_that_is_entered_the_day_after_withdraws_the_reminder(
    office: Office, deed: Any
) -> None:
    code, referral = received(office)
    sweep_until(office, AFTER)
    assert rungs(office) == [FIRED]
    deed(office, code, referral, BEFORE)
    assert rungs(office)[0] == ("2026-08-25", "withdrawn")
    assert notices(office) == ["rung", "withdrawal"]
    (kept,) = office.rows(f"SELECT fired_at, ended_seq FROM clock_rung WHERE rung = {RUNG} AND state = 'withdrawn'")
    assert kept["fired_at"] is not None
    assert kept["ended_seq"] == office.see(code).row["seq"]


def test_a_receipt_put_right_after_both_days_leaves_what_was_said(office: Office) -> None:
    """On the 28th the rung would have fired on the right day too: nobody is told that it was wrong."""
    code, referral = received(office)
    sweep_until(office, date(2026, 8, 28))
    correct(office, code, referral, date(2026, 8, 28))
    assert rungs(office) == [FIRED, ("2026-08-27", "inherited")]
    assert notices(office) == ["rung"]


@pytest.mark.parametrize(
    ("asked", "given", "wanted"),
    [
        # Paused before the rung for as long as the days left have room: the limit ends the same number of days later.
        (date(2026, 8, 20), BEFORE, [SILENT, ("2026-08-27", "armed")]),
        (date(2026, 8, 20), ON, [SILENT, ("2026-08-28", "armed")]),
        (date(2026, 8, 20), AFTER, [SILENT, ("2026-08-29", "armed")]),
        (AFTER, date(2026, 8, 28), [FIRED, ("2026-08-27", "inherited")]),
    ],
    ids=["before", "on", "after", "rung-behind"],
)
def test_a_clock_that_goes_on_after_a_pause_has_reminders_of_its_own(
    office: Office, asked: date, given: date, wanted: list[tuple[str, str]]
) -> None:
    code, referral = received(office)
    sweep_until(office, asked)
    pause(office, code, referral, asked)
    sweep_until(office, given)
    assert rungs(office)[0][1] in {"silenced", "fired"}
    office.go(code, "give_clarification", given, referral=referral, words="đoạn qua bản")
    due = next(c["due_on"] for c in office.see(code).clocks if c["role"] == "answer")
    found = rungs(office)
    assert found[0] == wanted[0]
    assert found[1][1] == wanted[1][1]
    assert found[1][0] is not None
    assert date.fromisoformat(found[1][0]) < due


@pytest.mark.parametrize(
    ("day", "opening", "wanted"),
    [
        (date(2026, 10, 27), date(2026, 12, 8), [("2026-10-28", "silenced"), ("2026-11-04", "armed")]),
        (date(2026, 10, 28), date(2026, 12, 8), [("2026-10-28", "fired"), ("2026-11-04", "armed")]),
        (date(2026, 10, 29), date(2026, 12, 8), [("2026-10-28", "fired"), ("2026-11-04", "armed")]),
        (date(2026, 10, 29), date(2026, 11, 30), [("2026-10-28", "fired"), ("2026-10-28", "inherited")]),
        (date(2026, 10, 30), date(2026, 11, 26), [("2026-10-28", "fired"), ("2026-10-23", "inherited")]),
    ],
    ids=["before", "on", "after", "same-day", "earlier"],
)
def test_a_session_that_moves_takes_the_reminders_of_its_limits_along(
    office: Office, day: date, opening: date, wanted: list[tuple[str, str]]
) -> None:
    """A plan is due 30 days before the opening of 01/12, its rung falls on 28/10. Moving a session refutes nothing."""
    office.clock.now = noon(date(2026, 10, 1))
    office.born(Birth("contact_round", {"name": "Đợt 2", "round_kind": "before_session", "session": "KH2"}, None))
    sweep_until(office, day)
    move_session(office, opening)
    found = office.rows(
        "SELECT CAST(r.on_day AS varchar(10)) AS day, r.state FROM clock_rung r JOIN clock c ON c.id = r.clock_id"
        " WHERE r.rung = 1 AND c.role = 'plan' ORDER BY r.armed_at, r.revision"
    )
    assert [(row["day"], row["state"]) for row in found] == wanted


def test_what_is_past_when_it_is_entered_reminds_nobody(office: Office) -> None:
    """An old register is entered on 10/09: every rung up to that day is recorded as passed, the later ones wait."""
    office.clock.now = noon(date(2026, 9, 10))
    code, (referral,) = office.sent("UBND")
    office.go(code, "receive", RECEIVED, referral=referral)
    states = [rungs(office, n)[0][1] for n in range(1, 9)]
    assert states == ["passed"] * 5 + ["armed"] * 3
    assert sweeping.sweep(office.database).fired == 0
    assert notices(office) == []


def test_a_reminder_never_falls_on_the_first_day_of_its_limit(office: Office) -> None:
    """A rung before or on the first day that counts is passed, though its midnight is still to come."""
    office.clock.now = noon(date(2026, 8, 6))
    code, (referral,) = office.sent("UBND")
    office.go(code, "receive", date(2026, 8, 6), referral=referral)
    provisional = office.rows(
        "SELECT count(*) AS n FROM clock_rung r JOIN clock c ON c.id = r.clock_id"
        " WHERE c.state = 'superseded' AND r.state = 'armed'"
    )
    assert provisional[0]["n"] == 0
    first = office.rows("SELECT CAST(min(on_day) AS varchar(10)) AS day FROM clock_rung WHERE state = 'armed'")
    assert first[0]["day"] > "2026-08-07"


def test_each_rung_fires_once_in_its_order_and_says_when_it_was_due(office: Office) -> None:
    received(office)
    office.clock.now = noon(date(2026, 10, 1))
    done = sweeping.sweep(office.database, at_once=1)
    assert (done.fired, done.proposed) == (6, 2)
    assert sweeping.sweep(office.database).fired == 0
    found = office.rows("SELECT rung, CAST(due_at AS varchar(13)) AS due FROM notice ORDER BY due_at, rung")
    assert [row["rung"] for row in found] == [1, 2, 3, 4, 5, 6]
    assert [row["due"][:13].replace("T", " ") for row in found][:2] == ["2026-08-20 17", "2026-08-24 17"]


def test_what_waits_for_a_session_follows_it_and_waits_while_none_is_set(office: Office) -> None:
    """The list is proposed 15 days before the session after the due date: KH2 opens on 01/12, then on 08/12."""
    received(office)
    assert rungs(office, 7) == [("2026-11-16", "armed")]
    move_session(office, date(2026, 12, 8))
    assert rungs(office, 7) == [("2026-11-23", "armed")]
    move_session(office, date(2026, 8, 20))
    assert rungs(office, 7) == [(None, "armed")]
    spec = SessionSpec(code="KH3", name="Kỳ họp thứ 3", kind=SessionKind.REGULAR, opening_on=date(2026, 12, 15))
    with office.database.writing() as unit:
        sessions.add(unit, setting=office.setting, session=spec, actor=office.operator)
    assert rungs(office, 7) == [("2026-11-30", "armed")]


def test_what_waits_for_the_sitting_moves_with_its_day(office: Office) -> None:
    """The sitting after 27/08 is on Friday 25/09; held on the 10th it is on Thursday 10/09."""
    received(office)
    assert rungs(office, 6) == [("2026-09-25", "armed")]
    with office.database.writing() as unit:
        meeting.choose(unit, setting=office.setting, actor=office["charge"], sitting=10)
    assert rungs(office, 6) == [("2026-09-10", "armed")]
    for day, login, refusal in ((31, "charge", BadInput), (5, "deputy", NotPermitted)):
        with pytest.raises(refusal), office.database.writing() as unit:
            meeting.choose(unit, setting=office.setting, actor=office[login], reception=day)


def move_session(office: Office, opening: date) -> None:
    with office.database.writing() as unit:
        sessions.move(
            unit, setting=office.setting, code="KH2", opening_on=opening, closing_on=date(2026, 12, 20),
            reason="theo chương trình của tỉnh", actor=office.operator,
        )  # fmt: skip
