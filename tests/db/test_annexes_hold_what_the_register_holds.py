"""Annexes PL I-IV and 2B, the cross table: their rows are those of the database, totals add up, nothing leaks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from states.entries import DocumentSlip, Petitioner
from states.errors import BadInput, NotFound
from states.vocabulary import Confidentiality
from tests.office import Office
from tests.tables import annex, below, cells, word_tables, word_text
from workflows.printing.making import Form
from workflows.printing.picking import Choice

ANSWER = DocumentSlip(number="56/BC-UBND", issued_on=date(2026, 9, 1), issuer="UBND")
HEAD = "Số kiến nghị"
TICKS = ("Cơ chế, chính sách", "Kinh tế - Ngân sách", "Văn hóa - Xã hội", "Tư pháp", "ANQP và các vấn đề khác")


def sent(office: Office, text: str, *, field: str = "giao-thong", locality: str = "Bản Nà Pát") -> str:
    code = office.record(text, field=field, locality=locality)
    return office.sent("UBND", code=code)[0]


def answered(office: Office, text: str) -> str:
    code = office.record(text, field="y-te", locality="Bản Co Muông")
    _, [referral] = office.sent("UBND", code=code)
    office.go(code, "receive", date(2026, 8, 7), referral=referral)
    office.go(
        code, "answer", date(2026, 9, 2), referral=referral, document=ANSWER,
        claimed="explained", words="Trạm y tế đã có bác sĩ từ tháng 9.", ground="Quyết định 12",
    )  # fmt: skip
    return code


def higher(office: Office, text: str) -> str:
    code = office.record(text, field="dien", locality="Bản Nà Pát")
    office.go(code, "screen", date(2026, 8, 5), level="province")
    office.go(code, "forward_higher", date(2026, 8, 6), addressee="TINH", document=ANSWER)
    return code


def test_each_petition_stands_in_one_annex_and_the_notes_add_up(office: Office, tmp_path: Path) -> None:
    ours, theirs, told = sent(office, "Sửa đường"), higher(office, "Lưới điện"), answered(office, "Trạm y tế")
    office.record("Chưa phân loại")
    gone = office.record("Nhập nhầm")
    office.go(gone, "void", date(2026, 8, 5), words="nhầm")
    found = {
        kind: [
            row[HEAD if kind != "2b" else "Mã kiến nghị"] for row in below(cells(annex(office, tmp_path, kind)), "TT")
        ]
        for kind in ("pl1", "pl2", "pl3", "pl4", "2b")
    }
    assert found == {"pl1": [theirs], "pl2": [], "pl3": [told], "pl4": [ours], "2b": [told]}
    [note] = [row[0] for row in cells(annex(office, tmp_path, "pl4")) if "trên 5 kiến nghị được chọn" in str(row[0])]
    assert note.startswith("Phụ lục IV có 1 trên 5")
    for part in ("cấp tỉnh): 1", "được trả lời): 1", "cấp xã): 1", "chưa phân loại thẩm quyền: 1", "nhầm): 1"):
        assert part in note


@pytest.mark.parametrize("kind", ["pl1", "pl3", "pl4", "2b"])
def test_word_and_excel_hold_the_same_table(office: Office, tmp_path: Path, kind: str) -> None:
    sent(office, "Sửa đường, đoạn qua suối")
    higher(office, "Lưới điện")
    answered(office, "Trạm y tế thiếu bác sĩ")
    excel = cells(annex(office, tmp_path, kind))
    [word] = word_tables(annex(office, tmp_path, kind, form=Form.DOCX))
    start = next(n for n, row in enumerate(excel) if row[0] == "TT")
    rows = [[_plain(c) for c in row] for row in excel[start + 2 : start + len(word)]]
    assert word[2:] == rows
    assert word[1][4 if kind != "2b" else 3 :][:5] == list(TICKS)


def _plain(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) else str(cell)


def test_an_answer_is_cited_with_number_and_date(office: Office, tmp_path: Path) -> None:
    answered(office, "Trạm y tế thiếu bác sĩ")
    [row] = below(cells(annex(office, tmp_path, "2b")), "TT")
    assert row["Nội dung trả lời"] == "Trạm y tế đã có bác sĩ từ tháng 9."
    assert row["Số công văn trả lời"] == "56/BC-UBND ngày 01/09/2026"
    assert row["Văn hóa - Xã hội"] == "x"
    assert [row[name] for name in TICKS].count("x") == 1


def test_fields_of_two_levels_roll_up_to_five_boxes_and_a_petition_is_ticked_once(
    office: Office, tmp_path: Path
) -> None:
    for field in ("giao-thong", "y-te; giao-thong", "tu-phap", "Đất đai", "không có trong danh mục"):
        sent(office, f"Kiến nghị về {field}", field=field)
    table = cells(annex(office, tmp_path, "pl4"))
    rows = below(table, "TT")
    ticked = [[name for name in TICKS if row[name] == "x"] for row in rows]
    assert ticked == [[TICKS[1]], [TICKS[2]], [TICKS[3]], [TICKS[1]], []]
    assert rows[1]["Ghi chú"] == "Cũng thuộc: Kinh tế - Ngân sách"
    [total] = [row for row in table if row[1] == "Tổng cộng"]
    assert total[2] == "5 kiến nghị"
    assert [int(n) for n in total[4:9]] == [0, 2, 1, 1, 0]
    assert any("1 trên 5 kiến nghị, không đánh dấu" in str(row[0]) for row in table)


def test_the_cross_table_counts_each_petition_once_in_rows_and_columns(office: Office, tmp_path: Path) -> None:
    places = ("Bản Nà Pát", "Bản Nà Pát", "Bản Co Muông", "Bản Nà Pát; Bản Co Muông", None)
    for n, place in enumerate(places):
        office.record(f"Kiến nghị {n}", field="giao-thong" if n % 2 else "y-te", locality=place)
    merged = office.record("Trùng", field="y-te")
    office.go(merged, "merge", date(2026, 8, 5), into="NP-KN-26-0001")
    table = cells(annex(office, tmp_path, "cross"))
    start = next(n for n, row in enumerate(table) if row[0] == "TT")
    assert [n for n in table[start] if n] == [
        "TT", "Lĩnh vực", "Tổng số KNCT", "Tỷ lệ", "Bản Co Muông", "Bản Nà Pát", "Nhiều địa bàn", "Không ghi địa bàn",
        "Ghi chú",
    ]  # fmt: skip
    rows = table[start + 2 : start + 8]
    assert [row[1] for row in rows][-1] == "Tổng cộng"
    total = rows[-1]
    for column in range(2, 12, 2):
        assert sum(row[column] for row in rows[:-1]) == total[column]
        assert all(row[column + 1] == pytest.approx(100 * row[column] / total[column], abs=0.05) for row in rows)
    assert total[2] == 5 == sum(total[4:12:2])
    assert any("Không tính 1 kiến nghị đã gộp" in str(row[0]) for row in table)
    [word] = word_tables(annex(office, tmp_path, "cross", form=Form.DOCX))
    assert [row[2] for row in word[2:]] == [str(int(row[2])) for row in rows]
    assert word[-1][3] == "100,0%"


def test_a_paper_gives_its_annex_in_its_own_order_and_is_cited(office: Office, tmp_path: Path) -> None:
    one, two = sent(office, "Đường", locality="Bản Nà Pát"), sent(office, "Cầu", locality="Bản Co Muông")
    office.record("Ngoài công văn")
    made = annex(office, tmp_path, "pl4", Choice(document="12 / HĐND-TT"))
    assert [row[HEAD] for row in below(cells(made), "TT")] == [one, two]
    assert any("(Kèm theo Công văn số 12/HĐND-TT ngày 06/08/2026" in str(row[0]) for row in cells(made))
    blank = cells(annex(office, tmp_path, "pl4", Choice(session="KH2")))
    assert any("Công văn số ……/HĐND-TT ngày" in str(row[0]) for row in blank)
    assert any("KỲ HỌP THỨ 2 HĐND XÃ NÀ PÁT" in str(row[0]) for row in blank)


def test_an_annex_of_chosen_cases_keeps_them_although_they_are_answered(office: Office, tmp_path: Path) -> None:
    code = answered(office, "Trạm y tế")
    assert [r[HEAD] for r in below(cells(annex(office, tmp_path, "pl4", Choice(cases=(code.lower(),)))), "TT")] == [
        code
    ]


def test_a_restricted_case_is_in_no_annex_and_an_unknown_one_reads_like_a_hidden_one(
    office: Office, tmp_path: Path
) -> None:
    hidden = office.record("Tố giác kín", confidentiality=Confidentiality.RESTRICTED, field="y-te")
    sent(office, "Sửa đường")
    for kind in ("pl4", "cross"):
        assert hidden not in str(cells(annex(office, tmp_path, kind)))
    with pytest.raises(BadInput, match="restricted"):
        annex(office, tmp_path, "pl4", Choice(cases=(hidden,)))
    problems = []
    for code in (hidden, "NP-KN-26-9999"):
        with pytest.raises(BadInput) as refused:
            annex(office, tmp_path, "pl4", Choice(cases=(code,)), login="clerk")
        problems.append(refused.value.problems["case"].vi.replace(code, "?"))
    assert problems[0] == problems[1]


def test_what_is_asked_for_and_is_not_there_is_named(office: Office, tmp_path: Path) -> None:
    for name, choice in (
        ("round", Choice(round="NP-TX-26-0001")),
        ("session", Choice(session="KH9")),
        ("document", Choice(document="1/X")),
    ):
        with pytest.raises(BadInput) as refused:
            annex(office, tmp_path, "pl4", choice)
        assert set(refused.value.problems) == {name}
    with pytest.raises(NotFound):
        annex(office, tmp_path, "pl9")


def test_the_petitioner_is_in_no_file_even_where_the_text_names_him(office: Office, tmp_path: Path) -> None:
    code = office.record(
        "Ông Lò Văn Kín, 0912345678, đề nghị sửa đường", field="giao-thong", locality="Bản Nà Pát",
        petitioner=Petitioner(name="Lò Văn Kín", phone="0912345678", address="Bản xa"),
    )  # fmt: skip
    office.sent("UBND", code=code)
    for form in (Form.XLSX, Form.DOCX):
        made = annex(office, tmp_path, "pl4", form=form)
        said = str(cells(made)) if form is Form.XLSX else word_text(made)
        assert "sửa đường" in said
        assert "Lò Văn Kín" not in said
        assert "0912345678" not in said


def test_the_same_day_gives_the_same_bytes(office: Office, tmp_path: Path) -> None:
    sent(office, "Sửa đường")
    for kind in ("pl4", "cross"):
        for form in Form:
            assert annex(office, tmp_path, kind, form=form) == annex(office, tmp_path, kind, form=form)
