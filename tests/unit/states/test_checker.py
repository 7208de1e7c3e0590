from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from states import entries as e
from states import guards as g
from states.checker import EXCLUSIVE, faults
from states.facts import Facts
from states.kinds import KINDS
from states.letter_words import LetterClass
from states.lettering import IncomingLetter
from states.lifecycle import ABSENT, SAME, FollowRule, Follows, Lifecycle, Proposes, Rated, State, Transition
from states.permissions import council_desk
from states.referral import REFERRAL
from states.supervising import Verification
from states.supervision_words import Outcome
from states.text import Text
from states.vocabulary import Named, Phase, Result
from tests import facts as f

A = Text("một", "one")


def row(trigger: str, source: tuple[str, ...], target: str, **more: Any) -> Transition:
    return Transition(trigger=trigger, source=source, target=target, label=A, help=A, who=council_desk, **more)


def table(*rows: Transition, **more: Any) -> Lifecycle:
    """A tiny sound lifecycle (born, done) with `rows` besides."""
    states = {"born": State(A, Phase.INTAKE), "done": State(A, Phase.DONE, final=True)}
    base = (row("bear", (), "born"), row("end", ("born",), "done"))
    return Lifecycle("tiny", A, "T", "born", more.pop("states", states), (*base, *rows), **more)


STUCK = {"born": State(A, Phase.INTAKE), "done": State(A, Phase.DONE)}
LONELY = {**STUCK, "done": State(A, Phase.DONE, final=True), "island": State(A, Phase.DONE, final=True)}
UNNAMED = {"born": State(Text("một", " "), Phase.INTAKE), "done": State(A, Phase.DONE, final=True)}


class NoLabel(e.Entry):
    """A form whose field has no English label."""

    thing: str | None = e.said("một", "")


BROKEN: list[tuple[Lifecycle, str]] = [
    (table(states=LONELY), "state island is never reached"),
    (table(states=STUCK), "state done is not final and has no way out"),
    (table(row("stay", ("done",), SAME), states=STUCK), "state done is not final and has no way out"),
    (table(row("end", ("born",), SAME)), "born.end has two edges whose guards may both hold"),
    (
        table(row("end", ("born",), SAME, when=(g.result_is_final,), needs=e.Judgement)),
        "born.end has two edges whose guards may both hold",
    ),
    (table(states=UNNAMED), "state born lacks a label"),
    (table(replace(row("x", ("born",), "done"), label=Text("", ""))), "trigger x lacks a label"),
    (table(replace(row("x", ("born",), "done"), help=Text(" ", "a"))), "help of x lacks a label"),
    (table(row("x", ("born",), "done", needs=NoLabel)), "field x.thing lacks a label"),
    (table(row("x", ("nowhere",), "done")), "x names no state nowhere"),
    (table(row("x", ("born",), "nowhere")), "x names no state nowhere"),
    (table(row("x", ("born",), "done", each_referral="fly")), "x fires fly, which referrals do not have"),
    (
        table(row("x", ("born",), "done", each_referral="fly"), referral=REFERRAL),
        "x fires fly, which referrals do not have",
    ),
    (replace(table(), start="done"), "nothing is born in done"),
    (table(row("x", ("born",), "done", keeps={"casket.level": "level"}, needs=e.Screening)), "casket.level"),
    (table(row("x", ("born",), "done", counts=("x.y",))), "x.y, which names no table"),
    (table(row("x", ("born",), "done", fixes={"result": Result.NOTED})), "result, which names no table"),
    (table(row("x", ("born",), "done", keeps={"case.level": "height"})), "keeps height, which its entry does not have"),
    (table(row("x", ("born",), "done", proposes=(Proposes("fly"),))), "x proposes fly, which is no trigger"),
    (table(row("x", ("born",), "done", names={"into": Named.CASE})), "keeps into, which its entry does not have"),
    (table(rated=Rated(done=frozenset({"gone"}))), "done names no state gone"),
    (table(rated=Rated(done=frozenset({"done"}), apart=frozenset({"done"}))), "done is counted twice"),
    (table(rated=Rated(done=frozenset({"done"})), void="done"), "done is counted although it is void"),
]


