"""The lock files hold what the project asks for, and every target of the Makefile is explained."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.test_packages import PROJECT
from tests.architecture.trees import ROOT

RUN = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["build"]
DEV = RUN + PROJECT["project"]["optional-dependencies"]["dev"]
PIN = re.compile(
    r"^(?P<name>[a-z0-9-]+)==(?P<version>[^\s;\\]+)[^\n]*\\\n(?:    --hash=sha256:[0-9a-f]{64}.*\n)+", re.MULTILINE
)


def locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = {found["name"]: found["version"] for found in PIN.finditer(text)}
    assert len(pins) == len(re.findall(r"^\S", text, re.MULTILINE)), "a line of the lock file has no version or no hash"
    return pins


def unmet(requirements: list[str], pins: dict[str, str]) -> Iterator[str]:
    for text in requirements:
        asked = Requirement(text)
        pinned = pins.get(canonicalize_name(asked.name))
        if pinned is None or not asked.specifier.contains(pinned):
            yield f"{text}: locked is {pinned}; run make lock"


@pytest.mark.parametrize(("name", "asked"), [("requirements.lock", RUN), ("requirements-dev.lock", DEV)])
def test_the_lock_file_meets_every_requirement_with_hashes(name: str, asked: list[str]) -> None:
    assert list(unmet(asked, locked(name))) == []


def test_a_requirement_that_is_not_locked_is_found() -> None:
    assert len(list(unmet(["one>=2", "two"], {"one": "1.9"}))) == len(["one", "two"])


def test_what_runs_is_tested_in_the_same_versions() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


def test_make_help_explains_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    declared = set(re.findall(r"^\.PHONY: (\S+)$", makefile, re.MULTILINE))
    assert declared == set(re.findall(r"^([a-z-]+):.* ## \S", makefile, re.MULTILINE))
    assert {"setup", "run", "test", "test-pg", "lint", "types", "contracts", "format", "lock", "help"} <= declared


def test_the_pipeline_runs_what_a_person_runs() -> None:
    commands = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert commands[1] == "set -euo pipefail"
    assert [line for line in commands if line.startswith("make")] == ["make test"]
