from __future__ import annotations

import pytest

from tests.unit.importing.conftest import ReadCsv

LONG = (
    "Cử tri đề nghị Ủy ban nhân dân xã sớm bố trí kinh phí sửa chữa tuyến đường từ thôn Nà Cắn đến trung tâm xã "
    "vì mùa mưa đi lại rất khó khăn"
)
HEADINGS = "STT,Nội dung kiến nghị,Địa phương,Lĩnh vực,Trước/Sau kỳ họp,Ngày nhận\n"


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (f"5,,{LONG},Huế,dat,Trước,05/03/2026", "Địa phương"),
        (f",5,{LONG},Huế,dat,Trước,05/03/2026", "Địa phương"),
        (f",,{LONG},Huế,dat,Trước,05/03/2026", "Địa phương"),
        (f"{LONG},Huế,dat,Trước,05/03/2026,", "STT"),
    ],
)
def test_a_row_slipped_by_one_column_is_put_back_and_told(read_csv: ReadCsv, cells: str, found: str) -> None:
    (row,) = read_csv(f"{HEADINGS}{cells}\n").rows()
    assert (row.text, row.locality_written, row.field_written, row.round_written) == (LONG, "Huế", "dat", "Trước")
    assert row.received_on is not None
    assert row.ordinal in {"", "5"}
    assert [(finding.column, finding.code) for finding in row.problems] == [("Nội dung kiến nghị", "row_shifted")]
    assert f"“{found}”" in row.warnings[0].text.vi


@pytest.mark.parametrize(
    "cells",
    [
        f"5,,Huế,{LONG},dat,Trước",  # two columns away
        f"5,ngắn,{LONG},Huế,dat,Trước",  # something already stands in the text's place
        f"{LONG},Huế,dat,Trước,05/03/2026,06/03/2026",  # moving would push the last cell out
        f"5,,{LONG},Huế,dat,05/03/2026,Trước",  # moved, a date would stand under the round
    ],
)
def test_a_row_that_could_be_read_in_several_ways_is_rejected(read_csv: ReadCsv, cells: str) -> None:
    (row,) = read_csv(f"{HEADINGS}{cells}\n").rows()
    assert "row_shifted" in {finding.code for finding in row.errors}


def test_a_long_note_beside_a_short_text_is_no_shift(read_csv: ReadCsv) -> None:
    (row,) = read_csv(f"STT,Nội dung,Ghi chú\n1,Sửa đường,{LONG}\n").rows()
    assert (row.text, row.note, row.problems) == ("Sửa đường", LONG, ())


def test_a_topic_under_the_session_is_kept_aside_and_told(read_csv: ReadCsv) -> None:
    (row,) = read_csv(f"Nội dung,Công văn,số,Kỳ họp\n{LONG},cv,bt254,dau ra chan nuoi\n").rows()
    assert (row.session_written, row.letter_written, row.other) == ("", "cv bt254", {"Kỳ họp": "dau ra chan nuoi"})
    assert [(finding.column, finding.code) for finding in row.warnings] == [("Kỳ họp", "session_odd")]


def test_words_in_place_of_a_letter_number_are_kept_aside_and_told(read_csv: ReadCsv) -> None:
    (row,) = read_csv(f"Nội dung,Công văn,số,Kỳ họp\n{LONG},,4 nha,\n").rows()
    assert (row.letter_written, row.other) == ("", {"số": "4 nha"})
    assert [(finding.column, finding.code) for finding in row.warnings] == [("số", "letter_number_odd")]
