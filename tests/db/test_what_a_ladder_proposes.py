"""A ladder proposes what comes next; whoever does it takes the proposal, whatever door they come through."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from api.cli import case_pages
from models.units import HANOI
from states.entries import DocumentSlip
from states.errors import Refused
from states.paper_acts import PaperAct
from states.vocabulary import ProposalState
from tests.mornings import at, received
from tests.office import Office
from workflows import access, adopting, enacting, proposals, sweeping
from workflows.enacting.orders import PaperOrder, PaperRow
from workflows.orders import Order
from workflows.proposals import ProposalView

MONDAY = date(2026, 8, 31)


def overdue(office: Office, count: int = 1) -> list[str]:
    """Let petitions be overdue by a working day: urging them is proposed."""
    codes = [received(office, f"Đường số {n} lầy lội")[0] for n in range(count)]
    office.clock.now = at(MONDAY)
    sweeping.sweep(office.database)
    return codes


def proposed(office: Office, code: str) -> ProposalView:
    with office.database.reading() as unit:
        (found,) = proposals.listed(unit, actor=office["charge"], code=code).items
    return found


def test_urging_is_proposed_on_the_referral_with_its_reason_in_words(office: Office) -> None:
    (code,) = overdue(office)
    found = proposed(office, code)
    assert (found.trigger.code, found.referral) == ("urge", office.see(code).referrals[0]["id"])
    assert found.sentence.vi == (
        "Trả lời kiến nghị đã quá hạn ngày 27/08/2026, Ủy ban nhân dân xã Nà Pát: đề xuất «Đôn đốc»"
    )


def test_it_is_taken_by_its_number(office: Office) -> None:
    (code,) = overdue(office)
    with office.database.writing() as unit:
        proposals.take(unit, proposal=proposed(office, code).id, order=Order("", office["charge"], MONDAY))
    assert office.events(code)[-1]["trigger"] == "urge"
    assert proposed(office, code).state.code == ProposalState.TAKEN.value


def test_one_urging_letter_takes_the_proposals_of_all_its_cases(office: Office) -> None:
    codes = overdue(office, 3)
    letter = DocumentSlip(number="42/HĐND-TT", issued_on=MONDAY)
    order = PaperOrder(PaperAct.URGING, letter, tuple(map(PaperRow, codes)), office["charge"], MONDAY)
    with office.database.writing() as unit:
        enacting.enact(unit, setting=office.setting, order=order)
    for code in codes:
        found = proposed(office, code)
        assert (found.state.code, found.decided_by and found.decided_by.login) == ("taken", "charge")


def test_it_is_declined_with_a_reason_and_not_proposed_again(office: Office) -> None:
    (code,) = overdue(office)
    with office.database.writing() as unit:
        proposals.decline(
            unit, proposal=proposed(office, code).id, actor=office["charge"], reason="đã gọi điện, mai có trả lời"
        )
    sweeping.sweep(office.database)
    assert proposed(office, code).state.code == ProposalState.DECLINED.value


def test_the_story_tells_what_was_declined_why_and_by_which_body(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    """The clerk records what the standing body decided: both hands stand in the story."""
    (code,) = overdue(office)
    office.clock.now = at(date(2026, 11, 25))
    sweeping.sweep(office.database)
    with office.database.writing() as unit:
        ours = proposals.listed(unit, actor=office["clerk"], code=code, state=ProposalState.OPEN).items
        agenda = next(one for one in ours if one.trigger.code == "put_on_agenda")
        done = proposals.decline(unit, proposal=agenda.id, actor=office["clerk"], reason="đã làm việc trực tiếp")
    assert done.decided_body is not None
    assert done.decided_body.code == "TTHDND"
    with office.database.reading() as unit:
        page = case_pages.read(unit, access.case(unit, code=code, actor=office["clerk"]), actor=office["clerk"])
    assert [(one.reason, one.decided_by and one.decided_by.login) for one in page.declined] == [
        ("đã làm việc trực tiếp", "clerk")
    ]
    case_pages.show(page, "vi")
    told = capsys.readouterr().out
    assert all(word in told for word in ("Không chấp", "trực tiếp)"))


@pytest.mark.parametrize("trigger", ["answer", "return_wrong_authority", "extend"])
def test_it_lapses_when_the_limit_no_longer_runs_late(office: Office, trigger: str) -> None:
    with office.database.writing() as unit:
        adopting.adopt(
            unit, setting=office.setting, code="sample-2021", from_on=date(2026, 8, 1), actor=office["charge"],
            precedence="council", switches={"answer.before_session": {"extension": True}},
        )  # fmt: skip
    (code,) = overdue(office)
    entries: dict[str, dict[str, Any]] = {
        "answer": {"claimed": "explained", "words": "đã có kế hoạch"},
        "return_wrong_authority": {"because": "wrong_authority", "words": "đường của tỉnh"},
        "extend": {"extended_by_days": 10, "words": "cần thêm hồ sơ"},
    }
    referral = office.see(code).referrals[0]["id"]
    office.go(code, trigger, MONDAY, referral=referral, **entries[trigger])
    assert proposed(office, code).state.code == ProposalState.LAPSED.value


def test_what_can_no_longer_be_done_is_not_proposed(office: Office) -> None:
    """The answer came on the very day; entered before the sweep came by, it leaves nothing to urge."""
    code, (referral,) = received(office)
    office.clock.now = at(MONDAY)
    office.go(code, "answer", MONDAY, referral=referral, claimed="explained", words="đã có kế hoạch")
    office.clock.now += timedelta(hours=1)
    assert sweeping.sweep(office.database).proposed == 0


def test_a_refused_taking_leaves_it_open(office: Office) -> None:
    (code,) = overdue(office)
    tomorrow = datetime.now(HANOI).date() + timedelta(days=400)
    with pytest.raises(Refused), office.database.writing() as unit:
        proposals.take(unit, proposal=proposed(office, code).id, order=Order("", office["charge"], tomorrow))
    assert proposed(office, code).state.code == ProposalState.OPEN.value
