"""A judgement of the standing body is refused while one part is missing that its result needs; an event is a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from states import entries as e
from states import machine
from states.errors import Refused
from states.petition import PETITION
from states.vocabulary import NotYetReason, Result
from tests import facts as f

FULL = e.Judgement(
    result=Result.ROADMAP,
    due_on=date(2026, 12, 15),
    review_on=date(2026, 10, 15),
    evidence="Biên bản nghiệm thu",
    reason_not_yet=NotYetReason.FUNDS,
)
JUDGE = PETITION.row("judge")


def judge(result: Result, **without: object) -> str:
    assert JUDGE is not None
    entry = FULL.model_copy(update={"result": result, **without})
    return machine.decide(
        PETITION, replace(f.facts(PETITION, JUDGE, "answered"), entry=entry), "judge", state="answered"
    ).to_state


@pytest.mark.parametrize(
    ("result", "part", "guard"),
    [
        (Result.ROADMAP, "due_on", "roadmap_has_time_and_review"),
        (Result.ROADMAP, "review_on", "roadmap_has_time_and_review"),
        (Result.NOT_YET, "reason_not_yet", "not_yet_has_reason_and_review"),
        (Result.NOT_YET, "review_on", "not_yet_has_reason_and_review"),
        (Result.RESOLVED, "evidence", "resolved_has_evidence"),
    ],
)
def test_a_missing_part_is_refused_by_name(result: Result, part: str, guard: str) -> None:
    judge(result)
    with pytest.raises(Refused) as refused:
        judge(result, **{part: None})
    assert [finding.code for finding in refused.value.findings if finding.holds is False] == [guard]


def test_a_roadmap_may_wait_for_an_event() -> None:
    assert judge(Result.ROADMAP, due_on=None, due_words="khi được phân bổ vốn") == "judged"


@pytest.mark.parametrize("reason", list(NotYetReason))
def test_what_is_put_off_stays_open_whatever_the_reason(reason: NotYetReason) -> None:
    assert judge(Result.NOT_YET, reason_not_yet=reason) == "judged"
