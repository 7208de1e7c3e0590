"""The two lists that offices really imported; what they hold is told in SOURCES.md beside them."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests import words
from workflows.importing.cells import clean_text
from workflows.importing.headings import Field
from workflows.importing.reading import Sheet, read_petitions
from workflows.importing.rows import PetitionRow

TODAY = date(2026, 11, 20)
TOPICS = {76, 266, 434, 604, 699, 774, 1025, 1026, 1123, 1382}


@pytest.fixture(scope="module")
def national(shared_data: Path) -> Sheet:
    return read_petitions(shared_data / "petitions_national_assembly_1573.csv", today=TODAY)


@pytest.fixture(scope="module")
def rows(national: Sheet) -> list[PetitionRow]:
    return list(national.rows())


@pytest.fixture(scope="module")
def second(shared_data: Path) -> Sheet:
    return read_petitions(shared_data / "petitions_second_import_30.csv", today=TODAY)


def test_the_national_list_is_read_whole(national: Sheet, rows: list[PetitionRow]) -> None:
    assert (national.encoding, national.delimiter, national.unknown_headings) == ("utf-8", ",", ())
    assert (len(rows), sum(row.is_rejected for row in rows)) == (1573, 1)
    assert [(line.row_number) for line in national.lines()] == list(range(2, 1575))
    assert len({row.fingerprint for row in rows}) == 1573


def test_the_national_list_as_the_table_of_a_word_file_says_the_same(
    national: Sheet, rows: list[PetitionRow], tmp_path: Path
) -> None:
    shown = [[clean_text(cell).text for cell in line.cells] for line in national.grid.rows()]
    path = words.write_docx(tmp_path / "petitions_national_assembly_1573.docx", words.table(shown))
    found = list(read_petitions(path, today=TODAY).rows())
    assert [(row.text, row.ordinal, row.locality_written) for row in found] == [
        (row.text, row.ordinal, row.locality_written) for row in rows
    ]
    assert [row.fingerprint for row in found] == [row.fingerprint for row in rows]


def test_only_the_row_without_a_text_is_rejected(rows: list[PetitionRow]) -> None:
    (empty,) = (row for row in rows if row.is_rejected)
    assert (empty.row_number, empty.locality_written, empty.agency_written) == (453, "Thái Nguyên", "bng")
    assert [(finding.column, finding.code) for finding in empty.problems] == [("Nội dung kiến nghị", "text_empty")]


def test_the_ten_rows_with_a_topic_under_the_session_are_accepted_and_told(rows: list[PetitionRow]) -> None:
    told = [row for row in rows if any(finding.code == "session_odd" for finding in row.warnings)]
    assert {row.row_number for row in told} == TOPICS
    assert all(row.session_written == "" and row.other["Kỳ họp"] and row.text for row in told)
    (words,) = (row for row in rows if any(finding.code == "letter_number_odd" for finding in row.warnings))
    assert (words.row_number, words.letter_written, words.other) == (616, "", {"số": "4 nha"})


def test_fourteen_pairs_have_the_same_words_thirteen_letter_for_letter(rows: list[PetitionRow]) -> None:
    twins = [row for row in rows if row.same_text_as]
    texts = {row.row_number: row.text for row in rows}
    assert len(twins) == 14
    assert sum(texts[row.same_text_as or 0] == row.text for row in twins) == 13
    assert max(Counter(row.text_key for row in rows).values()) == 2


def test_every_warning_of_the_national_list(rows: list[PetitionRow]) -> None:
    assert sum(bool(row.warnings) for row in rows) == 34
    assert Counter(finding.code for row in rows for finding in row.problems) == {
        "text_empty": 1,
        "same_text_in_file": 14,
        "session_odd": 10,
        "text_like_title": 9,
        "letter_number_odd": 1,
    }


def test_the_national_list_is_clean_afterwards(rows: list[PetitionRow]) -> None:
    assert not any(mark in row.text for row in rows for mark in "\u00a0\u00ad\u0301")
    assert len({row.locality_written for row in rows}) == 61
    assert len({row.agency_written for row in rows if row.agency_written}) == 29
    assert sum(bool(row.letter_written) for row in rows) == 63
    assert sum(not row.field_written for row in rows) == 477


def test_the_second_list_has_other_headings_and_is_known_but_for_places(second: Sheet, rows: list[PetitionRow]) -> None:
    again = list(second.rows())
    assert second.columns["Thẩm quyền Bộ, ngành"] is Field.AGENCY
    assert second.columns["Lĩnh vực thuộc Bộ/ngành"] is Field.SUBJECT
    assert second.columns["Chương trình/Kế hoạch TXCT"] is Field.PLAN
    assert second.unknown_headings == ()
    assert (len(again), sum(row.is_rejected for row in again)) == (30, 0)
    assert {row.text_key for row in again} <= {row.text_key for row in rows}
    assert {row.fingerprint for row in again}.isdisjoint(row.fingerprint for row in rows)
    assert Counter(finding.code for row in again for finding in row.problems) == {"same_text_in_file": 1}
    assert [row.round_written for row in again if row.round_kind] == ["Trước", "Sau", "Trước", "Trước"]
    assert [row.session_written for row in again if row.session_written] == ["Kỳ họp thứ 3", "Kỳ họp thứ 4"]


def test_reading_the_national_list_takes_little_memory(shared_data: Path) -> None:
    tracemalloc.start()
    try:
        sheet = read_petitions(shared_data / "petitions_national_assembly_1573.csv", today=TODAY)
        assert sum(1 for _ in sheet.rows()) == 1573
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20 << 20
