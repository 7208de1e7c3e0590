"""Gathers the cases that one paper goes through: those of a round, a hamlet, an officer, a letter."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from models.cases import Case, Referral
from models.columns import table_of
from models.councils import Account
from models.details import Petition
from models.history import Event
from models.units import Unit
from states.errors import BadInput, NotFound
from states.facts import Actor
from states.guards import ENDED_REFERRALS
from states.kinds import KINDS
from states.petition import PETITION_KIND
from states.text import Text
from workflows import access
from workflows.access import Setting
from workflows.enacting.paper import agencies_by_code
from workflows.visibility import visible

_case, _referral, _petition = table_of(Case), table_of(Referral), table_of(Petition)
_account, _event = table_of(Account), table_of(Event)


def still_open() -> ColumnElement[bool]:
    """Return the condition that a case is not ended: what ends one kind may be a stop on the way of another."""
    open_states = {kind: [str(s) for s, m in table.states.items() if not m.final] for kind, table in KINDS.items()}
    return or_(*(and_(_case.c.kind == kind, _case.c.state.in_(states)) for kind, states in open_states.items()))


@dataclass(frozen=True, slots=True)
class Gathering:
    """Which cases are meant; what is None or empty is not asked.

    `round` is the code of a contact round, `topic` that of a topic, `locality` a place as cases hold it, `agency` a
    code: cases with a live referral to it. `assignee` is a login. `untold` leaves out what voters were told already,
    `unended` what has ended.
    """

    states: tuple[str, ...] = field(default=())
    round: str | None = None
    locality: str | None = None
    agency: str | None = None
    assignee: str | None = None
    untold: bool = False
    kind: str | None = PETITION_KIND
    topic: str | None = None
    unended: bool = False


def codes(unit: Unit, *, setting: Setting, actor: Actor, wanted: Gathering) -> list[str]:
    """Return the codes of the cases that `actor` may see, in their order.

    Raises: NotFound for a round that is not there, BadInput for a login or agency that is unknown.
    """
    query = select(_case.c.code).where(_case.c.council_id == setting.council, visible(actor)).order_by(_case.c.code)
    if wanted.kind is not None:
        query = query.where(_case.c.kind == wanted.kind)
    if wanted.states:
        query = query.where(_case.c.state.in_(wanted.states))
    if wanted.unended:
        query = query.where(still_open())
    if wanted.topic is not None:
        topic = access.case(unit, code=wanted.topic, actor=actor).id
        query = query.where(_case.c.id.in_(select(_petition.c.case_id).where(_petition.c.topic_id == topic)))
    if wanted.round is not None:
        query = query.where(_case.c.round_id == access.case(unit, code=wanted.round, actor=actor).id)
    if wanted.locality is not None:
        query = query.where(_case.c.locality == wanted.locality)
    if wanted.assignee is not None:
        query = query.where(_case.c.assignee_id == account_of(unit, wanted.assignee))
    if wanted.agency is not None:
        query = _with_agency(unit, setting, query, wanted.agency)
    if wanted.untold:
        told = exists().where(_event.c.case_id == _case.c.id, _event.c.trigger == "inform_voters")
        query = query.where(~told)
    return list(unit.read(query).scalars())


def account_of(unit: Unit, login: str) -> UUID:
    """Return the account with this login.

    Raises: NotFound.
    """
    found: UUID | None = unit.read(select(_account.c.id).where(_account.c.login == login)).scalar()
    if found is None:
        raise NotFound(Text(f"Không có tài khoản {login}", f"There is no account {login}"))
    return found


def _with_agency(unit: Unit, setting: Setting, query: Select[tuple[str]], code: str) -> Select[tuple[str]]:
    known = agencies_by_code(unit, setting)
    agency = known.get(code.strip().upper())
    if agency is None:
        raise BadInput({"agency": Text(f"«Cơ quan»: không có mã {code}", f"“Agency”: there is no code {code}")})
    live = exists().where(
        _referral.c.case_id == _case.c.id,
        _referral.c.agency_id == agency,
        _referral.c.state.not_in(ENDED_REFERRALS | {"accepted"}),
    )
    return query.where(live)
