"""What a database that cannot do its work says, in words: who uses it may try again, and knows what was kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, OperationalError

from states.errors import BadInput, DiskFull, OutcomeUnknown, Unavailable
from states.text import Text

_POSTGRESQL_DISK_FULL = "53100"
_OF_THE_FILE = ("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")
_NO_DATABASE = Text(
    "«DONDOC_DATABASE_URL» chỉ vào một tệp không phải cơ sở dữ liệu SQLite",
    "“DONDOC_DATABASE_URL” names a file that is no SQLite database",
)
_AWAY = Text(
    "Cơ sở dữ liệu đang không sẵn sàng; dữ liệu chưa ghi, có thể thử lại",
    "The database cannot be reached now; nothing was written, try again",
)
_UNKNOWN = Text(
    "Mất liên lạc với cơ sở dữ liệu đúng lúc ghi: chưa biết đã ghi hay chưa. Mở lại để xem, hoặc gửi lại với cùng khóa",
    "The database was lost at the very commit: it may have been written. Look again, or repeat it with the same key",
)
_FULL = Text(
    "Đĩa của cơ sở dữ liệu đã đầy, chưa ghi gì: báo quản trị dọn chỗ trống rồi gửi lại",
    "The disk of the database is full, nothing was written: ask the administrator to make room, then try again",
)
_DISK = Text(
    "Không đọc hoặc ghi được tệp cơ sở dữ liệu, chưa ghi gì: kiểm tra chỗ trống, quyền và ổ đĩa",
    "The database file cannot be read or written, nothing was written: check free space, rights and the disk",
)


@contextmanager
def reachable(*, committing: bool = False) -> Iterator[None]:
    """Say in words that the database did not do what was asked; faults of the program pass through.

    `committing`: the commit itself is inside, so that a connection lost there leaves open whether it was kept.
    Raises: Unavailable, OutcomeUnknown, DiskFull, BadInput for a file that is no database.
    """
    try:
        yield
    except DatabaseError as error:
        told = _told(error, committing=committing)
        if told is None:
            raise
        raise told from error


def _told(error: DatabaseError, *, committing: bool) -> Exception | None:
    """Return what an error means to who uses the database, None for a fault of ours."""
    name = getattr(error.orig, "sqlite_errorname", None)
    if name == "SQLITE_NOTADB":
        return BadInput({"DONDOC_DATABASE_URL": _NO_DATABASE})
    # SQLite says ERROR too of a statement that does not fit the schema: that is a fault of ours, not a passing one.
    if not isinstance(error, OperationalError) or name == "SQLITE_ERROR":
        return None
    if name == "SQLITE_FULL" or getattr(error.orig, "sqlstate", None) == _POSTGRESQL_DISK_FULL:
        return DiskFull(_FULL)
    if name is not None and name.startswith(_OF_THE_FILE):
        return Unavailable(_DISK)
    return OutcomeUnknown(_UNKNOWN) if committing and error.connection_invalidated else Unavailable(_AWAY)
