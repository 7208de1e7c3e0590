"""Whom an old register means: to which bodies a petition went, and which units prepared the answers.

A council sends petitions to the People's Committee; its specialised agencies and service units prepare the answer, the
committee signs it. A register that names only “Phòng Kinh tế” therefore names the lead unit. Bodies that answer for
themselves (an electricity company, the province) are addressees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from states.facts import AgencyFacts
from states.folding import fold_words
from states.text import Text
from states.vocabulary import AgencyKind, Level
from workflows.importing.known_names import KnownNames, Names
from workflows.importing.late_columns import Late
from workflows.importing.register_words import several
from workflows.paper_numbers import paper_number

HIGHER = frozenset({Level.PROVINCE, Level.CENTRAL})
_ADVISING = frozenset({AgencyKind.SPECIALIZED_AGENCY, AgencyKind.PUBLIC_SERVICE_UNIT})

_COMMITTEE = frozenset(
    f"{name}{unit}" for name in ("ubnd", "uy ban", "uy ban nhan dan") for unit in ("", " xa", " phuong", " dac khu")
)


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies that a list may name, by code. `committee` is the one that the council's own letters go to."""

    names: Names
    known: Mapping[str, AgencyFacts]
    heirs: Mapping[str, str]
    committee: str | None
    standing: str
    front: str | None = None

    def find(self, written: str) -> str | None:
        """Return the code of the body that `written` names, None where it names none or several.

        “UBND xã” without more is the council's own committee.
        """
        return self.names.match(written).key or (self.committee if fold_words(written) in _COMMITTEE else None)

    def why_unknown(self, written: str) -> Text:
        """Return why a name is not known, with the nearest ones."""
        return self.names.match(written).reason or Text(f"“{written}”", f"“{written}”")

    def then(self, code: str, day: date | None, today: date) -> str:
        """Return the body that had the work on `day`: `code` itself while it was there, else its heir."""
        return code if self.known[code].in_office(day or today) else self.heirs.get(code, code)

    def is_higher(self, code: str) -> bool:
        """Tell whether a body belongs to a higher level."""
        return self.known[code].level in HIGHER

    def advises(self, code: str) -> bool:
        """Tell whether a unit prepares answers that the committee signs."""
        body = self.known[code]
        return self.committee is not None and body.kind in _ADVISING and body.level not in HIGHER

    def issuer(self, number: str | None) -> str | None:
        """Return the council-side body whose letters are numbered so."""
        symbol = _symbol(number)
        if "MTTQ" in symbol:
            return self.front
        return self.standing if "HĐND" in symbol else None


def bodies_of(names: KnownNames, *, standing_body: UUID) -> Bodies:
    """Return the bodies of a council; it has a committee where exactly one of its own level is its own."""
    own = {code: names.bodies[code] for code in sorted(names.own)}
    committees = [c for c, b in own.items() if b.kind is AgencyKind.PEOPLES_COMMITTEE and b.level not in HIGHER]
    fronts = [c for c, b in own.items() if b.kind is AgencyKind.FRONT]
    return Bodies(
        names.agencies,
        names.bodies,
        names.heirs,
        committee=committees[0] if len(committees) == 1 else None,
        standing=next(c for c, b in names.bodies.items() if b.id == standing_body),
        front=fronts[0] if len(fronts) == 1 else None,
    )


@dataclass(frozen=True, slots=True)
class Sending:
    """One sending: to whom, which unit leads there, which help."""

    addressee: str
    lead: str | None = None
    coordinating: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sendings:
    """To whom a row's petition went, and the names that nobody knows."""

    to: tuple[Sending, ...] = ()
    unknown: tuple[str, ...] = ()


def sendings(late: Late, bodies: Bodies, *, given: str | None, names_committee: bool) -> Sendings:
    """Return to whom the register says the petition went.

    `given` is the body that the office names for rows that name none; `names_committee` says that the headings or the
    answer speak of the People's Committee.
    """
    codes, unknown = several(late.addressee_written or late.units_written or late.answered_by, bodies.find)
    leads, unknown_leads = several(late.lead_written, bodies.find)
    unknown = (*unknown, *unknown_leads)
    if late.addressee_written and late.units_written:
        units, unknown_units = several(late.units_written, bodies.find)
        leads, unknown = (*leads, *units), (*unknown, *unknown_units)
    if unknown:
        return Sendings(unknown=unknown)
    direct = [c for c in codes if late.addressee_written or not bodies.advises(c)]
    leads = tuple(dict.fromkeys((*leads, *(c for c in codes if c not in direct))))
    leads = tuple(c for c in leads if c not in direct)
    target = bodies.committee if leads or names_committee else given
    if target is not None and not direct:
        direct = [target]
    elif leads and bodies.committee and bodies.committee not in direct and not late.addressee_written:
        direct.append(bodies.committee)
    led = bodies.committee if bodies.committee in direct else direct[0] if len(direct) == 1 else None
    return Sendings(
        tuple(Sending(c, leads[0], leads[1:]) if leads and c == led else Sending(c) for c in dict.fromkeys(direct))
    )


def speaks_of_committee(late: Late) -> bool:
    """Tell whether an answering paper is numbered by a People's Committee."""
    return any("UBND" in _symbol(paper.number) for paper in late.answers)


def who_answered(late: Late, sent: tuple[str, ...], bodies: Bodies) -> str | None:
    """Return which of several addressees answered: the one that the register or the number of the paper names."""
    if len(sent) == 1:
        return sent[0]
    named = bodies.find(late.answered_by) if late.answered_by else None
    if named in sent:
        return named
    if bodies.committee in sent and (speaks_of_committee(late) or (named is not None and bodies.advises(named))):
        return bodies.committee
    symbols = {_symbol(paper.number) for paper in late.answers}
    fitting = [code for code in sent if any(code.upper() in symbol.split("-") for symbol in symbols)]
    return fitting[0] if len(fitting) == 1 else None


def _symbol(number: str | None) -> str:
    found = paper_number(number) if number else None
    return found.issuer if found else ""
