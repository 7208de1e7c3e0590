"""An old register as a commune office kept it, with all its mess, and a way to write one for a scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

COLUMNS: Mapping[str, str] = {
    "stt": "STT",
    "code": "Mã KN",
    "text": "Nội dung kiến nghị",
    "nature": "Ý kiến/Kiến nghị",
    "where": "Cử tri thôn",
    "received": "Ngày tiếp nhận",
    "side": "Trước/Sau kỳ họp",
    "letter": "Số, ngày CV chuyển",
    "incoming": "Số đến",
    "unit_on": "Ngày UBND nhận",
    "unit": "Đơn vị giải quyết/chủ trì",
    "answer": "Số, ngày văn bản trả lời",
    "words": "Nội dung trả lời",
    "result": "Kết quả",
    "judged": "Kết luận của Thường trực HĐND",
    "evidence": "Minh chứng",
    "times": "Số lần nêu",
    "told": "Đã thông báo cử tri",
    "note": "Ghi chú",
}
LETTER = "12/HĐND-TT ngày 06/8/2026"
ANSWER = "56/BC- UBND ngày 25/8/2026"
ROAD = "Đề nghị sửa đường vào bản Co Muông"
Line = Mapping[str, object]


def line(number: int, text: str, **said: object) -> Line:
    """Return a row; what is not said stays blank."""
    return {"stt": number, "code": f"SC{number:02d}", "text": text, "received": "01/8/2026", "side": "Trước", **said}


def whole(number: int = 1, text: str = ROAD, **said: object) -> Line:
    """Return a row that tells everything up to the answer."""
    return line(
        number,
        text,
        **{
            "letter": LETTER, "incoming": "345", "unit_on": "07/8/2026", "unit": "Phòng Kinh tế", "answer": ANSWER,
            "words": "UBND xã đã giao sửa xong đoạn đường", "result": "Đã giải quyết xong", **said,
        },
    )  # fmt: skip


def write(path: Path, lines: Sequence[Line], *, merge: Sequence[tuple[int, int, str]] = ()) -> Path:
    """Write a register as a workbook; `merge` holds (first line, last line, column), lines counted from 1."""
    names = list(COLUMNS)
    merged = {(n, column): first for first, last, column in merge for n in range(first + 1, last + 1)}
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Sổ theo dõi")
        sheet.write(0, 2, "SỔ THEO DÕI KIẾN NGHỊ CỬ TRI")
        sheet.write_row(2, 0, list(COLUMNS.values()))
        for n, said in enumerate(lines, 1):
            for name, value in said.items():
                if (n, name) not in merged and value not in (None, ""):
                    sheet.write(n + 2, names.index(name), value)
        for first, last, column in merge:
            at = names.index(column)
            sheet.merge_range(first + 2, at, last + 2, at, lines[first - 1].get(column, ""))
    return path


UNASKED = {"letter": "", "incoming": "", "unit_on": ""}
UNANSWERED = {"answer": "", "words": ""}
REGISTER: tuple[Line, ...] = (
    whole(1),
    whole(2, "Đề nghị khoan thêm giếng nước cho bản Nà Pát", unit_on="", incoming="", unit=""),
    whole(3, "Đề nghị kéo điện ba pha về bản Nà Pát", unit="Điện lực khu vực", **UNANSWERED, result="Chưa trả lời"),
    whole(4, "Đề nghị xây nhà văn hóa", unit="Phòng Kinh tế; Phòng Văn hóa - Xã hội", result="Đang giải quyết"),
    whole(5, "Đề nghị sửa cầu treo và lưới điện qua suối", unit="UBND xã\nĐiện lực khu vực"),
    whole(6, "Đề nghị cấp lại giấy chứng nhận", **UNANSWERED, result="Chuyển trả, không thuộc thẩm quyền"),
    whole(7, "Đề nghị thu gom rác ở chợ xã", times=3, told="Niêm yết tại nhà văn hóa ngày 05/9/2026"),
    whole(8, "Đề nghị nâng cấp trạm y tế", letter="13/HĐND-TT", unit_on="không rõ", answer="60/BC-UBND", told="x"),
    whole(9, "Đề nghị đổ bê tông đường nội đồng", **UNASKED, **UNANSWERED, result="Đã giải quyết"),
    line(10, "Đề nghị hỗ trợ giống cây trồng", result="Chưa giải quyết"),
    line(11, "Bà con phấn khởi với đường mới", nature="Ý kiến", result="Ghi nhận"),
    line(12, "Đề nghị giải thích mức thu quỹ", result="Giải trình tại hội nghị", words="Chủ tịch đã giải trình"),
    whole(
        13, "Đề nghị tỉnh mở rộng quốc lộ", incoming="", unit_on="", unit="Ủy ban nhân dân tỉnh",
        answer="220/UBND-KT ngày 30/8/2026", result="Chưa giải quyết do chưa có kinh phí",
    ),
    whole(
        14, "Đề nghị lắp đèn đường trung tâm xã", judged="Đã giải quyết xong",
        evidence="Biên bản nghiệm thu 15/BB-UBND ngày 28/8/2026",
    ),
    whole(15, "Đề nghị nạo vét mương bản Nà Pát", judged="Đã giải quyết xong"),
    whole(16, "Đề nghị bố trí giáo viên mầm non", unit="Phòng Nào Đó"),
    whole(17, "Đề nghị trả lời lại về tiền đền bù", result=""),
    whole(18, "Đề nghị mở lớp dạy nghề cho thanh niên", result="lung tung"),
    whole(19, "Đề nghị sửa mái chợ trung tâm", received="không rõ", letter="", incoming="", unit_on="10/8/2026"),
    whole(20, "Đề nghị lắp biển báo đoạn cua dốc", answer="57/BC-UBND ngày 31/11/2025"),
    whole(21, "Đề nghị hỗ trợ nhà ở hộ nghèo", unit_on="07/8/2027"),
    whole(22, "Đề nghị cải tạo ao hồ bản Co Muông", unit_on="05/8/2026"),
    whole(23, "Đề nghị phát sóng lại loa truyền thanh"),
    whole(24, "Đề nghị sớm cấp nước sạch cho trường", letter=""),
    whole(25, "Đề nghị thay cột điện cũ ở bản Nà Pát", unit=""),
)  # fmt: skip
