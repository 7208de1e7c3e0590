"""A letter in words: subject, plain text and simple HTML, from templates that see frozen values only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from uuid import UUID

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape

from deadlines.wording import full_date
from models.units import HANOI
from states.alerting import NoticeKind
from states.text import Language, Text
from workflows.delivering.channels import Letter
from workflows.delivering.digesting import MOST, Entry
from workflows.delivering.people import Reader
from workflows.delivering.wording import one_line

_NAME = 120


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a letter as its template sees it; what is not known is empty."""

    code: str
    gist: str
    what: str
    due: str
    standing: str
    deed: str
    link: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A letter as its template sees it. `more` counts what is left to the inbox; a contact has none."""

    name: str
    day: str
    tasks: tuple[Line, ...]
    corrections: tuple[Line, ...]
    more: int
    contact: bool
    address: str


def letter(key: UUID, reader: Reader, entries: Sequence[Entry], *, now: datetime, public_url: str | None) -> Letter:
    """Return the letter that tells `reader` of `entries`, as of `now`."""
    language, today = reader.language, now.astimezone(HANOI).date()
    page = page_of(reader, entries, today=today, public_url=public_url)
    return Letter(
        key=key,
        address=reader.email or "",
        name=page.name,
        subject=subject(entries, today).read(language),
        text=_template(f"digest.{language}.txt").render(page=page),
        html=_template(f"digest.{language}.html").render(page=page),
        at=now,
    )


def subject(entries: Sequence[Entry], today: date) -> Text:
    """Return "[Dondoc] 3 việc cần xử lý, 1 quá hạn - thứ Hai 30/11/2026"."""
    withdrawn = sum(e.matter.kind is NoticeKind.WITHDRAWAL for e in entries)
    tasks, late = len(entries) - withdrawn, sum(e.said.overdue for e in entries)
    vi = [f"{tasks} việc cần xử lý"] if tasks else []
    en = [f"{tasks} task{'' if tasks == 1 else 's'}"] if tasks else []
    if late:
        vi.append(f"{late} quá hạn")
        en.append(f"{late} overdue")
    if withdrawn:
        vi.append(f"{withdrawn} lời nhắc rút lại")
        en.append(f"{withdrawn} reminder{'' if withdrawn == 1 else 's'} withdrawn")
    day = full_date(today)
    return Text(f"[Dondoc] {', '.join(vi)} - {day.vi}", f"[Dondoc] {', '.join(en)} - {day.en}")


def page_of(reader: Reader, entries: Sequence[Entry], *, today: date, public_url: str | None) -> Page:
    """Return what the template sees."""
    shown = [(entry, _line(entry, reader, public_url)) for entry in entries[:MOST]]
    return Page(
        name=one_line(reader.actor.name, _NAME),
        day=full_date(today).read(reader.language),
        tasks=tuple(line for e, line in shown if e.matter.kind is not NoticeKind.WITHDRAWAL),
        corrections=tuple(line for e, line in shown if e.matter.kind is NoticeKind.WITHDRAWAL),
        more=max(len(entries) - MOST, 0),
        contact=reader.contact,
        address=public_url or "",
    )


def _line(entry: Entry, reader: Reader, public_url: str | None) -> Line:
    said, language = entry.said, reader.language
    return Line(
        code=entry.code or "",
        gist=entry.gist or "",
        what=_said(said.what, language),
        due=_said(said.due, language),
        standing=_said(said.standing, language),
        deed=_said(said.deed, language),
        link=f"{public_url}/api/v1/cases/{entry.code}" if public_url and entry.code and not reader.contact else "",
        overdue=said.overdue,
    )


def _said(text: Text | None, language: Language) -> str:
    return "" if text is None else one_line(text.read(language), 1_000)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("workflows.delivering", "templates"),
        autoescape=select_autoescape(("html",), default=False),  # in plain text a "<" stands for itself
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _template(name: str) -> Template:
    return _environment().get_template(name)
