"""Lists of promises as an office keeps them, in every form in which they come."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from tests import words

HEADINGS = (
    "STT", "Mã", "Nội dung cam kết", "Cơ quan", "Cam kết tại", "Thời hạn", "Ngày ghi nhận", "Số văn bản",
    "Ngày văn bản", "Lĩnh vực", "Kỳ họp",
)  # fmt: skip
BRIDGE = (
    "1", "CK01", "Xong cầu bản Nà Pát", "UBND xã", "Văn bản trả lời", "Quý IV/2026", "01/08/2026", "61/BC-UBND",
    "20/07/2026", "Giao thông", "KH2",
)  # fmt: skip
LIGHT = (
    "2",
    "CK02",
    "Kéo điện bản Co Muông",
    "Phòng Kinh tế",
    "Kỳ họp HĐND",
    "15/10/2026",
    "02/08/2026",
    "",
    "",
    "",
    "",
)
BROKEN = ("3", "CK03", "Sửa nhà văn hóa", "Sở Xây đường", "Hội nghị nào đó", "31/11/2026", "31/02/2026", "", "", "", "")


def xlsx(path: Path, *rows: Sequence[Any], title: str = "CÁC VIỆC ĐÃ HỨA NĂM 2026") -> Path:
    """Write a workbook with a title above the headings."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Cam kết")
        for place, row in enumerate(((title,), (), HEADINGS, *rows)):
            sheet.write_row(place, 0, row)
    return path


def csv(path: Path, *rows: Sequence[Any]) -> Path:
    """Write the same as text, split by semicolons."""
    path.write_text("\n".join(";".join(map(str, row)) for row in (HEADINGS, *rows)), encoding="utf-8-sig")
    return path


def docx(path: Path, *rows: Sequence[Any]) -> Path:
    """Write the same as a table of a Word file."""
    body = words.para("DANH MỤC CAM KẾT") + words.table([HEADINGS, *rows])
    return words.write_docx(path, body)
