"""Every due date explains itself: the steps come from the reckoning that set it and end in it, whatever happened."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from deadlines.announcements import Announcement
from states.errors import DomainError
from states.reckoning import AnnouncementKind, AnnouncementStatus, ClockState, StepKind
from states.text import Language, Text
from tests.office import LETTER, Office
from workflows import access, announcing, explaining, sessions
from workflows.explaining import Explained
from workflows.registering import Birth

TODAY = date(2026, 9, 10)


def explained(office: Office, code: str, language: Language = "vi") -> list[Explained]:
    with office.database.reading() as unit:
        return explaining.explain_case(unit, access.case(unit, code=code, actor=office.operator), language)


def only(office: Office, code: str, language: Language = "vi") -> Explained:
    (found,) = explained(office, code, language)
    return found


def move_session(office: Office, opening: date) -> None:
    with office.database.writing() as unit:
        sessions.move(
            unit, setting=office.setting, code="KH2", opening_on=opening, closing_on=None, reason="Hoãn vì bão",
            actor=office.operator,
        )  # fmt: skip


def announce(office: Office, day: date) -> None:
    row = Announcement(
        day, AnnouncementKind.OFF, Text("Nghỉ", "Off"), "Thông báo", AnnouncementStatus.ANNOUNCED
    )  # fmt: skip
    with office.database.writing() as unit:
        announcing.announce(unit, announced=[row], actor=office.operator)


def test_the_papers_stand_with_their_numbers_in_both_languages(office: Office) -> None:
    code, _ = office.sent("UBND")
    assert "Gửi văn bản chuyển, công văn 12/HĐND-TT" in only(office, code).text
    assert "Letter of transfer sent, official letter 12/HĐND-TT" in only(office, code, "en").text
    assert only(office, code).text.startswith("Trả lời kiến nghị, Ủy ban nhân dân xã Nà Pát, hạn thứ Tư 26/08/2026")


def test_what_it_took_the_place_of_is_told_in_a_line(office: Office) -> None:
    code, (referral,) = office.sent("UBND")
    office.go(code, "receive", date(2026, 8, 10), referral=referral)
    found = only(office, code)
    assert [line.vi for line in found.before] == [
        "Trước đó tính từ 06/08/2026, hạn 26/08/2026; thay bằng hạn 03/09/2026 vì đã ghi ngày nhận (sự kiện số 6)."
    ]
    assert found.before[0].vi in found.text


def test_a_moved_session_is_named_with_its_reason(office: Office) -> None:
    entry = {"name": "Đợt 1", "round_kind": "before_session", "session": "KH2"}
    code = office.born(Birth("contact_round", entry, date(2026, 9, 1)))
    move_session(office, date(2026, 12, 15))
    assert "vì kỳ họp đổi ngày, Hoãn vì bão (sự kiện số 2)" in only(office, code).before[0].vi


def test_a_clock_that_gave_way_to_none_is_told_too(office: Office) -> None:
    code = office.record()
    office.go(code, "screen", level="commune")
    (referral,) = office.go(code, "transfer", date(2026, 8, 6), addressees=["UBND"]).referrals
    sent = office.go(code, "send", date(2026, 8, 6), referral=referral, document=LETTER)
    office.go(code, "undo", TODAY, seq=sent.seq, words="nhầm")
    found = only(office, code)
    assert found.steps == ()
    assert "không còn tính" in found.text


def test_what_ended_under_another_calendar_or_session_is_explained_as_it_was_set(office: Office) -> None:
    code, (referral,) = office.sent("UBND")
    office.go(code, "receive", date(2026, 9, 4), referral=referral)
    office.go(code, "answer", date(2026, 9, 9), referral=referral, claimed="resolved", words="xong", evidence="BB")
    entry = {"name": "Đợt 1", "round_kind": "before_session", "session": "KH2"}
    contact = office.born(Birth("contact_round", entry, date(2026, 9, 1)))
    office.go(contact, "issue_plan", date(2026, 9, 9), document=LETTER)
    announce(office, date(2026, 9, 24))
    move_session(office, date(2026, 12, 15))
    assert only(office, code).steps
    assert ends_in(only(office, code)) == date(2026, 9, 24)
    assert ends_in(only(office, contact)) == date(2026, 10, 30)


def ends_in(found: Explained) -> date | None:
    """The day that the explanation arrives at."""
    results = [step for step in found.steps if step.kind is StepKind.RESULT]
    return results[-1].day_to if results else None


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happened_each_explanation_ends_in_the_date_of_its_clock(office: Office, seed: int) -> None:
    rng = random.Random(seed)
    code, referrals = office.sent("UBND", "KT", on=date(2026, 8, 6))
    contact = office.born(
        Birth("contact_round", {"name": "Đợt", "round_kind": "before_session", "session": "KH2"}, date(2026, 8, 1))
    )
    for step in range(14):
        at_random(office, rng, code, referrals, date(2026, 8, 7) + timedelta(days=2 * step))
    for case in (code, contact):
        standing = [e for e in explained(office, case, rng.choice(("vi", "en"))) if not_superseded(e)]
        assert len(standing) == len(office.see(case).clocks) >= 1
        for found in standing:
            assert found.steps, found.heading
            assert ends_in(found) == found.row["due_on"]
            days = [s.day_from for s in found.steps if s.kind is StepKind.COUNTED and s.day_from]
            assert all(a < b for a, b in pairwise(days)), found.text


def not_superseded(found: Explained) -> bool:
    return bool(found.row["state"] != ClockState.SUPERSEDED.value)


def at_random(office: Office, rng: random.Random, code: str, referrals: list[UUID], day: date) -> None:
    """Do one thing that may or may not be possible now; a refusal is an answer too."""
    referral = rng.choice(referrals)
    deeds: list[Callable[[], object]] = [
        lambda: office.go(code, "receive", day, referral=referral),
        lambda: office.go(code, "ask_clarification", day, referral=referral, words="?"),
        lambda: office.go(code, "give_clarification", day, referral=referral, words="!"),
        lambda: office.go(code, "extend", day, referral=referral, extended_by_days=5, words="x"),
        lambda: office.go(code, "answer", day, referral=referral, claimed="roadmap", words="x"),
        lambda: office.go(code, "request_new_answer", day, referral=referral, words="thiếu"),
        lambda: office.go(code, "return_wrong_authority", day, referral=referral, because="unclear"),
        lambda: office.go(code, "judge", day, result="roadmap", due_on="2026-12-30", review_on="2026-10-10"),
        lambda: office.go(code, "correct", day, seq=rng.randint(2, 8), on=str(day - timedelta(days=3)), words="nhầm"),
        lambda: office.go(code, "undo", day, seq=office.see(code).row["seq"], words="nhầm"),
        lambda: announce(office, date(2026, 9, rng.randint(14, 30))),
        lambda: move_session(office, date(2026, 12, rng.randint(2, 24))),
    ]
    try:
        rng.choice(deeds)()
    except DomainError:
        return
