"""Similar petitions, repeats in lists, splitting and the carried-over list as a clerk types them."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Terminal

TEXT = "Đường vào bản Nà Pát lầy lội, mùa mưa xe không đi lại được, đề nghị sửa chữa sớm"


def recorded(office: Terminal, text: str = TEXT) -> str:
    said = office.well("record --on 01/10/2026 --set round_kind=before_session --set session=KH2 --set", f"text={text}")
    return said.partition(":")[0]


def test_a_text_is_compared_with_the_register(office: Terminal) -> None:
    code = recorded(office)
    said = office.well("similar", TEXT.upper())
    assert code in said
    assert "100/100" in said
    assert "Chưa có kiến nghị nào giống" in office.well("similar", "Đề nghị lắp đèn đường ở chợ trung tâm")
    assert office(f"similar --json '{TEXT}'").json[0]["degree"] == "same"


def test_a_list_says_which_petitions_were_raised_again(office: Terminal, tmp_path: Path) -> None:
    code = recorded(office)
    path = tmp_path / "dot-2.csv"
    path.write_text(f'STT;Nội dung kiến nghị\n1;"{TEXT}"\n', encoding="utf-8")
    said = office.well(f"import petitions {path}")
    assert f"Dòng 2: {code} nêu lại lần 2" in said
    assert "ghi nêu lại 1" in said
    proposed = office.well(f"import petitions {path} --origin khac --repeats propose")
    assert "Đề xuất gộp 0, nêu lại 1" in proposed
    assert office(f"import petitions {path} --repeats sometimes").code != 0


def test_a_petition_is_split_part_by_part(office: Terminal) -> None:
    code = recorded(office, "Sửa đường. Khoan giếng.")
    said = office.well(f"split {code} --part 'Sửa đường' --part 'Khoan giếng' --why 'hai việc' --on 02/10/2026")
    assert [line.partition(":")[0] for line in said.splitlines()] == [code, "NP-KN-26-0002"]
    shown = office.well("case NP-KN-26-0002")
    assert "Khoan giếng" in shown
    assert f"Tách từ → {code}" in shown
    refused = office(f"split {code} --part 'Chỉ một'")
    assert refused.code == 1
    assert "Các phần" in refused.err


def test_a_merged_petition_is_read_from_the_one_that_stays(office: Terminal) -> None:
    stays, goes = recorded(office), recorded(office, "Đường bản Nà Pát hỏng")
    office.well(f"move {goes} merge --set into={stays}")
    assert f"Gộp vào đây: {goes}: Đường bản Nà Pát hỏng" in office.well(f"case {stays}")


def test_what_a_session_carries_over_is_printed(office: Terminal) -> None:
    code = recorded(office)
    said = office.well("session carried-over KH2")
    assert code in said
    assert "Theo cơ quan đang xử lý" in said
    found = office("session carried-over kh2 --known now --json").json
    assert (found["total"], found["items"][0]["times_raised"]) == (1, 1)
    assert office("session carried-over KH9").code == 1
    assert office("session carried-over KH2 --known maybe").code == 1
