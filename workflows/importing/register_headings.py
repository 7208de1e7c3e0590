"""The late columns of an old register: what became of a petition after it was written down, and how offices head them.

A register that an office kept before Dondoc goes on to the right: letter of transfer, receipt, unit, answer, result.
The names stand by the value of their `headings.Field`.
"""

from __future__ import annotations

from collections.abc import Iterable

from states.text import Text

LABELS = {
    "addressee": Text("Cơ quan được chuyển", "Addressee"),
    "lead": Text("Đơn vị tham mưu", "Lead unit"),
    "transfer": Text("Số, ngày văn bản chuyển", "Letter of transfer"),
    "transfer_number": Text("Số văn bản chuyển", "Number of the letter of transfer"),
    "transfer_date": Text("Ngày văn bản chuyển", "Date of the letter of transfer"),
    "incoming_number": Text("Số đến", "Incoming number"),
    "unit_received_on": Text("Ngày cơ quan được chuyển nhận", "Received by the addressee on"),
    "returned": Text("Chuyển trả", "Returned"),
    "answered_by": Text("Cơ quan trả lời", "Answered by"),
    "answer": Text("Số, ngày văn bản trả lời", "Answering paper"),
    "answer_number": Text("Số văn bản trả lời", "Number of the answer"),
    "answer_date": Text("Ngày văn bản trả lời", "Date of the answer"),
    "answer_received_on": Text("Ngày Thường trực HĐND nhận trả lời", "Answer received on"),
    "answer_text": Text("Nội dung trả lời", "Text of the answer"),
    "result": Text("Kết quả", "Result"),
    "judged": Text("Kết luận của Thường trực HĐND", "Judged result"),
    "judged_on": Text("Ngày kết luận", "Judged on"),
    "evidence": Text("Minh chứng", "Evidence"),
    "times_raised": Text("Số lần nêu", "Times raised"),
    "told": Text("Đã thông báo cử tri", "Voters told"),
    "told_on": Text("Ngày thông báo cử tri", "Voters told on"),
}


def _both(papers: Iterable[str], parts: Iterable[str]) -> tuple[str, ...]:
    """Return "Số CV chuyển" and, as under a heading that spans both, "CV chuyển số"."""
    every = list(papers)
    return tuple(f"{part} {paper}" for paper in every for part in parts) + tuple(
        f"{paper} {part}" for paper in every for part in parts
    )


_NUMBER, _DATE = ("Số", "Số hiệu", "Số, ký hiệu"), ("Ngày", "Ngày tháng", "Ngày, tháng")
_WHOLE = ("Số, ngày", "Số ngày", "Số và ngày", "Số, ký hiệu, ngày", "Số, ngày tháng", "Số/ngày")
_TRANSFERS = (
    "CV chuyển", "công văn chuyển", "văn bản chuyển", "VB chuyển", "chuyển", "phiếu chuyển",
    "CV chuyển UBND", "công văn chuyển UBND", "văn bản chuyển UBND",
    "CV chuyển của HĐND", "công văn chuyển của HĐND", "văn bản chuyển của HĐND",
    "CV chuyển của Thường trực HĐND", "công văn chuyển của Thường trực HĐND", "văn bản chuyển của Thường trực HĐND",
)  # fmt: skip
_ANSWERS = (
    "CV trả lời", "công văn trả lời", "văn bản trả lời", "VB trả lời", "báo cáo trả lời", "BC trả lời", "trả lời",
    "CV trả lời của UBND", "công văn trả lời của UBND", "văn bản trả lời của UBND", "báo cáo trả lời của UBND",
    "văn bản giải quyết", "văn bản trả lời cử tri",
)  # fmt: skip

