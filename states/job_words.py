"""What a long piece of work can be: waiting, under way, done or failed."""

from __future__ import annotations

from enum import unique

from states.labelled import LABELS, Labelled
from states.text import Text


@unique
class JobState(Labelled):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


LABELS.add(
    (JobState.QUEUED, Text("Chờ chạy", "Waiting")),
    (JobState.RUNNING, Text("Đang chạy", "Running")),
    (JobState.DONE, Text("Đã xong", "Done")),
    (JobState.FAILED, Text("Không xong", "Failed")),
)
