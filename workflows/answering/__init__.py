"""Taking in answer reports: one table of the people's committee becomes one paper that answers many cases.

`read` gives the plan of a file, `order_of` the paper it asks for; `preview` and `register` show it and do it.
"""

from __future__ import annotations

from workflows.answering.lines import read_report
from workflows.answering.planning import order_of, plan, read
from workflows.answering.plans import AnswerPlan, ReportFile, RowPlan, Told
from workflows.answering.registering import Taking, preview, register

__all__ = [
    "AnswerPlan",
    "ReportFile",
    "RowPlan",
    "Taking",
    "Told",
    "order_of",
    "plan",
    "preview",
    "read",
    "read_report",
    "register",
]
