"""Each petition has one place, one time and one outcome; each rate says what it divides; the sums are held together."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import get_args

import pytest

from states.kinds import KINDS
from states.petition import PETITION
from states.referral import REFERRAL
from states.text import Text
from states.vocabulary import Level, PetitionNature
from workflows.rates import words
from workflows.rates.definitions import (
    APART,
    LEFT_OUT,
    OUTCOMES,
    PLACES,
    TIMES,
    By,
    Outcome,
    Place,
    Time,
    outcome_of,
    place_of,
    time_of_unsent,
)
from workflows.rates.drawing import row_of
from workflows.rates.tallies import Counted, Tally

DAY = date(2026, 9, 30)
SETTLED = Counted("own", True, "in_time", "in_time", "resolved", False)


def test_every_line_has_words_in_both_languages() -> None:
    assert set(PLACES) == set(get_args(Place))
    assert set(TIMES) == set(get_args(Time))
    assert set(OUTCOMES) == set(get_args(Outcome))
    assert set(words.UNITS) == set(words.TITLES) == set(words.UNNAMED) == set(get_args(By))
    assert {"own", *APART, *LEFT_OUT} == set(PLACES)
    said: list[Text] = [*PLACES.values(), *TIMES.values(), *OUTCOMES.values(), *words.CHECKS.values()]
    assert all(text.vi and text.en for text in said)
    assert len(set(said)) == len(said), "two lines with the same words cannot be told apart"


@pytest.mark.parametrize("own", ["commune", "province"])
def test_every_combination_of_values_has_exactly_one_place_and_outcome(own: str) -> None:
    levels = (None, *Level)
    natures = tuple(PetitionNature)
    for state, level, nature, referral in product(PETITION.states, levels, natures, (None, *REFERRAL.states)):
        place = place_of(
            state=str(state), level=level, nature=nature, own=own, dated=True,
            referral=None if referral is None else str(referral),
        )  # fmt: skip
        assert place in PLACES
        for judged, answered in product((None, *PETITION.results), (True, False)):
            assert outcome_of(state=str(state), judged=judged, answered=answered) in OUTCOMES
        assert time_of_unsent(str(state)) in TIMES


def test_a_place_is_decided_by_what_weighs_most() -> None:
    def place(state: str, **values: str) -> Place:
        given = {"level": "commune", "nature": "request", "own": "commune", **values}
        return place_of(
            state=state, level=given["level"], nature=given["nature"], own=given["own"],
            dated=given.get("dated") != "no", referral=given.get("referral"),
        )  # fmt: skip

    assert place("with_authority") == "own"
    assert place("with_authority", level="hamlet") == "own"
    assert place("answered", level="province") == "higher", "the higher level's answer stays outside the commune's rate"
    assert place("answered", level="province", own="province") == "own"
    assert place("closed", nature="opinion") == "opinion"
    assert place("withdrawn", nature="opinion", level="central") == "withdrawn"
    assert place("voided", dated="no") == "voided"
    assert place("recorded", dated="no") == "undated"
    assert place("with_authority", referral="returned") == "returned"
    assert place("with_authority", referral="prepared") == "unsent"
    assert place("merged", referral="accepted") == "merged"


def test_an_empty_row_has_no_rate_and_still_agrees() -> None:
    row = row_of(Tally(), key=None, label=words.TOTAL, by="council", as_of=DAY)
    assert [rate.printed.vi for rate in row.rates] == ["—"] * 5
    assert row.rate("answered").sentence.vi == "Đã trả lời: 0/0 = —, tính đến 30/09/2026"
    assert all(check.holds for check in row.checks)


def test_a_row_says_when_its_sums_do_not_agree() -> None:
    tally = Tally(received=3)
    tally.add(SETTLED, 2)
    row = row_of(tally, key=None, label=words.TOTAL, by="council", as_of=DAY)
    wrong = [check for check in row.checks if not check.holds]
    assert [check.code for check in wrong] == ["received"]
    assert wrong[0].says.vi == "Tiếp nhận = tính tỷ lệ + ngoài tỷ lệ: KHÔNG KHỚP: 3 và 2"


def test_an_answer_that_only_the_state_knows_of_is_found_by_the_checks() -> None:
    tally = Tally(received=1)
    tally.add(Counted("own", True, "not_due", "not_due", "to_judge", False))
    row = row_of(tally, key=None, label=words.TOTAL, by="council", as_of=DAY)
    assert [check.code for check in row.checks if not check.holds] == ["answered_times"]


def test_each_rate_carries_numerator_denominator_definition_and_day() -> None:
    tally = Tally(received=3)
    tally.add(SETTLED, 2)
    tally.add(Counted("own", False, "overdue", "overdue", "unanswered", True))
    for by, unit in (("council", "kiến nghị"), ("agency", "lần chuyển")):
        row = row_of(tally, key=None, label=words.TOTAL, by="agency" if by == "agency" else "council", as_of=DAY)
        for rate in row.rates:
            assert (rate.numerator, rate.denominator, rate.as_of) == (2, 3, DAY)
            assert rate.printed == Text("66,7%", "66.7%")
            assert rate.definition.vi.count(unit) == 2
            assert "{" not in rate.definition.vi + rate.definition.en + rate.label.vi
        assert row.rate("resolved").rounding.vi.endswith("nếu cắt bỏ là 66,6%")
        assert row.notes[0].vi.startswith(f"1 {unit} có hạn theo mẫu")


def test_the_bridge_leads_from_answered_over_handled_to_resolved() -> None:
    tally = Tally(received=9)
    fates: dict[Outcome, int] = {"resolved": 3, "explained": 2, "roadmap": 1, "not_yet": 1, "to_judge": 1}
    for outcome, number in fates.items():
        tally.add(Counted("own", True, "in_time", "in_time", outcome, False), number)
    tally.add(Counted("own", False, "not_due", "not_due", "unanswered", False))
    bridge = row_of(tally, key=None, label=words.TOTAL, by="council", as_of=DAY).bridge
    assert (bridge.answered.number, bridge.handled.number, bridge.resolved.number) == (8, 5, 3)
    assert bridge.answered.number - sum(s.number for s in bridge.not_handled) == bridge.handled.number
    assert bridge.handled.number - sum(s.number for s in bridge.not_resolved) == bridge.resolved.number
    assert "unanswered" not in {step.code for step in (*bridge.not_handled, *bridge.not_resolved)}


GIVEN_UP = {"cancel", "withdraw", "convert", "replace", "expire", "carry_to_question"}
"""Triggers that end a case without what it asked for: called off, taken back, replaced, or gone on as another case."""


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_case_that_was_given_up_is_not_counted_as_done(kind: str) -> None:
    table = KINDS[kind]
    given_up = {e.target for e in table.edges if e.row.trigger in GIVEN_UP and table.states[e.target].final}
    assert given_up <= table.rating.apart
    assert not given_up & table.rating.done
