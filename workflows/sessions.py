"""Sessions of a council: added, and moved with the reason. Clocks that hang on a moved one are reckoned anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from models.cases import Case
from models.columns import table_of
from models.councils import CouncilSession, SessionDate
from models.units import Unit, WriteUnit
from states.errors import AlreadyExists, BadInput, ChangedSinceOpened, NotFound
from states.facts import Actor
from states.text import Text
from states.vocabulary import ReckonCause
from workflows import access, councils, regulations, rehanging, reprojecting
from workflows.access import Setting
from workflows.councils import SessionSpec
from workflows.reprojecting import DueMove, Occasion

_session, _date, _case = table_of(CouncilSession), table_of(SessionDate), table_of(Case)


@dataclass(frozen=True, slots=True)
class SessionMoved:
    """What moving a session did: its dates before and after, and the due dates that moved with it."""

    code: str
    revision: int
    before: tuple[date | None, date | None]
    after: tuple[date | None, date | None]
    moves: tuple[DueMove, ...]


def listed(unit: Unit, *, setting: Setting) -> list[dict[str, Any]]:
    """Return the council's sessions, the last one first, undated ones at the top."""
    rows = unit.read(select(_session).where(_session.c.council_id == setting.council)).mappings()
    return sorted((dict(row) for row in rows), key=lambda r: (r["opening_on"] or date.max, r["code"]), reverse=True)


def history(unit: Unit, *, setting: Setting, code: str) -> list[dict[str, Any]]:
    """Return every setting of a session's dates with its reason, oldest first.

    Raises: NotFound.
    """
    found = find(unit, setting=setting, code=code)
    rows = unit.read(select(_date).where(_date.c.session_id == found["id"]).order_by(_date.c.revision)).mappings()
    return [dict(row) for row in rows]


def add(unit: WriteUnit, *, setting: Setting, session: SessionSpec, actor: Actor) -> UUID:
    """Add a session of the council; its dates may be unknown yet.

    Raises: NotPermitted, AlreadyExists, BadInput.
    """
    councils.require_in_charge(actor, setting.council)
    _check(session.opening_on, session.closing_on)
    known = select(_session.c.id).where(_session.c.council_id == setting.council, _session.c.code == session.code)
    if unit.read(known).first() is not None:
        raise AlreadyExists(
            Text(f"Đã có kỳ họp mã {session.code}", f"The session {session.code} exists already"), code=session.code
        )
    key = councils.add_session(unit, council=setting.council, session=session, actor=actor)
    councils.touch(unit, setting.council)
    rehanging.rehang(unit, council=setting.council, rules=regulations.rules_now(unit, setting.council))
    return key


def preview(
    unit: Unit, *, setting: Setting, code: str, opening_on: date | None, closing_on: date | None
) -> tuple[DueMove, ...]:
    """Return which due dates would move; nothing is written.

    Raises: NotFound, BadInput.
    """
    _check(opening_on, closing_on)
    found = find(unit, setting=setting, code=code)
    rules = regulations.rules_now(unit, setting.council)
    moves: list[DueMove] = []
    for case_id in _cases(unit, found["id"]):
        seen = access.case_by_id(unit, case_id=case_id, actor=_MACHINE)
        moved = replace(seen, session={"opening_on": opening_on, "closing_on": closing_on})
        moves += reprojecting.due_moves(moved, rules)
    return tuple(moves)


def move(
    unit: WriteUnit,
    *,
    setting: Setting,
    code: str,
    opening_on: date | None,
    closing_on: date | None,
    reason: str,
    actor: Actor,
    on: date | None = None,
) -> SessionMoved:
    """Give a session other dates. Open clocks that hang on them are superseded with the reason, the old ones kept.

    `on` is the civil date of the decision. Raises: NotPermitted, NotFound, BadInput.
    """
    councils.require_in_charge(actor, setting.council)
    _check(opening_on, closing_on)
    if not reason.strip():
        raise BadInput({"reason": Text("«Lý do» chưa nhập", "“reason” is missing")})
    found = find(unit, setting=setting, code=code)
    revision, dates = found["revision"] + 1, {"opening_on": opening_on, "closing_on": closing_on}
    before = (found["opening_on"], found["closing_on"])
    if before == (opening_on, closing_on):
        raise BadInput({"opening": Text("Kỳ họp đã ở đúng những ngày này", "The session has these dates already")})
    here = (_session.c.id == found["id"]) & (_session.c.revision == found["revision"])
    raised = update(_session).where(here).values(revision=revision, **dates).returning(_session.c.revision)
    if unit.run(raised).scalar() is None:
        raise ChangedSinceOpened(
            Text("Kỳ họp vừa được người khác đổi ngày; xem lại", "Somebody else has just moved the session; look again")
        )
    told = {"reason": reason.strip(), "recorded_by": actor.account, "recorded_at": unit.now}
    unit.run(insert(_date).values(session_id=found["id"], revision=revision, **told, **dates))
    councils.touch(unit, setting.council)
    said = {"session": found["id"], "revision": revision}
    rules = regulations.rules_now(unit, setting.council)
    rehanging.rehang(unit, council=setting.council, rules=rules)
    moves = reprojecting.reproject(
        unit,
        cases=_cases(unit, found["id"]),
        rules={setting.council: rules},
        occasion=Occasion(ReckonCause.SESSION_MOVED, said, actor, on or unit.today),
    )
    return SessionMoved(found["code"], revision, before, (opening_on, closing_on), moves)


_MACHINE = Actor(UUID(int=0), "", operator=True)


def find(unit: Unit, *, setting: Setting, code: str) -> dict[str, Any]:
    """Return the session with this code, in whatever case it is written.

    Raises: NotFound.
    """
    wanted = select(_session).where(_session.c.council_id == setting.council)
    rows = [row for row in unit.read(wanted).mappings() if row["code"].casefold() == code.strip().casefold()]
    if not rows:
        raise NotFound(Text(f"Không có kỳ họp mã {code}", f"There is no session {code}"))
    return dict(rows[0])


def _cases(unit: Unit, session: UUID) -> list[UUID]:
    return list(unit.read(select(_case.c.id).where(_case.c.session_id == session).order_by(_case.c.id)).scalars())


def _check(opening_on: date | None, closing_on: date | None) -> None:
    if opening_on is not None and closing_on is not None and closing_on < opening_on:
        raise BadInput(
            {"closing": Text("«Ngày bế mạc» đứng trước ngày khai mạc", "“closing” is before the opening day")}
        )
