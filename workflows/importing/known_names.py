"""The names that a council's list may use: its agencies, localities, fields, sessions, rounds and channels.

Read once for a whole list. A name of the council's own wins over the same name of a body or place above it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from models.cases import Case
from models.columns import table_of
from models.councils import Agency, CouncilSession, Locality, Taxon
from models.details import ContactRound
from models.units import Unit
from states.contact_round import CONTACT_ROUND
from states.facts import Actor, AgencyFacts
from states.vocabulary import AgencyKind, Channel, Level
from workflows.access import Setting
from workflows.importing.matching import Match, Matcher
from workflows.visibility import visible

_agency, _locality, _taxon = table_of(Agency), table_of(Locality), table_of(Taxon)
_session, _case, _round = table_of(CouncilSession), table_of(Case), table_of(ContactRound)

Named = tuple[str, str, str, Iterable[str]]

# What offices write for the channels besides their labels.
_CHANNELS: Mapping[Channel, tuple[str, ...]] = {
    Channel.CONFERENCE: ("Tiếp xúc cử tri", "TXCT", "Hội nghị TXCT", "Hội nghị", "Tiếp xúc trực tiếp"),
    Channel.RECEPTION: ("Buổi tiếp công dân", "TCD", "Trực tiếp tại trụ sở"),
    Channel.LETTER: ("Đơn", "Thư", "Đơn, thư", "Đơn kiến nghị", "Bưu điện", "Văn bản"),
    Channel.HOTLINE: ("Điện thoại", "Gọi điện", "Qua điện thoại", "Hotline"),
    Channel.PORTAL: (
        "Cổng thông tin điện tử",
        "Cổng TTĐT",
        "Trang thông tin điện tử",
        "Ứng dụng",
        "Email",
        "Thư điện tử",
        "Zalo",
    ),
    Channel.COLLECTED: ("Tổng hợp", "Phiếu thu thập ý kiến", "Thu thập bằng văn bản"),
    Channel.OTHER: ("Khác",),
}


class Names:
    """Names of one sort, the council's own first where a wording fits several."""

    def __init__(self, own: Iterable[Named], common: Iterable[Named] = ()) -> None:
        mine = tuple(own)
        taken = {code for code, *_ in mine}
        self._own: Matcher[str] = Matcher(mine)
        self._all: Matcher[str] = Matcher([*mine, *(entry for entry in common if entry[0] not in taken)])

    def match(self, written: str) -> Match[str]:
        """Return the code that `written` stands for, or why there is none."""
        found = self._all.match(written)
        if found.key is not None:
            return found
        mine = self._own.match(written)
        return mine if mine.key is not None else found


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNames:
    """All names of one council; the keys are the codes that an entry takes. `heirs` leads to bodies still in office.

    `bodies` are the agencies as facts, by code; `own` are the codes of the council's own.
    """

    agencies: Names
    bodies: Mapping[str, AgencyFacts]
    own: frozenset[str]
    heirs: Mapping[str, str]
    localities: Names
    fields: Names
    sessions: Names
    rounds: Names
    channels: Names


def known_names(unit: Unit, *, setting: Setting, actor: Actor, today: date) -> KnownNames:
    """Return the names of a council; rounds only as far as `actor` may see them."""
    agencies = _agencies(unit, setting.council)
    localities = _own_or_common(unit, _locality, setting.council)
    return KnownNames(
        agencies=Names(*_halves(agencies)),
        bodies={row["code"]: _facts(row) for row in sorted(agencies, key=lambda row: row["council_id"] is not None)},
        own=frozenset(row["code"] for row in agencies if row["council_id"] is not None),
        heirs=_heirs(agencies, today),
        localities=Names(*_halves(localities)),
        fields=Names(
            (row.code, row.code, row.name_vi, (row.name_en, *json.loads(row.aliases)))
            for row in unit.read(select(_taxon).where(_taxon.c.scheme == "field"))
        ),
        sessions=Names(
            (row.code, row.code, row.name, ())
            for row in unit.read(select(_session).where(_session.c.council_id == setting.council))
        ),
        rounds=Names((row.code, row.code, row.name, ()) for row in _rounds(unit, setting.council, actor)),
        channels=Names((c.value, c.value, c.label.vi, (c.label.en, *_CHANNELS[c])) for c in Channel),
    )


def _agencies(unit: Unit, council: UUID) -> list[Mapping[str, Any]]:
    return _own_or_common(unit, _agency, council)


def _own_or_common(unit: Unit, table: Any, council: UUID) -> list[Mapping[str, Any]]:
    theirs = or_(table.c.council_id == council, table.c.council_id.is_(None))
    return [dict(row) for row in unit.read(select(table).where(theirs).order_by(table.c.code)).mappings()]


def _halves(rows: Iterable[Mapping[str, Any]]) -> tuple[list[Named], list[Named]]:
    """Return the council's own names and those of bodies or places above it."""
    halves: tuple[list[Named], list[Named]] = ([], [])
    for row in rows:
        halves[row["council_id"] is None].append((row["code"], row["code"], row["name"], _aliases(row)))
    return halves


def _facts(row: Mapping[str, Any]) -> AgencyFacts:
    return AgencyFacts(
        id=row["id"],
        code=row["code"],
        name=row["name"],
        kind=AgencyKind(row["kind"]),
        level=Level(row["level"]),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
    )


def _aliases(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(json.loads(row["aliases"]))


def _heirs(rows: Iterable[Mapping[str, Any]], today: date) -> dict[str, str]:
    """Map each body that has ended to the one that now has its work, where the chain of successors leads to one."""
    known = {row["id"]: row for row in rows}
    found: dict[str, str] = {}
    for row in known.values():
        heir, steps = row, 0
        while _has_ended(heir, today) and heir["successor_id"] in known and steps < len(known):
            heir, steps = known[heir["successor_id"]], steps + 1
        if heir is not row and not _has_ended(heir, today):
            found[row["code"]] = heir["code"]
    return found


def _has_ended(row: Mapping[str, Any], today: date) -> bool:
    return row["valid_to"] is not None and row["valid_to"] < today


def _rounds(unit: Unit, council: UUID, actor: Actor) -> Iterable[Any]:
    wanted = (
        select(_case.c.code, _round.c.name)
        .join(_round, _round.c.case_id == _case.c.id)
        .where(
            _case.c.council_id == council,
            _case.c.kind == CONTACT_ROUND.kind,
            _case.c.state != CONTACT_ROUND.void,
            visible(actor),
        )
        .order_by(_case.c.code)
    )
    return unit.read(wanted)
