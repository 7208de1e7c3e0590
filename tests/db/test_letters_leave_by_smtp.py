"""Letters leave through a real mail server: headers hold, poison stops itself alone, answers are understood."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from typing import Any, cast
from uuid import uuid4

import pytest
from sqlalchemy import update

from models.cases import TextVersion
from models.columns import table_of
from models.councils import Person
from states.alerting import MailTrouble
from tests import mornings
from tests.mornings import at, choose, deliver_at, duty, received
from tests.office import Office
from tests.servers import mail
from tests.servers.mail import TAKEN, MailServer
from workflows.delivering.channels import Letter, Outcome
from workflows.delivering.smtp import MailServer as Address
from workflows.delivering.smtp import SmtpChannel

_text, _person = table_of(TextVersion), table_of(Person)
MORNING = at(date(2026, 9, 11))
NOW = datetime(2026, 9, 11, 1, 0, tzinfo=UTC)


def channel_to(server: MailServer, **more: Any) -> SmtpChannel:
    return SmtpChannel(Address(server.host, server.port, "dondoc@example.vn", **more))


def letter(address: str = "a@example.vn", **more: str) -> Letter:
    words = {"name": "Lò Văn A", "subject": "[Dondoc] 1 việc", "text": "Việc", "html": "<p>Việc</p>", **more}
    return Letter(uuid4(), address, words["name"], words["subject"], words["text"], words["html"], NOW)


def sent(channel: SmtpChannel, *letters: Letter) -> list[Outcome]:
    async def send() -> list[Outcome]:
        outcomes = list(await asyncio.gather(*(channel.send(one) for one in letters)))
        await channel.close()
        return outcomes

    return asyncio.run(send())


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server that takes everything."""
    with mail.running(MailServer()) as running:
        yield running


def states(office: Office) -> list[tuple[str, str | None, int]]:
    found = office.rows("SELECT state, trouble, attempts FROM message ORDER BY id")
    return [(row["state"], row["trouble"], row["attempts"]) for row in found]


def test_a_digest_arrives_whole_with_headers_that_say_what_it_is(office: Office, server: MailServer) -> None:
    code, _ = received(office)
    choose(office, "ubnd")
    deliver_at(office, at(date(2026, 8, 25)), channel_to(server))
    (arrived,) = server.letters()
    key = office.rows("SELECT id FROM message")[0]["id"]
    assert arrived["Message-ID"].replace("-", "") == f"<{key}@example.vn>".replace("-", "")
    assert arrived["Subject"] == "[Dondoc] 1 việc cần xử lý - thứ Ba 25/08/2026"
    assert arrived["To"] == "Đèo Văn Ủy Ban <ubnd@example.vn>"
    assert (arrived["Auto-Submitted"], arrived["Precedence"]) == ("auto-generated", "bulk")
    assert arrived["Date"] == "Tue, 25 Aug 2026 08:00:02 +0700"
    plain, html = cast("EmailMessage", arrived).iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert f"{code}: Trả lời kiến nghị" in plain.get_content()


def test_names_and_subjects_cannot_break_into_the_headers(server: MailServer) -> None:
    evil = "A\r\nBcc: b@example.vn\r\n\r\nbody"
    assert sent(channel_to(server), letter(name=evil, subject=evil)) == [Outcome()]
    (arrived,) = server.letters()
    assert arrived["Bcc"] is None
    assert "Bcc: b@example.vn" in arrived["Subject"]
    assert server.taken == [(arrived["Message-ID"], "a@example.vn")]


@pytest.mark.parametrize(
    "address", ["", "a", "a@b c", "a@b.vn\r\nRCPT TO:<c@d.vn>", "a@ế.vn", "<a@b.vn>", "a@b.vn,c@d.vn"]
)
def test_what_is_no_address_is_never_said_to_a_server(server: MailServer, address: str) -> None:
    (outcome,) = sent(channel_to(server), letter(address=address))
    assert (outcome.trouble, outcome.final) == (MailTrouble.UNREADABLE, True)
    assert server.connections == 0


def test_one_connection_carries_many_letters(server: MailServer) -> None:
    channel = channel_to(server)

    async def send() -> None:
        for _ in range(30):
            assert (await channel.send(letter())).trouble is None
        await channel.close()

    asyncio.run(send())
    assert (len(server.taken), server.connections) == (30, 1)


async def _say(word: str) -> str:
    return word


@pytest.mark.parametrize(
    ("at_rcpt", "at_end", "wanted"),
    [
        ("450 later", TAKEN, (MailTrouble.DEFERRED, False, False)),
        ("550 5.1.1 no such user", TAKEN, (MailTrouble.REFUSED, True, False)),
        (TAKEN, "451 try again", (MailTrouble.DEFERRED, False, False)),
        (TAKEN, "554 spam", (MailTrouble.REFUSED, True, False)),
        (TAKEN, "DROP", (MailTrouble.BROKEN_OFF, False, True)),
        ("DROP", TAKEN, (MailTrouble.UNREACHABLE, False, False)),
    ],
)
def test_what_a_server_says_is_understood(
    server: MailServer, at_rcpt: str, at_end: str, wanted: tuple[MailTrouble, bool, bool]
) -> None:
    server.at_rcpt, server.at_end = (lambda _to: _say(at_rcpt)), (lambda _to: _say(at_end))
    (outcome,) = sent(channel_to(server), letter())
    assert (outcome.trouble, outcome.final, outcome.in_doubt) == wanted
    said = at_rcpt if at_rcpt != TAKEN else at_end
    assert said.startswith("DROP") or said in outcome.said


