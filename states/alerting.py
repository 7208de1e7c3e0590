"""The closed words of reminders: what a rung does, what became of it, and of the messages that it caused."""

from __future__ import annotations

from enum import unique

from states.labelled import LABELS, Labelled
from states.text import Text


@unique
class Deed(Labelled):
    """What a rung does."""

    REMIND = "remind"
    ALERT = "alert"
    PROPOSE = "propose"


@unique
class RungState(Labelled):
    """What became of a rung of one due date.

    Only an armed one may still fire. What fired stays fired, or is withdrawn when facts known later refute it.
    """

    ARMED = "armed"
    PASSED = "passed"
    INHERITED = "inherited"
    FIRED = "fired"
    SILENCED = "silenced"
    WITHDRAWN = "withdrawn"


@unique
class NoticeKind(Labelled):
    """Why somebody is told something."""

    RUNG = "rung"
    WITHDRAWAL = "withdrawal"
    DUTY = "duty"
    ALARM = "alarm"


@unique
class NoticeOutcome(Labelled):
    """What became of a notice: told to at least one person, dropped because it was settled, or nobody could be told."""

    TOLD = "told"
    DROPPED = "dropped"
    UNTOLD = "untold"


@unique
class MessageState(Labelled):
    """Where a letter to one person stands. A dead one waits for somebody to look at its reason and try again."""

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"
    DEAD = "dead"


@unique
class MessageChannel(Labelled):
    """By which way a person is told outside the inbox; others will be added behind the same port."""

    EMAIL = "email"


@unique
class MailTrouble(Labelled):
    """Why a letter was not sent, at the last try or for good."""

    DEFERRED = "deferred"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    BROKEN_OFF = "broken_off"
    UNREADABLE = "unreadable"
    NO_ADDRESS = "no_address"
    EMPTY = "empty"


@unique
class LeftOut(Labelled):
    """Why a notice of a letter was not in it when it went."""

    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    COVERED = "covered"
    HIDDEN = "hidden"
    MAIL_OFF = "mail_off"


LABELS.add(
    (Deed.REMIND, Text("Nhắc", "Remind")),
    (Deed.ALERT, Text("Cảnh báo", "Alert")),
    (Deed.PROPOSE, Text("Đề xuất", "Propose")),
    (RungState.ARMED, Text("Sẽ nhắc", "Armed")),
    (RungState.PASSED, Text("Đã qua khi bắt đầu tính, không nhắc", "Passed before it was armed, silent")),
    (RungState.INHERITED, Text("Đã nhắc theo hạn trước", "Fired for the earlier due date")),
    (RungState.FIRED, Text("Đã nhắc", "Fired")),
    (RungState.SILENCED, Text("Không còn cần nhắc", "Silenced")),
    (RungState.WITHDRAWN, Text("Đã rút lại", "Withdrawn")),
    (NoticeKind.RUNG, Text("Nhắc hạn", "Time limit")),
    (NoticeKind.WITHDRAWAL, Text("Rút lại lời nhắc", "Reminder withdrawn")),
    (NoticeKind.DUTY, Text("Việc định kỳ", "Recurring duty")),
    (NoticeKind.ALARM, Text("Cảnh báo hệ thống", "System alarm")),
    (NoticeOutcome.TOLD, Text("Đã báo", "Told")),
    (NoticeOutcome.DROPPED, Text("Không cần báo", "Dropped")),
    (NoticeOutcome.UNTOLD, Text("Không có ai để báo", "Nobody could be told")),
    (MessageState.WAITING, Text("Chờ gửi", "Waiting")),
    (MessageState.SENT, Text("Đã gửi", "Sent")),
    (MessageState.DROPPED, Text("Không cần gửi", "Dropped")),
    (MessageState.DEAD, Text("Không gửi được", "Undeliverable")),
    (MessageChannel.EMAIL, Text("Thư điện tử", "E-mail")),
    (MailTrouble.DEFERRED, Text("Máy chủ thư hẹn lần sau", "The mail server put it off")),
    (MailTrouble.REFUSED, Text("Máy chủ thư từ chối người nhận hoặc nội dung", "The mail server refused it")),
    (MailTrouble.UNREACHABLE, Text("Không vào được máy chủ thư", "The mail server cannot be reached")),
    (MailTrouble.TOO_SLOW, Text("Máy chủ thư trả lời quá chậm", "The mail server was too slow")),
    (MailTrouble.BROKEN_OFF, Text("Đứt giữa chừng, không rõ đã đến chưa", "Broken off, it may have arrived")),
    (MailTrouble.UNREADABLE, Text("Không soạn được thư", "The letter cannot be written")),
    (MailTrouble.NO_ADDRESS, Text("Không có địa chỉ thư dùng được", "There is no address that can be used")),
    (MailTrouble.EMPTY, Text("Mọi việc trong thư đã xong", "Everything in it was settled")),
    (LeftOut.SETTLED, Text("Đã xong trước khi gửi", "Settled before it went")),
    (LeftOut.WITHDRAWN, Text("Lời nhắc đã rút lại", "The reminder was withdrawn")),
    (LeftOut.COVERED, Text("Đã có trong lời nhắc sau cùng", "Said by a later reminder")),
    (LeftOut.HIDDEN, Text("Người nhận không còn quyền xem", "The receiver may no longer see it")),
    (LeftOut.MAIL_OFF, Text("Người nhận không nhận qua thư", "The receiver wants no mail about it")),
)
