"""`dondoc deadlines check` recomputes worked deadlines by the calendar of the database and hides nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Terminal

HEAD = "id,quy_tac,kieu,moc,so_ngay,ngay_cuoi_chua_don,han_sau_don_ngay_nghi,ghi_chu\n"
RIGHT = 'V1,x,"lịch, tiến",2025-11-03,20,2025-11-23 CN,2025-11-24 T2,\n'


def vectors(folder: Path, *rows: str) -> str:
    path = folder / "vectors.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return str(path)


def test_all_shared_vectors_agree_after_migrate_alone(empty_terminal: Terminal, shared_data: Path) -> None:
    path = shared_data / "deadline_vectors.csv"
    before = empty_terminal("deadlines check", str(path))
    assert (before.code, "dondoc migrate" in before.err) == (1, True)
    assert "Đã nâng cấp" in empty_terminal.well("migrate")
    assert empty_terminal.well("deadlines check", str(path)) == "15 trên 15 dòng đúng.\n"
    assert "0001_spine" in empty_terminal.well("migrate")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('V2,x,"lịch, tiến",2025-11-03,20,2025-11-23,2025-11-25,\n', "tệp ghi 2025-11-25 T3, tính được 2025-11-24 T2"),
        ('V2,x,"lịch, tiến",2025-11-03,20,2025-11-22,2025-11-24,\n', "ngay_cuoi_chua_don"),
        ('V2,x,"giờ, tiến",2025-11-03,20,2025-11-23,2025-11-24,\n', "không hiểu «gio»"),
        ('V2,x,"lịch, tiến",2025-02-31,20,2025-11-23,2025-11-24,\n', "không có ngày"),
        ('V2,x,"lịch, tiến",2055-11-03,20,2055-11-23,2055-11-24,\n', "moc"),
    ],
)
def test_each_difference_is_named_and_ends_with_1(terminal: Terminal, tmp_path: Path, row: str, said: str) -> None:
    done = terminal("deadlines check", vectors(tmp_path, RIGHT, row))
    assert done.code == 1
    assert said in done.err
    assert "V2" in done.err
    assert done.out == "1 trên 2 dòng đúng.\n"


def test_a_file_that_cannot_be_read_is_a_sentence(terminal: Terminal, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("", encoding="utf-8")
    for path in (str(empty), str(tmp_path / "none.csv")):
        done = terminal("deadlines check", path)
        assert done.code == 1
        assert "Traceback" not in done.err


def test_as_json_with_every_difference(terminal: Terminal, tmp_path: Path) -> None:
    wrong = 'V2,x,"lịch, tiến",2025-11-03,20,2025-11-23,2025-11-25,\n'
    found = terminal("deadlines check --json", vectors(tmp_path, RIGHT, wrong)).json
    assert (found["ok"], found["rows"], found["passed"]) == (False, 2, 1)
    assert found["differences"][0]["computed"] == "2025-11-24 T2"


def test_an_announcement_changes_what_is_right(terminal: Terminal, tmp_path: Path) -> None:
    path = vectors(tmp_path, RIGHT)
    terminal.well("deadlines check", path)
    preview = terminal.well("calendar add 24/11/2025 --name Nghỉ --source 'Thông báo 1' --dry-run")
    assert "chưa ghi gì" in preview
    terminal.well("calendar add 24/11/2025 --name Nghỉ --source 'Thông báo 1'")
    assert "tính được 2025-11-25 T3" in terminal("deadlines check", path).err
    assert "24/11/2025" in terminal.well("calendar 2025")
