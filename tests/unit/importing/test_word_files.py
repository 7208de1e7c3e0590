from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest

from tests import words
from tests.words import cell, para, row, run, table
from workflows.importing.contents import Format
from workflows.importing.errors import HeaderNotFound, NotATable, SheetNotFound
from workflows.importing.reading import Sheet, read_petitions
from workflows.importing.rows import PetitionRow, SkippedRow
from workflows.importing.tables import TableFile, read_tables

HEADINGS = ("TT", "Nội dung kiến nghị", "Địa phương", "Ghi chú")
ROAD, WELL, SCHOOL = "Đề nghị sửa đường vào bản", "Đề nghị khoan giếng", "Đề nghị xây lại trường"

ReadWord = Callable[..., Sheet]
WordTables = Callable[..., TableFile]


@pytest.fixture
def read_word(tmp_path: Path, today: date) -> ReadWord:
    def read(body: str, *, sheet: str | None = None, numbering: str = "", styles: str = "") -> Sheet:
        path = words.write_docx(tmp_path / "danh-sach.docx", body, numbering=numbering, styles=styles)
        return read_petitions(path, today=today, sheet=sheet)

    return read


@pytest.fixture
def word_tables(tmp_path: Path) -> WordTables:
    def read(body: str) -> TableFile:
        return read_tables(words.write_docx(tmp_path / "van-ban.docx", body))

    return read


def texts(sheet: Sheet) -> list[str]:
    return [read.text for read in sheet.rows()]


def test_the_table_of_a_paper_is_a_list_and_its_letterhead_and_signatures_are_not(read_word: ReadWord) -> None:
    sheet = read_word(
        words.letterhead("Số: 12/HĐND-TT", "Mường Lựm, ngày 06 tháng 8 năm 2026")
        + para("DANH MỤC KIẾN NGHỊ")
        + table([HEADINGS, ("1", ROAD, "Bản Nà Pát", ""), ("2", WELL, "Bản Co Muông", "gấp")])
        + table([("Nơi nhận:\n- Như trên;\n- Lưu: VT.", "TM. THƯỜNG TRỰC HĐND\nCHỦ TỊCH\n\nLò Văn Pâng")])
    )
    assert (sheet.format, sheet.sheet_name, sheet.other_sheets) == (Format.DOCX, "Bảng 1", ())
    assert [(r.row_number, r.ordinal, r.text, r.locality_written, r.note) for r in sheet.rows()] == [
        (2, "1", ROAD, "Bản Nà Pát", ""),
        (3, "2", WELL, "Bản Co Muông", "gấp"),
    ]


def test_what_a_paper_says_around_its_tables_is_told_in_order(word_tables: WordTables) -> None:
    file = word_tables(
        words.letterhead("Số: 61/BC-UBND", "Mường Lựm, ngày 20 tháng 8 năm 2026")
        + para("(Kèm theo Công văn số 12/HĐND-TT ngày 06/8/2026 của Thường trực HĐND xã)")
        + table([HEADINGS, ("1", ROAD, "", "")])
        + para("Trên đây là báo cáo")
        + table([("Nơi nhận: Lưu VT", "TM. UBND")])
    )
    said = [paragraph.text for paragraph in file.paragraphs if not paragraph.tables_above]
    assert said[4:] == [
        "Số: 61/BC-UBND",
        "Mường Lựm, ngày 20 tháng 8 năm 2026",
        "(Kèm theo Công văn số 12/HĐND-TT ngày 06/8/2026 của Thường trực HĐND xã)",
    ]
    after = [paragraph.text for paragraph in file.paragraphs if paragraph.tables_above == 1]
    assert after == ["Trên đây là báo cáo", "Nơi nhận: Lưu VT", "TM. UBND"]
    assert [grid.name for grid in file.grids] == ["Bảng 1"]


