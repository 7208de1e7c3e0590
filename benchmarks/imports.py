"""Importing a list beside the bare SQL floor: inserting the very rows that the import wrote, by hand, in one commit.

The floor reads no file, matches no name, looks for no known text, and hashes no event. Memory
is the highest resident size of the importing process, which does nothing else.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import psycopg
import pysqlite3.dbapi2 as fixed_sqlite

from benchmarks.figures import megabytes_of
from models.cases import Case
from models.units import connect
from models.writing import INSERT_ORDER
from workflows import accounts, councils
from workflows.importing.taking import ImportOrder, take_petitions
from workflows.migrating import upgrade

TODAY = date(2026, 11, 21)
ROWS = 1_573
WRITTEN = (*(name for name in INSERT_ORDER if name not in {"contact_round", "referral", "clock"}), "code_series")
HAMLETS = ("Nà Pát", "Co Muông", "Huổi Sản", "Pá Khôm", "Bản Lướt", "Nà Tấu")
MATTERS = ("sửa chữa mặt đường", "khoan thêm giếng nước", "kéo đường dây điện", "nạo vét mương thủy lợi", "thu gom rác")


class Measured(NamedTuple):
    """Seconds of the import, of the floor, petitions written, and megabytes of the importing process."""

    ours: float
    floor: float
    written: int
    megabytes: int


def measure(url: str, floor_url: str, path: Path) -> Measured:
    """Import `path` into the empty database at `url`, then insert the same rows into the empty one at `floor_url`."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        ours, written, megabytes = pool.apply(import_once, (url, str(path)))
    upgrade(floor_url)
    with _raw(url) as source, _raw(floor_url) as target:
        tables = [table.name for table in Case.metadata.sorted_tables]
        _copy(source, target, [name for name in tables if name not in WRITTEN])
        rows = {name: _all(source, name) for name in WRITTEN}
        began = time.perf_counter()
        for name, (columns, values) in rows.items():
            _insert(target, name, columns, values)
        target.commit()
        floor = time.perf_counter() - began
    return Measured(ours, floor, written, megabytes)


def import_once(url: str, path: str) -> tuple[float, int, int]:
    """Import a list into an empty database; return seconds, petitions written, megabytes."""
    upgrade(url)
    database = connect(url)
    try:
        with database.writing() as unit:
            operator = accounts.operator(unit, user="benchmark")
            spec = councils.CouncilSpec(code="DO", name="Hội đồng nhân dân xã Đo Lường")
            setting = councils.create(unit, spec=spec, actor=operator)
        order = ImportOrder(path=Path(path), partial=True)
        began = time.perf_counter()
        report = take_petitions(database, setting=setting, actor=operator, order=order, today=TODAY)
        took = time.perf_counter() - began
    finally:
        database.close()
    return took, report.written, megabytes_of()[0]


@contextmanager
def _raw(url: str) -> Iterator[Any]:
    if url.startswith("sqlite"):
        connection = fixed_sqlite.connect(url.split("///", 1)[1])
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
    else:
        parts = urlsplit(url)
        host = parse_qs(parts.query)["host"][0]
        connection = psycopg.connect(host=host, user=parts.username, dbname=parts.path.lstrip("/"))
    try:
        yield connection
    finally:
        connection.close()


def _copy(source: Any, target: Any, tables: Sequence[str]) -> None:
    """Copy the world around the cases: council, agencies, accounts."""
    for name in tables:
        columns, values = _all(source, name)
        _insert(target, name, columns, values, clash="ON CONFLICT DO NOTHING")
    target.commit()


def _all(source: Any, table: str) -> tuple[list[str], list[Any]]:
    cursor = source.execute(f'SELECT * FROM "{table}"')
    return [column[0] for column in cursor.description], cursor.fetchall()


def _insert(target: Any, table: str, columns: Sequence[str], values: Sequence[Any], *, clash: str = "") -> None:
    place = "?" if isinstance(target, fixed_sqlite.Connection) else "%s"
    names, places = ", ".join(f'"{name}"' for name in columns), ", ".join([place] * len(columns))
    cursor = target.cursor()
    cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places}) {clash}', values)


def invented_list(folder: Path) -> Path:
    """Write a list of 1,573 invented petitions, each with names to match."""
    path = folder / "danh-sach.csv"
    lines = ["STT;Nội dung kiến nghị;Địa phương;Lĩnh vực;Bộ, ngành"]
    for number in range(ROWS):
        hamlet, matter = HAMLETS[number % len(HAMLETS)], MATTERS[number % len(MATTERS)]
        told = f"Cử tri {hamlet} đề nghị {matter} đoạn số {number}, " + "hiện trạng đã xuống cấp, đi lại khó khăn " * 6
        lines.append(f"{number + 1};{told};{hamlet};dat;BTC")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
