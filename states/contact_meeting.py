"""One meeting of a voter-contact round, as a table: planned, held or replaced, written down, reported.

A meeting is a case of its own so that its figures have a history: who stated them, when, by which paper. Two reports
on one meeting are two moves of one case: matched, not added (office.md 6).
"""

from __future__ import annotations

from enum import StrEnum, unique

from states import contact_guards as c
from states import contacting as t
from states import entries as e
from states import guards as g
from states.contact_round import C
from states.corrections import AMEND, CORRECT, ENTRUST, UNDO
from states.facts import Facts
from states.findings import Reads, guard
from states.lifecycle import SAME, Lifecycle, Rated, State, Transition
from states.milestones import Milestone as M
from states.permissions import council_desk, council_side
from states.text import Text
from states.vocabulary import Act, Decider, Named, Phase

CONTACT_MEETING_KIND = "contact_meeting"


@unique
class H(StrEnum):
    """Where a meeting may be."""

    PLANNED = "planned"
    HELD = "held"
    COLLECTED = "collected"
    MINUTED = "minuted"
    REPORTED = "reported"
    CANCELLED = "cancelled"
    VOIDED = "voided"


_LIVING = (H.PLANNED, H.HELD, H.COLLECTED, H.MINUTED, H.REPORTED, H.CANCELLED)


@guard(
    holds=Text("Đợt tiếp xúc chưa hủy", "The round was not called off"),
    fails=Text("Đợt tiếp xúc đã hủy", "The round was called off"),
    mend=Text("Chọn đợt tiếp xúc (mã TX) chưa hủy", "Choose a round (code TX) that was not called off"),
    reads=Reads.ENTRY,
)
def round_was_not_called_off(facts: Facts) -> bool:
    """A meeting may be entered late, when the report of its round is sent, but under none that never was."""
    return all(round_.state not in (C.CANCELLED, C.VOIDED) for round_ in facts.reference.cases.values())


_PAST = (g.day_is_not_in_the_future,)
_COUNTED = (c.opinions_add_up, c.explanations_are_judged)

