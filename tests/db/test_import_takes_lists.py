from __future__ import annotations

import json
from datetime import date

import pytest

from states.errors import BadInput, NotPermitted
from states.vocabulary import RoundKind
from tests.lists import HEADINGS, ROAD, WELL, Lists, code_of, problem_codes, row_of, totals
from tests.office import Office
from workflows import describing, verifying
from workflows.importing.errors import FileRefused, UnclosedQuote
from workflows.importing.intake import Given
from workflows.registering import Birth


def detail(office: Office, code: str) -> dict[str, object]:
    return dict(office.see(code).detail)


def as_written(office: Office, code: str) -> str:
    case_id = office.see(code).id
    rows = office.rows("SELECT case_id, body FROM text_version WHERE field = 'as_written'")
    found: str = next(row["body"] for row in rows if str(row["case_id"]).replace("-", "") == case_id.hex)
    return found


def test_each_row_becomes_a_petition_by_one_move(office: Office, lists: Lists) -> None:
    path = lists.csv(("1", WELL, "Bản Nà Pát", "Nước sạch", "Phòng Kinh tế", "05/08/2026"), ("2", ROAD, "", "", "", ""))
    report = lists.take(path)
    assert totals(report) == {
        "read": 2, "accepted": 2, "rejected": 0, "already_there": 0, "warnings": 0, "written": 2,
    }  # fmt: skip
    first, second = code_of(report, 2), code_of(report, 3)
    assert (first, second) == ("NP-KN-26-0001", "NP-KN-26-0002")
    seen = office.see(first)
    assert (seen.row["state"], seen.row["seq"], seen.row["received_on"]) == ("recorded", 1, date(2026, 8, 5))
    assert (seen.row["field"], seen.row["locality"]) == ("nuoc-sach", "Bản Nà Pát")
    assert (seen.detail["agency_written"], seen.detail["suggested_id"]) == ("Phòng Kinh tế", office.agencies["KT"])
    assert seen.detail["source"] == "Danh sách «danh-sach», dòng 2"
    with office.database.reading() as unit:
        read = describing.case_view(unit, seen, actor=office["clerk"])
    assert read.detail["suggested"] == {"code": "KT", "name": "Phòng Kinh tế"}
    assert [event["trigger"] for event in office.events(first)] == ["record"]
    assert office.see(second).row["received_on"] is None
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).ok


def test_the_office_may_give_the_day_and_the_session_of_rows_that_say_none(office: Office, lists: Lists) -> None:
    path = lists.csv(("1", WELL, "", "", "", "05/08/2026"), ("2", ROAD, "", "", "", ""))
    given = Given(received_on=date(2026, 8, 20), session="Kỳ họp thứ 2", round_kind=RoundKind.BEFORE_SESSION)
    report = lists.take(path, given=given)
    days = [office.see(code_of(report, number)).row["received_on"] for number in (2, 3)]
    assert days == [date(2026, 8, 5), date(2026, 8, 20)]
    seen = office.see(code_of(report, 3))
    assert seen.row["session_id"] is not None
    assert seen.round_kind == "before_session"


def test_a_session_that_the_council_does_not_have_is_refused_before_anything_is_written(lists: Lists) -> None:
    path = lists.csv(("1", WELL, "", "", "", ""))
    with pytest.raises(BadInput) as refusal:
        lists.take(path, given=Given(session="KH9"))
    assert "KH9" in refusal.value.problems["session"].vi
    assert lists.count("case") == 0


def test_unknown_names_are_warnings_that_keep_what_was_written(office: Office, lists: Lists) -> None:
    headings = (*HEADINGS, "Kỳ họp", "Hình thức tiếp nhận", "Ghi chú", "Cột lạ")
    path = lists.csv(
        ("1", WELL, "Bản Xa Lắc", "csc", "Sở Nào Đó", "", "Kỳ họp thứ 9", "Qua loa phường", "hỏi lại ông Lò", "x"),
        headings=headings,
    )
    report = lists.take(path)
    row = row_of(report, 2)
    assert totals(report)["warnings"] == 1
    assert problem_codes(row) == [
        ("Cơ quan giải quyết", "agency_unknown"),
        ("Địa phương", "locality_unknown"),
        ("Kỳ họp", "session_unknown"),
        ("Hình thức tiếp nhận", "channel_unknown"),
        ("Lĩnh vực", "field_unknown"),
    ]
    code = code_of(report, 2)
    seen = office.see(code)
    assert (seen.row["locality"], seen.row["field"], seen.row["session_id"]) == ("Bản Xa Lắc", None, None)
    assert (seen.detail["agency_written"], seen.detail["suggested_id"]) == ("Sở Nào Đó", None)
    assert seen.detail["channel"] == "other"
    said = as_written(office, code)
    for kept in ("Lĩnh vực: csc", "Kỳ họp: Kỳ họp thứ 9", "Ghi chú: hỏi lại ông Lò", "Cột lạ: x"):
        assert kept in said
    assert "Cột lạ" in report.notes[0].vi


