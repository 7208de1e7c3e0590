"""Before a letter goes out the office hears what a careful officer would say; nothing is refused for it."""

from __future__ import annotations

from datetime import date

from states.findings import Finding
from states.vocabulary import AgencyKind
from tests.office import LETTER, Office
from workflows import access, agencies, moving, sessions
from workflows.councils import AgencySpec, SessionSpec

AUGUST = date(2026, 8, 14)


def codes(found: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in found}


def screened(office: Office, **more: object) -> str:
    code = office.record(**more)  # type: ignore[arg-type]  # fields of the entry
    office.go(code, "screen", level="commune")
    return code


def offer(office: Office, code: str, trigger: str) -> tuple[Finding, ...]:
    with office.database.reading() as unit:
        seen = access.case(unit, code=code, actor=office.operator)
        found = [o.offer for o in moving.offers(unit, seen, actor=office.operator) if o.offer.trigger == trigger]
    return found[0].warnings


def soon(office: Office, opening: date) -> None:
    with office.database.writing() as unit:
        spec = SessionSpec(code="KH1", name="Kỳ họp bất thường", opening_on=opening)
        sessions.add(unit, setting=office.setting, session=spec, actor=office.operator)


def test_a_date_asked_before_the_regulation_s_is_said(office: Office) -> None:
    moved = office.go(screened(office), "transfer", AUGUST, document=LETTER, addressees=["UBND"], asked_by="2026-08-25")
    assert codes(moved.warnings) == {"asked_is_shorter"}
    assert "ngắn hơn Quy chế" in moved.warnings[0].text.vi
    assert moved.state == "with_authority"


def test_an_answer_that_comes_after_the_session_that_needs_it(office: Office) -> None:
    soon(office, date(2026, 9, 20))
    code = screened(office, session="KH1")
    assert "window_ends_after_session" in codes(offer(office, code, "transfer"))
    moved = office.go(code, "transfer", date(2026, 9, 9), document=LETTER, addressees=["UBND"])
    assert "window_ends_after_session" in codes(moved.warnings)


def test_petitions_raised_after_a_session_wait_for_no_opening(office: Office) -> None:
    soon(office, date(2026, 7, 20))
    code = screened(office, session="KH1", round_kind="after_session")
    assert "window_ends_after_session" not in codes(offer(office, code, "transfer"))


def test_an_addressee_that_ends_before_the_answer_is_due(office: Office) -> None:
    with office.database.writing() as unit:
        spec = AgencySpec(
            code="TAM", name="Ban tạm thời", kind=AgencyKind.SPECIALIZED_AGENCY, valid_to=date(2026, 8, 31)
        )
        agencies.add(unit, setting=office.setting, agency=spec, actor=office.operator)
    code = screened(office)
    moved = office.go(code, "transfer", AUGUST, addressees=["TAM", "UBND"])
    assert [w.text.vi for w in moved.warnings if w.code == "addressee_ceases"] == [
        "Ban tạm thời chỉ hoạt động đến hết 31/08/2026, trước khi hết hạn 03/09/2026."
    ]
    sent = office.go(code, "send", AUGUST, document=LETTER, referral=moved.referrals[0])
    assert "addressee_ceases" in codes(sent.warnings)


def test_a_calendar_that_may_still_change(office: Office) -> None:
    code = screened(office)
    moved = office.go(code, "transfer", date(2026, 8, 10), document=LETTER, addressees=["UBND"])
    assert "calendar_is_provisional" in codes(moved.warnings)


def test_other_moves_say_nothing_of_letters(office: Office) -> None:
    code, (referral,) = office.sent("UBND")
    assert codes(office.go(code, "receive", date(2026, 8, 10), referral=referral).warnings) == set()
    assert codes(offer(office, code, "raise_again")) == set()


def test_the_round_is_asked_for_only_where_a_limit_depends_on_it(office: Office) -> None:
    code = screened(office, round_kind="none")
    assert "no_round" in codes(offer(office, code, "transfer"))
    office.raw("DELETE FROM adoption", "UPDATE council SET reference_version = reference_version + 1")
    assert "no_window" in codes(offer(office, code, "transfer"))
