"""Ladders: what happens at offsets around a due date. Parsed and checked here; climbed by the sweeps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Any

from deadlines.fields import Fields
from states.reckoning import DayUnit
from states.vocabulary import Role

ASSIGNEE = "assignee"
AUDIENCE = frozenset({ASSIGNEE, *Role})
_OFFSET = re.compile(r"([+-])(\d{1,3}) (working|calendar) days?")
_NEXT_MEETING = "next standing meeting"


@unique
class When(StrEnum):
    """The instant of a rung: an offset, the last day itself, the midnight after, or the next standing meeting."""

    OFFSET = "offset"
    ON_DAY = "on_day"
    EXPIRED = "expired"
    NEXT_MEETING = "next_standing_meeting"


@unique
class Deed(StrEnum):
    """What a rung does."""

    REMIND = "remind"
    ALERT = "alert"
    PROPOSE = "propose"


@dataclass(frozen=True, slots=True)
class Rung:
    """One thing that happens at one offset; `offset` is in `unit` and negative before the due day."""

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
        if self.when is When.OFFSET:
            return f"{self.offset:+d} {self.unit} day{'' if abs(self.offset) == 1 else 's'}"
        return _NEXT_MEETING if self.when is When.NEXT_MEETING else self.when.value


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of one or more limits, in the order in which they are written."""

    code: str
    rungs: tuple[Rung, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the ladder as it is written in a file."""
        return {"code": self.code, "rungs": [rung.to_dict() for rung in self.rungs]}


def read_ladder(row: object, *, origin: str, number: int) -> Ladder:
    """Read one ladder; raises `RegulationInvalid` naming file, ladder and field."""
    fields = Fields.over(row, origin=origin, where=f"ladder {number}")
    code = fields.text("code")
    fields = fields.renamed(f"ladder {code}")
    rungs = tuple(_read_rung(rung, fields, n) for n, rung in enumerate(fields.rows("rungs"), start=1))
    if not rungs:
        raise fields.wrong("rungs", "cần ít nhất một bậc", "needs at least one rung")
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
    if said in {When.ON_DAY, When.EXPIRED}:
        return When(said), 0, DayUnit.WORKING
    found = _OFFSET.fullmatch(said)
    if found is None or int(found[2]) == 0:
        forms = '"-10 working days", "+1 calendar day", "on_day", "expired", "next standing meeting"'
        raise fields.wrong("at", f"không hiểu «{said}»; viết: {forms}", f"cannot read {said!r}; write: {forms}")
    return When.OFFSET, int(found[1] + found[2]), DayUnit(found[3])
