"""A petition of the sample is left alone: from the first reminder to the proposal for the agenda and the session.

Days pass by an injected clock; letters go through SMTP into a real mailbox; the inbox and the story tell the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest

from api.cli import case_pages
from models.units import HANOI, Database, connect
from states.facts import Actor
from states.vocabulary import ProposalState, SessionKind
from tests.office import HandClock
from tests.servers import mail
from tests.servers.mail import MailServer
from workflows import access, accounts, delivering, moving, proposals, reminders, sessions, sweeping
from workflows.councils import SessionSpec
from workflows.delivering import choosing, inboxes
from workflows.delivering.smtp import MailServer as Address
from workflows.delivering.smtp import SmtpChannel
from workflows.orders import Order
from workflows.sample.loading import load_sample

TODAY = date(2026, 11, 30)
LEFT_ALONE, DUE = "MAU-KN-26-0017", date(2026, 12, 17)


@contextmanager
def sample(url: str) -> Iterator[tuple[Database, HandClock]]:
    """The sample council as of a Monday, its people with addresses of their own, and its next session."""
    clock = HandClock(at(TODAY))
    database = connect(url, clock=clock)
    try:
        for account in load_sample(database, today=TODAY).accounts:
            with database.writing() as unit:
                actor = accounts.account(unit, login=account.login)
                wishes = replace(choosing.wishes_of(unit, actor=actor), email=f"{account.login}@example.vn")
                choosing.choose(unit, actor=actor, wishes=wishes)
        session = SessionSpec(code="KH4", name="Kỳ họp thứ 4", kind=SessionKind.THEMATIC, opening_on=date(2027, 2, 1))
        with database.writing() as unit:
            operator = accounts.operator(unit, user="test")
            setting = access.council(unit, code="MAU", actor=operator)
            sessions.add(unit, setting=setting, session=session, actor=operator)
        yield database, clock
    finally:
        database.close()


def at(day: date, clock: time = time(8)) -> datetime:
    return datetime.combine(day, clock, HANOI).astimezone(UTC)


def live(database: Database, clock: HandClock, port: int, until: date) -> None:
    """Let the days pass: a sweep after midnight, a delivery in the morning."""
    channel = SmtpChannel(Address("127.0.0.1", port, "dondoc@example.vn", security="none"))
    day = TODAY
    while day < until:
        day += timedelta(days=1)
        clock.now = at(day, time(0, 1))
        sweeping.sweep(database)
        clock.now = at(day)
        delivering.deliver(database, [channel])


def mailbox(server: MailServer, login: str) -> dict[date, str]:
    """Return the text of each letter about the petition that came to an account, by the day of its subject."""
    found: dict[date, str] = {}
    for letter in server.letters():
        body = letter.get_body(("plain",)) if isinstance(letter, EmailMessage) else None
        text = body.get_content() if body is not None else ""
        if f"{login}@" in str(letter["To"]) and LEFT_ALONE in text:
            day = datetime.strptime(str(letter["Subject"]).split()[-1], "%d/%m/%Y").replace(tzinfo=UTC).date()
            assert day not in found, "two letters on one morning"
            found[day] = text
    return found


@pytest.mark.journeys
def test_every_rung_is_seen_in_the_mailbox_in_the_inbox_and_in_the_story(database_url: str) -> None:
    with sample(database_url) as (database, clock), mail.running(MailServer()) as server:
        live(database, clock, server.port, date(2027, 1, 29))
        theirs, ours = mailbox(server, "mau.ubnd"), mailbox(server, "mau.chanhvp")
        standing = mailbox(server, "mau.thuongtruc")
        # Five and two working days before, on the day, overdue: to whom it was given.
        assert {date(2026, 12, 10), date(2026, 12, 15), DUE, date(2026, 12, 18)} <= set(theirs)
        assert "quá hạn 1 ngày" in theirs[date(2026, 12, 18)]
        # Overdue: the office is alarmed, and urging is proposed.
        assert "Đôn đốc" in ours[date(2026, 12, 18)]
        # The sitting of Friday 25/12; the list of the session, due on Sunday 17/01, waits for Monday.
        assert "Đưa ra phiên họp Thường trực" in standing[date(2026, 12, 25)]
        assert date(2027, 1, 17) not in standing
        assert "Đưa vào danh mục trình kỳ họp" in standing[date(2027, 1, 18)]
        with database.reading() as unit:
            operator = Actor(UUID(int=0), "test", operator=True)
            seen = access.case(unit, code=LEFT_ALONE, actor=operator)
            fell = [(r.on, r.does.vi, r.state.code) for r in reminders.of_case(unit, seen) if r.fired_at]
            page = case_pages.read(unit, seen, actor=operator)
            body = accounts.account(unit, login="mau.thuongtruc")
            inbox = inboxes.listed(unit, actor=body, limit=200).items
            open_ones = proposals.listed(unit, actor=operator, code=LEFT_ALONE, state=ProposalState.OPEN).items
        climbed = [
            (day, does) for day, does, state in fell if state == "fired" and day is not None and day.year >= 2026
        ]
        assert [day for day, _ in climbed][-7:] == [
            date(2026, 12, 15), DUE, date(2026, 12, 18), date(2026, 12, 18), date(2026, 12, 25),
            date(2027, 1, 17), date(2027, 1, 22),
        ]  # fmt: skip
        assert {p.trigger.code for p in open_ones} == {"urge", "put_on_agenda", "list_at_session"}
        assert sum(item.case == LEFT_ALONE for item in inbox) >= 2
        case_pages.show(page, "vi")


def test_what_the_office_then_does_settles_what_was_proposed(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with sample(database_url) as (database, clock), mail.running(MailServer()) as server:
        live(database, clock, server.port, date(2026, 12, 28))
        with database.writing() as unit:
            standing = accounts.account(unit, login="mau.chanhvp")
            (agenda,) = [
                p
                for p in proposals.listed(unit, actor=standing, code=LEFT_ALONE, state=ProposalState.OPEN).items
                if p.trigger.code == "put_on_agenda"
            ]
            proposals.take(unit, proposal=agenda.id, order=Order("put_on_agenda", standing, unit.today))
        with database.writing() as unit:
            seen = access.case(unit, code=LEFT_ALONE, actor=standing)
            order = Order(
                "answer", standing, unit.today, {"claimed": "explained", "words": "Đã có kế hoạch sửa"},
                referral=seen.referrals[0]["id"],
            )  # fmt: skip
            moving.move(unit, code=LEFT_ALONE, order=order)
        live_on = at(date(2026, 12, 29))
        clock.now = live_on
        with database.reading() as unit:
            states = {
                p.trigger.code: p.state.code
                for p in proposals.listed(unit, actor=standing, code=LEFT_ALONE, limit=50).items
            }
            seen = access.case(unit, code=LEFT_ALONE, actor=standing)
            case_pages.show(case_pages.read(unit, seen, actor=standing), "vi")
        assert states == {"urge": "lapsed", "put_on_agenda": "taken"}
        told = capsys.readouterr().out
        assert all(word in told for word in ("Đề xuất: Đưa ra", "Cảnh báo: Trả lời", "Đưa ra phiên họp Thường trực"))
        assert "Sẽ nhắc:" not in told
