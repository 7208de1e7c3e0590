"""A clerk compares the figures of a contact round, gathers a topic and reads the agenda of a session."""

from __future__ import annotations

from tests.cli.conftest import Terminal


def recorded(office: Terminal, kind: str, *said: str, on: str = "01/10/2026") -> str:
    sets = [word for one in said for word in ("--set", one)]
    return office.well(f"record --kind {kind} --on {on}", *sets).partition(":")[0]


def test_a_round_is_checked_line_by_line(office: Terminal) -> None:
    round_ = recorded(office, "contact_round", "name=Đợt 1", "round_kind=before_session", "session=KH2")
    assert "Chưa có số liệu để đối chiếu." in office.well(f"round check {round_}")
    meeting = recorded(office, "contact_meeting", f"round={round_}", "locality=Bản Nà Pát", "deputies=Lò A; Cầm B")
    assert "Bản Nà Pát" in office.well("cases --kind contact_meeting"), "a meeting without words is known by its place"
    assert "Đợt 1" in office.well(f"chain {round_}")
    counts = ("opinion_count=15", "answered_count=10", "satisfactory_count=10", "judged_by=both")
    sets = [word for one in (*counts, "forwarded_count=4", "deputies_present=2") for word in ("--set", one)]
    office.well(f"move {meeting} hold --on 05/10/2026", *sets)
    said = office.well(f"round check {round_}")
    assert f"✗ {meeting}: Số ý kiến, kiến nghị 15; giải trình thỏa đáng 10 + chuyển cơ quan" in said
    assert "thẩm quyền 4 = 14, thiếu 1" in said.replace("\n", " ")
    assert "2 trong 2 lượt đại biểu" in said
    told = office(f"round check {round_} --json").json
    assert [(one["where"], one["difference"]) for one in told["disagreements"]] == [(meeting, -1)]
    office.well(f"move {meeting} record_minutes --on 06/10/2026 --set forwarded_count=5")
    assert "✓ Số liệu khớp." in office.well(f"round check {round_}")
    assert office(f"round check {meeting}").code == 1


def test_petitions_are_gathered_into_a_topic_in_one_go(office: Terminal) -> None:
    topic = recorded(office, "topic", "text=Đường liên bản")
    codes = [recorded(office, "petition", f"text=Sửa đường số {n}", "round_kind=none") for n in range(3)]
    assert f"Đã xếp 3 kiến nghị vào {topic}." in office.well(f"topic gather {topic} {' '.join(codes)}")
    said = office.well(f"topic show {topic}")
    assert "Kiến nghị: 3 = Đã ghi nhận 3; 0 địa bàn, 3 lần nêu." in said
    long = recorded(office, "petition", "text=" + "Đường liên bản " * 20, "round_kind=none")
    office.well(f"topic gather {topic} {long}")
    assert [line for line in office.well(f"topic show {topic}").splitlines() if "Đường…" in line], "cut after a word"
    paper = "--number 29/BC-MTTQ --date 08/10/2026 --act compilation"
    office.well(f"document register {paper} --topic {topic} --on 08/10/2026")
    assert "4 = Đã tổng hợp 4" in office.well(f"topic show {topic}")
    assert office(f"topic gather {topic} NP-KN-26-0099").code == 1


def test_the_agenda_says_what_is_late(office: Terminal) -> None:
    item = ("text=Kế hoạch đầu tư công", "session=KH2", "agency=UBND", "ordinal=1", "due_on=2026-10-20")
    code = recorded(office, "session_document", *item)
    office.well(f"move {code} receive_file --on 25/10/2026")
    said = office.well("session agenda KH2")
    assert "25/10/2026" in said
    assert "1 nội dung, 1 hồ sơ chậm, 0 chưa đủ, 0 phải chuẩn bị lại." in said
    assert office("session agenda KH2 --json").json["items"][0]["days_late"] == 5
    assert office("session agenda KH9").code == 1
