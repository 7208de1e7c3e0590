"""A supervision and what it recommended: late papers, a time or a reason, two bodies, explanation, escalation."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import pytest

from states.entries import DocumentSlip
from states.errors import BadInput, Refused
from states.facts import Signed
from states.vocabulary import ProposalState
from tests.mornings import at
from tests.office import Office
from workflows import access, adopting, chain_drawing, chaining, chronicle, describing, proposals, sweeping, verifying
from workflows.orders import Moved
from workflows.particulars import particulars_of
from workflows.registering import Birth

CONCLUSION = DocumentSlip(number="05/KL-HĐND", issued_on=date(2026, 9, 1))
LETTER = DocumentSlip(number="31/HĐND-TT", issued_on=date(2026, 10, 22))


def supervise(office: Office, on: date = date(2026, 3, 2), **said: Any) -> str:
    payload = {"text": "Quản lý quỹ đất công ích", "supervisor": "standing_body", "form": "thematic", **said}
    return office.born(Birth("supervision", payload, on), actor=office["clerk"])


def recommend(office: Office, on: date = date(2026, 8, 20), **said: Any) -> str:
    payload = {"text": "Lập phương án sử dụng quỹ đất", "supervisor": "standing_body", **said}
    return office.born(Birth("recommendation", payload, on), actor=office["clerk"])


def issue(office: Office, code: str, on: date = date(2026, 9, 1), **said: Any) -> Moved:
    payload = {"addressees": ["UBND"], "due_on": "2026-10-15", **said}
    return office.go(code, "issue", on, document=CONCLUSION, **payload)


def enable(office: Office, regulation: str, *limits: str) -> None:
    """Switch limits on that ship as reference, from the day the law is in force."""
    with office.database.writing() as unit:
        adopting.adopt(
            unit,
            setting=office.setting,
            code=regulation,
            from_on=date(2026, 3, 1),
            switches={limit: {"enabled": True} for limit in limits},
            actor=office.operator,
        )


def proposed(office: Office, code: str) -> set[tuple[str, str | None]]:
    """Return what is open on a case: the trigger, and the case whose move proposes it."""
    with office.database.reading() as unit:
        found = proposals.listed(unit, actor=office["charge"], code=code, state=ProposalState.OPEN, limit=100).items
    return {(one.trigger.code, one.other) for one in found if one.case == code}


def running(office: Office, code: str) -> dict[str, date]:
    return {c["limit_code"]: c["due_on"] for c in office.see(code).clocks if c["state"] == "running"}


def state(office: Office, code: str) -> str:
    return str(office.see(code).row["state"])


def report(office: Office, code: str, referral: UUID, on: date, claimed: str = "resolved") -> None:
    office.go(code, "answer", on, referral=referral, claimed=claimed, words="Đã lập phương án", evidence="Tờ trình 12")


@pytest.mark.journeys
def test_a_supervision_is_late_too(office: Office) -> None:
    """Outline, programme and report have their clocks; what was planned is told from what was held."""
    old = ("outline.standing_body", "programme.standing_body", "supervision_report.standing_body", "conclusion")
    enable(office, "law-121-2025", *old)
    code = supervise(office, planned_from=date(2026, 4, 10), planned_to=date(2026, 4, 20), planned_visits=3)
    assert code == "NP-GS-26-0001"
    assert running(office, code) == {"programme.standing_body": date(2026, 3, 31)}  # ten days before a Friday
    office.go(code, "set_up_team", date(2026, 3, 3), bodies=["UBND", "DIEN"], leader="Bà Phó Chủ tịch HĐND")
    assert running(office, code)["outline.standing_body"] == date(2026, 3, 18)
    office.go(code, "send_outline", date(2026, 3, 20))
    office.go(code, "announce_programme", date(2026, 3, 25), planned_from="2026-04-13", words="Ngày đầu: thôn Co Muông")
    office.go(code, "record_visit", date(2026, 4, 13), words="UBND xã", body="UBND")
    office.go(code, "record_visit", date(2026, 4, 16), words="Đội quản lý điện", body="DIEN")
    office.go(code, "end", date(2026, 4, 20), ended_on="2026-04-17")
    assert running(office, code) == {"supervision_report.standing_body": date(2026, 5, 4)}  # 02/05 is a Saturday
    office.go(code, "receive_report", date(2026, 5, 6), recommendations=2)
    office.go(code, "conclude", date(2026, 5, 12), document=CONCLUSION, binding_force="conclusion", recommendations=2)
    seen = office.see(code)
    lasted = {c["limit_code"]: (c["due_on"], c["met_on"]) for c in seen.clocks if c["state"] == "met"}
    assert lasted["outline.standing_body"] == (date(2026, 3, 18), date(2026, 3, 20))
    assert lasted["programme.standing_body"] == (date(2026, 4, 3), date(2026, 3, 25))  # it moved with the first day
    assert lasted["supervision_report.standing_body"] == (date(2026, 5, 4), date(2026, 5, 6))
    assert lasted["conclusion"] == (date(2026, 5, 13), date(2026, 5, 12))
    assert (seen.detail["planned_visits"], seen.detail["held_visits"]) == (3, 2)
    with pytest.raises(Refused):
        office.go(code, "end", date(2026, 5, 20), ended_on="2026-05-20")


def test_a_committee_surveys_before_a_session_and_reports_in_ten_days(office: Office) -> None:
    """S4-O5: a survey (khảo sát) is a supervision of its form; it prepares a session."""
    enable(office, "law-121-2025", "supervision_report.committee")
    code = supervise(office, form="survey", supervisor="committee", body="BANKT", session="KH2")
    office.go(code, "set_up_team", date(2026, 8, 3), bodies=["KT"])
    office.go(code, "record_visit", date(2026, 8, 10), words="Bản Co Muông")
    office.go(code, "end", date(2026, 8, 14), ended_on="2026-08-14")
    assert running(office, code) == {"supervision_report.committee": date(2026, 8, 24)}
    with office.database.reading() as unit:
        view = describing.case_view(unit, office.see(code), actor=office["clerk"])
    assert (view.detail["form"]["label"]["vi"], view.detail["body"]["code"]) == ("Khảo sát", "BANKT")
    assert view.session == "KH2"


@pytest.mark.journeys
def test_it_is_carried_out_by_two_bodies_after_an_explanation_and_an_escalation(office: Office) -> None:
    enable(office, "law-121-2025", "explanation.non_implementation")
    source = supervise(office)
    code = recommend(office, from_case=source, place="mục III.2", field="dat-dai")
    assert code == "NP-KG-26-0001"
    office.go(code, "consider", date(2026, 8, 25))
    ubnd, dien = issue(office, code, addressees=["UBND", "DIEN"]).referrals
    carried = {"recommendation.carried_out": date(2026, 10, 15), "recommendation.report": date(2026, 10, 15)}
    assert running(office, code) == carried
    for referral in (ubnd, dien):
        office.go(code, "receive", date(2026, 9, 2), referral=referral)
    assert state(office, code) == "issued"
    office.go(code, "assign", date(2026, 9, 3), referral=ubnd, lead="KT")
    assert state(office, code) == "planned"
    office.go(code, "report_progress", date(2026, 9, 5), referral=dien, words="Đang rà soát cột điện")
    assert state(office, code) == "in_progress"
    report(office, code, dien, date(2026, 9, 9))
    assert state(office, code) == "in_progress"  # one of two has reported
    assert "recommendation.report" in running(office, code)

    office.clock.now = at(date(2026, 10, 20))
    sweeping.sweep(office.database)
    assert ("request_explanation", None) in proposed(office, code)
    office.go(code, "request_explanation", date(2026, 10, 20), document=LETTER, words="Vì sao chưa lập phương án")
    assert "explanation.non_implementation" not in running(office, code)  # asked is not received
    office.clock.now = at(date(2026, 11, 25))
    office.go(code, "receive_explanation_request", date(2026, 10, 22), incoming_number="412")
    assert running(office, code)["explanation.non_implementation"] == date(2026, 11, 6)
    office.go(code, "extend_explanation", date(2026, 11, 2), extended_by_days=15, words="Nhiều thửa, nhiều ngành")
    assert running(office, code)["explanation.non_implementation"] == date(2026, 11, 23)  # 21/11 is a Saturday
    office.go(code, "record_explanation", date(2026, 11, 20), words="Thiếu bản đồ địa chính")
    assert running(office, code) == carried  # explained is not carried out

    sweeping.sweep(office.database)
    assert {("put_on_agenda", None), ("list_at_session", None), ("escalate", None)} <= proposed(office, code)
    again = supervise(office, date(2026, 11, 24), form="again", from_case=code)
    office.go(code, "escalate", date(2026, 11, 24), way="supervision_again", into=again)
    assert ("escalate", None) not in proposed(office, code)

    report(office, code, ubnd, date(2026, 11, 25))
    assert state(office, code) == "reported"
    assert set(running(office, code)) == {"recommendation.carried_out"}
    verified_and_closed(office, code, source, again)


def verified_and_closed(office: Office, code: str, source: str, again: str) -> None:
    """Done needs evidence and another body's word; to close it is proposed, and to close the supervision."""
    with pytest.raises(Refused) as refused:
        office.go(code, "verify", date(2026, 11, 25), outcome="done", decided_by=Signed(office.agencies["UBND"]))
    failed = {one.code for one in refused.value.findings if one.holds is False}
    assert {"done_has_evidence", "decider_is_not_the_answerer"} <= failed
    office.go(code, "verify", date(2026, 11, 25), outcome="done", evidence="Biên bản kiểm tra 25/11")
    assert (state(office, code), office.see(code).detail["outcome"]) == ("verified", "done")
    assert ("close", None) in proposed(office, code)
    assert running(office, code) == {}
    for supervision in (source, again):
        office.go(supervision, "set_up_team", date(2026, 11, 25), bodies=["UBND"])
        office.go(supervision, "receive_report", date(2026, 11, 25))
        office.go(supervision, "conclude", date(2026, 11, 25))
    office.go(code, "close", date(2026, 11, 25))
    assert proposed(office, code) == set()
    assert proposed(office, source) == {("close", code)}
    assert state(office, source) == "concluded"  # proposed, never done by itself
    office.go(source, "close", date(2026, 11, 25))
    assert proposed(office, source) == set()
    with office.database.reading() as unit:
        chain = chaining.chain_of(unit, access.case(unit, code=code, actor=office["clerk"]), actor=office["clerk"])
        assert {(link.kind.code, link.code, link.other) for link in chain.links} == {
            ("arises_from", code, source),
            ("arises_from", again, code),
            ("escalated_to", code, again),
        }
        assert verifying.verify(unit, key=None).faults == ()
    told_day_by_day(office, code, source)


