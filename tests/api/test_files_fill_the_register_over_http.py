"""Lists, answer reports and follow-up sheets come in over HTTP: looked at first, then taken once, or refused whole."""

from __future__ import annotations

from typing import Any

import pytest

from tests import made_files as made
from tests import sheets
from tests.desk import Desk
from tests.files import stored, told
from tests.old_workbooks import zipped
from workflows.filing.malware import EICAR

REPORT = {"number": "61/BC-UBND", "issued_on": "2026-08-20", "issuer": "UBND", "received_on": "2026-08-21"}
BYTES = {"Content-Type": "application/octet-stream"}


def bring(desk: Desk, what: str, content: bytes, name: str, /, login: str = "charge", **asked: Any) -> Any:
    key = {"Idempotency-Key": asked.pop("key")} if "key" in asked else {}
    path = f"/api/v1/imports/{what}"
    return desk.as_(login).post(path, params={"name": name, **asked}, content=content, headers={**BYTES, **key})


def cases(desk: Desk) -> int:
    return len(desk.office.rows('SELECT id FROM "case"'))


def triggers(desk: Desk, code: str) -> list[str]:
    return [event["trigger"] for event in desk.office.events(code)]


def test_a_list_is_looked_at_taken_and_known_again(desk: Desk) -> None:
    content = sheets.petitions("Đề nghị khoan thêm giếng nước", "Đề nghị sửa đường vào bản")
    looked = bring(desk, "petitions", content, "danh-sach.csv", dry_run=True).json()
    assert (looked["dry_run"], looked["accepted"], looked["written"], cases(desk)) == (True, 2, 0, 0)
    taken = bring(desk, "petitions", content, "danh-sach.csv", key="k")
    assert (taken.status_code, taken.json()["written"], taken.json()["origin"]) == (200, 2, "danh-sach")
    replayed = bring(desk, "petitions", content, "danh-sach.csv", key="k")
    assert (replayed.text, replayed.headers["Idempotency-Replayed"]) == (taken.text, "true")
    other = bring(desk, "petitions", content, "danh-sach.csv", key="k", partial=True)
    assert told(other) == (422, "idempotency_key_reused")
    again = bring(desk, "petitions", content, "C:\\kho\\danh-sach.csv").json()
    assert (again["already_there"], again["written"], cases(desk)) == (2, 0, 2)
    assert stored(desk) == []


def test_a_list_of_promises_is_looked_at_taken_and_known_again(desk: Desk) -> None:
    content = sheets.promises("Xong cầu bản Nà Pát", "Kéo điện bản Co Muông")
    asked = {"kind": "commitment", "set": "session=KH2"}
    looked = bring(desk, "cases", content, "cam-ket.csv", dry_run=True, **asked).json()
    assert (looked["accepted"], looked["written"], cases(desk)) == (2, 0, 0)
    taken = bring(desk, "cases", content, "cam-ket.csv", key="k", **asked)
    assert (taken.status_code, taken.json()["written"]) == (200, 2), taken.text
    assert taken.json()["outcome"]["vi"] == "Đã ghi 2 hồ sơ «Việc đã hứa, cam kết» vào sổ"
    assert desk.office.see(taken.json()["rows"][0]["code"]).row["session_id"] is not None
    replayed = bring(desk, "cases", content, "cam-ket.csv", key="k", **asked)
    assert (replayed.text, replayed.headers["Idempotency-Replayed"]) == (taken.text, "true")
    assert bring(desk, "cases", content, "cam-ket.csv", **asked).json()["already_there"] == 2
    wrong = content.replace("Văn bản trả lời".encode(), "Ở đâu đó".encode(), 1)
    refused = bring(desk, "cases", wrong, "khac.csv", **asked)
    assert told(refused) == (409, "import_refused")
    assert refused.json()["report"]["rows"][0]["problems"][0]["column"] == "Cam kết tại"
    assert cases(desk) == 2
    for query, status in (
        ({"kind": "petition"}, 422),
        ({"kind": "dance"}, 404),
        ({}, 422),
        ({**asked, "set": "x"}, 422),
    ):
        assert bring(desk, "cases", content, "c.csv", **query).status_code == status, query
    assert bring(desk, "cases", content, "c.csv", "dien", **asked).status_code == 403
    assert stored(desk) == []


