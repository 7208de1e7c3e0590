"""Commands about the installation: settings, doctor, seal and verify, lifecycles, the sample, rates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from models.units import connect
from tests.cli.conftest import Terminal
from workflows import picturing


def test_settings_are_told_with_their_secrets_masked(terminal: Terminal) -> None:
    secret = "s" * 40
    shown = terminal.well("settings", DONDOC_SEAL_KEY=secret)
    assert "DONDOC_DATABASE_URL" in shown
    assert secret not in shown
    found = terminal("settings --json", DONDOC_SEAL_KEY=secret).json
    assert found["DONDOC_SEAL_KEY"] == "********"


def test_a_setting_that_cannot_be_used_or_is_none_is_named(terminal: Terminal) -> None:
    wrong = terminal("cases", DONDOC_PAGE_SIZE="many")
    assert (wrong.code, "DONDOC_PAGE_SIZE" in wrong.err) == (1, True)
    assert "DONDOC_PGE_SIZE" in terminal("settings", DONDOC_PGE_SIZE="7").err
    assert terminal("settings", DONDOC_TOKEN="x").err == ""


def test_every_command_asks_for_migrate_first(empty_terminal: Terminal) -> None:
    for command in ("cases", "council list", "verify", "seal", "demo", "deadlines check x.csv", "record --set text=x"):
        said = empty_terminal(command)
        assert (said.code, "dondoc migrate" in said.err) == (1, True), command


def test_no_file_is_made_by_looking(tmp_path: Path) -> None:
    missing = tmp_path / "none" / "x.sqlite3"
    said = Terminal({"DONDOC_DATABASE_URL": f"sqlite:///{missing}", "DONDOC_DATA_DIR": str(tmp_path)})("cases")
    assert said.code == 1
    assert not missing.parent.exists()


def test_the_doctor_says_how_to_mend(office: Terminal) -> None:
    assert grade_of_triggers(office) == "ok"
    change(office, "DROP TRIGGER event_append_only_update", "DROP TRIGGER event_append_only ON event")
    broken = office("doctor")
    assert broken.code == 1
    assert "✗" in broken.out
    assert "→" in broken.out
    assert office("verify").code == 1
    assert "event_append_only" in office("doctor --mend").out
    assert grade_of_triggers(office) == "ok"
    assert office("verify").code == 0


def grade_of_triggers(office: Terminal) -> str:
    return str(next(check["grade"] for check in office("doctor --json").json if check["code"] == "triggers"))


def change(office: Terminal, on_sqlite: str, on_postgresql: str) -> None:
    """Do something to the database behind the application's back."""
    database = connect(office.environment["DONDOC_DATABASE_URL"])
    with database.writing() as unit:
        unit.run(text(on_sqlite if database.dialect == "sqlite" else on_postgresql))
    database.close()


def test_seal_then_verify_finds_a_byte_changed_by_hand(office: Terminal, tmp_path: Path) -> None:
    code = office.well("record --set text=x").partition(":")[0]
    assert "Niêm phong số 1: 1 hồ sơ, 1 sự kiện" in office.well("seal")
    assert office.well("seal") == "Không có gì thay đổi từ lần niêm phong trước.\n"
    assert "Nhật ký chưa bị sửa: 1 hồ sơ, 1 sự kiện, 1 niêm phong." in office.well("verify")
    (file,) = (tmp_path / "data" / "seals").iterdir()
    file.write_text(file.read_text(encoding="utf-8").replace('"events":1', '"events":2'), encoding="utf-8")
    assert office("verify").code == 1
    file.unlink()
    altered = "UPDATE text_version SET body = 'y'"
    change(office, altered, altered)
    broken = office("verify")
    assert broken.code == 1
    assert f"{code}, sự kiện số 1" in broken.err
    assert office("verify --json").json["ok"] is False


@pytest.mark.parametrize("kind", ["petition", "referral", "contact_round"])
def test_lifecycles_in_three_forms_and_as_pages(terminal: Terminal, tmp_path: Path, kind: str) -> None:
    assert terminal.well(f"lifecycle {kind} --format mermaid").startswith("flowchart")
    assert json.loads(terminal.well(f"lifecycle {kind} --format json"))["kind"] == kind
    assert "void" in terminal.well(f"lifecycle {kind}") or kind == "referral"
    folder = tmp_path / "pages"
    terminal.well("lifecycle --write", str(folder))
    assert (folder / f"{kind}.md").read_text(encoding="utf-8") == picturing.pages()[f"{kind}.md"]


