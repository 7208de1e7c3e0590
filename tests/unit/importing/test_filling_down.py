from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.unit.importing.conftest import ReadCsv
from tests.words import cell, row, table, write_docx
from workflows.importing.errors import BadMapping
from workflows.importing.filling import FILLABLE, fillable_fields
from workflows.importing.headings import Field
from workflows.importing.reading import read_petitions

LIST = "STT;Nội dung kiến nghị;Địa phương;Cơ quan giải quyết;Ghi chú\n"
ROWS = "1;Sửa đường vào bản;Bản A;UBND xã;gấp\n2;Khoan thêm giếng;;;\n3;Xây lại trường;Bản B;;\n4;Kéo điện về bản;;;\n"


def test_a_value_written_once_for_a_group_is_filled_down_only_where_it_is_asked_for(read_csv: ReadCsv) -> None:
    def places(*fields: Field) -> list[tuple[str, str, str]]:
        sheet = read_csv(LIST + ROWS, fill_down=frozenset(fields))
        return [(r.locality_written, r.agency_written, r.note) for r in sheet.rows()]

    assert places() == [("Bản A", "UBND xã", "gấp"), ("", "", ""), ("Bản B", "", ""), ("", "", "")]
    assert places(Field.LOCALITY) == [
        ("Bản A", "UBND xã", "gấp"),
        ("Bản A", "", ""),
        ("Bản B", "", ""),
        ("Bản B", "", ""),
    ]
    assert [place[1] for place in places(Field.LOCALITY, Field.AGENCY)] == ["UBND xã"] * 4


def test_a_value_does_not_reach_into_the_next_group(read_csv: ReadCsv) -> None:
    rows = "1;Sửa đường;Bản A;;\nLĩnh vực điện;;;;\n2;Kéo điện;;;\n"
    sheet = read_csv(LIST + rows, fill_down=frozenset({Field.LOCALITY}))
    assert [r.locality_written for r in sheet.rows()] == ["Bản A", ""]


def test_filling_down_makes_no_row_another_row(read_csv: ReadCsv) -> None:
    plain = [r.fingerprint for r in read_csv(LIST + ROWS).rows()]
    assert [r.fingerprint for r in read_csv(LIST + ROWS, fill_down=frozenset({Field.LOCALITY})).rows()] == plain


def test_neither_a_text_nor_a_person_is_ever_filled_down() -> None:
    assert fillable_fields(["locality", "Cơ quan có thẩm quyền"]) == {Field.LOCALITY, Field.AGENCY}
    for name in ("text", "ordinal", "code", "note", "petitioner", "phone", "address", "other", "why_rejected", "gì đó"):
        with pytest.raises(BadMapping) as refused:
            fillable_fields([name])
        assert name in refused.value.text.vi
    assert Field.TEXT not in FILLABLE


def test_a_text_left_blank_is_missing_whatever_a_caller_asks_for(read_csv: ReadCsv) -> None:
    sheet = read_csv(LIST + "1;Sửa đường;Bản A;;\n2;;Bản A;;\n", fill_down=frozenset({Field.TEXT, Field.LOCALITY}))
    assert [[problem.code for problem in r.problems] for r in sheet.rows()] == [[], ["text_empty"]]


def test_in_a_word_list_rows_under_a_name_written_once_are_not_taken_for_the_rest_of_a_row(
    tmp_path: Path, today: date
) -> None:
    body = [("TT", "Nội dung", "Địa phương"), ("1", "Sửa đường.", "Bản A"), ("", "Làm cầu.", ""), ("", "cầu treo", "")]
    path = write_docx(tmp_path / "a.docx", table(body))
    sheet = read_petitions(path, today=today, fill_down=frozenset({Field.LOCALITY}))
    assert [(r.text, r.locality_written) for r in sheet.rows()] == [
        ("Sửa đường.", "Bản A"),
        ("Làm cầu.", "Bản A"),
        ("cầu treo", "Bản A"),
    ]


def test_a_column_that_is_not_there_cannot_be_filled_down(read_csv: ReadCsv) -> None:
    with pytest.raises(BadMapping, match="Session"):
        read_csv(LIST + ROWS, fill_down=frozenset({Field.SESSION}))


def test_a_merged_cell_is_filled_without_asking_and_a_blank_one_below_it_is_not(tmp_path: Path, today: date) -> None:
    rows = [
        ("TT", "Nội dung", "Địa phương"),
        row("1", "Sửa đường", cell("Bản A", merge="restart")),
        row("2", "Làm cầu", cell("", merge="continue")),
        row("3", "Kéo điện", ""),
    ]
    path = write_docx(tmp_path / "a.docx", table(rows))
    assert [r.locality_written for r in read_petitions(path, today=today).rows()] == ["Bản A", "Bản A", ""]
