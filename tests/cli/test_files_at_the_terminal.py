"""Files of papers as an office types it: attach, list, save, scan again; doctor and erasing know of them."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from tests import made_files as made
from tests.cli.conftest import Terminal
from workflows.filing.malware import EICAR

CODE = "NP-KN-26-0001"
NUMBER = "12/HĐND-TT"


@pytest.fixture
def letter(office: Terminal) -> Terminal:
    """An office that sent one petition by a letter."""
    office.well("record --set text='Đường lầy'")
    office.well(f"move {CODE} screen --set level=commune")
    office.well(f"move {CODE} transfer --set addressees=UBND", "--document", f"{NUMBER}; 06/08/2026")
    return office


@pytest.fixture
def scan_of(tmp_path: Path) -> Path:
    path = tmp_path / "Báo cáo số 56.pdf"
    path.write_bytes(made.pdf())
    return path


def store(office: Terminal) -> Path:
    return Path(office.environment["DONDOC_DATA_DIR"]) / "files"


def grade(office: Terminal, code: str) -> tuple[str, str]:
    found = next(check for check in office("doctor --json").json if check["code"] == code)
    return found["grade"], found["sentence"]["en"]


def scanner(code: int) -> str:
    return shlex.join([sys.executable, "-c", f"raise SystemExit({code})"])


def test_a_file_is_attached_listed_and_saved(letter: Terminal, scan_of: Path, tmp_path: Path) -> None:
    said = letter("document attach", "12/hđnd-tt", str(scan_of), "--as", "lan")
    assert (said.code, "Đã lưu Báo cáo số 56.pdf" in said.out) == (0, True)
    assert "Đã có từ trước" in letter.well("document attach", NUMBER, str(scan_of))
    [file] = letter("document files", NUMBER, "--json").json
    assert (file["name"], file["kind"]["code"], file["added_by"]["login"]) == ("Báo cáo số 56.pdf", "pdf", "lan")
    assert "Báo cáo số 56.pdf" in letter.well("document files", NUMBER)
    out = tmp_path / "ra.pdf"
    letter.well("document save", NUMBER, file["digest"][:12], str(out))
    assert out.read_bytes() == scan_of.read_bytes()
    again = letter("document save", NUMBER, file["digest"], str(out))
    assert (again.code, "ra.pdf" in again.err) == (1, True)
    assert letter("document save", NUMBER, "ffff", str(tmp_path / "x")).code == 1


def test_one_bad_file_keeps_no_good_one_out(letter: Terminal, scan_of: Path, tmp_path: Path) -> None:
    bad = tmp_path / "virus.pdf"
    bad.write_bytes(EICAR)
    said = letter("document attach", NUMBER, str(bad), str(tmp_path / "khong-co.pdf"), str(scan_of))
    assert said.code == 1
    assert "virus.pdf: Tệp có mã độc" in said.err
    assert "khong-co.pdf: Không mở được tệp" in said.err
    assert "Đã lưu Báo cáo số 56.pdf" in said.out
    assert len(letter("document files", NUMBER, "--json").json) == 1


def test_a_file_over_the_limit_is_refused(letter: Terminal, tmp_path: Path) -> None:
    large = tmp_path / "lon.txt"
    large.write_bytes(b"a" * ((1 << 20) + 1))
    refused = letter("document attach", NUMBER, str(large), DONDOC_FILE_MEGABYTES="1")
    assert (refused.code, "lớn hơn 1 MB" in refused.err) == (1, True)
    letter.well("document attach", NUMBER, str(large))


def test_a_paper_is_named_by_number_or_identifier(letter: Terminal, scan_of: Path) -> None:
    absent = letter("document files", "99/XX")
    assert (absent.code, "Không có văn bản số «99/XX»" in absent.err) == (1, True)
    assert letter("document files", "00000000-0000-0000-0000-000000000000").code == 1
    office = letter
    office.well("record --set text='Điện yếu'")
    office.well("move NP-KN-26-0002 screen --set level=commune")
    office.well("move NP-KN-26-0002 transfer --set addressees=UBND", "--document", f"{NUMBER}; 07/08/2026")
    unclear = office("document attach", NUMBER, str(scan_of))
    assert (unclear.code, "06/08/2026" in unclear.err, "07/08/2026" in unclear.err) == (1, True, True)
    key = unclear.err.split("nêu rõ mã: ")[1].split(" ")[0]
    office.well("document attach", key, str(scan_of))


def test_who_may_not_see_the_case_finds_no_paper(office: Terminal, scan_of: Path) -> None:
    office.well("record --set text=x", "--document", f"{NUMBER}; 06/08/2026")
    for command in (("document files",), ("document attach",)):
        more = [str(scan_of)] if command[0].endswith("attach") else []
        refused = office(command[0], NUMBER, *more, "--as", "uy")
        assert refused.code == 1
        assert "Không có văn bản" in refused.err
    assert not store(office).exists()


def test_files_are_scanned_again(letter: Terminal, scan_of: Path, tmp_path: Path) -> None:
    assert "DONDOC_SCAN_COMMAND" in letter("document scan").err
    letter.well("document attach", NUMBER, str(scan_of), DONDOC_SCAN_COMMAND=scanner(2))
    assert grade(letter, "files_scanned")[0] == "warning"
    [file] = letter("document files", NUMBER, "--json").json
    held = letter("document save", NUMBER, file["digest"], str(tmp_path / "ra.pdf"))
    assert (held.code, "dondoc document scan" in held.err) == (1, True)
    assert letter("document scan --as lan", DONDOC_SCAN_COMMAND=scanner(0)).code == 1
    letter.well("document scan", DONDOC_SCAN_COMMAND=scanner(0))
    assert grade(letter, "files_scanned")[0] == "ok"
    letter.well("document save", NUMBER, file["digest"], str(tmp_path / "ra.pdf"))


def test_a_file_found_infected_is_quarantined(letter: Terminal, scan_of: Path, tmp_path: Path) -> None:
    letter.well("document attach", NUMBER, str(scan_of))
    found = letter("document scan --json", DONDOC_SCAN_COMMAND=scanner(1))
    assert (found.code, list(found.json.values())) == (1, ["infected"])
    [file] = letter("document files", NUMBER, "--json").json
    assert letter("document save", NUMBER, file["digest"], str(tmp_path / "ra.pdf")).code == 1
    assert not (tmp_path / "ra.pdf").exists()


def test_the_doctor_counts_missing_damaged_and_loose_files(letter: Terminal, scan_of: Path) -> None:
    assert grade(letter, "files") == ("ok", "0 files of papers are whole; 0 belong to no paper (harmless)")
    letter.well("document attach", NUMBER, str(scan_of))
    [place] = [path for path in store(letter).rglob("*") if path.is_file()]
    loose = place.with_name("0" * 62)
    loose.write_bytes(b"x")
    assert grade(letter, "files") == ("ok", "1 files of papers are whole; 1 belong to no paper (harmless)")
    whole = place.read_bytes()
    place.write_bytes(whole[:-1] + b"x")
    assert grade(letter, "files")[0] == "fault"
    place.unlink()
    assert "1 of 1 files of papers are missing or damaged" in grade(letter, "files")[1]
    assert letter("doctor").code == 1
    letter.well("document attach", NUMBER, str(scan_of))
    assert grade(letter, "files")[0] == "ok", "the same content brought again mends it"
