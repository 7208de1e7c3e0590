from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from deadlines.errors import LimitAmbiguous, RegulationInvalid
from deadlines.ladders import When
from deadlines.limits import Options, TimeLimit, find_limit, overlapping
from deadlines.loading import (
    parse_regulation,
    regulation_from_dict,
    regulation_from_json,
    regulation_to_dict,
    regulation_to_json,
    shipped_regulations,
)
from deadlines.reckoning import Length
from states.reckoning import DayUnit, Direction, Effect, LimitStatus, Roll, Subject
from states.vocabulary import RoundKind

REGULATIONS = {regulation.code: regulation for regulation in shipped_regulations()}
ALL_LIMITS = [limit for regulation in REGULATIONS.values() for limit in regulation.limits]

HEAD = """
[regulation]
code = "own"
version = "1"
title = { vi = "Quy chế xã", en = "Own regulation" }
status = "in_force"
source = "Quy chế 03/QCPH"
"""
LIMIT = """
[[limit]]
code = "answer"
label = { vi = "Trả lời", en = "Answer" }
role = "answer"
applies = { kind = "petition" }
starts = "received_by_addressee"
length = "30 calendar days"
met_by = "answer_received"
citation = "Điều 9"
confidence = "read"
"""
LADDER = """
[[ladder]]
code = "steps"
rungs = [{ at = "-5 working days", do = "remind", whom = ["assignee"] }]
"""


def test_the_windows_of_the_sample_are_those_of_the_report() -> None:
    sample = REGULATIONS["sample-2021"]
    assert sample.status is LimitStatus.SAMPLE
    assert {limit.effect for limit in sample.limits} == {Effect.SERVICE}
    windows = {limit.code: (limit.length, limit.direction, limit.roll) for limit in sample.limits}
    days = DayUnit.CALENDAR
    assert windows == {
        "answer.after_session": (Length(30, days), Direction.FORWARD, Roll.NEXT),
        "answer.before_session": (Length(20, days), Direction.FORWARD, Roll.NEXT),
        "explanation.before_opening": (Length(1, days), Direction.BACKWARD, Roll.PREVIOUS),
        "plan.before_session": (Length(30, days), Direction.BACKWARD, Roll.PREVIOUS),
        "plan.after_session": (Length(20, days), Direction.FORWARD, Roll.NEXT),
    }


def test_what_the_sources_do_not_say_ships_switched_off() -> None:
    for limit in REGULATIONS["sample-2021"].limits:
        assert limit.options == Options(pause=False, extension=False, not_after=False)
    answer = REGULATIONS["sample-2021"].limit("answer.before_session")
    assert answer.pauses_on
    assert answer.extended_by
    assert answer.not_after
    on = answer.switched(pause=True, not_after=True)
    assert (on.options.pause, on.options.extension, on.options.not_after) == (True, False, True)


def test_reference_limits_ship_disabled() -> None:
    reference = [limit for limit in ALL_LIMITS if limit.status is LimitStatus.REFERENCE]
    assert len(reference) > 10
    assert not any(limit.enabled for limit in reference)


def test_every_form_of_limit_has_a_shipped_example() -> None:
    def some(wanted: Callable[[TimeLimit], object]) -> bool:
        return any(wanted(limit) for limit in ALL_LIMITS)

    assert some(lambda x: x.starts and x.length and x.length.unit is DayUnit.CALENDAR)
    assert some(lambda x: x.starts and x.length and x.length.unit is DayUnit.WORKING)
    assert some(lambda x: x.anchor == "session.opening" and x.direction is Direction.BACKWARD)
    assert some(lambda x: x.anchor == "session.closing" and x.direction is Direction.FORWARD)
    assert some(lambda x: x.after_clock == "answer")
    assert some(lambda x: x.not_after is not None)
    assert some(lambda x: x.length and x.length.unit is DayUnit.MONTH)
    assert {limit.roll for limit in ALL_LIMITS} == set(Roll)
    assert some(lambda x: x.options.extension and x.max_extension)
    assert some(lambda x: x.pauses_on and x.resumes_on)
    assert some(lambda x: x.given)
    assert {limit.status for limit in ALL_LIMITS} == set(LimitStatus)
    assert {limit.effect for limit in ALL_LIMITS} == set(Effect)
    assert {limit.per for limit in ALL_LIMITS} == set(Subject)


def test_the_old_law_ends_the_day_before_the_new_one_begins() -> None:
    old = REGULATIONS["law-87-2015"].limit("written_reply")
    new = REGULATIONS["law-121-2025"].limit("written_reply")
    assert (old.in_force(date(2026, 2, 28)), new.in_force(date(2026, 2, 28))) == (True, False)
    assert (old.in_force(date(2026, 3, 1)), new.in_force(date(2026, 3, 1))) == (False, True)
    assert old.length == new.length == Length(20, DayUnit.CALENDAR)
    assert (old.effect, new.effect) == (Effect.STATUTORY, Effect.SERVICE)


