"""What each counted thing is: its place in or outside the rate, how it stands in time, what came of it.

A petition (or, for agencies, a referral) has exactly one place; one of the council's own also has exactly one time
and one outcome. So every sub-total adds up to what was received.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from states.petition import P
from states.referral import R
from states.text import Text
from states.vocabulary import Level, PetitionNature, Result

By = Literal["council", "agency", "field", "locality"]
Place = Literal[
    "own", "opinion", "higher", "diverted", "withdrawn", "returned", "recalled", "set_aside",
    "unsent", "merged", "voided", "undated",
]  # fmt: skip
Time = Literal[
    "in_time", "answered_undated", "late", "at_meeting", "not_due", "paused", "not_sent", "no_receipt", "no_limit",
    "sent_back", "no_receipt_past", "overdue",
]  # fmt: skip
Outcome = Literal[
    "resolved",
    "explained",
    "explained_at_meeting",
    "roadmap",
    "in_progress",
    "not_yet",
    "noted",
    "to_judge",
    "unanswered",
]

PLACES: Mapping[Place, Text] = {
    "own": Text("Thuộc thẩm quyền, tính tỷ lệ", "The council's own, in the rate"),
    "opinion": Text("Ý kiến, không yêu cầu giải quyết", "Mere opinions that ask for nothing"),
    "higher": Text("Thuộc thẩm quyền cấp trên", "Of a higher level"),
    "diverted": Text("Đã hướng dẫn hoặc chuyển đơn", "Diverted to the complaint way"),
    "withdrawn": Text("Đã rút", "Withdrawn"),
    "returned": Text("Chuyển trả, không thuộc thẩm quyền", "Returned as wrong authority"),
    "recalled": Text("Đã thu hồi văn bản chuyển", "Recalled"),
    "set_aside": Text("Thuộc lần giải quyết trước (hồ sơ đã mở lại)", "Of an earlier treatment (case reopened)"),
    "unsent": Text("Chưa gửi, chờ số văn bản", "Not sent, waiting for its number"),
    "merged": Text("Đã gộp, tính một lần ở hồ sơ còn lại", "Merged, counted once through the case that stays"),
    "voided": Text("Đã hủy do nhập nhầm", "Entered by mistake and voided"),
    "undated": Text("Chưa rõ ngày tiếp nhận, không xếp được vào kỳ", "Day of receipt unknown, in no period"),
}
LEFT_OUT: tuple[Place, ...] = ("unsent", "merged", "voided", "undated")
"""What is no part of what was received; it is named all the same."""
APART: tuple[Place, ...] = tuple(p for p in PLACES if p != "own" and p not in LEFT_OUT)
"""What was received and stays outside the council's own rate."""

TIMES: Mapping[Time, Text] = {
    "in_time": Text("Trả lời đúng hạn", "Answered in time"),
    "answered_undated": Text("Đã trả lời, không xác định được hạn", "Answered, no due date to compare with"),
    "late": Text("Trả lời trễ hạn", "Answered late"),
    "at_meeting": Text(
        "Giải trình tại hội nghị, không có hạn văn bản", "Explained at the meeting, no written answer due"
    ),
    "not_due": Text("Chưa trả lời, chưa đến hạn", "Unanswered, not yet due"),
    "paused": Text("Chưa trả lời, thời hạn tạm dừng", "Unanswered, clock paused"),
    "not_sent": Text("Chưa chuyển cơ quan giải quyết", "Not yet transferred"),
    "no_receipt": Text("Chưa trả lời, chưa ghi ngày nhận", "Unanswered, receipt not recorded"),
    "no_limit": Text("Chưa trả lời, không có thời hạn áp dụng", "Unanswered, no limit applies"),
    "sent_back": Text("Chờ trả lời lại, chưa có hạn trả lời lại", "A new answer awaited, no limit for it"),
    "no_receipt_past": Text(
        "Chưa trả lời, chưa ghi ngày nhận, đã qua hạn tạm tính",
        "Unanswered, receipt not recorded, past the provisional date",
    ),
    "overdue": Text("Chưa trả lời, quá hạn", "Unanswered, overdue"),
}
"""How things stand in time, mildest first: of several addressees the last in this order speaks for the petition."""
RANK: Mapping[Time, int] = {time: rank for rank, time in enumerate(TIMES)}
ANSWERED_TIMES: tuple[Time, ...] = ("in_time", "late", "answered_undated", "at_meeting")
WITHOUT_DUE_DATE: tuple[Time, ...] = (
    "answered_undated",
    "at_meeting",
    "not_sent",
    "no_receipt",
    "no_receipt_past",
    "no_limit",
    "sent_back",
)
DATED: frozenset[Time] = frozenset({"in_time", "late", "not_due", "paused", "overdue"})

