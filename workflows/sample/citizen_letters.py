"""The letters of the sample: one followed, one told to the citizen, one returned unsigned, one diverted."""

from __future__ import annotations

from collections.abc import Iterable

from states.citizen_letter import LETTER_KIND
from states.entries import DocumentSlip, Petitioner
from states.paper_words import DocumentType
from workflows.sample.days import Days
from workflows.sample.stories import Story, did

_BY = "chuyenvien"
_SOMEBODY = Petitioner(name="Tạ Thị Mẫu", address="Thôn Khe Cạn", phone="0900000001")


def citizen_letters(days: Days) -> Iterable[Story]:
    """Return the letters."""
    yield _followed(days)
    yield _told(days)
    yield _returned(days)
    yield _denounced(days)


def _slip(number: str, days: Days, back: int) -> DocumentSlip:
    return DocumentSlip(number=number, issued_on=days.back(back), type=DocumentType.TRANSFER_SLIP)


def _followed(days: Days) -> Story:
    return Story(
        "don-ranh-gioi-dat",
        did("register", days.back(26), text="Đề nghị xem lại ranh giới thửa đất giáp đường", field="dat-dai", by=_BY),
        (
            did("classify", days.back(24), classification="complaint", by=_BY),
            did("transfer", days.back(22), addressees=["UBND"], paper=_slip("21/PC-HĐND", days, 22), by=_BY),
            did("tell_citizen", days.back(21), via="letter", by=_BY),
            did("receive", days.back(21), at="UBND", incoming_number="412"),
            did("track", days.back(9), words="UBND đang đo đạc lại", review_on=days.ahead(4), by=_BY),
        ),
        kind=LETTER_KIND,
        petitioner=_SOMEBODY,
    )


def _told(days: Days) -> Story:
    return Story(
        "don-den-duong-ngo",
        did("register", days.back(70), text="Phản ánh ngõ không có đèn chiếu sáng", channel="reception", by=_BY),
        (
            did("classify", days.back(69), classification="feedback", by=_BY),
            did("transfer", days.back(67), addressees=["UBND"], paper=_slip("18/PC-HĐND", days, 67), by=_BY),
            did("tell_citizen", days.back(66), via="in_person", by=_BY),
            did("receive", days.back(65), at="UBND", incoming_number="377"),
            did(
                "answer",
                days.back(40),
                at="UBND",
                claimed="resolved",
                words="Đã lắp 4 bóng đèn",
                evidence="Biên bản nghiệm thu số 12/BBNT",
                copied_to_front=True,
                by=_BY,
            ),
            did("inform", days.back(38), via="in_person", by=_BY),
            did("close", days.back(38), by=_BY),
        ),
        kind=LETTER_KIND,
    )


def _returned(days: Days) -> Story:
    return Story(
        "don-khong-ky",
        did("register", days.back(33), text="Đề nghị hỗ trợ làm đường vào xóm", by=_BY),
        (
            did("find_ineligible", days.back(32), fault="not_signed", by=_BY),
            did("return_letter", days.back(31), words="Đề nghị ký tên rồi gửi lại", by=_BY),
        ),
        kind=LETTER_KIND,
    )


def _denounced(days: Days) -> Story:
    return Story(
        "don-to-cao",
        did("register", days.back(45), classification="denunciation", diverted_to="Thanh tra tỉnh", by=_BY),
        kind=LETTER_KIND,
    )
