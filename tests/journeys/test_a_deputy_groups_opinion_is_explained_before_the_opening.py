"""What deputies ask before a session: a source of its own, explained at least one day before the opening."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from states.errors import Refused
from states.facts import Signed
from tests.desk import Desk
from tests.office import Office
from workflows import verifying
from workflows.registering import Birth

RAISED = date(2026, 9, 1)
LETTER = {"number": "41/HĐND-TT", "issued_on": "2026-09-03"}
REPORT = {"number": "77/BC-UBND", "issued_on": "2026-09-08", "type": "report", "issuer": "UBND"}


def enter(desk: Desk, **said: Any) -> Any:
    payload = {"text": "Vì sao chậm giải ngân", "group": "HDND", "agency": "UBND", "session": "KH2", **said}
    body = {"kind": "deputy_opinion", "on": "2026-09-01", "payload": payload}
    answer = desk.as_("deputy").post("/api/v1/cases", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def clock(office: Office, code: str) -> dict[str, Any]:
    (found,) = office.see(code).clocks
    return dict(found)


@pytest.mark.journeys
def test_an_opinion_is_forwarded_explained_found_wanting_and_questioned(desk: Desk) -> None:
    entered = enter(desk, about="Báo cáo đầu tư công", deputy="Hoàng Văn Đại Biểu")
    code = entered["code"]
    assert code == "NP-YK-26-0001"
    assert [w["code"] for w in entered["warnings"]] == ["raised_by_a_deputy_group"]
    view = desk.as_("clerk").get(f"/api/v1/cases/{code}").json()
    assert (view["holder"]["code"], view["next_due_on"]) == ("VP", "2026-11-30")  # not forwarded yet
    assert (view["detail"]["agency"]["code"], view["detail"]["group"]["code"]) == ("UBND", "HDND")

    desk.move(code, "forward", on="2026-09-03", document=LETTER, payload={"agency": "KT"})
    assert desk.as_("clerk").get(f"/api/v1/cases/{code}").json()["holder"]["code"] == "KT"
    desk.move(code, "explain", on="2026-09-08", document=REPORT, payload={"words": "Vướng mặt bằng"})
    met = clock(desk.office, code)
    assert (met["limit_code"], met["due_on"], met["met_on"]) == (
        "explanation.before_opening", date(2026, 11, 30), date(2026, 9, 8)
    )  # fmt: skip
    own = desk.post(code, "accept", decided_by={"agency": "KT"}, on="2026-09-09")
    assert own.status_code == 409  # who explained does not accept its own explanation
    desk.move(code, "find_wanting", login="deputy", on="2026-09-09", payload={"words": "Chưa rõ thời hạn"})
    other = desk.enter("Đường vào khu tái định cư")
    desk.move(code, "carry_to_question", on="2026-09-10", payload={"words": "Đề nghị chất vấn", "question": other})
    view = desk.as_("clerk").get(f"/api/v1/cases/{code}").json()
    assert (view["state"]["code"], view["next_due_on"]) == ("questioned", None)
    assert [(link["kind"]["code"], link["code"]) for link in view["links"]] == [("escalated_to", other)]
    with desk.office.database.reading() as unit:
        assert verifying.verify(unit, key=None).faults == ()


def test_one_letter_forwards_and_one_report_explains_all_opinions(desk: Desk) -> None:
    codes = [enter(desk)["code"] for _ in range(3)]
    letter = {"act": "transfer", "document": {**LETTER, "issuer": "TTHDND"}, "on": "2026-09-03"}
    report = {"act": "answer", "document": REPORT, "on": "2026-09-08", "values": {"words": "Vướng mặt bằng"}}
    for paper in (letter, report):
        done = desk.as_("charge").post("/api/v1/documents", json={**paper, "rows": [{"case": code} for code in codes]})
        assert done.status_code in {200, 201}, done.text
    states = [desk.office.see(code).row["state"] for code in codes]
    assert states == ["explained"] * 3


def test_an_opinion_is_never_counted_as_a_petition(desk: Desk) -> None:
    desk.enter()
    before = desk.as_("charge").get("/api/v1/rates").json()
    for _ in range(2):
        enter(desk)
    assert desk.as_("charge").get("/api/v1/rates").json() == before
    assert len(desk.as_("clerk").get("/api/v1/petitions").json()["items"]) == 1
    listed = desk.as_("clerk").get("/api/v1/cases", params={"kind": "deputy_opinion"}).json()["items"]
    assert [row["summary"] for row in listed] == ["Vì sao chậm giải ngân"] * 2


def test_one_that_was_never_explained_is_late_and_ends_with_the_question(office: Office) -> None:
    said = {"text": "Vì sao chậm", "group": "HDND", "agency": "UBND", "session": "KH2"}
    code = office.born(Birth("deputy_opinion", said, RAISED))
    assert clock(office, code)["due_on"] == date(2026, 11, 30)
    office.go(code, "carry_to_question", RAISED, words="Không giải trình")
    assert clock(office, code)["state"] == "cancelled"


def test_without_a_session_nothing_is_due_until_it_is_set(office: Office) -> None:
    said = {"text": "Vì sao chậm", "group": "HDND", "agency": "UBND"}
    code = office.born(Birth("deputy_opinion", said, RAISED))
    assert office.see(code).clocks == ()
    office.go(code, "set_session", RAISED, session="KH2")
    assert office.due(code) == date(2026, 11, 30)
    office.go(code, "put_on_agenda", RAISED)
    office.go(code, "withdraw", RAISED, words="Đã rõ")
    assert clock(office, code)["state"] == "cancelled"


def test_the_standing_body_explains_nothing_to_the_deputies(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        office.born(Birth("deputy_opinion", {"text": "x", "group": "HDND", "agency": "TTHDND"}, RAISED))
    assert "judge_is_not_the_addressee" in {one.code for one in refused.value.findings if one.holds is False}
    said = {"text": "x", "group": "HDND", "agency": "UBND"}
    code = office.born(Birth("deputy_opinion", said, RAISED))
    office.go(code, "explain", RAISED, words="Đã rõ", decided_by=Signed(office.agencies["UBND"]))
    office.go(code, "accept", RAISED)
    assert office.see(code).row["state"] == "accepted"
