"""The files by which work enters the register, as their bytes come over HTTP."""

from __future__ import annotations

import io

import docx

from tests.lists import HEADINGS


def csv(*rows: tuple[str, ...]) -> bytes:
    """Return a text file of these rows; cells hold no delimiter."""
    return "\n".join(";".join(row) for row in rows).encode()


def petitions(*texts: str) -> bytes:
    """Return a list of petitions with these texts."""
    rows = ((str(n), text, "Bản Nà Pát", "", "", "03/08/2026") for n, text in enumerate(texts, start=1))
    return csv(HEADINGS, *rows)


def promises(*texts: str) -> bytes:
    """Return a list of promises."""
    rows = [(text, "UBND", "Văn bản trả lời", "Quý IV/2026", "03/08/2026") for text in texts]
    return csv(("Nội dung cam kết", "Cơ quan", "Cam kết tại", "Thời hạn", "Ngày nhận"), *rows)


def answers(*codes: str, result: str = "Đã giải quyết") -> bytes:
    """Return a Word report with one answer for each case."""
    document, content = docx.Document(), io.BytesIO()
    headings = ("STT", "Mã kiến nghị", "Nội dung kiến nghị", "Nội dung trả lời", "Kết quả")
    table = document.add_table(rows=0, cols=len(headings))
    told = [(str(n), code, "Đường vào bản", "UBND xã đã sửa xong", result) for n, code in enumerate(codes, start=1)]
    for row in (headings, *told):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(content)
    return content.getvalue()


def follow_up(*codes: str) -> bytes:
    """Return a follow-up sheet that came back with progress on each case."""
    return csv(
        ("STT", "Mã", "Nội dung", "Tiến độ", "Khó khăn", "Dự kiến xong"),
        *((str(n), code, "Đường", "Đã khảo sát", "", "30/11/2026") for n, code in enumerate(codes, start=1)),
    )
