from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner, Result

from api.cli.commands import app
from tests import words
from tests.lists import HEADINGS, ROAD, WELL, Lists, code_of, row_of, totals
from tests.office import Office
from tests.words import cell, row, table, write_docx
from workflows.importing.headings import Field
from workflows.importing.repeating import Repeats
from workflows.importing.row_results import Outcome
from workflows.similar import Proposed

PAPER = words.letterhead("Số: 12/HĐND-TT", "Mường Lựm, ngày 06 tháng 8 năm 2026")
GOOD, BAD = ("1", WELL, "Bản Nà Pát", "", "", "06/8/2026"), ("2", ROAD, "", "", "", "31/11/2025")


@pytest.fixture
def lists(office: Office, tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Lists:
    monkeypatch.setenv("DONDOC_DATABASE_URL", database_url)
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DONDOC_LANGUAGE", raising=False)
    return Lists(office, tmp_path)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["import", "petitions", *map(str, arguments)])


def paper(lists: Lists, *rows: tuple[str, ...] | str) -> Path:
    return write_docx(lists.folder / "danh-muc.docx", PAPER + table([HEADINGS, *rows]))


def written(office: Office, code: str, field: str) -> str:
    """Return a text of a case: “text” or “as_written”."""
    found = office.rows(f"SELECT case_id, body FROM text_version WHERE field = '{field}'")
    case_id = office.see(code).id.hex
    return next(str(row["body"]) for row in found if str(row["case_id"]).replace("-", "") == case_id)


def corrected(lists: Lists, source: Path, name: str) -> Path:
    """Return the rejected rows with the date that the office meant, as it would save them."""
    headings, *rows = CalamineWorkbook.from_path(source).get_sheet_by_index(0).to_python()
    mended = [["30/11/2025" if value == "31/11/2025" else value for value in row] for row in rows]
    return lists.xlsx(*mended, headings=list(map(str, headings)), name=name)


def test_the_table_of_a_word_file_enters_the_register_and_comes_again_in_vain(office: Office, lists: Lists) -> None:
    path = paper(
        lists,
        row("1", WELL, cell("Bản Nà Pát", merge="restart"), "", "", "06/8/2026"),
        row("2", ROAD, cell("", merge="continue"), "", "", "06/8/2026"),
        ("", "vì mùa mưa không đi lại được", "", "", "", ""),
    )
    report = lists.take(path)
    assert totals(report) | {"warnings": 0} == {
        "read": 2, "accepted": 2, "rejected": 0, "already_there": 0, "warnings": 0, "written": 2,
    }  # fmt: skip
    code = code_of(report, 3)
    assert written(office, code, "text") == f"{ROAD} vì mùa mưa không đi lại được"
    assert "Địa phương: Bản Nà Pát" in written(office, code, "as_written")
    again = lists.take(path)
    assert (again.already_there, again.written) == (2, 0)


def test_a_word_file_is_taken_from_the_command_line(lists: Lists) -> None:
    result = run(paper(lists, GOOD))
    assert (result.exit_code, result.stderr) == (0, "")
    assert lists.count("case") == 1


def test_a_word_file_that_is_no_list_or_dangerous_is_refused_in_one_sentence(lists: Lists) -> None:
    letter = write_docx(lists.folder / "thu.docx", PAPER)
    typed = write_docx(lists.folder / "doctype.docx", table([HEADINGS, GOOD]), doctype="<!DOCTYPE x>")
    for path, said in ((letter, "Word"), (typed, "DOCTYPE")):
        result = run(path)
        assert (result.exit_code, result.stdout) == (1, "")
        assert said in result.stderr
        assert len(result.stderr.splitlines()) == 1
    assert lists.count("case") == 0


def test_rejected_rows_corrected_and_fed_again_add_only_themselves(office: Office, lists: Lists) -> None:
    out = lists.folder / "tra-lai.xlsx"
    first = lists.take(lists.csv(GOOD, BAD), partial=True, rejected=out)
    assert (first.written, first.rejected) == (1, 1)
    assert "tra-lai.xlsx" in " ".join(note.vi for note in first.notes)
    mended = corrected(lists, out, "da-sua.xlsx")
    second = lists.take(mended, origin=first.origin)
    assert (second.read, second.written, second.rejected) == (1, 1, 0)
    assert written(office, code_of(second, 2), "text") == ROAD
    # The corrected rows once more, and the whole list once more: nothing new.
    assert lists.take(mended, origin=first.origin).written == 0
    third = lists.take(lists.csv(GOOD, BAD), partial=True, rejected=out)
    assert (third.already_there, third.written) == (1, 0)
    assert lists.count("case") == 2


