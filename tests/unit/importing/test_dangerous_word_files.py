from __future__ import annotations

import io
import socket
import threading
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests import words
from tests.old_workbooks import write_xls
from tests.words import cell, para, row, run, table, write_docx
from workflows.importing.contents import Limits
from workflows.importing.errors import (
    DamagedFile,
    FileRefused,
    FileTooLarge,
    NotATable,
    PasswordProtected,
    UnsafeFile,
    WrongExtension,
)
from workflows.importing.reading import Sheet, read_petitions

HEADINGS = ("TT", "Nội dung kiến nghị", "Địa phương")
LIST = table([HEADINGS, ("1", "Đề nghị sửa đường", "Bản A")])


def read(path: Path, **limits: int) -> Sheet:
    return read_petitions(path, today=date(2026, 11, 20), limits=Limits(**limits))


def refusal(path: Path, **limits: int) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        list(read(path, **limits).rows())
    assert refused.value.text.vi != refused.value.text.en
    return refused.value


def test_a_word_file_that_unpacks_to_a_flood_is_refused(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "bom.docx", LIST + para(" " * (64 << 20)))
    assert path.stat().st_size < 1 << 20
    assert isinstance(refusal(path), FileTooLarge)


def test_a_word_file_of_ten_thousand_parts_is_refused(tmp_path: Path) -> None:
    media = {f"word/media/{number}.png": b"" for number in range(10_000)}
    assert isinstance(refusal(write_docx(tmp_path / "bom.docx", LIST, others=media)), FileTooLarge)


def test_a_word_file_that_lies_about_its_sizes_is_read_no_further_than_it_says(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "doi.docx", LIST + para(" " * (20 << 20)))
    with zipfile.ZipFile(path) as file:
        size = file.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (1000).to_bytes(4, "little")))
    assert isinstance(refusal(path), DamagedFile)


def test_a_document_type_is_refused_and_its_entities_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    secret = tmp_path / "mat.txt"
    secret.write_text("bí mật", encoding="utf-8")
    for name, entities, said in (
        ("cuoi", f'<!ENTITY e0 "ha">{laughs}', "&e11;"),
        ("tep", f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "&x;"),
        ("thuoc-tinh", f'<!ENTITY e0 "ha">{laughs}', ""),
    ):
        attribute = '<w:pPr><w:pStyle w:val="&e11;"/></w:pPr>' if name == "thuoc-tinh" else ""
        inside = f"<w:p>{attribute}<w:r><w:t>{said}</w:t></w:r></w:p>"
        body = table([HEADINGS, row("1", cell(inside), "A")])
        path = write_docx(tmp_path / f"{name}.docx", body, doctype=f"<!DOCTYPE x [{entities}]>")
        found = refusal(path)
        assert isinstance(found, UnsafeFile), name
        assert "DOCTYPE" in found.text.vi
        assert "bí mật" not in found.text.vi
    bare = write_docx(tmp_path / "ngoai.docx", LIST, doctype='<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">')
    assert isinstance(refusal(bare), UnsafeFile)


@pytest.fixture
def listener() -> socket.socket:
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.5)
    return server


def test_relations_to_other_places_are_not_followed(tmp_path: Path, listener: socket.socket) -> None:
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/mau.dotm"
    kinds = ("attachedTemplate", "styles", "numbering", "image", "hyperlink")
    told = "".join(
        f'<Relationship Id="x{kind}" Type="http://x/{kind}" Target="{address}" TargetMode="External"/>'
        for kind in kinds
    )
    path = tmp_path / "ngoai.docx"
    write_docx(path, LIST)
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    name = "word/_rels/document.xml.rels"
    members[name] = members[name].replace(b"</Relationships>", f"{told}</Relationships>".encode())
    with zipfile.ZipFile(path, "w") as file:
        for member, content in members.items():
            file.writestr(member, content)
    heard: list[object] = []
    waiting = threading.Thread(target=lambda: _accept(listener, heard))
    waiting.start()
    assert [found.text for found in read(path).rows()] == ["Đề nghị sửa đường"]
    waiting.join()
    assert heard == []


