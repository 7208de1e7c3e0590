"""Commands for what goes out of the office in tables: annexes, register, packets, follow-up sheets, reminders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.desk import Desk, desk, read_day
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, clean, words
from api.settings import FILES
from states.errors import BadInput
from states.text import Text
from workflows.filing.store import DiskStore
from workflows.printing import followup, making, packets, reminding
from workflows.printing.making import Form, MadeFile
from workflows.printing.picking import Choice

Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help=words("Tệp ghi ra; đuôi .xlsx, .docx, .csv", "File to write")),
]
Cases = Annotated[
    list[str] | None,
    typer.Option("--case", metavar="CODE", help=words("Kiến nghị (nhiều lần)", "Petition (repeatable)")),
]
Round = Annotated[
    str | None, typer.Option("--round", metavar="CODE", help=words("Đợt tiếp xúc cử tri (mã)", "Contact round (code)"))
]
Session = Annotated[str | None, typer.Option(metavar="CODE", help=words("Kỳ họp (mã)", "Session (code)"))]
Paper = Annotated[
    str | None, typer.Option("--document", metavar="SỐ", help=words("Văn bản có số này", "Paper of this number"))
]
Dated = Annotated[
    str | None, typer.Option("--dated", metavar="DD/MM/YYYY", help=words("Ngày của văn bản", "Date of the paper"))
]
Locality = Annotated[str | None, typer.Option(help=words("Thôn, bản", "Hamlet"))]
Agency = Annotated[str, typer.Argument(metavar="CODE", help=words("Đơn vị (mã)", "Unit (code)"))]


@app.command(help=words("Phụ lục PL I-IV (pl1…pl4), 2B (2b), bảng chéo (cross)", "Annexes pl1 to pl4, 2b, cross table"))
def annex(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=words("pl1, pl2, pl3, pl4, 2b, cross", "The annex"))],
    cases: Cases = None,
    contact_round: Round = None,
    session: Session = None,
    document: Paper = None,
    dated: Dated = None,
    locality: Locality = None,
    out: Out = None,
) -> None:
    """Write an annex of chosen petitions, of a round, a session, a paper, or of the whole register."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            day = read_day(dated, field="--dated", today=unit.today) if dated else None
            choice = Choice(tuple(cases or ()), contact_round, session, document, day, locality)
            made = making.annex(
                unit,
                setting=at.council(unit, actor),
                actor=actor,
                store=_store(at),
                kind=kind.lower(),
                choice=choice,
                form=_form(out),
            )
        _write(at, made, out)


@app.command(help=words("Sổ theo dõi kiến nghị khổ A3", "The register of petitions on A3"))
def register(
    ctx: typer.Context,
    contact_round: Round = None,
    session: Session = None,
    locality: Locality = None,
    out: Out = None,
) -> None:
    """Write the register of petitions as XLSX, DOCX or CSV."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            choice = Choice(round=contact_round, session=session, locality=locality)
            made = making.register(
                unit, setting=at.council(unit, actor), actor=actor, store=_store(at), choice=choice, form=_form(out)
            )
        _write(at, made, out)


@app.command(help=words("Tài liệu tiếp xúc cử tri của thôn, bản (Word)", "The packet of a hamlet for deputies (Word)"))
def packet(
    ctx: typer.Context,
    hamlet: Annotated[
        str | None, typer.Argument(metavar="HAMLET", help=words("Thôn, bản; không ghi: tất cả", "Hamlet; all if none"))
    ] = None,
    contact_round: Round = None,
    each: Annotated[
        bool, typer.Option("--each", help=words("Mỗi thôn một tệp, --out là thư mục", "A file each, --out is a folder"))
    ] = False,
    out: Out = None,
) -> None:
    """Write what was raised in a hamlet and what became of it; without a hamlet that of all."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            setting, store = at.council(unit, actor), _store(at)
            if hamlet is not None:
                made: tuple[MadeFile, ...] = (
                    packets.of_hamlet(
                        unit, setting=setting, actor=actor, store=store, name=hamlet, contact_round=contact_round
                    ),
                )
            elif each:
                made = packets.each(unit, setting=setting, actor=actor, store=store, contact_round=contact_round)
            else:
                made = (packets.of_all(unit, setting=setting, actor=actor, store=store, contact_round=contact_round),)
        if each:
            _write_each(at, made, out)
        else:
            _require(out, Form.DOCX)
            _write(at, made[0], out)


@app.command(name="followup", help=words("Phiếu theo dõi của một đơn vị", "The follow-up sheet of a unit"))
def follow_up(ctx: typer.Context, agency: Agency, out: Out = None) -> None:
    """Write the sheet of a unit's open cases, with empty columns for it to fill in."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            setting = at.council(unit, actor)
            body = followup.body(unit, setting=setting, code=agency)
            made = making.follow_up(unit, setting=setting, actor=actor, store=_store(at), agency=body, form=_form(out))
        _write(at, made, out)


@app.command(help=words("Chép lời nhắc cho nhóm của một đơn vị", "A reminder to copy into a unit's chat group"))
def remind(ctx: typer.Context, agency: Agency, json: Json = False) -> None:
    """Print what a unit owes, most overdue first, as plain text."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            setting = at.council(unit, actor)
            body = followup.body(unit, setting=setting, code=agency)
            found = reminding.reminder(unit, setting=setting, actor=actor, agency=body)
        if json:
            as_json(found)
        else:
            typer.echo(clean(found.text))


def _store(at: Desk) -> DiskStore:
    return DiskStore(at.settings.data_dir / FILES)


def _form(out: Path | None) -> Form:
    """Return the kind of file that a name asks for; a workbook where none is named.

    Raises: BadInput.
    """
    ending = out.suffix.lstrip(".").lower() if out else Form.XLSX.value
    if ending not in {form.value for form in Form}:
        said = Text("«--out» phải có đuôi .xlsx, .docx hoặc .csv", "“--out” ends in .xlsx, .docx or .csv")
        raise BadInput({"--out": said})
    return Form(ending)


def _require(out: Path | None, form: Form) -> None:
    if out is not None and _form(out) is not form:
        raise BadInput({"--out": Text(f"«--out» phải có đuôi .{form.value}", f"“--out” ends in .{form.value}")})


def _write(at: Desk, made: MadeFile, out: Path | None) -> None:
    """Write the file and say where, and what in it could not be printed as it stands; none is written over.

    Raises: BadInput when it cannot be written there.
    """
    path = out or Path(made.name)
    try:
        with path.open("xb") as file:
            file.write(made.content)
    except FileExistsError:
        there = Text(f"Đã có tệp {path}: chọn tên khác", f"{path} is there already: choose another name")
        raise BadInput({"--out": there}) from None
    except OSError as wrong:
        raise BadInput(
            {
                "--out": Text(
                    f"Không ghi được tệp {path}: {wrong.strerror}", f"{path} cannot be written: {wrong.strerror}"
                )
            }
        ) from wrong
    at.say(f"Đã ghi {path}", f"Written: {path}")
    for trouble in made.troubles:
        at.say(f"  Chú ý: {trouble.where}: {trouble.text.vi}", f"  Note: {trouble.where}: {trouble.text.en}")


def _write_each(at: Desk, made: tuple[MadeFile, ...], folder: Path | None) -> None:
    where = folder or Path()
    if not where.is_dir():
        raise BadInput({"--out": Text(f"Không có thư mục {where}", f"There is no folder {where}")})
    for file in made:
        _write(at, file, where / file.name)
    if not made:
        at.say("Chưa có kiến nghị nào.", "There are no petitions.")
