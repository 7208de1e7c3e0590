"""What a careful officer would say before a letter goes out: reckons the answer's date as if it went on that day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from deadlines.marks import Mark
from deadlines.warnings import Caution, warn_at_transfer
from models.columns import table_of
from models.councils import Agency
from models.units import Unit
from states.entries import Entry, SendSlip, TransferSlip
from states.facts import AgencyFacts
from states.findings import Finding
from states.lifecycle import Transition
from states.machine import Offer
from states.milestones import Milestone
from states.reckoning import ClockState, Direction
from states.text import Text
from states.vocabulary import RoundKind
from workflows import planning
from workflows.access import Seen
from workflows.drafting import new_id
from workflows.regulations import Rules, rules_for

_agency = table_of(Agency)
_ROLE = "answer"
_NO_WINDOW = Caution(
    "no_window",
    Text(
        "Quy chế đang áp dụng không có thời hạn trả lời cho trường hợp này; nên ghi ngày đề nghị trả lời",
        "The regulation in force has no time limit for this case; give the date asked for",
    ),
)
_NO_ROUND = Caution(
    "no_round",
    Text(
        "Chưa biết kiến nghị nêu trước hay sau kỳ họp nên chưa tính được thời hạn; sửa «Trước hay sau kỳ họp» "
        " (round_kind) của sự kiện số 1",
        "Whether it was raised before or after the session is not known, so no date can be reckoned; correct"
        " “Before or after the session” (round_kind) of event 1",
    ),
)


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom a letter would go; `referral` where it has been prepared already, `until` the agency's last day."""

    name: str = ""
    until: date | None = None
    referral: UUID | None = None


def sends(row: Transition) -> bool:
    """Tell whether a move of this row sends the case to somebody."""
    return row.opens or Milestone.SENT in row.marks


def at_move(
    unit: Unit,
    seen: Seen,
    row: Transition,
    *,
    entry: Entry,
    on: date | None,
    named: Iterable[AgencyFacts],
    referral: UUID | None,
) -> tuple[Finding, ...]:
    """Return the warnings of a move that is being decided: what it sends, and days in an impossible order."""
    if not sends(row):
        days = (*_about_days(seen, row, on=on, referral=referral), *_about_limits(unit, seen, row, on=on))
        return (*days, *_about_extension(unit, seen, row, referral))
    asked = entry.asked_by if isinstance(entry, TransferSlip | SendSlip) else None
    addressees = [Addressee(a.name, a.valid_to) for a in named] if row.opens else _prepared(unit, seen, referral)
    return _warnings(unit, seen, addressees, on=on or unit.today, asked_on=asked)


_NOT_EXTENDED = Text(
    "Quy chế đang áp dụng không cho gia hạn; thời hạn giữ nguyên",
    "The regulation in force allows no extension; the due date stays",
)
_COMES_AFTER: dict[Milestone, tuple[Milestone, Text]] = {
    Milestone.RECEIVED_BY_ADDRESSEE: (
        Milestone.SENT,
        Text("Ngày nhận ({on}) trước ngày gửi ({earlier})", "Received ({on}) before it was sent ({earlier})"),
    ),
    Milestone.ANSWER_RECEIVED: (
        Milestone.RECEIVED_BY_ADDRESSEE,
        Text("Ngày trả lời ({on}) trước ngày nhận ({earlier})", "Answered ({on}) before it was received ({earlier})"),
    ),
    Milestone.JUDGED: (
        Milestone.ANSWER_RECEIVED,
        Text("Ngày kết luận ({on}) trước ngày trả lời ({earlier})", "Judged ({on}) before the answer ({earlier})"),
    ),
}


def _about_days(seen: Seen, row: Transition, *, on: date | None, referral: UUID | None) -> Iterable[Finding]:
    """Say where the day given lies before the day of what must come first; a warning, since papers may be misdated."""
    marks = planning.marks_of(seen.marks)
    for milestone in row.marks:
        first, sentence = _COMES_AFTER.get(milestone, (None, None))
        days = [
            m.on for m in marks if m.milestone is first and m.on and (referral is None or m.referral == str(referral))
        ]
        if on is not None and days and sentence is not None and on < days[-1]:
            yield Finding(
                "days_in_order", sentence.fill(on=f"{on:%d/%m/%Y}", earlier=f"{days[-1]:%d/%m/%Y}"), holds=False
            )


