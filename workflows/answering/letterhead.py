"""What a Word file says of itself around its tables: number and date at the top, recipients at the bottom.

Layout of Decree 30/2020/NĐ-CP, annex I: “Số: 61/BC-UBND” on the left, “Nà Pát, ngày 20 tháng 8 năm 2026” on the right,
“Nơi nhận:” with one recipient to a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from states.entries import Recipient
from states.folding import fold_words
from workflows.importing.dates import DateProblem, read_date
from workflows.importing.words import Paragraph
from workflows.paper_numbers import cited_papers

_NUMBER = re.compile(r"^\s*số\s*:", re.IGNORECASE)
_PLACE_AND_DAY = re.compile(
    r"^[^.;:]{0,60}?,?\s*ngày\s+(?P<day>\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})\s*$", re.IGNORECASE
)
_RECIPIENTS = re.compile(r"^\s*nơi nhận\s*:?\s*$", re.IGNORECASE)
_RECIPIENT = re.compile(r"^\s*[-–+•]\s*(?P<name>[^;.(]+?)\s*(?:\((?P<note>[^)]*)\))?\s*[;.]*\s*$")
_LONGEST_LINE = 200
_FRONT = re.compile(r"\b(?:ubmttq|mttq|mat tran to quoc|ban thuong truc mat tran)\b")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Number and date as the file gives them, its recipients, and whether the Front is among them."""

    number: str | None = None
    issued_on: date | None = None
    problem: DateProblem | None = None
    recipients: tuple[Recipient, ...] = ()

    @property
    def copied_to_front(self) -> bool:
        """Say whether the Front's standing board is among the recipients."""
        return any(_FRONT.search(fold_words(one.name)) for one in self.recipients)


def letterhead(paragraphs: Iterable[Paragraph], *, today: date) -> Letterhead:
    """Return what the paragraphs above the first table and below the last one say of the paper."""
    said = tuple(paragraphs)
    above = [paragraph.text for paragraph in said if not paragraph.tables_above]
    lines = [line for text in above for line in text.split("\n")]
    numbers = [paper for line in lines if _NUMBER.match(line) for paper in cited_papers(line, today=today)]
    days = [read_date(found["day"], today=today) for line in lines if (found := _PLACE_AND_DAY.match(line))]
    day = days[0] if days else None
    return Letterhead(
        number=numbers[0].written if numbers else None,
        issued_on=day if isinstance(day, date) else None,
        problem=day if isinstance(day, DateProblem) else None,
        recipients=tuple(_recipients(line for paragraph in said for line in paragraph.text.split("\n"))),
    )


def _recipients(lines: Iterable[str]) -> Iterator[Recipient]:
    begun = False
    for line in lines:
        if _RECIPIENTS.match(line):
            begun = True
        elif begun and len(line) <= _LONGEST_LINE and (found := _RECIPIENT.match(line)):
            yield Recipient(name=found["name"], note=(found["note"] or "").strip() or None)
        elif begun:
            return
