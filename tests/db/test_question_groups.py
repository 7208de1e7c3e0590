"""Late petitions are gathered by agency and field before a session; the standing body takes a group or declines it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from models.alerting import QuestionGroup
from models.columns import table_of
from states.errors import BadInput, NotFound, NotPermitted
from states.vocabulary import Confidentiality, ProposalState
from tests.office import Office
from workflows import proposals, question_groups, sweeping
from workflows.proposals import AlreadyDecided
from workflows.question_groups import GroupView

RECEIVED = date(2026, 8, 7)


def late(office: Office, *addressees: str, level: Confidentiality = Confidentiality.INTERNAL) -> list[str]:
    """Bring one petition to each addressee and let all of them be late for months."""
    codes = []
    for addressee in addressees:
        office.clock.now = datetime(2026, 8, 6, 5, tzinfo=UTC)
        code = office.record(field="giao-thong", confidentiality=level)
        code, (referral,) = office.sent(addressee, code=code)
        office.clock.now = datetime(2026, 8, 7, 5, tzinfo=UTC)
        office.go(code, "receive", RECEIVED, referral=referral)
        codes.append(code)
    office.clock.now = datetime(2026, 11, 25, 5, tzinfo=UTC)
    sweeping.sweep(office.database)
    return codes


def groups(office: Office, login: str = "charge") -> dict[str, GroupView]:
    with office.database.reading() as unit:
        found = question_groups.listed(unit, setting=office.setting, actor=office[login])
    return {view.subject.vi: view for view in found}


def answer(office: Office, code: str) -> None:
    referral = office.see(code).referrals[0]["id"]
    office.go(code, "answer", date(2026, 11, 24), referral=referral, claimed="explained", words="đã có kế hoạch")


def test_late_petitions_are_gathered_by_agency_and_by_field(office: Office) -> None:
    first, second, alone = late(office, "UBND", "UBND", "KT")
    found = groups(office)
    assert {name: view.cases for name, view in found.items()} == {
        "Ủy ban nhân dân xã Nà Pát": (first, second),
        next(name for name, view in found.items() if view.field): (first, second, alone),
    }
    assert {view.session for view in found.values()} == {"KH2"}
    with office.database.reading() as unit:
        proposed = proposals.listed(unit, actor=office["charge"], state=ProposalState.OPEN, limit=100).items
    assert {p.trigger.code for p in proposed} == {"urge", "put_on_agenda", "list_at_session"}


def test_taking_a_group_is_one_act_that_every_case_tells(office: Office) -> None:
    codes = late(office, "UBND", "UBND")
    group = groups(office)["Ủy ban nhân dân xã Nà Pát"]
    with office.database.writing() as unit:
        report = question_groups.take(
            unit, setting=office.setting, group=group.id, actor=office["charge"], on=unit.today
        )
    assert [row.code for row in report.rows] == codes
    for code in codes:
        event = office.events(code)[-1]
        assert (event["trigger"], event["decided_by"]) == ("join_question_group", office.setting.standing_body)
    taken = groups(office)["Ủy ban nhân dân xã Nà Pát"]
    assert (taken.state.code, taken.decided_by and taken.decided_by.login) == ("taken", "charge")
    with pytest.raises(AlreadyDecided), office.database.writing() as unit:
        question_groups.decline(
            unit, setting=office.setting, group=group.id, actor=office["charge"], reason="đã trả lời"
        )


def test_a_group_is_declined_with_a_reason_by_who_may_record_for_the_body(office: Office) -> None:
    late(office, "UBND", "UBND")
    group = groups(office)["Ủy ban nhân dân xã Nà Pát"]
    for reason, login, refusal in (("", "charge", BadInput), ("đã làm việc riêng", "deputy", NotPermitted)):
        with pytest.raises(refusal), office.database.writing() as unit:
            question_groups.decline(unit, setting=office.setting, group=group.id, actor=office[login], reason=reason)
    with office.database.writing() as unit:
        question_groups.decline(
            unit, setting=office.setting, group=group.id, actor=office["charge"], reason="đã làm việc riêng"
        )
    declined = groups(office)["Ủy ban nhân dân xã Nà Pát"]
    assert (declined.state.code, declined.reason) == ("declined", "đã làm việc riêng")


def test_a_petition_alone_is_no_group_and_an_answered_one_leaves_it(office: Office) -> None:
    first, second, _ = late(office, "UBND", "UBND", "UBND")
    answer(office, first)
    assert groups(office)["Ủy ban nhân dân xã Nà Pát"].settled == 1
    answer(office, second)
    assert groups(office) == {}
    third = groups_of_all(office)
    answer(office, office.rows('SELECT code FROM "case" ORDER BY code DESC LIMIT 1')[0]["code"])
    sweeping.sweep(office.database)
    assert set(third) == {"open"}
    assert set(groups_of_all(office)) == {"lapsed"}


def groups_of_all(office: Office) -> list[str]:
    return [row["state"] for row in office.rows("SELECT state FROM question_group")]


def test_a_case_that_may_not_be_seen_counts_in_no_group(office: Office) -> None:
    late(office, "UBND")
    late(office, "UBND", level=Confidentiality.RESTRICTED)
    assert groups(office) == {}
    with office.database.reading() as unit:
        group = unit.read(select(table_of(QuestionGroup).c.id).limit(1)).scalar_one()
        with pytest.raises(NotFound):
            question_groups.one(unit, setting=office.setting, group=group, actor=office["charge"])


def test_who_answers_does_not_see_what_is_prepared_for_questioning(office: Office) -> None:
    late(office, "UBND", "UBND")
    with office.database.reading() as unit, pytest.raises(NotPermitted):
        question_groups.listed(unit, setting=office.setting, actor=office["ubnd"])
