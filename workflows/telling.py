"""Telling voters: one act per hamlet and round for all its answered petitions, by whichever channel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from models.units import Unit
from states.entries import DocumentSlip
from states.errors import BadInput
from states.facts import Actor
from states.paper_acts import PaperAct
from states.petition import P
from states.text import Text
from workflows import gathering
from workflows.access import Setting
from workflows.enacting.orders import PaperOrder, PaperRow
from workflows.gathering import Gathering

ANSWERED = (P.ANSWERED.value, P.JUDGED.value, P.CLOSED.value)


def order_of(
    unit: Unit,
    *,
    setting: Setting,
    actor: Actor,
    contact_round: str | None,
    locality: str | None,
    on: date | None,
    values: Mapping[str, Any],
    slip: DocumentSlip | None = None,
    publish: bool = False,
) -> PaperOrder:
    """Return the act that tells the voters of a hamlet what became of everything they raised in a round.

    It goes through all petitions that are answered and of which they were not told yet. `values` are those of
    `states.entries.Informed`. `publish` records the publication instead. Raises: BadInput when neither round nor
    hamlet is named or nothing is left to tell.
    """
    if contact_round is None and locality is None:
        raise BadInput({"round": Text("Nêu đợt tiếp xúc hoặc thôn", "Name the contact round or the hamlet")})
    wanted = Gathering(states=ANSWERED, round=contact_round, locality=locality, untold=not publish)
    codes = gathering.codes(unit, setting=setting, actor=actor, wanted=wanted)
    if not codes:
        raise BadInput(
            {
                "locality": Text(
                    "Không còn kiến nghị đã trả lời nào chưa thông báo ở đây",
                    "No answered petition is left here that voters were not told of",
                )
            }
        )
    act = PaperAct.PUBLICATION if publish else PaperAct.TELLING
    return PaperOrder(act, slip, tuple(map(PaperRow, codes)), actor, on, values)