def test_agencies_are_found_by_code_name_and_alias_and_an_abolished_one_by_its_heir(
    office: Office, lists: Lists
) -> None:
    rows = [(str(n), f"{ROAD} đoạn {n}", "", "", said, "") for n, said in enumerate(("kt", "PHONG KINH TE", "bgtvt"))]
    report = lists.take(lists.csv(*rows))
    suggested = [detail(office, code_of(report, number))["suggested_id"] for number in (2, 3, 4)]
    agencies = {str(row["code"]): row["id"] for row in office.rows("SELECT code, id FROM agency")}
    assert suggested[:2] == [office.agencies["KT"]] * 2
    assert str(suggested[2]).replace("-", "") == str(agencies["BXD"]).replace("-", "")
    assert detail(office, code_of(report, 4))["agency_written"] == "bgtvt"
    assert totals(report)["warnings"] == 0


def test_a_round_is_found_by_its_name(office: Office, lists: Lists) -> None:
    name = "TXCT trước kỳ họp thứ 2"
    payload = {"name": name, "round_kind": "before_session", "session": "KH2"}
    opened = office.born(Birth("contact_round", payload, None))
    path = lists.csv(("1", WELL, name), headings=("STT", "Nội dung", "Đợt tiếp xúc"))
    seen = office.see(code_of(lists.take(path), 2))
    assert seen.row["round_id"] == office.see(opened).id
    assert seen.row["session_id"] is not None


def test_a_row_that_is_rejected_keeps_the_whole_list_out(lists: Lists) -> None:
    path = lists.csv(("1", WELL, "", "", "", "31/11/2025"), ("2", ROAD, "", "", "", ""))
    report = lists.take(path)
    assert totals(report) == {
        "read": 2, "accepted": 1, "rejected": 1, "already_there": 0, "warnings": 0, "written": 0,
    }  # fmt: skip
    assert report.is_refused
    assert "--partial" in report.outcome.vi
    assert [row.code for row in report.rows] == [None, None]
    (problem,) = row_of(report, 2).problems
    assert problem.column == "Ngày nhận"
    assert "30" in problem.text.vi
    assert (lists.count("case"), lists.count("source_row"), lists.count("code_series")) == (0, 0, 0)


def test_partial_takes_the_other_rows(lists: Lists) -> None:
    path = lists.csv(("1", WELL, "", "", "", "31/11/2025"), ("2", ROAD, "", "", "", ""))
    report = lists.take(path, partial=True)
    assert totals(report)["written"] == 1
    assert not report.is_refused
    assert (row_of(report, 2).code, row_of(report, 3).code) == (None, "NP-KN-26-0001")
    mended = lists.csv(("1", WELL, "", "", "", "30/11/2025"), ("2", ROAD, "", "", "", ""))
    again = totals(lists.take(mended))
    assert (again["accepted"], again["already_there"], lists.count("case")) == (1, 1, 2)


def test_a_dry_run_says_the_same_and_writes_nothing(lists: Lists) -> None:
    path = lists.csv(("1", WELL, "", "", "Sở Lạ", ""), ("2", WELL.upper(), "", "", "", ""), ("3", ROAD, "", "", "", ""))
    tried = lists.take(path, dry_run=True)
    assert lists.count("case") == 0
    done = lists.take(path)
    assert totals(tried) == totals(done) | {"written": 0}
    assert (tried.merges_proposed, tried.repeats_proposed) == (done.merges_proposed, done.repeats_proposed) == (1, 0)
    assert [row.problems for row in tried.rows] == [row.problems for row in done.rows]