def test_all_shipped_regulations_together_match_at_most_once() -> None:
    assert overlapping(ALL_LIMITS) == []
    waiting_for = {limit.after_clock for limit in ALL_LIMITS if limit.after_clock}
    assert waiting_for <= {limit.role for limit in ALL_LIMITS}


@pytest.mark.parametrize("kind", list(RoundKind))
def test_an_answer_has_one_window_or_asks_for_a_date(kind: RoundKind) -> None:
    found = find_limit(ALL_LIMITS, role="answer", circumstance={"kind": "petition", "round": kind}, on=date(2026, 5, 4))
    expected = {RoundKind.BEFORE_SESSION: 20, RoundKind.AFTER_SESSION: 30}.get(kind)
    assert (found.length.count if found and found.length else None) == expected


def test_two_limits_that_match_the_same_circumstance_are_never_chosen_between() -> None:
    answer = REGULATIONS["sample-2021"].limit("answer.after_session")
    general = replace(answer, code="answer.general", applies={"kind": "petition"})
    with pytest.raises(LimitAmbiguous, match=r"answer\.general"):
        find_limit([answer, general], role="answer", circumstance={"kind": "petition", "round": "after_session"})
    assert find_limit([answer, general], role="answer", circumstance={"kind": "petition"}) == general


@pytest.mark.parametrize("code", sorted(REGULATIONS))
def test_a_regulation_reads_back_equal_from_a_text_column(code: str) -> None:
    regulation = REGULATIONS[code]
    text = regulation_to_json(regulation)
    assert regulation_from_json(text) == regulation
    assert regulation_to_json(regulation_from_json(text)) == text
    assert regulation_from_dict(regulation_to_dict(regulation), origin="row") == regulation


def test_limits_and_regulations_can_be_remembered_by_identity_and_version() -> None:
    sample = REGULATIONS["sample-2021"]
    assert len({sample, regulation_from_json(regulation_to_json(sample))}) == 1
    assert len({*sample.limits, *sample.limits}) == 5


def test_a_minimal_limit_of_ones_own_gets_the_usual_rest() -> None:
    limit = parse_regulation(HEAD + LIMIT, origin="own.toml").limit("answer")
    assert (limit.roll, limit.per, limit.effect, limit.enabled) == (Roll.NEXT, Subject.CASE, Effect.SERVICE, True)
    assert (limit.regulation, limit.regulation_version, limit.status) == ("own", "1", LimitStatus.IN_FORCE)


def test_rungs_are_read_with_their_offsets() -> None:
    sample = REGULATIONS["sample-2021"]
    ladder = sample.ladder_of(sample.limit("answer.before_session"))
    assert [rung.offset for rung in ladder.rungs if rung.when is When.OFFSET] == [-5, -2, 1]
    assert [rung.trigger for rung in ladder.rungs if rung.trigger] == [
        "urge",
        "put_on_agenda",
        "list_at_session",
        "question_group",
    ]
    assert [rung.when for rung in ladder.rungs[-3:]] == [When.NEXT_MEETING, When.NEXT_SESSION, When.NEXT_SESSION]
    assert [rung.at for rung in ladder.rungs[-2:]] == [
        "15 calendar days before next session",
        "10 calendar days before next session",
    ]


def test_a_limit_without_a_ladder_climbs_the_usual_one() -> None:
    sample = REGULATIONS["sample-2021"]
    assert [rung.at for rung in sample.ladder_of(sample.limit("plan.before_session")).rungs] == [
        "-2 working days",
        "on_day",
        "expired",
    ]


