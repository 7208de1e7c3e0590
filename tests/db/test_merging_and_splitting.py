"""Merged or split, both texts stay readable, times raised add up, and no age begins anew."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from states.entries import Petitioner
from states.errors import BadInput, ChangedSinceOpened, NotFound, Refused, UnknownTrigger
from states.vocabulary import Confidentiality
from tests.office import LETTER, Office
from workflows import describing, erasing, narrating, splitting, verifying
from workflows.splitting import Split, SplitOrder

ROAD, WELL, LAMP = "Đề nghị sửa đường vào bản", "Đề nghị khoan thêm giếng nước", "Đề nghị lắp đèn đường"
WHOLE = f"{ROAD}. {WELL}. {LAMP}"


def split(office: Office, code: str, *parts: str, login: str = "clerk", **more: Any) -> Split:
    order = SplitOrder(parts, office[login], more.pop("on", date(2026, 8, 4)), **more)
    with office.database.writing() as unit:
        return splitting.split(unit, code=code, order=order)


def view(office: Office, code: str, login: str = "clerk") -> describing.CaseView:
    with office.database.reading() as unit:
        seen = office.see(code)
        return describing.case_view(unit, seen, actor=office[login])


def sound(office: Office) -> bool:
    with office.database.reading() as unit:
        return verifying.verify(unit, key=None).ok


# --- merge --------------------------------------------------------------------------------------------------------


def test_a_merged_petition_adds_its_times_and_its_text_to_the_one_that_stays(office: Office) -> None:
    stays, goes, first = office.record(ROAD), office.record(f"{ROAD}, gấp"), office.record(WELL)
    office.go(goes, "raise_again")
    office.go(first, "merge", into=goes)
    office.go(goes, "merge", into=stays)
    assert office.see(stays).detail["times_raised"] == 4
    merged = view(office, stays).merged
    assert [(m.code, m.into, m.text, m.times_raised) for m in merged] == [
        (goes, stays, f"{ROAD}, gấp", 3), (first, goes, WELL, 1),
    ]  # fmt: skip
    assert view(office, goes).text == f"{ROAD}, gấp"
    with office.database.reading() as unit:
        last = narrating.story(unit, office.see(stays), actor=office["clerk"])[-1]
    assert (last.trigger.code, last.entry["merged"].value) == ("take_in", goes)
    assert sound(office)


def test_a_restricted_case_that_went_in_is_not_shown(office: Office) -> None:
    stays = office.record(ROAD)
    secret = office.record("Việc kín", actor=office["officer"], confidentiality=Confidentiality.RESTRICTED)
    office.go(secret, "merge", actor=office["officer"], into=stays)
    assert view(office, stays).merged == ()
    assert [m.code for m in view(office, stays, "officer").merged] == [secret]


def test_what_a_merge_counted_is_not_taken_back(office: Office) -> None:
    stays, goes = office.record(ROAD), office.record(ROAD)
    office.go(goes, "merge", into=stays)
    for code in (stays, goes):
        with pytest.raises(Refused):
            office.go(code, "undo", seq=2, words="nhầm")
    with pytest.raises(UnknownTrigger):
        office.go(stays, "take_in", merged=goes, times=5)


# --- split --------------------------------------------------------------------------------------------------------


def test_the_first_part_stays_and_the_others_are_born_with_the_same_past(office: Office) -> None:
    code = office.record(WHOLE, locality="Bản Nà Pát", petitioner=Petitioner(name="Lò Thị Hoa"))
    office.go(code, "raise_again")
    done = split(office, code, ROAD, WELL, LAMP, words="Ba việc khác nhau")
    assert [moved.code for moved in done.born] == ["NP-KN-26-0002", "NP-KN-26-0003"]
    whole = view(office, code)
    assert (whole.text, whole.state.code, whole.version) == (ROAD, "recorded", 3)
    for moved, text in zip(done.born, (WELL, LAMP), strict=True):
        part = view(office, moved.code)
        assert (part.text, part.received_on, part.session, part.locality) == (
            text, whole.received_on, "KH2", "Bản Nà Pát",
        )  # fmt: skip
        assert part.detail["times_raised"] == 2
        assert part.detail["round_kind"] == whole.detail["round_kind"]
        assert [(link.kind.code, link.code, link.outgoing) for link in part.links] == [("split_from", code, True)]
        assert office.see(moved.code).detail["petitioner_id"] == office.see(code).detail["petitioner_id"]
    with office.database.reading() as unit:
        story = narrating.story(unit, office.see(code), actor=office["clerk"])
    assert story[0].entry["text"].value == WHOLE
    assert story[-1].entry["text"].value == ROAD
    assert story[-1].entry["words"].value == "Ba việc khác nhau"
    assert list(story[-1].entry["parts"].value) == [moved.code for moved in done.born]
    assert sound(office)


def test_each_part_is_found_by_its_own_words(office: Office) -> None:
    from workflows import listing  # noqa: PLC0415 - only this scenario searches
    from workflows.listing import CaseFilter  # noqa: PLC0415 - the same

    code = office.record(WHOLE)
    done = split(office, code, ROAD, WELL)
    with office.database.reading() as unit:
        found = listing.cases(unit, actor=office["clerk"], wanted=CaseFilter(text="giếng nước"))
    assert [item.code for item in found.items] == [done.born[0].code]


def test_erasing_the_petitioner_of_one_part_erases_it_in_all(office: Office) -> None:
    code = office.record(WHOLE, petitioner=Petitioner(name="Lò Thị Hoa"))
    done = split(office, code, ROAD, f"{WELL} cho bà Lò Thị Hoa")
    assert len(office.rows("SELECT * FROM person_data")) == 1
    erased = erasing.erase_petitioner(
        office.database, code=done.born[0].code, actor=office["charge"], reason="Người kiến nghị yêu cầu"
    )
    assert set(erased.cases) == {code, done.born[0].code}
    assert sound(office)
    again = split(office, code, "Đề nghị sửa đường", "Đề nghị sửa cầu")
    assert office.see(again.born[0].code).detail["petitioner_id"] is None
    assert sound(office)


def test_the_parts_of_a_restricted_petition_stay_with_its_readers(office: Office) -> None:
    code = office.record(WHOLE, actor=office["officer"], confidentiality=Confidentiality.RESTRICTED)
    done = split(office, code, ROAD, WELL, login="officer")
    part = office.see(done.born[0].code, actor=office["officer"])
    assert part.row["confidentiality"] == "restricted"
    with pytest.raises(NotFound):
        office.see(done.born[0].code, actor=office["clerk"])


def test_a_petition_is_split_before_it_is_transferred(office: Office) -> None:
    code = office.record(WHOLE)
    office.go(code, "screen", level="commune", field=None)
    split(office, code, f"{ROAD}. {LAMP}", WELL)
    office.go(code, "transfer", document=LETTER, addressees=["UBND"])
    with pytest.raises(UnknownTrigger, match="Split"):
        split(office, code, ROAD, LAMP)
    assert len(office.rows('SELECT id FROM "case"')) == 2


def test_who_may_not_split_and_what_cannot_be_split_is_told(office: Office) -> None:
    code = office.record(WHOLE)
    with pytest.raises(Refused, match="council office"):
        split(office, code, ROAD, WELL, login="front")
    with pytest.raises(NotFound):
        split(office, code, ROAD, WELL, login="ubnd")
    for parts in ((), (ROAD,), (ROAD, "  ")):
        with pytest.raises(BadInput) as bad:
            split(office, code, *parts)
        assert "parts" in bad.value.problems
    with pytest.raises(ChangedSinceOpened):
        split(office, code, ROAD, WELL, expected=7)
    with pytest.raises(Refused, match="future"):
        split(office, code, ROAD, WELL, on=date(2027, 1, 1))
    assert office.see(code).row["seq"] == 1
    assert len(office.rows('SELECT id FROM "case"')) == 1


def test_a_split_ties_other_cases_and_stays(office: Office) -> None:
    code = office.record(WHOLE)
    split(office, code, ROAD, WELL)
    with pytest.raises(Refused):
        office.go(code, "undo", seq=2, words="nhầm")
    with pytest.raises(UnknownTrigger):
        office.go(code, "split", text=ROAD, parts=["NP-KN-26-0001"])
