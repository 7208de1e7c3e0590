"""Rows that raise late matters: at a sitting, in the list of a session, in a group of questions. Kinds share them."""

from __future__ import annotations

from dataclasses import replace

from states import guards as g
from states.lateness import ListedAtSession, OnAgenda, QuestionGroupSlip
from states.lifecycle import SAME, Transition
from states.milestones import Milestone as M
from states.permissions import council_desk
from states.text import Text
from states.vocabulary import Decider, Named

_PUT_ON_AGENDA = Transition(
    trigger="put_on_agenda",
    source=(),
    target=SAME,
    label=Text("Đưa ra phiên họp Thường trực", "Put on the agenda of a sitting"),
    help=Text("Đưa việc chậm ra giao ban hoặc phiên họp tháng.", "Lateness is raised at the monthly sitting."),
    who=council_desk,
    needs=OnAgenda,
    decider=Decider.STANDING_BODY,
    when=(g.day_is_not_in_the_future,),
    marks=(M.PUT_ON_AGENDA,),
)
_LIST_AT_SESSION = Transition(
    trigger="list_at_session",
    source=(),
    target=SAME,
    label=Text("Đưa vào danh mục trình kỳ họp", "List at the session"),
    help=Text("Nêu trong danh mục việc chậm trình kỳ họp.", "Named in the session's list of late matters."),
    who=council_desk,
    needs=ListedAtSession,
    decider=Decider.STANDING_BODY,
    when=(g.day_is_not_in_the_future,),
    marks=(M.LISTED_AT_SESSION,),
    names={"session": Named.SESSION},
)
_JOIN_QUESTION_GROUP = Transition(
    trigger="join_question_group",
    source=(),
    target=SAME,
    label=Text("Đưa vào nhóm vấn đề chất vấn", "Put into a group of questions"),
    help=Text(
        "Cùng các việc chậm khác của một cơ quan hoặc lĩnh vực.", "With other late matters of an agency or a field."
    ),
    who=council_desk,
    needs=QuestionGroupSlip,
    decider=Decider.STANDING_BODY,
    when=(g.decider_is_the_standing_body, g.day_is_not_in_the_future),
    marks=(M.IN_QUESTION_GROUP,),
    names={"session": Named.SESSION},
)


def raised_from(states: tuple[str, ...]) -> tuple[Transition, ...]:
    """Return the rows by which a matter in one of `states` is raised; it stays where it is."""
    return tuple(replace(row, source=states) for row in (_PUT_ON_AGENDA, _LIST_AT_SESSION, _JOIN_QUESTION_GROUP))
