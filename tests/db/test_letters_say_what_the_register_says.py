"""Letters are read from the register: who, what, when, how late; whom they may show, and never a petitioner."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from models.cases import CaseReader
from models.columns import table_of
from states.entries import DocumentSlip, Petitioner
from states.errors import BadInput, NotFound
from states.paper_words import DocumentType, SignedAs
from states.vocabulary import Confidentiality
from tests.office import Office, standing_body
from tests.unit.printing.words import rows_of, words_of
from workflows import registering
from workflows.filing.store import DiskStore
from workflows.printing import writing
from workflows.printing.materials import LetterOrder
from workflows.printing.writing import Letter

ANSWER = DocumentSlip(number="61/BC-UBND", issued_on=date(2026, 8, 20), type=DocumentType.REPORT, issuer="UBND")


@pytest.fixture
def store(tmp_path: Path) -> DiskStore:
    return DiskStore(tmp_path / "files")


def letter(office: Office, store: DiskStore, kind: str, /, login: str | None = None, **order: Any) -> Letter:
    with office.database.reading() as unit:
        actor = office[login] if login else office.operator
        return writing.write(
            unit, setting=office.setting, order=LetterOrder(kind=kind, **order), actor=actor, store=store
        )


def round_of(office: Office) -> str:
    return office.born(
        registering.Birth(
            "contact_round",
            {"name": "Tiếp xúc cử tri trước kỳ họp thứ 2", "round_kind": "before_session", "session": "KH2"},
            date(2026, 7, 20),
        )
    )


def answered(office: Office, **answer: Any) -> str:
    code, [referral] = office.sent("UBND")
    office.go(code, "receive", date(2026, 8, 7), referral=referral)
    said: dict[str, Any] = {"claimed": "roadmap", "words": "Sẽ xem xét, bố trí vốn trong thời gian tới", **answer}
    office.go(code, "answer", date(2026, 8, 21), referral=referral, document=ANSWER, **said)
    return code


# --- transfer -----------------------------------------------------------------------------------------------------


def test_a_letter_of_transfer_lists_the_petitions_in_the_order_named(office: Office, store: DiskStore) -> None:
    first = office.record("Đường vào bản lầy lội", locality="Bản Nà Pát", field="tu-phap")
    second = office.record("Thiếu nước sạch", locality="Bản Co Muông")
    office.go(second, "raise_again", date(2026, 8, 5), words="Nêu lại")
    made = letter(office, store, "transfer", codes=(second, first), by=date(2026, 9, 18))
    [head, one, two] = rows_of(made.content)
    assert head[:4] == ["TT", "Mã kiến nghị", "Cử tri", "Nội dung kiến nghị"]
    assert one == ["1", second, "Bản Co Muông", "Thiếu nước sạch", "", "Ủy ban nhân dân xã Nà Pát", "Nêu lại lần 2"]
    assert two[:5] == ["2", first, "Bản Nà Pát", "Đường vào bản lầy lội", "Tư pháp - Pháp chế"]
    said = words_of(made.content)
    assert "Số:      /HĐND-TT" in said
    assert "Nà Pát, ngày      tháng      năm 2026" in said
    assert "Kính gửi: Ủy ban nhân dân xã Nà Pát." in said
    assert "nhận được 02 kiến nghị" in said
    assert "chậm nhất hết ngày thứ Sáu 18/09/2026" in said
    assert "- Lưu: VT." in said
    assert (made.cases, made.troubles, made.left_out) == (2, (), 0)


def test_a_letter_names_no_petitioner_and_changes_nothing(office: Office, store: DiskStore) -> None:
    code = office.record("Điện yếu", petitioner=Petitioner(name="Người Được Giấu", address="Số 1", phone="0912345678"))
    before = office.rows('SELECT id, seq, head_hash, changed_at FROM "case"'), office.events(code)
    made = letter(office, store, "transfer", codes=(code,))
    for secret in ("Người Được Giấu", "Số 1,", "0912345678"):
        assert secret not in words_of(made.content)
    assert (office.rows('SELECT id, seq, head_hash, changed_at FROM "case"'), office.events(code)) == before


def test_the_sample_regulation_is_never_cited_and_the_councils_own_is(office: Office, store: DiskStore) -> None:
    code = office.record()
    assert "Quy chế" not in words_of(letter(office, store, "transfer", codes=(code,)).content)
    theirs = "SELECT id FROM regulation WHERE code = 'sample-2021'"
    office.raw(f"UPDATE adoption SET precedence = 'council' WHERE regulation_id IN ({theirs})")
    assert "Thực hiện Quy chế mẫu; qua tổng hợp" in words_of(letter(office, store, "transfer", codes=(code,)).content)


def test_a_registered_paper_is_printed_with_its_number_day_and_signer(office: Office, store: DiskStore) -> None:
    slip = DocumentSlip(
        number="14/HĐND-TT", issued_on=date(2026, 8, 6), issuer="TTHDND", signer="Lò Văn Thường",
        signed_as=SignedAs.FOR_THE_HEAD, position="Phó Chủ tịch",
    )  # fmt: skip
    codes = [office.record(f"Kiến nghị {n}") for n in range(3)]
    for code in codes:
        office.go(code, "screen", level="commune")
        office.go(code, "transfer", date(2026, 8, 6), document=slip, addressees=["UBND", "DIEN"])
    made = letter(office, store, "transfer", document="14/HĐND- TT")
    said = words_of(made.content)
    assert "Số: 14/HĐND-TT" in said
    assert "Nà Pát, ngày 06 tháng 8 năm 2026" in said
    assert "Kèm theo Công văn số 14/HĐND-TT ngày 06 tháng 8 năm 2026 của Thường trực HĐND xã" in said
    for line in ("TM. THƯỜNG TRỰC HĐND", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lò Văn Thường"):
        assert line in said.split("\n")
    assert "- Điện lực khu vực;" in said
    assert [row[1] for row in rows_of(made.content)[1:]] == codes
    assert {row[5] for row in rows_of(made.content)[1:]} == {"Ủy ban nhân dân xã Nà Pát; Điện lực khu vực"}


def test_restricted_cases_of_a_paper_are_left_out_and_counted_for_who_may_not_see_them(
    office: Office, store: DiskStore
) -> None:
    slip = DocumentSlip(number="15/HĐND-TT", issued_on=date(2026, 8, 6))
    open_code = office.record("Ai cũng thấy")
    hidden = office.record("Chỉ người được nêu tên thấy", confidentiality=Confidentiality.RESTRICTED)
    for code in (open_code, hidden):
        office.go(code, "screen", level="commune")
        office.go(code, "transfer", date(2026, 8, 6), document=slip, addressees=["UBND"])
    made = letter(office, store, "transfer", login="clerk", document="15/HĐND-TT")
    assert (made.cases, made.left_out) == (1, 1)
    assert "Chỉ người" not in words_of(made.content)
    assert hidden not in words_of(made.content)
    with office.database.writing() as unit:
        unit.run(insert(table_of(CaseReader)).values(case_id=office.see(hidden).id, account_id=office["clerk"].account))
    made = letter(office, store, "transfer", login="clerk", document="15/HĐND-TT")
    assert (made.cases, made.left_out) == (2, 0)


def test_a_hidden_code_is_told_like_one_that_is_not_there(office: Office, store: DiskStore) -> None:
    seen = office.record()
    hidden = office.record("Kín", confidentiality=Confidentiality.RESTRICTED)
    made = letter(office, store, "transfer", login="clerk", codes=(seen, hidden, "NP-KN-26-9999"))
    assert [t.where for t in made.troubles] == [hidden, "NP-KN-26-9999"]
    assert len({t.text for t in made.troubles}) == 1
    assert made.cases == 1
    with pytest.raises(NotFound):
        letter(office, store, "transfer", login="clerk", codes=(hidden,))


def test_one_case_whose_history_cannot_be_read_stops_nothing(office: Office, store: DiskStore) -> None:
    codes = [answered(office) for _ in range(3)]
    office.raw(*_break(office, codes[1]))
    made = letter(office, store, "transfer", codes=tuple(codes))
    assert [row[1] for row in rows_of(made.content)[1:]] == codes
    assert [t.where for t in made.troubles] == [codes[1]]


def _break(office: Office, code: str) -> tuple[str, ...]:
    """Return statements that spoil the answer of a case as a disk might; the trigger that forbids it is taken away."""
    seen = office.see(code)
    spoiled = "UPDATE event SET payload = replace(payload, '\"roadmap\"', '\"nonsense\"') WHERE case_id = '{}'"
    if office.database.engine.dialect.name == "sqlite":
        names = [r["name"] for r in office.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        return (*(f"DROP TRIGGER {n}" for n in names if n.startswith("event")), spoiled.format(seen.id.hex))
    return ("ALTER TABLE event DISABLE TRIGGER USER", spoiled.format(seen.id))


# --- the other letters --------------------------------------------------------------------------------------------


def test_the_counts_of_a_compiled_report_add_up(office: Office, store: DiskStore) -> None:
    tx = round_of(office)
    places = ["Bản Nà Pát"] * 3 + ["Bản Co Muông"] * 2 + [None]
    codes = [office.record(f"Kiến nghị {n}", round=tx, locality=place) for n, place in enumerate(places)]
    office.record("Của đợt khác")
    office.record("Kín", round=tx, confidentiality=Confidentiality.RESTRICTED)
    office.go(office.record("Nhập nhầm", round=tx), "void", None, words="Nhập nhầm")
    made = letter(office, store, "report", login="clerk", round=tx)
    by_field, by_place = rows_of(made.content, 2), rows_of(made.content, 3)
    for counts in (by_field, by_place):
        assert sum(int(row[2]) for row in counts[1:-1]) == int(counts[-1][2]) == len(codes)
    assert [row[1:3] for row in by_place[1:-1]] == [["Bản Nà Pát", "3"], ["Bản Co Muông", "2"], ["Chưa xác định", "1"]]
    assert {row[1] for row in rows_of(made.content)[1:]} == set(codes)
    assert "đợt tiếp xúc cử tri trước kỳ họp thứ 2" in words_of(made.content)


def test_a_request_for_a_new_answer_says_what_each_answer_lacks(office: Office, store: DiskStore) -> None:
    vague, better = answered(office), answered(office, cause="Chưa có vốn", measure="Lồng ghép", copied_to_front=True)
    made = letter(office, store, "new-answer", codes=(vague, better))
    rows = rows_of(made.content, 2)[1:]
    assert rows[0][1].startswith(f"{vague}: ")
    assert rows[0][2] == (
        "Sẽ xem xét, bố trí vốn trong thời gian tới (Kết quả: Đang giải quyết, có lộ trình.) Văn bản số 61/BC-UBND"
        " ngày 20/8/2026."
    )
    assert rows[0][3] == (
        "Chưa nêu: nguyên nhân; đơn vị chịu trách nhiệm; thời hạn (ngày, quý hoặc sự kiện); giải pháp; ngày rà soát"
        " lại; bản gửi Ban Thường trực UBMTTQ."
    )
    assert rows[1][3] == ("Chưa nêu: đơn vị chịu trách nhiệm; thời hạn (ngày, quý hoặc sự kiện); ngày rà soát lại.")


def test_an_urging_letter_says_how_late_each_answer_is_and_which_urging_it_is(office: Office, store: DiskStore) -> None:
    late, [referral] = office.sent("UBND")
    office.go(late, "receive", date(2026, 8, 7), referral=referral)
    fresh, [other] = office.sent("UBND", code=office.record("Mới chuyển"))
    office.go(fresh, "receive", date(2026, 9, 8), referral=other)
    answered(office)
    made = letter(office, store, "urge", agency="UBND")
    [row] = rows_of(made.content, 2)[1:]
    assert row[1].startswith(late)
    assert row[2:] == ["số 12/HĐND-TT ngày 06/8/2026", "07/08/2026", "27/08/2026", "14"]
    said = words_of(made.content)
    assert "Tính đến ngày 10 tháng 9 năm 2026, còn 01 kiến nghị đã quá hạn" in said
    assert "lần" not in next(line for line in said.split("\n") if line.startswith("V/v"))
    paper = DocumentSlip(number="20/HĐND-TT", issued_on=date(2026, 9, 9))
    office.go(late, "urge", date(2026, 9, 9), referral=referral, document=paper)
    again = words_of(letter(office, store, "urge", agency="UBND").content)
    assert "V/v đôn đốc trả lời kiến nghị của cử tri (lần 2)" in again.replace("\N{NO-BREAK SPACE}", " ")
    with pytest.raises(NotFound):
        letter(office, store, "urge", agency="DIEN")


def test_a_notice_tells_one_hamlet_what_came_of_its_petitions(office: Office, store: DiskStore) -> None:
    tx = round_of(office)
    mine = office.record("Đường lầy", round=tx, locality="Bản Nà Pát")
    waiting = office.record("Cầu hỏng", round=tx, locality="Bản Nà Pát")
    office.record("Của bản khác", round=tx, locality="Bản Co Muông")
    _, [referral] = office.sent("UBND", code=mine)
    office.go(mine, "receive", date(2026, 8, 7), referral=referral)
    said: dict[str, Any] = {"claimed": "resolved", "words": "Đã sửa xong", "evidence": "Biên bản nghiệm thu"}
    office.go(mine, "answer", date(2026, 8, 21), referral=referral, document=ANSWER, **said)
    made = letter(office, store, "notice", round=tx, locality="Bản Nà Pát")
    [row] = rows_of(made.content, 2)[1:]
    assert row[1:] == [
        "Đường lầy",
        "Ủy ban nhân dân xã Nà Pát (số 61/BC-UBND ngày 20/8/2026)",
        "Đã sửa xong",
        "Giải quyết xong",
    ]
    assert "Còn 01 kiến nghị đang được xem xét" in words_of(made.content)
    assert waiting not in words_of(made.content)


def test_the_conclusion_stands_beside_the_answer_or_is_left_to_be_filled(office: Office, store: DiskStore) -> None:
    done, pending = (answered(office, claimed="explained", ground="Luật Đất đai") for _ in range(2))
    office.go(
        done, "judge", date(2026, 9, 1), decided_by=standing_body(office), result="explained", words="Nhất trí",
        missing_accepted=["copy_to_front"],
    )  # fmt: skip
    rows = rows_of(letter(office, store, "conclusion", codes=(done, pending)).content, 2)[1:]
    assert [row[3] for row in rows] == ["Giải trình, cung cấp thông tin: Nhất trí", ""]
    assert rows[0][2] == "Giải trình, cung cấp thông tin (số 61/BC-UBND ngày 20/8/2026)"


def test_a_record_of_handover_lists_all_open_work_of_a_person(office: Office, store: DiskStore) -> None:
    codes = [office.record(f"Việc {n}") for n in range(3)]
    for code in codes:
        office.go(code, "entrust", None, officer="officer")
    office.go(codes[2], "withdraw", None, words="Cử tri rút")
    made = letter(office, store, "handover", giver="officer", receiver="clerk")
    assert [row[1] for row in rows_of(made.content, 2)[1:]] == codes[:2]
    said = words_of(made.content)
    assert "1. Bên giao: Cầm Văn Chuyên Viên." in said
    assert "2. Bên nhận: Lường Thị Văn Thư." in said


@pytest.mark.parametrize(
    ("kind", "order", "field"),
    [
        ("report", {}, "round"),
        ("urge", {}, "agency"),
        ("urge", {"agency": "KHONG"}, "agency"),
        ("transfer", {}, "codes"),
        ("handover", {"giver": "officer"}, "receiver"),
        ("handover", {"giver": "nobody", "receiver": "clerk"}, "giver"),
    ],
)
def test_an_order_that_lacks_something_says_what(
    office: Office, store: DiskStore, kind: str, order: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        letter(office, store, kind, **order)
    assert field in refused.value.problems


def test_a_stranger_sees_nothing_in_any_letter(office: Office, store: DiskStore) -> None:
    code = answered(office)
    stranger = replace(office["kt"], grants=())
    for kind in ("transfer", "new-answer", "conclusion"):
        with office.database.reading() as unit, pytest.raises(NotFound):
            writing.write(
                unit,
                setting=office.setting,
                order=LetterOrder(kind=kind, codes=(code,)),
                actor=stranger,
                store=store,
            )
