"""Reading one time limit of a regulation, with every check that can be made before it is used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from deadlines.fields import Fields
from deadlines.ladders import QUESTION_GROUP, Ladder
from deadlines.limits import ANCHORS, OF_THE_SESSION, Cap, Options, Regulation, TimeLimit
from deadlines.reckoning import Length
from states.kinds import KINDS
from states.milestones import Milestone
from states.reckoning import DayUnit, Direction, Effect, LimitStatus, Roll, Subject
from states.vocabulary import RoundKind

ROLLS: dict[Roll, str] = {Roll.NEXT: "next working day", Roll.PREVIOUS: "previous working day", Roll.NONE: "no"}
_DUE_OF = re.compile(r"due of ([a-z_]+)")
_ROLE = re.compile(r"[a-z_]+")


@dataclass(frozen=True, slots=True)
class _Start:
    direction: Direction
    starts: tuple[Milestone, ...] = ()
    after_clock: str | None = None
    anchor: str | None = None


def read_limit(row: object, regulation: Regulation, *, origin: str, number: int) -> TimeLimit:
    """Read one limit of `regulation`; raises `RegulationInvalid` naming file, limit and field."""
    fields = Fields.over(row, origin=origin, where=f"limit {number}")
    fields = fields.renamed(fields.text("code"))
    start = _read_start(fields)
    status = fields.word("status", LimitStatus, regulation.status)
    limit = TimeLimit(
        code=fields.text("code"),
        label=fields.both("label"),
        role=_read_role(fields),
        applies=_read_applies(fields),
        regulation=regulation.code,
        regulation_version=regulation.version,
        status=status,
        effect=fields.word("effect", Effect, Effect.SERVICE),
        citation=fields.text("citation"),
        confidence=fields.text("confidence"),
        enabled=fields.flag("enabled", default=status is not LimitStatus.REFERENCE),
        per=fields.word("per", Subject, Subject.CASE),
        direction=start.direction,
        roll=_read_roll(fields, start.direction),
        length=fields.length("length") if fields.has("length") else None,
        given=fields.optional_text("due"),
        starts=start.starts,
        provisional_from=fields.optional_word("provisional_from", Milestone),
        after_clock=start.after_clock,
        anchor=start.anchor,
        met_by=fields.words("met_by", Milestone),
        met_by_all=fields.flag("met_by_all", default=False),
        cancelled_by=fields.words("cancelled_by", Milestone),
        pauses_on=fields.words("pauses_on", Milestone),
        resumes_on=fields.words("resumes_on", Milestone),
        extended_by=fields.words("extended_by", Milestone),
        max_extension=fields.length("max_extension") if fields.has("max_extension") else None,
        not_after=_read_cap(fields),
        restarts_on=fields.words("restarts_on", Milestone),
        keeps_running=fields.flag("keeps_running", default=False),
        ladder=fields.optional_text("ladder"),
        options=_read_options(fields),
        in_force_from=regulation.in_force_from,
        in_force_to=regulation.in_force_to,
    )
    fields.done()
    _check(fields, limit, {ladder.code for ladder in regulation.ladders})
    _check_anchors(fields, limit)
    _check_triggers(fields, limit, regulation.ladder_of(limit))
    return limit


def _read_start(fields: Fields) -> _Start:
    written = [name for name in ("starts", "before", "after") if fields.has(name)]
    if len(written) != 1:
        vi, en = "cần đúng một trong: starts, before, after", "needs exactly one of: starts, before, after"
        raise fields.wrong("starts", vi, en)
    if written == ["starts"]:
        said = fields.texts("starts")
        due_of = _DUE_OF.fullmatch(said[0]) if len(said) == 1 else None
        if due_of:
            return _Start(Direction.FORWARD, after_clock=due_of[1])
        return _Start(Direction.FORWARD, starts=fields.words("starts", Milestone))
    direction = Direction.BACKWARD if written == ["before"] else Direction.FORWARD
    return _Start(direction, anchor=_read_anchor(fields, written[0]))


def _read_anchor(fields: Fields, name: str) -> str:
    anchor = fields.text(name)
    if anchor not in ANCHORS:
        known = ", ".join(ANCHORS)
        raise fields.wrong(name, f"không biết mốc «{anchor}»; có: {known}", f"does not know {anchor!r}, only: {known}")
    return anchor


def _read_role(fields: Fields) -> str:
    role = fields.text("role")
    if not _ROLE.fullmatch(role):
        raise fields.wrong("role", "chỉ gồm chữ thường và gạch dưới", "is made of a-z and underscores")
    return role


def _read_applies(fields: Fields) -> dict[str, str]:
    applies = fields.pairs("applies")
    if "kind" not in applies:
        raise fields.wrong("applies", "cần ghi kind (loại hồ sơ)", "needs the kind of case")
    table = KINDS.get(applies["kind"])
    words: dict[str, type[StrEnum]] = {"round": RoundKind, **(table.circumstances if table else {})}
    for key in sorted(applies.keys() - {"kind", *words}):
        known = ", ".join(sorted({"kind", *words}))
        raise fields.wrong("applies", f"không biết «{key}»; có: {known}", f"does not know {key!r}, only: {known}")
    for key in sorted(applies.keys() & words.keys()):
        known, said = ", ".join(words[key]), applies[key]
        if said not in set(words[key]):
            raise fields.wrong("applies", f"{key}: không biết «{said}»; có: {known}", f"{key}: not {said!r}: {known}")
    return applies


def _read_roll(fields: Fields, direction: Direction) -> Roll:
    usual = Roll.NEXT if direction is Direction.FORWARD else Roll.PREVIOUS
    if not fields.has("rolls"):
        return usual
    said = fields.text("rolls")
    roll = next((roll for roll, written in ROLLS.items() if written == said), None)
    if roll is None:
        known = ", ".join(ROLLS.values())
        raise fields.wrong("rolls", f"không hiểu «{said}»; có: {known}", f"cannot read {said!r}; it knows: {known}")
    if roll not in (usual, Roll.NONE):
        vi = "trái chiều: thời hạn tính tới thì dời tới, tính lùi thì dời lùi"
        raise fields.wrong("rolls", vi, "contradicts the direction: forward limits roll forward only")
    return roll


def _read_cap(fields: Fields) -> Cap | None:
    inner = fields.inner("not_after")
    if inner is None:
        return None
    cap = Cap(_read_anchor(inner, "before"), inner.length("length"), _read_roll(inner, Direction.BACKWARD))
    inner.done()
    return cap


def _read_options(fields: Fields) -> Options:
    inner = fields.inner("options")
    if inner is None:
        return Options()
    options = Options(
        pause=inner.flag("pause", default=False),
        extension=inner.flag("extension", default=False),
        not_after=inner.flag("not_after", default=False),
    )
    inner.done()
    return options


def _check(fields: Fields, limit: TimeLimit, ladders: set[str]) -> None:
    if (limit.length is None) == (limit.given is None):
        raise fields.wrong("length", "cần đúng một trong: length, due", "needs exactly one of: length, due")
    if limit.given is not None and not limit.starts:
        raise fields.wrong("due", "chỉ dùng được khi bắt đầu từ một mốc", "needs a milestone to start with")
    if not limit.met_by:
        raise fields.wrong("met_by", "cần mốc kết thúc", "needs the milestone that meets it")
    if limit.ladder is not None and limit.ladder not in ladders:
        raise fields.wrong("ladder", f"không có thang «{limit.ladder}»", f"there is no ladder {limit.ladder!r}")
    if limit.provisional_from is not None and (not limit.starts or limit.provisional_from in limit.starts):
        vi, en = "phải khác mốc bắt đầu và cần có mốc bắt đầu", "must differ from the milestone that starts it"
        raise fields.wrong("provisional_from", vi, en)
    if limit.per is Subject.REFERRAL and limit.anchor is not None:
        vi, en = "thời hạn theo kỳ họp chỉ tính theo hồ sơ", "a limit that hangs on a session runs per case"
        raise fields.wrong("per", vi, en)
    if limit.restarts_on and limit.after_clock is not None:
        vi, en = "không dùng được khi bắt đầu từ hạn của thời hạn khác", "does not go with the end of another limit"
        raise fields.wrong("restarts_on", vi, en)
    _check_pause(fields, limit)
    _check_extension(fields, limit)
    if limit.options.not_after and limit.not_after is None:
        raise fields.wrong("options", "bật not_after nhưng không ghi not_after", "not_after is on and not written")
    if limit.direction is Direction.BACKWARD and (limit.pauses_on or limit.extended_by or limit.not_after):
        vi = "thời hạn tính lùi không tạm dừng, không gia hạn, không giới hạn"
        raise fields.wrong("before", vi, "a limit counted backward is not paused, extended or capped")


def _check_anchors(fields: Fields, limit: TimeLimit) -> None:
    """Let a limit hang only on a session or on a day that its kind of case has; kinds not known yet are passed over."""
    table = KINDS.get(limit.applies["kind"])
    for anchor in (limit.anchor, limit.not_after.anchor if limit.not_after else None):
        if anchor is None or table is None or anchor in OF_THE_SESSION or anchor in table.anchors:
            continue
        name = "not_after" if anchor != limit.anchor else "before" if limit.direction is Direction.BACKWARD else "after"
        kind = table.label
        raise fields.wrong(name, f"«{kind.vi}» không có mốc «{anchor}»", f"a {kind.en!r} has no {anchor!r}")


def _check_triggers(fields: Fields, limit: TimeLimit, ladder: Ladder) -> None:
    """Let a ladder propose only what can be done with what the limit runs on; kinds not known yet are passed over."""
    table = KINDS.get(limit.applies["kind"])
    if table is None:
        return
    tables = table.tables if limit.per is Subject.REFERRAL else (table,)
    known = {QUESTION_GROUP, *(trigger for one in tables for trigger in one.triggers)}
    for trigger in sorted({rung.trigger for rung in ladder.rungs if rung.trigger} - known):
        vi, en = (
            f"thang {ladder.code} đề xuất «{trigger}», việc không có",
            f"{ladder.code} proposes unknown {trigger!r}",
        )
        raise fields.wrong("ladder", vi, en)


def _check_pause(fields: Fields, limit: TimeLimit) -> None:
    if bool(limit.pauses_on) != bool(limit.resumes_on):
        raise fields.wrong("pauses_on", "phải đi cùng resumes_on", "goes together with resumes_on")
    if limit.options.pause and not limit.pauses_on:
        raise fields.wrong("options", "bật pause nhưng không ghi pauses_on", "pause is on and pauses_on not written")
    if limit.pauses_on and limit.given is not None:
        raise fields.wrong("pauses_on", "ngày hẹn sẵn thì không tạm dừng", "a date that was given cannot be paused")


def _check_extension(fields: Fields, limit: TimeLimit) -> None:
    if bool(limit.extended_by) != (limit.max_extension is not None):
        raise fields.wrong("extended_by", "phải đi cùng max_extension", "goes together with max_extension")
    if limit.options.extension and not limit.extended_by:
        raise fields.wrong("options", "bật extension mà thiếu extended_by", "extension is on, extended_by missing")
    if limit.max_extension is not None and limit.max_extension.unit is not _extension_unit(limit.length):
        vi, en = "phải cùng loại ngày với length", "must be in the same days as the length"
        raise fields.wrong("max_extension", vi, en)


def _extension_unit(length: Length | None) -> DayUnit:
    return DayUnit.WORKING if length is not None and length.unit is DayUnit.WORKING else DayUnit.CALENDAR