def test_a_list_with_a_wrong_row_is_refused_whole_with_its_report(desk: Desk) -> None:
    content = sheets.petitions("Đề nghị khoan thêm giếng nước", "Đề nghị sửa đường").replace(b"03/08", b"31/02", 1)
    refused = bring(desk, "petitions", content, "a.csv")
    assert told(refused) == (409, "import_refused"), refused.text
    report = refused.json()["report"]
    assert [(row["row"], row["outcome"]) for row in report["rows"]] == [(2, "rejected"), (3, "accepted")]
    assert (report["written"], cases(desk)) == (0, 0)
    assert bring(desk, "petitions", content, "a.csv", dry_run=True).status_code == 200
    assert bring(desk, "petitions", content, "a.csv", partial=True).json()["written"] == 1


def test_what_rows_leave_unsaid_is_said_with_the_file(desk: Desk) -> None:
    content = sheets.csv(("Chuyện dân nói", "Bản"), ("Đề nghị sửa đường vào bản", "Bản Nà Pát"))
    said = {"mapping": "Chuyện dân nói=text", "session": "KH2", "received_on": "2026-08-03", "origin": "Sổ tay"}
    report = bring(desk, "petitions", content, "a.csv", **said).json()
    assert (report["written"], report["origin"]) == (1, "Sổ tay")
    for wrong, field in (({"mapping": "text"}, "mapping"), ({"session": "KH99"}, "session")):
        refused = bring(desk, "petitions", content, "b.csv", **{**said, **wrong})
        assert (refused.status_code, refused.json()["problems"][0]["field"]) == (422, field)


def test_an_answer_report_is_seen_first_and_kept_with_its_paper(desk: Desk) -> None:
    one, two = desk.sent("UBND")[0], desk.sent("UBND")[0]
    content = sheets.answers(one, two)
    seen = bring(desk, "answers", content, "bao-cao.docx", **REPORT, dry_run=True, attach=True).json()
    assert (seen["matched"], seen["written"], seen["attached"]) == (2, 0, None)
    assert "answer" not in triggers(desk, one)
    assert stored(desk) == []
    done = bring(desk, "answers", content, "bao-cao.docx", **REPORT, attach=True, key="k")
    assert (done.status_code, done.json()["written"]) == (200, 2), done.text
    assert done.json()["summary"]["vi"].startswith("2 chuyển sang đã trả lời")
    kept = done.json()["attached"]["file"]
    files = desk.as_("charge").get(f"/api/v1/documents/{done.json()['document']}/files").json()
    assert [(file["digest"], file["name"]) for file in files] == [(kept["digest"], "bao-cao.docx")]
    replayed = bring(desk, "answers", content, "bao-cao.docx", **REPORT, attach=True, key="k")
    assert (replayed.text, replayed.headers["Idempotency-Replayed"]) == (done.text, "true")
    assert (triggers(desk, one).count("answer"), len(stored(desk))) == (1, 1)
    desk.office.raw("UPDATE appointment SET role = 'auditor' WHERE role = 'council_office'")
    assert bring(desk, "answers", content, "bao-cao.docx", **REPORT, attach=True, key="k").status_code == 403


def test_rows_that_wait_for_a_person_keep_the_report_out_until_they_are_settled(desk: Desk) -> None:
    one, two = desk.sent("UBND")[0], desk.sent("UBND")[0]
    content = sheets.answers(one, "NP-KN-26-9999", result="Có vẻ xong")
    refused = bring(desk, "answers", content, "bao-cao.docx", **REPORT, attach=True)
    assert told(refused) == (409, "import_refused")
    assert refused.json()["report"]["rows"][0]["why"]["vi"]
    assert stored(desk) == []
    settled: dict[str, Any] = {"match": [f"3={two}"], "result": ["2=resolved", "3=Đang giải quyết"]}
    done = bring(desk, "answers", content, "bao-cao.docx", **REPORT, **settled).json()
    assert (done["written"], done["rows"][0]["claimed"]) == (2, "resolved")
    for wrong in ({"match": "3"}, {"result": "2=nhanh"}, {"received_day_unknown": "true"}):
        assert bring(desk, "answers", content, "b.docx", **REPORT, **wrong).status_code == 422


