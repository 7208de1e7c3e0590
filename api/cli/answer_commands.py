"""`dondoc import answers`: takes an answer report, a Word table or a workbook, as one paper that answers many cases."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from api.cli.desk import Desk, desk, read_day, read_day_or_unknown
from api.cli.import_commands import importing
from api.cli.options import Json
from api.cli.paper_files import coming, show_attached
from api.cli.speaking import as_json, complain, day, say, table, words
from models.units import Unit
from states.answers import PARTS
from states.facts import Actor
from states.paper_words import SignedAs
from states.text import Text
from workflows import answering
from workflows.access import Setting
from workflows.answering.lines import AnswerTable
from workflows.answering.matching import How, Matched
from workflows.answering.plans import AnswerPlan, RowPlan, Told
from workflows.answering.registering import Taking
from workflows.answering.settling import settled
from workflows.answering.telling import as_told, unsettled
from workflows.filing.attaching import Coming
from workflows.importing.mapping import load_mapping

_REFUSED = 1
_QUOTED = 60

File = Annotated[Path, typer.Argument(metavar="FILE", help=words("Tệp DOCX, XLSX, ODS, XLS, CSV", "The file"))]
Number = Annotated[str | None, typer.Option(help=words("Số báo cáo; không ghi thì đọc từ tệp", "Number of the report"))]
Day = Annotated[
    str | None,
    typer.Option("--date", metavar="DD/MM/YYYY", help=words("Ngày báo cáo; không ghi thì đọc từ tệp", "Its date")),
]
Issuer = Annotated[str | None, typer.Option(help=words("Cơ quan ban hành (mã hoặc tên)", "Issuing agency"))]
Signer = Annotated[str | None, typer.Option(help=words("Người ký", "Signer"))]
Signed = Annotated[SignedAs | None, typer.Option("--signed-as", help=words("Thẩm quyền ký", "Signed as"))]
Position = Annotated[str | None, typer.Option(help=words("Chức vụ người ký", "Position of the signer"))]
Subject = Annotated[str | None, typer.Option(help=words("Trích yếu", "Subject"))]
ReceivedOn = Annotated[
    str | None,
    typer.Option(
        metavar="DD/MM/YYYY",
        help=words("Ngày Thường trực HĐND nhận; mặc định hôm nay, không rõ ghi ?", "Day received; today by default"),
    ),
]
RepliesTo = Annotated[
    str | None, typer.Option("--replies-to", help=words("Số văn bản chuyển được trả lời", "Letter replied to"))
]
ToFront = Annotated[
    bool | None,
    typer.Option(
        "--copied-to-front/--not-copied-to-front",
        help=words("Có gửi Ban Thường trực UBMTTQ", "Copied to the Front's standing board"),
    ),
]
Match = Annotated[
    list[str] | None, typer.Option("--match", metavar="ROW=CODE", help=words("Khớp dòng với hồ sơ", "Match a row"))
]
Say = Annotated[
    list[str] | None,
    typer.Option(
        "--result",
        metavar="ROW=RESULT",
        help=words("Kết quả của dòng; *=… cho mọi dòng không ghi kết quả", "Result of a row; *=… for rows without"),
    ),
]
Skip = Annotated[list[int] | None, typer.Option("--skip", metavar="ROW", help=words("Bỏ qua dòng", "Leave a row out"))]
Columns = Annotated[Path | None, typer.Option("--mapping", help=words("Tệp ánh xạ cột", "File that maps columns"))]
Sheet = Annotated[str | None, typer.Option(help=words("Trang tính hoặc bảng", "Sheet or table"))]
Partial = Annotated[bool, typer.Option("--partial", help=words("Ghi các dòng đúng, bỏ dòng khác", "Take good rows"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=words("Xem trước, không ghi gì", "Write nothing"))]
Attach = Annotated[bool, typer.Option("--attach", help=words("Lưu tệp cùng văn bản", "Keep the file with the paper"))]


@importing.command(
    help=words("Nhập báo cáo trả lời kiến nghị (DOCX, XLSX …)", "Import an answer report (DOCX, XLSX …)")
)
def answers(
    ctx: typer.Context, file: File, number: Number = None, date: Day = None, issuer: Issuer = None, signer: Signer
    = None, signed_as: Signed = None, position: Position = None, subject: Subject = None, received_on: ReceivedOn
    = None, replies_to: RepliesTo = None, copied_to_front: ToFront = None, match: Match = None, result: Say =
    None, skip: Skip = None, mapping: Columns = None, sheet: Sheet = None, partial: Partial = False, dry_run:
    DryRun = False, attach: Attach = False, json: Json = False,
) -> None:  # fmt: skip
    """Show what a report answers, or record it: all rows or nothing, unless --partial."""
    told = Told(
        number=number,
        issuer=issuer,
        signer=signer,
        signed_as=signed_as,
        position=position,
        subject=subject,
        replies_to=replies_to,
        copied_to_front=copied_to_front,
        partial=partial,
    )
    with desk(ctx) as at:
        read = answering.read_report(file, mapping=load_mapping(mapping) if mapping else None, sheet=sheet)
        asked = _Asked(
            read, file.name, settled(told, match=match or (), result=result or (), skip=skip or ()), date, received_on
        )
        with coming(at, file) if attach else nullcontext() as held:
            taking = _preview(at, asked) if dry_run else _register(at, asked, held)
        if json:
            as_json(as_told(taking))
        else:
            show_answers(at, taking)
    if taking.is_refused and not dry_run:
        raise typer.Exit(_REFUSED)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A report that was read, and what was typed of it; days are still as they were written."""

    table: AnswerTable
    file: str
    told: Told
    date: str | None
    received_on: str | None

    def plan(self, unit: Unit, *, setting: Setting, actor: Actor) -> AnswerPlan:
        """Return what the report would do."""
        issued = read_day(self.date, field="--date", today=unit.today) if self.date else None
        received = read_day_or_unknown(self.received_on, field="--received-on", today=unit.today)
        told = replace(self.told, issued_on=issued, received_on=received)
        return answering.plan(unit, setting=setting, actor=actor, table=self.table, told=told, file=self.file)


