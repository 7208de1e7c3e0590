"""What a row of an old register tells, as moves: in order, each with its own day, nothing that the row does not say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from states.facts import AgencyFacts
from states.paper_acts import PaperAct
from states.paper_words import DocumentType
from states.vocabulary import AgencyKind, Level
from tests import registers
from workflows.importing.bodies import Bodies
from workflows.importing.known_names import Names
from workflows.importing.problems import Severity
from workflows.importing.reading import read_petitions
from workflows.importing.replaying import Replay
from workflows.importing.rows import PetitionRow
from workflows.importing.tellings import Plan, Results, Telling

TODAY = date(2026, 9, 10)
KINDS = {
    "TTHDND": (AgencyKind.STANDING_BODY, "Thường trực HĐND xã", Level.COMMUNE),
    "UBND": (AgencyKind.PEOPLES_COMMITTEE, "Ủy ban nhân dân xã Nà Pát", Level.COMMUNE),
    "KT": (AgencyKind.SPECIALIZED_AGENCY, "Phòng Kinh tế", Level.COMMUNE),
    "VHXH": (AgencyKind.SPECIALIZED_AGENCY, "Phòng Văn hóa - Xã hội", Level.COMMUNE),
    "DIEN": (AgencyKind.ENTERPRISE, "Điện lực khu vực", Level.COMMUNE),
    "TINH": (AgencyKind.PEOPLES_COMMITTEE, "Ủy ban nhân dân tỉnh", Level.PROVINCE),
}


def bodies() -> Bodies:
    known = {c: AgencyFacts(uuid4(), c, name, kind, level) for c, (kind, name, level) in KINDS.items()}
    names = Names((code, code, body.name, ()) for code, body in known.items())
    return Bodies(names, known, {}, committee="UBND", standing="TTHDND")


def read(tmp_path: Path, said: registers.Line) -> tuple[PetitionRow, Replay]:
    sheet = read_petitions(registers.write(tmp_path / "so-cu.xlsx", [said]), today=TODAY)
    (row,) = sheet.rows()
    headings = {c.field: c.heading for c in sheet.header.columns if c.field is not None}
    return row, Replay(bodies(), headings, TODAY)


def planned(tmp_path: Path, **said: object) -> Plan:
    row, replay = read(tmp_path, registers.whole(1, registers.ROAD, **said))
    assert not row.is_rejected, row.problems
    return replay.plan(row)


def triggers(plan: Plan) -> list[str]:
    return [move.trigger for move in plan.moves]


def the(plan: Plan, trigger: str) -> Telling:
    return next(move for move in plan.moves if move.trigger == trigger)


def codes(plan: Plan) -> list[str]:
    return [problem.code for problem in plan.problems]


def test_a_whole_row_becomes_the_whole_way_with_its_own_days(tmp_path: Path) -> None:
    plan = planned(tmp_path)
    assert [(m.trigger, m.on, m.at) for m in plan.moves] == [
        ("screen", None, None),
        ("transfer", date(2026, 8, 6), None),
        ("receive", date(2026, 8, 7), "UBND"),
        ("assign", None, "UBND"),
        ("answer", date(2026, 8, 25), "UBND"),
    ]
    letter, answer = the(plan, "transfer"), the(plan, "answer")
    assert letter.payload == {"addressees": ("UBND",)}
    assert letter.slip is not None
    assert (letter.slip.number, letter.slip.issuer, letter.act) == ("12/HĐND-TT", "TTHDND", PaperAct.TRANSFER)
    assert the(plan, "receive").payload == {"incoming_number": "345"}
    assert the(plan, "assign").payload == {"lead": "KT"}
    assert answer.slip is not None
    assert (answer.slip.number, answer.slip.type) == ("56/BC-UBND", DocumentType.REPORT)
    assert (answer.payload["claimed"], answer.payload["original_result"]) == ("resolved", "Đã giải quyết xong")
    assert plan.problems == ()


def test_what_is_not_said_is_not_done_and_its_day_stays_unknown(tmp_path: Path) -> None:
    plan = planned(tmp_path, incoming="", unit_on="", unit="")
    assert triggers(plan) == ["screen", "transfer", "answer"]
    lead_only = planned(tmp_path, incoming="", unit_on="")
    assert (the(lead_only, "receive").on, the(lead_only, "assign").on) == (None, None)
    undated = planned(tmp_path, letter="13/HĐND-TT", answer="60/BC-UBND")
    assert (the(undated, "transfer").on, the(undated, "answer").on) == (None, None)
    assert the(undated, "transfer").slip is not None


def test_a_row_that_tells_nothing_further_stays_recorded(tmp_path: Path) -> None:
    for result in ("", "Chưa giải quyết", "Chưa trả lời"):
        row, replay = read(tmp_path, registers.line(1, "Đề nghị sửa đường vào bản", result=result))
        assert replay.plan(row).moves == ()


@pytest.mark.parametrize(
    ("written", "claimed"),
    [
        ("Đã giải quyết xong", "resolved"),
        ("đã", "resolved"),
        ("Đang giải quyết, có lộ trình", "roadmap"),
        ("Đang xem xét, chưa có lộ trình", "in_progress"),
        ("Chưa giải quyết do chưa có kinh phí", "not_yet"),
        ("Giải trình, cung cấp thông tin", "explained"),
        ("Ghi nhận", "noted"),
    ],
)
def test_results_in_the_words_of_offices(tmp_path: Path, written: str, claimed: str) -> None:
    answer = the(planned(tmp_path, result=written), "answer")
    assert answer.payload["claimed"] == claimed
    assert answer.payload["original_result"] == written
    reason = answer.payload.get("reason_not_yet")
    assert reason == ("funds" if "kinh phí" in written else None)


def test_an_answer_without_a_result_is_taken_as_information_and_told(tmp_path: Path) -> None:
    plan = planned(tmp_path, result="")
    assert (the(plan, "answer").payload["claimed"], codes(plan)) == ("in_progress", ["result_unsaid"])


@pytest.mark.parametrize("written", ["lung tung", "Đã giải quyết một phần", "Giải quyết xong, còn 2 hộ chưa"])
def test_a_result_in_no_known_words_is_never_guessed(tmp_path: Path, written: str) -> None:
    problem = planned(tmp_path, result=written).problems[0]
    assert (problem.code, problem.severity) == ("result_unknown", Severity.ERROR)
    unanswered = planned(tmp_path, result=written, answer="", words="")
    assert [p.severity for p in unanswered.problems] == [Severity.WARNING]
    assert "answer" not in triggers(unanswered)


def test_units_advise_and_the_committee_answers(tmp_path: Path) -> None:
    two = planned(tmp_path, unit="Phòng Kinh tế; Phòng Văn hóa - Xã hội")
    assert the(two, "transfer").payload == {"addressees": ("UBND",)}
    assert the(two, "assign").payload == {"lead": "KT", "coordinating": ("VHXH",)}
    company = planned(tmp_path, unit="Điện lực khu vực")
    assert the(company, "transfer").payload == {"addressees": ("DIEN",)}
    assert "assign" not in triggers(company)
    both = planned(tmp_path, unit="UBND xã\nĐiện lực khu vực")
    assert the(both, "transfer").payload == {"addressees": ("UBND", "DIEN")}
    assert [m.at for m in both.moves if m.trigger == "answer"] == ["UBND"], "the paper is numbered by the committee"
    assert [m.at for m in both.moves if m.trigger == "receive"] == ["UBND"], "the column is the committee's"


def test_of_several_addressees_nobody_is_guessed_to_have_answered(tmp_path: Path) -> None:
    plan = planned(tmp_path, unit="UBND xã\nĐiện lực khu vực", answer="ngày 25/8/2026")
    assert "answer" not in triggers(plan)
    assert "answerer_unclear" in codes(plan)


def test_an_unknown_unit_keeps_the_petition_where_it_is(tmp_path: Path) -> None:
    plan = planned(tmp_path, unit="Phòng Nào Đó")
    assert (plan.moves, codes(plan)) == ((), ["addressee_unknown"])


def test_a_petition_for_the_province_is_forwarded(tmp_path: Path) -> None:
    plan = planned(tmp_path, unit="Ủy ban nhân dân tỉnh", answer="220/UBND-KT ngày 30/8/2026")
    assert triggers(plan) == ["screen", "forward_higher", "record_higher_answer"]
    assert the(plan, "screen").payload == {"level": "province"}


def test_returned_noted_and_explained_at_the_meeting(tmp_path: Path) -> None:
    returned = planned(tmp_path, answer="", words="", result="Chuyển trả, không thuộc thẩm quyền")
    assert triggers(returned)[-1] == "return_wrong_authority"
    assert the(returned, "return_wrong_authority").payload["because"] == "wrong_authority"
    row, replay = read(tmp_path, registers.line(1, "Bà con phấn khởi", nature="Ý kiến", result="Ghi nhận"))
    assert triggers(replay.plan(row)) == ["note"]
    said = registers.line(1, "Đề nghị giải thích mức thu", result="Giải trình tại hội nghị", words="Đã giải trình")
    row, replay = read(tmp_path, said)
    assert [(m.trigger, m.payload) for m in replay.plan(row).moves] == [
        ("explain_at_meeting", {"explanation": "Đã giải trình"})
    ]


def test_times_raised_are_counted_with_unknown_days(tmp_path: Path) -> None:
    plan = planned(tmp_path, times=3)
    assert triggers(plan)[:2] == ["raise_again", "raise_again"]
    assert {m.on for m in plan.moves if m.trigger == "raise_again"} == {None}


@pytest.mark.parametrize(
    ("cell", "payload", "on"),
    [
        ("x", {"via": "other"}, None),
        ("05/9/2026", {"via": "other"}, date(2026, 9, 5)),
        (
            "Niêm yết tại nhà văn hóa ngày 05/9/2026",
            {"via": "notice_board", "note": "Niêm yết tại nhà văn hóa ngày 05/9/2026"},
            date(2026, 9, 5),
        ),
    ],
)
def test_telling_voters(tmp_path: Path, cell: str, payload: dict[str, str], on: date | None) -> None:
    told = the(planned(tmp_path, told=cell), "inform_voters")
    assert (told.payload, told.on) == (payload, on)
    assert "inform_voters" not in triggers(planned(tmp_path, told="Chưa thông báo"))


def test_a_result_is_judged_only_where_the_register_or_the_office_says_so(tmp_path: Path) -> None:
    assert "judge" not in triggers(planned(tmp_path))
    judged = the(planned(tmp_path, judged="Đã giải quyết xong", evidence="Biên bản nghiệm thu"), "judge")
    assert (judged.payload["result"], judged.payload["evidence"]) == ("resolved", "Biên bản nghiệm thu")
    row, replay = read(tmp_path, registers.whole(evidence="theo văn bản trả lời"))
    replay.results = Results.JUDGED
    by_office = the(replay.plan(row), "judge")
    assert by_office.payload["evidence"] == "theo văn bản trả lời: 56/BC-UBND ngày 25/08/2026"
    assert "evidence" not in the(planned(tmp_path, judged="Đã giải quyết xong", evidence="x"), "judge").payload


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("answer", "57/BC-UBND ngày 31/11/2025", "date_impossible"),
        ("letter", "12/HĐND-TT ngày 30/02/2026", "date_impossible"),
        ("unit_on", "31/11/2025", "date_impossible"),
        ("told", "Niêm yết ngày 31/11/2025", "date_impossible"),
    ],
)
def test_a_day_that_does_not_exist_rejects_the_row_at_its_column(
    tmp_path: Path, column: str, cell: str, code: str
) -> None:
    row, _ = read(tmp_path, registers.whole(1, registers.ROAD, **{column: cell}))
    assert [(problem.column, problem.code) for problem in row.errors] == [(registers.COLUMNS[column], code)]


@pytest.mark.parametrize("cell", ["không rõ", "?", "–", "chưa rõ"])
def test_a_day_that_is_said_to_be_unknown_is_unknown(tmp_path: Path, cell: str) -> None:
    row, _ = read(tmp_path, registers.whole(unit_on=cell))
    assert (row.is_rejected, row.late.unit_received_on) == (False, None)
