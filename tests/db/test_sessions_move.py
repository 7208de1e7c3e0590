"""A session moves: what hangs on it follows with the reason, what is over stays, history says why."""

from __future__ import annotations

import json
from datetime import date

import pytest

from states.errors import AlreadyExists, BadInput, ChangedSinceOpened, NotFound, NotPermitted
from tests.office import LETTER, Office
from workflows import sessions
from workflows.councils import SessionSpec
from workflows.registering import Birth
from workflows.sessions import SessionMoved
from workflows.verifying import verify

STORM = "Hoãn vì bão"


def a_round(office: Office, **more: str) -> str:
    entry = {"name": "Đợt trước kỳ họp", "round_kind": "before_session", "session": "KH2", **more}
    return office.born(Birth("contact_round", entry, date(2026, 9, 1)))


def moved(office: Office, opening: date | None, closing: date | None = None, **more: object) -> SessionMoved:
    options = {"reason": STORM, "actor": office["charge"], **more}
    with office.database.writing() as unit:
        return sessions.move(
            unit,
            setting=office.setting,
            code="kh2",
            opening_on=opening,
            closing_on=closing,
            **options,  # type: ignore[arg-type]  # a test gives them by name
        )


def clocks(office: Office, code: str) -> list[dict[str, object]]:
    return [dict(clock) for clock in office.see(code).clocks]


def test_an_open_clock_is_superseded_and_the_old_one_kept(office: Office) -> None:
    code = a_round(office)
    before = clocks(office, code)[0]
    done = moved(office, date(2026, 12, 15), date(2026, 12, 17))
    now = clocks(office, code)[0]
    assert (before["due_on"], now["due_on"]) == (date(2026, 10, 30), date(2026, 11, 13))
    assert [(m.code, m.old, m.new) for m in done.moves] == [(code, before["due_on"], now["due_on"])]
    old = office.rows("SELECT due_on, superseded_seq, superseded_reason FROM clock WHERE state = 'superseded'")
    assert [(str(o["due_on"]), o["superseded_seq"], o["superseded_reason"]) for o in old] == [
        ("2026-10-30", 2, "anchor_moved")
    ]


def test_history_says_why_the_date_moved_and_nothing_else_changes(office: Office) -> None:
    code = a_round(office)
    state = office.see(code).row["state"]
    moved(office, date(2026, 12, 15))
    event = office.events(code)[-1]
    assert (event["act"], event["trigger"], event["from_state"], event["to_state"]) == (
        "reckon", "session_moved", state, state,
    )  # fmt: skip
    assert json.loads(event["payload"])["revision"] == 2
    assert event["recorded_by"] == office["charge"].account
    assert office.see(code).row["next_due_on"] == date(2026, 11, 13)


def test_every_setting_of_the_dates_is_kept_with_its_reason(office: Office) -> None:
    moved(office, date(2026, 12, 15), date(2026, 12, 17))
    moved(office, None, None, reason="Chưa định lại")
    with office.database.reading() as unit:
        kept = sessions.history(unit, setting=office.setting, code="KH2")
        now = sessions.listed(unit, setting=office.setting)[0]
    assert [(k["revision"], k["opening_on"], k["reason"]) for k in kept] == [
        (1, date(2026, 12, 1), ""), (2, date(2026, 12, 15), STORM), (3, None, "Chưa định lại"),
    ]  # fmt: skip
    assert (now["revision"], now["opening_on"]) == (3, None)


def test_a_session_without_a_date_takes_the_clocks_away_and_gives_them_back(office: Office) -> None:
    code = a_round(office)
    moved(office, None)
    assert clocks(office, code) == []
    assert office.see(code).row["next_due_on"] is None
    moved(office, date(2026, 12, 15))
    assert [c["due_on"] for c in clocks(office, code)] == [date(2026, 11, 13)]


def test_a_plan_issued_in_time_is_not_late_because_the_session_came_forward(office: Office) -> None:
    code = a_round(office)
    office.go(code, "issue_plan", date(2026, 9, 9), document=LETTER)
    moved(office, date(2026, 9, 25))
    met = clocks(office, code)[0]
    assert (met["state"], met["due_on"]) == ("met", date(2026, 10, 30))
    office.go(code, "amend", date(2026, 9, 10), words="sửa", locality="Bản Nà Pát")
    assert clocks(office, code)[0]["due_on"] == date(2026, 10, 30)


def test_a_case_whose_clocks_stay_gets_no_event(office: Office) -> None:
    code = office.record()
    moved(office, date(2026, 12, 15))
    assert office.see(code).row["seq"] == 1


def test_a_preview_says_the_same_and_writes_nothing(office: Office) -> None:
    code = a_round(office)
    with office.database.reading() as unit:
        foreseen = sessions.preview(
            unit, setting=office.setting, code="KH2", opening_on=date(2026, 12, 15), closing_on=None
        )
    assert office.see(code).row["seq"] == 1
    assert foreseen == moved(office, date(2026, 12, 15)).moves


def test_the_last_move_can_still_be_taken_back_afterwards(office: Office) -> None:
    code = a_round(office)
    planned = office.go(code, "issue_plan", date(2026, 9, 9), document=LETTER)
    office.go(code, "undo", date(2026, 9, 10), seq=planned.seq, words="nhầm")
    moved(office, date(2026, 12, 15))
    again = office.go(code, "issue_plan", date(2026, 9, 9), document=LETTER)
    moved(office, date(2026, 12, 22))
    back = office.go(code, "undo", date(2026, 9, 10), seq=again.seq, words="nhầm")
    assert back.state == "opened"


def test_history_verifies_and_folds_after_a_move(office: Office) -> None:
    a_round(office)
    office.sent("UBND")
    moved(office, date(2026, 12, 15))
    with office.database.reading() as unit:
        found = verify(unit, key=None)
    assert found.ok, found.faults


@pytest.mark.parametrize(
    ("opening", "closing", "reason", "field"),
    [
        (date(2026, 12, 15), date(2026, 12, 1), STORM, "closing"),
        (date(2026, 12, 15), None, "  ", "reason"),
        (date(2026, 12, 1), date(2026, 12, 3), STORM, "opening"),
    ],
)
def test_dates_that_make_no_sense_are_refused_by_field(
    office: Office, opening: date, closing: date | None, reason: str, field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        moved(office, opening, closing, reason=reason)
    assert list(refused.value.problems) == [field]


def test_only_those_in_charge_move_a_session(office: Office) -> None:
    with pytest.raises(NotPermitted):
        moved(office, date(2026, 12, 15), actor=office["clerk"])
    with office.database.reading() as unit, pytest.raises(NotFound):
        sessions.history(unit, setting=office.setting, code="KH9")


def test_a_code_is_given_once(office: Office) -> None:
    spec = SessionSpec(code="KH2", name="Kỳ họp thứ 2")
    with office.database.writing() as unit, pytest.raises(AlreadyExists):
        sessions.add(unit, setting=office.setting, session=spec, actor=office["charge"])


def test_of_two_people_moving_one_session_the_second_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    find = sessions.find

    def late(*arguments: object, **named: object) -> dict[str, object]:
        found = find(*arguments, **named)  # type: ignore[arg-type]  # passed on as they came
        return {**found, "revision": found["revision"] - 1}

    monkeypatch.setattr(sessions, "find", late)
    with pytest.raises(ChangedSinceOpened):
        moved(office, date(2026, 12, 15))
