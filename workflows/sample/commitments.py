"""The commitments of the sample: one under way, one kept in time, one extended and found broken."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.sample.council import NEXT_SESSION, PAST_SESSION
from workflows.sample.days import Days
from workflows.sample.stories import CodeOf, Story, did

_KIND = "commitment"


def commitments(days: Days) -> Iterable[Story]:
    """Return the three commitments."""
    yield _under_way(days)
    yield _kept(days)
    yield _broken(days)


def _under_way(days: Days) -> Story:
    return Story(
        "cam-ket-muong-n3",
        did(
            "capture",
            days.back(84),
            text="Kiên cố hóa 350 m đầu mương N3",
            agency="UBND",
            office_holder="Tô Vĩnh Bách",
            due_on=days.ahead(75),
            measure="Biên bản nghiệm thu công trình",
            occasion="answer",
            place="Báo cáo 61/BC-UBND, mục II",
            session=NEXT_SESSION,
            from_case=CodeOf("muong-n3"),
            field="thuy-loi",
            by="chuyenvien",
        ),
        (did("report_progress", days.back(29), words="Đã nạo vét, đang lập dự toán phần kiên cố.", by="chuyenvien"),),
        kind=_KIND,
    )


def _kept(days: Days) -> Story:
    return Story(
        "cam-ket-den-duong",
        did(
            "capture",
            days.back(130),
            text="Lắp đủ đèn đường đoạn qua trường mầm non",
            agency="UBND",
            due_on=days.back(60),
            occasion="contact",
            place="Biên bản hội nghị tiếp xúc cử tri thôn Bãi Dâu",
            session=NEXT_SESSION,
            by="mattran",
        ),
        (
            did("report", days.back(66), words="Đã lắp 14 bóng, nghiệm thu xong.", by="chuyenvien"),
            did("confirm_fulfilled", days.back(58), evidence="Biên bản nghiệm thu số 09/BBNT", by="chuyenvien"),
        ),
        kind=_KIND,
    )


def _broken(days: Days) -> Story:
    return Story(
        "cam-ket-nha-van-hoa",
        did(
            "capture",
            days.back(145),
            text="Mở cửa lại nhà văn hóa thôn Đồng Nếp",
            agency="UBND",
            due_on=days.back(80),
            occasion="session",
            place="Phiên chất vấn, kỳ họp thứ Hai",
            session=PAST_SESSION,
            from_case=CodeOf("chat-van-nha-van-hoa"),
            by="chuyenvien",
        ),
        (
            did("extend", days.back(88), due_on=days.back(45), words="Chờ bàn giao mặt bằng", by="chuyenvien"),
            did(
                "confirm_broken",
                days.back(38),
                words="Đến nay vẫn khóa cửa",
                review_on=days.ahead(14),
                by="chuyenvien",
            ),
        ),
        kind=_KIND,
    )
