"""Which way a paper moves a case, and on which of its referrals."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from states.corrections import Correction, Undoing
from states.errors import BadInput, Refused
from states.guards import ENDED_REFERRALS
from states.lifecycle import Lifecycle, Transition
from states.paper_acts import Before, Way
from states.text import Text
from workflows.access import Seen


@dataclass(frozen=True, slots=True)
class Choice:
    """A way that the case can go now; `referrals` are those it moves, empty where it moves the case itself."""

    way: Way
    referrals: tuple[UUID, ...] = ()


def choose(seen: Seen, ways: Sequence[Way], *, agencies: Collection[UUID], names: Mapping[UUID, str]) -> Choice:
    """Return the first of `ways` that the case can go; `agencies` narrow the referrals, none means any.

    Raises: Refused when there is no way; BadInput when several referrals fit and one must be named.
    """
    known = [way for way in ways if _row(seen, way) is not None]
    for way in known:
        if not way.moves_referral(seen.lifecycle):
            if reaches(seen.lifecycle, str(seen.row["state"]), way, on_referral=False):
                return Choice(way)
        elif able := _able(seen, way, agencies):
            if len(able) > 1 and not way.every:
                raise _several(able, names)
            return Choice(way, tuple(r["id"] for r in able))
    raise _no_way(seen, known or tuple(ways), agencies)


def _row(seen: Seen, way: Way) -> Transition | None:
    """Return the row of the way's trigger in the table that it moves.

    One that ties the case to others, or names an earlier event of it, is not drafted with others.
    """
    row = way.table(seen.lifecycle).row(way.trigger)
    alone = row is None or row.links is not None or issubclass(row.needs, Correction | Undoing)
    return None if alone else row


def reaches(table: Lifecycle, state: str, way: Way, *, on_referral: bool) -> bool:
    """Tell whether the trigger of `way` leaves `state`, or would after the moves that may be made before it."""
    return (state, way.trigger) in table.edges_from or any(
        (edge.target, way.trigger) in table.edges_from
        for before in way.before
        if before.on_referral is on_referral
        for edge in table.edges_from.get((state, before.trigger), ())
    )


def lacking(seen: Seen, way: Way, referral: UUID | None) -> tuple[Before, ...]:
    """Return the moves that the case, or this referral, still lacks before the trigger of `way`."""
    table, state = _place(seen, referral)
    if (state, way.trigger) in table.edges_from:
        return ()
    return tuple(
        before
        for before in way.before
        if before.on_referral is (referral is not None) and (state, before.trigger) in table.edges_from
    )


def _place(seen: Seen, referral: UUID | None) -> tuple[Lifecycle, str]:
    if referral is None or seen.lifecycle.referral is None:
        return seen.lifecycle, str(seen.row["state"])
    return seen.lifecycle.referral, next(str(r["state"]) for r in seen.referrals if r["id"] == referral)


def _able(seen: Seen, way: Way, agencies: Collection[UUID]) -> list[Mapping[str, Any]]:
    table = seen.lifecycle.referral
    if table is None or seen.lifecycle.states[seen.row["state"]].final:
        return []
    return [r for r in _live(seen, agencies) if reaches(table, str(r["state"]), way, on_referral=True)]


def _live(seen: Seen, agencies: Collection[UUID]) -> list[Mapping[str, Any]]:
    """Return the referrals in hand; those of the agencies themselves before those they only prepare answers for."""
    live = [r for r in seen.referrals if r["state"] not in ENDED_REFERRALS]
    if not agencies:
        return live
    own = [r for r in live if r["agency_id"] in agencies]
    return own or [r for r in live if r.get("lead_id") in agencies]


def _several(able: Iterable[Mapping[str, Any]], names: Mapping[UUID, str]) -> BadInput:
    codes = ", ".join(sorted(names.get(r["agency_id"], "?") for r in able))
    return BadInput(
        {
            "agency": Text(
                f"«Cơ quan»: hồ sơ đang ở nhiều cơ quan ({codes}), nêu rõ cơ quan nào",
                f"“Agency”: the case is with several agencies ({codes}), say which",
            )
        }
    )


def _no_way(seen: Seen, ways: Sequence[Way], agencies: Collection[UUID]) -> Refused:
    """Say of the last way that its kind knows why it cannot be gone: where the case is, or that nobody named has it.

    What another kind does with such a paper says nothing of this one.
    """
    way = next((way for way in reversed(ways) if _row(seen, way) is not None), ways[-1])
    on_referral = way.moves_referral(seen.lifecycle)
    table, row = way.table(seen.lifecycle), _row(seen, way)
    if row is None:
        return _said(
            f"«{seen.lifecycle.label.vi}» không có việc «{way.trigger}» ghi được bằng văn bản chung",
            f"“{seen.lifecycle.label.en}” has no “{way.trigger}” that a paper of many cases may make",
            way.trigger,
        )
    case_state = seen.lifecycle.states[seen.row["state"]].label
    live = _live(seen, agencies) if on_referral else []
    if on_referral and not live and not seen.lifecycle.states[seen.row["state"]].final:
        return _said(
            f"Chưa làm được «{row.label.vi}»: hồ sơ không ở cơ quan này (đang ở «{case_state.vi}»)",
            f"“{row.label.en}” is not possible: the case is not with this agency (it is in “{case_state.en}”)",
            way.trigger,
        )
    where = table.states[live[0]["state"]].label if live else case_state
    return _said(
        f"Chưa làm được «{row.label.vi}»: đang ở «{where.vi}»",
        f"“{row.label.en}” is not possible in “{where.en}”",
        way.trigger,
    )


def _said(vi: str, en: str, trigger: str) -> Refused:
    return Refused(Text(vi, en), trigger=trigger)
