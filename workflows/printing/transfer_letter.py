"""The letter of transfer with its annex: the petitions that one agency is asked to settle and to answer."""

from __future__ import annotations

from dataclasses import dataclass

from states.text import Text
from workflows.printing import wording
from workflows.printing.fields import printed, row_list
from workflows.printing.heads import Head, addressees, annex, closing, letterhead
from workflows.printing.kinds import PrintKind
from workflows.printing.layout import CELL_CENTRED, LAST, Column, Sheet
from workflows.printing.materials import Materials, note_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRow:
    """One petition of the annex."""

    ordinal: str = printed("tt", "Số thứ tự", "Ordinal", "1")
    code: str = printed("ma", "Mã kiến nghị", "Code", "NP-KN-26-0001")
    locality: str = printed("dia_ban", "Cử tri (thôn, bản)", "Voters of", "Bản Nà Pát")
    text: str = printed("noi_dung", "Nội dung kiến nghị", "Text", "Đường vào bản lầy lội, đề nghị sửa chữa")
    field: str = printed("linh_vuc", "Lĩnh vực", "Field", "Giao thông")
    agency: str = printed("co_quan", "Cơ quan giải quyết", "To be settled by", "Ủy ban nhân dân xã Nà Pát")
    note: str = printed("ghi_chu", "Ghi chú", "Note", "Nêu lại lần 2")


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferLetter(Head):
    """What the letter of transfer says."""

    agency: str = printed("co_quan_nhan", "Cơ quan được chuyển", "Addressee", "Ủy ban nhân dân xã Nà Pát")
    occasion: str = printed("dot_tiep_xuc", "Đợt tiếp xúc cử tri", "Round", "đợt tiếp xúc cử tri trước Kỳ họp thứ 2")
    count: str = printed("so_kien_nghi", "Số kiến nghị", "Number of petitions", "02")
    by: str = printed(
        "thoi_han", "Thời hạn đề nghị trả lời", "Answer asked by", "chậm nhất hết ngày thứ Sáu 11/09/2026"
    )
    reference: str = printed(
        "kem_theo",
        "Dòng «Kèm theo»",
        "Reference of the annex",
        "Kèm theo Công văn số       /HĐND-TT của Thường trực HĐND xã",
    )
    rows: tuple[TransferRow, ...] = row_list("kien_nghi", "Các kiến nghị", "Petitions", TransferRow)


def compose(made: Materials) -> TransferLetter:
    """Return the letter to the agency named, to the committee where none is; a row names every agency it went to."""
    agency = made.agency[1] if made.agency else made.house.committee
    others = list(dict.fromkeys(s.agency for line in made.lines for s in line.sendings))
    to = others if made.paper and others else [agency]
    return TransferLetter(
        **made.head(
            symbol="HĐND-TT",
            subject="chuyển kiến nghị của cử tri",
            to=to,
            copies=("Như trên", made.house.front, made.house.office),
        ),
        agency=agency if len(to) == 1 else "các cơ quan có tên trên",
        occasion=made.occasion(),
        count=wording.two_digits(len(made.lines)),
        by=wording.last_day(made.order.by) if made.order.by else "",
        reference=made.reference("Công văn", "HĐND-TT"),
        rows=tuple(
            TransferRow(
                ordinal=str(number),
                code=line.code,
                locality=line.locality,
                text=line.text,
                field=line.field,
                agency="; ".join(dict.fromkeys(s.agency for s in line.sendings)) or agency,
                note=note_of(line),
            )
            for number, line in enumerate(made.lines, start=1)
        ),
    )


def _template() -> bytes:
    sheet = Sheet()
    letterhead(sheet, regarding=True)
    addressees(sheet)
    sheet.write(
        "{% if can_cu %}Thực hiện {{ can_cu }}; qua{% else %}Qua{% endif %} tổng hợp ý kiến cử tri tại"
        " {{ dot_tiep_xuc }}, {{ ben_gui }} nhận được {{ so_kien_nghi }} kiến nghị thuộc thẩm quyền xem xét, giải quyết"
        " của {{ co_quan_nhan }} (có danh mục kèm theo)."
    )
    sheet.write(
        "{{ ben_gui_gon }} chuyển các kiến nghị nêu trên và đề nghị {{ co_quan_nhan }} chỉ đạo xem xét, giải"
        " quyết, trả lời"
        " bằng văn bản đối với từng kiến nghị. Nội dung trả lời nêu rõ kết quả giải quyết; đối với kiến nghị chưa giải"
        " quyết xong, nêu rõ nguyên nhân, đơn vị chịu trách nhiệm, giải pháp và thời hạn hoàn thành."
    )
    sheet.write(
        "Văn bản trả lời đề nghị gửi {{ ben_gui_gon }}, đồng thời gửi {{ mat_tran }}{% if thoi_han %}, {{ thoi_han }}"
        "{% endif %}, để thông báo đến cử tri và theo dõi, giám sát theo quy định."
    )
    sheet.write("Đề nghị {{ co_quan_nhan }} quan tâm, chỉ đạo thực hiện./.", LAST)
    closing(sheet)
    annex(sheet, "DANH MỤC Ý KIẾN, KIẾN NGHỊ CỦA CỬ TRI")
    sheet.table(
        (
            Column("TT", 12, "{{ k.tt }}", CELL_CENTRED),
            Column("Mã kiến nghị", 37, "{{ k.ma }}"),
            Column("Cử tri", 32, "{{ k.dia_ban|gop }}"),
            Column("Nội dung kiến nghị", 91, "{{ k.noi_dung }}"),
            Column("Lĩnh vực", 30, "{{ k.linh_vuc }}"),
            Column("Cơ quan giải quyết", 30, "{{ k.co_quan }}"),
            Column("Ghi chú", 20, "{{ k.ghi_chu }}"),
        ),
        rows="kien_nghi",
        each="k",
    )
    return sheet.content()


TRANSFER = PrintKind("transfer", Text("Văn bản chuyển kiến nghị", "Letter of transfer"), TransferLetter, _template)
