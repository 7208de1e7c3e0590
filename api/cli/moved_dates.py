"""Due dates that move, on a terminal: shown before and after a session, the calendar or a regulation changes."""

from __future__ import annotations

from collections.abc import Sequence

from api.cli.desk import Desk
from api.cli.speaking import as_json, day, table, words
from workflows.reprojecting import DueMove


def show_moves(at: Desk, moves: Sequence[DueMove], *, json: bool, done: bool) -> None:
    """Print which due dates move, and how many."""
    if json:
        as_json({"moves": moves, "done": done})
        return
    if moves:
        table(
            [words("Mã", "Code"), words("Thời hạn", "Limit"), words("Trước", "Before"), words("Sau", "After")],
            [(m.code, at.read(m.label), day(m.old) or "—", day(m.new) or "—") for m in moves],
        )
    count = len(moves)
    if done:
        at.say(f"{count} thời hạn đã tính lại.", f"{count} due dates were reckoned anew.")
    else:
        at.say(f"Xem trước, chưa ghi gì: {count} thời hạn sẽ đổi.", f"Preview only: {count} due dates would move.")
