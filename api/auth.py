"""Who asks: a personal token in "Authorization: Bearer …". Rights are read anew for every request."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.installation import Here
from states.facts import Actor
from workflows import tokens
from workflows.tokens import NotSignedIn

_bearer = HTTPBearer(auto_error=False, scheme_name="token", description="A personal token: `dondoc token issue`")
_LONGEST = 200


def actor_of(
    request: Request, here: Here, given: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]
) -> Actor:
    """Return who sent the request.

    Raises: NotSignedIn.
    """
    if given is None or not 1 <= len(given.credentials) <= _LONGEST:
        raise NotSignedIn
    with here.database.reading() as unit:
        actor = tokens.authenticate(unit, secret=given.credentials)
    request.scope["account"] = str(actor.account)
    return actor


Who = Annotated[Actor, Depends(actor_of)]
