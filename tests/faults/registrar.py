"""Registers one paper after the other, each over all the cases it is given, until it is killed.

It says "ready" when it begins, and the number of each paper after its unit has committed. A letter sends every case
and records its receipt; the next paper urges all of them; every later one too.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from itertools import count

from models.units import connect
from states.entries import DocumentSlip
from states.paper_acts import PaperAct
from workflows import access, accounts, enacting
from workflows.enacting.orders import PaperOrder, PaperRow

SENT = date(2026, 8, 6)


def main(url: str, first: int, codes: list[str]) -> None:
    """Register papers for ever, from number `first` on."""
    database = connect(url)
    rows = tuple(map(PaperRow, codes))
    os.write(1, b"ready\n")
    for n in count(first):
        act = PaperAct.TRANSFER if n == 1 else PaperAct.URGING
        values = {"addressees": ["UBND"], "incoming_number": "9"} if n == 1 else {"words": f"Đôn đốc lần {n}"}
        slip = DocumentSlip(number=f"{n}/HĐND-TT", issued_on=SENT, issuer="TTHDND")
        with database.writing() as unit:
            actor = accounts.operator(unit, user="registrar")
            setting = access.council(unit, actor=actor)
            order = PaperOrder(act, slip, rows, actor, SENT, values, received_on=SENT if n == 1 else None)
            report = enacting.enact(unit, setting=setting, order=order)
        os.write(1, f"{n} {report.written}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
