from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from states.errors import BadInput, Refused, UnknownTrigger
from tests.office import Office, standing_body
from workflows import verifying
from workflows.registering import Birth

SENT, RECEIVED, ANSWERED = date(2026, 8, 6), date(2026, 8, 10), date(2026, 8, 28)


@pytest.fixture(autouse=True)
def _history_stays_whole(office: Office) -> Any:
    """After every correction the rows are the fold of the events."""
    yield
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).faults == ()


def answered(office: Office, **more: Any) -> tuple[str, UUID]:
    code, (referral,) = office.sent("UBND", on=SENT)
    office.go(code, "receive", RECEIVED, referral=referral)
    entry = {"claimed": "roadmap", "words": "sẽ làm trong quý IV", **more}
    office.go(code, "answer", ANSWERED, referral=referral, **entry)
    return code, referral


def clocks(office: Office) -> list[dict[str, Any]]:
    found = office.rows(
        "SELECT limit_code, state, CAST(anchor_on AS varchar(10)) AS anchor, CAST(due_on AS varchar(10)) AS due,"
        " CAST(met_on AS varchar(10)) AS met, superseded_seq, superseded_reason AS why FROM clock ORDER BY id"
    )
    return [{**row, "limit_code": row["limit_code"].split(".")[0]} for row in found]


def test_a_wrong_receipt_date_put_right_moves_the_clock_and_keeps_the_old_one(office: Office) -> None:
    code, _ = answered(office)
    office.go(code, "correct", date(2026, 9, 1), seq=6, on="2026-08-07", words="ghi nhầm ngày đến")
    provisional, old, new = clocks(office)
    assert (provisional["state"], provisional["why"]) == ("superseded", "receipt_known")
    assert (old["state"], old["anchor"], old["due"], old["superseded_seq"], old["why"]) == (
        "superseded",
        "2026-08-10",
        "2026-09-03",
        8,
        "anchor_moved",
    )
    assert (new["state"], new["anchor"], new["due"], new["met"]) == ("met", "2026-08-07", "2026-08-27", "2026-08-28")
    event = office.events(code)[-1]
    assert (event["act"], event["corrects_seq"], event["occurred_on"]) == ("correct", 6, date(2026, 9, 1))
    assert office.events(code)[5]["occurred_on"] == RECEIVED


def test_a_correction_may_be_corrected_by_another_one(office: Office) -> None:
    code, _ = answered(office)
    office.go(code, "correct", date(2026, 9, 1), seq=6, on="2026-08-07", words="ghi nhầm")
    office.go(code, "correct", date(2026, 9, 2), seq=6, on="2026-08-11", words="nhầm lần nữa")
    assert [c["anchor"] for c in clocks(office) if c["state"] == "met"] == ["2026-08-11"]
    with pytest.raises(BadInput) as bad:
        office.go(code, "correct", date(2026, 9, 2), seq=8, on="2026-08-11", words="sửa việc sửa")
    assert "8" in bad.value.problems["seq"].vi


def test_right_values_reach_the_rows_and_the_old_event_stays(office: Office) -> None:
    code, _ = answered(office)
    office.go(code, "correct", date(2026, 9, 1), seq=7, values={"claimed": "explained"}, words="đọc nhầm văn bản")
    seen = office.see(code)
    assert (seen.row["result_claimed"], seen.referrals[0]["result_claimed"]) == ("explained", "explained")
    assert '"claimed":"roadmap"' in office.events(code)[6]["payload"]
    office.go(
        code, "correct", date(2026, 9, 1), seq=1, values={"nature": "opinion", "locality": "Bản Co Muông"}, words="-"
    )
    seen = office.see(code)
    assert (seen.detail["nature"], seen.row["locality"]) == ("opinion", "Bản Co Muông")


