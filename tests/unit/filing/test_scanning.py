"""S25: the test virus is known without any scanner; a scanner of the machine is asked without a shell."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from states.file_words import Scan
from workflows.filing.errors import FileIsInfected
from workflows.filing.malware import EICAR, CommandScanner, NoScanner, Scanned, refuse_test_file, scanner_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tmp $(touch hacked); x"
    path.write_bytes(b"xin chao")
    return path


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


@pytest.mark.parametrize("before", [0, 100, (1 << 20) - 30, (2 << 20) - 1])
def test_the_test_virus_is_found_wherever_it_stands(file: Path, before: int) -> None:
    file.write_bytes(b"x" * before + EICAR + b"\n")
    with pytest.raises(FileIsInfected):
        refuse_test_file(file)


def test_a_part_of_it_is_no_virus(file: Path) -> None:
    file.write_bytes(EICAR[:-1])
    refuse_test_file(file)


@pytest.mark.parametrize(
    ("code", "verdict"), [(0, Scan.CLEAN), (1, Scan.INFECTED), (2, Scan.FAILED), (127, Scan.FAILED)]
)
def test_the_exit_code_is_the_verdict(file: Path, code: int, verdict: Scan) -> None:
    assert CommandScanner(python(f"raise SystemExit({code})"), 20).scan(file) == Scanned(verdict)


def test_a_scanner_that_is_killed_could_not_look(file: Path) -> None:
    killed = python("import os; os.kill(os.getpid(), 9)")
    assert CommandScanner(killed, 20).scan(file).verdict is Scan.FAILED


def test_the_path_comes_last_and_no_shell_reads_it(file: Path) -> None:
    code = "import sys; print(sys.argv[1:]); raise SystemExit(sys.argv[2] != 'FILE')"
    said = CommandScanner((*python(code), "--first"), 20).scan(file).said
    assert said == "['--first', '']"
    assert not (file.parent / "hacked").exists()
    assert not Path("hacked").exists()


def test_what_it_says_is_kept_short_and_without_the_path(file: Path) -> None:
    code = "import sys; print(sys.argv[1] + ': Win.Test FOUND'); print('x' * 5_000_000); raise SystemExit(1)"
    assert CommandScanner(python(code), 20).scan(file) == Scanned(Scan.INFECTED, "Win.Test FOUND")


def test_a_scanner_that_is_not_there_could_not_look(file: Path) -> None:
    assert CommandScanner(("/khong/co/trinh-quet",), 20).scan(file).verdict is Scan.FAILED


def test_a_scanner_that_takes_too_long_is_ended_with_all_it_started(file: Path, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = (
        "import subprocess, sys, pathlib, time;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
        f"pathlib.Path({str(note)!r}).write_text(str(child.pid)); time.sleep(600)"
    )
    assert CommandScanner(python(code), 2).scan(file).verdict is Scan.FAILED
    assert is_gone(int(note.read_text()))


def is_gone(pid: int) -> bool:
    for _ in range(100):
        state = Path(f"/proc/{pid}/stat")
        try:
            os.kill(pid, 0)
            if state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


def test_without_a_command_nobody_looks(file: Path) -> None:
    assert isinstance(scanner_of((), seconds=1), NoScanner)
    assert scanner_of((), seconds=1).scan(file).verdict is Scan.UNSCANNED
