"""Papers on the terminal: what one does to its cases, the register, one paper with its annex."""

from __future__ import annotations

from collections.abc import Iterable

from api.cli.desk import Desk
from api.cli.speaking import day, say, table, words
from states.answers import PARTS
from workflows.enacting.orders import PaperReport, RowOutcome
from workflows.enacting.views import RowView, summary, view_of
from workflows.papers import ListedPaper, PaperView, WholePaper


def show_report(at: Desk, report: PaperReport) -> None:
    """Print what a paper does, row by row, and what it leaves out."""
    view = view_of(report)
    if view.rows:
        table(
            [words("TT", "No."), words("Mã", "Code"), words("Kết quả", "Outcome"), words("Việc", "Moves"),
             words("Trạng thái", "State"), words("Cần xem", "Look at")],
            [
                (str(r.ordinal), r.code, at.read(r.outcome.label), ", ".join(at.read(m.label) for m in r.moves),
                 at.read(r.to_state.label) if r.to_state else "", _doubts(at, r))
                for r in view.rows
            ],
        )  # fmt: skip
    for left in view.unanswered:
        due = day(left.due_on)
        at.say(
            f"  Báo cáo chưa trả lời: {left.ordinal}. {left.code} ({left.agency}" + (f", hạn {due})" if due else ")"),
            f"  Not answered: {left.ordinal}. {left.code} ({left.agency}" + (f", due {due})" if due else ")"),
        )
    for note in view.notes:
        say(note, at.language)
    said = summary(report)
    paper = view.number or words("Văn bản", "The paper")
    if report.dry_run:
        at.say(f"Xem trước, chưa ghi gì. {paper}: {said.vi}.", f"Preview, nothing was written. {paper}: {said.en}.")
    elif not report.is_refused:
        at.say(f"{paper}: {said.vi}.", f"{paper}: {said.en}.")


def _doubts(at: Desk, row: RowView) -> str:
    """Return why a row is refused, or what an accepted one lacks."""
    if row.outcome.code == RowOutcome.REFUSED.value:
        mends = [at.read(f.mend) for f in row.failed if f.mend]
        return at.read(row.problem) + (f" → {'; '.join(mends)}" if mends else "") if row.problem else ""
    missing = ", ".join(at.read(PARTS[part.code]) for part in row.missing)
    said = [at.read(w.text) for w in row.warnings if w.code != "answer_is_complete"]
    return "; ".join([*([words("thiếu ", "lacks ") + missing] if missing else []), *said])


def show_list(at: Desk, found: Iterable[ListedPaper]) -> None:
    """Print papers with the cases they belong to."""
    table(
        [words("Số, ký hiệu", "Number"), words("Ngày", "Date"), words("Loại", "Type"), words("Ban hành", "Issuer"),
         words("Trích yếu", "Subject"), words("Số đến", "Incoming"), words("Hồ sơ", "Cases")],
        [
            (p.paper.number or "", day(p.paper.issued_on), at.read(p.paper.type.label), _issuer(p.paper),
             p.paper.subject or "", p.paper.incoming_number or "", str(len(p.cases)))
            for p in found
        ],
    )  # fmt: skip


def show_paper(at: Desk, whole: WholePaper) -> None:
    """Print one paper and its annex."""
    paper = whole.paper
    lines = [
        (words("Số, ký hiệu", "Number"), paper.number), (words("Ngày", "Date"), day(paper.issued_on)),
        (words("Loại", "Type"), at.read(paper.type.label)), (words("Ban hành", "Issuer"), _issuer(paper)),
        (words("Người ký", "Signer"), " ".join(filter(None, (
            paper.signed_as.code if paper.signed_as else None, paper.position, paper.signer)))),
        (words("Trích yếu", "Subject"), paper.subject),
        (words("Số đến", "Incoming"), " ".join(filter(None, (paper.incoming_number, day(paper.incoming_on))))),
        (words("Nơi nhận", "Recipients"), "; ".join(
            f"{r.name} ({r.note})" if r.note else r.name for r in paper.recipients)),
        (words("Độ mật", "Secrecy"), at.read(paper.secrecy.label)),
    ]  # fmt: skip
    for name, value in lines:
        if value:
            at.say(f"{name}: {value}", f"{name}: {value}")
    if whole.rows:
        table(
            [words("TT", "No."), words("Mã", "Code"), words("Văn bản làm", "Act"), words("Nay ở", "State now")],
            [(str(r.ordinal), r.code, at.read(r.act.label), at.read(r.state.label)) for r in whole.rows],
        )
    if whole.hidden:
        at.say(f"Còn {whole.hidden} dòng không có quyền xem.", f"{whole.hidden} more rows are not yours to see.")


def _issuer(paper: PaperView) -> str:
    return paper.issuer.name if paper.issuer else paper.issuer_written or ""
