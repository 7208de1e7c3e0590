"""Lists of cases and results of moves on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from api.cli.desk import Desk
from api.cli.speaking import as_json, day, instant, table, words
from models.units import Unit
from states.answers import PARTS
from states.facts import Actor
from states.kinds import KINDS
from states.lifecycle import Lifecycle
from workflows import listing, paging
from workflows.chaining import Chain
from workflows.chronicle import Chronicle, ChronicleStep
from workflows.listing import CaseFilter, ListedCase
from workflows.orders import Moved


def all_pages(unit: Unit, actor: Actor, wanted: CaseFilter, limit: int) -> tuple[list[ListedCase], int]:
    """Return the first `limit` cases (0: all) and the number of all that fit."""
    found: list[ListedCase] = []
    cursor: str | None = None
    total = 0
    while True:
        size = min(paging.MOST, limit - len(found)) if limit else paging.MOST
        page = listing.cases(unit, actor=actor, wanted=wanted, cursor=cursor, limit=size, total=cursor is None)
        total = total if page.total is None else page.total
        found += page.items
        cursor = page.next
        if cursor is None or (limit and len(found) >= limit):
            return found, total


def show_cases(at: Desk, found: Sequence[ListedCase], total: int, *, json: bool) -> None:
    """Print a list of cases and how many there are."""
    if json:
        as_json({"total": total, "items": found})
        return
    vi = at.language == "vi"
    if found:
        table(
            ["Mã", "Trạng thái", "Đang xử lý", "Hạn", "Nay", "Nội dung"]
            if vi
            else ["Code", "State", "In hand", "Due", "Stands", "Text"],
            [
                (
                    c.code,
                    at.read(c.state.label),
                    c.holder.code if c.holder else "",
                    day(c.next_due_on),
                    at.read(c.due) if c.due else "",
                    _line(c.summary),
                )
                for c in found
            ],
        )
    at.say(f"{len(found)} trên {total} hồ sơ.", f"{len(found)} of {total} cases.")


def show_chain(at: Desk, chain: Chain) -> None:
    """Print the cases of a chain, the first received first, and below each how it hangs on others."""
    table(
        [words("Mã", "Code"), words("Loại", "Kind"), words("Ngày nhận", "Received"), words("Trạng thái", "State"),
         words("Liên hệ", "Hangs on"), words("Nội dung", "Text")],
        [
            (
                one.code,
                at.read(one.kind.label),
                day(one.received_on),
                at.read(one.state.label),
                "\n".join(f"{at.read(link.kind.label)} {link.other}" for link in chain.links if link.code == one.code),
                _line(one.gist),
            )
            for one in chain.cases
        ],
    )  # fmt: skip
    if not chain.whole:
        at.say("Chuỗi còn dài hơn; chỉ nêu các hồ sơ gần nhất.", "The chain is longer; only the nearest are shown.")


def show_chronicle(at: Desk, told: Chronicle) -> None:
    """Print what happened to the cases of a chain, day by day: who decided, who recorded it, the paper, the law."""
    table(
        [words("Ngày", "Day"), words("Mã", "Code"), words("Việc", "What"), words("Quyết định", "Decided by"),
         words("Người ghi, lúc", "Recorded by, at"), words("Văn bản", "Paper"),
         words("Thời hạn, căn cứ", "Limit, law")],
        [
            (
                day(step.on),
                step.code,
                at.read(step.what) + (f" → {step.towards.code}" if step.towards else ""),
                ", ".join(part for part in (step.decided_by.name if step.decided_by else None, step.person) if part),
                _entered(step),
                step.paper or "",
                "\n".join(
                    f"{at.read(law.limit)}: {at.read(law.words)} ({law.citation}; {at.read(law.effect.label)})"
                    for law in step.law
                ),
            )
            for step in told.steps
        ],
    )  # fmt: skip
    if not told.whole:
        at.say("Chuỗi còn dài hơn; chỉ nêu các hồ sơ gần nhất.", "The chain is longer; only the nearest are shown.")


def _entered(step: ChronicleStep) -> str:
    who, when = step.recorded_by, step.recorded_at
    return f"{who.name}, {instant(when)}" if who and when else ""


def _lifecycle(code: str) -> Lifecycle:
    """Return the lifecycle that the prefix in a code stands for: QK-KN-26-0001 is a petition."""
    prefix = code.split("-")[1]
    return next(table for table in KINDS.values() if table.prefix == prefix)


def _line(text: str | None) -> str:
    said = " ".join((text or "").split())
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST].rsplit(' ', 1)[0]}…"


_LONGEST = 90


def show_moved(at: Desk, moved: Moved, *, json: bool) -> None:
    """Print what a move did: the new state, warnings, missing parts."""
    if json:
        as_json(moved)
        return
    label = _lifecycle(moved.code).states[moved.state].label
    at.say(f"{moved.code}: {label.vi} (phiên bản {moved.seq}).", f"{moved.code}: {label.en} (version {moved.seq}).")
    for warning in moved.warnings:
        at.say(f"  Chú ý: {warning.text.vi}", f"  Note: {warning.text.en}")
    if moved.missing:
        vi = ", ".join(PARTS[part].vi for part in moved.missing)
        en = ", ".join(PARTS[part].en for part in moved.missing)
        at.say(f"  Văn bản trả lời còn thiếu: {vi}", f"  The answer lacks: {en}")
