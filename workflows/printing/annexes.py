"""The annexes PL I-IV and 2B in the office's own columns: which petitions stand in which, and its rows.

Source: the templates of the provincial council offices, five tick columns for the fields. Districts are gone since
01/07/2025: PL IV holds what the commune itself settles, and the column of places names hamlets or communes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, unique
from types import MappingProxyType

from states.errors import NotFound
from states.petition import P
from states.text import Text
from states.vocabulary import Level
from workflows.printing.fields import printed, row_list
from workflows.printing.filed import Answered, Filed
from workflows.printing.groups import GROUPS, NO_GROUP, ONCE, Grouping
from workflows.printing.table_shapes import Closing, Column, Holds, Table

TICK = "x"
_TICKS = tuple(f"tick_{n}" for n in range(1, len(GROUPS) + 1))
_FIELD = "Lĩnh vực"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexRow:
    """One petition of an annex; `tick_1` to `tick_5` are the groups of fields."""

    ordinal: str = printed("tt", "Số thứ tự", "Ordinal", "1")
    locality: str = printed("dia_ban", "Cử tri (địa bàn)", "Voters of", "Bản Nà Pát")
    code: str = printed("ma", "Số kiến nghị (mã)", "Code", "NP-KN-26-0001")
    text: str = printed("noi_dung", "Nội dung kiến nghị", "Text", "Đường vào bản lầy lội, đề nghị sửa chữa")
    tick_1: str = printed("lv1", "Ô: Cơ chế, chính sách", "Box: mechanisms and policies", "")
    tick_2: str = printed("lv2", "Ô: Kinh tế - Ngân sách", "Box: economy and budget", "x")
    tick_3: str = printed("lv3", "Ô: Văn hóa - Xã hội", "Box: culture and society", "")
    tick_4: str = printed("lv4", "Ô: Tư pháp", "Box: justice", "")
    tick_5: str = printed("lv5", "Ô: ANQP và các vấn đề khác", "Box: security, defence, other", "")
    answerer: str = printed("co_quan_tra_loi", "Cơ quan, đơn vị trả lời", "Answered by", "UBND xã Nà Pát")
    answer: str = printed("noi_dung_tra_loi", "Nội dung trả lời", "Answer", "Đã bố trí vốn duy tu năm 2026")
    cited: str = printed("van_ban_tra_loi", "Viện dẫn văn bản trả lời", "Answer cited", "56/BC-UBND ngày 01/09/2026")
    note: str = printed("ghi_chu", "Ghi chú", "Note", "Nêu lần thứ 2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line under a table."""

    text: str = printed("dong", "Dòng", "Line", "Phụ lục này có 12 trên 40 kiến nghị được chọn.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """An annex as its Word template prints it."""

    name: str = printed("phu_luc", "Tên phụ lục", "Annex", "PHỤ LỤC IV")
    title: str = printed("tieu_de", "Tiêu đề", "Title", "DANH MỤC KIẾN NGHỊ CỦA CỬ TRI THUỘC THẨM QUYỀN CẤP XÃ")
    attached: str = printed(
        "kem_theo", "Dòng «Kèm theo»", "Attached to", "(Kèm theo Công văn số ……/HĐND-TT ngày ……/……/……)"
    )
    place: str = printed("cot_dia_ban", "Tên cột địa bàn", "Heading of the places", "Thôn, bản, tổ dân phố")
    rows: tuple[AnnexRow, ...] = row_list("kien_nghi", "Các kiến nghị", "Petitions", AnnexRow)
    totals: tuple[AnnexRow, ...] = row_list("tong_cong", "Dòng tổng cộng", "Totals", AnnexRow)
    notes: tuple[Line, ...] = row_list("chu_thich", "Chú thích", "Notes", Line)


@unique
class Place(Enum):
    """Where a petition stands when all that were chosen are laid out into annexes."""

    PROVINCE = "PL I (thẩm quyền cấp tỉnh)"
    CENTRAL = "PL II (thẩm quyền bộ, ngành, Trung ương)"
    ANSWERED = "PL III (đã được trả lời)"
    COMMUNE = "PL IV (thẩm quyền cấp xã)"
    UNSORTED = "chưa phân loại thẩm quyền"
    ASIDE = "không chuyển (giải trình tại hội nghị, ghi nhận ý kiến, chuyển đơn, rút)"
    NOT_COUNTED = "không tính (đã gộp vào kiến nghị khác, hủy do nhập nhầm)"


_ASIDE = frozenset({P.EXPLAINED_AT_MEETING.value, P.DIVERTED.value, P.WITHDRAWN.value, P.CLOSED.value})
NOT_COUNTED = frozenset({P.MERGED.value, P.VOIDED.value})
_BY_LEVEL = MappingProxyType(
    {
        Level.PROVINCE: Place.PROVINCE,
        Level.CENTRAL: Place.CENTRAL,
        Level.COMMUNE: Place.COMMUNE,
        Level.HAMLET: Place.COMMUNE,
    }
)


def place_of(filed: Filed, *, by_level: bool = False) -> Place:
    """Return where a petition stands. `by_level`: as the letter took it along, whether it has been answered or not."""
    if filed.state in NOT_COUNTED:
        return Place.NOT_COUNTED
    if filed.standing_answers and not by_level:
        return Place.ANSWERED
    if filed.state in _ASIDE and not (by_level and filed.out):
        return Place.ASIDE
    if filed.level is None:
        return Place.COMMUNE if filed.out else Place.UNSORTED
    return _BY_LEVEL[filed.level]


def _is_answered(filed: Filed) -> bool:
    return filed.state not in NOT_COUNTED and bool(filed.standing_answers)


@dataclass(frozen=True, slots=True)
class AnnexKind:
    """One annex: its names, its title, its columns, and what stands in it.

    `place` is the part that it takes; the answered ones (None of the levels) are taken whatever was asked.
    """

    code: str
    label: Text
    name: str
    title: str
    place: Place
    columns: tuple[Column, ...]

    @property
    def spoken(self) -> str:
        """Return its name within a sentence."""
        return self.label.vi.partition(":")[0]

    def holds(self, filed: Filed, *, by_level: bool) -> bool:
        """Say whether a petition stands in this annex."""
        if self.place is Place.ANSWERED:
            return _is_answered(filed)
        return place_of(filed, by_level=by_level) is self.place


_TT = Column("TT", "ordinal", 5, Holds.NUMBER)
_CODE = Column("Số kiến nghị", "code", 17)
_TEXT = Column("Nội dung kiến nghị", "text", 52)
_TICK_COLUMNS = tuple(
    Column(heading, tick, 10, Holds.MARK, above=_FIELD) for tick, (_, heading) in zip(_TICKS, GROUPS, strict=True)
)
_PLACE = Column("Địa bàn", "locality", 20)
_NOTE = Column("Ghi chú", "note", 18)
_LISTED = (_TT, _PLACE, _CODE, _TEXT, *_TICK_COLUMNS, _NOTE)
_ANSWERED_COLUMNS = (
    _TT, _PLACE, _CODE, _TEXT, *_TICK_COLUMNS, Column("Cơ quan, đơn vị trả lời", "answerer", 22),
    Column("Viện dẫn văn bản trả lời", "cited", 22),
)  # fmt: skip
_TOLD_COLUMNS = (
    _TT, Column("Cử tri", "locality", 18), Column("Mã kiến nghị", "code", 17), *_TICK_COLUMNS,
    Column("Nội dung kiến nghị", "text", 42), Column("Cơ quan trả lời", "answerer", 20),
    Column("Nội dung trả lời", "answer", 46), Column("Số công văn trả lời", "cited", 20),
)  # fmt: skip

_ALL = (
    AnnexKind(
        "pl1", Text("Phụ lục I: thẩm quyền cấp tỉnh", "Annex I: province"), "PHỤ LỤC I",
        "DANH MỤC KIẾN NGHỊ CỦA CỬ TRI THUỘC THẨM QUYỀN CẤP TỈNH GỬI ĐẾN", Place.PROVINCE, _LISTED,
    ),
    AnnexKind(
        "pl2", Text("Phụ lục II: thẩm quyền bộ, ngành, Trung ương", "Annex II: central"), "PHỤ LỤC II",
        "DANH MỤC KIẾN NGHỊ CỦA CỬ TRI THUỘC THẨM QUYỀN BỘ, NGÀNH, TRUNG ƯƠNG GỬI ĐẾN", Place.CENTRAL, _LISTED,
    ),
    AnnexKind(
        "pl3", Text("Phụ lục III: đã được trả lời", "Annex III: answered"), "PHỤ LỤC III",
        "DANH MỤC KIẾN NGHỊ CỦA CỬ TRI ĐÃ ĐƯỢC CƠ QUAN CÓ THẨM QUYỀN TRẢ LỜI GỬI ĐẾN", Place.ANSWERED,
        _ANSWERED_COLUMNS,
    ),
    AnnexKind(
        "pl4", Text("Phụ lục IV: thẩm quyền cấp xã", "Annex IV: commune"), "PHỤ LỤC IV",
        "DANH MỤC KIẾN NGHỊ CỦA CỬ TRI THUỘC THẨM QUYỀN CẤP XÃ GỬI ĐẾN", Place.COMMUNE, _LISTED,
    ),
    AnnexKind(
        "2b", Text("Biểu 2B: kết quả trả lời", "Form 2B: answers"), "BIỂU 2B",
        "DANH MỤC KIẾN NGHỊ CỦA CỬ TRI ĐÃ ĐƯỢC TRẢ LỜI VÀ NỘI DUNG TRẢ LỜI GỬI ĐẾN", Place.ANSWERED, _TOLD_COLUMNS,
    ),
)  # fmt: skip
CROSS = "cross"
"""The code of the cross table, which is no list of petitions."""
ANNEXES = MappingProxyType({kind.code: kind for kind in _ALL})


def annex_kind(code: str) -> AnnexKind:
    """Return the annex of this code.

    Raises: NotFound naming those there are.
    """
    if code not in ANNEXES:
        known = ", ".join((*ANNEXES, CROSS))
        raise NotFound(Text(f"Không có phụ lục «{code}»; có: {known}", f"No annex “{code}”; there are: {known}"))
    return ANNEXES[code]


@dataclass(slots=True)
class _Counted:
    """What is counted while the rows are made."""

    places: Counter[Place] = field(default_factory=Counter)
    groups: Counter[str | None] = field(default_factory=Counter)
    rows: int = 0
    troubles: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a table, filled in or left to be filled."""

    council: str
    title: str
    attached: str
    place: str


def table(kind: AnnexKind, found: Iterable[Filed], *, grouping: Grouping, heading: Heading, by_level: bool) -> Table:
    """Return the annex as a table; `found` are all petitions that were chosen, those of other annexes are counted."""
    counted = _Counted()
    columns = tuple(Column(heading.place, c.attribute, c.width) if c is _PLACE else c for c in kind.columns)
    return Table(
        name=kind.spoken,
        title=(kind.name, heading.title, heading.attached),
        columns=columns,
        rows=_rows(kind, found, grouping, counted, by_level=by_level),
        close=_closing(kind, counted),
    )


def _rows(
    kind: AnnexKind, found: Iterable[Filed], grouping: Grouping, counted: _Counted, *, by_level: bool
) -> Iterator[AnnexRow]:
    for filed in found:
        counted.places[place_of(filed, by_level=by_level)] += 1
        if filed.trouble:
            counted.troubles.append(f"- {filed.code}: {filed.trouble.vi}")
        if kind.holds(filed, by_level=by_level):
            counted.rows += 1
            counted.groups[grouping.group(filed.field)] += 1
            yield row_of(filed, counted.rows, grouping)


def row_of(filed: Filed, ordinal: int, grouping: Grouping) -> AnnexRow:
    """Return one row; a petition of several groups is ticked once, the others stand in the note."""
    group, *others = grouping.groups(filed.field) or (None,)
    ticks = {tick: TICK for tick, (code, _) in zip(_TICKS, GROUPS, strict=True) if code == group}
    answers = filed.standing_answers
    return AnnexRow(
        ordinal=str(ordinal),
        locality=filed.locality or "",
        code=filed.code,
        text=filed.text or "",
        answerer="; ".join(dict.fromkeys(a.by.name for a in answers if a.by)),
        answer="\n".join(a.words for a in answers if a.words),
        cited="; ".join(dict.fromkeys(cited(a) for a in answers)),
        note=_note(filed, [grouping.names.get(code, code) for code in others if code]),
        **ticks,
    )


def cited(answer: Answered) -> str:
    """Return number and date of the paper of an answer, and its day where there is no paper."""
    if answer.paper and answer.paper.words:
        return answer.paper.words
    return f"nhận ngày {answer.on:%d/%m/%Y}" if answer.on else "chưa ghi số, ngày"


def _note(filed: Filed, others: Sequence[str]) -> str:
    said = []
    if filed.times_raised > 1:
        said.append(f"Nêu lần thứ {filed.times_raised}")
    if others:
        said.append(f"Cũng thuộc: {', '.join(others)}")
    return ". ".join(said)


def _closing(kind: AnnexKind, counted: _Counted) -> Callable[[], Closing]:
    def close() -> Closing:
        totals = {tick: str(counted.groups[code]) for tick, (code, _) in zip(_TICKS, GROUPS, strict=True)}
        row = AnnexRow(locality="Tổng cộng", code=f"{counted.rows} kiến nghị", **totals)
        return Closing([row], list(_notes(kind, counted)))

    return close


def _notes(kind: AnnexKind, counted: _Counted) -> Iterator[str]:
    chosen = sum(counted.places.values())
    parts = "; ".join(f"{place.value}: {counted.places[place]}" for place in Place if counted.places[place])
    yield f"{kind.spoken} có {counted.rows} trên {chosen} kiến nghị được chọn" + (f" (gồm {parts})." if parts else ".")
    known = {code for code, _ in GROUPS}
    without = counted.rows - sum(number for code, number in counted.groups.items() if code in known)
    if without:
        yield f"{NO_GROUP}: {without} trên {counted.rows} kiến nghị, không đánh dấu ô nào."
    yield ONCE
    yield from counted.troubles
