"""The only way to people-facing objects: what the actor may not see is *not found*.

Who may see what stands in `workflows.visibility`; here cases, papers, jobs and councils are read by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Table, bindparam, exists, literal_column, or_, select
from sqlalchemy import case as case_of

from models.cases import Case, Proposal, Referral
from models.columns import table_of, typed
from models.councils import Council, CouncilSession, CouncilSetup
from models.databases import instant_of, json_row, json_rows, parsed
from models.details import DETAILS
from models.history import Document, Event
from models.timing import ClockRow
from models.units import Unit
from states.errors import BadInput, NotFound
from states.facts import Actor, CaseFacts, ReferralFacts
from states.kinds import lifecycle_of
from states.lifecycle import Lifecycle
from states.reckoning import ClockState
from states.text import Text
from states.vocabulary import Confidentiality, Level, PetitionNature, ProposalState, Result, RoundKind
from workflows.visibility import charges, is_sent, legible, legible_to, reach, sent_to, visible

_case, _referral, _event, _clock = (table_of(m) for m in (Case, Referral, Event, ClockRow))
_setup, _council, _session = (table_of(m) for m in (CouncilSetup, Council, CouncilSession))
_proposal = table_of(Proposal)
_paper = table_of(Document)
NAMED_ONLY = (Confidentiality.RESTRICTED.value, Confidentiality.SECRET.value)
"""Levels of a case that only those see who are named as its readers."""
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Setting:
    """The council's own set-up, as the case's query saw it."""

    council: UUID
    council_code: str
    standing_body: UUID
    office: UUID
    reference_version: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A case with everything a decision needs, read in one query.

    `pending` are events that were drafted in memory since and are not written yet.
    """

    lifecycle: Lifecycle
    row: Mapping[str, Any]
    detail: Mapping[str, Any]
    referrals: tuple[Mapping[str, Any], ...]
    clocks: tuple[Mapping[str, Any], ...]
    marks: tuple[Mapping[str, Any], ...]
    setting: Setting
    session: Mapping[str, Any]
    round_kind: str
    now: datetime | None = None
    has_proposals: bool = False
    pending: tuple[Mapping[str, Any], ...] = ()

    @property
    def id(self) -> UUID:
        """Return the identifier of the case."""
        found: UUID = self.row["id"]
        return found

    def facts(self) -> CaseFacts:
        """Return what guards may see of the case itself."""
        row = self.row
        nature = self.detail.get("nature")
        return CaseFacts(
            id=row["id"],
            code=row["code"],
            kind=row["kind"],
            council=row["council_id"],
            state=row["state"],
            seq=row["seq"],
            received_on=row["received_on"],
            level=Level(row["level"]) if row["level"] else None,
            nature=PetitionNature(nature) if nature else None,
            field=row["field"],
            confidentiality=Confidentiality(row["confidentiality"]),
            round_kind=self.round_kind,
            claimed=Result(row["result_claimed"]) if row["result_claimed"] else None,
            judged=Result(row["result_judged"]) if row["result_judged"] else None,
            final=self.lifecycle.states[row["state"]].final,
            charged=self.detail.get(self.lifecycle.charges or ""),
            detail=self.detail,
        )

    def referral_facts(self) -> tuple[ReferralFacts, ...]:
        """Return what guards may see of its referrals."""
        return tuple(referral_facts(r) for r in self.referrals)


def referral_facts(row: Mapping[str, Any]) -> ReferralFacts:
    """Return a referral row as facts."""
    claimed = row.get("result_claimed")
    return ReferralFacts(
        id=row["id"],
        agency=row["agency_id"],
        state=row["state"],
        lead=row.get("lead_id"),
        claimed=Result(claimed) if claimed else None,
        received=bool(row.get("received")),
    )


def paper(unit: Unit, *, document: UUID, actor: Actor) -> Mapping[str, Any]:
    """Return the row of a paper as `actor` may see it.

    Raises: NotFound when it is absent or hidden.
    """
    row = unit.read(select(_paper).where(_paper.c.id == document, legible(actor))).mappings().one_or_none()
    if row is None:
        raise NotFound
    return dict(row)


