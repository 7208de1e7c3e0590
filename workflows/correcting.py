"""Corrections: an earlier day or value put right, or the last move taken back. Nothing is updated in place.

The state folds over the events that stand; clocks are projected anew from the right days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select

from models.cases import TextVersion
from models.columns import table_of
from models.history import Event
from models.units import Unit
from states import machine
from states.corrections import Correction, Undoing
from states.entries import Entry
from states.errors import BadInput, Refused
from states.facts import Facts
from states.lifecycle import Lifecycle, Transition
from states.text import Text
from states.vocabulary import Act
from states.wording import problems_of
from workflows.access import Seen
from workflows.documents import Papers
from workflows.drafting import Draft, Step, standing_of
from workflows.folding import FOLDED, Effective, Standing, effective, find_row, fold
from workflows.history import plain
from workflows.orders import Drafted, Moved

_event, _text = table_of(Event), table_of(TextVersion)
_WITH_AN_EARLIER_TEXT = 2
_FIXED = frozenset({Act.CORRECT.value, Act.RECKON.value})


def events_of(unit: Unit, seen: Seen) -> list[dict[str, Any]]:
    """Return all events of a case in order of sequence."""
    rows = unit.read(select(_event).where(_event.c.case_id == seen.id).order_by(_event.c.seq)).mappings()
    return [dict(row) for row in rows]


def draft(unit: Unit, seen: Seen, facts: Facts, row: Transition, entry: Entry) -> Drafted:
    """Decide a correction or a take-back and build its event.

    Raises: Refused, BadInput naming the event that cannot be corrected and why.
    """
    state = str(seen.row["state"])
    decision = machine.decide(seen.lifecycle, facts, row.trigger, state=state)
    events = events_of(unit, seen)
    work = Draft(
        seen.lifecycle, seen.id, standing_of(seen.row, seen.detail, seen.referrals), unit.now, facts.hands, facts.on
    )
    if isinstance(entry, Correction):
        step = _correction(seen, effective(events), entry, state)
    else:
        step = _taking_back(seen, effective(events), cast("Undoing", entry), state)
    if step.undoes_seq is not None:
        staying = [e for e in events if step.undoes_seq not in (e["seq"], e["part_of_seq"])]
        step = replace(step, to_state=fold(seen.lifecycle, staying).state)
    event = work.add(step)
    folded = fold(seen.lifecycle, [*events, event])
    work.standing = _completed(seen, folded)
    moved = Moved(seen.id, seen.row["code"], work.standing.seq, work.standing.state, (event["seq"],), decision.warnings)
    search = _text_before(unit, seen, events, step.undoes_seq) if step.undoes_seq is not None else None
    return Drafted(work, moved, Papers(), search=search)


def _text_before(unit: Unit, seen: Seen, events: Sequence[Mapping[str, Any]], undone: int) -> str | None:
    """Return the text that holds again when event `undone` goes, None when it gave no text."""
    given = [i for i in effective(events) if not i.taken_back and "text" in i.payload.get("entry", {})]
    if len(given) < _WITH_AN_EARLIER_TEXT or given[-1].event["seq"] != undone:
        return None
    key = UUID(given[-2].payload["entry"]["text"]["text"])
    found: str | None = unit.read(select(_text.c.body).where(_text.c.id == key, _text.c.case_id == seen.id)).scalar()
    return found


def _completed(seen: Seen, folded: Standing) -> Standing:
    """Lay the folded values over the columns that no event carries."""
    before = standing_of(seen.row, seen.detail, seen.referrals)
    kept = dict.fromkeys(before.detail) | folded.detail
    return Standing(
        state=folded.state,
        seq=folded.seq,
        head_hash=folded.head_hash,
        case={**before.case, **{name: folded.case.get(name) for name in FOLDED}},
        detail=kept,
        referrals={key: {**r, **folded.referrals.get(key, {})} for key, r in before.referrals.items()},
    )


def _correction(seen: Seen, history: Sequence[Effective], entry: Correction, state: str) -> Step:
    target = _target(history, entry.seq, "seq")
    if entry.on is None and not entry.values:
        raise BadInput({"on": Text("Chưa nhập ngày đúng hoặc giá trị đúng", "Give the right date or the right values")})
    row = _row_of(seen.lifecycle, target.event)
    values = _right_values(row, target, entry.values)
    _check_result(seen.lifecycle, target, row, values)
    right = entry.model_copy(update={"values": values})
    merged = {**target.payload.get("entry", {}), **values}
    terms = {use.value: merged[name] for name, use in row.needs.term_fields.items() if name in merged}
    given = {"on": entry.on, "terms": terms or None}
    return Step(
        "correct",
        state,
        state,
        act=Act.CORRECT,
        entry=right,
        corrects_seq=entry.seq,
        given={k: v for k, v in given.items() if v is not None} or None,
    )


def _target(history: Sequence[Effective], seq: int, field: str) -> Effective:
    found = next((item for item in history if item.event["seq"] == seq), None)
    if found is None:
        last = history[-1].event["seq"]
        raise BadInput(
            {field: Text(f"Không có sự kiện số {seq}; hồ sơ có từ 1 đến {last}", f"No event {seq}; 1 to {last}")}
        )
    if found.taken_back or found.event["act"] in _FIXED or found.event["undoes_seq"] is not None:
        raise BadInput(
            {
                field: Text(
                    f"Sự kiện số {seq} là việc sửa hoặc đã hoàn tác", f"Event {seq} is a correction or was taken back"
                )
            }
        )
    return found


def _row_of(lifecycle: Lifecycle, event: Mapping[str, Any]) -> Transition:
    table = lifecycle.referral if event["referral_id"] is not None and lifecycle.referral else lifecycle
    source, target = ("referral_from", "referral_to") if table is not lifecycle else ("from_state", "to_state")
    row = find_row(table, event["trigger"], event[source], event[target])
    if row is None:
        raise BadInput({"seq": Text("Không sửa được loại sự kiện này", "This kind of event cannot be corrected")})
    return row


def _right_values(row: Transition, target: Effective, values: Mapping[str, Any]) -> dict[str, Any]:
    """Validate the right values as if the entry had been made with them; only plain fields can be corrected here."""
    if not values:
        return {}
    refused = {
        f"values.{name}": Text(f"«{name}» không sửa được ở đây", f"“{name}” cannot be corrected here")
        for name in values
        if name not in row.needs.model_fields or name in row.needs.prose_fields or name in (row.names or {})
    }
    if refused:
        raise BadInput(refused)
    stand_ins = (*row.needs.prose_fields, *(row.names or {}))
    stored = target.payload.get("entry", {})
    raw = {**stored, **{k: _stand_in(stored[k]) for k in stand_ins if k in stored}, **values}
    try:
        checked = row.needs.model_validate(raw)
    except ValidationError as error:
        raise BadInput({f"values.{k}": v for k, v in problems_of(row.needs, error).items()}) from error
    return {name: plain(getattr(checked, name)) for name in values}


def _stand_in(value: Any) -> Any:
    return ["-"] if isinstance(value, list) else "-"


def _check_result(lifecycle: Lifecycle, target: Effective, row: Transition, values: Mapping[str, Any]) -> None:
    """A corrected result must still fit the state that the move led to; else it is taken back and made anew."""
    field = (row.keeps or {}).get("case.result_judged")
    if field is None or field not in values:
        return
    allowed = {str(r) for r in lifecycle.states[target.event["to_state"]].judged if r}
    if values[field] not in allowed:
        text = Text(
            "Kết quả này dẫn tới bước khác; hoàn tác việc đã ghi rồi ghi lại",
            "This result leads to another step; take the move back and record it again",
        )
        raise Refused(text, trigger="correct")


def _is_final(lifecycle: Lifecycle, event: Mapping[str, Any]) -> bool:
    """Tell whether nobody can fire the trigger by itself: what it did (erased words) cannot come back."""
    row = lifecycle.row(event["trigger"])
    return event["referral_id"] is None and row is not None and row.carried


def _taking_back(seen: Seen, history: Sequence[Effective], entry: Undoing, state: str) -> Step:
    target = _target(history, entry.seq, "seq")
    group = [i for i in history if entry.seq in (i.event["seq"], i.event["part_of_seq"])]
    last = history[-1].event["part_of_seq"] or history[-1].event["seq"]
    problem = None
    if entry.seq != last:
        problem = Text(
            f"Chỉ hoàn tác được việc cuối cùng, bắt đầu từ số {last}",
            f"Only the last move can be taken back, from {last}",
        )
    elif any(i.event["trigger"] == "prepare" for i in group):
        problem = Text(
            "Đã mở lần chuyển; dùng «Thu hồi» cho từng lần chuyển", "Referrals were opened; recall each instead"
        )
    elif any(_row_of(seen.lifecycle, i.event).links for i in group if i.event["act"] == Act.MOVE.value):
        problem = Text("Việc này gắn với hồ sơ khác nên không hoàn tác được", "The move ties another case and stays")
    elif _is_final(seen.lifecycle, target.event):
        problem = Text("Việc này không hoàn tác được", "This cannot be taken back")
    if problem is not None:
        raise Refused(problem, trigger="undo")
    return Step("undo", state, state, act=Act.VOID, entry=entry, undoes_seq=entry.seq)
