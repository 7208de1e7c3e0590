"""What was typed on a command line, turned into an entry: fields, days, papers, referrals, agencies."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin
from uuid import UUID

from sqlalchemy import or_, select

from api.cli.desk import read_day
from models.columns import table_of
from models.councils import Agency
from models.units import Unit
from states.entries import DocumentSlip
from states.errors import BadInput, UnknownTrigger
from states.kinds import lifecycle_of
from states.lifecycle import Transition
from states.paper_acts import PaperAct
from states.text import Text
from workflows.access import Seen, Setting
from workflows.enacting.paper import rows_of

_YES = frozenset({"có", "co", "yes", "true", "1"})
_NO = frozenset({"không", "khong", "no", "false", "0"})
_DAYS = re.compile(r"([0-9]{1,5})\s*(?:d|ngày|ngay)?")
_PAPER = re.compile(r"\s*(?:;|,?\s+ngày\s+)\s*")


def birth_row(kind: str) -> Transition:
    """Return the row by which a case of `kind` is born."""
    return next(row for row in lifecycle_of(kind).transitions if not row.source)


def row_of(seen: Seen, trigger: str, *, of_referral: bool) -> Transition:
    """Return the row whose form is filled in.

    Raises: UnknownTrigger naming the triggers there are.
    """
    table = seen.lifecycle.referral if of_referral and seen.lifecycle.referral else seen.lifecycle
    row = table.row(trigger)
    if row is None:
        known = list(seen.lifecycle.triggers)
        known += [t for t in (seen.lifecycle.referral.triggers if seen.lifecycle.referral else ()) if t not in known]
        said = ", ".join(known)
        raise UnknownTrigger(
            Text(f"Không có việc «{trigger}»; các việc có: {said}", f"No trigger “{trigger}”; known: {said}"),
            trigger=trigger,
        )
    return row


def referral_of(unit: Unit, seen: Seen, trigger: str, written: str | None) -> UUID | None:
    """Return the referral that is meant: the one named, or the only one that can take `trigger`; None for the case.

    Raises: BadInput when none or several fit.
    """
    table = seen.lifecycle.referral
    if table is None or (written is None and seen.lifecycle.row(trigger) is not None):
        return None
    if written is not None:
        return _named_referral(unit, seen, written)
    if table.row(trigger) is None:
        return None
    fitting = [r["id"] for r in seen.referrals if (r["state"], trigger) in table.edges_from]
    if len(fitting) == 1:
        found: UUID = fitting[0]
        return found
    raise BadInput({"--referral": _choose(unit, seen)})


def _named_referral(unit: Unit, seen: Seen, written: str) -> UUID:
    if written.isdecimal() and 1 <= int(written) <= len(seen.referrals):
        found: UUID = seen.referrals[int(written) - 1]["id"]
        return found
    codes = _codes(unit, seen)
    last = [r["id"] for r in seen.referrals if codes[r["agency_id"]] == written.strip().upper()]
    if not last:
        raise BadInput({"--referral": _choose(unit, seen)})
    newest: UUID = last[-1]
    return newest


def _choose(unit: Unit, seen: Seen) -> Text:
    table = seen.lifecycle.referral
    codes = _codes(unit, seen)
    if not seen.referrals or table is None:
        return Text("Hồ sơ chưa có lần chuyển nào", "The case has no referral yet")
    said = [(n, codes[r["agency_id"]], table.states[r["state"]].label) for n, r in enumerate(seen.referrals, start=1)]
    return Text(
        "Nêu rõ lần chuyển bằng --referral: " + "; ".join(f"{n} = {code} ({s.vi})" for n, code, s in said),
        "Name the referral by --referral: " + "; ".join(f"{n} = {code} ({s.en})" for n, code, s in said),
    )


def _codes(unit: Unit, seen: Seen) -> dict[UUID, str]:
    table = table_of(Agency)
    ids = [r["agency_id"] for r in seen.referrals]
    return {row.id: row.code for row in unit.read(select(table.c.id, table.c.code).where(table.c.id.in_(ids)))}


def agency(unit: Unit, setting: Setting, code: str) -> UUID:
    """Return the agency with this code, the council's own before those above it.

    Raises: BadInput.
    """
    table = table_of(Agency)
    theirs = or_(table.c.council_id == setting.council, table.c.council_id.is_(None))
    wanted = select(table.c.id, table.c.council_id).where(theirs, table.c.code == code.strip().upper())
    rows = sorted(unit.read(wanted).all(), key=lambda row: row.council_id is None)
    if not rows:
        raise BadInput({"agency": Text(f"Không có cơ quan mã {code}", f"There is no agency {code}")})
    found: UUID = rows[0].id
    return found


def values_of(row: Transition, pairs: Sequence[str], *, today: date) -> dict[str, Any]:
    """Return the fields written as name=value: days as people write them, lists by commas, yes and no by words.

    A dotted name ("values.due_on") goes into a group. Raises: BadInput naming the field.
    """
    found: dict[str, Any] = {}
    for pair in pairs:
        name, has_value, value = pair.partition("=")
        if not has_value or not name.strip():
            raise BadInput({"--set": Text(f"«{pair}»: viết tên=giá trị", f"“{pair}”: write name=value")})
        group, _, inner = name.strip().partition(".")
        if inner:
            found.setdefault(group, {})[inner] = _value(None, inner, value.strip(), today)
        else:
            info = row.needs.model_fields.get(group)
            found[group] = _value(info.annotation if info else None, group, value.strip(), today)
    return found


def values_for_act(
    act: PaperAct | None, pairs: Sequence[str], *, today: date, triggers: Collection[str] = ()
) -> dict[str, Any]:
    """Return the fields of what a paper does, or of the moves it says itself, written as name=value.

    Raises: BadInput naming the field.
    """
    found: dict[str, Any] = {}
    for pair in pairs:
        name, has_value, value = pair.partition("=")
        if not has_value or not name.strip():
            raise BadInput({"--set": Text(f"«{pair}»: viết tên=giá trị", f"“{pair}”: write name=value")})
        rows = rows_of(act, triggers) if act is not None else []
        found[name.strip()] = value_for(rows, name.strip(), value.strip(), place=name.strip(), today=today)
    return found


def value_for(rows: Iterable[Transition], name: str, written: str, *, place: str, today: date) -> Any:
    """Return a value as the first of these moves that has the field takes it: a day, a list, yes or no, else the words.

    Raises: BadInput naming the place where it stands.
    """
    info = next((row.needs.model_fields[name] for row in rows if name in row.needs.model_fields), None)
    return _value(info.annotation if info else None, place, written, today)


def _value(wanted: Any, name: str, written: str, today: date) -> Any:
    kinds = {get_origin(kind) or kind for kind in _kinds(wanted)}
    if date in kinds:
        return read_day(written, field=name, today=today)
    if tuple in kinds:
        return tuple(part.strip() for part in written.split(",") if part.strip())
    if bool in kinds and written.lower() in _YES | _NO:
        return written.lower() in _YES
    return written


def _kinds(wanted: Any) -> tuple[Any, ...]:
    """Return the types that a field takes, None left out."""
    if get_origin(wanted) in {Union, UnionType}:
        return tuple(kind for kind in get_args(wanted) if kind is not NoneType)
    return (wanted,)


def paper(written: str | None, issuer: str | None, signer: str | None, *, today: date) -> DocumentSlip | None:
    """Return the paper written as "12/HĐND-TT; 06/08/2026" (or with "ngày"); its date may be left out.

    Raises: BadInput.
    """
    if written is None:
        if issuer or signer:
            raise BadInput({"--document": Text("Chưa nêu văn bản bằng --document", "Name the paper by --document")})
        return None
    number, *dated = _PAPER.split(written.strip(), maxsplit=1)
    issued = read_day(dated[0], field="--document", today=today) if dated and dated[0].strip() else None
    return DocumentSlip(number=number.strip() or None, issued_on=issued, issuer=issuer, signer=signer)


def days(written: str) -> int:
    """Return a number of days written as 30, 30d or "30 ngày".

    Raises: BadInput.
    """
    found = _DAYS.fullmatch(written.strip().lower())
    if found is None:
        raise BadInput({"--within": Text(f"«{written}»: viết số ngày, ví dụ 30d", f"“{written}”: write 30d")})
    return int(found[1])
