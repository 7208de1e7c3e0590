"""What a council is proposed to make of a notice: each line as read, with the body that the council has for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select

from models.columns import table_of
from models.councils import Agency
from models.units import Unit
from states.entries import Line
from states.meeting_words import LineKind
from states.tasking import NoticeLine
from states.vocabulary import AgencyKind
from workflows.access import Setting
from workflows.noticing.reading import ReadLine, read_notice
from workflows.views import Words

_agency = table_of(Agency)
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """One line: where it stands, why it is proposed as what it is, and the line as it may be entered once decided."""

    number: int
    section: str
    actor: str | None
    because: Words
    line: NoticeLine


def proposed(unit: Unit, *, setting: Setting, text: str) -> tuple[ProposedLine, ...]:
    """Return the lines of the notice `text`; nothing is written, a person decides on each."""
    codes = _codes(unit, setting)
    return tuple(_proposed(line, codes) for line in read_notice(text))


def _proposed(read: ReadLine, codes: Mapping[AgencyKind, Line]) -> ProposedLine:
    line = NoticeLine(
        kind=read.kind,
        text=read.text[:_LONGEST],
        number=read.number,
        agency=codes.get(read.body) if read.kind is LineKind.TASK else None,
        product=read.product,
        due_on=read.due_on,
        due_words=read.due_words,
    )
    return ProposedLine(read.number, read.section, read.actor, read.because, line)


def _codes(unit: Unit, setting: Setting) -> dict[AgencyKind, Line]:
    """Return the code of each kind of body of which the council's level has just one: of several, a person knows."""
    living = or_(_agency.c.valid_to.is_(None), _agency.c.valid_to >= unit.today)
    level = select(_agency.c.level).where(_agency.c.id == setting.standing_body).scalar_subquery()
    here = (_agency.c.council_id == setting.council, _agency.c.level == level, living)
    wanted = select(_agency.c.kind, _agency.c.code).where(*here)
    rows = unit.read(wanted).all()
    counted = Counter(row.kind for row in rows)
    return {AgencyKind(row.kind): row.code for row in rows if counted[row.kind] == 1}
