"""Everything that the reports ask for has its row, and what a row names is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache

import pytest

from api.app import create_app
from api.cli.commands import app as command_line
from api.settings import Settings
from deadlines.loading import shipped_regulations
from states.kinds import KINDS
from states.paper_acts import PaperAct
from states.referral import REFERRAL
from tests.architecture import traced
from tests.architecture.traced import Question
from tests.architecture.trees import ROOT
from workflows.printing.registry import KINDS as KINDS_OF_PRINT

PAGE = (ROOT / "docs" / "traceability.md").read_text(encoding="utf-8")


@cache
def names() -> Mapping[str, AbstractSet[str]]:
    """Return what may be named, by prefix, as the tables, regulations, commands and routes have it."""
    tables = [*KINDS.values(), REFERRAL]
    routes = create_app(Settings()).openapi()["paths"]
    return {
        "kind": {table.kind for table in tables},
        "state": {f"{table.kind}.{state}" for table in tables for state in table.states},
        "trigger": {f"{table.kind}.{row.trigger}" for table in tables for row in table.transitions},
        "guard": {guard.code for table in tables for row in table.transitions for guard in (*row.when, *row.warns)},
        "limit": {limit.code for regulation in shipped_regulations() for limit in regulation.limits},
        "act": {act.value for act in PaperAct},
        "letter": set(KINDS_OF_PRINT),
        "command": set(traced.commands_of(command_line, "dondoc")),
        "route": {f"{method.upper()} {path}" for path, methods in routes.items() for method in methods},
    }


def unknown(rows: list[traced.Row]) -> Iterator[str]:
    return traced.unknown(rows, names())


QUESTIONS: list[Question] = [traced.unnumbered, traced.unasked, traced.unproven, traced.untested, unknown]

TEST = "`test:tests/architecture/test_traceability.py::test_a_row_that_is_right_is_left_alone`"
RIGHT = [
    f"việc | `kind:petition`, `trigger:petition.judge` | {TEST} | carried",
    f"việc | `command:dondoc session add`, `limit:answer.before_session` | {TEST} | partly: one thing is missing",
    f"việc | `route:GET /api/v1/rates`, `module:states/periods.py` | {TEST} | carried: refused and never guessed",
    "việc | | | not carried, because it is no case",
    "việc | | | later: it is a kind of its own",
]
WRONG: list[tuple[Question, str]] = [
    (traced.unasked, " | | | later: it is a kind of its own"),
    (traced.unasked, "việc | | | later"),
    (traced.unasked, "việc | | | not carried, because no"),
    (traced.unasked, "việc | | | sometime"),
    (traced.unasked, "việc | `kind:petition` | | pending: question"),
    (traced.unproven, "việc | `kind:petition` | | carried"),
    (traced.unproven, "việc | `kind:petition` | | partly: one thing is missing"),
    (traced.unproven, f"việc | | {TEST} | carried"),
    (traced.untested, "việc | | `test:tests/test_nothing.py` | carried"),
    (traced.untested, "việc | | `test:tests/architecture/test_traceability.py::test_nothing` | carried"),
    (traced.untested, "việc | | `kind:petition` | carried"),
    (traced.untested, "việc | | `test:docs/traceability.md` | carried"),
    (unknown, "việc | `kind:nothing` | | carried"),
    (unknown, "việc | `state:petition.nothing` | | carried"),
    (unknown, "việc | `trigger:petition.nothing` | | carried"),
    (unknown, "việc | `guard:nothing` | | carried"),
    (unknown, "việc | `limit:nothing` | | carried"),
    (unknown, "việc | `act:nothing` | | carried"),
    (unknown, "việc | `letter:nothing` | | carried"),
    (unknown, "việc | `command:dondoc nothing` | | carried"),
    (unknown, "việc | `route:GET /nothing` | | carried"),
    (unknown, "việc | `module:states/nothing.py` | | carried"),
    (unknown, "việc | `petition` | | carried"),
]


def rows(*said: str) -> list[traced.Row]:
    return traced.rows_of("\n".join(f"| N{n} | {row} |" for n, row in enumerate(said, 1)))


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_page_answers(question: Question) -> None:
    assert list(question(traced.rows_of(PAGE))) == []


def test_no_row_of_a_table_is_passed_over() -> None:
    read = {row.id for row in traced.rows_of(PAGE)}
    _, *tables = PAGE.split("| ID | What it asks | Carried by | Proven by | Standing |")
    lines = [line for table in tables for line in table.split("\n\n")[0].splitlines() if line and "---" not in line]
    assert [line for line in lines if line.split(" ")[1] not in read] == []


def test_a_row_that_is_right_is_left_alone() -> None:
    for question in QUESTIONS[1:]:
        assert list(question(rows(*RIGHT))) == []


@pytest.mark.parametrize(("question", "row"), WRONG)
def test_a_row_that_is_wrong_is_found(question: Question, row: str) -> None:
    assert [finding.partition(":")[0] for finding in question(rows(*RIGHT[:3], row))] == ["N4"]


def test_a_number_that_is_missing_twice_or_too_many_is_found() -> None:
    whole = traced.rows_of(PAGE)
    first, last = whole[0], whole[-1]
    assert list(traced.unnumbered(whole[1:])) == [f"{first.id}: missing"]
    assert list(traced.unnumbered(whole[:-1])) == [f"{last.id}: missing"]
    assert list(traced.unnumbered([*whole, first])) == [f"{first.id}: twice, or beyond its series"]
    assert list(traced.unnumbered([*whole, *traced.rows_of("| S2-O1 | việc | | | later: a b c |")])) != []


def test_a_row_with_another_number_of_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="4 cells"):
        traced.rows_of("| N1 | việc | | carried |")
