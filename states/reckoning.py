"""The closed words in which time is counted, stored by value, each with its labels."""

from __future__ import annotations

from enum import StrEnum, unique

from states.text import Text


class TimeWord(StrEnum):
    """A word of time that carries what people read."""

    @property
    def label(self) -> Text:
        """Return the words for this member; every member has them (a test proves it)."""
        return LABELS[type(self)][self.value]


@unique
class DayUnit(TimeWord):
    """What a length counts. A month ends on the same number, or on the last day of the month."""

    CALENDAR = "calendar"
    WORKING = "working"
    MONTH = "month"


@unique
class Direction(TimeWord):
    """Forward from an event, or backward from a day that is still to come."""

    FORWARD = "forward"
    BACKWARD = "backward"


@unique
class Roll(TimeWord):
    """Where a limit goes that ends on a day off."""

    NONE = "none"
    NEXT = "next"
    PREVIOUS = "previous"


@unique
class LimitStatus(TimeWord):
    """How far a limit may be relied upon."""

    IN_FORCE = "in_force"
    SAMPLE = "sample"
    REFERENCE = "reference"


@unique
class Effect(TimeWord):
    """What breaking a limit means in law."""

    STATUTORY = "statutory"
    REGULATION = "regulation"
    SERVICE = "service"


@unique
class AnnouncementStatus(TimeWord):
    """Whether the competent body has said it, or somebody expects it."""

    ANNOUNCED = "announced"
    PROVISIONAL = "provisional"


@unique
class AnnouncementKind(TimeWord):
    """A weekday off, or a weekly rest day worked."""

    OFF = "off"
    WORKED = "worked"


@unique
class ClockState(TimeWord):
    """What is stored of a clock; late is never stored."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


@unique
class Timeliness(TimeWord):
    """What is derived from a clock on a day."""

    RUNNING = "running"
    OVERDUE = "overdue"
    PAUSED = "paused"
    MET_IN_TIME = "met_in_time"
    MET_LATE = "met_late"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


@unique
class Subject(TimeWord):
    """What a limit runs on."""

    CASE = "case"
    REFERRAL = "referral"


@unique
class SupersedeReason(TimeWord):
    """Why a stored clock gives way."""

    RECEIPT_KNOWN = "receipt_known"
    ANCHOR_MOVED = "anchor_moved"
    CALENDAR_CHANGED = "calendar_changed"
    REGULATION_CHANGED = "regulation_changed"
    GROUND_GONE = "ground_gone"


@unique
class StepKind(TimeWord):
    """What a step of an explanation tells."""

    START = "start"
    RULE = "rule"
    COUNTED = "counted"
    SKIPPED = "skipped"
    PAUSE = "pause"
    EXTENSION = "extension"
    CAP = "cap"
    ROLL = "roll"
    NOTE = "note"
    RESULT = "result"
    END = "end"


LABELS: dict[type[TimeWord], dict[str, Text]] = {
    DayUnit: {
        DayUnit.CALENDAR: Text("ngày", "calendar days"),
        DayUnit.WORKING: Text("ngày làm việc", "working days"),
        DayUnit.MONTH: Text("tháng", "months"),
    },
    Direction: {
        Direction.FORWARD: Text("tính tới", "forward"),
        Direction.BACKWARD: Text("tính lùi", "backward"),
    },
    Roll: {
        Roll.NONE: Text("không dời", "not rolled"),
        Roll.NEXT: Text("dời đến ngày làm việc tiếp theo", "rolls to the next working day"),
        Roll.PREVIOUS: Text("lùi về ngày làm việc liền trước", "rolls to the previous working day"),
    },
    LimitStatus: {
        LimitStatus.IN_FORCE: Text("đang áp dụng", "in force"),
        LimitStatus.SAMPLE: Text("theo mẫu, chưa nhập Quy chế của xã", "sample, the council's own is not entered"),
        LimitStatus.REFERENCE: Text("tham khảo", "for reference"),
    },
    Effect: {
        Effect.STATUTORY: Text("luật định", "statutory"),
        Effect.REGULATION: Text("theo quy chế", "under a regulation"),
        Effect.SERVICE: Text("theo dõi nội bộ", "service level"),
    },
    AnnouncementStatus: {
        AnnouncementStatus.ANNOUNCED: Text("đã công bố", "announced"),
        AnnouncementStatus.PROVISIONAL: Text("dự kiến", "provisional"),
    },
    AnnouncementKind: {
        AnnouncementKind.OFF: Text("ngày nghỉ", "day off"),
        AnnouncementKind.WORKED: Text("ngày làm bù", "worked in exchange"),
    },
    ClockState: {
        ClockState.RUNNING: Text("đang tính", "running"),
        ClockState.PAUSED: Text("tạm dừng", "paused"),
        ClockState.MET: Text("đã hoàn thành", "met"),
        ClockState.CANCELLED: Text("thôi tính", "cancelled"),
        ClockState.SUPERSEDED: Text("đã thay thế", "superseded"),
    },
    Timeliness: {
        Timeliness.RUNNING: Text("còn hạn", "in time so far"),
        Timeliness.OVERDUE: Text("quá hạn", "overdue"),
        Timeliness.PAUSED: Text("tạm dừng", "paused"),
        Timeliness.MET_IN_TIME: Text("đúng hạn", "in time"),
        Timeliness.MET_LATE: Text("trễ hạn", "late"),
        Timeliness.CANCELLED: Text("thôi tính", "cancelled"),
        Timeliness.UNKNOWN: Text("chưa rõ ngày", "date unknown"),
    },
    Subject: {
        Subject.CASE: Text("theo hồ sơ", "per case"),
        Subject.REFERRAL: Text("theo từng nơi nhận", "per referral"),
    },
    SupersedeReason: {
        SupersedeReason.RECEIPT_KNOWN: Text("đã ghi ngày nhận", "the receipt is recorded"),
        SupersedeReason.ANCHOR_MOVED: Text("ngày làm mốc thay đổi", "the day it hangs on moved"),
        SupersedeReason.CALENDAR_CHANGED: Text("lịch nghỉ thay đổi", "the calendar changed"),
        SupersedeReason.REGULATION_CHANGED: Text("quy định áp dụng thay đổi", "another regulation applies"),
        SupersedeReason.GROUND_GONE: Text("sự kiện làm mốc không còn", "the event it rests on no longer stands"),
    },
    StepKind: {
        StepKind.START: Text("mốc", "start"),
        StepKind.RULE: Text("quy định", "rule"),
        StepKind.COUNTED: Text("ngày tính", "counted"),
        StepKind.SKIPPED: Text("ngày bỏ", "skipped"),
        StepKind.PAUSE: Text("tạm dừng", "pause"),
        StepKind.EXTENSION: Text("gia hạn", "extension"),
        StepKind.CAP: Text("giới hạn", "cap"),
        StepKind.ROLL: Text("dời", "roll"),
        StepKind.NOTE: Text("ghi chú", "note"),
        StepKind.RESULT: Text("kết quả", "result"),
        StepKind.END: Text("kết thúc", "end"),
    },
}
