"""Two texts are the same, near, or other: words are weighed, numbers and places decide."""

from __future__ import annotations

import pytest

from workflows.likeness import NEAR, SAME, Degree, Likeness, folded_wording, likeness, names_in, wording

ROAD = (
    "Cử tri phản ánh tuyến đường vào bản Nà Pát dài 3 km đã xuống cấp, mùa mưa xe không đi lại được, học sinh phải nghỉ"
    " học. Đề nghị xã sớm sửa chữa"
)


def alike(one: str, other: str) -> Likeness:
    found = likeness(wording(one), wording(other))
    assert found == likeness(wording(other), wording(one))
    return found


@pytest.mark.parametrize(
    "other",
    [
        ROAD.upper(),
        f"12.3. {ROAD}",
        f"- {ROAD}!",
        "Đề nghị xã sớm sửa chữa. " + ROAD.split(". ", maxsplit=1)[0],
        (
            "cu tri phan anh tuyen duong vao ban na pat dai 3 km da xuong cap mua mua xe khong di lai duoc hoc sinh"
            " phai nghi hoc de nghi xa som sua chua"
        ),
    ],
)
def test_the_same_words_are_the_same_whatever_their_dress(other: str) -> None:
    assert alike(ROAD, other) == Likeness(100.0, Degree.SAME)


def test_a_word_or_two_more_is_still_the_same_unless_it_is_a_place_or_a_number() -> None:
    assert alike(ROAD, f"{ROAD} ngay").degree is Degree.SAME
    assert alike(ROAD, f"{ROAD} 12").degree is Degree.NEAR
    assert alike(ROAD, f"{ROAD} cho bản Co Muông").degree is Degree.NEAR


@pytest.mark.parametrize(
    ("old", "new"),
    [("Nà Pát", "Co Muông"), ("Nà Pát", "Nà Tấu"), ("3 km", "5 km"), ("3 km", "3a km")],
)
def test_another_place_or_number_is_another_petition(old: str, new: str) -> None:
    found = alike(ROAD, ROAD.replace(old, new))
    assert (found.degree, found.score < NEAR) == (Degree.OTHER, True)


def test_a_name_that_folds_to_a_common_word_is_still_a_name() -> None:
    one = f"Cử tri Kiên Giang kiến nghị: {ROAD}, đoạn giáp Hậu Giang"
    assert alike(one, one.replace("Kiên Giang", "Long An")).degree is Degree.OTHER


@pytest.mark.parametrize(
    ("old", "new"),
    [("xuống cấp", "hư hỏng"), ("mùa mưa", "mùa bão"), (". Đề nghị xã sớm sửa chữa", ""), ("tuyến", "tuyếh")],
)
def test_other_words_leave_it_to_a_person(old: str, new: str) -> None:
    found = alike(ROAD, ROAD.replace(old, new))
    assert found.degree is Degree.NEAR
    assert NEAR <= found.score < SAME


def test_a_slip_of_one_letter_in_a_long_name_is_left_to_a_person() -> None:
    one = ROAD.replace("Nà Pát", "Phiêng Khoài")
    assert alike(one, one.replace("Khoài", "Khoàì")).degree is Degree.SAME
    assert alike(one, one.replace("Phiêng", "Phiênq")).degree is Degree.NEAR


def test_short_texts_are_alike_only_word_by_word() -> None:
    assert alike("Đường xấu", "đường xấu.").degree is Degree.SAME
    assert alike("Đường xấu", "Đường xấu quá").degree is Degree.OTHER
    assert alike("", "Đường xấu").degree is Degree.OTHER


def test_names_stand_inside_sentences() -> None:
    assert names_in("Đề nghị sửa đường Nà Pát. Cử tri (Bản Co Muông) 3. Khoan giếng") == {"na", "pat", "co", "muong"}
    assert names_in("DE NGHI SUA DUONG") == {"nghi", "sua", "duong"}
    assert folded_wording("de nghi na pat").names == frozenset()
