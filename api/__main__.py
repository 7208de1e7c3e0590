"""The entry point: `python -m api …` and the console script `dondoc` are the same."""

from __future__ import annotations

import sys

from api.cli.loading import load
from api.cli.root import app


def main() -> None:
    """Run the command line; the exit code is 0, 1 for what was refused, 2 for a command that cannot be read."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    load(sys.argv[1:])
    app(prog_name="dondoc")


if __name__ == "__main__":
    main()
