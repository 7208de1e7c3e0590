"""What a move proposes to people, on its own case or on those that it arose from; it does nothing to them itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.cases import Case, Link
from models.columns import table_of
from models.units import Unit, WriteUnit
from states.kinds import lifecycle_of
from states.lifecycle import Lifecycle, On, Proposes
from states.text import Text
from states.vocabulary import Act, LinkKind, ProposalState
from workflows.access import Seen
from workflows.drafting import new_id
from workflows.folding import find_row
from workflows.lapsing import BY_MOVE
from workflows.orders import Drafted

_case, _link = table_of(Case), table_of(Link)
_TO_ORIGINS = (LinkKind.ARISES_FROM.value, LinkKind.COMMITTED_IN.value, LinkKind.SUPERSEDES.value)
_TO_WHAT_CAME = LinkKind.ESCALATED_TO.value


def propose(unit: WriteUnit, seen: Seen, drafted: Drafted) -> None:
    """Write what the moves of `drafted` propose, where the case in question offers it as it stands now."""
    moves = [(event, wanted) for event in drafted.draft.events for wanted in _wanted(seen.lifecycle, event)]
    if not moves:
        return
    own = {"id": seen.id, "kind": seen.row["kind"], "state": drafted.moved.state, "code": seen.row["code"]}
    own["council_id"] = seen.row["council_id"]
    origins = _origins(unit, seen.id) if any(wanted.on is On.ORIGINS for _, wanted in moves) else []
    rows = [
        _row(unit, seen, event, wanted, case)
        for event, wanted in moves
        for case in ([own] if wanted.on is On.SELF else origins)
        if wanted.trigger in lifecycle_of(case["kind"]).offered(case["state"])
    ]
    unit.add_unknown("proposal", rows)


def _wanted(lifecycle: Lifecycle, event: Mapping[str, Any]) -> Iterable[Proposes]:
    """Return what the row of an event of the case itself proposes."""
    if event["referral_id"] is not None or event["act"] != Act.MOVE.value:
        return ()
    row = find_row(lifecycle, event["trigger"], event["from_state"], event["to_state"])
    return row.proposes if row is not None else ()


def _origins(unit: Unit, case_id: UUID) -> list[dict[str, Any]]:
    """Return the cases that this one arose from or replaced, or that were taken further by it, each once."""
    wanted = select(*(_case.c[name] for name in ("id", "council_id", "kind", "state", "code")))
    up = select(_link.c.other_id).where(_link.c.case_id == case_id, _link.c.kind.in_(_TO_ORIGINS))
    down = select(_link.c.case_id).where(_link.c.other_id == case_id, _link.c.kind == _TO_WHAT_CAME)
    found = unit.read(wanted.where(_case.c.id.in_(up.union(down))).order_by(_case.c.id))
    return [dict(row) for row in found.mappings()]


def _row(unit: Unit, seen: Seen, event: Mapping[str, Any], wanted: Proposes, case: Mapping[str, Any]) -> dict[str, Any]:
    said = _sentence(seen, event, wanted, case)
    return {
        "id": new_id(),
        "council_id": case["council_id"],
        "case_id": case["id"],
        "trigger": wanted.trigger,
        "other_id": None if case["id"] == seen.id else seen.id,
        "referral_id": None,
        "clock_id": None,
        "cause": f"{BY_MOVE}{seen.id}:{event['seq']}:{wanted.trigger}:{case['id']}",
        "sentence_vi": said.vi,
        "sentence_en": said.en,
        "state": ProposalState.OPEN.value,
        "created_at": unit.now,
    }


def _sentence(seen: Seen, event: Mapping[str, Any], wanted: Proposes, case: Mapping[str, Any]) -> Text:
    """Say what was done where, and what is proposed."""
    done, kind = _labels(seen.lifecycle, event["trigger"]), seen.lifecycle.label
    move = _labels(lifecycle_of(case["kind"]), wanted.trigger)
    return Text(
        f"{kind.vi} {seen.row['code']}: đã ghi «{done.vi}»; đề xuất «{move.vi}»",
        f"{kind.en} {seen.row['code']}: “{done.en}” was recorded; “{move.en}” is proposed",
    )


def _labels(lifecycle: Lifecycle, trigger: str) -> Text:
    row = lifecycle.row(trigger)
    return row.label if row is not None else Text(trigger, trigger)