def case(unit: Unit, *, code: str, actor: Actor) -> Seen:
    """Return the case `code` as `actor` may see it, with all that hangs on it.

    Raises: NotFound when it is absent or hidden.
    """
    return _one(unit, "code", code.strip().upper(), actor)


def cases(unit: Unit, *, codes: Iterable[str], actor: Actor) -> dict[str, Seen]:
    """Return the cases with these codes as `actor` may see them, by code; absent and hidden ones are left out."""
    wanted = sorted({code.strip().upper() for code in codes})
    found: dict[str, Seen] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        query = _whole(unit.dialect).where(_case.c.code.in_(some), _council.c.removed_at.is_(None), visible(actor))
        for row in unit.read(query).mappings():
            unit.heard(row["instant"])
            found[row["code"]] = _seen(dict(row))
    return found


def case_by_id(unit: Unit, *, case_id: UUID, actor: Actor) -> Seen:
    """Return the case with this identifier, like `case`."""
    return _one(unit, "id", case_id, actor)


def _one(unit: Unit, column: str, value: object, actor: Actor) -> Seen:
    values: dict[str, Any] = {"wanted": value}
    if not actor.operator:
        councils, agencies = reach(actor)
        values |= {"councils": councils, "agencies": agencies, "account": actor.account}
    row = unit.read(_lookup(unit.dialect, column, operator=actor.operator), values).mappings().one_or_none()
    if row is None:
        raise NotFound
    unit.heard(row["instant"])
    return _seen(dict(row))


@cache
def _lookup(dialect: str, column: str, *, operator: bool) -> Select[Any]:
    """Return the query for one case; the same object each time, so that SQLAlchemy finds it compiled."""
    wanted = _whole(dialect).where(_case.c[column] == bindparam("wanted"), _council.c.removed_at.is_(None))
    if operator:
        return wanted
    councils: Any = bindparam("councils", expanding=True)
    agencies: Any = bindparam("agencies", expanding=True)
    return wanted.where(
        or_(_case.c.council_id.in_(councils), is_sent(sent_to(agencies)), charges(agencies)),
        legible_to(bindparam("account")),
    )


def _detail(table: Table) -> Select[Any]:
    return select(table).where(table.c.case_id == _case.c.id).correlate(_case)


@cache
def _whole(dialect: str) -> Select[Any]:
    """Return the one query that reads a case with its details, referrals, live clocks and marks."""
    here = _case.c.id
    referrals = select(_referral).where(_referral.c.case_id == here).correlate(_case).order_by(_referral.c.id)
    clocks = (
        select(_clock).where(_clock.c.case_id == here, _clock.c.state != ClockState.SUPERSEDED.value).correlate(_case)
    )
    marks = (
        select(*(_event.c[name] for name in MARK_COLUMNS))
        .where(_event.c.case_id == here, or_(_event.c.milestones != "", _event.c.act != "move"))
        .correlate(_case)
        .order_by(_event.c.seq)
    )
    detail = case_of(
        *(
            (_case.c.kind == literal_column(f"'{kind}'"), json_row(dialect, _detail(table_of(model))))
            for kind, model in DETAILS.items()
        )
    )
    open_proposal = exists().where(
        _proposal.c.case_id == here, _proposal.c.state == literal_column(f"'{ProposalState.OPEN.value}'")
    )
    rounds = table_of(DETAILS["contact_round"])
    round_kind = select(rounds.c.round_kind).where(rounds.c.case_id == _case.c.round_id)
    return (
        select(
            _case,
            detail.label("detail"),
            json_rows(dialect, referrals).label("referrals"),
            json_rows(dialect, clocks).label("clocks"),
            json_rows(dialect, marks).label("marks"),
            round_kind.scalar_subquery().label("round_kind_of_round"),
            _setup.c.standing_body_id,
            _setup.c.office_id,
            _council.c.reference_version,
            _council.c.code.label("council_code"),
            _session.c.opening_on,
            _session.c.closing_on,
            instant_of(dialect).label("instant"),
            open_proposal.label("has_proposals"),
        )
        .join(_setup, _setup.c.council_id == _case.c.council_id)
        .join(_council, _council.c.id == _case.c.council_id)
        .outerjoin(_session, _session.c.id == _case.c.session_id)
    )


