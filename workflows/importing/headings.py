"""The fields of a petition's row, and the headings under which offices write them.

Headings come from the two import templates in use, the official annexes (phụ lục I-IV, 2B) and registers of
commune offices. They are compared folded: case, diacritics, punctuation and line breaks do not matter.
"""

from __future__ import annotations

from enum import StrEnum, unique

from states.text import Text
from workflows.importing import register_headings

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
    ADDRESSEE = "addressee"
    LEAD = "lead"
    TRANSFER = "transfer"
    TRANSFER_NUMBER = "transfer_number"
    TRANSFER_DATE = "transfer_date"
    INCOMING_NUMBER = "incoming_number"
    UNIT_RECEIVED_ON = "unit_received_on"
    RETURNED = "returned"
    ANSWERED_BY = "answered_by"
    ANSWER = "answer"
    ANSWER_NUMBER = "answer_number"
    ANSWER_DATE = "answer_date"
    ANSWER_RECEIVED_ON = "answer_received_on"
    ANSWER_TEXT = "answer_text"
    RESULT = "result"
    JUDGED = "judged"
    JUDGED_ON = "judged_on"
    EVIDENCE = "evidence"
    TIMES_RAISED = "times_raised"
    TOLD = "told"
    TOLD_ON = "told_on"
    CAUSE = "cause"
    RESPONSIBLE = "responsible"
    MEASURE = "measure"
    DUE = "due"
    REVIEW_ON = "review_on"
    GROUND = "ground"
    REASON = "reason"
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
    Field.CAUSE: Text("Nguyên nhân", "Cause"),
    Field.RESPONSIBLE: Text("Đơn vị chịu trách nhiệm", "Responsible unit"),
    Field.MEASURE: Text("Giải pháp", "Measure"),
    Field.DUE: Text("Thời hạn hoàn thành", "Done by"),
    Field.REVIEW_ON: Text("Ngày rà soát lại", "Review on"),
    Field.GROUND: Text("Căn cứ", "Ground"),
    Field.REASON: Text("Lý do chưa giải quyết", "Why not yet"),
    Field.NOTE: Text("Ghi chú", "Note"),
    Field.OTHER: Text("Cột khác, giữ nguyên", "Another column, kept as it is"),
    Field.WHY_REJECTED: Text(WHY_REJECTED, "Why it was rejected"),
} | {Field(name): label for name, label in register_headings.LABELS.items()}

LATE_FIELDS = frozenset(map(Field, register_headings.KNOWN))
"""What only an old register says: what became of the petition later."""
DATE_FIELDS = frozenset(
    {
        Field.LETTER_DATE,
        Field.RECEIVED_ON,
        Field.TRANSFER_DATE,
        Field.UNIT_RECEIVED_ON,
        Field.ANSWER_DATE,
        Field.ANSWER_RECEIVED_ON,
        Field.JUDGED_ON,
        Field.TOLD_ON,
    }
)

# Written in full for the reader; folded once below.
KNOWN: dict[Field, tuple[str, ...]] = {
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
        "Đơn vị giải quyết/chủ trì",
        "Cơ quan giải quyết/chủ trì",
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
} | {Field(name): names for name, names in register_headings.KNOWN.items()}

# A date beside a letter is the letter's, beside an incoming number that of the receipt, alone the petition's.
DATE_BESIDE = {
    Field.LETTER: Field.LETTER_DATE,
    Field.LETTER_NUMBER: Field.LETTER_DATE,
    Field.TRANSFER: Field.TRANSFER_DATE,
    Field.TRANSFER_NUMBER: Field.TRANSFER_DATE,
    Field.INCOMING_NUMBER: Field.UNIT_RECEIVED_ON,
    Field.ANSWER: Field.ANSWER_DATE,
    Field.ANSWER_NUMBER: Field.ANSWER_DATE,
}
BARE_DATES = frozenset({"ngay", "ngay thang"})
BARE_NUMBER = "so"
# “Ngày nhận” after the letter of transfer is the addressee's day, not the petition's.
RECEIPTS = frozenset({"ngay den", "ngay nhan", "ngay tiep nhan"})
SENT_FIELDS = frozenset(
    {Field.TRANSFER, Field.TRANSFER_NUMBER, Field.TRANSFER_DATE, Field.INCOMING_NUMBER, Field.ADDRESSEE}
)
# In a plain list the letter by which petitions came; in a register that goes on to the answer, the letter of transfer.
EITHER_LETTER = frozenset({"cong van chuyen", "van ban chuyen"})
AFTER_TRANSFER = frozenset(
    {Field.INCOMING_NUMBER, Field.UNIT_RECEIVED_ON, Field.ANSWER, Field.ANSWER_NUMBER, Field.ANSWER_TEXT, Field.RESULT}
)
