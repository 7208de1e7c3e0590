"""The office's own templates: brought, checked, kept by version; the one that ships can always come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import desc, insert, select

from models.columns import table_of
from models.history import LetterTemplate
from models.units import Unit, WriteUnit
from models.writing import Change
from states.errors import NotPermitted
from states.facts import Actor
from states.text import Text
from states.vocabulary import Role
from workflows.access import Setting
from workflows.filing import attaching
from workflows.filing.attaching import Brought
from workflows.filing.malware import Scanner
from workflows.filing.store import FileStore, Spool
from workflows.printing.checking import check
from workflows.printing.registry import KINDS, kind_of, shipped
from workflows.views import PersonName, Words, accounts_named

_template = table_of(LetterTemplate)
_IN_CHARGE = (Role.COUNCIL_OFFICE, Role.STANDING_BODY, Role.ADMINISTRATOR)
_NOT_YOURS = Text(
    "Chỉ phụ trách Văn phòng HĐND được thay mẫu văn bản", "Only those in charge of the council office may do this"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A template of a kind that can be used, kept in the store."""

    kind: str
    brought: Brought


@dataclass(frozen=True, slots=True)
class TemplateView:
    """The template in force of one kind. `version` is 0 and nobody brought it while it is the one that ships."""

    kind: str
    label: Words
    version: int
    own: bool
    brought_by: PersonName | None
    brought_at: datetime | None


def listed(unit: Unit, *, setting: Setting) -> tuple[TemplateView, ...]:
    """Return the template in force of every kind."""
    rows = {kind: _newest(unit, setting, kind) for kind in KINDS}
    names = accounts_named(unit, [row["uploaded_by"] for row in rows.values() if row])
    return tuple(_view(kind, rows[kind], names) for kind in KINDS)


def in_force(unit: Unit, *, setting: Setting, kind: str, store: FileStore) -> bytes:
    """Return the template in force: the newest of the office's own, else the one that ships.

    Raises: NotFound for a kind there is not, FileIsLost when the store lost it.
    """
    kind_of(kind)
    row = _newest(unit, setting, kind)
    if row is None or row["digest"] is None:
        return shipped(kind)
    with store.read(row["digest"]) as file:
        return file.read()


def require_keeper(setting: Setting, actor: Actor) -> None:
    """Let pass who may change the templates of the council. Raises: NotPermitted."""
    if not actor.has(setting.council, *_IN_CHARGE):
        raise NotPermitted(_NOT_YOURS)


def take(store: FileStore, spool: Spool, *, kind: str, scanner: Scanner) -> Checked:
    """Check a template that has come whole, have it scanned and keep its bytes; it is not in force yet.

    Raises: NotFound, TemplateRefused naming every wrong field, FileNotTaken.
    """
    spool.settle()
    check(spool.path.read_bytes(), kind_of(kind))
    return Checked(kind, attaching.bring(store, spool, name=f"{kind}.docx", scanner=scanner))


def put(unit: WriteUnit, *, setting: Setting, template: Checked, actor: Actor) -> TemplateView:
    """Make a checked template the one in force, as a new version; the one in force already stays as it is.

    Raises: NotPermitted.
    """
    require_keeper(setting, actor)
    kind, brought = template.kind, template.brought
    unit.take_turns(f"template {setting.council} {kind}")
    unit.take_turns(f"file {brought.digest}")
    known = {"digest": brought.digest, "size": brought.size, "media": brought.media, "scan": brought.scan.value}
    change = Change()
    change.insert("stored_file", known | {"brought_by": actor.account, "brought_at": unit.now})
    unit.write(change)
    return _keep(unit, setting, kind, brought.digest, actor)


def reset(unit: WriteUnit, *, setting: Setting, kind: str, actor: Actor) -> TemplateView:
    """Put the template that ships in force again; the versions before it stay.

    Raises: NotFound, NotPermitted.
    """
    require_keeper(setting, actor)
    kind_of(kind)
    unit.take_turns(f"template {setting.council} {kind}")
    return _keep(unit, setting, kind, None, actor)


def _keep(unit: WriteUnit, setting: Setting, kind: str, digest: str | None, actor: Actor) -> TemplateView:
    newest = _newest(unit, setting, kind)
    if newest is None or newest["digest"] != digest:
        row: dict[str, Any] = {
            "council_id": setting.council,
            "kind": kind,
            "version": 1 + (newest["version"] if newest else 0),
            "digest": digest,
            "uploaded_by": actor.account,
            "uploaded_at": unit.now,
        }
        unit.run(insert(_template).values(**row))
        newest = row
    return _view(kind, newest, accounts_named(unit, [newest["uploaded_by"]]))


def _newest(unit: Unit, setting: Setting, kind: str) -> dict[str, Any] | None:
    wanted = select(_template).where(_template.c.council_id == setting.council, _template.c.kind == kind)
    row = unit.read(wanted.order_by(desc(_template.c.version)).limit(1)).mappings().first()
    return dict(row) if row else None


def _view(kind: str, row: dict[str, Any] | None, names: Any) -> TemplateView:
    if row is None:
        return TemplateView(kind, KINDS[kind].label, 0, own=False, brought_by=None, brought_at=None)
    own = row["digest"] is not None
    return TemplateView(kind, KINDS[kind].label, row["version"], own, names.get(row["uploaded_by"]), row["uploaded_at"])
