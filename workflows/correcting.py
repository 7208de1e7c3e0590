"""Corrections: an earlier day or value put right, or the last move taken back. Nothing is updated in place.

The state folds over the events that stand; clocks are projected anew from the right days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
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
from states.facts import Facts, Signed
from states.findings import Finding, Reads
from states.lifecycle import Lifecycle, Transition
from states.machine import Offer
from states.text import Text
from states.vocabulary import Act
from states.wording import problems_of
from workflows import naming
from workflows.access import Seen
from workflows.documents import Papers
from workflows.drafting import Draft, Step, standing_of
from workflows.folding import CHANGES_NO_STATE, FOLDED, Effective, Standing, effective, find_row, fold
from workflows.history import plain
from workflows.orders import Drafted, Moved

_event, _text = table_of(Event), table_of(TextVersion)
_WITH_AN_EARLIER_TEXT = 2


def events_of(unit: Unit, seen: Seen) -> list[dict[str, Any]]:
    """Return all events of a case in order of sequence, those that wait to be written last."""
    rows = unit.read(select(_event).where(_event.c.case_id == seen.id).order_by(_event.c.seq)).mappings()
    return [dict(row) for row in (*rows, *seen.pending)]


def draft(
    unit: Unit,
    seen: Seen,
    *,
    facts: Facts,
    row: Transition,
    entry: Entry,
    papers: Papers,
    extra: Mapping[str, Any] = MappingProxyType({}),
) -> Drafted:
    """Decide a correction or a take-back and build its event, with `extra` in its payload.

    Raises: Refused, BadInput naming the event that cannot be corrected and why.
    """
    state = str(seen.row["state"])
    decision = machine.decide(seen.lifecycle, facts, row.trigger, state=state)
    events = events_of(unit, seen)
    work = Draft(
        seen.lifecycle,
        seen.id,
        standing_of(seen.row, seen.detail, seen.referrals),
        unit.now,
        facts.hands,
        facts.on,
        papers.id,
    )
    if isinstance(entry, Correction):
        step = _correction(unit, seen, facts, effective(events), entry)
    else:
        step = _taking_back(seen, events, cast("Undoing", entry), state)
    event = work.add(replace(step, extra=extra))
    folded = fold(seen.lifecycle, [*events, event])
    work.standing = _completed(seen, folded)
    moved = Moved(seen.id, seen.row["code"], work.standing.seq, work.standing.state, (event["seq"],), decision.warnings)
    search = _text_before(unit, seen, events, step.undoes_seq) if step.undoes_seq is not None else None
    return Drafted(work, moved, papers, search=search)


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
        referrals={key: dict.fromkeys(r) | folded.referrals[key] for key, r in before.referrals.items()},
    )


def _correction(unit: Unit, seen: Seen, facts: Facts, history: Sequence[Effective], entry: Correction) -> Step:
    target = _target(history, entry.seq, "seq")
    if entry.on is None and not entry.values:
        raise BadInput({"on": Text("Chưa nhập ngày đúng hoặc giá trị đúng", "Give the right date or the right values")})
    row = _row_of(seen.lifecycle, target.event)
    checked = _as_entered(row, target, entry.values)
    _require_guards(facts, row, target, checked, entry.on)
    named = naming.resolve(
        unit,
        row=row,
        entry=checked,
        council=seen.setting.council,
        actor=facts.hands.recorded_by,
        only=frozenset(entry.values),
    )
    values = {name: _kept(checked, name, named.ids) for name in entry.values}
    merged = {**target.payload.get("entry", {}), **values}
    terms = {use.value: merged[name] for name, use in row.needs.term_fields.items() if name in merged}
    given = {"on": entry.on, "terms": terms or None}
    here = str(seen.row["state"])
    return Step(
        "correct",
        here,
        here,
        act=Act.CORRECT,
        entry=entry.model_copy(update={"values": values}),
        corrects_seq=entry.seq,
        given={k: v for k, v in given.items() if v is not None} or None,
    )


def _kept(checked: Entry, name: str, ids: Mapping[str, tuple[UUID, ...]]) -> Any:
    """Return a right value as the payload keeps it: codes as the identifiers they name."""
    value = getattr(checked, name)
    if name not in ids:
        return plain(value)
    named = [str(i) for i in ids[name]]
    return named if isinstance(value, tuple) else named[0]


def _require_guards(facts: Facts, row: Transition, target: Effective, checked: Entry, on: date | None) -> None:
    """Hold the corrected entry against the guards of its own move, as if it had been made so.

    Raises: Refused with every condition that fails; a result that leads elsewhere is taken back and made anew.
    """
    event = target.event
    as_then = replace(
        facts,
        entry=checked,
        on=on or event["occurred_on"],
        has_document=event["document_id"] is not None,
        referral=next((r for r in facts.referrals if r.id == event["referral_id"]), None),
        hands=replace(facts.hands, decided_by=Signed(event["decided_by"])),
    )
    findings = tuple(guard.look(as_then) for guard in row.when if guard.reads is Reads.ENTRY)
    failed = [f for f in findings if not f.holds]
    if failed:
        text = Text("; ".join(f.text.vi for f in failed), "; ".join(f.text.en for f in failed))
        raise Refused(
            Text(f"Chưa sửa được: {text.vi}", f"Not possible yet: {text.en}"), trigger="correct", findings=findings
        )


def _target(history: Sequence[Effective], seq: int, field: str) -> Effective:
    found = next((item for item in history if item.event["seq"] == seq), None)
    if found is None:
        last = history[-1].event["seq"]
        raise BadInput(
            {field: Text(f"Không có sự kiện số {seq}; hồ sơ có từ 1 đến {last}", f"No event {seq}; 1 to {last}")}
        )
    if found.taken_back or found.event["act"] in CHANGES_NO_STATE:
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


def _as_entered(row: Transition, target: Effective, values: Mapping[str, Any]) -> Entry:
    """Return the entry as it would have been with the right values; words are amended, not corrected.

    Raises: BadInput naming the value.
    """
    refused = {
        f"values.{name}": Text(f"«{name}» không sửa được ở đây", f"“{name}” cannot be corrected here")
        for name in values
        if name not in row.needs.model_fields or name in row.needs.prose_fields
    }
    if refused:
        raise BadInput(refused)
    stored = target.payload.get("entry", {})
    stand_ins = {k: _stand_in(stored[k]) for k in (*row.needs.prose_fields, *(row.names or {})) if k in stored}
    try:
        return row.needs.model_validate({**stored, **stand_ins, **values})
    except ValidationError as error:
        raise BadInput({f"values.{k}": v for k, v in problems_of(row.needs, error).items()}) from error


def _stand_in(value: Any) -> Any:
    return ["-"] if isinstance(value, list) else "-"


def _is_final(lifecycle: Lifecycle, event: Mapping[str, Any]) -> bool:
    """Tell whether nobody can fire the trigger by itself: what it did (erased words) cannot come back."""
    row = lifecycle.row(event["trigger"])
    return event["referral_id"] is None and row is not None and row.carried


def last_move(history: Sequence[Effective]) -> int | None:
    """Return the first event of the last move that stands; corrections and reckonings after it go with it."""
    standing = [i.event for i in history if not i.taken_back and i.event["act"] not in CHANGES_NO_STATE]
    return (standing[-1]["part_of_seq"] or standing[-1]["seq"]) if standing else None


def why_not_undone(lifecycle: Lifecycle, history: Sequence[Effective], seq: int) -> Text | None:
    """Return why the move that begins with event `seq` cannot be taken back, None when it can."""
    last = last_move(history)
    if seq != last:
        return Text(
            f"Chỉ hoàn tác được việc cuối cùng, bắt đầu từ số {last}",
            f"Only the last move can be taken back, from {last}",
        )
    group = [i.event for i in history if seq in (i.event["seq"], i.event["part_of_seq"])]
    if seq == 1:
        return Text("Hồ sơ nhập nhầm thì dùng «Hủy do nhập nhầm»", "A case entered by mistake is voided instead")
    if any(e["trigger"] == "prepare" for e in group):
        return Text(
            "Đã mở lần chuyển; dùng «Thu hồi» cho từng lần chuyển", "Referrals were opened; recall each instead"
        )
    if any(_row_of(lifecycle, e).links for e in group if e["act"] == Act.MOVE.value):
        return Text("Việc này gắn với hồ sơ khác nên không hoàn tác được", "The move ties another case and stays")
    if _is_final(lifecycle, group[0]):
        return Text("Việc này không hoàn tác được", "This cannot be taken back")
    return None


def at_offer(unit: Unit, seen: Seen, offer: Offer) -> Offer:
    """Return the offer of a take-back with what the last move allows, by the same rule as taking it back."""
    if offer.trigger != "undo" or not offer.allowed:
        return offer
    history = effective(events_of(unit, seen))
    last = last_move(history)
    problem = why_not_undone(seen.lifecycle, history, last) if last is not None else None
    if problem is None:
        return offer
    return replace(offer, allowed=False, findings=(*offer.findings, Finding("can_be_undone", problem, holds=False)))


def _taking_back(seen: Seen, events: Sequence[Mapping[str, Any]], entry: Undoing, state: str) -> Step:
    history = effective(events)
    _target(history, entry.seq, "seq")
    problem = why_not_undone(seen.lifecycle, history, entry.seq)
    if problem is not None:
        raise Refused(problem, trigger="undo")
    back = {**events[-1], "seq": events[-1]["seq"] + 1, "act": Act.UNDO.value, "undoes_seq": entry.seq, "payload": "{}"}
    restored = fold(seen.lifecycle, [*events, back]).state
    return Step("undo", state, restored, act=Act.UNDO, entry=entry, undoes_seq=entry.seq)
