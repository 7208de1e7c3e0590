"""Changes history as its owner could: with the triggers out of the way, in a transaction that is rolled back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from models.cases import Case, PersonData, Referral, TextVersion
from models.columns import table_of
from models.databases import SQLITE
from models.ddl import trigger_statements, whole_metadata
from models.details import Petition
from models.history import APPEND_ONLY, Event, Seal, SealEntry
from models.units import WriteUnit
from tests.office import Office
from workflows.history import HASHED, event_hash

case_, event_, text_, person_ = (table_of(m) for m in (Case, Event, TextVersion, PersonData))
petition_, referral_, seal_, entry_ = (table_of(m) for m in (Petition, Referral, Seal, SealEntry))
Row = dict[str, Any]
Named = tuple[str | None, int | None]
"""The case and event that a mutation must be told by; None where it concerns none."""

TEXTS = tuple(n for n in HASHED if n in {"trigger", "to_state", "milestones", "payload", "previous_hash"})


@contextmanager
def tampering(office: Office) -> Iterator[WriteUnit]:
    """Open a transaction in which no trigger and no foreign key stands in the way; nothing of it stays."""
    with office.database.engine.connect() as connection:
        unit = WriteUnit(connection, office.clock)
        if unit.dialect == SQLITE:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        unit.take_lock()
        if unit.dialect == SQLITE:
            for name in APPEND_ONLY:
                for what in ("update", "delete", "replace"):
                    connection.exec_driver_sql(f'DROP TRIGGER "{name}_append_only_{what}"')
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        try:
            yield unit
        finally:
            if unit.dialect == SQLITE:
                connection.exec_driver_sql("ROLLBACK")
                connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            connection.rollback()


def put_triggers_back(unit: WriteUnit) -> None:
    """Make everything look untouched again."""
    if unit.dialect == SQLITE:
        for statement in trigger_statements(SQLITE, whole_metadata()):
            unit.connection.exec_driver_sql(statement)


def events(unit: WriteUnit, case_id: UUID) -> list[Row]:
    """Return the events of a case in order."""
    wanted = select(event_).where(event_.c.case_id == case_id).order_by(event_.c.seq)
    return [dict(row) for row in unit.read(wanted).mappings()]


def put(unit: WriteUnit, event: Row, **values: Any) -> None:
    """Overwrite columns of one event."""
    here = (event_.c.case_id == event["case_id"]) & (event_.c.seq == event["seq"])
    unit.run(update(event_).where(here).values(**values))


def rechain(unit: WriteUnit, case_id: UUID, *, head: bool = True) -> None:
    """Recompute every hash of a case, and its head, as somebody would who knows how it is done."""
    previous = ""
    for event in events(unit, case_id):
        event["previous_hash"] = previous
        previous = event_hash(event)
        put(unit, event, previous_hash=event["previous_hash"], hash=previous)
        if head:
            values = {"seq": event["seq"], "head_hash": previous}
            unit.run(update(case_).where(case_.c.id == case_id).values(**values))


def flipped(text: str, random: Random) -> str:
    """Return `text` with one character changed."""
    at = random.randrange(len(text))
    return text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :]


# --- mutations: each changes something and says by which case and event it must be told -----------------------------


def bit(unit: WriteUnit, case: Row, random: Random) -> Named:
    """One character of one stored value of one event, or of its hash."""
    event = random.choice(events(unit, case["id"]))
    name = random.choice([n for n in (*TEXTS, "hash") if event[n]])
    put(unit, event, **{name: flipped(event[name], random)})
    return case["code"], event["seq"]


def swap(unit: WriteUnit, case: Row, random: Random) -> Named:
    """The payloads of two events of a case."""
    one, other = sorted(random.sample(events(unit, case["id"]), 2), key=lambda e: e["seq"])
    if one["payload"] == other["payload"]:
        other["payload"] += " "
    put(unit, one, payload=other["payload"])
    put(unit, other, payload=one["payload"])
    return case["code"], one["seq"]


def insertion(unit: WriteUnit, case: Row, random: Random) -> Named:
    """A forged event at the end, chained as it should be, that the case does not know."""
    last = events(unit, case["id"])[-1]
    forged = {
        **last,
        "seq": last["seq"] + 1,
        "previous_hash": last["hash"],
        "trigger": random.choice(("note", "publish")),
    }
    unit.run(insert(event_).values(**{**forged, "hash": event_hash(forged)}))
    return case["code"], forged["seq"]


def middle(unit: WriteUnit, case: Row, random: Random) -> Named:
    """One event is gone."""
    event = random.choice(events(unit, case["id"])[:-1])
    unit.run(delete(event_).where(event_.c.case_id == case["id"], event_.c.seq == event["seq"]))
    return case["code"], event["seq"]


def tail(unit: WriteUnit, case: Row, random: Random) -> Named:
    """The last events are gone, the case's head stays."""
    first = random.randrange(1, case["seq"]) + 1
    unit.run(delete(event_).where(event_.c.case_id == case["id"], event_.c.seq >= first))
    return case["code"], first


