"""The letter of transfer with its annex: the petitions that one agency is asked to settle and answer."""

from __future__ import annotations

from dataclasses import dataclass

from states.text import Text
from workflows.printing.fields import printed, row_list
from workflows.printing.heads import Head, addressees, closing, letterhead
from workflows.printing.kinds import PrintKind
from workflows.printing.layout import CELL_CENTRED, CENTRED, HEADING, TEXT, Column, Sheet, Style

_LAST = Style(align=TEXT.align, indent=True, after=14, keep=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRow:
    """One petition of the annex."""

    ordinal: str = printed("tt", "Số thứ tự", "Ordinal", "1")
    code: str = printed("ma", "Mã kiến nghị", "Code", "NP-KN-26-0001")
    locality: str = printed("dia_ban", "Cử tri (thôn, bản)", "Voters of", "Bản Nà Pát")
    text: str = printed("noi_dung", "Nội dung kiến nghị", "Text", "Đường vào bản lầy lội, đề nghị sửa chữa")
    field: str = printed("linh_vuc", "Lĩnh vực", "Field", "Giao thông")
    agency: str = printed("co_quan_giai_quyet", "Cơ quan giải quyết", "To be settled by", "Ủy ban nhân dân xã")
    note: str = printed("ghi_chu", "Ghi chú", "Note", "Nêu lại lần 2")


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferLetter(Head):
    """What the letter of transfer says."""

    sender: str = printed("ben_gui", "Bên gửi", "Sender", "Thường trực Hội đồng nhân dân xã")
    occasion: str = printed(
        "dot_tiep_xuc", "Đợt tiếp xúc cử tri", "Round", "đợt tiếp xúc cử tri trước Kỳ họp thứ 2 Hội đồng nhân dân xã"
    )
    ground: str = printed("can_cu", "Căn cứ (Quy chế của Hội đồng)", "Ground", "")
    count: str = printed("so_kien_nghi", "Số kiến nghị", "Number of petitions", "02")
    by: str = printed("thoi_han", "Thời hạn trả lời", "To be answered by", "chậm nhất hết ngày thứ Sáu 11/09/2026")
    reference: str = printed("kem_theo", "Dòng «Kèm theo»", "Reference", "Kèm theo Công văn số       /HĐND-TT")
    rows: tuple[TransferRow, ...] = row_list("kien_nghi", "Các kiến nghị", "Petitions", TransferRow)


def _template() -> bytes:
    sheet = Sheet()
    letterhead(sheet, regarding=True)
    addressees(sheet)
    sheet.control("if can_cu")
    sheet.write("Căn cứ {{ can_cu }};")
    sheet.control("endif")
    sheet.write("x")
    closing(sheet)
    sheet.new_section(landscape=True)
    sheet.write("DANH MỤC KIẾN NGHỊ CỦA CỬ TRI", HEADING)
    sheet.write("({{ kem_theo }})", CENTRED)
    sheet.table(
        (
            Column("TT", 12, "{{ k.tt }}", CELL_CENTRED),
            Column("Mã", 32, "{{ k.ma }}"),
            Column("Cử tri", 35, "{{ k.dia_ban|gop }}"),
            Column("Nội dung kiến nghị", 100, "{{ k.noi_dung }}"),
            Column("Lĩnh vực", 35, "{{ k.linh_vuc }}"),
            Column("Ghi chú", 33, "{{ k.ghi_chu }}"),
        ),
        rows="kien_nghi",
        each="k",
    )
    return sheet.content()


TRANSFER = PrintKind("transfer", Text("Văn bản chuyển kiến nghị", "Letter of transfer"), TransferLetter, _template)
