"""Checks of the Prefect server that a scaled installation uses: near, closed, and apart from our database.

What it holds about itself is asked of the server, with its secret; no other machine than the one named is asked.
"""

from __future__ import annotations

import base64
import json
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from models.units import Unit
from states.text import Text
from workflows.doctor.finding import Check, ok
from workflows.flows.surroundings import API_URL, AUTH, SERVER_AUTH

DATABASE_URLS = ("PREFECT_SERVER_DATABASE_CONNECTION_URL", "PREFECT_API_DATABASE_CONNECTION_URL")
_FEWEST = 20
_OK, _UNAUTHORISED = 200, 401
_THEIRS = frozenset({"flow_run", "task_run", "work_pool"})
Asked = tuple[int, bytes]
Resolve = Callable[[str], list[str]]


def examine_prefect(environment: Mapping[str, str], *, database_url: str) -> Iterator[Check]:
    """Check what the environment says of Prefect, then what its server says of itself."""
    url = environment.get(API_URL, "")
    if not url:
        yield ok("prefect", "Việc dài chạy kèm máy chủ, khi cần", "Long jobs run beside the service, on first need")
        return
    near, secret = place_of(url), secret_of(environment)
    yield near
    yield secret
    yield apart(environment, database_url=database_url)
    if near.is_ok and secret.is_ok:
        yield from _as_it_says(url, environment[AUTH])


def refusals(environment: Mapping[str, str]) -> list[Check]:
    """Return why a worker may not speak to the Prefect that the environment names; none where it may."""
    found = (place_of(environment.get(API_URL, "")), secret_of(environment))
    return [check for check in found if check.grade == "fault"]


def addresses_of(host: str) -> list[str]:
    """Return the addresses that a name stands for on this machine; none when it stands for nothing."""
    with suppress(ValueError):
        return [str(ip_address(host))]
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, None)]
    except OSError:
        return []


def place_of(url: str, *, resolve: Resolve = addresses_of) -> Check:
    """Check that Prefect is on this machine or in a private network: its pages and its API show every run."""
    host = urlsplit(url).hostname or ""
    found = resolve(host) if host else []
    if found and all(_is_near(one) for one in found):
        return ok("prefect_place", f"Prefect ở {host}, trong mạng riêng", f"Prefect is at {host}, in a private network")
    return _fault(
        "prefect_place",
        Text(f"{API_URL} chỉ ra ngoài mạng riêng: {host or '?'}", f"{API_URL} leads outside: {host or '?'}"),
        Text("Đặt máy chủ Prefect trên máy này hoặc trong mạng riêng", "Run Prefect here or in a private network"),
    )


def _is_near(address: str) -> bool:
    found = ip_address(address)
    return found.is_loopback or (found.is_private and not found.is_link_local and not found.is_unspecified)


def secret_of(environment: Mapping[str, str]) -> Check:
    """Check that there is a secret, and that it is long enough not to be tried out."""
    user, sign, password = environment.get(AUTH, "").partition(":")
    if user and sign and len(password) >= _FEWEST:
        return ok("prefect_auth", "Prefect có mật khẩu", "Prefect has a password")
    return _fault(
        "prefect_auth",
        Text(f"Thiếu {AUTH}, hoặc mật khẩu ngắn hơn {_FEWEST} ký tự", f"{AUTH} is missing or under {_FEWEST} letters"),
        Text(
            f"Đặt {AUTH}=người_dùng:mật_khẩu, và {SERVER_AUTH} như thế ở máy chủ Prefect",
            f"Set {AUTH}=user:password, and {SERVER_AUTH} the same at the Prefect server",
        ),
    )


def apart(environment: Mapping[str, str], *, database_url: str) -> Check:
    """Check that Prefect keeps its rows elsewhere, under a user of its own: it must not read ours."""
    theirs = [environment[name] for name in DATABASE_URLS if environment.get(name)]
    if any(_shares(one, database_url) for one in theirs):
        return _shared(Text("cùng cơ sở dữ liệu hoặc cùng người dùng", "the same database or the same user"))
    return ok("prefect_apart", "Prefect không dùng cơ sở dữ liệu của Đôn đốc", "Prefect does not use our database")


