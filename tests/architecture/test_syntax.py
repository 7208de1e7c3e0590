"""The rules of the house that a syntax tree can prove, each tried on a snippet that breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.architecture import questions, rules
from tests.architecture.trees import Module, modules

Question = Callable[[Module], Iterator[str]]

BREACHES: list[tuple[Question, str]] = [
    (questions.transactions, "session.commit()"),
    (questions.transactions, "finish = connection.commit"),
    (questions.transactions, "with engine.begin() as connection: pass"),
    (questions.transactions, "cursor.execute('commit;')"),
    (questions.state_writes, "update(_case).where(_case.c.id == x).values(state='closed')"),
    (questions.clocks, "import datetime\ndatetime.datetime.now(datetime.UTC)"),
    (questions.clocks, "from datetime import datetime as moment, UTC\nmoment.now(UTC)"),
    (questions.clocks, "from datetime import date\ndate.today()"),
    (questions.clocks, "from datetime import datetime\nfield(default_factory=datetime.utcnow)"),
    (questions.clocks, "from time import time as seconds\nseconds()"),
    (questions.clocks, "import time\ntime.time_ns()"),
    (questions.clocks, "import sqlalchemy as sa\nsa.Column(server_default=sa.func.now())"),
    (questions.clocks, "from sqlalchemy import func\nfunc.now()"),
    (questions.prints, "print('a')"),
    (questions.prints, "deque(map(print, rows))"),
    (questions.state_writes, "case.state = 'closed'"),
    (questions.state_writes, "case.state: str = 'closed'"),
    (questions.state_writes, "case.code, case.state = row"),
    (questions.state_writes, "row['state'] = 'closed'"),
    (questions.state_writes, "setattr(case, 'state', 'closed')"),
    (questions.state_writes, "update(case).values(state='closed')"),
    (questions.state_writes, "update(case).values({case.c.state: 'closed'})"),
    (questions.state_writes, "update(case).values({'state': 'closed'})"),
    (questions.state_writes, "run('UPDATE \"case\" SET seq = 2, state = :state WHERE id = :id')"),
    (questions.state_writes, "run(f'update referral set state = {state}')"),
    (questions.lengths, "a = 1\n" * 401),
    (questions.lengths, "def f():\n" + "    a = 1\n" * 50),
    (questions.lengths, "async def f():\n" + "    a = 1\n" * 50),
    (questions.unfinished, "raise NotImplementedError"),
    (questions.unfinished, "raise NotImplementedError('later')"),
    (questions.unfinished, "import pytest\n@pytest.mark.skipif(True)\ndef test(): pass"),
    (questions.unfinished, "from pytest import skip\nskip('later')"),
]

DECENT: list[tuple[Question, str]] = [
    (questions.transactions, "with unit_of_work.writing() as unit: unit.add(row)"),
    (questions.clocks, "import time\ntime.monotonic()"),
    (questions.clocks, "from datetime import date\ndate(2026, 1, 1)\nclock.now()"),
    (questions.prints, "log.info('printed')"),
    (questions.state_writes, "if case.state == 'closed': app.state.sweeper = sweeper"),
    (questions.state_writes, "update(case).values(version=2).where(case.c.state == 'open')"),
    (questions.state_writes, "run('UPDATE \"case\" SET seq = 2 WHERE state = :state')"),
    (questions.lengths, "def f():\n" + "    a = 1\n" * 49),
    (questions.unfinished, "from pytest import raises\nraises(ValueError)"),
    (questions.unfinished, "try: f()\nexcept NotImplementedError: pass"),
]

REACH: list[tuple[Question, set[str], set[str]]] = [
    (questions.transactions, set(rules.PACKAGES), rules.TRANSACTION_MODULES),
    (questions.clocks, set(rules.PACKAGES), rules.CLOCK_MODULES),
    (questions.prints, set(rules.PACKAGES) - rules.PRINTING_PACKAGES, set()),
    (questions.state_writes, set(rules.PACKAGES), rules.STATE_MODULES),
    (questions.lengths, {*rules.PACKAGES, "tests", "benchmarks"}, set()),
    (questions.unfinished, {*rules.PACKAGES, "tests", "benchmarks"}, rules.SKIPPING_MODULES),
]


def named(question: Question) -> str:
    return question.__name__


@pytest.mark.parametrize(("question", "folders", "exceptions"), REACH, ids=[named(row[0]) for row in REACH])
def test_no_module_breaks_the_rule(question: Question, folders: set[str], exceptions: set[str]) -> None:
    asked = [module for module in modules(*folders) if module.path not in exceptions]
    assert asked
    assert [finding for module in asked for finding in question(module)] == []


@pytest.mark.parametrize(("question", "snippet"), BREACHES)
def test_a_breach_is_found(question: Question, snippet: str) -> None:
    assert list(question(Module("snippet.py", snippet)))


@pytest.mark.parametrize(("question", "snippet"), DECENT)
def test_decent_code_is_left_alone(question: Question, snippet: str) -> None:
    assert list(question(Module("snippet.py", snippet))) == []


def test_every_question_is_tried_and_asked() -> None:
    assert {row[0] for row in BREACHES} == {row[0] for row in DECENT} == {row[0] for row in REACH}
