"""The fields of a petition's row, and the headings under which offices write them.

Headings come from the two import templates in use, the official annexes (phụ lục I-IV, 2B) and registers of
commune offices. They are compared folded: case, diacritics, punctuation and line breaks do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum, unique

from states.folding import fold_words
from states.text import Text

WHY_REJECTED = "Vì sao bị từ chối"
"""The heading that `rejected` writes over its reasons; what stands under it is never read."""


@unique
class Field(StrEnum):
    """What a column can mean; the values are the names used in mapping files."""

    ORDINAL = "ordinal"
    CODE = "code"
    TEXT = "text"
    NATURE = "nature"
    LOCALITY = "locality"
    AGENCY = "agency"
    SUBJECT = "field"
    SESSION = "session"
    ROUND = "round"
    PLAN = "plan"
    LETTER = "letter"
    LETTER_NUMBER = "letter_number"
    LETTER_DATE = "letter_date"
    RECEIVED_ON = "received_on"
    PETITIONER = "petitioner"
    ADDRESS = "address"
    PHONE = "phone"
    CHANNEL = "channel"
    NOTE = "note"
    OTHER = "other"
    WHY_REJECTED = "why_rejected"

    @property
    def label(self) -> Text:
        """Return the name of the field for people."""
        return _LABELS[self]


_LABELS = {
    Field.ORDINAL: Text("Số thứ tự", "Ordinal"),
    Field.CODE: Text("Mã kiến nghị", "Code in the source"),
    Field.TEXT: Text("Nội dung kiến nghị", "Text"),
    Field.NATURE: Text("Ý kiến hay kiến nghị", "Opinion or request"),
    Field.LOCALITY: Text("Địa phương", "Locality"),
    Field.AGENCY: Text("Cơ quan có thẩm quyền", "Agency with jurisdiction"),
    Field.SUBJECT: Text("Lĩnh vực", "Field"),
    Field.SESSION: Text("Kỳ họp", "Session"),
    Field.ROUND: Text("Trước hay sau kỳ họp", "Before or after the session"),
    Field.PLAN: Text("Chương trình, kế hoạch tiếp xúc", "Contact plan"),
    Field.LETTER: Text("Công văn", "Letter"),
    Field.LETTER_NUMBER: Text("Số công văn", "Number of the letter"),
    Field.LETTER_DATE: Text("Ngày công văn", "Date of the letter"),
    Field.RECEIVED_ON: Text("Ngày nhận", "Date received"),
    Field.PETITIONER: Text("Người kiến nghị", "Petitioner"),
    Field.ADDRESS: Text("Địa chỉ", "Address"),
    Field.PHONE: Text("Điện thoại", "Telephone"),
    Field.CHANNEL: Text("Hình thức tiếp nhận", "Channel"),
    Field.NOTE: Text("Ghi chú", "Note"),
    Field.OTHER: Text("Cột khác, giữ nguyên", "Another column, kept as it is"),
    Field.WHY_REJECTED: Text(WHY_REJECTED, "Why it was rejected"),
}

DATE_FIELDS = frozenset({Field.LETTER_DATE, Field.RECEIVED_ON})

# Written in full for the reader; folded once below.
_KNOWN: dict[Field, tuple[str, ...]] = {
    Field.ORDINAL: ("STT", "TT", "Số TT", "S.T.T", "Số thứ tự", "Thứ tự", "No"),
    Field.CODE: (
        "Mã kiến nghị",
        "Mã",
        "Mã số",
        "Mã KN",
        "Số kiến nghị",
        "Số kiến nghị (mã)",
        "Mã ý kiến",
        "Số hiệu kiến nghị",
        "Mã đơn",
        "Code",
    ),
    Field.TEXT: (
        "Nội dung kiến nghị",
        "Nội dung",
        "Nội dung ý kiến, kiến nghị",
        "Nội dung kiến nghị của cử tri",
        "Nội dung ý kiến, kiến nghị của cử tri",
        "Nội dung ý kiến",
        "Ý kiến, kiến nghị",
        "Ý kiến, kiến nghị của cử tri",
        "Kiến nghị",
        "Kiến nghị của cử tri",
        "Kiến nghị cử tri",
        "Nội dung KN",
        "ND kiến nghị",
        "Nội dung phản ánh",
        "Nội dung phản ánh, kiến nghị",
        "Nội dung kiến nghị, phản ánh",
        "Nội dung cử tri kiến nghị",
        "Tóm tắt nội dung kiến nghị",
        "Nội dung đơn",
        "Text",
    ),
    Field.NATURE: (
        "Loại ý kiến",
        "Ý kiến/Kiến nghị",
        "Ý kiến hay kiến nghị",
        "Loại kiến nghị",
        "Loại ý kiến, kiến nghị",
        "Phân loại ý kiến",
    ),
    Field.LOCALITY: (
        "Địa phương",
        "Địa phương tiếp nhận",
        "Địa phương, Đơn vị tiếp nhận",
        "Đơn vị tiếp nhận",
        "Địa bàn",
        "Xã",
        "Xã, phường",
        "Xã, phường, thị trấn",
        "Xã, phường, đặc khu",
        "Thôn",
        "Thôn, xóm",
        "Thôn, tổ dân phố",
        "Thôn, bản",
        "Tổ dân phố",
        "Huyện",
        "Tỉnh",
        "Tỉnh, thành phố",
        "Huyện, thị xã, thành phố",
        "Huyện, TX, TP",
        "Cử tri các huyện",
        "Cử tri các xã",
        "Cử tri",
        "Cử tri (xã/thôn)",
        "Cử tri xã",
        "Cử tri thôn",
        "Cử tri địa phương",
        "Đơn vị bầu cử",
        "Điểm tiếp xúc",
        "Locality",
    ),
    Field.AGENCY: (
        "Bộ, ngành",
        "Thẩm quyền Bộ, ngành",
        "Thẩm quyền giải quyết",
        "Cơ quan giải quyết",
        "Cơ quan chủ trì",
        "Cơ quan có thẩm quyền",
        "Cơ quan có thẩm quyền giải quyết",
        "Cơ quan, đơn vị giải quyết",
        "Thẩm quyền",
        "Đơn vị giải quyết",
        "Đơn vị chủ trì",
        "Cơ quan xử lý",
        "Đơn vị xử lý",
        "Cơ quan thẩm quyền",
        "Cơ quan, đơn vị có thẩm quyền giải quyết",
        "Chuyển đến",
        "Cơ quan nhận",
        "Sở, ngành",
        "Agency",
    ),
    Field.SUBJECT: (
        "Lĩnh vực",
        "Lĩnh vực thuộc Bộ/ngành",
        "Lĩnh vực kiến nghị",
        "Nhóm lĩnh vực",
        "Thuộc lĩnh vực",
        "Field",
    ),
    Field.SESSION: ("Kỳ họp", "Kỳ họp HĐND", "Kỳ họp thứ", "Kỳ họp Quốc hội", "Session"),
    Field.ROUND: (
        "Trước/Sau kỳ họp",
        "Trước/Sau kỳ họp/Khác",
        "Hình thức (Trước/Sau kỳ họp)",
        "Trước, sau kỳ họp",
        "Trước hay sau kỳ họp",
        "Trước/Sau",
        "Đợt tiếp xúc",
        "Đợt TXCT",
        "Đợt tiếp xúc cử tri",
        "Round",
    ),
    Field.PLAN: (
        "Chương trình/Kế hoạch TXCT",
        "Kế hoạch số",
        "Kế hoạch",
        "Chương trình, kế hoạch",
        "Kế hoạch TXCT",
        "Kế hoạch tiếp xúc cử tri",
        "Chương trình, kế hoạch tiếp xúc cử tri",
        "Plan",
    ),
    Field.LETTER: ("Công văn", "Văn bản", "CV", "Công văn chuyển", "Văn bản chuyển", "Letter"),
    Field.LETTER_NUMBER: (
        "Số",
        "Số công văn",
        "Số CV",
        "Công văn số",
        "Số văn bản",
        "Văn bản số",
        "Số, ký hiệu",
        "Số, ký hiệu văn bản",
        "Số hiệu văn bản",
        "Số ký hiệu",
        "Letter number",
    ),
    Field.LETTER_DATE: (
        "Ngày công văn",
        "Ngày CV",
        "Ngày văn bản",
        "Ngày ban hành",
        "Ngày tháng văn bản",
        "Công văn ngày",
        "Văn bản ngày",
        "Letter date",
    ),
    Field.RECEIVED_ON: (
        "Ngày nhận",
        "Ngày tiếp nhận",
        "Ngày",
        "Ngày tháng",
        "Ngày đến",
        "Ngày ghi nhận",
        "Ngày nhận kiến nghị",
        "Ngày tiếp nhận kiến nghị",
        "Ngày tháng tiếp nhận",
        "Ngày nhận đơn",
        "Thời gian tiếp nhận",
        "Ngày kiến nghị",
        "Ngày tiếp xúc",
        "Ngày TXCT",
        "Received on",
    ),
    Field.PETITIONER: (
        "Người kiến nghị",
        "Họ tên",
        "Họ và tên",
        "Họ tên cử tri",
        "Họ và tên cử tri",
        "Tên cử tri",
        "Người phản ánh",
        "Người gửi",
        "Cử tri kiến nghị",
        "Họ tên người kiến nghị",
        "Họ và tên người kiến nghị",
        "Ông/Bà",
        "Đối tượng kiến nghị",
        "Petitioner",
    ),
    Field.ADDRESS: ("Địa chỉ", "Địa chỉ cử tri", "Địa chỉ người kiến nghị", "Nơi ở", "Nơi cư trú", "Address"),
    Field.PHONE: ("Điện thoại", "Số điện thoại", "SĐT", "ĐT", "Số ĐT", "Điện thoại liên hệ", "Phone"),
    Field.CHANNEL: (
        "Hình thức tiếp nhận",
        "Kênh tiếp nhận",
        "Nguồn tiếp nhận",
        "Nguồn",
        "Phương thức tiếp nhận",
        "Kênh",
        "Channel",
    ),
    Field.NOTE: ("Ghi chú", "Chú thích", "Note", "Notes"),
    Field.WHY_REJECTED: (WHY_REJECTED,),
}

# A date beside a letter is the letter's, alone it is the day of receipt.
LETTER_FIELDS = frozenset({Field.LETTER, Field.LETTER_NUMBER})
BARE_DATES = frozenset({"ngay", "ngay thang"})
BARE_NUMBER = "so"

_ALIASES = {fold_words(name): meaning for meaning, names in _KNOWN.items() for name in names}
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def known_field(heading: str) -> Field | None:
    """Return the field that a heading names, with or without what stands in brackets; None if unknown."""
    return _ALIASES.get(fold_words(heading)) or _ALIASES.get(fold_words(_BRACKETS.sub(" ", heading)))


def all_headings() -> Iterable[str]:
    """Return every heading we know, for suggestions."""
    return (name for names in _KNOWN.values() for name in names)
