from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from api.cli.commands import app
from tests import registers
from tests.lists import ROAD, WELL, Lists
from tests.office import Office

GOOD, BAD = ("1", WELL, "", "", "", ""), ("2", ROAD, "", "", "", "31/11/2025")


@pytest.fixture
def lists(office: Office, tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Lists:
    monkeypatch.setenv("DONDOC_DATABASE_URL", database_url)
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DONDOC_LANGUAGE", raising=False)
    return Lists(office, tmp_path)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["import", "petitions", *map(str, arguments)])


def told(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_good_list_is_entered_and_said_in_vietnamese(lists: Lists) -> None:
    result = run(lists.csv(GOOD))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "đọc 1 dòng, nhận 1" in result.stdout
    assert "Đã ghi 1 kiến nghị" in result.stdout
    assert lists.count("case") == 1


def test_a_rejected_row_is_named_and_the_exit_code_says_that_nothing_was_written(lists: Lists) -> None:
    result = run(lists.csv(GOOD, BAD))
    assert result.exit_code == 1
    assert "Ngày nhận" in result.stdout
    assert "1 dòng không ghi trước hay sau kỳ họp" in result.stdout
    assert "1 dòng không ghi ngày tiếp nhận" in result.stdout, "the rejected row did say a day"
    assert "--partial" in result.stderr
    assert lists.count("case") == 0


def test_partial_takes_the_good_rows_and_ends_well(lists: Lists) -> None:
    result = run(lists.csv(GOOD, BAD), "--partial", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = told(result)
    assert [found[n] for n in ("read", "accepted", "rejected", "already_there", "warnings", "written")] == [
        2, 1, 1, 0, 0, 1,
    ]  # fmt: skip
    assert [row["outcome"] for row in found["rows"]] == ["accepted", "rejected"]


def test_json_is_one_object_and_nothing_else_even_for_a_refused_list(lists: Lists) -> None:
    result = run(lists.csv(GOOD, BAD), "--json")
    assert result.exit_code == 1
    found = told(result)
    assert (found["accepted"], found["rejected"], found["written"]) == (1, 1, 0)


def test_a_dry_run_leaves_no_trace(lists: Lists) -> None:
    accounts = lists.count("account")
    result = run(lists.csv(GOOD), "--dry-run", "--lang", "en")
    assert result.exit_code == 0
    assert "Dry run" in result.stdout
    assert (lists.count("case"), lists.count("account")) == (0, accounts)


def test_what_the_rows_do_not_say_is_given_on_the_command_line(office: Office, lists: Lists) -> None:
    mapping = lists.folder / "cot.json"
    mapping.write_text('{"columns": {"Chuyện gì": "text"}}', encoding="utf-8")
    path = lists.csv((WELL,), headings=("Chuyện gì",))
    result = run(path, "--mapping", mapping, "--received-on", "5/8/2026", "--session", "KH2", "--as", "clerk", "--json")
    assert result.exit_code == 0, result.stderr
    seen = office.see(told(result)["rows"][0]["code"])
    assert f"{seen.row['received_on']:%d/%m/%Y}" == "05/08/2026"
    assert seen.row["session_id"] is not None
    assert office.events(seen.row["code"])[0]["recorded_by"] == office["clerk"].account


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--received-on", "31/11/2025"), "31/11"),
        (("--session", "KH9"), "KH9"),
        (("--mapping", "khong-co.json"), "khong-co.json"),
        (("--sheet", "Trang 9"), "Trang 9"),
        (("--as", "nobody"), "nobody"),
    ],
)
def test_a_wrong_option_is_said_in_one_sentence(lists: Lists, arguments: tuple[str, ...], said: str) -> None:
    result = run(lists.xlsx(GOOD), *arguments, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_an_old_register_is_previewed_taken_over_and_brought_up_to_date(office: Office, lists: Lists) -> None:
    path = lists.folder / "so-cu.xlsx"
    registers.write(path, [registers.whole(1, registers.ROAD, answer="", words="", result="")])
    first = told(run(path, "--json"))
    code = first["rows"][0]["code"]
    assert (first["rows"][0]["state"], office.see(code).row["state"]) == ("with_authority", "with_authority")
    registers.write(path, [registers.whole(1)])
    tried = run(path, "--dry-run")
    assert "56/BC-UBND ngày 25/08/2026" in tried.stdout
    assert "cập nhật 1 hồ sơ (với --update)" in tried.stdout
    assert "--update" in run(path).stdout
    assert office.see(code).row["state"] == "with_authority"
    done = told(run(path, "--update", "--json"))
    assert (done["updated"], done["rows"][0]["changes"][0]["new"]) == (1, "56/BC-UBND ngày 25/08/2026")
    assert office.see(code).row["state"] == "answered"
    page = CliRunner().invoke(app, ["case", code])
    assert page.exit_code == 0, page.stderr
    assert "theo sổ cũ" in " ".join(page.stdout.split())


def test_results_of_a_register_may_be_judged_already(office: Office, lists: Lists) -> None:
    path = registers.write(lists.folder / "so-cu.xlsx", [registers.whole(1, evidence="Biên bản nghiệm thu")])
    found = told(run(path, "--results", "judged", "--json"))
    assert (found["rows"][0]["state"], found["waiting_for_judgement"]) == ("closed", 0)
    assert office.see(found["rows"][0]["code"]).row["result_judged"] == "resolved"
