"""Petitions raised after the past session that are not settled: late, returned, reopened, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.sample.after_session import handed_over, judged, raised
from workflows.sample.days import Days
from workflows.sample.papers import Papers, from_unit, letter
from workflows.sample.stories import Story, did

_UBND, _POWER, _POLICE = "UBND", "DIEN", "CAX"


def lingering(days: Days, papers: Papers) -> Iterable[Story]:
    """Return the petitions of the round after the session that still need somebody."""
    yield _three_addressees(days, papers)
    yield _returned(days, papers)
    yield _reopened(days, papers)
    yield _withdrawn(days, papers)


def _three_addressees(days: Days, papers: Papers) -> Story:
    text = (
        "Hàng cột điện dọc đường vào trường tiểu học thôn Hồ Sen nghiêng hẳn ra lòng đường, dây sà thấp, buổi tối lại"
        " không có đèn, xe tải tránh nhau rất nguy hiểm cho các cháu. Đề nghị dựng lại cột, lắp đèn và cấm xe tải giờ"
        " tan học."
    )
    police = from_unit("88/CAX", days.back(101), "Trả lời kiến nghị về an toàn giao thông", issuer=_POLICE)
    deeds = (
        *handed_over(days, papers, _UBND, _POWER, _POLICE, field="an-toan-giao-thong"),
        did(
            "answer",
            days.back(101),
            at=_POLICE,
            paper=police,
            claimed="resolved",
            copied_to_front=True,
            words="Đã cắm biển cấm xe tải từ 6 giờ 30 đến 7 giờ 30 và từ 16 giờ đến 17 giờ 30.",
            evidence="Biên bản cắm biển, ảnh chụp",
        ),
        did(
            "answer",
            days.back(95),
            at=_UBND,
            paper=papers.answers_after,
            claimed="roadmap",
            copied_to_front=True,
            words="UBND xã sẽ lắp 14 bóng đèn sau khi cột điện được dựng lại.",
            cause="Chưa có cột để treo đèn.",
            responsible="Phòng Kinh tế xã",
            measure="Lắp 14 bóng đèn",
            due_words="30 ngày sau khi dựng lại cột",
            review_on=days.ahead(10),
        ),
        did(
            "urge",
            days.back(80),
            at=_POWER,
            words="Đề nghị Đội quản lý điện lực trả lời, đã quá thời hạn.",
            paper=letter("27/HĐND-TT", days.back(80), "Đôn đốc trả lời kiến nghị cử tri"),
        ),
        did(
            "urge",
            days.back(29),
            at=_POWER,
            words="Đôn đốc lần hai; nếu chưa trả lời sẽ đưa vào phiên họp tháng.",
            paper=letter("35/HĐND-TT", days.back(29), "Đôn đốc lần hai"),
        ),
    )
    return raised(days, "cot-dien", text, "Thôn Hồ Sen", deeds)


def _returned(days: Days, papers: Papers) -> Story:
    text = (
        "Trạm biến áp đặt sát nhà văn hóa thôn Trúc Lĩnh, hành lang an toàn bị lấn làm quán nước. Cử tri đề nghị giải"
        " tỏa quán, trả lại lối đi."
    )
    again = letter("20/HĐND-TT", days.back(112), "Chuyển kiến nghị về hành lang an toàn lưới điện")
    deeds = (
        *handed_over(days, papers, _POWER, field="dien"),
        did(
            "return_wrong_authority",
            days.back(116),
            at=_POWER,
            because="wrong_authority",
            suggested=_UBND,
            words="Giải tỏa vi phạm đất đai, trật tự xây dựng thuộc thẩm quyền UBND xã.",
            paper=from_unit("57/ĐLKT", days.back(116), "Chuyển trả kiến nghị", issuer=_POWER),
        ),
        did("transfer", days.back(112), addressees=[_UBND], paper=again),
        did("receive", days.back(111), at=_UBND, incoming_number="455", by="ubnd"),
        did(
            "answer",
            days.back(60),
            at=_UBND,
            claimed="explained",
            capacity="Chủ tịch UBND",
            drafted_by="KT",
            words="Đã lập biên bản, yêu cầu chủ quán tháo dỡ; phần mái che nằm trên đất được giao hợp pháp.",
            paper=from_unit("233/UBND-KT", days.back(60), "Trả lời kiến nghị về hành lang an toàn", issuer=_UBND),
        ),
    )
    return raised(days, "hanh-lang-dien", text, "Thôn Trúc Lĩnh", deeds)


def _reopened(days: Days, papers: Papers) -> Story:
    text = (
        "Nước giếng khoan của trường mầm non Bãi Dâu có mùi tanh, cặn vàng. Đề nghị kiểm tra chất lượng nước và lắp hệ"
        " thống lọc cho các cháu."
    )
    again = letter("34/HĐND-TT", days.back(30), "Chuyển lại kiến nghị đã mở lại")
    evidence = "Phiếu kết quả xét nghiệm và biên bản bàn giao máy lọc"
    deeds = (
        *handed_over(days, papers, _UBND, field="nuoc-sach"),
        did("assign", days.back(119), at=_UBND, lead="VHXH", coordinating=["TYT"], by="chanhvp"),
        did(
            "answer",
            days.back(95),
            at=_UBND,
            paper=papers.answers_after,
            claimed="resolved",
            copied_to_front=True,
            words="Đã lắp máy lọc cho trường, mẫu nước sau lọc đạt yêu cầu.",
            evidence=evidence,
            capacity="Chủ tịch UBND",
        ),
        judged(days.back(86), papers, result="resolved", evidence=evidence),
        did("hear_petitioner", days.back(43), verdict="disagrees", words="Máy lọc hỏng sau hai tháng.", by="mattran"),
        did("reopen", days.back(33), words="Máy lọc đã hỏng, nước vẫn đục; giải quyết lại.", by="chuyenvien"),
        did("transfer", days.back(30), addressees=[_UBND], paper=again),
        did("receive", days.back(28), at=_UBND, incoming_number="506", by="ubnd"),
    )
    return raised(days, "nuoc-mam-non", text, "Thôn Bãi Dâu", deeds)


def _withdrawn(days: Days, papers: Papers) -> Story:
    text = "Đề nghị cho gia đình tôi thuê lại ao cá của hợp tác xã cũ để nuôi cá giống."
    deeds = (
        *handed_over(days, papers, _UBND, field="tai-san-cong"),
        did("withdraw", days.back(108), words="Gia đình đã thỏa thuận được với hợp tác xã, xin rút kiến nghị."),
    )
    return raised(days, "ao-ca", text, "Thôn Đồng Nếp", deeds)
