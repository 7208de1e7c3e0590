"""Values as Word can hold them: every character stands for itself, and what no file can hold is replaced and told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from states.text import Text

LONGEST = 100_000
"""Characters of one field. An entry holds 20,000 at most; whatever is longer came in behind the application's back."""
GUARD, MERGE = "\ufdd0", "\ufdd1"
"""Two noncharacters: no text may hold them, so they can mark ours until the file is finished."""
_CODE = "ma"
_REPLACED = "�"
_LINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
# The library turns "{_{" into "{{" in what it prints, and "_" before "}" or "%" likewise.
_UNDERSCORED = re.compile(r"_(?=[{}%])")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be printed as it stands: where (the row as people call it), and what was done about it."""

    where: str
    text: Text


def cleaned(data: dict[str, Any], *, where: str = "") -> tuple[dict[str, Any], list[Trouble]]:
    """Return the data of a print with every value fit for Word, and what had to be changed."""
    troubles: list[Trouble] = []
    found: dict[str, Any] = {}
    for name, value in data.items():
        if isinstance(value, list):
            found[name] = []
            for number, row in enumerate(value, start=1):
                inner, more = cleaned(row, where=f"{where}{_called(row) or f'{name} {number}'}: ")
                found[name].append(inner)
                troubles += more
        else:
            found[name], problems = _value(value)
            troubles += [Trouble(f"{where}{name}", problem) for problem in problems]
    return found, troubles


def _called(row: dict[str, Any]) -> str:
    """Return the code by which people know a row, nothing where it has none."""
    code = row.get(_CODE)
    return code if isinstance(code, str) and code.isprintable() else ""


def _value(value: Any) -> tuple[str, list[Text]]:
    problems = list(_problems(value))
    text = _LINES.sub("\n", value[:LONGEST]) if isinstance(value, str) else ""
    return _UNDERSCORED.sub(f"_{GUARD}", _UNPRINTABLE.sub(_REPLACED, text)), problems


def _problems(value: Any) -> Iterator[Text]:
    if not isinstance(value, str):
        yield Text("không đọc được, để trống", "cannot be read, left empty")
        return
    if len(value) > LONGEST:
        yield Text(
            f"dài {len(value)} ký tự, chỉ in {LONGEST} ký tự đầu",
            f"{len(value)} characters, the first {LONGEST} printed",
        )
    if _UNPRINTABLE.search(value):
        yield Text(f"có ký tự không in được, thay bằng {_REPLACED}", f"unprintable characters, shown as {_REPLACED}")
