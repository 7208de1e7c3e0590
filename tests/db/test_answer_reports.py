from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from states.entries import DocumentSlip
from states.errors import BadInput
from states.paper_acts import PaperAct
from states.vocabulary import Confidentiality, Result
from tests.office import Office
from tests.papers import LETTER, enact, paper, transferred
from tests.reports import HEADINGS, Reports, matched, row_of
from workflows import verifying
from workflows.answering.matching import How, Taken
from workflows.enacting.orders import RowOutcome

TEXTS = (
    "Cử tri bản Nà Pát đề nghị sửa đoạn đường từ đầu bản vào nhà văn hóa dài khoảng 800 m đã xuống cấp, khó đi lại",
    "Cử tri bản Co Muông đề nghị khoan thêm giếng nước sinh hoạt cho 25 hộ khu trên vì mùa khô thiếu nước kéo dài",
    "Cử tri bản Huổi Sản đề nghị kéo điện hạ thế tới cụm 12 hộ mới tách, hiện phải dùng nhờ công tơ của hộ khác",
    "Cử tri bản Pá Khôm đề nghị xem xét cấp giấy chứng nhận quyền sử dụng đất cho các hộ đã đo đạc từ năm 2023",
    "Cử tri bản Lướt đề nghị nạo vét mương thủy lợi phai Tạo đang bị đất đá sạt lở vùi lấp không lấy được nước",
    "Cử tri bản Nà Tấu đề nghị bố trí thêm xe thu gom rác thải sinh hoạt vào ngày chợ phiên để giữ vệ sinh",
)
ANSWER = "UBND xã giao Phòng Kinh tế khảo sát, lập dự toán, thực hiện xong trong quý IV/2026"
BY_CODE = ("Mã kiến nghị", "Nội dung", "Nội dung trả lời", "Kết quả")
MATCHED, WAITING, UNMATCHED = Taken.MATCHED.value, Taken.WAITING.value, Taken.UNMATCHED.value


@pytest.fixture
def reports(office: Office, tmp_path: Path) -> Reports:
    return Reports(office, tmp_path)


def row(
    ordinal: object = "", text: str = "", answer: str = ANSWER, result: str = "Đang giải quyết"
) -> tuple[object, ...]:
    return (ordinal, text, "", "Phòng Kinh tế", answer, result, "")


def test_one_table_answers_the_letter_and_says_what_it_leaves_out(office: Office, reports: Reports) -> None:
    codes = transferred(office, *TEXTS[:4])
    path = reports.xlsx(row(1, TEXTS[0]), row(2, TEXTS[1], result="Đã giải quyết xong"), row(4, TEXTS[3]))
    foreseen = reports.preview(path)
    assert foreseen.summary.vi == "3 chuyển sang đã trả lời, 0 không khớp, 1 chưa trả lời"
    assert office.see(codes[0]).row["state"] == "with_authority"
    taking = reports.register(path)
    assert (taking.paper.written, taking.is_refused) == (3, False)
    assert [(one.ordinal, one.code, one.agency, one.due_on is not None) for one in taking.paper.unanswered] == [
        (3, codes[2], "UBND", True)
    ]
    assert [office.see(code).row["state"] for code in codes] == ["answered", "answered", "with_authority", "answered"]
    assert [office.see(code).row["result_claimed"] for code in codes] == ["roadmap", "resolved", None, "roadmap"]
    (event,) = [event for event in office.events(codes[0]) if event["trigger"] == "answer"]
    assert (event["occurred_on"], event["document_id"]) == (date(2026, 8, 21), taking.paper.document)
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).ok


def test_what_the_answer_says_stands_in_its_fields(office: Office, reports: Reports) -> None:
    transferred(office, *TEXTS[:2])
    long = (
        "Chưa thực hiện do chưa bố trí được kinh phí; giao Phòng Kinh tế lập dự toán trình HĐND xã tại kỳ họp thứ 3"
        " theo Nghị quyết số 12/NQ-HĐND ngày 05/7/2026"
    )
    (first, second) = reports.plan(reports.xlsx(row(1, TEXTS[0]), row(2, TEXTS[1], long))).rows
    assert first.values == {
        "claimed": "roadmap", "words": ANSWER, "original_result": "Đang giải quyết", "responsible": "Phòng Kinh tế",
        "measure": ANSWER, "due_words": "trong quý IV/2026",
    }  # fmt: skip
    assert first.missing == ("cause", "review", "copy_to_front")
    assert second.values["cause"] == "do chưa bố trí được kinh phí"
    assert second.values["due_words"] == "kỳ họp thứ 3"
    assert second.values["ground"] == "12/NQ-HĐND ngày 05/07/2026"


