"""Full-text search without diacritics and case; texts with the very accents that were typed come first.

Words are cut here, not by the database: only letters and digits reach it, so both databases agree on what a word is
and no sign in a query has a meaning of its own.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Select,
    Uuid,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
)

from models.cases import CaseSearch
from models.columns import table_of
from models.databases import SQLITE
from models.ddl import FTS, FTS_KEY
from states.folding import fold_words

MOST_LETTERS = 200_000  # a tsvector holds less than a megabyte of words
MOST_WORDS = 24
_LONGEST_WORD = 100
_search = table_of(CaseSearch)
_SIMPLE: ColumnClause[str] = literal_column("'simple'")
_fts = table(FTS, column("rowid"))
_fts_key = table(FTS_KEY, column("n"), column("case_id", Uuid()))


def text_key(text: str) -> str:
    """Return a digest that is equal for texts of the same words, whatever their case, accents and punctuation."""
    return hashlib.sha256(fold_words(text).encode()).hexdigest()


def index_row(case_id: UUID, text: str) -> dict[str, Any]:
    """Return the row of `case_search` that makes `text` findable; very long texts are found by their beginning."""
    beginning = text[:MOST_LETTERS]
    exact, folded = exact_words(beginning)[:MOST_LETTERS], fold_words(beginning)[:MOST_LETTERS]
    return {"case_id": case_id, "exact": exact, "folded": folded, "text_key": text_key(text)}


def exact_words(text: str) -> str:
    """Return the letters and digits of `text` with their accents, without case; all else is a space between words."""
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    shown = (char for char in composed if char.isspace() or unicodedata.category(char)[0] not in "MC")
    return " ".join("".join(char if char.isalnum() else " " for char in shown).split())


@dataclass(frozen=True, slots=True)
class Matches:
    """Queries (case_id) for the cases that have all words: as they were typed, accents included; otherwise; either."""

    exact: Select[tuple[UUID]]
    otherwise: Select[tuple[UUID]]
    either: Select[tuple[UUID]]


def matching(dialect: str, words: str, *, prefix: bool = False) -> Matches | None:
    """Return the queries for the cases whose text has all `words`; None when there are no words.

    With `prefix` the last word may be the beginning of a longer one. Ask them as `id IN (…)`: by how common the words
    are PostgreSQL finds the texts first, or looks into the text of each case it comes to.
    """
    folded, exact = _cut(fold_words(words)), _cut(exact_words(words))
    if not folded or not exact:
        return None
    typed, alike = (_has(dialect, name, asked, prefix) for name, asked in (("exact", exact), ("folded", folded)))
    cases = select(_fts_key.c.case_id if dialect == SQLITE else _search.c.case_id)
    return Matches(cases.where(typed), cases.where(alike, ~typed), cases.where(alike))


def sharing(dialect: str, words: Sequence[str]) -> Select[tuple[UUID]]:
    """Return the query for the cases whose folded text has one of `words` (folded, not empty).

    Ask it alone and in no order: joined or sorted by identifier, both databases may leave the index and read all texts.
    """
    if dialect == SQLITE:
        asked = " OR ".join(f'"{word}"' for word in words)
        rows = select(_fts.c.rowid).where(literal_column(FTS).op("MATCH")(literal(f"{{folded}} : ({asked})")))
        return select(_fts_key.c.case_id).where(_fts_key.c.n.in_(rows))
    asked = " | ".join(f"'{word}'" for word in words)
    vector = func.to_tsvector(_SIMPLE, _search.c.folded)
    return select(_search.c.case_id).where(vector.bool_op("@@")(func.to_tsquery(_SIMPLE, literal(asked))))


def _cut(words: str) -> list[str]:
    return [word[:_LONGEST_WORD] for word in dict.fromkeys(words.split()[:MOST_WORDS])]


def _has(dialect: str, name: str, words: list[str], prefix: bool) -> ColumnElement[bool]:  # noqa: FBT001 - private, named above
    """Return the condition that the form `name` of a text has all `words`."""
    if dialect == SQLITE:
        asked = " ".join(f'"{word}"' for word in words) + (" *" if prefix else "")
        rows = select(_fts.c.rowid).where(literal_column(FTS).op("MATCH")(literal(f"{{{name}}} : ({asked})")))
        return _fts_key.c.n.in_(rows)
    asked = " & ".join(f"'{word}'" for word in words) + (":*" if prefix else "")
    vector = func.to_tsvector(_SIMPLE, _search.c[name])
    return vector.bool_op("@@")(func.to_tsquery(_SIMPLE, literal(asked)))
