"""Petitions raised before the next session: this is the work on the desk on the day the sample is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from states.entries import Petitioner
from workflows.sample.days import Days
from workflows.sample.papers import Papers, from_unit, letter
from workflows.sample.rounds import BEFORE
from workflows.sample.stories import CodeOf, Deed, NumberOf, Story, did

_UBND, _CULTURE = "UBND", "TTVHTT"


def before_session(days: Days, papers: Papers) -> Iterable[Story]:
    """Return the petitions of the round before the session that are with an addressee."""
    yield _overdue(days, papers)
    yield _sent_back(days, papers)
    yield _corrected_receipt(days)
    yield _paused(days)
    yield _no_receipt(days)
    yield _ends_after_the_session(days)
    yield _prepared(days)


def raised(days: Days, key: str, text: str, locality: str, deeds: Iterable[Deed], **more: Any) -> Story:
    """Return a petition spoken at a conference of the round."""
    who = more.pop("petitioner", None)
    born = did("record", days.back(43), text=text, locality=locality, round=CodeOf(BEFORE), by="mattran", **more)
    return Story(key, born, tuple(deeds), petitioner=who)


def classified(days: Days, field: str, level: str = "commune") -> Iterable[Deed]:
    """Return compiling and classifying."""
    yield did("compile", days.back(38), by="chuyenvien")
    yield did("screen", days.back(37), level=level, field=field, by="chuyenvien")


def sent(day: date, number: str, addressee: str, *, asked_by: date | None = None) -> Deed:
    """Return a letter of transfer for this one petition."""
    paper = letter(number, day, "Chuyển kiến nghị cử tri trước kỳ họp thứ Ba")
    more: dict[str, Any] = {"asked_by": asked_by} if asked_by else {}
    return did("transfer", day, addressees=[addressee], paper=paper, **more)


def _overdue(days: Days, papers: Papers) -> Story:
    text = (
        "Sau đợt mưa vừa rồi, ta luy dương ở dốc Cổng Trời thôn Trúc Lĩnh sạt xuống nửa mặt đường, đất đá vẫn chưa dọn,"
        " xe khách phải đi vòng. Đề nghị hót sụt và làm rọ đá."
    )
    deeds = (
        *classified(days, "giao-thong"),
        did("transfer", days.back(36), addressees=[_UBND], paper=papers.letter_before),
        did("receive", days.back(35), at=_UBND, incoming_number="498", by="ubnd"),
        did("assign", days.back(34), at=_UBND, lead="KT", internal_due_on=days.back(20), by="chanhvp"),
        did(
            "report_progress",
            days.back(19),
            at=_UBND,
            by="kinhte",
            words="Đã hót được một nửa khối lượng.",
            obstacle="Máy xúc của xã hỏng, đang thuê máy.",
        ),
    )
    return raised(days, "ta-luy", text, "Thôn Trúc Lĩnh", deeds)


def _sent_back(days: Days, papers: Papers) -> Story:
    text = (
        "Nhà văn hóa thôn Hồ Sen dột nát từ lâu, hai thôn nhập lại mà phòng họp chỉ đủ 40 chỗ. Đề nghị sửa mái và mở"
        " rộng nhà văn hóa."
    )
    deeds = (
        *classified(days, "van-hoa"),
        did("transfer", days.back(36), addressees=[_UBND], paper=papers.letter_before),
        did("receive", days.back(35), at=_UBND, incoming_number="499", by="ubnd"),
        did(
            "answer",
            days.back(20),
            at=_UBND,
            claimed="roadmap",
            capacity="Chủ tịch UBND",
            words="UBND xã ghi nhận, sẽ sửa chữa khi cân đối được nguồn vốn.",
            cause="Chưa bố trí được vốn.",
            paper=from_unit("251/UBND-VHXH", days.back(20), "Trả lời kiến nghị về nhà văn hóa", issuer=_UBND),
        ),
        did(
            "request_new_answer",
            days.back(8),
            at=_UBND,
            by="chuyenvien",
            missing=["thời hạn", "đơn vị chịu trách nhiệm"],
            words="Nêu rõ bao giờ sửa mái, đơn vị nào làm; phần mở rộng nói riêng.",
            paper=letter("37/HĐND-TT", days.back(8), "Yêu cầu trả lời lại kiến nghị cử tri"),
        ),
    )
    return raised(days, "nha-van-hoa", text, "Thôn Hồ Sen", deeds)


def _corrected_receipt(days: Days) -> Story:
    text = (
        "Đường dây trung thế đi qua đồi keo của bản Nà Lính chưa được đền bù phần cây trong hành lang, đã kê khai hai"
        " lần. Đề nghị trả lời dứt điểm."
    )
    wrong = days.back(16)
    right = days.before(wrong)
    deeds = (
        *classified(days, "boi-thuong"),
        sent(days.before(right), "36/HĐND-TT", _UBND),
        did("receive", wrong, at=_UBND, incoming_number="511", by="ubnd", entered=days.back(14)),
        Deed(
            "correct",
            days.back(10),
            {"seq": NumberOf("receive"), "on": right, "words": "Dấu công văn đến đóng sớm hơn một ngày làm việc."},
            by="chuyenvien",
        ),
    )
    who = Petitioner(name="Giàng Seo Pháy", address="Bản Nà Lính", phone="0900 000 152")
    return raised(days, "den-bu-keo", text, "Bản Nà Lính", deeds, petitioner=who)


def _paused(days: Days) -> Story:
    text = (
        "Ruộng nhà tôi và mấy hộ bên cạnh bị đo thiếu khi làm lại bản đồ, chênh cả trăm mét vuông so với sổ cũ. Đề nghị"
        " xã cho đo lại."
    )
    deeds = (
        *classified(days, "dat-dai"),
        sent(days.back(18), "38/HĐND-TT", _UBND),
        did("receive", days.back(17), at=_UBND, incoming_number="514", by="ubnd"),
        did(
            "ask_clarification",
            days.back(7),
            at=_UBND,
            by="ubnd",
            words="Đề nghị cho biết cụ thể các hộ, số thửa, số tờ bản đồ để đối chiếu.",
            paper=from_unit("262/UBND-KT", days.back(7), "Đề nghị làm rõ kiến nghị đo đạc", issuer=_UBND),
        ),
    )
    return raised(days, "do-ruong", text, "Thôn Đồng Nếp", deeds)


def _no_receipt(days: Days) -> Story:
    text = (
        "Sân bóng của xã cho thuê làm bãi để xe, trẻ con không có chỗ chơi sau giờ học. Đề nghị trả lại sân và mở"
        " cửa buổi chiều."
    )
    day = days.back(3)
    deeds = (*classified(days, "van-hoa"), sent(day, "40/HĐND-TT", _CULTURE))
    return raised(days, "san-bong", text, "Thôn Khe Cạn", deeds)


def _ends_after_the_session(days: Days) -> Story:
    text = (
        "Chợ phiên họp ngay trên lòng đường liên xã, phiên nào cũng tắc, xe cấp cứu không qua được. Đề nghị bố trí chỗ"
        " họp chợ mới."
    )
    deeds = (
        *classified(days, "thuong-mai"),
        sent(days.back(2), "41/HĐND-TT", _UBND, asked_by=days.ahead(6)),
        did("receive", days.back(1), at=_UBND, incoming_number="533", by="ubnd"),
        did("assign", days.back(1), at=_UBND, lead="KT", coordinating=["CAX"], by="chanhvp"),
    )
    return raised(days, "cho-phien", text, "Thôn Cây Sấu", deeds)


def _prepared(days: Days) -> Story:
    text = (
        "Đề nghị xã hỗ trợ con giống cho các hộ có lợn phải tiêu hủy vì dịch đợt vừa rồi, danh sách đã lập mà chưa ai"
        " nhận được gì."
    )
    draft = did("transfer", days.back(2), addressees=[_UBND], request="Trả lời trước ngày khai mạc kỳ họp thứ Ba.")
    return raised(days, "con-giong", text, "Thôn Bãi Dâu", (*classified(days, "nong-nghiep"), draft))
