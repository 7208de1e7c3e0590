"""Exceptions from the linters: each names its code and its reason.

Accepted are `# noqa: S603 - the command is ours` (or `# noqa: S603  # the command is ours`) and
`# type: ignore[arg-type]  # the stub is wrong`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.architecture.trees import Module

SUPPRESSION = re.compile(
    r"#\s*(?P<kind>(?:ruff:\s*|flake8:\s*)?noqa|type:\s*ignore|pragma:\s*no cover|mypy:|pyright:)",
    re.IGNORECASE,
)
REASON = r"(?:\s+[-–—]\s+|\s+#\s*)(?P<reason>\S+(?:\s+\S+)+)"
CODES = {
    "noqa": re.compile(rf"#\s*(?:ruff:\s*)?noqa:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*{REASON}"),
    "type": re.compile(rf"#\s*type:\s*ignore\[[a-z-]+(?:,\s*[a-z-]+)*\]{REASON}"),
    "pragma": re.compile(rf"#\s*pragma:\s*no cover{REASON}"),
}


def bare_suppressions(module: Module) -> Iterator[str]:
    """Every exception without a code, without a reason, or for a whole file at once."""
    for line, comment in module.comments:
        for found in SUPPRESSION.finditer(comment):
            form = CODES.get(re.sub(r"^(?:ruff:\s*)", "", found["kind"].lower()).split(":")[0])
            if form is None or not form.match(comment, found.start()):
                yield module.finding(line, f"{comment}: name the code and, after ' - ', the reason")
