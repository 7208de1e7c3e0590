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
from workflows.answering.results import Claim, claim_of


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
_ANSWERED = frozenset({"da tra loi", "da tra loi cu tri", "tra loi"})
FINISHED = frozenset({Result.RESOLVED, Result.EXPLAINED})
"""Results that nobody states without having been answered."""

_BECAUSE = re.compile(r"\s+(?=(?:do|vì)\s)", re.IGNORECASE)  # the reason is a refinement of the result before it
_TICKS = frozenset({"x", "co", "roi", "da", "yes", "da co", "da thong bao", "da tra loi", "1", "true", "v"})
_TICK_SIGNS = frozenset("✓✔√☑☒")
_SPLIT = re.compile(r"\s*(?:[;\n/+&]|\d+[.)]\s)\s*")
_SPLIT_MORE = re.compile(r"\s*,\s*|\s+(?:và|cùng|phối hợp)\s+", re.IGNORECASE)


def said_of_result(written: str) -> Said:
    """Return what a result cell says; nothing of it is known where the words are in no vocabulary."""
    padded = f" {fold_words(written)} "
    stand = next((stand for phrase, stand in _STANDS if f" {phrase} " in padded), None)
    if stand is not None:
        return Said(stand=stand)
    claim = claim_of(_BECAUSE.sub("; ", written))
    if isinstance(claim, Claim):
        return Said(result=claim.result, reason=claim.reason if claim.result is Result.NOT_YET else None)
    return Said(stand=Stand.ANSWERED if padded.strip() in _ANSWERED else None)


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
