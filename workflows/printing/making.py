"""Makes the files that go out of the office: the public door of tables, each in one read unit.

A file is a workbook (XLSX), a Word file (DOCX) from the template in force, or CSV. The same petitions on the same day
give the same bytes. Names of files are generated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime, time
from enum import StrEnum, unique
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import select

from models.columns import table_of
from models.councils import Council
from models.units import Unit
from states.errors import BadInput
from states.facts import Actor
from states.text import Text
from states.vocabulary import Level
from workflows.access import Setting
from workflows.filing.store import FileStore
from workflows.printing import annexes, cross_table, followup, register_book, templates
from workflows.printing.annexes import CROSS, Annex, Heading, Line
from workflows.printing.cross_table import Cross
from workflows.printing.delimited import delimited
from workflows.printing.filling import fill
from workflows.printing.followup import Body
from workflows.printing.groups import grouping
from workflows.printing.legible import legible
from workflows.printing.petition_stories import petitions
from workflows.printing.picking import Choice, Chosen, chosen
from workflows.printing.register_book import Register
from workflows.printing.table_shapes import Closing, Table, Trouble, trouble_lines
from workflows.printing.workbook import Written, workbook

_council = table_of(Council)
Source = FileStore | bytes
"""Where the template comes from: that in force, from the store, or one that is tried and given itself."""
MOST_IN_WORD = 2_000
"""Rows of a Word file: beyond that nobody reads it and Word itself becomes slow."""


@unique
class Form(StrEnum):
    """What kind of file is made."""

    XLSX = "xlsx"
    DOCX = "docx"
    CSV = "csv"


MEDIA = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.CSV: "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A finished file; `troubles` say what in it could not be printed as it stands, as the file itself says too."""

    name: str
    media: str
    content: bytes
    troubles: tuple[Trouble, ...] = ()


def annex(
    unit: Unit, *, setting: Setting, actor: Actor, store: Source, kind: str, choice: Choice, form: Form
) -> MadeFile:
    """Make one of the annexes (`annexes.ANNEXES`) or the cross table ("cross") of the petitions of `choice`.

    Raises: NotFound for an annex that there is not, BadInput naming what of the choice is unknown.
    """
    if kind == CROSS:
        return _cross(unit, setting, actor, store, choice=choice, form=form)
    of = annexes.annex_kind(kind)
    picked = chosen(unit, setting=setting, actor=actor, choice=choice)
    heading = _heading(unit, setting, picked, of.title)
    found = petitions(unit, setting=setting, actor=actor, ids=picked.ids)
    by_level = bool(choice.document or choice.cases)
    table = annexes.table(of, found, grouping=grouping(unit), heading=heading, by_level=by_level)
    if form is not Form.DOCX:
        return _of_table(unit, setting, f"annex-{kind}", table, form)
    rows, closing = _all_rows(table)
    view = Annex(
        name=of.name,
        title=heading.title,
        attached=heading.attached,
        place=heading.place,
        rows=rows,
        totals=tuple(closing.totals),
        notes=_lines(closing.notes),
    )
    return word_file(unit, setting=setting, store=store, what=f"annex-{kind}", kind=f"annex_{kind}", view=view)


def _cross(unit: Unit, setting: Setting, actor: Actor, store: Source, *, choice: Choice, form: Form) -> MadeFile:
    picked = chosen(unit, setting=setting, actor=actor, choice=choice)
    heading = _heading(unit, setting, picked, "TỔNG HỢP Ý KIẾN, KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN")
    found = petitions(unit, setting=setting, actor=actor, ids=picked.ids)
    counts = cross_table.crossed(found, grouping=grouping(unit))
    if form is not Form.DOCX:
        return _of_table(unit, setting, "annex-cross", cross_table.table(counts, heading=heading), form)
    view = Cross(
        title=heading.title,
        attached=heading.attached,
        parts=cross_table.parts(counts),
        notes=_lines(cross_table.notes(counts)),
    )
    return word_file(unit, setting=setting, store=store, what="annex-cross", kind="cross", view=view)


def register(unit: Unit, *, setting: Setting, actor: Actor, store: Source, choice: Choice, form: Form) -> MadeFile:
    """Make the register of petitions on A3. It stays in the office: the actor's restricted cases are in it.

    Raises: BadInput naming what of the choice is unknown, or when a Word file would have too many rows.
    """
    picked = chosen(unit, setting=setting, actor=actor, choice=choice, outward=False)
    scope = "; ".join(part for part in (picked.session, picked.round, choice.locality, picked.paper) if part)
    found = petitions(unit, setting=setting, actor=actor, ids=picked.ids)
    name, _ = _named(unit, setting)
    table = register_book.table(found, grouping=grouping(unit), council=name, today=unit.today, scope=scope)
    if form is not Form.DOCX:
        return _of_table(unit, setting, "register", table, form)
    if len(picked.ids) > MOST_IN_WORD:
        raise _too_many(len(picked.ids))
    rows, closing = _all_rows(table)
    view = Register(title=table.title[0], council=name, as_of=table.title[2], rows=rows, notes=_lines(closing.notes))
    return word_file(unit, setting=setting, store=store, what="register", kind="register", view=view)


