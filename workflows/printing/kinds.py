"""What a kind of print is: a name, a closed list of fields, and the template it ships with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from states.text import Text
from workflows.printing.fields import Field, fields_of


@dataclass(frozen=True, slots=True)
class PrintKind:
    """One kind of print. `view` is the frozen view class: the closed list of fields. `build` makes the template."""

    code: str
    label: Text
    view: type
    build: Callable[[], bytes]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return the closed list of fields."""
        return fields_of(self.view)
