"""S24: what a file is called is cleaned and shortened; nothing on the disk is called by it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.routes.files import disposition
from states.file_words import EXTENSIONS, FileKind
from workflows.filing.names import MOST_BYTES, plain_name, shown_name

NAMES = {
    "Báo cáo số 56.pdf": "Báo cáo số 56.pdf",
    unicodedata.normalize("NFD", "Báo cáo.PDF"): "Báo cáo.PDF",
    "../../etc/passwd": "passwd.pdf",
    "..\\..\\Windows\\win.ini": "win.ini.pdf",
    "/etc/cron.d/x.pdf": "x.pdf",
    "C:\\Users\\lan\\bao cao.pdf": "bao cao.pdf",
    "a\0b.pdf": "ab.pdf",
    "a\r\nSet-Cookie: x=1.pdf": "a Set-Cookie_ x=1.pdf",
    "hoa\u202efdp.exe": "hoafdp.exe.pdf",
    "a\u200bb\ufeff.pdf": "ab.pdf",
    'a"b<c>d|e?f*g:h.pdf': "a_b_c_d_e_f_g_h.pdf",
    "  bao \t cao .pdf ": "bao cao .pdf",
    "CON": "_CON.pdf",
    "nul.pdf": "_nul.pdf",
    "Com1.tar.pdf": "_Com1.tar.pdf",
    "console.pdf": "console.pdf",
    "": "tệp.pdf",
    "..": "tệp.pdf",
    "///": "tệp.pdf",
    ".pdf": "pdf.pdf",
    "chay.exe": "chay.exe.pdf",
    "\ud800.pdf": "pdf.pdf",
}


@pytest.mark.parametrize("written", list(NAMES))
def test_a_name_is_shown_by_the_rule(written: str) -> None:
    assert shown_name(written, FileKind.PDF) == NAMES[written]


def test_an_ending_of_the_kind_stays() -> None:
    assert shown_name("a.JPEG", FileKind.JPEG) == "a.JPEG"
    assert shown_name("a.jpg", FileKind.JPEG) == "a.jpg"
    assert shown_name("a.csv", FileKind.TEXT) == "a.csv"
    assert shown_name("a.docm", FileKind.DOCX) == "a.docm.docx"


@pytest.mark.parametrize("letter", ["a", "ế", "👨‍👩‍👧"])
def test_a_name_of_three_hundred_letters_is_cut_before_its_ending(letter: str) -> None:
    shown = shown_name(letter * 300 + ".pdf", FileKind.PDF)
    assert len(shown.encode()) <= MOST_BYTES
    assert shown.endswith("….pdf")
    assert len(shown.encode()) > MOST_BYTES - 8


@given(st.text(), st.sampled_from(list(FileKind)))
def test_whatever_is_written_the_name_is_harmless(written: str, kind: FileKind) -> None:
    shown = shown_name(written, kind)
    assert shown.casefold().endswith(EXTENSIONS[kind])
    assert 0 < len(shown.encode()) <= MOST_BYTES
    assert not set(shown) & set('/\\"<>|?*:\0\r\n')
    assert not any(unicodedata.category(char)[0] == "C" for char in shown)
    assert shown == shown_name(shown, kind)
    header = disposition(shown)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert plain_name(shown)


def test_a_browser_is_told_the_name_in_plain_letters_and_as_it_is() -> None:
    assert disposition("Báo cáo số 56.pdf") == (
        "attachment; filename=\"bao_cao_so_56.pdf\"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20s%E1%BB%91%2056.pdf"
    )
