"""Annexes, register, packets, follow-up sheets and reminders as an office types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from tests.cli.conftest import Terminal

ENTER = (
    'record --on 01/08/2026 --set text="Đường vào bản lầy lội" --set locality="Bản Nà Pát" --set field=giao-thong'
    " --set round_kind=before_session --set session=KH2"
)
TRANSFER = "--on 06/08/2026 --set addressees=UBND --document '12/HĐND-TT; 06/08/2026'"


@pytest.fixture
def sent(office: Terminal) -> str:
    """A petition with the people's committee."""
    code = office.well(ENTER).split(":")[0]
    office.well(f"move {code} screen --on 05/08/2026 --set level=commune")
    office.well(f"move {code} transfer {TRANSFER}")
    office.well(f"move {code} receive --on 07/08/2026")
    return code


def test_annexes_and_the_register_are_written_as_their_names_ask(office: Terminal, sent: str, tmp_path: Path) -> None:
    for command in (
        "annex pl4",
        "annex cross",
        "register",
        "annex pl4 --document 12/HĐND-TT",
        f"annex PL4 --case {sent}",
    ):
        for ending in ("xlsx", "docx", "csv"):
            path = tmp_path / f"{abs(hash(command))}.{ending}"
            assert f"Đã ghi {path}" in office.well(command, "--out", str(path))
            assert path.stat().st_size > 100
    rows = CalamineWorkbook.from_path(tmp_path / f"{abs(hash('annex pl4'))}.xlsx").get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows if "-KN-" in str(row[2])] == [sent]


def test_a_file_that_is_there_is_not_written_over_and_an_ending_is_known(
    office: Terminal, sent: str, tmp_path: Path
) -> None:
    path = tmp_path / "so.xlsx"
    path.write_text("của người khác", encoding="utf-8")
    said = office("register", "--out", str(path))
    assert (said.code, path.read_text(encoding="utf-8")) == (1, "của người khác")
    assert "chọn tên khác" in said.err
    for out in ("so.pdf", "so", str(tmp_path / "khong" / "co.xlsx")):
        said = office("register", "--out", out)
        assert said.code == 1
        assert "--out" in said.err or "Không ghi được" in said.err
    assert office("annex pl9").code == 1
    assert office("packet", "Bản Nà Pát", "--out", str(tmp_path / "a.xlsx")).code == 1


def test_packets_come_as_one_file_or_one_for_each_hamlet(office: Terminal, sent: str, tmp_path: Path) -> None:
    office.well("packet", "bản nà pát", "--out", str(tmp_path / "mot.docx"))
    office.well("packet", "--out", str(tmp_path / "tat-ca.docx"))
    office.well("packet --each", "--out", str(tmp_path))
    assert [p.name[:26] for p in sorted(tmp_path.glob("np-packet*"))] == ["np-packet-01-ban-na-pat-20"]
    said = office("packet", "Bản Nà Bát")
    assert "có phải «Bản Nà Pát»" in said.err


def test_a_reminder_is_plain_text_to_be_copied(office: Terminal, sent: str) -> None:
    said = office.well("remind ubnd")
    assert said.startswith("Ủy ban nhân dân xã Nà Pát: 1 kiến nghị, 1 quá hạn")
    assert f"1. {sent} (Bản Nà Pát): trả lời «Đường vào bản lầy lội»; quá hạn" in said
    assert office("remind ubnd --json").json["items"][0]["code"] == sent
    assert office("remind KHONG").code == 1


def test_a_follow_up_sheet_goes_out_and_comes_back(office: Terminal, sent: str, tmp_path: Path) -> None:
    out, back = tmp_path / "phieu.xlsx", tmp_path / "lai.xlsx"
    office.well("followup UBND", "--out", str(out))
    fill(out, back, sent, "Đã thi công 50%", "31/11/2026")
    refused = office("import followup", str(back))
    assert refused.code == 1
    assert "tháng 11 chỉ có 30 ngày" in refused.out
    assert "Chưa ghi dòng nào vì có 1 dòng bị từ chối" in refused.err
    fill(out, back, sent, "Đã thi công 50%", "30/11/2026")
    assert "chưa ghi gì" in office.well("import followup --dry-run", str(back))
    assert "Đã ghi tiến độ 1 hồ sơ" in office.well("import followup --number 15/UBND --date 09/09/2026", str(back))
    assert "Đã ghi tiến độ 0 hồ sơ" in office.well("import followup", str(back))
    report = office("import followup --json --as uy", str(back)).json
    assert [row["outcome"] for row in report["rows"]] == ["already_there"]


def fill(out: Path, back: Path, code: str, progress: str, expected: str) -> None:
    """Write the sheet anew with one row filled in."""
    rows = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python(skip_empty_area=False)
    with Workbook(back) as book:
        page = book.add_worksheet()
        for n, row in enumerate(rows):
            filled = [*row[:7], progress, "", expected, row[10]] if row[1] == code else row
            page.write_row(n, 0, filled)
