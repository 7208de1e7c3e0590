from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from states.vocabulary import Result
from workflows.history import HASHED, canonical, event_hash, hash_of, salted_digest, stored

# RFC 8785 knows no lone surrogates and no whole numbers beyond 53 bits.
WORDS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1)
SCALARS = st.none() | st.booleans() | NUMBERS | WORDS | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner), max_leaves=20)


@given(VALUES)
def test_the_quick_writer_gives_the_bytes_of_the_standard(value: object) -> None:
    assert canonical(value).encode() == rfc8785.dumps(value)  # type: ignore[arg-type]  # any JSON value is one


@given(st.lists(st.none() | NUMBERS | WORDS, min_size=len(HASHED), max_size=len(HASHED)))
def test_the_hash_of_an_event_is_that_of_a_canonical_array(values: list[int | str | None]) -> None:
    assert hash_of(values) == hashlib.sha256(rfc8785.dumps(values)).hexdigest()
    assert hash_of(tuple(values)) == hash_of(values)


@pytest.mark.parametrize("letter", [*map(chr, range(0x20)), '"', "\\", "/", "\x7f", "\u2028", "\ue000", "\U0001f600"])
def test_every_odd_letter_is_escaped_as_the_standard_says(letter: str) -> None:
    assert canonical({"a": letter, f"k{letter}": 1}).encode() == rfc8785.dumps({"a": letter, f"k{letter}": 1})


def test_keys_are_ordered_by_code_units_even_beyond_the_basic_plane() -> None:
    value = {"\U0001f600": 1, "\ue000": 2, "a": 3}
    assert canonical(value).encode() == rfc8785.dumps(value)


def test_dates_identifiers_and_vocabularies_are_written_plainly() -> None:
    key = UUID("01a1fc14-b553-758f-904e-9ceda5b705fc")
    hanoi = timezone(timedelta(hours=7))
    value = {
        "on": date(2026, 8, 6),
        "at": datetime(2026, 8, 6, 7, 0, tzinfo=hanoi),
        "id": key,
        "result": Result.ROADMAP,
    }
    assert canonical(value) == (
        '{"at":"2026-08-06T00:00:00.000000+00:00","id":"01a1fc14-b553-758f-904e-9ceda5b705fc",'
        '"on":"2026-08-06","result":"roadmap"}'
    )
    assert stored(key) == key.hex


def test_whole_numbers_that_other_readers_would_round_are_refused() -> None:
    with pytest.raises(TypeError):
        canonical({"n": 2**53})


def test_every_hashed_value_counts() -> None:
    row: dict[str, object] = dict.fromkeys(HASHED)
    before = event_hash(row)
    seen = {before}
    for name in HASHED:
        seen.add(event_hash({**row, name: "x"}))
    assert len(seen) == len(HASHED) + 1
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    assert event_hash({**row, "recorded_at": moment}) == event_hash({**row, "recorded_at": stored(moment)})


def test_the_digest_of_a_text_depends_on_its_salt() -> None:
    assert salted_digest("a", "một") != salted_digest("b", "một")


def test_the_hash_of_a_known_event_never_changes() -> None:
    """Every released database depends on it: a new way of hashing needs a new schema number."""
    row: dict[str, object] = dict.fromkeys(HASHED)
    row |= {
        "case_id": UUID("01a1fc14-b553-758f-904e-9ceda5b705fc"),
        "seq": 1,
        "act": "move",
        "trigger": "record",
        "to_state": "recorded",
        "milestones": "recorded",
        "occurred_on": date(2026, 8, 1),
        "recorded_at": datetime(2026, 8, 1, 2, 0, tzinfo=UTC),
        "schema_number": 1,
        "payload": '{"entry":{"text":{"digest":"…","text":"đường"}}}',
        "previous_hash": "",
    }
    assert event_hash(row) == "846896cdc1706e697e4ffa07b55c0850c1abc6cd0ae64365ec9a0c22c11eb1bd"
