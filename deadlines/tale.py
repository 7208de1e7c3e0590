"""What a clock tells while it is followed: every sentence of "vì sao là ngày này" apart from the days themselves.

Each function takes the narrator first and says nothing when there is none.
"""

from __future__ import annotations

from datetime import date, timedelta

from deadlines.limits import ANCHORS, Cap
from deadlines.marks import Clock, Mark
from deadlines.reckoning import Due, Length
from deadlines.starting import Run
from deadlines.telling import END_OF_THE_DAY, EVENT_DAY_NOT_COUNTED, Narrator, Step
from deadlines.wording import capital, full_date, plain_date
from states.milestones import LABELS, Milestone
from states.reckoning import ClockState, Direction, LimitStatus, StepKind
from states.text import Text


def cause_of_cancelling(mark: Mark) -> Text:
    """Say which fact ended the clock without meeting it."""
    return _joined(Text("thôi tính vì", "cancelled because"), _fact(mark))


def cause_of_restarting(mark: Mark) -> Text:
    """Say which fact started the limit anew."""
    return _joined(Text("tính lại từ đầu vì", "started anew because"), _fact(mark))


def tell_start(narrator: Narrator | None, run: Run) -> None:
    """Tell the event that starts the limit, that its day does not count, and the rule with its authority."""
    if narrator is None:
        return
    law = EVENT_DAY_NOT_COUNTED if run.limit.length is not None else None
    narrator.say(Step(StepKind.START, _start_text(run), run.anchor_on, run.anchor_on, law=law))
    if run.provisional:
        text = Text(
            "Chưa ghi ngày nhận: tạm tính từ ngày này, sẽ tính lại khi có ngày nhận.",
            "The receipt is not recorded: counted provisionally from here until it is.",
        )
        narrator.say(Step(StepKind.NOTE, text))
    citation = Text(run.limit.citation, run.limit.citation)
    narrator.say(Step(StepKind.RULE, _rule_text(run), law=citation))


def tell_pause(narrator: Narrator | None, paused_by: Mark | None, since: date, until: date, mark: Mark | None) -> None:
    """Tell a pause and what ended it; the days between do not count."""
    if narrator is None:
        return
    why = _fact(paused_by) if paused_by else Text("", "")
    ended = Text(f"; tính tiếp sau {plain_date(until)}", f"; counted on after {plain_date(until)}")
    then = _joined(Text(ended.vi + ":", ended.en + ":"), _fact(mark)) if mark else ended
    text = Text(f"Tạm dừng: {why.vi}{then.vi}", f"Paused: {why.en}{then.en}")
    days = (until - since).days
    first = min(since + timedelta(days=1), until)
    narrator.say(Step(StepKind.PAUSE, text, first, until, count=Text(f"bỏ {days}", f"skip {days}")))


def tell_still_paused(narrator: Narrator | None, paused_by: Mark | None, since: date) -> None:
    """Tell a pause that nothing ended yet."""
    if narrator is None:
        return
    why = _fact(paused_by) if paused_by else Text("", "")
    text = Text(
        f"Tạm dừng: {why.vi}. Hạn dưới đây là nếu tính tiếp ngay.",
        f"Paused: {why.en}. The date below holds if it were resumed at once.",
    )
    narrator.say(Step(StepKind.PAUSE, text, since, since))


def tell_useless_pause(narrator: Narrator | None, mark: Mark) -> None:
    """Tell that a pause came after the last day."""
    _note(narrator, mark, Text("đã hết số ngày, không tạm dừng được nữa", "the days were used up: no pause"))


def tell_switched_off(narrator: Narrator | None, mark: Mark) -> None:
    """Tell that the regulation as adopted does not know this pause or extension."""
    _note(
        narrator,
        mark,
        Text(
            "quy định đang áp dụng không cho thay đổi thời hạn vì việc này",
            "the adopted limit does not change for it",
        ),
    )


def tell_extension(narrator: Narrator | None, mark: Mark, more: Length, most: Length) -> None:
    """Tell by how much an extension lengthened the limit, and its maximum."""
    if narrator is None:
        return
    fact = _fact(mark)
    text = Text(
        f"{fact.vi}: thêm {more.words.vi} (nhiều nhất {most.words.vi})",
        f"{fact.en}: {more.words.en} more (at most {most.words.en})",
    )
    narrator.say(Step(StepKind.EXTENSION, capital(text), mark.on, mark.on))


def tell_cap(narrator: Narrator | None, cap: Cap, day: date, due: Due, latest: Due) -> None:
    """Tell the cap and which of the two ends counts."""
    if narrator is None:
        return
    anchor, length = ANCHORS[cap.anchor], cap.length.words
    chosen = latest if latest.on < due.on else due
    text = Text(
        f"Không muộn hơn {length.vi} trước {anchor.vi} {plain_date(day)}, tức {plain_date(latest.on)};"
        f" ngày tính được là {plain_date(due.on)}, lấy ngày sớm hơn",
        f"Not later than {length.en} before the {anchor.en} on {plain_date(day)}, that is {plain_date(latest.on)};"
        f" the count gives {plain_date(due.on)}, the earlier holds",
    )
    narrator.say(Step(StepKind.CAP, text, chosen.on, chosen.on))


def tell_unknown(narrator: Narrator | None, why: Text) -> None:
    """Tell why there is no date."""
    if narrator is not None:
        narrator.say(Step(StepKind.NOTE, why))


