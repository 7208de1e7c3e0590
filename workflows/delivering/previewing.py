"""The letter that would be written about a real case: the rung that its time limits have reached, or the next one."""

from __future__ import annotations

from dataclasses import replace
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
from workflows.delivering.channels import Letter
from workflows.delivering.digesting import entries_of
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
    found = _matters(unit, seen)
    if not found:
        told = Text(f"{seen.row['code']} không có thời hạn nào đang tính", f"No time limit runs on {seen.row['code']}")
        raise BadInput({"code": told})
    reader = account_reader(unit, actor.account) or Reader(actor.account, actor)
    reader = replace(reader, email=reader.email or _NOBODY, language=language or reader.language)
    entries = entries_of(unit, reader, found)
    return letter(UUID(int=0), reader, entries, now=unit.now, public_url=public_url)


def _matters(unit: Unit, seen: Seen) -> list[Matter]:
    """Return one matter for each running clock: its last rung that is due, else the first to come."""
    wanted = (
        select(_rung)
        .join(_clock, _clock.c.id == _rung.c.clock_id)
        .where(_rung.c.case_id == seen.id, _clock.c.state == ClockState.RUNNING.value, _rung.c.at.is_not(None))
        .where(_rung.c.state.in_((RungState.ARMED.value, RungState.FIRED.value)))
        .order_by(_rung.c.clock_id, _rung.c.at, _rung.c.rung)
    )
    rows = [dict(row) for row in unit.read(wanted).mappings()]
    chosen = {}
    for row in rows:
        if row["at"] <= unit.now or row["clock_id"] not in chosen:
            chosen[row["clock_id"]] = row
    notices = [notice_row(NoticeKind.RUNG, row, council=row["council_id"], now=unit.now) for row in chosen.values()]
    bare = {"audience": None, "sentence_vi": None, "sentence_en": None}
    return list(matters(unit, [notice | bare for notice in notices]))
