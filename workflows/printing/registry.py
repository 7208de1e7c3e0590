"""The kinds of print, as a table. A new kind adds its line to `_ALL`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from states.errors import NotFound
from states.text import Text
from workflows.printing.compiled_report import REPORT
from workflows.printing.conclusion_notice import CONCLUSION
from workflows.printing.handover_record import HANDOVER
from workflows.printing.kinds import PrintKind
from workflows.printing.new_answer_letter import NEW_ANSWER
from workflows.printing.table_templates import TABLES
from workflows.printing.transfer_letter import TRANSFER
from workflows.printing.urging_letter import URGE
from workflows.printing.voters_notice import NOTICE

_ALL = (TRANSFER, REPORT, NEW_ANSWER, URGE, CONCLUSION, NOTICE, HANDOVER, *TABLES)
KINDS: Mapping[str, PrintKind] = MappingProxyType({kind.code: kind for kind in _ALL})


def kind_of(code: str) -> PrintKind:
    """Return a kind of print by its code.

    Raises: NotFound naming those there are.
    """
    if code not in KINDS:
        known = ", ".join(KINDS)
        raise NotFound(
            Text(f"Không có mẫu in «{code}»; có: {known}", f"There is no print “{code}”; there are: {known}")
        )
    return KINDS[code]


@cache
def shipped(code: str) -> bytes:
    """Return the template that ships with a kind, built once by our own code.

    Raises: NotFound.
    """
    return kind_of(code).build()