def told_day_by_day(office: Office, code: str, source: str) -> None:
    """The chain is told with the days, both hands, the paper and the law; what ran out stands on its day."""
    with office.database.reading() as unit:
        seen = access.case(unit, code=code, actor=office["clerk"])
        told = chronicle.chronicle_of(unit, seen, actor=office["clerk"])
        drawn = chain_drawing.svg(chaining.chain_of(unit, seen, actor=office["clerk"]), "vi")
    days = [step.on for step in told.steps if step.on is not None]
    assert days == sorted(days)
    assert {step.code for step in told.steps} >= {code, source}
    issued = next(step for step in told.steps if step.what.en == "Issue")
    assert (issued.on, issued.paper) == (date(2026, 9, 1), "05/KL-HĐND, 01/09/2026")
    assert issued.decided_by is not None
    assert (issued.decided_by.code, issued.recorded_by and issued.recorded_by.name) == (
        "TTHDND",
        "operator: test",
    )
    assert {law.citation for law in issued.law} == {"Kết luận, nghị quyết về giám sát"}
    explained = next(step for step in told.steps if step.what.en == "Record the explanation")
    (law,) = explained.law
    assert (law.fact, law.due_on) == ("met", date(2026, 11, 23))
    assert (law.citation, law.effect.code) == ("Luật 121/2025, Điều 40 (chưa đối chiếu)", "service")
    ran_out = [step for step in told.steps if step.recorded_by is None]
    assert {(step.on, step.what.en) for step in ran_out} == {
        (date(2026, 10, 15), "Overdue: Implementation of the recommendation"),
        (date(2026, 10, 15), "Overdue: Report on the recommendation"),
    }
    boxes = ElementTree.fromstring(drawn).findall("{*}rect")  # noqa: S314 - our own picture
    assert len(boxes) == len({step.code for step in told.steps})
    assert "quỹ đất" not in drawn


