"""A file that goes before a session (hồ sơ trình kỳ họp), as a table: expected, complete or not, verified, decided.

Sources: the reports of four councils, which all name late and incomplete files; Law 87/2015/QH13 art. 78 (the committee
meets at least 10 days before the opening). Late is not a state: it follows from the cut-off day.
"""

from __future__ import annotations

from enum import StrEnum, unique

from states import entries as e
from states import guards as g
from states import session_guards as sg
from states import session_papers as s
from states.corrections import AMEND, CORRECT, ENTRUST, UNDO
from states.lifecycle import SAME, Lifecycle, Rated, State, Transition
from states.milestones import Milestone as M
from states.permissions import council_desk
from states.text import Text
from states.vocabulary import Act, Decider, LinkKind, Named, Phase

SESSION_DOCUMENT_KIND = "session_document"


@unique
class L(StrEnum):
    """Where a file may be."""

    EXPECTED = "expected"
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"
    VERIFIED = "verified"
    SENT_TO_DEPUTIES = "sent_to_deputies"
    SENT_BACK = "sent_back"
    POSTPONED = "postponed"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"


_AWAITED = (L.EXPECTED, L.INCOMPLETE, L.SENT_BACK)
_THERE = (L.COMPLETE, L.VERIFIED, L.SENT_TO_DEPUTIES)
_OPEN = (*_AWAITED, *_THERE, L.POSTPONED)
_LIVING = (*_OPEN, L.ADOPTED, L.REJECTED, L.WITHDRAWN)
_PAST = (g.day_is_not_in_the_future,)