def test_a_file_written_by_a_word_library_is_read_with_its_merged_cells(tmp_path: Path, today: date) -> None:
    document = docx.Document()
    document.add_paragraph("DANH MỤC")
    made = document.add_table(rows=4, cols=3)
    for at, cells in enumerate(
        [("STT", "Nội dung", "Địa phương"), ("1", ROAD, "Bản A"), ("2", WELL, ""), ("3", SCHOOL, "B")]
    ):
        for column, text in enumerate(cells):
            made.cell(at, column).text = text
    made.cell(1, 2).merge(made.cell(2, 2))
    document.save(str(tmp_path / "a.docx"))
    sheet = read_petitions(tmp_path / "a.docx", today=today)
    assert [(r.text, r.locality_written) for r in sheet.rows()] == [(ROAD, "Bản A"), (WELL, "Bản A"), (SCHOOL, "B")]


def test_cells_merged_over_rows_speak_for_each_row_and_hide_what_lies_under_them(read_word: ReadWord) -> None:
    sheet = read_word(
        table([
            HEADINGS,
            row("1", ROAD, cell("Bản A", merge="restart"), cell("gấp", merge="restart")),
            row("2", WELL, cell("không hiện ra", merge="continue"), cell("", merge="continue")),
            row("3", SCHOOL, cell("Bản B", merge="restart"), ""),
        ])
    )  # fmt: skip
    assert [(r.locality_written, r.note) for r in sheet.rows()] == [("Bản A", "gấp"), ("Bản A", ""), ("Bản B", "")]


def test_headings_that_span_columns_are_divided_by_the_row_below(read_word: ReadWord) -> None:
    upper = row(
        cell("TT", merge="restart"),
        cell("Nội dung", merge="restart"),
        cell("Công văn", span=2),
        cell("Ghi chú", merge="restart"),
    )
    lower = row(cell("", merge="continue"), cell("", merge="continue"), "Số", "Ngày", cell("", merge="continue"))
    body = (("1", ROAD, "12/HĐND", "06/8/2026", ""), ("2", WELL, "", "", ""))
    # Printed at the top of every page, both rows: what comes again is no petition.
    sheet = read_word(table([upper, lower, *body, upper, lower, ("3", SCHOOL, "", "", "x")]))
    first, second, third = sheet.rows()
    assert (first.letter_written, first.letter_on) == ("12/HĐND", date(2026, 8, 6))
    assert (second.text, third.text, third.row_number) == (WELL, SCHOOL, 7)


def test_cells_of_rows_dragged_apart_by_a_sliver_stay_under_their_headings(read_word: ReadWord) -> None:
    sheet = read_word(
        table(
            [
                row("TT", cell("Nội dung", span=2), "Địa phương"),
                row("1", ROAD, cell("Bản A", span=2)),
                row("2", cell(WELL, span=2), "Bản B"),
            ],
            widths=[600, 5000, 90, 2000],
        )
    )
    assert [(r.text, r.locality_written) for r in sheet.rows()] == [(ROAD, "Bản A"), (WELL, "Bản B")]


def test_a_list_cut_into_tables_by_pages_is_one_list(read_word: ReadWord) -> None:
    heading = row(*HEADINGS, properties="<w:tblHeader/>")
    sheet = read_word(
        table([heading, ("1", ROAD, "A", "")])
        + para()
        + table([("2", WELL, "B", "")])
        + para("Tiếp theo")
        + table([heading, ("3", SCHOOL, "C", "")])
    )
    assert [(r.row_number, r.ordinal, r.locality_written) for r in sheet.rows()] == [
        (2, "1", "A"),
        (3, "2", "B"),
        (5, "3", "C"),
    ]
    assert sheet.other_sheets == ()


def test_another_list_in_the_same_paper_is_named_and_read_when_asked_for(read_word: ReadWord) -> None:
    other = ("STT", "Kiến nghị của cử tri", "Cơ quan giải quyết")
    body = table([HEADINGS, ("1", ROAD, "A", "")]) + para("Phần II") + table([other, ("1", WELL, "UBND xã")])
    assert (texts(read_word(body)), read_word(body).other_sheets) == ([ROAD], ("Bảng 2",))
    assert texts(read_word(body, sheet="Bảng 2")) == [WELL]
    with pytest.raises(SheetNotFound):
        read_word(body, sheet="Bảng 3")