def tell_result(narrator: Narrator | None, run: Run, clock: Clock, ended_by: Mark | None) -> None:
    """Tell the last day, what it depends on, and what ended the clock."""
    if narrator is None:
        return
    if clock.due_on is not None:
        _tell_due(narrator, run, clock, clock.due_on)
    if ended_by is not None:
        narrator.say(Step(StepKind.END, capital(_end_text(clock, ended_by)), ended_by.on, ended_by.on))


def _tell_due(narrator: Narrator, run: Run, clock: Clock, due_on: date) -> None:
    rolled = Text("Đã dời khỏi ngày nghỉ.", "Rolled off days off.")
    unmoved = Text("Không phải dời.", "Not rolled.")
    move = unmoved if clock.raw_due_on == due_on else rolled
    day = full_date(due_on)
    text = Text(f"Chậm nhất hết ngày {day.vi} (24:00). {move.vi}", f"By the end of {day.en} (24:00). {move.en}")
    total = run.limit.length.count if run.limit.length and not clock.extended_to else None
    count = Text(f"{total}/{total}", f"{total}/{total}") if total else None
    if clock.due_without_options_on is not None and clock.due_without_options_on != due_on:
        plain = full_date(clock.due_without_options_on)
        said = Text(
            f"Nếu không tạm dừng, gia hạn, giới hạn: {plain.vi}",
            f"Without pause, extension and cap: {plain.en}",
        )
        narrator.say(Step(StepKind.NOTE, said))
    if clock.calendar_provisional:
        said = Text(
            "Lịch nghỉ của những ngày này chưa công bố chính thức; ngày hết hạn có thể thay đổi",
            "The days off here are not officially announced yet; the date may change",
        )
        narrator.say(Step(StepKind.NOTE, said))
    narrator.say(Step(StepKind.RESULT, text, due_on, due_on, law=END_OF_THE_DAY, count=count))


def _end_text(clock: Clock, mark: Mark) -> Text:
    if clock.state is not ClockState.MET:
        return clock.cause or _fact(mark)
    fact = _fact(mark)
    if clock.met_on is None or clock.due_on is None:
        return Text(f"{fact.vi}, chưa rõ ngày", f"{fact.en}, date unknown")
    late = (clock.met_on - clock.due_on).days
    if late <= 0:
        return Text(f"{fact.vi}: đúng hạn", f"{fact.en}: in time")
    return Text(f"{fact.vi}: trễ {late} ngày", f"{fact.en}: {late} day{'' if late == 1 else 's'} late")


def _start_text(run: Run) -> Text:
    not_counted = Text("Ngày này không tính.", "This day does not count.")
    if run.source is not None:
        of = run.source.label
        return Text(f"Hết thời hạn: {_lower(of.vi)}. {not_counted.vi}", f"End of: {_lower(of.en)}. {not_counted.en}")
    if run.mark is None:
        what = capital(ANCHORS[run.limit.anchor or ""])
        back = run.limit.direction is Direction.BACKWARD
        vi, en = (" Tính lùi.", " Counted backward.") if back else ("", "")
        return Text(f"{what.vi}. {not_counted.vi}{vi}", f"{what.en}. {not_counted.en}{en}")
    fact = capital(_fact(run.mark))
    if run.limit.length is None:
        return Text(f"{fact.vi}.", f"{fact.en}.")
    return Text(f"{fact.vi}. {not_counted.vi}", f"{fact.en}. {not_counted.en}")


def _rule_text(run: Run) -> Text:
    limit, label = run.limit, run.limit.label
    shaky = limit.status is not LimitStatus.IN_FORCE
    status = Text(f" ({limit.status.label.vi})", f" ({limit.status.label.en})") if shaky else Text("", "")
    if limit.given in ANCHORS:
        anchor = ANCHORS[limit.given]
        vi, en = f"Chậm nhất ngày {anchor.vi}: {_lower(label.vi)}", f"By the {anchor.en}: {_lower(label.en)}"
    elif limit.length is None:
        vi, en = f"Ngày hẹn để {_lower(label.vi)}", f"Date given for: {_lower(label.en)}"
    elif run.limit.direction is Direction.BACKWARD:
        words, anchor = limit.length.words, ANCHORS[limit.anchor or ""]
        vi = f"Ít nhất {words.vi} trước {anchor.vi}: {_lower(label.vi)}"
        en = f"At least {words.en} before the {anchor.en}: {_lower(label.en)}"
    else:
        words = limit.length.words
        vi, en = f"Được {words.vi} để {_lower(label.vi)}", f"{words.en} for: {_lower(label.en)}"
    return Text(f"{vi}{status.vi}.", f"{en}{status.en}.")


def _fact(mark: Mark) -> Text:
    label = LABELS[Milestone(mark.milestone)]
    return label if mark.document is None else Text(f"{label.vi}, {mark.document}", f"{label.en}, {mark.document}")


def _note(narrator: Narrator | None, mark: Mark, why: Text) -> None:
    if narrator is not None:
        fact = _fact(mark)
        text = capital(Text(f"{fact.vi}: {why.vi}", f"{fact.en}: {why.en}"))
        narrator.say(Step(StepKind.NOTE, text, mark.on, mark.on))


def _joined(first: Text, second: Text) -> Text:
    return Text(f"{first.vi} {second.vi}", f"{first.en} {second.en}")


def _lower(said: str) -> str:
    return said[:1].lower() + said[1:]
