"""Units as running text names them: “UBND huyện Na Hang”, “Sở Công Thương”, “công ty môi trường đô thị”."""

from __future__ import annotations

import re

HEAD = (
    r"(?:(?:chủ tịch\s+)?(?:UBND|[UỦ]ỷ ban nhân dân|Uỷ ban nhân dân)|các\s+(?:phòng|cơ quan|đơn vị)|phòng|sở|ban"
    r"|công ty|cty"
    r"|trung tâm|công an|điện lực|chi cục|trạm|hạt|văn phòng|thanh tra|trường|bệnh viện|kho bạc|thuế|chi nhánh"
    r"|xí nghiệp"
    r"|BQL|công chức|bộ chỉ huy|ban chỉ huy|đội|hợp tác xã|HTX)"
)
"""How the name of a unit begins; to be compared without case."""
# A name ends before these: what the unit does, and small words that no name has.
_ENDS = re.compile(
    r"\b(?:đang|đã|sẽ|sớm|cùng|để|trong|theo|là|có|làm|lập|trước|khi|cho|với|được|phải|tại|cần|chưa|không|từ|nhằm"
    r"|rồi|rà soát"
    r"|chỉ đạo|khảo sát|phối hợp|xem xét|kiểm tra|hoàn thiện|hoàn thành|đưa vào|khẩn trương|đề xuất|đề nghị|đấu nối"
    r"|lồng ghép|vận động|chủ trì|chủ động|thực hiện|tham mưu|bố trí|tổ chức|triển khai|hướng dẫn|tiếp tục|nghiên cứu"
    r"|báo cáo|yêu cầu|giải quyết|cân đối|sửa chữa|khắc phục|nâng cấp|xử lý|chịu trách nhiệm|trả lời|thông báo"
    r"|thẩm định"
    r"|theo dõi|đôn đốc|cắm mốc|lắp|thi công|nạo vét|duy tu|cải tạo|mở rộng|bàn giao|di dời|tăng cường"
    r"|thường xuyên|đẩy nhanh"
    r"|tuyên truyền|quản lý(?!\s+(?:dự án|đất|đô thị|môi trường|chợ|thủy lợi|khai thác))|ra quân|mời|gửi|trình|ký"
    r"|đo|cấp)\b"
    r"|[,;:()\n]|\.(?=\s|$)",
    re.IGNORECASE,
)
_AND = re.compile(rf"\s+và\s+(?!(?-i:[A-ZĐÀ-Ỹ])|{HEAD}\b)", re.IGNORECASE)
_BEGINS = re.compile(rf"{HEAD}\b", re.IGNORECASE)
_MOST_WORDS = 16


def unit_at(text: str, place: int) -> str | None:
    """Return the name of the unit that begins at `place` in `text`, None where none does."""
    found = _BEGINS.match(text, place)
    if found is None:
        return None
    end = _ENDS.search(text, found.end())
    name = text[place : end.start() if end else len(text)]
    words = _AND.split(name)[0].split()
    return " ".join(words).rstrip(" .-–") if 1 < len(words) <= _MOST_WORDS else None
