"""The outermost layer of HTTP: an id for every request, bodies of bounded length only, and no detail of any fault.

A body is JSON, read whole before anything else, except on addresses that take files: there it passes in pieces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from time import perf_counter
from types import TracebackType

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import Broken, NotJson, TooLarge, language_of, problem
from api.logging import request as logged_request
from states.errors import DomainError
from states.text import Text
from workflows.drafting import new_id
from workflows.measuring import LATENCY

REQUEST_ID = "X-Request-Id"
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_BODILESS = frozenset({"GET", "HEAD", "OPTIONS"})
_log = structlog.get_logger("api")


class Edge:
    """Wraps the application; nothing that goes wrong inside reaches the server or the caller with its details."""

    def __init__(
        self, app: ASGIApp, *, longest_body: int, longest_file: int, takes_files: Sequence[re.Pattern[str]] = ()
    ) -> None:
        self._app = app
        self._longest = longest_body
        self._longest_file = longest_file
        self._takes_files = takes_files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get(REQUEST_ID, "")
        request_id = given if _ID.fullmatch(given) else str(new_id())
        sending = _Sending(send, request_id)
        with logged_request(request_id):
            began = perf_counter()
            guard = _Guard()
            async with guard:
                await self._answer(scope, headers, receive, sending)
            await self._mend(guard.error, scope, headers, receive, sending)
            took = perf_counter() - began
            method = scope["method"] if scope["method"] in _METHODS else "OTHER"
            LATENCY.labels(method, _route(scope), str(sending.status)).observe(took)
            _log.info(
                "request", method=scope["method"], route=_route(scope), status=sending.status,
                account=scope.get("account"),
                milliseconds=round(took * 1000, 1),
            )  # fmt: skip

    async def _answer(self, scope: Scope, headers: Headers, receive: Receive, sending: _Sending) -> None:
        if scope["method"] in _BODILESS:
            await self._app(scope, receive, sending)
            return
        if any(address.fullmatch(scope["path"]) for address in self._takes_files):
            self._refuse_long(headers, self._longest_file)
            await self._app(scope, self._bounded(receive), sending)
            return
        body = await self._body(headers, receive)
        await self._app(scope, _once(body, receive), sending)

    def _bounded(self, receive: Receive) -> Receive:
        """Return a channel that gives the pieces of a file, and ends at one byte more than a file may have."""
        came = 0

        async def channel() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self._longest_file:
                raise _too_large(self._longest_file)
            return message

        return channel

    async def _body(self, headers: Headers, receive: Receive) -> bytes:
        """Read a body that is JSON and not too long.

        Raises: TooLarge, NotJson.
        """
        kind = headers.get("content-type", "").split(";")[0].strip().lower()
        self._refuse_long(headers, self._longest)
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._longest:
                raise _too_large(self._longest)
        if kind != "application/json" and (body or kind):
            raise NotJson(
                Text("Gửi JSON với «Content-Type: application/json»", "Send JSON with “Content-Type: application/json”")
            )
        return body

    @staticmethod
    def _refuse_long(headers: Headers, longest: int) -> None:
        """Refuse by the length that the request names, before anything is read. Raises: TooLarge."""
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > longest:
            raise _too_large(longest)

    async def _mend(
        self, error: Exception | None, scope: Scope, headers: Headers, receive: Receive, sending: _Sending
    ) -> None:
        """Answer what went wrong: the edge's own refusals in words, everything else by its number alone."""
        if error is None:
            return
        told = error if isinstance(error, DomainError) else Broken()
        if told is not error:
            _log.error("request failed", exc_info=error, route=_route(scope))
        if sending.status is None:
            language = language_of(headers.get("accept-language"))
            number = sending.request_id if isinstance(told, Broken) else None
            await problem(told, language=language, request_id=number)(scope, receive, sending)


class _Guard(AbstractAsyncContextManager[None]):
    """Keeps what went wrong inside, so that it is told by its number alone; a cancelled request stays cancelled."""

    def __init__(self) -> None:
        self.error: Exception | None = None

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.error = error if isinstance(error, Exception) else None
        return self.error is not None


@dataclass(slots=True)
class _Sending:
    """Passes an answer on with the headers that every answer has, and remembers its status."""

    send: Send
    request_id: str
    status: int | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = int(message["status"])
            headers = MutableHeaders(scope=message)
            headers[REQUEST_ID] = self.request_id
            headers["X-Content-Type-Options"] = "nosniff"
            headers.setdefault("Cache-Control", "no-store")
        await self.send(message)


def _too_large(longest: int) -> TooLarge:
    return TooLarge(Text(f"Nội dung dài quá {longest} byte", f"The body is longer than {longest} bytes"))


def _once(body: bytes, receive: Receive) -> Receive:
    """Return a channel that gives `body` whole, then whatever comes after it."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def channel() -> Message:
        return waiting.pop() if waiting else await receive()

    return channel


def _route(scope: Scope) -> str:
    """Return the pattern of the route: an address may hold what people search for."""
    return str(getattr(scope.get("route"), "path", "-"))
