"""Makes the packets of hamlets as Word files: one hamlet, or all of a council in one file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from rapidfuzz import process
from sqlalchemy import select

from deadlines.wording import full_date
from models.columns import table_of
from models.councils import Locality
from models.units import Unit
from states.errors import BadInput
from states.facts import Actor
from states.folding import fold_words
from states.text import Text
from workflows.access import Setting
from workflows.printing import packet
from workflows.printing.filed import Filed
from workflows.printing.groups import NO_PLACE, grouping
from workflows.printing.making import MadeFile, Source, council_name, word_file
from workflows.printing.packet import Packet
from workflows.printing.petition_stories import petitions
from workflows.printing.picking import Choice, Chosen, chosen, places_in

_locality = table_of(Locality)
_SLUG = re.compile(r"[^a-z0-9]+")


def of_hamlet(
    unit: Unit, *, setting: Setting, actor: Actor, store: Source, name: str, contact_round: str | None = None
) -> MadeFile:
    """Make the packet of one hamlet; a hamlet of the council without petitions gets an empty one.

    Raises: BadInput for a place that is neither in the council's list nor in its register.
    """
    picked = chosen(unit, setting=setting, actor=actor, choice=Choice(locality=name, round=contact_round))
    known = _hamlets(unit, setting)
    found = tuple(petitions(unit, setting=setting, actor=actor, ids=picked.ids))
    if fold_words(name) not in known and not found:
        raise _unknown(name, known)
    title = known.get(fold_words(name), name.strip())
    return _made(unit, setting, store, what=f"packet-{_slug(title)}", groups={title: found}, picked=picked)


def of_all(unit: Unit, *, setting: Setting, actor: Actor, store: Source, contact_round: str | None = None) -> MadeFile:
    """Make one file of all hamlets that raised something, each on pages of its own."""
    groups, picked = _grouped(unit, setting, actor, contact_round)
    return _made(unit, setting, store, what="packet", groups=groups, picked=picked)


def each(
    unit: Unit, *, setting: Setting, actor: Actor, store: Source, contact_round: str | None = None
) -> tuple[MadeFile, ...]:
    """Make a file for each hamlet that raised something."""
    made = makers(unit, setting=setting, actor=actor, store=store, contact_round=contact_round)
    return tuple(maker() for maker in made)


def makers(
    unit: Unit, *, setting: Setting, actor: Actor, store: Source, contact_round: str | None = None
) -> tuple[Callable[[], MadeFile], ...]:
    """Return what makes the file of each hamlet that raised something, one by one, as long as the unit is open."""
    groups, picked = _grouped(unit, setting, actor, contact_round)

    def maker(n: int, name: str, found: Sequence[Filed]) -> Callable[[], MadeFile]:
        what = f"packet-{n:02d}-{_slug(name)}"
        return lambda: _made(unit, setting, store, what=what, groups={name: found}, picked=picked)

    return tuple(maker(n, name, found) for n, (name, found) in enumerate(groups.items(), start=1))


def of_case(unit: Unit, *, setting: Setting, actor: Actor, store: Source, name: str, choice: Choice) -> MadeFile:
    """Make the packet of a hamlet with the petitions of `choice` alone, to try a template."""
    picked = chosen(unit, setting=setting, actor=actor, choice=choice)
    found = tuple(petitions(unit, setting=setting, actor=actor, ids=picked.ids))
    return _made(unit, setting, store, what=f"packet-{_slug(name)}", groups={name: found}, picked=picked)


def _grouped(
    unit: Unit, setting: Setting, actor: Actor, gathering: str | None
) -> tuple[Mapping[str, Sequence[Filed]], Chosen]:
    """Return the petitions by hamlet; one that names several hamlets is in the packet of each."""
    picked = chosen(unit, setting=setting, actor=actor, choice=Choice(round=gathering))
    known = _hamlets(unit, setting)
    groups: dict[str, list[Filed]] = {}
    for filed in petitions(unit, setting=setting, actor=actor, ids=picked.ids):
        for place in places_in(filed.locality or "") or [NO_PLACE]:
            groups.setdefault(known.get(fold_words(place), place), []).append(filed)
    ordered = sorted(groups, key=lambda name: (name == NO_PLACE, fold_words(name), name))
    return {name: groups[name] for name in ordered}, picked


def _made(
    unit: Unit,
    setting: Setting,
    store: Source,
    *,
    what: str,
    groups: Mapping[str, Sequence[Filed]],
    picked: Chosen,
) -> MadeFile:
    fields = grouping(unit)
    view = Packet(
        council=council_name(unit, setting),
        as_of=f"Tính đến {full_date(unit.today).vi}",
        scope=picked.round or "mọi đợt tiếp xúc cử tri",
        hamlets=tuple(packet.hamlet(name, found, grouping=fields) for name, found in groups.items()),
        notes=tuple(packet.notes([f for found in groups.values() for f in found], empty=not groups)),
    )
    return word_file(unit, setting=setting, store=store, what=what, kind="packet", view=view)


def _hamlets(unit: Unit, setting: Setting) -> dict[str, str]:
    rows = unit.read(select(_locality.c.name).where(_locality.c.council_id == setting.council)).scalars()
    return {fold_words(name): name for name in rows}


def _unknown(name: str, known: Mapping[str, str]) -> BadInput:
    near = process.extractOne(fold_words(name), list(known), score_cutoff=_NEAR)
    meant = known[near[0]] if near else None
    return BadInput(
        {
            "locality": Text(
                f"Không có thôn, bản «{name}»" + (f"; có phải «{meant}»?" if meant else ""),
                f"There is no hamlet “{name}”" + (f"; is it “{meant}”?" if meant else ""),
            )
        }
    )


_NEAR = 60


def _slug(name: str) -> str:
    """Return a name for a file: letters and figures without diacritics, 40 at most."""
    return _SLUG.sub("-", fold_words(name))[:40].strip("-") or "khac"
