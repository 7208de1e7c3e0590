"""Walks every case with its events, texts, people and referrals, in order of case and in bounded memory.

Several sorted streams are read side by side; of each only the rows of one case are held. All values are compared as
they are stored.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Table

from models.cases import Case, PersonData, Referral, TextVersion
from models.columns import table_of
from models.details import DETAILS, WITH_PETITIONER
from models.history import Event
from models.streaming import stored_columns, stream
from models.units import Unit
from states.errors import NotFound
from states.kinds import lifecycle_of
from workflows.folding import FOLDED, Standing, fold
from workflows.history import HASHED, stored
from workflows.verifying_chain import Chain, Fault, Row, fault, follow, head_fault, referral_fault, words_fault

_case, _event, _referral, _text = (table_of(m) for m in (Case, Event, Referral, TextVersion))
_person = table_of(PersonData)
_EVENT = (*HASHED, "hash")
_REPLAYED = (
    "case_id",
    "seq",
    "act",
    "trigger",
    "from_state",
    "to_state",
    "referral_id",
    "referral_from",
    "referral_to",
    "corrects_seq",
    "undoes_seq",
    "part_of_seq",
    "occurred_on",
    "payload",
    "hash",
)
"""The columns of an event that its replay reads."""

_replayed = itemgetter(*map(_EVENT.index, _REPLAYED))
_OWN = ("id", "code", "kind", "state", "seq", "head_hash")
_REFERRAL = tuple(c.name for c in _referral.columns)
_DETAILS = {kind: tuple(c.name for c in table_of(model).columns) for kind, model in DETAILS.items()}
_REPORT_EVERY = 10_000
_PERSON = "person of "
_NOT_FOLDED = frozenset({"case_id"})


class Sorted:
    """A stream of rows in order of case; gives the rows of one case at a time."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    @property
    def key(self) -> str | None:
        """Return the case of the next row, None at the end."""
        return None if self._next is None else self._next[0]

    def of(self, key: str) -> Iterator[Row]:
        """Return the rows of case `key`; those before it, which belong to no case, are passed over."""
        while self._next is not None and self._next[0] <= key:
            row, self._next = self._next, next(self._rows, None)
            if row[0] == key:
                yield row


@dataclass(slots=True)
class Walk:
    """What was read and found so far."""

    faults: list[Fault] = field(default_factory=list)
    cases: int = 0
    events: int = 0


def walk(unit: Unit, *, deep: bool, most_faults: int, progress: Callable[[int], None] | None) -> Walk:
    """Check all cases; at most one fault per case, `most_faults` in all.

    `deep` also folds the events of each case and compares the result with its rows.
    """
    with _settled_objects():
        return _walk(_streams(unit), deep=deep, most_faults=most_faults, progress=progress)


