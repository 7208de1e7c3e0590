"""The request for a new answer: which answers do not do, and what is missing in each."""

from __future__ import annotations

from dataclasses import dataclass

from states.answers import PARTS
from states.text import Text
from workflows.printing import wording
from workflows.printing.fields import printed, row_list
from workflows.printing.gathering import Answer, Line
from workflows.printing.heads import Head, addressees, closing, letterhead
from workflows.printing.kinds import PrintKind
from workflows.printing.layout import CELL_CENTRED, LAST, Column, Sheet
from workflows.printing.materials import Materials


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswerRow:
    """One petition whose answer does not do."""

    ordinal: str = printed("tt", "Số thứ tự", "Ordinal", "1")
    code: str = printed("ma", "Mã kiến nghị", "Code", "NP-KN-26-0001")
    text: str = printed("noi_dung", "Nội dung kiến nghị", "Text", "Đường vào bản lầy lội, đề nghị sửa chữa")
    paper: str = printed("van_ban_tra_loi", "Văn bản trả lời", "Answered by", "số 61/BC-UBND ngày 14/8/2026")
    answer: str = printed("tra_loi", "Nội dung đã trả lời", "Answer", "Sẽ xem xét trong thời gian tới")
    claimed: str = printed("ket_qua", "Kết quả theo văn bản trả lời", "Result claimed", "Đang giải quyết, có lộ trình")
    missing: str = printed("con_thieu", "Nội dung còn thiếu", "What is missing", "nguyên nhân; giải pháp")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswerLetter(Head):
    """What the request says."""

    agency: str = printed("co_quan_nhan", "Cơ quan trả lời", "Addressee", "Ủy ban nhân dân xã Nà Pát")
    count: str = printed("so_kien_nghi", "Số kiến nghị", "Number of petitions", "02")
    by: str = printed(
        "thoi_han", "Thời hạn đề nghị trả lời", "Answer asked by", "chậm nhất hết ngày thứ Sáu 11/09/2026"
    )
    rows: tuple[NewAnswerRow, ...] = row_list("kien_nghi", "Các kiến nghị", "Petitions", NewAnswerRow)


def compose(made: Materials) -> NewAnswerLetter:
    """Return the request to those who answered; cases without an answer are not in it."""
    rows = [(line, name, answer) for line in made.lines for name, answer in _answers(made, line)]
    to = list(dict.fromkeys(name for _, name, _ in rows if name)) or [made.house.committee]
    return NewAnswerLetter(
        **made.head(
            symbol="HĐND-TT",
            subject="đề nghị trả lời lại kiến nghị của cử tri",
            to=to,
            copies=("Như trên", made.house.front, made.house.office),
        ),
        agency=to[0] if len(to) == 1 else "các cơ quan có tên trên",
        count=wording.two_digits(len(rows)),
        by=wording.last_day(made.order.by) if made.order.by else "",
        rows=tuple(_row(number, line, answer) for number, (line, _, answer) in enumerate(rows, start=1)),
    )


def _answers(made: Materials, line: Line) -> list[tuple[str, Answer]]:
    """Return the answers of the agency named, or all of them."""
    return [(name, answer) for name, answer in line.answers if made.agency is None or name == made.agency[1]]


def _row(number: int, line: Line, answer: Answer) -> NewAnswerRow:
    return NewAnswerRow(
        ordinal=str(number),
        code=line.code,
        text=line.text,
        paper=answer.paper.cited(of_issuer=False) if answer.paper else "",
        answer=answer.words,
        claimed=answer.claimed.label.vi if answer.claimed else "",
        missing="; ".join(PARTS[part].vi for part in answer.missing),
    )


def _template() -> bytes:
    sheet = Sheet()
    letterhead(sheet, regarding=True)
    addressees(sheet)
    sheet.write(
        "{{ ben_gui }} đã nhận được văn bản trả lời kiến nghị của cử tri của {{ co_quan_nhan }}. Qua xem xét, có"
        " {{ so_kien_nghi }} kiến nghị mà nội dung trả lời chưa đáp ứng yêu cầu, cụ thể như sau:"
    )
    sheet.table(
        (
            Column("TT", 10, "{{ k.tt }}", CELL_CENTRED),
            Column("Kiến nghị", 45, "{{ k.ma }}: {{ k.noi_dung }}"),
            Column(
                "Nội dung đã trả lời",
                55,
                "{{ k.tra_loi }}{% if k.ket_qua %} (Kết quả: {{ k.ket_qua }}.){% endif %}"
                "{% if k.van_ban_tra_loi %} Văn bản {{ k.van_ban_tra_loi }}.{% endif %}",
            ),
            Column(
                "Nội dung đề nghị bổ sung",
                55,
                "{% if k.con_thieu %}Chưa nêu: {{ k.con_thieu }}.{% else %}Đề nghị trả lời cụ thể hơn.{% endif %}",
            ),
        ),
        rows="kien_nghi",
        each="k",
    )
    sheet.write(
        "{{ ben_gui_gon }} đề nghị {{ co_quan_nhan }} trả lời lại bằng văn bản đối với các kiến nghị nêu trên,"
        " bổ sung đầy"
        " đủ những nội dung còn thiếu; gửi {{ ben_gui_gon }}, đồng thời gửi {{ mat_tran }}{% if thoi_han %},"
        " {{ thoi_han }}{% endif %}."
    )
    sheet.write("Đề nghị {{ co_quan_nhan }} quan tâm, chỉ đạo thực hiện./.", LAST)
    closing(sheet)
    return sheet.content()


NEW_ANSWER = PrintKind(
    "new-answer", Text("Văn bản yêu cầu trả lời lại", "Request for a new answer"), NewAnswerLetter, _template
)
