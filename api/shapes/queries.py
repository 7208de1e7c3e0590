"""What may stand behind the question mark; anything else is refused."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query
from pydantic import Field

from api.shapes.base import Incoming
from states.alerting import MessageState
from states.entries import said
from states.petition import PETITION_KIND
from states.text import Language
from states.vocabulary import ProposalState
from workflows.carrying import Knowing
from workflows.listing import CaseFilter
from workflows.paging import MOST
from workflows.printing.materials import LetterOrder
from workflows.rates import By

Short = Annotated[str, Field(max_length=200)]


class NoQuery(Incoming):
    """A route without parameters."""


class CouncilQuery(Incoming):
    """Which council, for those who belong to several."""

    council: Short | None = said("Hội đồng (mã)", "Council (code)")


class PageQuery(Incoming):
    """Where a page begins and how long it is."""

    cursor: Short | None = said("Dấu trang", "Cursor")
    limit: int | None = said("Số dòng", "Limit", ge=1, le=MOST)


class PetitionQuery(PageQuery):
    """The filters of a list of cases of one kind."""

    state: list[Short] = said("Trạng thái", "State", default=[], max_length=30)
    agency: Short | None = said("Cơ quan đang xử lý hoặc được chuyển (mã)", "Agency in hand or addressed (code)")
    assignee: Short | None = said("Người theo dõi (tài khoản, hoặc me)", "Assignee (account, or me)")
    field: Short | None = said("Lĩnh vực", "Field")
    locality: Short | None = said("Địa bàn", "Locality")
    due_before: date | None = said("Đến hạn trước ngày", "Due before")
    overdue: bool | None = said("Quá hạn", "Overdue")
    text: Annotated[str, Field(max_length=500)] | None = said("Chữ cần tìm", "Words to search for")
    council: Short | None = said("Hội đồng (mã)", "Council (code)")
    sort: Literal["due", "entered"] = said("Thứ tự", "Order", default="due")
    total: bool = said("Kèm tổng số", "With the total", default=False)

    def wanted(self, kind: str | None) -> CaseFilter:
        """Return the filter of the list."""
        return CaseFilter(
            kind=kind,
            states=tuple(self.state),
            agency=self.agency,
            assignee=self.assignee,
            field=self.field,
            locality=self.locality,
            due_before=self.due_before,
            overdue=self.overdue,
            text=self.text,
            council=self.council,
        )


class CaseQuery(PetitionQuery):
    """The filters of the list of all cases."""

    kind: Short | None = said("Loại hồ sơ", "Kind")


class ClockQuery(Incoming):
    """What to tell of clocks: those that gave way too; the workings in a language."""

    superseded: bool = said("Kèm thời hạn đã thay thế", "With superseded clocks", default=False)
    explain: Language | None = said("Giải thích bằng (vi, en)", "Explain in (vi, en)")


class PictureQuery(Incoming):
    """In which language a picture is labelled."""

    language: Language = said("Ngôn ngữ (vi, en)", "Language (vi, en)", default="vi")


class ReminderQuery(CouncilQuery):
    """Up to which day reminders are foreseen."""

    until: date = Field(title="Đến ngày", json_schema_extra={"label_en": "Until"})
    limit: int = said("Số dòng", "Limit", default=MOST, ge=1, le=MOST)


class GroupQuery(CouncilQuery):
    """The filters of groups proposed for questioning."""

    state: ProposalState | None = said("Trạng thái", "State")


class ProposalQuery(PageQuery):
    """The filters of proposals."""

    case: Short | None = said("Hồ sơ (mã)", "Case (code)")
    state: ProposalState | None = said("Trạng thái", "State")


class DocumentQuery(Incoming):
    """The filters of documents: a number, as people write it."""

    number: Short | None = said("Số, ký hiệu", "Number")
    after: UUID | None = said("Sau văn bản", "After the document")
    limit: int | None = said("Số dòng", "Limit", ge=1, le=MOST)


class FileQuery(Incoming):
    """What the file that is brought was called; only ever shown."""

    name: Annotated[str, Field(max_length=1000)] = said("Tên tệp", "Name of the file", default="")


class AgencyQuery(PageQuery):
    """The filters of agencies."""

    council: Short | None = said("Hội đồng (mã)", "Council (code)")
    on: date | None = said("Đang hoạt động vào ngày", "In office on")


class YearQuery(Incoming):
    """Which year of the calendar."""

    year: int = Field(title="Năm", json_schema_extra={"label_en": "Year"}, ge=1900, le=2200)


class RateQuery(CouncilQuery):
    """Which rates: of which kind, grouped by what, for cases received in a period, as known on a day."""

    kind: Short = said("Loại hồ sơ", "Kind", default=PETITION_KIND)
    by: By = said("Theo", "By", default="council")
    since: date | None = said("Từ ngày", "From")
    until: date | None = said("Đến ngày", "To")
    as_of: date | None = said("Tính đến ngày", "As of")


class QuestionQuery(CouncilQuery):
    """Which questions: of one session, or all."""

    session: Short | None = said("Kỳ họp (mã)", "Session (code)")


class LetterQuery(CouncilQuery):
    """What a letter is about, by which day an answer is asked for, its day and who signs it."""

    code: list[Short] = said("Hồ sơ (mã, nhiều lần)", "Cases (code, repeatable)", default=[], max_length=200)
    document: Short | None = said("Văn bản đã vào sổ (số hoặc mã)", "Registered paper (number or id)")
    agency: Short | None = said("Cơ quan (mã)", "Agency (code)")
    round: Short | None = said("Đợt tiếp xúc cử tri (mã)", "Contact round (code)")
    locality: Short | None = said("Thôn, bản", "Hamlet")
    giver: Short | None = said("Người giao (tài khoản)", "Who hands over (account)")
    receiver: Short | None = said("Người nhận (tài khoản)", "Who takes over (account)")
    by: date | None = said("Đề nghị trả lời trước hết ngày", "Answer asked by")
    on: date | None = said("Ngày văn bản", "Day of the letter")
    signer: Short | None = said("Người ký", "Signer")
    position: Short | None = said("Chức vụ người ký", "Position of the signer")

    def order(self, kind: str) -> LetterOrder:
        """Return the order of a letter of this kind."""
        told = self.model_dump(exclude={"code", "council"})
        return LetterOrder(kind=kind, codes=tuple(self.code), **told)


class JobFileQuery(CouncilQuery):
    """For which kind of job a file is brought."""

    kind: Short = said("Loại việc", "Kind of job", default="import_petitions")


class CarriedQuery(CouncilQuery):
    """Which list of what is carried over: as the register stood then, or as it is known now."""

    known: Knowing = said("Theo sổ vào ngày đó (then) hay biết đến nay (now)", "As known then or now", default="then")


class InboxQuery(PageQuery):
    """Which items of the inbox."""

    unread: bool = said("Chỉ việc chưa đọc", "Unread ones only", default=False)


class MessageQuery(PageQuery):
    """Which letters."""

    state: MessageState | None = said("Trạng thái", "State")


Asked = Annotated[NoQuery, Query()]
