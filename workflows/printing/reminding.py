"""A reminder for the office's chat group ("Chép lời nhắc"): the petitions a unit owes and by when, in plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from deadlines.timeliness import due_words
from deadlines.wording import full_date, plain_date
from models.units import Unit
from states.facts import Actor
from states.reckoning import LimitStatus
from states.referral import R
from states.text import Text
from workflows import regulations
from workflows.access import Setting
from workflows.printing.filed import Nearness
from workflows.printing.followup import Body, Held, held_by, owed_on, shortened
from workflows.printing.legible import legible
from workflows.views import AgencyName, Words

_GIST = 90
_ANSWER = Text("trả lời", "answer")
_ANSWER_AGAIN = Text("trả lời lại", "answer again")
_DRAFT = Text("tham mưu trả lời", "draft the answer")
_KEEP = Text("làm xong việc đã cam kết", "do what was promised")
_REPORT = Text("báo cáo tiến độ", "report progress")
_NO_DATE = Text("chưa có hạn", "no date yet")


@dataclass(frozen=True, slots=True)
class Reminded:
    """One thing that the unit owes. `words` says how near it is: "quá hạn 5 ngày", "còn 3 ngày làm việc"."""

    code: str
    locality: str | None
    what: Words
    due_on: date | None
    words: Words
    overdue: bool


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a unit owes, most overdue first; `text` is to be copied as it is."""

    agency: AgencyName
    as_of: date
    overdue: int
    items: tuple[Reminded, ...]
    text: str


def reminder(unit: Unit, *, setting: Setting, actor: Actor, agency: Body) -> Reminder:
    """Return what `agency` owes on the cases that `actor` may see; no petitioner and no restricted case is in it."""
    held = held_by(unit, setting=setting, actor=actor, agency=agency)
    near = [_nearness(unit, h) for h in held]
    items = tuple(_item(h, n, agency) for h, n in zip(held, near, strict=True))
    late = sum(item.overdue for item in items)
    heading = f"{agency.name}: {len(items)} kiến nghị, {late} quá hạn (tính đến {full_date(unit.today).vi})."
    lines = [f"{n}. {_line(h, i)}" for n, (h, i) in enumerate(zip(held, items, strict=True), start=1)]
    if any(n.sample for n in near):
        lines.append(f"Thời hạn {LimitStatus.SAMPLE.label.vi}.")
    return Reminder(AgencyName(agency.code, agency.name), unit.today, late, items, _joined([heading, *lines]))


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(" ".join(legible(line).text.split()) for line in lines)


def _nearness(unit: Unit, held: Held) -> Nearness:
    if held.sending.is_waiting and held.sending.due:
        return held.sending.due
    day = owed_on(held)
    if day is None:
        return Nearness(None, _NO_DATE, overdue=False, sample=False)
    words = due_words(day, unit.today, regulations.calendar_of(unit))
    return Nearness(day, words, overdue=day < unit.today, sample=False)


def _item(held: Held, near: Nearness, agency: Body) -> Reminded:
    return Reminded(held.filed.code, held.filed.locality, _what(held, agency), near.due_on, near.words, near.overdue)


def _what(held: Held, agency: Body) -> Text:
    sending = held.sending
    if not sending.is_waiting:
        judged = held.filed.judged
        return _KEEP if judged and (judged.due_on or judged.due_words) else _REPORT
    if sending.agency.code != agency.code:
        return _DRAFT
    return _ANSWER_AGAIN if sending.state == R.SENT_BACK.value else _ANSWER


def _line(held: Held, item: Reminded) -> str:
    place = f" ({item.locality})" if item.locality else ""
    return f"{item.code}{place}: {item.what.vi} «{shortened(held.filed.text or '', _GIST)}»; {_when(held, item)}."


def _when(held: Held, item: Reminded) -> str:
    """Say how near it is, with the day in the words of a limit."""
    inner = held.sending.internal_due_on if held.sending.is_waiting else None
    within = f", hạn nội bộ {plain_date(inner)}" if inner else ""
    if item.due_on is None:
        judged = held.filed.judged
        promised = judged.due_words if judged and not held.sending.is_waiting else None
        return f"{promised or item.words.vi}{within}"
    if item.overdue:
        return f"{item.words.vi}, hạn {full_date(item.due_on).vi}{within}"
    return f"{item.words.vi}, chậm nhất hết ngày {full_date(item.due_on).vi}{within}"
