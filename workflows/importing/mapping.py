"""A mapping file: which column means what, for headings that we do not know.

TOML or JSON with one table: `{"columns": {"Heading in the file": "field"}}`. The field `other` keeps a column
as it is. Headings are compared folded, like everywhere.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

from states.folding import fold_words
from states.text import Text
from workflows.importing.errors import BadMapping
from workflows.importing.headings import Field

_LARGEST = 1 << 20


class ColumnMapping:
    """Field by heading, compared folded; keeps the headings as they were written for messages."""

    def __init__(self, columns: Mapping[str, Field]) -> None:
        self._written = {fold_words(heading): heading for heading in columns}
        self._fields = {fold_words(heading): meaning for heading, meaning in columns.items()}

    def field(self, heading: str) -> Field | None:
        """Return the field this heading is mapped to, if it is mapped."""
        return self._fields.get(fold_words(heading))

    def absent_from(self, headings: tuple[str, ...]) -> tuple[str, ...]:
        """Return the mapped headings, as written, that are not among `headings`."""
        present = set(map(fold_words, headings))
        return tuple(name for folded, name in self._written.items() if folded not in present)

    @property
    def fields(self) -> frozenset[Field]:
        """Return the fields the mapping fills, `other` aside."""
        return frozenset(self._fields.values()) - {Field.OTHER}


def make_mapping(columns: Mapping[str, str]) -> ColumnMapping:
    """Return the mapping of headings to names of fields. Raises BadMapping for an unknown or repeated field."""
    meanings: dict[str, Field] = {}
    for heading, name in columns.items():
        meaning = _field(heading, name)
        twin = next((other for other, taken in meanings.items() if taken is meaning), None)
        if twin is not None and meaning is not Field.OTHER:
            raise BadMapping(
                Text(
                    f"Hai cột “{twin}” và “{heading}” cùng ánh xạ vào “{meaning}”: bỏ bớt một, hoặc ghi “other”",
                    f"Both “{twin}” and “{heading}” are mapped to “{meaning}”: drop one or write “other”",
                ),
                field=meaning.value,
            )
        meanings[heading] = meaning
    return ColumnMapping(meanings)


def load_mapping(path: Path) -> ColumnMapping:
    """Read a mapping file (.toml, else JSON). Raises BadMapping, saying what is wrong with it."""
    return make_mapping(headings_in(path))


def headings_in(path: Path) -> Mapping[str, str]:
    """Return the headings of a mapping file, each with the name of a field. Raises BadMapping."""
    try:
        if path.stat().st_size > _LARGEST:
            raise _bad_shape(path)
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text) if path.suffix.casefold() == ".toml" else json.loads(text)
    except OSError as wrong:
        raise BadMapping(
            Text(f"Không mở được tệp ánh xạ “{path.name}”", f"Cannot open the mapping file “{path.name}”")
        ) from wrong
    except (ValueError, RecursionError) as wrong:
        raise BadMapping(
            Text(f"Tệp ánh xạ “{path.name}” sai cú pháp: {wrong}", f"Mapping file “{path.name}” is malformed: {wrong}")
        ) from wrong
    columns = data.get("columns") if isinstance(data, dict) else None
    if not isinstance(columns, dict) or not columns or not all(isinstance(name, str) for name in columns.values()):
        raise _bad_shape(path)
    return columns


def _field(heading: str, name: str) -> Field:
    try:
        return Field(name.strip().casefold())
    except ValueError:
        known = ", ".join(Field)
        raise BadMapping(
            Text(
                f"Cột “{heading}”: không có trường “{name}”. Các trường: {known}",
                f"Column “{heading}”: there is no field “{name}”. Fields: {known}",
            ),
            heading=heading,
            field=name,
        ) from None


def _bad_shape(path: Path) -> BadMapping:
    return BadMapping(
        Text(
            f'Tệp ánh xạ “{path.name}” cần có bảng columns: {{"columns": {{"Tên cột": "trường"}}}}',
            f'The mapping file “{path.name}” needs a table: {{"columns": {{"Heading": "field"}}}}',
        )
    )
