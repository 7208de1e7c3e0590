"""Groups of matters for questioning: late petitions gathered by agency and by field before a session.

A petition is not questioned by itself (office.md): the machine proposes a group, the standing body takes it, by which
every case of the group says so, or declines it with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, select, update

from models.alerting import QuestionGroup, QuestionGroupCase
from models.cases import Case
from models.columns import table_of
from models.councils import Agency, CouncilSession, Taxon
from models.timing import ClockRow
from models.units import Unit, WriteUnit
from states.entries import DocumentSlip
from states.errors import BadInput, NotFound, NotPermitted
from states.facts import Actor
from states.paper_acts import PaperAct
from states.text import Text
from states.vocabulary import ProposalState
from workflows import enacting
from workflows.access import Setting
from workflows.drafting import new_id
from workflows.enacting.doing import require_registrar
from workflows.enacting.errors import PaperRefused
from workflows.enacting.orders import PaperOrder, PaperReport, PaperRow
from workflows.grouping import FEWEST, is_late
from workflows.proposals import AlreadyDecided, require_reason
from workflows.views import Coded, PersonName, Words, accounts_named, coded
from workflows.visibility import visible

_group, _member = table_of(QuestionGroup), table_of(QuestionGroupCase)
_case, _clock, _session = table_of(Case), table_of(ClockRow), table_of(CouncilSession)
_agency, _taxon = table_of(Agency), table_of(Taxon)


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group as people see it: `cases` are those still late, `settled` how many no longer are."""

    id: UUID
    session: str
    subject: Words
    agency: str | None
    field: str | None
    cases: tuple[str, ...]
    settled: int
    state: Coded
    reason: str | None
    decided_by: PersonName | None
    decided_at: datetime | None
    created_at: datetime


def gather(unit: WriteUnit, late: Sequence[tuple[Mapping[str, Any], date]]) -> None:
    """Put the cases of late clocks into the groups of their agencies and fields for the first session from a day.

    Each clock is a row with `council_id`, `agency_id` and `field` of its case. Groups already decided stay as they are.
    """
    session_of = lru_cache(maxsize=None)(lambda council, on: _coming(unit, council, on))
    group_of = lru_cache(maxsize=None)(lambda *place: _open_group(unit, *place))
    members = []
    for clock, on in late:
        session = session_of(clock["council_id"], on)
        for name in ("agency_id", "field") if session is not None else ():
            group = None if clock[name] is None else group_of(clock["council_id"], session, name, clock[name])
            if group is not None:
                members.append({"group_id": group, "case_id": clock["case_id"], "clock_id": clock["id"]})
    unit.add_unknown("question_group_case", members)


def _coming(unit: Unit, council: UUID, on: date) -> UUID | None:
    coming = select(_session.c.id).where(_session.c.council_id == council, _session.c.opening_on >= on)
    found: UUID | None = unit.read(coming.order_by(_session.c.opening_on).limit(1)).scalar()
    return found


def _open_group(unit: WriteUnit, council: UUID, session: UUID, name: str, value: Any) -> UUID | None:
    """Return the group of an agency or field for a session, None where it is decided already."""
    fresh = {
        "id": new_id(),
        "council_id": council,
        "session_id": session,
        "agency_id": None,
        "field": None,
        "state": ProposalState.OPEN.value,
        "created_at": unit.now,
        name: value,
    }
    unit.add_unknown("question_group", [fresh])
    same = and_(_group.c.session_id == session, _group.c[name] == value)
    found: UUID | None = unit.read(select(_group.c.id).where(same, _group.c.state == ProposalState.OPEN.value)).scalar()
    return found


def lapse(unit: WriteUnit) -> int:
    """Let open groups lapse that hold no late case any more; return how many did."""
    member = (
        exists()
        .where(_member.c.group_id == _group.c.id, _clock.c.id == _member.c.clock_id, is_late(unit.today))
        .correlate(_group)
    )
    gone = update(_group).values(state=ProposalState.LAPSED.value).returning(_group.c.id)
    return len(unit.run(gone.where(_group.c.state == ProposalState.OPEN.value, ~member)).all())


def listed(unit: Unit, *, setting: Setting, actor: Actor, state: ProposalState | None = None) -> tuple[GroupView, ...]:
    """Return the groups of a council, the newest session first; of their cases those that `actor` may see.

    Of those not decided yet only the ones that hold at least two late cases are proposed.

    Raises: NotPermitted for who is not on the council's side.
    """
    _require_inside(actor, setting.council)
    wanted = (
        select(_group, _session.c.code.label("session"), _agency.c.name.label("agency_name"))
        .join(_session, _session.c.id == _group.c.session_id)
        .outerjoin(_agency, _agency.c.id == _group.c.agency_id)
        .where(_group.c.council_id == setting.council)
        .order_by(_session.c.opening_on.desc(), _group.c.created_at, _group.c.id)
    )
    if state is not None:
        wanted = wanted.where(_group.c.state == state.value)
    rows = [dict(row) for row in unit.read(wanted).mappings()]
    members, settled = _members(unit, [row["id"] for row in rows], actor)
    rows = [row for row in rows if _is_shown(row["state"], len(members.get(row["id"], ())), settled.get(row["id"], 0))]
    people = accounts_named(unit, [row["decided_by"] for row in rows])
    fields = _field_names(unit, [row["field"] for row in rows])
    return tuple(
        GroupView(
            id=row["id"],
            session=row["session"],
            subject=fields[row["field"]] if row["field"] else Text(row["agency_name"], row["agency_name"]),
            agency=row["agency_name"],
            field=row["field"],
            cases=tuple(members.get(row["id"], ())),
            settled=settled.get(row["id"], 0),
            state=coded(ProposalState(row["state"])),
            reason=row["reason"],
            decided_by=people.get(row["decided_by"]),
            decided_at=row["decided_at"],
            created_at=row["created_at"],
        )
        for row in rows
    )