# A table reads by rows.
# fmt: off
SESSION_DOCUMENT = Lifecycle(
    kind=SESSION_DOCUMENT_KIND,
    label=Text("Hồ sơ trình kỳ họp", "File for a session"),
    prefix="TL",
    start=L.EXPECTED,
    void=L.VOIDED,
    rated=Rated(
        by="submission",
        done=frozenset({L.COMPLETE, L.VERIFIED, L.SENT_TO_DEPUTIES, L.ADOPTED, L.REJECTED}),
        apart=frozenset({L.WITHDRAWN}),
    ),
    charges="agency_id",
    states={
        L.EXPECTED: State(Text("Chờ hồ sơ", "Expected"), Phase.OUT),
        L.INCOMPLETE: State(Text("Đã nhận, chưa đủ hồ sơ", "Received incomplete"), Phase.OUT),
        L.COMPLETE: State(Text("Đã nhận đủ hồ sơ", "Received complete"), Phase.OUT),
        L.VERIFIED: State(Text("Đã thẩm tra", "Verified"), Phase.JUDGING),
        L.SENT_TO_DEPUTIES: State(Text("Đã gửi đại biểu", "Sent to the deputies"), Phase.JUDGING),
        L.SENT_BACK: State(Text("Yêu cầu chuẩn bị lại", "Sent back"), Phase.OUT),
        L.POSTPONED: State(Text("Hoãn đến kỳ họp sau", "Postponed"), Phase.OUT),
        L.ADOPTED: State(Text("Đã thông qua, đã xem xét", "Adopted or considered"), Phase.DONE, final=True),
        L.REJECTED: State(Text("Không thông qua", "Not adopted"), Phase.DONE, final=True),
        L.WITHDRAWN: State(Text("Đã rút khỏi chương trình", "Withdrawn"), Phase.DONE, final=True),
        L.VOIDED: State(Text("Đã hủy do nhập nhầm", "Voided"), Phase.DONE, final=True),
    },
    transitions=(
        Transition(
            trigger="register_item", source=(), target=L.EXPECTED,
            label=Text("Đưa vào chương trình", "Put on the agenda"),
            help=Text("Cơ quan trình, Ban thẩm tra và hạn gửi hồ sơ.", "Who submits and verifies, and by when."),
            who=council_desk, needs=s.AgendaItem, when=(g.addressees_in_office, *_PAST), warns=(sg.file_has_its_day,),
            marks=(M.ITEM_REGISTERED,),
            names={
                "session": Named.SESSION, "agency": Named.AGENCY, "committee": Named.AGENCY, "from_case": Named.CASE,
            },
            keeps={
                "case.session_id": "session", "case.field": "field", "detail.ordinal": "ordinal",
                "detail.file_kind": "file_kind", "detail.agency_id": "agency", "detail.presenter": "presenter",
                "detail.committee_id": "committee",
            },
            links=LinkKind.ARISES_FROM,
        ),
        Transition(
            trigger="receive_incomplete", source=_AWAITED, target=L.INCOMPLETE,
            label=Text("Ghi nhận hồ sơ chưa đủ", "Receive it incomplete"),
            help=Text("Hạn gửi hồ sơ vẫn chạy.", "The cut-off day still runs."),
            who=council_desk, needs=s.FileLacking, when=_PAST, marks=(M.FILE_INCOMPLETE,),
        ),
        Transition(
            trigger="receive_file", source=_AWAITED, target=L.COMPLETE,
            label=Text("Ghi nhận đủ hồ sơ", "Receive it complete"),
            help=Text("Ngày là ngày Văn phòng nhận đủ hồ sơ.", "The day on which the office had the whole file."),
            who=council_desk, needs=s.FileReceived, decider=Decider.ADDRESSEE, when=_PAST,
            warns=(g.has_document, g.day_is_known), marks=(M.FILE_RECEIVED,),
        ),
        Transition(
            trigger="assign_committee", source=(*_AWAITED, *_THERE), target=SAME,
            label=Text("Phân công Ban thẩm tra", "Assign a committee"),
            help=Text("Thường trực HĐND cho ý kiến và phân công.", "The standing body assigns it."),
            who=council_desk, needs=s.CommitteeAssigned, decider=Decider.STANDING_BODY,
            when=(g.addressees_in_office, *_PAST), marks=(M.COMMITTEE_ASSIGNED,), names={"committee": Named.AGENCY},
            keeps={"detail.committee_id": "committee"},
        ),
        Transition(
            trigger="hold_verification", source=(*_AWAITED, L.COMPLETE), target=SAME,
            label=Text("Ghi Ban đã họp thẩm tra", "Record the committee's meeting"),
            help=Text("Cuộc họp thẩm tra của Ban.", "The committee met on the file."),
            who=council_desk, needs=s.Verification, when=_PAST, warns=(g.day_is_known,), marks=(M.VERIFICATION_HELD,),
        ),
        Transition(
            trigger="verify", source=(L.INCOMPLETE, L.COMPLETE), target=L.VERIFIED,
            label=Text("Ghi báo cáo thẩm tra", "Record the verification"),
            help=Text(
                "Báo cáo thẩm tra của Ban, Thường trực HĐND đã xem xét trước khi ban hành.",
                "The committee's report, seen by the standing body before it was issued.",
            ),
            who=council_desk, needs=s.Verification, decider=Decider.STANDING_BODY,
            when=(g.decider_is_not_the_answerer, *_PAST), warns=(g.has_document, g.day_is_known),
            marks=(M.FILE_VERIFIED,),
        ),
        Transition(
            trigger="send_to_deputies", source=(L.COMPLETE, L.VERIFIED), target=L.SENT_TO_DEPUTIES,
            label=Text("Ghi đã gửi đại biểu", "Send to the deputies"),
            help=Text("Gửi tài liệu đến đại biểu HĐND.", "The papers went to the deputies."),
            who=council_desk, when=_PAST, warns=(g.day_is_known,), marks=(M.SENT_TO_DEPUTIES,),
        ),
        Transition(
            trigger="send_back", source=(L.INCOMPLETE, *_THERE), target=L.SENT_BACK,
            label=Text("Yêu cầu chuẩn bị lại", "Send back"),
            help=Text("Nêu nội dung và hạn gửi lại.", "What must be done again, by when."),
            who=council_desk, needs=s.SentBack, decider=Decider.STANDING_BODY,
            when=(g.decider_is_the_standing_body, *_PAST), marks=(M.FILE_SENT_BACK,),
        ),
        Transition(
            trigger="postpone", source=(*_AWAITED, *_THERE), target=L.POSTPONED,
            label=Text("Hoãn đến kỳ họp sau", "Postpone"),
            help=Text("Rời kỳ họp này; hạn của kỳ họp này thôi chạy.", "It leaves this session and its cut-off days."),
            who=council_desk, needs=e.Because, decider=Decider.STANDING_BODY,
            when=(g.decider_is_the_standing_body, *_PAST), marks=(M.ITEM_POSTPONED,), fixes={"case.session_id": None},
        ),
        Transition(
            trigger="reschedule", source=(*_AWAITED, L.POSTPONED), target=L.EXPECTED,
            label=Text("Đưa vào kỳ họp khác", "Put on another session"),
            help=Text("Kỳ họp và hạn gửi hồ sơ mới.", "With its session and cut-off day."),
            who=council_desk, needs=s.Rescheduled, decider=Decider.STANDING_BODY, when=_PAST,
            marks=(M.ITEM_REGISTERED,), names={"session": Named.SESSION},
            keeps={"case.session_id": "session", "detail.ordinal": "ordinal"},
        ),
        Transition(
            trigger="adopt", source=_THERE, target=L.ADOPTED, label=Text("Ghi đã thông qua, xem xét", "Adopt"),
            help=Text("Nghị quyết, hoặc báo cáo đã được xem xét.", "The resolution, or that the report was heard."),
            who=council_desk, needs=s.CouncilDecided, when=_PAST, warns=(g.has_document,), marks=(M.CLOSED,),
        ),
        Transition(
            trigger="reject", source=_THERE, target=L.REJECTED, label=Text("Ghi không thông qua", "Reject"),
            help=Text("HĐND không thông qua.", "The council did not adopt it."),
            who=council_desk, needs=s.CouncilDecided, when=_PAST, marks=(M.CLOSED,),
        ),
        Transition(
            trigger="withdraw", source=_OPEN, target=L.WITHDRAWN, label=Text("Rút khỏi chương trình", "Withdraw"),
            help=Text("Nêu lý do.", "The reason is given."),
            who=council_desk, needs=e.Because, when=_PAST, marks=(M.WITHDRAWN,),
        ),
        Transition(
            trigger="void", source=_LIVING, target=L.VOIDED, label=Text("Hủy do nhập nhầm", "Void"),
            help=Text("Hồ sơ nhập nhầm; mã và lịch sử vẫn còn.", "Entered by mistake; code and history stay."),
            who=council_desk, needs=e.Because, act=Act.VOID, marks=(M.VOIDED,),
        ),
        *(row.on(_LIVING) for row in (ENTRUST, AMEND, CORRECT, UNDO)),
    ),
)
