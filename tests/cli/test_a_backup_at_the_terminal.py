"""`dondoc backup` and `dondoc restore` as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from workflows.backing_up import marking


@pytest.fixture
def sealed(office: Terminal) -> Terminal:
    """An office with one sealed case."""
    office.well("record --set text=x")
    office.well("seal")
    return office


@pytest.fixture
def other(tmp_path: Path, sealed: Terminal) -> Terminal:
    """Another installation on this machine, with the key of the first."""
    data = tmp_path / "other"
    data.mkdir()
    (data / "seal.key").write_bytes((tmp_path / "data" / "seal.key").read_bytes())
    return Terminal({**sealed.environment, "DONDOC_DATA_DIR": str(data), "DONDOC_DATABASE_URL": ""})


def test_a_backup_says_what_is_in_it_and_that_the_key_is_not(sealed: Terminal, tmp_path: Path) -> None:
    said = sealed.well("backup", str(tmp_path / "one.zip"))
    assert "1 hồ sơ, 1 sự kiện, 0 tệp của văn bản, 1 niêm phong" in said
    assert f"Khóa niêm phong ({tmp_path / 'data' / 'seal.key'}) KHÔNG nằm trong bản sao lưu" in said
    assert "dữ liệu cá nhân" in said
    again = sealed("backup", str(tmp_path / "one.zip"))
    assert (again.code, "Đã có tệp" in again.err) == (1, True)


def test_it_is_restored_and_verified(sealed: Terminal, other: Terminal, tmp_path: Path) -> None:
    sealed.well("backup", str(tmp_path / "one.zip"))
    said = other.well("restore", str(tmp_path / "one.zip"))
    assert "Đã phục hồi bản sao lưu lúc" in said
    assert "Nhật ký chưa bị sửa: 1 hồ sơ, 1 sự kiện, 1 niêm phong." in said
    assert "·" not in said
    assert "1 hồ sơ" in other.well("verify")
    refused = other("restore", str(tmp_path / "one.zip"))
    assert (refused.code, "--overwrite" in refused.err) == (1, True)
    assert other("restore --overwrite --json", str(tmp_path / "one.zip")).json["ok"] is True


def test_without_the_key_it_says_what_was_not_checked(sealed: Terminal, other: Terminal, tmp_path: Path) -> None:
    sealed.well("backup", str(tmp_path / "one.zip"))
    (tmp_path / "other" / "seal.key").unlink()
    said = other.well("restore", str(tmp_path / "one.zip"))
    assert "Không kiểm tra được chữ ký của bản sao lưu" in said
    assert not (tmp_path / "other" / "seal.key").exists()


def test_a_backup_in_json(sealed: Terminal, tmp_path: Path) -> None:
    told = sealed("backup --json", str(tmp_path)).json
    assert told["ok"] is True
    assert told["manifest"]["tables"]["event"] == 1
    assert Path(told["file"]).parent == tmp_path


def test_a_bad_archive_is_a_sentence(other: Terminal, tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(b"x")
    said = other("restore", str(tmp_path / "bad.zip"))
    assert (said.code, said.out) == (1, "")
    assert "Không dùng được bản sao lưu này" in said.err
    assert "cannot be used" in other("--lang en restore", str(tmp_path / "bad.zip")).err


def test_history_that_was_changed_before_the_backup_is_told_after_restoring(
    sealed: Terminal, other: Terminal, tmp_path: Path
) -> None:
    from tests.cli.test_the_installation import change  # noqa: PLC0415 - only here

    altered = "UPDATE text_version SET body = 'y'"
    change(sealed, altered, altered)
    sealed.well("backup", str(tmp_path / "one.zip"))
    said = other("restore", str(tmp_path / "one.zip"))
    assert (said.code, "NP-KN" in said.err, "KHÔNG còn nguyên" in said.out) == (1, True, True)


def test_no_command_works_on_what_is_half_restored(sealed: Terminal, tmp_path: Path) -> None:
    sealed.well("backup", str(tmp_path / "one.zip"))
    marking.mark(tmp_path / "data", tmp_path / "one.zip")
    for command in ("cases", "verify", "seal", "migrate", "backup x.zip", "serve --port 0", "serve --port 0 --prepare"):
        said = sealed(command)
        assert (said.code, f"dondoc restore {tmp_path / 'one.zip'}" in said.err) == (1, True), command
    checks = {check["code"]: check["grade"] for check in sealed("doctor --json").json}
    assert checks["restored"] == "fault"
    sealed.well("restore", str(tmp_path / "one.zip"))
    assert sealed("cases").code == 0
