"""/health/work says what is late, and no figure names a case or a person."""

from __future__ import annotations

from datetime import timedelta

from prometheus_client import generate_latest

from tests.desk import Desk
from workflows import delivering, sweeping
from workflows.gauging import Standing
from workflows.measuring import REGISTRY


def test_work_that_stands_still_answers_503_and_says_what_stands(desk: Desk) -> None:
    answer = desk.as_("clerk").get("/health/work")
    assert answer.status_code == 503
    assert {trouble["code"] for trouble in answer.json()["troubles"]} == {"sweep_stands", "deliver_stands"}
    sweeping.sweep(desk.office.database)
    delivering.deliver(desk.office.database, [])
    answer = desk.as_("clerk").get("/health/work")
    assert (answer.status_code, answer.json()["status"]) == (200, "working")


def test_a_reminder_that_waits_is_late_and_named_by_no_case(desk: Desk) -> None:
    code, [referral] = desk.sent("UBND")
    desk.move(code, "receive", on="2026-09-10", referral=referral)
    desk.office.clock.now += timedelta(days=40)
    answer = desk.as_("clerk").get("/health/work")
    assert "rung_waits" in {trouble["code"] for trouble in answer.json()["troubles"]}
    assert answer.json()["sweep_lag"] > 86_400
    assert code not in answer.text


def test_moves_refusals_and_times_are_counted_without_any_code(desk: Desk) -> None:
    before = REGISTRY.get_sample_value("dondoc_moves_total", {"kind": "petition", "trigger": "screen"}) or 0
    code = desk.enter()
    desk.move(code, "screen", payload={"level": "commune"})
    assert desk.post(code, "receive").status_code == 409
    assert REGISTRY.get_sample_value("dondoc_moves_total", {"kind": "petition", "trigger": "screen"}) == before + 1
    refused = {"code": "unknown_trigger"}
    assert REGISTRY.get_sample_value("dondoc_refusals_total", refused)
    standing = Standing(desk.office.database)
    REGISTRY.register(standing)
    try:
        figures = generate_latest(REGISTRY).decode()
    finally:
        REGISTRY.unregister(standing)
    assert 'route="/api/v1/cases/{code}/moves"' in figures
    assert "dondoc_database_up 1.0" in figures
    for word in (code, "clerk", "Nà Pát"):
        assert word not in figures


def test_the_address_of_the_service_has_no_page_of_figures(desk: Desk) -> None:
    assert desk.as_("clerk").get("/metrics").status_code == 404
