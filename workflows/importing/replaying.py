"""From a row of an old register to the moves that it tells, in the order in which they must have happened.

Pure: nothing is looked up and nothing decided; the engine decides when the moves are made. A day that the register does
not say stays unknown, and what it does not say is not done. What must have gone before (a classification before the
transfer, a transfer before the answer) is made with an unknown day, from which no time runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from states.entries import DocumentSlip
from states.paper_acts import PaperAct
from states.paper_words import DocumentType
from states.vocabulary import Level, PetitionNature, Result
from workflows.importing import replay_doubts as doubts
from workflows.importing.bodies import Bodies, Sending, Sendings, sendings, speaks_of_committee, who_answered
from workflows.importing.headings import Field
from workflows.importing.late_columns import Late, PaperSaid
from workflows.importing.problems import Problem
from workflows.importing.register_words import (
    FINISHED,
    Stand,
    is_no,
    is_tick,
    mentions_the_answer,
    return_reason,
    said_of_result,
    way_of_telling,
)
from workflows.importing.rows import PetitionRow
from workflows.importing.tellings import NO_WORDS, NOTHING_TOLD, Plan, Results, Telling
from workflows.paper_numbers import paper_number

_LONGEST_LINE = 500


@dataclass(slots=True)
class Replay:
    """Plans the rows of one register.

    `headings` are its columns by field; `addressee` (a code) holds for rows that name none.
    """

    bodies: Bodies
    headings: Mapping[Field, str]
    today: date
    results: Results = Results.CLAIMED
    addressee: str | None = None

    def plan(self, row: PetitionRow) -> Plan:
        """Return the moves of a row and its doubts."""
        if not row.late.tells:
            return NOTHING_TOLD
        planner = _Planner(self, row)
        moves = tuple(planner.moves())
        return Plan(moves, tuple(planner.problems))

    def says_committee(self, late: Late) -> bool:
        """Tell whether headings or numbers speak of the People's Committee."""
        told = (Field.UNIT_RECEIVED_ON, Field.TRANSFER, Field.TRANSFER_NUMBER, Field.ANSWER, Field.ANSWER_TEXT)
        return speaks_of_committee(late) or any("ubnd" in self.headings.get(f, "").casefold() for f in told)


