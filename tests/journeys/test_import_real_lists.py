"""An office takes over two real lists: 1,573 petitions, and 30 that repeat some of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.lists import Lists, totals
from tests.office import Office, open_office
from workflows import verifying
from workflows.similar import Proposed

NEARLY = {(457, 468), (458, 469), (455, 466), (764, 1219), (770, 1217), (669, 855), (1525, 1526)}
"""Pairs of rows that say nearly the same. By eye: 770 and 1217 are two petitions to one pattern, the others are one."""
LONG, SHORT = "petitions_national_assembly_1573.csv", "petitions_second_import_30.csv"


def test_both_real_lists_are_taken_over_and_the_sums_add_up(
    database_url: str, shared_data: Path, tmp_path: Path
) -> None:
    with open_office(database_url) as office:
        lists = Lists(office, tmp_path)
        _nothing_is_written_for_one_empty_row(lists, shared_data / LONG)
        _the_others_are_taken_once(office, lists, shared_data / LONG)
        _repeats_are_raised_again_and_those_of_another_place_proposed(office, lists, shared_data / SHORT)
        with office.database.reading() as unit:
            verdict = verifying.verify(unit, key=None)
        assert (verdict.ok, verdict.cases, verdict.events) == (True, 1_576, 1_602)


def _nothing_is_written_for_one_empty_row(lists: Lists, path: Path) -> None:
    report = lists.take(path)
    assert (report.read, report.accepted, report.rejected, report.written) == (1_573, 1_572, 1, 0)
    assert next((row.row_number, problem.code) for row, problem in report.problems) == (453, "text_empty")
    assert lists.count("case") == 0


def _the_others_are_taken_once(office: Office, lists: Lists, path: Path) -> None:
    tried = lists.take(path, partial=True, dry_run=True)
    taken = lists.take(path, partial=True)
    assert totals(taken) == totals(tried) | {"written": 1_572}
    assert (taken.merges_proposed, taken.repeats_proposed, taken.nearly_proposed) == (21, 0, 7)
    nearly = {(row.same_as_row, row.row_number) for row in taken.rows if row.score is not None and row.score < 100}
    assert nearly == NEARLY
    codes = [row.code for row in taken.rows if row.code]
    assert codes == [f"NP-KN-26-{n:04d}" for n in range(1, 1_573)]
    problems = Counter(problem.code for row in taken.rows for problem in row.problems)
    assert problems == {
        "field_unknown": 137,
        "same_text_in_file": 14,
        "session_odd": 10,
        "text_like_title": 9,
        "agency_unknown": 6,
        "text_empty": 1,
        "letter_number_odd": 1,
    }
    states = office.rows(
        'SELECT state, seq, received_on, next_due_on, locality, count(*) AS n FROM "case" GROUP BY 1, 2, 3, 4, 5'
    )
    assert {(row["state"], row["seq"], row["received_on"], row["next_due_on"]) for row in states} == {
        ("recorded", 1, None, None)
    }
    assert all(row["locality"] == row["locality"].lower() for row in states), "every locality was found by its name"
    assert lists.count("clock") == 0
    again = totals(lists.take(path, partial=True))
    assert again == {
        "read": 1_573, "accepted": 0, "rejected": 1, "already_there": 1_572, "warnings": 0, "written": 0,
    }  # fmt: skip


def _repeats_are_raised_again_and_those_of_another_place_proposed(office: Office, lists: Lists, path: Path) -> None:
    report = lists.take(path)
    assert totals(report) | {"warnings": 0} == {
        "read": 30, "accepted": 4, "rejected": 0, "already_there": 0, "warnings": 0, "written": 4,
    }  # fmt: skip
    assert (report.raised, report.merges_proposed, report.repeats_proposed) == (26, 1, 3)
    assert all(row.same_as and row.score == 100 for row in report.rows)
    apart = [row for row in report.rows if row.proposed is Proposed.RAISE_AGAIN]
    assert ["khác địa bàn" in row.problems[-1].text.vi for row in apart] == [True] * 3
    raised = office.rows("SELECT times_raised, count(*) AS n FROM petition GROUP BY 1 ORDER BY 1")
    assert [(row["times_raised"], row["n"]) for row in raised] == [(1, 1_550), (2, 26)]
    proposals = Counter(str(row["trigger"]) for row in office.rows("SELECT trigger FROM proposal"))
    assert proposals == {"merge": 22, "raise_again": 3}
    assert totals(lists.take(path))["already_there"] == 30
    assert lists.count("case") == 1_576
