"""Whom a reminder reaches: the people of the roles it names, within their rights, each once, whoever resolves it."""

from __future__ import annotations

import threading
from datetime import date, time

from sqlalchemy import update

from models.columns import table_of
from models.councils import Account, Appointment
from states.alerting import NoticeKind
from states.vocabulary import Confidentiality
from tests import mornings
from tests.mornings import MemoryChannel, at, choose, contact, deliver_at, duty, inbox, received
from tests.office import LETTER, Office
from workflows import councils, delivering
from workflows.councils import CouncilSpec, PersonSpec

REMINDED, OVERDUE = at(date(2026, 8, 25)), at(date(2026, 8, 28))


def outcomes(office: Office) -> list[tuple[str, str | None]]:
    return [
        (row["outcome"], row["why_en"]) for row in office.rows("SELECT outcome, why_en FROM notice ORDER BY due_at")
    ]


def disable(office: Office, login: str) -> None:
    with office.database.writing() as unit:
        account = table_of(Account)
        unit.run(update(account).where(account.c.login == login).values(disabled_at=unit.now))


def test_a_reminder_reaches_who_has_it_in_hand_and_the_contacts_of_the_agency(office: Office) -> None:
    code, _ = received(office)
    office.go(code, "entrust", date(2026, 8, 7), officer="officer")
    choose(office, "ubnd")
    contact(office, "UBND", "dm@ubnd.example.vn")
    contact(office, "UBND", "thay@ubnd.example.vn", place=2)
    contact(office, "KT", "kt@example.vn")
    channel = MemoryChannel()
    deliver_at(office, REMINDED, channel)
    assert len(inbox(office, "ubnd")) == len(inbox(office, "officer")) == 2  # 21/08 and 25/08
    assert inbox(office, "kt") == inbox(office, "charge") == inbox(office, "clerk") == []
    assert sorted(letter.address for letter in channel.letters) == [
        "dm@ubnd.example.vn", "thay@ubnd.example.vn", "ubnd@example.vn",
    ]  # fmt: skip


def test_the_lead_unit_is_told_in_place_of_the_office_that_signs(office: Office) -> None:
    code, (referral,) = received(office)
    office.go(code, "assign", date(2026, 8, 7), referral=referral, lead="KT")
    contact(office, "UBND", "dm@ubnd.example.vn")
    contact(office, "KT", "dm@kt.example.vn")
    channel = MemoryChannel()
    deliver_at(office, REMINDED, channel)
    assert len(inbox(office, "kt")) == 1  # the head, by the rung that names heads
    assert {letter.address for letter in channel.letters} == {"dm@kt.example.vn"}
    assert len(inbox(office, "ubnd")) == 2  # the unit has neither officer nor clerk with an account


def test_when_it_is_overdue_the_council_office_is_told_too(office: Office) -> None:
    received(office)
    deliver_at(office, OVERDUE)
    assert len(inbox(office, "charge")) == 2
    assert inbox(office, "standing") == []
    assert {outcome for outcome, _ in outcomes(office)} == {"told"}


