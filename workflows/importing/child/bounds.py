"""The limits of the reading process, and how it says that a file will not be read."""

from __future__ import annotations


class Unreadable(Exception):
    """The file is refused; the message is the reason in one word that the parent knows."""


def restrict(*, memory: int, seconds: int, output: int) -> None:
    """Limit this process where the operating system can; elsewhere the parent's timeout remains."""
    try:
        import resource  # noqa: PLC0415 - absent on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for what, bound in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, output),
    ):
        hard = resource.getrlimit(what)[1]
        allowed = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(what, (allowed, allowed))


def spend(rows_left: int) -> int:
    """Return how many rows may still come. Raises Unreadable at none."""
    if not rows_left:
        raise Unreadable("rows")
    return rows_left - 1
