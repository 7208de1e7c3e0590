"""An office whose people are reminded: late petitions, people with addresses, days that pass with their sweeps."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from models.alerting import AgencyContact, Message, MessageItem, Notice, NoticeChoice
from models.columns import table_of
from models.councils import Account
from models.units import HANOI
from states.alerting import MessageChannel, NoticeKind
from tests.office import Office
from workflows import delivering, sweeping
from workflows.delivering import Delivered
from workflows.delivering.channels import TAKEN, Channel, Letter, Outcome
from workflows.drafting import new_id

RECEIVED = date(2026, 8, 7)
DUE = date(2026, 8, 27)
"""A Thursday: a petition received on 07/08 is to be answered in 20 days. Its rungs: 21/08 and 25/08 (the
Saturday between is worked), 27/08, 28/08 twice (overdue; the urging letter is proposed)."""


@dataclass
class MemoryChannel:
    """Keeps what is sent; `answer` decides what comes of it."""

    answer: Callable[[Letter], Outcome] = lambda _letter: TAKEN
    kind: MessageChannel = MessageChannel.EMAIL
    letters: list[Letter] = field(default_factory=list)

    async def send(self, letter: Letter) -> Outcome:
        """Keep the letter and answer."""
        outcome = self.answer(letter)
        if outcome.trouble is None:
            self.letters.append(letter)
        return outcome

    async def close(self) -> None:
        """Nothing is open."""


def at(day: date, clock: time = time(8, 0)) -> datetime:
    """Return an instant by its local time."""
    return datetime.combine(day, clock, HANOI).astimezone(UTC)


def received(office: Office, text: str = "Đường vào bản Nà Pát lầy lội", *addressees: str) -> tuple[str, list[UUID]]:
    """Bring a petition to its addressees on 07/08."""
    office.clock.now = at(date(2026, 8, 6))
    code, referrals = office.sent(*(addressees or ("UBND",)), code=office.record(text))
    office.clock.now = at(RECEIVED)
    for referral in referrals:
        office.go(code, "receive", RECEIVED, referral=referral)
    return code, referrals


def choose(office: Office, login: str, **wishes: Any) -> None:
    """Say how an account wants to be told; by default at 07:30 to LOGIN@example.vn."""
    values = {"email": f"{login}@example.vn", "digest_at": time(7, 30), "mail": True, "language": "vi", **wishes}
    if isinstance(values.get("redirect_to"), str):
        values["redirect_to"] = office[values["redirect_to"]].account
    with office.database.writing() as unit:
        unit.run(insert(table_of(NoticeChoice)).values(account_id=office[login].account, **values))


def contact(office: Office, agency: str, email: str, *, place: int = 1, name: str = "Vì Thị Đầu Mối") -> UUID:
    """Name whom to write to in an agency."""
    key = new_id()
    values = {"id": key, "council_id": office.setting.council, "agency_id": office.agencies[agency]}
    with office.database.writing() as unit:
        unit.run(insert(table_of(AgencyContact)).values(**values, place=place, full_name=name, email=email))
    return key


def duty(
    office: Office,
    cause: str,
    *audience: str,
    sentence: str = "Ngày mai tiếp công dân",
    due_at: datetime | None = None,
    everywhere: bool = False,
    kind: NoticeKind = NoticeKind.DUTY,
) -> None:
    """Write a notice as a recurring job does."""
    with office.database.writing() as unit:
        row = {
            "cause": cause,
            "council_id": None if everywhere else office.setting.council,
            "kind": kind.value,
            "due_at": due_at or unit.now,
            "created_at": unit.now,
            "audience": json.dumps(list(audience)) if audience else None,
            "sentence_vi": sentence,
            "sentence_en": "A duty",
        }
        unit.run(insert(table_of(Notice)).values(**row))


def dead_letter(office: Office, login: str) -> UUID:
    """Return a letter to an account that a mail server has refused."""
    key, now = new_id(), office.clock.now
    row = {
        "id": key, "account_id": office[login].account, "channel": "email", "digest_on": now.date(), "not_before": now,
        "next_at": now, "state": "dead", "attempts": 1, "in_doubt": False, "created_at": now, "trouble": "refused",
        "error": "550 5.1.1 no such user",
    }  # fmt: skip
    with office.database.writing() as unit:
        unit.run(insert(table_of(Message)).values(**row))
    return key


def many_letters(office: Office, count: int, day: date) -> list[str]:
    """Let `count` letters wait for the morning of `day`, each to an account of its own; return their addresses."""
    now, cause = at(day, time(7, 30)), f"duty:{day}"
    duty(office, cause, due_at=now)
    people = [(new_id(), new_id(), f"nguoi{n}") for n in range(count)]
    letters = [
        {
            "id": key, "account_id": account, "channel": "email", "digest_on": day, "not_before": now, "next_at": now,
            "state": "waiting", "attempts": 0, "in_doubt": False, "created_at": now,
        }
        for account, key, _ in people
    ]  # fmt: skip
    choices = {"digest_at": time(7, 30), "mail": True, "language": "vi"}
    with office.database.writing() as unit:
        for table, rows in (
            (Account, [{"id": a, "login": name, "operator": False, "created_at": now} for a, _, name in people]),
            (NoticeChoice, [{"account_id": a, "email": f"{name}@example.vn", **choices} for a, _, name in people]),
            (Message, letters),
            (MessageItem, [{"message_id": key, "cause": cause, "left_out": None} for _, key, _ in people]),
        ):
            unit.run(insert(table_of(table)), rows)
    return [f"{name}@example.vn" for _, _, name in people]


def sweep_at(office: Office, instant: datetime) -> None:
    """Let time pass until `instant` and sweep then."""
    office.clock.now = instant
    sweeping.sweep(office.database)


def deliver_at(office: Office, instant: datetime, *channels: Channel, **more: Any) -> Delivered:
    """Sweep and deliver at `instant`."""
    sweep_at(office, instant)
    office.clock.now = instant
    return delivering.deliver(office.database, channels, **more)


def pass_days(office: Office, until: date, channel: MemoryChannel, *, hours: Sequence[int] = (0, 8, 12)) -> None:
    """Sweep and deliver at some hours of every day until the end of `until`."""
    day = office.clock.now.astimezone(HANOI).date() + timedelta(days=1)
    while day <= until:
        for hour in hours:
            deliver_at(office, at(day, time(hour, 0)), channel)
        day += timedelta(days=1)


def inbox(office: Office, login: str) -> list[str]:
    """Return the causes in an inbox, oldest first."""
    wanted = (
        "SELECT i.cause FROM inbox_item i JOIN account a ON a.id = i.account_id"
        f" WHERE a.login = '{login}' ORDER BY i.id"
    )
    return [row["cause"] for row in office.rows(wanted)]
