"""Domain errors: each is a sentence in both languages with a code and data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from states.text import Text

if TYPE_CHECKING:
    from states.findings import Finding


class DomainError(Exception):
    """Something the user can understand and mend; never a fault of the program.

    `code` is machine-readable and stable, `text` is what people read, `data` names what it is about.
    """

    code: ClassVar[str] = "domain_error"

    def __init__(self, text: Text, **data: object) -> None:
        super().__init__(text.en)
        self.text = text
        self.data: Mapping[str, object] = data


class NotFound(DomainError):
    """Absent, or hidden from this actor: the two look alike."""

    code = "not_found"

    def __init__(self, what: Text | None = None) -> None:
        super().__init__(what or Text("Không tìm thấy, hoặc không có quyền xem", "Not found"))


class ChangedSinceOpened(DomainError):
    """Somebody moved the case since it was opened; says who, when and to what."""

    code = "changed_since_opened"


class Refused(DomainError):
    """A move is refused; carries every condition that fails and every one that holds."""

    code = "refused"

    def __init__(self, text: Text, *, trigger: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(text, trigger=trigger)
        self.trigger = trigger
        self.findings = tuple(findings)


class UnknownTrigger(Refused):
    """The lifecycle has no such trigger in this state."""

    code = "unknown_trigger"


class BadInput(DomainError):
    """A field cannot be understood; `problems` maps a field name to what is wrong and what to do."""

    code = "bad_input"

    def __init__(self, problems: Mapping[str, Text]) -> None:
        sentence = Text("; ".join(t.vi for t in problems.values()), "; ".join(t.en for t in problems.values()))
        super().__init__(sentence)
        self.problems = dict(problems)


class AlreadyExists(DomainError):
    """A name, code or number is taken."""

    code = "already_exists"


class NotPermitted(DomainError):
    """The actor's roles do not allow it."""

    code = "not_permitted"


class Unavailable(DomainError):
    """The database or another part cannot be reached now; trying again is safe."""

    code = "unavailable"


class OutcomeUnknown(Unavailable):
    """The database was lost at the very commit: whether it was kept must be looked up, or asked by the same key."""

    code = "outcome_unknown"


class DiskFull(Unavailable):
    """The disk of the database takes nothing more: writing goes on once there is room."""

    code = "disk_full"
