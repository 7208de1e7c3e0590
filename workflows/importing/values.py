"""What short cells say: sides of a session, natures, ordinals, names of sessions, numbers of letters."""

from __future__ import annotations

import re

from states.folding import fold, fold_words
from states.vocabulary import PetitionNature, RoundKind

_ORDINAL = re.compile(r"\(?(?:[0-9]{1,6}|[ivxlcdm]{1,7}|[a-zđ])(?:[.\-/][0-9]{1,4}){0,3}[.)]{0,2}", re.IGNORECASE)
_SESSION_WORDS = re.compile(r"\b(?:ky|hop|khoa|phien|thuong le|bat thuong|chuyen de|dot xuat|(?:dau|giua|cuoi) nam)\b")
_SESSION_NUMBER = re.compile(r"(?:(?:kh|thu|lan)\s*)?(?:[0-9]{1,4}(?:\s*[-/.,]\s*[a-z]{0,3}[0-9]{1,4})?|[ivx]{1,6})")
_LETTER_NUMBER = re.compile(r"[0-9]+[a-zđ]?(?:\s*[-/]\s*[^\s/]+)*|[a-zđ]{1,10}[\s.\-]*[0-9]+\S*", re.IGNORECASE)
_ROUNDS = (
    ("khong thuong le", RoundKind.EXTRAORDINARY),
    ("bat thuong", RoundKind.EXTRAORDINARY),
    ("dot xuat", RoundKind.EXTRAORDINARY),
    ("chuyen de", RoundKind.THEMATIC),
    ("truoc", RoundKind.BEFORE_SESSION),
    ("sau", RoundKind.AFTER_SESSION),
)
_NATURES = {
    "y kien": PetitionNature.OPINION,
    "kien nghi": PetitionNature.REQUEST,
    "de nghi": PetitionNature.REQUEST,
    "opinion": PetitionNature.OPINION,
    "request": PetitionNature.REQUEST,
}
_NUMBERED_TITLE = re.compile(r"(?:[0-9]{1,3}|[ivxlcdm]{1,6}|[a-zđ])[.)/]\s+\S.*", re.IGNORECASE | re.DOTALL)
_GROUP_ORDINAL = re.compile(r"[IVXLCDM]+[.)]?|[A-ZĐ][.)]?")
_TITLE_WORDS = 8


def round_kind(written: str) -> RoundKind | None:
    """Return the kind of contact round that a cell says; None if it says something else, or two things at once."""
    words = f" {fold_words(written)} "
    if " truoc " in words and " sau " in words:
        return None
    return next((kind for word, kind in _ROUNDS if f" {word} " in words), None)


def petition_nature(written: str) -> PetitionNature | None:
    """Return whether a cell says opinion or request; None for anything else."""
    return _NATURES.get(fold_words(written))


def is_ordinal(written: str) -> bool:
    """Say whether a cell looks like an ordinal: 12, 1.3, IV, a)."""
    return bool(_ORDINAL.fullmatch(written))


def is_session(written: str) -> bool:
    """Say whether a cell can be a council session: “Kỳ họp thứ 3”, “8”, “III”, “KH3”, “bất thường”."""
    folded = fold(written)
    return bool(_SESSION_WORDS.search(folded) or _SESSION_NUMBER.fullmatch(folded))


def is_letter_number(written: str) -> bool:
    """Say whether a cell can be the number of a letter: 71/HĐND-TT, 71, KG94."""
    return bool(_LETTER_NUMBER.fullmatch(written))


def is_title(text: str, *, ordinal: str = "") -> bool:
    """Say whether a short text is rather the title of a group: “3. Bộ Y tế”, or “Lĩnh vực đất đai” numbered II."""
    if len(text.split()) > _TITLE_WORDS:
        return False
    grouped = bool(_GROUP_ORDINAL.fullmatch(ordinal))
    return grouped or text.endswith(":") or text.isupper() or bool(_NUMBERED_TITLE.fullmatch(text))
