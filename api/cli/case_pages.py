"""One case on a terminal: a sentence, what may be done, time limits, referrals, the story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import typer

from api.cli.speaking import FAILS, HOLDS, clean, day, instant, table
from models.units import HANOI, Unit
from states.alerting import RungState
from states.facts import Actor
from states.text import Language, Text
from workflows import clocks, describing, narrating, offering, proposals, reminders
from workflows.access import Seen
from workflows.clocks import ClockView
from workflows.describing import CaseView, ReferralView
from workflows.narrating import EventView
from workflows.offering import OfferView
from workflows.particulars import particulars_of
from workflows.proposals import ProposalView
from workflows.reminders import ReminderView


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that is shown of a case."""

    sentence: Text
    case: CaseView
    may: tuple[OfferView, ...]
    clocks: tuple[ClockView, ...]
    story: tuple[EventView, ...]
    reminders: tuple[ReminderView, ...]
    declined: tuple[ProposalView, ...]


def read(unit: Unit, seen: Seen, *, actor: Actor) -> CasePage:
    """Return the page of a case as `actor` reads it."""
    view = describing.case_view(unit, seen, actor=actor)
    return CasePage(
        sentence(view),
        view,
        offering.offer_views(unit, seen, actor=actor),
        clocks.clock_views(unit, seen),
        narrating.story(unit, seen, actor=actor),
        reminders.of_case(unit, seen),
        proposals.declined_on(unit, seen, actor=actor),
    )


def sentence(view: CaseView) -> Text:
    """Return where the case is, in one sentence."""
    vi, en = f"{view.code}: {view.state.label.vi}", f"{view.code}: {view.state.label.en}"
    if view.holder is not None:
        vi, en = f"{vi}; {view.holder.name} đang xử lý", f"{en}; in hand: {view.holder.name}"
    if view.next_due_on is not None and view.due is not None:
        vi = f"{vi}; hạn {day(view.next_due_on)} ({view.due.vi})"
        en = f"{en}; due {day(view.next_due_on)} ({view.due.en})"
    return Text(f"{vi}.", f"{en}.")


def show(page: CasePage, language: Language) -> None:
    """Print the page."""
    vi = language == "vi"
    typer.echo(clean(page.sentence.read(language)))
    if page.case.text:
        typer.echo(clean(page.case.text))
    for one in particulars_of(page.case):
        typer.echo(clean(f"{one.label.read(language)}: {one.value.read(language)}"))
    for merged in page.case.merged:
        typer.echo(clean(f"{'Gộp vào đây' if vi else 'Merged into it'}: {merged.code}: {merged.text or '…'}"))
    for link in page.case.links:
        if link.code not in {merged.code for merged in page.case.merged}:
            typer.echo(clean(f"{link.kind.label.read(language)} {'→' if link.outgoing else '←'} {link.code}"))
    typer.echo("")
    typer.echo("Làm được gì tiếp:" if vi else "What may be done:")
    numbers = {referral.id: n for n, referral in enumerate(page.case.referrals, start=1)}
    for offer in sorted(page.may, key=lambda offer: not offer.allowed):
        _show_offer(offer, numbers.get(offer.referral) if offer.referral else None, language)
    if page.case.referrals:
        _show_referrals(page.case.referrals, language)
    if page.clocks:
        _show_clocks(page.clocks, language)
    _show_story(page.story, page.reminders, page.declined, language)
    ahead = [reminder for reminder in page.reminders if reminder.state.code == RungState.ARMED.value]
    if ahead:
        typer.echo("")
        typer.echo("Sẽ nhắc:" if vi else "Still to come:")
        show_reminders(ahead, language)


def _show_offer(offer: OfferView, number: int | None, language: Language) -> None:
    where = f" [{number}: {offer.agency.code}]" if number and offer.agency else ""
    sign = HOLDS if offer.allowed else FAILS
    typer.echo(clean(f"  {sign} {offer.trigger}{where}: {offer.label.read(language)}"))
    for condition in offer.fails:
        mend = f" → {condition.mend.read(language)}" if condition.mend else ""
        typer.echo(clean(f"      {condition.text.read(language)}{mend}"))
    for warning in offer.warnings:
        typer.echo(clean(f"      ! {warning.text.read(language)}"))


