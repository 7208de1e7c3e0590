"""Why a backup is not made, not taken, or not restored; each class is one reason with its own code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from states.errors import DomainError, Unavailable
from states.text import Text


class BackupUnusable(DomainError):
    """The archive is no backup, or not the one that was made: nothing of it is taken."""

    code = "backup_unusable"

    def __init__(self, why: Text) -> None:
        super().__init__(
            Text(
                f"Không dùng được bản sao lưu này: {why.vi}. Chưa thay đổi gì; hãy dùng bản khác",
                f"This backup cannot be used: {why.en}. Nothing was changed; use another one",
            )
        )


class BackupTooNew(DomainError):
    """The archive was made by a newer version of Dondoc."""

    code = "backup_too_new"

    def __init__(self, version: str) -> None:
        super().__init__(
            Text(
                f"Bản sao lưu do Dondoc {version} mới hơn tạo ra: cài bản đó rồi phục hồi",
                f"The backup was made by the newer Dondoc {version}: install that version, then restore",
            )
        )


class DatabaseDamaged(DomainError):
    """The database is damaged: a copy of it would be no backup."""

    code = "database_damaged"

    def __init__(self, faults: Sequence[str]) -> None:
        listed = "; ".join(faults)
        super().__init__(
            Text(
                f"Không sao lưu: cơ sở dữ liệu bị hỏng ({listed}). Giữ các bản sao lưu cũ, chạy «dondoc doctor»",
                f"Not backed up: the database is damaged ({listed}). Keep the older backups and run `dondoc doctor`",
            ),
            faults=list(faults),
        )


class HoldsData(DomainError):
    """What would be overwritten is not empty."""

    code = "holds_data"

    def __init__(self, what: Text) -> None:
        super().__init__(
            Text(
                f"Nơi phục hồi đã có dữ liệu: {what.vi}. Chắc chắn muốn thay bằng bản sao lưu thì thêm --overwrite",
                f"There is data already: {what.en}. Add --overwrite to replace it with the backup",
            )
        )


class HalfRestored(DomainError):
    """A restore was cut off between the database and what belongs to it; restoring again completes it."""

    code = "half_restored"

    def __init__(self, archive: str) -> None:
        super().__init__(
            Text(
                f"Lần phục hồi trước bị ngắt giữa chừng, dữ liệu chưa đủ: chạy lại «dondoc restore {archive}»",
                f"A restore was cut off half-way: run `dondoc restore {archive}` again",
            ),
            archive=archive,
        )


def unusable(vi: str, en: str) -> BackupUnusable:
    """Return the refusal of an archive for this reason."""
    return BackupUnusable(Text(vi, en))


@contextmanager
def disk(place: Path) -> Iterator[None]:
    """Say in words that the disk took or gave nothing."""
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Unavailable(
            Text(
                f"Không ghi hoặc đọc được ở {error.filename or place}: {why}. Kiểm tra chỗ trống, quyền và ổ đĩa",
                f"Cannot write or read at {error.filename or place}: {why}. Check free space, rights and the disk",
            )
        ) from error
