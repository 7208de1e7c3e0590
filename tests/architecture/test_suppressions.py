"""No linter is silenced without a code and a reason."""

from __future__ import annotations

import pytest

from tests.architecture.suppressions import bare_suppressions
from tests.architecture.trees import Module, modules

BARE = [
    "no" + "qa",
    "no" + "qa: S603",
    "no" + "qa: S603 - ours",
    "ruff: no" + "qa",
    "ruff: no" + "qa: S603",
    "type: " + "ignore",
    "type: " + "ignore[arg-type]",
    "type: " + "ignore  # the stub is wrong",
    "mypy: " + "ignore-errors",
]
REASONED = [
    "no" + "qa: S603 - the command is ours",
    "no" + "qa: S603, S607  # the command is ours",
    "ruff: no" + "qa: E501 - rows of a table",
    "type: " + "ignore[arg-type]  # the stub is wrong",
    "a comment that says why",
]


def test_every_suppression_has_a_code_and_a_reason() -> None:
    assert [finding for module in modules() for finding in bare_suppressions(module)] == []


@pytest.mark.parametrize("comment", BARE)
def test_a_bare_suppression_is_found(comment: str) -> None:
    assert list(bare_suppressions(Module("snippet.py", f"a = 1  # {comment}\n")))


@pytest.mark.parametrize("comment", REASONED)
def test_a_reasoned_suppression_is_accepted(comment: str) -> None:
    assert list(bare_suppressions(Module("snippet.py", f"a = 1  # {comment}\n"))) == []
