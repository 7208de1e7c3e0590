"""What may stand in the files of the repository, and how folders are named."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest

from tests.architecture import rules
from tests.architecture.trees import ROOT, project_files

# Put together from halves, so that this file does not name them itself.
HOSTS = re.compile(
    "|".join(
        ("py" + r"pi\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs", r"(?<!emit)-(?:extra-)?index" + "-url")
    )
)
FOLDERS_OF_ONE = "|".join(("ro" + "ot", "wo" + "rk", "t" + "mp", "o" + "pt"))
MACHINE_PATHS = re.compile(rf"(?<![\w./:~@}})\]-])(?:/(?:{FOLDERS_OF_ONE})/[\w.]|/(?:home|Users)/\w+/|[A-Z]:\\Users\\)")


def belongs_to_one_machine(text: str) -> list[str]:
    return [found.group() for pattern in (HOSTS, MACHINE_PATHS) for found in pattern.finditer(text)]


def test_no_file_names_a_registry_host_or_a_path_of_one_machine() -> None:
    found = {
        path: names
        for path in project_files()
        if (names := belongs_to_one_machine((ROOT / path).read_text(encoding="utf-8", errors="replace")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "--index" + "-url https://mirror.example/simple",
        "https://py" + "pi.org/simple",
        "#    pip compile -o /t" + "mp/dev.lock",
        "path = '/wo" + "rk/main/api'",
        'home = "/ho' + 'me/an/dondoc"',
    ],
)
def test_a_trace_of_one_machine_is_found(text: str) -> None:
    assert belongs_to_one_machine(text)


@pytest.mark.parametrize(
    "text", ["GET /health/work/", "make test-pg PGBIN=/usr/lib/postgresql/15/bin", "https://a.vn/work/x"]
)
def test_other_paths_are_left_alone(text: str) -> None:
    assert belongs_to_one_machine(text) == []


def test_every_folder_tells_by_its_name_what_it_is_for() -> None:
    folders = {part for path in project_files() for part in PurePosixPath(path).parts[:-1]}
    modules = {PurePosixPath(path).stem for path in project_files() if path.endswith(".py")}
    assert (folders | modules) & rules.EMPTY_FOLDER_NAMES == set()
