"""The Word templates of tables: annexes, cross table, register on A3, packet of a hamlet, follow-up sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm

from states.text import Text
from workflows.printing.annexes import ANNEXES, Annex
from workflows.printing.cross_table import Cross
from workflows.printing.followup import FollowSheet
from workflows.printing.groups import GROUPS
from workflows.printing.kinds import PrintKind
from workflows.printing.layout import CELL, CELL_CENTRED, CENTRED, HEADING, SMALL, TINY, Column, Sheet, Style
from workflows.printing.packet import Packet
from workflows.printing.register_book import Register

_NOTE = Style(size=TINY, italic=True, align=ALIGN.JUSTIFY)
_ATTACHED = Style(italic=True, align=ALIGN.CENTER, after=8, keep=True)
_NARROW = Style(size=TINY)
_NARROW_CENTRED = Style(size=TINY, align=ALIGN.CENTER)
_FIELD = "Lĩnh vực"
_TICKS = tuple(
    Column(heading, 17, f"{{{{ k.lv{n} }}}}", CELL_CENTRED, above=_FIELD) for n, (_, heading) in enumerate(GROUPS, 1)
)
_TT = Column("TT", 11, "{{ k.tt }}", CELL_CENTRED)
_CODE = "{{ k.ma }}"
_LISTED = (
    _TT, Column("{{ cot_dia_ban }}", 30, "{{ k.dia_ban }}"), Column("Số kiến nghị", 34, _CODE),
    Column("Nội dung kiến nghị", 78, "{{ k.noi_dung }}"), *_TICKS, Column("Ghi chú", 27, "{{ k.ghi_chu }}"),
)  # fmt: skip
_ANSWERED = (
    _TT, Column("{{ cot_dia_ban }}", 25, "{{ k.dia_ban }}"), Column("Số kiến nghị", 33, _CODE),
    Column("Nội dung kiến nghị", 51, "{{ k.noi_dung }}"), *_TICKS,
    Column("Cơ quan, đơn vị trả lời", 28, "{{ k.co_quan_tra_loi }}"),
    Column("Viện dẫn văn bản trả lời", 32, "{{ k.van_ban_tra_loi }}"),
)  # fmt: skip
_TOLD = (
    Column("TT", 10, "{{ k.tt }}", _NARROW_CENTRED), Column("Cử tri", 19, "{{ k.dia_ban }}", _NARROW),
    Column("Mã kiến nghị", 29, _CODE, _NARROW),
    *(Column(c.head, 17, c.cell, _NARROW_CENTRED, above=_FIELD) for c in _TICKS),
    Column("Nội dung kiến nghị", 42, "{{ k.noi_dung }}", _NARROW),
    Column("Cơ quan trả lời", 20, "{{ k.co_quan_tra_loi }}", _NARROW),
    Column("Nội dung trả lời", 38, "{{ k.noi_dung_tra_loi }}", _NARROW),
    Column("Số công văn trả lời", 24, "{{ k.van_ban_tra_loi }}", _NARROW),
)  # fmt: skip
_ANNEX_COLUMNS = {"pl1": _LISTED, "pl2": _LISTED, "pl3": _ANSWERED, "pl4": _LISTED, "2b": _TOLD}


def _wide() -> Sheet:
    """Return an A4 page lying down, with room for a table."""
    sheet = Sheet(landscape=True)
    section = sheet.document.sections[0]
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(15)
    return sheet


def _notes(sheet: Sheet) -> None:
    sheet.control("for d in chu_thich")
    sheet.write("{{ d.dong }}", _NOTE)
    sheet.control("endfor")


def _annex(columns: tuple[Column, ...]) -> bytes:
    sheet = _wide()
    sheet.write("{{ phu_luc }}", HEADING)
    sheet.write("{{ tieu_de }}", HEADING)
    sheet.write("{{ kem_theo }}", _ATTACHED)
    sheet.table(columns, rows="kien_nghi", each="k", totals="tong_cong")
    _notes(sheet)
    return sheet.content()


def _cross() -> bytes:
    sheet = _wide()
    sheet.write("{{ tieu_de }}", HEADING)
    sheet.write("{{ kem_theo }}", _ATTACHED)
    sheet.control("for p in cac_phan")
    sheet.control("if p.ten_phan")
    sheet.write("{{ p.ten_phan }}", Style(size=SMALL, italic=True, keep=True))
    sheet.control("endif")
    places = tuple(
        Column(head, 18, f"{{{{ k.{cell}{n} }}}}", CELL_CENTRED, above=f"{{{{ p.db{n} }}}}")
        for n in range(1, 5)
        for head, cell in (("Số kiến nghị", "so"), ("Tỷ lệ", "tl"))
    )
    columns = (
        _TT, Column("Lĩnh vực", 45, "{{ k.linh_vuc }}"), Column("Tổng số KNCT", 20, "{{ k.tong }}", CELL_CENTRED),
        Column("Tỷ lệ", 18, "{{ k.ty_le }}", CELL_CENTRED), *places, Column("Ghi chú", 25, "{{ k.ghi_chu }}"),
    )  # fmt: skip
    sheet.table(columns, rows="p.dong", each="k", totals="p.tong_cong")
    sheet.control("endfor")
    _notes(sheet)
    return sheet.content()


def _register() -> bytes:
    sheet = _wide()
    section = sheet.document.sections[0]
    section.page_width, section.page_height = Mm(420), Mm(297)
    sheet.write("{{ hoi_dong|hoa }}", CENTRED)
    sheet.write("{{ tieu_de }}", HEADING)
    sheet.write("{{ den_ngay }}", _ATTACHED)
    columns = (
        Column("STT", 12, "{{ k.stt }}", _NARROW_CENTRED), Column("Mã kiến nghị", 31, _CODE, _NARROW),
        Column("Ngày tiếp nhận", 24, "{{ k.ngay_tiep_nhan }}", _NARROW_CENTRED),
        Column("Cử tri (địa bàn)", 25, "{{ k.cu_tri }}", _NARROW),
        Column("Nội dung kiến nghị", 64, "{{ k.noi_dung }}", _NARROW),
        Column("Lĩnh vực", 24, "{{ k.linh_vuc }}", _NARROW), Column("Thẩm quyền", 19, "{{ k.tham_quyen }}", _NARROW),
        Column("Số, ngày CV chuyển", 27, "{{ k.cong_van_chuyen }}", _NARROW),
        Column("Ngày nhận (số đến)", 24, "{{ k.ngay_nhan }}", _NARROW),
        Column("Đơn vị chủ trì", 26, "{{ k.don_vi_chu_tri }}", _NARROW),
        Column("Hạn trả lời", 24, "{{ k.han_tra_loi }}", _NARROW),
        Column("Số, ngày VB trả lời", 27, "{{ k.van_ban_tra_loi }}", _NARROW),
        Column("Kết quả", 26, "{{ k.ket_qua }}", _NARROW),
        Column("Nêu lần thứ", 12, "{{ k.lan_neu }}", _NARROW_CENTRED),
        Column("Ghi chú", 25, "{{ k.ghi_chu }}", _NARROW),
    )  # fmt: skip
    sheet.table(columns, rows="kien_nghi", each="k")
    _notes(sheet)
    return sheet.content()


def _packet() -> bytes:
    sheet = _wide()
    sheet.control("for h in cac_thon")
    sheet.write("{{ hoi_dong|hoa }}", CENTRED)
    sheet.write("TÀI LIỆU TIẾP XÚC CỬ TRI: {{ h.ten|hoa }}", HEADING)
    sheet.write("{{ den_ngay }}; {{ pham_vi }}", _ATTACHED)
    sheet.write("{{ h.so_lieu }}", Style(size=SMALL, bold=True, after=6))
    sheet.control("for n in h.cac_nhom")
    sheet.write("{{ n.ten_nhom }}", Style(size=SMALL, bold=True, before=6, after=3, keep=True))
    columns = (
        Column("STT", 12, "{{ k.stt }}", _NARROW_CENTRED), Column("Mã", 28, _CODE, _NARROW),
        Column("Nêu khi nào, mấy lần", 27, "{{ k.lan_neu }}", _NARROW),
        Column("Nội dung kiến nghị", 52, "{{ k.noi_dung }}", _NARROW),
        Column("Cơ quan giải quyết", 27, "{{ k.dang_o_dau }}", _NARROW),
        Column("Đã trả lời (số, ngày, nội dung)", 46, "{{ k.tra_loi }}", _NARROW),
        Column("Đã hứa, cam kết", 25, "{{ k.cam_ket }}", _NARROW),
        Column("Tình trạng", 26, "{{ k.tinh_trang }}", _NARROW),
        Column("Đã báo cử tri", 24, "{{ k.da_bao_cu_tri }}", _NARROW),
    )  # fmt: skip
    sheet.table(columns, rows="n.kien_nghi", each="k")
    sheet.control("endfor")
    sheet.control("if not loop.last")
    sheet.document.add_page_break()
    sheet.control("endif")
    sheet.control("endfor")
    _notes(sheet)
    return sheet.content()


def _followup() -> bytes:
    sheet = _wide()
    sheet.write("{{ hoi_dong|hoa }}", CENTRED)
    sheet.write("PHIẾU THEO DÕI", HEADING)
    sheet.write("VIỆC GIẢI QUYẾT KIẾN NGHỊ CỦA CỬ TRI", HEADING)
    sheet.write("Đơn vị: {{ don_vi }}", Style(bold=True, align=ALIGN.CENTER))
    sheet.write("{{ den_ngay }}", _ATTACHED)
    sheet.write("Mã phiếu: {{ ma_phieu }}", Style(size=TINY, italic=True, after=4))
    columns = (
        Column("STT", 12, "{{ k.stt }}", _NARROW_CENTRED), Column("Mã", 30, _CODE, _NARROW),
        Column("Nội dung (tóm tắt)", 40, "{{ k.noi_dung }}", _NARROW),
        Column("Địa bàn", 19, "{{ k.dia_ban }}", _NARROW),
        Column("Ngày nhận", 24, "{{ k.ngay_nhan }}", _NARROW_CENTRED), Column("Hạn", 24, "{{ k.han }}", _NARROW),
        Column("Báo cáo gần nhất", 27, "{{ k.lan_truoc }}", _NARROW), Column("Tiến độ", 34, "{{ k.tien_do }}", CELL),
        Column("Khó khăn, vướng mắc", 24, "{{ k.vuong_mac }}", CELL),
        Column("Dự kiến xong", 20, "{{ k.du_kien }}", CELL_CENTRED),
        Column("Bản", 13, "{{ k.ban }}", _NARROW_CENTRED),
    )  # fmt: skip
    sheet.table(columns, rows="ho_so", each="k")
    _notes(sheet)
    return sheet.content()


def _annex_kind(code: str, build: Callable[[], bytes]) -> PrintKind:
    return PrintKind(f"annex_{code}", ANNEXES[code].label, Annex, build)


TABLES = (
    *(_annex_kind(code, partial(_annex, columns)) for code, columns in _ANNEX_COLUMNS.items()),
    PrintKind("cross", Text("Tổng hợp lĩnh vực, địa bàn", "Cross table of fields and hamlets"), Cross, _cross),
    PrintKind("register", Text("Sổ theo dõi kiến nghị", "Register of petitions"), Register, _register),
    PrintKind("packet", Text("Tài liệu tiếp xúc cử tri của thôn, bản", "Packet of a hamlet"), Packet, _packet),
    PrintKind("followup", Text("Phiếu theo dõi", "Follow-up sheet"), FollowSheet, _followup),
)
"""The kinds of print that are tables."""
