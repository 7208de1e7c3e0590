"""What a letter is made of: the order, the cases, the council's own names, and the head that every letter has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.columns import table_of
from models.councils import Council, CouncilSetup
from models.units import Unit
from states.paper_words import SignedAs
from states.text import Text
from workflows import adopting
from workflows.access import Setting
from workflows.printing import wording
from workflows.printing.gathering import Line
from workflows.printing.heads import CopyTo, Named
from workflows.views import agencies_named

_council, _setup = table_of(Council), table_of(CouncilSetup)
_OWN = frozenset({"province", "council"})
_ANSWER, _DEPUTY = "answer", "phó "


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOrder:
    """Which letter, about which cases: by `codes`, by a registered `document`, by `round`, `agency` or people.

    `by` is the day asked for, `on` the day of the letter; a letter that is not signed yet has none. `giver` and
    `receiver` are logins. `signer` and `position` say who will sign, where it is known.
    """

    kind: str
    codes: tuple[str, ...] = ()
    document: str | None = None
    agency: str | None = None
    round: str | None = None
    locality: str | None = None
    giver: str | None = None
    receiver: str | None = None
    by: date | None = None
    on: date | None = None
    signer: str | None = None
    position: str | None = None


@dataclass(frozen=True, slots=True)
class House:
    """The council and its bodies, as letters name them."""

    council: str
    committee: str
    front: str
    office: str
    regulation: str

    @property
    def place(self) -> str:
        """Return "xã Nà Pát"."""
        return wording.place_of(self.council)

    @property
    def kind_of_place(self) -> str:
        """Return "xã", as later mentions in a letter have it."""
        first = self.place.split()[0]
        return first if first[:1].islower() else ""

    @property
    def sender(self) -> str:
        """Return "Thường trực Hội đồng nhân dân xã Nà Pát"."""
        return f"Thường trực Hội đồng nhân dân {self.place}"

    @property
    def brief(self) -> str:
        """Return "Thường trực HĐND xã", for every mention but the first."""
        return f"Thường trực HĐND {self.kind_of_place}".strip()


@dataclass(frozen=True, slots=True)
class Materials:
    """Everything that one letter is written from. `paper` is the row of the registered paper it prints again."""

    unit: Unit
    setting: Setting
    order: LetterOrder
    house: House
    lines: Sequence[Line]
    today: date
    paper: dict[str, Any] | None = None
    people: tuple[str, str] = ("", "")
    agency: tuple[UUID, str] | None = None
    round: str = ""

    def head(self, *, symbol: str, subject: str, to: Sequence[str] = (), copies: Sequence[str]) -> dict[str, Any]:
        """Return the head of a letter of the standing body."""
        paper, day = self.paper or {}, self.order.on
        signed = _signed(self.order, paper)
        return {
            "above": "HỘI ĐỒNG NHÂN DÂN",
            "issuer": self.house.place.upper(),
            "number": wording.number_line(paper.get("number"), symbol),
            "place_and_day": wording.place_and_day(
                wording.proper_place(self.house.council), day or paper.get("issued_on"), self.today
            ),
            "subject": wording.together(subject),
            "to": to[0] if len(to) == 1 else "",
            "to_many": tuple(Named(name=name) for name in to) if len(to) > 1 else (),
            "copies": tuple(CopyTo(name=name) for name in copies),
            "sender": self.house.sender,
            "sender_again": self.house.brief,
            "front": self.house.front,
            "ground": self.house.regulation,
            **signed,
        }

    def reference(self, kind: str, symbol: str) -> str:
        """Return the line under the title of an annex: which paper it goes with."""
        paper = self.paper or {}
        day = wording.long_day(self.order.on or paper.get("issued_on")) or f"ngày      tháng      năm {self.today.year}"
        number = wording.number_line(paper.get("number"), symbol).removeprefix("Số:")
        return f"Kèm theo {kind} số{number} {day} của {self.house.brief}"

    def occasion(self) -> str:
        """Return the round or rounds that the cases were raised in, as it stands in a sentence."""
        rounds = {line.round for line in self.lines}
        name = next(iter(rounds)) if len(rounds) == 1 else ""
        if not name:
            return "các đợt tiếp xúc cử tri"
        lowered = f"{name[:1].lower()}{name[1:]}"
        return f"đợt {lowered}" if lowered.startswith("tiếp xúc") else f"đợt tiếp xúc cử tri {lowered}"


def _signed(order: LetterOrder, paper: dict[str, Any]) -> dict[str, str]:
    """Return who signs: what was said, else what the registered paper says, else the chair without a name."""
    position = order.position or paper.get("position") or ""
    acting = paper.get("signed_as") == SignedAs.FOR_THE_HEAD.value or position.lower().startswith(_DEPUTY)
    default = "Phó Chủ tịch" if acting else "Chủ tịch"
    return {
        "on_behalf": "TM. THƯỜNG TRỰC HĐND",
        "in_place": "KT. CHỦ TỊCH" if acting else "",
        "position": (position or default).upper(),
        "signer": order.signer or paper.get("signer") or "",
    }


def house_of(unit: Unit, setting: Setting) -> House:
    """Return the names of a council and its bodies, and its own regulation where it has adopted one."""
    row = unit.read(
        select(_council.c.name, _setup).join(_setup, _setup.c.council_id == _council.c.id).where(
            _council.c.id == setting.council
        )
    ).mappings().one()  # fmt: skip
    keys = (row["committee_id"], row["front_id"], row["office_id"])
    known = agencies_named(unit, keys)
    committee, front, office = (known[key].name if key else "" for key in keys)
    board = f"Ban Thường trực {front}" if front else ""
    return House(row["name"], committee, board, office, _regulation(unit, setting))


def _regulation(unit: Unit, setting: Setting) -> str:
    """Return the title of the regulation on answers that the council, or its province, decided on.

    A sample or a reference is never cited.
    """
    today = unit.today
    own = [a for a in adopting.applied(unit, setting=setting) if a.precedence in _OWN]
    about_answers = [a for a in own if any(limit.role == _ANSWER for limit in a.limits)]
    in_force = [a for a in about_answers if a.from_on <= today and (a.to_on is None or today <= a.to_on)]
    return in_force[0].regulation.title.vi if in_force else ""


def note_of(line: Line) -> str:
    """Return what the annex notes of a case: how many times it was raised."""
    return f"Nêu lại lần {line.times_raised}" if line.times_raised > 1 else ""


UNKNOWN_CASE = Text("không có mã này, hoặc không có quyền xem: không đưa vào", "no such case, or hidden: left out")
UNREADABLE_CASE = Text("không đọc được lịch sử: chỉ in mã", "its history cannot be read: printed by its code alone")
