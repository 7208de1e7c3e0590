"""The sentences that stand beside the figures of a kind: what is counted, what is divided by what."""

from __future__ import annotations

from collections.abc import Mapping

from states.text import Text
from workflows.rates.definitions import By

TITLES: Mapping[By, Text] = {
    "council": Text("{kind}: tỷ lệ của hội đồng", "{kind}: rates of the council"),
    "agency": Text("{kind}: tỷ lệ theo cơ quan", "{kind}: rates by agency"),
    "field": Text("{kind}: tỷ lệ theo lĩnh vực", "{kind}: rates by field"),
    "locality": Text("{kind}: tỷ lệ theo địa bàn", "{kind}: rates by locality"),
}
COUNTED = Text("Tính theo hồ sơ: mỗi hồ sơ một lần.", "Counted by case, each once.")
COUNTED_BY_AGENCY = Text(
    "Tính theo hồ sơ của từng cơ quan: hồ sơ đang ở nhiều cơ quan được tính ở mỗi cơ quan một lần.",
    "Counted by case and agency: a case that is with several agencies counts once in each.",
)
BOUNDS = Text(
    "Tiếp nhận từ {first} đến {last}; tính đến hết ngày {as_of}.",
    "Received from {first} to {last}; as of the end of {as_of}.",
)
RATES: Mapping[str, tuple[Text, Text]] = {
    "done_of_due": (
        Text("Đã xong trong số đã đến hạn", "Done of what has fallen due"),
        Text("Đã xong ({done}), đúng hạn hoặc trễ hạn", "Done ({done}), in time or late"),
    ),
    "in_time_of_due": (
        Text("Đã xong đúng hạn trong số đã đến hạn", "Done in time of what has fallen due"),
        Text("Đã xong ({done}) đúng hạn", "Done ({done}) in time"),
    ),
    "done": (
        Text("Đã xong trong số tiếp nhận", "Done of what was received"),
        Text("Đã xong ({done})", "Done ({done})"),
    ),
}
DUE = Text(
    "đã qua ngày đến hạn; không kể việc chưa đến hạn, tạm dừng, chưa rõ hạn{apart}",
    "whose due date has passed; without what is not yet due, paused or has no known due date{apart}",
)
OF_ALL = Text("tiếp nhận trong kỳ{apart}", "received in the period{apart}")
APART = Text(" và {apart}", " and {apart}")
ONLY_APART = Text("; không kể {apart}", "; without {apart}")
BY_SAMPLE = Text(
    "{number} hồ sơ có hạn theo mẫu, chưa nhập Quy chế của xã: chỉ để theo dõi nội bộ.",
    "{number} cases have a due date by the sample regulation, the council's own is not entered: for service use only.",
)
