"""Two petitions whose answer is due on a wanted day: their receipt is counted back from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from workflows.sample.days import Days
from workflows.sample.papers import letter
from workflows.sample.rounds import AFTER, BEFORE
from workflows.sample.stories import CodeOf, Story, did

_UBND = "UBND"


@dataclass(frozen=True, slots=True)
class _Window:
    """One of the sample regulation's two windows, and since when petitions of its round are classified."""

    round: str
    length: int
    since: int


_WINDOWS = (_Window(BEFORE, 20, 37), _Window(AFTER, 30, 124))


def due_soon(days: Days) -> Iterable[Story]:
    """Return one petition due today (on a day off: on the next working day) and one due in three working days."""
    yield _due_today(days)
    yield _due_in_three_days(days)


def _due_today(days: Days) -> Story:
    text = (
        "Loa truyền thanh của thôn Đồng Nếp hỏng ba cụm, mấy lần báo lịch tiêm phòng và cắt nước bà con không ai biết."
        " Đề nghị sửa loa."
    )
    return _due_on(days, days.working_from(days.today), "loa-thon", text, ("Thôn Đồng Nếp", "thong-tin", "39/HĐND-TT"))


def _due_in_three_days(days: Days) -> Story:
    text = (
        "Phiếu hẹn trả kết quả đất đai ở Trung tâm Phục vụ hành chính công ghi 15 ngày nhưng nhiều người đã chờ hơn hai"
        " tháng. Đề nghị xã rà lại các hồ sơ trễ hẹn và xin lỗi dân."
    )
    wanted = days.working_days_from_now(3)
    return _due_on(days, wanted, "tre-hen", text, ("Thôn Cây Sấu", "cai-cach-hanh-chinh", "32/HĐND-VP"))


def _due_on(days: Days, due: date, key: str, text: str, more: tuple[str, str, str]) -> Story:
    locality, field, number = more
    window, receipt = _received(days, due)
    sent = max(days.before(receipt), days.back(window.since))
    raised = days.back(window.since + 6)
    deeds = (
        did("compile", days.back(window.since + 1), by="chuyenvien"),
        did("screen", days.back(window.since), level="commune", field=field, by="chuyenvien"),
        did("transfer", sent, addressees=[_UBND], paper=letter(number, sent, "Chuyển kiến nghị cử tri")),
        did("receive", receipt, at=_UBND, incoming_number="502", by="ubnd"),
        did("assign", receipt, at=_UBND, lead="VHXH", by="chanhvp"),
    )
    born = did("record", raised, text=text, locality=locality, round=CodeOf(window.round), by="mattran")
    return Story(key, born, deeds)


def _received(days: Days, due: date) -> tuple[_Window, date]:
    """Return the window and the day of receipt that end on `due`.

    Some days cannot be reached from a working day; then the letter is taken in on a day off, by who is on duty.
    """
    for window in _WINDOWS:
        receipt = days.receipt_for(due, length=window.length, earliest=days.back(window.since))
        if receipt is not None:
            return window, receipt
    return _WINDOWS[0], due - timedelta(days=_WINDOWS[0].length)