def test_an_unknown_lifecycle_is_a_sentence(terminal: Terminal) -> None:
    for command in ("lifecycle", "lifecycle village"):
        said = terminal(command)
        assert (said.code, "petition" in said.err) == (1, True)


def test_the_sample_comes_goes_and_leaves_the_office_clean(office: Terminal) -> None:
    own = office.well("record --set text=x").partition(":")[0]
    rates = office.well("rates")
    loaded = office.well("demo")
    token = next(line.split()[1] for line in loaded.splitlines() if "dondoc_" in line)
    assert office("cases --limit 0 --json").json["total"] > 25
    assert office("cases --json", DONDOC_TOKEN=token).code == 0
    assert "dondoc demo remove" in office("demo").err
    office.well("seal")
    assert "Đã gỡ hội đồng mẫu" in office.well("demo remove")
    assert [c["code"] for c in office("cases --limit 0 --json").json["items"]] == [own]
    assert [c["code"] for c in office("council list --json").json] == ["NP"]
    assert office("cases", DONDOC_TOKEN=token).code == 1
    assert office.well("rates") == rates
    assert "Nhật ký chưa bị sửa" in office.well("verify")
    assert "Không có hội đồng mẫu" in office("demo remove").err


def test_rates_say_what_is_divided_by_what(office: Terminal) -> None:
    office.well("record --set text=x --on 01/10/2026")
    shown = office.well("rates --from 01/01/2026 --to 31/12/2026")
    assert "0/1 = 0,0%" in shown
    assert "kiến nghị tiếp nhận trong kỳ" in shown
    assert office("rates --json --by agency").json["by"] == "agency"
    assert office("rates --by village").code == 1
    office.well(
        "record --kind commitment --on 05/01/2026 --set text=x --set agency=UBND --set occasion=answer"
        " --set due_on=05/02/2026"
    )
    shown = office.well("rates --kind commitment --from 01/01/2026")
    assert "Việc đã hứa, cam kết: tỷ lệ của hội đồng" in shown
    assert "0/1 = 0,0%" in shown
    assert "Chưa xong, quá hạn" in shown
    assert office("rates --kind dance").code == 1
    assert office("rates --from 31/11/2026").code == 1


def test_erasing_a_petitioner_leaves_history_whole_and_the_name_nowhere(office: Terminal, tmp_path: Path) -> None:
    name = "Nông Thị Khuất Danh"
    sheet = tmp_path / "so.csv"
    sheet.write_text(f"Nội dung kiến nghị,Người kiến nghị\nBà {name} đề nghị sửa cầu,{name}\n", encoding="utf-8")
    assert office.well("import petitions", str(sheet))
    code = office("cases --json").json["items"][0]["code"]
    assert office("erase", code, "--reason", "").code == 1
    assert code in office.well("erase", code, "--reason", "Theo yêu cầu của công dân")
    office.well("verify")
    assert name not in office.well(f"case {code}")
    for file in Path(office.environment["DONDOC_DATA_DIR"]).rglob("*.db*"):
        assert name.encode() not in file.read_bytes()


def test_an_address_that_cannot_be_used_is_a_sentence(empty_terminal: Terminal, tmp_path: Path) -> None:
    letter = tmp_path / "thu.txt"
    letter.write_text("Kính gửi Thường trực HĐND xã, đây là một lá thư chứ không phải cơ sở dữ liệu.", encoding="utf-8")
    refused = empty_terminal("cases", DONDOC_DATABASE_URL=f"sqlite:///{letter}")
    assert (refused.code, "không phải cơ sở dữ liệu SQLite" in refused.err) == (1, True)
    below = empty_terminal("migrate", DONDOC_DATABASE_URL=f"sqlite:///{letter}/dondoc.db")
    assert (below.code, "Không tạo được thư mục" in below.err) == (1, True)


def test_verify_does_not_make_a_lost_key_anew(office: Terminal) -> None:
    office.well('record --set "text=Cầu hỏng" --set round_kind=before_session')
    office.well("seal")
    key = Path(office.environment["DONDOC_DATA_DIR"]) / "seal.key"
    key.unlink()
    office("verify")
    assert not key.exists()
    assert "chép lại khóa" in office("seal").err
