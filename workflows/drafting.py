"""Builds the events of a move in memory, each applied by the same fold that replays history."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from uuid_utils import uuid7 as _uuid7

from states.entries import Entry
from states.facts import Hands
from states.lifecycle import Lifecycle
from states.milestones import Milestone
from states.vocabulary import Act
from workflows.folding import CHANGES_NO_STATE, Standing, apply
from workflows.history import SCHEMA_NUMBER, canonical, event_hash, new_salt, plain, salted_digest


def new_id() -> UUID:
    """Return a UUIDv7: sortable by the instant of its making."""
    return UUID(bytes=_uuid7().bytes)


@dataclass(frozen=True, slots=True)
class Step:
    """One event to be: which trigger, on the case or on a referral, from where to where."""

    trigger: str
    from_state: str | None
    to_state: str
    act: Act = Act.MOVE
    referral: UUID | None = None
    referral_from: str | None = None
    referral_to: str | None = None
    marks: tuple[Milestone, ...] = ()
    entry: Entry | None = None
    ids: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Any] | None = None
    corrects_seq: int | None = None
    undoes_seq: int | None = None


@dataclass(slots=True)
class Draft:
    """The events, texts and values that one move of one case will write; nothing is written here."""

    lifecycle: Lifecycle
    case_id: UUID
    standing: Standing
    now: datetime
    hands: Hands
    on: date | None
    document: UUID | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    first_seq: int = field(init=False)

    def __post_init__(self) -> None:
        """Remember where this move begins: what follows its first event is part of it."""
        self.first_seq = self.standing.seq + 1

    def add(self, step: Step, *, hands: Hands | None = None) -> dict[str, Any]:
        """Append the event of `step`, chain it, and advance the standing."""
        seq = self.standing.seq + 1
        by = hands or self.hands
        payload, reason = self._payload(step, seq)
        given = step.given if step.given is not None else terms_of(step.entry)
        event: dict[str, Any] = {
            "case_id": self.case_id,
            "seq": seq,
            "act": step.act.value,
            "trigger": step.trigger,
            "from_state": step.from_state,
            "to_state": step.to_state,
            "referral_id": step.referral,
            "referral_from": step.referral_from,
            "referral_to": step.referral_to,
            "milestones": " ".join(m.value for m in step.marks),
            "given": canonical(given) if given else None,
            "corrects_seq": step.corrects_seq,
            "undoes_seq": step.undoes_seq,
            "part_of_seq": self.first_seq if seq > self.first_seq else None,
            "occurred_on": self.on,
            "recorded_at": self.now,
            "decided_by": by.decided_by.agency,
            "decided_person": by.decided_by.person,
            "decided_capacity": by.decided_by.capacity,
            "recorded_by": by.recorded_by.account,
            "document_id": self.document,
            "reason_id": reason,
            "schema_number": SCHEMA_NUMBER,
            "payload": canonical(payload),
            "previous_hash": self.standing.head_hash,
        }
        event["hash"] = event_hash(event)
        self.events.append(event)
        if step.act.value not in CHANGES_NO_STATE:
            apply(self.lifecycle, self.standing, event, json.loads(event["payload"]))
        return event

    def _payload(self, step: Step, seq: int) -> tuple[dict[str, Any], UUID | None]:
        """Return the payload with free texts replaced by references, and the reference of the reason if any."""
        if step.entry is None:
            return dict(step.extra), None
        values: dict[str, Any] = {}
        reason = None
        for name, value in step.entry.model_dump(mode="python", exclude_none=True).items():
            if name in step.entry.prose_fields:
                values[name] = self.text(name, str(value), seq)
                reason = UUID(values[name]["text"]) if name == "words" else reason
            elif name in step.ids:
                ids = [str(i) for i in step.ids[name]]
                values[name] = ids if isinstance(value, list | tuple) else ids[0]
            else:
                values[name] = plain(value)
        return {**step.extra, "entry": values}, reason

    def text(self, name: str, body: str, seq: int) -> dict[str, str]:
        """Keep a free text beside history and return the reference that history holds."""
        salt, key = new_salt(), new_id()
        self.texts.append(
            {"id": key, "case_id": self.case_id, "event_seq": seq, "field": name, "salt": salt, "body": body}
        )
        return {"text": str(key), "digest": salted_digest(salt, body)}


def terms_of(entry: Entry | None) -> dict[str, Any] | None:
    """Return the dates and lengths of `entry` that clocks read."""
    if entry is None:
        return None
    found = {use.value: getattr(entry, name) for name, use in entry.term_fields.items()}
    return {key: value for key, value in found.items() if value is not None} or None


def standing_of(
    row: Mapping[str, Any], detail: Mapping[str, Any], referrals: tuple[Mapping[str, Any], ...]
) -> Standing:
    """Return the standing that the rows of a case show."""
    return Standing(
        state=row["state"],
        seq=row["seq"],
        head_hash=row["head_hash"],
        case=dict(row),
        detail=dict(detail),
        referrals={r["id"]: dict(r) for r in referrals},
    )
