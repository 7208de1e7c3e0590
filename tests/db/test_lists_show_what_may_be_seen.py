"""Lists ask each way to a case by itself: together they show what one condition would, page by page, no dearer."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from models.cases import Case
from models.columns import table_of
from states.facts import Actor
from tests.office import Office
from tests.statements import heard
from workflows import listing, visibility
from workflows.listing import CaseFilter

_case = table_of(Case)
ASKED = (CaseFilter(), CaseFilter(agency="UBND"), CaseFilter(agency="DIEN"), CaseFilter(text="duong"))
WHO = ("clerk", "officer", "standing", "ubnd", "kt", "dien", "deputy")


@pytest.fixture
def busy(office: Office) -> Office:
    """Cases sent to one, to two and to nobody, received on different days, two of them with equal due dates."""
    for n, to in enumerate((("UBND",), ("UBND", "KT"), ("DIEN",), ("UBND", "DIEN"), ("KT",), ("UBND",))):
        office.sent(*to, on=date(2026, 8, 6 + n // 2), code=office.record(f"Sửa đường số {n}"))
    for n in range(5):
        office.record(f"Khoan giếng, đắp đường số {n}")
    return office


def seen_at_once(office: Office, actor: Actor) -> list[str]:
    """Return the codes of all cases that the one condition lets `actor` see, in the order of the queue."""
    order = (_case.c.next_due_on.is_(None), _case.c.next_due_on, _case.c.id)
    with office.database.reading() as unit:
        return list(unit.read(select(_case.c.code).where(visibility.visible(actor)).order_by(*order)).scalars())


def paged(office: Office, actor: Actor, wanted: CaseFilter, limit: int) -> list[str]:
    """Return the codes of all pages."""
    codes: list[str] = []
    cursor, more = None, True
    with office.database.reading() as unit:
        while more:
            page = listing.cases(unit, actor=actor, wanted=wanted, cursor=cursor, limit=limit)
            codes += [row.code for row in page.items]
            cursor, more = page.next, page.next is not None
    return codes


@pytest.mark.parametrize("few", [1_000, 0], ids=["few referrals", "many referrals"])
def test_the_ways_together_show_what_the_one_condition_does(
    busy: Office, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visibility, "_FEW", few)
    for actor in (busy.operator, *(busy[login] for login in WHO)):
        expected = seen_at_once(busy, actor)
        for limit in (1, 2, 200):
            assert paged(busy, actor, CaseFilter(), limit) == expected


@pytest.mark.parametrize("wanted", ASKED, ids=["all", "large agency", "small agency", "text"])
def test_pages_repeat_nothing_and_leave_nothing_out(busy: Office, wanted: CaseFilter) -> None:
    for login in WHO:
        whole = paged(busy, busy[login], wanted, 200)
        assert paged(busy, busy[login], wanted, 2) == whole
        with busy.database.reading() as unit:
            assert listing.cases(unit, actor=busy[login], wanted=wanted, total=True).total == len(whole)


@pytest.mark.parametrize("wanted", ASKED, ids=["all", "large agency", "small agency", "text"])
def test_more_rows_need_no_more_statements(busy: Office, wanted: CaseFilter) -> None:
    paged(busy, busy["clerk"], wanted, 200)  # what is read once and kept is read now
    counts: list[int] = []
    for more in (0, 12):
        for n in range(more):
            busy.sent("UBND", "DIEN", code=busy.record(f"Sửa thêm đường số {n}"))
        with heard(busy.database.engine) as said:
            paged(busy, busy["clerk"], wanted, 200)
        counts.append(len(said))
    assert counts[0] == counts[1]


IN_ORDER = (
    (CaseFilter(assignee="me"), "(council_id=? AND assignee_id=? AND next_due_on>?)"),
    (CaseFilter(agency="DIEN"), "(council_id=? AND holder_id=? AND next_due_on>?)"),
    (CaseFilter(kind="petition", states=("recorded",)), "(council_id=? AND kind=? AND state=? AND next_due_on>?)"),
)


@pytest.mark.parametrize(("wanted", "way"), IN_ORDER, ids=["officer", "agency", "state"])
def test_a_few_of_very_many_are_found_in_the_order_of_their_due_dates(
    busy: Office, wanted: CaseFilter, way: str
) -> None:
    """Otherwise SQLite goes through a whole council in that order to find one case.

    PostgreSQL chooses by what it counted, and reads a small table whole.
    """
    if busy.database.engine.dialect.name == "postgresql":
        return
    with busy.database.reading() as unit, heard(busy.database.engine) as said:
        listing.cases(unit, actor=busy["clerk"], wanted=wanted)
    with busy.database.engine.connect() as connection:
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given).all() for sql, given in said]
    assert any(way in str(row[-1]) for plan in plans for row in plan)


def test_sqlite_looks_how_values_are_spread_when_it_is_told_to(busy: Office) -> None:
    with busy.database.writing() as unit:
        unit.count_again()
    if busy.database.engine.dialect.name == "sqlite":
        with busy.database.engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'case'").scalar_one() > 0
