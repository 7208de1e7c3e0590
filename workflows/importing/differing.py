"""What a row that comes again says otherwise or more than its case: corrections, amended words, and further moves.

Compared is what the row would record now with what the case's history holds, corrections in force. What the row no
longer says changes nothing. What cannot be put right by an entry of its own (the paper of a move, the words of an
answer) is told and left to a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from states import vocabulary
from states.labelled import Labelled
from states.vocabulary import Act, Channel, NotYetReason, PetitionNature, Result, ReturnReason, RoundKind
from workflows.access import Seen
from workflows.folding import Effective
from workflows.history import plain
from workflows.importing.bodies import Bodies
from workflows.importing.headings import Field
from workflows.importing.intake import source_of
from workflows.importing.rows import PetitionRow
from workflows.importing.tellings import NO_WORDS, Plan, Telling
from workflows.paper_numbers import paper_key
from workflows.registering import Prepared

COLUMN_OF: Mapping[str, Field] = {
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
    "incoming_number": Field.INCOMING_NUMBER,
    "lead": Field.LEAD,
    "coordinating": Field.LEAD,
    "addressees": Field.ADDRESSEE,
    "claimed": Field.RESULT,
    "original_result": Field.RESULT,
    "reason_not_yet": Field.RESULT,
    "because": Field.RETURNED,
    "result": Field.JUDGED,
    "via": Field.TOLD,
    "note": Field.TOLD,
}
_ASIDE = frozenset({"text", "source", "as_written", "drafted_by"})
_ONCE = frozenset({"screen"})
# Words of a move stay as they were entered: what the list says otherwise is told.
_WORDS: Mapping[str, Mapping[str, Field]] = {
    "answer": {"words": Field.ANSWER_TEXT, "evidence": Field.EVIDENCE},
    "record_higher_answer": {"words": Field.ANSWER_TEXT, "evidence": Field.EVIDENCE},
    "explain_at_meeting": {"explanation": Field.ANSWER_TEXT},
    "judge": {"evidence": Field.EVIDENCE},
}
_VOCABULARY: Mapping[str, type[Labelled]] = {
    "claimed": Result,
    "result": Result,
    "reason_not_yet": NotYetReason,
    "because": ReturnReason,
    "nature": PetitionNature,
    "channel": Channel,
    "round_kind": RoundKind,
    "via": vocabulary.Telling,
}


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that changes: the field, what the case says now and what the row says; `by_hand` is left to a person."""

    column: Field
    old: str
    new: str
    by_hand: bool = False


@dataclass(slots=True)
class Differences:
    """What a row changes: the cells, the corrections by the event they concern, words, and the moves to come."""

    cells: list[CellChange] = field(default_factory=list)
    days: dict[int, date] = field(default_factory=dict)
    values: dict[int, dict[str, Any]] = field(default_factory=dict)
    text: str | None = None
    moves: list[Telling] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Current:
    """A case as it stands, with its history (corrections in force), its words, and the numbers of its papers."""

    seen: Seen
    history: Sequence[Effective]
    words: Mapping[UUID, str | None]
    papers: Mapping[UUID, str | None]
    agencies: Mapping[UUID, str]

    @property
    def standing(self) -> list[Effective]:
        """Return the moves that stand."""
        acts = {Act.MOVE.value, Act.AMEND.value, Act.VOID.value}
        return [item for item in self.history if not item.taken_back and item.event["act"] in acts]

    def came_from(self, origin: str) -> bool:
        """Tell whether the case was born from a row of the list `origin`; else its row only raised it again."""
        said = self.history[0].payload.get("entry", {}).get("source") or ""
        return str(said).startswith(source_of(origin))

    def moved_by_hand(self) -> Effective | None:
        """Return the last entry that a person made after what came from lists, None where there is none."""
        told = [i.event["seq"] for i in self.history if i.payload.get("old_register") or i.event["seq"] == 1]
        later = (i for i in self.history if i.event["seq"] > max(told))
        return next((i for i in later if i.event["act"] != Act.RECKON.value and i.event["trigger"] != "entrust"), None)


def differences(current: Current, row: PetitionRow, prepared: Prepared, plan: Plan, bodies: Bodies) -> Differences:
    """Return what `row`, prepared as a birth and planned, says otherwise or more than the case."""
    found = Differences()
    _text(current, row, found)
    _birth(current, prepared, found)
    for move in _to_come(current, plan):
        event = _told_before(current, move, bodies)
        if event is None:
            found.moves.append(move)
            cell = _new_cell(current, move, row)
            found.cells += [cell] if cell not in found.cells else []
        else:
            _move(current, move, event, bodies, found)
    return found


def _new_cell(current: Current, move: Telling, row: PetitionRow) -> CellChange:
    old = str(current.seen.detail.get("times_raised") or "") if move.trigger == "raise_again" else ""
    return CellChange(move.column, old, dict(row.late.particulars()).get(move.column) or move.trigger)


def _text(current: Current, row: PetitionRow, found: Differences) -> None:
    now = _last_text(current)
    if now is not None and row.text and now != row.text:
        found.text = row.text
        found.cells.append(CellChange(Field.TEXT, now, row.text))


def _last_text(current: Current) -> str | None:
    texts = [i.payload["entry"]["text"] for i in current.standing if "text" in i.payload.get("entry", {})]
    return current.words.get(UUID(texts[-1]["text"])) if texts else None


