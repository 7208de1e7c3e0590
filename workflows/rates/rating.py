"""The use case: one table of rates for a period as of a day, by council, agency, field or locality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, get_args

from sqlalchemy import or_, select

from deadlines.wording import plain_date
from models.columns import table_of
from models.councils import Agency, Council, CouncilSetup, Locality, Taxon
from models.units import Unit
from states.errors import BadInput
from states.facts import Actor
from states.text import Text
from workflows.access import Setting
from workflows.rates import words
from workflows.rates.counting import count
from workflows.rates.definitions import By
from workflows.rates.drawing import check, row_of
from workflows.rates.printing import ROUNDING
from workflows.rates.questions import Key, Question
from workflows.rates.recounting import recount
from workflows.rates.tables import Period, RateRow, RateTable
from workflows.rates.tallies import Tally, total

_council, _setup, _agency = table_of(Council), table_of(CouncilSetup), table_of(Agency)
_taxon, _locality = table_of(Taxon), table_of(Locality)
Names = Mapping[Key, tuple[str | None, Text]]


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
    _require_sense(question, unit.today)
    counted = tallies(unit, question)
    names = _names(unit, question, counted, council.name)
    return _table(question, counted, names, own="handled" if council.explained_counts_as_resolved else "resolved")


def tallies(unit: Unit, question: Question) -> dict[Key, Tally]:
    """Return the counts behind a table: from the rows for today, from the events for an earlier day."""
    if question.as_of == unit.today:
        return count(unit, question)
    return recount(unit, question, pinned=True)


def _require_sense(question: Question, today: date) -> None:
    problems: dict[str, Text] = {}
    if question.period.first > question.period.last:
        problems["period"] = Text("«Từ ngày» phải không sau «đến ngày»", "The first day must not be after the last")
    if question.as_of > today:
        problems["as_of"] = Text(
            "«Tính đến ngày» ở tương lai; chọn hôm nay hoặc một ngày đã qua",
            "The as-of day is in the future; choose today or an earlier day",
        )
    if question.by not in get_args(By):
        known = ", ".join(get_args(By))
        problems["by"] = Text(
            f"Không chia theo «{question.by}» được; chọn một trong: {known}", f"Choose one of: {known}"
        )
    if problems:
        raise BadInput(problems)


def _names(unit: Unit, question: Question, keys: Iterable[Key], council: str) -> Names:
    """Return code and name of each row; what was written and is no known code stands as it was written."""
    if question.by == "council":
        return {None: (question.setting.council_code, Text(council, council))}
    wanted = [key for key in keys if key is not None]
    found: dict[Key, tuple[str | None, Text]] = {key: (str(key), Text(str(key), str(key))) for key in wanted}
    for row in unit.read(_namings(question, wanted)):
        found[row.key] = (row.code, Text(row.vi, row.en))
    return found


def _namings(question: Question, keys: list[Any]) -> Any:
    if question.by == "agency":
        a = _agency.c
        return select(a.id.label("key"), a.code, a.name.label("vi"), a.name.label("en")).where(a.id.in_(keys))
    if question.by == "field":
        t = _taxon.c
        known = (t.scheme == "field") & t.code.in_(keys)
        return select(t.code.label("key"), t.code, t.name_vi.label("vi"), t.name_en.label("en")).where(known)
    place = _locality.c
    ours = or_(place.council_id == question.setting.council, place.council_id.is_(None))
    named = select(place.code.label("key"), place.code, place.name.label("vi"), place.name.label("en"))
    return named.where(ours, place.code.in_(keys)).order_by(place.council_id.is_not(None))


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
