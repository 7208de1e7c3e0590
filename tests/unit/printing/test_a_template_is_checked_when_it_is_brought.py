"""S28, S20, S21, S25: a template may use the closed list and nothing else; what is wrong is said at upload, by name."""

from __future__ import annotations

from io import BytesIO
from time import process_time
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.unit.printing.words import saved, with_line, with_member
from workflows.printing.checking import TemplateRefused, check
from workflows.printing.registry import KINDS, shipped

KIND = KINDS["transfer"]
TEMPLATE = shipped("transfer")
CONTENT_TYPES, BODY, RELATIONS = "[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"


def problems(content: bytes) -> dict[str, str]:
    with pytest.raises(TemplateRefused) as refused:
        check(content, KIND)
    assert all(text.vi and text.en for text in refused.value.problems.values())
    return {where: text.vi for where, text in refused.value.problems.items()}


@pytest.mark.parametrize("code", sorted(KINDS))
def test_what_ships_passes_its_own_check(code: str) -> None:
    check(shipped(code), KINDS[code])


@pytest.mark.parametrize(
    "line",
    [
        "Kính thưa {{ nguoi_ky|hoa }}",
        "{% if can_cu and not ky_thay or so %}Có{% elif so %}Không{% else %}Khác{% endif %}",
        "{% for k in kien_nghi %}{{ k.ma }}{% if not loop.last %}; {% endif %}{% else %}Không có{% endfor %}",
        "{# ghi chú cho người soạn #}",
        "Năm 2026 {chưa rõ} % }",
    ],
)
def test_what_an_office_needs_is_allowed(line: str) -> None:
    check(with_line(TEMPLATE, line), KIND)


@pytest.mark.parametrize(
    ("line", "written", "nearest"),
    [
        ("{{ trich_yeuu }}", "trich_yeuu", "trich_yeu"),
        ("{{ nguoiky }}", "nguoiky", "nguoi_ky"),
        ("{% for k in kien_nghi %}{{ k.noidung }}{% endfor %}", "k.noidung", "k.noi_dung"),
        ("{% for k in kiennghi %}{{ k.ma }}{% endfor %}", "kiennghi", "kien_nghi"),
        ("{% if thoihan %}x{% endif %}", "thoihan", "thoi_han"),
    ],
)
def test_a_wrong_field_is_named_with_the_nearest_right_one(line: str, written: str, nearest: str) -> None:
    [said] = problems(with_line(TEMPLATE, line)).values()
    assert said == f"Không có trường «{written}»; gần nhất là «{nearest}»"


def test_every_wrong_field_is_named_at_once() -> None:
    assert len(problems(with_line(TEMPLATE, "{{ mot }} {{ hai }}", "{{ ba }}"))) == 3


@pytest.mark.parametrize(
    "line",
    [
        "{{7*7}}",
        "{{ ''.__class__.__mro__ }}",
        "{{ so.__class__ }}",
        "{{ so['__class__'] }}",
        "{{ so.format(1) }}",
        "{{ so|attr('__class__') }}",
        "{{ so|length }}",
        "{{ so ~ so }}",
        "{{ 'chữ' }}",
        "{{ range(1000000000) }}",
        "{{ 'a' * 1000000000 }}",
        "{{ self }}",
        "{{ loop }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% if so == 'a' %}x{% endif %}",
        "{% if so is defined %}x{% endif %}",
        "{% set a = so %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% from 'x' import y %}",
        "{% extends 'x' %}",
        "{% macro a() %}{% endmacro %}",
        "{% block a %}{% endblock %}",
        "{% with a = so %}{{ a }}{% endwith %}",
        "{% filter upper %}x{% endfilter %}",
        "{% call so() %}{% endcall %}",
        "{% autoescape false %}{{ so }}{% endautoescape %}",
        "{% raw %}{{ so }}{% endraw %}{{ 1 }}",
        "{% for a, b in kien_nghi %}{% endfor %}",
        "{% for k in kien_nghi if k.ma %}{% endfor %}",
        "{% for k in kien_nghi recursive %}{% endfor %}",
        "{% for so in kien_nghi %}{% endfor %}",
        "{% for c in so %}{{ c }}{% endfor %}",
        "{% for a in kien_nghi %}{% for b in kien_nghi %}{{ b.ma }}{% endfor %}{% endfor %}",
        "{% for k in kien_nghi %}{{ loop.cycle('a') }}{% endfor %}",
        "{% for k in kien_nghi %}{{ k }}{% endfor %}",
        "{% for k in kien_nghi %}{{ k.__class__ }}{% endfor %}",
        "{{ kien_nghi }}",
        "{{p so }}",
        "{{r so }}",
        "{% vm %}",
        "{% hm %}",
        "{% colspan so %}x",
        "{% cellbg so %}x",
        "{%- if so -%}x{%- endif -%}",
        "{{ so",
        "so }}",
        "{% if so %}",
        "{% endfor %}",
        "{{ }}",
        "{{ so so }}",
        "Mất chữ {%p if so %}",
        "{_{ so }}",
    ],
)
def test_anything_else_of_the_language_is_refused(line: str) -> None:
    assert problems(with_line(TEMPLATE, line))


