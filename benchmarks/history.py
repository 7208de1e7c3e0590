"""A long history in minutes: one petition that went a long way through the one door, and copies of all its rows.

Each copy has identifiers, a code and a chain of its own; `dondoc verify` finds nothing wrong with any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext
from uuid import UUID

from sqlalchemy import Integer, Table

from benchmarks.office import REPORTED, Waiting, furnish
from models.copying import copy_in, copy_out, lines_of, rows_of, tables
from models.databases import SQLITE
from models.replacing import without_keys
from models.units import connect
from workflows import accounts, moving
from workflows.history import HASHED, hash_of
from workflows.migrating import migrating
from workflows.orders import Order

LENGTH = 50
_HOLDERS = {"case": "id"}  # the column that says whose row it is, where it is not case_id
_EACH = 200
Row = list[str | None]


def grow(url: str, *, events: int) -> int:
    """Migrate an empty database and leave a history of about `events` events; return how many there are."""
    original = lengthen(url, furnish(url, cases=1)[0])
    own = {table: rows for table in tables() if (rows := _rows_of_case(url, table, original.case_id))}
    length = next(len(rows) for table, rows in own.items() if table.name == "event")
    copies = events // length - 1
    names = sorted(_identifiers(own))
    pattern = re.compile("|".join([*names, *(str(UUID(name)) for name in names), re.escape(original.code)]))
    with migrating(url) as unit:
        every = [table.name for table in tables()]
        with nullcontext() if unit.dialect == SQLITE else without_keys(unit.connection, every):
            for start in range(0, copies, _EACH):
                some = range(start, min(start + _EACH, copies))
                made = [_copy(own, names, pattern, original.code, n) for n in some]
                for table in own:
                    lines = lines_of(row for copy in made for row in copy[table])
                    copy_in(unit.connection, table.name, list(table.columns.keys()), lines)
    return length * (copies + 1)


def lengthen(url: str, item: Waiting) -> Waiting:
    """Report progress on a petition until it has `LENGTH` events."""
    database = connect(url)
    with database.writing() as unit:
        operator = accounts.operator(unit, user="benchmark")
    seq = 0
    while seq < LENGTH:
        words = f"Báo cáo lần {seq}: đã khảo sát hiện trường, đang lập dự toán trình Ủy ban nhân dân xã xem xét."
        with database.writing() as unit:
            order = Order("report_progress", operator, REPORTED, {"words": words}, referral=item.referral)
            seq = moving.move(unit, code=item.code, order=order).seq
    database.close()
    return item


def _rows_of_case(url: str, table: Table, case_id: UUID) -> list[Row]:
    holder = _HOLDERS.get(table.name, "case_id")
    columns = list(table.columns.keys())
    if holder not in columns:
        return []
    database = connect(url)
    with database.reading() as unit:
        rows = list(rows_of(copy_out(unit.connection, table.name, columns), columns=len(columns)))
    database.close()
    return [row for row in rows if row[columns.index(holder)] == case_id.hex]


def _identifiers(own: dict[Table, list[Row]]) -> Iterator[str]:
    """Yield the identifiers that are this case's alone: each copy needs others."""
    for table, rows in own.items():
        if "id" in table.columns:
            place = table.columns.keys().index("id")
            yield from (str(row[place]) for row in rows)


def _copy(
    own: dict[Table, list[Row]], names: list[str], pattern: re.Pattern[str], code: str, number: int
) -> dict[Table, list[Row]]:
    others = {name: f"{(number << 16) + n + 1:032x}" for n, name in enumerate(names)}
    others |= {str(UUID(name)): str(UUID(other)) for name, other in list(others.items())}
    others[code] = f"{code[:-4]}{number + 2:06d}"

    def renamed(value: str | None) -> str | None:
        return value and pattern.sub(lambda found: others[found[0]], value)

    made = {table: [[renamed(value) for value in row] for row in rows] for table, rows in own.items()}
    heads = _chain(next(table for table in made if table.name == "event"), made)
    table = next(table for table in made if table.name == "case")
    made[table][0][table.columns.keys().index("head_hash")] = heads
    return made


def _chain(table: Table, made: dict[Table, list[Row]]) -> str:
    """Chain the events anew; return the hash of the last."""
    columns = table.columns.keys()
    seq, before, own = (columns.index(name) for name in ("seq", "previous_hash", "hash"))
    hashed = [(columns.index(name), isinstance(table.c[name].type, Integer)) for name in HASHED]
    head = ""
    for row in sorted(made[table], key=lambda row: int(row[seq] or 0)):
        row[before] = head
        head = row[own] = hash_of([int(v) if (v := row[place]) and is_int else v for place, is_int in hashed])
    return head