def test_a_follow_up_sheet_comes_back_once(desk: Desk) -> None:
    code, foreign = desk.sent("KT")[0], desk.sent("UBND")[0]
    seen = bring(desk, "followup", sheets.follow_up(code), "phieu.csv", agency="KT", dry_run=True).json()
    assert ([row["outcome"] for row in seen["rows"]], seen["written"]) == (["taken"], 0)
    refused = bring(desk, "followup", sheets.follow_up(code, foreign), "phieu.csv", agency="KT")
    assert told(refused) == (409, "import_refused")
    assert [row["outcome"] for row in refused.json()["report"]["rows"]] == ["taken", "refused"]
    done = bring(desk, "followup", sheets.follow_up(code), "phieu.csv", agency="KT", key="k")
    assert (done.status_code, done.json()["written"]) == (200, 1)
    assert bring(desk, "followup", sheets.follow_up(code), "phieu.csv", agency="KT", key="k").text == done.text
    again = bring(desk, "followup", sheets.follow_up(code), "phieu.csv", agency="KT").json()
    assert ([row["outcome"] for row in again["rows"]], triggers(desk, code).count("report_progress")) == (
        ["already_there"],
        1,
    )


REFUSED: dict[str, tuple[str, bytes, int, str]] = {
    "a bomb": ("a.docx", made.bomb(), 413, "import_file_too_large"),
    "macros by name": ("a.xlsm", made.xlsx(), 422, "import_wrong_extension"),
    "macros under an honest name": ("a.docx", made.with_macros(), 422, "import_unsafe_file"),
    "a flood of entities": ("a.docx", made.with_entities("word/document.xml"), 422, "import_unsafe_file"),
    "a PDF": ("a.pdf", made.pdf(), 422, "import_not_a_table"),
    "an archive": ("a.zip", zipped({"a.pdf": b"x"}), 422, "import_not_a_table"),
    "nothing": ("a.csv", b"", 422, "import_empty_file"),
    "a wrong ending": ("a.csv", made.xlsx(), 422, "import_wrong_extension"),
}


@pytest.mark.parametrize("what", ["petitions", "answers", "followup"])
def test_a_dangerous_file_and_one_that_is_no_table_are_refused_in_words(desk: Desk, what: str) -> None:
    for why, (name, content, status, code) in REFUSED.items():
        refused = bring(desk, what, content, name)
        assert told(refused) == (status, code), (why, refused.text)
        assert refused.json()["detail"], why
    unnamed = bring(desk, what, made.xlsx(), "")
    assert (unnamed.status_code, unnamed.json()["problems"][0]["field"]) == (422, "name")
    assert stored(desk) == []


def test_a_file_that_may_be_read_and_not_kept_registers_nothing(desk: Desk) -> None:
    code = desk.sent("UBND")[0]
    content = made.with_parts(sheets.answers(code), {"word/media/a.png": EICAR})
    assert told(bring(desk, "answers", content, "a.docx", **REPORT, attach=True)) == (422, "file_infected")
    assert "answer" not in triggers(desk, code)
    assert stored(desk) == []


@pytest.mark.parametrize("what", ["petitions", "answers", "followup"])
def test_nothing_is_read_of_strangers_and_of_who_may_not_record(neighbour: Desk, what: str) -> None:
    path = f"/api/v1/imports/{what}"
    params = {"name": "a.csv", "council": "NP"}
    foreign = neighbour.as_("stranger").post(path, params=params, content=b"STT", headers=BYTES)
    absent = neighbour.as_("stranger").post(path, params={**params, "council": "KHONG"}, content=b"STT", headers=BYTES)
    assert (foreign.status_code, foreign.content) == (404, absent.content)
    auditor = neighbour.as_("auditor").post(path, params=params, content=b"STT", headers=BYTES)
    assert auditor.status_code == 403
    assert not neighbour.app.state.installation.files.folder.exists(), "no spool was opened"


def test_the_neighbour_answers_none_of_our_cases(neighbour: Desk) -> None:
    code = neighbour.sent("UBND")[0]
    for what, content, more in (
        ("answers", sheets.answers(code), {"issued_on": "2026-08-20", "number": "1/BC"}),
        ("followup", sheets.follow_up(code), {"agency": "KT"}),
    ):
        name = "a.docx" if what == "answers" else "a.csv"
        absent = content if what == "answers" else sheets.follow_up("NP-KN-26-9999")
        refused = bring(neighbour, what, content, name, "stranger", **more)
        assert told(refused) == (409, "import_refused")
        if what == "followup":
            other = bring(neighbour, what, absent, name, "stranger", **more)
            assert refused.text.replace(code, "?") == other.text.replace("NP-KN-26-9999", "?")
    assert set(triggers(neighbour, code)) & {"answer", "report_progress"} == set()