def its_tables(unit: Unit) -> Check:
    """Check that Prefect has made no tables in our database."""
    found = sorted(_THEIRS & set(inspect(unit.connection).get_table_names()))
    if found:
        return _shared(Text(f"có bảng {', '.join(found)}", f"its tables are here: {', '.join(found)}"))
    return ok("prefect_tables", "Không có bảng của Prefect ở đây", "None of Prefect's tables are here")


def _shares(theirs: str, ours: str) -> bool:
    try:
        one, other = make_url(theirs), make_url(ours)
    except ArgumentError:
        return False
    if one.get_backend_name() != other.get_backend_name():
        return False
    where = (one.host or one.query.get("host"), one.port) == (other.host or other.query.get("host"), other.port)
    if one.get_backend_name() == "sqlite":
        return one.database == other.database
    return where and (one.database == other.database or one.username == other.username)


def _as_it_says(url: str, auth: str) -> Iterator[Check]:
    """Ask the server of itself: does it let others in, does it believe pages of other sites."""
    base = url.rstrip("/")
    closed = asked(f"{base}/admin/version")
    told = asked(f"{base}/admin/settings", auth=auth)
    if closed is None or told is None or told[0] != _OK:
        yield Check(
            "prefect_answers",
            "warning",
            Text("Không gọi được máy chủ Prefect; chưa kiểm tra", "The Prefect server does not answer: not checked"),
            Text("Chạy máy chủ Prefect, kiểm tra địa chỉ và mật khẩu", "Start it; check its address and password"),
        )
        return
    yield _closed(closed[0])
    api = json.loads(told[1])["server"]["api"]
    yield _forgery(api)


def _closed(status: int) -> Check:
    if status == _UNAUTHORISED:
        return ok("prefect_closed", "Không có mật khẩu thì không vào được", "Nobody enters without the password")
    return _fault(
        "prefect_closed",
        Text("Máy chủ Prefect cho vào không cần mật khẩu", "The Prefect server lets anybody in"),
        Text(f"Đặt {SERVER_AUTH} ở máy chủ Prefect", f"Set {SERVER_AUTH} at the Prefect server"),
    )


def _forgery(api: Mapping[str, Any]) -> Check:
    origins = [one.strip() for one in str(api.get("cors_allowed_origins", "*")).split(",")]
    if "*" not in origins and api.get("csrf_protection_enabled") is True:
        return ok("prefect_pages", "Trang web lạ không gọi được Prefect", "Pages of other sites cannot call Prefect")
    return _fault(
        "prefect_pages",
        Text(
            "Trang web lạ gọi được Prefect (CORS là *, hoặc CSRF tắt)", "Other sites may call it (CORS *, or no CSRF)"
        ),
        Text(
            "Đặt PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS và PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED=true",
            "Set PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS and PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED=true",
        ),
    )


def asked(url: str, *, auth: str | None = None) -> Asked | None:
    """Return status and body of what the server answers; None when it does not."""
    known = {"Authorization": f"Basic {base64.b64encode(auth.encode()).decode()}"} if auth else {}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(url, headers=known), timeout=5) as answer:  # noqa: S310 - checked before
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, b""
    except (urllib.error.URLError, OSError, ValueError):
        return None


def _shared(why: Text) -> Check:
    return _fault(
        "prefect_apart",
        Text(f"Prefect dùng chung cơ sở dữ liệu với Đôn đốc: {why.vi}", f"Prefect shares our database: {why.en}"),
        Text("Cho Prefect cơ sở dữ liệu và người dùng riêng", "Give Prefect a database and a user of its own"),
    )


def _fault(code: str, sentence: Text, mend: Text) -> Check:
    return Check(code, "fault", sentence, mend)
