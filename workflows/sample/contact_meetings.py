"""The meetings of the sample's contact rounds. The compiled report of one round says 22 where its meetings give 23."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workflows.sample.council import HAMLETS
from workflows.sample.days import Days
from workflows.sample.papers import front
from workflows.sample.rounds import BEFORE, COMING
from workflows.sample.stories import CodeOf, Deed, Story, did

_KIND = "contact_meeting"
_BROUGHT = (
    (3, 62, 11, 8, 7, 4),
    (3, 55, 9, 6, 6, 3),
    (2, 48, 7, 4, 4, 3),
    (3, 71, 12, 9, 7, 5),
    (2, 44, 6, 4, 4, 2),
    (3, 57, 8, 5, 4, 4),
    (2, 48, 5, 3, 3, 2),
)
"""Of each hamlet: deputies and voters present, opinions, answered on the spot, of these satisfactorily, forwarded."""
_DISPUTED = HAMLETS[3]
_LAST_DAYS = (44, 44, 43, 43, 42, 42, 41)


def contact_meetings(days: Days) -> Iterable[Story]:
    """Return the meetings of the round before the next session, and two of the round to come."""
    for place, brought, back in zip(HAMLETS, _BROUGHT, _LAST_DAYS, strict=True):
        yield _held(days, place, brought, back)
    yield _story(days, COMING, HAMLETS[0], planned_on=days.ahead(20))
    cancelled = did("cancel", days.back(2), words="Trùng ngày hội nghị của thôn bên", by="mattran")
    yield _story(days, COMING, HAMLETS[1], cancelled, planned_on=days.ahead(20))


def _held(days: Days, place: str, brought: tuple[int, ...], back: int) -> Story:
    deputies, voters, opinions, answered, satisfactory, forwarded = brought
    held, compiled = days.back(back), days.back(38)
    counts: dict[str, Any] = {
        "opinion_count": opinions,
        "answered_count": answered,
        "satisfactory_count": satisfactory,
        "forwarded_count": forwarded,
        "judged_by": "both",
    }
    came: dict[str, Any] = {"deputies_present": deputies, "attendance_count": voters, "leaders": "Phó Chủ tịch UBND xã"}
    told = [did("hold", held, by="mattran", **came, **counts)]
    if place == _DISPUTED:
        theirs = {**counts, "opinion_count": opinions - 1, "forwarded_count": forwarded - 1}
        told += [
            did("record_minutes", days.back(40), reporter="deputy_group", by="daibieu", **theirs),
            did("record_minutes", days.back(40), reporter="front", by="mattran", **counts),
        ]
    paper = front("29/BC-MTTQ", compiled, "Tổng hợp kiến nghị cử tri trước kỳ họp thứ Ba")
    told.append(did("include_in_report", compiled, by="mattran", paper=paper))
    return _story(days, BEFORE, place, *told, planned_on=held)


def _story(days: Days, of: str, place: str, *deeds: Deed, planned_on: object) -> Story:
    return Story(
        f"hoi-nghi-{of}-{place}",
        did(
            "plan_meeting",
            days.back(50) if of == BEFORE else days.back(4),
            round=CodeOf(of),
            locality=place,
            venue="Nhà văn hóa",
            planned_on=planned_on,
            mode="in_person",
            chair="Trưởng Ban công tác Mặt trận",
            group="TDB1",
            deputies="Triệu Thị Mùi Lan; Hà Văn Lệnh; Lý Thị Sao",
            by="mattran",
        ),
        deeds,
        kind=_KIND,
    )
