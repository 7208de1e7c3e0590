"""`python -m benchmarks.papers`: a letter with receipt and an answer report over 1,000 petitions, on both databases."""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.units import Database, connect
from states.entries import DocumentSlip
from states.facts import Actor
from states.paper_acts import PaperAct
from tests.servers.postgres import DURABLE, running_postgres
from workflows import accounts, councils, enacting, registering
from workflows.access import Setting
from workflows.enacting.orders import PaperOrder, PaperReport, PaperRow
from workflows.migrating import upgrade

RECEIVED, SENT, ANSWERED = date(2026, 8, 3), date(2026, 8, 6), date(2026, 8, 21)
LETTER = DocumentSlip(number="12/HĐND-TT", issued_on=SENT, issuer="TTHDND", signer="Lò Văn Thường")
REPORT = DocumentSlip(number="61/BC-UBND", issued_on=ANSWERED, issuer="UBND", signer="Đèo Văn Ủy")


@dataclass(frozen=True)
class Register:
    """A register of petitions nobody has sent yet."""

    database: Database
    setting: Setting
    actor: Actor
    codes: tuple[str, ...]


def furnish(url: str, rows: int) -> Register:
    """Migrate an empty database and enter `rows` petitions."""
    upgrade(url)
    database = connect(url)
    with database.writing() as unit:
        actor = accounts.operator(unit, user="benchmark")
        spec = councils.CouncilSpec(code="DO", name="Hội đồng nhân dân xã Đo Lường")
        setting = councils.create(unit, spec=spec, actor=actor)
        births = [
            registering.Birth(
                "petition",
                {"text": f"Đề nghị sửa đoạn đường liên thôn số {n}", "round_kind": "before_session"},
                RECEIVED,
            )
            for n in range(rows)
        ]
        born = registering.register_all(unit, setting=setting, births=births, actor=actor)
    return Register(database, setting, actor, tuple(moved.code for moved in born))


def enact(register: Register, order: PaperOrder) -> tuple[float, PaperReport]:
    """Register one paper; return the seconds until its commit."""
    began = time.perf_counter()
    with register.database.writing() as unit:
        report = enacting.enact(unit, setting=register.setting, order=order)
    return time.perf_counter() - began, report


def measure(url: str, rows: int) -> tuple[float, float, float]:
    """Return the seconds of a preview, of a transfer with receipt (six events a case), of an answer report."""
    register = furnish(url, rows)
    sent = {"addressees": ["UBND"], "incoming_number": "88"}
    letter = _order(register, PaperAct.TRANSFER, LETTER, SENT, tuple(map(PaperRow, register.codes)), values=sent)
    began = time.perf_counter()
    with register.database.reading() as unit:
        enacting.preview(unit, setting=register.setting, order=letter)
    previewed = time.perf_counter() - began
    transferred, first = enact(register, letter)
    said = {"claimed": "resolved", "words": "Đã sửa xong đoạn đường.", "evidence": "Biên bản nghiệm thu"}
    answers = tuple(PaperRow(code, values=said) for code in register.codes)
    answered, second = enact(register, _order(register, PaperAct.ANSWER, REPORT, ANSWERED, answers))
    assert first.written == second.written == rows
    register.database.close()
    return previewed, transferred, answered


def _order(
    register: Register, act: PaperAct, slip: DocumentSlip, on: date, rows: tuple[PaperRow, ...], **more: Any
) -> PaperOrder:
    received = SENT if act is PaperAct.TRANSFER else None
    return PaperOrder(act, slip, rows, register.actor, on, received_on=received, **more)


def main() -> None:
    """Measure both databases and print a Markdown table."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.papers", description=__doc__)
    arguments.add_argument("--rows", type=int, default=1000, help="petitions in the annex (default 1000)")
    rows = arguments.parse_args().rows
    print("| database | rows | preview s | transfer and receipt s | answer report s |")
    print("| --- | ---: | ---: | ---: | ---: |")
    with running_postgres(DURABLE) as server, tempfile.TemporaryDirectory() as folder:
        for url in (server.create_database(), f"sqlite+pysqlite:///{folder}/dondoc.db"):
            name = url.partition(":")[0].partition("+")[0]
            print(f"| {name} | {rows} | " + " | ".join(f"{seconds:.2f}" for seconds in measure(url, rows)) + " |")


if __name__ == "__main__":
    main()
