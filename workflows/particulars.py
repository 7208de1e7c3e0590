"""What a kind of case alone has, in the words of its forms: each value under the label by which it was entered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from states.kinds import lifecycle_of
from states.text import Text
from states.wording import field_label
from workflows.describing import CaseView
from workflows.views import Words

_YES, _NO = Text("có", "yes"), Text("không", "no")
_DETAIL = "detail."


@dataclass(frozen=True, slots=True)
class Particular:
    """One value with its label."""

    label: Words
    value: Words


def particulars_of(view: CaseView) -> tuple[Particular, ...]:
    """Return what the case has besides what all kinds have, in the order of its forms; empty values are left out."""
    labels = _labels(view.kind.code)
    said = ((labels[name], _words(view.detail.get(name.removesuffix("_id")))) for name in labels)
    own = [Particular(label, value) for label, value in said if value is not None]
    session = [Particular(_SESSION, _same(view.session))] if view.session else []
    return (*own, *session)


_SESSION = Text("Kỳ họp", "Session")


@cache
def _labels(kind: str) -> Mapping[str, Text]:
    """Return the label of each column of the detail: that of the field of a form from which it is kept."""
    found: dict[str, Text] = {}
    for row in lifecycle_of(kind).transitions:
        for column, name in (row.keeps or {}).items():
            if column.startswith(_DETAIL):
                label = field_label(row.needs, name)
                plain = Text(label.vi.removesuffix(" (mã)"), label.en.removesuffix(" (code)"))
                found.setdefault(column.removeprefix(_DETAIL), plain)
    return found


def _words(value: Any) -> Words | None:
    """Return a value of a case's detail in words, None where there is none."""
    match value:
        case None:
            return None
        case bool():
            return _YES if value else _NO
        case date():
            return _same(f"{value:%d/%m/%Y}")
        case {"label": {"vi": vi, "en": en}}:
            return Text(vi, en)
        case {"code": code, "name": name}:
            return _same(f"{name} ({code})")
        case _:
            return _same(str(value))


def _same(said: str) -> Text:
    return Text(said, said)
