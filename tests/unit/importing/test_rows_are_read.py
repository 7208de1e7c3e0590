from __future__ import annotations

from datetime import date

import pytest

from states.vocabulary import PetitionNature, RoundKind
from tests.unit.importing.conftest import ReadCsv, WriteXlsx
from workflows.importing.contents import Limits
from workflows.importing.problems import Severity
from workflows.importing.reading import read_petitions

FULL = (
    "STT,Mã kiến nghị,Nội dung kiến nghị,Loại kiến nghị,Địa phương,Thẩm quyền giải quyết,Lĩnh vực,Kỳ họp,"
    "Trước/Sau kỳ họp,Kế hoạch số,Công văn,Số,Ngày,Ngày nhận,Người kiến nghị,Địa chỉ,Điện thoại,Hình thức tiếp nhận,"
    "Ghi chú\n"
)


def codes(row: object) -> list[tuple[str, str]]:
    return [(finding.column, finding.code) for finding in row.problems]  # type: ignore[attr-defined]  # a row


def test_every_field_of_a_full_row(read_csv: ReadCsv) -> None:
    (row,) = read_csv(
        FULL + "1,KN-07,Đề nghị sửa đường,Kiến nghị,Quốc Khánh,UBND xã,Giao thông,Kỳ họp thứ 3,Trước,49/KH-HĐND,CV,"
        'KG94,04/03/2026,5/3/2026,Bà L.,thôn Nà Cắn,0912 345 678,Hội nghị,"dòng một\ndòng hai"\n'
    ).rows()
    assert row.problems == ()
    assert (row.ordinal, row.code_in_source, row.text) == ("1", "KN-07", "Đề nghị sửa đường")
    assert (row.nature_written, row.nature) == ("Kiến nghị", PetitionNature.REQUEST)
    assert (row.locality_written, row.agency_written, row.field_written) == ("Quốc Khánh", "UBND xã", "Giao thông")
    assert (row.session_written, row.plan_written) == ("Kỳ họp thứ 3", "49/KH-HĐND")
    assert (row.round_written, row.round_kind) == ("Trước", RoundKind.BEFORE_SESSION)
    assert (row.letter_written, row.letter_on) == ("CV KG94", date(2026, 3, 4))
    assert row.received_on == date(2026, 3, 5)
    assert (row.petitioner_name, row.petitioner_address, row.petitioner_phone) == (
        "Bà L.",
        "thôn Nà Cắn",
        "0912 345 678",
    )
    assert (row.channel_written, row.note, row.other) == ("Hội nghị", "dòng một\ndòng hai", {})


def test_a_row_without_a_text_is_rejected_with_its_column(read_csv: ReadCsv) -> None:
    empty, invisible, full = read_csv("STT,Nội dung,Địa phương\n1,,Huế\n2,\u00a0\u200b,Huế\n3,Đề nghị A,\n").rows()
    assert codes(empty) == codes(invisible) == [("Nội dung", "text_empty")]
    assert (empty.is_rejected, full.is_rejected) == (True, False)
    assert empty.errors[0].severity is Severity.ERROR


def test_blank_rows_are_not_read(read_csv: ReadCsv) -> None:
    sheet = read_csv("STT,Nội dung\n1,Đề nghị A\n,\n\u00a0,\u200b\n\n2,Đề nghị B\n")
    assert [(row.row_number, row.ordinal) for row in sheet.rows()] == [(2, "1"), (6, "2")]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Trước", RoundKind.BEFORE_SESSION),
        ("trước kỳ họp", RoundKind.BEFORE_SESSION),
        ("SAU", RoundKind.AFTER_SESSION),
        ("Chuyên đề", RoundKind.THEMATIC),
        ("không thường lệ", RoundKind.EXTRAORDINARY),
        ("Khác", None),
        ("trước và sau kỳ họp", None),
    ],
)
def test_the_side_of_the_session(read_csv: ReadCsv, said: str, kind: RoundKind | None) -> None:
    (row,) = read_csv(f"Nội dung,Trước/Sau kỳ họp\nĐề nghị A,{said}\n").rows()
    assert (row.round_written, row.round_kind) == (said, kind)
    assert codes(row) == ([] if kind else [("Trước/Sau kỳ họp", "round_unknown")])
    assert not row.is_rejected