def rewritten_event(unit: WriteUnit, case: Row, random: Random) -> Named:
    """One event is changed with its own hash made to fit; the next one, or the head, knows better."""
    event = random.choice(events(unit, case["id"]))
    event["payload"] = flipped(event["payload"], random)
    put(unit, event, payload=event["payload"], hash=event_hash(event))
    return case["code"], event["seq"]


def head(unit: WriteUnit, case: Row, random: Random) -> Named:
    """The case's own row says something else."""
    other = random.choice(({"head_hash": flipped(case["head_hash"], random)}, {"state": "withdrawn"}))
    unit.run(update(case_).where(case_.c.id == case["id"]).values(**other))
    return case["code"], case["seq"]


def words(unit: WriteUnit, case: Row, random: Random) -> Named:
    """A text of the case is changed beside history."""
    texts = unit.read(select(text_).where(text_.c.case_id == case["id"])).mappings().all()
    text = random.choice(texts)
    unit.run(update(text_).where(text_.c.id == text["id"]).values(body=flipped(text["body"], random)))
    return case["code"], text["event_seq"]


def no_words(unit: WriteUnit, case: Row, random: Random) -> Named:
    """A text of the case is gone."""
    text = random.choice(unit.read(select(text_).where(text_.c.case_id == case["id"])).mappings().all())
    unit.run(delete(text_).where(text_.c.id == text["id"]))
    return case["code"], text["event_seq"]


def value(unit: WriteUnit, case: Row, random: Random) -> Named:
    """A value of the case that no event gave."""
    other = random.choice(({"locality": "nơi khác"}, {"received_on": None}, {"level": "central"}))
    unit.run(update(case_).where(case_.c.id == case["id"]).values(**other))
    return case["code"], case["seq"]


MUTATIONS: tuple[Callable[[WriteUnit, Row, Random], Named], ...] = (
    bit,
    swap,
    insertion,
    middle,
    tail,
    rewritten_event,
    head,
    words,
    no_words,
    value,
)
"""What leaves history inconsistent in itself: found without any seal."""


def whole_rewrite(unit: WriteUnit, case: Row, random: Random) -> Named:
    """One case rewritten from some event on, every hash and the head made to fit."""
    event = random.choice(events(unit, case["id"]))
    put(unit, event, decided_capacity="kẻ khác")
    rechain(unit, case["id"])
    return case["code"], None


def cut_with_head(unit: WriteUnit, case: Row, random: Random) -> Named:
    """The last events are gone and the case agrees."""
    first = random.randrange(1, case["seq"]) + 1
    unit.run(delete(event_).where(event_.c.case_id == case["id"], event_.c.seq >= first))
    rechain(unit, case["id"])
    last = events(unit, case["id"])[-1]
    unit.run(update(case_).where(case_.c.id == case["id"]).values(state=last["to_state"]))
    return case["code"], None


def vanished(unit: WriteUnit, case: Row, random: Random) -> Named:
    """A whole case is gone with all that hung on it."""
    for table, column in ((event_, "case_id"), (text_, "case_id"), (referral_, "case_id"), (petition_, "case_id")):
        unit.run(delete(table).where(table.c[column] == case["id"]))
    unit.run(delete(case_).where(case_.c.id == case["id"]))
    return str(case["id"]), 1


def entry(unit: WriteUnit, case: Row, random: Random) -> Named:
    """The seal itself is made to fit a rewritten case, without the key."""
    whole_rewrite(unit, case, random)
    for event in events(unit, case["id"]):
        here = (entry_.c.case_id == case["id"]) & (entry_.c.seq == event["seq"])
        unit.run(update(entry_).where(here).values(head_hash=event["hash"]))
    return case["code"], None


def seals_cut(unit: WriteUnit, case: Row, random: Random) -> Named:
    """A case is rewritten and all seals are gone; only the files outside know."""
    whole_rewrite(unit, case, random)
    unit.run(delete(entry_))
    unit.run(delete(seal_))
    return case["code"], None


SEALED_MUTATIONS: tuple[Callable[[WriteUnit, Row, Random], Named], ...] = (
    whole_rewrite,
    cut_with_head,
    vanished,
    entry,
    seals_cut,
)
"""What is consistent in itself and found because a seal was exported."""
