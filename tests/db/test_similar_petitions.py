"""Which known petitions a new text is like, as whoever asks may know them."""

from __future__ import annotations

import pytest

from states.vocabulary import Confidentiality
from tests.db.test_import_recognises_repeats import ELSEWHERE, LONG, OTHER_WORDS, SHORTENED
from tests.office import Office
from workflows import similar
from workflows.similar import Similar


def like(office: Office, text: str, login: str = "clerk", limit: int = 5) -> list[Similar]:
    with office.database.reading() as unit:
        return list(similar.like(unit, text=text, setting=office.setting, actor=office[login], limit=limit))


def test_the_same_words_come_first_whatever_their_case_accents_and_order(office: Office) -> None:
    near, same = office.record(OTHER_WORDS), office.record(LONG)
    office.record(ELSEWHERE)
    office.record("Đề nghị lắp đèn đường ở chợ trung tâm xã")
    first, second, third = LONG.split(". ")[0], LONG.split(". ")[1], "3. "
    for text in (LONG, LONG.upper(), f"{third}{LONG}", f"{second}. {first}"):
        found = like(office, text)
        assert [(one.code, one.degree) for one in found][:1] == [(same, "same")], text
        assert found[0].score == 100
    assert [one.code for one in like(office, LONG)] == [same, near]
    assert like(office, LONG)[1].degree == "near"
    assert [one.code for one in like(office, LONG, limit=1)] == [same]


def test_a_copy_without_accents_or_cut_short_is_found(office: Office) -> None:
    code = office.record(LONG)
    plain = "cu tri phan anh tuyen duong lien ban tu trung tam xa vao ban na pat da xuong cap nghiem trong"
    assert [one.code for one in like(office, SHORTENED)] == [code]
    assert like(office, f"{plain}, mua mua xe khong di lai duoc, hoc sinh phai nghi hoc nhieu ngay")[0].code == code


def test_a_petition_to_the_same_pattern_about_another_place_is_not_like_it(office: Office) -> None:
    office.record(LONG)
    assert like(office, ELSEWHERE) == []
    office.record(f"{LONG} dài 120 mét")
    assert [one.degree for one in like(office, f"{LONG} dài 250 mét")] == ["near"], "only the one without a number"


def test_what_the_asker_may_not_see_is_not_there(office: Office) -> None:
    secret = office.record(LONG, actor=office["officer"], confidentiality=Confidentiality.RESTRICTED)
    assert like(office, LONG) == []
    assert like(office, LONG, "officer") == [], "a restricted petition is shown to nobody by a side door"
    code = office.record(LONG)
    assert [one.code for one in like(office, LONG)] == [code]
    assert like(office, LONG, "ubnd") == []
    assert secret != code


def test_ended_petitions_are_shown_merged_and_voided_ones_are_not(office: Office) -> None:
    codes = [office.record(LONG) for _ in range(3)]
    office.go(codes[0], "withdraw", words="Rút")
    office.go(codes[1], "merge", into=codes[2])
    found = like(office, LONG)
    assert [(one.code, one.final, one.times_raised) for one in found] == [(codes[0], True, 1), (codes[2], False, 2)]


@pytest.mark.parametrize("text", ["", " .,;", "đề nghị", '" OR 1=1 --', "* NEAR(a b)", "a" * 20_000])
def test_words_that_tell_nothing_find_nothing(office: Office, text: str) -> None:
    office.record(LONG)
    assert like(office, text) == []
