"""`python -m benchmarks.similar LIST…`: precision and recall of near duplicates on real lists and on perturbed copies.

Every text of the lists is known; then a copy of each is asked for, changed in one way: cut short, its sentences in
another order, its accents gone, letters misread, or said by other voters. Recall is how many of them are found as what
they are, the right case first. Foreign petitions to the same pattern, with another place or another number, must not be
found. Pairs of different texts in the lists themselves that are found alike are printed, for a reader's judgement.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.units import Database, connect
from states.facts import Actor
from states.folding import fold
from tests.servers.postgres import DURABLE, running_postgres
from workflows import accounts, councils, registering, similar
from workflows.access import Setting
from workflows.importing.reading import read_petitions
from workflows.likeness import NEAR, SAME, Degree, likeness, wording
from workflows.migrating import upgrade
from workflows.registering import Birth
from workflows.similar import Register

TODAY = date(2026, 11, 21)
SEED = 20261121
_SLIPS = {"n": "h", "h": "n", "l": "1", "i": "l", "u": "v", "c": "e", "e": "c", "o": "0", "m": "rn", "r": "t", "t": "r"}
_SENTENCE = re.compile(r"(?<=[.;:])\s+")
_NUMBER = re.compile(r"\d+")
_PLACE = re.compile(r"(?<=[a-zà-ỹ,] )([A-ZĐÀ-Ỹ]\w+ [A-ZĐÀ-Ỹ]\w+)")
Change = Callable[[str, random.Random], str | None]


def cut_short(text: str, _dice: random.Random, *, kept: float = 0.65) -> str | None:
    """Return the beginning of a text, None of one that is short already."""
    words = text.split()
    return " ".join(words[: int(len(words) * kept)]) if len(words) >= 20 else None


def reordered(text: str, dice: random.Random) -> str | None:
    """Return the sentences in another order."""
    parts = _SENTENCE.split(text)
    if len(parts) < 2:
        return None
    shuffled = parts[:]
    while shuffled == parts and len(set(parts)) > 1:
        dice.shuffle(shuffled)
    return " ".join(shuffled)


def misread(text: str, dice: random.Random, *, share: float = 0.02) -> str:
    """Return the text with letters that a scanner takes for others."""
    return "".join(_SLIPS.get(char, char) if dice.random() < share else char for char in text)


def without_accents(text: str, _dice: random.Random) -> str:
    """Return the text as one types it without a Vietnamese keyboard."""
    return fold(text)


def said_by_others(text: str, dice: random.Random) -> str:
    """Return the text as another list introduces it."""
    return f"{dice.randint(1, 40)}. Cử tri tiếp tục kiến nghị: {text}"


def other_place(text: str, _dice: random.Random) -> str | None:
    """Return the same petition about another place, None where no place is named."""
    return _PLACE.sub("Phiêng Khoài", text, count=1) if _PLACE.search(text) else None


def other_number(text: str, dice: random.Random) -> str | None:
    """Return the same petition about another number, None where none is named."""
    numbered = len(text) - len(text.lstrip("0123456789.-+() "))
    found = _NUMBER.search(text, numbered)
    return f"{text[: found.start()]}{dice.randint(1000, 9999)}{text[found.end() :]}" if found else None


COPIES: dict[str, Change] = {
    "cut to 65 %": cut_short,
    "sentences in another order": reordered,
    "2 % of letters misread": misread,
    "without accents": without_accents,
    "introduced by another list": said_by_others,
}
PATTERNS: dict[str, Change] = {"another place": other_place, "another number": other_number}


@dataclass(frozen=True, slots=True)
class Found:
    """Of so many changed texts, how many were found as the same, as near, as another case, or not at all."""

    tried: int
    same: int
    near: int
    wrong: int

    @property
    def recall(self) -> float:
        """Return the share that was found as what it is a copy of."""
        return (self.same + self.near) / self.tried


def texts_of(paths: Sequence[Path]) -> list[str]:
    """Return the texts of the lists, each once."""
    rows = (row for path in paths for row in read_petitions(path, today=TODAY).rows() if not row.is_rejected)
    return list({row.text_key: row.text for row in rows}.values())


def furnish(url: str, texts: Sequence[str]) -> tuple[Database, Setting, Actor, dict[str, str]]:
    """Enter every text as a petition; return which case each became."""
    upgrade(url)
    database = connect(url)
    with database.writing() as unit:
        operator = accounts.operator(unit, user="benchmark")
        spec = councils.CouncilSpec(code="DO", name="Hội đồng nhân dân xã Đo Lường")
        setting = councils.create(unit, spec=spec, actor=operator)
    with database.writing() as unit:
        births = [Birth("petition", {"text": text}, TODAY) for text in texts]
        born = registering.register_all(unit, setting=setting, births=births, actor=operator)
    return database, setting, operator, {str(moved.case_id): text for moved, text in zip(born, texts, strict=True)}


def measure(register: Register, texts: Sequence[str], of: dict[str, str], change: Change) -> tuple[Found, list[float]]:
    """Ask for a changed copy of each text; return what was found and how long each question took."""
    dice, counts, took = random.Random(SEED), Counter[str](), []
    for text in texts:
        changed = change(text, dice)
        if changed is None or changed == text:
            continue
        began = time.perf_counter()
        found = register.like(wording(changed), limit=1)
        took.append(time.perf_counter() - began)
        counts["tried"] += 1
        for case_id, alike in found:
            counts[alike.degree.value if of[str(case_id)] == text else "wrong"] += 1
    return Found(counts["tried"], counts["same"], counts["near"], counts["wrong"]), took


def alike_by_nature(texts: Sequence[str]) -> Iterator[tuple[float, Degree, str, str]]:
    """Yield the pairs of different texts that are found alike, all pairs compared."""
    said = [wording(text) for text in texts]
    for n, one in enumerate(said):
        for m in range(n + 1, len(said)):
            alike = likeness(one, said[m])
            if alike.degree is not Degree.OTHER:
                yield alike.score, alike.degree, texts[n], texts[m]


def report(engine: str, url: str, texts: Sequence[str]) -> None:
    """Print what one database finds."""
    database, setting, _, of = furnish(url, texts)
    print(f"\n{engine}: {len(texts)} petitions known, thresholds {NEAR:g} (near) and {SAME:g} (same)")
    print("| changed copy | tried | same | near | found | another case | ms |\n|---|---:|---:|---:|---:|---:|---:|")
    try:
        with database.reading() as unit:
            register = similar.Register(unit, setting.council)
            for what, change in {**COPIES, **PATTERNS}.items():
                found, took = measure(register, texts, of, change)
                share, middle = f"{found.recall:.1%}", sorted(took)[len(took) // 2] * 1000
                print(
                    f"| {what} | {found.tried} | {found.same} | {found.near} | {share} | {found.wrong} | {middle:.1f} |"
                )
    finally:
        database.close()


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.similar", description=__doc__)
    arguments.add_argument("lists", type=Path, nargs="+", help="lists of petitions (CSV, XLSX)")
    arguments.add_argument("--most", type=int, default=2_000, help="how many texts are taken (default 2000)")
    arguments.add_argument("--sqlite", action="store_true", help="measure on SQLite only")
    chosen = arguments.parse_args()
    texts = texts_of(chosen.lists)[: chosen.most]
    with tempfile.TemporaryDirectory() as folder:
        report("SQLite", f"sqlite+pysqlite:///{folder}/dondoc.db", texts)
    if not chosen.sqlite:
        with running_postgres(DURABLE) as server:
            report("PostgreSQL", server.create_database(), texts)
    print("\nDifferent texts of the lists that are alike:")
    for score, degree, one, other in sorted(alike_by_nature(texts), reverse=True):
        print(f"\n{score:.1f} {degree}\n  {one[:300]}\n  {other[:300]}")


if __name__ == "__main__":
    main()
