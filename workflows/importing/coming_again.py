"""Which case a changed row of a list has become before: by its code in the list, by Dondoc's code, by its words.

A row that is unchanged is recognised by its fingerprint; here are the others. Never a guess: where several cases fit,
the office must say which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from models.cases import Case, CaseSearch, SourceRow
from models.columns import table_of
from models.units import Unit
from states.facts import Actor
from states.petition import PETITION_KIND, P
from states.text import Text
from workflows.importing.problems import Problem, error
from workflows.importing.rows import PetitionRow
from workflows.visibility import visible

_case, _search, _source = table_of(Case), table_of(CaseSearch), table_of(SourceRow)
_GONE = (P.VOIDED.value, P.MERGED.value)


@dataclass(frozen=True, slots=True)
class Found:
    """A case that a row became before, and the fingerprint of the row as it was then."""

    case_id: UUID
    code: str
    fingerprint: str | None


@dataclass(slots=True)
class ComingAgain:
    """Finds the cases of changed rows of one list; `present` gives the fingerprints of all rows of the list."""

    unit: Unit
    council: UUID
    actor: Actor
    origin: str
    present: Callable[[], Iterable[str]]
    _taken: set[UUID] = field(default_factory=set)
    _here: Collection[str] | None = None

    def find(self, rows: Sequence[PetitionRow]) -> dict[str, Found | Problem]:
        """Return the case of each row that became one before, by fingerprint, or why it cannot be told which."""
        by_code = self._by_code_in_source({r.code_in_source for r in rows if r.code_in_source})
        by_own = self._by_own_code({r.code_in_source.upper() for r in rows if r.code_in_source})
        by_words = self._by_words({r.text_key for r in rows if r.text_key})
        found: dict[str, Found | Problem] = {}
        for row in rows:
            ways: tuple[Iterable[Found], ...] = (
                by_own.get(row.code_in_source.upper(), ()),
                by_code.get(row.code_in_source, ()),
                () if by_code.get(row.code_in_source) else by_words.get(row.text_key, ()),
            )
            free = next(filter(None, (self._free(way) for way in ways)), {})
            if len(free) == 1:
                one = next(iter(free.values()))
                self._taken.add(one.case_id)
                found[row.fingerprint] = one
            elif free:
                found[row.fingerprint] = _several(sorted(item.code for item in free.values()))
        return found

    def _free(self, way: Iterable[Found]) -> dict[UUID, Found]:
        """Leave out cases whose own row stands unchanged in the list, and those that another row has taken."""
        candidates = [item for item in way if item.case_id not in self._taken]
        if candidates and self._here is None:
            self._here = frozenset(self.present())
        kept = {item.case_id for item in candidates if item.fingerprint in (self._here or ())}
        return {item.case_id: item for item in candidates if item.case_id not in kept}

    def _by_code_in_source(self, codes: Collection[str]) -> Mapping[str, list[Found]]:
        wanted = (
            select(_source.c.code_in_source.label("key"), _case.c.id, _case.c.code, _source.c.fingerprint)
            .join(_case, _case.c.id == _source.c.case_id)
            .where(*self._of_the_list(), _source.c.code_in_source.in_(sorted(codes)))
        )
        return self._grouped(wanted) if codes else {}

    def _by_own_code(self, codes: Collection[str]) -> Mapping[str, list[Found]]:
        if not codes:
            return {}
        wanted = select(_case.c.code, _case.c.id).where(
            _case.c.council_id == self.council,
            _case.c.kind == PETITION_KIND,
            _case.c.code.in_(sorted(codes)),
            _case.c.state.not_in(_GONE),
            visible(self.actor),
        )
        return {row.code: [Found(row.id, row.code, None)] for row in self.unit.read(wanted)}

    def _by_words(self, keys: Collection[str]) -> Mapping[str, list[Found]]:
        wanted = (
            select(_search.c.text_key.label("key"), _case.c.id, _case.c.code, _source.c.fingerprint)
            .join(_case, _case.c.id == _search.c.case_id)
            .join(_source, _source.c.case_id == _case.c.id)
            .where(*self._of_the_list(), _search.c.text_key.in_(sorted(keys)))
        )
        return self._grouped(wanted) if keys else {}

    def _of_the_list(self) -> tuple[ColumnElement[bool], ...]:
        """Return the condition that a row of the same list became the case in an earlier import."""
        return (
            _source.c.council_id == self.council,
            _source.c.origin == self.origin,
            _source.c.imported_at < self.unit.now,
            _case.c.kind == PETITION_KIND,
            _case.c.state.not_in(_GONE),
            visible(self.actor),
        )

    def _grouped(self, wanted: Select[Any]) -> Mapping[str, list[Found]]:
        groups: dict[str, list[Found]] = defaultdict(list)
        for row in self.unit.read(wanted):
            groups[row.key].append(Found(row.id, row.code, row.fingerprint))
        return groups


def _several(codes: Sequence[str]) -> Problem:
    said = ", ".join(codes)
    return error(
        "",
        "several_cases",
        Text(
            f"Dòng đã sửa có thể là nhiều hồ sơ ({said}): ghi mã hồ sơ vào cột mã kiến nghị",
            f"The changed row may be several cases ({said}): write the case's code into the column of codes",
        ),
    )
