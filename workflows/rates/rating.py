"""The use case: one table of rates for a period as of a day, by council, agency, field or locality."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from deadlines.wording import plain_date
from models.columns import table_of
from models.councils import Council, CouncilSetup
from models.units import Unit
from states.facts import Actor
from states.petition import PETITION_KIND
from states.text import Text
from workflows.access import Setting
from workflows.rates import words
from workflows.rates.counting import count
from workflows.rates.definitions import By
from workflows.rates.drawing import check, row_of
from workflows.rates.of_kinds import KindRateTable, rates_of_kind
from workflows.rates.printing import ROUNDING
from workflows.rates.questions import Key, Question, require_sense
from workflows.rates.recounting import recount
from workflows.rates.row_names import Names, names_of
from workflows.rates.tables import Period, RateRow, RateTable
from workflows.rates.tallies import Tally, total

_council, _setup = table_of(Council), table_of(CouncilSetup)


def rates(
    unit: Unit, *, setting: Setting, actor: Actor, period: tuple[date, date], as_of: date, by: By = "council"
) -> RateTable:
    """Return the rates of the petitions received in `period` (both days inclusive) as they stood on `as_of`.

    Today's figures come from the rows, those of an earlier day from the events; a test holds both equal. Fields and
    localities count petitions, agencies count referrals of the same petitions.
    Raises: BadInput naming period, as_of or by.
    """
    council = unit.read(
        select(_council.c.name, _council.c.level, _setup.c.explained_counts_as_resolved)
        .join(_setup, _setup.c.council_id == _council.c.id)
        .where(_council.c.id == setting.council)
    ).one()
    question = Question(setting, actor, Period(*period), as_of, by, council.level)
    require_sense(question, unit.today)
    counted = tallies(unit, question)
    names = names_of(unit, question, counted, council.name)
    return _table(question, counted, names, own="handled" if council.explained_counts_as_resolved else "resolved")


def of_any_kind(
    unit: Unit,
    *,
    kind: str,
    setting: Setting,
    actor: Actor,
    period: tuple[date, date],
    as_of: date,
    by: By = "council",
) -> RateTable | KindRateTable:
    """Return the rates of a kind; petitions have three rates and results of their own.

    Raises: NotFound for a kind that there is not; BadInput as `rates`.
    """
    if kind == PETITION_KIND:
        return rates(unit, setting=setting, actor=actor, period=period, as_of=as_of, by=by)
    return rates_of_kind(unit, kind=kind, question=Question(setting, actor, Period(*period), as_of, by))


def tallies(unit: Unit, question: Question) -> dict[Key, Tally]:
    """Return the counts behind a table: from the rows for today, from the events for an earlier day."""
    if question.as_of == unit.today:
        return count(unit, question)
    return recount(unit, question, pinned=True)


def _table(question: Question, counted: Mapping[Key, Tally], names: Names, *, own: str) -> RateTable:
    by, as_of = question.by, question.as_of
    unnamed = (None, words.UNNAMED[by])
    rows = [_row(tally, names.get(key, unnamed), by, as_of) for key, tally in counted.items()]
    rows.sort(key=lambda row: (row.key is None, -row.received, row.label.vi))
    whole = _row(total(counted.values()), (None, words.TOTAL), by, as_of)
    checks = (check("rows", whole.received, sum(row.received for row in rows)),)
    return RateTable(
        title=words.TITLES[by],
        by=by,
        unit=words.UNITS[by],
        counted=words.COUNTED_BY_REFERRAL if question.of_referrals else words.COUNTED_BY_PETITION,
        period=question.period,
        as_of=as_of,
        bounds=_bounds(question),
        scope=words.SCOPE,
        rounding=ROUNDING,
        own_rate=own,
        own_choice=words.OWN_CHOICE[own],
        rows=tuple(rows),
        total=whole,
        checks=checks,
        agrees=all(one.holds for one in (*checks, *whole.checks, *(c for row in rows for c in row.checks))),
    )


def _bounds(question: Question) -> Text:
    first, last = question.period
    days = {"first": plain_date(first), "last": plain_date(last), "as_of": plain_date(question.as_of)}
    what = words.BOUNDED[question.by]
    return Text(words.BOUNDS.vi.format(unit=what.vi, **days), words.BOUNDS.en.format(unit=what.en, **days))


def _row(tally: Tally, name: tuple[str | None, Text], by: By, as_of: date) -> RateRow:
    return row_of(tally, key=name[0], label=name[1], by=by, as_of=as_of)