def _accept(listener: socket.socket, heard: list[object]) -> None:
    with listener:
        try:
            heard.append(listener.accept())
        except TimeoutError:
            return


def test_macros_are_refused_under_any_name(tmp_path: Path) -> None:
    macros = {"word/vbaProject.bin": b"\xcc\x61"}
    hidden = refusal(write_docx(tmp_path / "macro.docx", LIST, others=macros))
    assert isinstance(hidden, UnsafeFile)
    assert "macro" in hidden.text.vi
    honest = refusal(write_docx(tmp_path / "macro.docm", LIST, others=macros))
    assert isinstance(honest, WrongExtension)
    assert ".docx" in honest.text.vi


def test_text_kept_in_another_file_inside_is_not_lost_in_silence(tmp_path: Path) -> None:
    found = refusal(write_docx(tmp_path / "nhung.docx", LIST + '<w:altChunk w:id="x"/>'))
    assert isinstance(found, UnsafeFile)


def test_a_word_file_cut_short_or_of_something_else_is_damaged(tmp_path: Path) -> None:
    whole = write_docx(tmp_path / "ca.docx", LIST).read_bytes()
    broken = write_docx(tmp_path / "hong.docx", LIST + "<w:p>")
    empty = tmp_path / "rong.docx"
    with zipfile.ZipFile(empty, "w") as file:
        file.writestr("word/document.xml", "<a/>")
    (tmp_path / "cut.docx").write_bytes(whole[: len(whole) // 2])
    at = whole.index(b"word/document.xml") + 40
    (tmp_path / "lech.docx").write_bytes(whole[:at] + b"\xff" * 60 + whole[at + 60 :])
    for path in (tmp_path / "cut.docx", tmp_path / "lech.docx", broken, empty):
        assert isinstance(refusal(path), DamagedFile), path.name


def test_a_main_part_that_lies_outside_of_the_file_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "ngoai.docx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("word/document.xml", "<a/>")
        relation = '<Relationship Type="x/officeDocument" Target="../../../etc/passwd"/>'
        file.writestr("_rels/.rels", f'<Relationships xmlns="x">{relation}</Relationships>')
    assert isinstance(refusal(path), DamagedFile)


def test_tables_nested_beyond_reason_are_refused(tmp_path: Path) -> None:
    nested = para("đáy")
    for _ in range(120):
        nested = f"<w:tbl><w:tr><w:tc>{nested}</w:tc></w:tr></w:tbl>"
    found = refusal(write_docx(tmp_path / "sau.docx", nested + LIST))
    assert isinstance(found, FileTooLarge)
    assert "lồng" in found.text.vi


def test_tables_nested_within_reason_are_read(tmp_path: Path) -> None:
    nested = para("đáy")
    for _ in range(40):
        nested = f"<w:tbl><w:tr><w:tc>{nested}</w:tc></w:tr></w:tbl>"
    body = table([HEADINGS, row("1", cell(nested), "A")])
    assert [found.text for found in read(write_docx(tmp_path / "sau.docx", body)).rows()] == ["đáy"]


def test_a_text_of_ten_megabytes_in_one_cell_is_kept_out_of_the_register(tmp_path: Path) -> None:
    words_in_it = "".join(f"từ{number} " for number in range(1_000))
    runs = cell(f"<w:p>{''.join(run(words_in_it) for _ in range(1_500))}</w:p>")
    body = table([HEADINGS, row("1", runs, "A"), ("2", "Đề nghị sửa đường", "B")])
    first, second = read(write_docx(tmp_path / "dai.docx", body), ratio=10_000).rows()
    assert [problem.code for problem in first.errors] == ["cell_too_large"]
    assert len(first.text) <= 500
    assert not second.is_rejected
    whole = table([HEADINGS, row("1", cell("x" * (11 << 20)), "A")])
    assert isinstance(refusal(write_docx(tmp_path / "lien.docx", whole), ratio=10_000), FileTooLarge)


def test_a_file_of_two_hundred_tables_is_one_list_or_many(tmp_path: Path) -> None:
    same = "".join(table([HEADINGS, (str(number), f"Kiến nghị số {number} về đường", "A")]) for number in range(1, 201))
    assert len(list(read(write_docx(tmp_path / "mot.docx", same)).rows())) == 200
    letters = "".join(words.letterhead(f"Số: {number}/BC", "ngày 01 tháng 8 năm 2026") for number in range(200))
    assert [found.text for found in read(write_docx(tmp_path / "dau.docx", letters + LIST)).rows()] == [
        "Đề nghị sửa đường"
    ]


def test_a_table_of_too_many_columns_or_rows_is_refused(tmp_path: Path) -> None:
    wide = table([row(cell("x", span=2_000_000_000), "y"), ("1", "2")])
    gap = table([row("x", "y", properties='<w:gridBefore w:val="999999999"/>')])
    deep = table([HEADINGS, *([("1", "x", "y")] * 300)])
    assert isinstance(refusal(write_docx(tmp_path / "rong.docx", wide)), FileTooLarge)
    assert isinstance(refusal(write_docx(tmp_path / "cach.docx", gap)), FileTooLarge)
    assert isinstance(refusal(write_docx(tmp_path / "dai.docx", deep), rows=100), FileTooLarge)
    assert isinstance(refusal(write_docx(tmp_path / "dai.docx", deep), seconds=0), FileTooLarge)


def test_memory_is_bounded(tmp_path: Path) -> None:
    body = table([HEADINGS, *([("1", "Đề nghị sửa đường", "Bản A")] * 60_000)])
    assert isinstance(refusal(write_docx(tmp_path / "to.docx", body), memory=200 << 20, ratio=10_000), FileTooLarge)


def test_signs_that_no_text_holds_are_refused_or_taken_out(tmp_path: Path) -> None:
    signs = "".join(f'<w:sym w:font="X" w:char="{code}"/>' for code in ("FFFFFFFF", "0", "-1", "xyz", "202E"))
    body = table([HEADINGS, row("1", cell(f"<w:p><w:r>{signs}<w:t>Sửa</w:t></w:r></w:p>"), "A")])
    (found,) = read(write_docx(tmp_path / "la.docx", body)).rows()
    assert (found.text, [problem.code for problem in found.problems]) == ("Sửa", ["control_characters"])
    raw = write_docx(tmp_path / "ctrl.docx", table([HEADINGS, ("1", "a\x0bb\x00", "A")]))
    assert isinstance(refusal(raw), DamagedFile)


def test_lists_and_styles_that_go_in_circles_end(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="99999999999"/>'
        '<w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1%2%9%"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    counted = '<w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="77"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = table([HEADINGS, row(cell(para(properties=counted)), "Đề nghị sửa đường", "A")])
    path = write_docx(tmp_path / "vong.docx", body, styles=styles, numbering=numbering)
    assert [found.text for found in read(path).rows()] == ["Đề nghị sửa đường"]


def test_an_old_or_locked_word_file_is_refused_for_what_it_is(tmp_path: Path) -> None:
    old = write_xls(tmp_path / "cu.doc", [("STT",)], stream="WordDocument")
    found = refusal(old)
    assert isinstance(found, NotATable)
    assert ".docx" in found.text.vi
    locked = write_xls(tmp_path / "khoa.docx", [("STT",)], stream="EncryptedPackage")
    assert isinstance(refusal(locked), PasswordProtected)


def test_an_archive_named_docx_that_is_none_is_refused(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("word/khac.xml", "<a/>")
    (tmp_path / "a.docx").write_bytes(content.getvalue())
    assert isinstance(refusal(tmp_path / "a.docx"), NotATable)
