"""An office sets up its own council: guided, by options, or from one workbook; and keeps it up to date."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.cli.conftest import Terminal

Sheets = dict[str, list[list[Any]]]
WHOLE: Sheets = {
    "Hội đồng": [
        ["Mã", "QK"], ["Tên", "HĐND xã Quốc Khánh"], ["Cấp", "Xã, phường, đặc khu"], ["Tỉnh", "Lạng Sơn"],
        ["Nhiệm kỳ", "2026-2031"], ["Nhiệm kỳ từ", "15/03/2026"],
    ],
    "Cơ quan": [
        ["Mã", "Tên", "Loại", "Tên khác", "Đến ngày", "Kế thừa"],
        ["KT", "Phòng Kinh tế", "Cơ quan chuyên môn", "P. Kinh tế; Kinh tế", None, None],
        ["TC", "Phòng Tài chính", "specialized_agency", None, date(2026, 6, 30), "KT"],
    ],
    "Người": [
        ["Họ và tên", "Cơ quan", "Vai trò", "Chức vụ", "Tài khoản"],
        ["Lan", "VP", "Văn thư, nhập liệu", "Văn thư", "lan"],
        ["Minh", "TTHDND", "Thường trực HĐND", "Phó Chủ tịch", None],
    ],
    "Địa bàn": [["Tên"], ["Thôn 1"], ["Thôn 2"]],
    "Kỳ họp": [["Mã", "Tên", "Khai mạc", "Bế mạc"], ["KH2", "Kỳ họp thứ 2", "01/12/2026", date(2026, 12, 3)]],
}  # fmt: skip


def workbook(folder: Path, sheets: Sheets) -> str:
    path = folder / "council.xlsx"
    book = xlsxwriter.Workbook(path)
    as_date = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(r, c, value, as_date)
                elif value is not None:
                    sheet.write(r, c, value)
    book.close()
    return str(path)


def test_from_one_workbook(terminal: Terminal, tmp_path: Path) -> None:
    said = terminal.well("council create --from", workbook(tmp_path, WHOLE))
    assert "Đã lập hội đồng QK: HĐND xã Quốc Khánh." in said
    assert "dondoc token issue lan" in said
    rows = {a["code"]: a for a in terminal("agencies --json").json}
    assert rows["KT"]["aliases"] == ["P. Kinh tế", "Kinh tế"]
    assert (rows["TC"]["successor"], rows["TC"]["valid_to"]) == ("KT", "2026-06-30")
    assert {p["full_name"]: p["role"] for p in terminal("council people list --json").json} == {
        "Lan": "clerk", "Minh": "standing_body",
    }  # fmt: skip
    (session,) = terminal("session list --json").json
    assert (session["opening_on"], session["closing_on"]) == ("2026-12-01", "2026-12-03")
    assert terminal.well("record --set text=x --set 'locality=Thôn 1' --as lan").startswith("QK-KN-")


def test_every_fault_of_a_workbook_is_named_at_once_and_nothing_is_written(terminal: Terminal, tmp_path: Path) -> None:
    broken: Sheets = {
        **WHOLE,
        "Cơ quan": [
            ["Mã", "Tên", "Loại", "Màu"],
            ["KT", "Phòng Kinh tế", "Phòng ban", "đỏ"],
            [None, "Không mã", "enterprise"],
        ],
        "Kỳ họp": [["Mã", "Tên", "Khai mạc"], ["KH2", "Kỳ họp thứ 2", "31/11/2026"]],
    }
    said = terminal("council create --from", workbook(tmp_path, broken))
    assert said.code == 1
    for fault in ("Cơ quan, «Màu»", "Cơ quan, dòng 2, loại", "Cơ quan, dòng 3, mã", "Kỳ họp, dòng 2, khai mạc"):
        assert fault in said.err
    assert "tháng 11 chỉ có 30 ngày" in said.err
    assert terminal("council list --json").json == []


@pytest.mark.parametrize("sheets", [{"Trang 1": [["x"]]}, {"Hội đồng": [["Mã", "QK"]]}])
def test_a_workbook_that_says_too_little_is_refused(terminal: Terminal, tmp_path: Path, sheets: Sheets) -> None:
    said = terminal("council create --from", workbook(tmp_path, sheets))
    assert said.code == 1
    assert said.err.strip()


def test_no_workbook_at_all(terminal: Terminal, tmp_path: Path) -> None:
    text = tmp_path / "council.csv"
    text.write_text("Mã,QK\n", encoding="utf-8")
    for path in (str(text), str(tmp_path / "none.xlsx")):
        said = terminal("council create --from", path)
        assert (said.code, "Traceback" in said.err) == (1, False)


def test_guided_and_asked_again_where_an_answer_cannot_be_used(terminal: Terminal) -> None:
    answers = ["q", "qk", "", "HĐND xã Quốc Khánh", "", "Thôn 1, Thôn 2", "Lan", "lan", "Kỳ họp thứ 2", "KH2",
               "31/11/2026", "30/11/2026"]  # fmt: skip
    said = terminal("council create", answers="\n".join(answers) + "\n")
    assert said.code == 0, said.err
    assert "Mã gồm 2 đến 12 chữ" in said.err
    assert "Chưa nhập" in said.err
    assert "tháng 11 chỉ có 30 ngày" in said.err
    assert terminal("council list --json").json[0]["code"] == "QK"
    assert terminal("session list --json").json[0]["opening_on"] == "2026-11-30"


def test_a_code_is_taken_once(office: Terminal) -> None:
    assert "Đã có hội đồng mã NP" in office("council create --code np --name x").err
    assert office("council create --code 'N P' --name x").code == 1
    assert office("council create --code XX").code == 1


def test_agencies_close_and_merge(office: Terminal) -> None:
    office.well('council agencies add KT "Phòng Kinh tế" --alias "P. KT" --from 01/07/2025')
    office.well('council agencies add TC "Phòng Tài chính"')
    said = office.well("council agencies merge TC --into KT --on 31/12/2026")
    assert "TC hoạt động đến hết 31/12/2026; KT kế thừa." in said
    assert office("council agencies close KT --on 30/06/2025").code == 1
    assert office("council agencies close XX --on 30/06/2026").code == 1
    assert "Kế thừa" in office.well("agencies")
    assert len(office("agencies --all --json").json) > len(office("agencies --json").json)
    assert "Phòng Tài chính" in office.well("council show")


def test_people_leave(office: Terminal) -> None:
    office.well("council people leave uy --on 31/10/2026")
    (held,) = [p for p in office("council people list --json").json if p["login"] == "uy"]
    assert held["valid_to"] == "2026-10-31"
    assert office("council people leave nobody --on 31/10/2026").code == 1


def test_a_session_moves_with_a_preview(office: Terminal) -> None:
    office.well("record --kind contact_round --set name=Đợt --set round_kind=before_session --set session=KH2")
    assert "bế mạc đang là 03/12/2026" in office("session move KH2 --opening 15/12/2026 --reason x").err
    later = "session move KH2 --opening 15/12/2026 --closing 17/12/2026"
    preview = office.well(f"{later} --reason x --dry-run")
    assert "30/10/2026" in preview
    assert "1 thời hạn sẽ đổi" in preview
    assert "«Lý do» chưa nhập" in office(later).err
    done = office.well(f"{later} --reason 'Hoãn vì bão'")
    assert "khai mạc 01/12/2026 → 15/12/2026" in done
    assert "1 thời hạn đã tính lại." in done
    (session,) = office("session list --json").json
    assert (session["opening_on"], session["closing_on"], session["revision"]) == ("2026-12-15", "2026-12-17", 2)


def test_a_regulation_of_one_s_own(office: Terminal, tmp_path: Path) -> None:
    shipped = (files("deadlines") / "regulations" / "sample-2021.toml").read_text(encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text(
        shipped.replace('"sample-2021"', '"qc-na-pat"').replace('status = "sample"', 'status = "in_force"')
        .replace("20 calendar days", "12 calendar days", 1),
        encoding="utf-8",
    )  # fmt: skip
    office.well("regulation load", str(own))
    assert "đã có sẵn" in office.well("regulation load", str(own))
    assert "12 ngày" in office.well("regulation show qc-na-pat")
    said = office.well("regulation adopt qc-na-pat --from 01/09/2026 --switch answer.before_session.pause=on")
    assert "Áp dụng qc-na-pat từ 01/09/2026." in said
    found = next(r for r in office("regulation list --json").json if r["code"] == "qc-na-pat")
    assert (found["precedence"], found["switches"]) == ("council", {"answer.before_session": {"pause": True}})
    for wrong in ("--switch pause=on", "--switch answer.before_session.pause=maybe", "--switch x.pause=on"):
        assert office(f"regulation adopt qc-na-pat --from 01/10/2026 {wrong}").code == 1
    assert office("regulation adopt qc-khac --from 01/10/2026").code == 1
    assert office("regulation load", str(tmp_path / "none.toml")).code == 1
    assert "sample-2021" in office.well("regulation list --all")
