from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from models.searching import text_key
from tests.unit.importing.conftest import ReadCsv, WriteXlsx
from workflows.importing.fingerprints import origin_of
from workflows.importing.reading import Sheet, read_petitions

LIST = "STT,Nội dung,Địa phương\n1,Đề nghị A,Huế\n2,Đề nghị B,Huế\n3,Đề nghị A,Huế\n"


def fingerprints(sheet: Sheet) -> list[str]:
    return [row.fingerprint for row in sheet.rows()]


def test_the_same_file_gives_the_same_fingerprints_and_equal_rows_differ(read_csv: ReadCsv) -> None:
    first, second = fingerprints(read_csv(LIST)), fingerprints(read_csv(LIST))
    assert first == second
    assert len(set(first)) == 3


@pytest.mark.parametrize(
    "text",
    [
        unicodedata.normalize("NFD", LIST),
        LIST.replace("Đề nghị A,", " Đề\u00a0nghị  A ,"),
        LIST.replace(",", ";"),
        LIST.replace("\n", ",,\n"),
        "Danh mục kiến nghị\n\n" + LIST,
        LIST.replace("1,", "11,").replace("3,", "13,"),
        "Địa phương,Nội dung,STT\nHuế,Đề nghị A,1\nHuế,Đề nghị B,2\nHuế,Đề nghị A,3\n",
    ],
    ids=["decomposed", "spaces", "delimiter", "blank columns", "titles", "renumbered", "columns moved"],
)
def test_what_changes_no_petition_changes_no_fingerprint(read_csv: ReadCsv, text: str) -> None:
    assert fingerprints(read_csv(text)) == fingerprints(read_csv(LIST))


def test_the_same_list_as_a_workbook_is_the_same_source(read_csv: ReadCsv, write_xlsx: WriteXlsx, today: date) -> None:
    rows = [
        ["STT", "Nội dung", "Địa phương"],
        [1, "Đề nghị A", "Huế"],
        [2, "Đề nghị B", "Huế"],
        [3, "Đề nghị A", "Huế"],
    ]
    assert fingerprints(read_petitions(write_xlsx(rows), today=today)) == fingerprints(read_csv(LIST))


def test_a_row_inserted_above_makes_only_itself_new(read_csv: ReadCsv) -> None:
    longer = LIST.replace("1,Đề nghị A,Huế\n", "1,Đề nghị mới,Huế\n2,Đề nghị A,Huế\n")
    assert len(set(fingerprints(read_csv(longer))) - set(fingerprints(read_csv(LIST)))) == 1


def test_a_changed_cell_or_another_file_is_another_row(read_csv: ReadCsv) -> None:
    known = set(fingerprints(read_csv(LIST)))
    assert known.isdisjoint(fingerprints(read_csv(LIST, name="ban-sao.csv")))
    assert known.isdisjoint(fingerprints(read_csv(LIST, origin="dot-2")))
    assert known == set(fingerprints(read_csv(LIST, name="ban-sao.csv", origin="danh-sach")))
    assert known.isdisjoint(fingerprints(read_csv(LIST.replace("Huế", "Quốc Khánh"))))


def test_the_origin_is_the_base_name_composed() -> None:
    name = "Kiến nghị đợt 1"
    assert origin_of(Path("/a") / unicodedata.normalize("NFD", f"{name}.csv")) == name
    assert origin_of(Path("/b") / f"{name}.xlsx") == name


def test_the_same_words_have_one_key_whatever_accents_case_and_punctuation() -> None:
    assert text_key("- Đề nghị sửa đường!") == text_key("ĐỀ NGHỊ  SỬA đường") == text_key("de nghi sua duong")
    assert text_key("Đề nghị sửa đường") != text_key("Đề nghị sửa cầu")
