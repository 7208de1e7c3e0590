"""The five groups of fields in which annexes tick, and the rule by which a petition of several is counted once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from models.columns import table_of
from models.councils import Taxon
from models.units import Unit
from states.folding import fold_words

_taxon = table_of(Taxon)

GROUPS: tuple[tuple[str, str], ...] = (
    ("co-che-chinh-sach", "Cơ chế, chính sách"),
    ("kinh-te-ngan-sach", "Kinh tế - Ngân sách"),
    ("van-hoa-xa-hoi", "Văn hóa - Xã hội"),
    ("tu-phap", "Tư pháp"),
    ("an-ninh-quoc-phong", "ANQP và các vấn đề khác"),
)
"""Code and heading of each group, in the order and the words of the annexes."""
NO_GROUP = "Chưa phân lĩnh vực"
SEVERAL_PLACES = "Nhiều địa bàn"
NO_PLACE = "Không ghi địa bàn"
ONCE = (
    "Mỗi kiến nghị tính một lần: nêu nhiều lĩnh vực thì tính theo lĩnh vực ghi đầu tiên, nêu nhiều địa bàn thì tính vào"
    f" «{SEVERAL_PLACES}»; lĩnh vực chi tiết tính vào nhóm của nó."
)


@dataclass(frozen=True, slots=True)
class Grouping:
    """The taxonomy of fields: which group each belongs to, and its name."""

    parents: Mapping[str, str]
    names: Mapping[str, str]
    codes: Mapping[str, str]

    def groups(self, written: str | None) -> tuple[str, ...]:
        """Return the groups of a petition's field as the register has it, in the order written, without doubles."""
        found = [self._group(part) for part in _parts(written)]
        return tuple(dict.fromkeys(group for group in found if group))

    def group(self, written: str | None) -> str | None:
        """Return the one group under which the petition is counted; None where no field is known."""
        return next(iter(self.groups(written)), None)

    def name(self, written: str | None) -> str:
        """Return the fields as people call them; words that are no field of the list stay as they are."""
        return "; ".join(self.names.get(self._code(part) or "", part) for part in _parts(written))

    def _group(self, part: str) -> str | None:
        code = self._code(part)
        return None if code is None else self.parents.get(code, code)

    def _code(self, part: str) -> str | None:
        return part if part in self.names else self.codes.get(fold_words(part))


def grouping(unit: Unit) -> Grouping:
    """Read the taxonomy of fields."""
    rows = unit.read(select(_taxon).where(_taxon.c.scheme == "field").order_by(_taxon.c.code)).all()
    codes: dict[str, str] = {}
    for row in rows:
        for name in (row.name_vi, row.name_en, *json.loads(row.aliases)):
            codes.setdefault(fold_words(name), row.code)
    return Grouping(
        {row.code: row.parent for row in rows if row.parent}, {row.code: row.name_vi for row in rows}, codes
    )


def _parts(written: str | None) -> list[str]:
    return [part.strip() for part in (written or "").replace("\n", ";").split(";") if part.strip()]
