"""Keeps one server process alive exactly as long as the process that started the guardian.

Run as `guardian.py HOME UID GID COMMAND…` (UID and GID are -1 to stay who we are). The parent holds the other end of
our standard input. When it closes that end, or dies in whatever way (SIGKILL included), the server is told to stop at
once and HOME is removed. The parent's id is watched too: a forked child of the parent may hold the pipe open longer.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys

POLL_SECONDS = 0.5


def parent_is_gone(parent: int) -> bool:
    """Wait up to half a second for the end of standard input; true when the parent closed it or is dead."""
    readable, _, _ = select.select([sys.stdin], [], [], POLL_SECONDS)
    return bool(readable and not os.read(0, 1024)) or os.getppid() != parent


def main(home: str, user: int, group: int, command: list[str]) -> None:
    """Run `command` until the parent is gone, then stop it and remove `home`."""
    parent = os.getppid()
    identity: dict[str, object] = {} if user < 0 else {"user": user, "group": group, "extra_groups": []}
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, cwd=home, **identity)  # type: ignore[call-overload]  # the identity is given only when it changes
    while not parent_is_gone(parent):
        if server.poll() is not None:
            sys.exit(server.returncode or 1)
    server.send_signal(signal.SIGQUIT)
    server.wait()
    shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