class _Planner:
    """Plans one row."""

    def __init__(self, replay: Replay, row: PetitionRow) -> None:
        self._replay = replay
        self._row = row
        self._late = row.late
        self._bodies = replay.bodies
        self._said = said_of_result(row.late.result_written)
        self.problems: list[Problem] = []

    def moves(self) -> Iterator[Telling]:
        """Yield the moves in their order."""
        self._doubt_result()
        times = self._late.times_raised
        words = {"words": f"Sổ cũ ghi đã nêu {times} lần"}
        for _ in range(times - 1):
            yield Telling(trigger="raise_again", column=Field.TIMES_RAISED, payload=words)
        if self._is_noted_opinion():
            yield Telling(trigger="note", column=Field.RESULT, on=self._late.judged_on)
        elif self._said.stand is Stand.AT_MEETING and not self._late.transfers:
            yield self._explained()
        elif self._was_sent():
            yield from self._sent()

    def _doubt_result(self) -> None:
        said, written = self._said, self._late.result_written
        if written and said.result is None and said.stand is None:
            self._doubt(Field.RESULT, doubts.result_unknown(written, rejects=self._has_answer()))

    def _is_noted_opinion(self) -> bool:
        late = self._late
        asked = late.transfers or late.answers or late.unit_received_on
        return self._row.nature is PetitionNature.OPINION and self._said.result is Result.NOTED and not asked

    def _explained(self) -> Telling:
        words = self._late.answer_text or self._late.result_written
        return Telling(trigger="explain_at_meeting", column=Field.RESULT, payload={"explanation": words})

    def _was_sent(self) -> bool:
        """Tell whether somebody was asked: the register says so, or says what only follows from it."""
        late, said = self._late, self._said
        told = (
            late.transfers, late.incoming_number, late.unit_received_on, late.returned_written, late.judged_written,
            late.lead_written,
        )  # fmt: skip
        in_hand = said.result in {Result.IN_PROGRESS, Result.ROADMAP} and bool(late.units_written)
        return any(told) or in_hand or said.stand is Stand.RETURNED or self._has_answer()

    def _has_answer(self) -> bool:
        late = self._late
        return bool(
            late.answers
            or late.answer_received_on
            or late.answer_text
            or self._said.stand is Stand.ANSWERED
            or self._said.result in FINISHED
        )

    def _sent(self) -> Iterator[Telling]:
        found = sendings(
            self._late,
            self._bodies,
            given=self._replay.addressee,
            names_committee=self._replay.says_committee(self._late),
        )
        if not found.to:
            self._doubt_addressee(found)
            return
        letter = self._one(self._late.transfers, Field.TRANSFER)
        to = tuple(self._in_office(sending, letter) for sending in found.to)
        higher = [s for s in to if self._bodies.is_higher(s.addressee)]
        if higher and len(to) > 1:
            self._doubt(Field.ADDRESSEE, doubts.several_levels())
        elif higher:
            yield from self._forwarded(higher[0].addressee, letter)
        else:
            yield from self._transferred(to, letter)

    def _doubt_addressee(self, found: Sendings) -> None:
        column = Field.ADDRESSEE if self._late.addressee_written else Field.AGENCY
        if found.unknown:
            self._doubt(column, doubts.addressee_unknown(tuple(map(self._bodies.why_unknown, found.unknown))))
        else:
            self._doubt(column, doubts.addressee_unsaid())

    def _in_office(self, sending: Sending, letter: PaperSaid | None) -> Sending:
        day, today = letter.on if letter else None, self._replay.today
        then = self._bodies.then
        lead = then(sending.lead, day, today) if sending.lead else None
        return Sending(then(sending.addressee, day, today), lead, sending.coordinating)

    def _forwarded(self, to: str, letter: PaperSaid | None) -> Iterator[Telling]:
        level = self._bodies.known[to].level
        yield Telling(trigger="screen", column=Field.TRANSFER, payload={"level": level.value})
        yield Telling(
            trigger="forward_higher",
            column=Field.TRANSFER,
            on=letter.on if letter else None,
            payload={"addressee": to},
            slip=self._slip(letter, self._bodies.issuer(letter.number) if letter else None, Field.TRANSFER),
            act=PaperAct.FORWARDING if letter else None,
        )
        if self._has_answer():
            yield self._answer("record_higher_answer", to, None)
            yield from self._afterwards()

    def _transferred(self, to: tuple[Sending, ...], letter: PaperSaid | None) -> Iterator[Telling]:
        yield Telling(trigger="screen", column=Field.TRANSFER, payload={"level": Level.COMMUNE.value})
        yield Telling(
            trigger="transfer",
            column=Field.TRANSFER,
            on=letter.on if letter else None,
            payload={"addressees": tuple(s.addressee for s in to)},
            slip=self._slip(letter, self._bodies.issuer(letter.number) if letter else None, Field.TRANSFER),
            act=PaperAct.TRANSFER if letter else None,
        )
        for sending in to:
            yield from self._received(sending, alone=len(to) == 1)
        if self._is_returned():
            yield from self._returned(to)
        elif self._has_answer():
            yield from self._answered(to)

    def _received(self, sending: Sending, *, alone: bool) -> Iterator[Telling]:
        """A receipt that is told, or that a unit's assignment shows: its day stays unknown then.

        Of several addressees “Ngày UBND nhận” is the committee's day.
        """
        late, column = self._late, Field.UNIT_RECEIVED_ON
        of_committee = "ubnd" in self._replay.headings.get(column, "").casefold()
        theirs = alone or not of_committee or sending.addressee == self._bodies.committee
        day, number = (late.unit_received_on, late.incoming_number) if theirs else (None, "")
        if day or number or sending.lead:
            said = {"incoming_number": number} if number else {}
            yield Telling(trigger="receive", column=column, on=day, payload=said, at=sending.addressee)
        if sending.lead:
            assigned: dict[str, Any] = {"lead": sending.lead}
            if sending.coordinating:
                assigned["coordinating"] = sending.coordinating
            column = Field.LEAD if late.lead_written else Field.AGENCY
            yield Telling(trigger="assign", column=column, payload=assigned, at=sending.addressee)

    def _is_returned(self) -> bool:
        late = self._late
        said = bool(late.returned_written) and not is_no(late.returned_written)
        return said or self._said.stand is Stand.RETURNED

    def _returned(self, to: tuple[Sending, ...]) -> Iterator[Telling]:
        late = self._late
        column = Field.RETURNED if late.returned_written else Field.RESULT
        if len(to) > 1 or late.answers:
            self._doubt(column, doubts.return_unclear())
            if late.answers:
                yield from self._answered(to)
            return
        written = late.returned_written or late.result_written
        words = {} if is_tick(written) else {"words": written}
        paper = late.returned
        yield Telling(
            trigger="return_wrong_authority",
            column=column,
            on=paper.on if paper else None,
            payload={"because": return_reason(written).value, **words},
            at=to[0].addressee,
            slip=self._slip(paper, to[0].addressee, column) if paper and paper.number else None,
            act=PaperAct.RETURN if paper and paper.number else None,
        )

    def _answered(self, to: tuple[Sending, ...]) -> Iterator[Telling]:
        who = who_answered(self._late, tuple(s.addressee for s in to), self._bodies)
        if who is None:
            self._doubt(Field.ANSWER, doubts.answerer_unclear())
            return
        lead = next(s.lead for s in to if s.addressee == who)
        yield self._answer("answer", who, lead)
        if len(to) == 1:
            yield from self._afterwards()

    def _answer(self, trigger: str, who: str, lead: str | None) -> Telling:
        late = self._late
        paper = self._one(late.answers, Field.ANSWER)
        claimed, reason = self._claimed()
        drafted_by = self._bodies.known[lead].name if lead else None
        payload = {
            "claimed": claimed.value,
            "words": late.answer_text or _without_words(late, paper),
            "original_result": late.result_written[:_LONGEST_LINE] or None,
            "evidence": self._evidence(paper),
            "reason_not_yet": reason,
            "drafted_by": drafted_by,
        }
        return Telling(
            trigger=trigger,
            column=Field.ANSWER,
            on=late.answer_received_on or (paper.on if paper else None),
            payload={name: value for name, value in payload.items() if value is not None},
            at=who if trigger == "answer" else None,
            slip=self._slip(paper, who, Field.ANSWER),
            act=PaperAct.ANSWER if paper else None,
        )

    def _claimed(self) -> tuple[Result, str | None]:
        """Return the result that the answer claims; of an answer of which none is told nothing finished."""
        said = self._said
        if said.result is None:
            if said.stand is not None or not self._late.result_written:
                self._doubt(Field.RESULT, doubts.result_unsaid())
            return Result.IN_PROGRESS, None
        return said.result, said.reason.value if said.reason else None

    def _evidence(self, paper: PaperSaid | None) -> str | None:
        """Return the evidence that the register names; the answer itself only where it says so."""
        said = self._late.evidence
        if not said or is_tick(said) or is_no(said):
            return None
        if mentions_the_answer(said) and paper and paper.number and paper.number not in said:
            return f"{said}: {_cited(paper)}"
        return said

    def _afterwards(self) -> Iterator[Telling]:
        yield from self._judged()
        yield from self._told()

    def _judged(self) -> Iterator[Telling]:
        late = self._late
        if late.judged_written:
            column, said, written = Field.JUDGED, said_of_result(late.judged_written), late.judged_written
            if said.result is None:
                self._doubt(column, doubts.result_unknown(written))
        elif self._replay.results is Results.JUDGED:
            column, said, written = Field.RESULT, self._said, late.result_written
        else:
            return
        if said.result is None:
            return
        payload = {
            "result": said.result.value,
            "evidence": self._evidence(self._one(late.answers, None)),
            "reason_not_yet": said.reason.value if said.reason else None,
            "words": f"Theo sổ cũ: {written}",
        }
        told = {name: value for name, value in payload.items() if value is not None}
        yield Telling(trigger="judge", column=column, on=late.judged_on, payload=told)

    def _told(self) -> Iterator[Telling]:
        written, on = self._late.told_written, self._late.told_on
        if is_no(written) or not (written or on):
            return
        payload = {"via": way_of_telling(written).value}
        if any(map(str.isalpha, written)) and not is_tick(written):
            payload["note"] = " ".join(written.split())[:_LONGEST_LINE]
        yield Telling(trigger="inform_voters", column=Field.TOLD, on=on, payload=payload)

    def _one(self, papers: tuple[PaperSaid, ...], column: Field | None) -> PaperSaid | None:
        """Return the paper of a cell; of several the last, which is the one in force."""
        if len(papers) > 1 and column is not None:
            self._doubt(column, doubts.several_papers([p.written for p in papers]))
        return papers[-1] if papers else None

    def _slip(self, paper: PaperSaid | None, issuer: str | None, column: Field) -> DocumentSlip | None:
        if paper is None or paper.number is None:
            return None
        found = paper_number(paper.number)
        try:
            return DocumentSlip(
                number=paper.number,
                issued_on=paper.on,
                issuer=issuer,
                type=found.type if found else DocumentType.OFFICIAL_LETTER,
            )
        except ValidationError:
            self._doubt(column, doubts.paper_unusable(paper.written))
            return None

    def _doubt(self, column: Field, found: doubts.Doubt) -> None:
        heading = self._replay.headings.get(column) or column.label.vi
        self.problems.append(found.at(heading))


def _without_words(late: Late, paper: PaperSaid | None) -> str:
    said = f"{NO_WORDS}; {_cited(paper)}" if paper and paper.number else NO_WORDS
    return f"{said}; kết quả ghi: {late.result_written}" if late.result_written else said


def _cited(paper: PaperSaid) -> str:
    return f"{paper.number} ngày {paper.on:%d/%m/%Y}" if paper.on else str(paper.number)
