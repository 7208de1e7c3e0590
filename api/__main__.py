"""The entry point: `python -m api …` and the console script `dondoc` are the same."""

from __future__ import annotations

import sys

from api.cli.starting import uncollected


def main() -> None:
    """Run the command line; the exit code is 0, 1 for what was refused, 2 for a command that cannot be read."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    with uncollected():
        from api.cli.loading import load  # noqa: PLC0415 - nearly all there is hangs on it
        from api.cli.root import app  # noqa: PLC0415 - the same

        load(sys.argv[1:])
    app(prog_name="dondoc")


if __name__ == "__main__":
    main()
