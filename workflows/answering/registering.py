"""Registers an answer report: every row by one paper, or nothing, or the good rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.units import Unit, WriteUnit
from states.text import Text
from workflows import documents, enacting
from workflows.access import Setting
from workflows.answering.matching import Taken
from workflows.answering.planning import order_of
from workflows.answering.plans import AnswerPlan
from workflows.enacting.orders import PaperReport, RowOutcome
from workflows.filing.attaching import Attached, Coming


@dataclass(frozen=True, slots=True)
class Taking:
    """What a report does, or did: the plan of its rows, what came of the paper, and its file if that was attached."""

    plan: AnswerPlan
    paper: PaperReport
    attached: Attached | None = None

    @property
    def is_refused(self) -> bool:
        """Say whether rows that are not settled or are refused keep the whole report out."""
        return self.paper.is_refused or not (self.plan.partial or self.plan.is_settled)

    @property
    def summary(self) -> Text:
        """Say in one sentence what happens: so many answered, so many not matched, so many still unanswered."""
        counts, rows = self.plan.counts, self.paper.counts
        unmatched = counts[Taken.WAITING] + counts[Taken.UNMATCHED]
        more = [
            (rows[RowOutcome.ALREADY], "đã vào sổ từ trước", "already there"),
            (rows[RowOutcome.REFUSED], "bị từ chối", "refused"),
            (counts[Taken.SKIPPED], "bỏ qua", "left out"),
        ]
        done, left = rows[RowOutcome.DONE], len({one.code for one in self.paper.unanswered})
        vi = [f"{done} chuyển sang đã trả lời", f"{unmatched} không khớp", f"{left} chưa trả lời"]
        en = [f"{done} become answered", f"{unmatched} not matched", f"{left} still unanswered"]
        vi += [f"{count} {words}" for count, words, _ in more if count]
        en += [f"{count} {words}" for count, _, words in more if count]
        return Text(", ".join(vi), ", ".join(en))

    @property
    def outcome(self) -> Text:
        """Say what was written, or why nothing was and what to do."""
        if self.paper.dry_run:
            return Text("Xem trước, chưa ghi gì", "A preview, nothing is written")
        if self.is_refused:
            return Text(
                "Chưa ghi gì: khớp các dòng còn lại bằng --match DÒNG=MÃ, --result DÒNG=KẾT_QUẢ, --skip DÒNG,"
                " hoặc ghi các dòng đúng bằng --partial",
                "Nothing is written: settle the other rows by --match ROW=CODE, --result ROW=RESULT, --skip ROW,"
                " or take the good rows by --partial",
            )
        return Text(f"Đã ghi trả lời của {self.paper.written} kiến nghị", f"{self.paper.written} answers recorded")


def preview(unit: Unit, *, setting: Setting, plan: AnswerPlan) -> Taking:
    """Say what the report would do; nothing is written.

    Raises: BadInput for the paper itself.
    """
    return Taking(plan, enacting.preview(unit, setting=setting, order=order_of(plan)))


def register(unit: WriteUnit, *, setting: Setting, plan: AnswerPlan, file: Coming | None = None) -> Taking:
    """Register the report and record its answers in the unit's transaction; attach `file` to the paper.

    A row that is not settled keeps the whole report out unless the plan is `partial`. Raises: BadInput, NotPermitted,
    ChangedSinceOpened, PaperIsSecret.
    """
    order = order_of(plan)
    if (not plan.partial and not plan.is_settled) or not order.rows:
        foreseen = enacting.preview(unit, setting=setting, order=order)
        return Taking(plan, replace(foreseen, dry_run=False))
    taking = Taking(plan, enacting.enact(unit, setting=setting, order=order))
    document = taking.paper.document
    # Rows that are all there already enter no paper: then there may be one from before, or none.
    if file is None or document is None or taking.is_refused or not documents.is_there(unit, document):
        return taking
    return replace(taking, attached=file.attach(unit, document=document, actor=plan.actor))
