"""One file and what tests ask of it over HTTP."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from tests import made_files as made
from tests.desk import Desk

PDF = made.pdf()
DIGEST = hashlib.sha256(PDF).hexdigest()


def address(paper: str, digest: str = DIGEST) -> str:
    """Return the address of a file of a paper."""
    return f"/api/v1/documents/{paper}/files/{digest}"


def stored(desk: Desk) -> list[Path]:
    """Return everything that lies in the store."""
    folder: Path = desk.app.state.installation.files.folder
    return [path for path in folder.rglob("*") if path.is_file()]


def rows(desk: Desk) -> tuple[int, int]:
    """Return how many contents are known, and how many files papers have."""
    contents, files = (desk.office.rows(f"SELECT digest FROM {name}") for name in ("stored_file", "document_file"))
    return len(contents), len(files)


def told(answer: Any) -> tuple[int, str]:
    """Return status and code of a problem."""
    return answer.status_code, answer.json()["code"]
