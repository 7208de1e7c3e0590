"""Which petition a row of a report answers: by its code, its ordinal in the letter's annex, or its text.

A match that is not sure is never taken: it waits for a person with its candidates. A code or an ordinal that the text
contradicts is not sure. Two rows that answer one petition both wait.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum, unique
from itertools import pairwise

from rapidfuzz.distance import OSA

from states.folding import fold_words
from states.text import Text
from workflows.answering.candidates import Candidate, Candidates
from workflows.answering.likeness import AGREES, FEWEST_WORDS, MARGIN, SHOWN, TAKEN, likeness, nearest
from workflows.answering.lines import AnswerLine
from workflows.importing.headings import Field

_MOST_SHOWN = 3
_FEWEST_TO_JUDGE = 5
"""How many rows it takes to see that a table numbers its rows by itself, not after the letter's annex."""
_MOSTLY = 0.8
_NOT_IN_CODES = re.compile(r"\s+")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_PLAIN = re.compile(r"\(?0*([0-9]{1,6})\s*[.)]{0,2}")
_LAST = re.compile(r"(?:[0-9]{1,4}|[IVXLCDM]{1,7}|[A-ZĐ])[.\-/]\s*0*([0-9]{1,6})\s*[.)]{0,2}", re.IGNORECASE)
_EXACT = 100.0


@unique
class Taken(StrEnum):
    """What became of a row."""

    MATCHED = "matched"
    WAITING = "waiting"
    UNMATCHED = "unmatched"
    SKIPPED = "skipped"


@unique
class How(StrEnum):
    """By what a row was matched."""

    PERSON = "person"
    CODE = "code"
    ORDINAL = "ordinal"
    SAME_TEXT = "same_text"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Scored:
    """A petition that a row may answer; `score` is how alike the texts are, from 0 to 100, None without a text."""

    code: str
    score: float | None = None
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Matched:
    """Which petition a row answers and how that is known; while it waits, the candidates and why."""

    taken: Taken
    case: Candidate | None = None
    how: How | None = None
    score: float | None = None
    candidates: tuple[Scored, ...] = ()
    why: Text | None = None


def match_rows(
    lines: Sequence[AnswerLine], candidates: Candidates, *, settled: Mapping[int, str], skips: Collection[int]
) -> tuple[dict[int, Matched], bool]:
    """Return by row number which petition each row answers, and whether the ordinals of the table are its own.

    `settled` are rows for which a person named the code, `skips` rows that a person leaves out.
    """
    texts = _Texts(candidates.known)
    own = candidates.of_letter and numbers_itself(lines, texts)
    matcher = _Matcher(candidates, texts, by_ordinal=candidates.of_letter and not own)
    found: dict[int, Matched] = {}
    for line in lines:
        number = line.row_number
        if number in skips:
            found[number] = Matched(Taken.SKIPPED, why=Text("bỏ qua theo yêu cầu", "left out as asked"))
        elif number in settled:
            code = code_as_compared(settled[number])
            case = candidates.known.get(code) or candidates.others.get(code)
            found[number] = Matched(Taken.MATCHED, case, How.PERSON)
        else:
            found[number] = matcher.match(line)
    return _without_doubles(found), own


def code_as_compared(written: str) -> str:
    """Return a code without space and case, its dashes all alike."""
    return _DASH.sub("-", _NOT_IN_CODES.sub("", written)).upper()


def numbers_itself(lines: Sequence[AnswerLine], texts: _Texts) -> bool:
    """Say whether the ordinals of a table are its own: 1, 2, 3 … while its texts stand elsewhere in the annex.

    So it is where rows were left out and the rest numbered anew, or the rows were sorted otherwise.
    """
    pairs = [(plain_ordinal(line[Field.ORDINAL]), texts.clear(fold_words(line[Field.TEXT]))) for line in lines]
    told = [(said, case.ordinal) for said, case in pairs if said is not None and case and case.ordinal is not None]
    running = [said for said, _ in pairs] == list(range(1, len(lines) + 1))
    if len(told) < _FEWEST_TO_JUDGE or not running:
        return False
    places = [place for _, place in told]
    differing = sum(said != place for said, place in told)
    in_order = all(left < right for left, right in pairwise(places))
    return differing > 0 and (in_order or differing >= _MOSTLY * len(told))


