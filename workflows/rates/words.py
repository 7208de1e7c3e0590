"""The sentences that stand beside the figures: what is counted, by which unit, within which bounds."""

from __future__ import annotations

from collections.abc import Mapping

from states.text import Text
from workflows.rates.definitions import By

UNITS: Mapping[By, Text] = {
    "council": Text("kiến nghị", "petitions"),
    "agency": Text("lần chuyển", "referrals"),
    "field": Text("kiến nghị", "petitions"),
    "locality": Text("kiến nghị", "petitions"),
}
TITLES: Mapping[By, Text] = {
    "council": Text("Tỷ lệ của hội đồng", "Rates of the council"),
    "agency": Text("Tỷ lệ theo cơ quan trả lời", "Rates by answering agency"),
    "field": Text("Tỷ lệ theo lĩnh vực", "Rates by field"),
    "locality": Text("Tỷ lệ theo địa bàn", "Rates by locality"),
}
UNNAMED: Mapping[By, Text] = {
    "council": Text("Hội đồng", "Council"),
    "agency": Text("Chưa rõ cơ quan", "Agency unknown"),
    "field": Text("Chưa xác định lĩnh vực", "No field given"),
    "locality": Text("Chưa ghi địa bàn", "No locality given"),
}
TOTAL = Text("Tổng số", "Total")
COUNTED_BY_PETITION = Text(
    "Tính theo kiến nghị: mỗi kiến nghị một lần, dù chuyển nhiều cơ quan; chỉ là đã trả lời khi mọi cơ quan được chuyển"
    " đã trả lời, và đúng hạn khi không cơ quan nào trễ.",
    "Counted by petition: each once, however many addressees; it is answered when all of them have answered, and in"
    " time when none was late.",
)
COUNTED_BY_REFERRAL = Text(
    "Tính theo lần chuyển: một kiến nghị chuyển hai cơ quan là hai lần chuyển, nên tổng khác với số kiến nghị. Kết quả"
    " giải quyết là kết luận đối với cả kiến nghị.",
    "Counted by referral: a petition sent to two agencies is two referrals, so the total differs from the number of"
    " petitions. The result is the judgement on the petition as a whole.",
)
SCOPE = Text("Chỉ tính hồ sơ mà tài khoản này được xem.", "Only cases that this account may see are counted.")
BOUNDS = Text(
    "{unit} tiếp nhận từ {first} đến {last}; tính đến hết ngày {as_of}.",
    "{unit} received from {first} to {last}; as of the end of {as_of}.",
)
BOUNDED: Mapping[By, Text] = {
    "council": Text("Kiến nghị", "Petitions"),
    "agency": Text("Lần chuyển của các kiến nghị", "Referrals of the petitions"),
    "field": Text("Kiến nghị", "Petitions"),
    "locality": Text("Kiến nghị", "Petitions"),
}
OWN = Text(
    "{unit} tiếp nhận trong kỳ thuộc thẩm quyền của hội đồng; không kể ý kiến không yêu cầu giải quyết, việc của cấp"
    " trên, việc đã hướng dẫn hoặc chuyển đơn, đã rút",
    "{unit} received in the period that are the council's own; without mere opinions, matters of a higher level, those"
    " diverted or withdrawn",
)
OWN_REFERRALS = Text(
    "{unit} đã gửi thuộc thẩm quyền của hội đồng; không kể ý kiến không yêu cầu giải quyết, việc của cấp trên, việc đã"
    " rút, chuyển trả, thu hồi hoặc thuộc lần giải quyết trước",
    "{unit} sent that are the council's own; without mere opinions, matters of a higher level, those withdrawn,"
    " returned, recalled or of an earlier treatment",
)
RATES: Mapping[str, tuple[Text, Text]] = {
    "answered": (
        Text("Đã trả lời", "Answered"),
        Text("{unit} đã được trả lời (kể cả giải trình tại hội nghị)", "{unit} answered (also at the meeting)"),
    ),
    "handled": (
        Text("Đã xử lý", "Handled"),
        Text(
            "{unit} đã giải quyết xong, hoặc giải trình được chấp nhận (kể cả tại hội nghị)",
            "{unit} resolved, or whose explanation was accepted (also at the meeting)",
        ),
    ),
    "resolved": (
        Text("Giải quyết xong", "Resolved"),
        Text(
            "{unit} được Thường trực HĐND kết luận giải quyết xong, có minh chứng",
            "{unit} that the standing body judged resolved, with evidence",
        ),
    ),
    "in_time": (
        Text("Trả lời đúng hạn", "Answered in time"),
        Text("{unit} trả lời đúng hạn", "{unit} answered in time"),
    ),
    "in_time_without_options": (
        Text("Trả lời đúng hạn, không tính gia hạn, tạm dừng", "Answered in time, without extensions and pauses"),
        Text("{unit} trả lời đúng hạn gốc", "{unit} answered by the original due date"),
    ),
}
DUE = Text(
    "{unit} trả lời đúng hạn, trả lời trễ hạn và chưa trả lời đã quá hạn; không kể việc chưa đến hạn và việc chưa rõ"
    " hạn. Hạn tính cho lần trả lời đầu, kể từ ngày cơ quan nhận; thời hạn tham khảo chưa áp dụng"
    " và hạn tạm tính không làm quá hạn",
    "{unit} answered in time, answered late, and overdue; without what is not due yet or has no known due date. The"
    " date is that of the first answer, from the agency's receipt; reference limits not adopted"
    " and provisional dates make nothing late",
)
BY_SAMPLE = Text(
    "{number} {unit} có hạn theo mẫu, chưa nhập Quy chế của xã: chỉ để theo dõi nội bộ.",
    "{number} {unit} have a due date by the sample regulation, the council's own is not entered: for service use only.",
)
OWN_CHOICE: Mapping[str, Text] = {
    "handled": Text(
        "Hội đồng báo cáo giải trình được chấp nhận là đã giải quyết: số báo cáo là «Đã xử lý».",
        "The council reports an accepted explanation as resolved: its own figure is “Handled”.",
    ),
    "resolved": Text(
        "Hội đồng không tính giải trình là đã giải quyết: số báo cáo là «Giải quyết xong».",
        "The council does not report an explanation as resolved: its own figure is “Resolved”.",
    ),
}
CHECKS: Mapping[str, Text] = {
    "received": Text("Tiếp nhận = tính tỷ lệ + ngoài tỷ lệ", "Received = in the rate + outside it"),
    "times": Text("Tính tỷ lệ = tổng các dòng về thời hạn", "In the rate = sum of the lines of time"),
    "outcomes": Text("Tính tỷ lệ = tổng các dòng về kết quả", "In the rate = sum of the lines of results"),
    "answered_times": Text(
        "Đã trả lời = đúng hạn + trễ hạn + không xác định được hạn + tại hội nghị",
        "Answered = in time + late + no due date + at the meeting",
    ),
    "answered_outcomes": Text("Đã trả lời = các kết quả + chờ kết luận", "Answered = results + not judged yet"),
    "bridge": Text("Cầu nối giữa ba tỷ lệ khớp", "The bridge between the three rates adds up"),
    "rows": Text("Tổng số = tổng các dòng", "Total = sum of the rows"),
}
AGREES = Text("khớp", "agrees")
DIFFERS = Text("KHÔNG KHỚP: {left} và {right}", "DOES NOT AGREE: {left} and {right}")
