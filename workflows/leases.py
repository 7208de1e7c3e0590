"""A lease that is renewed for as long as the work lasts, by a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from states.errors import Unavailable


@contextmanager
def kept(renew: Callable[[], bool], *, every: timedelta, name: str) -> Iterator[None]:
    """Call `renew` again and again until the block ends, or it returns False: then somebody else has the work.

    A database that cannot be reached now ends nothing. On SQLite the work itself may hold the write lock: then nobody
    else can take it either.
    """
    over = threading.Event()

    def beating() -> None:
        ours = True
        while ours and not over.wait(every.total_seconds()):
            try:
                ours = renew()
            except Unavailable:
                continue

    heart = threading.Thread(target=beating, name=f"lease of {name}", daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()
