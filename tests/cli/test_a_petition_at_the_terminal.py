"""One clerk at a terminal takes a petition from receipt to judgement; what is refused is said in sentences."""

from __future__ import annotations

from tests.cli.conftest import Terminal

CODE = "NP-KN-26-0001"


def recorded(office: Terminal, *more: str) -> str:
    said = office.well(
        'record --on 01/10/2026 --set "text=Đường vào bản lầy lội" --set round_kind=before_session', *more
    )
    return said.partition(":")[0]


def sent(office: Terminal) -> str:
    code = recorded(office)
    office.well(f"move {code} screen --on 02/10/2026 --set level=commune --set field=gt")
    letter = "--document '12/HĐND-TT; 05/10/2026' --on 05/10/2026"
    office.well(f"move {code} transfer {letter} --set addressees=UBND")
    return code


def test_from_receipt_to_resolution(office: Terminal) -> None:
    code = sent(office)
    assert code == CODE
    office.well(f"move {code} receive --on 06/10/2026 --set incoming_number=77")
    said = office(
        f"move {code} answer --on 20/10/2026 --set claimed=resolved --set words=xong --set copied_to_front=có"
    )
    assert said.code == 0
    assert "Văn bản trả lời còn thiếu: minh chứng" in said.out
    closed = office.well(f"move {code} judge --on 21/10/2026 --set result=resolved --set 'evidence=BB nghiệm thu'")
    assert closed.startswith(f"{code}: Đã kết thúc")
    shown = office.well(f"case {code}")
    assert shown.splitlines()[0] == f"{code}: Đã kết thúc; Văn phòng HĐND và UBND xã Nà Pát đang xử lý."
    assert "Đường vào bản lầy lội" in shown
    assert "reopen" in shown


def test_a_refusal_says_what_fails_and_what_holds(office: Terminal) -> None:
    code = sent(office)
    office.well(f"move {code} receive --on 06/10/2026")
    said = office(f"move {code} extend --on 07/10/2026 --set words=x")
    assert said.code == 1
    assert "✗ Chưa có ngày gia hạn đến hoặc số ngày gia hạn →" in said.err
    assert "✓ Hồ sơ chưa kết thúc" in said.err
    assert "Traceback" not in said.err


IMPOSSIBLE = (
    ("record --set text=x --on 31/11/2026", "Không có ngày 31/11: tháng 11 chỉ có 30 ngày"),
    ("record --set colour=red --set text=x", "không có trong biểu mẫu này"),
    ("record", "«Nội dung kiến nghị» chưa nhập"),
    ("record --set text", "viết tên=giá trị"),
    ("record --set text=x --set session=KH9", "không có mã KH9"),
    (f"move {CODE} fly", "Không có việc «fly»"),
    (f"move {CODE} judge --set result=resolved", "đang ở «Đã ghi nhận»"),
    (f"move {CODE} receive", "Hồ sơ chưa có lần chuyển nào"),
    (f"move {CODE} screen --set level=moon", "phải là một trong"),
    (f"move {CODE} screen --set level=commune --decided-by XX", "Không có cơ quan mã XX"),
    (f"move {CODE} screen --set level=commune --issuer UBND", "--document"),
    (f"move {CODE} screen --set level=commune --expected 9", "vào hồ sơ NP-KN-26-0001; nay là «Đã ghi nhận»"),
    ("case NP-KN-26-9999", "Không tìm thấy"),
    ("due --within soon", "viết số ngày"),
    ("cases --state flying", "phải là một trong"),
    ("cases --council XX", "Không có hội đồng này"),
    ("undo NP-KN-26-0001 --why nhầm", ""),
)


def test_what_cannot_be_done_is_a_sentence_and_exit_1(office: Terminal) -> None:
    recorded(office)
    for command, sentence in IMPOSSIBLE:
        said = office(command)
        assert said.code == 1, command
        assert sentence in said.err, command
        assert "Traceback" not in said.err, command


