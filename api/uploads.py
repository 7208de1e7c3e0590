"""Files that come in: which addresses take them, and how they reach the disk without standing in memory whole."""

from __future__ import annotations

import re

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from api.errors import NotAFile
from api.installation import BASE
from states.errors import DomainError
from states.file_words import MEDIA, FileKind
from states.text import Text
from workflows.filing.store import Spool

TAKES_FILES: tuple[re.Pattern[str], ...] = (
    re.compile(re.escape(BASE) + r"/documents/[^/]+/files"),
    re.compile(re.escape(BASE) + r"/templates/[^/]+"),
    re.compile(re.escape(BASE) + r"/imports/[^/]+"),
    re.compile(re.escape(BASE) + r"/jobs/files"),
)
"""The addresses whose body is a file and not JSON."""

# A page of another site can send text/plain and forms without asking: those are never taken for a file.
_TAKEN = frozenset({"application/octet-stream", "text/csv", *MEDIA.values()} - {MEDIA[FileKind.TEXT]})
_WRONG = Text(
    "Gửi nội dung tệp trong thân yêu cầu với «Content-Type: application/octet-stream»",
    "Send the bytes of the file as the body with “Content-Type: application/octet-stream”",
)


class CutShort(DomainError):
    """The sender went away before the file had come whole."""

    code = "cut_short"

    def __init__(self) -> None:
        super().__init__(Text("Tệp chưa đến hết; gửi lại", "The file did not come whole; send it again"))


def require_file(request: Request) -> None:
    """Let pass a request whose body is sent as a file, whatever it says the file is. Raises: NotAFile."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() not in _TAKEN:
        raise NotAFile(_WRONG)


async def pour(request: Request, spool: Spool) -> None:
    """Put the body into `spool` piece by piece. Raises: TooLarge, FileOverLimit, Unavailable, CutShort."""
    try:
        async for piece in request.stream():
            if piece:
                await run_in_threadpool(spool.take, piece)
    except ClientDisconnect as error:
        raise CutShort from error
