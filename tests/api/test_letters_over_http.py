"""Letters and templates over HTTP: bytes of a Word file, told troubles, and nothing for who may not see."""

from __future__ import annotations

import json

from tests.desk import Desk
from tests.unit.printing.words import rows_of, with_line, words_of
from workflows.printing.registry import KINDS, shipped

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BYTES = {"Content-Type": "application/octet-stream"}


def test_a_letter_comes_as_a_file_and_changes_nothing(desk: Desk) -> None:
    code = desk.enter()
    before = desk.office.events(code)
    answer = desk.as_("clerk").get("/api/v1/letters/transfer", params={"code": [code, "NP-KN-26-9999"]})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == DOCX
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="transfer-20260910.docx"')
    assert [row[1] for row in rows_of(answer.content)[1:]] == [code]
    [trouble] = json.loads(answer.headers["Dondoc-Troubles"])
    assert (trouble["where"], trouble["text"]["vi"].startswith("không có mã")) == ("NP-KN-26-9999", True)
    assert desk.office.events(code) == before


def test_a_letter_holds_nothing_of_a_foreign_council(neighbour: Desk) -> None:
    code, _ = neighbour.sent("UBND")
    for kind in KINDS:
        asked = {"code": code, "agency": "UBND", "round": code, "giver": "officer", "receiver": "clerk"}
        answer = neighbour.as_("stranger").get(f"/api/v1/letters/{kind}", params=asked)
        absent = neighbour.as_("stranger").get(f"/api/v1/letters/{kind}", params={**asked, "code": "NP-KN-26-9999"})
        assert answer.status_code in {404, 422}
        assert (answer.status_code, answer.json()["detail"]) == (absent.status_code, absent.json()["detail"])
    paper = neighbour.as_("stranger").get("/api/v1/letters/transfer", params={"document": "12/HĐND-TT"})
    assert paper.status_code == 404


def test_a_template_is_brought_checked_and_handed_out(desk: Desk) -> None:
    own = with_line(shipped("transfer"), "Kính thưa {{ co_quan_nhan }}")
    put = desk.as_("charge", **BYTES).post("/api/v1/templates/transfer", content=own)
    assert (put.status_code, put.json()["version"], put.json()["own"]) == (201, 1, True)
    assert desk.as_("clerk").get("/api/v1/templates/transfer").content == own
    assert [one["kind"] for one in desk.as_("clerk").get("/api/v1/templates").json()] == list(KINDS)
    letter = desk.as_("clerk").get("/api/v1/letters/transfer", params={"code": desk.enter()})
    assert "Kính thưa Ủy ban nhân dân xã Nà Pát" in words_of(letter.content)


def test_a_wrong_field_is_named_in_the_answer(desk: Desk) -> None:
    wrong = with_line(shipped("transfer"), "{{ trich_yeuu }}")
    refused = desk.as_("charge", **BYTES).post("/api/v1/templates/transfer", content=wrong)
    assert (refused.status_code, refused.json()["code"]) == (422, "template_refused")
    assert refused.json()["problems"] == [
        {"field": "{{ trich_yeuu }}", "text": "Không có trường «trich_yeuu»; gần nhất là «trich_yeu»"}
    ]
    assert desk.as_("clerk", **BYTES).post("/api/v1/templates/transfer", content=wrong).status_code == 403
    assert desk.as_("charge", **BYTES).post("/api/v1/templates/khong-co", content=wrong).status_code == 404
    form = desk.as_("charge", **{"Content-Type": "text/plain"}).post("/api/v1/templates/transfer", content=wrong)
    assert form.status_code == 415
