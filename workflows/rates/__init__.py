"""Honest rates: how many petitions were received, answered, handled and resolved, and which answers were late.

Two ways lead to each figure. `counting` asks the rows of cases, referrals and clocks, in a fixed number of
statements; `recounting` reads the events alone, folds them and projects the clocks anew. Tests hold them equal.
"""

from workflows.rates.definitions import By, Outcome, Place, Time
from workflows.rates.printing import percent, percent_words
from workflows.rates.questions import Question
from workflows.rates.rating import of_any_kind, rates, tallies
from workflows.rates.tables import Bridge, Check, Line, Period, Rate, RateRow, RateTable
from workflows.rates.tallies import Tally

__all__ = [
    "Bridge",
    "By",
    "Check",
    "Line",
    "Outcome",
    "Period",
    "Place",
    "Question",
    "Rate",
    "RateRow",
    "RateTable",
    "Tally",
    "Time",
    "of_any_kind",
    "percent",
    "percent_words",
    "rates",
    "tallies",
]
