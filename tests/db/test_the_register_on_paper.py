"""The register on A3: every column of the old book, in bounded statements, and one bad row never stops it."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from states.entries import DocumentSlip
from states.errors import BadInput
from states.vocabulary import Confidentiality
from tests.office import Office
from tests.statements import heard
from tests.tables import below, cells, register, word_tables, word_text
from workflows.printing import making
from workflows.printing.making import Form

COLUMNS = [
    "STT", "Mã kiến nghị", "Ngày tiếp nhận", "Cử tri (địa bàn)", "Nội dung kiến nghị", "Lĩnh vực", "Thẩm quyền",
    "Số, ngày CV chuyển", "Ngày nhận (số đến)", "Đơn vị chủ trì", "Hạn trả lời", "Số, ngày VB trả lời", "Kết quả",
    "Nêu lần thứ", "Ghi chú",
]  # fmt: skip
REPORT = DocumentSlip(number="56/BC-UBND", issued_on=date(2026, 9, 1), issuer="UBND")
DANGEROUS = ("=1+1", '=HYPERLINK("http://x")', "+cmd|'/c calc'!A1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1")


def a_whole_life(office: Office) -> str:
    code = office.record("Đường vào bản lầy lội", field="giao-thong", locality="Bản Nà Pát")
    _, [referral] = office.sent("UBND", code=code)
    office.go(code, "receive", date(2026, 8, 7), referral=referral, incoming_number="418")
    office.go(code, "assign", date(2026, 8, 8), referral=referral, lead="KT")
    office.go(code, "urge", date(2026, 8, 28), referral=referral)
    office.go(code, "raise_again", date(2026, 8, 29), words="Vẫn lầy")
    office.go(
        code, "answer", date(2026, 9, 2), referral=referral, document=REPORT,
        claimed="resolved", words="Đã sửa xong", evidence="Biên bản nghiệm thu",
    )  # fmt: skip
    office.go(code, "inform_voters", date(2026, 9, 9), via="notice_board")
    return code


def test_one_row_tells_the_whole_life_of_a_petition(office: Office, tmp_path: Path) -> None:
    code = a_whole_life(office)
    table = cells(register(office, tmp_path))
    assert COLUMNS in table
    assert below(table, "STT") == [
        dict(
            zip(
                COLUMNS,
                [
                    1.0, code, "01/08/2026", "Bản Nà Pát", "Đường vào bản lầy lội", "Hạ tầng giao thông",
                    "Xã, phường, đặc khu", "12/HĐND-TT ngày 06/08/2026", "07/08/2026 (số đến 418)", "Phòng Kinh tế",
                    "27/08/2026", "56/BC-UBND ngày 01/09/2026",
                    "Giải quyết xong (theo văn bản trả lời, chưa kết luận)", 2.0,
                    "Đã đôn đốc 1 lần. Đã thông báo cử tri 09/09/2026",
                ],
                strict=True,
            )
        )
    ]  # fmt: skip
    [word] = word_tables(register(office, tmp_path, Form.DOCX))
    assert word[0] == COLUMNS
    assert word[1][1:13] == [str(value) for value in below(table, "STT")[0].values()][1:13]


def test_a_corrected_receipt_shows_its_right_day(office: Office, tmp_path: Path) -> None:
    code, [referral] = office.sent("UBND")
    moved = office.go(code, "receive", date(2026, 8, 7), referral=referral, incoming_number="418")
    office.go(code, "correct", date(2026, 8, 12), seq=moved.events[0], on="2026-08-11", words="ghi nhầm ngày")
    [row] = below(cells(register(office, tmp_path)), "STT")
    assert row["Ngày nhận (số đến)"] == "11/08/2026 (số đến 418)"


def test_several_addressees_have_a_line_each(office: Office, tmp_path: Path) -> None:
    code, [ubnd, dien] = office.sent("UBND", "DIEN")
    office.go(code, "receive", date(2026, 8, 7), referral=ubnd)
    office.go(code, "receive", date(2026, 8, 9), referral=dien)
    [row] = below(cells(register(office, tmp_path)), "STT")
    assert row["Ngày nhận (số đến)"].split("\n") == ["UBND: 07/08/2026", "DIEN: 09/08/2026"]
    assert row["Hạn trả lời"].split("\n")[0].startswith("UBND: 27/08/2026, quá hạn 14 ngày")


def test_a_batch_takes_as_many_statements_for_one_row_as_for_all(office: Office, tmp_path: Path) -> None:
    a_whole_life(office)
    office.sent("UBND")
    register(office, tmp_path)
    with heard(office.database.engine) as few:
        register(office, tmp_path)
    for n in range(20):
        office.sent("UBND", code=office.record(f"Kiến nghị số {n}"))
    with heard(office.database.engine) as many:
        register(office, tmp_path)
    assert len(many) == len(few) < 25


def test_a_text_that_begins_like_a_formula_stays_text(office: Office, tmp_path: Path) -> None:
    for text in DANGEROUS:
        office.record(f"{text} sửa đường")
    made = register(office, tmp_path)
    with ZipFile(_path(tmp_path, made.content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert not [name for name in archive.namelist() if "external" in name.lower()]
        assert "hyperlink" not in sheet.lower().replace("=hyperlink(", "")
    told = [row["Nội dung kiến nghị"] for row in below(cells(made), "STT")]
    assert told == [f"{text.strip()} sửa đường" for text in DANGEROUS]
    rows = list(csv.reader(StringIO(register(office, tmp_path, Form.CSV).content.decode("utf-8-sig"))))
    for row in rows[1:]:
        assert row[4].startswith("'"), row[4]


def _path(folder: Path, content: bytes) -> Path:
    path = folder / "made.xlsx"
    path.write_bytes(content)
    return path


def test_one_poisoned_row_prints_and_is_listed_and_the_others_are_untouched(office: Office, tmp_path: Path) -> None:
    good, bad, long = office.record("Sửa đường"), office.record("Hỏng"), office.record("Dài")
    office.record("Sửa cầu")
    texts = {code: f"SELECT id FROM \"case\" WHERE code = '{code}'" for code in (bad, long)}
    mark = "chr" if office.database.dialect == "postgresql" else "char"
    office.raw(
        f"UPDATE text_version SET body = 'Nước' || {mark}(11) || {mark}(1) || {mark}(65535) || ' bẩn {{{{ 7*7 }}}}'"
        f" WHERE case_id = ({texts[bad]})",
        f"UPDATE text_version SET body = {_repeated(office, 10_000_000)} WHERE case_id = ({texts[long]})",
    )
    for form in Form:
        made = register(office, tmp_path, form)
        assert {t.where for t in made.troubles} == {bad, long}
    table = cells(register(office, tmp_path))
    told = {row["Mã kiến nghị"]: row["Nội dung kiến nghị"] for row in below(table, "STT")}
    assert told[good] == "Sửa đường"
    assert told[bad] == "Nước\nbẩn {{ 7*7 }}"
    assert len(told[long]) < 32_768
    assert len(told) == 4
    assert any(f"- {bad}, cột «Nội dung kiến nghị»: đã bỏ 3 ký tự" in str(row[0]) for row in table)
    assert any(f"- {long}, cột" in str(row[0]) and "10000000" in str(row[0]) for row in table)
    word = word_text(register(office, tmp_path, Form.DOCX))
    assert "bẩn {{ 7*7 }}" in word
    assert f"- {bad}, cột" in word


def _repeated(office: Office, length: int) -> str:
    return (
        f"repeat('x', {length})"
        if office.database.dialect == "postgresql"
        else f"replace(hex(zeroblob({length // 2})), '0', 'x')"
    )


def test_a_history_that_cannot_be_read_prints_what_its_row_says(office: Office, tmp_path: Path) -> None:
    broken, whole = office.record("Hỏng"), office.record("Lành")
    office.raw(
        *_unprotected(
            office, f"UPDATE event SET payload = '{{' WHERE case_id = (SELECT id FROM \"case\" WHERE code = '{broken}')"
        )
    )
    rows = {row["Mã kiến nghị"]: row for row in below(cells(register(office, tmp_path)), "STT")}
    assert rows[whole]["Ghi chú"] == ""
    assert rows[broken]["Nội dung kiến nghị"] == "Hỏng"
    assert "không đọc được nhật ký" in rows[broken]["Ghi chú"]


def _unprotected(office: Office, statement: str) -> list[str]:
    if office.database.dialect == "postgresql":
        return ["ALTER TABLE event DISABLE TRIGGER USER", statement]
    triggers = office.rows("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'")
    return [*(f"DROP TRIGGER {t['name']}" for t in triggers), statement]


def test_the_register_holds_a_restricted_case_only_for_those_who_may_see_it(office: Office, tmp_path: Path) -> None:
    hidden = office.record("Tố giác kín", confidentiality=Confidentiality.RESTRICTED)
    before = register(office, tmp_path, login="clerk")
    assert hidden not in str(cells(before))
    [row] = [r for r in below(cells(register(office, tmp_path)), "STT") if r["Mã kiến nghị"] == hidden]
    assert row["Ghi chú"] == "Hạn chế"


def test_a_word_register_beyond_what_word_holds_is_refused_with_the_way_out(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        office.record(f"Kiến nghị {n}")
    monkeypatch.setattr(making, "MOST_IN_WORD", 2)
    with pytest.raises(BadInput, match="use XLSX"):
        register(office, tmp_path, Form.DOCX)
    assert len(below(cells(register(office, tmp_path)), "STT")) == 3
