"""Follows the chain of one case: hashes, links, gaps, the head its case holds, the words and people it refers to.

All values are compared as they are stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from states.text import Text
from workflows.history import HASHED, hash_of, person_words, salted_digest

Row = tuple[Any, ...]
_SEQ, _REFERRAL, _TO_STATE, _PAYLOAD, _PREVIOUS = (
    HASHED.index(name) for name in ("seq", "referral_id", "to_state", "payload", "previous_hash")
)
_HASH = len(HASHED)
# In canonical JSON a person's own words cannot look like this: their quotation marks are escaped.
_TEXT_REFERENCE = re.compile(r'"digest":"([0-9a-f]{64})","text":"([0-9a-f-]{36})"')
_PERSON_REFERENCE = re.compile(r'"petitioner":\{"digest":"([0-9a-f]{0,64})","id":"([0-9a-f-]{36})"\}')


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in history that is not as it was written: where, as far as it can be told, and what."""

    what: Text
    case: str | None = None
    seq: int | None = None


def fault(seq: int, vi: str, en: str) -> Fault:
    """Return a fault at event `seq` of the case at hand."""
    return Fault(Text(vi, en), seq=seq)


@dataclass(slots=True)
class Chain:
    """One case's events as they pass by. `rows` keeps them when they are to be folded."""

    head: str = ""
    seq: int = 0
    ends_in: str = ""
    texts: dict[str, tuple[str, int]] = field(default_factory=dict)
    person: tuple[str, str] | None = None
    referrals: dict[str, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    broken: Fault | None = None


def follow(events: Iterator[Row], *, keep: bool) -> Chain:
    """Follow the chain of one case (rows of `HASHED` and the hash); the first broken link is remembered."""
    chain = Chain()
    for row in events:
        if chain.broken is not None:
            continue
        chain.broken = _link_fault(chain, row)
        chain.head, chain.seq, chain.ends_in = row[_HASH], row[_SEQ], row[_TO_STATE]
        payload = row[_PAYLOAD]
        for digest, text in _TEXT_REFERENCE.findall(payload):
            chain.texts[text.replace("-", "")] = (digest, chain.seq)
        if '"petitioner":{' in payload and (person := _PERSON_REFERENCE.search(payload)):
            chain.person = (person[2].replace("-", ""), person[1])
        if row[_REFERRAL] is not None:
            chain.referrals[row[_REFERRAL]] = chain.seq
        if keep:
            chain.rows.append(row)
    return chain


def _link_fault(chain: Chain, row: Row) -> Fault | None:
    seq, expected = row[_SEQ], chain.seq + 1
    if seq != expected:
        return fault(expected, f"thiếu sự kiện số {expected}", f"event {expected} is missing")
    if hash_of(row[:_HASH]) != row[_HASH]:
        return fault(seq, "nội dung sự kiện đã bị thay đổi", "the event was altered")
    if row[_PREVIOUS] != chain.head:
        return fault(
            seq - 1 or 1,
            "sự kiện đã bị viết lại: sự kiện sau giữ dấu băm khác",
            "the event was rewritten: the next one holds another hash of it",
        )
    return None


def head_fault(chain: Chain, *, seq: int, head: str, state: str) -> Fault | None:
    """Compare the end of a chain with what the case's own row says."""
    if seq > chain.seq:
        lost = chain.seq + 1
        return fault(lost, f"thiếu sự kiện từ số {lost} đến {seq}", f"events {lost} to {seq} are missing")
    if seq < chain.seq:
        return fault(seq + 1, "sự kiện thừa ở cuối, hồ sơ không biết", "a surplus event that its case does not know")
    if head != chain.head:
        return fault(
            seq,
            "sự kiện cuối đã bị viết lại: hồ sơ giữ dấu băm khác",
            "the last event was rewritten: its case holds another hash of it",
        )
    if state != chain.ends_in:
        return fault(seq, f"trạng thái «{state}» không do sự kiện nào tạo ra", f"no event made the state “{state}”")
    return None


def words_fault(chain: Chain, texts: list[Row], people: list[Row]) -> Fault | None:
    """Compare texts (case, id, seq, salt, body) and the petitioner with the digests that history holds of them."""
    found: list[Fault] = []
    waiting = dict(chain.texts)
    for _, key, seq, salt, body in texts:
        digest, at = waiting.pop(key, ("", seq))
        if not digest:
            found.append(fault(at, "có đoạn chữ mà không sự kiện nào ghi", "a text that no event wrote"))
        elif salted_digest(salt, body or "") != digest:
            found.append(fault(at, "đoạn chữ của sự kiện đã bị thay đổi", "the text of the event was altered"))
    found += [fault(at, "mất đoạn chữ của sự kiện", "the text of the event is gone") for _, at in waiting.values()]
    if chain.person is not None and not any(_is_as_recorded(chain.person, row) for row in people):
        found.append(fault(1, "thông tin người kiến nghị đã bị thay đổi", "the petitioner's data were altered"))
    return min(found, key=lambda item: item.seq or 0, default=None)


def _is_as_recorded(recorded: tuple[str, str], row: Row) -> bool:
    """Tell whether a petitioner's row is what history says; an empty digest says that it was erased."""
    _, key, salt, name, address, phone, erased = row
    if recorded[1] == "":
        return bool(key == recorded[0] and erased and not (name or address or phone))
    return bool(key == recorded[0] and salted_digest(salt, person_words(name, address, phone)) == recorded[1])


def referral_fault(chain: Chain, rows: list[tuple[str, int]]) -> Fault | None:
    """Compare the referrals (id, the event that made their state) with those that the events made."""
    for key, seq in rows:
        if seq > chain.referrals.get(key, 0):
            return fault(seq, "lần chuyển không do sự kiện nào tạo ra", "a referral that no event made")
    lost = chain.referrals.keys() - {key for key, _ in rows}
    if lost:
        at = min(chain.referrals[key] for key in lost)
        return fault(at, "mất lần chuyển mà sự kiện đã mở", "the referral of the event is gone")
    return None
