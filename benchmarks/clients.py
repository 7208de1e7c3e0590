"""Runs the same work in several client processes at once and counts what was done per second."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from typing import Any

Work = Callable[[str, Sequence[Any]], None]


def rate(work: Work, url: str, items: Sequence[Any], *, clients: int) -> float:
    """Share `items` among `clients` processes that start together; return items per second of wall time.

    Each process warms up on its first item before the start, so that compiling and connecting are not counted.
    """
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(clients + 1)
    shares = [list(items[i::clients]) for i in range(clients)]
    running = [context.Process(target=_client, args=(work, url, share, start)) for share in shares]
    for process in running:
        process.start()
    start.wait()
    began = time.perf_counter()
    for process in running:
        process.join()
    took = time.perf_counter() - began
    failed = [process.exitcode for process in running if process.exitcode]
    if failed:
        message = f"{len(failed)} of {clients} clients failed"
        raise RuntimeError(message)
    return (len(items) - clients * WARM_UP) / took


WARM_UP = 8


def _client(work: Work, url: str, share: Sequence[Any], start: Any) -> None:
    try:
        work(url, share[:WARM_UP])
    except BaseException:  # whatever it was, nobody else may wait for this one
        start.abort()
        raise
    start.wait()
    work(url, share[WARM_UP:])
