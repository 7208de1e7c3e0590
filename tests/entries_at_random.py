"""Entries as anybody might fill them in: mostly right, sometimes not, for any form of any lifecycle.

A field that names an agency, a case, a session or an account gets a code; others are filled by name or by type.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from hypothesis import strategies as st

from states.entries import DocumentSlip, Entry
from states.lifecycle import Transition
from states.vocabulary import Named

FIRST, LAST = date(2026, 7, 20), date(2026, 10, 20)
GOOD_AGENCIES = st.sampled_from(["UBND", "KT", "VHXH", "DIEN"])
AGENCIES = st.one_of(GOOD_AGENCIES, GOOD_AGENCIES, st.sampled_from(["CU", "TTHDND", "TINH", "KHONGCO"]))
DAYS = st.dates(FIRST, LAST)
GOOD_WORDS = st.sampled_from(["Đường lầy lội", "nước đục", "chưa rõ", "Biên bản nghiệm thu"])
WORDS = st.one_of(GOOD_WORDS, GOOD_WORDS, GOOD_WORDS, st.sampled_from([" ", "x" * 600, "\x00"]))
BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "addressees": st.lists(AGENCIES, min_size=1, max_size=3),
    "coordinating": st.lists(AGENCIES, max_size=2),
    "lead": AGENCIES,
    "suggested": AGENCIES,
    "addressee": st.sampled_from(["TINH", "UBND"]),
    "officer": st.sampled_from(["clerk", "officer", "nobody"]),
    "session": st.sampled_from(["KH2", "KH9"]),
    "round": st.just("NP-TX-26-0001"),
    "parts": st.lists(st.sampled_from(["NP-KN-26-0001", "NP-KN-26-9999"]), min_size=1, max_size=2),
    "into": st.sampled_from(["NP-KN-26-0001", "NP-KN-26-9999"]),
    "level": st.sampled_from(["commune", "commune", "commune", "hamlet", "province"]),
    "field": st.sampled_from(["giao-thong", "moi-truong"]),
    "missing": st.lists(st.sampled_from(["time", "cause"]), max_size=2),
    "missing_accepted": st.just([]),
    "values": st.just({}),
}

GOOD: dict[str, st.SearchStrategy[Any]] = {
    **BY_NAME,
    "addressees": st.lists(GOOD_AGENCIES, min_size=1, max_size=3, unique=True),
    "coordinating": st.lists(GOOD_AGENCIES, max_size=2),
    "lead": GOOD_AGENCIES,
    "suggested": GOOD_AGENCIES,
    "addressee": st.just("TINH"),
    "officer": st.just("clerk"),
    "session": st.just("KH2"),
    "into": st.just("NP-KN-26-0001"),
}

documents = st.none() | st.builds(
    DocumentSlip,
    number=st.sampled_from(["12/HĐND-TT", "13/UBND", None]),
    issued_on=st.just(date(2026, 8, 6)),
)


COMMITTEE = "BANKT"
NAMED: dict[Named, st.SearchStrategy[Any]] = {
    Named.AGENCY: st.one_of(AGENCIES, AGENCIES, st.just(COMMITTEE)),
    Named.CASE: st.sampled_from(["NP-KN-26-0001", "NP-KN-26-0001", "NP-KN-26-9999"]),
    Named.SESSION: BY_NAME["session"],
    Named.ACCOUNT: BY_NAME["officer"],
}
GOOD_NAMED: dict[Named, st.SearchStrategy[Any]] = {
    Named.AGENCY: st.one_of(GOOD_AGENCIES, GOOD_AGENCIES, st.just(COMMITTEE)),
    Named.CASE: st.just("NP-KN-26-0001"),
    Named.SESSION: GOOD["session"],
    Named.ACCOUNT: GOOD["officer"],
}


def payloads(row: Transition) -> st.SearchStrategy[dict[str, Any]]:
    """Return payloads for a row: what is required is nearly always there, a field that is unknown very seldom."""
    required, optional = _fields(row.needs, _known(row, NAMED, BY_NAME), WORDS)
    right = st.fixed_dictionaries(required, optional=optional)
    wrong = st.fixed_dictionaries({}, optional={**required, "colour": st.just("xanh")})
    return st.one_of(right, right, right, right, right, wrong)


def good_payloads(row: Transition) -> st.SearchStrategy[dict[str, Any]]:
    """Return payloads that a careful person would enter: every field is understood."""
    required, optional = _fields(row.needs, _known(row, GOOD_NAMED, GOOD), GOOD_WORDS)
    return st.fixed_dictionaries(required, optional=optional)


def _known(row: Transition, named: dict[Named, st.SearchStrategy[Any]], by_name: Strategies) -> Strategies:
    return {**{name: named[what] for name, what in (row.names or {}).items()}, **by_name}


Strategies = dict[str, st.SearchStrategy[Any]]


def _fields(model: type[Entry], known: Strategies, words: st.SearchStrategy[str]) -> tuple[Strategies, Strategies]:
    found = {n: known[n] if n in known else _of_type(i.annotation, words) for n, i in model.model_fields.items()}
    must = {name for name, info in model.model_fields.items() if info.is_required()}
    return {n: s for n, s in found.items() if n in must}, {n: s for n, s in found.items() if n not in must}


def _of_type(kind: Any, words: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    if get_origin(kind) in {Union, UnionType}:
        return st.one_of(*[_of_type(part, words) for part in get_args(kind) if part is not type(None)])
    if get_origin(kind) is Annotated:
        return _of_type(get_args(kind)[0], words)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from([member.value for member in kind])
    simple = {date: DAYS, bool: st.booleans(), int: st.integers(1, 40), str: words}
    return simple[kind]
