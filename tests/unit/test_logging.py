"""The log tells what happened and where, and nothing about persons or petitions."""

from __future__ import annotations

import io
import json
import logging
import os
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from api.logging import HIDDEN, configure_logging, request
from states.errors import NotFound

CANARY = "Nguyễn Văn Canary 079123456789"


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    for name in ("alembic", "sqlalchemy", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).setLevel(logging.NOTSET)
        logging.getLogger(name).propagate = True


def written(level: str = "info") -> io.StringIO:
    stream = io.StringIO()
    configure_logging(log_format="json", level=level, stream=stream)
    return stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_has_time_level_event_and_request() -> None:
    stream = written()
    with request("r-17"):
        structlog.get_logger("dondoc").info("moved", case="QK-2026-0001", seq=3)
    structlog.get_logger("dondoc").info("idle")
    first, second = lines(stream)
    assert first["timestamp"].endswith("Z")
    told = {name: first[name] for name in ("level", "event", "request_id", "case", "seq", "logger")}
    expected = {"level": "info", "event": "moved", "request_id": "r-17", "case": "QK-2026-0001", "seq": 3}
    assert told == expected | {"logger": "dondoc"}
    assert "request_id" not in second


def test_levels_below_the_wanted_one_are_not_written() -> None:
    stream = written("warning")
    structlog.get_logger("dondoc").info("no")
    structlog.get_logger("dondoc").warning("yes")
    assert [line["event"] for line in lines(stream)] == ["yes"]


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_no_value_can_start_a_line_or_colour_a_terminal(log_format: str) -> None:
    stream = io.StringIO()
    configure_logging(log_format=log_format, level="info", stream=stream)
    wicked = "x\r\n2026-01-01 [info] forged\x1b[31m\u2028\u202e\x00\x9b"
    structlog.get_logger("dondoc").info("login " + wicked, who=wicked, nested={"a": [wicked]}, **{f"k{wicked}": 1})
    logging.getLogger("library").warning("told %s", wicked)
    out = stream.getvalue()
    assert len(out.splitlines()) == 2
    assert not set(out) & set("\r\x1b\u2028\u202e\x00\x9b")
    assert "\\x1b" in out


def test_private_values_are_left_out_wherever_they_stand() -> None:
    stream = written()
    structlog.get_logger("dondoc").info("seen", name=CANARY, entry={"text": CANARY}, rows=[{"phone": CANARY, "id": 7}])
    assert CANARY not in stream.getvalue()
    assert lines(stream)[0]["name"] == HIDDEN
    assert lines(stream)[0]["rows"] == [{"phone": HIDDEN, "id": 7}]


def test_a_long_value_is_cut() -> None:
    stream = written()
    structlog.get_logger("dondoc").info("seen", note="Cử tri kiến nghị " * 1_000)
    assert len(stream.getvalue()) < 700


def fail_with(message: str) -> None:
    try:
        os.environ[message]
    except KeyError as error:
        raise ValueError(message) from error


def test_an_error_is_told_by_type_and_place_without_its_message() -> None:
    stream = written()
    try:
        fail_with(CANARY)
    except ValueError:
        structlog.get_logger("dondoc").exception("failed")
        logging.getLogger("library").exception("failed too")
    assert CANARY not in stream.getvalue()
    for line in lines(stream):
        assert line["error"] == "builtins.ValueError <- builtins.KeyError"
        assert any(place.endswith("fail_with") for place in line["places"])


def test_a_domain_error_is_told_by_its_code() -> None:
    stream = written()
    structlog.get_logger("dondoc").warning("refused", exc_info=NotFound())
    assert lines(stream)[0]["error"] == "states.errors.NotFound [not_found]"


def test_libraries_write_neither_addresses_nor_statements() -> None:
    stream = written("debug")
    logging.getLogger("uvicorn.access").info("GET /api/v1/petitions?text=%s", CANARY)
    logging.getLogger("sqlalchemy.engine").info("INSERT %s", CANARY)
    logging.getLogger("uvicorn.error").error("broken")
    assert CANARY not in stream.getvalue()
    assert [line["event"] for line in lines(stream)] == ["broken"]
