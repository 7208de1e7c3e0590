"""An installation on each database and a terminal before it: a command is run as a person would type it."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli.commands import app

TERMINAL = CliRunner()


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return what was printed as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal with the environment of one installation."""

    environment: dict[str, str]

    def __call__(self, command: str, *more: str, answers: str | None = None, **environment: str) -> Said:
        """Run `dondoc COMMAND`; `more` are words that need no quoting."""
        done = TERMINAL.invoke(
            app, [*shlex.split(command), *more], input=answers, env={**self.environment, **environment},
            catch_exceptions=False,
        )  # fmt: skip
        return Said(done.exit_code, done.stdout, done.stderr)

    def well(self, command: str, *more: str, **environment: str) -> str:
        """Run a command that must succeed and return what it printed."""
        said = self(command, *more, **environment)
        assert said.code == 0, said.out + said.err
        return said.out


@pytest.fixture
def empty_terminal(empty_database_url: str, tmp_path: Path) -> Terminal:
    """A terminal of an installation that was never migrated."""
    return Terminal(environment(empty_database_url, tmp_path))


@pytest.fixture
def terminal(database_url: str, tmp_path: Path) -> Terminal:
    """A terminal of a migrated installation without a council."""
    return Terminal(environment(database_url, tmp_path))


@pytest.fixture
def office(terminal: Terminal) -> Terminal:
    """A terminal of an office with a council of its own, a clerk and a session."""
    terminal.well('council create --code NP --name "HĐND xã Nà Pát" --locality "Bản Nà Pát"')
    terminal.well('council people add "Lường Thị Lan" --agency VP --role council_office --login lan')
    terminal.well('council people add "Đèo Văn Ủy" --agency UBND --role officer --login uy')
    terminal.well('session add KH2 "Kỳ họp thứ 2" --opening 01/12/2026 --closing 03/12/2026')
    return terminal


def environment(url: str, folder: Path) -> dict[str, str]:
    """Return the variables of an installation, cleared of those of the machine."""
    (folder / "data").mkdir()
    return {
        "DONDOC_DATABASE_URL": url, "DONDOC_DATA_DIR": str(folder / "data"), "DONDOC_TOKEN": "", "DONDOC_LANGUAGE": "",
        "COLUMNS": "200",
    }  # fmt: skip
