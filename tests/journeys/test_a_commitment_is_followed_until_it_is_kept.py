"""A promise made in an answer: captured, reminded of, extended, taken over, found broken, and kept in the end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from states.errors import BadInput, NotFound, Refused
from states.facts import Signed
from states.vocabulary import ProposalState
from tests.mornings import at
from tests.office import Office
from workflows import access, chaining, describing, listing, proposals, registering, sweeping, verifying
from workflows.delivering import inboxes, resolving
from workflows.listing import CaseFilter
from workflows.registering import Birth

PROMISED = date(2026, 9, 1)


def capture(office: Office, on: date = PROMISED, **said: Any) -> str:
    payload = {"text": "Xong cầu bản Nà Pát", "agency": "UBND", "occasion": "answer", **said}
    return office.born(Birth("commitment", payload, on), actor=office["clerk"])


def promised(office: Office, code: str) -> list[tuple[date | None, str]]:
    """Return the days promised, as the clocks that stand and those that were replaced know them, oldest first."""
    rows = office.rows(
        'SELECT due_on, clock.state FROM clock JOIN "case" ON "case".id = case_id'
        f" WHERE code = '{code}' AND limit_code = 'commitment.promised' ORDER BY start_seq, revision"
    )
    return [(date.fromisoformat(str(row["due_on"])), row["state"]) for row in rows]


def open_proposals(office: Office, code: str) -> set[str]:
    with office.database.reading() as unit:
        found = proposals.listed(unit, actor=office["charge"], code=code, state=ProposalState.OPEN, limit=100).items
    return {one.trigger.code for one in found}


@pytest.mark.journeys
def test_a_promise_is_followed_through_extension_succession_and_breach(office: Office) -> None:
    petition, _ = office.sent("UBND")
    code = capture(office, due_words="Quý IV/2026", session="KH2", from_case=petition, office_holder="Bà Chủ tịch")
    assert code == "NP-CK-26-0001"
    with office.database.reading() as unit:
        seen = access.case(unit, code=code, actor=office["clerk"])
        view = describing.case_view(unit, seen, actor=office["clerk"])
        other = describing.case_view(unit, office.see(petition), actor=office["clerk"])
    assert view.next_due_on == date(2026, 12, 31)
    assert (view.holder and view.holder.code, view.session) == ("UBND", "KH2")
    assert view.detail["agency"] == {"code": "UBND", "name": "Ủy ban nhân dân xã Nà Pát"}
    assert view.detail["occasion"]["label"]["vi"] == "Văn bản trả lời"
    assert (view.detail["due_words"], view.detail["office_holder"]) == ("Quý IV/2026", "Bà Chủ tịch")
    assert [(one.kind.code, one.code, one.outgoing) for one in view.links] == [("committed_in", petition, True)]
    assert [(one.kind.code, one.code, one.outgoing) for one in other.links] == [("committed_in", code, False)]

    office.go(code, "report_progress", date(2026, 9, 5), words="Đã khảo sát")
    office.go(code, "extend", date(2026, 9, 8), due_words="tháng 10/2026", words="Mưa lũ")
    office.go(code, "extend", date(2026, 9, 9), due_on=date(2026, 10, 15), words="Có vốn sớm hơn")
    assert [day for day, _ in promised(office, code)] == [date(2026, 12, 31), date(2026, 10, 31), date(2026, 10, 15)]
    assert office.see(code).detail["times_extended"] == 2
    assert office.see(code).detail["due_words"] == "15/10/2026"
    office.go(code, "take_over", date(2026, 9, 10), agency="KT", office_holder="Ông Trưởng phòng", words="Sắp xếp")
    assert office.see(code).row["holder_id"] == office.agencies["KT"]

    office.clock.now = at(date(2026, 11, 25))
    sweeping.sweep(office.database)
    assert open_proposals(office, code) == {"put_on_agenda", "list_at_session", "join_question_group"}

    found_broken_and_kept(office, code)


def found_broken_and_kept(office: Office, code: str) -> None:
    """The body that promised does not confirm itself; what was found broken is kept in the end, late."""
    with pytest.raises(Refused) as refused:
        office.go(
            code, "confirm_fulfilled", date(2026, 11, 20), decided_by=Signed(office.agencies["KT"]), evidence="Biên bản"
        )
    failed = {one.code for one in refused.value.findings if one.holds is False}
    assert failed == {"decider_is_the_standing_body", "decider_is_not_the_answerer"}
    office.go(code, "confirm_broken", date(2026, 11, 20), words="Chưa có cầu", review_on=date(2026, 12, 20))
    broken = office.see(code)
    assert broken.row["state"] == "broken"
    assert {"put_on_agenda", "join_question_group"} <= open_proposals(office, code)
    assert {c["limit_code"] for c in broken.clocks if c["state"] == "running"} == {
        "commitment.promised",
        "commitment.review",
    }
    office.go(code, "put_on_agenda", date(2026, 11, 25))
    office.go(code, "report", date(2026, 11, 25), words="Cầu đã thông xe", evidence="Biên bản nghiệm thu")
    with pytest.raises(BadInput) as bad:
        office.go(code, "confirm_fulfilled", date(2026, 11, 25))
    assert list(bad.value.problems) == ["evidence"]
    office.go(code, "confirm_fulfilled", date(2026, 11, 25), evidence="Biên bản nghiệm thu số 12")
    kept = office.see(code)
    assert (kept.row["state"], kept.row["next_due_on"]) == ("fulfilled", None)
    assert open_proposals(office, code) == set()
    late = next(c for c in kept.clocks if c["limit_code"] == "commitment.promised" and c["state"] == "met")
    assert (late["due_on"], late["met_on"]) == (date(2026, 10, 15), date(2026, 11, 25))
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).faults == ()


def test_a_day_that_no_calendar_has_is_refused_and_never_guessed(office: Office) -> None:
    """A real letter asked for a report before 31.11."""
    for words in ("trước ngày 31.11", "30/02/2027", "31-4-2027"):
        with pytest.raises(BadInput) as bad:
            capture(office, due_words=words)
        assert list(bad.value.problems) == ["due_words"]
        assert "ngày không có trong lịch" in bad.value.problems["due_words"].vi
    assert office.rows('SELECT code FROM "case"') == []


def test_a_promise_to_an_event_has_no_day_and_one_without_time_is_warned_of(office: Office) -> None:
    code = capture(office, due_words="khi được phân bổ vốn", session="KH2")
    assert office.see(code).row["next_due_on"] is None
    assert office.see(code).detail["due_words"] == "khi được phân bổ vốn"
    with office.database.writing() as unit:
        moved = registering.register(
            unit,
            setting=office.setting,
            birth=Birth("commitment", {"text": "Sẽ làm", "agency": "UBND", "occasion": "session"}, PROMISED),
            actor=office["clerk"],
        )
    assert {warning.code for warning in moved.warnings} == {"promise_has_time", "promise_has_session"}
    with pytest.raises(Refused):
        office.go(moved.code, "extend", PROMISED, words="chưa rõ")


@pytest.mark.parametrize("login", ["ubnd", "kt", "front"])
def test_whom_a_promise_charges_sees_it_and_is_reminded(office: Office, login: str) -> None:
    """The people of the body that promised, though they are not of the council's side; those of no other agency."""
    mine, theirs = capture(office, due_on=date(2026, 9, 14)), capture(office, agency="DIEN", due_on=date(2026, 9, 14))
    wanted = {"ubnd": [mine], "kt": [], "front": [mine, theirs]}[login]
    with office.database.reading() as unit:
        page = listing.cases(unit, actor=office[login], wanted=CaseFilter(kind="commitment"), limit=10)
        assert sorted(one.code for one in page.items) == wanted
        for code in (mine, theirs):
            if code in wanted:
                assert access.case(unit, code=code, actor=office[login]).row["code"] == code
            else:
                with pytest.raises(NotFound):
                    access.case(unit, code=code, actor=office[login])
    office.clock.now = at(date(2026, 9, 15))
    sweeping.sweep(office.database)
    resolving.resolve(office.database)
    with office.database.reading() as unit:
        inbox = inboxes.listed(unit, actor=office[login], limit=50)
    assert ({one.case for one in inbox.items} == {mine}) == (login == "ubnd")


