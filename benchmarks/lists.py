"""Lists: the queue, searches and one case among very many; how long, how many statements, and whether by an index.

Each question is asked by somebody of an invented office. Its statements are asked for their plans: one that reads a
large table from end to end is an offender and is printed. It is asked for 1 row and for 50: neither may need more
statements than the other.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Engine

from benchmarks.figures import Row, middle
from benchmarks.register import HAMLETS, MATTERS, grow
from models.databases import POSTGRESQL
from models.units import Unit
from states.facts import Actor
from tests.office import Office, open_office
from tests.statements import heard
from workflows import access, describing, listing
from workflows.listing import CaseFilter
from workflows.migrating import upgrade

TIMES = 60
ROWS = 50
_IN_A_MONTH = date(2026, 10, 10)
LARGE = ("case", "petition", "referral", "event", "clock", "clock_rung", "text_version", "case_search", "case_fts_key")
_READ_WHOLE = {
    POSTGRESQL: re.compile(r"Seq Scan on (\"?\w+\"?)"),
    "sqlite": re.compile(r"^SCAN (\S+)(?!.*VIRTUAL TABLE)"),
}
Question = Callable[[Unit, int], Any]


@dataclass
class Asked:
    """What a question took: milliseconds of each time, statements for 1 row and for many, large tables read whole."""

    what: str
    database: str
    cases: int
    took: list[float] = field(default_factory=list)
    statements: tuple[int, int] = (0, 0)
    offenders: tuple[str, ...] = ()

    def row(self) -> Row:
        """Return the row of the table."""
        one, many = self.statements
        return {
            "what": self.what,
            "database": self.database,
            "cases": self.cases,
            "p50 ms": middle(self.took),
            "p95 ms": middle(self.took, 0.95),
            "statements": str(one) if one == many else f"{one} to {many}",
            "by index": "yes" if not self.offenders else "reads all of " + ", ".join(self.offenders),
        }


def measure(name: str, url: str, cases: int, *, times: int = TIMES) -> Iterator[Asked]:
    """Fill the empty database at `url` and ask everything."""
    upgrade(url)
    with open_office(url) as office:
        code = grow(office, url, cases)
        for what, question in questions(office, code, cases).items():
            yield ask(office, Asked(what, name, cases), question, times)


def questions(office: Office, code: str, cases: int) -> Mapping[str, Question]:
    """Return what is asked, by whom."""
    clerk, small, large = office["clerk"], office["dien"], office["ubnd"]
    hamlet, matter = HAMLETS[17], MATTERS[23]

    def queue(actor: Actor, cursor: str | None = None, **wanted: Any) -> Question:
        return partial(_list, actor=actor, wanted=CaseFilter(**wanted), cursor=cursor)

    def search(words: str) -> Question:
        return queue(clerk, text=words)

    return {
        "queue of the council": queue(clerk, kind="petition"),
        "queue of another kind": queue(clerk, kind="recommendation"),
        "queue of all kinds": queue(clerk),
        "queue, after 1,000 others": queue(clerk, cursor=_cursor_after(office, clerk, pages=20)),
        "queue of an officer": queue(office["officer"], assignee="me"),
        "overdue": queue(clerk, overdue=True),
        "due before a day, one field": queue(clerk, field="field-7", due_before=_IN_A_MONTH),
        "one locality": queue(clerk, locality="hamlet-7"),
        "with one small agency": queue(clerk, agency="DIEN"),
        "with one large agency": queue(clerk, agency="UBND"),
        "in a state few are in": queue(clerk, kind="petition", states=("recorded",)),
        "newest entries": partial(_list, actor=clerk, wanted=CaseFilter(), order="entered"),
        "queue of a small agency": queue(small),
        "queue of a large agency": queue(large),
        "queue of the operator": queue(office.operator),
        "search: one text": search(f"{hamlet} đoạn số {17 + 200 * 23}"),
        "search: hamlet and matter": search(f"{hamlet} {matter}"),
        "search: hamlet": search(hamlet),
        "search without accents": search("mat duong na pat"),
        "search: a word of all texts": search("nhân dân"),
        "search of a small agency": queue(small, text=hamlet),
        "one case of another kind": partial(_case, actor=clerk, code="NP-TL-26-0001"),
        "one case": partial(_case, actor=clerk, code=f"{code}-{cases // 2}"),
        "one case, as its agency": partial(_case, actor=large, code=f"{code}-{cases // 2 + 1}"),
    }


def _list(
    unit: Unit, rows: int, *, actor: Actor, wanted: CaseFilter, cursor: str | None = None, order: str = "due"
) -> int:
    return len(listing.cases(unit, actor=actor, wanted=wanted, order=order, cursor=cursor, limit=rows).items)


def _cursor_after(office: Office, actor: Actor, *, pages: int) -> str | None:
    cursor = None
    with office.database.reading() as unit:
        for _ in range(pages):
            cursor = listing.cases(unit, actor=actor, wanted=CaseFilter(), cursor=cursor, limit=ROWS).next
    return cursor


def _case(unit: Unit, _rows: int, *, actor: Actor, code: str) -> int:
    seen = access.case(unit, code=code, actor=actor)
    return describing.case_view(unit, seen, actor=actor).version


def ask(office: Office, asked: Asked, question: Question, times: int) -> Asked:
    """Ask once for 1 row and once for many, look at the plans, then ask again and again."""
    _statements_of(office, question, ROWS)  # what is read once and kept is read now
    one, said = (_statements_of(office, question, rows) for rows in (1, ROWS))
    asked.statements = (len(one), len(said))
    asked.offenders = tuple(sorted({name for one in said for name in _read_whole(office.database.engine, *one)}))
    for _ in range(times):
        began = time.perf_counter()
        with office.database.reading() as unit:
            question(unit, ROWS)
        asked.took.append((time.perf_counter() - began) * 1000)
    return asked


def _statements_of(office: Office, question: Question, rows: int) -> list[tuple[str, Any]]:
    with office.database.reading() as unit, heard(office.database.engine) as said:
        question(unit, rows)
    return [one for one in said if one[0].lstrip().upper().startswith(("SELECT", "WITH"))]


def _read_whole(engine: Engine, statement: str, values: Any) -> Iterator[str]:
    explain = "EXPLAIN" if engine.dialect.name == POSTGRESQL else "EXPLAIN QUERY PLAN"
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"{explain} {statement}", values).all()
    for row in plan:
        for found in _READ_WHOLE[engine.dialect.name].findall(str(row[-1]).strip()):
            if (name := found.strip('"')) in LARGE:
                yield name


__all__ = ["Asked", "measure"]
