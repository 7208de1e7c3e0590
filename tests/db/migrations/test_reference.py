"""The reference rows that every migrated database has."""

from __future__ import annotations

import csv
import json
import unicodedata
from pathlib import Path

from sqlalchemy import select, text, update

from deadlines.announcements import shipped_announcements, shipped_edition
from deadlines.calendar import build_calendar
from deadlines.loading import regulation_from_json, shipped_regulations
from models.columns import table_of
from models.councils import Agency, Locality, Taxon
from models.timing import CalendarDay, CalendarVersion, LimitRow, Regulation
from models.units import Database
from states.vocabulary import AgencyKind, Level
from workflows.importing.matching import Matcher
from workflows.reference import load_reference, reference_id

NOT_AN_AGENCY = {"", "cqk"}  # "cơ quan khác" names no body
COMMITTEES_AND_BODIES = {
    "ubpl", "ubkt", "ubtp", "ubcvd", "ubtcns", "ubkhcn", "ubqpan", "ubqp", "ubvh", "bctdb", "BDN",
    "vpqh", "btctw", "ktnn", "dtncshcm", "mttqvn", "Hoi lien hiep htx vn",
}  # fmt: skip
SEVERAL_FIELDS = {"", "csc", "cscb", "csvc", "CSVC"}  # policies, staff and equipment of more than one field


def test_loading_again_writes_nothing(database: Database) -> None:
    with database.writing() as unit:
        assert load_reference(unit) == 0


def test_the_calendar_in_the_tables_is_the_shipped_one(database: Database) -> None:
    calendar = build_calendar(shipped_announcements(), edition=shipped_edition())
    with database.reading() as unit:
        versions = unit.read(select(table_of(CalendarVersion).c.version)).scalars().all()
        days = unit.read(select(table_of(CalendarDay))).all()
    assert versions == [calendar.version]
    assert {(row.day, row.kind, row.status, row.enabled) for row in days} == {
        (row.day, row.kind.value, row.status.value, row.enabled) for row in shipped_announcements()
    }


def test_every_shipped_regulation_reads_back_from_its_row(database: Database) -> None:
    with database.reading() as unit:
        rows = unit.read(select(table_of(Regulation))).all()
        limits = unit.read(select(table_of(LimitRow).c.regulation_id, table_of(LimitRow).c.code)).all()
    found = {row.code: regulation_from_json(row.content) for row in rows}
    assert found == {regulation.code: regulation for regulation in shipped_regulations()}
    assert {
        (reference_id("regulation", f"{r.code}:{r.version}"), limit.code) for r in found.values() for limit in r.limits
    } == {(row.regulation_id, row.code) for row in limits}


def test_a_changed_alias_is_brought_back_and_councils_are_told(database: Database) -> None:
    _open_council(database)
    agency = table_of(Agency)
    with database.writing() as unit:
        unit.run(update(agency).where(agency.c.code == "BYT").values(aliases="[]"))
        assert load_reference(unit) == 1
    with database.reading() as unit:
        aliases = unit.read(select(agency.c.aliases).where(agency.c.code == "BYT")).scalar_one()
        version = unit.read(text("SELECT reference_version FROM council")).scalar_one()
    assert json.loads(aliases) == ["byt"]
    assert version == 2


def test_fields_have_two_levels(database: Database) -> None:
    with database.reading() as unit:
        rows = unit.read(select(table_of(Taxon))).all()
    groups = {row.code for row in rows if row.parent is None}
    assert len(groups) == 5
    assert {row.parent for row in rows if row.parent} <= groups
    assert len(rows) > 50


def test_dissolved_ministries_name_their_successors(database: Database) -> None:
    with database.reading() as unit:
        rows = unit.read(select(table_of(Agency)).where(table_of(Agency).c.valid_to.is_not(None))).all()
        there = set(unit.read(select(table_of(Agency).c.id)).scalars())
    assert len(rows) == 7
    assert all(row.successor_id in there for row in rows)
    assert {row.kind for row in rows} == {AgencyKind.MINISTRY.value}
    assert {row.level for row in rows} == {Level.CENTRAL.value}


def test_the_codes_of_the_national_list_are_known(database: Database, shared_data: Path) -> None:
    with (shared_data / "petitions_national_assembly_1573.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [{k: unicodedata.normalize("NFC", v).strip() for k, v in row.items()} for row in csv.DictReader(file)]
    agencies, localities, fields = _matchers(database)
    assert {r["Bộ, ngành"] for r in rows if agencies.find(r["Bộ, ngành"]) is None} == NOT_AN_AGENCY
    assert {r["Địa phương"] for r in rows if localities.find(r["Địa phương"]) is None} == set()
    unknown = {r["Lĩnh vực"] for r in rows if fields.find(r["Lĩnh vực"]) is None}
    assert unknown == COMMITTEES_AND_BODIES | SEVERAL_FIELDS


def _matchers(database: Database) -> tuple[Matcher[str], Matcher[str], Matcher[str]]:
    with database.reading() as unit:
        agencies = unit.read(select(table_of(Agency))).all()
        places = unit.read(select(table_of(Locality))).all()
        taxa = unit.read(select(table_of(Taxon))).all()
    return (
        Matcher((row.code, row.code, row.name, json.loads(row.aliases)) for row in agencies),
        Matcher((row.code, row.code, row.name, json.loads(row.aliases)) for row in places),
        Matcher((row.code, row.code, row.name_vi, json.loads(row.aliases)) for row in taxa),
    )


def _open_council(database: Database) -> None:
    with database.writing() as unit:
        unit.run(
            text(
                "INSERT INTO council (id, code, name, level, sample, reference_version, created_at) "
                "VALUES ('01900000000070008000000000000001', 'QK', 'Quốc Khánh', 'commune', false, 1, :now)"
            ),
            {"now": unit.now.isoformat() if unit.dialect == "sqlite" else unit.now},
        )
