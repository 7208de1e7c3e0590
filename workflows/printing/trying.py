"""Tries a template that is a table on one real case, before it is in force."""

from __future__ import annotations

from models.units import Unit
from states.facts import Actor
from workflows import access
from workflows.access import Seen, Setting
from workflows.printing import making, packets
from workflows.printing.annexes import CROSS
from workflows.printing.followup import Body
from workflows.printing.groups import NO_PLACE
from workflows.printing.making import Form, MadeFile
from workflows.printing.picking import Choice
from workflows.views import agencies_named

_ANNEX = "annex_"


def table(unit: Unit, *, setting: Setting, actor: Actor, kind: str, code: str, template: bytes) -> MadeFile:
    """Return a table about the case `code`, filled into `template`: its annex, its hamlet's packet, its unit's sheet.

    Raises: NotFound for the case.
    """
    seen = access.case(unit, code=code, actor=actor)
    choice = Choice(cases=(seen.row["code"],))
    if kind == "packet":
        place = str(seen.row["locality"] or NO_PLACE)
        return packets.of_case(unit, setting=setting, actor=actor, store=template, name=place, choice=choice)
    if kind == "followup":
        agency = _holder(unit, seen)
        return making.follow_up(unit, setting=setting, actor=actor, store=template, agency=agency, form=Form.DOCX)
    if kind == "register":
        return making.register(unit, setting=setting, actor=actor, store=template, choice=choice, form=Form.DOCX)
    name = CROSS if kind == "cross" else kind.removeprefix(_ANNEX)
    return making.annex(unit, setting=setting, actor=actor, store=template, kind=name, choice=choice, form=Form.DOCX)


def _holder(unit: Unit, seen: Seen) -> Body:
    """Return who has the case in hand, whose sheet it would be on."""
    key = seen.row["holder_id"] or seen.setting.office
    name = agencies_named(unit, [key])[key]
    return Body(key, name.code, name.name)
