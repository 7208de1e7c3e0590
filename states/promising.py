"""What is entered about a commitment (việc đã hứa): who promised what by when, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import field_validator, model_validator
from pydantic_core import PydanticCustomError

from states.entries import Entry, Line, TermUse, Words, must, prose, said, term
from states.periods import impossible_day, last_day_of
from states.vocabulary import Occasion


class Timed(Entry):
    """A time as it was promised: a day, a period (“Quý IV/2026”, which ends with its last day), or an event."""

    due_on: date | None = term("Thời hạn (ngày)", "By (date)", TermUse.UNTIL)
    due_words: Line | None = said("Thời hạn (quý, tháng, sự kiện)", "By (quarter, month or event)")

    @property
    def says_when(self) -> bool:
        """Tell whether any time is given."""
        return bool(self.due_on or self.due_words)

    @field_validator("due_words", mode="after")
    @classmethod
    def _names_no_impossible_day(cls, value: str | None) -> str | None:
        """Refuse the 31st of November that a real letter asked for: no other day is guessed."""
        found = impossible_day(value) if value else None
        if found is not None:
            raise PydanticCustomError("no_such_day", "names a day that does not exist: {day}", {"day": found})
        return value

    @model_validator(mode="before")
    @classmethod
    def _both_ways(cls, given: Any) -> Any:
        """Give a period its last day, and a day its words, so that the time reads as it was said."""
        if not isinstance(given, Mapping):
            return given
        on, words = given.get("due_on"), given.get("due_words")
        if on is None and isinstance(words, str) and (last := last_day_of(words)) is not None:
            return {**given, "due_on": last}
        day = _day(on)
        return {**given, "due_words": f"{day:%d/%m/%Y}"} if words is None and day is not None else given


def _day(said: Any) -> date | None:
    """Return a day that was given as such or as it travels in JSON; what is neither is refused in its own field."""
    if isinstance(said, date):
        return said
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        return None


class Promise(Timed):
    """A commitment as it is captured, with the place where it stands."""

    text: Words = prose("Nội dung cam kết", "What was promised", default=...)
    agency: Line = must("Cơ quan đã cam kết (mã)", "Body that promised (code)")
    office_holder: Line | None = said("Người giữ chức vụ lúc cam kết", "Person then holding the office")
    measure: Line | None = said("Căn cứ đánh giá kết quả", "Measured by")
    occasion: Occasion = must("Cam kết tại", "Made in")
    place: Line | None = said("Vị trí trong văn bản, biên bản", "Place in the document")
    session: Line | None = said("Kỳ họp phải báo cáo (mã)", "Session to report to (code)")
    from_case: Line | None = said("Phát sinh từ hồ sơ (mã)", "Made about the case (code)")
    field: Line | None = said("Lĩnh vực", "Field")
    locality: Line | None = said("Địa bàn", "Locality")


class PromiseReport(Entry):
    """What the body says it has done."""

    words: Words = prose("Nội dung báo cáo", "What is reported", default=...)
    evidence: Words | None = prose("Minh chứng (văn bản, biên bản nghiệm thu)", "Evidence")
    expected_on: date | None = said("Dự kiến xong", "Expected by")


class Fulfilment(Entry):
    """What shows that the promise was kept."""

    evidence: Words = prose("Minh chứng", "Evidence", default=...)
    words: Words | None = prose("Ý kiến của Thường trực HĐND", "Words of the standing body")


class Shortfall(Entry):
    """What is missing, and when it is looked at again."""

    words: Words = prose("Phần chưa thực hiện", "What is missing", default=...)
    review_on: date | None = term("Ngày rà soát lại", "Review on", TermUse.REVIEW)


class LongerTime(Timed):
    """Another time for the same promise; every earlier one stays in the story."""

    words: Words = prose("Lý do gia hạn", "Reason for the extension", default=...)


class Succession(Entry):
    """Who answers for the promise from now on, after a change of person, a reorganisation or a new term."""

    agency: Line = must("Cơ quan tiếp nhận (mã)", "Body that takes it over (code)")
    office_holder: Line | None = said("Người giữ chức vụ hiện nay", "Person holding the office now")
    words: Words = prose("Lý do chuyển giao", "Reason", default=...)


class ReportSession(Entry):
    """The session before which the promise is reported on."""

    session: Line = must("Kỳ họp phải báo cáo (mã)", "Session to report to (code)")
