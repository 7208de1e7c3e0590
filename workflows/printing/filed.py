"""A petition with all that a table, a packet or a reminder may print of it; frozen, without any petitioner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from deadlines.wording import plain_date
from states.guards import ENDED_REFERRALS
from states.petition import P
from states.referral import R
from states.text import Text
from states.vocabulary import Level, Result
from workflows.views import AgencyName

_NOT_OUT = frozenset({R.PREPARED.value, R.RECALLED.value, R.SET_ASIDE.value})
_ANSWERED = frozenset({R.ANSWERED.value, R.ACCEPTED.value})
_AFTER_AN_ANSWER = frozenset({P.ANSWERED.value, P.JUDGED.value, P.CLOSED.value})


@dataclass(frozen=True, slots=True)
class Cited:
    """A paper as it is cited: "12/HĐND-TT ngày 06/08/2026"; a part that is not known is left out."""

    id: UUID
    number: str | None
    issued_on: date | None

    @property
    def words(self) -> str:
        """Return number and date."""
        day = f"ngày {plain_date(self.issued_on)}" if self.issued_on else ""
        return " ".join(part for part in (self.number, day) if part)


@dataclass(frozen=True, slots=True)
class Reported:
    """One progress report; `words` is None where this reader may not see them."""

    on: date | None
    words: str | None
    obstacle: str | None
    expected_on: date | None
    paper: Cited | None


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer; `by` is the body that answered, `words` is None where this reader may not see them."""

    on: date | None
    by: AgencyName | None
    words: str | None
    claimed: Result | None
    as_written: str | None
    due_on: date | None
    due_words: str | None
    paper: Cited | None
    referral: UUID | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What the standing body decided last, with the date that was promised."""

    on: date | None
    result: Result
    due_on: date | None
    due_words: str | None
    review_on: date | None
    paper: Cited | None


@dataclass(frozen=True, slots=True)
class Told:
    """Voters were told, by which channel."""

    on: date | None
    via: str
    paper: Cited | None


@dataclass(frozen=True, slots=True)
class Raised:
    """The petition was raised, the first time or again; the round is the code, as it was entered."""

    on: date | None
    round: str | None


@dataclass(frozen=True, slots=True)
class Nearness:
    """When something is due and how that stands today: "quá hạn 5 ngày", "còn 3 ngày làm việc"."""

    due_on: date | None
    words: Text
    overdue: bool
    sample: bool


def is_owed(state: str) -> bool:
    """Say whether a referral in this state still owes an answer."""
    return state not in _NOT_OUT | ENDED_REFERRALS | _ANSWERED


@dataclass(frozen=True, slots=True)
class Sending:
    """One referral: to whom, by which letter, received when, due when, and what came of it."""

    id: UUID
    agency: AgencyName
    lead: AgencyName | None
    state: str
    state_label: Text
    letter: Cited | None
    sent_on: date | None
    received_on: date | None
    incoming_number: str | None
    internal_due_on: date | None
    times_urged: int
    due: Nearness | None
    reports: tuple[Reported, ...]
    answer: Answered | None

    @property
    def is_out(self) -> bool:
        """Say whether it left the office and was not taken back."""
        return self.state not in _NOT_OUT

    @property
    def is_live(self) -> bool:
        """Say whether the agency still has it."""
        return self.is_out and self.state not in ENDED_REFERRALS

    @property
    def is_waiting(self) -> bool:
        """Say whether an answer is still owed."""
        return is_owed(self.state)

    @property
    def who(self) -> AgencyName:
        """Return the unit that does the work: the lead where one was named, else the addressee."""
        return self.lead or self.agency


@dataclass(frozen=True, slots=True)
class Filed:
    """One petition of the register. `higher` is the letter that sent it to a higher level, and to whom."""

    id: UUID
    code: str
    seq: int
    state: str
    state_label: Text
    final: bool
    text: str | None
    received_on: date | None
    locality: str | None
    field: str | None
    level: Level | None
    restricted: bool
    session: str | None
    round: str | None
    times_raised: int
    raised: tuple[Raised, ...]
    sendings: tuple[Sending, ...]
    higher: tuple[AgencyName | None, Cited | None] | None
    answers: tuple[Answered, ...]
    judged: Judged | None
    told: tuple[Told, ...]
    published: tuple[Told, ...]
    claimed: Result | None
    due: Nearness | None
    trouble: Text | None = None

    @property
    def out(self) -> tuple[Sending, ...]:
        """Return the sendings that left the office."""
        return tuple(s for s in self.sendings if s.is_out)

    @property
    def standing_answers(self) -> tuple[Answered, ...]:
        """Return the answers in force: the last one of each sending that no new answer is asked of, and from above."""
        ours = tuple(s.answer for s in self.out if s.state in _ANSWERED and s.answer)
        from_above = (a for a in self.answers if a.referral is None and self.state in _AFTER_AN_ANSWER)
        return (*ours, *from_above)

    @property
    def result(self) -> Result | None:
        """Return what the standing body judged, else what the answer claims."""
        return self.judged.result if self.judged else self.claimed

    @property
    def promised(self) -> Iterator[tuple[str, date | None, str | None]]:
        """Yield what was promised: by whom, by which day, or in which words."""
        if self.judged and (self.judged.due_on or self.judged.due_words):
            yield "Thường trực HĐND kết luận", self.judged.due_on, self.judged.due_words
        for answer in self.answers:
            if answer.due_on or answer.due_words:
                yield (answer.by.name if answer.by else "Văn bản trả lời"), answer.due_on, answer.due_words
        for sending in self.out:
            latest = sending.reports[-1] if sending.reports else None
            if latest and latest.expected_on:
                yield f"{sending.who.name} dự kiến", latest.expected_on, None
