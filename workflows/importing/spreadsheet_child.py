"""The reading child: unpacks one workbook under limits of memory and time, and writes its cells as JSON lines.

A spreadsheet of a few kilobytes may ask for hundreds of gigabytes and abort the process that reads it, so this
runs as a script of its own and imports nothing of Dondoc. Lines on standard output, in order:
`{"sheet": name, "merged": [[top, left, bottom, right], …]}` per visible worksheet, `[row, [cells]]` per row that is
not blank, and at the end `{"end": true}` or `{"refused": reason}`. Rows and columns count from 1 and 0; a date is
`{"date": ISO}`, a date with time `{"at": ISO}`, a time of day `{"time": ISO}`.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterator
from typing import Any

MERGES_KEPT = 20_000


def main(path: str, limits: dict[str, int]) -> Iterator[object]:
    """Yield the lines to write for the workbook at `path`."""
    restrict(memory=limits["memory"], seconds=limits["seconds"], output=limits["unpacked_bytes"])
    # Imported under the limits: the library's own mistakes are part of what they contain.
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - see above

    try:
        book = CalamineWorkbook.from_path(path)
        rows_left = limits["rows"]
        for sheet in book.sheets_metadata:
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet:
                for line in sheet_lines(book.get_sheet_by_name(sheet.name), columns=limits["columns"]):
                    rows_left = spend(rows_left)
                    yield line
        yield {"end": True}
    except TooMuch as wrong:
        yield {"refused": str(wrong)}
    except MemoryError:
        yield {"refused": "memory"}
    except PasswordError:
        yield {"refused": "password"}
    except (CalamineError, OSError, ValueError):
        yield {"refused": "damaged"}


def spend(rows_left: int) -> int:
    """Return how many rows may still come. Raises TooMuch at none."""
    if not rows_left:
        raise TooMuch("rows")
    return rows_left - 1


class TooMuch(Exception):
    """The workbook has more rows or columns than allowed; says which."""


def restrict(*, memory: int, seconds: int, output: int) -> None:
    """Limit this process where the operating system can; elsewhere the parent's timeout remains."""
    try:
        import resource  # noqa: PLC0415 - absent on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for what, bound in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, output),
    ):
        hard = resource.getrlimit(what)[1]
        allowed = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(what, (allowed, allowed))


def sheet_lines(sheet: Any, *, columns: int) -> Iterator[object]:
    """Yield the heading line of a sheet and its rows that are not blank; numbers as the person sees them."""
    merged = (sheet.merged_cell_ranges or [])[:MERGES_KEPT]
    yield {"sheet": sheet.name, "merged": [[top, left, bottom, right] for (top, left), (bottom, right) in merged]}
    left = sheet.start[1] if sheet.start else 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [encode(value) for value in row]
        while cells and cells[-1] in ("", None):
            cells.pop()
        if left + len(cells) > columns:
            raise TooMuch("columns")
        if cells:
            yield [number, [""] * left + cells]


def encode(value: object) -> object:
    """Return a cell as JSON; a length of time becomes its text."""
    match value:
        case bool() | int() | float() | str():
            return value
        case datetime.datetime():
            return {"at": value.isoformat()}
        case datetime.date():
            return {"date": value.isoformat()}
        case datetime.time():
            return {"time": value.isoformat()}
        case _:
            return str(value)


if __name__ == "__main__":
    for item in main(sys.argv[1], json.loads(sys.argv[2])):
        sys.stdout.write(json.dumps(item, ensure_ascii=True, separators=(",", ":")) + "\n")
