"""Settings come from DONDOC_ variables, are bounded, and are shown without their secrets."""

from __future__ import annotations

import multiprocessing
import stat
from pathlib import Path

import pytest

from api.settings import Settings, describe, load_settings, seal_key_of, unknown_variables, variable
from states.errors import BadInput


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_set_gives_a_file_in_the_folder_var(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.data_dir == tmp_path / "var"
    assert settings.database_url == f"sqlite:///{tmp_path / 'var' / 'dondoc.sqlite3'}"


def test_two_data_folders_share_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / name))
        settings = load_settings()
        found.append((settings.database_url, seal_key_of(settings)))
    assert found[0][0] != found[1][0]
    assert found[0][1] != found[1][1]


def test_the_environment_is_read_and_the_command_line_goes_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_PORT", "9000")
    monkeypatch.setenv("DONDOC_LANGUAGE", "en")
    monkeypatch.setenv("DONDOC_HOST", "")
    settings = load_settings(port=9001, host=None)
    assert (settings.port, settings.language, settings.host) == (9001, "en", "127.0.0.1")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DONDOC_PORT", "many", "số nguyên"),
        ("DONDOC_PORT", "70000", "65535"),
        ("DONDOC_LANGUAGE", "fr", "một trong"),
        ("DONDOC_LOG_FORMAT", "xml", "một trong"),
        ("DONDOC_PAGE_SIZE", "0", "nhỏ hơn 1"),
        ("DONDOC_TOKEN_DAYS", "-1", "nhỏ hơn 1"),
        ("DONDOC_POOL_SIZE", "1e9", "số nguyên"),
        ("DONDOC_FILE_MEGABYTES", "0", "nhỏ hơn 1"),
        ("DONDOC_SCAN_SECONDS", "0", "nhỏ hơn 1"),
        ("DONDOC_SCAN_COMMAND", "scan 'x", "nháy"),
        ("DONDOC_SEAL_KEY", "short", "ngắn"),
        ("DONDOC_SMTP_PORT", "0", "nhỏ hơn 1"),
        ("DONDOC_SMTP_SECURITY", "ssl", "một trong"),
        ("DONDOC_SMTP_FROM", "Đôn Đốc <a@b.vn>", "địa chỉ"),
        ("DONDOC_PUBLIC_URL", "javascript:alert(1)", "https://"),
        ("DONDOC_DATABASE_URL", "mysql://x", "postgresql://"),
        ("DONDOC_DATABASE_URL", "what", "postgresql://"),
        ("DONDOC_DATABASE_URL", "sqlite://", "sqlite:///"),
    ],
)
def test_a_bad_value_is_told_by_its_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadInput) as refused:
        load_settings()
    assert list(refused.value.problems) == [name]
    assert f"«{name}»" in refused.value.problems[name].vi
    assert f"“{name}”" in refused.value.problems[name].en
    assert told in refused.value.problems[name].vi


def test_the_command_of_the_scanner_is_a_list_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().scan_command == ()
    monkeypatch.setenv("DONDOC_SCAN_COMMAND", "'/usr/quét mã/scan' --fdpass \"$(x)\"")
    settings = load_settings()
    assert settings.scan_command == ("/usr/quét mã/scan", "--fdpass", "$(x)")
    shown = {row.name: row.value for row in describe(settings)}
    assert shown["DONDOC_SCAN_COMMAND"] == "'/usr/quét mã/scan' --fdpass '$(x)'"


def test_every_bad_value_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_PORT", "x")
    monkeypatch.setenv("DONDOC_LANGUAGE", "fr")
    with pytest.raises(BadInput) as refused:
        load_settings()
    assert set(refused.value.problems) == {"DONDOC_PORT", "DONDOC_LANGUAGE"}


def test_every_field_is_described_in_both_languages() -> None:
    rows = describe(load_settings())
    assert {row.name for row in rows} == {variable(name) for name in Settings.model_fields}
    assert all(row.description.vi and row.description.en for row in rows)
    assert len({row.description.en for row in rows}) == len(rows)


def test_secrets_are_masked_wherever_they_stand() -> None:
    secret = "q7Zr-secret-of-thirty-two-letters-"
    settings = load_settings(seal_key=secret, database_url=f"postgresql://an:{secret}@db/x?password={secret}&host=y")
    shown = {row.name: row.value for row in describe(settings)}
    assert secret not in "".join(shown.values())
    assert secret not in repr(settings).replace(settings.database_url, "")
    assert shown["DONDOC_SEAL_KEY"] == "********"
    assert shown["DONDOC_DATABASE_URL"].startswith("postgresql://an:***@db/x?")


def test_a_slip_of_the_pen_is_noticed() -> None:
    names = ["DONDOC_DATABSE_URL", "DONDOC_PORT", "DONDOC_TEST_DATA", "HOME"]
    assert unknown_variables(names) == ["DONDOC_DATABSE_URL"]


def test_the_seal_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path / "new")
    key = seal_key_of(settings)
    file = tmp_path / "new" / "seal.key"
    assert len(key) == 64
    assert seal_key_of(settings) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [entry.name for entry in file.parent.iterdir()] == ["seal.key"]


def test_a_given_seal_key_leaves_no_file(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path / "new", seal_key="k" * 32)
    assert seal_key_of(settings) == b"k" * 32
    assert not (tmp_path / "new").exists()


def test_processes_that_start_at_once_agree_on_the_seal_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        keys = pool.map(key_in, [tmp_path / "shared"] * 16)
    assert len(set(keys)) == 1


def key_in(folder: Path) -> bytes:
    return seal_key_of(load_settings(data_dir=folder))
