"""One act per hamlet and round tells its voters of everything that was answered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from states.errors import BadInput, NotFound
from states.paper_acts import PaperAct
from tests.office import Office
from tests.papers import ANSWERED_ON, LETTER, REPORT, answer, enact, paper
from workflows import registering, telling
from workflows.enacting.orders import PaperOrder

TOLD_ON = date(2026, 9, 1)
BOARD = {"via": "notice_board", "posted_from": "2026-09-01", "posted_until": "2026-10-01"}


def tell(office: Office, **asked: Any) -> PaperOrder:
    values = asked.pop("values", {"via": "loudspeaker"})
    said = {"contact_round": None, "locality": None, **asked}
    with office.database.reading() as unit:
        return telling.order_of(unit, setting=office.setting, actor=office["charge"], on=TOLD_ON, values=values, **said)


def furnished(office: Office) -> dict[str, str]:
    """Return petitions by a name: two answered of one hamlet and round, one of another hamlet, one unanswered."""
    contact = {"name": "Trước kỳ họp 2", "round_kind": "before_session", "session": "KH2"}
    contact_round = office.born(registering.Birth("contact_round", contact, date(2026, 7, 1)))
    here, there = "Bản Nà Pát", "Bản Co Muông"
    codes = {
        "first": office.record("Xin nước", locality=here, round=contact_round),
        "second": office.record("Sửa đường", locality=here),
        "elsewhere": office.record("Kéo điện", locality=there, round=contact_round),
        "waiting": office.record("Sửa cầu", locality=here, round=contact_round),
    }
    enact(office, paper(office, PaperAct.TRANSFER, LETTER, codes.values(), values={"addressees": ["UBND"]}))
    rows = [answer(codes[name]) for name in ("first", "second", "elsewhere")]
    enact(office, paper(office, PaperAct.ANSWER, REPORT, rows, ANSWERED_ON))
    return {**codes, "round": contact_round}


def test_the_hamlet_hears_of_all_its_answered_petitions_at_once(office: Office) -> None:
    codes = furnished(office)
    report = enact(office, tell(office, locality="Bản Nà Pát", values=BOARD))
    assert [r.code for r in report.rows] == [codes["first"], codes["second"]]
    told = office.events(codes["first"])[-1]
    assert (told["trigger"], told["occurred_on"]) == ("inform_voters", TOLD_ON)
    assert '"posted_until":"2026-10-01"' in told["payload"]


def test_a_round_can_be_told_as_a_whole_or_by_hamlet(office: Office) -> None:
    codes = furnished(office)
    assert [r.case for r in tell(office, contact_round=codes["round"]).rows] == [codes["first"], codes["elsewhere"]]
    both = tell(office, contact_round=codes["round"], locality="Bản Co Muông")
    assert [r.case for r in both.rows] == [codes["elsewhere"]]


def test_what_was_told_is_not_told_again_but_may_be_published(office: Office) -> None:
    furnished(office)
    enact(office, tell(office, locality="Bản Nà Pát"))
    with pytest.raises(BadInput, match="No answered petition is left"):
        tell(office, locality="Bản Nà Pát")
    published = enact(office, tell(office, locality="Bản Nà Pát", publish=True, values={"via": "portal"}))
    assert [r.moves for r in published.rows] == [("publish",), ("publish",)]


def test_nobody_is_told_of_nowhere(office: Office) -> None:
    with pytest.raises(BadInput, match="Name the contact round"):
        tell(office)
    with pytest.raises(NotFound):
        tell(office, contact_round="NP-TX-26-9999")


def test_a_posting_does_not_end_before_it_began(office: Office) -> None:
    furnished(office)
    wrong = {"via": "notice_board", "posted_from": "2026-09-10", "posted_until": "2026-09-01"}
    report = enact(office, tell(office, locality="Bản Nà Pát", values=wrong))
    assert report.is_refused
    problem = report.rows[0].problem
    assert problem is not None
    assert problem.vi == "«Niêm yết đến ngày» đứng trước ngày bắt đầu"
