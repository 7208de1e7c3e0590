from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.importing.conftest import ReadCsv
from workflows.importing.errors import BadMapping, ColumnsCollide, TextColumnMissing
from workflows.importing.mapping import load_mapping, make_mapping

TOML = """
[columns]
"Điều bà con nói" = "text"
"Nơi nói" = "locality"
"Người nghe" = "other"
"""
JSON = '\ufeff{"columns": {"Điều bà con nói": "text", "NƠI NÓI": "Locality", "Người nghe": "other"}}'
LIST = "Điều bà con nói;Nơi nói;Người nghe;Địa phương\nĐề nghị sửa đường;Nà Cắn;Bà L.;Quốc Khánh\n"


@pytest.mark.parametrize(("name", "content"), [("cot.toml", TOML), ("cot.json", JSON), ("cot.txt", JSON)])
def test_a_mapping_file_names_the_columns(tmp_path: Path, read_csv: ReadCsv, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    sheet = read_csv(LIST, mapping=load_mapping(tmp_path / name))
    (row,) = sheet.rows()
    assert (row.text, row.locality_written) == ("Đề nghị sửa đường", "Nà Cắn")
    assert row.other == {"Người nghe": "Bà L.", "Địa phương": "Quốc Khánh"}


def test_a_column_mapped_to_other_is_no_unknown_one(read_csv: ReadCsv) -> None:
    sheet = read_csv(LIST, mapping=make_mapping({"Điều bà con nói": "text", "Người nghe": "other"}))
    assert sheet.unknown_headings == ("Nơi nói",)


def test_a_mapping_settles_two_columns_of_one_meaning(read_csv: ReadCsv) -> None:
    table = "Nội dung,Cơ quan chủ trì,Thẩm quyền giải quyết\nĐề nghị sửa đường,Sở A,Sở B\n"
    with pytest.raises(ColumnsCollide):
        read_csv(table)
    (row,) = read_csv(table, mapping=make_mapping({"Cơ quan chủ trì": "other"})).rows()
    assert (row.agency_written, row.other) == ("Sở B", {"Cơ quan chủ trì": "Sở A"})
    (row,) = read_csv(table, mapping=make_mapping({"Cơ quan chủ trì": "agency"})).rows()
    assert (row.agency_written, row.other) == ("Sở A", {"Thẩm quyền giải quyết": "Sở B"})


def test_a_heading_that_the_file_does_not_have_is_refused(read_csv: ReadCsv) -> None:
    with pytest.raises(BadMapping) as refusal:
        read_csv(LIST, mapping=make_mapping({"Điều bà con nói": "text", "Ngày nói": "received_on"}))
    assert "“Ngày nói” mà tệp không có" in refusal.value.text.vi
    assert "“Điều bà con nói”, “Nơi nói”, “Người nghe”, “Địa phương”" in refusal.value.text.vi


def test_a_mapping_of_another_file_altogether_is_refused(read_csv: ReadCsv) -> None:
    with pytest.raises(BadMapping):
        read_csv("a,b\n1,2\n", mapping=make_mapping({"Điều bà con nói": "text"}))


def test_a_mapping_may_take_the_text_away_and_then_it_is_missing(read_csv: ReadCsv) -> None:
    with pytest.raises(TextColumnMissing):
        read_csv("Nội dung,Địa phương\nĐề nghị sửa đường,Huế\n", mapping=make_mapping({"Nội dung": "note"}))


def test_an_unknown_field_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadMapping) as refusal:
        make_mapping({"Nơi nói": "place"})
    assert "Cột “Nơi nói”: không có trường “place”" in refusal.value.text.vi
    assert "locality" in refusal.value.text.vi


def test_two_headings_for_one_field_are_refused() -> None:
    with pytest.raises(BadMapping) as refusal:
        make_mapping({"Nơi nói": "locality", "Xã": "locality"})
    assert "“Nơi nói” và “Xã”" in refusal.value.text.vi


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", "{"),
        ("a.toml", "columns = "),
        ("a.json", "[]"),
        ("a.json", '{"columns": {}}'),
        ("a.json", '{"columns": {"A": 1}}'),
        ("a.json", '{"cot": {"A": "text"}}'),
        ("a.json", "[" * 100_000),
        ("a.json", " " * (2 << 20)),
    ],
)
def test_a_malformed_mapping_file_is_refused(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(BadMapping) as refusal:
        load_mapping(tmp_path / name)
    assert name in refusal.value.text.vi


def test_an_absent_mapping_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadMapping):
        load_mapping(tmp_path / "khong-co.toml")


def test_a_mapping_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes("[columns]\n“Điều” = 'text'".encode("utf-16"))
    with pytest.raises(BadMapping):
        load_mapping(tmp_path / "a.toml")
