from __future__ import annotations

import pytest

from workflows.importing.matching import Matcher

AGENCIES = Matcher(
    [
        ("mof", "BTC", "Bộ Tài chính", []),
        ("mpi", "bkhdt", "Bộ Kế hoạch và Đầu tư", []),
        ("moit", "", "Bộ Công Thương", ["bct"]),
        ("molisa", "", "Bộ Lao động - Thương binh và Xã hội", ["bld"]),
        ("mot", "", "Sở Giao thông vận tải", []),
        ("donre", "", "Sở Tài nguyên và Môi trường", []),
        ("upc", "", "Ủy ban nhân dân xã Quốc Khánh", []),
        ("council", "", "Thường trực Hội đồng nhân dân xã Quốc Khánh", []),
        ("sbv", "nh", "Ngân hàng Nhà nước Việt Nam", []),
        ("court", "", "Tòa án nhân dân tối cao", []),
        ("na", "", "Quốc hội", []),
    ]
)
PLACES = Matcher(
    [
        ("hcm", "79", "Thành phố Hồ Chí Minh", []),
        ("kg", "91", "tỉnh Kiên Giang", []),
        ("dl", "66", "Đắk Lắk", ["Đắc Lắc"]),
        ("brvt", "77", "Bà Rịa - Vũng Tàu", []),
        ("xa-lb", "", "xã Lộc Bình", []),
        ("p-lb", "", "phường Lộc Bình", []),
        ("qk", "", "xã Quốc Khánh", []),
        ("hoa1", "", "xã Tân Hòa", []),
        ("hoa2", "", "xã Tân Hóa", []),
        ("q5", "", "Quận 5", []),
        ("p5", "", "Phường 5", []),
    ]
)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("BTC", "mof"),
        ("btc", "mof"),
        ("bộ tài chính", "mof"),
        ("Bo Tai chinh", "mof"),
        ("BKHĐT", "mpi"),
        ("BKHDT", "mpi"),
        ("Bộ KHĐT", "mpi"),
        ("Bộ KH&ĐT", "mpi"),
        ("Bộ Kế hoạch - Đầu tư", "mpi"),
        ("bct", "moit"),
        ("bld", "molisa"),
        ("Bộ LĐ-TB&XH", None),
        ("Bộ LĐTBXH", "molisa"),
        ("Sở GTVT", "mot"),
        ("Sở TN&MT", "donre"),
        ("UBND xã Quốc Khánh", "upc"),
        ("Uỷ ban nhân dân xã Quốc Khánh", "upc"),
        ("TT HĐND xã Quốc Khánh", "council"),
        ("Ngân hàng Nhà nước", "sbv"),
        ("NHNN", "sbv"),
        ("TANDTC", "court"),
        ("qh", "na"),
        ("Bộ", None),
        ("Bộ Tài", None),
        ("", None),
        ("  ", None),
        ("…", None),
    ],
)
def test_agencies_by_code_name_alias_abbreviation_and_initials(written: str, key: str | None) -> None:
    assert AGENCIES.find(written) == key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("tp Hồ Chí Minh", "hcm"),
        ("TP.HCM", "hcm"),
        ("TPHCM", "hcm"),
        ("Hồ Chí Minh", "hcm"),
        ("79", "hcm"),
        ("Kiên Giang", "kg"),
        ("tỉnh Kiên Giang", "kg"),
        ("Đắc Lắc", "dl"),
        ("tỉnh Đắk Lắk", "dl"),
        ("Bà Rịa – Vũng Tàu", "brvt"),
        ("Quốc Khánh", "qk"),
        ("phường Quốc Khánh", None),
        ("phường Lộc Bình", "p-lb"),
        ("xã Tân Hòa", "hoa1"),
        ("Quận 5", "q5"),
        ("5", None),
    ],
)
def test_places_with_and_without_the_kind_of_unit(written: str, key: str | None) -> None:
    assert PLACES.find(written) == key


@pytest.mark.parametrize(("written", "candidates"), [("Lộc Bình", ("xa-lb", "p-lb")), ("xa Tan Hoa", ("hoa1", "hoa2"))])
def test_of_several_candidates_none_is_taken_and_all_are_named(written: str, candidates: tuple[str, ...]) -> None:
    match = PLACES.match(written)
    assert (match.key, match.candidates) == (None, candidates)
    assert match.reason is not None
    assert "ghi rõ hơn" in match.reason.vi


def test_the_nearest_are_offered_for_an_unknown_name() -> None:
    match = PLACES.match("Đắc Lak")
    assert (match.key, match.candidates[0]) == (None, "dl")
    assert match.reason is not None
    assert "gần giống: “Đắk Lắk”" in match.reason.vi
    assert PLACES.nearest("Kien Gian", limit=1) == (("kg", "tỉnh Kiên Giang"),)
    assert PLACES.nearest("@@@") == ()


def test_one_entry_under_several_names_is_no_ambiguity() -> None:
    matcher = Matcher([(7, "UBND", "Ủy ban nhân dân", ["UBND", "uỷ ban nhân dân"])])
    assert matcher.find("UBND") == 7


def test_an_empty_list_matches_nothing_and_says_so() -> None:
    match = Matcher[int]([]).match("Sở A")
    assert (match.key, match.candidates) == (None, ())
    assert match.reason is not None
    assert match.reason.vi == "Chưa có “Sở A” trong danh mục"
