"""Holds the seals against history and against their copies outside: numbers, links, signatures, entries, files.

A seal that does not hold is told by the first case and event that differ from it, wherever an authentic copy allows.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text, tuple_

from models.cases import Case
from models.columns import table_of
from models.history import Event, Seal
from models.units import Unit
from states.text import Text
from workflows.history import plain
from workflows.sealing import SIGNED, Reckoned, entries_of, file_of, signature
from workflows.verifying_chain import Fault

_seal, _event, _case = table_of(Seal), table_of(Event), table_of(Case)
Entry = tuple[str, int, str]
_AT_ONCE = 400
_FILE = re.compile(r"seal-(\d{6,})\.json")
_NOT_IN_HISTORY = text(
    "SELECT s.case_id, s.seq FROM seal_entry s LEFT JOIN event e ON e.case_id = s.case_id AND e.seq = s.seq"
    " WHERE e.hash IS NULL OR e.hash <> s.head_hash ORDER BY s.seal_n, s.case_id LIMIT :most"
).columns(case_id=_event.c.case_id.type, seq=_event.c.seq.type)


@dataclass(slots=True)
class SealCheck:
    """What came of checking the seals; `last` is the highest number, `notes` are no faults but worth knowing."""

    seals: int = 0
    last: int = 0
    faults: list[Fault] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Copy:
    """The file of a seal, read and found authentic."""

    row: Mapping[str, Any]
    entries: list[Entry]


class _Altered(Exception):
    """A file is no seal, or its digest or signature does not hold."""


def check_seals(unit: Unit, *, key: bytes | None, exported: Path | None, most_faults: int) -> SealCheck:
    """Check every seal; without `key` signatures stay unchecked, without `exported` there are no copies to compare."""
    done = SealCheck()
    if key is None:
        done.notes.append(Text("chưa kiểm tra chữ ký: thiếu khóa niêm phong", "signatures not checked: no seal key"))
    for entry in unit.read(_NOT_IN_HISTORY, {"most": most_faults}).all():
        done.faults.append(_at_entry(unit, entry.case_id, entry.seq))
    files = _files(exported)
    previous = ""
    for row in [dict(row) for row in unit.read(select(_seal).order_by(_seal.c.n)).mappings()]:
        copy = _copy_of(files.get(row["n"]), key, done)
        trouble = _trouble(unit, row, done.last + 1, previous, key) or _unlike_copy(row, copy)
        if trouble is not None:
            done.faults.append(_named(unit, row["n"], trouble, copy))
        previous, done.last, done.seals = row["signature"], row["n"], done.seals + 1
    _check_files(unit, files, exported, key, done)
    return done


def _trouble(unit: Unit, row: dict[str, Any], n: int, previous: str, key: bytes | None) -> Text | None:
    """Say what is wrong with the row of seal `n` and its entries."""
    if row["n"] != n:
        return Text(f"mất niêm phong số {n}", f"seal {n} is missing")
    if row["previous"] != previous:
        return Text("không nối tiếp niêm phong trước", "it does not follow the seal before it")
    reckoned = Reckoned(entries_of(unit, n))
    for _ in reckoned.pieces():
        pass
    if (reckoned.digest(), reckoned.cases, reckoned.events) != (row["digest"], row["cases"], row["events"]):
        return Text("danh mục niêm phong đã bị thay đổi", "its entries were altered")
    if key is not None and not hmac.compare_digest(signature(row, key), row["signature"]):
        return Text(
            "chữ ký không đúng (bị sửa, hoặc sai khóa)", "its signature does not hold (altered, or another key)"
        )
    return None


def _unlike_copy(row: Mapping[str, Any], copy: _Copy | None) -> Text | None:
    if copy is None or all(plain(row[name]) == plain(copy.row[name]) for name in (*SIGNED, "signature")):
        return None
    return Text("khác với tệp đã xuất", "it differs from its exported file")


def _named(unit: Unit, n: int, trouble: Text, copy: _Copy | None) -> Fault:
    """Tell a broken seal by the first case and event that differ from its authentic copy, else by its number."""
    place = next(_differing(unit, copy.entries), None) if copy is not None else None
    if place is not None:
        return _at_entry(unit, UUID(place[0]), place[1])
    return Fault(Text(f"niêm phong số {n}: {trouble.vi}", f"seal {n}: {trouble.en}"))


def _at_entry(unit: Unit, case_id: UUID, seq: int) -> Fault:
    code = unit.read(select(_case.c.code).where(_case.c.id == case_id)).scalar() or str(case_id)
    last = unit.read(select(func.max(_event.c.seq)).where(_event.c.case_id == case_id)).scalar() or 0
    if last < seq:
        what = Text(
            f"thiếu sự kiện từ số {last + 1} đến {seq}: đã niêm phong đến số {seq}",
            f"events {last + 1} to {seq} are missing: sealed up to {seq}",
        )
        return Fault(what, code, last + 1)
    what = Text(
        "lịch sử đến sự kiện này đã bị viết lại sau khi niêm phong",
        "history up to this event was rewritten after it was sealed",
    )
    return Fault(what, code, seq)


def _differing(unit: Unit, entries: Iterable[Entry]) -> Iterator[tuple[str, int]]:
    """Return the entries whose event is gone or has another hash."""
    left = iter(entries)
    while some := list(islice(left, _AT_ONCE)):
        places = [(UUID(case), seq) for case, seq, _ in some]
        wanted = select(_event.c.case_id, _event.c.seq, _event.c.hash).where(
            tuple_(_event.c.case_id, _event.c.seq).in_(places)
        )
        known = {(row.case_id.hex, row.seq): row.hash for row in unit.read(wanted)}
        yield from ((case, seq) for case, seq, head in some if known.get((case, seq)) != head)


def _files(folder: Path | None) -> dict[int, Path]:
    if folder is None or not folder.is_dir():
        return {}
    found = ((_FILE.fullmatch(path.name), path) for path in folder.iterdir())
    return {int(match[1]): path for match, path in found if match}


def _copy_of(path: Path | None, key: bytes | None, done: SealCheck) -> _Copy | None:
    if path is None:
        return None
    try:
        return _read(path, key)
    except _Altered:
        what = Text(f"tệp niêm phong {path.name} đã bị thay đổi", f"the exported file {path.name} was altered")
        done.faults.append(Fault(what))
        return None


def _read(path: Path, key: bytes | None) -> _Copy:
    try:
        content = json.loads(path.read_bytes())
        row = {**content, "sealed_at": datetime.fromisoformat(content["sealed_at"])}
        entries: list[Entry] = [(case, seq, head) for case, seq, head in content["entries"]]
        reckoned = Reckoned(iter(entries))
        for _ in reckoned.pieces():
            pass
        holds = reckoned.digest() == row["digest"]
        if key is not None:
            holds = holds and hmac.compare_digest(signature(row, key), row["signature"])
    except (ValueError, LookupError, TypeError) as error:
        raise _Altered(path.name) from error
    if not holds:
        raise _Altered(path.name)
    return _Copy(row, entries)


def _check_files(
    unit: Unit, files: Mapping[int, Path], folder: Path | None, key: bytes | None, done: SealCheck
) -> None:
    """Find files whose seal is gone from the database, and seals whose file is gone."""
    if folder is None:
        return
    for n in sorted(n for n in files if n > done.last):
        copy = _copy_of(files[n], key, done)
        if copy is not None:
            gone = Text("không còn trong cơ sở dữ liệu", "it is gone from the database")
            done.faults.append(_named(unit, n, gone, copy))
    newest = max(files, default=0)
    for n in range(1, done.last + 1):
        path = file_of(folder, n)
        if n in files:
            continue
        if n < newest:
            done.faults.append(Fault(Text(f"mất tệp niêm phong {path.name}", f"the exported file {path.name} is gone")))
        else:
            done.notes.append(
                Text(f"chưa xuất {path.name}: chạy lại lệnh niêm phong", f"{path.name} is not exported: seal again")
            )