def plain_ordinal(written: str) -> int | None:
    """Return 3 for “3”, “03.” and “(3)”; None for anything else."""
    found = _PLAIN.fullmatch(written.strip())
    return int(found[1]) if found else None


def _last_ordinal(written: str) -> int | None:
    """Return 3 for “I.3” and “2.3”: the number within a group."""
    found = _LAST.fullmatch(written.strip())
    return int(found[1]) if found else None


class _Texts:
    """The texts of the petitions in question, and what is like a row's; asked once for each text."""

    def __init__(self, known: Mapping[str, Candidate]) -> None:
        self._known = known
        self._words = {code: case.words for code, case in known.items() if case.words}
        self._asked: dict[str, dict[str, float]] = {}

    def scores(self, words: str) -> dict[str, float]:
        """Return the most alike petitions by code, those of the very words with 100 and first."""
        if words not in self._asked:
            same = {code: _EXACT for code, text in self._words.items() if text == words}
            self._asked[words] = same | {c: s for c, s in nearest(words, self._words).items() if c not in same}
        return self._asked[words]

    def same(self, words: str) -> list[str]:
        """Return the petitions of the very words."""
        return [code for code in self.scores(words) if self._words[code] == words]

    def of(self, words: str, code: str) -> float:
        """Return how alike the text of one petition is."""
        found = self.scores(words).get(code)
        return likeness(words, self._words.get(code, "")) if found is None else found

    def clear(self, words: str) -> Candidate | None:
        """Return the one petition that a text names beyond doubt; None if it names none, or several."""
        same = self.same(words)
        if same:
            return self._known[same[0]] if len(same) == 1 else None
        if len(words.split()) < FEWEST_WORDS:
            return None
        (best, score), (_, second), *_ = [*self.scores(words).items(), ("", 0.0), ("", 0.0)]
        return self._known[best] if score >= TAKEN and score - second >= MARGIN else None


@dataclass(frozen=True, slots=True)
class _Matcher:
    candidates: Candidates
    texts: _Texts
    by_ordinal: bool
    _by_code: dict[str, Candidate] = field(default_factory=dict)
    _by_place: dict[int, Candidate] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for case in self.candidates.known.values():
            for code in case.source_codes:
                self._by_code[code_as_compared(code)] = case
            if case.ordinal is not None:
                self._by_place[case.ordinal] = case
        self._by_code.update({code_as_compared(code): case for code, case in self.candidates.known.items()})

    def match(self, line: AnswerLine) -> Matched:
        """Return which petition a row answers, or why a person must say it."""
        words = fold_words(line[Field.TEXT])
        written = " ".join(line[Field.CODE].split())
        for found in (self._code(written, words), self._ordinal(line[Field.ORDINAL], words)):
            if found is not None:
                return found
        return self._text(words, written)

    def _code(self, written: str, words: str) -> Matched | None:
        code = code_as_compared(written)
        if not code:
            return None
        case = self._by_code.get(code)
        if case is not None:
            return self._confirmed(case, How.CODE, words)
        if (other := self.candidates.others.get(code)) is not None:
            where = _NOT_OF_THE_LETTER if self.candidates.of_letter else _NOT_WAITING
            return self._wait(words, where.fill(code=other.code), first=other)
        near = [known for known in self._by_code if OSA.distance(code, known, score_cutoff=1) <= 1]
        if near:
            meant = self._by_code[near[0]]
            return self._wait(words, _MISTYPED.fill(code=written, near=", ".join(near)), first=meant)
        if any(_series(code) == _series(known) for known in self.candidates.known):
            return self._wait(words, _NO_CODE.fill(code=written))
        return None

    def _ordinal(self, written: str, words: str) -> Matched | None:
        if not self.by_ordinal:
            return None
        plain, last = plain_ordinal(written), _last_ordinal(written)
        case = self._by_place.get(plain or last or 0)
        if case is None or (plain is None and not words):
            return None
        if plain is None and self.texts.of(words, case.code) < AGREES:
            return None
        return self._confirmed(case, How.ORDINAL, words)

    def _confirmed(self, case: Candidate, how: How, words: str) -> Matched:
        """Take what a code or an ordinal says, unless the text says another petition, or says this one not clearly."""
        if not words or not case.words:
            return Matched(Taken.MATCHED, case, how)
        score = self.texts.of(words, case.code)
        clear = self.texts.clear(words)
        if clear is not None and clear.code != case.code and score < self.texts.of(words, clear.code) - MARGIN:
            said = _SAYS[how].fill(one=case.code, other=clear.code)
            return self._wait(words, said, first=case)
        if score < AGREES:
            return self._wait(words, _UNLIKE[how].fill(code=case.code), first=case)
        return Matched(Taken.MATCHED, case, how, score)

    def _text(self, words: str, written: str) -> Matched:
        same = self.texts.same(words) if words else []
        if len(same) == 1:
            return Matched(Taken.MATCHED, self.candidates.known[same[0]], How.SAME_TEXT, _EXACT)
        if same:
            return self._wait(words, _SEVERAL)
        clear = self.texts.clear(words) if words else None
        if clear is not None:
            return Matched(Taken.MATCHED, clear, How.TEXT, self.texts.of(words, clear.code))
        if words and any(score >= SHOWN for score in self.texts.scores(words).values()):
            return self._wait(words, _NOT_SURE)
        return Matched(Taken.UNMATCHED, why=_NOTHING_LIKE_IT if words or written else _NAMES_NOTHING)

    def _wait(self, words: str, why: Text, *, first: Candidate | None = None) -> Matched:
        scores = self.texts.scores(words) if words else {}
        shown = [first] if first else []
        shown += [self.candidates.known[code] for code, score in scores.items() if score >= SHOWN]
        told = {case.code: case for case in shown}
        found = tuple(
            Scored(code, self.texts.of(words, code) if words and case.words else None, case.ordinal)
            for code, case in told.items()
        )
        return Matched(Taken.WAITING, candidates=found[:_MOST_SHOWN], why=why)


