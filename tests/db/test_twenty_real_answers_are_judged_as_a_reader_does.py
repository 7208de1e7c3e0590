"""The judgement is a reader's, made on the texts alone: what each answer lacks for the result it claims.

A measure says what is done or will be done: to consider, check, propose or “settle by the rules” is none. A cause is
stated, not to be guessed. A time is a date, a quarter, a year, or an event; “trong thời gian tới” is none, nor is the
period of a fund. No answer says when it will be looked at again, nor that the Front has a copy.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from states.vocabulary import Result
from tests.office import Office
from tests.papers import transferred
from tests.reports import Reports
from workflows.answering.matching import Taken
from workflows.importing.mapping import make_mapping

R = Result
LABEL = "nhan_goi_y (do người nghiên cứu gán, KHÔNG phải nhãn gốc)"
TEXT, ANSWER = "noi_dung_kien_nghi (rút gọn)", "noi_dung_tra_loi (rút gọn)"
JUDGED: dict[str, tuple[Result, set[str]]] = {
    "2229": (R.IN_PROGRESS, {"cause", "time"}),
    "1101": (R.IN_PROGRESS, {"cause", "time"}),
    "2042": (R.IN_PROGRESS, {"cause", "time"}),
    "1104": (R.IN_PROGRESS, {"cause", "time"}),
    "1010": (R.IN_PROGRESS, {"cause"}),
    "2523": (R.ROADMAP, {"cause", "review"}),
    "1257": (R.IN_PROGRESS, {"cause", "time"}),
    "2235": (R.EXPLAINED, {"ground"}),
    "2335": (R.IN_PROGRESS, {"cause", "time", "measure"}),
    "2325": (R.IN_PROGRESS, {"time"}),
    "2049": (R.NOT_YET, {"review"}),
    "2461": (R.ROADMAP, {"cause", "review"}),
    "1103": (R.IN_PROGRESS, {"cause", "time"}),
    "2431": (R.IN_PROGRESS, {"cause", "time", "measure"}),
    "2639": (R.IN_PROGRESS, {"cause", "time"}),
    "518": (R.IN_PROGRESS, {"cause"}),
    "2863": (R.IN_PROGRESS, {"cause", "time"}),
    "2724": (R.NOT_YET, {"review"}),
    "2318": (R.IN_PROGRESS, {"cause", "time"}),
    "2050": (R.IN_PROGRESS, {"cause", "time", "measure"}),
}
UNCLEAR = {"1101", "1103", "2863"}
"""The label says two things at once, or something besides a result: a person must say it."""
NO_UNIT_IN_THE_TEXT = {"1103", "518"}
"""Where the answer itself names nobody; a column of its own does."""


@pytest.fixture
def reports(office: Office, tmp_path: Path) -> Reports:
    return Reports(office, tmp_path)


def real(shared_data: Path) -> list[dict[str, str]]:
    with (shared_data / "petitions_with_answers_20.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def missing_of(
    office: Office, reports: Reports, rows: list[dict[str, str]], columns: list[str]
) -> dict[str, tuple[Result | None, set[str], str]]:
    transferred(office, *(row[TEXT] for row in rows))
    with (reports.folder / "tra-loi.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    mapping = make_mapping({LABEL: "result"})
    path = reports.folder / "tra-loi.csv"
    results = {n: JUDGED[row["ma_nguon"]][0] for n, row in enumerate(rows, 2) if row["ma_nguon"] in UNCLEAR}
    undecided = reports.plan(path, mapping=mapping)
    waiting = {rows[row.row_number - 2]["ma_nguon"] for row in undecided.rows if row.taken is Taken.WAITING}
    assert waiting == UNCLEAR
    taking = reports.register(path, mapping=mapping, results=results)
    assert (taking.paper.written, taking.is_refused) == (20, False), taking
    told = {result.code: set(result.missing) for result in taking.paper.rows}
    return {
        rows[row.row_number - 2]["ma_nguon"]: (row.claimed, told[row.code or ""], row.original_result)
        for row in taking.plan.rows
    }


def test_the_missing_parts_of_each_row_are_those_a_reader_misses(
    office: Office, reports: Reports, shared_data: Path
) -> None:
    rows = real(shared_data)
    found = missing_of(office, reports, rows, list(rows[0]))
    wanted = {key: (claimed, parts | {"copy_to_front"}) for key, (claimed, parts) in JUDGED.items()}
    assert {key: (claimed, parts) for key, (claimed, parts, _) in found.items()} == wanted
    assert {row["ma_nguon"]: row[LABEL] for row in rows} == {key: original for key, (_, _, original) in found.items()}
    named = {key for key, (_, parts, _) in found.items() if key not in {"2235", "2049", "2724"} and "time" not in parts}
    assert named == {"1010", "2523", "2461", "518"}


def test_the_same_is_read_out_of_the_text_where_there_are_no_columns(
    office: Office, reports: Reports, shared_data: Path
) -> None:
    rows = real(shared_data)
    found = missing_of(office, reports, rows, ["ma_nguon", TEXT, ANSWER, LABEL])
    for key, (claimed, parts) in JUDGED.items():
        nobody = {"responsible"} if key in NO_UNIT_IN_THE_TEXT else set()
        assert found[key][:2] == (claimed, parts | nobody | {"copy_to_front"}), key
