"""Petitions that went another way than to an addressee of the commune, and those that wait at the desk."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.sample.before_session import classified, raised
from workflows.sample.days import Days
from workflows.sample.papers import from_unit, letter
from workflows.sample.stories import CodeOf, Story, did

_PROVINCE = "UBNDT"


def other_ends(days: Days) -> Iterable[Story]:
    """Return opinions, complaints, matters of the province, doubles, mistakes, and what just came in."""
    yield _opinion(days)
    yield _complaint(days)
    yield _for_the_province(days)
    yield _answered_by_the_province(days)
    yield _double(days)
    yield _mistake(days)
    yield _compiled(days)
    yield _screened(days)
    yield _just_recorded(days)


def _opinion(days: Days) -> Story:
    text = "Cử tri phấn khởi vì trường cấp hai mới được công nhận đạt chuẩn, cảm ơn các thầy cô và lãnh đạo xã."
    note = did("note", days.back(36), by="chuyenvien")
    deeds = (*classified(days, "giao-duc"), note)
    return raised(days, "truong-chuan", text, "Thôn Khe Cạn", deeds, nature="opinion")


def _complaint(days: Days) -> Story:
    text = (
        "Tôi không đồng ý với quyết định xử phạt về xây dựng đối với gia đình tôi, đề nghị Hội đồng xem xét hủy quyết"
        " định."
    )
    divert = did("divert", days.back(37), to="Ban Tiếp công dân xã", written=False, by="chuyenvien")
    return raised(days, "xu-phat", text, "Thôn Hồ Sen", (divert,), field="khieu-nai-to-cao")


def _for_the_province(days: Days) -> Story:
    text = (
        "Tỉnh lộ đoạn qua thôn Cây Sấu nhiều xe chở đá quá tải, mặt đường lún, bụi mù vào nhà dân. Đề nghị tỉnh đặt"
        " trạm cân lưu động và sửa đường."
    )
    paper = letter("19/HĐND-TT", days.back(35), "Chuyển kiến nghị cử tri thuộc thẩm quyền của tỉnh")
    forward = did("forward_higher", days.back(35), addressee=_PROVINCE, level="province", paper=paper)
    return raised(days, "xe-qua-tai", text, "Thôn Cây Sấu", (*classified(days, "giao-thong", "province"), forward))


def _answered_by_the_province(days: Days) -> Story:
    text = (
        "Phụ cấp của người hoạt động không chuyên trách ở thôn sau khi nhập thôn không đổi mà việc tăng gấp đôi. Đề"
        " nghị tỉnh xem xét nâng mức."
    )
    paper = letter("19/HĐND-TT", days.back(35), "Chuyển kiến nghị cử tri thuộc thẩm quyền của tỉnh")
    answer = from_unit("1204/UBND-NC", days.back(9), "Trả lời kiến nghị cử tri xã Khe Trúc Mẫu", issuer=_PROVINCE)
    deeds = (
        *classified(days, "tien-luong", "province"),
        did("forward_higher", days.back(35), addressee=_PROVINCE, level="province", paper=paper),
        did(
            "record_higher_answer",
            days.back(8),
            paper=answer,
            claimed="explained",
            words="UBND tỉnh đang trình HĐND tỉnh nghị quyết mới về mức phụ cấp tại kỳ họp tới.",
            ground="Dự thảo nghị quyết kèm theo",
        ),
    )
    return raised(days, "phu-cap", text, "Thôn Trúc Lĩnh", deeds)


def _double(days: Days) -> Story:
    text = "Đất đá ở dốc Cổng Trời tràn ra đường, đi lại khó khăn, đề nghị xã cho máy dọn sớm."
    merge = did("merge", days.back(33), into=CodeOf("ta-luy"), words="Cùng một điểm sạt lở.", by="chuyenvien")
    return raised(days, "doc-cong-troi", text, "Thôn Trúc Lĩnh", (merge,))


def _mistake(days: Days) -> Story:
    text = "Đề nghị xã cho biết kế hoạch trồng cây xanh dọc đường trục chính."
    void = did("void", days.back(42), words="Nhập nhầm sang sổ kiến nghị, đây là câu hỏi trong cuộc họp.", by="chanhvp")
    return raised(days, "nhap-nham", text, "Thôn Bãi Dâu", (void,))


def _compiled(days: Days) -> Story:
    text = "Đề nghị tổ chức lớp dạy nghề sửa chữa máy nông nghiệp cho thanh niên ngay tại xã."
    compiled = did("compile", days.back(38), by="chuyenvien")
    return raised(days, "day-nghe", text, "Bản Nà Lính", (compiled,))


def _screened(days: Days) -> Story:
    text = (
        "Trạm Y tế xã chỉ có một bác sĩ, thứ Bảy và Chủ nhật không ai khám, người già phải ra tận bệnh viện. Đề nghị bố"
        " trí trực cuối tuần."
    )
    return raised(days, "tram-y-te", text, "Thôn Đồng Nếp", classified(days, "y-te"))


def _just_recorded(days: Days) -> Story:
    text = "Đèn đường trước cổng Trạm Y tế tắt gần một tháng nay, đề nghị thay bóng."
    born = did(
        "record", days.back(2), text=text, locality="Thôn Khe Cạn", channel="hotline", round_kind="none", by="vanthu"
    )
    return Story("den-duong", born)
