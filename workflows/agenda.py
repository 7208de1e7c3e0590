"""The agenda of a session: its items in their order, and whether the file of each came in time and whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.cases import Case
from models.columns import table_of
from models.councils import CouncilSession
from models.details import SessionDocument
from models.timing import ClockRow
from models.units import Unit
from states.errors import NotFound
from states.facts import Actor
from states.reckoning import ClockState
from states.session_document import SESSION_DOCUMENT, L
from states.session_papers import FileNature
from states.text import Text
from workflows import describing
from workflows.access import Setting
from workflows.views import AgencyName, Coded, StateCount, Words, agencies_named, coded, counted
from workflows.visibility import visible

_case, _file, _clock, _session = (table_of(m) for m in (Case, SessionDocument, ClockRow, CouncilSession))
_DUE = "submission"
_LIVE = (ClockState.RUNNING.value, ClockState.MET.value)


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item; `days_late` of its file: as it came, or until today while it is awaited; None without a cut-off day."""

    code: str
    ordinal: int | None
    text: str | None
    file_kind: Coded
    state: Coded
    agency: AgencyName | None
    presenter: str | None
    committee: AgencyName | None
    due_on: date | None
    received_on: date | None
    days_late: int | None


@dataclass(frozen=True, slots=True)
class Agenda:
    """The agenda as far as the reader may see it; the counts by state add up to the number of items."""

    session: str
    name: str
    opening_on: date | None
    items: tuple[AgendaItem, ...]
    states: tuple[StateCount, ...]
    late: int
    sentence: Words


def agenda(unit: Unit, *, setting: Setting, code: str, actor: Actor) -> Agenda:
    """Return the agenda of the session `code`, numbered items first.

    Raises: NotFound.
    """
    session = _found(unit, setting, code)
    rows = _rows(unit, session["id"], actor)
    clocks = _clocks(unit, [row["id"] for row in rows])
    texts = describing.texts_of(unit, [row["id"] for row in rows])
    bodies = agencies_named(unit, [row[name] for row in rows for name in ("agency_id", "committee_id")])
    items = tuple(_item(row, clocks.get(row["id"]), texts.get(row["id"]), bodies, unit.today) for row in rows)
    found = Counter(row["state"] for row in rows)
    late = sum(1 for item in items if item.days_late)
    incomplete, sent_back = found[L.INCOMPLETE], found[L.SENT_BACK]
    return Agenda(
        session["code"],
        session["name"],
        session["opening_on"],
        items,
        counted(SESSION_DOCUMENT, (row["state"] for row in rows)),
        late,
        Text(
            f"{len(items)} nội dung, {late} hồ sơ chậm, {incomplete} chưa đủ, {sent_back} phải chuẩn bị lại",
            f"{len(items)} items, {late} files late, {incomplete} incomplete, {sent_back} sent back",
        ),
    )


def _found(unit: Unit, setting: Setting, code: str) -> Mapping[str, Any]:
    rows = unit.read(select(_session).where(_session.c.council_id == setting.council)).mappings()
    session = next((row for row in rows if row["code"].casefold() == code.strip().casefold()), None)
    if session is None:
        raise NotFound(Text(f"Không có kỳ họp mã {code}", f"There is no session {code}"))
    return dict(session)


def _rows(unit: Unit, session: UUID, actor: Actor) -> list[Mapping[str, Any]]:
    wanted = (
        select(_case.c.id, _case.c.code, _case.c.state, *_file.c)
        .join(_file, _file.c.case_id == _case.c.id)
        .where(_case.c.session_id == session, _case.c.state != L.VOIDED.value, visible(actor))
    )
    rows = [dict(row) for row in unit.read(wanted).mappings()]
    return sorted(rows, key=lambda row: (row["ordinal"] is None, row["ordinal"] or 0, row["code"]))


def _clocks(unit: Unit, cases: list[UUID]) -> Mapping[UUID, Mapping[str, Any]]:
    """Return the cut-off day of each file as it was set last, and the day on which it was met."""
    columns = (_clock.c.case_id, _clock.c.due_on, _clock.c.met_on, _clock.c.state)
    wanted = select(*columns).where(_clock.c.case_id.in_(cases), _clock.c.role == _DUE, _clock.c.state.in_(_LIVE))
    rows = unit.read(wanted.order_by(_clock.c.start_seq, _clock.c.revision)).mappings()
    return {row["case_id"]: dict(row) for row in rows}


def _item(
    row: Mapping[str, Any],
    clock: Mapping[str, Any] | None,
    text: str | None,
    bodies: Mapping[UUID, AgencyName],
    today: date,
) -> AgendaItem:
    due_on, met_on = (clock["due_on"], clock["met_on"]) if clock else (None, None)
    return AgendaItem(
        code=row["code"],
        ordinal=row["ordinal"],
        text=text,
        file_kind=coded(FileNature(row["file_kind"])),
        state=Coded(row["state"], SESSION_DOCUMENT.states[row["state"]].label),
        agency=bodies.get(row["agency_id"]),
        presenter=row["presenter"],
        committee=bodies.get(row["committee_id"]),
        due_on=due_on,
        received_on=met_on,
        days_late=None if due_on is None else max(0, ((met_on or today) - due_on).days),
    )
