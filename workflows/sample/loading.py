"""Loads the sample council in one transaction: all of it, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from models.columns import table_of
from models.councils import Account, Council
from models.units import HANOI, Database, WriteUnit
from states.errors import AlreadyExists
from states.kinds import KINDS
from states.text import Text
from workflows import access, accounts, councils, tokens
from workflows.councils import CouncilSpec
from workflows.regulations import calendar_of
from workflows.sample.after_session import after_session
from workflows.sample.agenda import agenda
from workflows.sample.before_session import before_session
from workflows.sample.citizen_letters import citizen_letters
from workflows.sample.commitments import commitments
from workflows.sample.contact_meetings import contact_meetings
from workflows.sample.council import adopt_reply_limits, adopt_with_pause, council_spec, login_prefix
from workflows.sample.days import Days
from workflows.sample.desk import Desk
from workflows.sample.due_soon import due_soon
from workflows.sample.lingering import lingering
from workflows.sample.meetings import meetings
from workflows.sample.opinions import opinions
from workflows.sample.other_ends import other_ends
from workflows.sample.papers import papers_of
from workflows.sample.questions import questions
from workflows.sample.resolutions import resolutions
from workflows.sample.rounds import rounds
from workflows.sample.stories import Story
from workflows.sample.supervisions import supervisions
from workflows.sample.topics import with_topics

TOKEN_DAYS = 90
_FIRST_DAY = 200

_council, _account = table_of(Council), table_of(Account)


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """An account of the sample; `token` is random, shown now and never again."""

    login: str
    name: str
    roles: tuple[Text, ...]
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SampleLoaded:
    """What was loaded: the council's code and name, how many cases by kind, and who may log in."""

    council: str
    name: str
    kinds: Mapping[str, int]
    accounts: tuple[SampleAccount, ...]

    @property
    def cases(self) -> int:
        """Return how many cases it has, of all kinds."""
        return sum(self.kinds.values())


def is_loaded(database: Database) -> bool:
    """Tell whether a sample council is there that was not taken away."""
    living = select(_council.c.id).where(_council.c.sample, _council.c.removed_at.is_(None))
    with database.reading() as unit:
        return unit.read(living).first() is not None


def load_sample(database: Database, *, today: date, user: str = "sample") -> SampleLoaded:
    """Set up the sample council as of `today` and enter its cases, each on its own day before `today`.

    Everything goes through the use cases that people use; `user` is the operator who is recorded for the set-up.
    Raises: AlreadyExists when a sample council is there.
    """
    with database.writing() as unit:
        unit.take_lock()
        number = _number(unit)
        days = Days(today, calendar_of(unit))
        spec = council_spec(days, number=number)
        desk = _set_up(unit, spec, today, prefix=login_prefix(number), user=user)
        stories = list(stories_of(days))
        desk.play(stories)
        keys = _keys(unit, spec)
    kinds = Counter(story.kind for story in stories)
    return SampleLoaded(spec.code, spec.name, {kind: kinds[kind] for kind in KINDS if kinds[kind]}, accounts=keys)


def stories_of(days: Days) -> list[Story]:
    """Return everything that happened in the commune up to the day before `days.today`."""
    papers = papers_of(days)
    petitions = [
        *after_session(days, papers),
        *lingering(days, papers),
        *before_session(days, papers),
        *due_soon(days),
        *other_ends(days),
    ]
    return [
        *rounds(days),
        *with_topics(days, petitions),
        *commitments(days),
        *supervisions(days),
        *questions(days),
        *contact_meetings(days),
        *opinions(days),
        *meetings(days),
        *resolutions(days),
        *citizen_letters(days),
        *agenda(days),
    ]


def _number(unit: WriteUnit) -> int:
    """Return 1 for the first sample of this installation, 2 for the next after that one was taken away.

    Raises: AlreadyExists.
    """
    living = select(_council.c.code).where(_council.c.sample, _council.c.removed_at.is_(None))
    there = unit.read(living).scalars().first()
    if there is not None:
        raise AlreadyExists(
            Text(
                f"Hội đồng mẫu {there} đã có; gỡ bằng «dondoc demo remove» nếu muốn nạp lại",
                f"The sample council {there} is there already; take it away with `dondoc demo remove` to load it anew",
            ),
            code=there,
        )
    return int(unit.read(select(func.count()).where(_council.c.sample)).scalar_one()) + 1


def _set_up(unit: WriteUnit, spec: CouncilSpec, today: date, *, prefix: str, user: str) -> Desk:
    instant = datetime.combine(today - timedelta(days=_FIRST_DAY), time(8), HANOI)
    then = WriteUnit(unit.connection, lambda: instant, writing=True)
    operator = accounts.operator(then, user=user)
    setting = councils.create(then, spec=spec, actor=operator)
    adopt_with_pause(then, setting=setting, actor=operator)
    adopt_reply_limits(then, setting=setting, actor=operator)
    logins = {p.login for p in spec.people if p.login}
    actors = {login.removeprefix(prefix): accounts.account(then, login=login) for login in logins}
    return Desk(unit, access.council(then, code=spec.code, actor=operator), actors)


def _keys(unit: WriteUnit, spec: CouncilSpec) -> tuple[SampleAccount, ...]:
    """Return the accounts with a token each."""
    roles: dict[str, list[Text]] = {}
    for person in spec.people:
        if person.login is not None:
            roles.setdefault(person.login, []).append(_capacity(person))
    ids = {
        row.login: row.id
        for row in unit.read(select(_account.c.login, _account.c.id).where(_account.c.login.in_(roles)))
    }
    names = {person.login: person.full_name for person in spec.people}
    issued = {login: tokens.issue(unit, account=ids[login], name="sample", days=TOKEN_DAYS) for login in roles}
    return tuple(
        SampleAccount(login, names[login], tuple(said), issued[login].secret, issued[login].expires_at)
        for login, said in roles.items()
    )


def _capacity(person: Any) -> Text:
    label = person.role.label
    return Text(f"{label.vi} ({person.capacity})", f"{label.en} ({person.capacity})")
