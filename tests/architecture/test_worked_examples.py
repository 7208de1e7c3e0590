"""The examples in docs/deadlines.md are what the code says today.

Run as a module (`python -m tests.architecture.test_worked_examples`) this file writes them anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from deadlines.announcements import shipped_announcements, shipped_edition
from deadlines.calendar import build_calendar
from deadlines.clocks import project
from deadlines.explaining import explain, heading, render
from deadlines.loading import parse_regulation, shipped_regulations
from deadlines.marks import Mark
from deadlines.vectors import check_vectors
from states.milestones import Milestone as M
from tests.architecture.trees import ROOT

PAGE = ROOT / "docs" / "deadlines.md"
CALENDAR = build_calendar(shipped_announcements(), edition=shipped_edition())
LIMITS = {(limit.regulation, limit.code): limit for r in shipped_regulations() for limit in r.limits}
BEFORE = {"kind": "petition", "round": "before_session"}
AFTER = {"kind": "petition", "round": "after_session"}
SENDING = "r"


@dataclass(frozen=True)
class Example:
    """One clock, told on one day."""

    title: str
    limit: tuple[str, str]
    marks: Sequence[Mark]
    circumstance: Mapping[str, str]
    told_on: date
    anchors: Mapping[str, date] = field(default_factory=dict)
    switches: Mapping[str, bool] = field(default_factory=dict)

    def text(self) -> str:
        limit = LIMITS[self.limit].switched(**self.switches)
        given = {
            "marks": self.marks, "limits": [limit], "calendar": CALENDAR, "anchors": self.anchors,
            "circumstance": self.circumstance,
        }  # fmt: skip
        (clock,) = project(**given)  # type: ignore[arg-type]  # one dictionary for two calls, each with its own types
        said = heading(clock, today=self.told_on, calendar=CALENDAR)
        return render(explain(clock, **given), "vi", heading=said)  # type: ignore[arg-type]  # the same


EXAMPLES = {
    "tet": Example(
        "30 days that end in Tết",
        ("sample-2021", "answer.after_session"),
        [Mark(2, M.RECEIVED_BY_ADDRESSEE, date(2026, 1, 20), SENDING, document="số đến 412")],
        AFTER,
        date(2026, 2, 10),
    ),
    "again": Example(
        "7 working days over Quốc khánh, with a swapped day off (a reference limit, switched on here)",
        ("office-practice", "answer.again"),
        [Mark(1, M.NEW_ANSWER_REQUESTED, date(2026, 8, 28), SENDING, document="công văn 71/HĐND-TT")],
        BEFORE,
        date(2026, 9, 10),
        switches={"enabled": True},
    ),
    "backward": Example(
        "30 days before a session",
        ("sample-2021", "plan.before_session"),
        [Mark(1, M.ROUND_OPENED, date(2026, 9, 28))],
        {"kind": "contact_round", "round": "before_session"},
        date(2026, 9, 30),
        anchors={"session.opening": date(2026, 12, 2)},
    ),
    "provisional": Example(
        "Sent, receipt not entered",
        ("sample-2021", "answer.before_session"),
        [Mark(1, M.SENT, date(2026, 11, 2), SENDING, document="công văn 33/HĐND-TT")],
        BEFORE,
        date(2026, 11, 5),
    ),
    "options": Example(
        "A pause, an extension and the cap before the session (all three switched on here)",
        ("sample-2021", "answer.before_session"),
        [
            Mark(2, M.RECEIVED_BY_ADDRESSEE, date(2026, 11, 3), SENDING),
            Mark(3, M.CLARIFICATION_ASKED, date(2026, 11, 10), SENDING, document="công văn 262/UBND-KT"),
            Mark(4, M.CLARIFICATION_GIVEN, date(2026, 11, 16), SENDING),
            Mark(5, M.EXTENSION_GRANTED, date(2026, 11, 20), SENDING, days=10),
        ],
        BEFORE,
        date(2026, 11, 21),
        anchors={"session.opening": date(2026, 12, 8)},
        switches={"pause": True, "extension": True, "not_after": True},
    ),
    "months": Example(
        "3 months, counted from the 30th (a reference limit, switched on here)",
        ("office-practice", "review.periodic"),
        [Mark(1, M.JUDGED, date(2025, 11, 30))],
        BEFORE,
        date(2026, 2, 1),
        switches={"enabled": True},
    ),
}


def written(name: str) -> str:
    """Return an example as it stands on the page."""
    example = EXAMPLES[name]
    return f"<!-- worked: {name} -->\n**{example.title}**\n\n```text\n{example.text()}```\n"


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_example_is_what_the_code_says(name: str) -> None:
    assert written(name) in PAGE.read_text(encoding="utf-8")


def test_every_example_on_the_page_is_known() -> None:
    assert re.findall(r"<!-- worked: (\w+) -->", PAGE.read_text(encoding="utf-8")) == list(EXAMPLES)


def test_the_dates_shown_for_checking_are_right(tmp_path: Path) -> None:
    (block,) = re.findall(r"```csv\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    file = tmp_path / "dates.csv"
    file.write_text(block, encoding="utf-8")
    report = check_vectors(file, CALENDAR)
    assert (report.differences, report.errors) == ((), ())
    assert report.passed == 7


def test_the_regulation_shown_can_be_loaded() -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    regulation = parse_regulation(block, origin="docs/deadlines.md")
    assert [limit.code for limit in regulation.limits if limit.enabled] == ["answer"]


def paste() -> None:
    """Write the examples into the page."""
    page = PAGE.read_text(encoding="utf-8")
    for name in EXAMPLES:
        block = rf"<!-- worked: {name} -->\n(\*\*.*?\*\*\n\n```text\n.*?```\n)?"
        page = re.sub(block, written(name).replace("\\", r"\\"), page, flags=re.DOTALL)
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    paste()
