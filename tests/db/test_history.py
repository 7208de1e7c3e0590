from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError, IntegrityError

from models.history import APPEND_ONLY
from states.entries import DocumentSlip, Petitioner
from states.facts import Signed
from tests.office import NOON, Office, standing_body
from workflows import sealing, verifying
from workflows.history import event_hash

CANARY = "Chim hoàng yến"


def clean(office: Office) -> bool:
    with office.database.reading() as unit:
        return verifying.verify(unit, key=None).ok


def test_the_chain_of_a_case_begins_empty_and_every_event_holds_the_hash_before_it(office: Office) -> None:
    code, _ = office.sent("UBND", "KT")
    previous = ""
    for number, event in enumerate(office.events(code), 1):
        assert (event["seq"], event["previous_hash"]) == (number, previous)
        assert event["hash"] == event_hash(event)
        previous = event["hash"]
    row = office.see(code).row
    assert (row["seq"], row["head_hash"], row["state"]) == (number, previous, event["to_state"])


@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
@pytest.mark.parametrize(
    ("table", "column"), [("event", "payload"), ("seal", "digest"), ("seal_entry", "seq"), ("session_date", "reason")]
)
def test_history_refuses_to_be_changed(office: Office, tmp_path: Path, statement: str, table: str, column: str) -> None:
    office.record()
    sealing.seal(office.database, key=b"0123456789abcdef", export_to=tmp_path)
    with pytest.raises(IntegrityError):
        office.raw(statement.format(table, column))
    assert set(APPEND_ONLY) == {"event", "seal", "seal_entry", "session_date"}


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_history_cannot_be_truncated_or_replaced(office: Office, tmp_path: Path, table: str) -> None:
    office.record()
    sealing.seal(office.database, key=b"0123456789abcdef", export_to=tmp_path)
    way = (
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        if office.database.dialect == "sqlite"
        else (f"TRUNCATE {table} CASCADE")
    )
    with pytest.raises(IntegrityError):
        office.raw(way)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE \"case\" SET state = 'withdrawn'",
        'UPDATE "case" SET seq = seq + 1',
        "UPDATE referral SET state = 'accepted'",
        "UPDATE referral SET event_seq = 1",
    ],
)
def test_the_database_refuses_a_state_without_its_event(office: Office, statement: str) -> None:
    code, _ = office.sent("UBND")
    with pytest.raises(DBAPIError):
        office.raw(statement)
    assert office.see(code).row["state"] == "with_authority"
    assert clean(office)


def test_the_database_refuses_a_judged_result_in_a_state_that_has_none(office: Office) -> None:
    office.record()
    with pytest.raises(IntegrityError):
        office.raw("UPDATE \"case\" SET result_judged = 'resolved'")


def test_events_hold_no_petition_text_and_no_personal_data(office: Office) -> None:
    person = Petitioner(name=f"{CANARY} Họ Tên", address=f"{CANARY} địa chỉ", phone=f"{CANARY} 0912345678")
    code = office.record(f"{CANARY} nội dung", petitioner=person, as_written=f"{CANARY} nguyên văn")
    office.go(code, "amend", text=f"{CANARY} sửa", words=f"{CANARY} lý do")
    office.go(code, "screen", level="commune", note=f"{CANARY} ghi chú")
    letter = DocumentSlip(
        number="1/A", issued_on=date(2026, 8, 6), subject=f"{CANARY} trích yếu", signer=f"{CANARY} ký"
    )
    moved = office.go(
        code, "transfer", date(2026, 8, 6), document=letter, addressees=["UBND"], request=f"{CANARY} yêu cầu"
    )
    (referral,) = moved.referrals
    here: dict[str, Any] = {"referral": referral, "actor": office["charge"]}
    office.go(code, "receive", date(2026, 8, 7), **here)
    office.go(code, "report_progress", date(2026, 8, 8), **here, words=f"{CANARY} tiến độ", obstacle=f"{CANARY} khó")
    office.go(code, "ask_clarification", date(2026, 8, 9), **here, words=f"{CANARY} hỏi")
    office.go(code, "give_clarification", date(2026, 8, 9), **here, words=f"{CANARY} đáp")
    office.go(code, "extend", date(2026, 8, 9), **here, extended_by_days=3, words=f"{CANARY} gia hạn")
    office.go(code, "urge", date(2026, 8, 9), **here, words=f"{CANARY} đôn đốc")
    office.go(
        code,
        "answer",
        date(2026, 8, 20),
        **here,
        claimed="resolved",
        words=f"{CANARY} trả lời",
        cause=f"{CANARY}",
        measure=f"{CANARY}",
        evidence=f"{CANARY}",
        ground=f"{CANARY}",
    )
    office.go(code, "request_new_answer", date(2026, 8, 21), **here, words=f"{CANARY} lại")
    office.go(code, "correct", date(2026, 8, 22), seq=9, on="2026-08-07", words=f"{CANARY} sửa")
    office.go(code, "answer", date(2026, 8, 23), **here, claimed="resolved", words=f"{CANARY}")
    judged: dict[str, Any] = {"result": "resolved", "evidence": f"{CANARY}", "words": f"{CANARY}"}
    office.go(code, "judge", date(2026, 8, 24), **judged, decided_by=Signed(office.setting.standing_body, None, "TM."))
    office.go(code, "hear_petitioner", date(2026, 8, 25), verdict="satisfied", words=f"{CANARY}")
    office.go(code, "raise_again", date(2026, 8, 26), words=f"{CANARY}")
    office.go(code, "reopen", date(2026, 8, 27), words=f"{CANARY}", decided_by=standing_body(office))
    office.go(code, "undo", seq=office.events(code)[-1]["part_of_seq"], words=f"{CANARY}")
    written = json.dumps(office.rows("SELECT * FROM event"), default=str, ensure_ascii=False)
    assert CANARY not in written
    assert "0912345678" not in written
    kept = json.dumps(office.rows("SELECT body FROM text_version"), ensure_ascii=False)
    assert kept.count(CANARY) >= 20
    assert clean(office)


JUMPS = st.lists(st.integers(min_value=-24, max_value=30 * 24), min_size=3, max_size=8)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(jumps=JUMPS)
def test_a_clock_that_jumps_changes_neither_order_nor_chain(office: Office, jumps: list[int]) -> None:
    office.clock.now = NOON
    code = office.record()
    for hours in jumps:
        office.clock.now += timedelta(hours=hours)
        office.go(code, "raise_again", None)
    events = office.events(code)
    assert [event["seq"] for event in events] == list(range(1, len(jumps) + 2))
    assert office.see(code).detail["times_raised"] == len(jumps) + 1
    assert clean(office)


def test_two_moves_of_one_instant_are_two_moves(office: Office) -> None:
    office.clock.step = timedelta(0)
    code = office.record()
    office.go(code, "screen", level="commune")
    office.go(code, "raise_again", None)
    office.go(code, "undo", None, seq=3, words="nhầm")
    row = office.see(code)
    assert (row.row["state"], row.detail["times_raised"]) == ("screened", 1)
    assert clean(office)
