"""The neighbours of petitions at the terminal, with the commands that every kind has."""

from __future__ import annotations

from tests.cli.conftest import Terminal


def test_a_resolution_is_entered_assigned_checked_and_tied_to_the_one_it_replaces(office: Terminal) -> None:
    office.well('council agencies add BANKT "Ban Kinh tế - Ngân sách" --kind council_committee')
    old, new = (enter(office, number, "--set", "agency=UBND") for number in ("1/NQ-HĐND", "2/NQ-HĐND"))
    assert (old, new) == ("NP-NQ-26-0001", "NP-NQ-26-0002")
    decision = "--document '31/QĐ-TTHĐND; 15/07/2026' --on 15/07/2026"
    office.well(f"--as lan move {old} assign_committee {decision} --set committee=BANKT --set review_on=01/09/2026")
    office.well(f"--as lan move {old} check --on 01/09/2026 --set 'words=Đạt 60%' --set review_on=01/12/2026")
    shown = office.well(f"--as lan case {old}")
    assert "Đang thực hiện, đã kiểm tra" in shown
    assert "Kiểm tra việc thực hiện nghị quyết" in shown
    office.well(f"--as lan move {new} supersede --set replaced={old}")
    told = office(f"--as lan chain {old} --json").json
    assert [(one["code"], one["kind"]["code"], one["other"]) for one in told["links"]] == [(new, "supersedes", old)]


def test_a_letter_arises_from_a_diverted_petition_and_a_denunciation_takes_no_content(office: Terminal) -> None:
    petition = office("--as lan record --on 01/08/2026 --set 'text=Tranh chấp ranh giới' --json").json["code"]
    office.well(f"--as lan move {petition} divert --on 02/08/2026 --set 'to=Văn phòng' --set written=có")
    letter = "--as lan record --kind citizen_letter --on 03/08/2026 --json"
    code = office(f"{letter} --set 'text=Đơn về ranh giới' --set from_case={petition}").json["code"]
    office.well(f"--as lan move {code} classify --on 04/08/2026 --set classification=complaint")
    assert f"{code.replace('-', '_')} -->" in office.well(f"--as lan chain {petition} --mermaid")
    hidden = f"{letter} --set classification=denunciation --set 'diverted_to=Thanh tra tỉnh'"
    refused = office(f"{hidden} --set 'text=Tố cáo'")
    assert refused.code != 0
    assert "chỉ ghi ngày và nơi chuyển đơn" in refused.out + refused.err
    assert office(hidden).json["state"] == "diverted_denunciation"


def enter(office: Terminal, number: str, *more: str) -> str:
    """Enter a resolution and return its code."""
    command = f"--as lan record --kind resolution_follow_up --on 10/07/2026 --json --set number={number}"
    code: str = office(f"{command} --set 'text=Giao thông nông thôn'", *more).json["code"]
    return code
