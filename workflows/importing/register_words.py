"""What the short cells of an old register say: how far a petition had come, its result, who is meant.

Words are compared folded, whole words only, the first phrase that fits decides. The vocabularies are those of the
reports of several councils (NQLT 72/2025 art. 49.2 among them); what is in none of them stays unknown, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

from states.folding import fold_words
from states.vocabulary import NotYetReason, Result, ReturnReason, Telling


@unique
class Stand(StrEnum):
    """What a result cell says that is no result of an answer."""

    WAITING = "waiting"
    ANSWERED = "answered"
    RETURNED = "returned"
    AT_MEETING = "at_meeting"


@dataclass(frozen=True, slots=True)
class Said:
    """What a result cell says: a result with its reason where it is not settled yet, or how the case stands."""

    result: Result | None = None
    reason: NotYetReason | None = None
    stand: Stand | None = None


_STANDS = (
    ("yeu cau tra loi lai", Stand.ANSWERED),
    ("chuyen tra", Stand.RETURNED),
    ("tra lai", Stand.RETURNED),
    ("khong thuoc tham quyen", Stand.RETURNED),
    ("giai trinh tai hoi nghi", Stand.AT_MEETING),
    ("giai trinh tai cho", Stand.AT_MEETING),
    ("giai trinh ngay tai", Stand.AT_MEETING),
    ("tra loi tai hoi nghi", Stand.AT_MEETING),
    ("tra loi truc tiep tai hoi nghi", Stand.AT_MEETING),
    ("chua tra loi", Stand.WAITING),
    ("chua co tra loi", Stand.WAITING),
    ("chua duoc tra loi", Stand.WAITING),
    ("cho tra loi", Stand.WAITING),
    ("cho van ban", Stand.WAITING),
)
_RESULTS = (
    ("chua co lo trinh", Result.IN_PROGRESS),
    ("khong co lo trinh", Result.IN_PROGRESS),
    ("lo trinh", Result.ROADMAP),
    ("mot phan", Result.IN_PROGRESS),
    ("chua giai quyet", Result.NOT_YET),
    ("chua the giai quyet", Result.NOT_YET),
    ("chua thuc hien", Result.NOT_YET),
    ("chua co kinh phi", Result.NOT_YET),
    ("chua bo tri", Result.NOT_YET),
    ("chua xong", Result.IN_PROGRESS),
    ("chua dut diem", Result.IN_PROGRESS),
    ("tam gac lai", Result.NOT_YET),
    ("chua", Result.NOT_YET),
    ("dang", Result.IN_PROGRESS),
    ("se giai quyet", Result.IN_PROGRESS),
    ("se xem xet", Result.IN_PROGRESS),
    ("tiep thu", Result.IN_PROGRESS),
    ("giai trinh", Result.EXPLAINED),
    ("cung cap thong tin", Result.EXPLAINED),
    ("thong tin den cu tri", Result.EXPLAINED),
    ("giai thich", Result.EXPLAINED),
    ("da giai quyet", Result.RESOLVED),
    ("giai quyet xong", Result.RESOLVED),
    ("giai quyet dut diem", Result.RESOLVED),
    ("da thuc hien", Result.RESOLVED),
    ("da xu ly", Result.RESOLVED),
    ("da hoan thanh", Result.RESOLVED),
    ("hoan thanh", Result.RESOLVED),
    ("da khac phuc", Result.RESOLVED),
    ("xong", Result.RESOLVED),
    ("ghi nhan", Result.NOTED),
)
_WHOLE = {"da": Result.RESOLVED, "da gq": Result.RESOLVED, "dang gq": Result.IN_PROGRESS, "chua gq": Result.NOT_YET}
_REASONS = (
    ("kinh phi", NotYetReason.FUNDS),
    ("nguon von", NotYetReason.FUNDS),
    ("nguon luc", NotYetReason.FUNDS),
    ("ngan sach", NotYetReason.FUNDS),
    ("quy dinh", NotYetReason.LAW),
    ("phap luat", NotYetReason.LAW),
    ("nhieu cap", NotYetReason.SEVERAL_LEVELS),
    ("nhieu nganh", NotYetReason.SEVERAL_LEVELS),
    ("dat dai ton dong", NotYetReason.OLD_LAND_CASE),
)
_RETURNS = (
    ("chua ro", ReturnReason.UNCLEAR),
    ("khong ro", ReturnReason.UNCLEAR),
    ("trung", ReturnReason.DUPLICATE),
)
_WAYS = (
    ("niem yet", Telling.NOTICE_BOARD),
    ("bang tin", Telling.NOTICE_BOARD),
    ("truyen thanh", Telling.LOUDSPEAKER),
    ("loa", Telling.LOUDSPEAKER),
    ("cong thong tin", Telling.PORTAL),
    ("trang thong tin", Telling.PORTAL),
    ("zalo", Telling.PORTAL),
    ("hoi nghi", Telling.CONFERENCE),
    ("tiep xuc", Telling.CONFERENCE),
    ("txct", Telling.CONFERENCE),
    ("truc tiep", Telling.IN_PERSON),
    ("cong van", Telling.LETTER),
    ("van ban", Telling.LETTER),
    ("gui thu", Telling.LETTER),
)
_ANSWERED = ("da tra loi", "tra loi")
FINISHED = frozenset({Result.RESOLVED, Result.EXPLAINED})
"""Results that nobody states without having been answered."""

_TICKS = frozenset({"x", "co", "roi", "da", "yes", "da co", "da thong bao", "da tra loi", "1", "true", "v"})
_TICK_SIGNS = frozenset("✓✔√☑☒")
_SPLIT = re.compile(r"\s*(?:[;\n/+&]|\d+[.)]\s)\s*")
_SPLIT_MORE = re.compile(r"\s*,\s*|\s+(?:và|cùng|phối hợp)\s+", re.IGNORECASE)


def said_of_result(written: str) -> Said:
    """Return what a result cell says; nothing of it is known where the words are in no vocabulary."""
    words = fold_words(written)
    padded = f" {words} "
    stand = next((stand for phrase, stand in _STANDS if f" {phrase} " in padded), None)
    if stand is not None:
        return Said(stand=stand)
    result = _WHOLE.get(words) or next((result for phrase, result in _RESULTS if f" {phrase} " in padded), None)
    if result is None:
        answered = any(f" {phrase} " in padded for phrase in _ANSWERED)
        return Said(stand=Stand.ANSWERED if answered else None)
    reason = next((reason for phrase, reason in _REASONS if f" {phrase} " in padded), None)
    return Said(result=result, reason=reason if result is Result.NOT_YET else None)


def return_reason(written: str) -> ReturnReason:
    """Return why an addressee sent a petition back; without another reason it was not within its power."""
    padded = f" {fold_words(written)} "
    return next((reason for phrase, reason in _RETURNS if f" {phrase} " in padded), ReturnReason.WRONG_AUTHORITY)


def way_of_telling(written: str) -> Telling:
    """Return by which channel voters were told, another or an unknown one where no channel is named."""
    padded = f" {fold_words(written)} "
    return next((way for phrase, way in _WAYS if f" {phrase} " in padded), Telling.OTHER)


def is_tick(written: str) -> bool:
    """Tell whether a cell only says yes."""
    return fold_words(written) in _TICKS or (bool(written) and set(written.strip()) <= _TICK_SIGNS)


def is_no(written: str) -> bool:
    """Tell whether a cell says that something has not been done."""
    return fold_words(written).split()[:1] == ["chua"]


def mentions_the_answer(written: str) -> bool:
    """Tell whether evidence is said to be the answering paper itself."""
    padded = f" {fold_words(written)} "
    return any(f" {paper} tra loi " in padded for paper in ("van ban", "vb", "cv", "cong van", "bao cao", "bc"))


def several(written: str, find: Callable[[str], str | None]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes of the bodies that a cell names and the names that `find` does not know.

    A name may hold a comma or “và” itself: it is taken apart there only where every part is known.
    """
    if alone := find(" ".join(written.split())):
        return (alone,), ()
    codes: list[str] = []
    unknown: list[str] = []
    for part in _names(written):
        if whole := find(part):
            codes.append(whole)
            continue
        parts = [find(name) for name in _SPLIT_MORE.split(part) if name]
        if len(parts) > 1 and all(parts):
            codes += [code for code in parts if code]
        else:
            unknown.append(part)
    return tuple(dict.fromkeys(codes)), tuple(unknown)


def _names(written: str) -> Sequence[str]:
    return [" ".join(name.split(" ")).strip(" -–•,.") for name in _SPLIT.split(written) if name.strip(" -–•,.")]
