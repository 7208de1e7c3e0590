"""What a cell says for a field of an entry: a day, a number, a word of a vocabulary, the code of a known name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from states.folding import fold_words
from states.labelled import LABELS, Labelled
from states.text import Language, Text
from states.vocabulary import Named
from workflows.importing.bodies import Bodies
from workflows.importing.cells import FORMULA_ERRORS, Cell, clean_line, clean_text
from workflows.importing.dates import DateProblem, read_date
from workflows.importing.known_names import KnownNames
from workflows.importing.known_names import Names as NamesOf
from workflows.importing.of_kinds.columns import KindColumns
from workflows.importing.register_words import several

_YES = frozenset({"co", "x", "yes", "true", "1"})
_NO = frozenset({"khong", "no", "false", "0"})
_LANGUAGES: tuple[Language, ...] = ("vi", "en")
_NUMBER = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+")
_PARTS = re.compile(r"[;\n]")
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says; `wrong` says why it cannot be used, `doubt` why it should be looked at."""

    value: Any = None
    wrong: Text | None = None
    doubt: Text | None = None


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads the cells of one council's list of one kind; `today` dates years of two figures."""

    columns: KindColumns
    names: KnownNames
    bodies: Bodies
    today: date

    def read(self, name: str, cell: Cell) -> Said:
        """Return what `cell` says for the column `name`; nothing for a blank one."""
        written = clean_line(cell).text
        if not written:
            return Said()
        if written.upper() in FORMULA_ERRORS:
            lost = f"Ô báo lỗi công thức {written}: nhập lại"
            return Said(wrong=Text(lost, f"The cell shows the formula error {written}: type it again"))
        info = self.columns.form.model_fields.get(name)
        if info is None:
            return self._day(cell) if name.endswith("_on") else Said(written)
        found = self._named(name, written, cell) or self._kept(name, written)
        return found if found is not None else self._typed(info.annotation, cell)

    def _named(self, name: str, written: str, cell: Cell) -> Said | None:
        """Return the code that a field of a known sort names."""
        what = (self.columns.birth.names or {}).get(name)
        if what is Named.AGENCY:
            return self._agencies(name, cell)
        if what is Named.SESSION:
            return _match(self.names.sessions, written)
        if what is Named.CASE:
            return Said(self.names.rounds.match(written).key or written.upper())
        return None

    def _agencies(self, name: str, cell: Cell) -> Said:
        codes, unknown = several(clean_text(cell).text, self.bodies.find)
        if unknown:
            return Said(wrong=self.bodies.why_unknown(unknown[0]))
        codes = tuple(self.names.heirs.get(code, code) for code in codes)
        if tuple in _types(self.columns.form.model_fields[name].annotation):
            return Said(codes)
        if len(codes) > 1:
            return Said(wrong=Text("Ô nêu nhiều cơ quan: ghi một", "The cell names several bodies: write one"))
        return Said(codes[0])

    def _kept(self, name: str, written: str) -> Said | None:
        """Return the code of a field or place of the council's lists; an unknown one stays as it is written."""
        kept = {field: column for column, field in (self.columns.birth.keeps or {}).items()}
        among: Mapping[str, NamesOf] = {"case.field": self.names.fields, "case.locality": self.names.localities}
        if kept.get(name) not in among:
            return None
        match = among[kept[name]].match(written)
        if match.key is not None:
            return Said(match.key)
        why = match.reason or Text(f"“{written}”", f"“{written}”")
        return Said(written, doubt=Text(f"{why.vi}; giữ nguyên như đã ghi", f"{why.en}; kept as written"))

    def _typed(self, wanted: Any, cell: Cell) -> Said:
        types = _types(wanted)
        choices = next((t for t in types if isinstance(t, type) and issubclass(t, StrEnum)), None)
        if choices is not None:
            return _choice(choices, clean_line(cell).text)
        readers: Mapping[Any, Callable[[Cell], Said]] = {
            date: self._day,
            bool: _yes_or_no,
            int: _number,
            tuple: lambda said: Said(tuple(p.strip() for p in _PARTS.split(clean_text(said).text) if p.strip())),
        }
        reader = next((read for kind, read in readers.items() if kind in types), None)
        return reader(cell) if reader is not None else Said(clean_text(cell).text)

    def _day(self, cell: Cell) -> Said:
        found = read_date(cell, today=self.today)
        return Said(wrong=found.text) if isinstance(found, DateProblem) else Said(found)


def _match(among: NamesOf, written: str) -> Said:
    match = among.match(written)
    return Said(match.key) if match.key is not None else Said(wrong=match.reason)


def _choice(choices: type[StrEnum], written: str) -> Said:
    """Return the member that a cell names by its value or its words, or by how the words of one alone begin."""
    wanted = fold_words(written)
    forms = {
        m: {fold_words(f) for said in (m.value, *_words(m)) for f in (said, _BRACKETS.sub(" ", said))} for m in choices
    }
    exact = [m for m, ways in forms.items() if wanted in ways]
    found = exact or [m for m, ways in forms.items() if any(way.startswith(f"{wanted} ") for way in ways)]
    if len(found) == 1:
        return Said(found[0].value)
    vi, en = (", ".join(f"“{_words(m).read(language)}”" for m in choices) for language in _LANGUAGES)
    return Said(wrong=Text(f"“{written}” không phải một trong: {vi}", f"“{written}” is none of: {en}"))


def _words(member: StrEnum) -> Text:
    return LABELS[member] if isinstance(member, Labelled) else Text(member.value, member.value)


def _yes_or_no(cell: Cell) -> Said:
    said = fold_words(clean_line(cell).text)
    if said in _YES | _NO:
        return Said(said in _YES)
    return Said(wrong=Text("Ghi «có» hoặc «không»", "Write yes or no"))


def _number(cell: Cell) -> Said:
    said = clean_line(cell).text
    if _NUMBER.fullmatch(said):
        return Said(int(re.sub(r"[. ]", "", said)))
    return Said(wrong=Text(f"“{said}” không phải số nguyên", f"“{said}” is no whole number"))


def _types(wanted: Any) -> frozenset[Any]:
    """Return the plain types that a field takes, None left out."""
    if get_origin(wanted) in {Union, UnionType}:
        return frozenset(t for part in get_args(wanted) if part is not NoneType for t in _types(part))
    if get_origin(wanted) is Annotated:
        return _types(get_args(wanted)[0])
    return frozenset({get_origin(wanted) or wanted})
