"""A recurring job runs once per period by whoever claims it, is made up for, and is taken over from the dead."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from states.errors import BadInput
from states.text import Text
from tests.office import Office
from workflows import delivering, duties, recurring, sweeping, watching
from workflows.recurring import DONE, FAILED, LEASE, Job

NIGHT = datetime(2026, 11, 29, 18, 30, tzinfo=UTC)  # 01:30 on the 30th in Vietnam


class Work:
    """Something that is done, and can be told to fail."""

    def __init__(self) -> None:
        self.runs, self.fails = 0, False

    def __call__(self) -> Text:
        self.runs += 1
        if self.fails:
            raise BadInput({"key": Text("không thấy khóa", "no key")})
        return Text("xong", "done")


def test_a_job_runs_once_for_its_day_whoever_asks(office: Office) -> None:
    work = Work()
    job = Job("seal", time(1, 0), work)
    office.clock.now = NIGHT
    assert recurring.run(office.database, job, holder="a") == Text("xong", "done")
    assert recurring.run(office.database, job, holder="b") is None
    assert work.runs == 1
    office.clock.now = NIGHT - timedelta(hours=1)
    assert recurring.period_of(job, office.clock.now) == "2026-11-29"
    with office.database.reading() as unit:
        run = recurring.last(unit, "seal")
    assert run is not None
    assert (run.period, run.outcome, run.said, run.lease_by) == ("2026-11-30", DONE, "xong", "a")


def test_after_days_down_the_latest_day_is_made_up_for_and_no_other(office: Office) -> None:
    work = Work()
    job = Job("verify", time(2, 0), work)
    office.clock.now = NIGHT
    recurring.run(office.database, job, holder="a")
    office.clock.now = NIGHT + timedelta(days=5)
    recurring.run(office.database, job, holder="a")
    recurring.run(office.database, job, holder="a")
    assert work.runs == 2
    periods = office.rows("SELECT period FROM job_run ORDER BY period")
    assert [row["period"] for row in periods] == ["2026-11-29", "2026-12-04"]


def test_a_job_that_fails_is_tried_three_times_and_then_somebody_is_alarmed(office: Office) -> None:
    work = Work()
    work.fails = True
    job = Job("seal", time(1, 0), work)
    office.clock.now = NIGHT
    for n in range(3):
        with office.database.reading() as unit:
            assert "job_seal" not in dict(watching.look(unit).troubles), f"tried {n} times"
        with pytest.raises(BadInput):
            recurring.run(office.database, job, holder="a")
    assert recurring.run(office.database, job, holder="a") is None
    assert work.runs == 3
    with office.database.writing() as unit:
        watch = watching.look(unit)
        assert dict(watch.troubles)["job_seal"].vi == "Việc hằng ngày «niêm phong nhật ký» không làm được"
        assert watching.alarm(unit, watch) == len(watch.troubles)
        assert watching.alarm(unit, watch) == 0
    run = office.rows("SELECT outcome, attempts FROM job_run")
    assert [(row["outcome"], row["attempts"]) for row in run] == [(FAILED, 3)]


def test_a_job_whose_holder_died_is_taken_over_when_its_lease_has_run_out(office: Office) -> None:
    work = Work()
    job = Job("backup", time(1, 0), work)
    office.clock.now = NIGHT
    with office.database.writing() as unit:
        assert recurring._claim(unit, "backup", "2026-11-30", "dead")
    assert recurring.run(office.database, job, holder="b") is None
    office.clock.now = NIGHT + LEASE + timedelta(seconds=5)
    assert recurring.run(office.database, job, holder="b") is not None
    assert work.runs == 1


def due(office: Office, day: date) -> list[str]:
    office.clock.now = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    with office.database.writing() as unit:
        duties.remind(unit)
    return [row["cause"] for row in office.rows("SELECT cause FROM notice WHERE kind = 'duty' ORDER BY cause")]


def test_the_reception_and_the_sitting_are_remembered_before_their_days_once(office: Office) -> None:
    """Sunday 15/11/2026 moves to Monday 16/11: said from Wednesday 11/11. The sitting of 25/11 from 18/11."""
    assert due(office, date(2026, 11, 10)) == []
    assert due(office, date(2026, 11, 11)) == ["duty:reception:NP:2026-11"]
    found = office.rows("SELECT sentence_vi, audience FROM notice")
    assert "thứ Hai 16/11/2026" in found[0]["sentence_vi"]
    assert "council_office" in found[0]["audience"]
    office.raw("DELETE FROM notice")
    assert due(office, date(2026, 11, 20)) == ["duty:holidays:2027", "duty:sitting:NP:2026-11"]
    assert due(office, date(2026, 11, 25)) == ["duty:holidays:2027", "duty:sitting:NP:2026-11"]


def test_a_notice_of_a_case_that_found_nobody_is_an_alarm_for_a_day(office: Office) -> None:
    code = office.record()
    sweeping.sweep(office.database)
    delivering.deliver(office.database, [])
    office.raw(
        "INSERT INTO notice (cause, kind, due_at, created_at, resolved_at, outcome) SELECT 'duty:x', 'duty',"
        " created_at, created_at, created_at, 'untold' FROM council"
    )
    with office.database.reading() as unit:
        assert watching.look(unit).troubles == ()  # an office without people has no administrator to alarm either
    office.raw(
        "INSERT INTO notice (cause, kind, case_id, due_at, created_at, resolved_at, outcome) SELECT 'rung:x', 'rung',"
        f" id, created_at, created_at, created_at, 'untold' FROM \"case\" WHERE code = '{code}'"
    )
    with office.database.reading() as unit:
        assert [code for code, _ in watching.look(unit).troubles] == ["nobody_to_tell"]
    office.clock.now += timedelta(days=2)
    with office.database.reading() as unit:
        assert "nobody_to_tell" not in dict(watching.look(unit).troubles)


def test_work_that_nobody_does_is_seen(office: Office) -> None:
    with office.database.reading() as unit:
        found = watching.look(unit)
    assert [code for code, _ in found.troubles] == ["sweep_stands", "deliver_stands"]
    code, (referral,) = office.sent("UBND")
    office.go(code, "receive", referral=referral)
    office.clock.now += timedelta(days=40)
    with office.database.reading() as unit:
        late = watching.look(unit)
    assert late.sweep_lag is not None
    assert late.sweep_lag > 86_400
    assert "rung_waits" in dict(late.troubles)
