"""Writing requests: the answer is made and kept inside the transaction and sent only after its commit."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel, TypeAdapter

from api.auth import Who
from api.errors import VersionMissing
from api.installation import Here, Installation
from models.units import Unit, WriteUnit
from states.errors import BadInput, DomainError, Unavailable
from states.facts import Actor
from states.text import Text
from workflows import idempotency
from workflows.idempotency import Kept, Place

_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_VERSION = re.compile(r'(?:W/)?"([0-9]{1,9})"')
_JSON = "application/json"
_adapters: dict[type, TypeAdapter[Any]] = {}
_NO_VERSION = Text('«If-Match» là ETag đã nhận, như "7"', '“If-Match” is an ETag received, such as "7"')

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Any text of your own, up to 200 characters: the same request sent again has no second effect",
    ),
]
Match = Annotated[
    str | None,
    Header(alias="If-Match", description="The ETag of the case as it was opened; * takes it as it stands"),
]


@dataclass(frozen=True, slots=True)
class Writing:
    """One writing request: who sends it, to which route, under which key and version."""

    here: Installation
    actor: Actor
    route: str
    path: str
    key: str | None
    match: str | None

    def expected(self) -> int | None:
        """Return the version the sender had opened, None for "as it stands".

        Raises: VersionMissing, BadInput.
        """
        if self.match is None:
            raise VersionMissing
        if self.match.strip() == "*":
            return None
        found = _VERSION.fullmatch(self.match.strip())
        if found is None:
            raise BadInput({"If-Match": _NO_VERSION})
        return int(found[1])

    def place(self, body: BaseModel) -> Place | None:
        """Return whose key it is and for what, None without a key.

        Raises: BadInput when the key cannot be one.
        """
        if self.key is None:
            return None
        if not _KEY.fullmatch(self.key):
            problem = Text("«Idempotency-Key» gồm 1 đến 200 ký tự không dấu, không cách", "1 to 200 visible characters")
            raise BadInput({"Idempotency-Key": problem})
        sent = body.model_dump(mode="json", exclude_unset=True)
        said = json.dumps([self.path, sent], sort_keys=True)
        digest = hashlib.sha256(said.encode()).hexdigest()
        return Place(self.actor.account, self.route, self.key, digest, self.here.kept_for)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a writing request came to, before it is sent."""

    value: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def kept(self) -> Kept:
        """Return the bytes to send, and to send again."""
        return Kept(self.status, _adapter(type(self.value)).dump_json(self.value).decode(), self.headers)


def answer(
    writing: Writing, body: BaseModel, *, act: Callable[[WriteUnit], Outcome], recheck: Callable[[Unit], object]
) -> Response:
    """Do `act` in one transaction and answer after its commit; a repeated key gets the first answer.

    A key is looked up before everything else. Before an answer is given again, `recheck` asks whether the sender
    still may do this.
    """
    place = writing.place(body)
    if place is None:
        with writing.here.database.writing() as unit:
            kept = act(unit).kept()
        return _response(kept)
    with writing.here.flights.boarding(place, patience=writing.here.patience):
        return _once(writing.here, place, act, recheck)


def _once(
    here: Installation, place: Place, act: Callable[[WriteUnit], Outcome], recheck: Callable[[Unit], object]
) -> Response:
    known = _known(here, place, recheck)
    if known is not None:
        return known
    try:
        with here.database.writing() as unit:
            kept = act(unit).kept()
            idempotency.keep(unit, place, kept)
    except DomainError as refusal:
        # Another process may have answered this key meanwhile, or our own commit was kept although its word was lost:
        # then that answer is the one, not our refusal.
        try:
            known = _known(here, place, recheck)
        except Unavailable:
            raise refusal from None
        if known is None:
            raise
        return known
    return _response(kept)


def _known(here: Installation, place: Place, recheck: Callable[[Unit], object]) -> Response | None:
    with here.database.reading() as unit:
        kept = idempotency.find(unit, place)
        if kept is None:
            return None
        recheck(unit)
    return _response(kept, replayed=True)


def _response(kept: Kept, *, replayed: bool = False) -> Response:
    headers = {**kept.headers, **({"Idempotency-Replayed": "true"} if replayed else {})}
    return Response(kept.body, kept.status, headers, media_type=_JSON)


def _adapter(shape: type) -> TypeAdapter[Any]:
    """Return what writes a shape as JSON; making one is slow, so each is made once."""
    if shape not in _adapters:
        _adapters[shape] = TypeAdapter(shape)
    return _adapters[shape]


def writing_of(request: Request, here: Here, who: Who, key: Key = None) -> Writing:
    """Return the writing request as it came in, without a version."""
    return _writing(request, here, who, key, None)


def versioned_writing_of(request: Request, here: Here, who: Who, key: Key = None, match: Match = None) -> Writing:
    """Return the writing request as it came in, with the version it names."""
    return _writing(request, here, who, key, match)


def _writing(request: Request, here: Installation, actor: Actor, key: str | None, match: str | None) -> Writing:
    route = str(getattr(request.scope.get("route"), "path", request.url.path))
    return Writing(here, actor, f"{request.method} {route}"[:200], request.url.path, key, match)


Write = Annotated[Writing, Depends(writing_of)]
VersionedWrite = Annotated[Writing, Depends(versioned_writing_of)]
