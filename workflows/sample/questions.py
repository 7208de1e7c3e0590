"""The questions of the sample: asked again, replied to, with a copy missing, under study, not chosen, merged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from states.entries import DocumentSlip
from states.paper_words import DocumentType
from workflows.sample.council import NEXT_SESSION, PAST_SESSION
from workflows.sample.days import Days
from workflows.sample.stories import CodeOf, Deed, Story, did

_KIND = "question"
_ASKER, _DESK = "daibieu", "chuyenvien"
_DEPUTY, _GROUP = "Triệu Thị Mùi Lan", "TDB1"
CULTURE_HOUSE = "chat-van-nha-van-hoa"


def questions(days: Days) -> Iterable[Story]:
    """Return the six slips."""
    yield _asked_again(days)
    yield _merged(days)
    yield _replied_to(days)
    yield _without_a_copy(days)
    yield _under_study(days)
    yield _not_chosen(days)


def _slip(on: date, text: str, agency: str, **said: Any) -> Deed:
    return did("submit", on, by=_ASKER, text=text, deputy=_DEPUTY, deputy_group=_GROUP, agency=agency, **said)


def _letter(number: str, on: date) -> DocumentSlip:
    return DocumentSlip(number=number, issued_on=on, type=DocumentType.OFFICIAL_LETTER)


def _asked_again(days: Days) -> Story:
    return Story(
        CULTURE_HOUSE,
        _slip(
            days.back(158), "Nhà văn hóa thôn Đồng Nếp khóa cửa từ đầu năm, bao giờ mở lại?", "UBND",
            office_holder="Tô Vĩnh Bách, Chủ tịch UBND", session=PAST_SESSION, topic="Văn hóa, thể thao",
            criterion="burning",
        ),
        (
            did("select", days.back(156), by=_DESK),
            did("forward", days.back(155), by=_DESK, paper=_letter("09/HĐND-TT", days.back(155))),
            did(
                "answer_orally", days.back(151), by=_DESK, words="UBND nhận trách nhiệm, sẽ mở cửa lại.",
                responsible="Chủ tịch UBND", measure="Bàn giao mặt bằng, bố trí người trông", due_on=days.back(80),
            ),
            did("ask_back", days.back(151), by=_DESK, words="Ai trông coi sau khi mở?", answer="Thôn cử người."),
            did("conclude", days.back(150), by=_DESK, words="Yêu cầu UBND mở cửa đúng hạn đã hứa."),
            did("ask_again", days.back(12), by=_ASKER, words="Đến nay vẫn khóa cửa", session=NEXT_SESSION),
            did("select", days.back(6), by=_DESK, criterion="still_disputed"),
        ),
        kind=_KIND,
    )  # fmt: skip


def _merged(days: Days) -> Story:
    return Story(
        "chat-van-trung",
        _slip(days.back(11), "Đề nghị cho biết vì sao nhà văn hóa Đồng Nếp chưa mở", "UBND", session=NEXT_SESSION),
        (did("merge", days.back(9), by=_DESK, into=CodeOf(CULTURE_HOUSE), words="Trùng nội dung"),),
        kind=_KIND,
    )


def _replied_to(days: Days) -> Story:
    return Story(
        "chat-van-thuoc",
        _slip(
            days.back(157), "Trạm Y tế nhiều tháng thiếu thuốc bảo hiểm, trách nhiệm thuộc về ai?", "TYT",
            office_holder="Trạm trưởng Trạm Y tế", session=PAST_SESSION, topic="Y tế",
        ),
        (
            did("forward", days.back(155), by=_DESK, paper=_letter("09/HĐND-TT", days.back(155))),
            did("require_reply", days.back(151), by=_DESK, reason="not_reached", words="Hết giờ chất vấn"),
            did(
                "receive_reply", days.back(138), by=_DESK, words="Đã ký hợp đồng cung ứng thuốc mới.",
                paper=_letter("27/TYT", days.back(140)),
            ),
            did("accept", days.back(135), by=_ASKER),
            did("close", days.back(130), by=_DESK),
        ),
        kind=_KIND,
    )  # fmt: skip


def _without_a_copy(days: Days) -> Story:
    return Story(
        "chat-van-lo-giet-mo",
        _slip(
            days.back(20), "Lò giết mổ ở thôn Cây Sấu xả thải ra suối, đã kiểm tra chưa?", "KT",
            office_holder="Mã Thế Vượng, Trưởng phòng", sitting_on=days.back(14), topic="Môi trường",
        ),
        (
            did("forward", days.back(17), by=_DESK),
            did("require_reply", days.back(14), by=_DESK, reason="needs_verification"),
            did(
                "receive_reply_at_standing_body", days.back(3), by=_DESK, words="Đã lấy mẫu nước, chờ kết quả.",
                paper=_letter("41/KT", days.back(4)),
            ),
        ),
        kind=_KIND,
    )  # fmt: skip


def _under_study(days: Days) -> Story:
    return Story(
        "chat-van-truong-diem-le",
        _slip(
            days.back(156), "Có nhập các điểm trường lẻ của bản Nà Lính vào trường chính không?", "UBND",
            office_holder="Tô Vĩnh Bách, Chủ tịch UBND", session=PAST_SESSION, topic="Giáo dục",
        ),
        (
            did("forward", days.back(155), by=_DESK),
            did(
                "charge_study", days.back(151), by=_DESK, agency="VHXH", head="Trưởng phòng Văn hóa - Xã hội",
                session=NEXT_SESSION, words="Khảo sát số học sinh, đường đi, chỗ bán trú",
            ),
            did("receive_reply", days.back(136), by=_DESK, words="Đang khảo sát, báo cáo tại kỳ họp thứ Ba."),
        ),
        kind=_KIND,
    )  # fmt: skip


def _not_chosen(days: Days) -> Story:
    return Story(
        "chat-van-bien-ten-duong",
        _slip(days.back(15), "Bao giờ gắn biển tên các tuyến đường mới đặt?", "KT", session=NEXT_SESSION),
        (
            did("not_select", days.back(9), by=_DESK, words="Không thuộc nhóm vấn đề chất vấn"),
            did("refer_for_reply", days.back(8), by=_DESK, via="UBND", words="UBND chỉ đạo trả lời"),
        ),
        kind=_KIND,
    )
