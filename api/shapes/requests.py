"""The bodies of writing requests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from api.shapes.base import Incoming
from states.contacting import OpenRound
from states.convening import MOST_LINES
from states.entries import DocumentSlip, Informed, Line, Petitioner, Record, Words, said
from states.paper_acts import PaperAct
from states.tasking import NoticeLine
from states.text import Language
from workflows.delivering.moments import USUAL as USUAL_HOUR
from workflows.similar import CANDIDATES, USUAL
from workflows.splitting import FEWEST, MOST

NoticeWords = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200_000)]


class DecidedBy(Incoming):
    """Who decided or signed, where it is not the usual body."""

    agency: Line | None = said("Cơ quan quyết định (mã)", "Deciding body (code)")
    person: Line | None = said("Người quyết định", "Person")
    capacity: Line | None = said("Chức vụ, thẩm quyền", "Capacity")


class Dated(Incoming):
    """An entry with its day: left out means today in Hanoi, null means honestly unknown."""

    on: date | None = said("Ngày thực hiện", "Day of the fact")

    def day(self, today: date) -> date | None:
        """Return the day that was meant."""
        return self.on if "on" in self.model_fields_set else today


class MoveRequest(Dated):
    """One trigger on a case, or on one of its referrals."""

    trigger: Line = Field(title="Việc cần ghi", json_schema_extra={"label_en": "Trigger"})
    referral: UUID | None = said("Lần chuyển", "Referral")
    payload: Mapping[str, Any] = said("Nội dung nhập", "Entry", default={})
    document: DocumentSlip | None = said("Văn bản", "Document")
    decided_by: DecidedBy | None = said("Bên quyết định", "Decided by")


class PetitionRequest(Dated):
    """A petition to be entered in the register. `on` is the day of receipt."""

    payload: Record = Field(title="Nội dung nhập", json_schema_extra={"label_en": "Entry"})
    petitioner: Petitioner | None = said("Cử tri", "Petitioner")
    document: DocumentSlip | None = said("Văn bản", "Document")
    repeats: Line | None = said("Nêu lại kiến nghị (mã)", "Repeats the case (code)")
    council: Line | None = said("Hội đồng (mã)", "Council (code)")


class RoundRequest(Dated):
    """A voter-contact round to be opened."""

    payload: OpenRound = Field(title="Nội dung nhập", json_schema_extra={"label_en": "Entry"})
    document: DocumentSlip | None = said("Văn bản", "Document")
    council: Line | None = said("Hội đồng (mã)", "Council (code)")


class CaseRequest(Dated):
    """A case of any kind to be entered; what `payload` holds is what the birth of that kind needs (GET /lifecycles)."""

    kind: Line = Field(title="Loại hồ sơ", json_schema_extra={"label_en": "Kind"})
    payload: Mapping[str, Any] = said("Nội dung nhập", "Entry", default={})
    petitioner: Petitioner | None = said("Cử tri", "Petitioner")
    document: DocumentSlip | None = said("Văn bản", "Document")
    repeats: Line | None = said("Nêu lại kiến nghị (mã)", "Repeats the case (code)")
    council: Line | None = said("Hội đồng (mã)", "Council (code)")


class PaperRowRequest(Incoming):
    """One row of a paper's annex; what it says goes before what the paper says for all."""

    case: Line = Field(title="Hồ sơ (mã)", json_schema_extra={"label_en": "Case (code)"})
    ordinal: int | None = said("Số thứ tự trong phụ lục", "Ordinal in the annex", ge=1, le=1_000_000)
    agency: Line | None = said("Cơ quan (mã)", "Agency (code)")
    values: Mapping[str, Any] = said("Giá trị riêng của dòng", "Values of the row", default={})
    on: date | None = said("Ngày thực hiện của dòng", "Day of the row")
    expected: int | None = said("Phiên bản đã mở", "Version that was opened", ge=1)
    trigger: Line | None = said("Việc cần ghi cho dòng này", "Trigger of the row")


class PaperRequest(Dated):
    """A paper with its annex: what it does to every case in it. Without an act it only enters the register.

    `replies_to` is the number of a paper in the register: an answer report names the letter whose annex it answers.
    The act `moves` makes the move `trigger`, or the one of the row, of cases of any kind.
    """

    document: DocumentSlip | None = said("Văn bản", "Document")
    act: PaperAct | None = said("Văn bản làm việc gì", "What the paper does")
    trigger: Line | None = said("Việc cần ghi", "Trigger")
    rows: tuple[PaperRowRequest, ...] = said("Phụ lục", "Annex", default=(), max_length=5_000)
    values: Mapping[str, Any] = said("Giá trị chung", "Values for all rows", default={})
    received_on: date | None = said("Ngày đến (ghi cùng văn bản chuyển)", "Day received (entered with a transfer)")
    replies_to: Line | None = said("Trả lời văn bản (số)", "In reply to (number)")
    decided_by: DecidedBy | None = said("Bên quyết định", "Decided by")
    own_number: bool = said("Đôn đốc cấp số phiếu", "Dondoc numbers the slip", default=False)
    partial: bool = said("Ghi các dòng làm được", "Do the good rows", default=False)
    dry_run: bool = said("Xem trước, không ghi", "Preview only", default=False)
    council: Line | None = said("Hội đồng (mã)", "Council (code)")


