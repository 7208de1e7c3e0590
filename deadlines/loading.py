"""Regulations as files and as text: read with every check, written so that they read back equal.

The same table shape is used in TOML files and in the canonical JSON (RFC 8785) of a database column.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.resources import files
from typing import Any

import rfc8785

from deadlines.errors import RegulationInvalid
from deadlines.fields import Fields, written_length
from deadlines.ladders import read_ladder
from deadlines.limits import ANCHORS, Cap, Regulation, TimeLimit, overlapping
from deadlines.reading import ROLLS, read_limit
from states.reckoning import Direction, LimitStatus
from states.text import Text

_CODE = re.compile(r"[a-z0-9][a-z0-9.-]*")


def shipped_regulations() -> tuple[Regulation, ...]:
    """Return the regulations that come with Dondoc, by code."""
    folder = files("deadlines") / "regulations"
    found = [parse_regulation(f.read_text(encoding="utf-8"), origin=f.name) for f in folder.iterdir() if f.is_file()]
    return tuple(sorted(found, key=lambda regulation: regulation.code))


def parse_regulation(text: str, *, origin: str) -> Regulation:
    """Read a regulation from TOML. Raises `RegulationInvalid` naming `origin`, the limit and the field."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegulationInvalid(
            Text(f"{origin} không phải tệp TOML đúng: {error}.", f"{origin} is not valid TOML: {error}."), file=origin
        ) from None
    return regulation_from_dict(content, origin=origin)


def regulation_from_json(text: str, *, origin: str = "database") -> Regulation:
    """Read a regulation from the JSON that `regulation_to_json` wrote."""
    return regulation_from_dict(json.loads(text), origin=origin)


def regulation_to_json(regulation: Regulation) -> str:
    """Write a regulation as canonical JSON (RFC 8785): equal regulations give equal bytes."""
    return rfc8785.dumps(regulation_to_dict(regulation)).decode()


def regulation_from_dict(content: Mapping[str, Any], *, origin: str) -> Regulation:
    """Read and check a regulation: every field, every ladder, and that no two limits match one circumstance."""
    top = Fields.over(content, origin=origin, where="file")
    head = Fields.over(content.get("regulation"), origin=origin, where="regulation")
    ladders = tuple(read_ladder(row, origin=origin, number=n) for n, row in enumerate(top.rows("ladder"), start=1))
    regulation = Regulation(
        code=_code(head),
        version=head.text("version"),
        title=head.both("title"),
        status=head.word("status", LimitStatus),
        source=head.text("source"),
        in_force_from=head.optional_date("in_force_from"),
        in_force_to=head.optional_date("in_force_to"),
        limits=(),
        ladders=ladders,
    )
    head.done()
    rows = enumerate(top.rows("limit"), start=1)
    limits = tuple(read_limit(row, regulation, origin=origin, number=n) for n, row in rows)
    top.has("regulation")
    top.done()
    _check_codes(top, "limit", [limit.code for limit in limits])
    _check_codes(top, "ladder", [ladder.code for ladder in ladders])
    check_unambiguous(limits, origin=origin)
    return replace(regulation, limits=limits)


def check_unambiguous(limits: Iterable[TimeLimit], *, origin: str) -> None:
    """Prove that at most one of `limits` matches each kind, role, circumstance and day; else name the two."""
    for a, b in overlapping(limits):
        raise RegulationInvalid(
            Text(
                f"{origin}, {a.code} và {b.code}, «applies»: cùng áp dụng cho một trường hợp của «{a.role}»."
                " Hãy phân biệt bằng một điều kiện.",
                f"{origin}, {a.code} and {b.code}, `applies`: both match one circumstance of {a.role!r}."
                " Tell them apart by a condition.",
            ),
            file=origin,
            limit=a.code,
            other=b.code,
            field="applies",
        )


def regulation_to_dict(regulation: Regulation) -> dict[str, Any]:
    """Return the regulation as plain values in the shape of a file; dates are ISO texts."""
    head = {
        "code": regulation.code,
        "version": regulation.version,
        "title": regulation.title._asdict(),
        "status": regulation.status.value,
        "source": regulation.source,
        "in_force_from": regulation.in_force_from and regulation.in_force_from.isoformat(),
        "in_force_to": regulation.in_force_to and regulation.in_force_to.isoformat(),
    }
    return {
        "regulation": _present(head),
        "limit": [_limit_to_dict(limit) for limit in regulation.limits],
        "ladder": [ladder.to_dict() for ladder in regulation.ladders],
    }


def _code(head: Fields) -> str:
    code = head.text("code")
    if not _CODE.fullmatch(code):
        raise head.wrong("code", "chỉ gồm chữ thường, số, dấu chấm, gạch nối", "is made of a-z, 0-9, dots and hyphens")
    return code


def _check_codes(top: Fields, name: str, codes: list[str]) -> None:
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        raise top.wrong(name, f"mã «{code}» dùng hai lần", f"the code {code!r} is used twice")


def _present(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, (), [], {})}


def _limit_to_dict(limit: TimeLimit) -> dict[str, Any]:
    return _present(
        {
            "code": limit.code,
            "label": limit.label._asdict(),
            "role": limit.role,
            "applies": dict(limit.applies),
            **_start_to_dict(limit),
            "provisional_from": limit.provisional_from and limit.provisional_from.value,
            "length": limit.length and written_length(limit.length),
            "rolls": ROLLS[limit.roll],
            "met_by": [m.value for m in limit.met_by],
            "met_by_all": limit.met_by_all or None,
            "cancelled_by": [m.value for m in limit.cancelled_by],
            "pauses_on": [m.value for m in limit.pauses_on],
            "resumes_on": [m.value for m in limit.resumes_on],
            "extended_by": [m.value for m in limit.extended_by],
            "max_extension": limit.max_extension and written_length(limit.max_extension),
            "not_after": limit.not_after and _cap_to_dict(limit.not_after),
            "restarts_on": [m.value for m in limit.restarts_on],
            "keeps_running": limit.keeps_running,
            "per": limit.per.value,
            "effect": limit.effect.value,
            "citation": limit.citation,
            "confidence": limit.confidence,
            "status": limit.status.value,
            "enabled": limit.enabled,
            "ladder": limit.ladder,
            "options": {
                "pause": limit.options.pause,
                "extension": limit.options.extension,
                "not_after": limit.options.not_after,
            },
        }
    )


def _start_to_dict(limit: TimeLimit) -> dict[str, Any]:
    if limit.anchor in ANCHORS:
        return {"before" if limit.direction is Direction.BACKWARD else "after": limit.anchor}
    if limit.after_clock is not None:
        return {"starts": f"due of {limit.after_clock}"}
    return {"starts": [m.value for m in limit.starts]} | ({"due": limit.given} if limit.given else {})


def _cap_to_dict(cap: Cap) -> dict[str, Any]:
    return {"before": cap.anchor, "length": written_length(cap.length), "rolls": ROLLS[cap.roll]}