def test_feeding_a_list_again_adds_nothing_even_saved_as_a_workbook(lists: Lists) -> None:
    rows = (("1", WELL, "", "", "", ""), ("2", ROAD, "", "", "", ""))
    first = lists.take(lists.csv(*rows))
    for path in (lists.csv(*rows), lists.xlsx(*rows), lists.csv(*reversed(rows))):
        again = lists.take(path)
        assert totals(again)["already_there"] == 2
        assert {row.code for row in again.rows} == {row.code for row in first.rows}
    assert lists.count("case") == 2


def test_equal_texts_in_one_list_are_proposed_to_be_merged(office: Office, lists: Lists) -> None:
    rows = [("1", WELL, "", "", "", ""), ("2", ROAD, "", "", "", ""), ("3", f"- {WELL.upper()}!", "", "", "", "")]
    report = lists.take(lists.csv(*rows))
    assert (report.merges_proposed, report.repeats_proposed) == (1, 0)
    (proposal,) = office.rows("SELECT * FROM proposal")
    assert proposal["trigger"] == "merge"
    assert code_of(report, 4) in proposal["sentence_vi"]
    assert code_of(report, 2) in proposal["sentence_vi"]
    assert (row_of(report, 4).same_as, row_of(report, 4).same_as_row) == (code_of(report, 2), 2)


def test_equal_texts_far_apart_in_one_list_are_proposed_once(office: Office, lists: Lists) -> None:
    rows = [(str(n), f"{ROAD} đoạn {n}", "", "", "", "") for n in range(450)]
    rows[449] = ("449", rows[0][1], "", "", "", "")
    report = lists.take(lists.csv(*rows))
    assert (report.merges_proposed, report.repeats_proposed, lists.count("proposal")) == (1, 0, 1)
    assert row_of(report, 451).same_as == code_of(report, 2)
    tried = lists.take(lists.csv(*rows, name="khac.csv"), dry_run=True)
    assert (tried.raised_again, tried.merges_proposed, tried.repeats_proposed) == (449, 1, 0)


def test_a_dirty_workbook_is_read_as_people_wrote_it(office: Office, lists: Lists) -> None:
    path = lists.xlsx(
        (1, WELL, "Bản Nà Pát", "", "", date(2026, 8, 5)),
        (2, f"{WELL} (điểm 2)", "", "", "", "5/8/2026"),
        (3, f"{WELL} (điểm 3)", "", "", "", 46239),
        (4, f"{WELL} (điểm 4)", "", "", "", "31/11/2025"),
        (5, "", "", "", "", ""),
        (6, f"{WELL} (điểm 6)", "", "", "", "ngày 05 tháng 8 năm 2026"),
        headings=HEADINGS,
    )
    report = lists.take(path, partial=True)
    assert [row.outcome.value for row in report.rows] == [
        "accepted", "accepted", "accepted", "rejected", "rejected", "accepted",
    ]  # fmt: skip
    days = {office.see(row.code).row["received_on"] for row in report.rows if row.code}
    assert days == {date(2026, 8, 5)}
    assert row_of(report, 5).problems[0].column == "Ngày nhận"
    assert row_of(report, 6).problems[0].code == "text_empty"


def test_a_day_in_the_future_is_rejected_at_its_column(lists: Lists) -> None:
    report = lists.take(lists.csv(("1", WELL, "", "", "", "05/08/2027")))
    assert problem_codes(row_of(report, 2))[0] == ("Ngày nhận", "day_is_not_in_the_future")
    assert lists.count("case") == 0


def test_poison_in_one_row_stops_only_that_row(office: Office, lists: Lists) -> None:
    path = lists.folder / "doc.csv"
    cells = [
        '1,"Xin\x00 sửa\x0b đường\x1b[31m vào bản"',
        '2,"' + "đường " * 5_000 + '"',
        '3,"' + "a" * 200_000 + '"',
        "4,\"=cmd|' /C calc'!A0 đề nghị xem xét\"",
        f'5,"{WELL}"',
        '6,"Robert\'); DROP TABLE event;-- đề nghị"',
    ]
    path.write_bytes("\n".join(["STT,Nội dung kiến nghị", *cells]).encode("utf-8", "surrogatepass"))
    report = lists.take(path, partial=True)
    assert [row.outcome.value for row in report.rows] == [
        "accepted", "rejected", "rejected", "accepted", "accepted", "accepted",
    ]  # fmt: skip
    assert problem_codes(row_of(report, 3)) == [("Nội dung kiến nghị", "bad_input")]
    assert "20000" in row_of(report, 3).problems[0].text.vi
    assert "\x00" not in json.dumps(report.to_json(), ensure_ascii=False)
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).ok


