"""Notices at the terminal: choosing, contacts, the inbox, a letter previewed, sent, tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from models.alerting import Message, Notice
from models.columns import table_of
from models.units import connect
from tests.cli.conftest import Terminal
from tests.servers import mail
from workflows import accounts

_message, _notice = table_of(Message), table_of(Notice)


def written(office: Terminal, table: Any, **values: Any) -> None:
    database = connect(office.environment["DONDOC_DATABASE_URL"])
    with database.writing() as unit:
        unit.run(insert(table).values(**values))
    database.close()


def test_a_letter_is_chosen_previewed_sent_and_tried_again(office: Terminal) -> None:
    office.well("--as lan notices choose --digest-at 07:00 --email lan@example.vn")
    assert "07:00" in office.well("--as lan notices show")
    assert office("--as lan notices choose --digest-at 22:00").code == 1
    office.well('contact set UBND --name "Vì Thị Đầu Mối" --email vp@ubnd.example.vn')
    assert "vp@ubnd.example.vn" in office.well("contact list")
    now = datetime.now(UTC)  # the terminal has the clock of the machine
    values = {"cause": "duty:1", "kind": "duty", "due_at": now - timedelta(hours=1), "created_at": now}
    database = connect(office.environment["DONDOC_DATABASE_URL"])
    with database.reading() as unit:
        council = next(iter(accounts.account(unit, login="lan").councils()))
    database.close()
    written(office, _notice, **values, council_id=council, sentence_vi="Mai tiếp công dân", sentence_en="Reception")
    said = office("deliver")
    assert "Đã báo 1 việc" in said.out
    assert "DONDOC_SMTP_HOST" in said.err
    assert "Mai tiếp công dân" in office.well("--as lan inbox")
    assert "Đã đọc 1, còn 0" in office.well("--as lan inbox --read all")
    assert "1 chờ" in office.well("notice status")
    (letter,) = office("notice list --json").json["items"]
    database = connect(office.environment["DONDOC_DATABASE_URL"])
    with database.writing() as unit:
        unit.run(update(_message).values(state="dead", trouble="refused", error="550 no such user", attempts=1))
    database.close()
    assert office("notice status").code == 1
    assert "550 no such user" in office.well("notice list --state dead")
    assert office("notice retry").code == 1
    office.well(f"notice retry {letter['id']}")
    with mail.running(mail.MailServer()) as server:
        settings = {
            "DONDOC_SMTP_HOST": server.host, "DONDOC_SMTP_PORT": str(server.port), "DONDOC_SMTP_SECURITY": "none",
            "DONDOC_SMTP_FROM": "dondoc@example.vn",
        }  # fmt: skip
        assert "1 đã gửi" in office.well("deliver", **settings)
        (arrived,) = server.letters()
    assert arrived["To"] == "Lường Thị Lan <lan@example.vn>"
    assert "1 đã gửi" in office.well("notice status")


def test_a_mail_server_without_a_sender_is_told_by_its_setting(office: Terminal) -> None:
    said = office("deliver", DONDOC_SMTP_HOST="127.0.0.1")
    assert said.code == 1
    assert "DONDOC_SMTP_FROM" in said.err
    assert "DONDOC_SMTP_FROM" in office("deliver", DONDOC_SMTP_HOST="127.0.0.1", DONDOC_SMTP_FROM="a b@c").err