def test_a_row_corrected_in_the_workbook_and_in_the_list_is_one_row(lists: Lists) -> None:
    out = lists.folder / "tra-lai.xlsx"
    first = lists.take(lists.csv(GOOD, BAD), partial=True, rejected=out)
    lists.take(corrected(lists, out, "da-sua.xlsx"), origin=first.origin)
    whole = lists.take(lists.csv(GOOD, (*BAD[:5], "30/11/2025")))
    assert (whole.already_there, whole.written, lists.count("case")) == (2, 0, 2)


def test_without_rejected_rows_no_workbook_is_written(lists: Lists) -> None:
    out = lists.folder / "tra-lai.xlsx"
    assert lists.take(lists.csv(GOOD), rejected=out).written == 1
    assert not out.exists()


def test_a_whole_list_kept_out_and_a_dry_run_hand_their_rejected_rows_back_too(lists: Lists) -> None:
    for dry_run in (False, True):
        out = lists.folder / f"tra-lai-{dry_run}.xlsx"
        report = lists.take(lists.csv(GOOD, BAD), rejected=out, dry_run=dry_run)
        assert (report.written, out.exists()) == (0, True)
        assert "--partial" in " ".join(note.vi for note in report.notes)
    assert lists.count("case") == 0


def test_the_command_writes_the_workbook_and_says_what_to_do_with_it(lists: Lists) -> None:
    out = lists.folder / "tra-lai.xlsx"
    result = run(lists.csv(GOOD, BAD), "--partial", "--rejected", out)
    assert result.exit_code == 0, result.stderr
    assert '--origin "danh-sach"' in result.stdout
    again = run(corrected(lists, out, "da-sua.xlsx"), "--origin", "danh-sach")
    assert again.exit_code == 0, again.stderr
    assert lists.count("case") == 2


def test_the_command_refuses_to_write_over_the_list(lists: Lists) -> None:
    path = lists.xlsx(GOOD, BAD)
    before = path.read_bytes()
    result = run(path, "--rejected", path)
    assert result.exit_code == 1
    assert "danh sách" in result.stderr
    assert path.read_bytes() == before


def test_a_locality_written_once_is_filled_down_from_the_command_line(office: Office, lists: Lists) -> None:
    path = lists.csv(GOOD, ("2", ROAD, "", "", "", "06/8/2026"))
    assert run(path, "--fill-down", "locality", "--origin", "a").exit_code == 0
    codes = [found["code"] for found in office.rows('SELECT code FROM "case" ORDER BY code')]
    assert ["Bản Nà Pát" in written(office, code, "as_written") for code in codes] == [True, True]
    refused = run(path, "--fill-down", "text")
    assert refused.exit_code == 1
    assert "locality" in refused.stderr


def test_rows_filled_down_are_the_rows_they_were(lists: Lists) -> None:
    path = lists.csv(GOOD, ("2", ROAD, "", "", "", "06/8/2026"))
    lists.take(path)
    assert lists.take(path, fill_down=frozenset({Field.LOCALITY})).already_there == 2


def test_the_same_text_in_a_word_file_of_another_name_is_raised_again(lists: Lists) -> None:
    known = code_of(lists.take(lists.csv(GOOD)), 2)
    raised = row_of(lists.take(paper(lists, GOOD)), 2)
    assert (raised.outcome, raised.same_as) == (Outcome.RAISED_AGAIN, known)


def test_it_is_only_proposed_where_the_office_wants_it_so(lists: Lists) -> None:
    lists.take(lists.csv(GOOD))
    row = row_of(lists.take(paper(lists, GOOD), repeats=Repeats.PROPOSE), 2)
    assert (row.outcome, row.proposed) == (Outcome.ACCEPTED, Proposed.RAISE_AGAIN)
