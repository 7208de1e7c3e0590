"""The parts of an answer, read out of its text where it says them plainly: cause, responsible unit, measure, and so on.

Nothing is invented: what is found are the answer's own words. Merely to consider, check, propose or “settle by the
rules” is no measure; “by the rules” is no ground; “thi công xong” is no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from states.vocabulary import NotYetReason
from workflows.answering.units import HEAD, unit_at
from workflows.importing.dates import read_date
from workflows.paper_numbers import cited_papers

_FLAGS = re.IGNORECASE
_CLAUSES = re.compile(r"[;\n]|\.(?=\s|$)")

_CHARGED = (
    re.compile(rf"\bgiao\s+(?:cho\s+)?(?={HEAD}\b)", _FLAGS),
    re.compile(rf"\b(?:chỉ đạo|yêu cầu|phân công)\s+(?={HEAD}\b)", _FLAGS),
)
_IN_CHARGE = re.compile(
    rf"(?<!\w){HEAD}\b[^.;,()\n]{{0,80}}?\s(?:làm chủ đầu tư|là chủ đầu tư|chủ trì|chịu trách nhiệm)", _FLAGS
)
_ACTING = re.compile(rf"(?<!\w){HEAD}\b[^.;,()\n]{{0,60}}?\s(?:đang|đã|sẽ)\s", _FLAGS)

_CAUSES = (
    re.compile(r"\bnguyên nhân\b(?:\s*(?:là|do|:))*\s*[^.;\n]{3,}", _FLAGS),
    re.compile(
        r"\b(?:chậm\s+)?(?:do|vì)\s+(?:đang\s+)?(?:còn\s+)?(?:vướng|thiếu|chưa|không|khó khăn|hạn chế|ảnh hưởng"
        r"|điều kiện|kinh phí"
        r"|ngân sách|nguồn|mưa|bão|lũ|thời tiết|địa hình|quá tải|xuống cấp|sạt lở|dịch|tranh chấp|hết|trùng"
        r"|nằm ngoài|ngoài)"
        r"\b[^.;\n]*",
        _FLAGS,
    ),
    re.compile(r"[^.;\n]{3,}?\bnên\s+(?:chưa|không|chậm|phải)\b[^.;\n]*", _FLAGS),
    re.compile(r"\b(?:đang|còn)\s+vướng(?:\s+mắc)?\b[^.;\n]*", _FLAGS),
)
_ACTIONS = re.compile(
    r"\b(?:khảo sát|lập\s+(?:phương án|kế hoạch|dự án|hồ sơ|dự toán|quy hoạch|đề án|danh sách)|lồng ghép|bổ sung"
    r"|điều chỉnh"
    r"|đấu nối|hoàn thiện|(?:đưa|bổ sung)\s+vào|cấp vật tư|GPMB|giải phóng mặt bằng|thanh toán|thí điểm|vận động"
    r"|lắp|nạo vét"
    r"|sửa chữa|nâng cấp|xây dựng|đầu tư|thi công|thay thế|mở rộng|tu sửa|duy tu|khắc phục|bố trí|khởi công|di dời"
    r"|thu gom"
    r"|hỗ trợ|cấp\s+(?:đất|giấy|phát|nước|điện)|tuyên truyền|xử phạt|xử lý|thuộc dự án|kéo|khoan|dọn|phát quang|trồng"
    r"|chi trả|bồi thường|trình|tổ chức|ban hành|lắp đặt|san|đào|đắp|cứng hóa|bàn giao|chuyển)\b(?P<rest>[^,;.\n]*)",
    _FLAGS,
)
_NO_ACTION_BEFORE = re.compile(
    r"(?:xem xét|nghiên cứu|đề nghị|đề xuất|cân nhắc|chưa|không|vướng|nhận|chủ|danh mục|kế hoạch|nguồn|vốn|kinh phí"
    r"|dự án|công tác)"
    r"(?:\s+(?:thể|được|có|việc|và|để|phải))*\W*$",
    _FLAGS,
)
_ORDINARY = re.compile(r"^\s*(?:theo\s+(?:đúng\s+)?(?:quy định|pháp luật|thẩm quyền))?\s*$", _FLAGS)
_ALONE_EMPTY = frozenset({"xử lý", "tổ chức", "trình", "chuyển"})
_LAWS = re.compile(
    r"\b(?:theo\s+(?:quy định\s+(?:tại|của)\s+)?|căn cứ\s+(?:vào\s+)?|tại\s+)?"
    r"(?:(?:khoản\s+\d+,?\s+)?điều\s+\d+[^.;,\n]{0,80}|(?-i:Luật|Bộ luật|Nghị định|Thông tư"
    r"|Nghị quyết)\s+(?-i:[A-ZĐÀ-Ỹ0-9])[^.;\n]{2,80})",
    _FLAGS,
)
_EVIDENCE = re.compile(
    r"\b(?:biên bản\s+(?:nghiệm thu|bàn giao|xác nhận|làm việc|kiểm tra|thanh lý)|đã\s+(?:được\s+)?nghiệm thu"
    r"|nghiệm thu,?\s+(?:và\s+)?bàn giao|(?:hình\s+)?ảnh\s+(?:chụp\s+)?kèm theo|hồ sơ\s+kèm theo"
    r"|giấy chứng nhận số)[^.;\n]*",
    _FLAGS,
)
_REVIEW = re.compile(
    r"\brà soát lại\s+(?:vào|trước|trong)?\s*(?:ngày\s+)?(?P<day>\d{1,2}[/.]\d{1,2}[/.]\d{4}"
    r"|\d{1,2} tháng \d{1,2} năm \d{4})",
    _FLAGS,
)
_WHY: Mapping[NotYetReason, re.Pattern[str]] = {
    NotYetReason.FUNDS: re.compile(
        r"(?:(?:chưa|thiếu|không)\s+(?:có\s+|bố trí\s+|cân đối\s+|đủ\s+|được\s+)*(?:nguồn\s+)?(?:vốn|kinh phí"
        r"|ngân sách|nguồn lực)"
        r"|(?:ngân sách|kinh phí|nguồn vốn|nguồn lực)[^.;,\n]{0,30}(?:hạn hẹp|hạn chế|khó khăn|chưa bố trí|chưa đủ))",
        _FLAGS,
    ),
    NotYetReason.LAW: re.compile(r"vướng[^.;\n]{0,20}(?:quy định|luật)|pháp luật chưa|chưa có quy định", _FLAGS),
    NotYetReason.SEVERAL_LEVELS: re.compile(
        r"nhiều cấp|nhiều ngành|vượt thẩm quyền|thẩm quyền của (?:tỉnh|bộ)", _FLAGS
    ),
    NotYetReason.OLD_LAND_CASE: re.compile(r"đất đai[^.;\n]{0,40}(?:kéo dài|tồn đọng)", _FLAGS),
}


def responsible(text: str) -> str | None:
    """Return the unit that is charged or in charge: “giao UBND huyện …”, “… làm chủ đầu tư”, or who acts."""
    for pattern in _CHARGED:
        for charge in pattern.finditer(text):
            if unit := unit_at(text, charge.end()):
                return unit
    acting = (found.start() for pattern in (_IN_CHARGE, _ACTING) if (found := pattern.search(text)))
    return next(filter(None, (unit_at(text, place) for place in acting)), None)


def cause(text: str) -> str | None:
    """Return why the matter stands as it does, where the answer says so."""
    return next((_tidy(found[0]) for pattern in _CAUSES if (found := pattern.search(text))), None)


def measure(text: str) -> str | None:
    """Return the clauses that say what is done or will be done."""
    clauses = (part for part in _CLAUSES.split(text) if _acts(part))
    return "; ".join(map(_tidy, clauses)) or None


def ground(text: str, *, today: date) -> str | None:
    """Return the papers and laws that the answer cites."""
    cited = [_dated(paper.written, paper.issued_on) for paper in cited_papers(text, today=today)]
    laws = [_tidy(found[0]) for found in _LAWS.finditer(text)]
    kept = [law for law in laws if not any(paper.split(" ")[0] in law.replace(" ", "") for paper in cited)]
    return "; ".join([*cited, *kept]) or None


def evidence(text: str) -> str | None:
    """Return what proves that the matter is settled: acceptance, handing over, pictures."""
    return "; ".join(_tidy(found[0]) for found in _EVIDENCE.finditer(text)) or None


def review_on(text: str, *, today: date) -> date | None:
    """Return the day on which the matter is to be looked at again."""
    found = _REVIEW.search(text)
    day = read_date(found["day"], today=today) if found else None
    return day if isinstance(day, date) else None


def reason_not_yet(text: str) -> NotYetReason | None:
    """Return why it is not settled yet, where the text says one reason of the office's list."""
    said = [reason for reason, pattern in _WHY.items() if pattern.search(text)]
    return said[0] if len(said) == 1 else None


READERS: Mapping[str, Callable[[str], str | None]] = {
    "cause": cause,
    "responsible": responsible,
    "measure": measure,
    "evidence": evidence,
}
"""What is read from text alone, by the field of the answer."""


def _acts(clause: str) -> bool:
    return any(_is_action(clause, found) for found in _ACTIONS.finditer(clause))


def _is_action(clause: str, found: re.Match[str]) -> bool:
    verb = clause[found.start() : found.start("rest")].lower()
    if verb in _ALONE_EMPTY and _ORDINARY.fullmatch(found["rest"]):
        return False
    if verb == "đầu tư" and re.match(r"\s+công\b", found["rest"], _FLAGS):
        return False
    return not _NO_ACTION_BEFORE.search(clause[: found.start()])


def _dated(number: str, day: date | None) -> str:
    return f"{number} ngày {day:%d/%m/%Y}" if day else number


def _tidy(words: str) -> str:
    return " ".join(words.split()).strip(" ,;:.-")
