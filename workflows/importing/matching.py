"""Matching what a list says ("BTC", "UBND xã", "tp Hồ Chí Minh") to the agencies, localities or fields we know.

Whole words only, never a guess: of several candidates none is taken, and the nearest are offered to a person.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from states.folding import fold_words
from states.text import Text

Key = TypeVar("Key", bound=Hashable)

# Abbreviations of single words in folded text, as papers use them (Decree 30/2020/NĐ-CP, annex I and office habit).
_WORDS = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "tthdnd": "thuong truc hoi dong nhan dan",
    "mttq": "mat tran to quoc",
    "ubmttq": "uy ban mat tran to quoc",
    "tandtc": "toa an nhan dan toi cao",
    "tand": "toa an nhan dan",
    "vksnd": "vien kiem sat nhan dan",
    "vksndtc": "vien kiem sat nhan dan toi cao",
    "bhxh": "bao hiem xa hoi",
    "nhnn": "ngan hang nha nuoc",
    "ttcp": "thanh tra chinh phu",
    "vpcp": "van phong chinh phu",
    "qh": "quoc hoi",
    "cp": "chinh phu",
    "vn": "viet nam",
    "gtvt": "giao thong van tai",
    "tnmt": "tai nguyen moi truong",
    "nnptnt": "nong nghiep phat trien nong thon",
    "nnmt": "nong nghiep moi truong",
    "gddt": "giao duc dao tao",
    "ldtbxh": "lao dong thuong binh xa hoi",
    "ldtb": "lao dong thuong binh",
    "khdt": "ke hoach dau tu",
    "khcn": "khoa hoc cong nghe",
    "tttt": "thong tin truyen thong",
    "vhttdl": "van hoa the thao du lich",
    "ttvhttdl": "thong tin van hoa the thao du lich",
    "gpmb": "giai phong mat bang",
    "tp": "thanh pho",
    "tx": "thi xa",
    "hcm": "ho chi minh",
    "tphcm": "thanh pho ho chi minh",
    "tdp": "to dan pho",
}
_PAIRS = {
    ("gd", "dt"): "giao duc dao tao",
    ("tn", "mt"): "tai nguyen moi truong",
    ("nn", "ptnt"): "nong nghiep phat trien nong thon",
    ("nn", "mt"): "nong nghiep moi truong",
    ("kh", "dt"): "ke hoach dau tu",
    ("kh", "cn"): "khoa hoc cong nghe",
    ("tt", "hdnd"): "thuong truc hoi dong nhan dan",
}
_LINKING = frozenset({"va", "cua"})
_UNITS = (
    "thanh pho", "thi xa", "thi tran", "to dan pho", "dac khu",
    "tinh", "huyen", "quan", "xa", "phuong", "thon", "ban",
)  # fmt: skip
_COUNTRY = " viet nam"
_FEWEST_INITIALS = 3


@dataclass(frozen=True, slots=True)
class Entry(Generic[Key]):
    """Something that can be matched: the caller's key, its code, its name and further names."""

    key: Key
    code: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match(Generic[Key]):
    """What a wording stands for: a key, or None with the reason and the candidates."""

    key: Key | None
    reason: Text | None = None
    candidates: tuple[Key, ...] = ()


