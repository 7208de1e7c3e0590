"""`python -m tests.invented DATABASE_URL FOLDER` works with the invented kind and writes what it saw to seen.json."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.invented import fire_checks


def main(url: str, folder: Path) -> None:
    """Make the kind known, then load everything else and let it work."""
    fire_checks.add()
    from tests.invented import doors  # noqa: PLC0415 - nothing of Dondoc may be loaded before the kind is known

    told = json.dumps(doors.work(url, folder), ensure_ascii=False, default=str)
    (folder / "seen.json").write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
