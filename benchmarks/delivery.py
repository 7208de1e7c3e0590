"""`python -m benchmarks.delivery`: notices told and letters sent, beside bare statements and bare SMTP.

The floor of telling writes the same rows by bare statements (inbox items, the notice) in the same batches; the floor of
sending marks by bare statements and sends ready-made bytes over as many connections to the same server, which is a
process of its own. The floors know no persons, rights or words.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiosmtplib import SMTP
from sqlalchemy import bindparam, insert, select, update

from models.alerting import InboxItem, Message, Notice
from models.columns import table_of
from models.councils import Account
from models.units import Database
from tests.mornings import at, choose, many_letters, received
from tests.office import Office, open_office
from tests.servers import mail
from tests.servers.postgres import DURABLE, running_postgres
from workflows import sweeping
from workflows.delivering import resolving
from workflows.delivering.channels import Letter
from workflows.delivering.mailing import as_message
from workflows.delivering.sending import SENDERS, Sending
from workflows.delivering.smtp import MailServer, SmtpChannel
from workflows.drafting import new_id
from workflows.migrating import upgrade

DAY = date(2026, 9, 14)
SENDER = "dondoc@example.vn"
_notice, _item, _message, _account = (table_of(m) for m in (Notice, InboxItem, Message, Account))


@dataclass(frozen=True)
class Line:
    """One measurement beside its floor, both per second."""

    what: str
    database: str
    count: int
    ours: float
    floor: float


def server() -> None:
    """Take letters for ever, in a process of its own; say at which port."""
    with mail.running(mail.MailServer(keep_bodies=False)) as running:
        print(running.port, flush=True)
        sys.stdin.read()


@contextmanager
def serving() -> Iterator[int]:
    """Run the mail server; yield its port."""
    command = [sys.executable, "-m", "benchmarks.delivery", "--server"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield int(process.stdout.readline())
        process.stdin.close()


def telling(office: Office, name: str, petitions: int) -> Line:
    """Measure how many notices are resolved into inboxes and letters."""
    for n in range(petitions):
        received(office, f"Đề nghị sửa đường số {n}")
    for login in ("ubnd", "charge", "standing"):
        choose(office, login)
    office.clock.now = at(date(2026, 8, 28))
    sweeping.sweep(office.database)
    began = time.perf_counter()
    resolved = resolving.resolve(office.database)
    ours = resolved.told / (time.perf_counter() - began)
    rows = office.rows("SELECT count(*) AS n FROM inbox_item")[0]["n"]
    return Line("tell a notice", name, resolved.told, ours, _bare_telling(office, resolved.told, rows))


def _bare_telling(office: Office, notices: int, items: int) -> float:
    """Write as many inbox items and mark as many notices by bare statements, in the same batches."""
    now, account = office.clock.now, office["charge"].account
    row = {"council_id": office.setting.council, "kind": "duty", "due_at": now, "created_at": now}
    causes = [f"bare:{n}" for n in range(notices)]
    with office.database.writing() as unit:
        unit.run(insert(_notice), [{"cause": cause, **row} for cause in causes])
    each = max(items // notices, 1)
    accounts = [found["id"] for found in _accounts(office, each)] or [account]
    began = time.perf_counter()
    for first in range(0, notices, resolving.BATCH):
        some = causes[first : first + resolving.BATCH]
        with office.database.writing() as unit:
            unit.read(select(_notice).where(_notice.c.cause.in_(some))).all()
            told = [
                {"id": new_id(), "account_id": a, "cause": c, "created_at": now} for c in some for a in accounts[:each]
            ]
            unit.run(insert(_item), told)
            ended = update(_notice).where(_notice.c.cause == bindparam("b_cause"))
            unit.run(ended.values(resolved_at=now, outcome="told"), [{"b_cause": cause} for cause in some])
    return notices / (time.perf_counter() - began)


def _accounts(office: Office, count: int) -> list[dict[str, Any]]:
    with office.database.reading() as unit:
        return [dict(row) for row in unit.read(select(_account.c.id).limit(count)).mappings()]


def sending(office: Office, name: str, letters: int, port: int) -> Line:
    """Measure how many letters are written, sent and marked."""
    many_letters(office, letters, DAY)
    office.clock.now = at(DAY)
    resolving.resolve(office.database)
    began = time.perf_counter()
    round_ = Sending(office.database, SmtpChannel(MailServer("127.0.0.1", port, SENDER)))
    sent = asyncio.run(round_.run())["sent"]
    ours = sent / (time.perf_counter() - began)
    assert sent == letters, sent
    return Line("send a letter", name, sent, ours, _bare_sending(office, letters, port))


def _bare_sending(office: Office, letters: int, port: int) -> float:
    """Claim, send ready-made bytes and mark, as many letters, over as many connections."""
    text = "Việc cần xử lý\n" * 12
    made = Letter(uuid4(), "a@example.vn", "Lò Văn A", "[Dondoc] 1 việc", text, f"<p>{text}</p>", datetime.now(UTC))
    content = as_message(made, sender=SENDER)
    with office.database.writing() as unit:
        ids = list(unit.read(select(_message.c.id).limit(letters)).scalars())
        unit.run(update(_message).values(state="waiting", sent_at=None))
    began = time.perf_counter()
    asyncio.run(_bare(office.database, ids, content, port))
    return letters / (time.perf_counter() - began)


async def _bare(database: Database, ids: list[Any], content: bytes, port: int) -> None:
    waiting = list(ids)

    def marked(key: Any) -> None:
        with database.writing() as unit:
            unit.run(update(_message).where(_message.c.id == key).values(state="sent", sent_at=unit.now))

    async def one() -> None:
        async with SMTP(hostname="127.0.0.1", port=port, start_tls=False, local_hostname="example.vn") as client:
            while waiting:
                key = waiting.pop()
                await client.sendmail(SENDER, ["a@example.vn"], content)
                await asyncio.to_thread(marked, key)

    await asyncio.gather(*(one() for _ in range(SENDERS)))


def measure(letters: int, petitions: int) -> list[Line]:
    """Measure on both databases."""
    lines: list[Line] = []
    with serving() as port, running_postgres(DURABLE) as postgres, tempfile.TemporaryDirectory() as folder:
        for name in ("postgresql", "sqlite"):
            for what in ("tell", "send"):
                url = postgres.create_database() if name == "postgresql" else f"sqlite:///{folder}/{what}.db"
                upgrade(url)
                with open_office(url) as office:
                    made = telling(office, name, petitions) if what == "tell" else sending(office, name, letters, port)
                    lines.append(made)
    return lines


def as_markdown(lines: list[Line]) -> str:
    """Return the measurements as a Markdown table."""
    head = "| what | database | count | Dondoc /s | floor /s | ratio |\n| --- | --- | ---: | ---: | ---: | ---: |"
    rows = [
        f"| {line.what} | {line.database} | {line.count:,} | {line.ours:,.0f} | {line.floor:,.0f} |"
        f" {line.ours / line.floor:.2f} |"
        for line in lines
    ]
    return "\n".join([head, *rows])


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.delivery", description=__doc__)
    arguments.add_argument("--letters", type=int, default=10_000)
    arguments.add_argument("--petitions", type=int, default=500)
    arguments.add_argument("--json", type=Path)
    arguments.add_argument("--server", action="store_true", help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.server:
        server()
        return
    lines = measure(chosen.letters, chosen.petitions)
    print(as_markdown(lines))
    if chosen.json:
        chosen.json.write_text(json.dumps([asdict(line) for line in lines], indent=2))


if __name__ == "__main__":
    main()
