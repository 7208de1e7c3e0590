"""What the arithmetic of time refuses to guess."""

from __future__ import annotations

from states.errors import DomainError


class CalendarNotKnown(DomainError):
    """The calendar does not know the days off of that year, so a date there would be a guess."""

    code = "calendar_not_known"


class CalendarInvalid(DomainError):
    """An announcement about a day contradicts another one, or cannot be read."""

    code = "calendar_invalid"


class RegulationInvalid(DomainError):
    """A regulation cannot be applied; `data` names file, limit and field."""

    code = "regulation_invalid"


class LimitAmbiguous(DomainError):
    """Two limits of the same role match one circumstance: which date holds would be chance."""

    code = "limit_ambiguous"


class VectorsUnreadable(DomainError):
    """A file of worked deadlines cannot be read at all."""

    code = "vectors_unreadable"
