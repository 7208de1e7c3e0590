"""Reads the lines of a notice out of its text: under whose heading each stands, and whether it names a product.

A line is what stands between two full stops or semicolons in a part that gives work; parts that look back are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from states.errors import BadInput
from states.folding import fold_words
from states.meeting_words import LineKind
from states.periods import last_day_of
from states.text import Text
from states.vocabulary import AgencyKind
from workflows.noticing import words as w
from workflows.noticing.words import Section

_MARK = re.compile(r"(?:(?P<roman>[IVX]+)\s*[.)]|(?P<number>\d{1,2})\s*[.)]|(?P<bullet>[-–+•*]|[a-zđ]\)))\s+")
_ENDS = re.compile(r"(?<=[.;])\s+(?=\S)|(?<=;)(?=\S)")
_LONGEST_HEADING, _LONGEST_NAME = 40, 14
_MOST, _READ = 2_000, 2_000
"""How many lines a notice has at most, and how many characters of each are looked at."""
_DAY = re.compile(
    r"(?:trước|chậm nhất|đến hết|xong|hạn)\s+(?:hết\s+)?(?:ngày\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](20\d\d)", re.IGNORECASE
)
_PERIOD = re.compile(r"(?:quý\s+(?:[IV]+|[1-4])|tháng\s+\d{1,2})\s*(?:/|năm)\s*20\d\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line as it is proposed: `actor` is the heading that names the body, None where the issuer itself is meant."""

    number: int
    section: str
    actor: str | None
    body: AgencyKind
    text: str
    kind: LineKind
    because: Text
    product: str | None = None
    due_on: date | None = None
    due_words: str | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the reader is: the part, what it does, whose it is."""

    part: str = ""
    part_does: Section | None = None
    under: str = ""
    under_does: Section | None = None
    actor: str | None = None
    body: AgencyKind | None = None

    @property
    def does(self) -> Section | None:
        """Return what lines here are for."""
        return self.under_does or self.part_does

    def below(self, heading: str, *, of_a_part: bool) -> _Place:
        """Return the place under a heading: of a part, or of a number in this part."""
        said = fold_words(heading)
        body = _body(said) or _charged(said)
        actor, kind = (heading, body[0]) if body else (None, None)
        if of_a_part:
            return _Place(heading, _does(said), actor=actor, body=kind)
        return _Place(self.part, self.part_does, heading, _does(said), actor, kind)


def read_notice(text: str) -> tuple[ReadLine, ...]:
    """Return the lines of a notice that give work, in their order; without any such heading, all its marked lines.

    Raises: BadInput for a text of more lines than any notice has.
    """
    found = list(islice(_lines(_blocks(text)), _MOST + 1))
    if len(found) > _MOST:
        vi, en = f"«Nội dung thông báo»: quá {_MOST} dòng", f"“Text of the notice”: more than {_MOST} lines"
        raise BadInput({"text": Text(vi, en)})
    giving = [line for does, line in found if does is Section.GIVES_WORK]
    plain = [line for does, line in found if does is None]
    chosen = giving or plain
    return tuple(replace(line, number=number) for number, line in enumerate(chosen, start=1))


def _blocks(text: str) -> Iterator[list[str]]:
    """Return the text from mark to mark, as lists of lines; what stands before the first mark is left out."""
    block: list[str] = []
    for raw in text.splitlines():
        line = " ".join(raw.split())
        if not line:
            continue
        if fold_words(line).startswith("noi nhan"):
            break
        if _MARK.match(line):
            if block:
                yield block
            block = [line]
        elif block:
            block.append(line)
    if block:
        yield block


def _lines(blocks: Iterable[list[str]]) -> Iterator[tuple[Section | None, ReadLine]]:
    place = _Place()
    for block in blocks:
        mark = _MARK.match(block[0])
        if mark is None:
            continue
        first = block[0][mark.end() :]
        lines = [first, *block[1:]]
        heading, rest = _heading(lines, of_a_part=mark["roman"] is not None) if mark["bullet"] is None else ("", lines)
        if heading:
            place = place.below(heading, of_a_part=mark["roman"] is not None)
        for clause in _clauses(rest):
            yield place.does, _line(place, clause)


def _heading(lines: list[str], *, of_a_part: bool) -> tuple[str, list[str]]:
    """Return the heading at the beginning of a block, and what stands below it; "" where the block has none.

    A part (I, II …) always has one. A number has one where it names a body or says what its lines are.
    """
    taken, place = lines[0], 1
    while place < len(lines) and len(taken) < _READ and (lines[place][:1].islower() or taken[-1:] in {",", ";", "-"}):
        taken = _joined([taken, lines[place]])
        place += 1
    heading, below, count = taken.rstrip(" :"), lines[place:], len(taken.split())
    if of_a_part:
        return (heading, below) if count <= _LONGEST_HEADING else ("", lines)
    said = fold_words(heading)
    charged = _charged(said)
    is_name = count <= _LONGEST_NAME and (_body(said) is not None or (charged is not None and not below))
    is_section = count <= _LONGEST_HEADING and charged is None and _does(said) is not None
    return (heading, below) if not taken.endswith(".") and (is_name or is_section) else ("", lines)


def _does(said: str) -> Section | None:
    return next((section for section, pattern in w.SECTIONS if pattern.search(said)), None)


def _body(said: str) -> tuple[AgencyKind, int] | None:
    """Return the body with whose name folded words begin, and how many words its name has."""
    found = next(((kind, match) for kind, p in w.BODIES if (match := p.match(said)) is not None), None)
    return None if found is None else (found[0], len(found[1][0].split()))


def _charged(said: str) -> tuple[AgencyKind, int] | None:
    """Return the body that folded words charge (“giao …”), and with how many words they say so."""
    charged = w.CHARGING.match(said)
    body = _body(said[charged.end() :]) if charged else None
    return None if charged is None or body is None else (body[0], len(charged[0].split()) + body[1])


def _joined(lines: Iterable[str]) -> str:
    """Return lines as one, words that were broken at their end whole again."""
    parts: list[str] = []
    for line in lines:
        parts += [line] if parts and parts[-1].endswith("-") else [" ", line]
    return "".join(parts).strip()


def _clauses(lines: list[str]) -> Iterator[str]:
    for clause in _ENDS.split(_joined(lines)):
        said = clause.strip().strip(".;/ ").strip()
        if said and not w.CLOSING.search(fold_words(said)):
            yield said


def _line(place: _Place, clause: str) -> ReadLine:
    said = fold_words(clause[:_READ])
    charged = _charged(said)
    actor, body = place.actor, place.body or AgencyKind.STANDING_BODY
    if charged is not None:
        body, actor = charged[0], " ".join(clause.split()[: charged[1]])
    kind, product, because = _judged(said)
    due_on, due_words = _time(clause)
    return ReadLine(
        number=0,
        section=place.under or place.part,
        actor=actor,
        body=body,
        text=clause,
        kind=kind,
        because=because,
        product=product,
        due_on=due_on if kind is LineKind.TASK else None,
        due_words=due_words if kind is LineKind.TASK else None,
    )


def _judged(said: str) -> tuple[LineKind, str | None, Text]:
    """Say what a folded line is proposed as, by which product, and why."""
    opened = w.OPENERS.match(said)
    core = said[opened.end() :] if opened else said
    aims = w.AIMS.match(core) is not None
    for product in w.PRODUCTS:
        found = product.found.search(core)
        if found is not None and (product.sent or not aims):
            return LineKind.TASK, w.NOUNS[found["what"]], product.why
    return LineKind.ORIENTATION, None, w.ONLY_AIMS if aims else w.NO_PRODUCT


def _time(clause: str) -> tuple[date | None, str | None]:
    """Return the day that a line asks for, or the period in its own words; none where the day does not exist."""
    if found := _DAY.search(clause[:_READ]):
        try:
            return date(int(found[3]), int(found[2]), int(found[1])), None
        except ValueError:
            return None, None
    period = _PERIOD.search(clause[:_READ])
    if period is not None and last_day_of(period[0]) is not None:
        return None, period[0]
    return None, None
