"""P12: PostgreSQL goes away in immediate mode and comes back, again and again, while everybody works.

Clerks write over HTTP and repeat under their key what was not answered with success; timekeepers sweep; letters leave.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select, text

from models.units import Database, connect
from states.errors import OutcomeUnknown, Unavailable
from tests.faults.due_clocks import Clocks, within
from tests.faults.service import Service, asked, eventually, logged_errors, serving
from tests.faults.sizes import Record, size
from tests.faults.timekeepers import timekeeper
from tests.mornings import at, many_letters
from tests.office import HandClock, Office, open_office
from tests.servers import mail
from tests.servers.mail import MailServer
from tests.servers.postgres import DURABLE, RestartablePostgres, restartable_postgres
from workflows import delivering, verifying
from workflows.delivering.smtp import MailServer as Address
from workflows.delivering.smtp import SmtpChannel
from workflows.migrating import upgrade

pytestmark = pytest.mark.faults
DAY = date(2026, 9, 14)
EXPECTED = ("states.errors.Unavailable ", "states.errors.OutcomeUnknown ")
CLERKS, CLOCKS_EACH, LETTERS_EACH = 3, 3, 40
BACK_WITHIN = 60.0
"""When a test gives up waiting, in seconds; the promise is ten."""


@dataclass
class Work:
    """What is going on while the database comes and goes. Each worker ends with `over`; what it raises is kept."""

    over: threading.Event = field(default_factory=threading.Event)
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    acknowledged: dict[str, str] = field(default_factory=dict)
    wrong: list[Any] = field(default_factory=list)

    def clerk(self, service: Service, name: str) -> None:
        """Enter petitions and screen them; each is sent again under its key until it is acknowledged."""
        n = 0
        while not self.over.is_set():
            n += 1
            text = f"Xin giếng nước {name}-{n}"
            code = self.sent(
                service, "/api/v1/petitions", {"on": "2026-08-01", "payload": {"text": text}}, f"{name}-{n}"
            )
            if code is not None:
                self.acknowledged[text] = code
                body = {"trigger": "screen", "on": "2026-08-05", "payload": {"level": "commune"}}
                self.sent(service, f"/api/v1/cases/{code}/moves", body, f"{name}-{n}-screen")

    def sent(self, service: Service, path: str, body: Any, key: str) -> str | None:
        """Send until it is acknowledged and return the code of the case, None when the work is over before."""
        kind = {"Authorization": f"Bearer {service.token}", "Content-Type": "application/json", "If-Match": "*"}
        while True:
            status, headers, said = asked(
                service.address + path, method="POST", body=json.dumps(body).encode(),
                headers={**kind, "Idempotency-Key": key},
            )  # fmt: skip
            self.answers["write", status] += 1
            if status in {200, 201}:
                return str(json.loads(said)["code"])
            if status != 503 or "retry-after" not in headers:
                self.wrong.append((status, said))
                return None
            if self.over.wait(0.1):
                return None

    def reader(self, service: Service) -> None:
        """Look at the list and at the health of the service."""
        while not self.over.wait(0.05):
            for path in ("/api/v1/petitions", "/health/ready"):
                status, _, said = asked(service.address + path, headers={"Authorization": f"Bearer {service.token}"})
                self.answers["read", status] += 1
                if status not in {200, 503}:
                    self.wrong.append((status, said))

    def deliverer(self, url: str, port: int) -> None:
        """Deliver letters, round after round, on a clock of a working morning."""
        clock = HandClock(at(DAY), timedelta(0))
        database = connect(url, clock=clock)
        while not self.over.wait(0.05):
            clock.now += timedelta(seconds=2)  # what a lost commit has claimed is free again after a while
            try:
                delivering.deliver(database, [SmtpChannel(Address("127.0.0.1", port, "dondoc@example.vn"))], longest=2)
            except Unavailable:
                self.answers["delivery", 503] += 1
            else:
                self.answers["delivery", 200] += 1
        database.close()

    @contextmanager
    def going_on(self, *workers: Callable[[], None]) -> Iterator[None]:
        """Let workers work in threads of their own until the block ends."""

        def kept(worker: Callable[[], None]) -> None:
            try:
                worker()
            except Exception as error:  # noqa: BLE001 - whatever a worker meets, the test must see it
                self.wrong.append(error)

        threads = [threading.Thread(target=kept, args=(worker,)) for worker in workers]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.over.set()
            for thread in threads:
                thread.join()


def back_after(work: Work) -> float:
    """Wait until a clerk is answered with success again and return how many seconds that took."""
    began, before = time.monotonic(), work.answers["write", 201]
    assert eventually(lambda: work.answers["write", 201] > before, BACK_WITHIN), work.answers
    return time.monotonic() - began


def left(office: Office) -> dict[str, int]:
    """Return how many of the letters are in which state."""
    query = "SELECT m.state, count(*) AS n FROM message m JOIN account a ON a.id = m.account_id"
    return {row["state"]: row["n"] for row in office.rows(f"{query} WHERE a.login LIKE 'nguoi%' GROUP BY m.state")}


def entered(office: Office) -> dict[str, list[str]]:
    """Return the codes of the cases in which each text of a clerk stands."""
    found: dict[str, list[str]] = {}
    query = 'SELECT t.body, c.code FROM text_version t JOIN "case" c ON c.id = t.case_id'
    for row in office.rows(f"{query} WHERE t.body LIKE 'Xin giếng nước %'"):
        found.setdefault(row["body"], []).append(row["code"])
    return found


def unexpected(*logs: Path) -> list[str]:
    """Return what processes logged as errors, but for the database that was not there."""
    told = {str(line.get("error", line)) for log in logs for line in logged_errors(log)}
    return sorted(error for error in told if not error.startswith(EXPECTED))


def twice(server: MailServer) -> set[str]:
    """Return who got a letter twice."""
    return {to for key, to in server.taken if server.times()[key] > 1}


def in_doubt(office: Office) -> set[str]:
    """Return to whom a letter went of which nobody knows for certain whether it had arrived before."""
    query = "SELECT a.login FROM message m JOIN account a ON a.id = m.account_id WHERE m.in_doubt"
    return {f"{row['login']}@example.vn" for row in office.rows(query)}


@pytest.fixture
def postgres() -> Iterator[RestartablePostgres]:
    with restartable_postgres(DURABLE) as server:
        yield server


def test_nothing_is_lost_or_doubled_while_the_database_restarts(
    postgres: RestartablePostgres, tmp_path: Path, record_property: Record
) -> None:
    restarts, work = size("DATABASE_RESTARTS"), Work()
    random, back = Random(restarts), [0.0]
    url = postgres.server.create_database()
    upgrade(url)
    settings = {"DONDOC_DATABASE_URL": url, "DONDOC_LOG_FORMAT": "json", "DONDOC_SWEEP_SECONDS": "1"}
    with ExitStack() as stack:
        office = stack.enter_context(open_office(url))
        letters = many_letters(office, restarts * LETTERS_EACH, DAY)
        server = stack.enter_context(mail.running(MailServer(keep_bodies=False)))
        (tmp_path / "office").mkdir()
        service = stack.enter_context(
            serving(tmp_path / "office", login="charge", log=tmp_path / "office.log", **settings)
        )
        keeper = stack.enter_context(timekeeper(tmp_path / "keeper", DONDOC_DATABASE_URL=url))
        clocks = Clocks(office)
        clerks = [lambda n=n: work.clerk(service, f"thu-{n}") for n in range(CLERKS)]
        with work.going_on(*clerks, lambda: work.reader(service), lambda: work.deliverer(url, server.port)):
            for _ in range(restarts):
                for _ in range(CLOCKS_EACH):
                    clocks.arm(next(clocks), within(random, 0, 3))
                time.sleep(random.uniform(1, 3))
                postgres.go_away()
                time.sleep(random.uniform(0, 0.5))
                postgres.start()
                back.append(back_after(work))
            assert eventually(lambda: not left(office).get("waiting"), 300)
        assert clocks.all_fired()
        assert clocks.doubled_or_out_of_order() == []
        assert work.wrong == []
        assert unexpected(service.log, keeper.log) == []
        assert left(office) == {"sent": len(letters)}
        assert {to for _, to in server.taken} == set(letters)
        assert twice(server) <= in_doubt(office)
        found = entered(office)
        assert {text: found.get(text) for text in work.acknowledged} == {t: [c] for t, c in work.acknowledged.items()}
        assert [codes for codes in found.values() if len(codes) > 1] == []
        with office.database.reading() as unit:
            assert verifying.verify(unit, key=None).faults == ()
    record_property(
        "reached",
        f"{restarts} restarts, {len(work.acknowledged)} petitions acknowledged and there, {clocks.due} rungs once,"
        f" {len(letters)} letters ({len(twice(server))} twice), answers {dict(sorted(work.answers.items()))},"
        f" back after {max(back):.1f} s at most",
    )


def test_who_comes_back_after_a_restart_meets_no_dead_connection(postgres: RestartablePostgres) -> None:
    database = connect(postgres.server.create_database())
    with database.reading() as unit:
        assert unit.read(select(1)).scalar() == 1
    postgres.go_away()
    with pytest.raises(Unavailable, match="nothing was written"), database.reading() as unit:
        unit.read(select(1))
    postgres.start()
    with database.reading() as unit:
        assert unit.read(select(1)).scalar() == 1
    postgres.go_away()
    postgres.start()
    time.sleep(1.1)  # nobody works for a moment: the next one is not to pay for it
    with database.reading() as unit:
        assert unit.read(select(1)).scalar() == 1
    database.close()


def test_a_database_that_is_lost_at_the_commit_leaves_open_what_was_kept(postgres: RestartablePostgres) -> None:
    database = connect(postgres.server.create_database())
    with database.writing() as unit:
        unit.run(text("CREATE TABLE kept (n INTEGER)"))
    with pytest.raises(OutcomeUnknown):
        lost_while_writing(database, postgres, (1,), ())
    postgres.start()
    with pytest.raises(Unavailable, match="nothing was written"):
        lost_while_writing(database, postgres, (2,), (3,))
    postgres.start()
    with database.reading() as unit:
        assert set(unit.read(text("SELECT n FROM kept")).scalars()) <= {1}
    database.close()


def lost_while_writing(
    database: Database, postgres: RestartablePostgres, before: Sequence[int], after: Sequence[int]
) -> None:
    """Write in one unit, before and after the database goes away."""
    with database.writing() as unit:
        for n in before:
            unit.run(text("INSERT INTO kept VALUES (:n)"), {"n": n})
        postgres.go_away()
        for n in after:
            unit.run(text("INSERT INTO kept VALUES (:n)"), {"n": n})
