"""Topics: petitions of like content, gathered in one go, counted by state, answered by one paper; none is merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from models.cases import Case
from models.columns import table_of
from models.details import Petition
from models.units import Unit, WriteUnit
from states.errors import NotFound
from states.facts import Actor
from states.gathering_topics import TOPIC_KIND
from states.petition import PETITION, P
from workflows import access, describing, locking, moving
from workflows.access import Seen
from workflows.orders import Moved, Order
from workflows.views import AgencyName, Coded, StateCount, agencies_named, counted
from workflows.visibility import visible

_case, _petition = table_of(Case), table_of(Petition)
_GIST = 160


@dataclass(frozen=True, slots=True)
class Member:
    """One petition of a topic; `gist` is the beginning of its text."""

    code: str
    state: Coded
    received_on: date | None
    locality: str | None
    times_raised: int
    gist: str | None


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic with the members that the reader may see; the counts by state add up to their number."""

    code: str
    name: str | None
    state: Coded
    agency: AgencyName | None
    members: tuple[Member, ...]
    states: tuple[StateCount, ...]
    times_raised: int
    localities: int


def topic(unit: Unit, *, code: str, actor: Actor) -> TopicView:
    """Return the topic `code` with its members, in the order of their codes.

    Raises: NotFound when it is absent, hidden or no topic.
    """
    seen = access.case(unit, code=code, actor=actor)
    if seen.lifecycle.kind != TOPIC_KIND:
        raise NotFound
    rows = _rows(unit, seen, actor)
    gists = describing.gists_of(unit, [row["id"] for row in rows], longest=_GIST)
    return TopicView(
        code=seen.row["code"],
        name=describing.texts_of(unit, [seen.id]).get(seen.id),
        state=Coded(seen.row["state"], seen.lifecycle.states[seen.row["state"]].label),
        agency=next(iter(agencies_named(unit, [seen.detail.get("agency_id")]).values()), None),
        members=tuple(
            Member(
                row["code"], Coded(row["state"], PETITION.states[row["state"]].label), row["received_on"],
                row["locality"], row["times_raised"], gists.get(row["id"]),
            )
            for row in rows
        ),
        states=counted(PETITION, (row["state"] for row in rows)),
        times_raised=sum(row["times_raised"] for row in rows),
        localities=len({row["locality"] for row in rows} - {None}),
    )  # fmt: skip


def gather(unit: WriteUnit, *, topic: str, codes: Sequence[str], actor: Actor, on: date | None) -> list[Moved]:
    """Put petitions into a topic, all or none: one move each, in one transaction.

    Raises: NotFound, Refused, BadInput for the first that does not go.
    """
    wanted = sorted({code.strip().upper() for code in codes})
    locking.lock(unit, [topic, *wanted])
    return [moving.move(unit, code=code, order=Order("join_topic", actor, on, {"topic": topic})) for code in wanted]


def _rows(unit: Unit, seen: Seen, actor: Actor) -> list[dict[str, Any]]:
    columns = (_case.c[name] for name in ("id", "code", "state", "received_on", "locality"))
    wanted = (
        select(*columns, _petition.c.times_raised)
        .join(_petition, _petition.c.case_id == _case.c.id)
        .where(_petition.c.topic_id == seen.id, _case.c.state != P.VOIDED.value, visible(actor))
    )
    return [dict(row) for row in unit.read(wanted.order_by(_case.c.code)).mappings()]
