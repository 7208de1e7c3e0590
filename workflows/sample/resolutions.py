"""The followed resolutions of the sample: one checked regularly, one with an issue, one done, one replaced."""

from __future__ import annotations

from collections.abc import Iterable

from states.entries import DocumentSlip
from states.paper_words import DocumentType
from states.resolution_follow_up import RESOLUTION_KIND
from workflows.sample.council import NEXT_SESSION, PAST_SESSION
from workflows.sample.days import Days
from workflows.sample.stories import CodeOf, Deed, Story, did

_ADOPTED, _ASSIGNED = 151, 147
_BY = "chuyenvien"


def resolutions(days: Days) -> Iterable[Story]:
    """Return the resolutions; the standing body's decision after the session assigns all of them to committees."""
    yield _checked(days)
    yield _with_an_issue(days)
    yield _done(days)
    yield _replaced(days)
    yield _replacing(days)


def _decision(days: Days) -> DocumentSlip:
    return DocumentSlip(number="06/QĐ-TTHĐND", issued_on=days.back(_ASSIGNED), type=DocumentType.DECISION)


def _adopted(days: Days, number: str, text: str, indicators: str, field: str | None = None) -> Deed:
    return did(
        "adopt",
        days.back(_ADOPTED),
        by=_BY,
        number=number,
        text=text,
        indicators=indicators,
        agency="UBND",
        session=PAST_SESSION,
        field=field,
    )


def _assigned(days: Days, committee: str, first_check: int) -> Deed:
    day, paper = days.back(_ASSIGNED), _decision(days)
    return did("assign_committee", day, by=_BY, paper=paper, committee=committee, review_on=days.back(first_check))


def _checked(days: Days) -> Story:
    return Story(
        "nq-duong-ban",
        _adopted(days, "08/NQ-HĐND", "Bê tông hóa đường thôn, bản", "Hoàn thành 6 km trong năm", "giao-thong"),
        (
            _assigned(days, "KTNS", 95),
            did(
                "record_plan",
                days.back(130),
                by=_BY,
                due_on=days.ahead(120),
                words="Kế hoạch 52/KH-UBND: khởi công sau mùa mưa",
            ),
            did("check", days.back(96), by=_BY, words="Đã phê duyệt thiết kế 6 km", review_on=days.back(40)),
            did("report_progress", days.back(60), by=_BY, words="Đã làm 2,1 km"),
            did("check", days.back(41), by=_BY, words="Đúng tiến độ", review_on=days.ahead(9)),
        ),
        kind=RESOLUTION_KIND,
    )


def _with_an_issue(days: Days) -> Story:
    return Story(
        "nq-rac-thai",
        _adopted(days, "09/NQ-HĐND", "Thu gom rác thải sinh hoạt", "90% số hộ có hợp đồng thu gom", "moi-truong"),
        (
            _assigned(days, "VHXH-HD", 90),
            did("check", days.back(88), by=_BY, words="Mới đạt 55% số hộ", review_on=days.back(35)),
            did("find_issue", days.back(33), by=_BY, words="Hai thôn chưa có xe thu gom", review_on=days.back(3)),
        ),
        kind=RESOLUTION_KIND,
    )


def _done(days: Days) -> Story:
    return Story(
        "nq-nha-van-hoa",
        _adopted(days, "10/NQ-HĐND", "Kinh phí sửa nhà văn hóa thôn", "Sửa xong 3 nhà văn hóa"),
        (
            _assigned(days, "VHXH-HD", 80),
            did("check", days.back(82), by=_BY, words="Đã xong 2 nhà", review_on=days.back(50)),
            did("confirm_done", days.back(52), by=_BY, evidence="Báo cáo 77/BC-UBND, biên bản nghiệm thu 3 nhà"),
        ),
        kind=RESOLUTION_KIND,
    )


def _replaced(days: Days) -> Story:
    return Story(
        "nq-phi-cho-cu",
        _adopted(days, "11/NQ-HĐND", "Mức thu phí chợ xã", "Áp dụng tại chợ phiên"),
        (
            _assigned(days, "KTNS", 85),
            did("propose_amendment", days.back(84), by=_BY, words="Mức thu không còn phù hợp sau khi sửa chợ"),
            did("replace", days.back(18), by=_BY, replaced_by="15/NQ-HĐND"),
        ),
        kind=RESOLUTION_KIND,
    )


def _replacing(days: Days) -> Story:
    return Story(
        "nq-phi-cho",
        did(
            "adopt",
            days.back(18),
            by=_BY,
            number="15/NQ-HĐND",
            text="Mức thu phí chợ xã (thay thế)",
            agency="UBND",
            session=NEXT_SESSION,
        ),
        (did("supersede", days.back(17), by=_BY, replaced=CodeOf("nq-phi-cho-cu")),),
        kind=RESOLUTION_KIND,
    )
