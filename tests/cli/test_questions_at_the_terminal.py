"""One clerk at a terminal takes a slip of a deputy to its reply, and reads the two counts."""

from __future__ import annotations

from tests.cli.conftest import Terminal


def asked(office: Terminal, text: str) -> str:
    said = office.well(
        "record --kind question --on 01/10/2026 --set agency=UBND --set session=KH2 --set deputy=x",
        "--set",
        f"text={text}",
    )
    return said.partition(":")[0]


def test_a_slip_is_answered_and_counted(office: Terminal) -> None:
    live, written = asked(office, "Bao giờ xong cầu"), asked(office, "Bao giờ có điện")
    assert live == "NP-CV-26-0001"
    said = office(f"move {live} answer_orally --on 05/10/2026 --set 'words=Xong năm sau' --set due_words=2027")
    assert said.code == 0
    assert "Văn bản trả lời còn thiếu" in said.out
    assert "đơn vị chịu trách nhiệm, giải pháp" in said.out
    office.well(f"move {written} not_select --on 05/10/2026")
    office.well(f"move {written} refer_for_reply --on 05/10/2026 --set via=UBND")
    counted = office("question counts --session KH2 --json").json
    assert (counted["slips"], counted["live"], counted["written"], counted["waiting"]) == (2, 1, 1, 1)
    shown = office.well("question counts")
    assert "Trả lời trực tiếp tại hội trường" in shown
    assert "kể cả phiếu trùng đã gộp" in shown
    unknown = office("question counts --session KH9")
    assert (unknown.code, "KH9" in unknown.err) == (1, True)
