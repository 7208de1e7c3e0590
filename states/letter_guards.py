"""The conditions of moves of a citizen's letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from states.facts import Facts
from states.findings import Reads, guard
from states.letter_words import LetterClass
from states.text import Text

if TYPE_CHECKING:
    from states.lettering import IncomingLetter, LetterClassified


def _classification(facts: Facts) -> LetterClass | None:
    return cast("IncomingLetter | LetterClassified", facts.entry).classification


@guard(
    holds=Text("Đơn tố cáo, chuyển ngay, không giữ nội dung", "A denunciation: diverted, its content not kept"),
    fails=Text("Không phải đơn tố cáo", "It is no denunciation"),
    reads=Reads.ENTRY,
)
def is_a_denunciation(facts: Facts) -> bool:
    """The council does not handle denunciations (Law 25/2018/QH14 keeps the denouncer secret)."""
    return _classification(facts) is LetterClass.DENUNCIATION


@guard(
    holds=Text("Không phải đơn tố cáo", "It is no denunciation"),
    fails=Text("HĐND không xử lý đơn tố cáo", "The council does not handle denunciations"),
    mend=Text("Dùng «Chuyển đơn tố cáo»", "Use “Divert the denunciation”"),
    reads=Reads.ENTRY,
)
def is_no_denunciation(facts: Facts) -> bool:
    """The exact opposite of `is_a_denunciation`, so that of the two births exactly one is possible."""
    return _classification(facts) is not LetterClass.DENUNCIATION


@guard(
    holds=Text("Không ghi người tố cáo", "The denouncer is not named"),
    fails=Text("Đã ghi người đứng đơn của đơn tố cáo", "The sender of a denunciation is named"),
    mend=Text("Bỏ họ tên, địa chỉ, điện thoại người tố cáo", "Leave out who denounces"),
    reads=Reads.ENTRY,
)
def denouncer_is_not_named(facts: Facts) -> bool:
    """What is not entered cannot leak."""
    return not facts.has_petitioner


@guard(
    holds=Text("Đã tóm tắt nội dung đơn", "The letter is summed up"),
    fails=Text("Chưa tóm tắt nội dung đơn", "The letter is not summed up"),
    mend=Text("Nhập tóm tắt sau bằng «Sửa nội dung»", "Sum it up later by amending"),
    reads=Reads.ENTRY,
)
def letter_is_summed_up(facts: Facts) -> bool:
    """A warning: a letter may be registered unread."""
    return cast("IncomingLetter", facts.entry).text is not None
