"""The log of the system: JSON or console, a request id on every line, nothing that belongs to a person or a petition.

Values that may hold such words are left out by name, long ones are cut, errors are told by their type and place
without their message (a database's message repeats the row), and control characters are written as escapes, so that
no value can start a line of its own or colour a terminal.
"""

from __future__ import annotations

import logging
import sys
import traceback
import unicodedata
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from types import TracebackType
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from states.errors import DomainError

HIDDEN = "[hidden]"
PRIVATE = frozenset(
    {
        "address", "authorization", "body", "content", "cookie", "email", "entry", "exact", "folded", "headers",
        "identity_number", "key", "name", "params", "parameters", "password", "payload", "petitioner", "phone", "query",
        "reason", "secret", "seal_key", "sentence", "sql", "statement", "text", "token", "url",
    }
)  # fmt: skip
_LONGEST_VALUE = 300
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_QUIET = ("alembic", "apscheduler", "httpcore", "httpx", "sqlalchemy", "transitions", "uvicorn.error")
_SILENT = ("uvicorn.access",)  # it writes whole addresses, with the words that people search for


def configure_logging(*, log_format: str, level: str, stream: TextIO | None = None) -> None:
    """Send all logs, those of the libraries too, to `stream` (standard error) in `log_format` from `level` upwards."""
    target = stream or sys.stderr
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_processors(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_processors(),
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(log_format, target)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in (*_QUIET, *_SILENT):
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = name not in _SILENT
        library.setLevel(max(logging.WARNING, root.level))


@contextmanager
def request(request_id: str) -> Iterator[None]:
    """Put `request_id` on every line logged inside."""
    with structlog.contextvars.bound_contextvars(request_id=request_id):
        yield


def _processors() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        tell_errors_by_place,
        hide_private_values,
        escape_control_characters,
    ]


def _renderer(log_format: str, target: TextIO) -> Processor:
    if log_format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    return structlog.dev.ConsoleRenderer(colors=target.isatty())


def tell_errors_by_place(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by the types of its chain and the places it came through."""
    found = event.pop("exc_info", None)
    event.pop("exception", None)
    error = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["error"] = " <- ".join(_named(link) for link in _chain(error))
        event["places"] = _places(error.__traceback__)
    return event


def hide_private_values(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Leave out values whose name says that they are private, in nested values too, and cut long ones."""
    return {name: _shown(name, value) for name, value in event.items()}


def escape_control_characters(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Write every control, format and line-separating character as an escape."""
    return {_escaped(str(name)): _all_escaped(value) for name, value in event.items()}


def _named(error: BaseException) -> str:
    kind = type(error)
    name = f"{kind.__module__}.{kind.__qualname__}"
    return f"{name} [{error.code}]" if isinstance(error, DomainError) else name


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


def _shown(name: str, value: object) -> object:
    if name.startswith("_") or name == "places":
        return value
    if name.lower() in PRIVATE:
        return HIDDEN
    if isinstance(value, MutableMapping):
        return {key: _shown(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_shown("", inner) for inner in value]
    if isinstance(value, BaseException):
        return _named(value)
    return value if isinstance(value, int | float | None) else _cut(str(value))


def _cut(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}… ({len(value)})"


def _all_escaped(value: object) -> object:
    if isinstance(value, str):
        return _escaped(value)
    if isinstance(value, dict):
        return {_escaped(str(key)): _all_escaped(inner) for key, inner in value.items()}
    return [_all_escaped(inner) for inner in value] if isinstance(value, list) else value


def _escaped(value: str) -> str:
    if value.isascii() and value.isprintable():
        return value
    return "".join(
        char.encode("unicode_escape").decode() if unicodedata.category(char) in _UNSEEN else char for char in value
    )
