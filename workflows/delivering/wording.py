"""What a notice says: of which case and limit, how near the day is, what to do and how."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from deadlines.calendar import Calendar
from deadlines.ladders import QUESTION_GROUP
from deadlines.timeliness import due_words
from deadlines.wording import full_date, plain_date
from models.units import HANOI
from states.alerting import Deed, NoticeKind
from states.kinds import KINDS
from states.text import Text
from workflows.delivering.matters import Matter

_TO_A_GROUP = Text("Đưa vào nhóm vấn đề chất vấn", "Put it into a group of questions")
_FINISH = Text("Làm xong trước khi hết hạn", "Finish it in time")
_REMIND = Text("Nhắc cơ quan làm xong trước khi hết hạn", "Remind the agency to finish in time")
_FINISH_NOW = Text("Đã quá hạn: làm xong ngay, hoặc báo cáo lý do", "Overdue: finish it now, or report why not")
_URGE = Text("Đã quá hạn: đôn đốc cơ quan", "Overdue: urge the agency")
_LAST_DAY = Text("chậm nhất hết ngày {day}", "by the end of {day}")


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in words: `what` is the matter, `due` the last day, `standing` how it stands, `deed` what to do."""

    what: Text
    due: Text | None
    standing: Text | None
    deed: Text
    overdue: bool


def said_of(matter: Matter, today: date, calendar: Calendar, *, handles: bool) -> Said:
    """Return a notice in words as of `today`; `handles`: for whom has the work in hand, not for who follows it."""
    if matter.kind is NoticeKind.WITHDRAWAL:
        return _withdrawal(matter)
    if matter.due is None:
        what = matter.sentence or matter.kind.label
        return Said(what, None, None, matter.kind.label, overdue=matter.kind is NoticeKind.ALARM)
    due_on = matter.due.due_on
    return Said(
        what=_what(matter),
        due=last_day(due_on),
        standing=due_words(due_on, today, calendar),
        deed=_deed(matter, handles=handles, overdue=due_on < today),
        overdue=due_on < today,
    )


def last_day(day: date) -> Text:
    """Return "chậm nhất hết ngày thứ Sáu 11/09/2026"."""
    shown = full_date(day)
    return Text(_LAST_DAY.vi.format(day=shown.vi), _LAST_DAY.en.format(day=shown.en))


def _what(matter: Matter) -> Text:
    """Return the limit, and whose work it is where it lies with an agency."""
    label = matter.due.limit.label if matter.due is not None else matter.kind.label
    whose = matter.about.addressee if matter.about is not None else None
    return Text(f"{label.vi}, {whose}", f"{label.en}, {whose}") if whose else label


def _withdrawal(matter: Matter) -> Said:
    what, on = _what(matter), plain_date(matter.due_at.astimezone(HANOI).date())
    told = Text(
        f"Lời nhắc đã gửi về «{what.vi}» không còn căn cứ: việc ghi ngày {on} cho thấy hôm đó chưa phải nhắc",
        f"The reminder of “{what.en}” had no ground: what was entered on {on} shows that nothing was due then",
    )
    return Said(told, None, None, Text("Không phải làm gì", "Nothing to do"), overdue=False)


def _deed(matter: Matter, *, handles: bool, overdue: bool) -> Text:
    assert matter.due is not None  # noqa: S101 - the caller has looked
    match matter.due.rung.deed:
        case Deed.PROPOSE:
            move = _move(matter, matter.due.rung.trigger)
            return Text(f"Xem xét đề xuất: {move.vi}", f"Consider what is proposed: {move.en}")
        case Deed.REMIND if not overdue:
            return _FINISH if handles else _REMIND
        case _:
            return _FINISH_NOW if handles else _URGE


def _move(matter: Matter, trigger: str | None) -> Text:
    if trigger == QUESTION_GROUP:
        return _TO_A_GROUP
    kind = matter.about.kind if matter.about is not None else ""
    table = KINDS.get(kind)
    row = table.move(trigger) if table is not None and trigger else None
    return row.label if row is not None else Text(trigger or "", trigger or "")


def one_line(text: str, longest: int) -> str:
    """Return the beginning of a text on one line, without anything that steers a terminal or breaks a header."""
    seen = text[: 4 * longest]
    plain = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Cf", "Zl", "Zp"} else c for c in seen)
    whole = " ".join(plain.split())
    if len(whole) <= longest and len(seen) == len(text):
        return whole
    return f"{whole[:longest].rsplit(' ', 1)[0]}…"
