"""Reads an answer report and says what it would do; the plan becomes one paper that answers many cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from models.columns import table_of
from models.councils import Agency
from models.units import Unit
from states.answers import missing_parts
from states.entries import AnswerRow, DocumentSlip
from states.errors import BadInput
from states.facts import Actor
from states.paper_acts import DOINGS, PaperAct
from states.text import Text
from states.vocabulary import PetitionNature, Result
from workflows.access import Setting
from workflows.answering.candidates import Candidates, candidates, letter_named
from workflows.answering.claims import Answer, answer_of
from workflows.answering.letterhead import Letterhead, letterhead
from workflows.answering.lines import AnswerLine, AnswerTable, read_report
from workflows.answering.matching import Matched, Taken, code_as_compared, match_rows, plain_ordinal
from workflows.answering.plans import AnswerPlan, ReportFile, RowPlan, Told
from workflows.enacting.orders import PaperOrder, PaperRow
from workflows.importing.headings import Field
from workflows.paper_numbers import paper_key, paper_number

_agency = table_of(Agency)


def read(unit: Unit, *, setting: Setting, actor: Actor, report: ReportFile, told: Told) -> AnswerPlan:
    """Return what the report in a file would do, row by row; nothing is written.

    Raises: FileRefused for the file, BadInput for what `told` says wrongly.
    """
    table = read_report(report.path, mapping=report.mapping, sheet=report.sheet)
    return plan(unit, setting=setting, actor=actor, table=table, told=told, file=report.path.name)


def plan(unit: Unit, *, setting: Setting, actor: Actor, table: AnswerTable, told: Told, file: str) -> AnswerPlan:
    """Return what a report would do, row by row; nothing is written. `file` is what people call the file.

    Raises: BadInput for what `told` says wrongly: an unknown letter, a row or a code that is not there.
    """
    _require_rows(table, told)
    head = letterhead(table.paragraphs, today=unit.today)
    answers = {
        line.row_number: answer_of(line, result=_result_said(line, told), today=unit.today) for line in table.lines
    }
    answers = {number: _with_other_result(answer, told.other_results) for number, answer in answers.items()}
    slip, notes = _slip(unit, setting, head, answers.values(), told)
    issuer = _issuer(unit, setting, slip.issuer)
    named = {*told.matches.values(), *(line[Field.CODE] for line in table.lines)}
    cases = candidates(
        unit,
        setting=setting,
        actor=actor,
        letter=slip.replies_to,
        issuer=issuer,
        named={code_as_compared(name) for name in named if name},
    )
    _require_codes(cases, told)
    found, own_numbers = match_rows(table.lines, cases, settled=told.matches, skips=told.skips)
    copied = head.copied_to_front if told.copied_to_front is None else told.copied_to_front
    rows = [
        _row(line, answers[line.row_number], found[line.row_number], slip=slip, copied_to_front=copied)
        for line in table.lines
    ]
    return AnswerPlan(
        file=file,
        table=table.name,
        slip=slip,
        received_on=told.received_on,
        copied_to_front=copied,
        partial=told.partial,
        actor=actor,
        rows=tuple(rows),
        skipped=table.skipped,
        notes=(*notes, *_notes(table, own_numbers=own_numbers, copied=copied, told=told)),
    )


def order_of(plan: AnswerPlan) -> PaperOrder:
    """Return the paper that the plan asks for: one row for each row that is matched."""
    return PaperOrder(
        act=PaperAct.ANSWER,
        slip=plan.slip,
        rows=tuple(_paper_row(row) for row in plan.rows if row.taken is Taken.MATCHED),
        actor=plan.actor,
        on=plan.received_on,
        values={"copied_to_front": plan.copied_to_front},
        partial=plan.partial,
    )


def _paper_row(row: RowPlan) -> PaperRow:
    return PaperRow(case=row.code or "", ordinal=plain_ordinal(row.ordinal), values=row.values)


def _row(line: AnswerLine, answer: Answer, match: Matched, *, slip: DocumentSlip, copied_to_front: bool) -> RowPlan:
    values = dict(answer.values)
    if answer.paper and slip.number and paper_key(answer.paper.written) == paper_key(slip.number):
        # The report itself is no source of what it explains.
        values = {name: value for name, value in values.items() if name != "ground" or value != _own_paper(line)}
    if match.taken is Taken.MATCHED and (why := answer.problem or (answer.doubt if answer.claimed is None else None)):
        match = replace(match, taken=Taken.WAITING, why=why)
    nature = match.case.nature if match.case else None
    if answer.claimed is not None:
        values["claimed"] = answer.claimed.value
    return RowPlan(
        row_number=line.row_number,
        ordinal=line[Field.ORDINAL],
        code_written=line[Field.CODE],
        text=line[Field.TEXT],
        match=match,
        claimed=answer.claimed,
        original_result=answer.original,
        values=values,
        missing=_missing(values, nature, copied_to_front=copied_to_front) if not answer.problem else (),
        paper=answer.paper.written if answer.paper else None,
        paper_on=answer.paper.issued_on if answer.paper else None,
        notes=answer.notes,
    )


def _own_paper(line: AnswerLine) -> str:
    return line[Field.ANSWER] or line[Field.ANSWER_NUMBER]


def _missing(values: Mapping[str, Any], nature: PetitionNature | None, *, copied_to_front: bool) -> tuple[str, ...]:
    if "claimed" not in values:
        return ()
    return missing_parts(AnswerRow(**values, copied_to_front=copied_to_front), nature)


def _result_said(line: AnswerLine, told: Told) -> Result | None:
    return told.results.get(line.row_number)


def _with_other_result(answer: Answer, result: Result | None) -> Answer:
    """Take what a person said of all rows for a row without any word of a result, never for one with unknown words."""
    if answer.claimed is not None or answer.original or result is None:
        return answer
    return replace(answer, claimed=result, doubt=None)


def _slip(
    unit: Unit, setting: Setting, head: Letterhead, answers: Iterable[Answer], told: Told
) -> tuple[DocumentSlip, list[Text]]:
    """Return the report as a paper: what a person said, else what the file says of itself, else what all rows say."""
    notes: list[Text] = []
    number, issued_on = told.number, told.issued_on
    cited = {(a.paper.written, a.paper.issued_on) for a in answers if a.paper is not None}
    of_rows = cited.pop() if len(cited) == 1 else (None, None)
    if number is None and (number := head.number or of_rows[0]):
        notes.append(Text(f"Số văn bản đọc từ tệp: {number}", f"The number is read from the file: {number}"))
    if issued_on is None and (issued_on := head.issued_on or (of_rows[1] if not head.number else None)):
        notes.append(
            Text(
                f"Ngày văn bản đọc từ tệp: {issued_on:%d/%m/%Y}",
                f"The date is read from the file: {issued_on:%d/%m/%Y}",
            )
        )
    elif issued_on is None and head.problem is not None:
        raise BadInput({"issued_on": head.problem.text})
    letter = letter_named(unit, told.replies_to, setting=setting) if told.replies_to else None
    parts = paper_number(number) if number else None
    kind = parts.type if parts and parts.type in DOINGS[PaperAct.ANSWER].types else None
    said = {
        "number": number,
        "issued_on": issued_on,
        "type": kind,
        "issuer": told.issuer,
        "signer": told.signer,
        "signed_as": told.signed_as,
        "position": told.position,
        "subject": told.subject,
        "recipients": head.recipients or None,
        "replies_to": letter,
    }
    return DocumentSlip(**{name: value for name, value in said.items() if value is not None}), notes


def _issuer(unit: Unit, setting: Setting, written: str | None) -> UUID | None:
    """Return the agency that a code or a name means, the council's own first."""
    if written is None:
        return None
    theirs = or_(_agency.c.council_id == setting.council, _agency.c.council_id.is_(None))
    wanted = select(_agency.c.id, _agency.c.council_id).where(
        theirs, or_(_agency.c.code == written.strip().upper(), _agency.c.name == written.strip())
    )
    rows = sorted(unit.read(wanted).all(), key=lambda row: row.council_id is None)
    found: UUID | None = rows[0].id if rows else None
    return found


