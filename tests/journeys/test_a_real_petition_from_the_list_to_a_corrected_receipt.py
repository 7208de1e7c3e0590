"""One petition of the real list, over HTTP: two addressees, a return, a vague answer, a roadmap, the end, once more."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from models.databases import POSTGRESQL
from models.units import WriteUnit
from states.vocabulary import RoundKind
from tests.desk import Desk
from tests.tampering import events as stored
from tests.tampering import put, put_triggers_back, tail, tampering
from workflows import sealing, verifying
from workflows.importing.intake import Given
from workflows.importing.taking import ImportOrder, take_petitions
from workflows.verifying import Verdict

KEY = b"a key that lives outside the database"
PETITIONS = "petitions_national_assembly_1573.csv"
pytestmark = pytest.mark.journeys


@pytest.fixture
def petition(desk: Desk, shared_data: Path) -> str:
    """The code of the first petition of the real list, received for the round before the session."""
    given = Given(received_on=date(2026, 8, 1), session="KH2", round_kind=RoundKind.BEFORE_SESSION)
    order = ImportOrder(path=shared_data / PETITIONS, partial=True, given=given)
    office = desk.office
    report = take_petitions(
        office.database, setting=office.setting, actor=office["clerk"], order=order, today=date(2026, 9, 10)
    )
    assert (report.read, report.accepted, report.rejected, report.already_there) == (1573, 1572, 1, 0)
    found = desk.as_("clerk").get("/api/v1/cases", params={"text": "sạt lở ven vùng biển kiên giang"}).json()
    return str(found["items"][0]["code"])


def clocks(desk: Desk, code: str) -> list[tuple[str, str, str | None]]:
    """Return (limit, state, due date) of every live clock."""
    told = desk.as_("charge").get(f"/api/v1/cases/{code}/clocks").json()
    return sorted((c["limit"]["code"], c["state"]["code"], c["due_on"]) for c in told)


def events(desk: Desk, code: str) -> list[dict[str, Any]]:
    """Return the story."""
    story: list[dict[str, Any]] = desk.as_("charge").get(f"/api/v1/cases/{code}/events").json()
    return story


def verdict(desk: Desk, exported: Path) -> Verdict:
    """Verify the whole history."""
    with desk.office.database.reading() as unit:
        return verifying.verify(unit, key=KEY, exported=exported)


def referral(desk: Desk, code: str, agency: str) -> str:
    """Return the referral to `agency` that came last."""
    told = desk.as_("charge").get(f"/api/v1/cases/{code}/referrals").json()
    return str([r for r in told if r["agency"]["code"] == agency][-1]["id"])


def letter(number: str, day: str) -> dict[str, str]:
    """Return a numbered paper."""
    return {"number": number, "issued_on": day}


def send_to_two(desk: Desk, code: str) -> None:
    """Classify it, send it to two; one returns it, a third receives it in its place."""
    desk.move(code, "screen", on="2026-08-04", payload={"level": "commune"})
    addressees = {"addressees": ["UBND", "DIEN"]}
    desk.move(code, "transfer", on="2026-08-05", payload=addressees, document=letter("12/HĐND-TT", "2026-08-05"))
    returned = {"because": "wrong_authority", "suggested": "KT", "words": "Không thuộc lĩnh vực điện lực."}
    desk.move(code, "return_wrong_authority", on="2026-08-07", referral=referral(desk, code, "DIEN"), payload=returned)
    desk.move(
        code, "transfer", on="2026-08-07", payload={"addressees": ["KT"]}, document=letter("14/HĐND-TT", "2026-08-07")
    )
    desk.move(
        code, "receive", on="2026-08-06", referral=referral(desk, code, "UBND"), payload={"incoming_number": "88"}
    )
    desk.move(code, "receive", on="2026-08-10", referral=referral(desk, code, "KT"))
    desk.move(code, "assign", on="2026-08-10", referral=referral(desk, code, "UBND"), payload={"lead": "VHXH"})


def answer(desk: Desk, code: str, agency: str, day: str, number: str, **parts: Any) -> dict[str, Any]:
    """Record an answer."""
    body = {"claimed": "roadmap", "words": "Sẽ xem xét bố trí vốn trong thời gian tới.", **parts}
    told: dict[str, Any] = desk.move(
        code, "answer", on=day, referral=referral(desk, code, agency), payload=body, document=letter(number, day)
    )
    return told


WHOLE = {
    "cause": "Chưa cân đối được nguồn vốn",
    "responsible": "UBND",
    "measure": "Đưa vào kế hoạch đầu tư công",
    "due_on": "2026-12-30",
    "review_on": "2026-10-10",
    "copied_to_front": True,
}


STORY = """
record screen transfer prepare send prepare send return_wrong_authority transfer prepare send receive receive assign
answer answer request_new_answer answer judge accept accept judge reopen set_aside set_aside correct
"""


def test_one_petition_goes_all_the_way_and_its_history_is_proven(desk: Desk, petition: str, tmp_path: Path) -> None:
    code = petition
    send_to_two(desk, code)
    assert clocks(desk, code) == [
        ("answer.before_session", "cancelled", "2026-08-25"),
        ("answer.before_session", "running", "2026-08-26"),
        ("answer.before_session", "running", "2026-09-03"),
    ]

    vague = answer(desk, code, "UBND", "2026-08-20", "61/BC-UBND")
    assert {"time", "cause"} <= {part["code"] for part in vague["missing"]}
    answer(desk, code, "KT", "2026-08-21", "30/CV-KT", **WHOLE)
    again = {"words": "Chưa nêu thời hạn và nguyên nhân.", "missing": ["time", "cause"]}
    back = desk.move(code, "request_new_answer", on="2026-08-24", referral=referral(desk, code, "UBND"), payload=again)
    assert back["state"]["code"] == "with_authority"
    assert answer(desk, code, "UBND", "2026-08-28", "64/BC-UBND", **WHOLE)["state"]["code"] == "answered"

    roadmap = {"result": "roadmap", "due_on": "2026-12-30", "review_on": "2026-10-10"}
    assert desk.move(code, "judge", on="2026-09-01", payload=roadmap)["state"]["code"] == "judged"
    done = {"result": "resolved", "evidence": "Biên bản nghiệm thu 03/BB-NT"}
    assert desk.move(code, "judge", on="2026-09-07", payload=done)["state"]["code"] == "closed"
    reopened = desk.move(code, "reopen", on="2026-09-09", payload={"words": "Cử tri phản ánh kè vẫn sạt lở."})
    assert reopened["state"]["code"] == "screened"

    receipt = next(e["seq"] for e in events(desk, code) if e["trigger"]["code"] == "receive")
    right = {"seq": receipt, "on": "2026-08-07", "words": "Ghi nhầm ngày đến."}
    desk.move(code, "correct", on="2026-09-10", payload=right)
    assert clocks(desk, code) == [
        ("answer.before_session", "cancelled", "2026-08-25"),
        ("answer.before_session", "met", "2026-08-27"),
        ("answer.before_session", "met", "2026-09-03"),
        ("roadmap.resolution", "met", "2026-12-30"),
        ("roadmap.review", "met", "2026-10-10"),
    ]
    assert [e["trigger"]["code"] for e in events(desk, code)] == STORY.split()
    _prove_history(desk, code, tmp_path)


def _prove_history(desk: Desk, code: str, exported: Path) -> None:
    """Clean when sealed; then one byte, a cut tail and a dropped trigger are each found and named."""
    sealing.seal(desk.office.database, key=KEY, export_to=exported)
    clean = verdict(desk, exported)
    assert clean.ok, clean.first_fault
    case = dict(desk.office.see(code).row)
    with tampering(desk.office) as unit:
        spoiled = tampering_with(unit, case)
        put_triggers_back(unit)
        found = verifying.verify(unit, key=KEY, exported=exported).first_fault
        assert found is not None
        assert (found.case, found.seq) == spoiled
    with tampering(desk.office) as unit:
        named = tail(unit, case, Random(1))
        put_triggers_back(unit)
        found = verifying.verify(unit, key=KEY, exported=exported).first_fault
        assert found is not None
        assert (found.case, found.seq) == named
    with tampering(desk.office) as unit:
        if unit.dialect == POSTGRESQL:
            unit.connection.exec_driver_sql("DROP TRIGGER event_append_only ON event")
        found = verifying.verify(unit, key=KEY, exported=exported).first_fault
        assert found is not None
        assert "event" in found.what.en


def tampering_with(unit: WriteUnit, case: dict[str, Any]) -> tuple[str, int]:
    """Change one byte of the payload of the first answer."""
    answered = next(e for e in stored(unit, case["id"]) if e["trigger"] == "answer")
    put(unit, answered, payload=answered["payload"].replace("trong", "trọng", 1) + " ")
    return case["code"], answered["seq"]
