"""P9 and P10 for e-mail: every letter arrives once its server is back, twice only where nobody could know.

One slow receiver holds up nobody else.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.faults.conftest import nobody_writes_any_more
from tests.faults.sizes import Record, size
from tests.mornings import at, deliver_at, many_letters
from tests.office import Office
from tests.servers import mail
from tests.servers.mail import TAKEN, MailServer
from workflows.delivering import Delivered
from workflows.delivering.smtp import MailServer as Address
from workflows.delivering.smtp import SmtpChannel

LETTERS, KILLS = size("LETTERS"), size("MAIL_KILLS")
ROOT = Path(__file__).parents[2]
DAY = date(2026, 9, 14)
MORNING = at(DAY)
TURNS = 15
"""How many senders begin on one day, 20 minutes after one another: first letters leave in working hours only."""


def one_round(office: Office, now: datetime, port: int, *, longest: float = 240.0, patience: float = 15.0) -> Delivered:
    channel = SmtpChannel(Address("127.0.0.1", port, "dondoc@example.vn", patience=patience))
    return deliver_at(office, now, channel, longest=longest)


def left(office: Office) -> dict[str, int]:
    return {row["state"]: row["n"] for row in office.rows("SELECT state, count(*) AS n FROM message GROUP BY state")}


def in_doubt(office: Office) -> set[str]:
    """Return to whom a letter went that may have arrived although nobody said so."""
    doubtful = "SELECT a.login FROM message m JOIN account a ON a.id = m.account_id WHERE m.in_doubt"
    return {row["login"] for row in office.rows(doubtful)}


def arrived_twice(server: MailServer) -> set[str]:
    """Return whose letter was taken more than once; each letter has one Message-ID whenever it came."""
    assert len(server.times()) == len({receiver for _, receiver in server.taken}) == LETTERS
    times = server.times()
    return {receiver.partition("@")[0] for key, receiver in server.taken if times[key] > 1}


class Moods:
    """What a mail server does over a day: refuses for a while, stalls, hangs up after it has the letter."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.mood = "up"
        self.unknown: set[str] = set()

    async def at_rcpt(self, _receiver: str) -> str:
        if self.mood == "450":
            return "450 4.3.2 not now"
        if self.mood == "hang":
            await asyncio.sleep(3600)
        return TAKEN

    async def at_end(self, receiver: str) -> str:
        if self.mood == "drop" and self.random.random() < 0.5:
            self.unknown.add(receiver)
            return "DROP"
        return TAKEN


@pytest.mark.faults
def test_a_mail_server_that_fails_for_a_day_loses_no_letter(office: Office, record_property: Record) -> None:
    addresses = many_letters(office, LETTERS, DAY)
    moods = Moods(LETTERS)
    now = MORNING
    for _ in range(4):  # nobody listens
        assert one_round(office, now, 9).sent == 0
        now += timedelta(hours=1)
    with mail.running(MailServer(at_rcpt=moods.at_rcpt, at_end=moods.at_end, keep_bodies=False)) as server:
        for mood, rounds in (("450", 2), ("hang", 3), ("drop", 2)):
            moods.mood = mood
            for _ in range(rounds):
                patient = {"longest": 2.0, "patience": 0.5} if mood == "hang" else {}
                one_round(office, now, server.port, **patient)
                now += timedelta(hours=2)
        moods.mood = "up"
        now = MORNING + timedelta(days=1)
        while left(office).get("waiting"):
            one_round(office, now, server.port)
            now += timedelta(hours=1)
            assert now < MORNING + timedelta(days=3)
    assert left(office) == {"sent": LETTERS}
    assert {receiver for _, receiver in server.taken} == set(addresses)
    twice, doubtful = arrived_twice(server), in_doubt(office)
    assert twice <= doubtful
    assert {receiver.partition("@")[0] for receiver in moods.unknown} <= doubtful
    reached = f"{LETTERS} letters, {len(doubtful)} of unknown outcome, {len(twice)} arrived twice"
    record_property("reached", reached)


@pytest.mark.faults
def test_a_killed_sender_loses_no_letter(office: Office, record_property: Record) -> None:
    addresses = many_letters(office, LETTERS, DAY)
    random, killed = Random(KILLS), 0
    url = office.database.engine.url.render_as_string(hide_password=False)
    with mail.running(MailServer(keep_bodies=False)) as server:
        for n in range(KILLS + 1):
            day, turn = divmod(n, TURNS)
            if n == KILLS:  # what is still untried waits for a morning
                day, turn = day + 1, 0
            begins = (MORNING + timedelta(days=day, minutes=20 * turn)).isoformat()
            rounds = "1" if n < KILLS else "8"
            command = [sys.executable, "-m", "tests.faults.deliverer", url, str(server.port), begins, rounds]
            environment = {**os.environ, "PYTHONPATH": str(ROOT)}
            before = len(server.taken)
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as deliverer:
                assert deliverer.stdout is not None
                assert deliverer.stdout.readline() == "ready\n"
                if n < KILLS:
                    wanted = before + random.randint(1, max(LETTERS // (2 * KILLS), 1))
                    while len(server.taken) < wanted and deliverer.poll() is None:
                        time.sleep(0.001)
                    deliverer.send_signal(signal.SIGKILL)
                    killed += 1
                deliverer.stdout.read()
            nobody_writes_any_more(office)
    assert left(office) == {"sent": LETTERS}
    assert {receiver for _, receiver in server.taken} == set(addresses)
    twice, doubtful = arrived_twice(server), in_doubt(office)
    assert twice <= doubtful
    told = f"{killed} kills, {len(doubtful)} in doubt, {len(twice)} arrived twice"
    record_property("reached", f"{LETTERS} letters, {told}")


@pytest.mark.faults
def test_a_slow_receiver_holds_up_itself_alone(office: Office) -> None:
    addresses = many_letters(office, LETTERS, DAY)
    slow = set(addresses[:3])
    when_given_up: list[int] = []

    async def at_rcpt(receiver: str) -> str:
        if receiver in slow:
            try:
                await asyncio.sleep(3600)
            finally:
                when_given_up.append(len(server.taken))
        return TAKEN

    with mail.running(MailServer(at_rcpt=at_rcpt, keep_bodies=False)) as server:
        done = one_round(office, MORNING, server.port, patience=5.0)
        assert (done.sent, done.put_off) == (LETTERS - len(slow), len(slow))
    assert {receiver for _, receiver in server.taken} == set(addresses) - slow
    if LETTERS <= 200:
        assert min(when_given_up) == LETTERS - len(slow), "the others had to wait"
