"""A supervision of the sample and what it recommended: one done, one at work, one overdue and asked to be explained."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from states.entries import DocumentSlip
from workflows.sample.council import NEXT_SESSION
from workflows.sample.days import Days
from workflows.sample.stories import CodeOf, Deed, Story, did

_UBND = "UBND"
_SOURCE = "giam-sat-dat-cong"
_RECOMMENDATION, _SUPERVISION = "recommendation", "supervision"


def supervisions(days: Days) -> Iterable[Story]:
    """Return the supervisions and the recommendations."""
    yield _concluded(days)
    yield _in_the_programme(days)
    yield _done(days)
    yield _at_work(days)
    yield _not_carried_out(days)


def _concluded(days: Days) -> Story:
    return Story(
        _SOURCE,
        did(
            "plan",
            days.back(160),
            text="Quản lý, sử dụng quỹ đất công ích trên địa bàn xã",
            supervisor="standing_body",
            planned_from=days.back(140),
            planned_to=days.back(132),
            planned_visits=3,
            field="tai-san-cong",
            by="chuyenvien",
        ),
        (
            did("set_up_team", days.back(158), bodies=[_UBND], leader="Mã Thị Ngọc Dung", by="chuyenvien"),
            did("announce_programme", days.back(152), words="Ba buổi, tại UBND xã và hai thôn", by="chuyenvien"),
            did("send_outline", days.back(150), by="chuyenvien"),
            did("record_visit", days.back(140), words="Làm việc với UBND xã", body=_UBND, by="chuyenvien"),
            did("record_visit", days.back(135), words="Làm việc tại thôn Bãi Dâu", by="chuyenvien"),
            did("end", days.back(132), ended_on=days.back(132), by="chuyenvien"),
            did("receive_report", days.back(112), recommendations=3, by="chuyenvien"),
            did("conclude", days.back(108), paper=_conclusion(days), recommendations=3, by="chuyenvien"),
        ),
        kind=_SUPERVISION,
    )


def _in_the_programme(days: Days) -> Story:
    return Story(
        "giam-sat-nuoc-sach",
        did(
            "plan",
            days.back(24),
            text="Cấp nước sạch nông thôn",
            supervisor="committee",
            planned_from=days.ahead(20),
            planned_to=days.ahead(34),
            planned_visits=4,
            session=NEXT_SESSION,
            by="chuyenvien",
        ),
        kind=_SUPERVISION,
    )


def _done(days: Days) -> Story:
    return _recommended(
        days,
        "ra-soat-hop-dong",
        "Rà soát, chấm dứt các hợp đồng cho thuê đất công ích quá năm năm",
        did("report_progress", days.back(90), at=_UBND, words="Đã rà soát 41 hợp đồng", by="ubnd"),
        did(
            "answer",
            days.back(52),
            at=_UBND,
            claimed="resolved",
            words="Đã chấm dứt 17 hợp đồng",
            evidence="Báo cáo 88/BC-UBND",
            by="ubnd",
        ),
        did("verify", days.back(45), outcome="done", evidence="Biên bản kiểm tra tại hai thôn", by="chuyenvien"),
        did("close", days.back(43), by="chuyenvien"),
        due=days.back(50),
    )


def _at_work(days: Days) -> Story:
    return _recommended(
        days,
        "so-dia-chinh",
        "Cập nhật sổ theo dõi quỹ đất công ích từng thôn, công khai tại nhà văn hóa",
        did("assign", days.back(98), at=_UBND, lead="KT", by="chanhvp"),
        did("report_progress", days.back(30), at=_UBND, words="Xong bốn trên bảy thôn", by="ubnd"),
        due=days.ahead(27),
    )


def _not_carried_out(days: Days) -> Story:
    return _recommended(
        days,
        "thu-hoi-lan-chiem",
        "Thu hồi 1,2 ha đất công ích bị lấn chiếm ở thôn Đồng Nếp",
        did(
            "verify", days.back(20), outcome="not_done", words="Chưa cắm mốc", review_on=days.ahead(9), by="chuyenvien"
        ),
        did("request_explanation", days.back(18), words="Nguyên nhân chưa thu hồi", by="chuyenvien"),
        did("receive_explanation_request", days.back(15), incoming_number="731", by="chuyenvien"),
        due=days.back(25),
    )


def _recommended(days: Days, key: str, text: str, *deeds: Deed, due: Any) -> Story:
    born = did(
        "propose",
        days.back(110),
        text=text,
        supervisor="standing_body",
        from_case=CodeOf(_SOURCE),
        place="mục III",
        field="tai-san-cong",
        by="chuyenvien",
    )
    issued = did(
        "issue",
        days.back(107),
        addressees=[_UBND],
        due_on=due,
        paper=_conclusion(days),
        place="mục III",
        by="chuyenvien",
    )
    received = did("receive", days.back(105), at=_UBND, by="ubnd")
    return Story(key, born, (issued, received, *deeds), kind=_RECOMMENDATION)


def _conclusion(days: Days) -> DocumentSlip:
    return DocumentSlip(number="04/KL-HĐND", issued_on=days.back(108), subject="Kết luận giám sát quỹ đất công ích")
