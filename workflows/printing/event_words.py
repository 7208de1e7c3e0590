"""What the events of one petition say that a print tells: letters, receipts, answers, conclusions, notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from deadlines.wording import plain_date
from states.referral import REFERRAL
from states.vocabulary import Result, Telling
from workflows.folding import Effective
from workflows.printing.filed import Answered, Cited, Judged, Raised, Reported, Sending, Told, is_owed
from workflows.printing.nearing import Nearing
from workflows.views import AgencyName


@dataclass(frozen=True, slots=True)
class Story:
    """The events of one petition that stand, and what their identifiers mean.

    `theirs` are the agencies of a reader who answers petitions: such a reader reads the words of its own referrals
    only. None reads all. `hide` takes the petitioner out of a text.
    """

    events: Sequence[Effective]
    bodies: Mapping[UUID, str]
    papers: Mapping[UUID, Cited]
    agencies: Mapping[UUID, AgencyName]
    referrals: Sequence[Mapping[str, Any]]
    theirs: frozenset[UUID] | None
    hide: Callable[[str | None], str | None]

    def of(self, *triggers: str, referral: UUID | None = None) -> Iterator[Effective]:
        """Yield the events of these triggers, of one referral where it is named."""
        for item in self.events:
            if item.event["trigger"] in triggers and referral in (None, item.event["referral_id"]):
                yield item

    def words(self, item: Effective, name: str) -> str | None:
        """Return a free text of an event, None where it was not given, was erased or is not for this reader."""
        given = item.payload.get("entry", {}).get(name)
        if given is None or not self._may_read(item):
            return None
        return self.hide(self.bodies.get(UUID(given["text"])))

    def paper(self, item: Effective) -> Cited | None:
        """Return the paper of an event."""
        found: Cited | None = self.papers.get(item.event["document_id"])
        return found

    def _may_read(self, item: Effective) -> bool:
        if self.theirs is None or item.event["seq"] == 1:
            return True
        mine = {r["id"] for r in self.referrals if {r["agency_id"], r["lead_id"]} & self.theirs}
        return item.event["referral_id"] in mine


def read_story(story: Story) -> dict[str, Any]:
    """Return the parts of `Filed` that come from events of the case itself, and all its answers."""
    return {
        "higher": next(((_addressee(story, i), story.paper(i)) for i in _last(story, "forward_higher")), None),
        "answers": tuple(_answer(story, i) for i in story.of("answer", "record_higher_answer")),
        "judged": next((_judged(story, i) for i in _last(story, "judge")), None),
        "told": tuple(_told(story, i) for i in story.of("inform_voters")),
        "published": tuple(_told(story, i) for i in story.of("publish")),
    }


def raised_in(story: Story) -> tuple[Raised, ...]:
    """Return each time the petition was raised after the first: day and round as entered."""
    return tuple(Raised(i.event["occurred_on"], _said(i, "round")) for i in story.of("raise_again"))


def sendings_of(story: Story, clocks: Sequence[Mapping[str, Any]], nearing: Nearing) -> tuple[Sending, ...]:
    """Return the referrals in the order in which they were opened."""
    return tuple(_sending(story, row, clocks, nearing) for row in story.referrals)


def _sending(story: Story, row: Mapping[str, Any], clocks: Sequence[Mapping[str, Any]], nearing: Nearing) -> Sending:
    key = row["id"]
    sent = next(_last(story, "send", referral=key), None)
    received = next(_last(story, "receive", referral=key), None)
    answered = next(_last(story, "answer", referral=key), None)
    return Sending(
        id=key,
        agency=story.agencies[row["agency_id"]],
        lead=story.agencies.get(row["lead_id"]),
        state=row["state"],
        state_label=REFERRAL.states[row["state"]].label,
        letter=story.paper(sent) if sent else None,
        sent_on=sent.event["occurred_on"] if sent else None,
        received_on=received.event["occurred_on"] if received else None,
        incoming_number=row["incoming_number"],
        internal_due_on=row["internal_due_on"],
        times_urged=row["times_urged"],
        due=nearing.of_referral(key, clocks, owed=is_owed(row["state"])),
        reports=tuple(_report(story, i) for i in story.of("report_progress", referral=key)),
        answer=_answer(story, answered) if answered else None,
    )


def _last(story: Story, trigger: str, referral: UUID | None = None) -> Iterator[Effective]:
    """Yield the last event of a trigger, if there is one."""
    found = list(story.of(trigger, referral=referral))
    yield from found[-1:]


def _said(item: Effective, name: str) -> str | None:
    value = item.payload.get("entry", {}).get(name)
    return None if value is None else str(value)


def _day(item: Effective, name: str) -> date | None:
    value = _said(item, name)
    return date.fromisoformat(value) if value else None


def _addressee(story: Story, item: Effective) -> AgencyName | None:
    key = _said(item, "addressee")
    return story.agencies.get(UUID(key)) if key else None


def _report(story: Story, item: Effective) -> Reported:
    return Reported(
        item.event["occurred_on"],
        story.words(item, "words"),
        story.words(item, "obstacle"),
        _day(item, "expected_on"),
        story.paper(item),
    )


def _answer(story: Story, item: Effective) -> Answered:
    claimed = _said(item, "claimed")
    return Answered(
        on=item.event["occurred_on"],
        by=story.agencies.get(item.event["decided_by"]),
        words=story.words(item, "words"),
        claimed=Result(claimed) if claimed else None,
        as_written=_said(item, "original_result"),
        due_on=_day(item, "due_on"),
        due_words=_said(item, "due_words"),
        paper=story.paper(item),
        referral=item.event["referral_id"],
    )


def _judged(story: Story, item: Effective) -> Judged:
    return Judged(
        item.event["occurred_on"],
        Result(str(_said(item, "result"))),
        _day(item, "due_on"),
        _said(item, "due_words"),
        _day(item, "review_on"),
        story.paper(item),
    )


def _told(story: Story, item: Effective) -> Told:
    """Return how voters were told: channel, days of posting, and what was noted."""
    via = _said(item, "via") or ""
    said = [Telling(via).label.vi if via in _CHANNELS else via]
    first, last = _day(item, "posted_from"), _day(item, "posted_until")
    said += [f"từ {plain_date(first)}"] if first else []
    said += [f"đến {plain_date(last)}"] if last else []
    note = _said(item, "note")
    words = " ".join(part for part in said if part)
    return Told(item.event["occurred_on"], f"{words} ({note})" if note else words, story.paper(item))


_CHANNELS = frozenset(channel.value for channel in Telling)
