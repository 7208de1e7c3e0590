"""The Government announces days off: a new calendar, due dates follow, what is over stays."""

from __future__ import annotations

from datetime import date

import pytest

from deadlines.announcements import Announcement
from deadlines.errors import CalendarInvalid
from states.errors import BadInput, NotPermitted
from states.reckoning import AnnouncementKind, AnnouncementStatus
from states.text import Text
from tests.office import Office
from workflows import announcing, regulations
from workflows.announcing import Announced


def off(day: date, kind: AnnouncementKind = AnnouncementKind.OFF) -> Announcement:
    name = Text("Nghỉ theo thông báo", "Announced day")
    return Announcement(day, kind, name, "Thông báo 99/TB-VPCP", AnnouncementStatus.ANNOUNCED)


def announced(office: Office, *rows: Announcement) -> Announced:
    with office.database.writing() as unit:
        return announcing.announce(unit, announced=rows, actor=office.operator)


def test_an_open_due_date_moves_and_says_why(office: Office) -> None:
    code = office.received(date(2026, 9, 4))
    assert office.due(code) == date(2026, 9, 24)
    done = announced(office, off(date(2026, 9, 24)))
    assert [(m.code, m.old, m.new) for m in done.moves] == [(code, date(2026, 9, 24), date(2026, 9, 25))]
    assert office.due(code) == date(2026, 9, 25)
    event = office.events(code)[-1]
    assert (event["act"], event["trigger"]) == ("reckon", "calendar_changed")
    kept = office.rows("SELECT superseded_reason FROM clock WHERE state = 'superseded' ORDER BY superseded_seq")
    assert kept[-1]["superseded_reason"] == "calendar_changed"
    with office.database.reading() as unit:
        assert regulations.calendar_of(unit).version == done.version


def test_a_preview_counts_and_writes_nothing(office: Office) -> None:
    code = office.received(date(2026, 9, 4))
    with office.database.reading() as unit:
        foreseen = announcing.preview(unit, announced=[off(date(2026, 9, 24))])
        before = regulations.calendar_of(unit).version
    assert office.due(code) == date(2026, 9, 24)
    done = announced(office, off(date(2026, 9, 24)))
    assert done.moves == foreseen
    assert done.version != before


def test_what_is_answered_keeps_its_date(office: Office) -> None:
    code = office.received(date(2026, 9, 4))
    referral = office.see(code).referrals[0]["id"]
    office.go(code, "answer", date(2026, 9, 9), referral=referral, claimed="resolved", words="xong", evidence="BB")
    announced(office, off(date(2026, 9, 24)))
    met = next(c for c in office.see(code).clocks if c["state"] == "met")
    assert met["due_on"] == date(2026, 9, 24)
    office.go(code, "raise_again", date(2026, 9, 10))
    assert next(c for c in office.see(code).clocks if c["state"] == "met")["due_on"] == date(2026, 9, 24)


def test_a_case_whose_date_stays_gets_no_event(office: Office) -> None:
    code = office.received(date(2026, 9, 4))
    seq = office.see(code).row["seq"]
    assert announced(office, off(date(2026, 10, 15))).moves == ()
    assert office.see(code).row["seq"] == seq
    office.go(code, "raise_again", date(2026, 9, 5))
    assert office.due(code) == date(2026, 9, 24)


def test_the_newest_word_on_a_day_holds(office: Office) -> None:
    announced(office, off(date(2026, 9, 24)))
    announced(office, off(date(2026, 9, 26), AnnouncementKind.WORKED), off(date(2026, 9, 25)))
    with office.database.reading() as unit:
        calendar = regulations.calendar_of(unit)
        rows = [a.day for a in announcing.announcements(unit)]
    assert not calendar.is_working(date(2026, 9, 24))
    assert calendar.is_working(date(2026, 9, 26))
    assert len(rows) == len(set(rows))


def test_later_moves_use_the_new_calendar(office: Office) -> None:
    announced(office, off(date(2026, 9, 24)))
    assert office.due(office.received(date(2026, 9, 4))) == date(2026, 9, 25)


def test_nothing_new_nobody_allowed_and_no_such_span(office: Office) -> None:
    announced(office, off(date(2026, 9, 24)))
    with pytest.raises(BadInput):
        announced(office, off(date(2026, 9, 24)))
    with office.database.writing() as unit, pytest.raises(NotPermitted):
        announcing.announce(unit, announced=[off(date(2026, 9, 29))], actor=office["charge"])
    with pytest.raises(CalendarInvalid):
        announced(office, off(date(2062, 9, 29)))
    for first, last in ((date(2026, 9, 2), date(2026, 9, 1)), (date(2026, 1, 1), date(2026, 3, 1))):
        with pytest.raises(BadInput):
            announcing.span(first, last)
    assert announcing.span(date(2026, 9, 1), date(2026, 9, 2)) == [date(2026, 9, 1), date(2026, 9, 2)]