def test_the_columns_of_annex_2b_and_a_code_in_them(office: Office, reports: Reports) -> None:
    codes = transferred(office, *TEXTS[:2])
    headings = (
        "TT",
        "Cử tri các huyện",
        "Mã kiến nghị",
        "Nội dung kiến nghị",
        "Cơ quan trả lời",
        "ND trả lời",
        "Số CV trả lời",
    )
    path = reports.xlsx(
        (
            1,
            "Nà Pát",
            f" {codes[1].lower()} ",
            "Giếng nước khu trên",
            "Phòng Kinh tế",
            "Đã giải trình tại bản",
            "15/UBND-KT ngày 02/8/2026",
        ),
        headings=headings,
    )
    (only,) = reports.plan(path, results={2: Result.EXPLAINED}).rows
    assert (only.code, only.match.how, only.claimed) == (codes[1], How.CODE, Result.EXPLAINED)
    assert (only.paper, only.paper_on) == ("15/UBND-KT", date(2026, 8, 2))
    assert only.values["ground"] == "15/UBND-KT ngày 02/8/2026"
    assert only.values["drafted_by"] == "Phòng Kinh tế"


def test_three_boxes_to_tick_are_results(office: Office, reports: Reports) -> None:
    codes = transferred(office, *TEXTS[:3])
    path = reports.xlsx(
        ("", "", "", "Đã giải quyết", "Đang giải quyết", "Giải trình"),
        (codes[0], TEXTS[0], ANSWER, "x", "", ""),
        (codes[1], TEXTS[1], ANSWER, "", "", "X"),
        (codes[2], TEXTS[2], ANSWER, "x", "x", ""),
        headings=("Mã", "Nội dung kiến nghị", "Nội dung trả lời", "Kết quả", "", ""),
    )
    first, second, third = reports.plan(path).rows
    assert (first.claimed, second.claimed) == (Result.RESOLVED, Result.EXPLAINED)
    assert (third.claimed, third.taken) == (None, Taken.WAITING)
    assert "nhiều ô" in (third.match.why.vi if third.match.why else "")


def test_boxes_may_stand_without_a_heading_above_them(office: Office, reports: Reports) -> None:
    codes = transferred(office, TEXTS[0])
    headings = ("Mã", "Nội dung trả lời", "Đã giải quyết xong", "Đang giải quyết", "Giải trình, cung cấp thông tin")
    (only,) = reports.plan(reports.xlsx((codes[0], ANSWER, "", "", "x"), headings=headings)).rows
    assert (only.taken, only.claimed) == (Taken.MATCHED, Result.EXPLAINED)


def test_a_word_file_gives_its_own_number_date_and_recipients(office: Office, reports: Reports) -> None:
    codes = transferred(office, *TEXTS[:2])
    above = ("ỦY BAN NHÂN DÂN XÃ NÀ PÁT", "Số: 61 /BC- UBND", "Nà Pát, ngày 20 tháng 8 năm 2026", "BÁO CÁO")
    path = reports.docx(row("1", TEXTS[0]), row("2", TEXTS[1]), above=above)
    taking = reports.register(path, number=None, issued_on=None)
    assert (taking.plan.slip.number, taking.plan.slip.issued_on) == ("61/BC-UBND", date(2026, 8, 20))
    assert [one.name for one in taking.plan.slip.recipients][1] == "Ban Thường trực UBMTTQ xã"
    assert all("copy_to_front" not in one.missing for one in taking.paper.rows)
    assert [office.see(code).row["state"] for code in codes] == ["answered", "answered"]
    assert any("61/BC-UBND" in note.vi for note in taking.plan.notes)


def test_a_text_told_otherwise_is_still_that_petition(office: Office, reports: Reports) -> None:
    codes = transferred(office, *TEXTS)
    shorter = "- Đề nghị khoan thêm giếng nước sinh hoạt cho 25 hộ khu trên vì mùa khô thiếu nước"
    (only,) = reports.plan(reports.xlsx(row("", shorter))).rows
    assert (only.taken, only.code, only.match.how) == (Taken.MATCHED, codes[1], How.TEXT)


def test_a_text_that_is_only_similar_waits_with_its_candidates(office: Office, reports: Reports) -> None:
    codes = transferred(office, *TEXTS)
    path = reports.xlsx(
        row("", "Đề nghị khoan giếng cho bản Co Muông"), row("", "Đề nghị mở lớp dạy nghề may cho phụ nữ")
    )
    first, second = reports.plan(path).rows
    assert (first.taken, first.match.candidates[0].code) == (Taken.WAITING, codes[1])
    assert second.taken is Taken.UNMATCHED
    assert reports.register(path).paper.written == 0


