"""Searching petitions as people type: without accents, in pieces, with signs that mean something elsewhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, update

from models.cases import CaseSearch
from models.columns import table_of
from models.ddl import FTS
from models.searching import MOST_LETTERS, exact_words, index_row, matching, text_key
from models.units import Database, WriteUnit, connect

NAMES = UUID(int=7)
ROAD = "Đề nghị sửa chữa đường giao thông liên thôn bị hư hỏng."
ROAD_BARE = "De nghi sua chua duong giao thong lien thon bi hu hong."
WATER = "Cử tri kiến nghị đầu tư công trình nước sạch tập trung (thôn 5)."
SUGAR = "Nhà máy đường xả thải, ô nhiễm 2 km suối; UBND/HĐND xã chưa trả lời."


SIGNS = (
    '"đường', "đường*", "NEAR(duong giao, 2)", "folded:duong", "duong AND giao", "duong OR nuoc", "NOT duong",
    "duong & !giao", "duong | nuoc", "duong <-> giao", "(duong", "duong)", "-duong", "^duong", "{exact}: duong",
    "duong:*", "'duong'", "duong\x00giao", "duong; DROP TABLE case_search", "\\duong", "%s %(x)s :x ?", "\ud800 duong",
)  # fmt: skip


@pytest.fixture
def searchable(database_url: str) -> Iterator[Database]:
    """Texts without their cases: this is about the index alone."""
    database = connect(database_url)
    with database.writing() as unit:
        leave_out_foreign_keys(unit)
        add(unit, ROAD, ROAD_BARE, WATER, SUGAR)
    yield database
    database.close()


def leave_out_foreign_keys(unit: WriteUnit) -> None:
    if unit.dialect == "sqlite":
        unit.connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        unit.take_lock()
    else:
        unit.take_lock()
        unit.connection.exec_driver_sql("ALTER TABLE case_search DROP CONSTRAINT fk_case_search_case_id")


def add(unit: WriteUnit, *texts: str) -> None:
    unit.run(insert(table_of(CaseSearch)), [index_row(uuid5(NAMES, text), text) for text in texts])


def found(database: Database, words: str, *, prefix: bool = False) -> list[str]:
    """Return the texts that are found, best first."""
    matches = matching(database.dialect, words, prefix=prefix)
    assert matches is not None
    with database.reading() as unit:
        exact, otherwise, either = (
            sorted(unit.read(query).scalars()) for query in (matches.exact, matches.otherwise, matches.either)
        )
    assert sorted(exact + otherwise) == either
    texts = {uuid5(NAMES, text): text for text in (ROAD, ROAD_BARE, WATER, SUGAR, *EXTRA)}
    return [texts[case_id] for case_id in exact + otherwise]


EXTRA = ("Đường làng lầy lội khi mưa", "chữ " * 100)


def test_words_without_accents_find_the_accented_text(searchable: Database) -> None:
    assert set(found(searchable, "duong giao thong")) == {ROAD, ROAD_BARE}


def test_capitals_do_not_matter(searchable: Database) -> None:
    assert found(searchable, "ĐƯỜNG GIAO THÔNG")[0] == ROAD


def test_accents_as_typed_come_first(searchable: Database) -> None:
    assert found(searchable, "đường giao thông") == [ROAD, ROAD_BARE]


def test_decomposed_words_are_the_same_words(searchable: Database) -> None:
    assert found(searchable, unicodedata.normalize("NFD", "đường giao thông")) == [ROAD, ROAD_BARE]


def test_all_words_must_be_there(searchable: Database) -> None:
    assert found(searchable, "duong nuoc sach") == []
    assert found(searchable, "nha duong may") == [SUGAR]


def test_words_are_cut_at_every_sign(searchable: Database) -> None:
    assert found(searchable, "hdnd") == [SUGAR]
    assert found(searchable, "thôn-5") == [WATER]


def test_the_last_word_may_be_a_beginning(searchable: Database) -> None:
    assert found(searchable, "nuoc sa") == []
    assert found(searchable, "nuoc sa", prefix=True) == [WATER]
    assert found(searchable, "nuo sach", prefix=True) == []


def test_signs_of_query_languages_mean_nothing(searchable: Database) -> None:
    for query in SIGNS:
        assert found(searchable, query) == found(searchable, exact_words(query)), query


def test_words_of_query_languages_are_words(searchable: Database) -> None:
    assert found(searchable, "duong OR nuoc") == []
    assert found(searchable, "NEAR duong") == []


def test_no_word_is_no_filter(searchable: Database) -> None:
    for nothing in ("", "   ", '"', "***", "():-", "\x00", "\u200b"):
        assert matching(searchable.dialect, nothing) is None


def test_a_changed_text_is_found_by_its_new_words_only(searchable: Database) -> None:
    new = EXTRA[0]
    row = index_row(uuid5(NAMES, WATER), new)
    search = table_of(CaseSearch)
    with searchable.writing() as unit:
        unit.run(update(search).where(search.c.case_id == row["case_id"]).values(**row))
    matches = matching(searchable.dialect, "lay loi")
    assert matches is not None
    with searchable.reading() as unit:
        assert list(unit.read(matches.either).scalars()) == [uuid5(NAMES, WATER)]
    assert found(searchable, "nuoc sach") == []


def test_a_removed_text_is_not_found(searchable: Database) -> None:
    with searchable.writing() as unit:
        unit.run(table_of(CaseSearch).delete().where(table_of(CaseSearch).c.case_id == uuid5(NAMES, WATER)))
    assert found(searchable, "nuoc sach") == []


def test_the_index_agrees_with_the_rows_after_vacuum(searchable: Database) -> None:
    if searchable.dialect == "sqlite":
        with searchable.writing() as unit:
            unit.run(table_of(CaseSearch).delete().where(table_of(CaseSearch).c.case_id == uuid5(NAMES, ROAD)))
        with searchable.engine.connect() as connection:
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql(f"INSERT INTO {FTS} ({FTS}, rank) VALUES ('integrity-check', 1)")
    assert found(searchable, "nuoc sach") == [WATER]


def test_erased_words_leave_the_file(database_url: str) -> None:
    if not database_url.startswith("sqlite"):
        return
    database = connect(database_url)
    text = "Ông Nguyễnvăntuyệtmật ở thôn 5"
    with database.writing() as unit:
        leave_out_foreign_keys(unit)
        add(unit, text, *(f"{ROAD} {n}" for n in range(200)))
    with database.writing() as unit:
        row = index_row(uuid5(NAMES, text), "")
        search = table_of(CaseSearch)
        unit.run(update(search).where(search.c.case_id == row["case_id"]).values(**row))
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    content = Path(database_url.partition(":///")[2]).read_bytes()
    assert b"nguyenvantuyetmat" not in content
    assert b"tuyetmat" not in content
    assert "tuyệtmật".encode() not in content


def test_a_text_of_megabytes_is_indexed_by_its_beginning(searchable: Database) -> None:
    words = " ".join(f"chữ{n}" for n in range(200_000))
    assert len(words) > 1_500_000
    row = index_row(uuid5(NAMES, EXTRA[1]), words)
    assert len(row["exact"]) <= MOST_LETTERS
    with searchable.writing() as unit:
        unit.run(insert(table_of(CaseSearch)), row)
    assert found(searchable, "chu5") == [EXTRA[1]]


def test_a_whole_petition_may_be_pasted(searchable: Database) -> None:
    assert found(searchable, ROAD * 50)[0] == ROAD


def test_any_query_is_understood(searchable: Database) -> None:
    @given(st.text(max_size=60))
    def ask(query: str) -> None:
        wanted = matching(searchable.dialect, query, prefix=True)
        if wanted is not None:
            with searchable.reading() as unit:
                for cases in (wanted.exact, wanted.otherwise, wanted.either):
                    unit.read(cases).all()

    ask()


def test_equal_words_have_equal_keys() -> None:
    assert text_key("Sửa đường!") == text_key("sua  DUONG")
    assert text_key("Sửa đường") != text_key("Sửa cầu")
