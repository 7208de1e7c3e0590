"""Dondoc numbers only the office's own slips, where it opted in: no gap, no double, a void slip keeps its number."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from states.entries import DocumentSlip
from states.errors import BadInput, NotFound, NotPermitted
from states.paper_acts import PaperAct
from states.paper_words import DocumentType
from tests.office import Office
from tests.papers import enact, paper, preview
from workflows import numbering

SLIP = DocumentSlip(type=DocumentType.TRANSFER_SLIP, issuer="VP")
TO_COMMITTEE = {"addressees": ["UBND"]}


def opt_in(office: Office, numbered: bool = True) -> None:
    with office.database.writing() as unit:
        numbering.opt_in(unit, setting=office.setting, actor=office["charge"], numbered=numbered)


def given(office: Office) -> list[tuple[str, str | None]]:
    with office.database.reading() as unit:
        return [(g.written, g.reason) for g in numbering.listed(unit, setting=office.setting, year=2026)]


def test_numbers_come_from_the_document_system_unless_the_office_opts_in(office: Office) -> None:
    order = paper(office, None, SLIP, [], own_number=True)
    with pytest.raises(BadInput, match="has not let"):
        enact(office, order)
    with pytest.raises(NotPermitted), office.database.writing() as unit:
        numbering.opt_in(unit, setting=office.setting, actor=office["clerk"], numbered=True)
    opt_in(office)
    assert enact(office, order).number == "01/PC-VP"
    letter = SLIP.model_copy(update={"type": DocumentType.OFFICIAL_LETTER})
    with pytest.raises(BadInput, match="Only slips"):
        enact(office, paper(office, None, letter, [], own_number=True))


def test_a_slip_gets_its_number_with_what_it_does(office: Office) -> None:
    opt_in(office)
    code = office.record()
    order = paper(office, PaperAct.TRANSFER, SLIP, [code], values=TO_COMMITTEE, own_number=True)
    assert preview(office, order).number == "01/PC-VP"
    assert given(office) == []
    assert enact(office, order).number == "01/PC-VP"
    stored = office.rows("SELECT number, issued_on FROM document")[0]
    assert (stored["number"], str(stored["issued_on"])) == ("01/PC-VP", "2026-09-10")
    assert [r["state"] for r in office.see(code).referrals] == ["sent"]


def test_a_refused_slip_takes_no_number(office: Office) -> None:
    opt_in(office)
    ended = office.record()
    office.go(ended, "withdraw", words="rút")
    refused = paper(office, PaperAct.TRANSFER, SLIP, [ended], values=TO_COMMITTEE, own_number=True)
    assert enact(office, refused).is_refused
    assert enact(office, paper(office, None, SLIP, [], own_number=True)).number == "01/PC-VP"
    assert given(office) == [("01/PC-VP", None)]


def test_many_at_once_get_numbers_without_gap_or_double(office: Office) -> None:
    opt_in(office)
    order = paper(office, None, SLIP, [], own_number=True)
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: enact(office, order).number, range(24)))
    assert sorted(numbers, key=str) == [f"{n:02d}/PC-VP" for n in range(1, 25)]
    assert [written for written, _ in given(office)] == [f"{n:02d}/PC-VP" for n in range(1, 25)]


def test_a_void_slip_keeps_its_number(office: Office) -> None:
    opt_in(office)
    order = paper(office, None, SLIP, [], own_number=True)
    enact(office, order)

    def void(number: int, reason: str = "viết hỏng") -> None:
        with office.database.writing() as unit:
            numbering.void(
                unit, setting=office.setting, series="PC", year=2026, number=number, reason=reason,
                actor=office["charge"],
            )  # fmt: skip

    void(1)
    assert enact(office, order).number == "02/PC-VP"
    assert given(office) == [("01/PC-VP", "viết hỏng"), ("02/PC-VP", None)]
    with pytest.raises(BadInput, match="void already"):
        void(1)
    with pytest.raises(NotFound):
        void(9)
    with pytest.raises(BadInput, match="Reason"):
        void(2, " ")


def test_each_year_and_kind_has_its_own_series(office: Office) -> None:
    opt_in(office)
    sent = SLIP.model_copy(update={"type": DocumentType.DISPATCH_SLIP, "issued_on": date(2026, 9, 9)})
    assert [enact(office, paper(office, None, s, [], own_number=True)).number for s in (SLIP, sent)] == [
        "01/PC-VP",
        "01/PG-VP",
    ]
    office.clock.now = office.clock.now.replace(year=2027)
    assert enact(office, paper(office, None, SLIP, [], own_number=True)).number == "01/PC-VP"
