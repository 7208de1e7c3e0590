"""The kinds of case that this installation knows. Adding a kind adds one line here and a detail table."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from states.citizen_letter import CITIZEN_LETTER
from states.commitment import COMMITMENT
from states.contact_meeting import CONTACT_MEETING
from states.contact_round import CONTACT_ROUND
from states.deputy_opinion import DEPUTY_OPINION
from states.errors import NotFound
from states.lifecycle import Lifecycle
from states.meeting import MEETING
from states.petition import PETITION
from states.question import QUESTION
from states.recommendation import RECOMMENDATION
from states.resolution_follow_up import RESOLUTION_FOLLOW_UP
from states.session_document import SESSION_DOCUMENT
from states.supervision import SUPERVISION
from states.task import TASK
from states.text import Text
from states.topic import TOPIC

_KINDS: dict[str, Lifecycle] = {}
KINDS: Mapping[str, Lifecycle] = MappingProxyType(_KINDS)


def register(lifecycle: Lifecycle) -> None:
    """Make `lifecycle` known to the engine, the API, the CLI and the docs."""
    _KINDS[lifecycle.kind] = lifecycle


def lifecycle_of(kind: str) -> Lifecycle:
    """Return the lifecycle of `kind`.

    Raises: NotFound when there is none; it names those that there are.
    """
    if kind not in _KINDS:
        known = ", ".join(sorted(_KINDS))
        raise NotFound(
            Text(f"Không có loại hồ sơ «{kind}»; có: {known}", f"There is no kind of case “{kind}”; there are: {known}")
        )
    return _KINDS[kind]


register(PETITION)
register(CONTACT_ROUND)
register(COMMITMENT)
register(SUPERVISION)
register(RECOMMENDATION)
register(QUESTION)
register(MEETING)
register(TASK)
register(CONTACT_MEETING)
register(DEPUTY_OPINION)
register(TOPIC)
register(RESOLUTION_FOLLOW_UP)
register(CITIZEN_LETTER)
register(SESSION_DOCUMENT)
