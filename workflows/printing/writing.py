"""Writes a letter: the cases it is about, what it says of them, the office's own template or the one that ships.

Writing a letter changes nothing in any case: registering the signed paper is another act.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from models.units import Unit
from states.errors import BadInput, NotFound
from states.facts import Actor
from states.text import Text
from workflows import access
from workflows.access import Setting
from workflows.filing.store import FileStore
from workflows.printing import (
    compiled_report,
    conclusion_notice,
    handover_record,
    new_answer_letter,
    templates,
    transfer_letter,
    trying,
    urging_letter,
    voters_notice,
)
from workflows.printing.choosing import Chosen, choose
from workflows.printing.cleaning import Trouble
from workflows.printing.filling import Printed, fill
from workflows.printing.gathering import Gathered, gather
from workflows.printing.materials import UNKNOWN_CASE, UNREADABLE_CASE, LetterOrder, Materials, house_of
from workflows.printing.registry import KINDS
from workflows.views import agencies_named


@dataclass(frozen=True, slots=True)
class _Letter:
    """How one kind of letter is written, and what its order must name."""

    compose: Callable[[Materials], Any]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A written letter: a name for its file, the bytes, how many cases it is about.

    `troubles` are what could not be printed as it stands, `left_out` how many cases of the paper the reader may not
    see.
    """

    name: str
    content: bytes
    cases: int
    left_out: int
    troubles: tuple[Trouble, ...]


LETTERS: Mapping[str, _Letter] = MappingProxyType(
    {
        "transfer": _Letter(transfer_letter.compose),
        "report": _Letter(compiled_report.compose, ("round",)),
        "new-answer": _Letter(new_answer_letter.compose),
        "urge": _Letter(urging_letter.compose, ("agency",)),
        "conclusion": _Letter(conclusion_notice.compose),
        "notice": _Letter(voters_notice.compose, ("round",)),
        "handover": _Letter(handover_record.compose, ("giver", "receiver")),
    }
)
_NEEDED = {
    "round": Text("Nêu đợt tiếp xúc cử tri (mã TX)", "Name the contact round (its TX code)"),
    "agency": Text("Nêu cơ quan (mã)", "Name the agency (its code)"),
    "giver": Text("Nêu tài khoản người giao", "Name the account that hands over"),
    "receiver": Text("Nêu tài khoản người nhận", "Name the account that takes over"),
}
_MAY_BE_EMPTY = frozenset({"handover"})
_NOTHING = Text("Không có hồ sơ nào để đưa vào văn bản", "There is no case to put into the letter")


def write(unit: Unit, *, setting: Setting, order: LetterOrder, actor: Actor, store: FileStore) -> Letter:
    """Return the letter that the order asks for, filled into the template in force.

    Raises: NotFound when there is no such letter or nothing to write about, BadInput naming what the order lacks.
    """
    template = templates.in_force(unit, setting=setting, kind=order.kind, store=store)
    return _filled(unit, setting=setting, order=order, actor=actor, template=template)


def _filled(
    unit: Unit, *, setting: Setting, order: LetterOrder, actor: Actor, template: bytes, is_preview: bool = False
) -> Letter:
    view, chosen, gathered = view_of(unit, setting=setting, order=order, actor=actor, is_preview=is_preview)
    printed: Printed = fill(template, view, made_at=unit.now)
    troubles = (
        *(Trouble(code, UNKNOWN_CASE) for code in gathered.unknown),
        *(Trouble(code, UNREADABLE_CASE) for code in gathered.unreadable),
        *printed.troubles,
    )
    name = f"{order.kind}-{unit.today:%Y%m%d}.docx"
    return Letter(name, printed.content, len(view.rows), chosen.left_out, troubles)


def preview(unit: Unit, *, setting: Setting, kind: str, code: str, actor: Actor, template: bytes) -> Letter:
    """Return a letter or a table about one real case filled into a template that may not be in force yet.

    Raises: NotFound for the case or kind.
    """
    if kind not in LETTERS and kind in KINDS:
        made = trying.table(unit, setting=setting, actor=actor, kind=kind, code=code, template=template)
        troubles = tuple(Trouble(t.where, t.text) for t in made.troubles)
        return Letter(made.name, made.content, 1, 0, troubles)
    seen = access.case(unit, code=code, actor=actor)
    agencies = agencies_named(unit, [r["agency_id"] for r in seen.referrals])
    agency = next(iter(agencies.values())).code if agencies else None
    order = LetterOrder(kind=kind, codes=(code,), agency=agency if kind == "urge" else None)
    return _filled(unit, setting=setting, order=order, actor=actor, template=template, is_preview=True)


def view_of(
    unit: Unit, *, setting: Setting, order: LetterOrder, actor: Actor, is_preview: bool = False
) -> tuple[Any, Chosen, Gathered]:
    """Return what a letter says, and the cases behind it; a preview may lack what a letter needs."""
    letter = LETTERS.get(order.kind)
    if letter is None:
        known = ", ".join(LETTERS)
        raise NotFound(Text(f"Không có loại văn bản «{order.kind}»; có: {known}", f"There is no letter “{order.kind}”"))
    lacking = [name for name in letter.needs if not getattr(order, name)]
    if lacking and not is_preview:
        raise BadInput({name: _NEEDED[name] for name in lacking})
    chosen = choose(unit, setting=setting, order=order, actor=actor)
    gathered = gather(unit, setting=setting, codes=chosen.codes, actor=actor)
    made = Materials(
        unit=unit,
        setting=setting,
        order=order,
        house=house_of(unit, setting),
        lines=gathered.lines,
        today=unit.today,
        paper=chosen.paper,
        people=chosen.people,
        agency=chosen.agency,
        round=chosen.round,
    )
    view = letter.compose(made)
    if not view.rows and not is_preview and order.kind not in _MAY_BE_EMPTY:
        raise NotFound(_NOTHING)
    return view, chosen, gathered
