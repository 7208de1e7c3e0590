"""What the machine suggests becomes a move, a reasoned no, or nothing once the case has gone elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert

from models.cases import Proposal
from models.columns import table_of
from states.errors import BadInput, ChangedSinceOpened, NotFound, NotPermitted, Refused
from states.text import Text
from states.vocabulary import Confidentiality, ProposalState
from tests.office import Office
from workflows import proposals, registering
from workflows.orders import Order
from workflows.proposals import AlreadyDecided, ProposalView


def suggest(office: Office, case: str, other: str, *, trigger: str = "merge") -> UUID:
    with office.database.writing() as unit:
        row = registering.propose(
            setting=office.setting,
            case_id=office.see(case).id,
            other=office.see(other).id,
            trigger=trigger,
            cause=f"{trigger} {case} {other}",
            sentence=Text("Trùng nội dung", "Same text"),
            now=unit.now,
        )
        unit.run(insert(table_of(Proposal)).values(**row))
    found: UUID = row["id"]
    return found


def read(office: Office, proposal: UUID, login: str = "clerk") -> ProposalView:
    with office.database.reading() as unit:
        return proposals.one(unit, proposal=proposal, actor=office[login])


def listed(office: Office, login: str = "clerk", **wanted: Any) -> list[UUID]:
    with office.database.reading() as unit:
        return [p.id for p in proposals.listed(unit, actor=office[login], **wanted).items]


def take(office: Office, proposal: UUID, login: str = "clerk", **more: Any) -> Any:
    order = Order("", office[login], date(2026, 9, 1), **more)
    with office.database.writing() as unit:
        return proposals.take(unit, proposal=proposal, order=order)


def decline(office: Office, proposal: UUID, reason: str = "Hai đoạn đường", login: str = "clerk") -> ProposalView:
    with office.database.writing() as unit:
        return proposals.decline(unit, proposal=proposal, actor=office[login], reason=reason)


def test_taking_makes_the_move_and_names_who_took_it(office: Office) -> None:
    one, two = office.record(), office.record()
    proposal = suggest(office, two, one)
    assert take(office, proposal).state == "merged"
    view = read(office, proposal)
    assert (view.state.code, view.case, view.other) == ("taken", two, one)
    assert view.decided_by is not None
    assert view.decided_by.login == "clerk"
    assert office.rows("SELECT kind FROM link") == [{"kind": "merged_into"}]


def test_a_row_raised_again_counts_on_the_earlier_case_and_goes_into_it(office: Office) -> None:
    earlier, repeat = office.record(), office.record()
    take(office, suggest(office, earlier, repeat, trigger="raise_again"))
    assert office.see(earlier).detail["times_raised"] == 2
    assert office.see(repeat).row["state"] == "merged"
    assert office.rows("SELECT kind FROM link") == [{"kind": "merged_into"}]


def test_a_repeat_of_a_case_that_has_ended_stays_open_and_is_linked(office: Office) -> None:
    earlier, repeat = office.record(), office.record()
    office.go(earlier, "withdraw", words="Đã rút.")
    take(office, suggest(office, earlier, repeat, trigger="raise_again"))
    assert office.see(earlier).detail["times_raised"] == 2
    assert office.see(repeat).row["state"] == "recorded"
    assert office.rows("SELECT kind FROM link") == [{"kind": "repeats"}]


def test_a_refused_move_leaves_the_proposal_open(office: Office) -> None:
    one, two = office.record(), office.record()
    proposal = suggest(office, two, one, trigger="note")
    with pytest.raises(Refused):
        take(office, proposal)
    assert read(office, proposal).state.code == "open"
    with pytest.raises(ChangedSinceOpened):
        take(office, proposal, expected=7)
    assert read(office, proposal).state.code == "open"


def test_declining_keeps_the_reason(office: Office) -> None:
    one, two = office.record(), office.record()
    proposal = suggest(office, two, one)
    for empty in ("", "  ", "x" * 2_001):
        with pytest.raises(BadInput):
            decline(office, proposal, empty)
    view = decline(office, proposal)
    assert (view.state.code, view.reason) == ("declined", "Hai đoạn đường")
    assert office.see(two).row["seq"] == 1


def test_what_is_decided_stays_decided(office: Office) -> None:
    one, two = office.record(), office.record()
    proposal = suggest(office, two, one)
    decline(office, proposal)
    with pytest.raises(AlreadyDecided, match="declined"):
        take(office, proposal)
    with pytest.raises(AlreadyDecided):
        decline(office, proposal)
    assert office.see(two).row["state"] == "recorded"


def test_who_may_not_move_may_not_decline(office: Office) -> None:
    one, two = office.record(), office.record()
    proposal = suggest(office, two, one)
    with pytest.raises(NotPermitted):
        decline(office, proposal, login="auditor")
    with pytest.raises(NotFound):
        decline(office, proposal, login="ubnd")
    assert read(office, proposal).state.code == "open"


def test_a_proposal_lapses_with_the_move_that_makes_it_impossible(office: Office) -> None:
    one, two = office.record(), office.record()
    merge, note = suggest(office, two, one), suggest(office, two, one, trigger="note")
    office.go(two, "raise_again")
    assert {read(office, p).state.code for p in (merge, note)} == {"open"}
    office.sent("UBND", code=two)
    assert (read(office, merge).state.code, read(office, note).state.code) == ("open", "lapsed")
    office.go(two, "withdraw", words="Cử tri rút")
    assert read(office, merge).state.code == "lapsed"
    assert listed(office, state=ProposalState.LAPSED) == [merge, note]


def test_a_proposal_about_a_hidden_case_does_not_exist(office: Office) -> None:
    one = office.record()
    secret = office.record("Việc kín", confidentiality=Confidentiality.RESTRICTED)
    about, towards = suggest(office, secret, one), suggest(office, one, secret)
    shown = suggest(office, one, office.record())
    assert listed(office) == [shown]
    for hidden in (about, towards, uuid4()):
        with pytest.raises(NotFound):
            read(office, hidden)
        with pytest.raises(NotFound):
            take(office, hidden)


def test_proposals_are_listed_by_case_and_by_page(office: Office) -> None:
    one, two, three = (office.record() for _ in range(3))
    made = [suggest(office, two, one), suggest(office, three, one), suggest(office, three, two)]
    assert listed(office, code=two) == [made[0], made[2]]
    with office.database.reading() as unit:
        first = proposals.listed(unit, actor=office["clerk"], limit=2)
        second = proposals.listed(unit, actor=office["clerk"], limit=2, cursor=first.next)
    assert [p.id for page in (first, second) for p in page.items] == made
    assert second.next is None
