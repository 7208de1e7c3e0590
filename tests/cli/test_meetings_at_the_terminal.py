"""Receptions of a year and the lines of a notice as an office types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal

NOTICE = """THÔNG BÁO
Kết quả phiên họp tháng
I. Đánh giá
1. Ưu điểm
Đã gửi báo cáo đúng hạn.
II. Nhiệm vụ trọng tâm
1. UBND xã
Báo cáo kết quả giải quyết kiến nghị gửi Thường trực HĐND; tiếp tục nâng cao chất lượng trả lời.
"""


@pytest.fixture
def sitting(office: Terminal) -> str:
    """A sitting that was held."""
    told = "record --kind meeting --on 01/09/2026 --set meeting_kind=standing_sitting --set planned_on=03/09/2026"
    code = office.well(told, "--set", "text=Phiên họp tháng 8").split(":")[0]
    office.well(f"move {code} hold --on 03/09/2026 --set matters=3")
    return code


def test_a_notice_is_read_decided_on_and_entered(office: Terminal, sitting: str, tmp_path: Path) -> None:
    notice, decided = tmp_path / "thong-bao.txt", tmp_path / "dong.json"
    notice.write_text(NOTICE, encoding="utf-8")
    shown = office.well("meeting read-notice", str(notice))
    assert "Đề xuất 1 nhiệm vụ, 1 định hướng; người nhập quyết định từng dòng." in shown
    assert "Đã gửi báo cáo" not in shown
    rows = json.loads(office.well("meeting read-notice --json", str(notice)))
    assert [(row["line"]["kind"], row["line"]["agency"], row["actor"]) for row in rows] == [
        ("task", "UBND", "UBND xã"),
        ("orientation", None, "UBND xã"),
    ]
    rows[0]["line"]["due_on"] = "2026-09-30"
    decided.write_text(json.dumps(rows), encoding="utf-8")
    enter = f"meeting enter-lines {sitting} --on 04/09/2026"
    nameless = office(enter, str(decided))
    assert (nameless.code, "--document" in nameless.err) == (1, True)
    entered = office.well(f"{enter} --document '31/TB-HĐND; 04/09/2026'", str(decided))
    assert f"{sitting}: 1 nhiệm vụ, 1 định hướng." in entered
    (task,) = json.loads(office.well("cases --kind task --json"))["items"]
    assert (task["next_due_on"], task["holder"]["code"]) == ("2026-09-30", "UBND")
    assert office(f"{enter} --document '31/TB-HĐND; 04/09/2026'", str(decided)).code == 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("không phải JSON", "danh sách JSON"),
        ('{"kind": "task"}', "danh sách JSON"),
        ("[]", "chưa có dòng nào"),
        ("[7]", "Dòng 1"),
        ('[{"kind": "promise", "text": "Báo cáo"}]', "task, orientation"),
        ('[{"kind": "task", "text": "Báo cáo"}]', "Dòng 1"),
        ('[{"kind": "task", "text": "Báo cáo", "agency": "KHONG-CO"}]', "KHONG-CO"),
        ('[{"kind": "task", "text": "Báo cáo", "agency": "UBND", "due_words": "31/11/2026"}]', "31/11/2026"),
    ],
)
def test_lines_that_cannot_be_entered_are_named_and_nothing_is_written(
    office: Terminal, sitting: str, tmp_path: Path, written: str, said: str
) -> None:
    file = tmp_path / "dong.json"
    file.write_text(written, encoding="utf-8")
    refused = office(f"meeting enter-lines {sitting} --document '31/TB-HĐND; 04/09/2026'", str(file))
    assert refused.code == 1
    assert said in refused.err
    assert json.loads(office.well("cases --kind task --json"))["items"] == []


def test_the_receptions_of_a_year_are_planned_once(office: Terminal) -> None:
    planned = json.loads(office.well("meeting plan-receptions --year 2027 --json"))
    assert len(planned) == 12
    moved = {one["usual_on"]: one["planned_on"] for one in planned if one["usual_on"] != one["planned_on"]}
    assert moved["2027-05-15"] == "2027-05-17", "a Saturday moves to the Monday after"
    assert "0 buổi tiếp công dân." in office.well("meeting plan-receptions --year 2027")
    office.well("council days --reception 20")
    assert "0 buổi tiếp công dân." in office.well("meeting plan-receptions --year 2027")
    assert office("meeting plan-receptions --year 2091").code == 1