def _show_referrals(referrals: tuple[ReferralView, ...], language: Language) -> None:
    vi = language == "vi"
    table(
        ["", "Cơ quan", "Trạng thái", "Tham mưu", "Số đến", "Ngày đề nghị"]
        if vi
        else ["", "Agency", "State", "Lead", "Incoming", "Asked by"],
        [
            (
                str(n),
                f"{r.agency.code}: {r.agency.name}",
                r.state.label.read(language),
                r.lead.name if r.lead else "",
                r.incoming_number or "",
                day(r.asked_by),
            )
            for n, r in enumerate(referrals, start=1)
        ],
        title="Các lần chuyển" if vi else "Referrals",
    )


def _show_clocks(found: tuple[ClockView, ...], language: Language) -> None:
    vi = language == "vi"
    table(
        ["Thời hạn", "Cơ quan", "Hạn", "Nay", "Theo"] if vi else ["Limit", "Agency", "Due", "Stands", "Under"],
        [
            (
                c.limit.label.read(language),
                c.agency.code if c.agency else "",
                day(c.due_on),
                c.words.read(language),
                f"{c.regulation.citation} ({c.regulation.status.label.read(language)})",
            )
            for c in found
        ],
        title="Thời hạn" if vi else "Time limits",
    )


def show_reminders(found: Sequence[ReminderView], language: Language, *, of_many: bool = False) -> None:
    """Print what will be said on which day, to whom; with the code of the case where there are many."""
    for reminder in found:
        when = day(reminder.on) or ("chưa rõ ngày" if language == "vi" else "day unknown")
        whom = ", ".join(role.label.read(language) for role in reminder.whom)
        code = f" {reminder.case}:" if of_many else ""
        typer.echo(clean(f"  {when}{code} {reminders.sentence(reminder).read(language)} → {whom}"))


def _show_story(
    story: Sequence[EventView], fell: Sequence[ReminderView], declined: Sequence[ProposalView], language: Language
) -> None:
    """Print what people did and, between it, what the machine said when and which of its proposals were declined."""
    vi = language == "vi"
    told = [(r.fired_at, _told(r, language)) for r in fell if r.fired_at is not None]
    told += [(p.decided_at, _declined(p, language)) for p in declined if p.decided_at is not None]
    done = [(e.recorded_at, _done(e, language)) for e in story]
    table(
        ["Số", "Ngày", "Việc", "Đến", "Văn bản", "Quyết định", "Người ghi", "Ghi lúc"]
        if vi
        else ["No", "Day", "What", "To", "Paper", "Decided", "Recorded by", "Recorded at"],
        [line for _, line in sorted([*done, *told], key=lambda pair: pair[0])],
        title="Nhật ký" if vi else "Story",
    )


def _done(event: EventView, language: Language) -> tuple[str, ...]:
    return (
        str(event.seq),
        day(event.occurred_on) or "?",
        _what(event, language),
        event.to_state.label.read(language),
        (event.document.number or "") if event.document else "",
        event.decided_by.agency.name if event.decided_by.agency else "",
        event.recorded_by.name,
        instant(event.recorded_at),
    )


def _told(reminder: ReminderView, language: Language) -> tuple[str, ...]:
    """Return the line of a reminder; one that was withdrawn says so."""
    said = reminders.sentence(reminder).read(language)
    if reminder.state.code == RungState.WITHDRAWN.value:
        said = f"{said} ({reminder.state.label.read(language)})"
    machine = "Đôn đốc" if language == "vi" else "Dondoc"
    fired = instant(reminder.fired_at) if reminder.fired_at else ""
    return ("", day(reminder.on), said, "", "", "", machine, fired)


def _declined(proposal: ProposalView, language: Language) -> tuple[str, ...]:
    """Return the line of a proposal that was declined: what, why, which body decided, who recorded it."""
    said = f"{proposal.state.label.read(language)}: {proposal.trigger.label.read(language)} ({proposal.reason})"
    body = proposal.decided_body.name if proposal.decided_body else ""
    who = proposal.decided_by.name if proposal.decided_by else ""
    at = proposal.decided_at
    return ("", day(at.astimezone(HANOI).date()) if at else "", said, "", "", body, who, instant(at) if at else "")


def _what(event: EventView, language: Language) -> str:
    said = event.trigger.label.read(language)
    if event.referral is not None:
        said = f"{said} [{event.referral.agency.code}]"
    if event.old_register:
        said = f"{said} ({'theo sổ cũ' if language == 'vi' else 'from the old register'})"
    if event.taken_back:
        said = f"{said} ({'đã hoàn tác' if language == 'vi' else 'taken back'})"
    if event.written_on is not None:
        said = f"{said} ({'trước ghi' if language == 'vi' else 'first entered'} {day(event.written_on)})"
    return said
