"""The opinions of deputy groups in the sample: one forwarded, one accepted, one carried to a question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workflows.sample.council import NEXT_SESSION
from workflows.sample.days import Days
from workflows.sample.papers import letter, report
from workflows.sample.stories import Deed, Story, did

_KIND = "deputy_opinion"


def opinions(days: Days) -> Iterable[Story]:
    """Return the three opinions, all raised at one meeting of the group."""
    sent = letter("41/HĐND-TT", days.back(9), "Chuyển ý kiến của Tổ đại biểu trước kỳ họp thứ Ba")
    explained = report("77/BC-UBND", days.back(4), "Giải trình ý kiến của Tổ đại biểu trước kỳ họp thứ Ba")
    forwarded = did("forward", days.back(9), paper=sent, by="chuyenvien")
    yield _opinion(
        days,
        "tien-do-truong",
        "Vì sao tiến độ xây trường mầm non bản Nà Lính chậm so với kế hoạch đầu tư công",
        forwarded,
        about="Báo cáo tình hình đầu tư công",
    )
    yield _opinion(
        days,
        "thu-ngan-sach",
        "Làm rõ nguyên nhân hụt thu tiền sử dụng đất",
        forwarded,
        did("explain", days.back(4), paper=explained, words="Đấu giá hai lô đất chuyển sang quý sau.", by="chuyenvien"),
        did("accept", days.back(3), by="daibieu"),
        about="Báo cáo thu, chi ngân sách",
    )
    yield _opinion(
        days,
        "rac-thai",
        "Trách nhiệm để bãi rác tạm thôn Cây Sấu tồn tại kéo dài",
        forwarded,
        did("explain", days.back(4), paper=explained, words="Đang tìm vị trí mới.", by="chuyenvien"),
        did("find_wanting", days.back(3), words="Không nêu thời hạn đóng bãi rác", by="daibieu"),
        did("carry_to_question", days.back(2), words="Đề nghị chất vấn Chủ tịch UBND xã", by="daibieu"),
        about="Báo cáo công tác môi trường",
    )


def _opinion(days: Days, key: str, text: str, *deeds: Deed, **said: Any) -> Story:
    return Story(
        f"y-kien-{key}",
        did(
            "raise",
            days.back(11),
            text=text,
            group="TDB1",
            deputy="Triệu Thị Mùi Lan",
            agency="UBND",
            session=NEXT_SESSION,
            by="daibieu",
            **said,
        ),
        deeds,
        kind=_KIND,
    )
