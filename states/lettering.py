"""What is entered about a citizen's letter: as it comes, what it is, where it goes, what became of it."""

from __future__ import annotations

from pydantic import ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from states.checking import NextCheck
from states.entries import Entry, Line, Words, must, prose, said
from states.letter_words import LetterClass, LetterFault
from states.vocabulary import Channel


class IncomingLetter(Entry):
    """A letter as it enters the register (Law 42/2013/QH13 on reception of citizens, art. 25).

    Of a denunciation only its day and where it went are taken: its content, matter and place would give somebody away.
    """

    classification: LetterClass | None = said("Loại đơn, nếu đã rõ", "What it is, if known")
    text: Words | None = prose("Tóm tắt nội dung đơn", "Summary of the letter")
    channel: Channel = said("Kênh tiếp nhận", "Channel", default=Channel.LETTER)
    signers: int | None = said("Số người đứng đơn", "Number of signers", ge=1, le=100_000)
    field: Line | None = said("Lĩnh vực", "Field")
    locality: Line | None = said("Địa bàn", "Locality")
    source: Line | None = said("Nơi chuyển đơn đến", "Who passed it on")
    from_case: Line | None = said("Phát sinh từ hồ sơ (mã)", "Arises from the case (code)")
    diverted_to: Line | None = said("Đơn tố cáo đã chuyển tới", "Where a denunciation went", validate_default=True)

    @field_validator("text", "signers", "field", "locality", "source", "from_case", mode="after")
    @classmethod
    def _of_no_denunciation(cls, value: object, info: ValidationInfo) -> object:
        if value is not None and info.data.get("classification") is LetterClass.DENUNCIATION:
            code = "not_of_a_denunciation"
            raise PydanticCustomError(code, "is not entered for a denunciation")
        return value

    @field_validator("diverted_to", mode="after")
    @classmethod
    def _where_a_denunciation_went(cls, value: str | None, info: ValidationInfo) -> str | None:
        denounces = info.data.get("classification") is LetterClass.DENUNCIATION
        if denounces is not (value is not None):
            code = "where_it_went" if denounces else "only_of_a_denunciation"
            raise PydanticCustomError(code, "is given for a denunciation, and for nothing else")
        return value


class LetterClassified(Entry):
    """What the letter is, read by the office."""

    classification: LetterClass = must("Loại đơn", "What it is")
    field: Line | None = said("Lĩnh vực", "Field")
    note: Words | None = prose("Ghi chú", "Note")


class LetterFaulty(Entry):
    """What the letter lacks."""

    fault: LetterFault = must("Chưa đủ điều kiện vì", "What it lacks")
    words: Words | None = prose("Ghi chú", "Note")


class DenunciationDiverted(Entry):
    """Where the denunciation went; nothing of what it says."""

    diverted_to: Line = must("Đã chuyển tới", "Where it went")


class Guidance(Entry):
    """Where the citizen was told to go."""

    to: Line = must("Hướng dẫn gửi đơn tới", "Where to turn")
    words: Words | None = prose("Nội dung hướng dẫn", "What was said")


class LetterTracked(NextCheck):
    """What is known of the handling, and when it is looked at again."""

    words: Words = prose("Tình hình giải quyết", "How the handling stands", default=...)


class LetterSettled(Entry):
    """The competent agency has settled it; its notice may still be missing."""

    decision: Line | None = said("Quyết định, văn bản giải quyết (số)", "Decision (number)")


class LetterClosed(Entry):
    """Why nothing more is to be followed."""

    words: Words | None = prose("Căn cứ kết thúc theo dõi", "Why it is closed")