@pytest.mark.journeys
def test_what_is_found_short_stays_open_and_is_explained_reviewed_and_reported_anew(office: Office) -> None:
    code = recommend(office)
    (referral,) = issue(office, code).referrals
    report(office, code, referral, date(2026, 9, 9), claimed="in_progress")
    assert state(office, code) == "reported"
    office.go(code, "verify", date(2026, 9, 9), outcome="below_request", words="Thiếu số liệu", review_on="2026-10-01")
    assert (state(office, code), office.see(code).detail["outcome"]) == ("shortfall", "below_request")
    assert set(running(office, code)) == {"recommendation.carried_out", "recommendation.review"}
    assert proposed(office, code) == {("request_explanation", None)}
    office.go(code, "request_new_answer", date(2026, 9, 9), referral=referral, words="Bổ sung số liệu")
    assert state(office, code) == "in_progress"
    office.go(code, "extend", date(2026, 9, 10), due_words="Quý IV/2026", words="Chờ đo đạc")
    assert running(office, code)["recommendation.carried_out"] == date(2026, 12, 31)
    assert office.see(code).detail["times_extended"] == 1
    report(office, code, referral, date(2026, 9, 10))
    assert state(office, code) == "reported"
    office.go(code, "verify", date(2026, 9, 10), outcome="not_carried_out", review_on="2026-10-01")
    office.go(code, "request_reconsideration", date(2026, 9, 10), words="Không thuộc thẩm quyền", by="UBND xã")
    assert state(office, code) == "reconsideration_requested"
    assert "recommendation.carried_out" in running(office, code)  # asking suspends nothing
    office.go(code, "end_reconsideration", date(2026, 9, 10), decision="upheld", words="Giữ nguyên")
    other = recommend(office)
    office.go(other, "replace", date(2026, 9, 10), replaces=code)
    assert ("withdraw", other) in proposed(office, code)
    office.go(code, "withdraw", date(2026, 9, 10), words="Có kiến nghị khác thay thế")
    assert (state(office, code), running(office, code), proposed(office, code)) == ("withdrawn", {}, set())