@pytest.mark.parametrize("said", ["Kỳ họp thứ 3", "thứ 8", "8", "VIII", "KH3", "3/2026", "bất thường", "HĐND khóa XV"])
def test_what_can_be_a_session_is_kept_as_written(read_csv: ReadCsv, said: str) -> None:
    (row,) = read_csv(f"Nội dung,Kỳ họp\nĐề nghị A,{said}\n").rows()
    assert (row.session_written, row.problems) == (said, ())


@pytest.mark.parametrize("said", ["71/HĐND-TT", "71", "71a/CV", "12 / HĐND", "KG94", "tphcm81", "BN-34"])
def test_what_can_be_the_number_of_a_letter_needs_no_letter(read_csv: ReadCsv, said: str) -> None:
    (row,) = read_csv(f"Nội dung,Công văn,Số\nĐề nghị A,,{said}\n").rows()
    assert (row.letter_written, row.problems) == (said, ())


def test_an_impossible_date_rejects_the_row_and_is_no_other_day(read_csv: ReadCsv) -> None:
    (row,) = read_csv("Nội dung,Ngày nhận\nĐề nghị A,31/11/2026\n").rows()
    assert (row.is_rejected, row.received_on) == (True, None)
    assert codes(row) == [("Ngày nhận", "date_impossible")]
    assert "Có phải 30/11/2026, thứ Hai?" in row.errors[0].text.vi


def test_a_date_without_a_year_rejects_the_row(read_csv: ReadCsv) -> None:
    (row,) = read_csv("Nội dung,Ngày nhận\nĐề nghị A,30/11\n").rows()
    assert codes(row) == [("Ngày nhận", "date_year_missing")]


def test_an_unlikely_date_is_kept_with_a_warning(read_csv: ReadCsv) -> None:
    (row,) = read_csv("Nội dung,Ngày nhận\nĐề nghị A,05/03/2062\n").rows()
    assert (row.received_on, row.is_rejected) == (date(2062, 3, 5), False)
    assert codes(row) == [("Ngày nhận", "date_unlikely")]


def test_a_text_of_more_than_100_kilobytes_is_rejected_and_the_others_stay(read_csv: ReadCsv) -> None:
    long, monstrous, good = read_csv(
        f"STT,Nội dung\n1,{'đường ' * 20_000}\n2,{'x' * 10_000_000}\n3,{'đường ' * 1_000}\n"
    ).rows()
    assert codes(long) == codes(monstrous) == [("Nội dung", "cell_too_large")]
    assert (good.problems, len(good.text)) == ((), 5_999)


def test_a_monstrous_cell_in_an_unknown_column_rejects_the_row(read_csv: ReadCsv) -> None:
    (row,) = read_csv(f"Nội dung,Trả lời\nĐề nghị A,{'x' * 200_000}\n").rows()
    assert codes(row) == [("Trả lời", "cell_too_large")]


def test_a_value_too_long_for_its_field_is_kept_aside(read_csv: ReadCsv) -> None:
    (row,) = read_csv(f"Nội dung,Người kiến nghị\nĐề nghị A,{'Bà L. ' * 200}\n").rows()
    assert (row.petitioner_name, codes(row)) == ("", [("Người kiến nghị", "cell_too_long")])
    assert row.other["Người kiến nghị"].startswith("Bà L. Bà L.")


def test_a_text_lost_to_a_formula_or_without_words_is_rejected(read_csv: ReadCsv) -> None:
    first, second = read_csv("STT,Nội dung\n1,#NAME?\n2,.....\n").rows()
    assert codes(first) == [("Nội dung", "text_formula_error")]
    assert codes(second) == [("Nội dung", "text_without_words")]


def test_a_formula_in_a_text_file_is_only_text(read_csv: ReadCsv) -> None:
    (row,) = read_csv('Nội dung,Ghi chú\nĐề nghị A,"=HYPERLINK(""http://a"")"\n').rows()
    assert (row.note, row.problems) == ('=HYPERLINK("http://a")', ())