OUTCOMES: Mapping[Outcome, Text] = {
    "resolved": Text("Giải quyết xong", "Resolved"),
    "explained": Text("Giải trình được chấp nhận", "Explanation accepted"),
    "explained_at_meeting": Text("Giải trình tại hội nghị, cử tri đồng ý", "Explained satisfactorily at the meeting"),
    "roadmap": Text("Đang giải quyết, có lộ trình", "In progress with a roadmap"),
    "in_progress": Text("Đang giải quyết, chưa có lộ trình", "In progress without a roadmap"),
    "not_yet": Text("Chưa giải quyết được", "Not yet resolved"),
    "noted": Text("Ghi nhận", "Noted"),
    "to_judge": Text("Đã trả lời, chờ kết luận", "Answered, not judged yet"),
    "unanswered": Text("Chưa trả lời", "Unanswered"),
}
HANDLED: tuple[Outcome, ...] = ("resolved", "explained", "explained_at_meeting")

ANSWERED_STATES = frozenset({P.ANSWERED.value, P.JUDGED.value, P.CLOSED.value, P.EXPLAINED_AT_MEETING.value})
ANSWERED_REFERRALS = frozenset({R.ANSWERED.value, R.ACCEPTED.value})

_CASE_PLACES: Mapping[str, Place] = {
    P.VOIDED: "voided",
    P.MERGED: "merged",
    P.WITHDRAWN: "withdrawn",
    P.DIVERTED: "diverted",
    P.FORWARDED_HIGHER: "higher",
}
_REFERRAL_PLACES: Mapping[str, Place] = {
    R.PREPARED: "unsent",
    R.RETURNED: "returned",
    R.RECALLED: "recalled",
    R.SET_ASIDE: "set_aside",
}
_LEVELS = tuple(level.value for level in Level)
_OUTCOMES: Mapping[str, Outcome] = {
    Result.RESOLVED: "resolved",
    Result.EXPLAINED: "explained",
    Result.ROADMAP: "roadmap",
    Result.IN_PROGRESS: "in_progress",
    Result.NOT_YET: "not_yet",
    Result.NOTED: "noted",
}


def place_of(
    *, state: str, level: str | None, nature: str | None, own: str, dated: bool, referral: str | None = None
) -> Place:
    """Return the one place of a petition, or of its referral when `referral` names that one's state.

    `own` is the level of the council. What was never really received comes first, then what left the council's hands.
    """
    by_state = _CASE_PLACES.get(state)
    by_referral = _REFERRAL_PLACES.get(referral or "")
    higher = level is not None and _LEVELS.index(level) > _LEVELS.index(own)
    found: tuple[Place | None, ...] = (
        by_state if by_state in {"voided", "merged"} else None,
        None if dated else "undated",
        by_referral if by_referral == "unsent" else None,
        by_state,
        "higher" if higher else None,
        "opinion" if nature == PetitionNature.OPINION else None,
        by_referral,
    )
    return next((place for place in found if place is not None), "own")


def time_of_unsent(state: str) -> Time:
    """Return how a petition without any live referral stands in time."""
    if state == P.EXPLAINED_AT_MEETING:
        return "at_meeting"
    return "answered_undated" if state in ANSWERED_STATES else "not_sent"


def outcome_of(*, state: str, judged: str | None, answered: bool) -> Outcome:
    """Return what came of a petition, or of a referral by the judgement on its petition."""
    if not answered:
        return "unanswered"
    if state == P.EXPLAINED_AT_MEETING:
        return "explained_at_meeting"
    return _OUTCOMES[judged] if judged is not None else "to_judge"
