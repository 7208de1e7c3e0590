from __future__ import annotations

from datetime import date

import pytest

from tests.unit.importing.conftest import ReadCsv
from workflows.importing.headings import Field
from workflows.importing.known_headings import known_field


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Số, ngày CV chuyển", Field.TRANSFER),
        ("Số CV chuyển", Field.TRANSFER_NUMBER),
        ("Ngày chuyển", Field.TRANSFER_DATE),
        ("Ngày UBND nhận", Field.UNIT_RECEIVED_ON),
        ("Đơn vị giải quyết/chủ trì", Field.AGENCY),
        ("Số, ngày văn bản trả lời", Field.ANSWER),
        ("Nội dung trả lời", Field.ANSWER_TEXT),
        ("Kết quả (đã/đang/chưa)", Field.RESULT),
        ("Kết luận của Thường trực", Field.JUDGED),
        ("Số lần nêu", Field.TIMES_RAISED),
        ("Đã thông báo cử tri", Field.TOLD),
        ("Công văn", Field.LETTER),
        ("Số", Field.LETTER_NUMBER),
    ],
)
def test_late_columns_are_known_and_the_letter_by_which_a_petition_came_stays_what_it_was(
    heading: str, meaning: Field
) -> None:
    assert known_field(heading) is meaning


def test_number_and_date_under_one_heading_or_side_by_side(read_csv: ReadCsv) -> None:
    spanned = read_csv(
        "TT,Nội dung,Công văn chuyển,,Văn bản trả lời,\n,,Số,Ngày,Số,Ngày\n"
        "1,Đề nghị sửa đường,12/HĐND-TT,06/8/2026,56/BC-UBND,25/8/2026\n",
        name="hai-tang.csv",
    )
    beside = read_csv(
        "TT,Nội dung,Số CV chuyển,Ngày,Số đến,Ngày đến,Số CV trả lời,Ngày\n"
        "1,Đề nghị sửa đường,12/HĐND-TT,06/8/2026,345,07/8/2026,56/BC-UBND,25/8/2026\n"
    )
    for sheet in (spanned, beside):
        (row,) = sheet.rows()
        (letter,), (answer,) = row.late.transfers, row.late.answers
        assert (letter.number, letter.on) == ("12/HĐND-TT", date(2026, 8, 6))
        assert (answer.number, answer.on) == ("56/BC-UBND", date(2026, 8, 25))
        assert (row.letter_written, row.received_on) == ("", None)
    (row,) = beside.rows()
    assert (row.late.incoming_number, row.late.unit_received_on) == ("345", date(2026, 8, 7))


def test_a_letter_of_transfer_is_told_from_the_letter_by_which_petitions_came(read_csv: ReadCsv) -> None:
    (came,) = read_csv("Nội dung,Công văn chuyển\nĐề nghị sửa đường,71/HĐND\n").rows()
    assert (came.letter_written, came.late.tells) == ("71/HĐND", False)
    (sent,) = read_csv("Nội dung,Công văn chuyển,Kết quả\nĐề nghị sửa đường,71/HĐND-TT,đã giải quyết\n").rows()
    assert (sent.letter_written, sent.late.transfers[0].number) == ("", "71/HĐND-TT")


def test_to_whom_it_went_is_still_the_agency_of_a_plain_list(read_csv: ReadCsv) -> None:
    (row,) = read_csv("Nội dung,Chuyển đến\nĐề nghị sửa đường,Sở Xây dựng\n").rows()
    assert (row.agency_written, row.late.tells) == ("Sở Xây dựng", False)