def test_a_field_cut_by_the_spelling_checker_is_still_one() -> None:
    document = Document(BytesIO(TEMPLATE))
    paragraph = document.paragraphs[0].insert_paragraph_before("{")
    for piece in ("{ trich", "_yeu }", "}"):
        paragraph.add_run(piece).bold = True
    check(saved(document), KIND)
    paragraph.runs[1].text = "{ trichh"
    assert problems(saved(document)) == {"{{ trichh_yeu }}": "Không có trường «trichh_yeu»; gần nhất là «trich_yeu»"}


def test_a_field_may_stand_in_words_only() -> None:
    document = Document(BytesIO(TEMPLATE))
    run = document.paragraphs[0].insert_paragraph_before("x").runs[0]
    code = OxmlElement("w:instrText")
    code.text = "{{ so }}"
    run._r.append(code)
    assert problems(saved(document))
    document = Document(BytesIO(TEMPLATE))
    document.paragraphs[0]._p.set(qn("w:rsidR"), "{{ so }}")
    assert problems(saved(document))
    document = Document(BytesIO(TEMPLATE))
    document.core_properties.title = "{{ so }}"
    assert problems(saved(document))


def test_a_field_split_between_words_and_a_code_is_refused() -> None:
    document = Document(BytesIO(TEMPLATE))
    paragraph = document.paragraphs[0].insert_paragraph_before("{")
    code = OxmlElement("w:instrText")
    code.text = "{ so }}"
    paragraph.add_run()._r.append(code)
    assert problems(saved(document))


def test_headers_are_read_too() -> None:
    document = Document(BytesIO(TEMPLATE))
    document.sections[0].header.paragraphs[0].add_run("{{ trich_yeu }}")
    check(saved(document), KIND)
    document.sections[0].header.paragraphs[0].add_run("{{ trich }}")
    assert "trich_yeu" in " ".join(problems(saved(document)).values())


@pytest.mark.parametrize(
    "code", ["DDEAUTO c:\\x", 'INCLUDETEXT "http://a.example"', "HYPERLINK x", " includepicture x"]
)
def test_a_field_code_other_than_the_page_number_is_refused(code: str) -> None:
    document = Document(BytesIO(TEMPLATE))
    element = OxmlElement("w:instrText")
    element.text = code
    document.paragraphs[0].insert_paragraph_before("x").runs[0]._r.append(element)
    assert problems(saved(document))


def replaced(old: str, new: str, member: str) -> bytes:
    return with_member(TEMPLATE, member, lambda body: body.replace(old.encode(), new.encode()))


DANGEROUS = {
    "macros": with_member(TEMPLATE, "word/vbaProject.bin", lambda _: b"x"),
    "a macro-enabled type": replaced("wordprocessingml.document.main", "macroEnabled.main", CONTENT_TYPES),
    "an outside template": replaced(
        "</Relationships>",
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'attachedTemplate" Target="http://a.example/x.dotm" TargetMode="External"/></Relationships>',
        RELATIONS,
    ),
    "an embedded object": with_member(TEMPLATE, "word/embeddings/oleObject1.bin", lambda _: b"x"),
    "a DOCTYPE": with_member(
        TEMPLATE, BODY, lambda body: body.replace(b"<w:document", b'<!DOCTYPE w [<!ENTITY a "b">]><w:document', 1)
    ),
    "an outside entity": with_member(
        TEMPLATE,
        BODY,
        lambda body: body.replace(
            b"<w:document", b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document', 1
        ),
    ),
    "broken XML": replaced("</w:body>", "", BODY),
    "no body": with_member(TEMPLATE, CONTENT_TYPES, lambda _: b"<Types/>"),
    "plain text": b"Xin chao",
    "nothing": b"",
    "half a file": TEMPLATE[: len(TEMPLATE) // 2],
    "a PDF": b"%PDF-1.7\n",
}


@pytest.mark.parametrize("name", DANGEROUS)
def test_a_file_that_is_more_or_less_than_a_document_is_refused(name: str) -> None:
    assert set(problems(DANGEROUS[name])) == {"file"}


def test_a_bomb_is_refused_before_it_bursts() -> None:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for number in range(20):
            package.writestr(f"word/{number}.xml", b"\x00" * 50_000_000 if number == 0 else b"")
    began = process_time()
    assert problems(out.getvalue())
    assert process_time() - began < 5
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for number in range(10_000):
            package.writestr(f"word/{number}.xml", b"")
    assert problems(out.getvalue())


def test_a_loop_over_rows_must_have_its_row_for_itself() -> None:
    document = Document(BytesIO(TEMPLATE))
    table = document.tables[-1]
    table.rows[1].cells[1].paragraphs[0].add_run("lạc vào đây")
    assert "{%tr %}" in " ".join(problems(saved(document)).values())


def test_a_table_without_the_end_of_its_loop_is_refused() -> None:
    document = Document(BytesIO(TEMPLATE))
    table = document.tables[-1]
    table._tbl.remove(table.rows[3]._tr)
    assert problems(saved(document))
