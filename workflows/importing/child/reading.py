"""The reading child: unpacks one file under limits of memory and time, and writes what it holds as JSON lines.

A spreadsheet of a few kilobytes may ask for hundreds of gigabytes and abort the process that reads it, so this runs
in a process of its own. Lines on standard output, in the order of the file:
`{"sheet": name, "merged": [[top, left, bottom, right], …], "headed": n}` per visible worksheet or table, of whose rows
the first n are marked as headings; `[row, [cells]]` per row that is not blank; `{"text": words}` per paragraph outside
of tables; and at the end `{"end": true}` or `{"refused": reason}`. Rows and columns count from 1 and 0; a date is
`{"date": ISO}`, a date with time `{"at": ISO}`, a time of day `{"time": ISO}`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from workflows.importing.child.bounds import Unreadable, restrict

WORD = "docx"


def run(path: str, kind: str, limits: str) -> None:
    """Write the lines of the file at `path`; `kind` is its format, `limits` a JSON object of numbers."""
    for line in lines(path, kind, json.loads(limits)):
        sys.stdout.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")


def lines(path: str, kind: str, limits: dict[str, int]) -> Iterator[object]:
    """Yield the lines to write, the last one too."""
    restrict(memory=limits["memory"], seconds=limits["seconds"], output=limits["unpacked_bytes"])
    try:
        yield from _content(path, kind, limits)
        yield {"end": True}
    except Unreadable as wrong:
        yield {"refused": str(wrong)}
    except MemoryError:
        yield {"refused": "memory"}
    except RecursionError:
        yield {"refused": "deep"}
    except (OSError, ValueError):
        yield {"refused": "damaged"}


def _content(path: str, kind: str, limits: dict[str, int]) -> Iterator[object]:
    # Imported under the limits: the libraries' own mistakes are part of what they contain.
    if kind == WORD:
        from workflows.importing.child.words import document_lines  # noqa: PLC0415 - see above

        return document_lines(path, limits)
    from workflows.importing.child.workbooks import workbook_lines  # noqa: PLC0415 - see above

    return workbook_lines(path, limits)
