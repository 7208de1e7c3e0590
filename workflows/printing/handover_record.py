"""The record of a handover: from whom, to whom, and the open work that goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from states.text import Text
from workflows.printing import wording
from workflows.printing.fields import printed, row_list
from workflows.printing.heads import Head, letterhead
from workflows.printing.kinds import PrintKind
from workflows.printing.layout import BODY, CELL_CENTRED, LAST, Column, Sheet, Style
from workflows.printing.materials import Materials

_SUMMARY = 160
_SIDE = Style(size=BODY, bold=True, align=ALIGN.CENTER, keep=True)
_HINT = Style(size=13, italic=True, align=ALIGN.CENTER, keep=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverRow:
    """One case that is handed over."""

    ordinal: str = printed("tt", "Số thứ tự", "Ordinal", "1")
    code: str = printed("ma", "Mã hồ sơ", "Code", "NP-KN-26-0001")
    text: str = printed("noi_dung", "Nội dung", "Text", "Đường vào bản lầy lội, đề nghị sửa chữa")
    state: str = printed("trang_thai", "Trạng thái", "State", "Cơ quan đang giải quyết")
    agency: str = printed("dang_xu_ly", "Cơ quan đang xử lý", "In hand of", "Ủy ban nhân dân xã Nà Pát")
    due: str = printed("han", "Hạn", "Due", "27/08/2026")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverRecord(Head):
    """What the record says."""

    giver: str = printed("ben_giao", "Người giao", "Handed over by", "Cầm Văn Chuyên")
    receiver: str = printed("ben_nhan", "Người nhận", "Taken over by", "Lường Thị Lan")
    office: str = printed("van_phong", "Văn phòng", "Office", "Văn phòng HĐND và UBND xã Nà Pát")
    day: str = printed("ngay_giao", "Ngày giao", "Day", "ngày 10 tháng 9 năm 2026")
    count: str = printed("so_ho_so", "Số hồ sơ", "Number of cases", "02")
    late: str = printed("so_qua_han", "Số hồ sơ quá hạn", "Overdue among them", "01")
    rows: tuple[HandoverRow, ...] = row_list("ho_so", "Các hồ sơ", "Cases", HandoverRow)


def compose(made: Materials) -> HandoverRecord:
    """Return the record of the open work of one person."""
    late = sum(line.due_on is not None and line.due_on < made.today for line in made.lines)
    head: dict[str, Any] = made.head(symbol="BB-VP", subject="Bàn giao hồ sơ theo dõi kiến nghị của cử tri", copies=())
    return HandoverRecord(
        **head,
        giver=made.people[0],
        receiver=made.people[1],
        office=made.house.office,
        day=wording.long_day(made.order.on or made.today),
        count=wording.two_digits(len(made.lines)),
        late=wording.two_digits(late) if late else "",
        rows=tuple(
            HandoverRow(
                ordinal=str(number),
                code=line.code,
                text=wording.shortened(line.text, _SUMMARY),
                state=line.state_label,
                agency="; ".join(dict.fromkeys(s.agency for s in line.live)),
                due=wording.short_day(line.due_on),
            )
            for number, line in enumerate(made.lines, start=1)
        ),
    )


def _template() -> bytes:
    sheet = Sheet()
    letterhead(sheet, regarding=False)
    sheet.write("BIÊN BẢN BÀN GIAO", Style(bold=True, align=ALIGN.CENTER, before=6, keep=True))
    sheet.write("Hồ sơ theo dõi kiến nghị của cử tri", Style(bold=True, align=ALIGN.CENTER, after=12, keep=True))
    sheet.write("Hôm nay, {{ ngay_giao }}, tại {{ van_phong }}, chúng tôi gồm:")
    sheet.write("1. Bên giao: {{ ben_giao }}.")
    sheet.write("2. Bên nhận: {{ ben_nhan }}.")
    sheet.write(
        "Hai bên tiến hành bàn giao {{ so_ho_so }} hồ sơ đang theo dõi{% if so_qua_han %}, trong đó có {{ so_qua_han }}"
        " hồ sơ đã quá hạn{% endif %}, cụ thể như sau:"
    )
    sheet.table(
        (
            Column("TT", 10, "{{ h.tt }}", CELL_CENTRED),
            Column("Mã hồ sơ", 36, "{{ h.ma }}"),
            Column("Nội dung", 45, "{{ h.noi_dung }}"),
            Column("Trạng thái", 25, "{{ h.trang_thai }}"),
            Column("Đang xử lý", 23, "{{ h.dang_xu_ly }}"),
            Column("Hạn", 26, "{{ h.han }}", CELL_CENTRED),
        ),
        rows="ho_so",
        each="h",
    )
    sheet.write(
        "Kể từ thời điểm bàn giao, bên nhận có trách nhiệm tiếp tục theo dõi, đôn đốc các hồ sơ nêu trên theo quy định."
    )
    sheet.write(
        "Biên bản được lập thành 03 bản có giá trị như nhau, mỗi bên giữ 01 bản, 01 bản lưu tại {{ van_phong }}./.",
        LAST,
    )
    left, right = sheet.columns(82, 83)
    for cell, side, name in ((left, "BÊN GIAO", "{{ ben_giao }}"), (right, "BÊN NHẬN", "{{ ben_nhan }}")):
        sheet.rewrite(cell.paragraphs[0], side, _SIDE)
        sheet.write("(Ký, ghi rõ họ tên)", _HINT, into=cell)
        sheet.write(name, Style(bold=True, align=ALIGN.CENTER, before=66), into=cell)
    return sheet.content()


HANDOVER = PrintKind("handover", Text("Biên bản bàn giao", "Record of handover"), HandoverRecord, _template)
