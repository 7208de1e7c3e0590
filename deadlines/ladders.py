"""Ladders: what happens at offsets around a due date. Parsed and checked here; climbed by the sweeps.

Source of the shape: office.md, "What is a rule and what is only an example": each term has its own ladder, and for
petitions the last rungs are the sitting, the list at the session and, per agency, a group of questions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Any

from deadlines.fields import Fields
from states.alerting import Deed
from states.reckoning import DayUnit
from states.vocabulary import Role

ASSIGNEE = "assignee"
AUDIENCE = frozenset({ASSIGNEE, *Role})
QUESTION_GROUP = "question_group"
_OFFSET = re.compile(r"([+-])(\d{1,3}) (working|calendar) days?")
_NEXT_MEETING = "next standing meeting"
_NEXT_SESSION = "next session"
_BEFORE_SESSION = re.compile(r"(\d{1,3}) (working|calendar) days? before next session")


@unique
class When(StrEnum):
    """The instant of a rung: an offset, the last day itself, the midnight after, the next sitting or session."""

    OFFSET = "offset"
    ON_DAY = "on_day"
    EXPIRED = "expired"
    NEXT_MEETING = "next_standing_meeting"
    NEXT_SESSION = "next_session"


@dataclass(frozen=True, slots=True)
class Rung:
    """One thing that happens at one offset; `offset` is in `unit`, negative before the due day (or the session).

    `trigger` is the move that is proposed, or `QUESTION_GROUP`: to put the agency into a group of questions.
    """

    when: When
    deed: Deed
    whom: tuple[str, ...]
    offset: int = 0
    unit: DayUnit = DayUnit.WORKING
    trigger: str | None = None
    template: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the rung as it is written in a file."""
        row: dict[str, Any] = {"at": self.at, "do": self.deed.value, "whom": list(self.whom)}
        return row | {k: v for k, v in (("trigger", self.trigger), ("template", self.template)) if v}

    @property
    def at(self) -> str:
        """Return the instant as it is written in a file: "-10 working days", "on_day"."""
        days = f"{self.unit} day{'' if abs(self.offset) == 1 else 's'}"
        match self.when:
            case When.OFFSET:
                return f"{self.offset:+d} {days}"
            case When.NEXT_MEETING:
                return _NEXT_MEETING
            case When.NEXT_SESSION:
                return f"{-self.offset} {days} before {_NEXT_SESSION}" if self.offset else _NEXT_SESSION
            case other:
                return other.value


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of one or more limits, in the order in which they are written."""

    code: str
    rungs: tuple[Rung, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the ladder as it is written in a file."""
        return {"code": self.code, "rungs": [rung.to_dict() for rung in self.rungs]}


USUAL = Ladder(
    "usual",
    (
        Rung(When.OFFSET, Deed.REMIND, (ASSIGNEE,), offset=-2),
        Rung(When.ON_DAY, Deed.REMIND, (ASSIGNEE,)),
        Rung(When.EXPIRED, Deed.ALERT, (ASSIGNEE, Role.COUNCIL_OFFICE)),
    ),
)
"""The ladder of a limit that names none: no time limit passes in silence."""


def read_ladder(row: object, *, origin: str, number: int) -> Ladder:
    """Read one ladder; raises `RegulationInvalid` naming file, ladder and field."""
    fields = Fields.over(row, origin=origin, where=f"ladder {number}")
    code = fields.text("code")
    fields = fields.renamed(f"ladder {code}")
    rungs = tuple(_read_rung(rung, fields, n) for n, rung in enumerate(fields.rows("rungs"), start=1))
    if not rungs:
        raise fields.wrong("rungs", "cần ít nhất một bậc", "needs at least one rung")
    same = {(rung.at, rung.deed, rung.trigger) for rung in rungs}
    if len(same) < len(rungs):
        raise fields.wrong("rungs", "có hai bậc giống nhau", "says one rung twice")
    fields.done()
    return Ladder(code, rungs)


def _read_rung(row: object, ladder: Fields, number: int) -> Rung:
    fields = Fields.over(row, origin=ladder.origin, where=f"{ladder.where}, rung {number}")
    when, offset, unit = _read_instant(fields)
    deed = fields.word("do", Deed)
    rung = Rung(
        when=when,
        deed=deed,
        whom=fields.texts("whom"),
        offset=offset,
        unit=unit,
        trigger=fields.optional_text("trigger"),
        template=fields.optional_text("template"),
    )
    for person in rung.whom:
        if person not in AUDIENCE:
            known = ", ".join(sorted(AUDIENCE))
            raise fields.wrong(
                "whom", f"không biết «{person}»; có: {known}", f"does not know {person!r}; it knows: {known}"
            )
    if not rung.whom:
        raise fields.wrong("whom", "cần ít nhất một người nhận", "needs somebody to tell")
    if (deed is Deed.PROPOSE) != (rung.trigger is not None):
        raise fields.wrong(
            "trigger", "đi với và chỉ đi với do = «propose»", 'goes with do = "propose" and only with it'
        )
    fields.done()
    return rung


def _read_instant(fields: Fields) -> tuple[When, int, DayUnit]:
    said = fields.text("at")
    if said == _NEXT_MEETING:
        return When.NEXT_MEETING, 0, DayUnit.WORKING
    if said == _NEXT_SESSION:
        return When.NEXT_SESSION, 0, DayUnit.WORKING
    if said in {When.ON_DAY, When.EXPIRED}:
        return When(said), 0, DayUnit.WORKING
    before = _BEFORE_SESSION.fullmatch(said)
    if before is not None and int(before[1]):
        return When.NEXT_SESSION, -int(before[1]), DayUnit(before[2])
    found = _OFFSET.fullmatch(said)
    if found is None or int(found[2]) == 0:
        forms = (
            '"-10 working days", "+1 calendar day", "on_day", "expired", "next standing meeting",'
            ' "next session", "15 calendar days before next session"'
        )
        raise fields.wrong("at", f"không hiểu «{said}»; viết: {forms}", f"cannot read {said!r}; write: {forms}")
    return When.OFFSET, int(found[1] + found[2]), DayUnit(found[3])
