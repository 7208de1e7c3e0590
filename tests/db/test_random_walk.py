"""Random moves, corrections and take-backs of every kind never break an invariant; rows are the fold of the events."""

from __future__ import annotations

import os
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from models.cases import Referral
from models.columns import table_of
from models.databases import SQLITE
from states.errors import DomainError
from states.facts import Signed
from states.kinds import KINDS
from states.lifecycle import SAME, Lifecycle, Transition
from states.petition import PETITION_KIND
from states.reckoning import ClockState
from tests.entries_at_random import DAYS, GOOD_AGENCIES, documents, good_payloads, payloads
from tests.every_kind import plain_birth
from tests.office import LETTER, NOON, Office
from workflows import access, correcting, ledger, moving, planning, regulations, verifying
from workflows.access import Seen
from workflows.folding import FOLDED, effective, fold
from workflows.history import event_hash
from workflows.moving import OfferOn
from workflows.orders import Moved
from workflows.registering import Birth

WALKS = int(os.environ.get("DONDOC_TEST_WALKS", "24"))
"""How many petitions walk on SQLite; a third on PostgreSQL, a fourth of each other kind."""
FEWEST = 2
STEPS = 18
LOGINS = ("officer", "charge", "charge", "clerk", "ubnd", "kt", "front", "standing", "dien", "auditor")
SETTLED = frozenset({ClockState.MET.value, ClockState.CANCELLED.value})
ASIDE = frozenset(
    {
        "amend",
        "compile",
        "correct",
        "divert",
        "entrust",
        "explain_at_meeting",
        "forward_higher",
        "merge",
        "note",
        "raise_again",
        "undo",
        "urge",
        "void",
        "withdraw",
    }
)
"""What a careful person seldom does, beside what ends a case; the other rules try it."""
SENT_AFTER: dict[str, tuple[str, dict[str, Any]]] = {
    PETITION_KIND: ("screen", {"level": "commune"}),
    "citizen_letter": ("classify", {"classification": "complaint"}),
}
"""What is done with a case of a kind before it is sent to agencies."""

GOOD_DAYS = st.dates(date(2026, 8, 11), date(2026, 9, 9))
days = st.none() | DAYS.map(lambda day: min(day, date(2026, 9, 10))) | DAYS
logins = st.sampled_from(LOGINS)
bodies = st.sampled_from([None, None, None, "TTHDND", "UBND", "VP"])


def ends(table: Lifecycle) -> frozenset[str]:
    """Return the triggers of `table` that lead to a state in which its cases end, and nowhere else."""
    goes_on = {row.trigger for row in table.transitions if row.target == SAME or not table.states[row.target].final}
    return frozenset(table.triggers) - goes_on


def row_of(seen: Seen, item: OfferOn) -> Transition:
    """Return the row that an offer stands for."""
    table = seen.lifecycle if item.referral is None else seen.lifecycle.referral
    row = table.row(item.offer.trigger) if table is not None else None
    assert row is not None
    return row


