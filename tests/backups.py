"""Installations with something in them to back up, and what tests ask of one that was restored."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from models.columns import table_of
from models.copying import copy_out, tables
from models.history import Document
from models.units import connect
from states.entries import DocumentSlip, Petitioner
from tests import made_files
from tests.conftest import sqlite_url
from tests.office import Office
from tests.servers.postgres import PostgresServer, database_name
from workflows import sealing, verifying
from workflows.backing_up.destination import Destination
from workflows.backing_up.making import BackedUp, back_up
from workflows.backing_up.restoring import Restored, restore
from workflows.filing import attaching
from workflows.filing.malware import NoScanner
from workflows.filing.store import DiskStore

KEY = b"a key that is kept outside"
VERSION = "0.1.0"
_document = table_of(Document)


@dataclass(frozen=True, slots=True)
class Place:
    """An installation: a database and a data folder."""

    url: str
    folder: Path

    @property
    def engine(self) -> str:
        """Return "sqlite" or "postgresql"."""
        return "sqlite" if self.url.startswith("sqlite") else "postgresql"

    @property
    def destination(self) -> Destination:
        """Return it as a place to restore into."""
        return Destination(url=self.url, data_dir=self.folder, files=self.files, seals=self.seals)

    @property
    def files(self) -> DiskStore:
        """Return its store."""
        return DiskStore(self.folder / "files")

    @property
    def seals(self) -> Path:
        """Return the folder of its exported seals."""
        return self.folder / "seals"

    def back_up(self, to: Path, **more: Any) -> BackedUp:
        """Back it up."""
        database = connect(self.url)
        try:
            return back_up(database, files=self.files, seals=self.seals, to=to, version=VERSION, **{"key": KEY, **more})
        finally:
            database.close()

    def restore(self, archive: Path, **more: Any) -> Restored:
        """Restore a backup into it."""
        return restore(archive, to=self.destination, **{"key": KEY, **more})

    def rows(self) -> dict[str, list[bytes]]:
        """Return all rows of all tables as they are stored, in no order."""
        database = connect(self.url, pool_size=1)
        try:
            with database.reading() as unit:
                return {
                    table.name: sorted(
                        b"".join(copy_out(unit.connection, table.name, list(table.columns.keys()))).splitlines()
                    )
                    for table in tables()
                }
        finally:
            database.close()

    def verdict(self) -> verifying.Verdict:
        """Verify its history and seals."""
        database = connect(self.url, pool_size=1)
        try:
            with database.reading() as unit:
                return verifying.verify(unit, key=KEY, exported=self.seals)
        finally:
            database.close()


@contextmanager
def empty_place(engine: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    """A place on `engine`, "sqlite" or "postgresql", in which nothing is yet; its data folder is `folder`."""
    if engine == "sqlite":
        yield Place(sqlite_url(folder / "dondoc.sqlite3"), folder)
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.create_database()
    yield Place(url, folder)
    server.drop_database(database_name(url))


def work(office: Office, place: Place) -> str:
    """Let the office work: petitions in several states, a letter with a file, a seal; return the digest of the file."""
    office.record(
        "Một\tdòng có tab,\nxuống dòng và \\ gạch chéo; \\N không phải rỗng", petitioner=Petitioner(name="Lò A")
    )
    code, (referral, _) = office.sent("UBND", "KT")
    office.go(code, "receive", date(2026, 8, 10), referral=referral)
    digest = attach(office, place.files, made_files.pdf())
    sealing.seal(office.database, key=KEY, export_to=place.seals)
    office.go(code, "answer", date(2026, 8, 20), referral=referral, claimed="explained", words="Đang xem xét")
    return digest


def attach(office: Office, store: DiskStore, content: bytes) -> str:
    """Bring a file to a letter and return its digest."""
    with store.spooling(most=1 << 20) as spool:
        spool.take(content)
        brought = attaching.bring(store, spool, name="bao-cao.pdf", scanner=NoScanner())
    with office.database.writing() as unit:
        attaching.attach(unit, document=letter(office), brought=brought, actor=office["charge"])
    return brought.digest


def letter(office: Office) -> UUID:
    """Return the letter that was sent."""
    with office.database.reading() as unit:
        found: UUID = unit.read(select(_document.c.id).where(_document.c.number == LETTER.number)).scalars().one()
        return found


LETTER = DocumentSlip(number="12/HĐND-TT", issued_on=date(2026, 8, 6))


def altered(archive: Path, to: Path, change: Callable[[dict[str, bytes]], None], *, honest: bool = False) -> Path:
    """Write a copy of an archive with its members changed; `honest` makes the manifest fit them again."""
    with zipfile.ZipFile(archive) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    if honest:
        manifest = json.loads(members["manifest.json"])
        manifest["members"] = {
            name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in members.items()
            if name != "manifest.json"
        }
        members["manifest.json"] = json.dumps({**manifest, "signature": None}).encode()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            new.writestr(name, content)
    return to


def with_manifest(archive: Path, to: Path, **values: Any) -> Path:
    """Write a copy of an archive whose manifest says something else, unsigned."""

    def change(members: dict[str, bytes]) -> None:
        told: Mapping[str, Any] = json.loads(members["manifest.json"])
        members["manifest.json"] = json.dumps({**told, "signature": None, **values}).encode()

    return altered(archive, to, change)
