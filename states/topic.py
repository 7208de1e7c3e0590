"""A topic (nhóm nội dung): petitions of like content side by side, each still a case with its own state and answer."""

from __future__ import annotations

from enum import StrEnum, unique

from states import entries as e
from states import guards as g
from states.corrections import AMEND, CORRECT, ENTRUST, UNDO
from states.gathering_topics import TOPIC_KIND, OpenTopic
from states.lifecycle import Lifecycle, State, Transition
from states.milestones import Milestone as M
from states.permissions import council_desk
from states.text import Text
from states.vocabulary import Act, Named, Phase


@unique
class T(StrEnum):
    """Where a topic may be."""

    OPEN = "open"
    CLOSED = "closed"
    VOIDED = "voided"


_LIVING = (T.OPEN, T.CLOSED)
_PAST = (g.day_is_not_in_the_future,)

# A table reads by rows.
# fmt: off
TOPIC = Lifecycle(
    kind=TOPIC_KIND,
    label=Text("Nhóm nội dung kiến nghị", "Topic of petitions"),
    prefix="NT",
    start=T.OPEN,
    void=T.VOIDED,
    states={
        T.OPEN: State(Text("Đang tập hợp", "Open"), Phase.OUT),
        T.CLOSED: State(Text("Đã khép lại", "Closed"), Phase.DONE, final=True),
        T.VOIDED: State(Text("Đã hủy do nhập nhầm", "Voided"), Phase.DONE, final=True),
    },
    transitions=(
        Transition(
            trigger="open_topic", source=(), target=T.OPEN, label=Text("Mở nhóm nội dung", "Open a topic"),
            help=Text("Tập hợp kiến nghị cùng nội dung, không gộp.", "Gathers like petitions without merging them."),
            who=council_desk, needs=OpenTopic, when=(g.addressees_in_office, *_PAST),
            names={"session": Named.SESSION, "agency": Named.AGENCY},
            keeps={"case.field": "field", "case.session_id": "session", "detail.agency_id": "agency"},
        ),
        Transition(
            trigger="close_topic", source=(T.OPEN,), target=T.CLOSED, label=Text("Khép nhóm nội dung", "Close"),
            help=Text("Không nhận thêm; kiến nghị vẫn đi tiếp.", "It takes no more in; its petitions go on."),
            who=council_desk, needs=e.Because, when=_PAST, marks=(M.CLOSED,),
        ),
        Transition(
            trigger="reopen", source=(T.CLOSED,), target=T.OPEN, label=Text("Mở lại", "Reopen"),
            help=Text("Cùng mã; nêu lý do.", "The same code; the reason is given."),
            who=council_desk, needs=e.Because, when=_PAST, marks=(M.REOPENED,),
        ),
        Transition(
            trigger="void", source=_LIVING, target=T.VOIDED, label=Text("Hủy do nhập nhầm", "Void"),
            help=Text("Hồ sơ nhập nhầm; mã và lịch sử vẫn còn.", "Entered by mistake; code and history stay."),
            who=council_desk, needs=e.Because, act=Act.VOID, marks=(M.VOIDED,),
        ),
        *(row.on(_LIVING) for row in (ENTRUST, AMEND, CORRECT, UNDO)),
    ),
)
