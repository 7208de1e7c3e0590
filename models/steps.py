"""Steps that revisions are made of: running a file of statements, refusing to lose rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from importlib.resources import files
from typing import Literal

from sqlalchemy import Connection, inspect

from models.ddl import FTS_TABLES, RowsWouldBeLost, statements_of
from states.text import Text


def run_file(connection: Connection, revision: str, way: Literal["up", "down"]) -> None:
    """Run the statements of a revision for the database at hand; an empty line stands between two of them."""
    name = f"{revision}.{connection.dialect.name}.{way}.sql"
    text = (files("models") / "migrations" / "sql" / name).read_text(encoding="utf-8")
    for statement in statements_of(text):
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def refuse_if_rows(
    connection: Connection, *, besides: Collection[str] = (), besides_where: Mapping[str, str] | None = None
) -> None:
    """Refuse the step down while any table still has rows.

    `besides` names tables whose rows do not count, `besides_where` those of which some rows do not.
    Raises RowsWouldBeLost naming the tables and the number of their rows.
    """
    found = rows_found(connection, besides=besides, besides_where=besides_where)
    if found:
        listed = ", ".join(f"{name} ({count})" for name, count in found.items())
        raise RowsWouldBeLost(
            Text(
                f"Không lùi phiên bản: sẽ mất dữ liệu trong {listed}. Hãy sao lưu và dùng bản cũ với bản sao lưu cũ",
                f"Not going back: rows would be lost in {listed}. Use the older version with a backup of its time",
            ),
            tables=found,
        )


def rows_found(
    connection: Connection, *, besides: Collection[str] = (), besides_where: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Return how many rows the tables have that have any, by name; `besides` as for `refuse_if_rows`."""
    spared = besides_where or {}
    found: dict[str, int] = {}
    for name in sorted(set(inspect(connection).get_table_names()) - set(besides) - FTS_TABLES):
        where = f" WHERE NOT ({spared[name]})" if name in spared else ""
        query = f'SELECT count(*) FROM "{name}"{where}'  # noqa: S608 - names and conditions of our own tables
        count = connection.exec_driver_sql(query).scalar_one()
        if count:
            found[name] = count
    return found