def _birth(current: Current, prepared: Prepared, found: Differences) -> None:
    """Compare what the row would be recorded with; a value that a later entry gave is put right there."""
    first = current.history[0]
    if prepared.birth.on is not None and prepared.birth.on != first.event["occurred_on"]:
        found.days[1] = prepared.birth.on
        found.cells.append(CellChange(Field.RECEIVED_ON, _day(first.event["occurred_on"]), _day(prepared.birth.on)))
    said = prepared.entry.model_dump(mode="python", exclude_none=True, exclude_unset=True)
    for name, value in said.items():
        if name in _ASIDE or name in prepared.entry.prose_fields:
            continue
        ids = [str(i) for i in prepared.names.ids.get(name, ())]
        new = ids[0] if ids else plain(value)
        holder = _holder(current, name)
        old = holder.payload.get("entry", {}).get(name)
        if old != new:
            found.values.setdefault(holder.event["seq"], {})[name] = plain(value)
            column = COLUMN_OF.get(name, Field.OTHER)
            found.cells.append(CellChange(column, _shown(current, name, old), _shown(current, name, plain(value))))


def _holder(current: Current, name: str) -> Effective:
    """Return the event that gave the petition its value, the first where none did."""
    own = [i for i in current.standing if i.event["referral_id"] is None and name in i.payload.get("entry", {})]
    return own[-1] if own else current.history[0]


def _to_come(current: Current, plan: Plan) -> Iterator[Telling]:
    """Yield the moves to compare: of “raised again” only as many as are not counted yet."""
    counted = sum(item.event["trigger"] == "raise_again" for item in current.standing)
    for move in plan.moves:
        if move.trigger == "raise_again" and counted:
            counted -= 1
            continue
        yield move


def _told_before(current: Current, move: Telling, bodies: Bodies) -> Effective | None:
    """Return the latest event of the same sort, for the same body; a classification is made once."""
    if move.trigger == "raise_again":
        return None
    alike = [item for item in current.standing if item.event["trigger"] == move.trigger]
    if move.at is not None:
        theirs = {r["id"] for r in current.seen.referrals if r["agency_id"] == bodies.known[move.at].id}
        alike = [item for item in alike if item.event["referral_id"] in theirs]
    return alike[-1] if alike else None


def _move(current: Current, move: Telling, event: Effective, bodies: Bodies, found: Differences) -> None:
    if move.trigger in _ONCE or _another_paper(current, move, event, found):
        return
    seq, entry = event.event["seq"], event.payload.get("entry", {})
    if move.on is not None and move.on != event.event["occurred_on"]:
        found.days[seq] = move.on
        found.cells.append(CellChange(move.column, _day(event.event["occurred_on"]), _day(move.on)))
    for name, value in move.payload.items():
        old = entry.get(name)
        words = _WORDS.get(move.trigger, {}).get(name)
        if words is not None:
            _words(current, words, old, str(value), found)
        elif name == "addressees":
            _addressees(current, value, old or [], bodies, found)
        elif name in COLUMN_OF and _plain(value, name, bodies) != old:
            found.values.setdefault(seq, {})[name] = plain(value)
            new = _shown(current, name, _plain(value, name, bodies))
            found.cells.append(CellChange(_column(move, name), _shown(current, name, old), new))


def _words(current: Current, column: Field, old: Any, new: str, found: Differences) -> None:
    now = current.words.get(UUID(old["text"])) if isinstance(old, Mapping) else ""
    if now is not None and now != new and not new.startswith(NO_WORDS):
        found.cells.append(CellChange(column, now, new, by_hand=True))


def _column(move: Telling, name: str) -> Field:
    return move.column if name in {"result", "lead", "coordinating"} else COLUMN_OF[name]


def _plain(value: Any, name: str, bodies: Bodies) -> Any:
    """Return a planned value as history keeps it: bodies by identifier."""
    if name == "lead":
        return str(bodies.known[value].id)
    if name == "coordinating":
        return [str(bodies.known[code].id) for code in value]
    return plain(value)


def _addressees(current: Current, said: Sequence[str], old: Sequence[str], bodies: Bodies, found: Differences) -> None:
    if {str(bodies.known[code].id) for code in said} != set(old):
        shown = _shown(current, "addressees", list(old))
        found.cells.append(CellChange(Field.ADDRESSEE, shown, ", ".join(said), by_hand=True))


def _another_paper(current: Current, move: Telling, event: Effective, found: Differences) -> bool:
    """Tell whether the row names another paper than the event was entered with: that is another move, or a slip."""
    if move.slip is None or move.slip.number is None:
        return False
    old = current.papers.get(event.event["document_id"]) if event.event["document_id"] else None
    if old is not None and paper_key(old) == paper_key(move.slip.number):
        return False
    found.cells.append(CellChange(move.column, old or "", move.slip.number, by_hand=True))
    return old is not None


def _shown(current: Current, name: str, value: Any) -> str:
    """Return a value of history as people read it: bodies by code, closed lists by their words."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_shown(current, name, item) for item in value)
    if name in _VOCABULARY:
        return _VOCABULARY[name](value).label.vi
    try:
        return current.agencies.get(UUID(str(value)), str(value))
    except ValueError:
        return str(value)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
