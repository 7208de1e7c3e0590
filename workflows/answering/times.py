"""When a thing will be done, as an answer says it: a day, a month, quarter or year, a session, or an event.

Phrases such as “trong thời gian tới” and “sớm” name no time. What is past (“đã sửa xong năm 2025”, “cột chôn từ 2018”)
and the period of a fund (“vốn 2016-2020”) are none either. The words stay those of the answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from states.folding import fold_words
from states.text import Text
from workflows.importing.cells import Cell, clean_line
from workflows.importing.dates import DateProblem, read_date

_FLAGS = re.IGNORECASE
_DAY = (
    r"(?:ngày\s+)?(?P<day>\d{1,2}\s*[/.\-]\s*\d{1,2}(?:\s*[/.\-]\s*\d{4})?(?![\d/])"
    r"|\d{1,2}\s+tháng\s+\d{1,2}(?:,?\s+năm\s+\d{4})?)"
)
_UNTIL = (
    r"(?:trước|chậm nhất(?:\s+(?:là|vào|đến|trong))?|(?<!tính )đến(?:\s+hết)?|hạn(?:\s+cuối)?(?:\s+là)?"
    r"|(?<!đã )(?:hoàn thành|xong|kết thúc)(?:\s+(?:xong|vào|trong|trước))*"
    r"|dự kiến(?:\s+(?:hoàn thành|xong|vào|trong|đến|trước))*)"
)
_DEADLINE = re.compile(rf"\b(?P<words>{_UNTIL}\s+{_DAY})", _FLAGS)
_BARE_DAY = re.compile(rf"(?<![\d/.\-]){_DAY}", _FLAGS)
_QUARTER = r"quý\s+(?:IV|I{1,3}|[1-4])(?:\s*(?:,|và|-)\s*(?:quý\s+)?(?:IV|I{1,3}|[1-4]))?\s*(?:/|-|năm\s+)\s*\d{4}"
_MONTH = r"(?<!\d )tháng\s+\d{1,2}\s*(?:/|-|năm\s+)\s*\d{4}"
_PART = r"(?:6 tháng |nửa )?(?:đầu|giữa|cuối)\s+"
_YEAR = rf"(?:{_PART})?năm(?:\s+học)?\s+\d{{4}}(?:\s*-\s*\d{{4}})?|{_PART}năm\s+sau"
_PERIOD = re.compile(rf"\b(?:{_QUARTER}|{_MONTH}|{_YEAR})(?![\d/])", _FLAGS)
_SESSION = re.compile(
    r"\bkỳ họp\s+(?:thứ\s+\w+|(?:thường lệ\s+)?(?:giữa|cuối)\s+năm(?:\s+\d{4})?|gần nhất|sắp tới|tới|sau)\b", _FLAGS
)
_MEANS = r"(?:vốn|kinh phí|nguồn|ngân sách|chủ trương|hướng dẫn|quyết định|mặt bằng|quy hoạch|điều kiện)"
_EVENTS = (
    re.compile(rf"\b(?:sau\s+)?khi\s+(?:đã\s+)?(?:được|có|bố trí|cân đối|đủ)\b[^.;,\n]*?\b{_MEANS}\b[^.;,\n]*", _FLAGS),
    re.compile(r"\bsau\s+khi\s+[^.;\n]{3,100}?(?=,?\s+(?:sẽ|mới|thì|tiếp tục)\b)", _FLAGS),
    re.compile(
        r"\b(?:làm|thực hiện|triển khai|đầu tư|thi công)\s+(?P<words>(?:ngay\s+)?(?:sau\s+)?khi\s+[^.;,\n]{3,100})",
        _FLAGS,
    ),
    re.compile(r"\bsau\s+(?:thí điểm|nghiệm thu|mùa mưa|mùa mưa lũ|thu hoạch|vụ\s+\w+)\b[^.;,\n]{0,30}", _FLAGS),
    re.compile(r"\bxong\s+(?:sẽ|mới|thì)\s+[^.;\n]{3,100}", _FLAGS),
)  # fmt: skip
_AHEAD = re.compile(
    r"\b(?:trong|vào|dự kiến|trước|hết|xong|hoàn thành|thực hiện|triển khai|khởi công|kế hoạch|bố trí|đến|sẽ|đầu tư"
    r"|từ nay)\W+(?:[^\W\d]+\W+){0,3}$",
    _FLAGS,
)
_SINCE = re.compile(r"(?:\btừ|\bkể từ|giai đoạn|tính đến)\W*$", _FLAGS)
_PAST = re.compile(
    r"\bđã\s+(?:được\s+)?(?:hoàn thành|thực hiện|triển khai|kiểm tra|giải quyết|khắc phục|sửa|đầu tư|bàn giao"
    r"|nghiệm thu"
    r"|làm|xây|thi công|trả lời|bố trí|cấp|hỗ trợ)",
    _FLAGS,
)
_FUTURE = re.compile(r"\b(?:dự kiến|sẽ|phấn đấu|tiếp tục|kế hoạch)\b", _FLAGS)
_TO_A_SESSION = re.compile(r"\b(?:trình|thông qua|báo cáo|trước)\b[^.;\n]{0,60}$", _FLAGS)
_VAGUE = re.compile(
    r"\b(?:som|thoi gian (?:toi|gan nhat|som nhat)|thoi gian khong xa|chua (?:xac dinh|co|ro)|khong|dang xac dinh"
    r"|thuong xuyen|khi co the|khi du dieu kien)\b"
)
_CLAUSE_END = re.compile(r"[;\n]|\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Time:
    """When: a civil date where a full one is said, else the words. `dated`: the calendar or a session, not an event."""

    on: date | None = None
    words: str | None = None
    dated: bool = False


@dataclass(frozen=True, slots=True)
class NoTime:
    """Why something that looks like a time is none."""

    why: Text


def time_in_text(text: str, *, today: date) -> Time | NoTime | None:
    """Return the time that an answer names plainly, the most exact one first; None if it names none."""
    if found := _DEADLINE.search(text):
        return _day(found["day"], found["words"], today)
    for found in _PERIOD.finditer(text):
        before = _clause_before(text, found.start())
        if _AHEAD.search(before) and not _SINCE.search(before) and not _is_past(before):
            return Time(words=_with_lead(before, found[0]), dated=True)
    for found in _SESSION.finditer(text):
        before = _clause_before(text, found.start())
        if _TO_A_SESSION.search(before) and not _is_past(before):
            return Time(words=_one_line(found[0]), dated=True)
    for event in _EVENTS:
        if found := event.search(text):
            return Time(words=_one_line(found.groupdict().get("words") or found[0]))
    return None


def time_in_cell(cell: Cell, *, today: date) -> Time | NoTime | None:
    """Return the time that a column of times says; its words count unless they are vague."""
    said = clean_line(cell).text
    if not any(map(str.isalnum, said)):
        return None
    day = read_date(cell, today=today)
    if isinstance(day, date):
        return Time(on=day, dated=True)
    if found := _DEADLINE.search(said) or _BARE_DAY.search(said):
        return _day(found["day"], said, today)
    return _without_a_day(said)


def _without_a_day(said: str) -> Time | NoTime:
    if _PERIOD.search(said) or _SESSION.search(said):
        return Time(words=said, dated=True)
    if _VAGUE.search(fold_words(said)):
        return NoTime(Text(f"“{said}” không phải một thời hạn", f"“{said}” is no time"))
    return Time(words=said)


def _day(written: str, words: str, today: date) -> Time | NoTime:
    on = read_date(written, today=today)
    said = _one_line(words)
    if isinstance(on, DateProblem):
        return NoTime(on.text) if on.code == "date_impossible" else Time(words=said, dated=True)
    return Time(on, said, dated=True)


def _clause_before(text: str, place: int) -> str:
    return _CLAUSE_END.split(text[:place])[-1]


def _is_past(before: str) -> bool:
    """Say whether a clause tells what has been done, and nothing of what will be after it."""
    done = [found.end() for found in _PAST.finditer(before)]
    return bool(done) and not _FUTURE.search(before, done[-1])


def _with_lead(before: str, words: str) -> str:
    lead = re.search(r"(?:\b(?:trước|cuối|đầu|giữa|hết|trong|dự kiến)\s+)$", before, _FLAGS)
    return _one_line(f"{lead[0] if lead else ''}{words}")


def _one_line(words: str) -> str:
    return " ".join(words.split())[:500]