def _about_limits(unit: Unit, seen: Seen, row: Transition, *, on: date | None) -> Iterable[Finding]:
    """Say that what was due some days before another day comes later than that, as the notice of a hearing does."""
    late = [c for c in seen.clocks if on and c["due_on"] and c["due_on"] < on and c["state"] == ClockState.RUNNING]
    if on is None or not late:
        return
    limits = {(a.regulation_id, a.limit.code): a.limit for a in rules_for(unit, seen.setting).adopted}
    for clock in late:
        limit = limits.get((clock["regulation_id"], clock["limit_code"]))
        if limit is None or limit.direction is not Direction.BACKWARD or not {*limit.met_by} & {*row.marks}:
            continue
        days, due = (on - clock["due_on"]).days, f"{clock['due_on']:%d/%m/%Y}"
        words = Text(
            f"{limit.label.vi}: muộn {days} ngày so với hạn {due} ({limit.citation})",
            f"{limit.label.en}: {days} day{'' if days == 1 else 's'} after the limit {due} ({limit.citation})",
        )
        yield Finding("after_its_limit", words, holds=False)


def _about_extension(unit: Unit, seen: Seen, row: Transition, referral: UUID | None) -> Iterable[Finding]:
    """Say that an extension moves nothing where the regulation's switch for it is off."""
    if Milestone.EXTENSION_GRANTED not in row.marks:
        return
    reckoned = planning.reckoned(
        seen, rules_for(unit, seen.setting), planning.marks_of(seen.marks), received_on=seen.row["received_on"]
    )
    theirs = [r.item.limit for r in reckoned if r.clock.is_open and r.clock.referral in (None, str(referral))]
    if not any(limit.extended_by and limit.options.extension for limit in theirs):
        yield Finding("extension_is_off", _NOT_EXTENDED, holds=False)


def at_offer(unit: Unit, seen: Seen, offer: Offer, row: Transition, referral: UUID | None) -> Offer:
    """Return `offer` with the warnings that sending the case today would bring."""
    if not sends(row) or not offer.allowed:
        return offer
    addressees = [Addressee()] if row.opens else _prepared(unit, seen, referral)
    found = _warnings(unit, seen, addressees, on=unit.today, asked_on=None)
    return replace(offer, warnings=(*offer.warnings, *found))


def _asks_round(seen: Seen, rules: Rules) -> bool:
    """Tell whether answers about cases of this kind fall due by the round in which they were raised."""
    applied = (item.limit.applies for item in rules.adopted if item.limit.role == _ROLE)
    return any("round" in limit and limit.get("kind") == seen.lifecycle.kind for limit in applied)


def _prepared(unit: Unit, seen: Seen, referral: UUID | None) -> list[Addressee]:
    agencies = {r["agency_id"]: r["id"] for r in seen.referrals if r["id"] == referral}
    rows = unit.read(select(_agency.c.id, _agency.c.name, _agency.c.valid_to).where(_agency.c.id.in_(agencies))).all()
    return [Addressee(row.name, row.valid_to, agencies[row.id]) for row in rows]


def _warnings(
    unit: Unit, seen: Seen, addressees: Sequence[Addressee], *, on: date, asked_on: date | None
) -> tuple[Finding, ...]:
    """Reckon each addressee's answer as if the letter went out on `on`, and say what is worth a second look."""
    rules = rules_for(unit, seen.setting)
    keys = {str(a.referral or new_id()): a for a in addressees}
    marks = planning.marks_of(seen.marks)
    sent = [
        Mark(seq=seen.row["seq"] + n, milestone=Milestone.SENT, on=on, referral=key) for n, key in enumerate(keys, 1)
    ]
    projected = planning.projection(seen, rules, [*marks, *sent], received_on=seen.row["received_on"])
    opening = seen.session.get("opening_on")
    found: list[Caution] = []
    if asked_on is None and not any(clock.role == _ROLE and clock.referral in keys for _, clock in projected):
        found.append(_NO_ROUND if seen.round_kind == RoundKind.NONE.value and _asks_round(seen, rules) else _NO_WINDOW)
    for _, clock in projected:
        if clock.role != _ROLE or clock.referral not in keys:
            continue
        addressee = keys[clock.referral]
        found += warn_at_transfer(
            due_on=clock.due_on,
            calendar=rules.calendar,
            clock=clock,
            # Petitions raised after a session wait for no opening: that day is past.
            session_opens_on=opening if opening is not None and opening > on else None,
            addressee=addressee.name,
            addressee_until=addressee.until,
            asked_on=asked_on,
        )
    return tuple(Finding(c.code, c.text, holds=False) for c in dict.fromkeys(found))
