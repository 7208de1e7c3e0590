"""What a Word file holds, in the lines of `reading`: its tables, and the paragraphs around them."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.importing.child.bounds import Unreadable, spend
from workflows.importing.child.word_parts import child, name_of, read_parts
from workflows.importing.child.word_tables import read_table
from workflows.importing.child.word_texts import texts_of, within

_MOST_WORDS = 4 << 20
"""How many characters outside of tables are told; papers say their number, date and subject long before."""


def document_lines(path: str, limits: dict[str, int]) -> Iterator[object]:
    """Yield the lines of the Word file at `path`. Raises Unreadable, MemoryError, OSError or ValueError."""
    parts = read_parts(path)
    body = child(parts.document, "body")
    if name_of(parts.document) != "document" or body is None:
        raise Unreadable("damaged")
    texts = texts_of(parts)
    rows_left, words_left = limits["rows"], _MOST_WORDS
    for block in within(body, frozenset({"p", "tbl"})):
        if name_of(block) == "p":
            line = texts.line(block)
            said = f"{line.label} {line.text}".strip()
            words_left -= len(said)
            if said and words_left > 0:
                yield {"text": said}
            continue
        for line_of_table in read_table(block, texts, columns=limits["columns"]).lines():
            rows_left = spend(rows_left)
            yield line_of_table
