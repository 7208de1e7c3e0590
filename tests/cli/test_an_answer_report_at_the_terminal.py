from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from tests.cli.conftest import Terminal

WELL = "Cử tri bản Co Muông đề nghị khoan thêm giếng nước sinh hoạt cho 25 hộ khu trên vì mùa khô thiếu nước kéo dài"
ROAD = "Cử tri bản Nà Pát đề nghị sửa đoạn đường từ đầu bản vào nhà văn hóa dài khoảng 800 m đã xuống cấp"
LIGHT = "Cử tri bản Huổi Sản đề nghị kéo điện hạ thế tới cụm 12 hộ mới tách, hiện phải dùng nhờ công tơ"
ANSWER = "UBND xã giao Phòng Kinh tế khảo sát, lập dự toán, thực hiện xong trong quý IV/2026"
HEADINGS = ("STT", "Mã kiến nghị", "Nội dung kiến nghị", "Nội dung trả lời", "Kết quả")
REPORT = (
    '--number 61/BC-UBND --date 20/08/2026 --issuer UBND --signer "Đèo Văn Ủy" --signed-as TM.'
    ' --received-on 21/08/2026 --replies-to "12/HĐND- TT" --as lan'
)


@pytest.fixture
def sent(office: Terminal) -> list[str]:
    """Three petitions that one letter sent to the people's committee."""
    codes = [
        office.well("record --on 01/08/2026 --set round_kind=before_session --set session=KH2", "--set", f"text={text}")
        for text in (WELL, ROAD, LIGHT)
    ]
    found = [code.split()[0].rstrip(":,") for code in codes]
    for code in found:
        office.well(f"move {code} screen --on 05/08/2026 --set level=commune")
        office.well(
            f"move {code} transfer --on 06/08/2026 --set addressees=UBND",
            "--document", "12/HĐND-TT; 06/08/2026", "--issuer", "TTHDND",
        )  # fmt: skip
    return found


def report(folder: Path, *rows: tuple[str, ...]) -> str:
    path = folder / "bao-cao.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((HEADINGS, *rows)):
            sheet.write_row(number, 0, row)
    return str(path)


def test_a_report_is_previewed_corrected_and_recorded(office: Terminal, sent: list[str], tmp_path: Path) -> None:
    wrong = sent[1][:-1] + "O"
    path = report(tmp_path, ("1", sent[0], WELL, ANSWER, "Đã giải quyết"), ("2", wrong, ROAD, ANSWER, "Có vẻ xong"))
    shown = office.well(f"import answers {REPORT} --dry-run", path)
    assert "1 chuyển sang đã trả lời, 1 không khớp, 2 chưa trả lời" in shown
    assert wrong in shown
    assert "Báo cáo chưa trả lời" in shown
    assert "minh chứng" in shown
    refused = office(f"import answers {REPORT}", path)
    assert refused.code == 1
    assert "--match" in refused.err
    settled = f"--match 3={sent[1]} --result 3=in_progress"
    assert "Đã ghi trả lời của 2 kiến nghị" in office.well(f"import answers {REPORT} {settled}", path)
    states = [office(f"case {code} --json").json["case"]["state"]["code"] for code in sent]
    assert states == ["answered", "answered", "with_authority"]


def test_partial_and_json(office: Terminal, sent: list[str], tmp_path: Path) -> None:
    path = report(
        tmp_path, ("1", sent[0], WELL, ANSWER, "Đang"), ("2", "", "Đề nghị mở lớp dạy nghề may", ANSWER, "Đang")
    )
    refused = office(f"import answers {REPORT} --json", path)
    assert (refused.code, refused.json["written"], refused.json["refused"]) == (1, 0, True)
    told = office(f"import answers {REPORT} --partial --json", path).json
    assert (told["read"], told["matched"], told["unmatched"], told["written"]) == (2, 1, 1, 1)
    first = told["rows"][0]
    assert (first["case"], first["how"], first["claimed"]) == (sent[0], "code", "roadmap")
    assert [part["part"] for part in first["missing"]] == ["cause", "review", "copy_to_front"]
    assert [one["code"] for one in told["unanswered"]] == sent[1:]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--match 2", "DÒNG=GIÁ TRỊ"),
        ("--match x=NP-KN-26-0001", "không phải số dòng"),
        ("--result 2=nhanh", "Không có kết quả"),
        ("--date 31/11/2026", "tháng 11 chỉ có 30 ngày"),
        ("--replies-to 99/HĐND-TT", "99/HĐND-TT"),
    ],
)
def test_a_wrong_option_is_said_in_one_sentence(
    office: Terminal, sent: list[str], tmp_path: Path, options: str, said: str
) -> None:
    path = report(tmp_path, ("1", sent[0], WELL, ANSWER, "Đang"))
    refused = office(f"import answers {options} --dry-run", path)
    assert (refused.code, said in refused.err) == (1, True), refused


def test_the_file_stays_with_its_paper_once_it_is_recorded(office: Terminal, sent: list[str], tmp_path: Path) -> None:
    path = report(tmp_path, ("1", sent[0], WELL, ANSWER, "Đang"))
    assert office(f"import answers {REPORT} --attach --dry-run --json", path).json["attached"] is None
    assert "Đã lưu bao-cao.xlsx" in office.well(f"import answers {REPORT} --attach", path)
    files = office("document files 61/BC-UBND --as lan --json").json
    assert [file["name"] for file in files] == ["bao-cao.xlsx"]
    assert "Đã có từ trước: bao-cao.xlsx" in office.well(f"import answers {REPORT} --attach", path)