class Matcher(Generic[Key]):
    """Finds entries by what people write; made once from all entries, then asked for every row.

    The closest way of writing that fits anything decides: exact, folded (case and accents aside), abbreviations
    written out, initials ("BKHĐT"), without the kind of unit ("tỉnh", "xã") where only one side names it.
    """

    def __init__(self, entries: Iterable[tuple[Key, str, str, Iterable[str]]]) -> None:
        self._entries = tuple(Entry(key, code, name, tuple(aliases)) for key, code, name, aliases in entries)
        self._names: dict[Key, str] = {}
        self._ways: tuple[dict[str, set[Key]], ...] = tuple(defaultdict(set) for _ in range(5))
        for entry in self._entries:
            self._names.setdefault(entry.key, entry.name)
            for name in filter(None, (entry.code, entry.name, *entry.aliases)):
                self._learn(entry, name)
        self._folded = {fold_words(name): key for key, name in self._names.items()}
        self._asked: dict[str, Match[Key]] = {}

    def find(self, written: str) -> Key | None:
        """Return the key of the one entry that `written` names, or None."""
        return self.match(written).key

    def match(self, written: str) -> Match[Key]:
        """Return the entry that `written` names, or why there is none: unknown, or several."""
        if written not in self._asked:
            self._asked[written] = self._look_up(written)
        return self._asked[written]

    def nearest(self, written: str, *, limit: int = 3) -> tuple[tuple[Key, str], ...]:
        """Return up to `limit` entries (key, name) whose names resemble `written`, the most alike first."""
        asked = _spelled_out(fold_words(written))
        found = process.extract(asked, list(self._folded), scorer=fuzz.WRatio, limit=limit, score_cutoff=70)
        return tuple((self._folded[name], self._names[self._folded[name]]) for name, _score, _place in found)

    def _learn(self, entry: Entry[Key], name: str) -> None:
        folded = fold_words(name)
        spelled = _spelled_out(folded)
        self._ways[0][_exact(name)].add(entry.key)
        self._ways[1][folded].add(entry.key)
        self._ways[2][spelled].add(entry.key)
        for initials in _initials(folded, spelled):
            self._ways[3][initials].add(entry.key)
        for bare in _bare(spelled):
            self._ways[4][bare].add(entry.key)

    def _look_up(self, written: str) -> Match[Key]:
        folded = fold_words(written)
        spelled = _spelled_out(folded)
        exact, plain, full, initials, bare = self._ways
        ways = ((exact, _exact(written)), (plain, folded), (full, spelled), (initials, folded), (bare, spelled))
        # One side without the kind of unit is enough; two different kinds, xã and phường, are two places.
        for way, form in (*ways, *((full, without) for without in _bare(spelled))):
            if form and (found := way.get(form)):
                return self._decide(written, found)
        return Match(None, self._unknown(written), tuple(key for key, _name in self.nearest(written)))

    def _decide(self, written: str, found: set[Key]) -> Match[Key]:
        if len(found) == 1:
            return Match(next(iter(found)))
        candidates = tuple(key for key in self._names if key in found)
        names = "”, “".join(self._names[key] for key in candidates)
        reason = Text(f"“{written}” có thể là “{names}”: ghi rõ hơn", f"“{written}” may be “{names}”: be more precise")
        return Match(None, reason, candidates)

    def _unknown(self, written: str) -> Text:
        names = "”, “".join(name for _key, name in self.nearest(written))
        if not names:
            return Text(f"Chưa có “{written}” trong danh mục", f"“{written}” is not in the list")
        return Text(
            f"Chưa có “{written}” trong danh mục; gần giống: “{names}”",
            f"“{written}” is not in the list; similar: “{names}”",
        )


def _exact(written: str) -> str:
    return " ".join(unicodedata.normalize("NFC", written).casefold().split())


def _spelled_out(folded: str) -> str:
    """Return folded words with abbreviations written out and linking words dropped."""
    return " ".join(word for word in " ".join(_expanded(folded.split())).split() if word not in _LINKING)


def _expanded(words: list[str]) -> Iterator[str]:
    place = 0
    while place < len(words):
        pair = tuple(words[place : place + 2])
        if len(pair) == 2 and pair in _PAIRS:  # noqa: PLR2004 - a pair
            yield _PAIRS[pair[0], pair[1]]
            place += 2
        else:
            yield _WORDS.get(words[place], words[place])
            place += 1


def _initials(folded: str, spelled: str) -> set[str]:
    """Return the initials of a name with and without its linking words: "Bộ Tài chính" gives btc."""
    forms = {"".join(word[0] for word in words.split()) for words in (folded, spelled)}
    return {form for form in forms if len(form) >= _FEWEST_INITIALS and form.isalpha()}


def _bare(spelled: str) -> tuple[str, ...]:
    """Return the name without the kind of unit before it and the country after it, if it has either."""
    forms = [spelled.removesuffix(_COUNTRY)] if spelled.endswith(_COUNTRY) else []
    forms += [spelled.removeprefix(f"{unit} ") for unit in _UNITS if spelled.startswith(f"{unit} ")]
    return tuple(form for form in forms if form and not form.isdigit())
