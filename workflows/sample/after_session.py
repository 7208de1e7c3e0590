"""Petitions raised after the past session: most have been answered, and what became of the answers differs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from states.entries import Petitioner
from workflows.sample.days import Days
from workflows.sample.papers import Papers, from_unit, letter
from workflows.sample.rounds import AFTER
from workflows.sample.stories import CodeOf, Deed, Story, did

_UBND = "UBND"


def after_session(days: Days, papers: Papers) -> Iterable[Story]:
    """Return the petitions of the round after the session that are settled, or followed up by a date."""
    yield _resolved(days, papers)
    yield _roadmap(days, papers)
    yield _answered_again(days, papers)
    yield _no_funds(days, papers)
    yield _explained(days, papers)
    yield _raised_thrice(days, papers)
    yield _explained_on_the_spot(days)


def raised(days: Days, key: str, text: str, locality: str, deeds: Iterable[Deed], **more: Any) -> Story:
    """Return a petition spoken at a conference of the round."""
    who = more.pop("petitioner", None)
    born = did("record", days.back(132), text=text, locality=locality, round=CodeOf(AFTER), by="mattran", **more)
    return Story(key, born, tuple(deeds), petitioner=who)


def handed_over(days: Days, papers: Papers, *addressees: str, field: str) -> Iterable[Deed]:
    """Return compiling, classifying and the letter of transfer, received two days later by all."""
    yield did("compile", days.back(125), by="chuyenvien")
    yield did("screen", days.back(124), level="commune", field=field, by="chuyenvien")
    yield did("transfer", days.back(123), addressees=list(addressees), paper=papers.letter_after)
    for place, code in enumerate(addressees):
        yield did("receive", days.back(121), at=code, incoming_number=str(417 + place), by="vanthu")


def judged(day: date, papers: Papers, **entry: Any) -> Deed:
    """Return the conclusion of the standing body on an answer of this round."""
    paper = papers.conclusion_after
    return did("judge", day, paper=paper, by="chuyenvien", capacity="Chủ tịch HĐND", **entry)


def _resolved(days: Days, papers: Papers) -> Story:
    text = (
        "Đoạn đường từ cổng làng thôn Khe Cạn ra tỉnh lộ dài khoảng 600 m, mặt bê tông vỡ từng mảng, mưa xuống là"
        " thành ao, xe máy của bà con ngã nhiều lần. Đề nghị xã cho sửa trước mùa mưa."
    )
    answer: dict[str, Any] = {
        "claimed": "resolved",
        "copied_to_front": True,
        "drafted_by": "KT",
        "words": "UBND xã đã vá lại toàn bộ mặt đường, đưa vào sử dụng; kinh phí từ nguồn duy tu năm nay.",
        "evidence": "Biên bản nghiệm thu số 04/BBNT, kèm ảnh hiện trường",
    }
    deeds = (
        *handed_over(days, papers, _UBND, field="giao-thong"),
        did("assign", days.back(119), at=_UBND, lead="KT", coordinating=["CAX"], by="chanhvp"),
        did("report_progress", days.back(105), at=_UBND, by="kinhte", words="Đã thi công được 350 m, chờ vật liệu."),
        did("answer", days.back(95), at=_UBND, paper=papers.answers_after, capacity="Chủ tịch UBND", **answer),
        judged(days.back(86), papers, result="resolved", evidence="Biên bản nghiệm thu số 04/BBNT"),
        did(
            "inform_voters",
            days.back(78),
            via="loudspeaker",
            note="Cả niêm yết ở nhà văn hóa",
            paper=papers.notice_after,
        ),
        did("publish", days.back(77), via="portal"),
        did(
            "hear_petitioner",
            days.back(62),
            verdict="satisfied",
            words="Đường đi lại tốt, bà con cảm ơn.",
            by="mattran",
        ),
    )
    who = Petitioner(name="Lành Văn Tuế", address="Thôn Khe Cạn", phone="0900 000 141")
    return raised(days, "duong-khe-can", text, "Thôn Khe Cạn", deeds, petitioner=who)


def _roadmap(days: Days, papers: Papers) -> Story:
    text = (
        "Mương N3 bồi lấp gần hết, vụ nào ruộng cuối kênh ở thôn Đồng Nếp cũng thiếu nước, khoảng 12 ha phải bỏ vụ"
        " chiêm. Cử tri đề nghị nạo vét và kiên cố hóa mương."
    )
    done, review = days.ahead(75), days.ahead(20)
    answer: dict[str, Any] = {
        "claimed": "roadmap",
        "copied_to_front": True,
        "drafted_by": "KT",
        "responsible": "Phòng Kinh tế xã",
        "words": "UBND xã đã đưa tuyến mương N3 vào danh mục sửa chữa, nạo vét trước, kiên cố hóa sau.",
        "cause": "Mương đất, nhiều năm chưa được cấp vốn duy tu.",
        "measure": "Nạo vét 800 m, kiên cố 350 m đầu kênh.",
        "due_on": done,
        "review_on": review,
    }
    deeds = (
        *handed_over(days, papers, _UBND, field="thuy-loi"),
        did("assign", days.back(119), at=_UBND, lead="KT", by="chanhvp"),
        did("answer", days.back(95), at=_UBND, paper=papers.answers_after, capacity="Chủ tịch UBND", **answer),
        judged(days.back(86), papers, result="roadmap", due_on=done, review_on=review),
        did("inform_voters", days.back(78), via="conference", note="Hội nghị thôn", paper=papers.notice_after),
        did("report_progress", days.back(30), at=_UBND, by="kinhte", words="Đã nạo vét xong 800 m, đang lập dự toán."),
    )
    return raised(days, "muong-n3", text, "Thôn Đồng Nếp", deeds)


def _answered_again(days: Days, papers: Papers) -> Story:
    text = (
        "Bãi tập kết rác đầu thôn Bãi Dâu mỗi tuần chỉ có xe lấy một lần, mùi hôi bay vào lớp mẫu giáo. Đề nghị tăng"
        " chuyến thu gom và dời bãi rác đi chỗ khác."
    )
    words = "Văn bản trả lời chưa nêu nguyên nhân, đơn vị chịu trách nhiệm và thời hạn; đề nghị trả lời lại."
    asked = letter("24/HĐND-TT", days.back(91), "Yêu cầu trả lời lại kiến nghị cử tri")
    again = from_unit("210/UBND-KT", days.back(83), "Trả lời lại kiến nghị về thu gom rác", issuer=_UBND)
    vague = {
        "claimed": "roadmap",
        "words": "UBND xã sẽ xem xét, bố trí trong thời gian tới.",
        "measure": "Tăng cường thu gom.",
    }
    deeds = (
        *handed_over(days, papers, _UBND, field="moi-truong"),
        Deed("answer", days.back(95), vague, at=_UBND, paper=papers.answers_after, capacity="Chủ tịch UBND"),
        did("request_new_answer", days.back(91), at=_UBND, words=words, missing=_MISSING, by="chuyenvien", paper=asked),
        Deed("answer", days.back(83), _in_full(days), at=_UBND, paper=again, capacity="Chủ tịch UBND"),
        Deed("judge", days.back(72), {"result": "roadmap"} | _by_next_quarter(days), by="chuyenvien"),
    )
    return raised(days, "bai-rac", text, "Thôn Bãi Dâu", deeds)


_MISSING = ["nguyên nhân", "đơn vị chịu trách nhiệm", "thời hạn", "ngày rà soát lại"]


def _in_full(days: Days) -> dict[str, Any]:
    """Return the second answer, with everything that the first one lacked."""
    return _by_next_quarter(days) | {
        "claimed": "roadmap",
        "copied_to_front": True,
        "responsible": "Phòng Kinh tế xã",
        "words": "Tăng lên ba chuyến một tuần từ tháng tới; dời điểm tập kết ra khu đất quy hoạch cuối thôn.",
        "cause": "Hợp đồng thu gom cũ ký cho dân số trước khi nhập xã.",
        "measure": "Ký lại hợp đồng, làm điểm tập kết mới.",
    }


def _by_next_quarter(days: Days) -> dict[str, Any]:
    return {"due_words": "Quý I năm sau", "review_on": days.ahead(15)}


def _no_funds(days: Days, papers: Papers) -> Story:
    text = (
        "Sau khi nhập xã, bà con bản Nà Lính phải đi gần 11 km mới tới trụ sở mới làm giấy tờ. Từ hồi còn xã Trúc Hạ"
        " Cũ đã hứa làm cầu treo qua suối để rút ngắn đường mà chưa thấy. Đề nghị xây cầu."
    )
    review = days.today
    answer: dict[str, Any] = {
        "claimed": "not_yet",
        "reason_not_yet": "funds",
        "review_on": review,
        "copied_to_front": True,
        "words": "Cầu treo cần khoảng 6,8 tỷ đồng, vượt khả năng ngân sách xã; đã báo cáo tỉnh đưa vào kế hoạch vốn.",
    }
    deeds = (
        *handed_over(days, papers, _UBND, field="dau-tu"),
        did("answer", days.back(95), at=_UBND, paper=papers.answers_after, capacity="Chủ tịch UBND", **answer),
        judged(days.back(86), papers, result="not_yet", reason_not_yet="funds", review_on=review),
        did("inform_voters", days.back(78), via="conference", note="Hội nghị bản", paper=papers.notice_after),
        did("hear_petitioner", days.back(62), verdict="needs_clarification", by="mattran"),
    )
    more: dict[str, Any] = {"agency_written": "UBND xã Trúc Hạ Cũ", "source": "Báo cáo tổng hợp 17/BC-MTTQ, dòng 21"}
    return raised(days, "cau-na-linh", text, "Bản Nà Lính", deeds, **more)


def _explained(days: Days, papers: Papers) -> Story:
    text = (
        "Nhà tôi thoát nghèo năm ngoái nên bị cắt thẻ bảo hiểm y tế ngay, trong khi ông cụ đang chạy thận. Xin hỏi"
        " quy định thế nào và có được hỗ trợ tiếp không?"
    )
    answer: dict[str, Any] = {
        "claimed": "explained",
        "copied_to_front": True,
        "drafted_by": "VHXH",
        "words": "Hộ mới thoát nghèo được hỗ trợ một phần mức đóng; người chạy thận được lập hồ sơ trợ cấp xã hội.",
        "ground": "Quy định hiện hành về bảo hiểm y tế và danh sách hộ mới thoát nghèo của xã",
    }
    deeds = (
        *handed_over(days, papers, _UBND, field="bao-hiem-y-te"),
        did("assign", days.back(119), at=_UBND, lead="VHXH", by="chanhvp"),
        did("answer", days.back(95), at=_UBND, paper=papers.answers_after, capacity="Chủ tịch UBND", **answer),
        judged(days.back(86), papers, result="explained"),
        did("inform_voters", days.back(76), via="in_person", note="Tại Trạm Y tế xã"),
    )
    who = Petitioner(name="Chu Thị Mẩy Pham", address="Thôn Trúc Lĩnh")
    return raised(days, "the-bao-hiem", text, "Thôn Trúc Lĩnh", deeds, petitioner=who)


def _raised_thrice(days: Days, papers: Papers) -> Story:
    text = (
        "Bể nước sinh hoạt tập trung của thôn Cây Sấu hỏng máy bơm hơn một năm, hơn 80 hộ phải dùng nước khe, nước đục"
        " sau mỗi trận mưa. Đề nghị sửa bể hoặc kéo nước máy về."
    )
    answer: dict[str, Any] = {
        "claimed": "in_progress",
        "copied_to_front": True,
        "drafted_by": "KT",
        "responsible": "Phòng Kinh tế xã",
        "words": "Đang chọn đơn vị sửa máy bơm; việc kéo nước máy phụ thuộc dự án cấp nước của tỉnh.",
        "cause": "Máy bơm cháy, không có phụ tùng thay.",
        "measure": "Thay máy bơm mới.",
    }
    deeds = (
        *handed_over(days, papers, _UBND, field="nuoc-sach"),
        did("answer", days.back(95), at=_UBND, paper=papers.answers_after, capacity="Chủ tịch UBND", **answer),
        judged(days.back(86), papers, result="in_progress"),
        did(
            "raise_again",
            days.back(43),
            by="mattran",
            round="Trước kỳ họp thứ Ba",
            words="Cử tri thôn Cây Sấu tiếp tục phản ánh máy bơm vẫn chưa thay.",
        ),
        did("raise_again", days.back(16), by="daibieu", words="Nêu lại tại buổi tiếp công dân định kỳ."),
    )
    return raised(days, "be-nuoc", text, "Thôn Cây Sấu", deeds)


def _explained_on_the_spot(days: Days) -> Story:
    text = "Con em ở xa về có làm được căn cước tại xã không, hay phải lên tỉnh?"
    said = did(
        "explain_at_meeting",
        days.back(132),
        by="mattran",
        judged_by="Tổ đại biểu số 1 và Ban công tác Mặt trận thôn",
        explanation="Trưởng Công an xã trả lời: làm tại trụ sở Công an xã vào sáng thứ Ba, thứ Năm hằng tuần.",
        entered=days.working_from(days.back(132) + timedelta(days=1)),
    )
    return raised(days, "can-cuoc", text, "Thôn Hồ Sen", (said,))
