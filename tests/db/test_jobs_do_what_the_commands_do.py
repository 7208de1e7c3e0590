"""Every kind of job does what the command line does, says how far it is, and keeps no name in its parameters."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from states.errors import BadInput, NotFound, NotPermitted
from tests import kind_lists
from tests.db.test_adopting_regulations import OWN
from tests.jobs import Jobs
from tests.lists import ROAD, WELL, Lists
from tests.office import Office
from tests.reports import REPORTED, Reports
from workflows import accounts, adopting, verifying
from workflows.working import clearing, running, seeing, submitting
from workflows.working.kinds import KINDS

CANARY = "Lò Thị Chim Yến"


def test_a_list_is_taken_in_and_its_report_is_kept(office: Office, jobs: Jobs, lists: Lists) -> None:
    path = lists.csv(("1", WELL, "Bản Nà Pát", "", "", ""), ("2", ROAD, "", "", "", ""))
    job = jobs.submit("import_petitions", file=path, actor=office["clerk"])
    done = jobs.run(job)
    assert (done.state.code, done.totals["written"], done.error) == ("done", 2, None)
    assert (done.done, done.total) == (2, 2)
    assert lists.count("case") == 2
    report = json.loads(jobs.made(job))
    assert [row["code"] for row in report["rows"]] == ["NP-KN-26-0001", "NP-KN-26-0002"]
    assert {row["recorded_by"] for row in office.rows("SELECT recorded_by FROM event")} == {
        row["requested_by"] for row in office.rows("SELECT requested_by FROM job")
    }
    again = jobs.do("import_petitions", file=path)
    assert (again.totals["written"], again.totals["already_there"]) == (0, 2)


def test_a_list_with_a_wrong_row_is_kept_out_and_the_report_says_why(jobs: Jobs, lists: Lists) -> None:
    path = lists.csv(("1", WELL, "", "", "", ""), ("2", "", "Bản Nà Pát", "", "", "31/02/2026"))
    job = jobs.submit("import_petitions", file=path)
    refused = jobs.run(job)
    assert (refused.state.code, refused.error) == ("failed", "import_refused")
    assert refused.message is not None
    assert "bị từ chối" in refused.message
    assert lists.count("case") == 0
    assert json.loads(jobs.made(job))["rejected"] == 1
    assert jobs.do("import_petitions", file=path, partial=True).totals["written"] == 1


def test_a_list_of_any_kind_is_taken_in_by_a_job_too(office: Office, jobs: Jobs, lists: Lists, tmp_path: Path) -> None:
    path = kind_lists.xlsx(tmp_path / "cam-ket.xlsx", kind_lists.BRIDGE, kind_lists.LIGHT)
    job = jobs.submit("import_cases", file=path, actor=office["clerk"], kind="commitment")
    done = jobs.run(job)
    assert (done.state.code, done.totals["written"], done.done, done.total) == ("done", 2, 2, 2)
    assert [row["code"] for row in json.loads(jobs.made(job))["rows"]] == ["NP-CK-26-0001", "NP-CK-26-0002"]
    assert jobs.do("import_cases", file=path, kind="commitment").totals["already_there"] == 2
    wrong = kind_lists.xlsx(tmp_path / "sai.xlsx", kind_lists.BROKEN)
    assert jobs.do("import_cases", file=wrong, kind="commitment").error == "import_refused"
    assert lists.count("case") == 2


def test_a_dry_run_writes_nothing(jobs: Jobs, lists: Lists) -> None:
    tried = jobs.do("import_petitions", file=lists.csv(("1", WELL, "", "", "", "")), dry_run=True)
    assert (tried.state.code, tried.totals["accepted"], lists.count("case")) == ("done", 1, 0)


def test_a_file_that_is_no_list_fails_in_words(jobs: Jobs, tmp_path: Path) -> None:
    path = tmp_path / "anh.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    failed = jobs.do("import_petitions", file=path)
    assert (failed.state.code, str(failed.error).startswith("import_")) == ("failed", True)
    assert failed.message


def test_an_answer_report_is_taken_in_with_its_file(office: Office, jobs: Jobs, tmp_path: Path) -> None:
    code, _ = office.sent("UBND", code=office.record("Xin nước sạch cho bản Co Muông"))
    path = Reports(office, tmp_path).xlsx(
        (1, "Xin nước sạch cho bản Co Muông", "", "UBND", "Đã sửa xong ngày 10/8/2026", "Đã giải quyết", "")
    )
    told = {name: value for name, value in REPORTED.items() if name != "received_on"}
    asked = {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}
    seen = jobs.do("import_answers", file=path, dry_run=True, **asked)
    assert (seen.state.code, seen.totals["written"]) == ("done", 0)
    done = jobs.do("import_answers", file=path, attach=True, received_on="2026-08-21", **asked)
    assert (done.state.code, done.totals["written"]) == ("done", 1), done
    assert office.see(code).row["state"] == "answered"
    assert len(office.rows("SELECT digest FROM document_file")) == 1


def test_days_off_are_announced_and_clocks_follow(office: Office, jobs: Jobs) -> None:
    code = office.received(date(2026, 9, 4))
    assert office.due(code) == date(2026, 9, 24)
    done = jobs.do("announce_days", first="2026-09-24", name="Nghỉ theo thông báo", source="Thông báo 99/TB-VPCP")
    assert (done.state.code, done.totals["moved"], done.council) == ("done", 1, None)
    assert office.due(code) == date(2026, 9, 25)
    again = jobs.do("announce_days", first="2026-09-24", name="Nghỉ theo thông báo", source="Thông báo 99/TB-VPCP")
    assert (again.state.code, again.error) == ("failed", "bad_input")


def test_a_regulation_is_adopted_and_clocks_follow(office: Office, jobs: Jobs) -> None:
    with office.database.writing() as unit:
        adopting.load(unit, text=OWN, origin="qc.toml", actor=office.operator)
    done = jobs.do("adopt_regulation", actor=office["charge"], regulation="qc-na-pat", from_on="2026-09-01")
    assert (done.state.code, done.totals["regulation"]) == ("done", "qc-na-pat")
    with office.database.reading() as unit:
        assert "qc-na-pat" in [a.regulation.code for a in adopting.applied(unit, setting=office.setting)]


def test_clocks_that_a_new_calendar_left_behind_are_reckoned_anew_once(office: Office, jobs: Jobs) -> None:
    """As after an upgrade that brings a newer calendar: the version is there, no clock has followed it yet."""
    codes = [office.received(date(2026, 9, 4)) for _ in range(3)]
    jobs.do("announce_days", first="2026-09-24", name="Nghỉ", source="Thông báo 99/TB-VPCP")
    behind = "UPDATE clock SET due_on = '2026-09-24', raw_due_on = '2026-09-24' WHERE state = 'running'"
    office.raw(f"{behind} AND limit_code LIKE 'answer%'")
    events = len(office.rows("SELECT seq FROM event"))
    done = jobs.do("reckon_clocks", actor=office["charge"])
    assert (done.state.code, done.totals["moved"], done.done, done.total) == ("done", 3, 3, 3)
    assert {office.due(code) for code in codes} == {date(2026, 9, 25)}
    assert len(office.rows("SELECT seq FROM event")) == events + 3
    assert jobs.do("reckon_clocks", regulation="sample-2021").totals["moved"] == 0
    assert jobs.do("reckon_clocks", regulation="khong-co").error == "not_found"
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).ok


def test_all_packets_and_all_sheets_come_as_one_archive(office: Office, jobs: Jobs) -> None:
    office.record("Xin giếng nước", locality="Bản Nà Pát")
    office.record("Xin đường", locality="Bản Co Muông")
    office.received(date(2026, 9, 4))
    packets = jobs.submit("make_letters", batch="packets")
    assert jobs.run(packets).totals["files"] == 3
    names = zipfile.ZipFile(io.BytesIO(jobs.made(packets))).namelist()
    assert [name.split("-")[1] for name in names] == ["packet"] * 3
    assert jobs.see(packets).done == 3
    sheets = jobs.submit("make_letters", batch="followups", format="docx")
    assert jobs.run(sheets).totals["files"] == 1
    archive = zipfile.ZipFile(io.BytesIO(jobs.made(sheets)))
    assert archive.testzip() is None
    assert [name.rpartition(".")[2] for name in archive.namelist()] == ["docx"]
    made = [file.digest for job in (packets, jobs.submit("make_letters", batch="packets"))
            if (file := (jobs.see(job) if jobs.see(job).is_over else jobs.run(job)).file)]  # fmt: skip
    assert len(set(made)) == 1, "the same petitions on the same day are the same archive"


def test_history_is_verified_and_what_is_broken_is_named(office: Office, jobs: Jobs) -> None:
    code = office.record()
    whole = jobs.do("verify")
    assert (whole.totals["ok"], whole.totals["events"], whole.done) == (True, 1, 1)
    office.raw("UPDATE \"case\" SET head_hash = 'x'")
    broken = jobs.do("verify")
    assert (broken.state.code, broken.totals["ok"], broken.totals["faults"][0]["case"]) == ("done", False, code)


def test_the_installation_is_backed_up_where_its_settings_say(office: Office, jobs: Jobs, tmp_path: Path) -> None:
    office.record()
    assert jobs.do("backup").state.code == "failed"
    jobs.shop = replace(jobs.shop, backups=tmp_path / "backups")
    made = jobs.do("backup")
    assert (made.totals["ok"], made.totals["events"], made.totals["missing_files"]) == (True, 1, 0)
    assert len(list((tmp_path / "backups").glob("dondoc-*.zip"))) == 1


def test_no_parameter_holds_a_name_or_a_text(office: Office, jobs: Jobs, lists: Lists) -> None:
    path = lists.csv(("1", f"{WELL}, {CANARY}", "", "", "", ""), name=f"{CANARY}.csv")
    job = jobs.submit("import_petitions", file=path, origin=f"Danh sách của {CANARY}")
    jobs.run(job)
    [row] = office.rows("SELECT * FROM job")
    assert set(json.loads(row["parameters"])) == {"file", "order"}
    assert all(len(value) == 64 and value.isalnum() for value in json.loads(row["parameters"]).values())
    assert CANARY not in repr(row)


@pytest.mark.parametrize(
    ("kind", "login"),
    [
        ("import_petitions", "ubnd"),
        ("import_cases", "ubnd"),
        ("import_answers", "deputy"),
        ("reckon_clocks", "clerk"),
        ("adopt_regulation", "officer"),
        ("announce_days", "charge"),
        ("verify", "charge"),
        ("backup", "charge"),
    ],
)
def test_who_may_not_do_it_may_not_ask_for_it(office: Office, jobs: Jobs, lists: Lists, kind: str, login: str) -> None:
    file = lists.csv(("1", WELL, "", "", "", "")) if KINDS[kind].takes_file else None
    asked = {
        "import_cases": {"kind": "commitment"},
        "adopt_regulation": {"regulation": "x", "from_on": "2026-09-01"},
        "announce_days": {"first": "2026-09-24", "name": "Nghỉ", "source": "x"},
    }.get(kind, {})
    with pytest.raises(NotPermitted):
        jobs.submit(kind, file=file, actor=office[login], **asked)


def test_who_lost_the_right_meanwhile_gets_nothing(office: Office, jobs: Jobs, lists: Lists) -> None:
    job = jobs.submit("import_petitions", file=lists.csv(("1", WELL, "", "", "", "")), actor=office["clerk"])
    office.raw("UPDATE appointment SET valid_to = '2020-01-01' WHERE role = 'clerk'")
    failed = jobs.run(job)
    assert (failed.state.code, failed.error) == ("failed", "not_found")
    assert lists.count("case") == 0


def test_a_file_that_somebody_else_brought_may_not_be_named(office: Office, jobs: Jobs, lists: Lists) -> None:
    path = lists.csv(("1", WELL, "", "", "", ""))
    digest = jobs.bring(path, office["clerk"])
    with office.database.reading() as unit, pytest.raises(BadInput):
        submitting.require_input(unit, kind=KINDS["import_petitions"], file=digest, actor=office["officer"])


def test_a_job_is_seen_by_its_council_and_its_file_by_its_asker(office: Office, jobs: Jobs, lists: Lists) -> None:
    mine = jobs.submit("import_petitions", file=lists.csv(("1", WELL, "", "", "", "")), actor=office["clerk"])
    verified = jobs.submit("verify")
    jobs.run(mine)
    for login in ("clerk", "officer", "standing", "front"):
        assert jobs.see(mine, office[login]).state.code == "done"
        with pytest.raises(NotFound):
            jobs.see(verified, office[login])
    for login in ("ubnd", "dien"):
        with pytest.raises(NotFound):
            jobs.see(mine, office[login])
    with office.database.reading() as unit:
        assert seeing.file_of(unit, job=mine, actor=office["clerk"]).size > 0
        with pytest.raises(NotFound):
            seeing.file_of(unit, job=mine, actor=office["officer"])
        shown = seeing.listed(unit, actor=office["officer"], folder=jobs.shop.folder, language="en")
    assert [view.id for view in shown.items] == [mine]


def test_a_fault_of_the_program_is_told_by_the_number_of_the_job(
    jobs: Jobs, lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_named: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(verifying, "verify", broken)
    failed = jobs.do("verify")
    assert (failed.state.code, failed.error) == ("failed", "internal_error")
    assert CANARY not in repr(failed)


def test_inputs_go_when_the_job_is_over_and_results_after_their_time(office: Office, jobs: Jobs, lists: Lists) -> None:
    office.clock.now = datetime.now(UTC)  # files are as old as the machine says
    waiting = jobs.submit("import_petitions", file=lists.csv(("1", ROAD, "", "", "", ""), name="cho.csv"))
    done = jobs.submit("import_petitions", file=lists.csv(("1", WELL, "", "", "", "")))
    jobs.run(done)
    store, kept = jobs.shop.kept, jobs.see(done).file
    assert kept is not None
    assert clearing.clear(office.database, store=store) == 0, "what is young stays, whatever it is"
    office.clock.now += timedelta(days=2)
    assert clearing.clear(office.database, store=store) == 2, "order and list of the job that is over"
    assert jobs.made(done)
    assert jobs.run(waiting).totals["written"] == 1
    office.clock.now += clearing.KEPT + timedelta(days=1)
    clearing.clear(office.database, store=store)
    assert list(store.digests()) == []


def test_the_rights_of_an_operator_are_those_of_its_account(office: Office, jobs: Jobs) -> None:
    with office.database.writing() as unit:
        nightly = accounts.operator(unit, user="dondoc")
    assert jobs.do("verify", actor=nightly).state.code == "done"
    job = jobs.submit("verify", actor=nightly)
    held = running.take(jobs.shop, job=job, by="worker")
    assert held is not None
    assert held.requested_by == nightly.account