def test_the_body_that_judges_promises_nothing_to_itself(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        capture(office, agency="TTHDND")
    assert "judge_is_not_the_addressee" in {one.code for one in refused.value.findings if one.holds is False}


def test_the_chain_leads_from_any_case_to_all_that_hang_together(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A promise, the petition it was made about, another one merged into that, the round of both; nobody else's."""
    meeting = office.born(
        Birth("contact_round", {"name": "Đợt 1", "round_kind": "before_session", "session": "KH2"}, date(2026, 7, 1))
    )
    petition = office.record("Sửa cầu", round=meeting)
    merged = office.record("Cầu hỏng", on=date(2026, 8, 2))
    office.go(merged, "merge", into=petition)
    code = capture(office, from_case=petition, session="KH2", due_words="Quý IV/2026")
    office.record("Xin giếng nước")
    for start in (petition, merged, code):
        found = chain_of(office, start)
        assert [one.code for one in found.cases] == [meeting, petition, merged, code]
        assert {(one.kind.code, one.code, one.other) for one in found.links} == {
            ("raised_in", petition, meeting),
            ("merged_into", merged, petition),
            ("committed_in", code, petition),
        }
        assert found.whole
    assert [one.gist for one in chain_of(office, code).cases] == ["Đợt 1", "Sửa cầu", "Cầu hỏng", "Xong cầu bản Nà Pát"]
    assert [one.code for one in chain_of(office, meeting).cases] == [meeting]  # its petitions are a list, no chain
    drawn = chaining.mermaid(chain_of(office, code), "vi")
    assert f'{code.replace("-", "_")} -->|"Cam kết khi giải quyết"| {petition.replace("-", "_")}' in drawn
    assert "Sửa cầu" not in drawn
    assert [one.code for one in chain_of(office, petition, "auditor").cases] == [meeting, petition, merged, code]
    sent, _ = office.sent("DIEN", code=petition)
    assert [one.code for one in chain_of(office, sent, "dien").cases] == [petition]
    monkeypatch.setattr(chaining, "MOST", 2)
    cut = chain_of(office, petition)
    assert (len(cut.cases), cut.whole) == (2, False)


def chain_of(office: Office, code: str, login: str = "clerk") -> chaining.Chain:
    with office.database.reading() as unit:
        seen = access.case(unit, code=code, actor=office[login])
        return chaining.chain_of(unit, seen, actor=office[login])
