"""The urging letter: what one agency has not answered in time, with the days of receipt, due day and days late."""

from __future__ import annotations

from dataclasses import dataclass

from states.text import Text
from workflows.printing import wording
from workflows.printing.fields import printed, row_list
from workflows.printing.gathering import Line, Sending
from workflows.printing.heads import Head, addressees, closing, letterhead
from workflows.printing.kinds import PrintKind
from workflows.printing.layout import CELL_CENTRED, LAST, Column, Sheet
from workflows.printing.materials import Materials


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgingRow:
    """One petition that waits for its answer."""

    ordinal: str = printed("tt", "Số thứ tự", "Ordinal", "1")
    code: str = printed("ma", "Mã kiến nghị", "Code", "NP-KN-26-0001")
    text: str = printed("noi_dung", "Nội dung kiến nghị", "Text", "Đường vào bản lầy lội, đề nghị sửa chữa")
    paper: str = printed("van_ban_chuyen", "Văn bản chuyển", "Transferred by", "số 12/HĐND-TT ngày 06/8/2026")
    received: str = printed("ngay_nhan", "Ngày cơ quan nhận", "Received on", "07/08/2026")
    due: str = printed("han", "Hạn trả lời", "Due on", "27/08/2026")
    late: str = printed("so_ngay_qua_han", "Số ngày quá hạn", "Days late", "14")
    urged: str = printed("so_lan_da_don_doc", "Số lần đã đôn đốc", "Times urged before", "1")
    lead: str = printed("don_vi_chu_tri", "Đơn vị tham mưu", "Lead unit", "Phòng Kinh tế")


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgingLetter(Head):
    """What the urging letter says."""

    agency: str = printed("co_quan_nhan", "Cơ quan được đôn đốc", "Addressee", "Ủy ban nhân dân xã Nà Pát")
    count: str = printed("so_kien_nghi", "Số kiến nghị quá hạn", "Number overdue", "02")
    time: str = printed("lan", "Đôn đốc lần thứ", "Which urging this is", "2")
    as_of: str = printed("tinh_den", "Tính đến ngày", "As of", "ngày 10 tháng 9 năm 2026")
    by: str = printed(
        "thoi_han", "Thời hạn đề nghị trả lời", "Answer asked by", "chậm nhất hết ngày thứ Sáu 18/09/2026"
    )
    rows: tuple[UrgingRow, ...] = row_list("kien_nghi", "Các kiến nghị", "Petitions", UrgingRow)


def waiting(made: Materials, line: Line) -> tuple[Sending, ...]:
    """Return the sendings of a case that this agency has not answered in time."""
    agency = made.agency[0] if made.agency else None
    return tuple(s for s in line.live if s.is_overdue and s.agency_id == agency)


def compose(made: Materials) -> UrgingLetter:
    """Return the letter; its number among the urgings is one more than the most that any of its rows has had."""
    rows = [(line, sending) for line in made.lines for sending in waiting(made, line)]
    agency = made.agency[1] if made.agency else ""
    time = 1 + max((sending.times_urged for _, sending in rows), default=0)
    return UrgingLetter(
        **made.head(
            symbol="HĐND-TT",
            subject="đôn đốc trả lời kiến nghị của cử tri" + (f" (lần {time})" if time > 1 else ""),
            to=[agency],
            copies=(
                "Như trên",
                f"Thường trực Đảng ủy {made.house.kind_of_place} (b/c)",
                made.house.front,
                made.house.office,
            ),
        ),
        agency=agency,
        count=wording.two_digits(len(rows)),
        time=str(time) if time > 1 else "",
        as_of=wording.long_day(made.today),
        by=wording.last_day(made.order.by) if made.order.by else "",
        rows=tuple(_row(made, number, line, sending) for number, (line, sending) in enumerate(rows, start=1)),
    )


def _row(made: Materials, number: int, line: Line, sending: Sending) -> UrgingRow:
    return UrgingRow(
        ordinal=str(number),
        code=line.code,
        text=line.text,
        paper=sending.sent_by.cited(of_issuer=False) if sending.sent_by else "",
        received=wording.short_day(sending.received_on),
        due=wording.short_day(sending.due_on),
        late=str((made.today - sending.due_on).days) if sending.due_on else "",
        urged=str(sending.times_urged),
        lead=sending.lead,
    )


def _template() -> bytes:
    sheet = Sheet()
    letterhead(sheet, regarding=True)
    addressees(sheet)
    sheet.write(
        "{{ ben_gui }} đã chuyển kiến nghị của cử tri đến {{ co_quan_nhan }} để xem xét, giải quyết và trả lời"
        "{% if can_cu %} theo {{ can_cu }}{% endif %}. Tính đến {{ tinh_den }}, còn {{ so_kien_nghi }} kiến nghị đã quá"
        " hạn nhưng chưa có văn bản trả lời, cụ thể như sau:"
    )
    sheet.table(
        (
            Column("TT", 10, "{{ k.tt }}", CELL_CENTRED),
            Column("Kiến nghị", 53, "{{ k.ma }}: {{ k.noi_dung }}"),
            Column("Văn bản chuyển", 34, "{{ k.van_ban_chuyen }}"),
            Column("Ngày nhận", 25, "{{ k.ngay_nhan }}", CELL_CENTRED),
            Column("Hạn trả lời", 25, "{{ k.han }}", CELL_CENTRED),
            Column("Quá hạn (ngày)", 18, "{{ k.so_ngay_qua_han }}", CELL_CENTRED),
        ),
        rows="kien_nghi",
        each="k",
    )
    sheet.write(
        "{% if lan %}Đây là văn bản đôn đốc lần {{ lan }}. {% endif %}{{ ben_gui_gon }} đề nghị {{ co_quan_nhan }} khẩn"
        " trương chỉ đạo giải quyết, trả lời bằng văn bản các kiến nghị nêu trên; gửi {{ ben_gui_gon }}, đồng thời gửi"
        " {{ mat_tran }}{% if thoi_han %}, {{ thoi_han }}{% endif %}. Đối với kiến nghị chưa thể giải quyết xong, nêu"
        " rõ nguyên nhân, đơn vị chịu trách nhiệm, giải pháp và thời hạn hoàn thành."
    )
    sheet.write("Đề nghị {{ co_quan_nhan }} quan tâm, chỉ đạo thực hiện./.", LAST)
    closing(sheet)
    return sheet.content()


URGE = PrintKind("urge", Text("Văn bản đôn đốc", "Urging letter"), UrgingLetter, _template)
