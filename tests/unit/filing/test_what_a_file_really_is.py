"""S20, S21, S25: a file is what its content is; what is made to harm is refused without doing harm."""

from __future__ import annotations

import socket
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from states.errors import DomainError
from states.file_words import EXTENSIONS, MEDIA, FileKind, Scan
from states.labelled import LABELS
from tests import made_files as made
from tests.old_workbooks import compound, open_document, xls, xlsb, zipped
from workflows.filing import errors
from workflows.filing.archives import Archive
from workflows.filing.malware import EICAR
from workflows.filing.recognising import Recognised, recognise

DOCX = made.docx()


@pytest.fixture
def known(tmp_path: Path) -> Callable[[bytes], Recognised]:
    """Recognise a content that lies under a name that says nothing."""

    def ask(content: bytes) -> Recognised:
        path = tmp_path / "tmp1"
        path.write_bytes(content)
        return recognise(path)

    return ask


@pytest.mark.parametrize("kind", list(FileKind))
def test_every_kind_that_papers_have_is_known_by_its_content(
    known: Callable[[bytes], Recognised], kind: FileKind
) -> None:
    assert known(made.GOOD[kind]()) == Recognised(kind)


def test_every_kind_has_words_a_media_type_and_an_ending() -> None:
    assert set(MEDIA) == set(EXTENSIONS) == set(FileKind)
    assert len(set(MEDIA.values())) == len(FileKind)
    assert all(LABELS[word].vi and LABELS[word].en for word in (*FileKind, *Scan))


TEXTS = (
    "Tờ trình số 56, không có dấu < nào lạ".encode(),
    "Văn bản có BOM".encode("utf-8-sig"),
    "Văn bản UTF-16".encode("utf-16"),
    "cử tri đề nghị".encode("windows-1258", "replace"),
    b"MZ la ten viet tat trong van ban thuong",
    b"BM1;BM2;BM3\n1;2;3\n",
    b"%PDF la mot dinh dang",
    b"a" * 3_000_000,
)


@pytest.mark.parametrize("content", TEXTS)
def test_plain_text_in_any_encoding_is_text(known: Callable[[bytes], Recognised], content: bytes) -> None:
    assert known(content).kind is FileKind.TEXT


