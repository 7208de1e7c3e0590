"""The findings of `doctor` about the machine and the data folder."""

from __future__ import annotations

import os
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from workflows.doctor.machine import backed_up, folder, place_of, seal_key, time_zone, versions


def test_the_machine_of_the_tests_is_well(tmp_path: Path) -> None:
    assert time_zone().is_ok
    assert folder(tmp_path).is_ok
    assert place_of(tmp_path).is_ok


def test_an_installation_without_nightly_backups_is_warned() -> None:
    assert backed_up(set_up=True).is_ok
    missing = backed_up(set_up=False)
    assert (missing.grade, "DONDOC_BACKUP_DIR" in missing.mend.vi) == ("warning", True)


def no_zone(_name: str) -> ZoneInfo:
    raise ZoneInfoNotFoundError


def test_missing_time_zone_data_is_told() -> None:
    assert time_zone(no_zone).grade == "fault"


def test_a_wrong_zone_is_told() -> None:
    assert "+07:00" in time_zone(lambda _name: ZoneInfo("Asia/Tokyo")).sentence.en


@pytest.mark.parametrize(
    ("fastapi", "prefect", "good"),
    [
        ("0.150.0", "3.8.8", True),
        ("0.150.3", "3.8.9", True),
        ("0.149.1", "3.8.8", False),
        ("0.151.0", "3.8.8", False),
        ("0.165.0", "3.8.8", False),
        ("0.150.0", "4.0.0", False),
    ],
)
def test_only_tried_pairs_of_fastapi_and_prefect_pass(fastapi: str, prefect: str, good: bool) -> None:
    assert versions({"fastapi": fastapi, "prefect": prefect}.__getitem__).is_ok is good


def test_the_installed_pair_passes() -> None:
    from importlib.metadata import version  # noqa: PLC0415 - what is installed is the question of this test alone

    assert versions(version).is_ok


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    finding = folder(tmp_path / "nowhere")
    assert finding.grade == "fault"
    assert "nowhere" in finding.sentence.vi


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert folder(tmp_path / "file").grade == "fault"


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_folder_on_another_machine_is_told(tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"disk / ext4 rw 0 0\nserver:/share {tmp_path}/a\\040b {kind} rw 0 0\n")
    assert place_of(tmp_path / "a b" / "data", mounts=mounts).grade == "fault"
    assert place_of(tmp_path / "elsewhere", mounts=mounts).is_ok


def test_a_machine_that_does_not_tell_its_mounts_passes(tmp_path: Path) -> None:
    assert place_of(tmp_path, mounts=tmp_path / "none").is_ok


def test_a_missing_seal_key_is_a_warning(tmp_path: Path) -> None:
    assert seal_key(tmp_path, given=False).grade == "warning"
    assert seal_key(tmp_path, given=True).is_ok


@pytest.mark.parametrize(("mode", "grade"), [(0o600, "ok"), (0o400, "ok"), (0o640, "fault"), (0o604, "fault")])
def test_a_seal_key_that_others_can_read_is_told(tmp_path: Path, mode: int, grade: str) -> None:
    key = tmp_path / "seal.key"
    key.write_text("k" * 64)
    os.chmod(key, mode)  # noqa: PTH101 - the mode is the point
    finding = seal_key(tmp_path, given=False)
    assert finding.grade == grade
    if grade == "fault":
        assert f"chmod 600 {key}" in finding.mend.vi
