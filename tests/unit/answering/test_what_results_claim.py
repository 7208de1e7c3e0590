from __future__ import annotations

import unicodedata

import pytest

from states.vocabulary import NotYetReason, Result
from workflows.answering.results import Claim, claim_of

R, N = Result, NotYetReason
KNOWN = {
    "(1) đã giải quyết xong": R.RESOLVED,
    "đang nghiên cứu, tiếp thu để giải quyết": R.IN_PROGRESS,
    "Giải trình, cung cấp thông tin cho cử tri": R.EXPLAINED,
    "đang giải quyết": R.IN_PROGRESS,
    "sẽ giải quyết": R.IN_PROGRESS,
    "giải trình, thông tin lại": R.EXPLAINED,
    "1 Giải trình, cung cấp thông tin {gửi công văn hướng dẫn}": R.EXPLAINED,
    "2. Đã giải quyết xong {ban hành/sửa VBQPPL}": R.RESOLVED,
    "Đã giải quyết xong - thanh tra, kiểm tra": R.RESOLVED,
    "Đã giải quyết xong: tổ chức thực hiện": R.RESOLVED,
    "7 Đang xem xét giải quyết {có lộ trình}": R.ROADMAP,
    "Đang xem xét giải quyết/đã trình CP": R.IN_PROGRESS,
    "Đang xem xét giải quyết/không lộ trình": R.IN_PROGRESS,
    "Đang xem xét giải quyết/chưa có nguồn lực": R.NOT_YET,
    "Đang xem xét giải quyết/chưa thể giải quyết ngay": R.NOT_YET,
    "Đang xem xét giải quyết/liên quan VB cấp trên": R.NOT_YET,
    "20 Chưa giải quyết": R.NOT_YET,
    "4 đang xem xét": R.IN_PROGRESS,
    "5 đã giải trình": R.EXPLAINED,
    "6 đã giải quyết xong": R.RESOLVED,
    "giải quyết": R.RESOLVED,
    "giải trình": R.EXPLAINED,
    "đang": R.IN_PROGRESS,
    "đã": R.RESOLVED,
    "CHƯA": R.NOT_YET,
    "Ghi nhận ý kiến": R.NOTED,
    "dang_giai_quyet/theo_giai_doan; HAI ĐỊA BÀN": R.IN_PROGRESS,
}


@pytest.mark.parametrize(("written", "result"), KNOWN.items())
def test_every_vocabulary_in_use_is_mapped(written: str, result: Result) -> None:
    for form in (written, unicodedata.normalize("NFD", written), written.upper()):
        claim = claim_of(form)
        assert isinstance(claim, Claim)
        assert claim.result is result


@pytest.mark.parametrize("result", Result)
def test_our_own_labels_are_known(result: Result) -> None:
    claim = claim_of(result.label.vi)
    assert isinstance(claim, Claim)
    assert (claim.result, claim.undivided) == (result, False)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("Chưa giải quyết (thiếu kinh phí)", N.FUNDS),
        ("chua_the_giai_quyet_ngay/thieu_nguon_luc", N.FUNDS),
        ("chua_the_giai_quyet_ngay/ngoai_danh_muc", N.OTHER),
        ("dang_giai_quyet/cho_nguon_luc", N.FUNDS),
        ("Liên quan VB cấp trên", N.LAW),
        ("Chưa giải quyết; liên quan nhiều cấp, nhiều ngành", N.SEVERAL_LEVELS),
        ("Chưa", None),
    ],
)
def test_the_reason_is_taken_where_it_is_said(written: str, reason: NotYetReason | None) -> None:
    claim = claim_of(written)
    assert isinstance(claim, Claim)
    assert claim.reason is reason


@pytest.mark.parametrize(
    "written",
    [
        "",
        "x",
        "Giải quyết xong; còn 2 hộ chưa",
        "MƠ HỒ: đã hay đang?",
        "MƠ HỒ: đã/đang",
        "Đã giải quyết (một phần)",
        "Đang giải quyết/có lộ trình/không lộ trình",
        "Chưa trả lời",
        "chờ xử lý",
        "mới cập nhật",
        "Đã trả lời nhưng chưa có phản hồi",
        "Đã trả lời thỏa đáng",
        "Cần được làm rõ nội dung trả lời",
        "7 trùng (đóng)",
        "tạm xóa",
        "Thời hạn",
        "Đã trả lời",
    ],
)
def test_what_is_unclear_or_no_result_is_a_doubt_with_its_reason(written: str) -> None:
    doubt = claim_of(written)
    assert not isinstance(doubt, Claim)
    assert doubt.vi
    assert doubt.en