def test_a_corrected_roadmap_date_moves_its_clock(office: Office) -> None:
    code, _ = answered(office)
    office.go(
        code,
        "judge",
        date(2026, 9, 5),
        decided_by=standing_body(office),
        result="roadmap",
        due_on="2026-12-30",
        review_on="2026-10-12",
    )
    seq = next(e["seq"] for e in office.events(code) if e["trigger"] == "judge")
    office.go(code, "correct", date(2026, 9, 6), seq=seq, values={"due_on": "2026-12-15"}, words="nhầm ngày")
    assert sorted(c["due"] for c in clocks(office) if c["state"] == "running") == ["2026-10-12", "2026-12-15"]
    assert office.see(code).row["next_due_on"] == date(2026, 10, 12)


@pytest.mark.parametrize(
    ("seq", "right", "field"),
    [
        (99, {"on": "2026-08-07"}, "seq"),
        (6, {}, "on"),
        (7, {"values": {"words": "chữ khác"}}, "values.words"),
        (7, {"values": {"colour": "xanh"}}, "values.colour"),
        (7, {"values": {"claimed": "bừa"}}, "values.claimed"),
        (7, {"on": "31/11/2026"}, "on"),
    ],
)
def test_a_correction_that_cannot_be_is_told_by_its_field(
    office: Office, seq: int, right: dict[str, Any], field: str
) -> None:
    code, _ = answered(office)
    with pytest.raises(BadInput) as bad:
        office.go(code, "correct", date(2026, 9, 1), seq=seq, **right, words="lý do")
    assert field in bad.value.problems
    assert len(office.events(code)) == 7


def test_a_right_day_is_held_against_the_guards_of_its_move(office: Office) -> None:
    code, _ = answered(office)
    with pytest.raises(Refused) as refused:
        office.go(code, "correct", date(2026, 9, 1), seq=6, on="2026-12-31", words="ngày chưa tới")
    assert [f.code for f in refused.value.findings if f.holds is False] == ["day_is_not_in_the_future"]


def test_a_judged_result_that_leads_elsewhere_is_not_corrected_but_made_anew(office: Office) -> None:
    code, _ = answered(office)
    office.go(code, "judge", date(2026, 9, 5), decided_by=standing_body(office), result="explained")
    seq = next(e["seq"] for e in office.events(code) if e["trigger"] == "judge")
    with pytest.raises(Refused):
        office.go(code, "correct", date(2026, 9, 6), seq=seq, values={"result": "not_yet"}, words="nhầm")


def test_the_last_move_is_taken_back_with_all_it_did(office: Office) -> None:
    code, _ = answered(office)
    office.go(code, "judge", date(2026, 9, 5), decided_by=standing_body(office), result="explained")
    before = office.see(code)
    assert (before.row["state"], before.row["result_judged"], before.referrals[0]["state"]) == (
        "closed",
        "explained",
        "accepted",
    )
    moved = office.go(code, "undo", date(2026, 9, 6), seq=8, words="Thường trực chưa họp")
    seen = office.see(code)
    assert (seen.row["state"], seen.row["result_judged"], seen.referrals[0]["state"]) == ("answered", None, "answered")
    assert (seen.row["seq"], moved.state) == (10, "answered")
    event = office.events(code)[-1]
    assert (event["undoes_seq"], event["from_state"], event["to_state"]) == (8, "closed", "answered")
    with pytest.raises(BadInput):
        office.go(code, "undo", date(2026, 9, 6), seq=8, words="hai lần")
    office.go(code, "judge", date(2026, 9, 7), decided_by=standing_body(office), result="explained")


def test_taking_an_answer_back_starts_its_clock_again(office: Office) -> None:
    code, referral = answered(office)
    assert office.see(code).row["next_due_on"] is None
    office.go(code, "undo", date(2026, 9, 1), seq=7, words="văn bản của việc khác")
    seen = office.see(code)
    assert (seen.row["state"], seen.row["result_claimed"], seen.row["next_due_on"]) == (
        "with_authority",
        None,
        date(2026, 9, 3),
    )
    assert seen.referrals[0]["id"] == referral


