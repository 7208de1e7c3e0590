"""Who sits at the terminal and what lies before them: settings, database, person, council."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import typer

from api.cli.speaking import say
from api.settings import Settings, load_settings
from models.units import Database, ReadUnit, Unit, WriteUnit, connect
from states.errors import BadInput, DomainError
from states.facts import Actor
from states.text import Language, Text
from workflows import access, accounts, migrating, tokens
from workflows.access import Setting
from workflows.backing_up.marking import require_whole
from workflows.importing.dates import DateProblem, read_date

TOKEN = "DONDOC_TOKEN"  # noqa: S105 - the name of a variable, not a token
_UNKNOWN_DAYS = frozenset({"unknown", "khong-ro", "không-rõ", "khong ro", "không rõ", "?"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said before or after any command: as whom, for which council, in which language."""

    login: str | None = None
    council: str | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """One command at work. Each unit is a transaction of its own; the actor is asked anew in each."""

    settings: Settings
    database: Database
    wish: Wish

    @property
    def language(self) -> Language:
        """Return the language to speak."""
        return self.settings.language

    def say(self, vi: str, en: str) -> None:
        """Print a sentence in the language of the installation."""
        say(Text(vi, en), self.language)

    def read(self, text: Text) -> str:
        """Return a text in the language of the installation."""
        return text.read(self.language)

    @contextmanager
    def reading(self) -> Iterator[tuple[ReadUnit, Actor]]:
        """Open a read unit, with the person who reads."""
        with self.database.reading() as unit:
            yield unit, self._person(unit) or Actor(UUID(int=0), _operator(), operator=True)

    @contextmanager
    def writing(self) -> Iterator[tuple[WriteUnit, Actor]]:
        """Open a write unit, with the person who writes; an operator of the machine becomes known by it."""
        with self.database.writing() as unit:
            yield unit, self._person(unit) or accounts.operator(unit, user=getpass.getuser())

    def council(self, unit: Unit, actor: Actor) -> Setting:
        """Return the council that is meant: the one named, else the only one."""
        return access.council(unit, code=self.wish.council, actor=actor)

    def _person(self, unit: Unit) -> Actor | None:
        """Return the person named by --as or by the token of the environment; None for the operator."""
        if self.wish.login is not None:
            return accounts.account(unit, login=self.wish.login)
        secret = os.environ.get(TOKEN, "").strip()
        return tokens.authenticate(unit, secret=secret) if secret else None


def _operator() -> str:
    return f"operator: {getpass.getuser()}"


def wish_of(ctx: typer.Context) -> Wish:
    """Return what was said before the command."""
    return ctx.find_object(Wish) or Wish()


def settings_of(ctx: typer.Context) -> Settings:
    """Return the settings of this installation, in the language asked for."""
    return load_settings(language=wish_of(ctx).language)


@contextmanager
def desk(ctx: typer.Context) -> Iterator[Desk]:
    """Sit down at the database of this installation.

    Raises: HalfRestored, NotMigrated, SchemaTooNew, Unavailable.
    """
    settings = settings_of(ctx)
    require_whole(settings.data_dir)
    if migrating.current(settings.database_url) is None:
        raise migrating.NotMigrated(found=None, needed=migrating.head())
    database = connect(settings.database_url, pool_size=1)
    try:
        with database.reading() as unit:
            migrating.require_current(unit)
        yield Desk(settings, database, wish_of(ctx))
    finally:
        database.close()


def read_id(written: str, *, otherwise: DomainError) -> UUID:
    """Return the identifier that a person typed or copied. Raises `otherwise` for what is none."""
    try:
        return UUID(written.strip())
    except ValueError:
        raise otherwise from None


def read_day(written: str, *, field: str, today: date) -> date:
    """Return the day written as dd/mm/yyyy or another way people write it.

    Raises: BadInput naming the field and what is wrong with the day.
    """
    found = read_date(written, today=today)
    if isinstance(found, DateProblem):
        raise BadInput({field: Text(f"«{field}»: {found.text.vi}", f"“{field}”: {found.text.en}")})
    return found


def read_day_or_unknown(written: str | None, *, field: str, today: date) -> date | None:
    """Return the day written, today when nothing is, None for one that is honestly unknown."""
    if written is None:
        return today
    if written.strip().lower() in _UNKNOWN_DAYS:
        return None
    return read_day(written, field=field, today=today)
