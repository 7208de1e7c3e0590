"""Writes the statements of the first revision from the tables: `python -m models.migrations.draft`.

Only for as long as the first revision is in no release. Later revisions are written by hand; the comparison of an
upgraded database with the metadata says what they lack.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Dialect, MetaData
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.schema import AddConstraint, CreateIndex, CreateTable, sort_tables_and_constraints

from models.databases import SQLITE
from models.ddl import FTS, FTS_KEY, FTS_VIEW, FUNCTION, search_statements, trigger_statements, whole_metadata

REVISION = "0001_spine"
FOLDER = Path(__file__).parent / "sql"


def main() -> None:
    """Write the four files: up and down, for each database."""
    metadata = whole_metadata()
    # Without doubled percent signs: the statements run as they stand.
    server: Dialect = PGDialect(paramstyle="named")  # type: ignore[no-untyped-call]  # SQLAlchemy's own
    for dialect in (SQLiteDialect(paramstyle="named"), server):
        _store(f"{REVISION}.{dialect.name}.up.sql", _up(metadata, dialect))
        _store(f"{REVISION}.{dialect.name}.down.sql", _down(metadata, dialect.name))


def _store(name: str, statements: list[str]) -> None:
    text = "".join(f"{statement};\n\n" for statement in statements)
    (FOLDER / name).write_text(text.rstrip("\n") + "\n", encoding="utf-8")


def _up(metadata: MetaData, dialect: Dialect) -> list[str]:
    made: list[str] = []
    late: list[str] = []
    in_order = sort_tables_and_constraints(metadata.tables.values())  # type: ignore[no-untyped-call]  # SQLAlchemy's own
    for table, keys in in_order:
        if table is None:
            # SQLite adds no constraint later, and needs not: it looks for the other table when a row is written.
            later = keys if dialect.name != SQLITE else ()
            late += [_text(AddConstraint(key, isolate_from_table=False), dialect) for key in later]
            continue
        inline = list(table.foreign_key_constraints) if dialect.name == SQLITE else list(keys)
        inline.sort(key=lambda key: str(key.name))
        made.append(_text(CreateTable(table, include_foreign_key_constraints=inline), dialect))
        made += [_text(CreateIndex(index), dialect) for index in sorted(table.indexes, key=lambda i: str(i.name))]
    return [*made, *sorted(late), *search_statements(dialect.name), *trigger_statements(dialect.name, metadata)]


def _text(element: AddConstraint | CreateIndex | CreateTable, dialect: Dialect) -> str:
    lines = str(element.compile(dialect=dialect)).strip().replace("\t", "    ").splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip())


def _down(metadata: MetaData, dialect: str) -> list[str]:
    names = [f'"{name}"' for name in sorted(metadata.tables)]
    if dialect == SQLITE:
        extra = [f"DROP TABLE {FTS}", f"DROP VIEW {FTS_VIEW}", f"DROP TABLE {FTS_KEY}"]
        return [*extra, *(f"DROP TABLE {name}" for name in names)]
    return [f"DROP TABLE {', '.join(names)}", f"DROP FUNCTION {FUNCTION}()"]


if __name__ == "__main__":
    main()