KNOWN: dict[str, tuple[str, ...]] = {
    "addressee": (
        "Chuyển đến",
        "Chuyển cho",
        "Cơ quan nhận",
        "Cơ quan được chuyển",
        "Cơ quan, đơn vị được chuyển",
        "Đơn vị được chuyển",
        "Nơi chuyển đến",
        "Chuyển cơ quan giải quyết",
        "Addressee",
    ),
    "lead": (
        "Đơn vị tham mưu",
        "Cơ quan tham mưu",
        "Đơn vị chủ trì tham mưu",
        "Cơ quan chủ trì tham mưu",
        "Đơn vị được giao",
        "Cơ quan được giao",
        "Đơn vị được giao chủ trì",
        "Đơn vị được giao tham mưu",
        "UBND giao đơn vị chủ trì",
        "UBND giao",
        "Phòng chủ trì",
        "Phòng tham mưu",
        "Lead unit",
    ),
    "transfer": (*_both(_TRANSFERS, _WHOLE), "CV chuyển", "Công văn chuyển UBND", "Văn bản chuyển UBND", "Transfer"),
    "transfer_number": (*_both(_TRANSFERS, _NUMBER), "Transfer number"),
    "transfer_date": (*_both(_TRANSFERS, _DATE), "Transfer date"),
    "incoming_number": ("Số đến", "Số CV đến", "Số văn bản đến", "Số đến của UBND", "UBND số đến", "Incoming number"),
    "unit_received_on": (
        "Ngày UBND nhận",
        "Ngày UBND xã nhận",
        "Ngày UBND tiếp nhận",
        "UBND nhận ngày",
        "Ngày đến UBND",
        "Ngày đến của UBND",
        "Ngày cơ quan nhận",
        "Ngày cơ quan được chuyển nhận",
        "Ngày cơ quan giải quyết nhận",
        "Ngày đơn vị nhận",
        "Ngày nhận của UBND",
        "Ngày nhận của cơ quan giải quyết",
        "Ngày nhận văn bản chuyển",
        "Ngày nhận CV chuyển",
        "Received by the addressee on",
    ),
    "returned": (
        "Chuyển trả",
        "Trả lại",
        "Văn bản chuyển trả",
        "Số, ngày văn bản chuyển trả",
        "Chuyển trả, không thuộc thẩm quyền",
        "Returned",
    ),
    "answered_by": ("Cơ quan trả lời", "Đơn vị trả lời", "Cơ quan, đơn vị trả lời", "Answered by"),
    "answer": (
        *_both(_ANSWERS, _WHOLE),
        "Văn bản trả lời",
        "Viện dẫn văn bản trả lời",
        "CV trả lời",
        "Công văn trả lời",
        "Báo cáo trả lời",
        "Answer",
    ),
    "answer_number": (*_both(_ANSWERS, _NUMBER), "Answer number"),
    "answer_date": (*_both(_ANSWERS, _DATE), "Answer date"),
    "answer_received_on": (
        "Ngày nhận trả lời",
        "Ngày nhận văn bản trả lời",
        "Ngày nhận CV trả lời",
        "Ngày nhận được trả lời",
        "Ngày HĐND nhận trả lời",
        "Ngày Thường trực HĐND nhận trả lời",
        "Ngày TT HĐND nhận trả lời",
        "Answer received on",
    ),
    "answer_text": (
        "Nội dung trả lời",
        "ND trả lời",
        "Nội dung văn bản trả lời",
        "Tóm tắt nội dung trả lời",
        "Nội dung giải quyết",
        "Nội dung giải quyết, trả lời",
        "Nội dung trả lời, giải quyết",
        "Trả lời của UBND",
        "Ý kiến trả lời",
        "Nội dung giải trình",
        "Answer text",
    ),
    "result": (
        "Kết quả",
        "Kết quả giải quyết",
        "Kết quả xử lý",
        "Kết quả giải quyết, trả lời",
        "Tình trạng",
        "Tình trạng giải quyết",
        "Trạng thái",
        "Result",
    ),
    "judged": (
        "Kết luận",
        "Kết luận của Thường trực",
        "Kết luận của Thường trực HĐND",
        "Kết luận của TT HĐND",
        "Kết luận TT HĐND",
        "Kết luận của HĐND",
        "Thường trực HĐND kết luận",
        "Đánh giá của Thường trực HĐND",
        "Judged",
    ),
    "judged_on": ("Ngày kết luận", "Ngày Thường trực HĐND kết luận", "Judged on"),
    "evidence": (
        "Minh chứng",
        "Bằng chứng",
        "Tài liệu minh chứng",
        "Minh chứng giải quyết xong",
        "Biên bản nghiệm thu",
        "Evidence",
    ),
    "times_raised": (
        "Số lần nêu",
        "Số lần kiến nghị",
        "Số lần cử tri kiến nghị",
        "Số lần nêu lại",
        "Số lần đã nêu",
        "Lần nêu",
        "Lần kiến nghị",
        "Times raised",
    ),
    "told": (
        "Đã thông báo cử tri",
        "Đã thông báo cho cử tri",
        "Thông báo cử tri",
        "Thông báo cho cử tri",
        "Đã trả lời cử tri",
        "Trả lời cử tri",
        "Thông báo đến cử tri",
        "Hình thức thông báo cử tri",
        "Hình thức thông báo",
        "Told",
    ),
    "told_on": ("Ngày thông báo cử tri", "Ngày thông báo cho cử tri", "Ngày đã thông báo cử tri", "Told on"),
}
