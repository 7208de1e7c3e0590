"""The document is the unit of work: one entry does everything that the paper does, to every case of its annex."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from states.entries import DocumentSlip
from states.errors import BadInput, NotPermitted, Unavailable
from states.paper_acts import PaperAct
from states.vocabulary import Confidentiality
from tests.office import Office
from tests.papers import (
    ALREADY,
    ANSWERED_ON,
    DONE,
    LETTER,
    RECEIVED_ON,
    REFUSED,
    REPORT,
    SENT_ON,
    answer,
    enact,
    paper,
    preview,
    transferred,
)
from workflows import access, composing
from workflows.composing import Composed
from workflows.enacting.orders import PaperRow
from workflows.moving import Known
from workflows.orders import Order
from workflows.verifying import verify

TO_COMMITTEE = {"addressees": ["UBND"]}


def moves(office: Office, code: str) -> list[tuple[str, date | None]]:
    return [(e["trigger"], e["occurred_on"]) for e in office.events(code)]


def states(office: Office, *codes: str) -> list[str]:
    return [str(office.see(code).row["state"]) for code in codes]


def counted(office: Office, table: str) -> int:
    return int(office.rows(f'SELECT count(*) AS n FROM "{table}"')[0]["n"])


def verified(office: Office) -> bool:
    with office.database.reading() as unit:
        return verify(unit, key=b"k" * 32, exported=None).ok


def test_a_letter_classifies_sends_and_is_received_in_one_entry(office: Office) -> None:
    first, second = transferred(office, "Xin nước sạch", "Sửa đường vào bản")

    steps = [("screen", SENT_ON), ("transfer", SENT_ON), ("prepare", SENT_ON), ("send", SENT_ON)]
    assert moves(office, first) == [("record", date(2026, 8, 1)), *steps, ("receive", RECEIVED_ON)]
    assert states(office, first, second) == ["with_authority"] * 2
    clock = next(c for c in office.see(second).clocks if c["role"] == "answer")
    assert (clock["anchor_on"], clock["provisional"]) == (RECEIVED_ON, False)
    assert verified(office)


def test_every_event_names_the_paper_its_signer_and_the_clerk(office: Office) -> None:
    (code,) = transferred(office, "Xin nước sạch")

    papers = office.rows("SELECT id, signer, signed_as FROM document")
    assert [(p["signer"], p["signed_as"]) for p in papers] == [("Lò Văn Thường Trực", "TM.")]
    after = office.events(code)[1:]
    assert {e["document_id"].hex for e in after} == {str(papers[0]["id"]).replace("-", "")}
    assert {e["recorded_by"] for e in after} == {office["charge"].account}
    sent = next(e for e in after if e["trigger"] == "transfer")
    assert sent["decided_by"] == office.setting.standing_body
    assert sent["decided_person"] == office["standing"].person
    assert sent["decided_capacity"] == "TM. Chủ tịch"


def test_the_annex_remembers_which_case_stands_where(office: Office) -> None:
    codes = [office.record("Xin nước sạch"), office.record("Sửa đường")]
    placed = (PaperRow(codes[0], ordinal=7), PaperRow(codes[1], ordinal=3))
    enact(office, paper(office, PaperAct.TRANSFER, LETTER, placed, values=TO_COMMITTEE))

    stored = office.rows(
        'SELECT r.ordinal, r.act, r.event_seq, c.code FROM document_row r JOIN "case" c ON c.id = r.case_id ORDER BY 1'
    )
    assert [(r["ordinal"], r["act"], r["event_seq"], r["code"]) for r in stored] == [
        (3, "transfer", 3, codes[1]),
        (7, "transfer", 3, codes[0]),
    ]


def test_a_preview_says_what_will_be_done_and_writes_nothing(office: Office) -> None:
    codes = [office.record("Xin nước sạch"), office.record("Sửa đường")]
    order = paper(office, PaperAct.TRANSFER, LETTER, [*codes, "NP-KN-26-9999"], values=TO_COMMITTEE, partial=True)

    foreseen = preview(office, order)
    assert foreseen.dry_run
    assert foreseen.written == 0
    assert counted(office, "document") == 0
    assert states(office, *codes) == ["recorded"] * 2

    done = enact(office, order)
    assert [(r.code, r.outcome, r.moves, r.to_state) for r in done.rows] == [
        (r.code, r.outcome, r.moves, r.to_state) for r in foreseen.rows
    ]
    assert done.written == 2
    assert foreseen.document == done.document


def test_one_refused_row_keeps_the_whole_paper_out(office: Office) -> None:
    good, ended = office.record("Xin nước sạch"), office.record("Sửa đường")
    office.go(ended, "withdraw", words="Cử tri rút")
    before = counted(office, "event")

    report = enact(office, paper(office, PaperAct.TRANSFER, LETTER, [good, ended], values=TO_COMMITTEE))

    assert report.is_refused
    assert report.written == 0
    assert [r.outcome for r in report.rows] == [DONE, REFUSED]
    problem = report.rows[1].problem
    assert problem is not None
    assert problem.vi == "Chưa làm được «Chuyển cơ quan giải quyết»: đang ở «Đã rút»"
    assert (counted(office, "event"), counted(office, "document")) == (before, 0)


def test_the_good_rows_are_done_where_the_office_chooses_so(office: Office) -> None:
    good, ended = office.record("Xin nước sạch"), office.record("Sửa đường")
    office.go(ended, "withdraw", words="Cử tri rút")

    report = enact(office, paper(office, PaperAct.TRANSFER, LETTER, [good, ended], values=TO_COMMITTEE, partial=True))

    assert (report.written, report.is_refused) == (1, False)
    assert states(office, good, ended) == ["with_authority", "withdrawn"]


def test_the_same_paper_entered_again_has_no_second_effect(office: Office) -> None:
    codes = transferred(office, "Xin nước sạch", "Sửa đường")
    before = counted(office, "event")

    again = LETTER.model_copy(update={"number": " 012/hđnd- tt"})
    report = enact(office, paper(office, PaperAct.TRANSFER, again, codes, values=TO_COMMITTEE))

    assert [r.outcome for r in report.rows] == [ALREADY] * 2
    assert (counted(office, "event"), counted(office, "document")) == (before, 1)


def test_a_move_that_was_taken_back_can_be_made_by_the_paper_again(office: Office) -> None:
    (code,) = transferred(office, "Xin nước sạch")
    enact(office, paper(office, PaperAct.ANSWER, REPORT, [answer(code)], ANSWERED_ON))
    office.go(code, "undo", seq=office.events(code)[-1]["seq"], words="ghi nhầm dòng")

    report = enact(office, paper(office, PaperAct.ANSWER, REPORT, [answer(code, claimed="resolved")], ANSWERED_ON))

    assert [r.outcome for r in report.rows] == [DONE]
    assert counted(office, "document_row") == 2
    assert verified(office)


def test_an_answer_stops_the_clock_and_names_what_it_leaves_out(office: Office) -> None:
    first, second, third = transferred(office, "Xin nước sạch", "Sửa đường", "Kéo điện")

    report = enact(
        office, paper(office, PaperAct.ANSWER, REPORT, [answer(second), answer(first, claimed="roadmap")], ANSWERED_ON)
    )

    assert [(left.code, left.agency, left.due_on) for left in report.unanswered] == [(third, "UBND", date(2026, 8, 27))]
    assert report.rows[0].missing == ("ground", "copy_to_front")
    assert report.rows[1].missing == ("cause", "responsible", "time", "measure", "review", "copy_to_front")
    assert states(office, first, second, third) == ["answered", "answered", "with_authority"]
    answered = office.events(first)[-1]
    assert answered["decided_by"] == office.agencies["UBND"]


def test_an_advising_unit_does_not_answer_for_the_committee(office: Office) -> None:
    (code,) = transferred(office, "Xin nước sạch")
    of_unit = DocumentSlip(number="30/BC-KT", issued_on=date(2026, 8, 20), issuer="KT")

    report = enact(office, paper(office, PaperAct.ANSWER, of_unit, [answer(code)], ANSWERED_ON))

    assert [f.code for f in report.rows[0].findings] == ["answer_is_signed_by_the_addressee"]


def test_a_letter_without_its_number_waits_for_it(office: Office) -> None:
    code = office.record("Xin nước sạch")
    draft = DocumentSlip(issuer="TTHDND", subject="Chuyển kiến nghị cử tri")
    enact(office, paper(office, PaperAct.TRANSFER, draft, [code], values=TO_COMMITTEE))
    assert [r["state"] for r in office.see(code).referrals] == ["prepared"]

    report = enact(office, paper(office, PaperAct.TRANSFER, LETTER, [code], values=TO_COMMITTEE))

    assert report.rows[0].moves == ("send",)
    assert [r["state"] for r in office.see(code).referrals] == ["sent"]


def test_an_assignment_implies_a_receipt_whose_day_nobody_knows(office: Office) -> None:
    (code,) = transferred(office, "Xin nước sạch", received=False)
    slip = DocumentSlip(number="95/UBND-VP", issued_on=date(2026, 8, 10), issuer="UBND")

    report = enact(office, paper(office, PaperAct.ASSIGNMENT, slip, [code], date(2026, 8, 10), values={"lead": "KT"}))

    assert report.rows[0].moves == ("receive", "assign")
    assert moves(office, code)[-2:] == [("receive", None), ("assign", date(2026, 8, 10))]
    assert not any(c["anchor_on"] == date(2026, 8, 10) for c in office.see(code).clocks)


def test_of_several_addressees_the_row_must_say_which(office: Office) -> None:
    code = office.record("Xin nước sạch")
    enact(office, paper(office, PaperAct.TRANSFER, LETTER, [code], values={"addressees": ["UBND", "DIEN"]}))
    asked = DocumentSlip(number="15/HĐND-TT", issued_on=date(2026, 8, 8), issuer="TTHDND")
    extension = {"extended_by_days": 5, "words": "Việc phức tạp"}

    order = paper(office, PaperAct.EXTENSION, asked, [code], date(2026, 8, 8), values=extension)
    problem = enact(office, order).rows[0].problem
    assert problem is not None
    assert "DIEN, UBND" in problem.vi

    named = paper(
        office, PaperAct.EXTENSION, asked, [PaperRow(code, agency="DIEN")], date(2026, 8, 8), values=extension
    )
    assert enact(office, named).rows[0].outcome is DONE
    urged = paper(office, PaperAct.URGING, asked, [code], date(2026, 8, 9))
    assert enact(office, urged).rows[0].moves == ("urge", "urge")


def test_a_body_does_not_confirm_its_own_result_by_a_paper_either(office: Office) -> None:
    (code,) = transferred(office, "Xin nước sạch")
    enact(office, paper(office, PaperAct.ANSWER, REPORT, [answer(code)], ANSWERED_ON))
    result = {"result": "explained"}

    own = DocumentSlip(number="70/TB-UBND", issued_on=date(2026, 9, 1), issuer="UBND")
    refused = enact(office, paper(office, PaperAct.CONCLUSION, own, [code], date(2026, 9, 1), values=result)).rows[0]
    assert {f.code for f in refused.findings} == {"decider_is_the_standing_body", "decider_is_not_the_answerer"}

    notice = DocumentSlip(number="19/TB-HĐND", issued_on=date(2026, 9, 1), issuer="TTHDND")
    done = enact(office, paper(office, PaperAct.CONCLUSION, notice, [code], date(2026, 9, 1), values=result))
    assert done.rows[0].to_state == "closed"


def test_a_petition_of_a_higher_level_is_forwarded_and_its_answer_recorded(office: Office) -> None:
    code = office.record("Sửa quốc lộ")
    slip = DocumentSlip(number="16/HĐND-TT", issued_on=SENT_ON, issuer="TTHDND")
    forwarded = enact(office, paper(office, PaperAct.FORWARDING, slip, [code], values={"addressee": "TINH"}))
    assert forwarded.rows[0].moves == ("screen", "forward_higher")

    report = DocumentSlip(number="900/UBND-TH", issued_on=date(2026, 8, 30), issuer="TINH")
    answered = enact(office, paper(office, PaperAct.ANSWER, report, [answer(code)], date(2026, 9, 1)))
    assert answered.rows[0].moves == ("record_higher_answer",)


def test_a_second_row_of_the_same_case_is_decided_after_the_first(office: Office) -> None:
    (code,) = transferred(office, "Xin nước sạch")
    report = enact(
        office, paper(office, PaperAct.ANSWER, REPORT, [answer(code), answer(code)], ANSWERED_ON, partial=True)
    )
    assert [r.outcome for r in report.rows] == [DONE, ALREADY]


def test_values_that_no_move_of_the_paper_takes_are_refused(office: Office) -> None:
    code = office.record("Xin nước sạch")
    with pytest.raises(BadInput, match="state"):
        enact(office, paper(office, PaperAct.TRANSFER, LETTER, [code], values={**TO_COMMITTEE, "state": "closed"}))
    row = PaperRow(code, values={"council_id": "x"})
    report = enact(office, paper(office, PaperAct.TRANSFER, LETTER, [row], values=TO_COMMITTEE))
    assert report.rows[0].outcome is REFUSED


def test_cases_that_the_clerk_may_not_see_are_not_there(office: Office) -> None:
    hidden = office.record("Việc hạn chế", confidentiality=Confidentiality.RESTRICTED)
    order = paper(office, PaperAct.TRANSFER, LETTER, [hidden, "NP-KN-26-9999"], values=TO_COMMITTEE)
    shown, absent = preview(office, order).rows
    assert (shown.outcome, shown.problem, shown.from_state) == (absent.outcome, absent.problem, absent.from_state)


def test_an_older_version_than_the_one_opened_is_told_apart(office: Office) -> None:
    code = office.record("Xin nước sạch")
    office.go(code, "screen", level="commune")
    report = enact(office, paper(office, PaperAct.TRANSFER, LETTER, [PaperRow(code, expected=1)], values=TO_COMMITTEE))
    problem = report.rows[0].problem
    assert problem is not None
    assert "Phân loại" in problem.vi


def test_a_case_moved_meanwhile_is_decided_once_more(office: Office) -> None:
    code = office.record("Xin nước sạch")
    known = Known()

    def composed(unit: Any) -> Composed:
        work = Composed(access.case(unit, code=code, actor=office.operator))
        work.add(unit, Order("screen", office.operator, SENT_ON, {"level": "commune"}), known=known)
        return work

    with office.database.reading() as before:
        stale = composed(before)
    office.go(code, "compile")
    with office.database.writing() as unit:
        composing.write_all(unit, [stale], again=lambda _: composed(unit))
    assert [t for t, _ in moves(office, code)] == ["record", "compile", "screen"]
    with pytest.raises(Unavailable), office.database.writing() as unit:
        composing.write_all(unit, [stale], again=lambda old: old)
    assert verified(office)


def test_a_paper_alone_enters_the_register_and_learns_more_later(office: Office) -> None:
    first = enact(office, paper(office, None, LETTER, []))
    more = LETTER.model_copy(update={"subject": "Chuyển kiến nghị", "incoming_number": "9", "signer": "Người khác"})
    second = enact(office, paper(office, None, more, []))

    assert first.document == second.document
    assert [n.vi for n in second.notes] == ["Văn bản đã vào sổ với nội dung khác ở: Người ký; giữ nguyên như đã vào sổ"]
    stored = office.rows("SELECT signer, subject, incoming_number FROM document")
    assert stored == [{"signer": "Lò Văn Thường Trực", "subject": "Chuyển kiến nghị", "incoming_number": "9"}]
    with pytest.raises(NotPermitted):
        enact(office, paper(office, None, REPORT, [], actor=office["auditor"]))
    stranger = LETTER.model_copy(update={"replies_to": office.setting.council})
    with pytest.raises(BadInput, match="no such paper"):
        enact(office, paper(office, None, stranger, []))
