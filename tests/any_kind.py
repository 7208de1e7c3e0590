"""Cases of any kind to whom random things happen: entries are filled in from the forms of their table alone."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from enum import Enum
from random import Random
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from states.entries import DocumentSlip
from states.errors import DomainError
from states.kinds import lifecycle_of
from states.lifecycle import Transition
from states.vocabulary import Named
from tests.office import Office
from workflows import moving
from workflows.orders import Order
from workflows.registering import Birth

FIRST, LAST = date(2026, 6, 1), date(2026, 9, 10)
_SELDOM = frozenset({"void", "merge", "undo", "correct", "withdraw", "amend", "entrust"})


class Walk:
    """Enters cases of one kind and lets random things happen to them; what the office refuses does not happen."""

    def __init__(self, office: Office, kind: str, seed: int) -> None:
        self.office, self.random, self.lifecycle = office, Random(seed), lifecycle_of(kind)
        self.codes: list[str] = []
        self.days: dict[str, date] = {}
        birth = next(row for row in self.lifecycle.transitions if not row.source)
        self.birth: Transition = birth
        around = {"name": "Đợt 1", "round_kind": "before_session", "session": "KH2"}
        self.others = [office.born(Birth("contact_round", around, FIRST))]

    def some_day(self) -> date:
        return FIRST + timedelta(days=self.random.randint(0, (LAST - FIRST).days))

    def enter(self, on: date | None) -> None:
        with suppress(DomainError):
            self.codes.append(self.office.born(Birth(self.lifecycle.kind, self.entry(self.birth, whole=0.7), on)))

    def step(self) -> None:
        """Try one random move of one random case, or of one of its referrals, mostly a little after the last."""
        r, code = self.random, self.random.choice(self.codes)
        seen = self.office.see(code)
        referral = r.choice(seen.referrals) if seen.referrals and r.random() < 0.7 else None
        table, state = (self.lifecycle, str(seen.row["state"]))
        if referral is not None and table.referral is not None:
            table, state = table.referral, str(referral["state"])
        offered = [row for t in table.offered(state) for row in (table.edges_from[state, t][0].row,)]
        if not offered:
            return
        row = r.choices(offered, [0.02 if o.trigger in _SELDOM else 1.0 for o in offered])[0]
        self.days[code] = min(self.days.get(code, self.some_day()) + timedelta(days=r.randint(0, 14)), LAST)
        on = None if r.random() < 0.1 else self.days[code]
        letter = DocumentSlip(number=f"{r.randint(1, 99)}/HĐND", issued_on=LAST) if r.random() < 0.9 else None
        key = None if referral is None else referral["id"]
        entry = {
            **self.entry(row),
            **({"seq": r.randint(1, seen.row["seq"])} if "seq" in row.needs.model_fields else {}),
        }
        order = Order(row.trigger, self.office.operator, on, entry, referral=key, document=letter)
        with suppress(DomainError), self.office.database.writing() as unit:
            moving.move(unit, code=code, order=order)

    def entry(self, row: Transition, *, whole: float = 0.5) -> dict[str, Any]:
        """Fill in the form of a move: what it must have, and of the rest each with the probability `whole`."""
        fields = row.needs.model_fields.items()
        asked = [(n, i.annotation) for n, i in fields if i.is_required() or self.random.random() < whole]
        filled = {name: self._value(row, name, kind) for name, kind in asked}
        return {name: value for name, value in filled.items() if value is not None}

    def _value(self, row: Transition, name: str, kind: Any) -> Any:
        named = (row.names or {}).get(name)
        known: dict[Named, Iterable[str]] = {
            Named.AGENCY: ("UBND", "KT", "DIEN"),
            Named.SESSION: ("KH2",),
            Named.ACCOUNT: ("clerk",),
            Named.CASE: [*self.codes, *self.others],
        }
        if named is not None:
            choice = [*known[named]]
            found = self.random.choice(choice) if choice else None
            return [found] if tuple in _types(kind) and found is not None else found
        return self._of(name, kind)

    def _of(self, name: str, kind: Any) -> Any:
        r, types = self.random, _types(kind)
        enums = [t for t in types if isinstance(t, type) and issubclass(t, Enum)]
        if enums:
            return r.choice([*enums[0]]).value
        said = (
            ("giao thông", "Bản Nà Pát") if name in {"field", "locality"} else ("Quý III/2026", "Biên bản", "chưa rõ")
        )
        values: dict[Any, Any] = {
            date: (self.some_day() + timedelta(days=r.randint(0, 60))).isoformat(),
            bool: r.random() < 0.5,
            int: r.randint(1, 20),
            tuple: ["một", "hai"],
            dict: {},
        }
        return next((value for t, value in values.items() if t in types), r.choice(said))


def _types(kind: Any) -> set[Any]:
    if get_origin(kind) in {Union, UnionType}:
        return {t for part in get_args(kind) if part is not NoneType for t in _types(part)}
    if get_origin(kind) is Annotated:
        return _types(get_args(kind)[0])
    return {get_origin(kind) or kind}