def _series(code: str) -> str:
    """Return a code without its last figures: two codes of one register begin alike."""
    return code.rstrip("0123456789")


def _without_doubles(found: dict[int, Matched]) -> dict[int, Matched]:
    """Let all rows wait that answer one petition."""
    counts = Counter(item.case.code for item in found.values() if item.case is not None)
    rows: dict[str, list[int]] = {}
    for number, item in found.items():
        if item.case is not None and counts[item.case.code] > 1:
            rows.setdefault(item.case.code, []).append(number)
    for code, numbers in rows.items():
        said = _several_rows(code, numbers)
        for number in numbers:
            item = found[number]
            case = item.case
            scored = (Scored(code, item.score, case.ordinal if case else None),)
            found[number] = replace(item, taken=Taken.WAITING, case=None, how=None, candidates=scored, why=said)
    return found


def _several_rows(code: str, numbers: Iterable[int]) -> Text:
    rows = ", ".join(map(str, numbers))
    return Text(f"các dòng {rows} cùng trả lời {code}", f"rows {rows} all answer {code}")


_MISTYPED = Text(
    "không có mã “{code}”; gần giống {near}, kiểm tra lại", "there is no code “{code}”; it is nearly {near}, check it"
)
_NO_CODE = Text("không có mã “{code}”", "there is no code “{code}”")
_NOT_OF_THE_LETTER = Text("{code} không thuộc văn bản được trả lời", "{code} is not of the letter replied to")
_NOT_WAITING = Text("{code} không chờ cơ quan này trả lời", "{code} does not wait for an answer of this agency")
_SEVERAL = Text("nhiều kiến nghị có cùng nội dung này", "several petitions have this text")
_NOT_SURE = Text("nội dung chỉ gần giống, chưa chắc", "the text is only similar")
_NOTHING_LIKE_IT = Text("không có kiến nghị nào có nội dung này", "no petition has this text")
_NAMES_NOTHING = Text("không có mã, nội dung để khớp", "no code and no text to match")
_SAYS = {
    How.CODE: Text("mã là {one} nhưng nội dung là của {other}", "the code is {one}, the text that of {other}"),
    How.ORDINAL: Text(
        "số thứ tự là của {one} nhưng nội dung là của {other}", "the ordinal is that of {one}, the text that of {other}"
    ),
}
_UNLIKE = {
    How.CODE: Text("nội dung khác với nội dung của {code}", "the text differs from that of {code}"),
    How.ORDINAL: Text(
        "số thứ tự là của {code} nhưng nội dung khác", "the ordinal is that of {code}, the text is another"
    ),
}
