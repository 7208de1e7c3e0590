"""What deputies take along to a hamlet, and what a unit is reminded of."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from states.entries import DocumentSlip, Petitioner
from states.errors import BadInput
from states.vocabulary import Confidentiality
from tests.office import Office, standing_body
from tests.tables import store, word_tables, word_text
from workflows import registering
from workflows.printing import followup, packets, reminding
from workflows.printing.making import MadeFile
from workflows.printing.reminding import Reminder

REPORT = DocumentSlip(number="56/BC-UBND", issued_on=date(2026, 9, 1), issuer="UBND")


def packet(office: Office, folder: Path, name: str | None = None, contact_round: str | None = None) -> MadeFile:
    with office.database.reading() as unit:
        common: dict[str, Any] = {"setting": office.setting, "actor": office["deputy"], "store": store(folder)}
        if name is None:
            return packets.of_all(unit, contact_round=contact_round, **common)
        return packets.of_hamlet(unit, name=name, contact_round=contact_round, **common)


def remind(office: Office, code: str, login: str = "charge") -> Reminder:
    with office.database.reading() as unit:
        body = followup.body(unit, setting=office.setting, code=code)
        return reminding.reminder(unit, setting=office.setting, actor=office[login], agency=body)


def promised(office: Office, locality: str = "Bản Nà Pát") -> str:
    code, [referral] = office.sent("UBND", code=office.record("Xây cầu treo", locality=locality))
    office.go(code, "receive", date(2026, 8, 7), referral=referral)
    office.go(
        code, "answer", date(2026, 9, 2), referral=referral, document=REPORT, claimed="roadmap",
        words="Sẽ xây trong năm sau", cause="Chưa có vốn", responsible="KT", measure="Bố trí vốn",
        due_words="Quý II/2027", review_on="2027-01-15", copied_to_front=True,
    )  # fmt: skip
    office.go(
        code, "judge", date(2026, 9, 5), decided_by=standing_body(office), result="roadmap", due_on="2027-06-30",
        review_on="2027-01-15",
    )  # fmt: skip
    return code


def overdue(office: Office, locality: str = "Bản Nà Pát", **more: Any) -> str:
    code, [referral] = office.sent("UBND", code=office.record("Sửa đường", locality=locality, **more))
    office.go(code, "receive", date(2026, 8, 7), referral=referral)
    return code


def test_a_packet_tells_everything_of_a_hamlet_with_what_presses_first(office: Office, tmp_path: Path) -> None:
    later, late = promised(office), overdue(office)
    office.go(later, "inform_voters", date(2026, 9, 8), via="loudspeaker", posted_from="2026-09-08", note="Ba buổi")
    office.go(late, "raise_again", date(2026, 8, 20), words="Vẫn lầy")
    overdue(office, "Bản Co Muông")
    made = packet(office, tmp_path, "ban na pat")
    said = word_text(made)
    assert made.name == "np-packet-ban-na-pat-20260910.docx"
    assert "BẢN NÀ PÁT" in said
    assert "2 kiến nghị; đã trả lời 1/2; quá hạn 1/2; đã hứa, cam kết chưa xong 1/2; nêu từ hai lần trở lên 1/2" in said
    assert said.index("I. Quá hạn (1)") < said.index("II. Đã hứa, cam kết, chưa xong (1)")
    first, second = (table[1] for table in word_tables(made))
    assert (first[1], second[1]) == (late, later)
    assert "nêu 2 lần (nêu lại 20/08/2026)" in first[2]
    assert "quá hạn 14 ngày" in first[7]
    assert "56/BC-UBND ngày 01/09/2026" in second[5]
    assert "Sẽ xây trong năm sau" in second[5]
    assert "30/06/2027" in second[6]
    assert "Quý II/2027" in second[6]
    assert second[8] == "08/09/2026, Loa truyền thanh từ 08/09/2026 (Ba buổi)"


def test_a_packet_of_a_round_holds_what_was_raised_in_it_first_or_again(office: Office, tmp_path: Path) -> None:
    payload = {"name": "Đợt trước kỳ họp 2", "round_kind": "before_session", "session": "KH2"}
    opened = office.born(registering.Birth("contact_round", payload, date(2026, 8, 1)))
    inside = office.record("Trong đợt", locality="Bản Nà Pát", round=opened)
    again = office.record("Nêu lại trong đợt", locality="Bản Nà Pát")
    outside = office.record("Ngoài đợt", locality="Bản Nà Pát")
    office.go(again, "raise_again", date(2026, 8, 20), round=opened, words="Vẫn thế")
    said = word_text(packet(office, tmp_path, "Bản Nà Pát", opened))
    assert inside in said
    assert again in said
    assert outside not in said
    assert "Đợt trước kỳ họp 2" in said


def test_one_file_holds_all_hamlets_and_a_petition_of_two_is_in_both(office: Office, tmp_path: Path) -> None:
    both = office.record("Đường liên bản", locality="Bản Nà Pát; Bản Co Muông")
    said = word_text(packet(office, tmp_path))
    assert said.count("TÀI LIỆU TIẾP XÚC CỬ TRI") == 2
    assert said.count(both) == 2
    with office.database.reading() as unit:
        made = packets.each(unit, setting=office.setting, actor=office["deputy"], store=store(tmp_path))
    assert [m.name for m in made] == [
        "np-packet-01-ban-co-muong-20260910.docx", "np-packet-02-ban-na-pat-20260910.docx"
    ]  # fmt: skip


def test_a_hamlet_without_petitions_has_an_empty_packet_and_a_wrong_name_the_likely_one(
    office: Office, tmp_path: Path
) -> None:
    assert "0 kiến nghị" in word_text(packet(office, tmp_path, "Bản Co Muông"))
    with pytest.raises(BadInput) as refused:
        packet(office, tmp_path, "Bản Nà Bát")
    assert "Bản Nà Pát" in refused.value.problems["locality"].vi


def test_no_restricted_case_and_no_petitioner_leave_the_office(office: Office, tmp_path: Path) -> None:
    hidden = overdue(office, confidentiality=Confidentiality.RESTRICTED)
    shown = office.record(
        "Bà Lò Thị Kín xin sửa đường", petitioner=Petitioner(name="Lò Thị Kín"), locality="Bản Nà Pát"
    )
    office.sent("UBND", code=shown)
    with office.database.reading() as unit:
        body = followup.body(unit, setting=office.setting, code="UBND")
        told = reminding.reminder(unit, setting=office.setting, actor=office.operator, agency=body).text
        all_of = packets.of_all(unit, setting=office.setting, actor=office.operator, store=store(tmp_path))
    for said in (told, word_text(all_of)):
        assert hidden not in said
        assert shown in said
        assert "Lò Thị Kín" not in said


def test_a_reminder_says_who_must_do_what_by_when_most_overdue_first(office: Office) -> None:
    late = overdue(office)
    soon, [referral] = office.sent("UBND", code=office.record("Sửa cống", locality="Bản Co Muông"))
    office.go(soon, "receive", date(2026, 8, 25), referral=referral)
    kept = promised(office)
    lines = remind(office, "UBND").text.split("\n")
    assert lines == [
        "Ủy ban nhân dân xã Nà Pát: 3 kiến nghị, 1 quá hạn (tính đến thứ Năm 10/09/2026).",
        f"1. {late} (Bản Nà Pát): trả lời «Sửa đường»; quá hạn 14 ngày, hạn thứ Năm 27/08/2026.",
        f"2. {soon} (Bản Co Muông): trả lời «Sửa cống»; còn 2 ngày làm việc, chậm nhất hết ngày thứ Hai 14/09/2026.",
        (
            f"3. {kept} (Bản Nà Pát): làm xong việc đã cam kết «Xây cầu treo»; còn 200 ngày làm việc,"
            f" chậm nhất hết ngày thứ Tư 30/06/2027."
        ),
        "Thời hạn theo mẫu, chưa nhập Quy chế của xã.",
    ]


def test_a_lead_unit_is_reminded_to_draft_and_a_foreign_one_of_nothing(office: Office) -> None:
    code = overdue(office)
    referral = office.see(code).referrals[0]["id"]
    office.go(code, "assign", date(2026, 8, 8), referral=referral, lead="KT", internal_due_on="2026-08-20")
    [item] = remind(office, "KT", "kt").items
    assert (item.code, item.what.vi, item.overdue) == (code, "tham mưu trả lời", True)
    assert "hạn nội bộ 20/08/2026" in remind(office, "KT").text
    assert remind(office, "DIEN").items == ()
    assert remind(office, "UBND", "dien").items == ()


def test_a_paused_limit_names_no_day_and_a_sent_back_answer_has_none_yet(office: Office) -> None:
    code, [referral] = office.sent("UBND")
    office.go(code, "receive", date(2026, 8, 7), referral=referral)
    office.go(code, "answer", date(2026, 8, 20), referral=referral, document=REPORT, claimed="explained", words="x")
    asked: dict[str, Any] = {"decided_by": standing_body(office), "words": "Thiếu"}
    office.go(code, "request_new_answer", date(2026, 8, 25), referral=referral, **asked)
    [item] = remind(office, "UBND").items
    assert (item.what.vi, item.due_on, item.words.vi) == ("trả lời lại", None, "chưa có hạn")
