"""From a row of a list to the birth of a petition: names become codes, what is unknown stays as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from states.entries import Petitioner
from states.errors import BadInput, Refused
from states.petition import PETITION_KIND
from states.text import Text
from states.vocabulary import Channel, RoundKind
from workflows.importing.header import Header
from workflows.importing.headings import LATE_FIELDS, Field
from workflows.importing.known_names import KnownNames, Names
from workflows.importing.problems import Problem, error, warning
from workflows.importing.replay_doubts import ADDRESSEE_UNKNOWN
from workflows.importing.rows import PetitionRow
from workflows.importing.tellings import NOTHING_TOLD, Plan
from workflows.registering import Birth

_ROUND_UNKNOWN = "round_unknown"
_LONGEST_SOURCE = 400
_IN_PLAIN_LISTS = frozenset({Field.ADDRESSEE, Field.LEAD, Field.ANSWERED_BY})
_SENDS = frozenset({"transfer", "forward_higher"})

# Where the office finds a refused field of the entry in its list.
_COLUMN_OF = {
    "text": Field.TEXT,
    "field": Field.SUBJECT,
    "locality": Field.LOCALITY,
    "round": Field.ROUND,
    "round_kind": Field.ROUND,
    "session": Field.SESSION,
    "agency_written": Field.AGENCY,
    "suggested": Field.AGENCY,
    "channel": Field.CHANNEL,
    "nature": Field.NATURE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the office says for every row that says nothing itself. The names are codes; dates are civil dates."""

    received_on: date | None = None
    session: str | None = None
    round: str | None = None
    round_kind: RoundKind | None = None
    addressee: str | None = None


def given_in(names: KnownNames, given: Given) -> Given:
    """Return `given` with its session, round and addressee as codes.

    Raises: BadInput naming the one that the council does not have.
    """
    found = {
        name: _code_of(name, getattr(given, name), among)
        for name, among in (("session", names.sessions), ("round", names.rounds), ("addressee", names.agencies))
    }
    return Given(received_on=given.received_on, round_kind=given.round_kind, **found)


def _code_of(name: str, written: str | None, among: Names) -> str | None:
    if written is None:
        return None
    match = among.match(written)
    if match.key is None:
        why = match.reason or Text(f"Chưa có “{written}” trong danh mục", f"“{written}” is not in the list")
        raise BadInput({name: Text(f"«{name}»: {why.vi}", f"“{name}”: {why.en}")})
    return match.key


def source_of(origin: str) -> str:
    """Return how a case names the list it came from, up to the number of its row."""
    return f"Danh sách «{origin[:_LONGEST_SOURCE]}», dòng "


