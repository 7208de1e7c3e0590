"""The notice to voters of one hamlet and round: what they raised, what was answered, what came of it."""

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
class NoticeRow:
    """One petition that was answered."""

    ordinal: str = printed("tt", "Số thứ tự", "Ordinal", "1")
    code: str = printed("ma", "Mã kiến nghị", "Code", "NP-KN-26-0001")
    locality: str = printed("dia_ban", "Cử tri (thôn, bản)", "Voters of", "Bản Nà Pát")
    text: str = printed("noi_dung", "Nội dung kiến nghị", "Text", "Đường vào bản lầy lội, đề nghị sửa chữa")
    agency: str = printed("co_quan_tra_loi", "Cơ quan trả lời", "Answered by", "Ủy ban nhân dân xã Nà Pát")
    paper: str = printed("van_ban_tra_loi", "Văn bản trả lời", "Paper of the answer", "số 61/BC-UBND ngày 14/8/2026")
    answer: str = printed("tra_loi", "Nội dung trả lời", "Answer", "Đã sửa xong 1,2 km trong tháng 8/2026")
    result: str = printed("ket_qua", "Kết quả", "Result", "Giải quyết xong")


@dataclass(frozen=True, slots=True, kw_only=True)
class VotersNotice(Head):
    """What the notice says."""

    occasion: str = printed("dot_tiep_xuc", "Đợt tiếp xúc cử tri", "Round", "đợt tiếp xúc cử tri trước Kỳ họp thứ 2")
    voters: str = printed("cu_tri", "Cử tri nơi nhận thông báo", "Voters addressed", "cử tri bản Nà Pát")
    count: str = printed("so_kien_nghi", "Số kiến nghị đã trả lời", "Number answered", "02")
    waiting: str = printed("so_chua_tra_loi", "Số kiến nghị chưa trả lời", "Not answered yet", "01")
    rows: tuple[NoticeRow, ...] = row_list("kien_nghi", "Các kiến nghị", "Petitions", NoticeRow)


def compose(made: Materials) -> VotersNotice:
    """Return the notice about the cases that were answered; the others are counted."""
    answered = [line for line in made.lines if line.answers]
    waiting = sum(not line.answers and not line.is_final for line in made.lines)
    voters = (
        f"cử tri {wording.in_sentence(made.order.locality)}" if made.order.locality else f"cử tri {made.house.place}"
    )
    return VotersNotice(
        **made.head(
            symbol="TB-HĐND",
            subject=f"Kết quả giải quyết, trả lời kiến nghị của {voters}",
            copies=(
                made.house.front,
                made.house.committee,
                made.order.locality or f"Các thôn, bản thuộc {made.house.place}",
                f"Đại biểu HĐND {made.house.kind_of_place}",
                "Niêm yết tại nơi sinh hoạt cộng đồng",
            ),
        ),
        occasion=made.occasion(),
        voters=voters,
        count=wording.two_digits(len(answered)),
        waiting=wording.two_digits(waiting) if waiting else "",
        rows=tuple(_row(number, line) for number, line in enumerate(answered, start=1)),
    )


def _row(number: int, line: Line) -> NoticeRow:
    claims = [answer.claimed for _, answer in line.answers if answer.claimed]
    result = line.judged or (claims[-1] if claims else None)
    return NoticeRow(
        ordinal=str(number),
        code=line.code,
        locality=line.locality,
        text=line.text,
        agency="; ".join(name for name, _ in line.answers if name),
        paper="; ".join(answer.paper.cited(of_issuer=False) for _, answer in line.answers if answer.paper),
        answer="\n".join(answer.words for _, answer in line.answers if answer.words),
        result=result.label.vi if result else "",
    )


def _template() -> bytes:
    sheet = Sheet()
    letterhead(sheet, regarding=False)
    heading(sheet, "THÔNG BÁO")
    sheet.write(
        "{{ ben_gui }} thông báo đến {{ cu_tri }} kết quả giải quyết, trả lời {{ so_kien_nghi }} kiến nghị được nêu tại"
        " {{ dot_tiep_xuc }} như sau:"
    )
    sheet.table(
        (
            Column("TT", 10, "{{ k.tt }}", CELL_CENTRED),
            Column("Nội dung kiến nghị", 50, "{{ k.noi_dung }}"),
            Column(
                "Cơ quan, văn bản trả lời",
                35,
                "{{ k.co_quan_tra_loi }}{% if k.van_ban_tra_loi %} ({{ k.van_ban_tra_loi }}){% endif %}",
            ),
            Column("Nội dung trả lời", 45, "{{ k.tra_loi }}"),
            Column("Kết quả", 25, "{{ k.ket_qua }}"),
        ),
        rows="kien_nghi",
        each="k",
    )
    sheet.control("if so_chua_tra_loi")
    sheet.write(
        "Còn {{ so_chua_tra_loi }} kiến nghị đang được xem xét, giải quyết; {{ ben_gui_gon }} tiếp tục theo dõi,"
        " đôn đốc và"
        " thông báo đến cử tri khi có kết quả."
    )
    sheet.control("endif")
    sheet.write("{{ ben_gui_gon }} thông báo để cử tri biết, theo dõi và giám sát việc thực hiện./.", LAST)
    closing(sheet)
    return sheet.content()


NOTICE = PrintKind("notice", Text("Thông báo cho cử tri", "Notice to voters"), VotersNotice, _template)
