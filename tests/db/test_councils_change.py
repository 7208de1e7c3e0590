"""A council changes: agencies close and merge, people come and go, the sample goes away and leaves a clean office."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from states.errors import AlreadyExists, BadInput, NotFound, NotPermitted, Refused
from states.vocabulary import AgencyKind, Role
from tests.office import Office
from workflows import access, accounts, agencies, catalogues, demo_removal, listing, staffing, tokens
from workflows.councils import AgencySpec, CouncilSpec, PersonSpec, create
from workflows.demo_removal import Removed
from workflows.listing import CaseFilter
from workflows.sample.loading import SampleLoaded, load_sample
from workflows.sealing import seal
from workflows.verifying import verify

JUNE = date(2026, 6, 30)
KEY = b"k" * 32


def merged(office: Office, *codes: str, into: str = "KT", on: date = JUNE) -> list[agencies.Closed]:
    with office.database.writing() as unit:
        return agencies.merge(unit, setting=office.setting, codes=codes, into=into, last_day=on, actor=office["charge"])


def test_merged_agencies_keep_their_cases_and_name_their_successor(office: Office) -> None:
    code, _ = office.sent("VHXH")
    done = merged(office, "VHXH", "DIEN", on=date(2026, 8, 31))
    assert [(c.code, c.successor, c.waiting) for c in done] == [("VHXH", "KT", 1), ("DIEN", "KT", 0)]
    assert office.see(code).referrals[0]["agency_id"] == office.agencies["VHXH"]
    with office.database.reading() as unit:
        rows = {a.code: a for a in catalogues.agencies(unit, setting=office.setting).items}
    assert (rows["VHXH"].successor, rows["VHXH"].valid_to) == ("KT", date(2026, 8, 31))


def test_nothing_is_sent_to_an_agency_after_its_last_day(office: Office) -> None:
    merged(office, "VHXH")
    code = office.record()
    office.go(code, "screen", level="commune")
    with pytest.raises(Refused):
        office.go(code, "transfer", date(2026, 8, 6), addressees=["VHXH"])


def test_merging_is_all_or_none(office: Office) -> None:
    with pytest.raises(NotFound):
        merged(office, "VHXH", "KHAC")
    with office.database.reading() as unit:
        rows = {a.code: a for a in catalogues.agencies(unit, setting=office.setting).items}
    assert rows["VHXH"].valid_to is None


@pytest.mark.parametrize(("codes", "into"), [(("VHXH", "vhxh"), "KT"), (("KT",), "KT"), (("KT",), "CU")])
def test_a_merger_that_makes_no_sense_is_refused(office: Office, codes: tuple[str, ...], into: str) -> None:
    with pytest.raises(BadInput):
        merged(office, *codes, into=into)


def test_agencies_common_to_all_are_not_a_council_s_to_close(office: Office) -> None:
    with office.database.reading() as unit:
        common = next(a.code for a in catalogues.agencies(unit, setting=office.setting).items if a.common)
    with pytest.raises(BadInput):
        merged(office, common)


def test_a_code_is_given_once_and_only_by_those_in_charge(office: Office) -> None:
    spec = AgencySpec(code="kt", name="Phòng Kinh tế", kind=AgencyKind.SPECIALIZED_AGENCY)
    with office.database.writing() as unit, pytest.raises(AlreadyExists):
        agencies.add(unit, setting=office.setting, agency=spec, actor=office["charge"])
    with office.database.writing() as unit, pytest.raises(NotPermitted):
        agencies.add(unit, setting=office.setting, agency=spec, actor=office["ubnd"])


def test_who_leaves_records_no_more_and_keeps_the_name_in_history(office: Office) -> None:
    code = office.record(actor=office["clerk"])
    with office.database.writing() as unit:
        ended = staffing.leave(
            unit, setting=office.setting, login="clerk", last_day=date(2026, 9, 9), actor=office["charge"]
        )
    assert ended == 1
    with office.database.reading() as unit:
        assert accounts.account(unit, login="clerk").grants == ()
        held = {h.login: h for h in staffing.listed(unit, setting=office.setting)}
    assert held["clerk"].valid_to == date(2026, 9, 9)
    assert office.events(code)[0]["recorded_by"] == office["clerk"].account
    with office.database.writing() as unit, pytest.raises(NotFound):
        staffing.leave(unit, setting=office.setting, login="clerk", last_day=date(2026, 9, 9), actor=office["charge"])


def test_a_new_person_may_record_at_once(office: Office) -> None:
    with office.database.writing() as unit:
        person = PersonSpec(full_name="Lan Mới", agency="VP", role=Role.CLERK, login="lan")
        staffing.add(unit, setting=office.setting, person=person, actor=office["charge"])
    with office.database.reading() as unit:
        lan = accounts.account(unit, login="lan")
    assert office.record(actor=lan)


# --- the sample ---------------------------------------------------------------------------------------------------


def with_sample(office: Office, folder: Path) -> SampleLoaded:
    loaded = load_sample(office.database, today=date(2026, 9, 10))
    assert seal(office.database, key=KEY, export_to=folder) is not None
    return loaded


def removed(office: Office) -> Removed:
    with office.database.writing() as unit:
        return demo_removal.remove(unit, actor=office.operator)


def test_the_sample_leaves_an_office_as_it_was(office: Office, tmp_path: Path) -> None:
    own = office.record()
    with office.database.reading() as unit:
        before = catalogues.agencies(unit, setting=office.setting)
    loaded = with_sample(office, tmp_path)
    done = removed(office)
    assert done.councils == (loaded.council,)
    assert done.cases == loaded.cases
    with office.database.reading() as unit:
        cases = listing.cases(unit, actor=office.operator, wanted=CaseFilter(), total=True)
        assert [c.code for c in cases.items] == [own]
        assert cases.total == 1
        assert [c.code for c in catalogues.councils(unit, actor=office.operator)] == ["NP"]
        assert access.council(unit, actor=office.operator).council_code == "NP"
        assert catalogues.agencies(unit, setting=office.setting) == before


def test_no_case_person_or_token_of_the_sample_opens_any_door(office: Office, tmp_path: Path) -> None:
    loaded = with_sample(office, tmp_path)
    removed(office)
    codes = [row["code"] for row in office.rows('SELECT code FROM "case"')]
    assert codes
    with office.database.reading() as unit:
        for code in codes:
            with pytest.raises(NotFound):
                access.case(unit, code=code, actor=office.operator)
        with pytest.raises(NotFound):
            access.council(unit, code=loaded.council, actor=office.operator)
        for account in loaded.accounts:
            with pytest.raises(NotFound):
                accounts.account(unit, login=account.login)
            with pytest.raises(tokens.NotSignedIn):
                tokens.authenticate(unit, secret=account.token)
        found = listing.cases(unit, actor=office.operator, wanted=CaseFilter(text="đường"))
    assert found.items == ()


def test_history_and_seals_stay_whole(office: Office, tmp_path: Path) -> None:
    with_sample(office, tmp_path)
    events = len(office.rows("SELECT seq FROM event"))
    removed(office)
    office.record()
    with office.database.reading() as unit:
        found = verify(unit, key=KEY, exported=tmp_path)
    assert found.ok, found.faults
    assert found.events == events + 1


def test_logins_are_free_again_and_the_sample_can_come_back(office: Office, tmp_path: Path) -> None:
    loaded = with_sample(office, tmp_path)
    removed(office)
    with office.database.writing() as unit:
        person = PersonSpec(full_name="Dương", agency="VP", role=Role.CLERK, login=loaded.accounts[0].login)
        staffing.add(unit, setting=office.setting, person=person, actor=office["charge"])
    again = load_sample(office.database, today=date(2026, 9, 10))
    assert again.council != loaded.council
    assert removed(office).councils == (again.council,)


def test_a_council_of_one_s_own_is_never_taken_away(office: Office) -> None:
    with pytest.raises(NotFound):
        removed(office)
    with office.database.writing() as unit, pytest.raises(NotPermitted):
        demo_removal.remove(unit, actor=office["charge"])


def test_two_councils_of_one_s_own_must_be_named(office: Office) -> None:
    with office.database.writing() as unit:
        create(unit, spec=CouncilSpec(code="CM", name="HĐND xã Co Muông"), actor=office.operator)
    with office.database.reading() as unit, pytest.raises(BadInput):
        access.council(unit, actor=office.operator)
