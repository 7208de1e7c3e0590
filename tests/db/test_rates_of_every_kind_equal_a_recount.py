"""Every kind has honest rates by its table alone: what the rows say is what the events say, today and in the past."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, get_args

import pytest

from states.errors import NotFound
from states.kinds import KINDS, lifecycle_of
from tests.any_kind import FIRST, LAST, Walk
from tests.office import Office
from workflows.rates import By
from workflows.rates.of_kinds import KindRateRow, KindRateTable, rates_of_kind
from workflows.rates.of_kinds.counting import count
from workflows.rates.of_kinds.meanings import KindTally, total
from workflows.rates.of_kinds.recounting import recount
from workflows.rates.questions import Key, Question
from workflows.rates.tables import Period
from workflows.registering import Birth

BYS = get_args(By)
SUMMER = Period(FIRST, LAST)


def asked(office: Office, by: By, as_of: date = LAST, period: Period = SUMMER) -> Question:
    return Question(office.setting, office.operator, period, as_of, by)


def counted(office: Office, way: Any, kind: str, question: Question) -> dict[Key, KindTally]:
    with office.database.reading() as unit:
        found: dict[Key, KindTally] = way(unit, question, lifecycle_of(kind))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_rows_and_events_give_the_same_figures_over_random_histories(office: Office, kind: str) -> None:
    walk = Walk(office, kind, seed=11)
    for _ in range(400):
        if len(walk.codes) < 40:
            walk.enter(walk.some_day() if walk.random.random() < 0.9 else None)
    assert len(walk.codes) > 10, "too few can be entered"
    for _ in range(350):
        walk.step()
    for by in BYS:
        for period in (SUMMER, Period(date(2026, 7, 1), date(2026, 7, 31))):
            question = asked(office, by, period=period)
            rows = counted(office, count, kind, question)
            assert rows == counted(office, recount, kind, question), (by, period)
    whole = total(counted(office, count, kind, asked(office, "council")).values())
    assert whole.received == sum(whole.places[p] for p in whole.places if p not in {"merged", "voided", "undated"})
    assert len(whole.places) > 1, "too tame a walk"


def rated(office: Office, by: By = "council", as_of: date = LAST, kind: str = "commitment") -> KindRateTable:
    with office.database.reading() as unit:
        return rates_of_kind(unit, kind=kind, question=asked(office, by, as_of))


def share(row: KindRateRow, code: str) -> tuple[int, int, str]:
    rate = row.rate(code)
    return rate.numerator, rate.denominator, rate.printed.vi


def promise(office: Office, due: date | None, agency: str = "UBND", on: date = date(2026, 7, 1)) -> str:
    payload = {"text": "Sửa cầu", "agency": agency, "occasion": "answer", "session": "KH2", "field": "giao thông"}
    return office.born(Birth("commitment", {**payload, "due_on": due}, on))


def kept(office: Office, code: str, on: date) -> None:
    office.go(code, "confirm_fulfilled", on, evidence="Biên bản nghiệm thu")


def test_a_summer_of_promises_counted_by_hand(office: Office) -> None:
    """Twelve promises: the rate is over the five that have fallen due, and each of the rest is named."""
    past, later, early = date(2026, 8, 1), date(2026, 12, 1), date(2026, 7, 20)
    kept(office, promise(office, past), early)
    kept(office, promise(office, past, "KT"), past)
    kept(office, promise(office, past), date(2026, 8, 3))
    kept(office, promise(office, later), early)
    kept(office, promise(office, None), early)
    part = promise(office, past, "KT")
    office.go(part, "confirm_partly", date(2026, 8, 5), words="Còn lan can", review_on=date(2026, 12, 20))
    promise(office, past)
    promise(office, later)
    promise(office, None)
    given_up = promise(office, past)
    office.go(given_up, "withdraw", early, words="Hết căn cứ")
    office.go(promise(office, past), "void", early, words="Nhập nhầm")
    promise(office, past, on=date(2025, 7, 1))  # of another period

    whole = rated(office).total
    assert (whole.received, whole.counted, whole.due) == (10, 9, 5)
    assert {line.code: line.number for line in (*whole.times, *whole.apart, *whole.left_out) if line.number} == {
        "in_time": 2, "late": 1, "partly": 1, "overdue": 1, "before_due": 1, "done_undated": 1, "not_due": 1,
        "no_limit": 1, "withdrawn": 1, "voided": 1,
    }  # fmt: skip
    assert share(whole, "done_of_due") == (3, 5, "60,0%")
    assert share(whole, "in_time_of_due") == (2, 5, "40,0%")
    assert share(whole, "done") == (5, 9, "55,6%")
    assert whole.rate("done_of_due").sentence.vi == ("Đã xong trong số đã đến hạn: 3/5 = 60,0%, tính đến 10/09/2026")
    assert "«Đã thực hiện»" in whole.rate("done").definition.vi
    assert "«Thôi theo dõi»" in whole.rate("done").definition.vi

    by_agency = {row.key: share(row, "done_of_due")[:2] for row in rated(office, "agency").rows}
    assert by_agency == {"UBND": (2, 3), "KT": (1, 2)}
    assert [(row.key, row.received) for row in rated(office, "field").rows] == [("giao thông", 10)]
    assert all(rated(office, by).agrees for by in BYS)
    july = rated(office, as_of=date(2026, 7, 31)).total
    assert (july.due, july.number("before_due"), july.rate("done_of_due").printed.vi) == (0, 2, "—")


def test_the_day_itself_is_not_overdue_and_the_next_is(office: Office) -> None:
    promise(office, LAST)
    assert rated(office).total.number("not_due") == 1
    office.clock.now += timedelta(days=1)
    assert rated(office, as_of=LAST + timedelta(days=1)).total.number("overdue") == 1


def test_a_kind_that_says_nothing_is_counted_by_its_final_states(office: Office) -> None:
    petition = lifecycle_of("petition")
    assert petition.rated is None
    assert petition.rating.done == {"explained_at_meeting", "closed", "diverted"}
    assert petition.rating.apart == {"withdrawn"}
    assert petition.merged == {"merged"}
    with pytest.raises(NotFound, match="commitment, contact_meeting"):
        rated(office, kind="dance")


@pytest.mark.parametrize("kind", ["meeting", "contact_meeting"])
def test_what_was_called_off_was_not_held(office: Office, kind: str) -> None:
    on = date(2026, 7, 1)
    round_ = office.born(Birth("contact_round", {"name": "Đợt 1", "round_kind": "none"}, on))
    slip = {
        "meeting": {"meeting_kind": "giao_ban", "text": "Giao ban"},
        "contact_meeting": {"round": round_, "locality": "Bản Nà Pát"},
    }[kind]
    codes = [office.born(Birth(kind, slip, on)) for _ in range(2)]
    office.go(codes[0], "cancel", on, words="Mưa lũ")
    whole = rated(office, kind=kind).total
    assert (share(whole, "done")[:2], whole.number("cancelled")) == ((0, 1), 1)


def test_only_what_may_be_seen_is_counted(office: Office) -> None:
    promise(office, date(2026, 8, 1))
    with office.database.reading() as unit:
        question = Question(office.setting, office["dien"], SUMMER, LAST, "council")
        assert rates_of_kind(unit, kind="commitment", question=question).total.received == 0


def test_a_task_that_was_reported_in_time_waits_for_its_confirmation_and_is_not_overdue(office: Office) -> None:
    def task(text: str, owner: str) -> str:
        payload = {"text": text, "agency": owner, "product": "Báo cáo", "due_on": date(2026, 8, 1)}
        return office.born(Birth("task", payload, date(2026, 7, 1)))

    done, reported = task("Rà soát quỹ đất", "UBND"), task("Rà soát chợ", "UBND")
    task("Rà soát trạm bơm", "KT")
    for code in (done, reported):
        office.go(code, "report", date(2026, 7, 30), words="Đã gửi báo cáo")
    office.go(done, "confirm_done", date(2026, 8, 10))
    row = rated(office, kind="task").total
    assert {t: row.number(t) for t in ("in_time", "reported", "overdue")} == {"in_time": 1, "reported": 1, "overdue": 1}
    assert share(row, "done_of_due")[:2] == (1, 3)