def follow_up(unit: Unit, *, setting: Setting, actor: Actor, store: Source, agency: Body, form: Form) -> MadeFile:
    """Make the follow-up sheet of a unit; a unit without open cases gets an empty one.

    Raises: BadInput for CSV, which cannot carry the line by which the sheet is recognised.
    """
    if form is Form.CSV:
        said = Text("Phiếu theo dõi in ra XLSX hoặc DOCX", "A follow-up sheet is made as XLSX or DOCX")
        raise BadInput({"format": said})
    held = followup.held_by(unit, setting=setting, actor=actor, agency=agency)
    name, _ = _named(unit, setting)
    view = followup.sheet(held, agency=agency, council=name, code=setting.council_code, today=unit.today)
    what = f"followup-{agency.code.lower()}"
    if form is Form.XLSX:
        return _of_table(unit, setting, what, followup.table(view), form)
    return word_file(unit, setting=setting, store=store, what=what, kind="followup", view=view)


def _named(unit: Unit, setting: Setting) -> tuple[str, Level]:
    row = unit.read(select(_council.c.name, _council.c.level).where(_council.c.id == setting.council)).one()
    return row.name, Level(row.level)


_PLACES = {Level.PROVINCE: "Xã, phường, đặc khu"}


def _heading(unit: Unit, setting: Setting, picked: Chosen, title: str) -> Heading:
    """Return what stands above an annex; number and date of its letter are left to fill where none is named."""
    name, level = _named(unit, setting)
    session = picked.session or "Kỳ họp thứ …"
    term = f" {picked.term}" if picked.term else ""
    blank = f"Công văn số ……/HĐND-TT ngày ……/……/…… của Thường trực {name}"
    return Heading(
        council=name,
        title=f"{title} {session} {name}{term}".upper(),
        attached=f"(Kèm theo {picked.paper or blank})",
        place=_PLACES.get(level, "Thôn, tổ dân phố"),
    )


def _lines(notes: Iterable[str]) -> tuple[Line, ...]:
    return tuple(Line(text=note) for note in notes)


def _all_rows(table: Table) -> tuple[tuple[Any, ...], Closing]:
    """Return all rows of a table and what stands under them.

    Raises: BadInput when there are more than a Word file holds.
    """
    rows: list[Any] = []
    for row in table.rows:
        rows.append(row)
        if len(rows) > MOST_IN_WORD:
            raise _too_many(len(rows))
    return tuple(rows), table.close()


def _too_many(rows: int) -> BadInput:
    return BadInput(
        {
            "format": Text(
                f"Bảng có từ {rows} dòng; bản Word chỉ in đến {MOST_IN_WORD} dòng: dùng XLSX, hoặc chọn đợt, kỳ họp",
                f"{rows} rows or more; Word takes {MOST_IN_WORD}: use XLSX, or choose a round or a session",
            )
        }
    )


def _of_table(unit: Unit, setting: Setting, what: str, table: Table, form: Form) -> MadeFile:
    made: Written = workbook([table], made_on=unit.today) if form is Form.XLSX else delimited(table)
    return MadeFile(_name(unit, setting, what, form), MEDIA[form], made.content, made.troubles)


def word_file(unit: Unit, *, setting: Setting, store: Source, what: str, kind: str, view: Any) -> MadeFile:
    """Fill the template of `kind` with a view that was gathered; `what` goes into the name of the file.

    What cannot be printed as it stands is said under the table too.
    """
    troubles: list[Trouble] = []
    tidy = _tidied(view, troubles, where="")
    tidy = replace(tidy, notes=(*tidy.notes, *_lines(trouble_lines(troubles))))
    midnight = datetime.combine(unit.today, time(), UTC)
    template = store if isinstance(store, bytes) else templates.in_force(unit, setting=setting, kind=kind, store=store)
    filled = fill(template, tidy, made_at=midnight)
    more = [Trouble(t.where, "", t.text) for t in filled.troubles]
    content = _settled(filled.content)
    return MadeFile(_name(unit, setting, what, Form.DOCX), MEDIA[Form.DOCX], content, (*troubles, *more))


def _tidied(view: Any, troubles: list[Trouble], *, where: str) -> Any:
    """Return a view whose texts Word can hold; rows are named by their code, as people call them."""
    here = getattr(view, "code", "") or getattr(view, "name", "") or where
    changed: dict[str, Any] = {}
    for part in fields(view):
        value = getattr(view, part.name)
        if isinstance(value, tuple) and all(is_dataclass(row) for row in value):
            changed[part.name] = tuple(_tidied(row, troubles, where=here) for row in value)
        elif isinstance(value, str):
            shown = legible(value)
            changed[part.name] = shown.text if shown.problems else value
            troubles += [Trouble(here, _label(part), problem) for problem in shown.problems]
    return replace(view, **changed)


def _label(part: Any) -> str:
    label: Text = part.metadata["printed"][1]
    return label.vi


def _name(unit: Unit, setting: Setting, what: str, form: Form) -> str:
    """Return the generated name of a file: council, print, day; ASCII and nothing that a person typed."""
    return f"{setting.council_code.lower()}-{what}-{unit.today:%Y%m%d}.{form.value}"


def _settled(content: bytes) -> bytes:
    """Return the same Word file without the hour at which it was packed."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as packed, ZipFile(out, "w", ZIP_DEFLATED) as again:
        for member in packed.infolist():
            again.writestr(ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0)), packed.read(member), ZIP_DEFLATED)
    return out.getvalue()


def council_name(unit: Unit, setting: Setting) -> str:
    """Return the name of the council."""
    return _named(unit, setting)[0]
