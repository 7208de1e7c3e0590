"""A paper that cannot be registered as it stands, with what is wrong row by row."""

from __future__ import annotations

from states.errors import DomainError
from workflows.enacting.orders import PaperReport
from workflows.enacting.views import summary, view_of


class PaperRefused(DomainError):
    """Rows of the paper are refused and the office did not choose to do the others; nothing was written."""

    code = "paper_refused"

    def __init__(self, report: PaperReport) -> None:
        super().__init__(summary(report))
        self.report = view_of(report)
