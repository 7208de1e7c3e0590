"""The use case: one table of the rates of a kind for a period as of a day, by council, agency, field or locality."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from deadlines.wording import plain_date
from models.columns import table_of
from models.councils import Council
from models.units import Unit
from states.kinds import lifecycle_of
from states.lifecycle import Lifecycle
from states.text import Text
from workflows.rates.drawing import check
from workflows.rates.of_kinds import words
from workflows.rates.of_kinds.counting import count
from workflows.rates.of_kinds.drawing import row_of
from workflows.rates.of_kinds.meanings import KindTally, total
from workflows.rates.of_kinds.recounting import recount
from workflows.rates.of_kinds.tables import KindRateTable
from workflows.rates.printing import ROUNDING
from workflows.rates.questions import Key, Question, require_sense
from workflows.rates.row_names import Names, names_of
from workflows.rates.words import SCOPE, TOTAL, UNNAMED
from workflows.views import Coded

_council = table_of(Council)


def rates_of_kind(unit: Unit, *, kind: str, question: Question) -> KindRateTable:
    """Return the rates of the cases of `kind` received in a period as they stood on the as-of day.

    Today's figures come from the rows, those of an earlier day from the events; a test holds both equal.
    Raises: NotFound for a kind that there is not; BadInput naming period, as_of or by.
    """
    lifecycle = lifecycle_of(kind)
    require_sense(question, unit.today)
    now = question.as_of == unit.today
    counted = count(unit, question, lifecycle) if now else recount(unit, question, lifecycle, pinned=True)
    council = unit.read(select(_council.c.name).where(_council.c.id == question.setting.council)).scalar_one()
    return _table(lifecycle, question, counted, names_of(unit, question, counted, council))


def _table(lifecycle: Lifecycle, question: Question, counted: Mapping[Key, KindTally], names: Names) -> KindRateTable:
    by, as_of, unnamed = question.by, question.as_of, (None, UNNAMED[question.by])
    named = [(*names.get(key, unnamed), tally) for key, tally in counted.items()]
    rows = [row_of(lifecycle, tally, key=code, label=label, as_of=as_of) for code, label, tally in named]
    rows.sort(key=lambda row: (row.key is None, -row.received, row.label.vi))
    whole = row_of(lifecycle, total(counted.values()), key=None, label=TOTAL, as_of=as_of)
    checks = (check("rows", whole.received, sum(row.received for row in rows)),)
    title, kind = words.TITLES[by], lifecycle.label
    days = dict(zip(("first", "last", "as_of"), map(plain_date, (*question.period, as_of)), strict=True))
    return KindRateTable(
        title=Text(title.vi.format(kind=kind.vi), title.en.format(kind=kind.en)),
        kind=Coded(lifecycle.kind, kind),
        by=by,
        counted=words.COUNTED_BY_AGENCY if by == "agency" else words.COUNTED,
        period=question.period,
        as_of=as_of,
        bounds=words.BOUNDS.fill(**days),
        scope=SCOPE,
        rounding=ROUNDING,
        rows=tuple(rows),
        total=whole,
        checks=checks,
        agrees=all(one.holds for one in (*checks, *whole.checks, *(c for row in rows for c in row.checks))),
    )