def test_a_row_that_a_page_cut_in_two_is_joined_and_pointed_out(read_word: ReadWord) -> None:
    sheet = read_word(
        table([
            HEADINGS,
            ("1", "Đề nghị sửa đoạn đường từ trung tâm", "Bản A", ""),
            ("", "xã đến bản Co Muông.", "", ""),
            ("", "Mùa mưa không đi lại được.", "", "gấp"),
        ])
        + table([("", "Học sinh phải nghỉ học.", "", ""), ("2", WELL, "Bản B", "")])
    )  # fmt: skip
    lines = list(sheet.lines())
    first, *rest = lines
    assert isinstance(first, PetitionRow)
    assert first.text == (
        "Đề nghị sửa đoạn đường từ trung tâm xã đến bản Co Muông.\nMùa mưa không đi lại được.\nHọc sinh phải nghỉ học."
    )
    assert (first.note, [problem.code for problem in first.problems]) == ("gấp", ["row_joined"])
    assert [line.row_number for line in rest if isinstance(line, SkippedRow)] == [3, 4, 5]
    assert [line.text for line in rest if isinstance(line, PetitionRow)] == [WELL]


def test_petitions_under_one_merged_ordinal_stay_apart(read_word: ReadWord) -> None:
    sheet = read_word(
        table([
            HEADINGS,
            row(cell("1", merge="restart"), ROAD, cell("Bản A", merge="restart"), ""),
            row(cell("", merge="continue"), WELL, cell("", merge="continue"), ""),
        ])
    )  # fmt: skip
    assert [(r.text, r.locality_written) for r in sheet.rows()] == [(ROAD, "Bản A"), (WELL, "Bản A")]


NUMBERED = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr></w:pPr>'


def numbering(figures: str = "decimal", text: str = "%1.", *, start: int = 1) -> str:
    level = f'<w:start w:val="{start}"/><w:numFmt w:val="{figures}"/><w:lvlText w:val="{text}"/>'
    return (
        f'<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0">{level}</w:lvl></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )


def test_ordinals_that_word_counts_itself_are_counted(read_word: ReadWord) -> None:
    counted = cell(para(properties=NUMBERED.format(3)))
    again = cell(para(properties=NUMBERED.format(4)))
    rows = [HEADINGS, row(counted, ROAD, "A", ""), row(counted, WELL, "B", ""), row(again, SCHOOL, "C", "")]
    assert [r.ordinal for r in read_word(table(rows), numbering=numbering()).rows()] == ["1.", "2.", "1."]
    roman = read_word(table(rows), numbering=numbering("upperRoman", "%1", start=3))
    assert [r.ordinal for r in roman.rows()] == ["III", "IV", "I"]


def test_ordinals_that_come_from_a_style_are_counted_too(read_word: ReadWord) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="So"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="So2"><w:basedOn w:val="So"/></w:style>'
    )
    counted = cell(para(properties='<w:pPr><w:pStyle w:val="So2"/></w:pPr>'))
    rows = [HEADINGS, row(counted, ROAD, "A", ""), row(counted, WELL, "B", "")]
    assert [r.ordinal for r in read_word(table(rows), numbering=numbering(), styles=styles).rows()] == ["1.", "2."]


def test_points_that_word_counts_within_a_text_are_kept_and_a_counted_text_is_not_renumbered(
    read_word: ReadWord,
) -> None:
    points = cell("".join(para(text, properties=NUMBERED.format(3)) for text in ("Sửa đường", "Làm cầu")))
    alone = cell(para(WELL, properties=NUMBERED.format(4)))
    rows = [HEADINGS, row("1", points, "A", ""), row("2", alone, "B", "")]
    assert texts(read_word(table(rows), numbering=numbering("lowerLetter", "%1)"))) == [
        "a) Sửa đường\nb) Làm cầu",
        WELL,
    ]


