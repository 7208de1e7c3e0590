"""What a careful officer would say before a letter goes out. Warnings never refuse; each is one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deadlines.calendar import Calendar
from deadlines.marks import Clock
from deadlines.wording import full_date, plain_date
from states.text import Text


@dataclass(frozen=True, slots=True)
class Caution:
    """One warning: a stable code for programs, a sentence for people."""

    code: str
    text: Text


def warn_at_transfer(
    *,
    due_on: date | None,
    calendar: Calendar,
    clock: Clock | None = None,
    session_opens_on: date | None = None,
    addressee: str = "",
    addressee_until: date | None = None,
    asked_on: date | None = None,
) -> list[Caution]:
    """Return every warning for a limit that would end on `due_on`; what is None is not known and not warned about.

    `asked_on` is the date that the council asks for in its letter ("ngày đề nghị"), never the legal limit.
    """
    if due_on is None:
        return []
    return [
        *window_ends_after_session(due_on, session_opens_on),
        *calendar_is_provisional(due_on, calendar, clock),
        *addressee_ceases(due_on, addressee, addressee_until),
        *asked_is_shorter(due_on, asked_on),
    ]


def window_ends_after_session(due_on: date, session_opens_on: date | None) -> list[Caution]:
    """Warn when the answer is due only on or after the opening day of the session that needs it."""
    if session_opens_on is None or due_on < session_opens_on:
        return []
    due, opens = full_date(due_on), full_date(session_opens_on)
    text = Text(
        f"Hạn trả lời {due.vi} đến sau khi kỳ họp khai mạc {opens.vi}: kỳ họp có thể chưa có trả lời.",
        f"The answer is due {due.en}, not before the session opens on {opens.en}: it may lack the answer.",
    )
    return [Caution("window_ends_after_session", text)]


def calendar_is_provisional(due_on: date, calendar: Calendar, clock: Clock | None = None) -> list[Caution]:
    """Warn when days off that are not announced yet could move the date."""
    unsettled = clock.calendar_provisional if clock is not None else calendar.is_provisional(due_on)
    if not unsettled:
        return []
    due = full_date(due_on)
    text = Text(
        f"Lịch nghỉ chưa công bố chính thức: hạn {due.vi} có thể thay đổi.",
        f"The days off are not officially announced: the date {due.en} may change.",
    )
    return [Caution("calendar_is_provisional", text)]


def addressee_ceases(due_on: date, addressee: str, addressee_until: date | None) -> list[Caution]:
    """Warn when the addressee's last day in office comes before the due date."""
    if addressee_until is None or addressee_until >= due_on:
        return []
    until = plain_date(addressee_until)
    text = Text(
        f"{addressee or 'Cơ quan nhận'} chỉ hoạt động đến hết {until}, trước khi hết hạn {plain_date(due_on)}.",
        f"{addressee or 'The addressee'} exists until {until} only, before the due date {plain_date(due_on)}.",
    )
    return [Caution("addressee_ceases", text)]


def asked_is_shorter(due_on: date, asked_on: date | None) -> list[Caution]:
    """Warn when the letter asks for an earlier date than the regulation gives; overdue follows the regulation."""
    if asked_on is None or asked_on >= due_on:
        return []
    days = (due_on - asked_on).days
    text = Text(
        f"Ngày đề nghị {plain_date(asked_on)} ngắn hơn Quy chế {days} ngày; quá hạn vẫn tính theo Quy chế.",
        f"The date asked, {plain_date(asked_on)}, is {days} day{'' if days == 1 else 's'} shorter than the regulation;"
        " overdue is counted by the regulation.",
    )
    return [Caution("asked_is_shorter", text)]