def test_an_ordinal_that_the_text_contradicts_is_a_conflict(office: Office, reports: Reports) -> None:
    codes = transferred(office, *TEXTS[:3])
    (only,) = reports.plan(reports.xlsx(row(1, TEXTS[2]))).rows
    assert only.taken is Taken.WAITING
    assert {one.code for one in only.match.candidates} == {codes[0], codes[2]}
    assert only.match.why is not None
    assert codes[0] in only.match.why.vi
    assert codes[2] in only.match.why.vi


def test_an_ordinal_is_enough_where_there_is_no_text(office: Office, reports: Reports) -> None:
    codes = transferred(office, *TEXTS[:3])
    path = reports.xlsx(row("2."), row("II.3"), headings=HEADINGS)
    assert matched(reports.plan(path)) == {
        2: (MATCHED, codes[1], How.ORDINAL),
        3: (UNMATCHED, None, None),
    }


def test_an_ordinal_within_a_group_needs_its_text(office: Office, reports: Reports) -> None:
    codes = transferred(office, *TEXTS[:3])
    path = reports.xlsx(row("I.3", TEXTS[2][:60]))
    assert matched(reports.plan(path)) == {2: (MATCHED, codes[2], How.ORDINAL)}


def test_a_table_that_numbers_its_rows_anew_is_matched_by_text(office: Office, reports: Reports) -> None:
    codes = transferred(office, *TEXTS)
    kept = [0, 2, 3, 4, 5]
    plan = reports.plan(reports.xlsx(*(row(n, TEXTS[place]) for n, place in enumerate(kept, 1))))
    assert [one.code for one in plan.rows] == [codes[place] for place in kept]
    assert any("số riêng" in note.vi for note in plan.notes)


def test_a_mistyped_code_is_proposed_and_never_taken(office: Office, reports: Reports) -> None:
    codes = transferred(office, *TEXTS[:2])
    wrong = codes[0].replace("0001", "00O1")
    path = reports.xlsx((wrong, TEXTS[0], ANSWER, "Đang"), headings=BY_CODE)
    (only,) = reports.plan(path).rows
    assert (only.taken, only.match.candidates[0].code) == (Taken.WAITING, codes[0])
    assert reports.register(path).is_refused
    assert office.see(codes[0]).row["state"] == "with_authority"
    assert reports.register(path, matches={2: codes[0]}).paper.written == 1
    assert office.see(codes[0]).row["state"] == "answered"


def test_a_code_of_another_petition_is_a_conflict(office: Office, reports: Reports) -> None:
    codes = transferred(office, *TEXTS[:2])
    path = reports.xlsx((codes[1], TEXTS[0], ANSWER, "Đang"), headings=BY_CODE)
    (only,) = reports.plan(path).rows
    assert only.taken is Taken.WAITING
    assert {one.code for one in only.match.candidates} == set(codes)


def test_a_code_outside_the_letter_waits(office: Office, reports: Reports) -> None:
    transferred(office, TEXTS[0])
    other = office.record(TEXTS[1])
    path = reports.xlsx((other, TEXTS[1], ANSWER, "Đang"), headings=BY_CODE)
    (only,) = reports.plan(path).rows
    assert (only.taken, only.match.candidates[0].code) == (Taken.WAITING, other)


def test_two_rows_on_one_petition_both_wait(office: Office, reports: Reports) -> None:
    codes = transferred(office, *TEXTS[:2])
    path = reports.xlsx(row(1, TEXTS[0]), row("", TEXTS[0]), row(2, TEXTS[1]))
    found = matched(reports.plan(path))
    assert [taken for taken, _, _ in found.values()] == [WAITING, WAITING, MATCHED]
    taking = reports.register(path, skips=frozenset({3}))
    assert (taking.paper.written, office.see(codes[0]).row["state"]) == (2, "answered")


def test_without_a_letter_petitions_that_wait_for_the_issuer_are_looked_at(office: Office, reports: Reports) -> None:
    (mine,) = transferred(office, TEXTS[0])
    other = office.record(TEXTS[1])
    enact(
        office,
        paper(
            office, PaperAct.TRANSFER, DocumentSlip(number="13/HĐND-TT", issued_on=date(2026, 8, 6)), [other],
            values={"addressees": ["DIEN"]},
        ),
    )  # fmt: skip
    plan = reports.plan(reports.xlsx(row("", TEXTS[0]), row("", TEXTS[1])), replies_to=None)
    assert matched(plan) == {2: (MATCHED, mine, How.SAME_TEXT), 3: (UNMATCHED, None, None)}