def one(unit: Unit, *, setting: Setting, group: UUID, actor: Actor) -> GroupView:
    """Return one group.

    Raises: NotPermitted, NotFound.
    """
    found = next((view for view in listed(unit, setting=setting, actor=actor) if view.id == group), None)
    if found is None:
        raise NotFound(Text("Không có nhóm vấn đề này", "There is no such group"))
    return found


def take(
    unit: WriteUnit, *, setting: Setting, group: UUID, actor: Actor, on: date | None, slip: DocumentSlip | None = None
) -> PaperReport:
    """Put the group into the questions of its session: one act of the standing body over all its late cases.

    Raises: NotPermitted, NotFound, AlreadyDecided, PaperRefused with the reason of each case, BadInput when none is
    late any more, and whatever registering a paper raises.
    """
    unit.take_lock()
    view = one(unit, setting=setting, group=group, actor=actor)
    if not view.cases:
        raise BadInput({"group": Text("Nhóm không còn việc nào chậm", "No case of the group is late any more")})
    _decide(unit, view, actor, ProposalState.TAKEN)
    values = {"session": view.session, "group": view.subject.vi[:500]}
    order = PaperOrder(PaperAct.QUESTION_GROUP, slip, tuple(map(PaperRow, view.cases)), actor, on, values)
    report = enacting.enact(unit, setting=setting, order=order)
    if report.is_refused:
        raise PaperRefused(report)
    return report


def decline(unit: WriteUnit, *, setting: Setting, group: UUID, actor: Actor, reason: str) -> GroupView:
    """Turn a group down, with the reason.

    Raises: NotPermitted, NotFound, AlreadyDecided, BadInput when the reason is missing.
    """
    said = require_reason(reason)
    require_registrar(setting, actor)
    unit.take_lock()
    view = one(unit, setting=setting, group=group, actor=actor)
    _decide(unit, view, actor, ProposalState.DECLINED, reason=said)
    return one(unit, setting=setting, group=group, actor=actor)


def _require_inside(actor: Actor, council: UUID) -> None:
    if not (actor.operator or any(g.council_side and g.council == council for g in actor.grants)):
        raise NotPermitted(Text("Chỉ các cơ quan của HĐND được xem", "Only bodies of the council may look at this"))


def _decide(unit: WriteUnit, view: GroupView, actor: Actor, state: ProposalState, *, reason: str | None = None) -> None:
    open_still = and_(_group.c.id == view.id, _group.c.state == ProposalState.OPEN.value)
    done = (
        update(_group)
        .where(open_still)
        .values(state=state.value, reason=reason, decided_by=actor.account, decided_at=unit.now)
    )
    if unit.run(done.returning(_group.c.id)).first() is None:
        words = view.state.label
        raise AlreadyDecided(Text(f"Nhóm này: {words.vi.lower()}", f"The group is {words.en.lower()}"))


def _is_shown(state: str, late: int, settled: int) -> bool:
    """Tell whether a group is for this reader: cases that may not be seen count nowhere, not even here."""
    return late >= FEWEST if state == ProposalState.OPEN.value else late + settled > 0


def _members(unit: Unit, groups: Sequence[UUID], actor: Actor) -> tuple[dict[UUID, list[str]], dict[UUID, int]]:
    """Return, by group and of the cases that the actor may see, the codes of late ones and how many are settled."""
    joined = (
        select(_member.c.group_id, _case.c.code, is_late(unit.today).label("late"))
        .join(_case, _case.c.id == _member.c.case_id)
        .join(_clock, _clock.c.id == _member.c.clock_id)
        .where(_member.c.group_id.in_(groups), visible(actor))
        .order_by(_case.c.code)
    )
    members: dict[UUID, list[str]] = {}
    settled: dict[UUID, int] = {}
    for row in unit.read(joined):
        if not row.late:
            settled[row.group_id] = settled.get(row.group_id, 0) + 1
        else:
            members.setdefault(row.group_id, []).append(row.code)
    return members, settled


def _field_names(unit: Unit, codes: Sequence[str | None]) -> dict[str, Text]:
    wanted = select(_taxon).where(_taxon.c.scheme == "field", _taxon.c.code.in_({c for c in codes if c}))
    found = {row.code: Text(row.name_vi, row.name_en) for row in unit.read(wanted)}
    return {code: found.get(code, Text(code, code)) for code in codes if code}
