"""What the command line says: sentences, tables and JSON, in the language of the installation."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import typer

from states.errors import BadInput, DomainError, Refused
from states.text import Language, Text
from workflows.plain import plain

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_WIDTH_OF_A_FILE = 160
HOLDS, FAILS, OPEN = "✓", "✗", "·"


_asked_for: ContextVar[Language | None] = ContextVar("language", default=None)


def speak(language: Language | None) -> None:
    """Speak `language` from now on, that of the environment for None."""
    _asked_for.set(language)


def spoken() -> Language:
    """Return the language asked for, else that of the environment: help is written before any setting is read."""
    return _asked_for.get() or ("en" if os.environ.get("DONDOC_LANGUAGE", "").strip().lower() == "en" else "vi")


def words(vi: str, en: str) -> str:
    """Return one of two phrases, for help and headings."""
    return en if spoken() == "en" else vi


def say(text: Text, language: Language) -> None:
    """Print a sentence."""
    typer.echo(clean(text.read(language)))


def complain(text: str) -> None:
    """Print a sentence where errors go."""
    typer.echo(clean(text), err=True)


def explain_error(error: DomainError, language: Language) -> None:
    """Print an error as sentences: each wrong field, or each condition that fails and each that holds."""
    if isinstance(error, BadInput):
        for name, problem in error.problems.items():
            complain(
                f"{problem.read(language)} ({name})"
                if name.isidentifier() and name.islower()
                else problem.read(language)
            )
        return
    complain(error.text.read(language))
    if isinstance(error, Refused):
        for finding in sorted(error.findings, key=lambda found: found.holds is not False):
            sign = FAILS if finding.holds is False else HOLDS if finding.holds else OPEN
            mend = f" → {finding.mend.read(language)}" if finding.mend and finding.holds is False else ""
            complain(f"  {sign} {finding.text.read(language)}{mend}")


def clean(text: str) -> str:
    """Return `text` without characters that could steer a terminal; line breaks stay."""
    return "".join(char for char in text if char == "\n" or unicodedata.category(char) not in {"Cc", "Cs"})


def day(value: date | None) -> str:
    """Return 05/03/2026, nothing for an unknown day."""
    return f"{value:%d/%m}/{value.year:04d}" if value else ""


def instant(value: datetime) -> str:
    """Return an instant as people in Việt Nam read it."""
    return value.astimezone(_HANOI).strftime("%d/%m/%Y %H:%M")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str | None = None) -> None:
    """Print a table; its cells are plain text, whatever signs are in them."""
    from rich.console import Console  # noqa: PLC0415 - commands that print no table do not load rich
    from rich.table import Table  # noqa: PLC0415 - the same
    from rich.text import Text as Cell  # noqa: PLC0415 - the same

    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else _WIDTH_OF_A_FILE, highlight=False)
    shown = Table(title=title and Cell(clean(title)), title_justify="left", show_lines=False, header_style="bold")
    for name in columns:
        shown.add_column(Cell(name), overflow="fold")
    for row in rows:
        shown.add_row(*(Cell(clean(cell)) for cell in row))
    console.print(shown)


def as_json(value: Any) -> None:
    """Print a value as JSON, words in both languages."""
    typer.echo(json.dumps(plain(value), ensure_ascii=False, indent=2))