WRONG: dict[str, tuple[bytes, type[DomainError]]] = {
    "nothing": (b"", errors.FileIsEmpty),
    "white space": (b" \r\n\t", errors.FileIsEmpty),
    "a Windows program": (b"MZ\x90\0\x03" + bytes(200), errors.KindNotTaken),
    "a Linux program": (b"\x7fELF\x02\x01\x01" + bytes(200), errors.KindNotTaken),
    "a Mac program": (b"\xcf\xfa\xed\xfe\x07\0\0\x01" + bytes(200), errors.KindNotTaken),
    "a Java class": (b"\xca\xfe\xba\xbe\0\0\0\x34" + bytes(200), errors.KindNotTaken),
    "a shortcut": (b"L\0\0\0\x01\x14\x02\0" + bytes(200), errors.KindNotTaken),
    "a shell script": (b"#!/bin/sh\nrm -rf x\n", errors.KindNotTaken),
    "a batch file": (b"@echo off\r\ndel x\r\n", errors.KindNotTaken),
    "a page": (b"<!DOCTYPE html><html><script>alert(1)</script>", errors.KindNotTaken),
    "a page after white space and a mark": (b"\xef\xbb\xbf\n  <html>", errors.KindNotTaken),
    "a page after words": (b"Xin chao <script>alert(1)</script>", errors.KindNotTaken),
    "a page in UTF-16": ("<html><script>".encode("utf-16"), errors.KindNotTaken),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', errors.KindNotTaken),
    "XML": (b'<?xml version="1.0"?><Workbook/>', errors.KindNotTaken),
    "PHP": (b"<?php system('x');", errors.KindNotTaken),
    "RTF": (b"{\\rtf1 abc}", errors.KindNotTaken),
    "GIF": (b"GIF89a" + bytes(50), errors.KindNotTaken),
    "HEIC": (b"\0\0\0\x18ftypheic" + bytes(50), errors.KindNotTaken),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(50), errors.KindNotTaken),
    "gzip": (b"\x1f\x8b\x08" + bytes(50), errors.KindNotTaken),
    "random bytes": (bytes(range(256)) * 4, errors.KindNotTaken),
    "text with a NUL far inside": (b"a" * 2_000_000 + b"\0", errors.KindNotTaken),
    "broken UTF-16": ("Văn bản".encode("utf-16") + b"a", errors.FileIsDamaged),
    "PNG without its head": (b"\x89PNG\r\n\x1a\n" + bytes(50), errors.KindNotTaken),
    "PDF cut short": (made.pdf()[:300], errors.FileIsDamaged),
    "ZIP": (zipped({"a.txt": "a"}), errors.KindNotTaken),
    "an empty ZIP": (zipped({}), errors.FileIsDamaged),
    "a presentation": (
        made.with_parts(
            DOCX,
            {
                "[Content_Types].xml": made.parts(DOCX)["[Content_Types].xml"].replace(
                    b"wordprocessingml.document.main", b"presentationml.presentation.main"
                )
            },
        ),
        errors.KindNotTaken,
    ),
    "a Word text cut short": (DOCX[: len(DOCX) // 2], errors.FileIsDamaged),
    "a Word text with a broken part": (made.with_parts(DOCX, {"word/document.xml": b"<w"}), errors.FileIsDamaged),
    "an OpenDocument text of another kind": (open_document("graphics", "<a/>"), errors.KindNotTaken),
    "Word 97": (compound({"WordDocument": b"x"}), errors.KindNotTaken),
    "an installer": (compound({"Installer": b"x"}), errors.KindNotTaken),
    "encrypted OOXML": (compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), errors.FileIsProtected),
    "encrypted OpenDocument": (
        open_document("text", "<office:text/>", more={"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
        errors.FileIsProtected,
    ),
    "docm": (made.with_macros(), errors.FileHasMacros),
    "docm in disguise": (made.with_hidden_macros(), errors.FileHasMacros),
    "docm without a project": (
        made.with_parts(
            DOCX,
            {
                "[Content_Types].xml": made.parts(DOCX)["[Content_Types].xml"].replace(
                    b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                    b"vnd.ms-word.document.macroEnabled.main+xml",
                )
            },
        ),
        errors.FileHasMacros,
    ),
    "xlsb with macros": (xlsb(made.ROWS, more={"xl/vbaProject.bin": b"x"}), errors.FileHasMacros),
    "xls with macros": (xls(made.ROWS, streams=["_VBA_PROJECT_CUR", "VBA"]), errors.FileHasMacros),
    "an Excel 4 macro sheet": (
        made.with_parts(made.xlsx(), {"xl/macrosheets/sheet1.xml": b"<a/>"}),
        errors.FileHasMacros,
    ),
    "a workbook with macros inside": (
        made.with_parts(DOCX, {"word/embeddings/Book1.XLSM": b"PK"}),
        errors.FileHasMacros,
    ),
    "an OpenDocument text with macros": (
        open_document("text", "<office:text/>", more={"Basic/Standard/Module1.xml": "<a/>"}),
        errors.FileHasMacros,
    ),
}


@pytest.mark.parametrize("name", list(WRONG))
def test_what_papers_do_not_have_is_refused_in_words(known: Callable[[bytes], Recognised], name: str) -> None:
    content, expected = WRONG[name]
    with pytest.raises(expected) as refused:
        known(content)
    assert refused.value.text.vi != refused.value.text.en
    assert type(refused.value) is expected


def test_words_in_a_cell_are_no_stream(known: Callable[[bytes], Recognised]) -> None:
    rows = (("EncryptedPackage", "_VBA_PROJECT", "WordDocument"),)
    assert known(xls(rows)).kind is FileKind.XLS


def test_a_bomb_is_refused_by_what_it_declares_and_nothing_is_unpacked(
    known: Callable[[bytes], Recognised], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = made.bomb()
    assert len(content) < made.BOMB_BYTES // 100
    asked: list[str] = []
    monkeypatch.setattr(Archive, "pieces", lambda _self, member: asked.append(member.filename))
    with pytest.raises(errors.FileIsDangerous):
        known(content)
    assert asked == []


def test_ten_thousand_parts_are_refused_before_a_list_is_made_of_them(
    known: Callable[[bytes], Recognised], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(errors.FileIsDangerous):
        known(made.crowded())
    content = made.crowded(20_000)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(errors.FileIsDangerous):
        known(content)


def test_a_part_that_unpacks_to_more_than_it_declares_is_a_lie(known: Callable[[bytes], Recognised]) -> None:
    with pytest.raises(errors.FileIsDangerous):
        known(made.lying())


def test_a_lie_costs_no_memory(tmp_path: Path) -> None:
    """64 MB behind a declaration of 1,000 bytes: unpacking stops at the first piece."""
    path = tmp_path / "tmp1"
    path.write_bytes(made.lying(64_123_457))
    tracemalloc.start()
    try:
        with pytest.raises(errors.FileIsDangerous):
            recognise(path)
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


def changed(content: bytes, name: bytes, change: Callable[[bytearray, int], None]) -> bytes:
    """Change the local header of the part `name`."""
    raw = bytearray(content)
    change(raw, raw.index(name) - 30)
    return bytes(raw)


def other_name(raw: bytearray, at: int) -> None:
    raw[at + 30 : at + 34] = b"xxxx"


def other_size(raw: bytearray, at: int) -> None:
    raw[at + 22 : at + 26] = struct.pack("<I", 7)


def locked(raw: bytearray, at: int) -> None:
    raw[at + 6] |= 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (other_name, errors.FileIsDangerous),
        (other_size, errors.FileIsDangerous),
        (locked, errors.FileIsProtected),
    ],
)
def test_a_list_that_says_other_things_than_the_parts_is_a_lie(
    known: Callable[[bytes], Recognised], change: Callable[[bytearray, int], None], expected: type[DomainError]
) -> None:
    with pytest.raises(expected):
        known(changed(DOCX, b"word/document.xml", change))


def test_two_parts_of_one_name_are_a_lie(known: Callable[[bytes], Recognised]) -> None:
    with pytest.raises(errors.FileIsDangerous):
        known(made.with_parts(DOCX, {"WORD/document.xml": b"<a/>"}))


def test_parts_that_share_their_bytes_are_a_lie(known: Callable[[bytes], Recognised]) -> None:
    """As in the bombs that overlap: two entries of the list lead to one place."""
    raw = bytearray(DOCX)
    first = raw.index(b"PK\x01\x02")
    second = raw.index(b"PK\x01\x02", first + 4)
    raw[second + 42 : second + 46] = raw[first + 42 : first + 46]
    with pytest.raises(errors.FileIsDangerous):
        known(bytes(raw))


ENTITIES = {
    "a flood": {"part": "word/document.xml"},
    "a file of the machine": {"part": "customXml/item1.xml", "address": "file:///etc/passwd"},
    "in UTF-16": {"part": "word/styles.xml", "encoding": "utf-16"},
    "among relationships": {"part": "word/_rels/document.xml.rels"},
    "in the list of types": {"part": "[Content_Types].xml"},
    "in a picture": {"part": "word/media/image1.svg"},
    "under a name that says nothing": {"part": "word/media/x.bin", "encoding": "utf-16"},
}


@pytest.mark.parametrize("name", list(ENTITIES))
def test_entities_are_refused_wherever_they_stand(known: Callable[[bytes], Recognised], name: str) -> None:
    with pytest.raises(errors.FileIsDangerous, match="DOCTYPE"):
        known(made.with_entities(**ENTITIES[name]))


def test_no_connection_is_made_for_an_entity_that_lies_elsewhere(known: Callable[[bytes], Recognised]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.settimeout(0.2)
        address = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/x.dtd"
        with pytest.raises(errors.FileIsDangerous):
            known(made.with_entities("word/document.xml", address=address))
        with pytest.raises(TimeoutError):
            elsewhere.accept()


def test_endless_words_before_the_first_element_are_refused(known: Callable[[bytes], Recognised]) -> None:
    part = b'<?xml version="1.0"?><!--' + b"\n- " * 4_000_000 + b"--><w/>"
    with pytest.raises(errors.FileIsDangerous):
        known(made.with_parts(DOCX, {"word/styles.xml": part, "word/media/a.png": bytes(range(256)) * 4000}))


def test_what_lies_elsewhere_is_told_and_tolerated(known: Callable[[bytes], Recognised]) -> None:
    found = known(made.with_outside_template())
    assert found.kind is FileKind.DOCX
    assert [note.en for note in found.notes] == ["The file points to 2 places outside; 1 are fetched when it is opened"]


def test_the_test_virus_is_found_inside_a_document(known: Callable[[bytes], Recognised]) -> None:
    with pytest.raises(errors.FileIsInfected):
        known(made.with_parts(DOCX, {"word/media/image1.png": b"x" * 70_000 + EICAR}))


def test_every_reason_has_a_code_of_its_own() -> None:
    kinds: list[type[DomainError]] = [errors.FileNotTaken, *errors.FileNotTaken.__subclasses__()]
    kinds += [errors.PaperIsSecret, errors.FileIsHeldBack, errors.FileIsLost]
    assert len({kind.code for kind in kinds}) == len(kinds)
