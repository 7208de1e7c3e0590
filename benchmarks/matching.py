"""How surely a text told otherwise is matched to its petition: `python -m benchmarks.matching LIST.csv`.

For each way of telling a petition again: letters of 40 petitions drawn from the list, and as many rows about other
petitions. Counted are the rows taken by text, those taken wrongly, those shown to a person with the right petition
among the three first, and the foreign rows taken or shown.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from states.folding import fold, fold_words
from states.vocabulary import PetitionNature
from workflows.answering.candidates import Candidate, Candidates
from workflows.answering.likeness import likeness
from workflows.answering.lines import AnswerLine
from workflows.answering.matching import match_rows
from workflows.importing.headings import Field

LETTER = 40
FEWEST_WORDS = 6
_ADDRESS = re.compile(r"^-?\s*Cử tri.{0,20}?(?:đề nghị|kiến nghị|phản ánh)\s*")
Telling = Callable[[str, random.Random], str]


def half(text: str, _: random.Random) -> str:
    """Return the first half of the words."""
    words = text.split()
    return " ".join(words[: max(FEWEST_WORDS, len(words) // 2)])


def condensed(text: str, chance: random.Random) -> str:
    """Leave four words in ten out."""
    return " ".join(word for word in text.split() if chance.random() < 0.6)


def slips(text: str, chance: random.Random) -> str:
    """Put another letter for three in a hundred and drop one in a hundred, as a scanner does."""
    letters = (
        chance.choice("abcdeghiklmnoprstuvxy") if char.isalpha() and chance.random() < 0.03 else char
        for char in text
        if chance.random() >= 0.01
    )
    return "".join(letters)


def summary(text: str, _: random.Random) -> str:
    """Return eight words of the beginning and six of the middle."""
    words = text.split()
    middle = len(words) // 2
    return " ".join(words[:8] + words[middle : middle + 6])


TELLINGS: dict[str, Telling] = {
    "same": lambda text, _: text,
    "half": half,
    "first 20 words": lambda text, _: " ".join(text.split()[:20]),
    "four in ten left out": condensed,
    "summary of 14 words": summary,
    "without accents": lambda text, _: fold(text),
    "slips of a scanner": slips,
    "half, with slips": lambda text, chance: slips(half(text, chance), chance),
    "- Cử tri đề nghị …": lambda text, _: "- Cử tri đề nghị " + _ADDRESS.sub("", text),
}


def petitions(path: Path) -> list[str]:
    """Return the different texts of a list, those of a few words left out."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        texts = [row.get("Nội dung kiến nghị") or "" for row in csv.DictReader(lines)]
    different = {fold_words(text): unicodedata.normalize("NFC", text) for text in texts}
    return [text for words, text in different.items() if len(words.split()) >= FEWEST_WORDS]


def letter_of(texts: list[str]) -> Candidates:
    """Return the petitions of one letter."""
    known = {
        f"X-{n:04}": Candidate(
            case_id=UUID(int=n), code=f"X-{n:04}", words=fold_words(text), nature=PetitionNature.REQUEST, ordinal=n
        )
        for n, text in enumerate(texts)
    }
    return Candidates(known, {}, of_letter=False)


def measure(texts: list[str], telling: Telling, *, letters: int, chance: random.Random) -> Counter[str]:
    """Count what becomes of the rows of some letters and of as many foreign rows."""
    counts: Counter[str] = Counter()
    for _ in range(letters):
        drawn = chance.sample(texts, 2 * LETTER)
        letter = letter_of(drawn[:LETTER])
        told = [AnswerLine(row_number=n, said={Field.TEXT: telling(text, chance)}) for n, text in enumerate(drawn)]
        for number, line in enumerate(told):
            found = match_rows([line], letter, settled={}, skips=())[0][number]
            right = f"X-{number:04}" if number < LETTER else None
            kind = "true" if right else "foreign"
            counts[f"{kind} rows"] += 1
            if found.case is not None:
                counts[f"{kind} taken"] += 1
                counts["taken wrongly"] += found.case.code != right
            elif found.candidates:
                counts[f"{kind} shown"] += 1
                counts["right one shown"] += right in {scored.code for scored in found.candidates}
        worst = min(likeness(fold_words(told[n][Field.TEXT]), letter.known[f"X-{n:04}"].words) for n in range(LETTER))
        counts["worst likeness"] = round(min(worst, counts["worst likeness"] or 100))
    return counts


def main() -> None:
    """Measure and print a table."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    arguments.add_argument("list", type=Path, help="list of petitions with a column “Nội dung kiến nghị”")
    arguments.add_argument("--letters", type=int, default=2, help="letters of 40 petitions for each telling")
    chosen = arguments.parse_args()
    texts = petitions(chosen.list)
    print(f"{len(texts)} petitions, {chosen.letters} letters of {LETTER} for each telling\n")
    print("| told again | taken | of them wrongly | shown | right one shown | foreign taken | foreign shown | worst |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, telling in TELLINGS.items():
        found = measure(texts, telling, letters=chosen.letters, chance=random.Random(7))
        taken, shown = (100 * found[key] / found["true rows"] for key in ("true taken", "true shown"))
        foreign, seen = (100 * found[key] / found["foreign rows"] for key in ("foreign taken", "foreign shown"))
        wrong = found["taken wrongly"] - found["foreign taken"]
        print(
            f"| {name} | {taken:.0f} % | {wrong} | {shown:.0f} % | {found['right one shown']} of {found['true shown']}"
            f" | {foreign:.1f} % | {seen:.0f} % | {found['worst likeness']} |"
        )


if __name__ == "__main__":
    main()