FAULTS = [
    ('starts = "received_by_addressee"', 'starts = "received"', "starts"),
    ('starts = "received_by_addressee"', 'starts = "received_by_addressee"\nbefore = "session.opening"', "starts"),
    ('starts = "received_by_addressee"', "", "starts"),
    ('starts = "received_by_addressee"', 'before = "session.end"', "before"),
    ('starts = "received_by_addressee"', 'before = "session.opening"\nrolls = "next working day"', "rolls"),
    ('starts = "received_by_addressee"', 'starts = "sent"\nrolls = "previous working day"', "rolls"),
    ('starts = "received_by_addressee"', 'before = "session.opening"\nper = "referral"', "per"),
    ('starts = "received_by_addressee"', 'starts = "sent"\nprovisional_from = "sent"', "provisional_from"),
    ('starts = "received_by_addressee"', 'before = "session.opening"\nprovisional_from = "sent"', "provisional_from"),
    ('"30 calendar days"', '"thirty days"', "length"),
    ('"30 calendar days"', '"0 working days"', "length"),
    ('"30 calendar days"', '"30 days"', "length"),
    ('"30 calendar days"', '"30 calendar days"\ndue = "until"', "length"),
    ('met_by = "answer_received"', "", "met_by"),
    ('met_by = "answer_received"', 'met_by = "answered"', "met_by"),
    ('applies = { kind = "petition" }', 'applies = { round = "before_session" }', "applies"),
    ('applies = { kind = "petition" }', 'applies = { kind = "petition", rond = "before_session" }', "applies"),
    ('applies = { kind = "petition" }', 'applies = { kind = "petition", round = "before" }', "applies"),
    ('applies = { kind = "petition" }', 'applies = { kind = "petition", meeting_kind = "reception" }', "applies"),
    ('applies = { kind = "petition" }', 'applies = { kind = "meeting", meeting_kind = "feast" }', "applies"),
    ('starts = "received_by_addressee"', 'before = "meeting.day"', "before"),
    (
        'starts = "received_by_addressee"',
        'starts = "sent"\nnot_after = { before = "meeting.day", length = "1 calendar day" }',
        "not_after",
    ),
    ('starts = "received_by_addressee"', 'starts = "due of role"\nrestarts_on = "sent"', "restarts_on"),
    ('citation = "Điều 9"', "", "citation"),
    ('confidence = "read"', 'confidence = "read"\nladder = "stairs"', "ladder"),
    ('confidence = "read"', 'confidence = "read"\ncolour = "red"', "colour"),
    ('confidence = "read"', 'confidence = "read"\npauses_on = "clarification_asked"', "pauses_on"),
    ('confidence = "read"', 'confidence = "read"\nextended_by = "extension_granted"', "extended_by"),
    (
        'confidence = "read"',
        'confidence = "read"\nextended_by = "extension_granted"\nmax_extension = "5 working days"',
        "max_extension",
    ),
    ('confidence = "read"', 'confidence = "read"\noptions = { pause = "on" }', "options"),
    ('confidence = "read"', 'confidence = "read"\noptions = { pause = "maybe" }', "pause"),
    ('confidence = "read"', 'confidence = "read"\neffect = "moral"', "effect"),
    ('label = { vi = "Trả lời", en = "Answer" }', 'label = "Trả lời"', "label"),
]


@pytest.mark.parametrize(("right", "wrong", "field"), FAULTS)
def test_a_faulty_limit_is_refused_with_file_limit_and_field(right: str, wrong: str, field: str) -> None:
    assert right in LIMIT
    with pytest.raises(RegulationInvalid) as refusal:
        parse_regulation(HEAD + LIMIT.replace(right, wrong), origin="own.toml")
    assert refusal.value.data["file"] == "own.toml"
    assert "answer" in str(refusal.value.data["limit"])
    assert refusal.value.data["field"] == field
    assert "own.toml" in refusal.value.text.vi


@pytest.mark.parametrize(
    ("right", "wrong", "field"),
    [
        ("-5 working days", "five days before", "at"),
        ("-5 working days", "-0 working days", "at"),
        ('"remind"', '"shout"', "do"),
        ('"remind"', '"propose"', "trigger"),
        ('["assignee"]', '["neighbour"]', "whom"),
        ('["assignee"]', "[]", "whom"),
    ],
)
def test_a_faulty_rung_is_refused(right: str, wrong: str, field: str) -> None:
    with pytest.raises(RegulationInvalid) as refusal:
        parse_regulation(HEAD + LADDER.replace(right, wrong), origin="own.toml")
    assert refusal.value.data["field"] == field
    assert "ladder steps, rung 1" in str(refusal.value.data["limit"])


def test_two_limits_for_one_circumstance_are_refused_and_both_named() -> None:
    second = LIMIT.replace('code = "answer"', 'code = "answer.too"').replace("30", "20")
    with pytest.raises(RegulationInvalid, match=r"answer and answer\.too"):
        parse_regulation(HEAD + LIMIT + second, origin="own.toml")
    apart = second.replace('{ kind = "petition" }', '{ kind = "petition", round = "before_session" }')
    with pytest.raises(RegulationInvalid, match=r"answer and answer\.too"):
        parse_regulation(HEAD + LIMIT + apart, origin="own.toml")
    first = LIMIT.replace('{ kind = "petition" }', '{ kind = "petition", round = "after_session" }')
    assert len(parse_regulation(HEAD + first + apart, origin="own.toml").limits) == 2


def test_a_code_used_twice_and_a_file_that_is_no_toml_are_refused() -> None:
    with pytest.raises(RegulationInvalid, match="used twice"):
        parse_regulation(HEAD + LIMIT + LIMIT.replace('"petition"', '"question"'), origin="own.toml")
    with pytest.raises(RegulationInvalid, match="not valid TOML"):
        parse_regulation("[regulation", origin="own.toml")
    with pytest.raises(RegulationInvalid, match="regulation"):
        parse_regulation("", origin="own.toml")
