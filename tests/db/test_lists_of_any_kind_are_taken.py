"""A list of promises fills the register like one of petitions: what its columns mean follows from the form alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from states.errors import BadInput, NotFound, NotPermitted
from tests import kind_lists as lists
from tests.kind_lists import BRIDGE, BROKEN, LIGHT
from tests.office import Office
from workflows.importing.errors import BadMapping, HeaderNotFound, TextColumnMissing
from workflows.importing.of_kinds.taking import KindOrder, take_cases
from workflows.importing.report import ImportReport
from workflows.importing.row_results import Outcome
from workflows.verifying import verify


def take(office: Office, path: Path, *, login: str = "clerk", kind: str = "commitment", **more: Any) -> ImportReport:
    order = KindOrder(path=path, kind=kind, **more)
    return take_cases(office.database, setting=office.setting, actor=office[login], order=order)


def outcomes(report: ImportReport) -> list[tuple[Outcome, str | None]]:
    return [(row.outcome, row.code) for row in report.rows]


@pytest.mark.parametrize(("ending", "write"), [("xlsx", lists.xlsx), ("csv", lists.csv), ("docx", lists.docx)])
def test_promises_are_read_from_every_kind_of_file(
    office: Office, tmp_path: Path, ending: str, write: Callable[..., Path]
) -> None:
    path = write(tmp_path / f"cam-ket.{ending}", BRIDGE, LIGHT)
    report = take(office, path)
    assert [(row.outcome, row.code) for row in report.rows] == [
        (Outcome.ACCEPTED, "NP-CK-26-0001"),
        (Outcome.ACCEPTED, "NP-CK-26-0002"),
    ], report.problems
    assert report.outcome.vi == "Đã ghi 2 hồ sơ «Việc đã hứa, cam kết» vào sổ"
    bridge, light = (office.see(str(row.code)) for row in report.rows)
    assert (bridge.row["received_on"], bridge.row["field"], bridge.row["next_due_on"]) == (
        date(2026, 8, 1), "giao-thong", date(2026, 12, 31)
    )  # fmt: skip
    assert bridge.detail["agency_id"] == office.agencies["UBND"]
    assert (bridge.detail["occasion"], bridge.detail["due_words"]) == ("answer", "Quý IV/2026")
    assert bridge.row["session_id"] is not None
    assert (light.detail["agency_id"], light.row["next_due_on"]) == (office.agencies["KT"], date(2026, 10, 15))
    papers = office.rows("SELECT number, issued_on FROM document")
    assert [(p["number"], str(p["issued_on"])) for p in papers] == [("61/BC-UBND", "2026-07-20")]
    with office.database.reading() as unit:
        assert verify(unit, key=None).faults == ()


def test_the_same_list_again_adds_nothing_in_whatever_form(office: Office, tmp_path: Path) -> None:
    taken = take(office, lists.xlsx(tmp_path / "cam-ket.xlsx", BRIDGE, LIGHT))
    codes = [row.code for row in taken.rows]
    again = take(office, lists.csv(tmp_path / "cam-ket.csv", LIGHT, BRIDGE))
    assert outcomes(again) == [(Outcome.ALREADY_THERE, code) for code in reversed(codes)]
    more = take(office, lists.xlsx(tmp_path / "cam-ket.xlsx", ("1", "CK03", *BRIDGE[2:]), LIGHT, BRIDGE))
    assert [row.outcome for row in more.rows] == [Outcome.ACCEPTED, Outcome.ALREADY_THERE, Outcome.ALREADY_THERE]
    other = take(office, lists.xlsx(tmp_path / "cam-ket.xlsx", ("1", "CK01", "Xong cầu treo", *BRIDGE[3:])))
    assert outcomes(other) == [(Outcome.ALREADY_THERE, codes[0])]
    assert "sửa trong hồ sơ NP-CK-26-0001" in other.rows[0].problems[0].text.vi
    assert len(office.rows('SELECT id FROM "case"')) == 3


def test_a_row_that_cannot_be_keeps_the_list_out_and_goes_back_to_be_mended(office: Office, tmp_path: Path) -> None:
    path, back = lists.xlsx(tmp_path / "cam-ket.xlsx", BRIDGE, BROKEN), tmp_path / "sua.xlsx"
    foreseen = take(office, path, dry_run=True)
    assert (foreseen.accepted, foreseen.rejected, foreseen.written) == (1, 1, 0)
    refused = take(office, path, rejected=back)
    assert (refused.is_refused, refused.written) == (True, 0)
    assert office.rows('SELECT id FROM "case"') == []
    said = {problem.column: problem.text.vi for problem in refused.rows[1].problems}
    assert set(said) == {"Cơ quan", "Cam kết tại", "Ngày ghi nhận"}
    assert "“Sở Xây đường”" in said["Cơ quan"]
    assert "“Văn bản trả lời”" in said["Cam kết tại"]
    assert "Không có ngày 31/02" in said["Ngày ghi nhận"]

    assert take(office, path, partial=True).written == 1
    head, row = CalamineWorkbook.from_path(str(back)).get_sheet_by_index(0).to_python()
    assert tuple(head[:3]) == ("STT", "Mã", "Nội dung cam kết")
    assert "“Sở Xây đường”" in str(row[11])
    right = (*row[:3], "UBND", "Kỳ họp", "tháng 11/2026", "31/08/2026")
    lists.xlsx(back, (*right, *row[7:11]))
    mended = take(office, back, origin="cam-ket")
    assert outcomes(mended) == [(Outcome.ACCEPTED, "NP-CK-26-0002")], mended.problems


def test_a_row_of_the_same_words_is_pointed_to(office: Office, tmp_path: Path) -> None:
    report = take(office, lists.xlsx(tmp_path / "a.xlsx", BRIDGE, ("2", "CK09", *BRIDGE[2:])))
    assert report.written == 2
    assert [problem.code for problem in report.rows[1].problems if problem.code == "same_text_in_file"]


def test_a_day_that_no_calendar_has_is_refused_in_its_column(office: Office, tmp_path: Path) -> None:
    row = ("1", "", "Sửa cầu", "UBND", "Kỳ họp HĐND", "31/11/2026", "01/08/2026", "", "", "", "")
    (result,) = take(office, lists.xlsx(tmp_path / "a.xlsx", row)).rows
    assert result.outcome is Outcome.REJECTED
    assert [(p.column, "ngày không có trong lịch" in p.text.vi) for p in result.problems] == [("Thời hạn", True)]


def test_what_a_list_does_not_say_is_given_for_all_or_mapped(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "so-tay.csv"
    path.write_text("Họ hứa gì;Đơn vị;Ghi thêm\nLàm đường;UBND xã;xem lại\n", encoding="utf-8")
    with pytest.raises(HeaderNotFound):
        take(office, _renamed(path, "khong.csv", "Họ hứa gì;Đơn vị", "A;B"))
    with pytest.raises(TextColumnMissing, match="Made in"):
        take(office, path, mapping={"Họ hứa gì": "text"})
    with pytest.raises(BadMapping, match="colour"):
        take(office, path, mapping={"Họ hứa gì": "colour"})
    with pytest.raises(BadInput, match="none of"):
        take(office, path, mapping={"Họ hứa gì": "text"}, given={"occasion": "ở đâu đó"})
    given = {"occasion": "Hội nghị tiếp xúc cử tri", "session": "Kỳ họp thứ 2"}
    report = take(office, path, mapping={"Họ hứa gì": "text"}, given=given, received_on=date(2026, 8, 3))
    assert report.written == 1, report.problems
    seen = office.see(str(report.rows[0].code))
    assert (seen.row["received_on"], seen.detail["occasion"]) == (date(2026, 8, 3), "contact")
    assert any("“Ghi thêm”" in note.vi for note in report.notes)


def _renamed(path: Path, name: str, old: str, new: str) -> Path:
    other = path.with_name(name)
    other.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return other


def test_other_kinds_need_nothing_and_petitions_keep_their_own_import(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "dot.csv"
    path.write_text("Tên đợt;Loại đợt;Kỳ họp\nĐợt trước kỳ họp 2;Trước kỳ họp;Kỳ họp thứ 2\n", encoding="utf-8")
    report = take(office, path, kind="contact_round")
    assert (report.written, report.rows[0].code) == (1, "NP-TX-26-0001"), report.problems
    with pytest.raises(BadInput, match="import petitions"):
        take(office, path, kind="petition")
    with pytest.raises(NotFound):
        take(office, path, kind="dance")
    with pytest.raises(NotPermitted):
        take(office, path, kind="contact_round", login="dien")
