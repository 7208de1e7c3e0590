"""Which encoding a text file is written in: Unicode, or windows-1258 of older Vietnamese Windows.

TCVN3 (ABC) and VNI are fonts rather than encodings: the same bytes mean other letters. They are recognised, so
that the refusal can name them, and never guessed at.
"""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

from states.text import Text
from workflows.importing.errors import NotATable, UnknownEncoding

_CHUNK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALLOWED_CONTROLS = frozenset(b"\t\n\r\f\v\x1a")
_MANY_CONTROLS = 8  # one stray NUL in a register is dirt, a picture has hundreds
_LETTERS = frozenset(
    letter
    for base in "aăâeêioôơuưyd"
    for mark in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    for letter in unicodedata.normalize("NFC", base + mark)
) | {"đ"}
_SIGNS = frozenset("“”‘’„–—…•§°±²³½¼¾×÷€\u00a0\u00ad")
_TCVN_LETTERS = frozenset("µ¸¶·¹¨©ª«¬®»¾¼½Æ\u00ad")
_VNI_LETTERS = frozenset("ñÑøØûÛïÏ")
_PLAUSIBLE = 0.9


def sniff_encoding(path: Path) -> str:
    """Return the codec of a text file: utf-8, utf-8-sig, utf-16 (and -le, -be, utf-32) or windows-1258.

    Reads the file once in pieces of one megabyte. Raises NotATable for bytes that are no text, UnknownEncoding
    for text in letters that we cannot know.
    """
    with path.open("rb") as file:
        head = file.read(_CHUNK)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return _verified(path, name)
    if unmarked := _utf16_without_mark(head):
        return _verified(path, unmarked)
    _refuse_binary(head)
    return "utf-8" if first_bad_line(path, "utf-8") is None else _windows_1258(path, head)


def first_bad_line(path: Path, encoding: str) -> int | None:
    """Return the first line (from 1) whose bytes are not `encoding`, or None if all are."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            try:
                lines += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as wrong:
                return lines + wrong.object[: wrong.start].count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return lines
    return None


def _verified(path: Path, encoding: str) -> str:
    line = first_bad_line(path, encoding)
    if line is not None:
        raise UnknownEncoding(
            Text(
                f"Tệp ghi là {encoding} nhưng dòng {line} bị hỏng: mở lại trong Excel rồi lưu “CSV UTF-8”",
                f"The file says it is {encoding}, but line {line} is broken: save it again as “CSV UTF-8”",
            ),
            line=line,
        )
    return encoding


def _utf16_without_mark(head: bytes) -> str | None:
    """Recognise UTF-16 by its zero bytes: Vietnamese text is half Latin letters, whose other byte is zero."""
    sample = head[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    enough = len(sample) // 8
    if odd > enough and even * 10 < odd:
        return "utf-16-le"
    if even > enough and odd * 10 < even:
        return "utf-16-be"
    return None


def _refuse_binary(head: bytes) -> None:
    controls = sum(byte < ord(" ") and byte not in _ALLOWED_CONTROLS for byte in head)
    if controls > max(_MANY_CONTROLS, len(head) // 100):
        raise NotATable(
            Text(
                "Tệp không phải văn bản hay bảng tính: chọn tệp CSV, XLSX, XLS, XLSB hoặc ODS",
                "The file is neither text nor a spreadsheet: choose CSV, XLSX, XLS, XLSB or ODS",
            )
        )


def _windows_1258(path: Path, head: bytes) -> str:
    """Accept windows-1258 if nearly all its letters are Vietnamese; else name what it probably is."""
    letters = [char for char in _decoded_1258(head) if ord(char) > 0x7F]  # noqa: PLR2004 - the end of ASCII
    known = sum(char.casefold() in _LETTERS or char in _SIGNS for char in letters)
    if known < _PLAUSIBLE * len(letters) or first_bad_line(path, "cp1258") is not None:
        raise _unknown(letters, line=first_bad_line(path, "utf-8"))
    return "cp1258"


def _decoded_1258(head: bytes) -> str:
    return unicodedata.normalize("NFC", head.decode("cp1258", errors="replace"))


def _unknown(letters: list[str], *, line: int | None) -> UnknownEncoding:
    tcvn = sum(char in _TCVN_LETTERS for char in letters)
    vni = sum(char in _VNI_LETTERS for char in letters)
    guess = Text("", "")
    if max(tcvn, vni) * 5 > len(letters):
        name = "TCVN3 (ABC)" if tcvn >= vni else "VNI"
        guess = Text(f"Có lẽ là bảng mã cũ {name}. ", f"It is probably the old {name} encoding. ")
    return UnknownEncoding(
        Text(
            f"Không nhận ra bảng mã của tệp (dòng {line} không phải UTF-8). {guess.vi}"
            "Chuyển sang Unicode (ví dụ bằng Unikey Toolkit), rồi lưu lại dạng “CSV UTF-8” hoặc XLSX",
            f"The encoding of the file is unknown (line {line} is not UTF-8). {guess.en}"
            "Convert it to Unicode and save it as “CSV UTF-8” or XLSX",
        ),
        line=line,
    )