def test_each_notice_is_told_once_however_many_resolve_it_at_once(office: Office) -> None:
    for n in range(12):
        received(office, f"Đề nghị sửa đường số {n}")
    choose(office, "ubnd")
    mornings.sweep_at(office, OVERDUE)
    failed: list[BaseException] = []

    def resolve() -> None:
        try:
            delivering.deliver(office.database, [])
        except BaseException as error:  # noqa: BLE001 - told by the test
            failed.append(error)

    threads = [threading.Thread(target=resolve) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(inbox(office, "ubnd")) == len(set(inbox(office, "ubnd"))) == 12 * 4
    assert [row["n"] for row in office.rows("SELECT count(*) AS n FROM message")] == [1]
    assert {outcome for outcome, _ in outcomes(office)} == {"told"}


def test_what_nobody_is_there_for_goes_to_the_council_office(office: Office) -> None:
    received(office, "Điện yếu", "VHXH")
    deliver_at(office, REMINDED)
    assert len(inbox(office, "charge")) == len(inbox(office, "clerk")) == 2
    assert inbox(office, "officer") == []


def test_where_nobody_at_all_can_be_told_it_is_counted(office: Office) -> None:
    for login in ("charge", "clerk", "ubnd", "kt"):
        disable(office, login)
    received(office)
    done = deliver_at(office, REMINDED)
    assert (done.told, done.untold) == (0, 2)
    assert outcomes(office) == [("untold", "There is nobody who may be told")] * 2


def test_who_left_is_told_nothing(office: Office) -> None:
    received(office)
    held = table_of(Appointment)
    with office.database.writing() as unit:
        unit.run(update(held).where(held.c.agency_id == office.agencies["UBND"]).values(valid_to=date(2026, 8, 20)))
    deliver_at(office, REMINDED)
    assert inbox(office, "ubnd") == []


def test_of_a_restricted_case_only_named_readers_hear_and_their_letters_say_the_code_alone(office: Office) -> None:
    office.clock.now = at(date(2026, 8, 6))
    code = office.record("Tố cáo ông Lò Văn X", confidentiality=Confidentiality.RESTRICTED)
    code, (referral,) = office.sent("UBND", code=code)
    office.clock.now = at(mornings.RECEIVED)
    office.go(code, "receive", mornings.RECEIVED, referral=referral)
    office.go(code, "entrust", date(2026, 8, 6), officer="officer")
    choose(office, "officer")
    choose(office, "ubnd")
    contact(office, "UBND", "dm@ubnd.example.vn")
    channel = MemoryChannel()
    deliver_at(office, REMINDED, channel)
    assert inbox(office, "ubnd") == []
    (letter,) = channel.letters
    assert letter.address == "officer@example.vn"
    assert code in letter.text
    assert "Lò Văn X" not in letter.text + letter.html + letter.subject


def test_an_agency_that_lost_the_case_again_is_told_nothing(office: Office) -> None:
    code, (referral,) = received(office)
    mornings.sweep_at(office, at(date(2026, 8, 25), time(0, 1)))
    office.go(code, "recall", date(2026, 8, 25), referral=referral)
    done = deliver_at(office, REMINDED)
    assert (done.told, done.settled) == (0, 2)
    assert inbox(office, "ubnd") == []


def test_what_is_settled_before_it_is_told_is_dropped_with_the_reason(office: Office) -> None:
    code, (referral,) = received(office)
    mornings.sweep_at(office, at(date(2026, 8, 25), time(0, 1)))
    office.clock.now = at(date(2026, 8, 25), time(7, 0))
    office.go(code, "answer", date(2026, 8, 25), referral=referral, claimed="explained", words="Đã có kế hoạch")
    done = deliver_at(office, REMINDED)
    assert (done.told, done.settled, done.untold) == (0, 2, 0)
    assert outcomes(office) == [("dropped", "The time limit runs no longer, or to another day")] * 2


def test_what_still_stands_under_the_new_date_is_told_with_it(office: Office) -> None:
    """A reminder that had fired for the earlier date and would have fired for the new one is not lost."""
    code, _ = received(office)
    mornings.sweep_at(office, at(date(2026, 8, 25), time(0, 1)))
    office.clock.now = at(date(2026, 8, 25), time(7, 0))
    seq = next(e["seq"] for e in office.events(code) if e["trigger"] == "receive")
    office.go(code, "correct", date(2026, 8, 25), seq=seq, on="2026-08-06", words="ghi nhầm ngày đến")
    choose(office, "ubnd")
    channel = MemoryChannel()
    deliver_at(office, REMINDED, channel)
    (letter,) = channel.letters
    assert "26/08/2026" in letter.text


def test_a_proposal_goes_to_who_decides_and_no_longer_once_it_is_decided(office: Office) -> None:
    code, (referral,) = received(office)
    mornings.sweep_at(office, at(date(2026, 8, 28), time(0, 1)))
    office.clock.now = at(date(2026, 8, 28), time(7, 0))
    office.go(code, "urge", date(2026, 8, 28), referral=referral, document=LETTER)
    deliver_at(office, OVERDUE)
    assert ("dropped", "What was proposed is decided or not possible") in outcomes(office)
    assert len(inbox(office, "charge")) == 1


def test_a_duty_goes_to_its_roles_and_an_alarm_of_the_installation_to_who_runs_it(office: Office) -> None:
    spec = CouncilSpec(
        code="PM",
        name="HĐND xã Phiêng Mu",
        people=(
            PersonSpec(full_name="Người Xã Khác", agency="VP", role="council_office", login="other"),
            PersonSpec(full_name="Người Quản Trị", agency="VP", role="administrator", login="admin"),
        ),
    )
    with office.database.writing() as unit:
        councils.create(unit, spec=spec, actor=office.operator)
    duty(office, "duty:1", "standing_body", "council_office")
    duty(office, "duty:2")
    duty(office, "alarm:1", everywhere=True, kind=NoticeKind.ALARM, sentence="Chưa gửi được thư từ 10 phút")
    deliver_at(office, at(date(2026, 9, 11)))
    assert inbox(office, "standing") == ["duty:1"]
    assert sorted(inbox(office, "charge")) == ["duty:1", "duty:2"]
    assert inbox(office, "other") == []
    assert inbox(office, "admin") == ["alarm:1"]
    assert inbox(office, "operator: test") == ["alarm:1"]


def test_a_duty_that_is_not_due_yet_waits(office: Office) -> None:
    duty(office, "duty:later", "council_office", due_at=at(date(2026, 9, 12), time(0, 0)))
    deliver_at(office, at(date(2026, 9, 11)))
    assert inbox(office, "charge") == []
    deliver_at(office, at(date(2026, 9, 12), time(0, 1)))
    assert inbox(office, "charge") == ["duty:later"]
