from __future__ import annotations

import ast
from pathlib import Path

import deadlines
from states.reckoning import LABELS, TimeWord

PACKAGE = Path(deadlines.__file__).parent
WITH_A_CLOCK = {"timekeeper.py"}
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "localtime"}


def test_the_arithmetic_asks_no_clock_and_no_environment() -> None:
    guilty = []
    for file in PACKAGE.glob("*.py"):
        if file.name in WITH_A_CLOCK:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
                guilty.append(f"{file.name}:{node.lineno}")
            if isinstance(node, ast.Import) and any(name.name in {"time", "os"} for name in node.names):
                guilty.append(f"{file.name}:{node.lineno}")
    assert guilty == []


def test_every_word_of_time_has_labels_in_both_languages() -> None:
    for kind in TimeWord.__subclasses__():
        assert set(LABELS[kind]) == set(kind)
        for word in kind:
            assert word.label.vi
            assert word.label.en
