"""One petition from its receipt to a corrected date, every event and clock of it, and what tampering leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from states.entries import DocumentSlip, Petitioner
from tests import tampering
from tests.office import Office, standing_body
from workflows import sealing, verifying

KEY = b"the key lies in another drawer"


def on(day: int, month: int = 8) -> date:
    return date(2026, month, day)


@dataclass
class Life:
    """The petition, its referrals and the folder of its seals."""

    office: Office
    code: str
    ubnd: UUID
    kt: UUID
    dien: UUID
    seals: Path

    def verdict(self) -> verifying.Verdict:
        with self.office.database.reading() as unit:
            return verifying.verify(unit, key=KEY, exported=self.seals)


@pytest.fixture
def life(office: Office, tmp_path: Path) -> Life:
    """Two addressees, one returns it, a third comes in; answered badly, then well; judged, resolved, reopened."""
    go = office.go
    code = office.record(
        "Nước sinh hoạt bản Co Muông đục sau mưa, đề nghị kiểm tra bể lọc", petitioner=Petitioner(name="Lò Thị Inh")
    )
    go(code, "compile", on(3), actor=office["front"])
    go(code, "screen", on(5), level="commune", field="nuoc-sach", actor=office["officer"])
    letter = DocumentSlip(number="31/HĐND-TT", issued_on=on(6), subject="Chuyển kiến nghị cử tri")
    sent = go(code, "transfer", on(6), document=letter, addressees=["UBND", "KT"], actor=office["officer"])
    ubnd, kt = sent.referrals
    go(code, "return_wrong_authority", on(8), referral=kt, because="wrong_authority", actor=office["kt"])
    more = DocumentSlip(number="33/HĐND-TT", issued_on=on(11))
    (dien,) = go(code, "transfer", on(11), document=more, addressees=["DIEN"], actor=office["officer"]).referrals
    life = Life(office, code, ubnd, kt, dien, tmp_path / "seals")
    is_answered(life)
    is_judged_and_reopened(life)
    received = next(e["seq"] for e in office.events(code) if e["trigger"] == "receive" and e["referral_id"] == ubnd)
    go(code, "correct", on(10, 9), seq=received, on="2026-08-11", words="Dấu đến ngày 11", actor=office["officer"])
    sealing.seal(office.database, key=KEY, export_to=life.seals)
    return life


def is_answered(life: Life) -> None:
    """Received by both, assigned, answered by one, badly and then well by the other."""
    office, code, go = life.office, life.code, life.office.go
    go(code, "receive", on(12), referral=life.ubnd, incoming_number="112", actor=office["ubnd"])
    go(code, "receive", on(13), referral=life.dien, incoming_number="45", actor=office["dien"])
    go(code, "assign", on(14), referral=life.ubnd, lead="KT", internal_due_on="2026-08-25", actor=office["ubnd"])
    go(
        code,
        "answer",
        on(20),
        referral=life.dien,
        claimed="explained",
        words="Bơm đủ điện",
        ground="Biên bản",
        actor=office["dien"],
    )
    go(code, "answer", on(28), referral=life.ubnd, claimed="roadmap", words="Sẽ thay bể lọc", actor=office["ubnd"])
    go(
        code,
        "request_new_answer",
        on(29),
        referral=life.ubnd,
        words="Chưa nêu thời hạn",
        missing=["time"],
        actor=office["clerk"],
    )
    full: dict[str, Any] = {
        "claimed": "roadmap",
        "words": "Thay bể lọc trong quý IV",
        "cause": "bể lọc hỏng",
        "responsible": "Phòng Kinh tế",
        "measure": "thay bể",
        "due_on": "2026-12-15",
        "review_on": "2026-10-15",
        "copied_to_front": True,
    }
    go(code, "answer", on(3, 9), referral=life.ubnd, actor=office["ubnd"], **full)


def is_judged_and_reopened(life: Life) -> None:
    """Judged with a roadmap, resolved, doubted by the petitioner, opened again."""
    office, code, go = life.office, life.code, life.office.go
    judged: dict[str, Any] = {"result": "roadmap", "due_on": "2026-12-15", "review_on": "2026-10-15"}
    go(code, "judge", on(5, 9), decided_by=standing_body(office), actor=office["clerk"], **judged)
    resolved: dict[str, Any] = {"result": "resolved", "evidence": "Biên bản nghiệm thu số 4"}
    go(code, "judge", on(7, 9), decided_by=standing_body(office), actor=office["clerk"], **resolved)
    go(code, "hear_petitioner", on(8, 9), verdict="disagrees", words="Nước vẫn đục", actor=office["front"])
    go(code, "reopen", on(9, 9), words="Cử tri phản ánh nước vẫn đục", actor=office["officer"])


def test_every_event_stands_in_its_order(life: Life) -> None:
    told = [
        (e["seq"], e["trigger"], e["from_state"], e["to_state"], e["referral_to"], e["occurred_on"])
        for e in life.office.events(life.code)
    ]
    assert told == [
        (1, "record", None, "recorded", None, on(1)),
        (2, "compile", "recorded", "compiled", None, on(3)),
        (3, "screen", "compiled", "screened", None, on(5)),
        (4, "transfer", "screened", "with_authority", None, on(6)),
        (5, "prepare", "with_authority", "with_authority", "prepared", on(6)),
        (6, "send", "with_authority", "with_authority", "sent", on(6)),
        (7, "prepare", "with_authority", "with_authority", "prepared", on(6)),
        (8, "send", "with_authority", "with_authority", "sent", on(6)),
        (9, "return_wrong_authority", "with_authority", "with_authority", "returned", on(8)),
        (10, "transfer", "with_authority", "with_authority", None, on(11)),
        (11, "prepare", "with_authority", "with_authority", "prepared", on(11)),
        (12, "send", "with_authority", "with_authority", "sent", on(11)),
        (13, "receive", "with_authority", "with_authority", "received", on(12)),
        (14, "receive", "with_authority", "with_authority", "received", on(13)),
        (15, "assign", "with_authority", "with_authority", "assigned", on(14)),
        (16, "answer", "with_authority", "with_authority", "answered", on(20)),
        (17, "answer", "with_authority", "answered", "answered", on(28)),
        (18, "request_new_answer", "answered", "with_authority", "sent_back", on(29)),
        (19, "answer", "with_authority", "answered", "answered", on(3, 9)),
        (20, "judge", "answered", "judged", None, on(5, 9)),
        (21, "accept", "judged", "judged", "accepted", on(5, 9)),
        (22, "accept", "judged", "judged", "accepted", on(5, 9)),
        (23, "judge", "judged", "closed", None, on(7, 9)),
        (24, "hear_petitioner", "closed", "closed", None, on(8, 9)),
        (25, "reopen", "closed", "screened", None, on(9, 9)),
        (26, "set_aside", "screened", "screened", "set_aside", on(9, 9)),
        (27, "set_aside", "screened", "screened", "set_aside", on(9, 9)),
        (28, "correct", "screened", "screened", None, on(10, 9)),
    ]


def test_both_hands_stand_on_every_event(life: Life) -> None:
    office = life.office
    by = {e["seq"]: (e["decided_by"], e["recorded_by"]) for e in office.events(life.code)}
    assert by[4] == (office.setting.standing_body, office["officer"].account)
    assert by[9] == (office.agencies["KT"], office["kt"].account)
    assert by[16] == (office.agencies["DIEN"], office["dien"].account)
    assert by[20] == by[21] == (office.setting.standing_body, office["clerk"].account)
    papers = office.rows("SELECT number FROM document ORDER BY number")
    assert [row["number"] for row in papers] == ["31/HĐND-TT", "33/HĐND-TT"]


def test_every_clock_ran_as_the_regulation_says(life: Life) -> None:
    """Before a session: 20 calendar days after the receipt, an end on a day off goes to the next working day."""
    rows = life.office.rows(
        "SELECT limit_code, referral_id, state, provisional, start_seq, superseded_reason AS why,"
        " CAST(anchor_on AS varchar(10)) AS anchor, CAST(due_on AS varchar(10)) AS due,"
        " CAST(met_on AS varchar(10)) AS met"
        " FROM clock WHERE role = 'answer' OR limit_code LIKE 'roadmap%'"
    )
    names = {UUID(str(key)): name for key, name in ((life.ubnd, "ubnd"), (life.kt, "kt"), (life.dien, "dien"))}
    told = sorted(
        (
            names[UUID(str(r["referral_id"]))] if r["referral_id"] else r["limit_code"],
            r["start_seq"],
            r["state"],
            bool(r["provisional"]),
            r["anchor"],
            r["due"],
            r["met"],
            r["why"],
        )
        for r in rows
    )
    assert told == [
        ("dien", 12, "superseded", True, "2026-08-11", "2026-09-03", None, "receipt_known"),
        ("dien", 14, "met", False, "2026-08-13", "2026-09-03", "2026-08-20", None),
        ("kt", 8, "cancelled", True, "2026-08-06", "2026-08-26", None, None),
        ("roadmap.resolution", 20, "met", False, "2026-09-05", "2026-12-15", "2026-09-07", None),
        ("roadmap.review", 20, "met", False, "2026-09-05", "2026-10-15", "2026-09-07", None),
        ("ubnd", 6, "superseded", True, "2026-08-06", "2026-08-26", None, "receipt_known"),
        ("ubnd", 13, "met", False, "2026-08-11", "2026-09-03", "2026-08-28", None),
        ("ubnd", 13, "superseded", False, "2026-08-12", "2026-09-03", "2026-08-28", "anchor_moved"),
    ]


def test_the_case_stands_open_again_with_nothing_due(life: Life) -> None:
    seen = life.office.see(life.code)
    assert (seen.row["state"], seen.row["result_claimed"], seen.row["result_judged"]) == ("screened", None, None)
    assert (seen.row["next_due_on"], seen.row["petitioner_verdict"]) == (None, "disagrees")
    assert {r["id"]: r["state"] for r in seen.referrals} == {
        life.ubnd: "set_aside",
        life.kt: "returned",
        life.dien: "set_aside",
    }
    verdict = life.verdict()
    assert (verdict.ok, verdict.events, verdict.seals, verdict.notes) == (True, 28, 1, ())


def test_one_byte_changed_by_hand_is_found_and_named(life: Life) -> None:
    with tampering.tampering(life.office) as unit:
        event = tampering.events(unit, life.office.see(life.code).id)[18]
        tampering.put(unit, event, payload=event["payload"].replace("2026-12-15", "2026-12-16"))
        tampering.put_triggers_back(unit)
        found = verifying.verify(unit, key=KEY, exported=life.seals).faults
    assert [(fault.case, fault.seq) for fault in found] == [(life.code, 19)]
    assert life.verdict().ok


def test_a_dropped_trigger_is_found_and_named(life: Life) -> None:
    sqlite = life.office.database.dialect == "sqlite"
    name = "event_append_only_update" if sqlite else "event_append_only"
    life.office.raw(f"DROP TRIGGER {name}" if sqlite else f"DROP TRIGGER {name} ON event")
    assert [name in fault.what.vi for fault in life.verdict().faults] == [True]


def test_a_cut_tail_is_found_and_named(life: Life) -> None:
    with tampering.tampering(life.office) as unit:
        case_id = life.office.see(life.code).id
        table = tampering.event_
        unit.run(table.delete().where(table.c.case_id == case_id, table.c.seq > 22))
        tampering.rechain(unit, case_id)
        tampering.put_triggers_back(unit)
        fault = verifying.verify(unit, key=KEY, exported=life.seals, deep=False).first_fault
    assert fault is not None
    assert fault.case == life.code
    assert fault.seq in {22, 23}


def test_no_event_may_be_changed_or_removed_while_the_triggers_stand(life: Life) -> None:
    for statement in ("UPDATE event SET payload = '{}'", "DELETE FROM event WHERE seq = 28"):
        with pytest.raises(Exception, match="append-only"):
            life.office.raw(statement)
    assert life.verdict().ok
