"""A kind that Dondoc does not have: a check of fire safety. One table, its forms and one detail model, nothing else."""

from __future__ import annotations

from datetime import date
from enum import StrEnum, unique
from uuid import UUID

from sqlmodel import Field, SQLModel

from states import entries as e
from states import guards as g
from states.corrections import AMEND, CORRECT, ENTRUST, UNDO
from states.entries import Entry, Line, TermUse, Words, must, prose, said, term
from states.kinds import register
from states.labelled import LABELS, Labelled
from states.lifecycle import Lifecycle, State, Transition
from states.milestones import Milestone as M
from states.permissions import council_desk, council_side
from states.raising import raised_from
from states.text import Text
from states.vocabulary import Act, Decider, LinkKind, Named, Phase

KIND = "fire_check"


@unique
class Premises(Labelled):
    """What is checked."""

    MARKET = "market"
    SCHOOL = "school"


LABELS.add((Premises.MARKET, Text("Chợ", "Market")), (Premises.SCHOOL, Text("Trường học", "School")))


@unique
class F(StrEnum):
    """Where a check may be."""

    ORDERED = "ordered"
    CHECKED = "checked"
    MENDED = "mended"
    DROPPED = "dropped"
    VOIDED = "voided"


class FireOrder(Entry):
    """A check as it is ordered."""

    text: Words = prose("Nội dung kiểm tra", "What is checked", default=...)
    agency: Line = must("Đơn vị được kiểm tra (mã)", "Body that is checked (code)")
    premises: Premises = must("Loại cơ sở", "Kind of premises")
    floors: int | None = said("Số tầng", "Floors", ge=1, le=50)
    due_on: date | None = term("Hạn khắc phục (ngày)", "To be mended by (date)", TermUse.UNTIL)
    field: Line | None = said("Lĩnh vực", "Field")
    from_case: Line | None = said("Phát sinh từ hồ sơ (mã)", "Arises from the case (code)")


class Findings(Entry):
    """What was found."""

    words: Words = prose("Kết quả kiểm tra", "What was found", default=...)
    passed: bool = said("Đạt", "Passed", default=False)


class FireCheck(SQLModel, table=True):
    """What only a check has."""

    __tablename__ = "fire_check"

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    agency_id: UUID = Field(foreign_key="agency.id")
    premises: str
    floors: int | None = None
    passed: bool = False


_OPEN = (F.ORDERED, F.CHECKED)
_LIVING = (*_OPEN, F.MENDED, F.DROPPED)
_PAST = (g.day_is_not_in_the_future,)

FIRE_CHECK = Lifecycle(
    kind=KIND,
    label=Text("Kiểm tra phòng cháy", "Fire check"),
    prefix="PC",
    start=F.ORDERED,
    void=F.VOIDED,
    charges="agency_id",
    states={
        F.ORDERED: State(Text("Chờ kiểm tra", "Ordered"), Phase.INTAKE),
        F.CHECKED: State(Text("Đã kiểm tra, chờ khắc phục", "Checked"), Phase.OUT),
        F.MENDED: State(Text("Đã khắc phục", "Mended"), Phase.DONE, final=True),
        F.DROPPED: State(Text("Thôi kiểm tra", "Dropped"), Phase.DONE, final=True),
        F.VOIDED: State(Text("Đã hủy do nhập nhầm", "Voided"), Phase.DONE, final=True),
    },
    transitions=(
        Transition(
            trigger="order",
            source=(),
            target=F.ORDERED,
            label=Text("Yêu cầu kiểm tra", "Order a check"),
            help=Text("Kiểm tra ở đâu, khắc phục đến khi nào.", "Where, and by when it is mended."),
            who=council_side,
            needs=FireOrder,
            when=_PAST,
            marks=(M.RECORDED,),
            names={"agency": Named.AGENCY, "from_case": Named.CASE},
            keeps={
                "detail.agency_id": "agency",
                "detail.premises": "premises",
                "detail.floors": "floors",
                "case.field": "field",
            },
            fixes={"detail.passed": False},
            links=LinkKind.ARISES_FROM,
        ),
        Transition(
            trigger="check",
            source=(F.ORDERED,),
            target=F.CHECKED,
            label=Text("Ghi kết quả kiểm tra", "Record what was found"),
            help=Text("Biên bản kiểm tra.", "The minutes of the check."),
            who=council_desk,
            needs=Findings,
            when=_PAST,
            warns=(g.has_document,),
            marks=(M.PROGRESS_REPORTED,),
            keeps={"detail.passed": "passed"},
        ),
        Transition(
            trigger="mend",
            source=_OPEN,
            target=F.MENDED,
            label=Text("Xác nhận đã khắc phục", "Confirm as mended"),
            help=Text("Thường trực HĐND xác nhận.", "The standing body confirms it."),
            who=council_desk,
            decider=Decider.STANDING_BODY,
            when=(g.decider_is_the_standing_body, g.decider_is_not_the_answerer, *_PAST),
            marks=(M.CLOSED,),
        ),
        Transition(
            trigger="drop",
            source=_OPEN,
            target=F.DROPPED,
            label=Text("Thôi kiểm tra", "Drop"),
            help=Text("Cơ sở không còn hoạt động.", "The premises are closed."),
            who=council_desk,
            needs=e.Because,
            when=_PAST,
            marks=(M.WITHDRAWN,),
        ),
        *raised_from(_OPEN),
        Transition(
            trigger="void",
            source=_LIVING,
            target=F.VOIDED,
            label=Text("Hủy do nhập nhầm", "Void"),
            help=Text("Mã và lịch sử vẫn còn.", "Code and history stay."),
            who=council_desk,
            needs=e.Because,
            act=Act.VOID,
            marks=(M.VOIDED,),
        ),
        *(row.on(_LIVING) for row in (ENTRUST, AMEND, CORRECT, UNDO)),
    ),
)

REGULATION = """
[regulation]
code = "fire"
version = "1"
title = { vi = "Quy định kiểm tra phòng cháy", en = "Fire checks" }
status = "in_force"
source = "Quyết định (bịa) của HĐND"

[[ladder]]
code = "fire"
rungs = [
  { at = "-5 working days", do = "remind", whom = ["council_office"] },
  { at = "expired", do = "alert", whom = ["council_office"] },
  { at = "next standing meeting", do = "propose", trigger = "put_on_agenda", whom = ["council_office"] },
]

[[limit]]
code = "fire.mend"
label = { vi = "Khắc phục", en = "Mending" }
role = "mend"
applies = { kind = "fire_check" }
starts = "recorded"
due = "until"
rolls = "no"
met_by = "closed"
cancelled_by = "withdrawn"
effect = "service"
ladder = "fire"
citation = "Điều 3"
confidence = "given"
"""


def add() -> None:
    """Make the kind known: a line beside the others, and its table. Before anything else of Dondoc is loaded."""
    register(FIRE_CHECK)
    from models.details import DETAILS  # noqa: PLC0415 - the tables are declared by the kinds that are known by then

    DETAILS[KIND] = FireCheck
