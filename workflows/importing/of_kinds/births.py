"""From a row of a list to the birth of a case of its kind, with everything that is wrong or doubtful about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from states.entries import DocumentSlip, Entry, Petitioner
from states.errors import BadInput, Refused
from states.text import Text
from states.wording import problems_of
from workflows.importing import doubts
from workflows.importing.of_kinds.cell_values import CellReader, Said
from workflows.importing.of_kinds.columns import CODE, DOCUMENT, PETITIONER, RECEIVED_ON
from workflows.importing.of_kinds.sheets import KindRow, KindSheet
from workflows.importing.problems import Problem, Severity, error, warning
from workflows.registering import Birth


@dataclass(frozen=True, slots=True)
class Asked:
    """The birth that a row asks for, None where it cannot be; and what the list itself calls the row."""

    row: KindRow
    birth: Birth | None
    problems: tuple[Problem, ...]
    code_in_source: str = ""

    @property
    def row_number(self) -> int:
        """Return its number in the list."""
        return self.row.number

    @property
    def fingerprint(self) -> str:
        """Return what its content is known by."""
        return self.row.fingerprint


@dataclass(slots=True)
class _Read:
    """What the cells of one row say, by column."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Births:
    """Makes births of the rows of one list; `given` are the values of rows that say nothing themselves."""

    sheet: KindSheet
    reader: CellReader
    given: Mapping[str, Any]
    received_on: date | None

    def of(self, row: KindRow) -> Asked:
        """Return the birth of a row, and everything doubtful about it."""
        read = _Read()
        for index, names in self.sheet.meanings.items():
            if names and index in row.cells:
                self._cell(read, names, index, row)
        code = str(read.values.pop(CODE, ""))
        if self.sheet.grid.strict_width and any(index >= self.sheet.header.spread for index in row.cells):
            read.problems.append(doubts.too_many_cells(max(row.cells) + 1, self.sheet.header.spread))
        slip = self._part(read, DOCUMENT, DocumentSlip)
        person = self._part(read, PETITIONER, Petitioner)
        on = read.values.pop(RECEIVED_ON, None) or self.received_on
        if any(problem.severity is Severity.ERROR for problem in read.problems):
            return Asked(row, None, tuple(read.problems), code)
        birth = Birth(
            self.sheet.columns.lifecycle.kind,
            {**self.given, **read.values},
            on,
            petitioner=person if isinstance(person, Petitioner) else None,
            document=slip if isinstance(slip, DocumentSlip) and slip.number else None,
        )
        return Asked(row, birth, tuple(read.problems), code)

    def refusals(self, wrong: BadInput | Refused) -> tuple[Problem, ...]:
        """Return why a birth is refused, each reason at the column where the office can mend it."""
        if isinstance(wrong, BadInput):
            found = wrong.problems.items()
            return tuple(error(self._heading(name.partition(".")[0]), wrong.code, text) for name, text in found)
        return tuple(error("", finding.code, finding.text) for finding in wrong.findings if finding.holds is False)

    def _cell(self, read: _Read, names: tuple[str, ...], index: int, row: KindRow) -> None:
        """Give a cell to the first column of its heading that can read it."""
        heading, said = self.sheet.header.heading(index), Said()
        for name in names:
            said = self.reader.read(name, row.cells[index])
            if said.wrong is None:
                break
        if said.wrong is not None:
            read.problems.append(error(heading, "cell_unreadable", said.wrong))
        elif said.value is not None:
            read.values[name] = said.value
        if said.doubt is not None:
            read.problems.append(warning(heading, f"{name}_unknown", said.doubt))

    def _part(self, read: _Read, part: str, form: type[Entry]) -> Entry | None:
        """Return the paper or the person that some columns describe together."""
        inner = {name: name.partition(".")[2] for name in read.values if name.startswith(f"{part}.")}
        said = {short: read.values.pop(name) for name, short in inner.items()}
        try:
            return form.model_validate(said) if said else None
        except ValidationError as wrong:
            problems = problems_of(form, wrong)
            read.problems += [error(self._heading(f"{part}.{n}"), "bad_input", text) for n, text in problems.items()]
            return None

    def _heading(self, name: str) -> str:
        """Return the heading over the column that fills a field, its label where the list has none."""
        found = (self.sheet.header.heading(index) for index, names in self.sheet.meanings.items() if name in names)
        return next(found, self.sheet.columns.label(name).vi)


def changed_since(code: str) -> Problem:
    """Point to the case that a row of the same code became before, when it said something else."""
    return warning(
        "",
        "row_has_changed",
        Text(
            f"Dòng này đã nhập trước đây với nội dung khác: sửa trong hồ sơ {code}",
            f"This row was imported before with other words: mend the case {code}",
        ),
    )
