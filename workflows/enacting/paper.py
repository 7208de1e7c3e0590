"""A paper on its way into the register: what holds for all its rows, looked up once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from models.columns import table_of
from models.councils import Agency, Person
from models.units import Unit
from states.entries import DocumentSlip
from states.errors import BadInput
from states.facts import Actor, Signed
from states.kinds import KINDS
from states.lifecycle import Transition
from states.paper_acts import DOINGS, Doing, PaperAct, Way, ways_of
from states.text import Text
from workflows import documents
from workflows.access import Setting
from workflows.documents import Papers
from workflows.enacting.orders import PaperOrder, PaperRow
from workflows.moving import Known

_agency, _person = table_of(Agency), table_of(Person)


@dataclass(frozen=True, slots=True)
class Paper:
    """The order with what its names stand for; `codes` are the council's agencies by folded code, `names` back."""

    order: PaperOrder
    doing: Doing
    papers: Papers
    signed: Signed | None
    issuer: UUID | None
    codes: Mapping[str, UUID]
    names: Mapping[UUID, str]
    known: Known = field(default_factory=Known)

    @property
    def actor(self) -> Actor:
        """Return who enters it."""
        return self.order.actor

    def trigger(self, row: PaperRow) -> str | None:
        """Return the move that the paper says itself for this row; None where its act says the ways."""
        return row.trigger or self.order.trigger

    def ways(self, row: PaperRow) -> tuple[Way, ...]:
        """Return the ways in which the paper moves the case of this row."""
        return ways_of(self.order.act, self.trigger(row)) if self.order.act is not None else ()

    def agency(self, code: str) -> UUID:
        """Return the agency with this code.

        Raises: BadInput.
        """
        found = self.codes.get(code.strip().casefold())
        if found is None:
            raise BadInput({"agency": Text(f"«Cơ quan»: không có mã {code}", f"“Agency”: there is no code {code}")})
        return found

    def entered(self) -> Paper:
        """Return the same once its row is written: no row of the annex writes it again."""
        known = replace(self.known, papers={s: Papers(p.id) for s, p in self.known.papers.items()})
        return replace(self, papers=Papers(self.papers.id), known=known)


def read(unit: Unit, *, setting: Setting, order: PaperOrder) -> Paper:
    """Look up what the paper names and hold what it says for all rows against the forms of its moves.

    Raises: BadInput.
    """
    doing = DOINGS[order.act] if order.act is not None else Doing((), ())
    slip = _typed(order.slip, doing)
    order = replace(order, slip=slip)
    _require_moves(order)
    if order.act is not None:
        require_known_fields(order.act, order.values, order.triggers)
    known = Known()
    papers = documents.paper(unit, slip, council=setting.council, actor=order.actor)
    if slip is not None:
        known.papers[slip] = papers
    codes = agencies_by_code(unit, setting)
    issuer = papers.row["issuer_id"] if papers.row else None
    names = {key: code for code, key in codes.items()}
    return Paper(
        order,
        doing,
        papers,
        _signed(unit, setting, order, doing, issuer),
        issuer,
        {code.casefold(): key for code, key in codes.items()},
        names,
        known,
    )


def _require_moves(order: PaperOrder) -> None:
    """Refuse a paper of the act `moves` that does not say them, or whose move no kind knows, and moves beside an act.

    Raises: BadInput.
    """
    if order.act is not PaperAct.MOVES:
        if order.triggers:
            vi = "«Việc cần ghi» chỉ nêu cho văn bản loại «moves»"
            raise BadInput({"trigger": Text(vi, "“Trigger” goes with the act “moves” only")})
        return
    if order.trigger is None and not (order.rows and all(row.trigger for row in order.rows)):
        vi = "«Việc cần ghi»: nêu chung cho văn bản hoặc ở từng dòng"
        raise BadInput({"trigger": Text(vi, "“Trigger”: say it for the paper or in every row")})
    strange = sorted(t for t in order.triggers if not rows_of(PaperAct.MOVES, (t,)))
    if strange:
        said = ", ".join(strange)
        vi, en = f"«Việc cần ghi»: không loại hồ sơ nào có việc «{said}»", f"“Trigger”: no kind of case has “{said}”"
        raise BadInput({"trigger": Text(vi, en)})


def require_known_fields(act: PaperAct, values: Iterable[str], triggers: Collection[str] = ()) -> None:
    """Refuse values that no move of this act, or of those that the paper says itself, takes.

    Raises: BadInput naming each.
    """
    taken = {name for row in rows_of(act, triggers) for name in row.needs.model_fields}
    strange = [name for name in values if name not in taken]
    if strange:
        said = ", ".join(sorted(taken))
        raise BadInput(
            {
                name: Text(
                    f"«{name}» không có trong biểu mẫu «{act.label.vi}»; các trường: {said}",
                    f"“{name}” does not belong to “{act.label.en}”; fields: {said}",
                )
                for name in strange
            }
        )


def rows_of(act: PaperAct, said: Collection[str] = ()) -> list[Transition]:
    """Return the rows of all lifecycles that papers of this act may fire; `said` are moves that the paper says."""
    triggers = {
        trigger
        for way in (way for move in (said or (None,)) for way in ways_of(act, move))
        for trigger in (way.trigger, *(before.trigger for before in way.before), *way.after)
    }
    tables = {id(t): t for table in KINDS.values() for t in table.tables}
    return [row for table in tables.values() for row in table.transitions if row.trigger in triggers and row.source]


def values_for(row: Transition, *sayings: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form of `row` takes of the sayings, the later before the earlier."""
    return {k: v for said in sayings for k, v in said.items() if k in row.needs.model_fields and v is not None}


def _typed(slip: DocumentSlip | None, doing: Doing) -> DocumentSlip | None:
    """Return the slip with the usual type of its act where none was said."""
    if slip is None or "type" in slip.model_fields_set or not doing.types:
        return slip
    return slip.model_copy(update={"type": doing.types[0]})


def agencies_by_code(unit: Unit, setting: Setting) -> dict[str, UUID]:
    """Return the agencies that the council may name, by code; its own go before those above it."""
    theirs = or_(_agency.c.council_id == setting.council, _agency.c.council_id.is_(None))
    rows = unit.read(select(_agency.c.code, _agency.c.id, _agency.c.council_id).where(theirs)).all()
    return {row.code: row.id for row in sorted(rows, key=lambda r: r.council_id is not None)}


def _signed(unit: Unit, setting: Setting, order: PaperOrder, doing: Doing, issuer: UUID | None) -> Signed | None:
    """Return who decided what the paper does: who issued it, unless somebody else is named.

    The council office signs by order of the body it serves (TL.), so what it issues is decided by the usual body.
    """
    if order.decided_by is not None:
        return order.decided_by
    if order.slip is None or not doing.by_issuer:
        return None
    slip = order.slip
    capacity = " ".join(part for part in (slip.signed_as.value if slip.signed_as else None, slip.position) if part)
    body = None if issuer == setting.office else issuer
    return Signed(body, _person_called(unit, slip.signer, setting), capacity or None)


def _person_called(unit: Unit, name: str | None, setting: Setting) -> UUID | None:
    """Return the person of the council's list who signed; None for a name that nobody or several bear."""
    if name is None:
        return None
    wanted = select(_person.c.id).where(_person.c.council_id == setting.council, _person.c.full_name == name)
    found = list(unit.read(wanted.limit(2)).scalars())
    return found[0] if len(found) == 1 else None