def test_without_a_time_it_is_not_issued_in_silence(office: Office) -> None:
    code = recommend(office)
    with pytest.raises(Refused) as refused:
        issue(office, code, due_on=None)
    assert {one.code for one in refused.value.findings if one.holds is False} == {"time_or_reason"}
    with pytest.raises(BadInput) as bad:
        issue(office, code, due_on=None, due_words="trước ngày 31.11")
    assert list(bad.value.problems) == ["due_words"]
    moved = issue(office, code, due_on=None, no_time_because="Phụ thuộc phân bổ vốn trung hạn")
    assert "undated_has_review" in {warning.code for warning in moved.warnings}
    event = recommend(office)
    moved = issue(office, event, due_on=None, due_words="kỳ họp gần nhất", review_on="2026-12-10")
    assert "undated_has_review" not in {warning.code for warning in moved.warnings}
    assert running(office, event) == {"recommendation.review": date(2026, 12, 10)}
    with office.database.reading() as unit:
        view = describing.case_view(unit, office.see(event), actor=office["clerk"])
    assert {one.label.vi: one.value.vi for one in particulars_of(view)} == {
        "Chủ thể giám sát": "Thường trực HĐND",
        "Hình thức ban hành": "Kết luận giám sát",
        "Thời hạn (quý, tháng, sự kiện)": "kỳ họp gần nhất",
    }


@pytest.mark.parametrize("supervisor", ["higher", "front"])
def test_what_a_higher_team_recommends_here_is_registered_as_well(office: Office, supervisor: str) -> None:
    """And what the Front's own supervision recommends."""
    code = recommend(office, supervisor=supervisor, place="Báo cáo 26/BC-ĐGS, mục IV")
    issue(office, code, due_on="2026-12-01", binding_force="report")
    seen = office.see(code)
    assert (seen.detail["supervisor"], seen.detail["binding_force"]) == (supervisor, "report")
    assert seen.row["next_due_on"] == date(2026, 12, 1)
