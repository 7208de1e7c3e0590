"""What a person decides of single rows of a report, as it is typed: ROW=CODE, ROW=RESULT, *=RESULT."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from states.errors import BadInput
from states.text import Text
from states.vocabulary import Result
from workflows.answering.plans import Told
from workflows.answering.results import Claim, claim_of

_EVERY = "*"


def settled(told: Told, *, match: Iterable[str] = (), result: Iterable[str] = (), skip: Iterable[int] = ()) -> Told:
    """Return `told` with what was decided of rows; the result of row “*” is that of rows that say none.

    Raises: BadInput naming `match` or `result`.
    """
    results = _pairs(result, "result")
    return replace(
        told,
        matches={_row(row, "match"): code for row, code in _pairs(match, "match")},
        results={_row(row, "result"): result_named(said) for row, said in results if row != _EVERY},
        other_results=next((result_named(said) for row, said in results if row == _EVERY), None),
        skips=frozenset(skip),
    )


def result_named(written: str) -> Result:
    """Return a result by its code, or by words that the office uses for it. Raises: BadInput."""
    if written in set(Result):
        return Result(written)
    claim = claim_of(written)
    if isinstance(claim, Claim):
        return claim.result
    known = ", ".join(f"{result} ({result.label.vi})" for result in Result)
    raise BadInput({"result": Text(f"Không có kết quả “{written}”: {known}", f"No result “{written}”: {known}")})


def _pairs(written: Iterable[str], option: str) -> list[tuple[str, str]]:
    pairs = [tuple(part.strip() for part in pair.partition("=")[::2]) for pair in written]
    if any(not left or not right for left, right in pairs):
        raise BadInput({option: Text(f"«{option}»: viết DÒNG=GIÁ TRỊ", f"“{option}”: write ROW=VALUE")})
    return [(left, right) for left, right in pairs]


def _row(written: str, option: str) -> int:
    if not (written.isascii() and written.isdecimal() and len(written) < _LONGEST):
        raise BadInput({option: Text(f"«{option}»: “{written}” không phải số dòng", f"“{option}”: no row “{written}”")})
    return int(written)


_LONGEST = 10
