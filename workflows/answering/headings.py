"""The headings of an answer report: what the tables of people's committees say of each petition.

Sources: the common table of committees (STT, nội dung kiến nghị, cử tri, cơ quan chủ trì, nội dung trả lời, kết quả,
ghi chú), annexes PL III and 2B of the provinces, and the parts that a standing body asks of an answer. What an old
register calls the same is called the same here.
"""

from __future__ import annotations

from states.text import Text
from workflows.answering.results import BOXES
from workflows.importing import register_headings
from workflows.importing.headings import KNOWN, WHY_REJECTED, Field
from workflows.importing.known_headings import Headings, Need

_RESPONSIBLE = (
    "Cơ quan chủ trì", "Đơn vị chủ trì", "Cơ quan, đơn vị chủ trì", "Cơ quan giải quyết", "Đơn vị giải quyết",
    "Cơ quan, đơn vị giải quyết", "Cơ quan xử lý", "Đơn vị xử lý", "Cơ quan được giao", "Đơn vị được giao",
    "Cơ quan, đơn vị được giao", "Đơn vị thực hiện", "Cơ quan thực hiện", "Cơ quan, đơn vị thực hiện", "Trách nhiệm",
    "Đơn vị chịu trách nhiệm", "Cơ quan chịu trách nhiệm", "Cơ quan, đơn vị chịu trách nhiệm", "Trách nhiệm thực hiện",
    "Responsible",
)  # fmt: skip
_ELSEWHERE = {
    Field.CODE: ("Mã nguồn", "Mã hồ sơ", "Số hồ sơ"),
    Field.RESPONSIBLE: _RESPONSIBLE,
    Field.DUE: (
        "Thời hạn", "Thời hạn hoàn thành", "Thời hạn giải quyết", "Thời hạn thực hiện", "Hạn hoàn thành", "Thời gian",
        "Thời gian thực hiện", "Thời gian hoàn thành", "Thời gian giải quyết", "Thời gian dự kiến",
        "Thời gian dự kiến hoàn thành", "Dự kiến hoàn thành", "Dự kiến thời gian hoàn thành", "Mốc thời gian",
        "Mốc thời gian trong trả lời", "Lộ trình", "Lộ trình thực hiện", "Lộ trình giải quyết", "Lộ trình, thời hạn",
        "Due",
    ),
    Field.CAUSE: (
        "Nguyên nhân", "Nguyên nhân chưa giải quyết", "Nguyên nhân, khó khăn", "Khó khăn, vướng mắc", "Cause",
    ),
    Field.REASON: ("Lý do", "Lý do chưa giải quyết", "Lý do chưa giải quyết được", "Lý do chưa thực hiện", "Reason"),
    Field.MEASURE: (
        "Giải pháp", "Biện pháp", "Giải pháp thực hiện", "Biện pháp thực hiện", "Biện pháp giải quyết",
        "Giải pháp, biện pháp", "Hướng giải quyết", "Phương án giải quyết", "Measure",
    ),
    Field.GROUND: (
        "Căn cứ", "Căn cứ pháp lý", "Căn cứ giải trình", "Căn cứ, nguồn", "Văn bản viện dẫn", "Viện dẫn", "Nguồn",
        "Ground",
    ),
    Field.REVIEW_ON: ("Ngày rà soát lại", "Rà soát lại ngày", "Ngày rà soát", "Thời điểm rà soát lại", "Review on"),
    Field.RESULT: (
        *register_headings.KNOWN["result"], "Phân loại kết quả", "Phân loại trả lời", "Mức độ giải quyết",
        "Kết quả thực hiện", "Phân loại kết quả giải quyết",
    ),
}  # fmt: skip
_TAKEN = frozenset(_RESPONSIBLE)
_OF_THE_REGISTER = (
    "lead", "answered_by", "answer", "answer_number", "answer_date", "answer_text", "evidence", "times_raised",
)  # fmt: skip
_OF_THE_LIST = (
    Field.ORDINAL, Field.CODE, Field.TEXT, Field.LOCALITY, Field.AGENCY, Field.SUBJECT, Field.SESSION, Field.ROUND,
    Field.PETITIONER, Field.ADDRESS, Field.PHONE, Field.NOTE,
)  # fmt: skip


def _known() -> dict[Field, tuple[str, ...]]:
    known = {field: KNOWN[field] for field in _OF_THE_LIST}
    known |= {Field(name): register_headings.KNOWN[name] for name in _OF_THE_REGISTER}
    # What is the agency with jurisdiction in a list of petitions is here the unit that acts.
    known = {field: tuple(name for name in names if name not in _TAKEN) for field, names in known.items()}
    for field, names in _ELSEWHERE.items():
        known[field] = (*known.get(field, ()), *names)
    return known | {Field.WHY_REJECTED: (WHY_REJECTED,)}


ANSWER_HEADINGS = Headings(
    _known(),
    needs=(
        Need(
            frozenset({Field.ANSWER_TEXT, Field.RESULT, Field.ANSWER, Field.ANSWER_NUMBER}),
            Text("nội dung trả lời hoặc kết quả", "the answer or its result"),
            "Nội dung trả lời",
        ),
        Need(
            frozenset({Field.TEXT, Field.CODE, Field.ORDINAL}),
            Text("để biết dòng nào trả lời kiến nghị nào", "which petition a row answers"),
            "Mã kiến nghị",
        ),
    ),
    ticked=frozenset({Field.SUBJECT, Field.RESULT}),
    boxes={Field.RESULT: BOXES},
)
