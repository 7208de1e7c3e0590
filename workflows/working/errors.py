"""What can come between a job and its end."""

from __future__ import annotations

from states.errors import DomainError
from states.text import Text

UNAVAILABLE = "long_jobs_unavailable"


class JobInterrupted(DomainError):
    """Whoever worked at the job is gone, and doing it once more would not be safe or was tried often enough."""

    code = "job_interrupted"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Việc bị dừng giữa chừng quá nhiều lần; báo quản trị, rồi gửi lại",
                "The job was cut off half-way too often; tell the administrator, then submit it again",
            )
        )


class LongJobsUnavailable(DomainError):
    """What runs long jobs cannot be started now; everything else goes on."""

    code = UNAVAILABLE

    def __init__(self, why: Text) -> None:
        super().__init__(
            Text(
                f"Chưa chạy được việc dài ({why.vi}); việc vẫn chờ, hồ sơ vẫn làm bình thường",
                f"Long jobs are unavailable ({why.en}); the job waits, cases go on",
            )
        )


class BrokenJob(DomainError):
    """A fault of the program; only the number of the job is told."""

    code = "internal_error"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Có lỗi trong hệ thống; báo quản trị kèm mã việc",
                "Something went wrong; tell the administrator the job",
            )
        )


class LeaseLost(Exception):
    """Another attempt has the job: whatever this one still wants to write must not be written."""


class TryAgain(Exception):
    """A part that is needed cannot be reached now; the very same work may be tried again. Carries no detail."""