def test_nobody_there_is_told_of_the_way_and_not_of_the_letter() -> None:
    (outcome,) = sent(SmtpChannel(Address("127.0.0.1", 9, "dondoc@example.vn")), letter())
    assert (outcome.trouble, outcome.whole, outcome.final) == (MailTrouble.UNREACHABLE, True, False)


async def _one_byte_a_second(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"2")
        await asyncio.sleep(0.2)


async def _ten_megabytes(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    for _ in range(10):
        writer.write(b"2" * 1_000_000)
        await writer.drain()


async def _silence(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read(-1)


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
@pytest.mark.parametrize("raw", [_one_byte_a_second, _ten_megabytes, _silence], ids=["slow", "endless", "silent"])
def test_a_server_that_stalls_or_floods_is_given_up(raw: mail.Raw, security: str) -> None:
    with mail.running(MailServer(), raw=raw) as server:
        (outcome,) = sent(channel_to(server, security=security, patience=1.0), letter())
    assert outcome.trouble in {MailTrouble.TOO_SLOW, MailTrouble.UNREACHABLE}
    assert outcome.whole


def test_a_server_without_encryption_gets_nothing_where_it_is_asked_for(server: MailServer) -> None:
    (outcome,) = sent(channel_to(server, security="starttls"), letter())
    assert outcome.trouble is MailTrouble.UNREACHABLE
    assert server.taken == []


def test_poison_stops_itself_alone(office: Office, server: MailServer) -> None:
    """P11: control characters, a text of 10 MB and a name with line breaks arrive; a bad address is dead, with why."""
    texts = ("một\x0b\x1b[31mhai\u202e", "Đường lầy lội " * 700_000, "{{ 7*7 }} {% raw %} %s <script>alert(1)</script>")
    codes = [received(office, f"Đề nghị {n}")[0] for n in range(len(texts))]
    ids = [office.see(code).id for code in codes]
    with office.database.writing() as unit:
        for key, text in zip(ids, texts, strict=True):
            unit.run(update(_text).where(_text.c.case_id == key).values(body=text))
    choose(office, "ubnd")
    choose(office, "charge", email="no\r\naddress")
    with office.database.writing() as unit:
        unit.run(update(_person).where(_person.c.full_name == "Đèo Văn Ủy Ban").values(full_name="Đèo\r\nBcc: x"))
    done = deliver_at(office, at(date(2026, 8, 28)), channel_to(server))
    assert (done.sent, done.dead) == (1, 1)
    (arrived,) = server.letters()
    html = cast("EmailMessage", arrived).get_body(("html",))
    plain = cast("EmailMessage", arrived).get_body(("plain",))
    assert html is not None
    assert plain is not None
    assert "<script" not in html.get_content()
    assert "{{ 7*7 }}" in plain.get_content()
    assert arrived["To"] == '"Đèo Bcc: x" <ubnd@example.vn>'
    assert "\x1b" not in plain.get_content()
    assert len(plain.get_content()) < 3_000
    assert ("dead", "unreadable", 1) in states(office)


def test_a_refused_receiver_is_dead_at_once_with_the_words_of_the_server_and_can_be_tried_again(
    office: Office, server: MailServer
) -> None:
    choose(office, "charge")
    office.clock.now = MORNING
    duty(office, "duty:1", "council_office")
    server.at_rcpt = lambda _to: _say("550 5.1.1 no such user")
    assert deliver_at(office, MORNING, channel_to(server)).dead == 1
    assert office.rows("SELECT error FROM message")[0]["error"] == "550 5.1.1 no such user"
    assert deliver_at(office, MORNING + timedelta(days=3), channel_to(server)).sent == 0
    server.at_rcpt = mail.take
    office.raw("UPDATE message SET state = 'waiting', attempts = 1, first_try_at = NULL")
    assert deliver_at(office, MORNING + timedelta(days=3), channel_to(server)).sent == 1


def test_what_is_put_off_is_tried_for_three_days_and_then_dead(office: Office, server: MailServer) -> None:
    choose(office, "charge")
    office.clock.now = MORNING
    duty(office, "duty:1", "council_office")
    server.at_rcpt = lambda _to: _say("450 4.2.0 greylisted")
    tries, now = 0, MORNING
    while now < MORNING + timedelta(hours=80):
        tries += deliver_at(office, now, channel_to(server)).put_off
        now += timedelta(minutes=10)
    assert 60 < tries < 90
    assert [state for state, _, _ in states(office)] == ["dead"]
    assert mornings.inbox(office, "charge") == ["duty:1"]


def test_letters_wait_where_no_mail_server_is_set(office: Office) -> None:
    choose(office, "charge")
    office.clock.now = MORNING
    duty(office, "duty:1", "council_office")
    deliver_at(office, MORNING)
    assert states(office) == [("waiting", None, 0)]
    assert mornings.inbox(office, "charge") == ["duty:1"]
    assert office.rows("SELECT work FROM heartbeat WHERE work = 'deliver'")