def test_a_file_name_that_is_no_text_is_still_an_origin(lists: Lists) -> None:
    path = lists.csv(("1", WELL, "", "", "", ""), name="danh\udcffsach\n2.csv")
    report = lists.take(path)
    assert (report.origin, report.accepted) == ("danhsach 2", 1)
    assert totals(lists.take(path))["already_there"] == 1


def test_the_petitioner_is_kept_apart(office: Office, lists: Lists) -> None:
    headings = ("STT", "Nội dung", "Họ tên cử tri", "Địa chỉ", "Điện thoại")
    lists.take(lists.csv(("1", WELL, "Lò Thị Hoa", "Bản Nà Pát", "0912345678"), headings=headings))
    assert [row["name"] for row in office.rows("SELECT name FROM person_data")] == ["Lò Thị Hoa"]
    payloads = json.dumps(office.rows("SELECT payload FROM event"), ensure_ascii=False)
    texts = json.dumps(office.rows("SELECT body FROM text_version"), ensure_ascii=False)
    assert "Hoa" not in payloads + texts
    assert "0912345678" not in payloads + texts


def test_who_may_not_enter_petitions_may_not_import_them(office: Office, lists: Lists) -> None:
    path = lists.csv(("1", WELL, "", "", "", ""))
    for login in ("ubnd", "kt", "auditor"):
        with pytest.raises(NotPermitted):
            lists.take(path, actor=office[login], dry_run=True)
    assert lists.take(path, actor=office["clerk"]).written == 1


def test_a_list_that_turns_out_unreadable_further_down_writes_nothing(lists: Lists) -> None:
    path = lists.csv(
        *((str(n), f"{ROAD} {n}", "", "", "", "") for n in range(300)), ("300", '"Chưa đóng ngoặc', "", "", "", "")
    )
    with pytest.raises(UnclosedQuote):
        lists.take(path, partial=True)
    with pytest.raises(FileRefused):
        lists.take(lists.folder / "khong-co.csv")
    assert lists.count("case") == 0


def test_progress_is_told_while_looking_and_while_writing(lists: Lists) -> None:
    told: list[tuple[int, int | None]] = []
    path = lists.csv(*((str(n), f"{ROAD} {n}", "", "", "", "") for n in range(250)))
    lists.take(path, progress=lambda done, total: told.append((done, total)))
    assert told == [(200, None), (250, None), (200, 250), (250, 250)]


def test_the_report_is_one_json_object_in_the_order_of_the_list(lists: Lists) -> None:
    path = lists.csv(
        ("1", WELL, "", "", "", "31/11/2025"), ("2", ROAD, "", "", "Sở Lạ", ""), ("3", ROAD, "", "", "", "")
    )
    found = json.loads(json.dumps(lists.take(path, partial=True).to_json()))
    assert {name: found[name] for name in ("read", "accepted", "rejected", "already_there", "warnings", "written")} == {
        "read": 3, "accepted": 2, "rejected": 1, "already_there": 0, "warnings": 2, "written": 2,
    }  # fmt: skip
    assert [row["row"] for row in found["rows"]] == [2, 3, 4]
    assert found["proposals"] == {"merge": 1, "raise_again": 0, "nearly": 0}
    assert found["rows"][0]["problems"][0]["column"] == "Ngày nhận"
    assert set(found["rows"][0]["problems"][0]) == {"severity", "column", "code", "vi", "en"}


def test_a_long_list_of_results_is_cut_and_says_so(lists: Lists, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflows.importing.report.MOST_ROWS", 2)
    rows = [(str(n), f"{ROAD} {n}", "", "", "", "31/11/2025" if n > 4 else "") for n in range(8)]
    report = lists.take(lists.csv(*rows), partial=True)
    assert [row.row_number for row in report.rows] == [2, 3, 7, 8]
    assert (report.read, report.accepted, report.rejected, report.rows_left_out) == (8, 5, 3, 4)
