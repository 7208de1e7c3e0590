"""What a session carries over writes itself: who was open on that evening, how old, how often raised, and why."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from states.errors import NotFound
from states.vocabulary import Confidentiality
from tests.office import LETTER, Office, standing_body
from workflows import carrying, sessions
from workflows.carrying import CarriedOver, Knowing
from workflows.councils import SessionSpec

NIGHT_BEFORE, AFTER = datetime(2026, 9, 1, 3, tzinfo=UTC), datetime(2026, 9, 10, 5, tzinfo=UTC)
CLOSING = date(2026, 9, 4)


@pytest.fixture
def summer(office: Office) -> Office:
    """The office before a session that closes on 4 September 2026."""
    office.clock.now = NIGHT_BEFORE
    spec = SessionSpec(code="KH1", name="Kỳ họp thứ nhất", opening_on=date(2026, 9, 3), closing_on=CLOSING)
    with office.database.writing() as unit:
        sessions.add(unit, setting=office.setting, session=spec, actor=office["charge"])
    return office


def carried(office: Office, knowing: Knowing = "then", login: str = "clerk", code: str = "KH1") -> CarriedOver:
    with office.database.reading() as unit:
        return carrying.carried_over(unit, setting=office.setting, actor=office[login], session=code, knowing=knowing)


def codes(found: CarriedOver) -> list[str]:
    return [item.code for item in found.items]


def judged(office: Office, code: str, **said: Any) -> None:
    office.sent("UBND", code=code)
    referral = office.see(code).referrals[0]["id"]
    office.go(code, "answer", date(2026, 8, 20), referral=referral, claimed="not_yet", words="Chưa có vốn", **said)
    office.go(
        code, "judge", date(2026, 8, 25), decided_by=standing_body(office), result="not_yet",
        review_on=date(2026, 12, 1), **said,
    )  # fmt: skip


def test_open_petitions_are_listed_by_receipt_with_age_times_and_reason(summer: Office) -> None:
    young = summer.record("Điện yếu", on=date(2026, 8, 20), field="dien")
    old = summer.record("Đường hỏng", on=date(2026, 6, 1))
    summer.go(old, "raise_again")
    judged(summer, old, reason_not_yet="funds")
    unknown = summer.record("Không rõ ngày", on=None)
    closed = summer.record("Ý kiến", nature="opinion")
    summer.go(closed, "note")
    summer.clock.now = AFTER
    found = carried(summer)
    assert (found.as_of, found.closed, found.total) == (CLOSING, True, 3)
    assert codes(found) == [old, young, unknown]
    first = found.items[0]
    assert (first.ordinal, first.age, first.times_raised, first.state.code) == (1, 95, 2, "judged")
    assert first.reason is not None
    assert (first.reason.code, first.reason.label.vi) == ("funds", "Chưa có kinh phí")
    assert (found.items[2].received_on, found.items[2].age) == (None, None)
    for parts in (found.by_field, found.by_agency, found.by_state, found.by_reason):
        assert sum(part.number for part in parts) == found.total
    assert [(part.code, part.number) for part in found.by_reason] == [("funds", 1), (None, 2)]


def test_the_evening_knew_less_than_is_known_now(summer: Office) -> None:
    answered, late, moved = summer.record("Việc một"), summer.record("Việc hai"), summer.record("Việc ba")
    summer.sent("UBND", code=answered)
    summer.clock.now = AFTER
    summer.go(late, "withdraw", date(2026, 9, 2), words="Rút trước kỳ họp, ghi sau")
    summer.go(moved, "withdraw", date(2026, 9, 8), words="Rút sau kỳ họp")
    entered = summer.record("Nhận trước, vào sổ sau", on=date(2026, 8, 30))
    summer.go(answered, "amend", date(2026, 9, 9), words="sửa", text="Việc một, sửa lại")
    then, now = carried(summer), carried(summer, "now")
    assert codes(then) == [answered, late, moved]
    assert codes(now) == [answered, moved, entered]
    assert (then.items[0].text, now.items[0].text) == ("Việc một", "Việc một, sửa lại")
    assert then.items[0].holder is not None
    assert then.items[0].holder.code == "UBND"


def test_an_age_is_never_reset(summer: Office) -> None:
    code = summer.record("Ý kiến cũ", on=date(2026, 5, 1), nature="opinion")
    summer.go(code, "note", date(2026, 6, 1))
    summer.go(code, "reopen", date(2026, 8, 20), words="Cử tri nêu lại")
    summer.clock.now = AFTER
    item = carried(summer).items[0]
    assert (item.received_on, item.age) == (date(2026, 5, 1), 126)


def test_what_was_merged_or_split_later_stands_as_it_was(summer: Office) -> None:
    one, two = summer.record("Đường và nước"), summer.record("Đường")
    summer.clock.now = AFTER
    summer.go(two, "merge", date(2026, 9, 9), into=one)
    assert codes(carried(summer)) == codes(carried(summer, "now")) == [one, two]
    assert carried(summer).items[0].times_raised == 1


def test_before_the_session_closes_the_list_shows_today(summer: Office) -> None:
    code = summer.record("Đường hỏng")
    found = carried(summer)
    assert (found.closed, found.as_of, codes(found)) == (False, date(2026, 9, 1), [code])
    assert "chưa bế mạc" in found.says.vi
    assert codes(carried(summer, code="kh2")) == [code]


def test_a_petition_sent_to_a_higher_level_stays_on_the_list(summer: Office) -> None:
    code = summer.record("Quốc lộ hỏng")
    summer.go(code, "screen", date(2026, 8, 5), level="province")
    summer.go(code, "forward_higher", date(2026, 8, 6), document=LETTER, addressee="TINH")
    summer.clock.now = AFTER
    assert carried(summer).items[0].place.code == "higher"


def test_the_list_holds_only_what_its_reader_may_see(summer: Office) -> None:
    code = summer.record("Đường hỏng")
    before = carried(summer)
    summer.record("Việc kín", actor=summer["officer"], confidentiality=Confidentiality.RESTRICTED)
    assert carried(summer) == before
    assert codes(before) == [code]
    assert codes(carried(summer, login="ubnd")) == []
    assert carried(summer, login="officer").total == 2


def test_an_unknown_session_is_not_found(summer: Office) -> None:
    with pytest.raises(NotFound):
        carried(summer, code="KH9")
