"""The jobs that reckon clocks anew: of a council as it stands, by a regulation it adopts, by days off announced.

Adopting and announcing are the very use cases of the command line, in one transaction with the end of the job.
Reckoning anew goes in batches, each a transaction of its own that proves first that the job is still ours: who is
interrupted leaves whole batches, and the next attempt finds nothing to change in them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from models.units import Unit
from states.errors import NotFound
from states.facts import Actor
from states.text import Text
from workflows import adopting, announcing, councils, regulations, reprojecting
from workflows.access import Setting
from workflows.reprojecting import DueMove, Occasion
from workflows.working.orders import AdoptionOrder, ClocksOrder, DaysOrder
from workflows.working.work import Outcome, Work

AT_ONCE = 100


def permit(unit: Unit, *, setting: Setting, actor: Actor) -> None:  # noqa: ARG001 - every kind is asked alike
    """Let pass who may change the council's time limits. Raises: NotPermitted."""
    councils.require_in_charge(actor, setting.council)


def permit_days(unit: Unit, *, setting: Setting | None, actor: Actor) -> None:  # noqa: ARG001 - every kind is asked alike
    """Let pass who may announce days off. Raises: NotPermitted."""
    announcing.require_announcer(actor)


def reckon(work: Work) -> None:
    """Reckon the clocks of all cases of the council anew, batch by batch."""
    with work.shop.database.reading() as unit:
        actor = work.actor(unit)
        setting = work.setting(unit, actor)
        permit(unit, setting=setting, actor=actor)
        cases = reprojecting.cases_of(unit, setting.council)
    work.meter(0, len(cases))
    moves: list[DueMove] = []
    for first in range(0, len(cases), AT_ONCE):
        part = partial(_batch, work, setting, cases[first : first + AT_ONCE])
        moves += work.step(f"cases from {first + 1}", part)
    with work.shop.database.writing() as unit:
        work.finish(unit, _outcome(moves))


def _batch(work: Work, setting: Setting, cases: Sequence[UUID]) -> tuple[DueMove, ...]:
    with work.shop.database.writing() as unit:
        moved = reprojecting.reproject(
            unit,
            cases=cases,
            rules={setting.council: regulations.rules_now(unit, setting.council)},
            occasion=_occasion(unit, work, setting),
        )
        far = work.meter.far
        work.meter(far.done + len(cases), far.total)
        work.renew(unit)
    return moved


def _occasion(unit: Unit, work: Work, setting: Setting) -> Occasion:
    """Return why: the regulation that is named, as the council applies it, else the calendar in use."""
    order: ClocksOrder = work.order
    actor = work.actor(unit)
    if order.regulation is None:
        return announcing.occasion_of(regulations.calendar_of(unit), actor=actor, on=unit.today)
    return adopting.occasion_of(applied(unit, setting, order.regulation), actor=actor, on=unit.today)


def applied(unit: Unit, setting: Setting, code: str) -> adopting.Applied:
    """Return the newest adoption of a regulation by the council. Raises: NotFound."""
    found = [a for a in adopting.applied(unit, setting=setting) if a.regulation.code == code.strip().lower()]
    if not found:
        raise NotFound(Text(f"Hội đồng không áp dụng quy chế {code}", f"The council applies no regulation {code}"))
    return max(found, key=lambda one: one.from_on)


def adopt(work: Work) -> None:
    """Adopt a regulation and reckon the council's clocks anew, with the end of the job."""
    order: AdoptionOrder = work.order
    with work.shop.database.writing() as unit:
        actor = work.actor(unit)
        setting = work.setting(unit, actor)
        done = adopting.adopt(
            unit,
            setting=setting,
            code=order.regulation,
            version=order.version,
            from_on=order.from_on,
            actor=actor,
            precedence=order.precedence,
            basis=order.basis,
            switches=order.switches,
            heard=_counting(work, len(reprojecting.cases_of(unit, setting.council))),
        )
        work.finish(unit, _outcome(done.moves, regulation=done.applied.regulation.code))


def announce(work: Work) -> None:
    """Put announcements into force and let open due dates follow, with the end of the job."""
    order: DaysOrder = work.order
    with work.shop.database.writing() as unit:
        heard = _counting(work, sum(len(cases) for _, cases in announcing.open_cases(unit)))
        done = announcing.announce(unit, announced=order.announced, actor=work.actor(unit), heard=heard)
        work.finish(unit, _outcome(done.moves, calendar=done.version))


def _counting(work: Work, total: int) -> Callable[[], None]:
    work.meter(0, total)

    def heard() -> None:
        work.meter(work.meter.far.done + 1, total)

    return heard


def _outcome(moves: Sequence[DueMove], **more: str) -> Outcome:
    cases = len({move.code for move in moves})
    said = Text(
        f"Đã tính lại thời hạn: {len(moves)} hạn của {cases} hồ sơ thay đổi",
        f"Clocks were reckoned anew: {len(moves)} due dates of {cases} cases moved",
    )
    return Outcome(said=said, totals={"moved": len(moves), "cases": cases, **more})
