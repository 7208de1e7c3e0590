"""Papers as tests register them: short to write, through the one door."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from states.entries import DocumentSlip
from states.facts import Actor
from states.paper_acts import PaperAct
from tests.office import Office
from workflows import enacting
from workflows.enacting.orders import PaperOrder, PaperReport, PaperRow, RowOutcome

SENT_ON, RECEIVED_ON, ANSWERED_ON = date(2026, 8, 6), date(2026, 8, 7), date(2026, 8, 21)
LETTER = DocumentSlip(
    number="12/HĐND-TT", issued_on=SENT_ON, issuer="TTHDND", signer="Lò Văn Thường Trực", signed_as="TM.",
    position="Chủ tịch",
)  # fmt: skip
REPORT = DocumentSlip(number="61/BC-UBND", issued_on=date(2026, 8, 20), issuer="UBND", signer="Đèo Văn Ủy Ban")
DONE, ALREADY, REFUSED = RowOutcome.DONE, RowOutcome.ALREADY, RowOutcome.REFUSED


def rows(*codes: str | PaperRow) -> tuple[PaperRow, ...]:
    """Return rows of an annex in this order."""
    return tuple(row if isinstance(row, PaperRow) else PaperRow(row) for row in codes)


def paper(
    office: Office,
    act: PaperAct | None,
    slip: DocumentSlip | None,
    codes: Iterable[str | PaperRow],
    on: date | None = SENT_ON,
    /,
    *,
    actor: Actor | None = None,
    **more: Any,
) -> PaperOrder:
    """Return an order of the clerk in charge; `more` are its further fields, `values` among them."""
    return PaperOrder(act, slip, rows(*codes), actor or office["charge"], on, **more)


def enact(office: Office, order: PaperOrder) -> PaperReport:
    """Register a paper in a unit of its own."""
    with office.database.writing() as unit:
        return enacting.enact(unit, setting=office.setting, order=order)


def preview(office: Office, order: PaperOrder) -> PaperReport:
    """Look at a paper in a unit that cannot write."""
    with office.database.reading() as unit:
        return enacting.preview(unit, setting=office.setting, order=order)


def transferred(office: Office, *texts: str, received: bool = True) -> list[str]:
    """Return petitions that one letter sent to the people's committee."""
    codes = [office.record(text) for text in texts]
    values = {"addressees": ["UBND"], "incoming_number": "345" if received else None}
    order = paper(
        office, PaperAct.TRANSFER, LETTER, codes, values=values, received_on=RECEIVED_ON if received else None
    )
    report = enact(office, order)
    assert report.written == len(codes), report
    return codes


def answer(code: str, **values: Any) -> PaperRow:
    """Return a row of an answer report."""
    return PaperRow(code, values={"claimed": "explained", "words": "Đã giải trình.", **values})
