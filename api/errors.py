"""Domain errors as HTTP: the one place that knows status codes. Every error is a problem document (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from api.shapes.words import label_of
from deadlines.errors import CalendarNotKnown
from states.errors import (
    AlreadyExists,
    BadInput,
    ChangedSinceOpened,
    DomainError,
    NotFound,
    NotPermitted,
    Refused,
    Unavailable,
)
from states.findings import Finding
from states.permissions import PERMISSIONS
from states.text import Language, Text
from states.wording import problem_of
from workflows.enacting.errors import PaperRefused
from workflows.enacting.views import PaperReportView
from workflows.filing.errors import FileIsHeldBack, FileOverLimit, PaperIsSecret
from workflows.idempotency import KeyReused, KeyTaken
from workflows.importing.errors import FileTooLarge, ListRefused
from workflows.measuring import REFUSALS
from workflows.migrating import NotMigrated, SchemaTooNew
from workflows.plain import plain
from workflows.proposals import AlreadyDecided
from workflows.tokens import NotSignedIn

MEDIA = "application/problem+json"


class VersionMissing(DomainError):
    """A move must say which version it was decided on."""

    code = "version_missing"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Thiếu If-Match: mở hồ sơ, gửi kèm ETag đã nhận (hoặc * nếu chấp nhận bản hiện tại)",
                "If-Match is missing: open the case and send the ETag received (or * to take it as it stands)",
            )
        )


class TooLarge(DomainError):
    """The body is longer than any entry."""

    code = "too_large"


class NotJson(DomainError):
    """The body is not sent as JSON."""

    code = "not_json"


class NotAFile(DomainError):
    """The body of a route that takes files is not sent as the bytes of one."""

    code = "not_a_file"


class Broken(DomainError):
    """A fault of the program: only its number is told."""

    code = "internal_error"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Có lỗi trong hệ thống; báo quản trị kèm mã yêu cầu",
                "Something went wrong; tell the administrator the request id",
            )
        )


STATUS: Mapping[type[DomainError], HTTPStatus] = {
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    NotPermitted: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Refused: HTTPStatus.CONFLICT,
    AlreadyExists: HTTPStatus.CONFLICT,
    AlreadyDecided: HTTPStatus.CONFLICT,
    KeyTaken: HTTPStatus.CONFLICT,
    PaperRefused: HTTPStatus.CONFLICT,
    ListRefused: HTTPStatus.CONFLICT,
    ChangedSinceOpened: HTTPStatus.PRECONDITION_FAILED,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    NotJson: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    NotAFile: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    FileOverLimit: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    FileTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    FileIsHeldBack: HTTPStatus.CONFLICT,
    PaperIsSecret: HTTPStatus.CONFLICT,
    BadInput: HTTPStatus.UNPROCESSABLE_ENTITY,
    KeyReused: HTTPStatus.UNPROCESSABLE_ENTITY,
    CalendarNotKnown: HTTPStatus.UNPROCESSABLE_ENTITY,
    VersionMissing: HTTPStatus.PRECONDITION_REQUIRED,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    NotMigrated: HTTPStatus.SERVICE_UNAVAILABLE,
    SchemaTooNew: HTTPStatus.SERVICE_UNAVAILABLE,
    Broken: HTTPStatus.INTERNAL_SERVER_ERROR,
}
TITLES: Mapping[HTTPStatus, Text] = {
    HTTPStatus.BAD_REQUEST: Text("Yêu cầu không đọc được", "The request cannot be read"),
    HTTPStatus.UNAUTHORIZED: Text("Chưa đăng nhập", "Not signed in"),
    HTTPStatus.FORBIDDEN: Text("Không có quyền", "Not permitted"),
    HTTPStatus.NOT_FOUND: Text("Không tìm thấy", "Not found"),
    HTTPStatus.METHOD_NOT_ALLOWED: Text("Không dùng được cách gọi này", "Method not allowed"),
    HTTPStatus.CONFLICT: Text("Chưa làm được", "Not possible"),
    HTTPStatus.PRECONDITION_FAILED: Text("Hồ sơ đã thay đổi từ khi mở", "The case changed since it was opened"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Text("Nội dung quá dài", "The body is too long"),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: Text("Kiểu nội dung không nhận ở đây", "This content type is not taken here"),
    HTTPStatus.UNPROCESSABLE_ENTITY: Text("Nội dung nhập chưa đúng", "The entry is not right"),
    HTTPStatus.PRECONDITION_REQUIRED: Text("Thiếu phiên bản hồ sơ", "The version is missing"),
    HTTPStatus.INTERNAL_SERVER_ERROR: Text("Lỗi hệ thống", "Internal error"),
    HTTPStatus.SERVICE_UNAVAILABLE: Text("Tạm thời không sẵn sàng", "Unavailable for now"),
}
_HEADERS: Mapping[type[DomainError], Mapping[str, str]] = {
    NotSignedIn: {"WWW-Authenticate": "Bearer"},
    KeyTaken: {"Retry-After": "1"},
    Unavailable: {"Retry-After": "2"},
}
_PERMISSION_CODES = frozenset(guard.code for guard in PERMISSIONS)


def install(app: FastAPI) -> None:
    """Answer every error of `app` with a problem document."""
    app.add_exception_handler(DomainError, _of_domain)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(HTTPException, _of_http)


def problem(
    error: DomainError, *, language: Language, request_id: str | None = None, by_version: bool = True
) -> Response:
    """Return the problem document of `error`. `by_version`: the caller named the version it had opened."""
    status = _status(error, by_version=by_version)
    REFUSALS.labels(error.code).inc()
    body: dict[str, Any] = {
        "type": f"urn:dondoc:problem:{error.code}",
        "title": TITLES[status].read(language),
        "status": status.value,
        "code": error.code,
        # Whatever is absent or hidden is told in the same words: the answer betrays nothing.
        "detail": (NotFound().text if isinstance(error, NotFound) else error.text).read(language),
        **_more(error, language),
    }
    if request_id is not None:
        body["request_id"] = request_id
    headers = next((h for kind, h in _HEADERS.items() if isinstance(error, kind)), {})
    return _document(body, status, {**headers, "Content-Language": language})


def language_of(accepted: str | None) -> Language:
    """Return the language an Accept-Language header asks for; Vietnamese unless English is preferred."""
    best: dict[str, float] = {}
    for part in (accepted or "").lower().split(",")[:20]:
        tag, _, quality = part.partition(";")
        name = tag.strip().split("-")[0]
        best[name] = max(best.get(name, 0.0), _quality(quality))
    return "en" if best.get("en", 0.0) > best.get("vi", best.get("*", 0.0)) else "vi"


def _quality(written: str) -> float:
    name, _, value = written.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def _status(error: DomainError, *, by_version: bool) -> HTTPStatus:
    if isinstance(error, ChangedSinceOpened) and not by_version:
        return HTTPStatus.CONFLICT
    if isinstance(error, Refused) and any(f.holds is False and f.code in _PERMISSION_CODES for f in error.findings):
        return HTTPStatus.FORBIDDEN
    return next((s for kind, s in STATUS.items() if isinstance(error, kind)), HTTPStatus.UNPROCESSABLE_ENTITY)


def _more(error: DomainError, language: Language) -> dict[str, Any]:
    if isinstance(error, Refused):
        return {
            "trigger": error.trigger,
            "failed": _findings(error.findings, language, holds=False),
            "passed": _findings(error.findings, language, holds=True),
        }
    if isinstance(error, PaperRefused):
        return {"report": TypeAdapter(PaperReportView).dump_python(error.report, mode="json")}
    if isinstance(error, ListRefused):
        return {"report": plain(error.report)}
    if isinstance(error, BadInput):
        return {"problems": [{"field": f, "text": t.read(language)} for f, t in error.problems.items()]}
    return {"changed": dict(error.data)} if isinstance(error, ChangedSinceOpened) else {}


def _findings(findings: Sequence[Finding], language: Language, *, holds: bool) -> list[dict[str, str | None]]:
    return [
        {"code": f.code, "text": f.text.read(language), "mend": f.mend.read(language) if f.mend else None}
        for f in findings
        if f.holds is holds
    ]


def _document(body: Mapping[str, Any], status: HTTPStatus, headers: Mapping[str, str]) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, dict(headers), media_type=MEDIA)


def _of_domain(request: Request, error: Exception) -> Response:
    if not isinstance(error, DomainError):
        raise error
    given = request.headers.get("If-Match", "*").strip()
    language = language_of(request.headers.get("Accept-Language"))
    return problem(error, language=language, by_version=given != "*")


def _of_validation(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    problems: dict[str, Text] = {}
    for item in error.errors():
        path = [str(part) for part in item["loc"]]
        place = ".".join(path[1:]) if item["type"] != "json_invalid" and path[1:] else path[0]
        problems[place] = problem_of(item, label_of(path[0], place))
    return _of_domain(request, BadInput(problems))


def _of_http(request: Request, error: Exception) -> Response:
    """Answer what the framework itself refuses: unknown addresses, wrong methods, unreadable bodies."""
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == HTTPStatus.NOT_FOUND:
        return _of_domain(request, NotFound())
    language = language_of(request.headers.get("Accept-Language"))
    status = HTTPStatus(error.status_code)
    title = TITLES.get(status, TITLES[HTTPStatus.BAD_REQUEST]).read(language)
    body = {
        "type": "about:blank", "title": title, "status": status.value, "code": status.phrase.lower().replace(" ", "_"),
        "detail": title,
    }  # fmt: skip
    allowed = _methods(request) if status is HTTPStatus.METHOD_NOT_ALLOWED else ""
    headers = {**(error.headers or {}), **({"Allow": allowed} if allowed else {}), "Content-Language": language}
    return _document(body, status, headers)


def _methods(request: Request) -> str:
    """Return every method of the address (RFC 9110, 15.5.6); the framework names those of its first route only."""
    paths: Mapping[str, Mapping[str, Any]] = request.app.openapi()["paths"]
    here = [ways for path, ways in paths.items() if compile_path(path)[0].match(request.url.path)]
    return ", ".join(sorted({method.upper() for ways in here for method in ways}))
