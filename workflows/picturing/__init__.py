"""A lifecycle as people look at it: Markdown page, table, JSON, Mermaid diagram. Pure: the tables of `states` are read.

`pages()` is what `docs/lifecycles/` holds; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping

from states.errors import NotFound
from states.kinds import KINDS
from states.lifecycle import Lifecycle
from states.text import Text
from workflows.picturing.diagrams import mermaid
from workflows.picturing.pages import page
from workflows.picturing.rows import HEADINGS, as_json, table

__all__ = ["HEADINGS", "as_json", "mermaid", "page", "pages", "picture_of", "pictured", "table"]


def pictured() -> Mapping[str, Lifecycle]:
    """Return every lifecycle by its kind: the kinds of case, and the referrals that they share."""
    found: dict[str, Lifecycle] = dict(KINDS)
    for kind in KINDS.values():
        if kind.referral is not None:
            found[kind.referral.kind] = kind.referral
    return dict(sorted(found.items()))


def picture_of(kind: str) -> Lifecycle:
    """Return the lifecycle `kind`, "referral" included.

    Raises: NotFound naming the kinds there are.
    """
    known = pictured()
    if kind not in known:
        names = ", ".join(known)
        vi, en = f"Không có vòng đời «{kind}»; có: {names}", f"There is no lifecycle “{kind}”; there are: {names}"
        raise NotFound(Text(vi, en))
    return known[kind]


def pages() -> Mapping[str, str]:
    """Return the text of every page of `docs/lifecycles/` by its file name."""
    return {f"{kind}.md": page(lifecycle) for kind, lifecycle in pictured().items()}
