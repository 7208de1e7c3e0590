from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations_with_replacement

import pytest

from states import machine
from states.errors import Refused, UnknownTrigger
from states.guards import ENDED_REFERRALS
from states.kinds import KINDS
from states.lifecycle import SAME
from states.petition import PETITION
from states.referral import REFERRAL
from tests import facts as f

STATES = sorted(map(str, REFERRAL.states))
ANSWERED = {"answered", "accepted"}
OF_REFERRALS = [c for n in range(4) for c in combinations_with_replacement(STATES, n)]


WAYS = {
    "petition": ("screened", "with_authority", "answered", ("judged",)),
    "citizen_letter": ("classified", "forwarded", "result_received", ("informed",)),
}
"""Of kinds whose cases are sent to agencies: where a case waits, is out, is answered, and what comes after."""
FOLLOWING = [(kind, str(now)) for kind in WAYS for now in KINDS[kind].states]


@pytest.mark.parametrize(("kind", "now"), FOLLOWING)
def test_the_state_of_a_case_follows_from_its_referrals(kind: str, now: str) -> None:
    follows = KINDS[kind].follows
    back, out, answered, later = WAYS[kind]
    assert follows is not None
    for states in OF_REFERRALS:
        live = [s for s in states if s not in ENDED_REFERRALS]
        waiting = [s for s in live if s not in ANSWERED]
        wanted = now
        if now in {out, answered} and not live:
            wanted = back
        elif now == out and not waiting:
            wanted = answered
        elif now in {answered, *later} and waiting:
            wanted = out
        assert follows.state(now, states) == wanted
        assert follows.state(wanted, states) == wanted


def test_all_states_that_end_a_referral_are_final() -> None:
    assert {s for s, m in REFERRAL.states.items() if m.final} == ENDED_REFERRALS | {"accepted"}


def test_an_unknown_trigger_names_those_there_are() -> None:
    row = PETITION.transitions[0]
    with pytest.raises(UnknownTrigger) as unknown:
        machine.decide(PETITION, f.facts(PETITION, row, "recorded"), "fly", state="recorded")
    assert "compile" in unknown.value.text.vi
    assert "compile" in unknown.value.text.en


def test_a_trigger_out_of_its_step_says_where_the_case_is() -> None:
    row = PETITION.row("judge")
    assert row is not None
    with pytest.raises(UnknownTrigger) as early:
        machine.decide(PETITION, f.facts(PETITION, row, "recorded"), "judge", state="recorded")
    assert PETITION.states["recorded"].label.vi in early.value.text.vi
    assert [x.code for x in early.value.findings] == ["right_state"]


def test_no_way_leads_round_the_guards() -> None:
    """The library's own shortcuts (to_closed and the like) do not exist."""
    for table in (*KINDS.values(), REFERRAL):
        assert set(machine._machine(table).events) == set(table.triggers)


def test_many_threads_share_one_machine() -> None:
    row = PETITION.row("judge")
    assert row is not None
    good = f.facts(PETITION, row, "answered")
    bad = replace(good, on=None, referrals=(replace(good.referrals[0], state="received"),))

    def decide(n: int) -> str:
        try:
            return machine.decide(PETITION, bad if n % 2 else good, "judge", state="answered").to_state
        except Refused as refused:
            return ",".join(x.code for x in refused.findings if x.holds is False)

    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(decide, range(400)))
    assert ended == ["closed", "all_have_answered"] * 200


def test_a_decision_changes_no_facts_and_no_table() -> None:
    row = PETITION.row("note")
    assert row is not None
    facts = f.facts(PETITION, row, "screened")
    assert machine.decide(PETITION, facts, "note", state="screened") == machine.decide(
        PETITION, facts, "note", state="screened"
    )
    assert row.target != SAME
