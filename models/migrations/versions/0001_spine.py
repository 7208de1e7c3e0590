"""The spine: councils, cases, history, calendars, regulations, clocks, search."""

from __future__ import annotations

from alembic import op

from models.steps import refuse_if_rows, run_file

revision = "0001_spine"
down_revision = None

# What `migrate` loads again by itself; an office's own bodies and places are among the other rows.
RELOADED = ("alembic_version", "calendar_day", "calendar_version", "regulation", "taxon", "time_limit")
RELOADED_WHERE = {"agency": "council_id IS NULL", "locality": "council_id IS NULL"}


def upgrade() -> None:
    run_file(op.get_bind(), revision, "up")


def downgrade() -> None:
    refuse_if_rows(op.get_bind(), besides=RELOADED, besides_where=RELOADED_WHERE)
    run_file(op.get_bind(), revision, "down")
