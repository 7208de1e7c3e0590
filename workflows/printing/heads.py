"""What every letter has around its text: letterhead, addressees, copies, signature (Decree 30/2020/NĐ-CP, art. 8)."""

from __future__ import annotations

from dataclasses import dataclass

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from workflows.printing.fields import printed, row_list
from workflows.printing.layout import BODY, CENTRED, HEADING, SMALL, TINY, Sheet, Style, rule

_NAME = Style(size=13, bold=True, align=ALIGN.CENTER)
_MOTTO = Style(size=BODY, bold=True, align=ALIGN.CENTER)
_STATE = Style(size=12, bold=True, align=ALIGN.CENTER)
_UNDER = Style(size=13, align=ALIGN.CENTER, before=4)
_DATE = Style(size=BODY, italic=True, align=ALIGN.CENTER, before=4)
_COPY = Style(size=TINY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One line of a list of names."""

    name: str = printed("ten", "Tên", "Name", "Ủy ban nhân dân xã Nà Pát")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyTo:
    """One line of "Nơi nhận"."""

    name: str = printed("ten", "Nơi nhận", "Copy to", "Như trên")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every letter says of itself. The number and the day are left to fill until the paper is signed."""

    above: str = printed("co_quan_tren", "Tên cơ quan, dòng trên", "Issuer, upper line", "HỘI ĐỒNG NHÂN DÂN")
    issuer: str = printed("co_quan", "Tên cơ quan, dòng dưới", "Issuer, lower line", "XÃ NÀ PÁT")
    number: str = printed("so", "Số, ký hiệu", "Number", "Số:       /HĐND-TT")
    place_and_day: str = printed(
        "dia_danh_ngay", "Địa danh và ngày", "Place and day", "Nà Pát, ngày       tháng       năm 2026"
    )
    subject: str = printed("trich_yeu", "Trích yếu", "Subject", "chuyển kiến nghị của cử tri")
    to: str = printed("kinh_gui", "Kính gửi (một nơi)", "To (one addressee)", "Ủy ban nhân dân xã Nà Pát")
    to_many: tuple[Named, ...] = row_list("kinh_gui_nhieu_noi", "Kính gửi (nhiều nơi)", "To (several)", Named)
    copies: tuple[CopyTo, ...] = row_list("noi_nhan", "Nơi nhận", "Copies to", CopyTo)
    on_behalf: str = printed("thay_mat", "Quyền hạn ký", "Signed on behalf of", "TM. THƯỜNG TRỰC HĐND")
    in_place: str = printed("ky_thay", "Ký thay", "Signed for", "KT. CHỦ TỊCH")
    position: str = printed("chuc_vu", "Chức vụ người ký", "Position", "PHÓ CHỦ TỊCH")
    signer: str = printed("nguoi_ky", "Họ và tên người ký", "Signer", "Lò Văn Thường")
    sender: str = printed("ben_gui", "Bên gửi", "Sender", "Thường trực Hội đồng nhân dân xã Nà Pát")
    sender_again: str = printed("ben_gui_gon", "Bên gửi, viết gọn", "Sender, in short", "Thường trực HĐND xã")
    front: str = printed(
        "mat_tran", "Mặt trận", "The Front's standing board", "Ban Thường trực Ủy ban MTTQ Việt Nam xã Nà Pát"
    )
    ground: str = printed("can_cu", "Quy chế của Hội đồng, nếu đã ban hành", "The council's own regulation", "")


def letterhead(sheet: Sheet, *, regarding: bool) -> None:
    """Write issuer, motto, number, place and day; `regarding`: a letter, whose subject stands under the number."""
    left, right = sheet.columns(65, 100)
    sheet.rewrite(left.paragraphs[0], "{{ co_quan_tren }}", _NAME)
    sheet.write("{{ co_quan }}", _NAME, into=left)
    rule(sheet, 22, into=left)
    sheet.rewrite(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", _STATE)
    sheet.write("Độc lập - Tự do - Hạnh phúc", _MOTTO, into=right)
    rule(sheet, 19, into=right)
    left, right = sheet.columns(65, 100)
    sheet.rewrite(left.paragraphs[0], "{{ so }}", _UNDER)
    sheet.rewrite(right.paragraphs[0], "{{ dia_danh_ngay }}", _DATE)
    if regarding:
        sheet.write("V/v {{ trich_yeu }}", Style(size=SMALL, align=ALIGN.CENTER, before=2), into=left)
    sheet.write("", Style(size=6))


def heading(sheet: Sheet, kind: str) -> None:
    """Write the name of a type of paper and its subject under it."""
    sheet.write(kind, Style(bold=True, align=ALIGN.CENTER, before=6, keep=True))
    sheet.write("{{ trich_yeu }}", Style(bold=True, align=ALIGN.CENTER, keep=True))
    rule(sheet, 60)
    sheet.write("", Style(size=6))


def addressees(sheet: Sheet) -> None:
    """Write to whom it goes: in one line, or a line each."""
    sheet.control("if kinh_gui")
    sheet.write("Kính gửi: {{ kinh_gui }}.", Style(align=ALIGN.CENTER, before=6, after=10))
    sheet.control("endif")
    sheet.control("if kinh_gui_nhieu_noi")
    sheet.write("Kính gửi:", Style(align=ALIGN.CENTER, before=6, after=2, keep=True))
    sheet.control("for n in kinh_gui_nhieu_noi")
    sheet.write("- {{ n.ten }};", CENTRED)
    sheet.control("endfor")
    sheet.write("", Style(size=6))
    sheet.control("endif")


def annex(sheet: Sheet, title: str) -> None:
    """Begin the annex on a page of its own, broad side down: its title and which paper it belongs to."""
    sheet.new_section(landscape=True)
    sheet.write(title, HEADING)
    sheet.write("({{ kem_theo }})", Style(italic=True, align=ALIGN.CENTER, after=8, keep=True))


def closing(sheet: Sheet) -> None:
    """Write "Nơi nhận" at the left and the signature at the right, on one page with each other."""
    left, right = sheet.columns(80, 85)
    sheet.rewrite(left.paragraphs[0], "Nơi nhận:", Style(size=SMALL, bold=True, italic=True))
    sheet.control("for n in noi_nhan", into=left)
    sheet.write("- {{ n.ten }};", _COPY, into=left)
    sheet.control("endfor", into=left)
    sheet.write("- Lưu: VT.", _COPY, into=left)
    sheet.rewrite(right.paragraphs[0], "{{ thay_mat }}", _MOTTO)
    for name in ("ky_thay", "chuc_vu"):
        sheet.control(f"if {name}", into=right)
        sheet.write(f"{{{{ {name} }}}}", _MOTTO, into=right)
        sheet.control("endif", into=right)
    sheet.write("{{ nguoi_ky }}", Style(bold=True, align=ALIGN.CENTER, before=60), into=right)
