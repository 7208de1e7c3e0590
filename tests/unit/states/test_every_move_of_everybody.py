"""Allowed exactly when the table says: every state, trigger, role and deciding body, by doing and by offering."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from states import entries as e
from states import machine
from states.errors import Refused, UnknownTrigger
from states.facts import Facts, Hands, Signed
from states.findings import Reads
from states.kinds import KINDS
from states.lifecycle import ABSENT, SAME, Lifecycle, Transition
from states.machine import Decision, Offer
from states.permissions import PERMISSIONS
from states.petition import PETITION
from states.referral import REFERRAL
from states.vocabulary import Result
from tests import facts as f

TABLES = [*KINDS.values(), REFERRAL]
DECIDERS = [f.STANDING_BODY, f.OFFICE, f.ADDRESSEE, f.LEAD, f.STRANGER, None]


def rows_of(table: Lifecycle, trigger: str, state: str) -> list[Transition]:
    """The rows of the table that leave `state` by `trigger`, read without any help of the engine."""
    return [
        row
        for row in table.transitions
        if row.trigger == trigger and (state in row.source or (state == ABSENT and not row.source))
    ]


def situations(table: Lifecycle) -> Iterator[tuple[str, str, Facts]]:
    """Every state and trigger with an entry that suits its row; a judgement both ways."""
    for state, trigger in product([ABSENT, *map(str, table.states)], table.triggers):
        rows = rows_of(table, trigger, state) or [row for row in table.transitions if row.trigger == trigger][:1]
        for row in rows:
            yield state, trigger, f.facts(table, row, state)


def outcome(table: Lifecycle, facts: Facts, trigger: str, state: str) -> Decision | str | None:
    """What came of a trigger: the decision, None when some condition failed, "unknown" when no row leaves the state."""
    try:
        return machine.decide(table, facts, trigger, state=state)
    except UnknownTrigger:
        return "unknown"
    except Refused as refused:
        return None if any(finding.holds is False for finding in refused.findings) else "refused without a reason"


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.kind)
def test_a_move_succeeds_exactly_when_its_row_its_person_and_its_guards_say_so(table: Lifecycle) -> None:
    tried = allowed = 0
    for (state, trigger, base), (who, actor), body in product(situations(table), f.PEOPLE.items(), DECIDERS):
        facts = replace(base, hands=Hands(actor, Signed(body)))
        rows = rows_of(table, trigger, state)
        wanted = [r for r in rows if who in f.MAY[r.who.code] and all(guard.check(facts) for guard in r.when)]
        tried += 1
        decision = outcome(table, facts, trigger, state)
        if not isinstance(decision, Decision):
            assert wanted == [], (state, trigger, who, body)
            assert decision == (None if rows else "unknown")
            continue
        assert [decision.row] == wanted, (state, trigger, who, body)
        target = state if decision.row.target == SAME else decision.row.target
        assert (decision.from_state, decision.to_state) == (state, target)
        assert all(finding.holds for finding in decision.findings)
        allowed += 1
    assert 0 < allowed < tried


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.kind)
def test_what_is_offered_is_what_can_be_done(table: Lifecycle) -> None:
    """S12: a button shows exactly when some entry makes the move possible; both run the same guards."""
    known: dict[tuple[object, ...], dict[str, Offer]] = {}
    for state, trigger, base in situations(table):
        if state == ABSENT or not rows_of(table, trigger, state):
            continue
        for who, actor in f.PEOPLE.items():
            facts = replace(base, hands=replace(base.hands, recorded_by=actor))
            place = (state, who, base.case, base.referral)
            if place not in known:
                shown = machine.offers(table, replace(facts, entry=None), state=state)
                known[place] = {offer.trigger: offer for offer in shown}
            offers = known[place]
            carried = rows_of(table, trigger, state)[0].carried
            assert (trigger not in offers) is carried, (state, trigger)
            if carried:
                continue
            done = isinstance(outcome(table, facts, trigger, state), Decision)
            assert not done or offers[trigger].allowed, (state, trigger, who)
            closed = {x.code for x in offers[trigger].findings if x.holds is False}
            assert offers[trigger].allowed is not bool(closed)
            if closed:
                assert not done


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.kind)
def test_offers_name_every_trigger_that_leaves_the_state_and_its_targets(table: Lifecycle) -> None:
    for state in map(str, table.states):
        offers = machine.offers(table, replace(f.facts(table, table.transitions[0], state), entry=None), state=state)
        wanted = [t for t in table.triggers if (rows := rows_of(table, t, state)) and not rows[0].carried]
        assert [o.trigger for o in offers] == wanted
        for offer in offers:
            rows = rows_of(table, offer.trigger, state)
            assert set(offer.targets) == {state if row.target == SAME else row.target for row in rows}


def test_permissions_are_those_written_out_by_hand() -> None:
    assert {permission.code for permission in PERMISSIONS} == set(f.MAY)
    row = REFERRAL.row("answer")
    assert row is not None
    base = f.facts(REFERRAL, row, "received")
    for permission, (who, actor) in product(PERMISSIONS, f.PEOPLE.items()):
        facts = replace(base, hands=Hands(actor, Signed()))
        assert permission.check(facts) is (who in f.MAY[permission.code]), (permission.code, who)


# --- two hands ----------------------------------------------------------------------------------------------------

CONFIRMING = [(PETITION, "judge", "answered"), (REFERRAL, "accept", "answered")]


@pytest.mark.parametrize("body", [f.ADDRESSEE, f.LEAD])
@pytest.mark.parametrize(("table", "trigger", "state"), CONFIRMING, ids=["judge", "accept"])
def test_no_body_confirms_its_own_result(table: Lifecycle, trigger: str, state: str, body: object) -> None:
    row = table.row(trigger)
    assert row is not None
    facts = replace(f.facts(table, row, state), hands=Hands(f.OPERATOR, Signed(body)))  # type: ignore[arg-type]  # a parameter
    with pytest.raises(Refused) as refused:
        machine.decide(table, facts, trigger, state=state)
    failed = {finding.code for finding in refused.value.findings if finding.holds is False}
    assert "decider_is_not_the_answerer" in failed


@pytest.mark.parametrize(("table", "trigger", "state"), CONFIRMING, ids=["judge", "accept"])
def test_an_answering_standing_body_is_refused_alone_for_that(table: Lifecycle, trigger: str, state: str) -> None:
    row = table.row(trigger)
    assert row is not None
    facts = f.facts(table, row, state)
    own = tuple(replace(r, agency=f.STANDING_BODY) for r in facts.referrals)
    with pytest.raises(Refused) as refused:
        machine.decide(table, replace(facts, referrals=own), trigger, state=state)
    assert [x.code for x in refused.value.findings if x.holds is False] == ["decider_is_not_the_answerer"]


@pytest.mark.parametrize(("table", "trigger", "state"), CONFIRMING, ids=["judge", "accept"])
def test_the_clerk_of_the_office_records_for_both_hands(table: Lifecycle, trigger: str, state: str) -> None:
    """The office may have recorded the answer itself: tested is who decided, never who wrote it down."""
    row = table.row(trigger)
    assert row is not None
    facts = f.facts(table, row, state)
    clerk = replace(facts, hands=Hands(f.PEOPLE["clerk@office"], Signed(f.STANDING_BODY)))
    assert machine.decide(table, clerk, trigger, state=state).row is row
    answered_by_office = tuple(replace(r, agency=f.OFFICE, lead=None) for r in facts.referrals)
    assert machine.decide(table, replace(clerk, referrals=answered_by_office), trigger, state=state).row is row


@pytest.mark.parametrize("result", list(Result))
def test_a_judgement_leads_where_its_result_says(result: Result) -> None:
    row = PETITION.row("judge")
    assert row is not None
    full = e.Judgement(
        result=result, due_words="quý IV", review_on=f.TODAY, evidence="BB", reason_not_yet=f.NOT_YET.reason_not_yet
    )
    decision = machine.decide(
        PETITION, replace(f.facts(PETITION, row, "answered"), entry=full), "judge", state="answered"
    )
    final = {Result.RESOLVED, Result.EXPLAINED, Result.NOTED}
    assert decision.to_state == ("closed" if result in final else "judged")
    assert result in PETITION.states[decision.to_state].judged


def test_a_guard_on_the_entry_stays_open_until_something_is_entered() -> None:
    for table in TABLES:
        for row in table.transitions:
            for guard in (*row.when, *row.warns):
                blank = replace(f.facts(table, row, str(row.source[0]) if row.source else ABSENT), entry=None)
                assert (guard.look(blank).holds is None) is (guard.reads is Reads.ENTRY)
