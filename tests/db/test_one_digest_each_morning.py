"""One letter to one person on one morning: what is in it, when it goes, through whom, and what is left out."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

import pytest
from sqlalchemy import text

from models.units import HANOI, connect
from states.alerting import MailTrouble
from states.errors import BadInput, NotFound, Unavailable
from tests import mornings
from tests.mornings import MemoryChannel, at, choose, contact, deliver_at, duty, inbox, received
from tests.office import Office
from workflows import delivering
from workflows.delivering import previewing
from workflows.delivering.channels import Letter, Outcome

THURSDAY, FRIDAY, MONDAY = date(2026, 9, 10), date(2026, 9, 11), date(2026, 9, 14)


def letters(office: Office) -> list[dict[str, Any]]:
    return office.rows(
        "SELECT CAST(digest_on AS varchar(10)) AS day, state, trouble, error, attempts FROM message ORDER BY digest_on"
    )


def left_out(office: Office) -> list[str | None]:
    return [row["left_out"] for row in office.rows("SELECT left_out FROM message_item ORDER BY cause")]


def local(letter: Letter) -> datetime:
    return letter.at.astimezone(HANOI).replace(tzinfo=None)


def test_a_letter_says_everything_most_overdue_first_with_the_day_in_words(office: Office) -> None:
    late, _ = received(office, "Đường vào bản Nà Pát lầy lội")
    office.clock.now = at(date(2026, 8, 19))
    newer, (referral,) = office.sent("UBND", on=date(2026, 8, 19), code=office.record("Điện yếu", on=date(2026, 8, 19)))
    office.go(newer, "receive", date(2026, 8, 19), referral=referral)
    choose(office, "charge")
    choose(office, "ubnd")
    duty(office, "duty:1", "council_office")
    channel = MemoryChannel()
    deliver_at(office, at(date(2026, 9, 9)), channel)
    by_address = {letter.address: letter for letter in channel.letters}
    assert set(by_address) == {"charge@example.vn", "ubnd@example.vn"}
    ours = by_address["charge@example.vn"]
    assert ours.subject == "[Dondoc] 3 việc cần xử lý, 2 quá hạn - thứ Tư 09/09/2026"
    places = [ours.text.index(word) for word in (late, newer, "Ngày mai tiếp công dân")]
    assert places == sorted(places)
    assert "Thời hạn: chậm nhất hết ngày thứ Năm 27/08/2026 (quá hạn 13 ngày)" in ours.text
    assert "Nội dung: Đường vào bản Nà Pát lầy lội" in ours.text
    assert f"Mở hồ sơ: dondoc case {late}" in ours.text
    assert "Xem xét đề xuất: Đôn đốc" in ours.text
    assert "làm xong ngay" in by_address["ubnd@example.vn"].text


def test_a_letter_speaks_english_and_gives_links_where_it_is_asked_to(office: Office) -> None:
    code, _ = received(office)
    choose(office, "ubnd", language="en")
    channel = MemoryChannel()
    deliver_at(office, at(date(2026, 8, 25)), channel, public_url="https://dondoc.example.vn")
    (letter,) = channel.letters
    assert letter.subject == "[Dondoc] 1 task - Tuesday 25/08/2026"
    assert "Due: by the end of Thursday 27/08/2026 (2 working days left)" in letter.text
    assert f"https://dondoc.example.vn/api/v1/cases/{code}" in letter.text
    assert f'href="https://dondoc.example.vn/api/v1/cases/{code}"' in letter.html


def test_a_preview_is_the_letter_that_will_be_sent_and_writes_nothing(office: Office) -> None:
    code, _ = received(office)
    choose(office, "ubnd")
    mornings.sweep_at(office, at(date(2026, 8, 25), time(0, 5)))
    with office.database.reading() as unit:
        seen = previewing.preview(unit, code=code, actor=office["ubnd"], language=None, public_url=None)
    assert letters(office) == []
    channel = MemoryChannel()
    deliver_at(office, at(date(2026, 8, 25)), channel)
    (letter,) = channel.letters
    assert (seen.subject, seen.text, seen.html) == (letter.subject, letter.text, letter.html)
    with office.database.reading() as unit, pytest.raises(NotFound):
        previewing.preview(unit, code=code, actor=office["kt"], language=None, public_url=None)
    other = office.record()
    with office.database.reading() as unit, pytest.raises(BadInput, match="No time limit runs"):
        previewing.preview(unit, code=other, actor=office.operator, language=None, public_url=None)


def test_every_proposal_that_waits_is_told_and_a_group_of_one_never(office: Office) -> None:
    """A late petition alone is questioned by nobody (office.md); a later proposal hides none before it."""
    alone, _ = received(office)
    choose(office, "standing")
    choose(office, "charge")
    for day in (date(2026, 8, 28), date(2026, 9, 25), date(2026, 11, 16), date(2026, 11, 21)):
        mornings.sweep_at(office, at(day, time(0, 5)))
    channel = MemoryChannel()
    deliver_at(office, at(date(2026, 11, 23)), channel)
    ours, body = (next(one.text for one in channel.letters if login in one.address) for login in ("charge", "standing"))
    assert "Đưa ra phiên họp Thường trực" in body
    assert "Đưa vào danh mục trình kỳ họp" in body
    assert "nhóm vấn đề chất vấn" not in body
    assert "Đôn đốc" in ours
    with office.database.reading() as unit:
        for login in ("standing", "ubnd"):
            shown = previewing.preview(unit, code=alone, actor=office[login], language=None, public_url=None).text
            assert "nhóm vấn đề chất vấn" not in shown
        assert (
            "Đưa ra phiên họp"
            in previewing.preview(unit, code=alone, actor=office["standing"], language=None, public_url=None).text
        )


def test_whoever_gives_no_address_has_the_inbox_alone(office: Office) -> None:
    received(office)
    deliver_at(office, at(date(2026, 8, 25)), MemoryChannel())
    assert len(inbox(office, "ubnd")) == 2
    assert letters(office) == []


def test_what_falls_due_at_night_on_a_day_off_or_in_tet_waits_for_the_morning(office: Office) -> None:
    choose(office, "charge", digest_at=time(8, 15))
    for n, day in enumerate((date(2026, 8, 29), date(2026, 9, 1), date(2026, 9, 2))):  # Quốc khánh
        office.clock.now = at(day, time(3, 0))
        duty(office, f"duty:{n}", "council_office")
    channel = MemoryChannel()
    for number, hour in ((29, 8), (31, 8), (31, 23)):
        deliver_at(office, at(date(2026, 8, number), time(hour, 30)), channel)
    deliver_at(office, at(date(2026, 9, 2), time(9, 0)), channel)
    deliver_at(office, at(date(2026, 9, 3), time(8, 14)), channel)
    assert channel.letters == []
    assert len(inbox(office, "charge")) == 3
    deliver_at(office, at(date(2026, 9, 3), time(8, 15, 30)), channel)
    (letter,) = channel.letters
    assert letter.subject == "[Dondoc] 3 việc cần xử lý - thứ Năm 03/09/2026"


def test_what_comes_after_the_letter_of_the_day_goes_into_the_next_one(office: Office) -> None:
    choose(office, "charge")
    channel = MemoryChannel()
    office.clock.now = at(THURSDAY, time(6, 0))
    duty(office, "duty:1", "council_office")
    deliver_at(office, at(THURSDAY, time(6, 5)), channel)
    duty(office, "duty:2", "council_office")
    deliver_at(office, at(THURSDAY, time(7, 31)), channel)
    duty(office, "duty:3", "council_office")
    deliver_at(office, at(THURSDAY, time(9, 0)), channel)
    assert [letter.subject.split(" - ")[0] for letter in channel.letters] == ["[Dondoc] 2 việc cần xử lý"]
    deliver_at(office, at(FRIDAY, time(7, 31)), channel)
    assert len(channel.letters) == 2
    assert [row["day"] for row in letters(office)] == ["2026-09-10", "2026-09-11"]


def test_a_letter_that_could_not_leave_while_the_machine_was_off_goes_with_what_came_since(office: Office) -> None:
    """A machine that is started on a Saturday night writes to nobody, and to everybody once on Monday."""
    choose(office, "charge")
    channel = MemoryChannel()
    office.clock.now = at(FRIDAY, time(6, 0))
    duty(office, "duty:1", "council_office")
    deliver_at(office, at(FRIDAY, time(6, 5)))
    deliver_at(office, at(date(2026, 9, 12), time(23, 0)), channel)
    duty(office, "duty:2", "council_office")
    deliver_at(office, at(date(2026, 9, 13), time(2, 0)), channel)
    assert channel.letters == []
    deliver_at(office, at(MONDAY, time(7, 31)), channel)
    assert [letter.subject for letter in channel.letters] == ["[Dondoc] 2 việc cần xử lý - thứ Hai 14/09/2026"]


def test_what_is_settled_while_a_letter_waits_is_left_out_and_an_empty_letter_is_dropped(office: Office) -> None:
    code, (referral,) = received(office)
    choose(office, "ubnd")
    channel = MemoryChannel()
    deliver_at(office, at(date(2026, 8, 25), time(0, 5)), channel)
    office.clock.now = at(date(2026, 8, 25), time(7, 0))
    office.go(code, "answer", date(2026, 8, 25), referral=referral, claimed="explained", words="Đã có kế hoạch")
    done = deliver_at(office, at(date(2026, 8, 25)), channel)
    assert channel.letters == []
    assert done.dropped == 1
    assert [(row["state"], row["trouble"]) for row in letters(office)] == [("dropped", "empty")]
    assert set(left_out(office)) == {"settled"}


def test_a_limit_is_told_once_by_its_last_rung(office: Office) -> None:
    received(office)
    choose(office, "charge")
    channel = MemoryChannel()
    deliver_at(office, at(date(2026, 8, 28)), channel)
    assert len(inbox(office, "charge")) == 2
    (letter,) = channel.letters
    assert letter.subject.startswith("[Dondoc] 1 việc")
    assert "Xem xét đề xuất: " in letter.text
    assert sorted(filter(None, left_out(office))) == ["covered"]


def test_who_may_no_longer_see_a_case_reads_nothing_of_it(office: Office) -> None:
    code, _ = received(office)
    choose(office, "ubnd")
    channel = MemoryChannel()
    deliver_at(office, at(date(2026, 8, 25), time(0, 5)), channel)
    office.raw(f"UPDATE \"case\" SET confidentiality = 'restricted' WHERE code = '{code}'")
    deliver_at(office, at(date(2026, 8, 25)), channel)
    assert channel.letters == []
    assert set(left_out(office)) == {"hidden"}


@pytest.mark.parametrize("effect", ["service", "regulation", "statutory"])
def test_letters_can_be_switched_off_but_not_what_a_law_or_a_regulation_demands(office: Office, effect: str) -> None:
    received(office)
    office.raw(f"UPDATE clock SET effect = '{effect}'")
    choose(office, "ubnd", mail=False)
    choose(office, "charge", mail=False)
    duty(office, "duty:1", "council_office")
    channel = MemoryChannel()
    deliver_at(office, at(date(2026, 8, 25)), channel)
    wanted = [] if effect == "service" else ["ubnd@example.vn"]
    assert [letter.address for letter in channel.letters] == wanted
    assert len(inbox(office, "ubnd")) == 2


def test_who_switches_letters_off_while_one_waits_gets_only_what_must_be(office: Office) -> None:
    choose(office, "charge")
    office.clock.now = at(THURSDAY, time(6, 0))
    duty(office, "duty:1", "council_office")
    channel = MemoryChannel()
    deliver_at(office, at(THURSDAY, time(6, 5)), channel)
    office.raw("UPDATE notice_choice SET mail = FALSE")
    deliver_at(office, at(THURSDAY), channel)
    assert channel.letters == []
    assert left_out(office) == ["mail_off"]


def test_letters_are_redirected_to_who_may_see_the_case_and_both_have_it_in_the_inbox(office: Office) -> None:
    received(office)
    choose(office, "ubnd", redirect_to="charge")
    choose(office, "charge")
    channel = MemoryChannel()
    deliver_at(office, at(date(2026, 8, 25)), channel)
    assert [letter.address for letter in channel.letters] == ["charge@example.vn"]
    assert len(inbox(office, "ubnd")) == len(inbox(office, "charge")) == 2


def test_what_is_redirected_to_somebody_who_may_not_see_it_stays(office: Office) -> None:
    received(office)
    choose(office, "ubnd", redirect_to="kt")
    choose(office, "kt")
    channel = MemoryChannel()
    deliver_at(office, at(date(2026, 8, 25)), channel)
    assert [letter.address for letter in channel.letters] == ["ubnd@example.vn"]
    assert inbox(office, "kt") == []


def withdrawn(office: Office, code: str) -> None:
    """Correct the receipt: what was said on 25/08 of a limit that ends on 27/08 was never true."""
    seq = next(e["seq"] for e in office.events(code) if e["trigger"] == "receive")
    office.go(code, "correct", date(2026, 8, 25), seq=seq, on="2026-08-20", words="ghi nhầm ngày đến")


def test_a_reminder_that_was_wrong_is_corrected_to_those_who_were_told(office: Office) -> None:
    code, _ = received(office)
    choose(office, "ubnd")
    contact(office, "UBND", "dm@ubnd.example.vn")
    choose(office, "charge")
    channel = MemoryChannel()
    deliver_at(office, at(date(2026, 8, 25)), channel)
    assert len(channel.letters) == 2
    office.clock.now = at(date(2026, 8, 25), time(10, 0))
    withdrawn(office, code)
    deliver_at(office, at(date(2026, 8, 26)), channel)
    corrections = channel.letters[2:]
    assert sorted(letter.address for letter in corrections) == ["dm@ubnd.example.vn", "ubnd@example.vn"]
    assert {letter.subject for letter in corrections} == {"[Dondoc] 1 lời nhắc rút lại - thứ Tư 26/08/2026"}
    assert f"{code}: Lời nhắc đã gửi về" in corrections[0].text
    assert [cause.split(":")[0] for cause in inbox(office, "ubnd")] == ["rung", "rung", "withdrawal", "withdrawal"]
    assert inbox(office, "charge") == []


def test_a_reminder_whose_letter_did_not_go_is_taken_out_of_it(office: Office) -> None:
    code, _ = received(office)
    choose(office, "ubnd")
    channel = MemoryChannel()
    deliver_at(office, at(date(2026, 8, 25), time(0, 5)), channel)
    office.clock.now = at(date(2026, 8, 25), time(6, 0))
    withdrawn(office, code)
    duty(office, "duty:1", "officer")
    deliver_at(office, at(date(2026, 8, 25)), channel)
    assert channel.letters == []
    assert set(left_out(office)) == {"withdrawn"}
    assert "withdrawal" in {cause.split(":")[0] for cause in inbox(office, "ubnd")}


def test_a_reminder_nobody_heard_of_needs_no_correction(office: Office) -> None:
    code, _ = received(office)
    mornings.sweep_at(office, at(date(2026, 8, 25), time(0, 5)))
    office.clock.now = at(date(2026, 8, 25), time(6, 0))
    withdrawn(office, code)
    done = delivering.deliver(office.database, [MemoryChannel()])
    assert (done.told, done.settled) == (0, 4)
    assert inbox(office, "ubnd") == []


def test_a_letter_that_may_have_arrived_counts_as_one_that_did(office: Office) -> None:
    code, _ = received(office)
    choose(office, "ubnd")
    doubtful = MemoryChannel(lambda _letter: Outcome(MailTrouble.BROKEN_OFF, in_doubt=True))
    deliver_at(office, at(date(2026, 8, 25)), doubtful)
    office.clock.now = at(date(2026, 8, 25), time(10, 0))
    withdrawn(office, code)
    channel = MemoryChannel()
    deliver_at(office, at(date(2026, 8, 26)), channel)
    assert [letter.subject.split(" - ")[0] for letter in channel.letters] == ["[Dondoc] 1 lời nhắc rút lại"]


def test_a_month_of_days_brings_one_letter_a_morning_at_the_most(office: Office) -> None:
    for n in range(6):
        received(office, f"Đề nghị sửa đường số {n}")
    for login in ("ubnd", "charge", "standing"):
        choose(office, login)
    channel = MemoryChannel()
    mornings.pass_days(office, date(2026, 9, 30), channel)
    days = [(letter.address, local(letter).date()) for letter in channel.letters]
    assert len(days) == len(set(days)) == 6
    assert {day for address, day in days if address.startswith("ubnd")} == {
        date(2026, 8, 21), date(2026, 8, 25), date(2026, 8, 27), date(2026, 8, 28),
    }  # fmt: skip
    assert all(time(6, 0) <= local(letter).time() < time(17, 0) for letter in channel.letters)


def test_a_database_that_goes_away_while_letters_are_sent_loses_none(office: Office) -> None:
    """Every connection to the server is ended at the fifth letter; on SQLite there is none to end."""
    addresses = mornings.many_letters(office, 40, MONDAY)
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    server = connect(office.database.engine.url.render_as_string(hide_password=False))

    def answer(_letter: Letter) -> Outcome:
        if len(channel.letters) == 5 and office.database.dialect == "postgresql":
            with server.writing() as unit:
                unit.run(text(f"{others} AND datname = current_database()"))
        return Outcome()

    channel = MemoryChannel(answer)
    for minutes in range(0, 30, 5):
        with suppress(Unavailable):
            deliver_at(office, at(MONDAY, time(8, minutes)), channel)
    server.close()
    assert {letter.address for letter in channel.letters} == set(addresses)
    assert {row["state"] for row in letters(office)} == {"sent"}