def test_an_unknown_result_is_a_doubt_that_a_person_settles(office: Office, reports: Reports) -> None:
    transferred(office, *TEXTS[:2])
    path = reports.xlsx(row(1, TEXTS[0], result="Giải quyết xong; còn 2 hộ chưa"), row(2, TEXTS[1], result=""))
    assert [one.taken for one in reports.plan(path).rows] == [Taken.WAITING, Taken.WAITING]
    settled = reports.plan(path, results={2: Result.IN_PROGRESS}, other_results=Result.EXPLAINED)
    assert [one.claimed for one in settled.rows] == [Result.IN_PROGRESS, Result.EXPLAINED]
    assert row_of(settled, 2).values["original_result"] == "Giải quyết xong; còn 2 hộ chưa"
    assert reports.plan(path, other_results=Result.EXPLAINED).counts[Taken.WAITING] == 1


def test_partial_takes_the_good_rows_and_a_second_report_the_rest(office: Office, reports: Reports) -> None:
    codes = transferred(office, *TEXTS[:3])
    path = reports.xlsx(row(1, TEXTS[0]), row(9, "Đề nghị mở lớp dạy nghề may cho phụ nữ ở các bản vùng cao"))
    assert reports.register(path).paper.written == 0
    taking = reports.register(path, partial=True)
    assert (taking.paper.written, len(taking.paper.unanswered)) == (1, 2)
    again = reports.register(path, partial=True)
    assert (again.paper.written, again.paper.counts[RowOutcome.ALREADY]) == (0, 1)
    rest = reports.xlsx(row(2, TEXTS[1]), row(3, TEXTS[2]), name="bao-cao-2.xlsx")
    taking = reports.register(rest, number="70/BC-UBND", issued_on=date(2026, 8, 30), received_on=date(2026, 8, 31))
    assert (taking.paper.written, taking.paper.unanswered) == (2, ())
    assert {office.see(code).row["state"] for code in codes} == {"answered"}


def test_a_petition_without_an_answer_is_left_unanswered(office: Office, reports: Reports) -> None:
    codes = transferred(office, *TEXTS[:2])
    plan = reports.plan(reports.xlsx(row(1, TEXTS[0]), row(2, TEXTS[1], answer="", result="")))
    assert [one.row_number for one in plan.rows] == [2]
    assert [one.row_number for one in plan.skipped] == [3]
    assert [one.code for one in reports.preview(reports.xlsx(row(1, TEXTS[0]))).paper.unanswered] == [codes[1]]


def test_a_date_that_does_not_exist_is_no_time_and_said(office: Office, reports: Reports) -> None:
    transferred(office, TEXTS[0])
    (only,) = reports.plan(
        reports.xlsx(row(1, TEXTS[0], "Giao Phòng Kinh tế sửa chữa xong trước ngày 31/11/2026"))
    ).rows
    assert "time" in only.missing
    assert "tháng 11 chỉ có 30 ngày" in only.notes[0].vi


def test_a_restricted_petition_is_no_candidate_for_one_who_may_not_see_it(office: Office, reports: Reports) -> None:
    secret = office.record(TEXTS[0], confidentiality=Confidentiality.RESTRICTED)
    enact(
        office,
        paper(office, PaperAct.TRANSFER, LETTER, [secret], actor=office.operator, values={"addressees": ["UBND"]}),
    )
    path = reports.xlsx((secret, TEXTS[0], ANSWER, "Đang"), headings=BY_CODE)
    (only,) = reports.plan(path).rows
    assert (only.taken, only.match.candidates) == (Taken.UNMATCHED, ())
    (only,) = reports.plan(path, actor=office.operator).rows
    assert only.taken is Taken.MATCHED


@pytest.mark.parametrize(
    ("told", "field", "said"),
    [
        ({"replies_to": "99/HĐND-TT"}, "replies_to", "99/HĐND-TT"),
        ({"replies_to": "12/HĐND-TT ngày 31/11/2026"}, "replies_to", "tháng 11"),
        ({"matches": {7: "NP-KN-26-0001"}}, "match", "7"),
        ({"matches": {2: "NP-KN-26-0999"}}, "match", "NP-KN-26-0999"),
        ({"skips": frozenset({9})}, "skip", "9"),
    ],
)
def test_what_is_told_wrongly_is_refused(
    office: Office, reports: Reports, told: dict[str, Any], field: str, said: str
) -> None:
    transferred(office, TEXTS[0])
    with pytest.raises(BadInput) as refusal:
        reports.plan(reports.xlsx(row(1, TEXTS[0])), **told)
    assert said in refusal.value.problems[field].vi


def test_the_letter_is_named_forgivingly(office: Office, reports: Reports) -> None:
    codes = transferred(office, TEXTS[0])
    for written in ("012/hđnd-tt", "Số: 12 /HĐND- TT", "công văn số 12/HĐND-TT ngày 06/8/2026"):
        (only,) = reports.plan(reports.xlsx(row(1, TEXTS[0])), replies_to=written).rows
        assert only.code == codes[0]
