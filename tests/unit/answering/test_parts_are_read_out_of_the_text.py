from __future__ import annotations

from datetime import date

import pytest

from states.vocabulary import NotYetReason
from workflows.answering import parts

TODAY = date(2026, 9, 10)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("UBND tỉnh giao UBND huyện Na Hang chỉ đạo khảo sát", "UBND huyện Na Hang"),
        ("giao cho Phòng Kinh tế phối hợp các bản", "Phòng Kinh tế"),
        ("do Sở Công Thương làm chủ đầu tư; làm khi có vốn", "Sở Công Thương"),
        ("Chỉ đạo UBND TP và công ty môi trường đô thị đấu nối", "UBND TP và công ty môi trường đô thị"),
        ("Ban Quản lý dự án đang hoàn thiện hồ sơ", "Ban Quản lý dự án"),
        ("Công ty Điện lực đã lập phương án", "Công ty Điện lực"),
        ("bàn giao thông tin cho dân; giao thông đi lại khó", None),
        ("Giao vận động dân hiến đất", None),
        ("Đã giao đất cho các hộ", None),
    ],
)
def test_who_is_charged(text: str, unit: str | None) -> None:
    assert parts.responsible(text) == unit


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Chậm do vướng GPMB; giao UBND TP làm", "Chậm do vướng GPMB"),
        ("Nguyên nhân là do mưa lũ kéo dài.", "Nguyên nhân là do mưa lũ kéo dài"),
        ("ngân sách hạn hẹp nên chưa thể đầu tư", "ngân sách hạn hẹp nên chưa thể đầu tư"),
        ("do Sở Công Thương làm chủ đầu tư", None),
        ("Rãnh do UBND huyện Yên Sơn làm chủ đầu tư", None),
    ],
)
def test_why_it_is_as_it_is(text: str, cause: str | None) -> None:
    assert parts.cause(text) == cause


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Còn vướng; giao Phòng Kinh tế lập dự toán, sửa chữa", "giao Phòng Kinh tế lập dự toán, sửa chữa"),
        ("giao UBND TP xem xét đưa vào kế hoạch", None),
        ("Yêu cầu kiểm tra, giải quyết theo pháp luật, báo cáo kết quả", None),
        ("UBND xã sẽ xử lý theo quy định", None),
        ("Còn 03 khu chưa đầu tư; đề xuất sau", None),
        ("ngoài danh mục đầu tư công; do Sở làm chủ đầu tư", None),
        ("Hộ đã nhận bồi thường", None),
    ],
)
def test_what_will_be_done(text: str, measure: str | None) -> None:
    assert parts.measure(text) == measure


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("theo Nghị quyết số 38/NQ-HĐND ngày 05/9/2020", "38/NQ-HĐND ngày 05/09/2020"),
        ("Theo quy định tại Điều 12 Luật Đất đai 2024 thì", "Theo quy định tại Điều 12 Luật Đất đai 2024 thì"),
        ("giải quyết theo quy định của pháp luật", None),
    ],
)
def test_what_an_explanation_rests_on(text: str, ground: str | None) -> None:
    assert parts.ground(text, today=TODAY) == ground


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Đã xong, biên bản nghiệm thu ngày 05/8/2026", "biên bản nghiệm thu ngày 05/8/2026"),
        ("Công trình đã được nghiệm thu, đưa vào sử dụng", "đã được nghiệm thu, đưa vào sử dụng"),
        ("Đã thi công xong", None),
    ],
)
def test_what_proves_it(text: str, evidence: str | None) -> None:
    assert parts.evidence(text) == evidence


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("chưa bố trí được kinh phí", NotYetReason.FUNDS),
        ("ngân sách hạn hẹp nên chưa làm", NotYetReason.FUNDS),
        ("vướng quy định của Luật Đất đai", NotYetReason.LAW),
        ("chưa bố trí được kinh phí và vướng quy định của luật", None),
        ("chưa làm được", None),
    ],
)
def test_why_not_yet_only_where_one_reason_is_said(text: str, reason: NotYetReason | None) -> None:
    assert parts.reason_not_yet(text) is reason


def test_when_it_is_looked_at_again() -> None:
    assert parts.review_on("sẽ rà soát lại trước ngày 30/6/2027", today=TODAY) == date(2027, 6, 30)
    assert parts.review_on("sẽ rà soát lại", today=TODAY) is None
