"""Enters the lines of a notice: tasks become cases, orientations stay text of the meeting. All lines, or none.

The notice is the result of its meeting: one that is held and not concluded yet is concluded by it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import exists, select

from models.columns import table_of
from models.history import Event
from models.units import Unit, WriteUnit
from states import machine
from states.entries import DocumentSlip
from states.errors import AlreadyExists, BadInput, Refused, UnknownTrigger
from states.facts import Actor
from states.meeting import ENTER_LINES, H
from states.meeting_words import LineKind
from states.task import TASK_KIND
from states.tasking import NoticeLine
from states.text import Text
from workflows import access, composing, documents, ledger, locking, moving, registering
from workflows.access import Seen
from workflows.composing import Composed
from workflows.documents import Papers
from workflows.drafting import Draft, Step, standing_of
from workflows.naming import Names
from workflows.orders import Drafted, Moved, Order
from workflows.registering import Birth, Prepared

_event = table_of(Event)


@dataclass(frozen=True, slots=True)
class LinesOrder:
    """The lines of a notice, who enters them, the day of the notice, and the notice itself."""

    lines: Sequence[NoticeLine]
    actor: Actor
    on: date | None
    slip: DocumentSlip
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class EnteredLine:
    """What became of one line: `task` is the case that was made of it, None of an orientation."""

    number: int
    kind: LineKind
    task: Moved | None


@dataclass(frozen=True, slots=True)
class Entered:
    """What entering a notice did: the moves of the meeting, and a result for each line in its order."""

    meeting: Moved
    lines: tuple[EnteredLine, ...]


def enter(unit: WriteUnit, *, code: str, order: LinesOrder) -> Entered:
    """Enter the lines of the notice of the meeting `code`.

    Raises: NotFound, ChangedSinceOpened, Refused and UnknownTrigger (no step of this case), BadInput naming the line,
    AlreadyExists when the lines of this very notice are entered.
    """
    locking.lock(unit, [code])
    seen = access.case(unit, code=code, actor=order.actor)
    ledger.require_unchanged(unit, seen, order.expected)
    if seen.lifecycle.row(ENTER_LINES) is None:
        vi, en = seen.lifecycle.label.vi, seen.lifecycle.label.en
        raise UnknownTrigger(
            Text(f"«{vi}» không có thông báo để nhập từng dòng", f"A “{en}” has no notice with lines"),
            trigger=ENTER_LINES,
        )
    if not order.lines:
        raise BadInput({"lines": Text("«Các dòng»: chưa có dòng nào", "“Lines”: there is none")})
    papers = documents.paper(unit, order.slip, council=seen.setting.council, actor=order.actor)
    _require_new(unit, seen, papers)
    prepared = _prepared(unit, seen, order, papers)
    births = [item for _, item in prepared]
    born = registering.write_all(unit, setting=seen.setting, prepared=births) if births else []
    tasks = dict(zip((place for place, _ in prepared), born, strict=True))
    composed = _composed(unit, seen, order, papers, born)
    composing.write_all(unit, [composed], again=_again(unit, code, order, papers, born))
    last = composed.moved[-1]
    meeting = replace(
        last,
        events=tuple(seq for moved in composed.moved for seq in moved.events),
        warnings=tuple(warning for moved in composed.moved for warning in moved.warnings),
    )
    lines = tuple(
        EnteredLine(line.number or place, line.kind, tasks.get(place - 1)) for place, line in enumerate(order.lines, 1)
    )
    return Entered(meeting, lines)


def _again(
    unit: Unit, code: str, order: LinesOrder, papers: Papers, born: Sequence[Moved]
) -> Callable[[Composed], Composed]:
    """Return what drafts the moves of the meeting once more, on the case as it is now."""
    return lambda _stale: _composed(unit, access.case(unit, code=code, actor=order.actor), order, papers, born)


def _require_new(unit: Unit, seen: Seen, papers: Papers) -> None:
    """Let pass a notice whose lines are not entered yet, or were taken back: entered twice, each task would be two."""
    undoing = _event.alias("undoing")
    undone = exists().where(undoing.c.case_id == seen.id, undoing.c.undoes_seq == _event.c.seq)
    same = (_event.c.case_id == seen.id, _event.c.trigger == ENTER_LINES, _event.c.document_id == papers.id)
    if unit.read(select(_event.c.seq).where(*same, ~undone)).first() is not None:
        raise AlreadyExists(
            Text("Các dòng của thông báo này đã nhập", "The lines of this notice are entered already"),
            code=seen.row["code"],
        )


def _prepared(unit: Unit, seen: Seen, order: LinesOrder, papers: Papers) -> list[tuple[int, Prepared]]:
    """Prepare a birth of each task, by the place of its line.

    Raises: BadInput with every line that does not go.
    """
    known = registering.Known()
    found: list[tuple[int, Prepared]] = []
    problems: dict[str, Text] = {}
    for place, line in enumerate(order.lines):
        if line.kind is not LineKind.TASK:
            continue
        birth = Birth(TASK_KIND, _payload(seen, line, place), order.on, document=order.slip)
        try:
            item = registering.prepare(unit, setting=seen.setting, birth=birth, actor=order.actor, known=known)
        except BadInput as error:
            problems |= {f"lines.{place}.{name}": _of_line(line, place, said) for name, said in error.problems.items()}
        except Refused as error:
            problems[f"lines.{place}"] = _of_line(line, place, error.text)
        else:
            found.append((place, replace(item, papers=papers)))
    if problems:
        raise BadInput(problems)
    return found


def _of_line(line: NoticeLine, place: int, said: Text) -> Text:
    number = line.number or place + 1
    return Text(f"Dòng {number}: {said.vi}", f"Line {number}: {said.en}")


def _payload(seen: Seen, line: NoticeLine, place: int) -> dict[str, Any]:
    said = line.model_dump(mode="json", exclude={"kind", "number"}, exclude_none=True)
    return {**said, "line": line.number or place + 1, "from_case": seen.row["code"]}


def _composed(unit: Unit, seen: Seen, order: LinesOrder, papers: Papers, born: Sequence[Moved]) -> Composed:
    """Draft the moves of the meeting: its conclusion where it lacks one, then the lines."""
    composed = Composed(seen)
    if seen.row["state"] in {H.HELD, H.NOBODY_CAME}:
        concluding = Order("conclude", order.actor, order.on, {}, document=order.slip)
        composed.add(unit, concluding, known=moving.Known(papers={order.slip: papers}))
    now = composed.now
    row = now.lifecycle.row(ENTER_LINES)
    if row is None:
        raise LookupError
    given = _given(order.lines, born)
    entry = machine.read_entry(row, given)
    facts = moving.facts_for(
        unit, now, Order(ENTER_LINES, order.actor, order.on, document=order.slip), row, entry=entry, names=Names()
    )
    decision = machine.decide(now.lifecycle, facts, ENTER_LINES, state=str(now.row["state"]))
    standing = standing_of(now.row, now.detail, now.referrals)
    work = Draft(now.lifecycle, now.id, standing, unit.now, facts.hands, order.on, papers.id)
    state = decision.to_state
    work.add(Step(ENTER_LINES, state, state, entry=entry, ids={"tasks": tuple(moved.case_id for moved in born)}))
    seq = work.standing.seq
    composed.put(
        Drafted(work, Moved(now.id, now.row["code"], seq, state, (seq,), decision.warnings), papers, search=None)
    )
    return composed


def _given(lines: Sequence[NoticeLine], born: Sequence[Moved]) -> dict[str, Any]:
    aims = [line.text for line in lines if line.kind is LineKind.ORIENTATION]
    texts = {"orientations": "\n".join(aims)} if aims else {}
    counts = {"task_count": len(born), "orientation_count": len(aims)}
    return {"tasks": tuple(moved.code for moved in born), **counts, **texts}
