"""The compiled report of a round: how many petitions, by field and by place, and all of them as a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from states.text import Text
from workflows.printing import wording
from workflows.printing.fields import printed, row_list
from workflows.printing.heads import Head, annex, closing, heading, letterhead
from workflows.printing.kinds import PrintKind
from workflows.printing.layout import CELL_CENTRED, LAST, SECTION, Column, Sheet
from workflows.printing.materials import Materials, note_of

_UNSAID = "Chưa xác định"
_WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """One line of a table of counts."""

    ordinal: str = printed("tt", "Số thứ tự", "Ordinal", "1")
    name: str = printed("ten", "Lĩnh vực hoặc địa bàn", "Field or place", "Giao thông")
    count: str = printed("so_luong", "Số kiến nghị", "Number", "2")
    share: str = printed("ty_le", "Tỷ lệ", "Share", "100,0%")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One petition of the list."""

    ordinal: str = printed("tt", "Số thứ tự", "Ordinal", "1")
    code: str = printed("ma", "Mã kiến nghị", "Code", "NP-KN-26-0001")
    locality: str = printed("dia_ban", "Cử tri (thôn, bản)", "Voters of", "Bản Nà Pát")
    text: str = printed("noi_dung", "Nội dung kiến nghị", "Text", "Đường vào bản lầy lội, đề nghị sửa chữa")
    field: str = printed("linh_vuc", "Lĩnh vực", "Field", "Giao thông")
    state: str = printed("trang_thai", "Trạng thái xử lý", "State", "Đã tổng hợp")
    note: str = printed("ghi_chu", "Ghi chú", "Note", "Nêu lại lần 2")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledReport(Head):
    """What the compiled report says."""

    occasion: str = printed("dot_tiep_xuc", "Đợt tiếp xúc cử tri", "Round", "đợt tiếp xúc cử tri trước Kỳ họp thứ 2")
    count: str = printed("so_kien_nghi", "Tổng số kiến nghị", "Number of petitions", "02")
    again: str = printed("so_neu_lai", "Số kiến nghị nêu lại", "Raised again", "01")
    reference: str = printed(
        "kem_theo",
        "Dòng «Kèm theo»",
        "Reference of the annex",
        "Kèm theo Báo cáo số       /BC-HĐND của Thường trực HĐND xã",
    )
    by_field: tuple[CountRow, ...] = row_list("theo_linh_vuc", "Số lượng theo lĩnh vực", "Counts by field", CountRow)
    by_locality: tuple[CountRow, ...] = row_list("theo_dia_ban", "Số lượng theo địa bàn", "Counts by place", CountRow)
    rows: tuple[ReportRow, ...] = row_list("kien_nghi", "Các kiến nghị", "Petitions", ReportRow)


def compose(made: Materials) -> CompiledReport:
    """Return the report; each table of counts adds up to the number of petitions in the list."""
    place, lines = made.house.kind_of_place, made.lines
    again = sum(line.times_raised > 1 for line in lines)
    return CompiledReport(
        **made.head(
            symbol="BC-HĐND",
            subject=f"Tổng hợp ý kiến, kiến nghị của cử tri tại {made.occasion()}",
            copies=(
                f"Thường trực Đảng ủy {place} (b/c)",
                made.house.committee,
                made.house.front,
                f"Các Ban của HĐND {place}",
                f"Đại biểu HĐND {place}",
                made.house.office,
            ),
        ),
        occasion=made.occasion(),
        count=wording.two_digits(len(lines)),
        again=wording.two_digits(again) if again else "",
        reference=made.reference("Báo cáo", "BC-HĐND"),
        by_field=_counted(line.field for line in lines),
        by_locality=_counted(line.locality for line in lines),
        rows=tuple(
            ReportRow(
                ordinal=str(number),
                code=line.code,
                locality=line.locality,
                text=line.text,
                field=line.field,
                state=line.state_label,
                note=note_of(line),
            )
            for number, line in enumerate(lines, start=1)
        ),
    )


def _counted(values: Iterable[str]) -> tuple[CountRow, ...]:
    """Return the counts, largest first; what is not said comes last."""
    counts = Counter(value or _UNSAID for value in values)
    order = sorted(counts.items(), key=lambda item: (item[0] == _UNSAID, -item[1], item[0]))
    whole = sum(counts.values())
    return tuple(
        CountRow(ordinal=str(number), name=name, count=str(count), share=_share(count, whole))
        for number, (name, count) in enumerate(order, start=1)
    )


def _share(part: int, whole: int) -> str:
    return f"{part * _WHOLE / whole:.1f}%".replace(".", ",")


def _counts(sheet: Sheet, head: str, rows: str) -> None:
    sheet.table(
        (
            Column("TT", 15, "{{ d.tt }}", CELL_CENTRED),
            Column(head, 90, "{{ d.ten }}"),
            Column("Số kiến nghị", 30, "{{ d.so_luong }}", CELL_CENTRED),
            Column("Tỷ lệ", 30, "{{ d.ty_le }}", CELL_CENTRED),
        ),
        rows=rows,
        each="d",
        total=("Tổng số", "{{ so_kien_nghi }}", "{% if kien_nghi %}100%{% endif %}"),
    )


def _template() -> bytes:
    sheet = Sheet()
    letterhead(sheet, regarding=False)
    heading(sheet, "BÁO CÁO")
    sheet.write(
        "{% if can_cu %}Thực hiện {{ can_cu }}, {% endif %}{{ ben_gui }} tổng hợp ý kiến, kiến nghị của cử tri tại"
        " {{ dot_tiep_xuc }}, kết quả như sau:"
    )
    sheet.write("I. KẾT QUẢ TỔNG HỢP", SECTION)
    sheet.write(
        "Tổng số có {{ so_kien_nghi }} ý kiến, kiến nghị{% if so_neu_lai %}, trong đó có {{ so_neu_lai }} kiến nghị"
        " được nêu lại{% endif %}."
    )
    sheet.write("1. Theo lĩnh vực", SECTION)
    _counts(sheet, "Lĩnh vực", "theo_linh_vuc")
    sheet.write("2. Theo địa bàn", SECTION)
    _counts(sheet, "Địa bàn", "theo_dia_ban")
    sheet.write("II. NỘI DUNG Ý KIẾN, KIẾN NGHỊ", SECTION)
    sheet.write("Nội dung từng ý kiến, kiến nghị có danh mục kèm theo.")
    sheet.write(
        "Trên đây là Báo cáo tổng hợp ý kiến, kiến nghị của cử tri tại {{ dot_tiep_xuc }} của {{ ben_gui_gon }}./.",
        LAST,
    )
    closing(sheet)
    annex(sheet, "DANH MỤC Ý KIẾN, KIẾN NGHỊ CỦA CỬ TRI")
    sheet.table(
        (
            Column("TT", 12, "{{ k.tt }}", CELL_CENTRED),
            Column("Mã kiến nghị", 37, "{{ k.ma }}"),
            Column("Cử tri", 32, "{{ k.dia_ban|gop }}"),
            Column("Nội dung kiến nghị", 91, "{{ k.noi_dung }}"),
            Column("Lĩnh vực", 30, "{{ k.linh_vuc }}"),
            Column("Trạng thái", 30, "{{ k.trang_thai }}"),
            Column("Ghi chú", 20, "{{ k.ghi_chu }}"),
        ),
        rows="kien_nghi",
        each="k",
    )
    return sheet.content()


REPORT = PrintKind("report", Text("Báo cáo tổng hợp", "Compiled report"), CompiledReport, _template)