def as_drafted(unit: Unit, seen: Seen, values: Mapping[str, Any], detail: Mapping[str, Any]) -> Seen:
    """Return `seen` with the round, the session and the days of its own that a draft leaves the case with."""
    table = seen.lifecycle
    drafted = replace(seen, detail=detail) if table.anchors or table.circumstances else seen
    if not seen.row["seq"]:
        return drafted
    same = all(values.get(name) == seen.row.get(name) for name in ("session_id", "round_id"))
    if same and detail.get("round_kind") == seen.detail.get("round_kind"):
        return drafted
    wanted = select(_session.c.opening_on, _session.c.closing_on).where(_session.c.id == values.get("session_id"))
    dates = unit.read(wanted).mappings().one_or_none() or {"opening_on": None, "closing_on": None}
    rounds = table_of(DETAILS["contact_round"])
    kind = (
        detail.get("round_kind")
        or unit.read(select(rounds.c.round_kind).where(rounds.c.case_id == values.get("round_id"))).scalar()
    )
    return replace(drafted, session=dict(dates), round_kind=str(kind or RoundKind.NONE.value))


MARK_COLUMNS = (
    "seq",
    "act",
    "trigger",
    "referral_id",
    "milestones",
    "given",
    "corrects_seq",
    "undoes_seq",
    "occurred_on",
    "part_of_seq",
    "document_id",
)
_CASE_COLUMNS = tuple(c.name for c in _case.columns)


def _seen(row: Mapping[str, Any]) -> Seen:
    kind = row["kind"]
    detail = parsed(row["detail"]) or {}
    return Seen(
        lifecycle=lifecycle_of(kind),
        row={name: row[name] for name in _CASE_COLUMNS},
        detail=typed(table_of(DETAILS[kind]), detail) if kind in DETAILS else {},
        referrals=tuple(typed(_referral, r) for r in parsed(row["referrals"]) or ()),
        clocks=tuple(typed(_clock, r) for r in parsed(row["clocks"]) or ()),
        marks=tuple(typed(_event, r) for r in parsed(row["marks"]) or ()),
        setting=Setting(
            row["council_id"], row["council_code"], row["standing_body_id"], row["office_id"], row["reference_version"]
        ),
        session={"opening_on": row["opening_on"], "closing_on": row["closing_on"]},
        round_kind=str(detail.get("round_kind") or row["round_kind_of_round"] or RoundKind.NONE.value),
        has_proposals=bool(row["has_proposals"]),
    )


def council(unit: Unit, *, code: str | None = None, actor: Actor) -> Setting:
    """Return the set-up of the council `code`, or of the only one the actor belongs to.

    Raises: NotFound when there is none, BadInput when several fit and none is named.
    """
    wanted = select(
        _council.c.id, _council.c.code, _setup.c.standing_body_id, _setup.c.office_id, _council.c.reference_version
    ).join(_setup, _setup.c.council_id == _council.c.id)
    wanted = wanted.where(_council.c.removed_at.is_(None))
    if code is not None:
        wanted = wanted.where(_council.c.code == code.strip().upper())
    if not actor.operator:
        wanted = wanted.where(_council.c.id.in_(actor.councils()))
    rows = unit.read(wanted.order_by(_council.c.code)).all()
    if not rows and code is None and actor.operator:
        raise NotFound(
            Text("Chưa có hội đồng nào; lập bằng: dondoc council create", "There is no council: dondoc council create")
        )
    if not rows:
        raise NotFound(Text("Không có hội đồng này, hoặc không có quyền", "There is no such council"))
    if len(rows) > 1:
        codes = ", ".join(row.code for row in rows)
        words = Text(f"Có nhiều hội đồng, nêu rõ mã: {codes}", f"There are several councils, name one: {codes}")
        raise BadInput({"council": words})
    row = rows[0]
    return Setting(row.id, row.code, row.standing_body_id, row.office_id, row.reference_version)
