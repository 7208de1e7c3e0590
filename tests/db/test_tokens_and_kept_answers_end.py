"""Tokens and kept answers: made, found, ended."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from states.errors import BadInput, NotFound
from tests.office import Office
from workflows import idempotency, tokens
from workflows.idempotency import Kept, KeyReused, KeyTaken, Place
from workflows.tokens import NotSignedIn


def test_a_token_opens_until_its_last_instant(office: Office) -> None:
    with office.database.writing() as unit:
        made = tokens.issue(unit, account=office["clerk"].account, name=" máy văn thư ", days=2)
    office.clock.step = timedelta()
    office.clock.now = made.expires_at - timedelta(microseconds=1)
    with office.database.reading() as unit:
        assert tokens.authenticate(unit, secret=made.secret).account == office["clerk"].account
    office.clock.now = made.expires_at
    with office.database.reading() as unit, pytest.raises(NotSignedIn):
        tokens.authenticate(unit, secret=made.secret)
    with office.database.reading() as unit:
        [view] = tokens.listed(unit)
    assert (view.login, view.name, view.live) == ("clerk", "máy văn thư", False)


def test_a_token_needs_a_name_a_span_and_an_account(office: Office) -> None:
    with office.database.writing() as unit:
        with pytest.raises(BadInput) as refused:
            tokens.issue(unit, account=office["clerk"].account, name=" ", days=0)
        assert set(refused.value.problems) == {"name", "days"}
        with pytest.raises(NotFound):
            tokens.issue(unit, account=uuid4(), name="x", days=1)


def test_a_token_is_revoked_by_its_owner_only(office: Office) -> None:
    with office.database.writing() as unit:
        made = tokens.issue(unit, account=office["clerk"].account, name="x", days=1)
    with office.database.writing() as unit, pytest.raises(NotFound):
        tokens.revoke(unit, token=made.id, account=office["officer"].account)
    for _ in range(2):
        with office.database.writing() as unit:
            tokens.revoke(unit, token=made.id, account=office["clerk"].account)
    with office.database.reading() as unit, pytest.raises(NotSignedIn):
        tokens.authenticate(unit, secret=made.secret)


@pytest.mark.parametrize("secret", ["", "x", "dondoc_", "\ud800", "' OR 1=1"])
def test_what_is_no_token_opens_nothing(office: Office, secret: str) -> None:
    with office.database.reading() as unit, pytest.raises(NotSignedIn):
        tokens.authenticate(unit, secret=secret)


def test_an_answer_is_found_by_its_place_and_forgotten_in_time(office: Office) -> None:
    place = Place(office["clerk"].account, "POST /x", "k", "digest")
    kept = Kept(201, '{"a": "ế"}', {"ETag": '"1"'})
    with office.database.writing() as unit:
        idempotency.keep(unit, place, kept)
    with office.database.reading() as unit:
        assert idempotency.find(unit, place) == kept
        assert idempotency.find(unit, Place(office["officer"].account, "POST /x", "k", "digest")) is None
        assert idempotency.find(unit, Place(place.account, "POST /y", "k", "digest")) is None
        with pytest.raises(KeyReused):
            idempotency.find(unit, Place(place.account, "POST /x", "k", "another"))
    with pytest.raises(KeyTaken), office.database.writing() as unit:
        idempotency.keep(unit, place, kept)
    office.clock.now += timedelta(days=8)
    with office.database.writing() as unit:
        idempotency.keep(unit, place, Kept(200, "{}"))
        assert idempotency.find(unit, place) == Kept(200, "{}")
        assert idempotency.forget(unit) == 0
    office.clock.now += timedelta(days=8)
    with office.database.writing() as unit:
        assert idempotency.forget(unit) == 1
