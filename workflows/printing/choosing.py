"""Which cases a letter is about: those named, those of a paper, of a round, overdue at an agency, or of a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from models.cases import Case, Referral
from models.columns import table_of
from models.councils import Account, Agency, Person
from models.details import ContactRound
from models.history import CaseDocument, DocumentRow
from models.units import Unit
from states.contact_round import CONTACT_ROUND_KIND
from states.errors import BadInput, NotFound
from states.facts import Actor
from states.guards import ENDED_REFERRALS
from states.petition import PETITION_KIND
from states.text import Text
from workflows import access
from workflows.access import Setting
from workflows.filing.papers import paper_named
from workflows.gathering import still_open
from workflows.printing.materials import LetterOrder
from workflows.visibility import visible

_case, _referral, _round = (table_of(m) for m in (Case, Referral, ContactRound))
_row, _joined = table_of(DocumentRow), table_of(CaseDocument)
_agency, _account, _person = table_of(Agency), table_of(Account), table_of(Person)
_OUT_OF_THE_REGISTER = ("merged", "voided", "diverted")


@dataclass(slots=True)
class Chosen:
    """The codes in their order, and what named them. `left_out`: cases of the paper that the reader may not see."""

    codes: list[str]
    left_out: int = 0
    paper: dict[str, Any] | None = None
    round: str = ""
    agency: tuple[UUID, str] | None = None
    people: tuple[str, str] = field(default=("", ""))


def choose(unit: Unit, *, setting: Setting, order: LetterOrder, actor: Actor) -> Chosen:
    """Return the cases that the order means; the first of paper, codes, round, agency and person that it names.

    Raises: BadInput naming what is missing or unknown, NotFound for a paper or round that is not there.
    """
    agency = None if order.agency is None else _agency_named(unit, setting, order.agency)
    giver = None if order.giver is None else _person_named(unit, setting, "giver", order.giver)
    receiver = None if order.receiver is None else _person_named(unit, setting, "receiver", order.receiver)
    ways: Mapping[str, Callable[[], Chosen]] = {
        "document": lambda: _of_document(unit, order, actor),
        "codes": lambda: Chosen(list(order.codes)),
        "round": lambda: _of_round(unit, setting, order, actor),
        "agency": lambda: _overdue_at(unit, setting, agency, actor),
        "giver": lambda: _of_person(unit, setting, giver, actor),
    }
    named = next((name for name in ways if getattr(order, name)), None)
    if named is None:
        raise BadInput(
            {
                "codes": Text(
                    "Nêu mã hồ sơ, số văn bản, đợt tiếp xúc hoặc cơ quan", "Name cases, a paper, a round or an agency"
                )
            }
        )
    chosen = ways[named]()
    chosen.agency = agency
    chosen.people = (giver[1] if giver else "", receiver[1] if receiver else "")
    return chosen


def _of_document(unit: Unit, order: LetterOrder, actor: Actor) -> Chosen:
    document = paper_named(unit, written=str(order.document), actor=actor)
    paper = access.paper(unit, document=document, actor=actor)
    wanted = (
        select(_case.c.code, func.min(_row.c.ordinal).label("ordinal"))
        .select_from(_joined.join(_case, _case.c.id == _joined.c.case_id))
        .outerjoin(_row, (_row.c.document_id == _joined.c.document_id) & (_row.c.case_id == _case.c.id))
        .where(_joined.c.document_id == document)
        .group_by(_case.c.code)
    )
    seen = {row.code: row.ordinal for row in unit.read(wanted.where(visible(actor)))}
    every = unit.read(select(func.count()).select_from(_joined).where(_joined.c.document_id == document)).scalar_one()
    codes = sorted(seen, key=lambda code: (seen[code] is None, seen[code] or 0, code))
    return Chosen(codes, left_out=int(every) - len(codes), paper=dict(paper))


def _of_round(unit: Unit, setting: Setting, order: LetterOrder, actor: Actor) -> Chosen:
    found = access.case(unit, code=str(order.round), actor=actor)
    if found.lifecycle.kind != CONTACT_ROUND_KIND or found.setting.council != setting.council:
        raise NotFound
    here: list[ColumnElement[bool]] = [_case.c.round_id == found.id, _case.c.state.not_in(_OUT_OF_THE_REGISTER)]
    if order.locality:
        here.append(_case.c.locality == order.locality)
    name = unit.read(select(_round.c.name).where(_round.c.case_id == found.id)).scalar_one()
    return Chosen(_codes(unit, setting, actor, *here, order=(_case.c.locality, _case.c.code)), round=str(name))


def _overdue_at(unit: Unit, setting: Setting, agency: tuple[UUID, str] | None, actor: Actor) -> Chosen:
    live = select(_referral.c.case_id).where(
        _referral.c.agency_id == (agency[0] if agency else None), _referral.c.state.not_in(sorted(ENDED_REFERRALS))
    )
    return Chosen(_codes(unit, setting, actor, _case.c.id.in_(live), order=(_case.c.next_due_on, _case.c.code)))


def _of_person(unit: Unit, setting: Setting, giver: tuple[UUID, str] | None, actor: Actor) -> Chosen:
    open_work = (_case.c.assignee_id == (giver[0] if giver else None), still_open())
    return Chosen(_codes(unit, setting, actor, *open_work, kind=None, order=(_case.c.next_due_on, _case.c.code)))


def _codes(
    unit: Unit,
    setting: Setting,
    actor: Actor,
    *conditions: ColumnElement[bool],
    order: tuple[Any, ...],
    kind: str | None = PETITION_KIND,
) -> list[str]:
    wanted = select(_case.c.code).where(_case.c.council_id == setting.council, visible(actor), *conditions)
    if kind is not None:
        wanted = wanted.where(_case.c.kind == kind)
    return [row.code for row in unit.read(wanted.order_by(*(column.asc().nulls_last() for column in order)))]


def _agency_named(unit: Unit, setting: Setting, code: str) -> tuple[UUID, str]:
    theirs = or_(_agency.c.council_id == setting.council, _agency.c.council_id.is_(None))
    wanted = select(_agency.c.id, _agency.c.name).where(theirs, _agency.c.code == code.strip().upper())
    row = unit.read(wanted.order_by(_agency.c.council_id.is_(None))).first()
    if row is None:
        raise BadInput({"agency": Text(f"Không có cơ quan mã {code}", f"There is no agency {code}")})
    return row.id, row.name


def _person_named(unit: Unit, setting: Setting, name: str, login: str) -> tuple[UUID, str]:
    wanted = (
        select(_account.c.id, _person.c.full_name)
        .join(_person, _person.c.id == _account.c.person_id)
        .where(_account.c.login == login, _person.c.council_id == setting.council)
    )
    row = unit.read(wanted).first()
    if row is None:
        raise BadInput({name: Text(f"Không có tài khoản «{login}»", f"There is no account “{login}”")})
    return row.id, row.full_name
