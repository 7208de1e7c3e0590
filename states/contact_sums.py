"""Where counts of contacts with voters do not add up: within one report, over its meetings, against the register.

Seed regulation of 2021: what was explained satisfactorily on the spot ends there, the rest is forwarded. A real
meeting: 15 opinions = 10 explained + 5 forwarded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from states.adding_up import Counted, Mismatch, at_most, parts_and_whole
from states.contacting import COUNTED, RoundCounts
from states.text import Text
from states.wording import field_label

Figures = Mapping[str, int | None]
EXPLAINED = "satisfactory_count"
COUNTS = ("meetings", *(name for name in COUNTED if name != "judged_by"))
_PARTS = ("forwarded_count", "diverted_count", "noted_count")
_REST = Text("chuyển, hướng dẫn gửi đơn, ghi nhận", "forwarded, guided or noted")
_WITHIN = (
    ("answered_count", "opinion_count"),
    ("satisfactory_count", "answered_count"),
    ("deputies_present", "deputies_assigned"),
)
"""Counts that are taken from another one."""


def label(name: str) -> Text:
    """Return the words for a count."""
    return field_label(RoundCounts, name)


def within(figures: Figures) -> Iterator[tuple[str, Mismatch]]:
    """Yield, by the count that is wrong, where the figures of one meeting or of one report contradict themselves."""
    counted = {name: Counted(label(name), n) for name, n in figures.items() if n is not None}
    whole, explained = counted.get("opinion_count"), _explained(counted)
    parts = [part for part in (explained, *map(counted.get, _PARTS)) if part is not None]
    if whole is not None and explained is not None and "forwarded_count" in counted:
        yield from _told("opinion_count", parts_and_whole(whole, parts, may_overlap=True))
    elif whole is not None:
        for part in (counted[name] for name in (EXPLAINED, *_PARTS) if name in counted):
            yield from _told("opinion_count", at_most(part, whole))
    for name, ceiling in _WITHIN:
        if name in counted and ceiling in counted:
            yield from _told(name, at_most(counted[name], counted[ceiling]))


def sums(meetings: Sequence[Figures]) -> dict[str, int | None]:
    """Return the sum of each count over the meetings that took place; None where one of them does not say it."""
    found: dict[str, int | None] = {"meetings": len(meetings)} if meetings else {}
    for name in COUNTS[1:] if meetings else ():
        given = [figures.get(name) for figures in meetings]
        found[name] = None if None in given else sum(number or 0 for number in given)
    return found


def over_meetings(stated: Figures, meetings: Sequence[Figures]) -> Iterator[tuple[str, Mismatch]]:
    """Yield where the figures stated for a round are not the sums of its meetings.

    Where a meeting does not say a count, the others may at least not give more than is stated.
    """
    whole, told = sums(meetings), Text(f"cộng {len(meetings)} hội nghị được", f"{len(meetings)} meetings give")
    for name, number in stated.items():
        if number is None or not meetings:
            continue
        said, total = _stated(label(name), number), whole[name]
        known = sum(figures.get(name) or 0 for figures in meetings) if total is None else total
        if total is not None or known > number:
            yield from _told(name, parts_and_whole(said, [Counted(told, known)]))


def against_register(stated: Figures, register: Figures, *, raised_again: int = 0) -> Iterator[tuple[str, Mismatch]]:
    """Yield where the figures stated for a round are not those of the register.

    What was not done with on the spot is compared as one number: what was forwarded may be guided to a letter or noted
    later. A register that holds nothing of what was explained is complete with the rest. An opinion that repeats an
    earlier petition is a time raised there, no case: up to `raised_again` may be missing.
    """
    if not register:
        return
    words = Text("sổ kiến nghị có", "the register has")
    explained = stated.get("answered_count") if stated.get(EXPLAINED) is None else stated.get(EXPLAINED)
    rest, kept_rest = _rest(stated), _rest(register)
    pairs: list[tuple[str, Text, int | None, int | None]] = [("forwarded_count", _REST, rest, kept_rest)]
    if register.get(EXPLAINED):
        pairs += [
            ("opinion_count", label("opinion_count"), stated.get("opinion_count"), register.get("opinion_count")),
            (EXPLAINED, label(EXPLAINED), explained, register[EXPLAINED]),
        ]
    for name, what, number, kept in pairs:
        if number is not None and kept is not None and not 0 < number - kept <= raised_again:
            yield from _told(name, parts_and_whole(_stated(what, number), [Counted(words, kept)]))


def _rest(figures: Figures) -> int | None:
    """Return how many were not done with on the spot; not known unless it is said how many were forwarded."""
    return None if figures.get("forwarded_count") is None else sum(figures.get(name) or 0 for name in _PARTS)


def of_two_reports(one: Figures, other: Figures, *, by: tuple[Text, Text]) -> Iterator[tuple[str, Mismatch]]:
    """Yield where two reports on one meeting say different things: they are matched, never added."""
    for name in COUNTS:
        first, second = one.get(name), other.get(name)
        if first is None or second is None or first == second:
            continue
        what, (a, b) = label(name), by
        sentence = Text(
            f"{what.vi}: {a.vi} ghi {first}, {b.vi} ghi {second}", f"{what.en}: {a.en} says {first}, {b.en} {second}"
        )
        yield name, Mismatch(sentence, second - first)


def _explained(counted: Mapping[str, Counted]) -> Counted | None:
    return counted.get(EXPLAINED) or counted.get("answered_count")


def _stated(said: Text, number: int) -> Counted:
    low = Text(said.vi[:1].lower() + said.vi[1:], said.en[:1].lower() + said.en[1:])
    return Counted(Text(f"Báo cáo ghi {low.vi}", f"The report states {low.en}"), number)


def _told(name: str, mismatch: Mismatch | None) -> Iterator[tuple[str, Mismatch]]:
    if mismatch is not None:
        yield name, mismatch
