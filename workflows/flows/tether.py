"""Runs a command that dies with its parent: `python -m workflows.flows.tether PARENT COMMAND…`.

The kernel is asked to kill this process when the parent with the id PARENT ends, in whatever way; then the command
takes its place. Where the kernel cannot be asked (not Linux), the guardian's own watch is all there is.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def main(parent: int, command: list[str]) -> None:
    """Become `command`, tied to `parent`."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)  # it was gone before the kernel was asked
    os.execv(command[0], command)  # noqa: S606 - the command is our own interpreter


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
