"""The voter-contact rounds of the sample: one after the past session, one before the next, one waiting for its plan."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.sample.council import NEXT_SESSION, PAST_SESSION
from workflows.sample.days import Days
from workflows.sample.papers import front, plan
from workflows.sample.stories import Story, did

AFTER, BEFORE, COMING = "dot-sau", "dot-truoc", "dot-toi"
_KIND = "contact_round"


def rounds(days: Days) -> Iterable[Story]:
    """Return the three rounds."""
    yield _after(days)
    yield _before(days)
    yield _coming(days)


def _after(days: Days) -> Story:
    return Story(
        AFTER,
        did(
            "open",
            days.back(149),
            name="Đợt tiếp xúc cử tri sau kỳ họp thứ Hai",
            round_kind="after_session",
            session=PAST_SESSION,
            by="chuyenvien",
        ),
        (
            did(
                "issue_plan",
                days.back(141),
                first_day=days.back(134),
                last_day=days.back(130),
                by="chuyenvien",
                paper=plan("09/KH-HĐND", days.back(141), "Tiếp xúc cử tri sau kỳ họp thứ Hai"),
                capacity="Phó Chủ tịch HĐND",
            ),
            did("hold", days.back(130), meetings=7, attendance_count=412, opinion_count=63, by="mattran"),
            did(
                "send_compilation",
                days.back(125),
                by="mattran",
                paper=front("17/BC-MTTQ", days.back(125), "Tổng hợp kiến nghị cử tri sau kỳ họp thứ Hai"),
            ),
        ),
        kind=_KIND,
    )


def _before(days: Days) -> Story:
    return Story(
        BEFORE,
        did(
            "open",
            days.back(58),
            name="Đợt tiếp xúc cử tri trước kỳ họp thứ Ba",
            round_kind="before_session",
            session=NEXT_SESSION,
            by="chuyenvien",
        ),
        (
            did(
                "issue_plan",
                days.back(52),
                first_day=days.back(44),
                last_day=days.back(41),
                by="chuyenvien",
                paper=plan("15/KH-HĐND", days.back(52), "Tiếp xúc cử tri trước kỳ họp thứ Ba"),
                capacity="Phó Chủ tịch HĐND",
            ),
            did(
                "record_front_plan",
                days.back(51),
                by="mattran",
                paper=front("11/KH-MTTQ", days.back(51), "Tổ chức hội nghị tiếp xúc cử tri trước kỳ họp thứ Ba"),
            ),
            did("hold", days.back(41), meetings=7, attendance_count=385, opinion_count=58, by="mattran"),
            did(
                "send_compilation",
                days.back(38),
                deputies_assigned=21,
                deputies_present=18,
                answered_count=39,
                satisfactory_count=35,
                judged_by="both",
                forwarded_count=22,
                by="mattran",
                paper=front("29/BC-MTTQ", days.back(38), "Tổng hợp kiến nghị cử tri trước kỳ họp thứ Ba"),
            ),
        ),
        kind=_KIND,
    )


def _coming(days: Days) -> Story:
    return Story(
        COMING,
        did(
            "open",
            days.back(5),
            name="Đợt tiếp xúc cử tri sau kỳ họp thứ Ba",
            round_kind="after_session",
            session=NEXT_SESSION,
            by="chuyenvien",
        ),
        kind=_KIND,
    )
