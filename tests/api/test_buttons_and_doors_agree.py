"""S12: what is offered is what may be done: every trigger in every state by every role, over HTTP."""

from __future__ import annotations

from typing import Any

from states.kinds import lifecycle_of
from states.permissions import PERMISSIONS
from tests.desk import Desk

ROLES = ("clerk", "standing", "front", "deputy", "ubnd", "kt", "supervisor", "auditor")
WHO = {guard.code for guard in PERMISSIONS}
LETTER = {"number": "12/HĐND-TT", "issued_on": "2026-08-06"}
FILLED: dict[str, Any] = {
    "screen": {"level": "commune"},
    "judge": {"result": "explained"},
    "return_wrong_authority": {"because": "wrong_authority"},
    "answer": {"claimed": "explained", "words": "Đã rõ", "ground": "Công văn"},
    "ask_clarification": {"words": "Đoạn nào"},
    "report_progress": {"words": "Đang làm"},
    "reopen": {"words": "Chưa xong"},
    "withdraw": {"words": "Cử tri rút"},
    "void": {"words": "Nhập nhầm"},
    "explain_at_meeting": {"explanation": "Đã rõ"},
    "assign": {"lead": "KT"},
    "hear_petitioner": {"verdict": "satisfied"},
    "publish": {"via": "notice_board"},
    "inform_voters": {"via": "loudspeaker"},
    "raise_again": {},
    "compile": {},
    "accept": {},
    "receive": {},
    "note": {},
    "recall": {},
}


def cases_in_many_states(desk: Desk) -> dict[str, str]:
    """Return one case in each of several states, by state."""
    found = {"recorded": desk.enter()}
    sent, [referral] = desk.sent("UBND")
    found["with_authority"] = sent
    answered, [referral] = desk.sent("UBND")
    desk.move(answered, "receive", on="2026-08-10", referral=referral)
    desk.move(answered, "answer", on="2026-08-20", referral=referral, payload=FILLED["answer"])
    found["answered"] = answered
    closed, [referral] = desk.sent("UBND")
    desk.move(closed, "receive", on="2026-08-10", referral=referral)
    desk.move(closed, "answer", on="2026-08-20", referral=referral, payload=FILLED["answer"])
    desk.move(closed, "judge", on="2026-08-21", payload=FILLED["judge"])
    found["closed"] = closed
    return found


def test_what_is_refused_at_the_button_is_refused_at_the_door(desk: Desk) -> None:
    tried = 0
    for state, code in cases_in_many_states(desk).items():
        version = len(desk.office.events(code))
        for login in ROLES:
            offers = desk.as_(login).get(f"/api/v1/cases/{code}/moves")
            if offers.status_code == 404:
                assert desk.post(code, "compile", login).status_code == 404
                continue
            tried += refused_like_offered(desk, code, login, offers.json())
        assert len(desk.office.events(code)) == version, state
    assert tried > 150


def refused_like_offered(desk: Desk, code: str, login: str, offers: list[dict[str, Any]]) -> int:
    """Try every trigger that is not open to `login`; return how many were tried."""
    tried = 0
    table = lifecycle_of("petition")
    referral = next((o["referral"] for o in offers if o["referral"]), None)
    tables = [(None, table.triggers)]
    if referral is not None and table.referral is not None:
        tables.append((referral, table.referral.triggers))
    for where, triggers in tables:
        here = {o["trigger"]: o for o in offers if o["referral"] == where}
        for trigger in triggers:
            offer = here.get(trigger)
            if (offer is not None and offer["allowed"]) or trigger not in FILLED:
                continue
            refused = desk.post(code, trigger, login, on="2026-08-21", referral=where, payload=FILLED[trigger])
            assert refused.status_code in {403, 409}, (trigger, login, refused.text)
            failed = {f["code"] for f in refused.json()["failed"]}
            if offer is not None:
                assert {f["code"] for f in offer["fails"]} <= failed, (trigger, login)
                assert (refused.status_code == 403) == bool(failed & WHO), (trigger, login)
            tried += 1
    return tried


def test_what_is_open_at_the_button_opens_at_the_door(desk: Desk) -> None:
    """Each offer that is open is taken on a fresh case of the same state, with its form filled in."""
    taken = 0
    for login in ("clerk", "standing", "front"):
        for trigger in offered(desk, desk.enter(), login):
            if trigger not in FILLED:
                continue
            done = desk.post(desk.enter(), trigger, login, on="2026-08-21", payload=FILLED[trigger])
            assert done.status_code == 200, (trigger, login, done.text)
            taken += 1
    assert taken >= 9


def offered(desk: Desk, code: str, login: str) -> list[str]:
    offers = desk.as_(login).get(f"/api/v1/cases/{code}/moves").json()
    return [o["trigger"] for o in offers if o["allowed"]]


def test_a_form_says_what_a_move_needs_in_both_languages(desk: Desk) -> None:
    code = desk.enter()
    offers = {o["trigger"]: o for o in desk.as_("clerk").get(f"/api/v1/cases/{code}/moves").json()}
    form = offers["screen"]["form"]
    assert form["required"] == ["level"]
    assert form["additionalProperties"] is False
    level = form["properties"]["level"]
    assert (level["title"], level["title_en"]) == ("Cấp có thẩm quyền", "Level of jurisdiction")
    assert level["enum"] == ["hamlet", "commune", "province", "central"]
    assert level["choices"]["commune"] == {"vi": "Xã, phường, đặc khu", "en": "Commune"}
    assert offers["merge"]["form"]["properties"]["into"]["names"] == "case"
    assert {c["code"] for c in offers["screen"]["pending"]} == {"day_is_not_in_the_future"}
    assert offers["void"]["allowed"] is True
    others = {o["trigger"]: o for o in desk.as_("front").get(f"/api/v1/cases/{code}/moves").json()}
    assert others["void"]["allowed"] is False
    [failing] = others["void"]["fails"]
    assert failing["mend"] == {"vi": "Nhờ Văn phòng HĐND nhập", "en": "Ask the council office to enter it"}


def test_a_body_that_answers_cannot_accept_for_the_council(desk: Desk) -> None:
    code, [referral] = desk.sent("UBND")
    desk.move(code, "receive", "ubnd", on="2026-08-10", referral=referral)
    desk.move(code, "answer", "ubnd", on="2026-08-20", referral=referral, payload=FILLED["answer"])
    refused = desk.post(code, "accept", "ubnd", on="2026-08-21", referral=referral)
    assert refused.status_code == 403
    assert "council_desk" in {f["code"] for f in refused.json()["failed"]}
