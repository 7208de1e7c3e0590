"""What a person enters for a move: one frozen model per trigger, its labels in both languages.

A field declared with `prose()` is free text: it may name people, so the history keeps only a reference to it and
a salted digest. A field declared with `term()` is a date or length that clocks read.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum, unique
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from states.paper_words import DocumentType, Secrecy, SignedAs
from states.vocabulary import (
    Channel,
    Level,
    NotYetReason,
    PetitionNature,
    Result,
    ReturnReason,
    RoundKind,
    Telling,
    Verdict,
)

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


@unique
class TermUse(StrEnum):
    """How a clock reads a date or length of an entry."""

    UNTIL = "until"
    REVIEW = "review_on"
    DAYS = "days"


FIRST_DAY, LAST_DAY = date(1945, 9, 2), date(2099, 12, 31)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(value: Any) -> Any:
    """Return `value` when a database can hold it: no NUL, no lone surrogate, no day outside 1945 to 2099."""
    if isinstance(value, str) and _UNSTORABLE.search(value):
        raise PydanticCustomError("unstorable", "control characters")
    if isinstance(value, date) and not FIRST_DAY <= value <= LAST_DAY:
        raise PydanticCustomError("implausible_day", "a day outside 1945 to 2099")
    if isinstance(value, tuple):
        for item in value:
            storable(item)
    return value


class Entry(BaseModel):
    """The base of all entries: closed, immutable, refused when a field is unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="after")
    @classmethod
    def _can_be_kept(cls, value: Any) -> Any:
        """Refuse what no database stores and what no calendar means, in the field where it stands."""
        return storable(value)

    def lacking(self) -> tuple[str, ...]:
        """List the parts that it should say and does not, as keys of `answers.PARTS`; they are told, never refused."""
        return ()

    prose_fields: ClassVar[frozenset[str]] = frozenset()
    term_fields: ClassVar[dict[str, TermUse]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        extras = {
            name: info.json_schema_extra
            for name, info in cls.model_fields.items()
            if isinstance(info.json_schema_extra, dict)
        }
        cls.prose_fields = frozenset(n for n, x in extras.items() if x.get("prose"))
        cls.term_fields = {n: TermUse(str(x["term"])) for n, x in extras.items() if "term" in x}


def said(vi: str, en: str, /, **more: Any) -> Any:
    """Declare a field with its Vietnamese and English label; optional unless `default=...`."""
    more.setdefault("default", None)
    extra = {"label_en": en, **more.pop("extra", {})}
    return Field(title=vi, json_schema_extra=extra, **more)


def must(vi: str, en: str, /, **more: Any) -> Any:
    """Declare a required field with its labels."""
    return said(vi, en, default=..., **more)


def prose(vi: str, en: str, /, **more: Any) -> Any:
    """Declare a free text that may name people."""
    return said(vi, en, extra={"prose": True}, **more)


def term(vi: str, en: str, use: TermUse, /, **more: Any) -> Any:
    """Declare a date or length that clocks read."""
    return said(vi, en, extra={"term": use.value}, **more)


class Recipient(Entry):
    """One line of "Nơi nhận"; the note says why, as "b/c" (for report) does."""

    name: Line = must("Nơi nhận", "Recipient")
    note: Line | None = said("Ghi chú (b/c, phối hợp …)", "Note (b/c …)")


class DocumentSlip(Entry):
    """A paper as it is named in an entry; two slips with the same number, date and issuer mean the same paper."""

    number: Line | None = said("Số, ký hiệu", "Number")
    issued_on: date | None = said("Ngày văn bản", "Date")
    type: DocumentType = said("Loại văn bản", "Type", default=DocumentType.OFFICIAL_LETTER)
    issuer: Line | None = said("Cơ quan ban hành", "Issuer")
    signer: Line | None = said("Người ký", "Signer")
    signed_as: SignedAs | None = said("Thẩm quyền ký", "Signed as")
    position: Line | None = said("Chức vụ người ký", "Position of the signer")
    subject: Line | None = said("Trích yếu", "Subject")
    incoming_number: Line | None = said("Số đến", "Incoming number")
    incoming_on: date | None = said("Ngày đến", "Incoming date")
    recipients: tuple[Recipient, ...] = said("Nơi nhận", "Recipients", default=(), max_length=100)
    secrecy: Secrecy = said("Độ mật", "Secrecy", default=Secrecy.NONE)
    replies_to: UUID | None = said("Trả lời văn bản", "In reply to")

    @property
    def is_numbered(self) -> bool:
        """Tell whether it has left the drafts: number and date are given."""
        return self.number is not None and self.issued_on is not None


class Petitioner(Entry):
    """Who raised it; kept apart from the case and masked by default."""

    name: Line | None = said("Họ và tên", "Name")
    address: Line | None = said("Địa chỉ", "Address")
    phone: Line | None = said("Điện thoại", "Telephone")


class Nothing(Entry):
    """A move that asks for nothing beyond its date and document."""


class Record(Entry):
    """A petition as it enters the register."""

    text: Words = prose("Nội dung kiến nghị", "Text of the petition", default=...)
    nature: PetitionNature = said("Ý kiến hay kiến nghị", "Opinion or request", default=PetitionNature.REQUEST)
    channel: Channel = said("Kênh tiếp nhận", "Channel", default=Channel.CONFERENCE)
    field: Line | None = said("Lĩnh vực", "Field")
    locality: Line | None = said("Địa bàn", "Locality")
    round: Line | None = said("Đợt tiếp xúc cử tri (mã)", "Contact round (code)")
    round_kind: RoundKind | None = said("Trước hay sau kỳ họp", "Before or after the session")
    session: Line | None = said("Kỳ họp (mã)", "Session (code)")
    level: Level | None = said("Cấp có thẩm quyền", "Level of jurisdiction")
    agency_written: Line | None = said("Cơ quan ghi trong văn bản gốc", "Agency as written in the source")
    suggested: Line | None = said("Cơ quan dự kiến giải quyết (mã)", "Expected addressee (code)")
    source: Line | None = said("Nguồn", "Source")
    as_written: Words | None = prose("Ghi trong danh sách gốc", "As written in the source list")
    times: int | None = said("Số lần đã nêu", "Times raised so far", ge=1, le=999)


class RecordedMeeting(Entry):
    """What was said on the spot, and whether it satisfied (judged by the Front and the deputy group)."""

    explanation: Words = prose("Nội dung giải trình tại hội nghị", "Explanation at the meeting", default=...)
    judged_by: Words | None = prose("Bên đánh giá", "Who judged it")


class Screening(Entry):
    """Classification: whose level, which field, opinion or request."""

    level: Level = must("Cấp có thẩm quyền", "Level of jurisdiction")
    field: Line | None = said("Lĩnh vực", "Field")
    nature: PetitionNature | None = said("Ý kiến hay kiến nghị", "Opinion or request")
    note: Words | None = prose("Ghi chú", "Note")


class TransferSlip(Entry):
    """To whom the case goes; with a numbered letter it is sent at once, without one it waits for its number."""

    addressees: tuple[Line, ...] = must("Cơ quan được chuyển (mã)", "Addressees (codes)", min_length=1, max_length=30)
    asked_by: date | None = said("Ngày đề nghị trả lời", "Date asked for")
    request: Words | None = prose("Yêu cầu kèm theo", "What is asked")


class SendSlip(Entry):
    """The letter left the office."""

    asked_by: date | None = said("Ngày đề nghị trả lời", "Date asked for")


class Receipt(Entry):
    """The addressee's number of the incoming letter (Decree 30/2020/NĐ-CP, art. 22)."""

    incoming_number: Line | None = said("Số đến", "Incoming number")


class ReturnSlip(Entry):
    """The addressee sends the case back."""

    because: ReturnReason = must("Lý do chuyển trả", "Reason for the return")
    suggested: Line | None = said("Cơ quan được đề nghị chuyển tới (mã)", "Suggested addressee (code)")
    words: Words | None = prose("Nội dung văn bản chuyển trả", "Words of the return")


class Assignment(Entry):
    """The addressee's own assignment: lead unit (tham mưu), coordinating units, internal date."""

    lead: Line = must("Đơn vị chủ trì tham mưu (mã)", "Lead unit (code)")
    coordinating: tuple[Line, ...] = said("Đơn vị phối hợp (mã)", "Coordinating units (codes)", default=())
    internal_due_on: date | None = said("Hạn nội bộ", "Internal date")


class Progress(Entry):
    """A progress report."""

    words: Words = prose("Tiến độ", "Progress", default=...)
    obstacle: Words | None = prose("Khó khăn, vướng mắc", "Obstacle")
    expected_on: date | None = said("Dự kiến xong", "Expected by")


class Clarification(Entry):
    """What the addressee asks, or what it was told."""

    words: Words = prose("Nội dung đề nghị làm rõ", "What needs clarification", default=...)


class Extension(Entry):
    """A longer date granted by the council: to a day, or by a number of days."""

    extended_to: date | None = term("Gia hạn đến", "Extended to", TermUse.UNTIL)
    extended_by_days: int | None = term("Gia hạn thêm (ngày)", "Extended by (days)", TermUse.DAYS, ge=1, le=365)
    words: Words = prose("Lý do gia hạn", "Reason for the extension", default=...)


class Urging(Entry):
    """An urging letter."""

    words: Words | None = prose("Nội dung đôn đốc", "Words of the letter")


class AnswerRow(Entry):
    """An answer: the result it claims and the parts an answer of that result needs."""

    claimed: Result = must("Kết quả theo văn bản trả lời", "Result claimed")
    words: Words = prose("Nội dung trả lời", "Text of the answer", default=...)
    original_result: Line | None = said("Kết quả ghi trong văn bản gốc", "Result as written")
    cause: Words | None = prose("Nguyên nhân", "Cause")
    responsible: Line | None = said("Đơn vị chịu trách nhiệm (mã hoặc tên)", "Responsible unit")
    measure: Words | None = prose("Giải pháp", "Measure")
    due_on: date | None = said("Thời hạn hoàn thành (ngày)", "Done by (date)")
    due_words: Line | None = said("Thời hạn hoàn thành (quý, kỳ họp, kế hoạch)", "Done by (quarter or event)")
    review_on: date | None = said("Ngày rà soát lại", "Review on")
    ground: Words | None = prose("Căn cứ, nguồn của giải trình", "Ground and source")
    evidence: Words | None = prose("Minh chứng (văn bản, biên bản nghiệm thu)", "Evidence")
    reason_not_yet: NotYetReason | None = said("Lý do chưa giải quyết", "Why not yet")
    drafted_by: Line | None = said("Đơn vị tham mưu", "Drafting unit")
    copied_to_front: bool = said("Đã gửi Ban Thường trực UBMTTQ", "Copied to the Front", default=False)


class NewAnswerRequest(Entry):
    """Why the answer does not do, and what is missing."""

    words: Words = prose("Nội dung yêu cầu trả lời lại", "What is asked again", default=...)
    missing: tuple[Line, ...] = said("Phần còn thiếu", "Missing parts", default=())


class Judgement(Entry):
    """What the standing body decided."""

    result: Result = must("Kết luận của Thường trực HĐND", "Judged result")
    due_on: date | None = term("Thời hạn hoàn thành (ngày)", "Done by (date)", TermUse.UNTIL)
    due_words: Line | None = said("Thời hạn hoàn thành (quý, kỳ họp, kế hoạch)", "Done by (quarter or event)")
    review_on: date | None = term("Ngày rà soát lại", "Review on", TermUse.REVIEW)
    evidence: Words | None = prose("Minh chứng", "Evidence")
    reason_not_yet: NotYetReason | None = said("Lý do chưa giải quyết", "Why not yet")
    missing_accepted: tuple[Line, ...] = said("Phần thiếu được chấp nhận", "Missing parts accepted", default=())
    words: Words | None = prose("Ý kiến của Thường trực HĐND", "Words of the standing body")


class PetitionerSays(Entry):
    """The petitioner's own verdict on the outcome."""

    verdict: Verdict = must("Ý kiến của cử tri", "The petitioner's verdict")
    words: Words | None = prose("Lời cử tri", "The petitioner's words")


class Informed(Entry):
    """How voters were told: by which channel, and where posted, from when to when (NQLT 72/2025, art. 51: 30 days)."""

    via: Telling = must("Hình thức thông báo", "By which channel")
    posted_from: date | None = said("Niêm yết từ ngày", "Posted from")
    posted_until: date | None = said("Niêm yết đến ngày", "Posted until")
    note: Line | None = said("Ghi chú (nơi niêm yết, số người dự)", "Note (where posted, how many came)")

    @field_validator("posted_until", mode="after")
    @classmethod
    def _not_before_it_began(cls, value: date | None, info: ValidationInfo) -> date | None:
        began = info.data.get("posted_from")
        if value is not None and began is not None and value < began:
            raise PydanticCustomError("before_it_began", "ends before it began")
        return value


class Diversion(Entry):
    """A complaint or denunciation goes its own way (NQLT 72/2025, art. 37.4)."""

    to: Line = must("Nơi tiếp nhận", "Receiver")
    written: bool = said("Đã có đơn viết", "A written letter exists", default=False)


class ForwardHigher(Entry):
    """The case belongs to a higher level and is followed up there."""

    addressee: Line = must("Cơ quan cấp trên (mã)", "Higher authority (code)")
    level: Level | None = said("Cấp có thẩm quyền", "Level of jurisdiction")


class Because(Entry):
    """A move that needs nothing but its reason."""

    words: Words = prose("Lý do", "Reason", default=...)


class MergeInto(Entry):
    """The case goes into another one and keeps its number."""

    into: Line = must("Gộp vào mã", "Code of the case that stays")
    words: Words | None = prose("Lý do", "Reason")


class RaisedAgain(Entry):
    """The same petition came again: a time raised, not a case."""

    round: Line | None = said("Đợt tiếp xúc cử tri", "Contact round")
    words: Words | None = prose("Nội dung nêu lại", "As raised again")
    source: Line | None = said("Nguồn", "Source")
    as_written: Words | None = prose("Ghi trong danh sách gốc", "As written in the source list")


class TakenIn(Entry):
    """Another case went into this one: how often that one was raised or asked counts here from now on."""

    merged: Line = must("Hồ sơ được gộp vào (mã)", "Case that went into it (code)")
    times: int = must("Số lần cộng thêm", "Times that are added", ge=0)


class Splitting(Entry):
    """What stays of a petition that was several, and which new cases the other parts became."""

    text: Words = prose("Nội dung còn lại", "What stays of the text", default=...)
    parts: tuple[Line, ...] = must("Kiến nghị được tách ra (mã)", "Cases made of the other parts (codes)", min_length=1)
    words: Words | None = prose("Lý do tách", "Reason")