class TellingRequest(Dated):
    """Tells the voters of a hamlet and round what became of everything that was answered."""

    round: Line | None = said("Đợt tiếp xúc cử tri (mã)", "Contact round (code)")
    locality: Line | None = said("Địa bàn", "Locality")
    payload: Informed = Field(title="Nội dung nhập", json_schema_extra={"label_en": "Entry"})
    document: DocumentSlip | None = said("Văn bản", "Document")
    publish: bool = said("Là niêm yết, công khai", "It is a publication", default=False)
    dry_run: bool = said("Xem trước, không ghi", "Preview only", default=False)
    council: Line | None = said("Hội đồng (mã)", "Council (code)")


class HandoverRequest(Dated):
    """Hands all open work of one account over to another."""

    giver: Line = Field(title="Người giao (tài khoản)", json_schema_extra={"label_en": "Giver (account)"})
    receiver: Line = Field(title="Người nhận (tài khoản)", json_schema_extra={"label_en": "Receiver (account)"})
    document: DocumentSlip | None = said("Biên bản", "Minutes")
    dry_run: bool = said("Xem trước, không ghi", "Preview only", default=False)
    council: Line | None = said("Hội đồng (mã)", "Council (code)")


class TakeRequest(Dated):
    """Takes a proposal: the move it names, with what that move needs."""

    payload: Mapping[str, Any] = said("Nội dung nhập", "Entry", default={})
    document: DocumentSlip | None = said("Văn bản", "Document")
    decided_by: DecidedBy | None = said("Bên quyết định", "Decided by")


class GroupRequest(Dated):
    """Puts a group into the questions of its session."""

    document: DocumentSlip | None = said("Văn bản", "Document")
    council: Line | None = said("Hội đồng (mã)", "Council (code)")


class DeclineRequest(Incoming):
    """Turns a proposal down."""

    reason: Line = Field(title="Lý do không chấp thuận", json_schema_extra={"label_en": "Reason"})
    decided_by: DecidedBy | None = said("Bên quyết định", "Decided by")


class SimilarRequest(Incoming):
    """A text that may have been raised before."""

    text: Words = Field(title="Nội dung kiến nghị", json_schema_extra={"label_en": "Text of the petition"})
    limit: int = said("Số dòng", "Limit", default=USUAL, ge=1, le=CANDIDATES)
    council: Line | None = said("Hội đồng (mã)", "Council (code)")


class NoticeText(Incoming):
    """The text of a notice, whose lines are to be proposed."""

    text: NoticeWords = Field(title="Nội dung thông báo", json_schema_extra={"label_en": "Text of the notice"})


class LinesRequest(Dated):
    """The lines of a notice as a person decided on each. `on` is the day of the notice."""

    document: DocumentSlip = Field(title="Thông báo", json_schema_extra={"label_en": "Notice"})
    lines: tuple[NoticeLine, ...] = Field(
        title="Các dòng", json_schema_extra={"label_en": "Lines"}, min_length=1, max_length=MOST_LINES
    )


class SplitRequest(Dated):
    """Into which parts a petition is split; the first keeps its code."""

    parts: tuple[Words, ...] = Field(
        title="Các phần", json_schema_extra={"label_en": "Parts"}, min_length=FEWEST, max_length=MOST
    )
    words: Words | None = said("Lý do tách", "Reason")


class InboxRead(Incoming):
    """Which items of the inbox were read: some, or all."""

    items: tuple[UUID, ...] = said("Các việc", "Items", default=(), max_length=500)
    all: bool = said("Tất cả", "All", default=False)


class WishesRequest(Incoming):
    """How an account wants to be told; what is left out gets its usual value."""

    email: Line | None = said("Địa chỉ thư", "Address")
    digest_at: time = said("Giờ nhận", "At what time", default=USUAL_HOUR)
    mail: bool = said("Nhận thư", "By mail", default=True)
    language: Language = said("Ngôn ngữ (vi, en)", "Language (vi, en)", default="vi")
    redirect_to: Line | None = said("Người nhận thay (tài khoản)", "Redirected to (account)")


class ContactRequest(Incoming):
    """Whom an agency names: the contact person (1) or the deputy (2)."""

    place: int = Field(title="Vị trí (1, 2)", json_schema_extra={"label_en": "Place (1, 2)"}, ge=1, le=2)
    name: Line = Field(title="Họ và tên", json_schema_extra={"label_en": "Full name"})
    email: Line = Field(title="Địa chỉ thư", json_schema_extra={"label_en": "Address"})


class ContactsRequest(Incoming):
    """The contacts of an agency; a place that is not named is emptied."""

    contacts: tuple[ContactRequest, ...] = Field(
        title="Các đầu mối", json_schema_extra={"label_en": "Contacts"}, max_length=2
    )


class Nothing(Incoming):
    """A request that says all by its address."""


class JobRequest(Incoming):
    """Long work to be done later. `order` is what the kind asks for; `file` the digest of a file that was brought."""

    kind: Line = Field(title="Loại việc", json_schema_extra={"label_en": "Kind"})
    file: Line | None = said("Tệp (mã băm)", "File (digest)")
    order: Mapping[str, Any] = said("Nội dung yêu cầu", "Order", default={})