@pytest.mark.parametrize(
    ("ordinal", "text"),
    [
        ("", "3. Bộ Y tế"),
        ("", "II. ĐỐI VỚI CHÍNH PHỦ"),
        ("", "a) Luật đất đai:"),
        ("II", "Lĩnh vực đất đai"),
        ("B", "Thuộc thẩm quyền xã"),
    ],
)
def test_the_title_of_a_group_is_doubted_not_rejected(read_csv: ReadCsv, ordinal: str, text: str) -> None:
    (row,) = read_csv(f"STT,Nội dung\n{ordinal},{text}\n").rows()
    assert (codes(row), row.is_rejected) == ([("Nội dung", "text_like_title")], False)


@pytest.mark.parametrize(
    "text", ["Sửa đường thôn 3.", "Đề nghị làm cầu", "1. Đề nghị Nhà nước sớm sửa đường vào xã ta"]
)
def test_a_short_petition_is_not_doubted(read_csv: ReadCsv, text: str) -> None:
    (row,) = read_csv(f"STT,Nội dung\n1,{text}\n").rows()
    assert row.problems == ()


def test_an_unquoted_delimiter_rejects_the_row_instead_of_cutting_its_text(read_csv: ReadCsv) -> None:
    (row,) = read_csv("STT,Nội dung,Địa phương\n1,Đề nghị sửa đường, cầu, cống,Huế\n").rows()
    assert codes(row) == [("", "too_many_cells")]
    assert row.is_rejected


def test_empty_cells_beyond_the_headings_harm_nobody(read_csv: ReadCsv) -> None:
    (row,) = read_csv("STT,Nội dung,Địa phương\n1,Đề nghị sửa đường,Huế,,,\n").rows()
    assert row.problems == ()


def test_a_row_cut_by_a_line_break_is_doubted_in_both_halves(read_csv: ReadCsv) -> None:
    first, second = read_csv("STT,Nội dung,Địa phương\n1,Đề nghị sửa đường\nvà làm cầu mới,Huế\n").rows()
    assert codes(first) == [("", "too_few_cells")]
    assert ("STT", "ordinal_odd") in codes(second)


def test_equal_words_in_one_file_point_to_the_first_accepted_row(read_csv: ReadCsv) -> None:
    rows = list(
        read_csv(
            "STT,Nội dung,Ngày nhận\n1,Đề nghị sửa đường!,31/11/2026\n2,Đề nghị sửa đường!,\n"
            "3,- ĐỀ NGHỊ sửa  đường,\n4,Đề nghị làm cầu,\n"
        ).rows()
    )
    assert [row.same_text_as for row in rows] == [None, None, 3, None]
    assert codes(rows[2]) == [("Nội dung", "same_text_in_file")]
    assert "dòng 3" in rows[2].warnings[0].text.vi


def test_the_rows_can_be_walked_again(read_csv: ReadCsv) -> None:
    sheet = read_csv("STT,Nội dung\n1,Đề nghị A\n2,Đề nghị A\n")
    assert list(sheet.rows()) == list(sheet.rows())


def test_typed_cells_of_a_workbook(write_xlsx: WriteXlsx, today: date) -> None:
    path = write_xlsx(
        [
            ["STT", "Nội dung", "Ngày nhận", "Điện thoại", "Kỳ họp"],
            [1, "Đề nghị A", date(2026, 3, 5), 912345678, 3],
            [2.0, "Đề nghị B", 46086, "0912", "3"],
            [3, "Đề nghị C", "31/11/2026", "", ""],
        ]
    )
    first, second, third = read_petitions(path, today=today).rows()
    assert (first.ordinal, first.received_on, first.petitioner_phone) == ("1", date(2026, 3, 5), "912345678")
    assert (first.session_written, second.ordinal, second.received_on) == ("3", "2", date(2026, 3, 5))
    assert codes(third) == [("Ngày nhận", "date_impossible")]


def test_the_limits_are_the_callers(read_csv: ReadCsv) -> None:
    (row,) = read_csv("Nội dung\nĐề nghị A rất dài\n", limits=Limits(text_bytes=10)).rows()
    assert codes(row) == [("Nội dung", "cell_too_large")]
