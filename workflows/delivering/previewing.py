"""The letter that would be written about a real case: what its time limits have come to and stands, or comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.alerting import ClockRung
from models.columns import table_of
from models.timing import ClockRow
from models.units import Unit
from states.alerting import NoticeKind, RungState
from states.errors import BadInput
from states.facts import Actor
from states.reckoning import ClockState
from states.text import Language, Text
from workflows import access
from workflows.access import Seen
from workflows.arming import notice_row
from workflows.delivering.audience import audience
from workflows.delivering.channels import Letter
from workflows.delivering.digesting import entries_of, sifted
from workflows.delivering.matters import Matter, matters
from workflows.delivering.people import Reader, account_reader
from workflows.delivering.rendering import letter

_rung, _clock = table_of(ClockRung), table_of(ClockRow)
_NOBODY = "nobody@example.vn"


def preview(unit: Unit, *, code: str, actor: Actor, language: Language | None, public_url: str | None) -> Letter:
    """Return the letter about the case `code` as `actor` would get it today; nothing is written.

    Raises: NotFound, BadInput when no time limit of the case runs.
    """
    seen = access.case(unit, code=code, actor=actor)
    reader = account_reader(unit, actor.account) or Reader(actor.account, actor)
    found = _matters(unit, seen, reader)
    if not found:
        told = Text(f"{seen.row['code']} không có thời hạn nào đang tính", f"No time limit runs on {seen.row['code']}")
        raise BadInput({"code": told})
    reader = replace(reader, email=reader.email or _NOBODY, language=language or reader.language)
    entries = entries_of(unit, reader, found)
    return letter(UUID(int=0), reader, entries, now=unit.now, public_url=public_url)


def _matters(unit: Unit, seen: Seen, reader: Reader) -> list[Matter]:
    """Return what a letter would tell of each running clock today: what has come and stands, else what comes next."""
    wanted = (
        select(_rung)
        .join(_clock, _clock.c.id == _rung.c.clock_id)
        .where(_rung.c.case_id == seen.id, _clock.c.state == ClockState.RUNNING.value, _rung.c.at.is_not(None))
        .where(_rung.c.state.in_((RungState.ARMED.value, RungState.FIRED.value)))
        .order_by(_rung.c.clock_id, _rung.c.at, _rung.c.rung)
    )
    rows = [dict(row) for row in unit.read(wanted).mappings()]
    come = [row for row in rows if row["state"] == RungState.FIRED.value]
    told = _theirs(unit, reader, _told(unit, come, seen.setting.council))
    left_out = sifted(unit, replace(reader, mail=True), told.values())
    standing = {place: matter for place, matter in told.items() if matter.cause not in left_out}
    spoken_of = {clock for clock, _ in standing}
    following: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        if row["state"] == RungState.ARMED.value and row["clock_id"] not in spoken_of:
            following.setdefault(row["clock_id"], row)
    return [*standing.values(), *_told(unit, list(following.values()), seen.setting.council).values()]


def _theirs(unit: Unit, reader: Reader, told: dict[tuple[UUID, int], Matter]) -> dict[tuple[UUID, int], Matter]:
    """Return what concerns this reader; all of it for who is in no audience, such as an operator."""
    people = audience(unit, list(told.values()))
    mine = {place: m for place, m in told.items() if reader.key in {one.key for one in people.of(m)}}
    return mine or told


def _told(unit: Unit, rows: Sequence[dict[str, Any]], council: UUID) -> dict[tuple[UUID, int], Matter]:
    """Return what the notices of these rungs tell, by clock and rung."""
    bare = {"audience": None, "sentence_vi": None, "sentence_en": None}
    notices = [notice_row(NoticeKind.RUNG, row, council=council, now=unit.now) | bare for row in rows]
    places = [(row["clock_id"], row["rung"]) for row in rows]
    return dict(zip(places, matters(unit, notices), strict=True))
