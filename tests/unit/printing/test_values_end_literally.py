"""S23, P11: whatever stands in a petition ends in the letter literally, in a file that opens; poison harms itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document

from tests.unit.printing.words import rows_of, saved, words_of
from workflows.printing.cleaning import LONGEST
from workflows.printing.fields import example
from workflows.printing.filling import Printed, fill_plain
from workflows.printing.registry import KINDS, shipped

DAY = datetime(2026, 9, 10, tzinfo=UTC)
FIELDS = KINDS["transfer"].fields
HOSTILE = (
    "{{ 7*7 }}",
    "{% for k in kien_nghi %}{{ k }}{% endfor %}",
    "{_{ 7*7 }_} {_% if x %_} {# ẩn #}",
    "}} {{ %} {%",
    "<w:p><w:r><w:t>x</w:t></w:r></w:p> & &amp; &lt; \"' ]]>",
    '=HYPERLINK("http://a.example","x")',
    '{ DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" }',
    '{ INCLUDEPICTURE "http://a.example/x.png" }',
    "{%p endfor %} {%tr endfor %} {{r x }} {% vm %}",
    "%s %(a)s {0.__class__}",
    "  hai dấu cách  ở hai đầu ",
    "Ẳ ẵ đ Đ ﷽ 𝔘 👍",
)


def printed(**changes: Any) -> Printed:
    data = example(FIELDS)
    data["kien_nghi"] = [{**row, **changes} for row in data["kien_nghi"]]
    return fill_plain(shipped("transfer"), data, made_at=DAY)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_looks_like_a_language_is_printed_as_it_stands(text: str) -> None:
    made = printed(noi_dung=text)
    assert [row[3] for row in rows_of(made.content)[1:]] == [text, text]
    assert made.troubles == ()


def test_lines_and_tabs_of_a_text_stay() -> None:
    made = printed(noi_dung="một\r\nhai\tba\rbốn\x0bnăm\u2028sáu")
    assert "một\nhai\tba\nbốn\nnăm\nsáu" in words_of(made.content)
    assert made.troubles == ()


@pytest.mark.parametrize("poison", ["\x00", "\x08", "\x1b[31m", "\ud800", "\ufffe", "\ufdd0", "\ufdd1", "\x9b"])
def test_a_character_that_no_file_can_hold_is_shown_as_such_and_told(poison: str) -> None:
    made = printed(noi_dung=f"Đường{poison}hỏng")
    said = rows_of(made.content)[1][3]
    assert said.startswith("Đường")
    assert said.endswith("hỏng")
    assert "�" in said
    assert [t.where for t in made.troubles] == ["NP-KN-26-0001: noi_dung", "NP-KN-26-0001: noi_dung"]


def test_ten_megabytes_in_one_row_are_cut_told_and_stop_nothing() -> None:
    data = example(FIELDS, rows=1000)
    data["kien_nghi"][500]["ma"] = "NP-KN-26-0501"
    data["kien_nghi"][500]["noi_dung"] = "ế" * 10_000_000
    made = fill_plain(shipped("transfer"), data, made_at=DAY)
    rows = rows_of_texts(made.content)
    assert len(rows) == 1000
    assert len(rows[500]) == LONGEST
    assert [t.where for t in made.troubles] == ["NP-KN-26-0501: noi_dung"]


def test_a_value_that_is_no_text_is_left_empty_and_told() -> None:
    made = printed(noi_dung=None)
    assert [row[3] for row in rows_of(made.content)[1:]] == ["", ""]
    assert len(made.troubles) == 2


def test_one_poisoned_row_of_a_thousand_leaves_the_others_whole() -> None:
    data = example(FIELDS, rows=1000)
    for number, row in enumerate(data["kien_nghi"]):
        row["noi_dung"] = f"Kiến nghị {number}"
    data["kien_nghi"][7]["ma"] = "NP-KN-26-0008"
    data["kien_nghi"][7]["noi_dung"] = "\x00\x0b\ud800"
    made = fill_plain(shipped("transfer"), data, made_at=DAY)
    assert [t.where for t in made.troubles] == ["NP-KN-26-0008: noi_dung"]
    said = rows_of_texts(made.content)
    assert [s for n, s in enumerate(said) if n != 7] == [f"Kiến nghị {n}" for n in range(1000) if n != 7]


def rows_of_texts(content: bytes) -> list[str]:
    """Return the petitions of the annex, read without the slow way of the library."""
    [table] = Document(BytesIO(content)).element.body.xpath("./w:tbl[last()]")
    return ["".join(row.xpath("./w:tc[4]//w:t/text()")) for row in table.xpath("./w:tr")[1:]]


@pytest.mark.parametrize("code", sorted(KINDS))
def test_no_print_reaches_outside_or_carries_a_code(code: str) -> None:
    data = {f.name: HOSTILE[0] if f.rows is None else [] for f in KINDS[code].fields}
    made = fill_plain(shipped(code), data, made_at=DAY)
    with ZipFile(BytesIO(made.content)) as package:
        for name in package.namelist():
            body = package.read(name)
            assert b'TargetMode="External"' not in body
            assert b"<!DOCTYPE" not in body
            assert set(re.findall(rb'w:instr="([^"]*)"', body)) <= {b"PAGE"}


def test_equal_neighbours_become_one_cell_where_the_template_says_so() -> None:
    data = example(FIELDS, rows=5)
    for row, place in zip(data["kien_nghi"], ["Bản A", "Bản A", "Bản B", "Bản A", "Bản A"], strict=True):
        row["dia_ban"] = place
    content = fill_plain(shipped("transfer"), data, made_at=DAY).content
    [table] = Document(BytesIO(content)).element.body.xpath("./w:tbl[last()]")
    cells = table.xpath("./w:tr/w:tc[3]")[1:]
    assert [c.vMerge for c in cells] == ["restart", "continue", None, "restart", "continue"]
    assert ["".join(c.xpath(".//w:t/text()")) for c in cells] == ["Bản A", "", "Bản B", "Bản A", ""]


def test_two_cells_that_only_look_alike_stay_two_where_the_template_does_not_ask() -> None:
    document = Document()
    document.add_paragraph("{%p for k in kien_nghi %}")
    document.add_paragraph("{{ k.ma|hoa }}")
    document.add_paragraph("{%p endfor %}")
    data = example(FIELDS)
    data["kien_nghi"][0]["ma"] = "đường ấ"
    assert words_of(fill_plain(saved(document), data, made_at=DAY).content).split("\n")[:2] == [
        "ĐƯỜNG Ấ",
        "NP-KN-26-0001",
    ]
