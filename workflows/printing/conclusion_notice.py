"""The notice of the standing body: its conclusion on the answers that agencies gave."""

from __future__ import annotations

from dataclasses import dataclass

from states.text import Text
from workflows.printing import wording
from workflows.printing.fields import printed, row_list
from workflows.printing.gathering import Line
from workflows.printing.heads import Head, closing, heading, letterhead
from workflows.printing.kinds import PrintKind
from workflows.printing.layout import CELL_CENTRED, LAST, Column, Sheet
from workflows.printing.materials import Materials


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionRow:
    """One petition that was answered, and what the standing body concludes."""

    ordinal: str = printed("tt", "Số thứ tự", "Ordinal", "1")
    code: str = printed("ma", "Mã kiến nghị", "Code", "NP-KN-26-0001")
    text: str = printed("noi_dung", "Nội dung kiến nghị", "Text", "Đường vào bản lầy lội, đề nghị sửa chữa")
    agency: str = printed("co_quan_tra_loi", "Cơ quan trả lời", "Answered by", "Ủy ban nhân dân xã Nà Pát")
    paper: str = printed("van_ban_tra_loi", "Văn bản trả lời", "Paper of the answer", "số 61/BC-UBND ngày 14/8/2026")
    claimed: str = printed("ket_qua_tra_loi", "Kết quả theo văn bản trả lời", "Result claimed", "Giải quyết xong")
    judged: str = printed("ket_luan", "Kết luận của Thường trực HĐND", "Conclusion", "Giải quyết xong")
    words: str = printed("y_kien", "Ý kiến của Thường trực HĐND", "Words", "Nhất trí với nội dung trả lời")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionNotice(Head):
    """What the notice says."""

    count: str = printed("so_kien_nghi", "Số kiến nghị", "Number of petitions", "02")
    agency: str = printed("co_quan_nhan", "Các cơ quan đã trả lời", "Those who answered", "Ủy ban nhân dân xã Nà Pát")
    rows: tuple[ConclusionRow, ...] = row_list("kien_nghi", "Các kiến nghị", "Petitions", ConclusionRow)


def compose(made: Materials) -> ConclusionNotice:
    """Return the notice; where nothing is concluded yet the cell is left to be filled."""
    lines = [line for line in made.lines if line.answers]
    agencies = list(dict.fromkeys(name for line in lines for name, _ in line.answers if name))
    return ConclusionNotice(
        **made.head(
            symbol="TB-HĐND",
            subject=f"Kết luận của Thường trực HĐND {made.house.kind_of_place} về kết quả giải quyết,"
            " trả lời kiến nghị của cử tri",
            copies=(*agencies, made.house.front, f"Các Ban của HĐND {made.house.kind_of_place}", made.house.office),
        ),
        count=wording.two_digits(len(lines)),
        agency="; ".join(agencies),
        rows=tuple(_row(number, line) for number, line in enumerate(lines, start=1)),
    )


def _row(number: int, line: Line) -> ConclusionRow:
    return ConclusionRow(
        ordinal=str(number),
        code=line.code,
        text=line.text,
        agency="; ".join(name for name, _ in line.answers if name),
        paper="; ".join(answer.paper.cited(of_issuer=False) for _, answer in line.answers if answer.paper),
        claimed="; ".join(answer.claimed.label.vi for _, answer in line.answers if answer.claimed),
        judged=line.judged.label.vi if line.judged else "",
        words=line.judged_words,
    )


def _template() -> bytes:
    sheet = Sheet()
    letterhead(sheet, regarding=False)
    heading(sheet, "THÔNG BÁO")
    sheet.write(
        "Sau khi xem xét báo cáo, văn bản trả lời của {{ co_quan_nhan }} đối với {{ so_kien_nghi }} kiến nghị của cử"
        " tri, {{ ben_gui }} thông báo kết luận như sau:"
    )
    sheet.table(
        (
            Column("TT", 10, "{{ k.tt }}", CELL_CENTRED),
            Column("Kiến nghị", 55, "{{ k.ma }}: {{ k.noi_dung }}"),
            Column(
                "Kết quả theo văn bản trả lời",
                50,
                "{{ k.ket_qua_tra_loi }}{% if k.van_ban_tra_loi %} ({{ k.van_ban_tra_loi }}){% endif %}",
            ),
            Column(
                "Kết luận của Thường trực HĐND",
                50,
                "{{ k.ket_luan }}{% if k.y_kien %}: {{ k.y_kien }}{% endif %}",
            ),
        ),
        rows="kien_nghi",
        each="k",
    )
    sheet.write(
        "{{ ben_gui_gon }} đề nghị {{ co_quan_nhan }} tiếp tục chỉ đạo giải quyết dứt điểm các kiến nghị chưa"
        " hoàn thành"
        " theo đúng lộ trình đã trả lời và báo cáo kết quả với {{ ben_gui_gon }}./.",
        LAST,
    )
    closing(sheet)
    return sheet.content()


CONCLUSION = PrintKind(
    "conclusion", Text("Thông báo kết luận của Thường trực HĐND", "Notice of the standing body"), ConclusionNotice,
    _template,
)  # fmt: skip