def test_a_command_that_cannot_be_read_ends_with_2(office: Terminal) -> None:
    assert office("move NP-KN-26-0001").code == 2
    assert office("fly").code == 2
    assert office("cases --lang fr").code == 2


def test_a_day_that_is_honestly_unknown(office: Terminal) -> None:
    office.well("record --set text=x --on unknown")
    assert office(f"case {CODE} --json").json["case"]["received_on"] is None


def test_the_referral_is_named_by_number_or_agency_and_found_where_only_one_fits(office: Terminal) -> None:
    office.well('council agencies add KT "Phòng Kinh tế"')
    code = recorded(office)
    office.well(f"move {code} screen --set level=commune")
    office.well(f"move {code} transfer --set addressees=UBND,KT --document '12/HĐND-TT; 05/10/2026' --on 05/10/2026")
    unclear = office(f"move {code} receive --on 06/10/2026")
    assert "1 = UBND" in unclear.err
    assert "2 = KT" in unclear.err
    office.well(f"move {code} receive --on 06/10/2026 --referral kt")
    office.well(f"move {code} receive --on 07/10/2026 --referral 1")
    office.well(f"move {code} assign --on 08/10/2026 --referral 1 --set lead=KT")
    states = [r["state"]["code"] for r in office(f"case {code} --json").json["case"]["referrals"]]
    assert states == ["assigned", "received"]


def test_the_last_move_goes_back_as_a_new_event(office: Terminal) -> None:
    code = sent(office)
    office.well(f"move {code} receive --on 06/10/2026")
    office.well(f"undo {code} --why 'nhầm ngày'")
    page = office(f"case {code} --json").json
    assert [e["trigger"]["code"] for e in page["story"]][-2:] == ["receive", "undo"]
    assert page["case"]["referrals"][0]["state"]["code"] == "sent"


def test_a_wrong_day_is_corrected_by_a_value_in_a_group(office: Terminal) -> None:
    code = sent(office)
    office.well(f"move {code} receive --on 06/10/2026 --set incoming_number=7")
    office.well(f"move {code} correct --set seq=6 --set on=07/10/2026 --set values.incoming_number=77 --set words=nhầm")
    page = office(f"case {code} --json").json
    assert page["case"]["referrals"][0]["incoming_number"] == "77"
    assert page["case"]["next_due_on"] == "2026-10-27"


def test_lists_count_what_they_leave_out(office: Terminal) -> None:
    for _ in range(3):
        recorded(office)
    assert "2 trên 3 hồ sơ." in office.well("cases --limit 2")
    found = office("cases --limit 0 --json").json
    assert (found["total"], len(found["items"])) == (3, 3)
    assert office("cases --text 'duong vao ban' --json").json["total"] == 3
    assert office("cases --text 'cầu treo' --json").json["total"] == 0


def test_what_is_due_within_days_and_overdue(office: Terminal) -> None:
    code = sent(office)
    assert code in office.well("due --within 3650d")
    assert office("due --within 0 --json").json["total"] in {0, 1}


def test_a_hostile_text_steers_no_terminal(office: Terminal) -> None:
    office.well("record", "--set", "text=\x1b[31mđỏ [bold]đậm[/bold] \x07")
    for command in ("cases", f"case {CODE}"):
        shown = office.well(command)
        assert "\x1b[31m" not in shown
        assert "[bold]đậm[/bold]" in shown


def test_explanations_at_the_terminal(office: Terminal) -> None:
    code = sent(office)
    office.well(f"move {code} receive --on 06/10/2026")
    shown = office.well(f"deadlines explain {code}")
    assert "Được 20 ngày để trả lời kiến nghị" in shown
    assert "vì đã ghi ngày nhận (sự kiện số 6)" in shown
    assert "20 calendar days for: answer to a petition" in office.well(f"deadlines explain {code} --lang en")
    (found,) = office(f"deadlines explain {code} --json").json
    assert found["due_on"] == "2026-10-26"