@contextmanager
def _settled_objects() -> Iterator[None]:
    """Spare the garbage collector what is alive already: the walk makes many objects, and none in circles."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _walk(
    streams: Mapping[str, Sorted], *, deep: bool, most_faults: int, progress: Callable[[int], None] | None
) -> Walk:
    done = Walk()
    told = 0
    while (key := _least(streams["event"].key, streams["case"].key)) is not None and len(done.faults) < most_faults:
        found = _case_fault(key, streams, done, deep=deep)
        if found is not None:
            done.faults.append(found)
        if progress is not None and done.events // _REPORT_EVERY > told:
            told = done.events // _REPORT_EVERY
            progress(done.events)
    return done


def _least(one: str | None, other: str | None) -> str | None:
    return min((key for key in (one, other) if key is not None), default=None)


def _streams(unit: Unit) -> dict[str, Sorted]:
    def of(table: Table, names: tuple[str, ...], order: str) -> Sorted:
        listed = stored_columns(unit.dialect, table, names)
        return Sorted(stream(unit.connection, f'SELECT {listed} FROM "{table.name}" ORDER BY {order}'))  # noqa: S608 - our own names

    streams = {
        "event": of(_event, _EVENT, "case_id, seq"),
        "case": of(_case, (*_OWN, *FOLDED), "id"),
        "text": of(_text, ("case_id", "id", "event_seq", "salt", "body"), "case_id, event_seq"),
        "referral": of(_referral, ("case_id", *_REFERRAL), "case_id"),
    }
    for kind, names in _DETAILS.items():
        streams[kind] = of(table_of(DETAILS[kind]), ("case_id", *names), "case_id")
    streams |= {f"{_PERSON}{table.name}": _people(unit, table) for table in map(table_of, WITH_PETITIONER)}
    return streams


def _people(unit: Unit, raised: Table) -> Sorted:
    """Return those who raised the cases whose details stand in `raised`."""
    case = stored_columns(unit.dialect, raised, ("case_id",), owner="p")
    data = stored_columns(unit.dialect, _person, ("id", "salt", "name", "address", "phone", "erased_at"), owner="d")
    joined = f'"{raised.name}" p JOIN person_data d ON d.id = p.petitioner_id'
    return Sorted(stream(unit.connection, f"SELECT {case}, {data} FROM {joined} ORDER BY p.case_id"))  # noqa: S608 - our own names


def _case_fault(key: str, streams: Mapping[str, Sorted], done: Walk, *, deep: bool) -> Fault | None:
    """Check one case against its events; every stream moves past it, whatever is found."""
    chain = follow(streams["event"].of(key), keep=deep)
    rows = {name: list(streams[name].of(key)) for name in streams if name != "event"}
    case = next((dict(zip((*_OWN, *FOLDED), row, strict=True)) for row in rows["case"]), None)
    done.events += chain.seq
    done.cases += case is not None
    found = chain.broken or _surface_fault(chain, case, rows)
    if found is None and deep and case is not None:
        found = _fold_fault(chain, case, rows)
    return None if found is None else replace(found, case=case["code"] if case else str(UUID(key)))


def _surface_fault(chain: Chain, case: Mapping[str, Any] | None, rows: Mapping[str, list[Row]]) -> Fault | None:
    if case is None:
        return fault(1, "có sự kiện nhưng không còn hồ sơ", "there are events but the case is gone")
    made_by = _REFERRAL.index("event_seq") + 1
    people = [row for name, found in rows.items() if name.startswith(_PERSON) for row in found]
    return (
        head_fault(chain, seq=case["seq"], head=case["head_hash"], state=case["state"])
        or words_fault(chain, rows["text"], people)
        or referral_fault(chain, [(row[1], row[made_by]) for row in rows["referral"]])
    )


def _fold_fault(chain: Chain, case: Mapping[str, Any], rows: Mapping[str, list[Row]]) -> Fault | None:
    """Compare the rows of a case with the fold of its events, value by value."""
    try:
        # Identifiers and days stay as stored: the fold only carries them on.
        folded = fold(
            lifecycle_of(case["kind"]), [dict(zip(_REPLAYED, _replayed(row), strict=True)) for row in chain.rows]
        )
    except (NotFound, LookupError, ValueError, TypeError, AttributeError) as error:
        return fault(
            chain.seq, f"không dựng lại được hồ sơ từ sự kiện ({error})", f"the events do not replay ({error})"
        )
    name = next(_differences(folded, case, rows), None)
    if name is None:
        return None
    return fault(chain.seq, f"giá trị «{name}» không do sự kiện nào ghi", f"no event wrote the value of “{name}”")


def _differences(folded: Standing, case: Mapping[str, Any], rows: Mapping[str, list[Row]]) -> Iterator[str]:
    if case["state"] != folded.state:
        yield "state"
    yield from _unlike({name: case[name] for name in FOLDED}, folded.case)
    if case["kind"] in _DETAILS:
        details = rows[case["kind"]]
        yield from [] if details else [case["kind"]]
        for row in details:
            yield from _unlike(dict(zip(_DETAILS[case["kind"]], row[1:], strict=True)), folded.detail)
    for row in rows["referral"]:
        shown = dict(zip(_REFERRAL, row[1:], strict=True))
        yield from _unlike(shown, folded.referrals.get(shown["id"], {}))


def _unlike(shown: Mapping[str, Any], folded: Mapping[str, Any]) -> Iterator[str]:
    for name, value in shown.items():
        expected = folded.get(name)
        if value != expected and name not in _NOT_FOLDED and value != stored(expected):
            yield name
