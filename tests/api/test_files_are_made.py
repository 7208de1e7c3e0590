"""S22, S24: files that are made over HTTP are saved, never shown, hold what the caller may see, and are named by us."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from states.vocabulary import Confidentiality
from tests.desk import Desk

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES = {
    "/api/v1/annexes/pl4": ("np-annex-pl4-20260910.xlsx", SHEET),
    "/api/v1/annexes/cross?format=docx": ("np-annex-cross-20260910.docx", WORD),
    "/api/v1/registers/petitions": ("np-register-20260910.xlsx", SHEET),
    "/api/v1/registers/petitions?format=csv": ("np-register-20260910.csv", "text/csv; charset=utf-8"),
    "/api/v1/packets": ("np-packet-20260910.docx", WORD),
    "/api/v1/packets?locality=B%E1%BA%A3n%20N%C3%A0%20P%C3%A1t": ("np-packet-ban-na-pat-20260910.docx", WORD),
    "/api/v1/followups/UBND": ("np-followup-ubnd-20260910.xlsx", SHEET),
    "/api/v1/followups/UBND?format=docx": ("np-followup-ubnd-20260910.docx", WORD),
}


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_saved_under_a_generated_name_and_never_shown(desk: Desk, path: str) -> None:
    desk.sent("UBND")
    answer = desk.as_("charge").get(path)
    name, media = FILES[path]
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{name}"')
    assert answer.headers["Content-Type"] == media
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_workbook_holds_the_petitions_of_the_list(desk: Desk) -> None:
    codes = [desk.sent("UBND")[0] for _ in range(3)]
    answer = desk.as_("charge").get("/api/v1/annexes/pl4", params={"case": codes[:2]})
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows if str(row[2]).startswith("NP-KN")] == codes[:2]


REFUSED: dict[str, tuple[int, str | None]] = {
    "/api/v1/annexes/pl9": (404, None),
    "/api/v1/annexes/pl4?round=NP-TX-26-0009": (422, "round"),
    "/api/v1/annexes/pl4?session=KH9": (422, "session"),
    "/api/v1/annexes/pl4?document=1/X": (422, "document"),
    "/api/v1/annexes/pl4?case=NP-KN-26-9999": (422, "case"),
    "/api/v1/annexes/pl4?format=pdf": (422, "format"),
    "/api/v1/annexes/..%2f..%2fetc": (404, None),
    "/api/v1/packets?locality=%3Cscript%3E": (422, "locality"),
    "/api/v1/followups/KHONG": (404, None),
    "/api/v1/followups/UBND?format=csv": (422, "format"),
    "/api/v1/reminders/KHONG": (404, None),
}


def test_what_is_not_there_is_refused_in_its_field(desk: Desk) -> None:
    for path, (status, field) in REFUSED.items():
        answer = desk.as_("charge").get(path)
        assert answer.status_code == status, (path, answer.text)
        if field:
            assert [problem["field"] for problem in answer.json()["problems"]] == [field], path


def test_a_reminder_is_text_and_data_of_the_same(desk: Desk) -> None:
    code, [referral] = desk.sent("UBND")
    desk.move(code, "receive", on="2026-08-07", referral=referral)
    told: dict[str, Any] = desk.as_("charge").get("/api/v1/reminders/UBND").json()
    assert [(item["code"], item["overdue"], item["due_on"]) for item in told["items"]] == [(code, True, "2026-08-27")]
    assert f"1. {code}" in told["text"]
    assert "quá hạn 14 ngày" in told["text"]


def test_nothing_of_a_neighbour_or_of_a_restricted_case_is_in_any_file(neighbour: Desk) -> None:
    ours, _ = neighbour.sent("UBND")
    hidden = neighbour.office.record("Tố giác kín", confidentiality=Confidentiality.RESTRICTED)
    for path in FILES:
        if "locality" in path:
            continue
        theirs = neighbour.as_("stranger").get(path)
        assert theirs.status_code == 200, path
        assert ours not in words(theirs.content, theirs.headers["Content-Type"])
        assert hidden not in words(neighbour.as_("clerk").get(path).content, theirs.headers["Content-Type"])
    assert neighbour.as_("stranger").get("/api/v1/annexes/pl4", params={"council": "NP"}).status_code == 404
    assert neighbour.as_("stranger").get("/api/v1/reminders/UBND").json()["items"] == []


def words(content: bytes, media: str) -> str:
    """Return everything that a file says."""
    if media == SHEET:
        return str(CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python())
    if media == WORD:
        opened = Document(BytesIO(content))
        cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
        return "\n".join([p.text for p in opened.paragraphs] + cells)
    return content.decode("utf-8-sig")


def test_a_unit_gets_only_what_was_sent_to_it(desk: Desk) -> None:
    mine, _ = desk.sent("KT")
    other, _ = desk.sent("DIEN")
    for path in ("/api/v1/registers/petitions", "/api/v1/annexes/pl4", "/api/v1/followups/KT"):
        said = words(desk.as_("kt").get(path).content, SHEET)
        assert mine in said
        assert other not in said
