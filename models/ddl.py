"""What the tables alone do not say: triggers that keep history append-only, and full-text search.

Both differ between the databases, so they are made here as text, written into the migrations, and asked for again by
the comparison of schemas and by `doctor`.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from importlib import import_module

from sqlalchemy import MetaData, Table
from sqlmodel import SQLModel

import models
from models.databases import SQLITE
from models.history import APPEND_ONLY
from states.errors import DomainError

REFUSAL = "history is append-only"
FUNCTION = "refuse_change_of_history"
FTS = "case_fts"
FTS_KEY = "case_fts_key"
FTS_VIEW = "case_fts_source"
FTS_TABLES = frozenset({FTS, FTS_KEY, *(f"{FTS}_{part}" for part in ("data", "idx", "docsize", "config"))})
"""Tables that SQLite's full-text search adds to those of the metadata."""


class RowsWouldBeLost(DomainError):
    """A step down is refused: it would remove rows that exist nowhere else."""

    code = "rows_would_be_lost"


def whole_metadata() -> MetaData:
    """Return the metadata with every table of `models`, whatever module declares it."""
    for module in pkgutil.iter_modules(models.__path__):
        if not module.ispkg:
            import_module(f"models.{module.name}")
    return SQLModel.metadata


FTS5 = """
CREATE TABLE case_fts_key (
    n INTEGER NOT NULL CONSTRAINT pk_case_fts_key PRIMARY KEY,
    case_id CHAR(32) NOT NULL CONSTRAINT uq_case_fts_key_case_id UNIQUE
)

CREATE VIEW case_fts_source AS
    SELECT k.n, s.exact, s.folded FROM case_fts_key AS k JOIN case_search AS s ON s.case_id = k.case_id

CREATE VIRTUAL TABLE case_fts USING fts5 (
    exact, folded, content='case_fts_source', content_rowid='n', tokenize='unicode61 remove_diacritics 0'
)

INSERT INTO case_fts (case_fts, rank) VALUES ('secure-delete', 1)

CREATE TRIGGER case_search_added AFTER INSERT ON case_search
BEGIN
    INSERT INTO case_fts_key (case_id) VALUES (NEW.case_id);
    INSERT INTO case_fts (rowid, exact, folded)
        SELECT n, NEW.exact, NEW.folded FROM case_fts_key WHERE case_id = NEW.case_id;
END

CREATE TRIGGER case_search_changed AFTER UPDATE ON case_search
BEGIN
    INSERT INTO case_fts (case_fts, rowid, exact, folded)
        SELECT 'delete', n, OLD.exact, OLD.folded FROM case_fts_key WHERE case_id = OLD.case_id;
    UPDATE case_fts_key SET case_id = NEW.case_id WHERE case_id = OLD.case_id;
    INSERT INTO case_fts (rowid, exact, folded)
        SELECT n, NEW.exact, NEW.folded FROM case_fts_key WHERE case_id = NEW.case_id;
END

CREATE TRIGGER case_search_removed AFTER DELETE ON case_search
BEGIN
    INSERT INTO case_fts (case_fts, rowid, exact, folded)
        SELECT 'delete', n, OLD.exact, OLD.folded FROM case_fts_key WHERE case_id = OLD.case_id;
    DELETE FROM case_fts_key WHERE case_id = OLD.case_id;
END
"""
"""Full text on SQLite, indexing `case_search` without keeping its text twice.

VACUUM may renumber the rows of a table whose key is no integer: a key table of its own keeps index and row together.
`secure-delete` removes erased words from the file instead of only marking them.
"""

GIN = """
CREATE INDEX ix_case_search_exact_words ON case_search USING gin (to_tsvector('simple', exact))

CREATE INDEX ix_case_search_folded_words ON case_search USING gin (to_tsvector('simple', folded))
"""
"""Full text on PostgreSQL: `simple` knows no language and needs no extension, we fold the words ourselves."""

REFUSE_CHANGE = f"""
CREATE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL}: % of % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""


def statements_of(text: str) -> list[str]:
    """Split `text` into its statements: an empty line stands between two of them."""
    return text.strip().split("\n\n")


def search_statements(dialect: str) -> list[str]:
    """Return the statements that make `case_search` searchable."""
    return statements_of(FTS5 if dialect == SQLITE else GIN)


def trigger_statements(dialect: str, metadata: MetaData, tables: Sequence[str] = APPEND_ONLY) -> list[str]:
    """Return the statements that make `tables` refuse UPDATE and DELETE (and TRUNCATE, REPLACE)."""
    if dialect == SQLITE:
        return [made for name in tables for made in _sqlite_triggers(metadata.tables[name])]
    return [*statements_of(REFUSE_CHANGE), *(made for name in tables for made in _postgresql_triggers(name))]


def _sqlite_triggers(table: Table) -> list[str]:
    """REPLACE removes the old row without any DELETE trigger, so an INSERT over an existing key is refused too."""
    same = " AND ".join(f'"{key.name}" = NEW."{key.name}"' for key in table.primary_key)
    found = f' WHEN EXISTS (SELECT 1 FROM "{table.name}" WHERE {same})'  # noqa: S608 - names of our own tables
    moments = {"update": ("UPDATE", ""), "delete": ("DELETE", ""), "replace": ("INSERT", found)}
    return [
        f'CREATE TRIGGER "{table.name}_append_only_{what}" BEFORE {verb} ON "{table.name}"{condition}\n'
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for what, (verb, condition) in moments.items()
    ]


def _postgresql_triggers(name: str) -> list[str]:
    events = {"": ("UPDATE OR DELETE", "ROW"), "_truncate": ("TRUNCATE", "STATEMENT")}
    return [
        f'CREATE TRIGGER "{name}_append_only{what}" BEFORE {verbs} ON "{name}"\n'
        f"    FOR EACH {each} EXECUTE FUNCTION {FUNCTION}()"
        for what, (verbs, each) in events.items()
    ]
