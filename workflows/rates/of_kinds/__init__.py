"""Rates of every kind of case: of what has fallen due, how much is done, in time or late, with both numbers beside it.

What is done stands in the table of the kind (`Lifecycle.rating`). As for petitions, `counting` asks the rows and
`recounting` the events, and tests hold both equal. Petitions have more to tell, in `workflows.rates` itself.
"""

from workflows.rates.of_kinds.rating import rates_of_kind
from workflows.rates.of_kinds.tables import KindRateRow, KindRateTable

__all__ = ["KindRateRow", "KindRateTable", "rates_of_kind"]
