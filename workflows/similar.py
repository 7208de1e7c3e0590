"""Petitions that say the same: which known ones a new text is like, and what is proposed about it.

Candidates come by full text, from the words that tell most; RapidFuzz then scores them (`workflows.likeness`). A case
that few may know of is never a candidate: neither a list nor a proposal may betray it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum, unique
from heapq import nlargest
from itertools import accumulate
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from models.cases import Case, CaseSearch, SourceRow
from models.columns import table_of
from models.details import Petition
from models.searching import sharing
from models.units import Unit
from states.facts import Actor
from states.petition import PETITION, PETITION_KIND, P
from states.text import Text
from states.vocabulary import Confidentiality
from workflows import describing, visibility
from workflows.access import Setting
from workflows.likeness import Degree, Likeness, Wording, folded_wording, likeness, wording
from workflows.orders import Moved
from workflows.registering import propose
from workflows.views import Coded

_case, _search, _source, _petition = (table_of(m) for m in (Case, CaseSearch, SourceRow, Petition))
_OPEN_LEVELS = (Confidentiality.PUBLIC.value, Confidentiality.INTERNAL.value)
_GONE = (P.VOIDED.value, P.MERGED.value)
_SAMPLE = 1_000
"""How many of the newest texts say which words are common in this council."""
TELLING = 12
"""How many words of a text candidates are looked for by, at most: the rarest that others use too."""
_MATCHES = 120
"""In how many texts of the sample those words may stand, all together; the first few are taken in any case."""
_FEWEST = 4
_UNSEEN = 3
_MOST_ROWS = 1_000
CANDIDATES = 20
"""How many texts are scored: those with most of the telling words, of equal ones those of the same length."""
USUAL = 5


@unique
class Proposed(StrEnum):
    """What is proposed of two petitions that are alike, by the trigger that does it."""

    MERGE = "merge"
    RAISE_AGAIN = "raise_again"


@dataclass(frozen=True, slots=True)
class Known:
    """A petition that a new text repeats. `origins` are the lists that it stood in, none when entered by hand."""

    case_id: UUID
    code: str
    origins: frozenset[str] = frozenset()
    state: str = P.RECORDED.value
    locality: str | None = None
    round_id: UUID | None = None
    times_raised: int = 1

    @property
    def is_final(self) -> bool:
        """Say whether it has ended."""
        return PETITION.states[self.state].final


@dataclass(frozen=True, slots=True)
class Similar:
    """A case that a text is like. `score` is 100 for the same words; `degree` is "same" or "near"."""

    code: str
    score: int
    degree: str
    text: str
    state: Coded
    final: bool
    received_on: date | None
    locality: str | None
    times_raised: int


def like(unit: Unit, *, text: str, setting: Setting, actor: Actor, limit: int = USUAL) -> tuple[Similar, ...]:
    """Return the petitions of the council that `text` is like and `actor` may see, the most alike first."""
    found = Register(unit, setting.council, visibility.visible(actor)).like(wording(text), limit=limit)
    ids = [case_id for case_id, _ in found]
    rows = {row.id: row for row in unit.read(_shown(ids))}
    bodies = describing.texts_of(unit, ids)
    return tuple(
        Similar(
            code=row.code,
            score=alike.percent,
            degree=alike.degree.value,
            text=bodies[case_id] or "",
            state=Coded(row.state, PETITION.states[row.state].label),
            final=PETITION.states[row.state].final,
            received_on=row.received_on,
            locality=row.locality,
            times_raised=row.times_raised,
        )
        for case_id, alike in found
        for row in (rows[case_id],)
    )


def _shown(ids: Sequence[UUID]) -> Any:
    columns = (_case.c.id, _case.c.code, _case.c.state, _case.c.received_on, _case.c.locality, _petition.c.times_raised)
    return select(*columns).join(_petition, _petition.c.case_id == _case.c.id).where(_case.c.id.in_(ids))


@dataclass(slots=True)
class Register:
    """The petitions of a council among which those like a new text are looked for, under one more condition."""

    unit: Unit
    council: UUID
    condition: ColumnElement[bool] | None = None
    _common: Vocabulary | None = None

    def like(self, said: Wording, *, limit: int) -> list[tuple[UUID, Likeness]]:
        """Return the cases that `said` is like, the most alike first, of equal ones the oldest."""
        words = self._vocabulary().telling(said)
        if not words:
            return []
        candidates = self._candidates(said, words)
        close = [key for key, text in candidates if likeness(said, folded_wording(text)).degree is not Degree.OTHER]
        bodies = describing.texts_of(self.unit, close)
        # Only the text itself shows which words are names, and so whether two petitions mean two places.
        found = [(case_id, likeness(said, wording(body))) for case_id in close if (body := bodies.get(case_id))]
        found = [(case_id, alike) for case_id, alike in found if alike.degree is not Degree.OTHER]
        return sorted(found, key=lambda pair: (-pair[1].score, pair[0]))[:limit]

    def _candidates(self, said: Wording, words: Sequence[str]) -> list[tuple[UUID, str]]:
        """Return the cases with most of `words`, with their folded texts."""
        # Three plain reads: joined, both databases look through all cases of the council for each text found.
        found = self.unit.read(sharing(self.unit.dialect, words)).scalars()
        matched = sorted(found, reverse=True)[:_MOST_ROWS]
        allowed = self.unit.read(select(_case.c.id).where(_case.c.id.in_(matched), *self._conditions())).scalars()
        texts = select(_search.c.case_id, _search.c.folded).where(_search.c.case_id.in_(allowed.all()))
        asked = [f" {word} " for word in words]

        def shared(row: Any) -> tuple[int, int]:
            text = f" {row.folded} "
            # A short text may stand word by word in many long ones: the one of its own length is meant.
            return sum(word in text for word in asked), -abs(text.count(" ") - 1 - len(said.words))

        rows = sorted(self.unit.read(texts), key=lambda row: row.case_id, reverse=True)
        return [(row.case_id, row.folded) for row in nlargest(CANDIDATES, rows, key=shared)]

    def _conditions(self) -> list[ColumnElement[bool]]:
        return [*_of(self.council), *([] if self.condition is None else [self.condition])]

    def _vocabulary(self) -> Vocabulary:
        if self._common is None:
            newest = select(_search.c.folded).join(_case, _case.c.id == _search.c.case_id).where(*self._conditions())
            texts = self.unit.read(newest.order_by(_case.c.id.desc()).limit(_SAMPLE)).scalars()
            self._common = Vocabulary()
            for folded in texts:
                self._common.add(folded.split())
        return self._common


@dataclass(slots=True)
class Vocabulary:
    """In how many texts each word stands."""

    texts: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, words: Iterable[str]) -> None:
        """Count the words of one more text."""
        self.texts += 1
        self.counts.update(set(words))

    def telling(self, said: Wording) -> list[str]:
        """Return the words of `said` by which texts like it are found: the rarest of those that others use.

        A word that stands nowhere else is a slip of the pen, unless there are more texts than were counted.
        """
        words = dict.fromkeys(said.words)
        known = sorted((self.counts[word], word) for word in words if self.counts[word])[:TELLING]
        sums = accumulate(count for count, _ in known)
        kept = [
            word
            for n, ((_, word), whole) in enumerate(zip(known, sums, strict=True))
            if n < _FEWEST or whole <= _MATCHES
        ]
        unseen = [word for word in words if not self.counts[word]][:_UNSEEN] if self.texts >= _SAMPLE else []
        return [*unseen, *kept]


def _of(council: UUID) -> list[ColumnElement[bool]]:
    """Return the conditions for petitions of `council` that may be repeated and may be named."""
    return [
        _case.c.council_id == council,
        _case.c.kind == PETITION_KIND,
        _case.c.state.not_in(_GONE),
        _case.c.confidentiality.in_(_OPEN_LEVELS),
    ]


def known_texts(unit: Unit, *, council: UUID, keys: Collection[str]) -> Mapping[str, Known]:
    """Return the oldest petition of the council for each text key that it knows."""
    wanted = _known().where(_search.c.text_key.in_(list(keys)), *_of(council)).order_by(_case.c.id)
    found: dict[str, list[Any]] = {}
    for row in unit.read(wanted):
        rows = found.setdefault(row.text_key, [row])
        if rows[-1] is not row and rows[0].id == row.id:
            rows.append(row)
    return {key: _as_known(rows) for key, rows in found.items()}


def known_cases(unit: Unit, *, council: UUID, ids: Collection[UUID]) -> Mapping[UUID, Known]:
    """Return those of the cases that are still petitions of the council and may be named."""
    found: dict[UUID, list[Any]] = {}
    for row in unit.read(_known().where(_case.c.id.in_(list(ids)), *_of(council))):
        found.setdefault(row.id, []).append(row)
    return {key: _as_known(rows) for key, rows in found.items()}


def _known() -> Any:
    columns = (_case.c.id, _case.c.code, _case.c.state, _case.c.locality, _case.c.round_id, _petition.c.times_raised)
    return (
        select(_search.c.text_key, *columns, _source.c.origin)
        .join(_case, _case.c.id == _search.c.case_id)
        .join(_petition, _petition.c.case_id == _case.c.id)
        .outerjoin(_source, _source.c.case_id == _case.c.id)
    )


def _as_known(rows: Sequence[Any]) -> Known:
    """Return a case from its rows, of which there is one per list that it stood in."""
    row = rows[0]
    origins = frozenset(r.origin for r in rows if r.origin is not None)
    return Known(row.id, row.code, origins, row.state, row.locality, row.round_id, row.times_raised)


def proposed(*, earlier: Known, same_list: bool) -> Proposed:
    """Return what two petitions that are alike call for.

    In one list they are one petition written twice; from elsewhere the same petition came again. Nothing goes into a
    case that has ended.
    """
    return Proposed.MERGE if same_list and not earlier.is_final else Proposed.RAISE_AGAIN


def proposal(
    what: Proposed, *, setting: Setting, new: Moved, earlier: Known, score: int, now: datetime
) -> dict[str, Any]:
    """Return the proposal row: to merge the new petition, or to record on the earlier one that it came again.

    With a `score` below 100 the sentence says so: a person looks first.
    """
    pair = (new.case_id, earlier.case_id) if what is Proposed.MERGE else (earlier.case_id, new.case_id)
    sentence = (_SENTENCES if score >= _WHOLE else _NEARLY)[what]
    return propose(
        setting=setting,
        case_id=pair[0],
        other=pair[1],
        trigger=what.value,
        cause=f"same_text:{new.case_id}:{earlier.case_id}",
        sentence=sentence.fill(new=new.code, earlier=earlier.code, score=score),
        now=now,
    )


_WHOLE = 100
_SENTENCES = {
    Proposed.MERGE: Text(
        "{new} trùng nội dung với {earlier} trong cùng danh sách: gộp vào {earlier}",
        "{new} has the words of {earlier} in the same list: merge it into {earlier}",
    ),
    Proposed.RAISE_AGAIN: Text(
        "{new} nêu lại nội dung của {earlier}: ghi nêu lại vào {earlier}",
        "{new} repeats {earlier}: record on {earlier} that it was raised again",
    ),
}
_NEARLY = {
    Proposed.MERGE: Text(
        "{new} gần giống {earlier} trong cùng danh sách (giống {score}/100): xem lại, gộp vào {earlier} nếu trùng",
        "{new} is nearly {earlier} in the same list (alike {score}/100): look, and merge it into {earlier} if it is",
    ),
    Proposed.RAISE_AGAIN: Text(
        "{new} gần giống {earlier} (giống {score}/100): xem lại, ghi nêu lại vào {earlier} nếu cùng một việc",
        "{new} is nearly {earlier} ({score}/100): look, and record on {earlier} that it was raised again if it is",
    ),
}
