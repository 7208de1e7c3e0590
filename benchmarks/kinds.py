"""Every kind in one register: how long an entry, a move and verifying take, so that none is the slow one."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from benchmarks.figures import Row, middle
from states.kinds import KINDS
from tests.every_kind import one_of_each, plain_birth
from tests.office import Office, open_office
from workflows import verifying
from workflows.migrating import upgrade

T = TypeVar("T")


def measure(name: str, url: str, times: int) -> tuple[list[Row], Row]:
    """Enter and amend `times` cases of every kind in turn at the empty database `url`, then verify all of them.

    Returns a row for each kind, and one for verifying with replay.
    """
    upgrade(url)
    with open_office(url) as office:
        one_of_each(office)  # what is read once and kept is read now
        took: dict[tuple[str, str], list[float]] = {(kind, what): [] for kind in KINDS for what in ("entry", "move")}
        for _ in range(times):
            for kind, table in KINDS.items():
                code, spent = _timed(partial(office.born, plain_birth(table)))
                took[kind, "entry"].append(spent)
                took[kind, "move"].append(_timed(partial(_amend, office, code))[1])
        return [_row(name, kind, took) for kind in KINDS], _verified(name, office)


def _row(name: str, kind: str, took: dict[tuple[str, str], list[float]]) -> Row:
    spent = {what: took[kind, what] for what in ("entry", "move")}
    shares = {"p50": 0.5, "p95": 0.95}
    figures = {f"{what} {p} ms": middle(spent[what], share) for what in spent for p, share in shares.items()}
    return {"kind": kind, "database": name, **figures}


def _verified(name: str, office: Office) -> Row:
    with office.database.reading() as unit:
        verdict, spent = _timed(partial(verifying.verify, unit, key=None))
    if verdict.faults:
        raise ValueError(verdict.faults)
    return {
        "database": name,
        "cases": verdict.cases,
        "events": verdict.events,
        "events /s": verdict.events / spent * 1000,
    }


def _amend(office: Office, code: str) -> None:
    office.go(code, "amend", text="Nội dung đã sửa cho rõ", words="sửa")


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    """Return what came of `act`, and the milliseconds it took."""
    began = time.perf_counter()
    done = act()
    return done, (time.perf_counter() - began) * 1000
