"""One report of the committee on five promises is one command, with an annex that says move and words row by row."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from tests import kind_lists
from tests.cli.conftest import Terminal

REPORT = "--number 88/BC-UBND --date 04/09/2026 --issuer UBND --received-on 05/09/2026 --as lan"
HEADINGS = ("STT", "Mã", "Việc", "Nội dung báo cáo", "Minh chứng", "Tiến độ")


@pytest.fixture
def codes(office: Terminal) -> list[str]:
    said = "record --kind commitment --on 20/08/2026 --set agency=UBND --set occasion=answer --as lan"
    return [
        office.well(said, "--set", f"text={text}").split()[0].rstrip(":,")
        for text in ("Xong cầu bản Nà Pát", "Kéo điện", "Sửa nhà văn hóa", "Cấp nước", "Thu gom rác")
    ]


def annex(folder: Path, codes: list[str], *, late: str = "Ghi tiến độ") -> str:
    path = folder / "phu-luc.xlsx"
    done = [(code, "Ghi báo cáo kết quả", "Đã làm xong", "Biên bản nghiệm thu", "") for code in codes[:3]]
    going = [(code, late, "", "", "Đang thi công") for code in codes[3:]]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate((HEADINGS, *((str(n), *r) for n, r in enumerate([*done, *going], 1)))):
            sheet.write_row(place, 0, row)
    return str(path)


def states(office: Terminal, codes: list[str]) -> list[str]:
    return [office(f"case {code} --json").json["case"]["state"]["code"] for code in codes]


def test_an_annex_says_of_each_promise_what_the_report_says(office: Terminal, codes: list[str], tmp_path: Path) -> None:
    wrong = office(f"document register --act moves {REPORT} --rows", annex(tmp_path, codes, late="report_nothing"))
    assert wrong.code != 0
    assert "report_nothing" in wrong.err
    path = annex(tmp_path, codes)
    shown = office.well(f"document register --act moves {REPORT} --dry-run --rows", path)
    assert "3 chuyển sang «Đã báo cáo, chờ xem xét», 2 chuyển sang «Đang thực hiện»" in shown
    assert states(office, codes) == ["captured"] * 5
    office.well(f"document register --act moves {REPORT} --rows", path)
    assert states(office, codes) == ["reported"] * 3 + ["in_progress"] * 2
    assert "Văn bản ghi việc cho nhiều hồ sơ" in office.well("document show 88/BC-UBND")
    story = office(f"case {codes[0]} --json").json["story"]
    assert "2026-09-05" in {event["occurred_on"] for event in story}, "a report counts from its receipt"


def test_one_move_of_many_promises_needs_no_annex(office: Terminal, codes: list[str]) -> None:
    listed = "--number 9/TB-HĐND --date 02/09/2026 --issuer TTHDND --as lan"
    office.well(f"document register --move set_session --set session=KH2 {listed}", *codes[:4])
    office.well("move", codes[4], "withdraw", "--set", "words=Không còn căn cứ", "--as", "lan")
    extended = (
        "--number 10/TB-HĐND --date 03/09/2026 --issuer TTHDND --set due_words='Quý I/2027' --set words=Mưa --as lan"
    )
    refused = office(f"document register --move extend {extended}", *codes)
    assert refused.code == 1
    assert "«Thôi theo dõi»" in refused.out
    office.well(f"document register --move extend {extended}", *codes[:4])
    assert office(f"case {codes[0]} --json").json["case"]["detail"]["due_words"] == "Quý I/2027"


def test_a_column_of_a_form_is_not_taken_for_one_of_the_annex(
    office: Terminal, codes: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "ban-giao.csv"
    path.write_text(f"Mã;Cơ quan tiếp nhận (mã);Lý do chuyển giao\n{codes[0]};VP;Sắp xếp\n", encoding="utf-8")
    paper = "--number 11/QĐ-UBND --date 03/09/2026 --issuer UBND --as lan --move take_over --rows"
    office.well(f"document register {paper}", str(path))
    assert office(f"case {codes[0]} --json").json["case"]["holder"]["code"] == "VP"
    path.write_text(f"Mã;Hạn\n{codes[0]};31/02/2026\n", encoding="utf-8")
    wrong = office("document register --act moves --move extend --rows", str(path))
    assert wrong.code == 1
    assert "Chưa hiểu cột «Hạn»" in wrong.err


def test_a_list_of_promises_is_imported_and_its_bad_rows_come_back(office: Terminal, tmp_path: Path) -> None:
    path = kind_lists.xlsx(tmp_path / "cam-ket.xlsx", kind_lists.BRIDGE, kind_lists.BROKEN)
    command = "import cases --kind commitment --as lan"
    assert "sẽ ghi 1 hồ sơ «Việc đã hứa, cam kết»" in office.well(f"{command} --partial --dry-run", str(path))
    back = tmp_path / "sua.xlsx"
    refused = office(f"{command} --rejected", str(back), str(path))
    assert refused.code == 1
    assert "không phải một trong" in refused.out
    assert back.is_file()
    assert "Đã ghi 1 hồ sơ" in office.well(f"{command} --partial", str(path))
    assert office(f"{command} --partial --json", str(path)).json["already_there"] == 1
    assert "Xong cầu bản Nà Pát" in office.well("cases --kind commitment")
    assert "import petitions" in office("import cases --kind petition", str(path)).err
    assert "trường" in office("import cases --kind commitment --set colour=red", str(path)).err