class Walk(RuleBasedStateMachine):
    """One case in the hands of people who try everything."""

    def __init__(self, office: Office, lifecycle: Lifecycle) -> None:
        super().__init__()
        self.office, self.lifecycle = office, lifecycle
        self.aside = ASIDE | ends(lifecycle)
        self.code = ""
        office.clock.now = NOON

    @initialize(data=st.data(), on=days)
    def born(self, data: st.DataObject, on: date | None) -> None:
        """Enter it; what cannot be entered becomes a plain one."""
        birth = next(row for row in self.lifecycle.transitions if not row.source)
        entry = data.draw(st.one_of(good_payloads(birth), payloads(birth)))
        try:
            self.code = self.office.born(Birth(self.lifecycle.kind, entry, on))
        except DomainError:
            self.code = self.office.born(plain_birth(self.lifecycle))

    @initialize(addressees=st.lists(GOOD_AGENCIES, max_size=3, unique=True), stage=st.integers(0, 3))
    def perhaps_on_its_way(self, addressees: list[str], stage: int) -> None:
        """Most of them are with their addressees already, some answered, some judged."""
        if not addressees or not self.code or self.lifecycle.kind not in SENT_AFTER:
            return
        trigger, entry = SENT_AFTER[self.lifecycle.kind]
        self._try(trigger, date(2026, 8, 5), entry, login="charge")
        slip = {"addressees": addressees}
        moved = self._try("transfer", date(2026, 8, 6), slip, login="charge", document=LETTER)
        referrals = moved.referrals if moved else ()
        for referral in referrals if stage > 0 else ():
            self.office.go(self.code, "receive", date(2026, 8, 10), referral=referral)
        for referral in referrals if stage > 1 else ():
            self.office.go(self.code, "answer", date(2026, 8, 20), referral=referral, claimed="roadmap", words="sẽ làm")
        if stage > len(addressees):
            dates = {"due_on": "2026-12-30", "review_on": "2026-10-12"}
            self._try("judge", date(2026, 8, 25), {"result": "roadmap", **dates}, login="charge")

    @rule(data=st.data(), on=GOOD_DAYS)
    def moves_on(self, data: st.DataObject, on: date) -> None:
        """Somebody careful does the next thing."""
        self._move_on(data, on)

    @rule(data=st.data(), on=GOOD_DAYS)
    def moves_on_further(self, data: st.DataObject, on: date) -> None:
        """As often as all the rest together."""
        self._move_on(data, on)

    @rule(data=st.data(), on=GOOD_DAYS)
    def moves_on_still(self, data: st.DataObject, on: date) -> None:
        """Again."""
        self._move_on(data, on)

    def _move_on(self, data: st.DataObject, on: date) -> None:
        with self.office.database.reading() as unit:
            seen = access.case(unit, code=self.code, actor=self.office.operator)
            offered = moving.offers(unit, seen, actor=self.office.operator)
        forward = [o for o in offered if o.offer.allowed and o.offer.trigger not in self.aside]
        if forward:
            item = data.draw(st.sampled_from(forward))
            entry = data.draw(good_payloads(row_of(seen, item)))
            self._try(item.offer.trigger, on, entry, referral=item.referral, login="charge", document=LETTER)

    @rule(data=st.data(), login=logins, on=days, body=bodies, document=documents)
    def takes_an_offer(self, data: st.DataObject, login: str, on: date | None, body: str | None, document: Any) -> None:
        """Somebody does what the page offers."""
        actor = self.office[login]
        try:
            seen = self.office.see(self.code, actor=actor)
        except DomainError:
            return
        with self.office.database.reading() as unit:
            offered = [o for o in moving.offers(unit, seen, actor=actor) if o.offer.allowed]
        if offered:
            item = data.draw(st.sampled_from(offered))
            entry = data.draw(payloads(row_of(seen, item)))
            if item.offer.trigger in {"correct", "undo"}:
                return
            self._try(item.offer.trigger, on, entry, referral=item.referral, login=login, body=body, document=document)

    @rule(data=st.data(), login=logins, on=days)
    def tries_anything(self, data: st.DataObject, login: str, on: date | None) -> None:
        """Somebody tries a trigger whether it fits or not."""
        seen = self._seen()
        referral = data.draw(st.sampled_from([None, *[r["id"] for r in seen.referrals]]))
        table = seen.lifecycle if referral is None or seen.lifecycle.referral is None else seen.lifecycle.referral
        row = data.draw(st.sampled_from(table.transitions))
        self._try(row.trigger, on, data.draw(payloads(row)), referral=referral, login=login)

    @rule(data=st.data(), on=days, right=st.none() | DAYS)
    def corrects(self, data: st.DataObject, on: date | None, right: date | None) -> None:
        """Somebody puts an earlier day or value right."""
        event = data.draw(st.sampled_from(self._events()))
        entry: dict[str, Any] = {"seq": event["seq"], "words": "ghi nhầm"}
        if right is not None:
            entry["on"] = right.isoformat()
        values = data.draw(st.sampled_from([{}, {"claimed": "explained"}, {"level": "province"}, {"lead": "VHXH"}]))
        self._try("correct", on, {**entry, **({"values": values} if values else {})}, login="charge")

    @rule(offset=st.sampled_from([0, 0, 0, 1, 3]))
    def takes_back(self, offset: int) -> None:
        """Somebody takes the last move back, or tries an earlier one."""
        last = correcting.last_move(effective(self._events()))
        self._try("undo", None, {"seq": max((last or 1) - offset, 1), "words": "nhầm"}, login="charge")

    @rule(hours=st.integers(-24, 30 * 24))
    def the_clock_jumps(self, hours: int) -> None:
        """The machine's clock is set, forward or backward."""
        self.office.clock.now += timedelta(hours=hours)

    def _try(self, trigger: str, on: date | None, entry: dict[str, Any], *, login: str, **how: Any) -> Moved | None:
        before = self._seen()
        body = how.pop("body", None)
        signed = Signed(self.office.agencies[body]) if body else None
        try:
            moved = self.office.go(self.code, trigger, on, actor=self.office[login], decided_by=signed, **how, **entry)
        except TypeError:  # a field of the form that the builder takes for its own
            return None
        except DomainError:
            after = self._seen()
            assert (after.row, after.referrals, after.clocks) == (before.row, before.referrals, before.clocks)
            return None
        assert moved.seq > before.row["seq"]
        assert (moved.seq, moved.state) == (self._seen().row["seq"], self._seen().row["state"])
        return moved

    def _seen(self) -> Seen:
        return self.office.see(self.code)

    def _events(self) -> list[dict[str, Any]]:
        return self.office.events(self.code)

    @invariant()
    def the_rows_are_the_fold_of_the_events(self) -> None:
        """P17: state, sequence, head, every folded column, details and referrals."""
        if not self.code:
            return
        seen, events = self._seen(), self._events()
        folded = fold(seen.lifecycle, events)
        assert (seen.row["state"], seen.row["seq"], seen.row["head_hash"]) == (
            folded.state,
            folded.seq,
            folded.head_hash,
        )
        assert {n: seen.row[n] for n in FOLDED} == {n: folded.case.get(n) for n in FOLDED}
        assert dict(seen.detail) == {name: folded.detail.get(name) for name in seen.detail}
        columns = [c.name for c in table_of(Referral).columns if c.name != "case_id"]
        rows: dict[UUID, dict[str, Any]] = {r["id"]: {n: r[n] for n in columns} for r in seen.referrals}
        assert rows == {key: {n: r.get(n) for n in columns} for key, r in folded.referrals.items()}
        assert seen.row["holder_id"] == ledger.in_hand(seen.lifecycle, folded, seen.setting.office)

    @invariant()
    def the_chain_is_whole(self) -> None:
        """Numbers without gaps, each hash over the one before."""
        if not self.code:
            return
        previous = ""
        for number, event in enumerate(self._events(), 1):
            assert (event["seq"], event["previous_hash"], event["hash"]) == (number, previous, event_hash(event))
            previous = event["hash"]

    @invariant()
    def the_clocks_are_the_projection_of_the_effective_marks(self) -> None:
        """Clock rows that are not superseded are what history calls for; the next due date is the least of them."""
        if not self.code:
            return
        with self.office.database.reading() as unit:
            seen = access.case(unit, code=self.code, actor=self.office.operator)
            rules = regulations.rules_for(unit, seen.setting)
        marks = planning.marks_of(seen.marks)
        projected = planning.projection(seen, rules, marks, received_on=seen.row["received_on"])
        wanted = {(c.limit_code, c.referral, c.start_seq): planning.clock_row(c, i, seen.id) for i, c in projected}
        stored = {
            (c["limit_code"], str(c["referral_id"]) if c["referral_id"] else None, c["start_seq"]): c
            for c in seen.clocks
        }
        assert stored.keys() == wanted.keys()
        for key, row in wanted.items():
            if stored[key]["state"] not in SETTLED:
                assert {n: stored[key][n] for n in row} == row
        running = [c["due_on"] for c in seen.clocks if c["state"] == ClockState.RUNNING.value and c["due_on"]]
        assert seen.row["next_due_on"] == min(running, default=None)

    def teardown(self) -> None:
        """At the end everything verifies."""
        with self.office.database.reading() as unit:
            assert verifying.verify(unit, key=None).faults == ()

    @invariant()
    def only_running_clocks_have_reminders_ahead_and_each_has_its_ladder(self) -> None:
        """Rungs that wait belong to a clock that runs; a clock that runs has the rungs of its due date, each once."""
        if not self.code:
            return
        here = f"(SELECT id FROM \"case\" WHERE code = '{self.code}')"
        strays = self.office.rows(
            "SELECT 1 FROM clock_rung r JOIN clock c ON c.id = r.clock_id"
            f" WHERE r.case_id = {here} AND r.state = 'armed' AND c.state <> 'running'"
        )
        bare = self.office.rows(
            f"SELECT 1 FROM clock c WHERE c.case_id = {here} AND c.state = 'running' AND c.due_on IS NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM clock_rung r WHERE r.clock_id = c.id)"
        )
        double = self.office.rows(
            f"SELECT 1 FROM clock_rung r WHERE r.case_id = {here} AND r.state = 'armed'"
            " GROUP BY r.clock_id, r.rung HAVING count(*) > 1"
        )
        assert (strays, bare, double) == ([], [], [])


@pytest.mark.parametrize("kind", KINDS)
def test_random_walks_never_break_an_invariant(office: Office, kind: str) -> None:
    office.born(Birth("contact_round", {"name": "Đợt 1", "round_kind": "after_session", "session": "KH2"}, None))
    office.record()
    walks = WALKS if kind == PETITION_KIND else WALKS // 4
    settled = settings(
        max_examples=max(walks if office.database.dialect == SQLITE else walks // 3, FEWEST),
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(cast("type[Walk]", lambda: Walk(office, KINDS[kind])), settings=settled)
