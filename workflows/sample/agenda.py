"""The agenda of the sample's next session: a file in time, one incomplete, one late, one postponed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workflows.sample.council import NEXT_SESSION
from workflows.sample.days import Days
from workflows.sample.papers import report
from workflows.sample.stories import Deed, Story, did

_KIND = "session_document"


def agenda(days: Days) -> Iterable[Story]:
    """Return the four items of the agenda."""
    budget = report("80/BC-UBND", days.back(12), "Báo cáo thu, chi ngân sách")
    yield _item(
        days,
        1,
        "Báo cáo tình hình thực hiện thu, chi ngân sách năm",
        did("receive_file", days.back(12), paper=budget, by="chuyenvien"),
        did("hold_verification", days.back(6), by="chuyenvien"),
        did("verify", days.back(4), words="Nhất trí, đề nghị làm rõ nguồn thu tiền sử dụng đất", by="chuyenvien"),
        file_kind="report",
    )
    lacking = did("receive_incomplete", days.back(11), words="Thiếu phụ lục danh mục dự án", by="chuyenvien")
    yield _item(days, 2, "Tờ trình về kế hoạch đầu tư công năm sau", lacking)
    yield _item(
        days,
        3,
        "Tờ trình về mức hỗ trợ xây dựng nhà văn hóa thôn",
        did("receive_file", days.back(5), by="chuyenvien"),
    )
    postponed = did("postpone", days.back(3), words="Chưa lấy đủ ý kiến các thôn", by="chuyenvien")
    yield _item(days, 4, "Tờ trình về đặt tên đường", postponed)


def _item(days: Days, ordinal: int, text: str, *deeds: Deed, **said: Any) -> Story:
    return Story(
        f"chuong-trinh-{ordinal}",
        did(
            "register_item",
            days.back(25),
            text=text,
            session=NEXT_SESSION,
            ordinal=ordinal,
            agency="UBND",
            committee="KTNS",
            due_on=days.back(10),
            by="chuyenvien",
            **said,
        ),
        deeds,
        kind=_KIND,
    )
