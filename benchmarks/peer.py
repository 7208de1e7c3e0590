"""The move of `benchmarks.moves` as a program of Django and django-fsm makes it: the same rows by its ORM.

Its models have all columns of our tables; the state of the referral is a protected FSMField, moved by a transition. The
case is locked while it is moved, as that program has no version to guard it. It checks no permission and no deadline.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any, get_args
from urllib.parse import parse_qs, urlsplit

import django
import django_fsm
from django.conf import settings
from django.db import connection, models, transaction
from sqlmodel import SQLModel

from benchmarks.moves import digest
from benchmarks.office import REPORTED, WORDS, Waiting
from models.cases import Case, Referral, TextVersion
from models.columns import table_of
from models.history import Event
from models.timing import ClockRow

_FIELDS: Mapping[type, Callable[..., Any]] = {
    uuid.UUID: models.UUIDField,
    str: models.TextField,
    int: models.IntegerField,
    bool: models.BooleanField,
    date: models.DateField,
    datetime: models.DateTimeField,
}
_GIVEN = ("seq", "act", "trigger", "referral_id", "milestones", "given", "occurred_on")


def through_django(url: str, items: Sequence[Waiting]) -> None:
    """Record one progress report per item, each in a transaction of its own."""
    program = _program(url)
    for item in items:
        with transaction.atomic():
            _move(program, item)


@cache
def _program(url: str) -> SimpleNamespace:
    parts = urlsplit(url)
    settings.configure(
        USE_TZ=True,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": parts.path.lstrip("/"),
                "USER": parts.username,
                "HOST": parse_qs(parts.query)["host"][0],
                "CONN_MAX_AGE": None,
            }
        },
    )
    django.setup()
    made = {model.__name__: _model(model) for model in (Case, ClockRow, Event, Referral, TextVersion)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM account LIMIT 1")
        (account,) = cursor.fetchone()
    return SimpleNamespace(**made, account=account)


def _model(ours: type[SQLModel]) -> Any:
    table = table_of(ours)
    keys = [column.name for column in table.primary_key]
    members = dict(_fields(ours, keys))
    if len(keys) > 1:
        members["pk"] = models.CompositePrimaryKey(*keys)
    if ours is Referral:
        members["state"] = django_fsm.FSMField(protected=True)
        members["report_progress"] = django_fsm.transition(
            field=members["state"], source=["received", "in_progress"], target="in_progress"
        )(_report_progress)
    meta = type("Meta", (), {"managed": False, "db_table": table.name, "app_label": "peer"})
    return type(ours.__name__, (models.Model,), {**members, "Meta": meta, "__module__": __name__})


def _fields(ours: type[SQLModel], keys: Sequence[str]) -> Iterator[tuple[str, Any]]:
    annotated = {name: about.annotation for name, about in ours.model_fields.items()}
    kinds = {name: get_args(kind) or (kind,) for name, kind in annotated.items()}
    for column in table_of(ours).columns:
        kind = next(made for told, made in _FIELDS.items() if told in kinds[column.name])
        yield column.name, kind(null=column.nullable, primary_key=keys == [column.name])


def _report_progress(_referral: Any) -> None:
    """Move; what the move means is written by the caller."""


def _move(program: SimpleNamespace, item: Waiting) -> None:
    case = program.Case.objects.select_for_update().get(id=item.case_id)
    (referral,) = program.Referral.objects.filter(case_id=item.case_id)
    list(program.ClockRow.objects.filter(case_id=item.case_id).exclude(state="superseded"))
    list(program.Event.objects.filter(case_id=item.case_id).order_by("seq").values_list(*_GIVEN))
    now, before, text, salt = datetime.now(UTC), referral.state, uuid.uuid4(), uuid.uuid4().hex
    payload = json.dumps({"entry": {"words": {"text": str(text), "digest": digest(salt, WORDS)}}})
    previous, case.seq, case.changed_at = case.head_hash, case.seq + 1, now
    case.head_hash = digest(previous, payload)
    referral.report_progress()
    referral.event_seq = case.seq
    program.Event.objects.create(
        case_id=case.id,
        seq=case.seq,
        act="move",
        trigger="report_progress",
        from_state=case.state,
        to_state=case.state,
        referral_id=referral.id,
        referral_from=before,
        referral_to=referral.state,
        milestones="progress_reported",
        occurred_on=REPORTED,
        recorded_at=now,
        recorded_by=program.account,
        reason_id=text,
        schema_number=1,
        payload=payload,
        previous_hash=previous,
        hash=case.head_hash,
    )
    program.TextVersion.objects.create(
        id=text, case_id=case.id, event_seq=case.seq, field="words", salt=salt, body=WORDS
    )
    referral.save(update_fields=["state", "event_seq"])
    case.save(update_fields=["seq", "head_hash", "changed_at"])


__all__ = ["through_django"]
