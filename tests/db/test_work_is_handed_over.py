"""One act moves all open work of a person; an account with open work cannot be closed."""

from __future__ import annotations

from datetime import date

import pytest

from states.errors import BadInput, NotFound, NotPermitted
from states.facts import Actor
from tests.office import Office
from tests.papers import enact
from workflows import accounts, handing_over, staffing, tokens
from workflows.enacting.orders import PaperOrder
from workflows.handing_over import OpenWork
from workflows.registering import Birth


def handover(office: Office, giver: str = "officer", receiver: str = "clerk", actor: Actor | None = None) -> PaperOrder:
    with office.database.reading() as unit:
        return handing_over.order_of(
            unit, setting=office.setting, actor=actor or office["charge"], giver=giver, receiver=receiver,
            on=date(2026, 9, 1),
        )  # fmt: skip


def entrusted(office: Office, login: str = "officer") -> str:
    code = office.record()
    office.go(code, "entrust", officer=login)
    return code


def close(office: Office, login: str, actor: Actor | None = None) -> None:
    with office.database.writing() as unit:
        handing_over.close_account(unit, setting=office.setting, login=login, actor=actor or office["charge"])


def test_every_open_case_goes_to_the_receiver_and_what_ended_stays(office: Office) -> None:
    first, second, ended, other = (entrusted(office) for _ in range(4))
    office.go(ended, "withdraw", words="rút")
    office.go(other, "entrust", officer="charge")

    report = enact(office, handover(office))

    assert report.written == 2
    assert [office.see(code).row["assignee_id"] for code in (first, second, ended, other)] == [
        office["clerk"].account, office["clerk"].account, office["officer"].account, office["charge"].account,
    ]  # fmt: skip
    minutes = office.rows("SELECT type, subject FROM document")
    assert minutes == [
        {
            "type": "minutes",
            "subject": "Bàn giao hồ sơ đang giải quyết từ Cầm Văn Chuyên Viên sang Lường Thị Văn Thư",
        }
    ]
    assert len(office.rows("SELECT * FROM document_row WHERE act = 'handover'")) == 2


def test_nothing_to_hand_over_is_said(office: Office) -> None:
    with pytest.raises(BadInput, match="no open work"):
        handover(office)
    with pytest.raises(BadInput, match="the same"):
        handover(office, receiver="officer")
    with pytest.raises(NotFound):
        handover(office, receiver="nobody")
    with pytest.raises(NotPermitted):
        handover(office, actor=office["clerk"])


def test_an_account_with_open_work_cannot_be_closed(office: Office) -> None:
    entrusted(office)
    with pytest.raises(OpenWork, match="1 open cases"):
        close(office, "officer")
    with pytest.raises(OpenWork), office.database.writing() as unit:
        staffing.leave(unit, setting=office.setting, login="officer", last_day=date(2026, 9, 9), actor=office["charge"])
    enact(office, handover(office))
    close(office, "officer")
    with office.database.reading() as unit, pytest.raises(NotFound):
        accounts.account(unit, login="officer")


def test_the_tokens_of_a_closed_account_end_with_it(office: Office) -> None:
    with office.database.writing() as unit:
        secret = tokens.issue(unit, account=office["officer"].account, name="máy bàn", days=30).secret
    close(office, "officer")
    with office.database.reading() as unit, pytest.raises(tokens.NotSignedIn):
        tokens.authenticate(unit, secret=secret)


def test_only_those_in_charge_close_accounts_of_their_own_council(office: Office) -> None:
    with pytest.raises(NotPermitted):
        close(office, "officer", office["clerk"])
    with pytest.raises(NotFound):
        close(office, "nobody")


def test_a_state_that_ends_one_kind_may_be_open_in_another(office: Office) -> None:
    """A compiled petition waits for its classification; a compiled round is done."""
    petition = entrusted(office)
    office.go(petition, "compile")
    payload = {"name": "Đợt 1", "round_kind": "before_session", "session": "KH2"}
    round_ = office.born(Birth("contact_round", payload, date(2026, 7, 1)))
    office.go(round_, "entrust", officer="officer")
    office.go(round_, "hold")
    office.go(round_, "send_compilation")
    assert [row.case for row in handover(office).rows] == [petition]
    with office.database.reading() as unit:
        assert handing_over.open_work(unit, "officer") == 1
