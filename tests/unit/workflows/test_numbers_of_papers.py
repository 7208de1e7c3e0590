from __future__ import annotations

from datetime import date

import pytest

from states.paper_words import DocumentType
from workflows.documents import number_key
from workflows.paper_numbers import cited_papers, paper_key, paper_number

TODAY = date(2026, 9, 10)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("56/BC- UBND", "56/BC-UBND"),
        ("056/bc-ubnd", "56/BC-UBND"),
        ("Số: 12 /HĐND-TT", "12/HĐND-TT"),
        ("Công văn số 12/HĐND–TT", "12/hđnd-tt"),
        ("01/2019/NQ-HĐND", "1/2019/nq-hđnd"),
        ("15/QCPH- TTHĐND-UBND-BTTUBMTTQ", "15/QCPH-TTHĐND-UBND-BTTUBMTTQ"),
        ("KG 94", "kg94"),
        ("071", "71"),
    ],
)
def test_one_number_however_it_is_written(one: str, other: str) -> None:
    assert paper_key(one) == paper_key(other) == number_key(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("56/BC-UBND", "57/BC-UBND"),
        ("56/BC-UBND", "56/UBND-BC"),
        ("01/2019/NQ-HĐND", "01/2020/NQ-HĐND"),
        ("12/QĐ-UBND", "12/QĐ-UBND (bản sao)"),
        ("12/HĐND-TT", "12a/HĐND-TT"),
    ],
)
def test_different_numbers_stay_different(one: str, other: str) -> None:
    assert paper_key(one) != paper_key(other)


@pytest.mark.parametrize(
    ("written", "number", "year", "kind", "issuer"),
    [
        ("56/BC- UBND", "56", None, DocumentType.REPORT, "UBND"),
        ("Số: 12 /HĐND-TT", "12", None, DocumentType.OFFICIAL_LETTER, "HĐND-TT"),
        ("01/2019/NQ-HĐND", "1", 2019, DocumentType.RESOLUTION, "HĐND"),
        ("3721/TCĐBVN-CQLXDĐB", "3721", None, DocumentType.OFFICIAL_LETTER, "TCĐBVN-CQLXDĐB"),
        ("09/QCPH-TTHĐND-UBND-BTTUBMTTQ", "9", None, DocumentType.REGULATION, "TTHĐND-UBND-BTTUBMTTQ"),
        ("07/BC-MTTQ-BTT", "7", None, DocumentType.REPORT, "MTTQ-BTT"),
        ("06/QC-TT.HĐND-UBND", "6", None, DocumentType.REGULATION, "TT.HĐND-UBND"),
        ("45/2019/NĐ-CP", "45", 2019, DocumentType.OTHER, "CP"),
    ],
)
def test_a_number_is_taken_apart(written: str, number: str, year: int | None, kind: DocumentType, issuer: str) -> None:
    found = paper_number(written)
    assert found is not None
    assert (found.number, found.year, found.type, found.issuer) == (number, year, kind, issuer)


@pytest.mark.parametrize("written", ["", "KG94", "71", "Số:     /HĐND-TT", "24/10/2026", "12/QĐ-UBND (bản sao)"])
def test_what_is_no_full_number_has_no_parts(written: str) -> None:
    assert paper_number(written) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("công văn số 12/HĐND-TT ngày 06/8/2026", [("12/HĐND-TT", date(2026, 8, 6))]),
        ("Văn bản số 56/BC- UBND, ngày 11 tháng 4 năm 2024", [("56/BC-UBND", date(2024, 4, 11))]),
        ("61/BC-UBND; 20/08/2026", [("61/BC-UBND", date(2026, 8, 20))]),
        ("Nghị quyết 38/NQ-HĐND ngày 05/9/2020 và 9/UBND", [("38/NQ-HĐND", date(2020, 9, 5)), ("9/UBND", None)]),
        ("56/BC-UBND - về việc trả lời", [("56/BC-UBND", None)]),
        ("đã cấp 5/xã, ngày 24/10/2026, 30.000đ/kg, 1/2 số hộ", []),
    ],
)
def test_papers_are_found_in_running_text(text: str, found: list[tuple[str, date | None]]) -> None:
    assert [(paper.written, paper.issued_on) for paper in cited_papers(text, today=TODAY)] == found


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("CV số 9/UBND-VP ngày 31/11/2025", "date_impossible", "tháng 11 chỉ có 30 ngày"),
        ("BC 240/BC-UBND ngày 19/7", "date_year_missing", "thiếu năm"),
    ],
)
def test_a_date_that_does_not_exist_is_refused_with_the_reason(text: str, code: str, said: str) -> None:
    (paper,) = cited_papers(text, today=TODAY)
    assert paper.issued_on is None
    assert paper.problem is not None
    assert paper.problem.code == code
    assert said in paper.problem.text.vi
