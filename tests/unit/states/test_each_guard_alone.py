"""For every guard of every row: all else holds, this one fails, and the refusal names exactly it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from states import entries as e
from states import machine
from states.checker import EXCLUSIVE
from states.errors import Refused
from states.facts import Facts, Hands, OtherCase, Signed
from states.findings import Guard
from states.kinds import KINDS
from states.letter_words import LetterClass
from states.lifecycle import ABSENT, Lifecycle, Transition
from states.meeting_words import MeetingKind, ReportStage
from states.question_words import WrittenReason
from states.referral import REFERRAL
from states.supervision_words import Outcome
from states.vocabulary import AgencyKind, Level, PetitionNature, Result
from tests import facts as f

Break = Callable[[Facts], Facts]
TABLES = [*KINDS.values(), REFERRAL]


def named(facts: Facts, **agencies: object) -> Facts:
    return replace(facts, reference=replace(facts.reference, **agencies))  # type: ignore[arg-type]  # fields given by name


def decided_by(body: object) -> Break:
    return lambda facts: replace(facts, hands=Hands(f.OPERATOR, Signed(body)))  # type: ignore[arg-type]  # fields given by name


def in_case(**values: object) -> Break:
    return lambda facts: replace(facts, case=replace(facts.case, **values))  # type: ignore[arg-type]  # fields given by name


def answered_by_the_decider(facts: Facts) -> Facts:
    body = facts.deciding_body
    case = replace(facts.case, charged=body if facts.case.charged else None)
    assert body is not None
    return replace(facts, case=case, referrals=tuple(replace(r, agency=body) for r in facts.referrals))


def in_detail(name: str, value: object) -> Break:
    return lambda facts: in_case(detail={**facts.case.detail, name: value})(facts)


def one_still_waits(facts: Facts) -> Facts:
    waiting = replace(facts.referrals[0], state="received", claimed=None)
    return replace(facts, referrals=(*facts.referrals, waiting))


def received_already(facts: Facts) -> Facts:
    assert facts.referral is not None
    return replace(facts, referral=replace(facts.referral, received=True))


def closed_body(facts: Facts) -> Facts:
    gone = f.TODAY - timedelta(days=1)
    return named(facts, agencies={key: replace(one, valid_to=gone) for key, one in facts.reference.agencies.items()})


BREAKS: dict[str, Break] = {
    "case_is_open": in_case(final=True),
    "is_mere_opinion": in_case(nature=PetitionNature.REQUEST),
    "is_own_level": in_case(level=Level.PROVINCE),
    "is_higher_level": in_case(level=Level.COMMUNE),
    "goes_higher": f.entry(level=Level.COMMUNE),
    "judge_is_not_the_addressee": lambda facts: named(facts, agencies={f.STANDING_BODY: f.agency(f.STANDING_BODY)}),
    "merges_into_another_open_case": lambda facts: named(
        facts, cases={f.CASE: OtherCase(f.CASE, "petition", "recorded", final=False)}
    ),
    "receipt_is_missing": received_already,
    "answer_is_signed_by_the_addressee": decided_by(f.LEAD),
    "addressees_in_office": closed_body,
    "addressees_are_new": lambda facts: named(facts, agencies={f.ADDRESSEE: f.agency()}),
    "has_document": lambda facts: replace(facts, has_document=False),
    "day_is_not_in_the_future": lambda facts: replace(facts, on=f.TODAY + timedelta(days=1)),
    "decider_is_the_standing_body": decided_by(f.OFFICE),
    "decider_is_not_the_answerer": answered_by_the_decider,
    "result_is_final": f.entry(result=Result.IN_PROGRESS),
    "result_is_open": f.entry(result=Result.EXPLAINED),
    "roadmap_has_time_and_review": lambda facts: replace(facts, entry=f.ROADMAP.model_copy(update={"review_on": None})),
    "not_yet_has_reason_and_review": lambda facts: replace(
        facts, entry=f.NOT_YET.model_copy(update={"reason_not_yet": None})
    ),
    "resolved_has_evidence": lambda facts: replace(facts, entry=f.RESOLVED.model_copy(update={"evidence": None})),
    "extension_has_length": f.entry(extended_to=date(2026, 10, 1)),
    "all_have_answered": one_still_waits,
    "longer_time_is_said": f.entry(due_words=None, due_on=None),
    "time_or_reason": f.entry(due_words=None, due_on=None, no_time_because=None),
    "outcome_is_done": f.entry(outcome=Outcome.PARTLY),
    "outcome_is_short": f.entry(outcome=Outcome.DONE, evidence="Biên bản kiểm tra"),
    "done_has_evidence": f.entry(evidence=None),
    "end_has_come": f.entry(ended_on=f.TODAY + timedelta(days=1)),
    "reason_fits_the_group": f.entry(reason=WrittenReason.NOT_IN_GROUP),
    "study_is_pending": in_detail("study_pending", False),
    "no_study_is_pending": in_detail("study_pending", True),
    "is_a_reception": in_detail("meeting_kind", MeetingKind.GIAO_BAN),
    "is_a_joint_conference": in_detail("meeting_kind", MeetingKind.GIAO_BAN),
    "report_is_adopted": in_detail("report", ReportStage.DRAFTED),
    "hearing_is_concluded_by_more_than_half": f.entry(votes_for=2, members=4),
    "joins_an_open_topic": lambda facts: named(
        facts, cases={f.OTHER: OtherCase(f.OTHER, "topic", "closed", final=True)}
    ),
    "round_was_not_called_off": lambda facts: named(
        facts, cases={f.OTHER: OtherCase(f.OTHER, "contact_round", "cancelled", final=True)}
    ),
    "follower_is_of_the_council": lambda facts: named(
        facts, agencies={f.STRANGER: f.agency(f.STRANGER, kind=AgencyKind.PEOPLES_COMMITTEE)}
    ),
    "follower_does_not_carry_it_out": in_case(charged=f.STRANGER),
    "replaces_another": lambda facts: named(
        facts, cases={f.CASE: OtherCase(f.CASE, facts.case.kind, "assigned", final=False)}
    ),
    "is_no_denunciation": lambda facts: replace(
        facts,
        entry=f.DENOUNCED
        if facts.case.state == ABSENT
        else facts.entry and facts.entry.model_copy(update={"classification": LetterClass.DENUNCIATION}),
    ),
    "is_a_denunciation": f.entry(classification=LetterClass.COMPLAINT),
    "denouncer_is_not_named": lambda facts: replace(facts, has_petitioner=True),
}
"""How to make each guard fail in facts in which everything holds."""

CHOOSING = {code for pair in EXCLUSIVE for code in pair}
"""They decide between two edges of one trigger: the one fails where the other holds, so nothing is refused."""


def chooses(table: Lifecycle, row: Transition, guard: Guard) -> bool:
    """Tell whether the guard stands on one edge of a trigger of which another edge has its opposite."""
    edges = table.edges_from[str(row.source[0]) if row.source else ABSENT, row.trigger]
    codes = {other.code for edge in edges for other in edge.row.when}
    return any(guard.code in pair and pair <= codes for pair in EXCLUSIVE)


# A judgement with the result that a guard speaks of leads over one edge only; on the other it cannot be alone.
ONLY_WITH = {
    "roadmap_has_time_and_review": "result_is_open",
    "not_yet_has_reason_and_review": "result_is_open",
    "resolved_has_evidence": "result_is_final",
    "done_has_evidence": "outcome_is_done",
}


def cases() -> Iterator[tuple[Lifecycle, Transition, Guard]]:
    for table in TABLES:
        for row in table.transitions:
            for guard in row.when:
                beside = ONLY_WITH.get(guard.code)
                if not chooses(table, row, guard) and (beside is None or any(g.code == beside for g in row.when)):
                    yield table, row, guard


NAMES = [f"{table.kind}.{row.trigger}.{guard.code}" for table, row, guard in cases()]


@pytest.mark.parametrize(("table", "row", "guard"), list(cases()), ids=NAMES)
def test_a_guard_that_fails_alone_is_told_alone(table: Lifecycle, row: Transition, guard: Guard) -> None:
    state = str(row.source[0]) if row.source else ABSENT
    good = f.facts(table, row, state)
    assert machine.decide(table, good, row.trigger, state=state).row is row
    broken = BREAKS[guard.code](good)
    with pytest.raises(Refused) as refused:
        machine.decide(table, broken, row.trigger, state=state)
    failed = [finding for finding in refused.value.findings if finding.holds is False]
    assert [finding.code for finding in failed] == [guard.code]
    assert failed[0].text == guard.fails
    assert guard.fails.vi in refused.value.text.vi
    assert {x.code for x in refused.value.findings} == {row.who.code, *(g.code for g in row.when)}


def test_every_guard_of_every_table_has_its_break() -> None:
    used = {guard.code for table in TABLES for row in table.transitions for guard in row.when}
    assert used == set(BREAKS)
    tried = {guard.code for _, _, guard in cases()}
    assert tried | CHOOSING == used


def choices() -> Iterator[tuple[Lifecycle, Transition, Transition, Guard]]:
    """Every edge with a choosing guard, and the other edge of its trigger from there."""
    for table in TABLES:
        for edges in table.edges_from.values():
            for edge in edges if len(edges) > 1 else ():
                (other,) = (one.row for one in edges if one is not edge)
                (guard,) = (guard for guard in edge.row.when if guard.code in CHOOSING)
                yield table, edge.row, other, guard


@pytest.mark.parametrize(("table", "row", "other", "guard"), list(choices()))
def test_a_choosing_guard_that_fails_leads_over_the_other_edge(
    table: Lifecycle, row: Transition, other: Transition, guard: Guard
) -> None:
    state = str(row.source[0]) if row.source else ABSENT
    broken = BREAKS[guard.code](f.facts(table, row, state))
    assert machine.decide(table, broken, row.trigger, state=state).row is other


def test_every_choosing_guard_chooses_somewhere() -> None:
    assert {guard.code for *_, guard in choices()} == CHOOSING


WARNINGS: dict[str, Break] = {
    "answer_is_complete": lambda facts: replace(facts, entry=e.AnswerRow(claimed=Result.ROADMAP, words="sẽ làm")),
    "receipt_is_known": lambda facts: replace(
        facts, referral=replace(facts.referral, received=False) if facts.referral else None
    ),
    "result_fits_claim": lambda facts: replace(
        facts, case=replace(facts.case, claimed=Result.ROADMAP), entry=f.RESOLVED
    ),
    "day_is_known": lambda facts: replace(facts, on=None),
    "has_document": BREAKS["has_document"],
    "promise_has_time": f.entry(due_words=None, due_on=None),
    "promise_has_session": f.entry(session=None),
    "shortfall_has_review": f.entry(review_on=None),
    "undated_has_review": f.entry(due_on=None, due_words="khi có vốn", review_on=None),
    "finding_has_review": f.entry(review_on=None),
    "all_have_answered": one_still_waits,
    "question_has_occasion": f.entry(session=None, sitting_on=None),
    "oral_answer_is_complete": f.entry(responsible=None),
    "answers_in_person": f.entry(stand_in="Phó trạm trưởng"),
    "reply_is_signed_by_the_one_questioned": decided_by(f.LEAD),
    "study_names_its_head": f.entry(head=None),
    "meeting_has_day": f.entry(planned_on=None),
    "reception_result_is_told": lambda facts: f.entry(posted=False)(
        in_case(detail={"meeting_kind": "reception"})(facts)
    ),
    "task_has_time": f.entry(due_words=None, due_on=None),
    "task_has_product": f.entry(product=None),
    "opinions_add_up": f.entry(forwarded_count=4),
    "explanations_are_judged": f.entry(judged_by=None),
    "deputies_are_assigned": f.entry(deputies_assigned=None),
    "raised_by_a_deputy_group": lambda facts: named(facts, agencies={f.STRANGER: f.agency(f.STRANGER)}),
    "opinion_has_session": f.entry(session=None),
    "next_check_has_a_day": f.entry(review_on=None),
    "plan_has_time": f.entry(due_words=None, due_on=None),
    "letter_is_summed_up": f.entry(text=None),
    "file_has_its_day": f.entry(due_on=None),
}


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.kind)
def test_a_warning_is_told_and_stops_nothing(table: Lifecycle) -> None:
    for row in table.transitions:
        state = str(row.source[0]) if row.source else ABSENT
        for guard in row.warns:
            if guard.code == "result_fits_claim" and any(g.code == "result_is_open" for g in row.when):
                continue
            good = f.facts(table, row, state)
            assert guard.code not in {w.code for w in machine.decide(table, good, row.trigger, state=state).warnings}
            decision = machine.decide(table, WARNINGS[guard.code](good), row.trigger, state=state)
            assert guard.code in {w.code for w in decision.warnings}


TRIGGERS = [(table, trigger) for table in KINDS.values() for trigger in table.triggers]


@pytest.mark.parametrize(("table", "trigger"), TRIGGERS, ids=[f"{t.kind}.{trigger}" for t, trigger in TRIGGERS])
def test_all_that_fails_is_collected_at_once(table: Lifecycle, trigger: str) -> None:
    rows = [row for row in table.transitions if row.trigger == trigger]
    state = str(rows[0].source[0]) if rows[0].source else ABSENT
    facts = f.facts(table, rows[0], state)
    for guard in rows[0].when:
        if guard.code not in ONLY_WITH and guard.code not in CHOOSING:
            facts = BREAKS[guard.code](facts)
    facts = replace(facts, hands=replace(facts.hands, recorded_by=f.PEOPLE["nobody"]))
    with pytest.raises(Refused) as refused:
        machine.decide(table, facts, trigger, state=state)
    failed = {finding.code for finding in refused.value.findings if finding.holds is False}
    wanted = {guard.code for guard in rows[0].when if not guard.check(facts)} | {rows[0].who.code}
    assert failed == wanted