# A table reads by rows.
# fmt: off
CONTACT_MEETING = Lifecycle(
    kind=CONTACT_MEETING_KIND,
    label=Text("Hội nghị tiếp xúc cử tri", "Voter-contact meeting"),
    prefix="HN",
    start=H.PLANNED,
    void=H.VOIDED,
    rated=Rated(done=frozenset({H.REPORTED}), apart=frozenset({H.CANCELLED})),
    states={
        H.PLANNED: State(Text("Đã lên lịch", "Planned"), Phase.INTAKE),
        H.HELD: State(Text("Đã tổ chức, chờ biên bản", "Held, minutes awaited"), Phase.OUT),
        H.COLLECTED: State(Text("Thay bằng tổng hợp bằng văn bản", "Replaced by a collection in writing"), Phase.OUT),
        H.MINUTED: State(Text("Đã có biên bản", "Minutes received"), Phase.JUDGING),
        H.REPORTED: State(Text("Đã đưa vào báo cáo tổng hợp", "In the compiled report"), Phase.DONE, final=True),
        H.CANCELLED: State(Text("Không tổ chức", "Not held"), Phase.DONE, final=True),
        H.VOIDED: State(Text("Đã hủy do nhập nhầm", "Voided"), Phase.DONE, final=True),
    },
    transitions=(
        Transition(
            trigger="plan_meeting", source=(), target=H.PLANNED, label=Text("Lên lịch hội nghị", "Plan a meeting"),
            help=Text(
                "Nơi, ngày, người điều hành và đại biểu được phân công.", "Place, day, chair and the deputies assigned."
            ),
            who=council_side, needs=t.MeetingPlan, when=(round_was_not_called_off, *_PAST),
            warns=(c.deputies_are_assigned,), marks=(M.CONTACT_MEETING_PLANNED,),
            names={"round": Named.CASE, "group": Named.AGENCY},
            keeps={
                "case.round_id": "round", "case.locality": "locality", "detail.venue": "venue",
                "detail.planned_on": "planned_on", "detail.form": "form", "detail.mode": "mode",
                "detail.chair": "chair", "detail.group_id": "group", "detail.deputies": "deputies",
                "detail.deputies_assigned": "deputies_assigned",
            },
        ),
        Transition(
            trigger="assign_deputies", source=(H.PLANNED, H.HELD, H.COLLECTED, H.MINUTED), target=SAME,
            label=Text("Phân công đại biểu", "Assign deputies"),
            help=Text("Thay phân công trước; phân công cũ vẫn trong nhật ký.", "Replaces what was assigned before."),
            who=council_side, needs=t.Deputies, when=_PAST,
            warns=(c.deputies_are_assigned,), names={"group": Named.AGENCY},
            keeps={
                "detail.group_id": "group", "detail.deputies": "deputies",
                "detail.deputies_assigned": "deputies_assigned",
            },
        ),
        Transition(
            trigger="move_meeting", source=(H.PLANNED,), target=SAME, label=Text("Đổi ngày, địa điểm", "Move it"),
            help=Text("Nêu lý do.", "The reason is given."),
            who=council_side, needs=t.OtherDay, when=_PAST,
            keeps={"detail.planned_on": "planned_on", "detail.venue": "venue", "detail.mode": "mode"},
        ),
        Transition(
            trigger="hold", source=(H.PLANNED,), target=H.HELD, label=Text("Ghi đã tổ chức", "Hold"),
            help=Text(
                "Đại biểu và cử tri tham dự là hai số; giải trình tại chỗ do ai đánh giá.",
                "Deputies and voters are two figures; who judged what was explained on the spot.",
            ),
            who=council_side, needs=t.MeetingHeld, when=_PAST, warns=(g.day_is_known, *_COUNTED),
            marks=(M.CONTACT_MEETING_HELD,),
            keeps={**t.KEEPS_COUNTS, "detail.chair": "chair", "detail.leaders": "leaders"},
        ),
        Transition(
            trigger="collect", source=(H.PLANNED,), target=H.COLLECTED,
            label=Text("Thay bằng tổng hợp bằng văn bản", "Collect in writing instead"),
            help=Text("Thiên tai, dịch bệnh hoặc kỳ họp đột xuất; nêu lý do.", "Disaster, epidemic or haste."),
            who=council_side, needs=t.Collected, decider=Decider.STANDING_BODY, when=_PAST,
            warns=(g.day_is_known, *_COUNTED), marks=(M.OPINIONS_COLLECTED,), keeps=t.KEEPS_COUNTS,
        ),
        Transition(
            trigger="record_minutes", source=(H.HELD, H.COLLECTED, H.MINUTED), target=H.MINUTED,
            label=Text("Ghi biên bản, báo cáo của hội nghị", "Record the minutes"),
            help=Text(
                "Báo cáo của Mặt trận và của Tổ đại biểu về một hội nghị được đối chiếu, không cộng.",
                "What the Front and the deputy group report on one meeting is matched, not added.",
            ),
            who=council_side, needs=t.Minutes, when=_PAST, warns=(g.has_document, g.day_is_known, *_COUNTED),
            marks=(M.MINUTES_RECEIVED,), keeps=t.KEEPS_COUNTS,
        ),
        Transition(
            trigger="include_in_report", source=(H.HELD, H.COLLECTED, H.MINUTED), target=H.REPORTED,
            label=Text("Ghi đã đưa vào báo cáo tổng hợp", "Put into the compiled report"),
            help=Text("Báo cáo tổng hợp của đợt.", "The compiled report of the round."),
            who=council_side, when=_PAST, warns=(g.has_document,), marks=(M.CONTACT_MEETING_REPORTED,),
        ),
        Transition(
            trigger="cancel", source=(H.PLANNED,), target=H.CANCELLED, label=Text("Ghi không tổ chức", "Cancel"),
            help=Text("Nêu lý do.", "The reason is given."),
            who=council_side, needs=e.Because, decider=Decider.STANDING_BODY, when=_PAST,
            marks=(M.CONTACT_MEETING_CANCELLED,),
        ),
        Transition(
            trigger="void", source=_LIVING, target=H.VOIDED, label=Text("Hủy do nhập nhầm", "Void"),
            help=Text("Hồ sơ nhập nhầm; mã và lịch sử vẫn còn.", "Entered by mistake; code and history stay."),
            who=council_desk, needs=e.Because, act=Act.VOID, marks=(M.VOIDED,),
        ),
        *(row.on(_LIVING) for row in (ENTRUST, AMEND, CORRECT, UNDO)),
    ),
)
