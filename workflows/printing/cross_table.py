"""The cross table of fields and hamlets: how many petitions, and which share of its column each number is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from states.folding import fold_words
from workflows.printing.annexes import NOT_COUNTED, Heading, Line
from workflows.printing.fields import printed, row_list
from workflows.printing.filed import Filed
from workflows.printing.groups import GROUPS, NO_GROUP, NO_PLACE, ONCE, SEVERAL_PLACES, Grouping
from workflows.printing.picking import places_in
from workflows.printing.table_shapes import Closing, Column, Holds, Table
from workflows.rates.printing import ROUNDING, percent, percent_words

_ACROSS = 4
"""Hamlets side by side on one page of the Word file."""
_FITS = 7
"""Hamlets that a page of the workbook holds side by side."""
Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossRow:
    """One field: all petitions, and those of up to four hamlets."""

    ordinal: str = printed("tt", "Số thứ tự", "Ordinal", "1")
    name: str = printed("linh_vuc", "Lĩnh vực", "Field", "Kinh tế - Ngân sách")
    total: str = printed("tong", "Tổng số KNCT", "All", "12")
    share: str = printed("ty_le", "Tỷ lệ", "Share", "60,0%")
    number_1: str = printed("so1", "Số kiến nghị, địa bàn 1", "Number, place 1", "5")
    share_1: str = printed("tl1", "Tỷ lệ, địa bàn 1", "Share, place 1", "62,5%")
    number_2: str = printed("so2", "Số kiến nghị, địa bàn 2", "Number, place 2", "7")
    share_2: str = printed("tl2", "Tỷ lệ, địa bàn 2", "Share, place 2", "58,3%")
    number_3: str = printed("so3", "Số kiến nghị, địa bàn 3", "Number, place 3", "")
    share_3: str = printed("tl3", "Tỷ lệ, địa bàn 3", "Share, place 3", "")
    number_4: str = printed("so4", "Số kiến nghị, địa bàn 4", "Number, place 4", "")
    share_4: str = printed("tl4", "Tỷ lệ, địa bàn 4", "Share, place 4", "")
    note: str = printed("ghi_chu", "Ghi chú", "Note", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossPart:
    """A part of the table that fits the width of a page."""

    name: str = printed("ten_phan", "Phần", "Part", "Phần 1/2")
    place_1: str = printed("db1", "Địa bàn 1", "Place 1", "Bản Nà Pát")
    place_2: str = printed("db2", "Địa bàn 2", "Place 2", "Bản Co Muông")
    place_3: str = printed("db3", "Địa bàn 3", "Place 3", "")
    place_4: str = printed("db4", "Địa bàn 4", "Place 4", "")
    rows: tuple[CrossRow, ...] = row_list("dong", "Các dòng", "Rows", CrossRow)
    totals: tuple[CrossRow, ...] = row_list("tong_cong", "Dòng tổng cộng", "Totals", CrossRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cross:
    """The cross table as its Word template prints it."""

    title: str = printed("tieu_de", "Tiêu đề", "Title", "TỔNG HỢP Ý KIẾN, KIẾN NGHỊ CỦA CỬ TRI")
    attached: str = printed(
        "kem_theo", "Dòng «Kèm theo»", "Attached to", "(Kèm theo Công văn số ……/HĐND-TT ngày ……/……/……)"
    )
    parts: tuple[CrossPart, ...] = row_list("cac_phan", "Các phần", "Parts", CrossPart)
    notes: tuple[Line, ...] = row_list("chu_thich", "Chú thích", "Notes", Line)


@dataclass(slots=True)
class Crossed:
    """The counts: `cells` by group and hamlet, each petition once."""

    cells: Counter[Key] = field(default_factory=Counter)
    not_counted: int = 0
    troubles: list[str] = field(default_factory=list)

    @property
    def places(self) -> list[str]:
        """Return the hamlets in the order of their names, what names none or several last."""
        last = {SEVERAL_PLACES: 1, NO_PLACE: 2}
        return sorted({place for _, place in self.cells}, key=lambda p: (last.get(p, 0), fold_words(p), p))

    @property
    def total(self) -> int:
        """Return how many petitions were counted."""
        return sum(self.cells.values())

    def number(self, *, group: str | bool | None = True, place: str | None = None) -> int:
        """Return the petitions of a group (True: of all) and a hamlet (None: of all)."""
        return sum(n for (g, p), n in self.cells.items() if group in (True, g) and place in (None, p))


def crossed(found: Iterable[Filed], *, grouping: Grouping) -> Crossed:
    """Count petitions by group and hamlet; merged and void ones are told, not counted."""
    counts = Crossed()
    known = {code for code, _ in GROUPS}
    for filed in found:
        if filed.trouble:
            counts.troubles.append(f"- {filed.code}: {filed.trouble.vi}")
        if filed.state in NOT_COUNTED:
            counts.not_counted += 1
            continue
        group = grouping.group(filed.field)
        counts.cells[(group if group in known else None), place_counted(filed.locality)] += 1
    return counts


def place_counted(locality: str | None) -> str:
    """Return the one place under which a petition is counted."""
    named = places_in(locality or "")
    if not named:
        return NO_PLACE
    return named[0] if len(named) == 1 else SEVERAL_PLACES


def table(counts: Crossed, *, heading: Heading) -> Table:
    """Return the cross table with two columns for each hamlet."""
    places = counts.places
    columns = [
        Column("TT", "ordinal", 5, Holds.NUMBER),
        Column("Lĩnh vực", "name", 26),
        Column("Tổng số KNCT", "total", 9, Holds.NUMBER),
        Column("Tỷ lệ", "share", 8, Holds.SHARE),
    ]
    for n, place in enumerate(places):
        columns.append(Column("Số kiến nghị", f"number_{n}", 8, Holds.NUMBER, above=place))
        columns.append(Column("Tỷ lệ", f"share_{n}", 8, Holds.SHARE, above=place))
    columns.append(Column("Ghi chú", "note", 16))
    *rows, total = _records(counts, places)
    return Table(
        name="Tổng hợp lĩnh vực, địa bàn",
        title=(heading.title, heading.attached),
        columns=tuple(columns),
        rows=rows,
        close=lambda: Closing([total], list(notes(counts))),
        key="name",
        across=len(places) <= _FITS,
        keeps=2,
    )


def parts(counts: Crossed) -> tuple[CrossPart, ...]:
    """Return the cross table in parts of four hamlets each, every one with the totals of all hamlets."""
    places = counts.places
    groups = [places[start : start + _ACROSS] for start in range(0, len(places), _ACROSS)] or [[]]
    return tuple(
        _part(counts, here, f"Phần {n}/{len(groups)}" if len(groups) > 1 else "") for n, here in enumerate(groups, 1)
    )


def _part(counts: Crossed, places: Sequence[str], name: str) -> CrossPart:
    *rows, total = (CrossRow(**_slots(record)) for record in _records(counts, places))
    named = {f"place_{slot}": place for slot, place in enumerate(places, start=1)}
    return CrossPart(name=name, rows=tuple(rows), totals=(total,), **named)


def _slots(record: dict[str, str]) -> dict[str, str]:
    """Name the hamlets of a record from 1 on, as the template does."""
    found = {}
    for name, value in record.items():
        head, _, place = name.rpartition("_")
        found[f"{head}_{int(place) + 1}" if head else name] = value
    return found


def _records(counts: Crossed, places: Sequence[str]) -> Iterator[dict[str, str]]:
    for n, (code, name) in enumerate(GROUPS, start=1):
        yield _record(counts, places, str(n), name, group=code)
    if counts.number(group=None):
        yield _record(counts, places, str(len(GROUPS) + 1), NO_GROUP, group=None)
    yield _record(counts, places, "", "Tổng cộng", group=True)


def _record(
    counts: Crossed, places: Sequence[str], ordinal: str, name: str, *, group: str | bool | None
) -> dict[str, str]:
    here = counts.number(group=group)
    record = {"ordinal": ordinal, "name": name, "total": str(here), "share": _share(here, counts.total), "note": ""}
    for n, place in enumerate(places):
        number = counts.number(group=group, place=place)
        record[f"number_{n}"] = str(number)
        record[f"share_{n}"] = _share(number, counts.number(place=place))
    return record


def _share(number: int, of: int) -> str:
    return percent_words(percent(number, of)).vi


def notes(counts: Crossed) -> Iterator[str]:
    """Yield what the figures mean: what they are shares of, how they are rounded, what is left out."""
    yield (
        "Tỷ lệ là số kiến nghị của dòng chia cho tổng của cột (dòng «Tổng cộng»);"
        f" {ROUNDING.vi}, nên cộng các tỷ lệ có thể lệch 0,1."
    )
    yield ONCE
    if counts.not_counted:
        yield f"Không tính {counts.not_counted} kiến nghị đã gộp vào kiến nghị khác hoặc hủy do nhập nhầm."
    yield from counts.troubles
