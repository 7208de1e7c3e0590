"""Numbers of papers as offices write them: taken apart, found in running text, and compared forgivingly.

A number is `56/BC-UBND`: running number, type (a letter has none), issuer; a normative paper has its year between
(`01/2019/NQ-HĐND`). Source: Decree 30/2020/NĐ-CP, art. 15 and annex I; the abbreviations stand in its annex III.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from states.paper_words import ABBREVIATIONS, DocumentType
from workflows.importing.dates import DateProblem, read_date

_SPACE = re.compile(r"\s+")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_NUMBER = (
    r"(?P<number>\d{1,6}[a-zđ]?)\s*/\s*(?:(?P<year>(?:19|20)\d{2})\s*/\s*)?"
    # A dash with spaces around belongs to the number only where capitals go on: “56/BC- UBND”, not “56/BC-UBND - về …”.
    r"(?P<tail>[^\W\d_][\w.]*(?:(?:-(?=\w)|(?-i:\s*-\s*(?=[A-ZĐ]))|&)[\w.]+)*)"
)
_LEAD = r"(?:(?:[^\W\d]+\s+){0,3}(?:số|so)\s*:?\s*|(?:cv|bc)\s+)?"
_WHOLE = re.compile(rf"\s*{_LEAD}{_NUMBER}\s*", re.IGNORECASE)
_DAY = (
    r"(?P<day>\d{1,2}\s*[/.]\s*\d{1,2}(?:\s*[/.]\s*\d{2,4})?(?!\d)|\d{1,2}-\d{1,2}-\d{4}"
    r"|\d{1,2}\s+tháng\s+\d{1,2}(?:,?\s+năm\s+\d{4})?)"
)
_CITED = re.compile(
    rf"(?<![\w/.])(?:số\s*:?\s*)?{_NUMBER}(?:\s*[,;(]?\s*(?:ký\s+)?(?:ngày\s*:?\s*)?{_DAY})?", re.IGNORECASE
)
_TYPES = {key.upper(): kind for key, kind in ABBREVIATIONS.items()} | {
    "QCPH": DocumentType.REGULATION,
    "NQLT": DocumentType.RESOLUTION,
    # Papers of the State above the commune: not among the 29 types of administrative paper.
    **dict.fromkeys(("NĐ", "TT", "TTLT", "PL"), DocumentType.OTHER),
}


@dataclass(frozen=True, slots=True)
class PaperNumber:
    """A number taken apart: figures without leading zeros, the year where it is part of it, then the parts.

    `type` is what the first part abbreviates; a number without such a part is a letter's. `issuer` is the rest.
    """

    number: str
    year: int | None
    type: DocumentType
    issuer: str
    parts: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return the number as it is compared."""
        year = f"{self.year}/" if self.year else ""
        return f"{self.number}/{year}{'-'.join(self.parts)}"


@dataclass(frozen=True, slots=True)
class CitedPaper:
    """A paper named in running text: its number as written, its parts, its date, or why the date is none."""

    written: str
    number: PaperNumber
    issued_on: date | None = None
    problem: DateProblem | None = None


def paper_number(text: str) -> PaperNumber | None:
    """Return the parts of a number that stands alone or after “số”; None for anything else."""
    found = _WHOLE.fullmatch(_even(text))
    return _parts(found) if found else None


def paper_key(text: str) -> str:
    """Return a number as it is compared: “Số: 056/BC- UBND” and “56/bc-ubnd” are the same number.

    Space, case, kinds of dashes, leading zeros and a leading “số” do not matter; what is no number of the usual shape
    is compared without space and case.
    """
    found = paper_number(text)
    return found.key if found else _SPACE.sub("", _even(text)).upper().lstrip("0")


def cited_papers(text: str, *, today: date) -> tuple[CitedPaper, ...]:
    """Return the papers that `text` names, with the dates beside them; `today` dates years of two figures only."""
    return tuple(_cited(_even(text), today))


def _cited(text: str, today: date) -> Iterator[CitedPaper]:
    for found in _CITED.finditer(text):
        if not (found["tail"].isupper() or "-" in found["tail"]):
            continue  # “5/xã” is a count
        number = _parts(found)
        written = _SPACE.sub("", text[found.start("number") : found.end("tail")])
        day = read_date(found["day"], today=today) if found["day"] else None
        if isinstance(day, DateProblem):
            yield CitedPaper(written, number, problem=day)
        else:
            yield CitedPaper(written, number, day)


def _even(text: str) -> str:
    return _DASH.sub("-", unicodedata.normalize("NFC", text))


def _parts(found: re.Match[str]) -> PaperNumber:
    parts = tuple(_SPACE.sub("", found["tail"]).upper().rstrip(".").split("-"))
    kind = _TYPES.get(parts[0])
    return PaperNumber(
        number=found["number"].upper().lstrip("0") or "0",
        year=int(found["year"]) if found["year"] else None,
        type=kind or DocumentType.OFFICIAL_LETTER,
        issuer="-".join(parts[1:] if kind else parts),
        parts=parts,
    )
