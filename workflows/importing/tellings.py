"""What an old register tells of a petition's life: moves to be made, and what its results are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import unique
from typing import Any

from states.entries import DocumentSlip
from states.labelled import LABELS, Labelled
from states.paper_acts import PaperAct
from states.text import Text
from workflows.importing.headings import Field
from workflows.importing.problems import Problem

NO_WORDS = "Sổ cũ không ghi nội dung trả lời"
"""What stands in the place of an answer's words where the register has none."""


@unique
class Results(Labelled):
    """What the results of a register are: what the answers claim, or what the standing body has judged."""

    CLAIMED = "claimed"
    JUDGED = "judged"


LABELS.add(
    (Results.CLAIMED, Text("Kết quả theo văn bản trả lời", "As the answers claim")),
    (Results.JUDGED, Text("Kết quả Thường trực HĐND đã kết luận", "As the standing body judged")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One move that the register tells; `column` is where it says so.

    `on` is the civil date of the fact, None where it is unknown. `at` is the code of the body whose sending moves, None
    for the petition itself. `act` is what the paper did, where a paper moved the petition.
    """

    trigger: str
    column: Field
    on: date | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    at: str | None = None
    slip: DocumentSlip | None = None
    act: PaperAct | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a row tells, and what in it is doubtful."""

    moves: tuple[Telling, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def uses_answer(self) -> bool:
        """Say whether the words of the answer stand in one of the moves."""
        return any(move.trigger in {"answer", "record_higher_answer", "explain_at_meeting"} for move in self.moves)


NOTHING_TOLD = Plan()