def test_only_the_last_move_is_taken_back_and_one_at_a_time(office: Office) -> None:
    code, _ = answered(office)
    with pytest.raises(Refused) as refused:
        office.go(code, "undo", seq=6, words="-")
    assert "7" in refused.value.text.vi
    office.go(code, "undo", seq=7, words="-")
    office.go(code, "undo", seq=6, words="-")
    assert [r["state"] for r in office.see(code).referrals] == ["sent"]
    with pytest.raises(Refused) as opened:
        office.go(code, "undo", seq=3, words="-")
    assert "Thu hồi" in opened.value.text.vi


def test_an_amended_text_keeps_both_versions_and_search_finds_the_new_one(office: Office) -> None:
    code = office.record("Xin sửa cầu treo")
    office.go(code, "amend", text="Xin sửa cầu tràn", field="giao-thong", words="nghe nhầm")
    texts = [
        row["body"] for row in office.rows("SELECT body FROM text_version WHERE field = 'text' ORDER BY event_seq")
    ]
    assert texts == ["Xin sửa cầu treo", "Xin sửa cầu tràn"]
    assert office.rows("SELECT folded FROM case_search") == [{"folded": "xin sua cau tran"}]
    assert (office.see(code).row["field"], office.see(code).row["state"]) == ("giao-thong", "recorded")
    office.go(code, "undo", seq=2, words="đúng là cầu treo")
    assert office.rows("SELECT folded FROM case_search") == [{"folded": "xin sua cau treo"}]
    assert office.see(code).row["field"] is None


def test_a_case_entered_by_mistake_keeps_code_and_history(office: Office) -> None:
    code, _ = office.sent("UBND")
    with pytest.raises(Refused):
        office.go(code, "void", words="trùng", actor=office["front"])
    office.go(code, "void", words="trùng", actor=office["clerk"])
    seen = office.see(code)
    assert (seen.row["state"], [r["state"] for r in seen.referrals], seen.row["next_due_on"]) == (
        "voided",
        ["recalled"],
        None,
    )
    assert all(c["state"] in {"cancelled", "superseded"} for c in clocks(office))
    with pytest.raises(UnknownTrigger):
        office.go(code, "screen", level="commune")
    assert office.record() == "NP-KN-26-0002"


def test_a_new_answer_asked_for_leads_back_to_the_authority(office: Office) -> None:
    code, referral = answered(office)
    office.go(
        code, "request_new_answer", date(2026, 8, 29), referral=referral, words="thiếu thời hạn", missing=["time"]
    )
    seen = office.see(code)
    assert (seen.row["state"], seen.referrals[0]["state"], seen.row["result_claimed"]) == (
        "with_authority",
        "sent_back",
        None,
    )
    office.go(code, "answer", date(2026, 9, 3), referral=referral, claimed="explained", words="rõ", ground="QĐ 1")
    assert office.see(code).row["state"] == "answered"


def test_reopening_sets_the_earlier_treatment_aside(office: Office) -> None:
    code, referral = answered(office)
    office.go(code, "judge", date(2026, 9, 5), decided_by=standing_body(office), result="explained")
    office.go(code, "reopen", date(2026, 9, 8), words="nước vẫn đục")
    seen = office.see(code)
    assert (seen.row["state"], seen.referrals[0]["state"]) == ("screened", "set_aside")
    assert (seen.row["result_claimed"], seen.row["result_judged"]) == (None, None)
    _, (again,) = office.sent("UBND", code=code, on=date(2026, 9, 9))
    assert again != referral
    assert [c["state"] for c in clocks(office)][-1] == "running"


def test_a_session_known_by_its_round_survives_every_fold(office: Office) -> None:
    entry = {"name": "Đợt trước kỳ họp thứ 2", "round_kind": "before_session", "session": "KH2"}
    meeting = office.born(Birth("contact_round", entry, None))
    code = office.record(session=None, round_kind=None, round=meeting)
    session = office.see(code).row["session_id"]
    assert session is not None
    office.go(code, "raise_again")
    office.go(code, "undo", seq=2, words="nhầm")
    assert office.see(code).row["session_id"] == session
