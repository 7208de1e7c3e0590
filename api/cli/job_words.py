"""What was typed of a job, turned into its order: repeated words into lists, days as people write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin

from api.cli.desk import read_day
from api.shapes.job_orders import ASKINGS, filled, read_order, stored
from states.errors import BadInput
from states.text import Text
from workflows.working.kinds import kind_of

_YES, _NO = frozenset({"có", "co", "yes"}), frozenset({"không", "khong", "no"})


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a kind of job, as it is kept, and for which council."""

    council: str | None
    kept: dict[str, Any]


def read(kind: str, said: Sequence[str], *, file: Path | None, council: str | None, today: date) -> Order:
    """Return the order that was typed, read as the work will read it. Raises: NotFound, BadInput."""
    order = order_of(kind, said, file=file, council=council, today=today)
    asked = filled(kind, order, place="--set")
    read_order(kind, order, today)
    return Order(asked.council, stored(asked))


def order_of(kind: str, said: Sequence[str], *, file: Path | None, council: str | None, today: date) -> dict[str, Any]:
    """Return what is asked, with the council that every command takes and the name of the file.

    Raises: NotFound for the kind, BadInput for a word without "=" and for a day that is none.
    """
    shape = ASKINGS[kind_of(kind).name].shape
    order: dict[str, Any] = {} if council is None else {"council": council}
    if file is not None and "name" in shape.model_fields:
        order["name"] = file.name
    for word in said:
        name, sign, value = word.partition("=")
        if not sign or not name.strip():
            raise BadInput({"--set": Text(f"«{word}»: viết TÊN=GIÁ_TRỊ", f"“{word}”: write NAME=VALUE")})
        _put(order, name.strip(), value.strip(), shape.model_fields, today)
    return order


def _put(order: dict[str, Any], name: str, value: str, fields: Any, today: date) -> None:
    head, _, rest = name.partition(".")
    if rest and head in fields:
        # switches.LIMIT.OPTION=on: the limit has dots of its own, the option stands last.
        limit, _, option = rest.rpartition(".")
        order.setdefault(head, {}).setdefault(limit, {})[option] = _plain(value)
        return
    kinds = _kinds(fields[name].annotation) if name in fields else set()
    if list in kinds:
        order.setdefault(name, []).append(value)
    elif date in kinds:
        order[name] = read_day(value, field=name, today=today).isoformat()
    else:
        order[name] = _plain(value) if bool in kinds else value


def _kinds(annotation: Any) -> set[Any]:
    """Return what a field may hold: `date | None` holds a date."""
    origin = get_origin(annotation)
    if origin is list:
        return {list}
    parts = get_args(annotation)
    return set().union(*map(_kinds, parts)) if parts else {annotation}


def _plain(value: str) -> str:
    said = value.casefold()
    return "true" if said in _YES else "false" if said in _NO else value
