"""The list of what a session carries over, on a terminal."""

from __future__ import annotations

import typer

from api.cli.desk import Desk
from api.cli.speaking import clean, day, table
from workflows.carrying import CarriedOver, Sum

_LONGEST = 90


def show_carried(at: Desk, found: CarriedOver) -> None:
    """Print the list in the order of receipt, then how it falls apart; every part adds up to the whole."""
    vi = at.language == "vi"
    typer.echo(clean(f"{found.name}. {at.read(found.says)}"))
    if found.items:
        table(
            ["", "Mã", "Nhận", "Số ngày", "Lần nêu", "Trạng thái", "Đang xử lý", "Lý do chưa giải quyết", "Nội dung"]
            if vi
            else ["", "Code", "Received", "Days", "Raised", "State", "In hand", "Why not yet", "Text"],
            [
                (
                    str(i.ordinal),
                    i.code,
                    day(i.received_on),
                    "" if i.age is None else str(i.age),
                    str(i.times_raised),
                    at.read(i.state.label),
                    i.holder.code if i.holder else "",
                    at.read(i.reason.label) if i.reason else "",
                    _line(i.text),
                )
                for i in found.items
            ],
        )
    _show_sums(at, found, "Theo lĩnh vực" if vi else "By field", found.by_field)
    _show_sums(at, found, "Theo cơ quan đang xử lý" if vi else "By body in hand", found.by_agency)
    _show_sums(at, found, "Theo trạng thái" if vi else "By state", found.by_state)
    _show_sums(at, found, "Theo lý do chưa giải quyết" if vi else "By reason", found.by_reason)


def _show_sums(at: Desk, found: CarriedOver, title: str, sums: tuple[Sum, ...]) -> None:
    if sums:
        parts = "; ".join(f"{at.read(one.label)} {one.number}" for one in sums)
        typer.echo(clean(f"{title}: {parts} = {found.total}"))


def _line(text: str | None) -> str:
    said = " ".join((text or "").split())
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST].rsplit(' ', 1)[0]}…"
