"""The meetings of the sample, and the tasks that the notice of a sitting gave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from states.entries import DocumentSlip
from states.meeting import ENTER_LINES, MEETING_KIND
from states.paper_words import DocumentType
from states.task import TASK_KIND
from workflows.sample.council import NEXT_SESSION
from workflows.sample.days import Days
from workflows.sample.papers import conclusion, front
from workflows.sample.rounds import BEFORE
from workflows.sample.stories import CodeOf, Deed, Story, did

_SITTING = "phien-hop-thang"
_COMPILED = "Tổng hợp kiến nghị cử tri trước kỳ họp thứ Ba"
_RECEPTION_DAY = 15


def meetings(days: Days) -> Iterable[Story]:
    """Return the meetings, and the tasks that the sitting gave."""
    yield _sitting(days)
    yield from _tasks(days)
    yield _giao_ban(days)
    yield _joint_conference(days)
    yield _hearing(days)
    yield _reception_without_people(days)
    yield _coming_reception(days)


def _plan(on: date, kind: str, text: str, planned_on: date, **more: Any) -> Deed:
    return did("plan", on, meeting_kind=kind, text=text, planned_on=planned_on, by="chuyenvien", **more)


def _notice(number: str, day: date, subject: str) -> DocumentSlip:
    return conclusion(number, day, subject).model_copy(update={"type": DocumentType.NOTICE})


def _sitting(days: Days) -> Story:
    held, told = days.back(41), days.back(39)
    lines = [
        {
            "kind": "task", "agency": "UBND", "product": "Báo cáo", "due_on": days.back(18),
            "text": "Báo cáo kết quả giải quyết ý kiến, kiến nghị của cử tri gửi Thường trực HĐND xã",
        },
        {
            "kind": "task", "agency": "KT", "product": "Kế hoạch", "due_on": days.ahead(12),
            "text": "Xây dựng kế hoạch sửa chữa kênh mương trước vụ chiêm",
        },
        {
            "kind": "task", "agency": "UBMTTQ", "product": "Đề xuất nội dung giám sát", "due_on": days.back(12),
            "text": "Đề xuất nội dung giám sát, khảo sát của HĐND xã trình kỳ họp",
        },
        {"kind": "orientation", "text": "Tiếp tục nâng cao chất lượng thẩm tra, chất vấn tại kỳ họp"},
        {"kind": "orientation", "text": "Thường xuyên theo dõi việc giải quyết các kiến nghị đã được trả lời"},
    ]  # fmt: skip
    return Story(
        _SITTING,
        _plan(days.back(50), "standing_sitting", "Phiên họp tháng của Thường trực HĐND", held, place="Phòng họp số 1"),
        (
            did("notify", days.back(47), invited=9, by="chuyenvien"),
            did(
                "hold", held, chair="Phó Chủ tịch HĐND", members_present=3, agencies_present=6, matters=5, speeches=12,
                by="chuyenvien",
            ),
            did(
                ENTER_LINES, told, lines=lines, by="chuyenvien",
                paper=_notice("27/TB-HĐND", told, "Kết quả phiên họp tháng của Thường trực HĐND"),
            ),
        ),
        kind=MEETING_KIND,
    )  # fmt: skip


def _tasks(days: Days) -> Iterable[Story]:
    """Return what became of the tasks; the lines of the notice made them."""
    made = did("assign", days.back(39), by="chuyenvien")
    yield Story(
        f"{_SITTING}.1",
        made,
        (
            did("report", days.back(20), words="Đã gửi Báo cáo 74/BC-UBND.", by="chuyenvien"),
            did("confirm_done", days.back(17), evidence="Báo cáo 74/BC-UBND", by="chuyenvien"),
        ),
        kind=TASK_KIND,
    )
    yield Story(
        f"{_SITTING}.2",
        made,
        (did("report_progress", days.back(15), words="Đã khảo sát 3 tuyến kênh.", by="chuyenvien"),),
        kind=TASK_KIND,
    )
    yield Story(
        f"{_SITTING}.3",
        made,
        (
            did(
                "confirm_not_done", days.back(8), words="Mặt trận chưa gửi đề xuất.", review_on=days.ahead(6),
                by="chuyenvien",
            ),
        ),
        kind=TASK_KIND,
    )  # fmt: skip


def _giao_ban(days: Days) -> Story:
    return Story(
        "giao-ban",
        _plan(days.back(4), "giao_ban", "Giao ban Thường trực HĐND, UBND, UBMTTQ tháng tới", days.ahead(6)),
        (did("notify", days.back(2), invited=14, by="chuyenvien"),),
        kind=MEETING_KIND,
    )


def _joint_conference(days: Days) -> Story:
    drafted, held, sent = days.back(38), days.back(36), days.back(34)
    return Story(
        "lien-tich",
        _plan(
            days.back(44), "joint_conference", "Hội nghị liên tịch chuẩn bị kỳ họp thứ Ba", held, session=NEXT_SESSION,
            from_case=CodeOf(BEFORE),
        ),
        (
            did("draft_report", drafted, by="mattran", paper=front("29/BC-MTTQ", drafted, _COMPILED)),
            did("hold", held, chair="Chủ tịch HĐND", agencies_present=3, guests_present=4, matters=4, by="chuyenvien"),
            did("adopt_report", held, words="Thông qua, bổ sung nhóm kiến nghị về nước sạch.", by="chuyenvien"),
            did("send_report", sent, by="chuyenvien", paper=conclusion("30/BC-HĐND", sent, _COMPILED)),
            did("conclude", sent, by="chuyenvien", paper=_notice("29/TB-HĐND", sent, "Kết luận hội nghị liên tịch")),
        ),
        kind=MEETING_KIND,
    )  # fmt: skip


def _hearing(days: Days) -> Story:
    told = days.back(3)
    return Story(
        "phien-giai-trinh",
        _plan(
            days.back(6), "explanation_hearing", "Giải trình việc chậm kiên cố hóa kênh mương", days.ahead(18),
            agency="UBND", from_case=CodeOf("muong-n3"),
        ),
        (did("notify", told, by="chuyenvien", paper=_notice("33/TB-HĐND", told, "Tổ chức phiên giải trình")),),
        kind=MEETING_KIND,
    )  # fmt: skip


def _reception(days: Days, month: date) -> tuple[date, dict[str, Any]]:
    """Return the day of the reception of a month, and what is entered with it."""
    day = days.working_from(month.replace(day=_RECEPTION_DAY))
    return day, {"month": f"{month:%Y-%m}", "text": f"Tiếp công dân định kỳ tháng {month:%m/%Y}"}


def _reception_without_people(days: Days) -> Story:
    last_month = days.today.replace(day=1) - timedelta(days=1)
    day, said = _reception(days, last_month)
    told = days.working_from(day + timedelta(days=1))
    return Story(
        "tiep-cong-dan-khong-co-nguoi",
        _plan(days.working_until(day - timedelta(days=14)), "reception", planned_on=day, **said),
        (
            did("notify", days.working_until(day - timedelta(days=12)), by="chuyenvien"),
            did("nobody_came", day, chair="Chủ tịch HĐND", by="chuyenvien"),
            did(
                "conclude", told, posted=True, copied_to_standing_body=True, copied_to_front=True, by="chuyenvien",
                paper=_notice(f"{told.month}/TB-TCD", told, "Kết quả tiếp công dân định kỳ"),
            ),
        ),
        kind=MEETING_KIND,
    )  # fmt: skip


def _coming_reception(days: Days) -> Story:
    next_month = (days.today.replace(day=28) + timedelta(days=7)).replace(day=1)
    day, said = _reception(days, next_month)
    return Story(
        "tiep-cong-dan-toi",
        _plan(days.back(9), "reception", planned_on=day, **said),
        kind=MEETING_KIND,
    )
