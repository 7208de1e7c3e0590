"""An office takes over two real lists: 1,573 petitions, and 30 that repeat some of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.lists import Lists, row_of, totals
from tests.office import Office, open_office
from workflows import verifying

LONG, SHORT = "petitions_national_assembly_1573.csv", "petitions_second_import_30.csv"


def test_both_real_lists_are_taken_over_and_the_sums_add_up(
    database_url: str, shared_data: Path, tmp_path: Path
) -> None:
    with open_office(database_url) as office:
        lists = Lists(office, tmp_path)
        _nothing_is_written_for_one_empty_row(lists, shared_data / LONG)
        _the_others_are_taken_once(office, lists, shared_data / LONG)
        _repeats_are_taken_and_proposed(office, lists, shared_data / SHORT)
        with office.database.reading() as unit:
            verdict = verifying.verify(unit, key=None)
        assert (verdict.ok, verdict.cases, verdict.events) == (True, 1_602, 1_602)


def _nothing_is_written_for_one_empty_row(lists: Lists, path: Path) -> None:
    report = lists.take(path)
    assert (report.read, report.accepted, report.rejected, report.written) == (1_573, 1_572, 1, 0)
    assert next((row.row_number, problem.code) for row, problem in report.problems) == (453, "text_empty")
    assert lists.count("case") == 0


def _the_others_are_taken_once(office: Office, lists: Lists, path: Path) -> None:
    tried = lists.take(path, partial=True, dry_run=True)
    taken = lists.take(path, partial=True)
    assert totals(taken) == totals(tried) | {"written": 1_572}
    assert (taken.merges_proposed, taken.repeats_proposed) == (14, 0)
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


def _repeats_are_taken_and_proposed(office: Office, lists: Lists, path: Path) -> None:
    report = lists.take(path)
    assert totals(report) | {"warnings": 0} == {
        "read": 30, "accepted": 30, "rejected": 0, "already_there": 0, "warnings": 0, "written": 30,
    }  # fmt: skip
    assert (report.merges_proposed, report.repeats_proposed) == (0, 30)
    assert all(row.same_as for row in report.rows)
    proposals = Counter(str(row["trigger"]) for row in office.rows("SELECT trigger FROM proposal"))
    assert proposals == {"merge": 14, "raise_again": 30}
    assert totals(lists.take(path))["already_there"] == 30
    assert row_of(report, 2).code == "NP-KN-26-1573"
