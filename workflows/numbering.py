"""The office's own slips, numbered by Dondoc where the office opted in: one series per kind and year, from 1.

Other papers get their numbers from văn thư in the document system; those are entered, never given here. A number is
given in the transaction of what it is for, so the series has no gap and no double; a void slip keeps its number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import insert, select, update

from models.columns import table_of
from models.councils import Account, Agency, CodeSeries, CouncilSetup
from models.history import Document, SlipNumber
from models.units import Unit, WriteUnit
from states.entries import DocumentSlip
from states.errors import BadInput, NotFound
from states.facts import Actor
from states.paper_words import ABBREVIATIONS, DocumentType
from states.text import Text
from workflows import councils
from workflows.access import Setting
from workflows.registering import reserve

_slip, _series, _setup = table_of(SlipNumber), table_of(CodeSeries), table_of(CouncilSetup)
_agency, _account, _document = table_of(Agency), table_of(Account), table_of(Document)
OWN = frozenset({DocumentType.TRANSFER_SLIP, DocumentType.DISPATCH_SLIP, DocumentType.REPORT_SLIP})
"""The types of paper that an office may let Dondoc number: its slips. Decree 30/2020 leaves slips to the office."""
_ABBREVIATION = {kind: short for short, kind in ABBREVIATIONS.items()}


@dataclass(frozen=True, slots=True)
class Given:
    """One number of a series; `voided_at` and `reason` where the slip is void."""

    series: str
    year: int
    number: int
    written: str
    given_by: str
    given_at: datetime
    document: UUID | None
    reason: str | None
    voided_at: datetime | None


def opt_in(unit: WriteUnit, *, setting: Setting, actor: Actor, numbered: bool) -> None:
    """Say whether Dondoc numbers the office's own slips.

    Raises: NotPermitted.
    """
    councils.require_in_charge(actor, setting.council)
    unit.run(update(_setup).where(_setup.c.council_id == setting.council).values(numbers_slips=numbered))


def foreseen(unit: Unit, *, setting: Setting, slip: DocumentSlip) -> DocumentSlip:
    """Return `slip` with the number it would get now, for a preview; nothing is taken.

    Raises: BadInput.
    """
    series = _series_of(unit, setting, slip)
    place = (_series.c.council_id == setting.council, _series.c.prefix == _prefix(series))
    last = unit.read(select(_series.c.last).where(*place, _series.c.year == unit.today.year)).scalar() or 0
    return _numbered(unit, setting, slip, series, int(last) + 1)


def give(unit: WriteUnit, *, setting: Setting, slip: DocumentSlip) -> DocumentSlip:
    """Return `slip` with the next number of its series and, unless it has one, today's date.

    Others who ask for a number of this series wait until the unit ends. `remember` writes whom it was given to.
    Raises: BadInput when the office has not opted in, or the paper is none of its own slips.
    """
    series = _series_of(unit, setting, slip)
    number = reserve(unit, setting.council, _prefix(series), unit.today.year, 1)
    return _numbered(unit, setting, slip, series, number)


def remember(unit: WriteUnit, *, setting: Setting, slip: DocumentSlip, document: UUID, actor: Actor) -> None:
    """Write down which paper got the number of `slip`, by whom and when."""
    number = int(str(slip.number).partition("/")[0])
    row = {"council_id": setting.council, "series": _ABBREVIATION[slip.type], "year": unit.today.year, "number": number}
    unit.run(insert(_slip).values(**row, document_id=document, given_by=actor.account, given_at=unit.now))


def void(unit: WriteUnit, *, setting: Setting, series: str, year: int, number: int, reason: str, actor: Actor) -> None:
    """Mark a slip as void, with the reason; its number is never given again.

    Raises: NotPermitted, NotFound, BadInput when it is void already or the reason is missing.
    """
    councils.require_in_charge(actor, setting.council)
    if not reason.strip():
        raise BadInput({"reason": Text("«Lý do» chưa nhập", "“Reason” is missing")})
    here = (
        _slip.c.council_id == setting.council,
        _slip.c.series == series.strip(),
        _slip.c.year == year,
        _slip.c.number == number,
    )
    if unit.read(select(_slip.c.number).where(*here)).first() is None:
        raise NotFound(Text(f"Chưa cấp số {number}/{series} năm {year}", f"{number}/{series} of {year} was not given"))
    done = unit.run(
        update(_slip).where(*here, _slip.c.voided_at.is_(None)).returning(_slip.c.number),
        {"void_reason": reason.strip(), "voided_by": actor.account, "voided_at": unit.now},
    )
    if done.first() is None:
        raise BadInput({"number": Text("Số này đã hủy trước đó", "This number is void already")})


def listed(unit: Unit, *, setting: Setting, year: int) -> list[Given]:
    """Return the numbers given in a year, by series, void ones too."""
    rows = unit.read(
        select(_slip, _document.c.number.label("written"), _account.c.login)
        .join(_account, _account.c.id == _slip.c.given_by)
        .outerjoin(_document, _document.c.id == _slip.c.document_id)
        .where(_slip.c.council_id == setting.council, _slip.c.year == year)
        .order_by(_slip.c.series, _slip.c.number)
    )
    return [
        Given(
            r.series, r.year, r.number, r.written or "", r.login, r.given_at, r.document_id, r.void_reason, r.voided_at
        )
        for r in rows
    ]


def _series_of(unit: Unit, setting: Setting, slip: DocumentSlip) -> str:
    chosen = unit.read(select(_setup.c.numbers_slips).where(_setup.c.council_id == setting.council)).scalar()
    if not chosen:
        raise BadInput(
            {
                "own_number": Text(
                    "Cơ quan chưa chọn để Đôn đốc cấp số phiếu; số lấy ở hệ thống văn bản rồi nhập vào",
                    "The office has not let Dondoc number its slips; take the number from the document system",
                )
            }
        )
    if slip.type not in OWN:
        raise BadInput(
            {
                "own_number": Text(
                    f"Chỉ cấp số cho phiếu của cơ quan; {slip.type.label.vi.lower()} do văn thư cấp số",
                    f"Only slips are numbered here; văn thư numbers a {slip.type.label.en.lower()}",
                )
            }
        )
    return _ABBREVIATION[slip.type]


def _numbered(unit: Unit, setting: Setting, slip: DocumentSlip, series: str, number: int) -> DocumentSlip:
    """Write the number as papers do: at least two figures, the kind, the office (Decree 30/2020/NĐ-CP, annex I)."""
    office = unit.read(select(_agency.c.code).where(_agency.c.id == setting.office)).scalar()
    day: date = slip.issued_on or unit.today
    return slip.model_copy(update={"number": f"{number:02d}/{series}-{office}", "issued_on": day})


def _prefix(series: str) -> str:
    return f"#{series}"
