"""A kind that nobody has thought of takes one table, its forms and one detail model: every door knows it then.

It runs in a process of its own, on a migrated database to which only its detail table was added.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from models.details import DETAILS
from states.kinds import KINDS

ROOT = Path(__file__).parents[2]
PATIENCE = 300


@pytest.fixture
def seen(database_url: str, tmp_path: Path) -> Any:
    """What the invented office saw at every door."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DONDOC_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.invented", database_url, str(tmp_path)],
        cwd=ROOT, env=kept | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads((tmp_path / "seen.json").read_text(encoding="utf-8"))


@pytest.mark.journeys
def test_every_door_knows_a_kind_by_its_table(seen: Any) -> None:
    assert "fire_check" not in {*KINDS, *DETAILS}, "it lives in its own process only"
    entered_and_moved(seen["http"])
    assert seen["chain"] == [["arises_from", "NP-PC-26-0002", "NP-KN-26-0001"]]
    assert (seen["listed"]["written"], seen["listed"]["again"]) == (2, 2)
    assert seen["paper"]["summary"]["vi"] == "2 chuyển sang «Đã kiểm tra, chờ khắc phục»"
    assert seen["night"]["proposed"] == [["NP-PC-26-0003", "put_on_agenda"]]
    assert seen["night"]["fired"] == 4, "a reminder and an alert of each check that was not mended in time"
    shares = {row["key"]: (row["received"], row["due"], row["rates"][0]["numerator"]) for row in seen["rates"]["rows"]}
    assert shares == {"UBND": (2, 2, 1), "KT": (1, 1, 0)}
    assert seen["rates"]["agrees"] is True
    assert seen["faults"] == []
    shown_at_the_terminal(seen["terminal"])
    for state in seen["http"]["lifecycle"]["states"]:
        assert f"| `{state['state']}` | {state['label']['vi']} |" in seen["terminal"]["page"]


def entered_and_moved(told: Any) -> None:
    assert told["wrong"] == ["floors", "premises"]
    assert told["offers"][:3] == ["check", "mend", "drop"]
    assert told["refused"] == ["decider_is_not_the_answerer", "decider_is_the_standing_body"]
    case = told["case"]
    assert (case["state"]["label"]["vi"], case["next_due_on"]) == ("Đã kiểm tra, chờ khắc phục", "2026-09-30")
    assert (case["detail"]["floors"], case["detail"]["agency"]["code"], case["holder"]["code"]) == (2, "UBND", "UBND")
    assert told["found"] == [told["code"]], "found by its words without their marks"
    assert [(clock["limit"]["label"]["vi"], clock["due_on"]) for clock in told["clocks"]] == [
        ("Khắc phục", "2026-09-30")
    ]
    assert told["lifecycle"]["label"]["vi"] == "Kiểm tra phòng cháy"


def shown_at_the_terminal(said: Any) -> None:
    assert "NP-PC-26-0005: Chờ kiểm tra" in said["record"]
    assert "Đã kiểm tra, chờ khắc phục" in said["cases"]
    assert "✓ mend: Xác nhận đã khắc phục" in said["case"]
    assert "Khắc phục" in said["case"]
    assert "Đã khắc phục" in said["move"]
    assert "Kiểm tra phòng cháy: tỷ lệ của hội đồng" in said["rates"]
    assert "put_on_agenda" in said["lifecycle"]
    assert "NP-PC-26-0001" in said["chain"]