@pytest.mark.parametrize(("broken", "told"), BROKEN, ids=[told for _, told in BROKEN])
def test_a_broken_table_is_told(broken: Lifecycle, told: str) -> None:
    assert any(told in fault for fault in faults(broken))


def test_a_guard_without_its_sentence_is_told() -> None:
    silent = replace(g.case_is_open, fails=Text("", ""))
    assert "guard case_is_open lacks a label" in faults(table(row("x", ("born",), "done", when=(silent,))))


def test_a_sound_table_has_no_faults() -> None:
    assert faults(table()) == ()
    exclusive = (
        row("judge", ("born",), "done", when=(g.result_is_final,), needs=e.Judgement),
        row("judge", ("born",), SAME, when=(g.result_is_open,), needs=e.Judgement),
    )
    assert faults(table(*exclusive)) == ()


def test_a_state_reached_and_left_only_by_what_follows_is_sound() -> None:
    states = {**LONELY, "island": State(A, Phase.OUT)}
    follows = Follows(
        (FollowRule(A, frozenset({"born"}), "island", bool), FollowRule(A, frozenset({"island"}), "born", bool))
    )
    assert faults(table(states=states, follows=follows)) == ()


@pytest.mark.parametrize("lifecycle", [*KINDS.values(), REFERRAL], ids=lambda t: t.kind)
def test_every_shipped_lifecycle_is_sound(lifecycle: Lifecycle) -> None:
    assert faults(lifecycle) == ()


def test_what_is_proposed_elsewhere_is_a_trigger_of_some_kind() -> None:
    known = {trigger for lifecycle in KINDS.values() for trigger in lifecycle.triggers}
    wanted = {p.trigger for lifecycle in KINDS.values() for row in lifecycle.transitions for p in row.proposes}
    assert wanted <= known


Told = Callable[[Facts], Facts]


def entered(entry: e.Entry) -> Told:
    return lambda facts: replace(facts, entry=entry)


def pending(*, study: bool) -> Told:
    return lambda facts: replace(facts, case=replace(facts.case, detail={"study_pending": study}))


CHOSEN: dict[frozenset[str], tuple[str, str, list[Told]]] = {
    frozenset({"result_is_final", "result_is_open"}): (
        "petition",
        "judge",
        [entered(e.Judgement(result=result)) for result in Result],
    ),
    frozenset({"outcome_is_done", "outcome_is_short"}): (
        "recommendation",
        "verify",
        [entered(Verification(outcome=outcome)) for outcome in Outcome],
    ),
    frozenset({"is_a_denunciation", "is_no_denunciation"}): (
        "citizen_letter",
        "register",
        [entered(f.DENOUNCED if kind is LetterClass.DENUNCIATION else IncomingLetter()) for kind in LetterClass],
    ),
    frozenset({"study_is_pending", "no_study_is_pending"}): (
        "question",
        "receive_reply",
        [pending(study=True), pending(study=False)],
    ),
}
"""For each pair of guards that exclude each other: the trigger they choose for, and all facts they tell apart."""


@pytest.mark.parametrize("pair", EXCLUSIVE, ids=sorted)
def test_of_two_exclusive_guards_exactly_one_holds(pair: frozenset[str]) -> None:
    kind, trigger, told = CHOSEN[pair]
    rows = [row for row in KINDS[kind].transitions if row.trigger == trigger]
    guards = {guard.code: guard for row in rows for guard in row.when if guard.code in pair}
    assert set(guards) == pair
    for said in told:
        facts = said(f.facts(KINDS[kind], rows[0], str((*rows[0].source, ABSENT)[0])))
        assert sum(guard.check(facts) for guard in guards.values()) == 1
