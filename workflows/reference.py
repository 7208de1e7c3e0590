"""Loads what is the same for every council: calendar, regulations, fields, central bodies, provinces.

Running it again changes nothing. Identifiers come from the codes, so they are the same in every installation.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib.resources import files
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Table, and_, insert, select, update

from deadlines.announcements import Announcement, shipped_announcements, shipped_edition
from deadlines.calendar import build_calendar
from deadlines.limits import Regulation, TimeLimit
from deadlines.loading import regulation_to_json, shipped_regulations
from models.columns import table_of
from models.councils import Agency, Council, Locality, Taxon
from models.timing import CalendarDay, CalendarVersion, LimitRow
from models.timing import Regulation as RegulationRow
from models.units import WriteUnit

Row = dict[str, Any]
_NAMESPACE = UUID("7a0d3c52-5f0e-5c1a-9d0b-646f6e646f63")
_FIELD = "field"


def reference_id(what: str, code: str) -> UUID:
    """Return the identifier of a reference row, the same everywhere: `what` is "agency", "locality", "regulation"."""
    return uuid5(_NAMESPACE, f"{what}:{code}")


def load_reference(unit: WriteUnit) -> int:
    """Bring the reference rows to what this version ships; return the number of rows written (0: nothing new).

    Lists follow the shipped ones. A calendar version and a regulation version never change once loaded, because clocks
    are pinned to them. Councils learn by their `reference_version` that something is new.
    """
    written = _load_calendar(unit) + _load_regulations(unit)
    written += _keep(unit, table_of(Taxon), _fields())
    written += _keep(unit, table_of(Agency), _agencies())
    written += _keep(unit, table_of(Locality), _localities())
    if written:
        council = table_of(Council)
        unit.run(update(council).values(reference_version=council.c.reference_version + 1))
    return written


def _load_calendar(unit: WriteUnit) -> int:
    announcements = shipped_announcements()
    calendar = build_calendar(announcements, edition=shipped_edition())
    version: Row = {
        "version": calendar.version,
        "first_year": calendar.first_year,
        "last_year": calendar.last_year,
        "created_at": unit.now,
    }
    if not _add(unit, table_of(CalendarVersion), [version]):
        return 0
    return 1 + _add(unit, table_of(CalendarDay), [_day(row, calendar.version) for row in announcements])


def _day(row: Announcement, version: str) -> Row:
    return {
        "version": version,
        "day": row.day,
        "kind": row.kind.value,
        "name_vi": row.name.vi,
        "name_en": row.name.en,
        "source": row.source,
        "status": row.status.value,
        "enabled": row.enabled,
    }


def _load_regulations(unit: WriteUnit) -> int:
    written = 0
    for regulation in shipped_regulations():
        row = regulation_row(regulation) | {"created_at": unit.now}
        if _add(unit, table_of(RegulationRow), [row]):
            written += 1 + _add(unit, table_of(LimitRow), [limit_row(row["id"], limit) for limit in regulation.limits])
    return written


def regulation_row(regulation: Regulation) -> Row:
    """Return the row of a regulation, without `created_at`; its content is canonical JSON."""
    content = regulation_to_json(regulation)
    return {
        "id": reference_id("regulation", f"{regulation.code}:{regulation.version}"),
        "code": regulation.code,
        "version": regulation.version,
        "title": regulation.title.vi,
        "status": regulation.status.value,
        "source": regulation.source,
        "content": content,
        "digest": hashlib.sha256(content.encode()).hexdigest(),
    }


def limit_row(regulation_id: UUID, limit: TimeLimit) -> Row:
    """Return the row that lists one limit of a regulation."""
    return {
        "regulation_id": regulation_id,
        "code": limit.code,
        "kind": limit.applies.get("kind", ""),
        "role": limit.role,
        "effect": limit.effect.value,
        "status": limit.status.value,
        "enabled": limit.enabled,
        "citation": limit.citation,
    }


# --- lists --------------------------------------------------------------------------------------------------------


def _fields() -> list[Row]:
    return [
        {
            "scheme": _FIELD,
            "code": row["code"],
            "name_vi": row["name_vi"],
            "name_en": row["name_en"],
            "parent": row["parent"] or None,
            "aliases": _aliases(row),
        }
        for row in _listed("fields.csv")
    ]


def _agencies() -> list[Row]:
    """List the central bodies; a body comes after its successor, whose row it names."""
    rows = [
        {
            "id": reference_id("agency", row["code"]),
            "council_id": None,
            "code": row["code"],
            "name": row["name"],
            "kind": row["kind"],
            "level": row["level"],
            "aliases": _aliases(row),
            "valid_from": _date(row["valid_from"]),
            "valid_to": _date(row["valid_to"]),
            "successor_id": reference_id("agency", row["successor"]) if row["successor"] else None,
        }
        for row in _listed("agencies.csv")
    ]
    return sorted(rows, key=lambda row: row["successor_id"] is not None)


def _localities() -> list[Row]:
    return [
        {
            "id": reference_id("locality", row["code"]),
            "council_id": None,
            "code": row["code"],
            "name": row["name"],
            "aliases": _aliases(row),
        }
        for row in _listed("localities.csv")
    ]


def _listed(name: str) -> Iterator[Mapping[str, str]]:
    text = (files("workflows") / "reference_lists" / name).read_text(encoding="utf-8")
    return csv.DictReader(io.StringIO(text, newline=""))


def _aliases(row: Mapping[str, str]) -> str:
    return json.dumps([alias.strip() for alias in row["aliases"].split(";") if alias.strip()], ensure_ascii=False)


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


# --- rows ---------------------------------------------------------------------------------------------------------


def _add(unit: WriteUnit, table: Table, rows: list[Row]) -> int:
    """Insert the rows whose key is not there yet; those that are stay as they are."""
    there = _present(unit, table)
    new = [row for row in rows if _key(table, row) not in there]
    if new:
        unit.run(insert(table), new)
    return len(new)


def _keep(unit: WriteUnit, table: Table, rows: Iterable[Row]) -> int:
    """Insert the rows that are not there and bring changed ones up to date."""
    there = _present(unit, table)
    changed = [row for row in rows if not row.items() <= there.get(_key(table, row), {}).items()]
    for row in changed:
        if _key(table, row) in there:
            same = and_(*(column == row[column.name] for column in table.primary_key))
            unit.run(update(table).where(same).values(**row))
        else:
            unit.run(insert(table).values(**row))
    return len(changed)


def _present(unit: WriteUnit, table: Table) -> dict[tuple[Any, ...], Row]:
    rows = (dict(row) for row in unit.read(select(table)).mappings())
    return {_key(table, row): row for row in rows}


def _key(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key)