class Intake:
    """Makes births of the rows of one list."""

    def __init__(self, names: KnownNames, *, header: Header, origin: str, given: Given) -> None:
        self._names = names
        self._header = header
        self._origin = origin[:_LONGEST_SOURCE]
        self._given = given
        self._is_register = any(column.field in LATE_FIELDS - _IN_PLAIN_LISTS for column in header.columns)

    def birth(self, row: PetitionRow, plan: Plan = NOTHING_TOLD) -> tuple[Birth, tuple[Problem, ...]]:
        """Return the birth that `row` asks for, and everything doubtful about the row; `plan` is what follows it."""
        doubts = [*row.problems, *plan.problems]
        agency = self._found(row.agency_written, self._names.agencies, Field.AGENCY, doubts)
        locality = self._found(row.locality_written, self._names.localities, Field.LOCALITY, doubts)
        session = self._found(row.session_written, self._names.sessions, Field.SESSION, doubts)
        payload = {
            "text": row.text,
            "nature": self._nature(row, doubts),
            "channel": self._channel(row, doubts),
            "field": self._found(row.field_written, self._names.fields, Field.SUBJECT, doubts),
            # A hamlet that nobody has listed yet is still a place: the case keeps the wording in its stead.
            "locality": locality or row.locality_written or None,
            "agency_written": row.agency_written or None,
            "suggested": self._names.heirs.get(agency, agency) if agency else None,
            "session": session or (None if row.session_written else self._given.session),
            "round": self._round(row, doubts),
            "round_kind": row.round_kind or self._given.round_kind,
            "source": f"{source_of(self._origin)}{row.row_number}",
            "as_written": as_written(row, with_answer=not plan.uses_answer) or None,
        }
        if any(m.trigger in _SENDS for m in plan.moves) or any(p.code == ADDRESSEE_UNKNOWN for p in plan.problems):
            # The register says to whom it went: known, though the cell names several, or told as a doubt already.
            doubts = [doubt for doubt in doubts if doubt.code != f"{Field.AGENCY.value}_unknown"]
        birth = Birth(
            PETITION_KIND,
            {name: value for name, value in payload.items() if value is not None},
            row.received_on or self._given.received_on,
            petitioner=_petitioner(row),
            old_register=self._is_register,
        )
        return birth, tuple(doubts)

    def refusals(self, wrong: BadInput | Refused) -> tuple[Problem, ...]:
        """Return why a birth is refused, each reason at the column where the office can mend it."""
        if isinstance(wrong, BadInput):
            return tuple(
                error(self._heading(_COLUMN_OF.get(name)), wrong.code, text) for name, text in wrong.problems.items()
            )
        # Permission was asked for before the first row: what is left to refuse is the day.
        column = self._heading(Field.RECEIVED_ON)
        return tuple(error(column, found.code, found.text) for found in wrong.findings if found.holds is False)

    def _found(self, written: str, among: Names, meaning: Field, doubts: list[Problem]) -> str | None:
        """Return the code of what is written; what is unknown becomes a doubt, never a refusal."""
        if not written:
            return None
        match = among.match(written)
        if match.key is None:
            doubts.append(self._unknown(meaning, match.reason or Text(f"“{written}”", f"“{written}”")))
        return match.key

    def _unknown(self, meaning: Field, reason: Text) -> Problem:
        kept = Text(f"{reason.vi}; giữ nguyên như đã ghi", f"{reason.en}; kept as written")
        return warning(self._heading(meaning), f"{meaning.value}_unknown", kept)

    def _round(self, row: PetitionRow, doubts: list[Problem]) -> str | None:
        """Return the round that the row names, by its own words or by its plan, else the one given for the list."""
        named = (self._names.rounds.match(said).key for said in (row.round_written, row.plan_written) if said)
        code = next(filter(None, named), None)
        if code is not None:
            doubts[:] = [doubt for doubt in doubts if doubt.code != _ROUND_UNKNOWN]
        return code or self._given.round

    def _channel(self, row: PetitionRow, doubts: list[Problem]) -> str | None:
        code = self._found(row.channel_written, self._names.channels, Field.CHANNEL, doubts)
        return code or (Channel.OTHER.value if row.channel_written else None)

    def _nature(self, row: PetitionRow, doubts: list[Problem]) -> str | None:
        if row.nature_written and row.nature is None:
            reason = Text(
                f"“{row.nature_written}” không phải Ý kiến hay Kiến nghị, ghi là Kiến nghị",
                f"“{row.nature_written}” is neither opinion nor request, taken as a request",
            )
            doubts.append(self._unknown(Field.NATURE, reason))
        return row.nature.value if row.nature else None

    def _heading(self, meaning: Field | None) -> str:
        column = self._header.column(meaning) if meaning else None
        return column.heading if column else ""


def as_written(row: PetitionRow, *, with_answer: bool = True) -> str:
    """Return what the list says besides the text, line by line, so that nothing in it is lost.

    `with_answer`: the text of an answer too, where no move keeps it.
    """
    return "\n".join(f"{name}: {value}" for name, value in _particulars(row, with_answer=with_answer))


def _particulars(row: PetitionRow, *, with_answer: bool) -> Iterator[tuple[str, str]]:
    labelled: Iterable[tuple[Field, str]] = (
        (Field.ORDINAL, row.ordinal),
        (Field.CODE, row.code_in_source),
        (Field.NATURE, row.nature_written),
        (Field.LOCALITY, row.locality_written),
        (Field.AGENCY, row.agency_written),
        (Field.SUBJECT, row.field_written),
        (Field.SESSION, row.session_written),
        (Field.ROUND, row.round_written),
        (Field.PLAN, row.plan_written),
        (Field.LETTER, row.letter_written),
        (Field.LETTER_DATE, f"{row.letter_on:%d/%m/%Y}" if row.letter_on else ""),
        (Field.CHANNEL, row.channel_written),
        (Field.NOTE, row.note),
    )
    late = (pair for pair in row.late.particulars() if with_answer or pair[0] is not Field.ANSWER_TEXT)
    yield from ((meaning.label.vi, value) for meaning, value in (*labelled, *late) if value)
    yield from _filled(row.other)


def _filled(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((heading, value) for heading, value in cells.items() if value)


def _petitioner(row: PetitionRow) -> Petitioner | None:
    known: dict[str, Any] = {
        "name": row.petitioner_name or None,
        "address": row.petitioner_address or None,
        "phone": row.petitioner_phone or None,
    }
    return Petitioner(**known) if any(known.values()) else None
