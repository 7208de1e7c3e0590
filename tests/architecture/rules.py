"""Where things may happen: the tables that the architecture tests read.

Moving a line here is a decision: the reason belongs into the commit message.
"""

from __future__ import annotations

PACKAGES = ("api", "web", "workflows", "deadlines", "models", "states")
OPTIONAL_PACKAGES = {"web"}

# One use case is one transaction: the unit begins and commits it, in the words of the database at hand.
TRANSACTION_MODULES = {"models/units.py", "models/databases.py"}

# The state of a case or referral is written by the ledger. Two modules move a state that is no row: the machine's
# carrier, and the fold of the events, which reaches no database.
STATE_MODULES = {"workflows/ledger.py", "workflows/folding.py", "states/machine.py"}
STATE_COLUMNS = {"state"}
STATE_TABLES = {"case", "referral"}
# Tables with a state that is not a case's, by the names under which modules know them: "_rung", "_PROPOSAL".
OTHER_STATES = {"rung", "proposal", "group", "message", "job"}

# `now` and `today` are arguments. These modules read a clock and pass it on.
CLOCK_MODULES = {"models/databases.py", "models/units.py"}
CLOCKS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "time.ctime",
    "time.gmtime",
    "time.localtime",
    "time.time",
    "time.time_ns",
    "sqlalchemy.func.current_date",
    "sqlalchemy.func.current_timestamp",
    "sqlalchemy.func.now",
    "sqlmodel.func.current_date",
    "sqlmodel.func.current_timestamp",
    "sqlmodel.func.now",
}

PRINTING_PACKAGES = {"api", "benchmarks"}

LONGEST_MODULE = 400
LONGEST_FUNCTION = 50
EMPTY_FOLDER_NAMES = {"common", "core", "helpers", "misc", "utils"}

# A test that does not run is no test. The shared data may be missing on a machine outside.
SKIPPING_MODULES = {"tests/conftest.py"}
