"""Figures as they are printed and kept: one measurement a row, a Markdown table of all, and the load of the machine."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
LARGE = 100
NONE = "–"


@dataclass(frozen=True)
class Line:
    """One measurement beside its floor, both per second."""

    what: str
    database: str
    clients: int
    ours: float
    floor: float

    def row(self) -> Row:
        """Return it with ours as a share of the floor."""
        return {
            "what": self.what,
            "database": self.database,
            "clients": self.clients,
            "Dondoc /s": self.ours,
            "floor /s": self.floor,
            "ratio": self.ours / self.floor,
        }


@dataclass(frozen=True)
class Table:
    """Measurements of one kind, under a heading."""

    title: str
    rows: Sequence[Row]

    def as_markdown(self) -> str:
        """Return the heading and the table."""
        return f"### {self.title}\n\n{as_markdown(self.rows)}"


def as_markdown(rows: Sequence[Row]) -> str:
    """Return rows of the same columns as a Markdown table, figures to the right."""
    columns = list(rows[0])
    sides = ["---:" if isinstance(rows[0][name], int | float) else "---" for name in columns]
    lines = [columns, sides, *([_said(row.get(name, NONE)) for name in columns] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _said(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= LARGE else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def machine() -> str:
    """Return on what is measured, and how busy it is with this and other work."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python}, {os.cpu_count()} cores, load average {load}"


def megabytes_of(process: int | str = "self") -> tuple[int, int]:
    """Return the most resident memory that a process had since its program began, and what it has now.

    The kernel's own count: what `getrusage` gives begins with the memory of the process that started it.
    """
    said = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    peak, now = (int(re.findall(rf"{field}:\s+(\d+) kB", said)[0]) >> 10 for field in ("VmHWM", "VmRSS"))
    return peak, now


def middle(values: Sequence[float], share: float = 0.5) -> float:
    """Return the value below which this share of `values` lies."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]
