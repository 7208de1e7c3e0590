"""The list of what a session carries over: the petitions that were open at the end of its closing day.

It writes itself from history. Two ways tell of an earlier day: as the register knew it on that evening, and as it is
known now, with what was entered or corrected later. Ages run from the first receipt, whatever happened since; the order
is that of receipt, so that what stays keeps its place from one list to the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import or_, select

from deadlines.wording import plain_date
from models.cases import Case, TextVersion
from models.columns import table_of
from models.councils import Council, Taxon
from models.history import Event
from models.units import HANOI, Unit
from states.errors import NotFound
from states.facts import Actor
from states.petition import PETITION, PETITION_KIND
from states.text import Text
from states.vocabulary import Named, NotYetReason, Result
from workflows import describing, ledger, sessions
from workflows.access import Setting
from workflows.folding import Effective, Standing, effective, fold
from workflows.rates.definitions import PLACES, place_of
from workflows.rates.standing_on import folded, known_on
from workflows.views import AgencyName, Coded, Words, agencies_named, coded_as, codes_of
from workflows.visibility import visible

_case, _event, _taxon, _council = (table_of(m) for m in (Case, Event, Taxon, Council))
_text = table_of(TextVersion)
Knowing = Literal["then", "now"]
_REASONED = ("judge", "answer", "record_higher_answer")
_UNSORTED = Text("Chưa phân loại", "Not classified")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Carried:
    """One petition that is carried over. `age` is in days since its first receipt, None where that day is unknown."""

    ordinal: int
    code: str
    text: str | None
    state: Coded
    place: Coded
    holder: AgencyName | None
    field: str | None
    locality: str | None
    session: str | None
    received_on: date | None
    age: int | None
    times_raised: int
    result: Coded | None
    reason: Coded | None


@dataclass(frozen=True, slots=True)
class Sum:
    """How many of the list belong to one field, agency, state or reason; `code` is None for those that have none."""

    code: str | None
    label: Words
    number: int


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """The list of a session as of a day; every breakdown adds up to `total`.

    `closed` says whether the session has closed: before that, the list shows what would be carried over today.
    """

    session: str
    name: str
    closing_on: date | None
    as_of: date
    closed: bool
    knowing: Knowing
    says: Words
    total: int
    items: tuple[Carried, ...]
    by_field: tuple[Sum, ...]
    by_agency: tuple[Sum, ...]
    by_state: tuple[Sum, ...]
    by_reason: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class _Open:
    """One petition as it stood on the day."""

    id: UUID
    code: str
    standing: Standing
    reason: str | None


def carried_over(unit: Unit, *, setting: Setting, actor: Actor, session: str, knowing: Knowing = "then") -> CarriedOver:
    """Return the list of the session with the code `session`, of the petitions that `actor` may see.

    Raises: NotFound.
    """
    found = _session(unit, setting, session)
    closing = found["closing_on"]
    closed = closing is not None and closing < unit.today
    as_of = closing if closed else unit.today
    opened = sorted(_open_on(unit, setting, actor, as_of, knowing), key=_by_receipt)
    items = tuple(_items(unit, setting, actor, opened, as_of, knowing))
    return CarriedOver(
        session=found["code"],
        name=found["name"],
        closing_on=closing,
        as_of=as_of,
        closed=closed,
        knowing=knowing,
        says=_says(as_of, len(items), closed=closed, knowing=knowing),
        total=len(items),
        items=items,
        by_field=_sums((item.field for item in items), _fields(unit)),
        by_agency=_sums(
            (item.holder.code if item.holder else None for item in items),
            {item.holder.code: Text(item.holder.name, item.holder.name) for item in items if item.holder},
        ),
        by_state=_sums((item.state.code for item in items), {item.state.code: item.state.label for item in items}),
        by_reason=_sums(
            (item.reason.code if item.reason else None for item in items),
            {reason.value: reason.label for reason in NotYetReason},
            none=Text("Không ghi lý do", "No reason given"),
        ),
    )


def _session(unit: Unit, setting: Setting, code: str) -> Row:
    wanted = code.strip().casefold()
    found = next((row for row in sessions.listed(unit, setting=setting) if row["code"].casefold() == wanted), None)
    if found is None:
        raise NotFound
    return found


def _says(as_of: date, total: int, *, closed: bool, knowing: Knowing) -> Text:
    day = plain_date(as_of)
    if not closed:
        return Text(
            f"Kỳ họp chưa bế mạc: tính đến {day} có {total} kiến nghị sẽ chuyển kỳ sau",
            f"The session has not closed: as of {day}, {total} petitions would be carried over",
        )
    how = {
        "then": Text("theo sổ vào ngày đó", "as the register stood on that day"),
        "now": Text("theo dữ liệu biết đến nay", "as it is known now"),
    }[knowing]
    return Text(
        f"Tồn đọng, chuyển kỳ sau đến hết {day}: {total} kiến nghị ({how.vi})",
        f"Carried over at the end of {day}: {total} petitions ({how.en})",
    )


# --- who was open -------------------------------------------------------------------------------------------------


def _open_on(unit: Unit, setting: Setting, actor: Actor, as_of: date, knowing: Knowing) -> Iterator[_Open]:
    for code, events in _histories(unit, setting, actor, as_of):
        told = _as_then(events, as_of) if knowing == "then" else _as_now(events, as_of)
        if told is None or PETITION.states[told[0].state].final:
            continue
        yield _Open(events[0]["case_id"], code, told[0], _reason(told[1]))


def _as_then(events: Sequence[Row], as_of: date) -> tuple[Standing, Sequence[Effective]] | None:
    """Fold what was recorded by the end of the day, in the words of that evening."""
    known = [event for event in events if event["recorded_at"] < _end_of(as_of)]
    return (fold(PETITION, known), effective(known)) if known else None


def _as_now(events: Sequence[Row], as_of: date) -> tuple[Standing, Sequence[Effective]] | None:
    """Fold what had happened by the end of the day, whenever it was recorded or corrected."""
    history = effective(events)
    kept = known_on(history, as_of)
    if 1 not in kept:
        return None
    counted = [item for item in history if item.event["seq"] in kept]
    return folded(PETITION, counted), counted


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), HANOI)


def _histories(unit: Unit, setting: Setting, actor: Actor, as_of: date) -> Iterator[tuple[str, list[Row]]]:
    """Yield the events of each petition that may have been open then.

    What is final now and was not touched since had ended by then: nothing is recorded before it happens.
    """
    final = [state for state, meaning in PETITION.states.items() if meaning.final]
    wanted = (
        select(_event, _case.c.code.label("case_code"))
        .join(_case, _case.c.id == _event.c.case_id)
        .where(
            _case.c.council_id == setting.council,
            _case.c.kind == PETITION_KIND,
            visible(actor),
            or_(_case.c.state.not_in(final), _case.c.changed_at >= _end_of(as_of)),
        )
        .order_by(_event.c.case_id, _event.c.seq)
    )
    rows = map(dict, unit.read(wanted).mappings())
    for _, events in groupby(rows, key=lambda row: row["case_id"]):
        listed: list[Row] = list(events)
        yield listed[0]["case_code"], listed


def _reason(history: Iterable[Effective]) -> str | None:
    """Return why it is not settled yet, as the last judgement or answer that stands says."""
    said = [
        item.payload.get("entry", {}).get("reason_not_yet")
        for item in history
        if not item.taken_back and item.event["trigger"] in _REASONED
    ]
    return said[-1] if said else None


# --- how they are shown -------------------------------------------------------------------------------------------


def _by_receipt(one: _Open) -> tuple[bool, date, str]:
    received = one.standing.case.get("received_on")
    return received is None, received or date.min, one.code


def _texts(unit: Unit, opened: Sequence[_Open], knowing: Knowing) -> Mapping[UUID, str | None]:
    """Return the text of each, as it stood on that evening or as it is known now."""
    if knowing == "now":
        return describing.texts_of(unit, [one.id for one in opened])
    known = {one.id: one.standing.seq for one in opened}
    wanted = select(_text.c.case_id, _text.c.event_seq, _text.c.body).where(
        _text.c.case_id.in_(list(known)), _text.c.field == "text"
    )
    rows = unit.read(wanted.order_by(_text.c.case_id, _text.c.event_seq))
    return {row.case_id: row.body for row in rows if row.event_seq <= known[row.case_id]}


def _items(  # noqa: PLR0917 - what a list is made of
    unit: Unit, setting: Setting, actor: Actor, opened: Sequence[_Open], as_of: date, knowing: Knowing
) -> Iterator[Carried]:
    texts = _texts(unit, opened, knowing)
    holders = {one.id: ledger.in_hand(PETITION, one.standing, setting.office) for one in opened}
    agencies = agencies_named(unit, holders.values())
    held_in = {one.standing.case.get("session_id") for one in opened} - {None}
    codes = codes_of(unit, Named.SESSION, [key for key in held_in if key is not None], actor=actor)
    own = unit.read(select(_council.c.level).where(_council.c.id == setting.council)).scalar_one()
    for ordinal, one in enumerate(opened, start=1):
        case, detail = one.standing.case, one.standing.detail
        received = case.get("received_on")
        place = place_of(
            state=one.standing.state, level=case.get("level"), nature=detail.get("nature"), own=own,
            dated=received is not None,
        )  # fmt: skip
        yield Carried(
            ordinal=ordinal,
            code=one.code,
            text=texts.get(one.id),
            state=Coded(one.standing.state, PETITION.states[one.standing.state].label),
            place=Coded(place, PLACES[place]),
            holder=agencies.get(holders[one.id]),
            field=case.get("field"),
            locality=case.get("locality"),
            session=codes.get(case.get("session_id") or UUID(int=0)),
            received_on=received,
            age=(as_of - received).days if received else None,
            times_raised=detail.get("times_raised") or 0,
            result=coded_as(Result, case.get("result_judged") or case.get("result_claimed")),
            reason=coded_as(NotYetReason, one.reason),
        )


def _fields(unit: Unit) -> Mapping[str, Text]:
    rows = unit.read(select(_taxon.c.code, _taxon.c.name_vi, _taxon.c.name_en).where(_taxon.c.scheme == "field"))
    return {row.code: Text(row.name_vi, row.name_en) for row in rows}


def _sums(keys: Iterable[str | None], labels: Mapping[str, Text], *, none: Text = _UNSORTED) -> tuple[Sum, ...]:
    """Return the numbers by key, the largest first, what has no key last."""
    counted = sorted(Counter(keys).items(), key=lambda pair: (pair[0] is None, -pair[1], pair[0] or ""))
    return tuple(Sum(k, labels.get(k, Text(k, k)) if k is not None else none, number) for k, number in counted)