def _require_rows(table: AnswerTable, told: Told) -> None:
    """Refuse to settle rows that the report does not have."""
    known = {line.row_number for line in table.lines}
    for name, numbers in (("match", told.matches), ("result", told.results), ("skip", told.skips)):
        if strange := sorted(set(numbers) - known):
            said = ", ".join(map(str, strange))
            raise BadInput(
                {name: Text(f"Bảng không có dòng trả lời số {said}", f"The table has no row of an answer {said}")}
            )


def _require_codes(cases: Candidates, told: Told) -> None:
    known: Collection[str] = {*cases.known, *cases.others}
    strange = [code for code in told.matches.values() if code_as_compared(code) not in known]
    if strange:
        said = ", ".join(strange)
        raise BadInput({"match": Text(f"Không tìm thấy hồ sơ {said}", f"There is no case {said}")})


def _notes(table: AnswerTable, *, own_numbers: bool, copied: bool, told: Told) -> Iterable[Text]:
    if own_numbers:
        yield Text(
            "Số thứ tự của bảng là số riêng của báo cáo, không dùng để khớp",
            "The table has ordinals of its own; they are not used",
        )
    if copied and told.copied_to_front is None:
        yield Text("Nơi nhận trong tệp có Mặt trận Tổ quốc", "The file names the Front among its recipients")
    if table.other_tables:
        said = "”, “".join(table.other_tables)
        yield Text(f"Chưa đọc bảng khác trong tệp: “{said}”", f"Other tables were not read: “{said}”")
    if table.unknown_headings:
        said = "”, “".join(table.unknown_headings)
        yield Text(f"Cột không dùng: “{said}”", f"Columns that are not used: “{said}”")