def _preview(at: Desk, asked: _Asked) -> Taking:
    with at.reading() as (unit, actor):
        setting = at.council(unit, actor)
        return answering.preview(unit, setting=setting, plan=asked.plan(unit, setting=setting, actor=actor))


def _register(at: Desk, asked: _Asked, held: Coming | None) -> Taking:
    with at.writing() as (unit, actor):
        setting = at.council(unit, actor)
        plan = asked.plan(unit, setting=setting, actor=actor)
        return answering.register(unit, setting=setting, plan=plan, file=held)


def show_answers(at: Desk, taking: Taking) -> None:
    """Print what a report does: the totals, the rows that wait for a person, what answers lack, what is unanswered."""
    plan, report = taking.plan, taking.paper
    number = plan.slip.number or at.read(Text("chưa có số", "without a number"))
    say(Text(*(f"{number} {day(plan.slip.issued_on)}: {said}" for said in taking.summary)), at.language)
    for note in (*plan.notes, *report.notes):
        say(note, at.language)
    _print(
        at, ("Dòng", "Row"), ("Vì sao", "Why"), ("Có thể là", "Perhaps"), ("Nội dung", "Text"),
        rows=_waiting(at, taking),
    )  # fmt: skip
    _print(at, ("Mã", "Case"), ("Vì sao bị từ chối", "Why refused"), rows=_refused(at, taking))
    _print(
        at,
        ("Dòng", "Row"), ("Mã", "Case"), ("Khớp theo", "Matched by"), ("Kết quả", "Result"), ("Còn thiếu", "Missing"),
        rows=_matched(at, taking),
    )  # fmt: skip
    if report.unanswered:
        at.say("Báo cáo chưa trả lời:", "The report does not answer:")
        _print(
            at, ("STT", "No."), ("Mã", "Case"), ("Cơ quan", "Agency"), ("Thời hạn", "Due"),
            rows=[(str(one.ordinal), one.code, one.agency, day(one.due_on)) for one in report.unanswered],
        )  # fmt: skip
    if taking.attached is not None:
        show_attached(at, [taking.attached])
    if taking.is_refused and not report.dry_run:
        complain(at.read(taking.outcome))
    else:
        say(taking.outcome, at.language)


def _print(at: Desk, *headings: tuple[str, str], rows: Sequence[Sequence[str]]) -> None:
    if rows:
        table([at.read(Text(*heading)) for heading in headings], rows)


def _waiting(at: Desk, taking: Taking) -> list[tuple[str, ...]]:
    return [
        (str(row.row_number), at.read(row.match.why) if row.match.why else "", _perhaps(row.match), row.text[:_QUOTED])
        for row in unsettled(taking.plan)
    ]


def _perhaps(match: Matched) -> str:
    return ", ".join(f"{c.code} ({c.score:.0f})" if c.score is not None else c.code for c in match.candidates)


def _refused(at: Desk, taking: Taking) -> list[tuple[str, str]]:
    return [(row.code, at.read(row.problem)) for row in taking.paper.rows if row.problem is not None]


def _matched(at: Desk, taking: Taking) -> list[tuple[str, ...]]:
    return [
        (str(row.row_number), row.code or "", at.read(_HOW[row.match.how]), _claimed(at, row), _lacks(at, row))
        for row in taking.plan.rows
        if row.match.how is not None and row.code is not None
    ]


def _claimed(at: Desk, row: RowPlan) -> str:
    label = at.read(row.claimed.label) if row.claimed else ""
    return f"{label} (“{row.original_result}”)" if row.original_result else label


def _lacks(at: Desk, row: RowPlan) -> str:
    said = [at.read(PARTS[part]) for part in row.missing]
    return "; ".join([", ".join(said), *(at.read(note) for note in row.notes)]).strip("; ")


_HOW = {
    How.PERSON: Text("người nhập", "a person"),
    How.CODE: Text("mã", "code"),
    How.ORDINAL: Text("số thứ tự", "ordinal"),
    How.SAME_TEXT: Text("đúng nội dung", "same text"),
    How.TEXT: Text("nội dung", "text"),
}
