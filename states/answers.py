"""What an answer must contain depends on the result it claims.

Source: the standing body's own criticism of vague answers ("nguyên nhân trách nhiệm, thời gian, giải pháp … chưa cụ
thể") and the office's practice: an explanation needs its ground, a roadmap all four parts and a review date, a
resolved petition its evidence, a mere opinion nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from states.entries import AnswerRow
from states.text import Text
from states.vocabulary import PetitionNature, Result

PARTS: dict[str, Text] = {
    "cause": Text("nguyên nhân", "cause"),
    "responsible": Text("đơn vị chịu trách nhiệm", "responsible unit"),
    "time": Text("thời hạn (ngày, quý hoặc sự kiện)", "time (date, quarter or event)"),
    "measure": Text("giải pháp", "measure"),
    "review": Text("ngày rà soát lại", "review date"),
    "ground": Text("căn cứ, nguồn", "ground and source"),
    "evidence": Text("minh chứng", "evidence"),
    "reason": Text("lý do chưa giải quyết", "reason for not yet"),
    "copy_to_front": Text("bản gửi Ban Thường trực UBMTTQ", "copy to the Front's standing board"),
}

_PRESENT: dict[str, Callable[[AnswerRow], object]] = {
    "cause": lambda a: a.cause,
    "responsible": lambda a: a.responsible,
    "time": lambda a: a.due_on or a.due_words,
    "measure": lambda a: a.measure,
    "review": lambda a: a.review_on,
    "ground": lambda a: a.ground,
    "evidence": lambda a: a.evidence,
    "reason": lambda a: a.reason_not_yet,
    "copy_to_front": lambda a: a.copied_to_front,
}

REQUIRED: dict[Result, tuple[str, ...]] = {
    Result.RESOLVED: ("evidence",),
    Result.EXPLAINED: ("ground",),
    Result.ROADMAP: ("cause", "responsible", "time", "measure", "review"),
    Result.IN_PROGRESS: ("cause", "responsible", "time", "measure"),
    Result.NOT_YET: ("reason", "review"),
    Result.NOTED: (),
}


def missing_parts(answer: AnswerRow, nature: PetitionNature | None) -> tuple[str, ...]:
    """List the parts that `answer` lacks for its claimed result, as keys of `PARTS`.

    A mere opinion needs none. The copy to the Front is listed for every answer; it never stops the clock.
    """
    if nature is PetitionNature.OPINION:
        return ()
    return tuple(part for part in (*REQUIRED[answer.claimed], "copy_to_front") if not _PRESENT[part](answer))