VANISH = "<w:rPr><w:vanish/></w:rPr>"
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (run("Sửa đường") + "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>", "Sửa đường"),
        (f"<w:del>{run('bỏ')}</w:del><w:ins>{run('Sửa')}</w:ins>{run(' đường')}", "Sửa đường"),
        (f"<w:moveFrom>{run('bỏ')}</w:moveFrom><w:moveTo>{run('Sửa đường')}</w:moveTo>", "Sửa đường"),
        (run("ẩn", properties=VANISH) + run("Sửa đường"), "Sửa đường"),
        (run("Sửa đường", properties='<w:rPr><w:vanish w:val="0"/></w:rPr>'), "Sửa đường"),
        (f'<w:fldSimple w:instr=" AUTHOR ">{run("Sửa đường")}</w:fldSimple>', "Sửa đường"),
        (
            FIELD.format("begin")
            + "<w:r><w:instrText>IF x </w:instrText></w:r>"
            + run("không hiện")
            + FIELD.format("separate")
            + run("Sửa đường")
            + FIELD.format("end"),
            "Sửa đường",
        ),
        (f'<w:hyperlink w:anchor="x">{run("Sửa ")}</w:hyperlink>{run("đường")}', "Sửa đường"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Sửa đường')}</w:sdtContent></w:sdt>", "Sửa đường"),
        ("<w:r><w:t>2011</w:t><w:softHyphen/><w:t>2015 đư</w:t><w:softHyphen/><w:t>ờng</w:t></w:r>", "2011-2015 đường"),
        (run("Sửa\tđường\ntrong bản"), "Sửa đường\ntrong bản"),
        (run(unicodedata.normalize("NFD", "Sửa đường")), "Sửa đường"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t> Sửa</w:t></w:r>', "✓ Sửa"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t> 5 km</w:t></w:r>', "≥ 5 km"),
        (run("{{ 7*7 }} =HYPERLINK(1)"), "{{ 7*7 }} =HYPERLINK(1)"),
    ],
)  # fmt: skip
def test_a_text_is_what_a_reader_sees(read_word: ReadWord, inside: str, expected: str) -> None:
    body = table([HEADINGS, row("1", cell(f"<w:p>{inside}</w:p>"), "A", ""), ("2", "Còn lại đủ", "B", "")])
    assert texts(read_word(body)) == [expected, "Còn lại đủ"]


def test_a_field_left_open_hides_its_own_cell_only(read_word: ReadWord) -> None:
    opened = cell(f"<w:p>{run('Sửa đường')}{FIELD.format('begin')}{run('hỏng')}</w:p>")
    assert texts(read_word(table([HEADINGS, row("1", opened, "A", ""), ("2", WELL, "B", "")]))) == ["Sửa đường", WELL]


def test_rows_deleted_or_hidden_are_no_rows(read_word: ReadWord) -> None:
    body = table([
        HEADINGS,
        row("1", ROAD, "A", "", properties='<w:del w:id="1"/>'),
        row("2", WELL, "B", "", properties="<w:hidden/>"),
        row("3", SCHOOL, "C", "", properties='<w:ins w:id="2"/>'),
    ])  # fmt: skip
    assert [(r.row_number, r.text) for r in read_word(body).rows()] == [(2, SCHOOL)]


def test_a_table_within_a_cell_belongs_to_its_text(read_word: ReadWord) -> None:
    inner = table([("Năm 2025", "3 km"), ("Năm 2026", "5 km")])
    body = table([HEADINGS, row("1", cell(para(ROAD) + inner + para()), "A", "")])
    assert texts(read_word(body)) == [f"{ROAD}\nNăm 2025 3 km\nNăm 2026 5 km"]


def test_titles_of_groups_and_numbers_of_columns_are_no_petitions(read_word: ReadWord) -> None:
    sheet = read_word(
        table([
            HEADINGS,
            ("(1)", "(2)", "(3)", "(4)"),
            row(cell("I. LĨNH VỰC ĐẤT ĐAI", span=4)),
            ("1", ROAD, "A", ""),
        ])
    )  # fmt: skip
    assert texts(sheet) == [ROAD]


def test_a_paper_without_a_list_is_refused_for_that(read_word: ReadWord) -> None:
    with pytest.raises(NotATable, match="Word"):
        read_word(words.letterhead("Số: 1/BC", "ngày 01 tháng 8 năm 2026") + para("Nội dung"))
    with pytest.raises(HeaderNotFound):
        read_word(table([("a", "b", "c", "d"), ("e", "f", "g", "h")]))
