"""The vocabularies of supervision (giám sát) and of the recommendations that come of it."""

from __future__ import annotations

from enum import unique

from states.labelled import LABELS, Labelled
from states.text import Text


@unique
class SupervisionForm(Labelled):
    """What a supervision is: on a theme, by inspection on the spot, a survey, or once more on what was not done."""

    THEMATIC = "thematic"
    REGULAR = "regular"
    SURVEY = "survey"
    AGAIN = "again"


@unique
class Supervisor(Labelled):
    """Whose team supervises; the limits for its papers go by it (Law 87/2015 art. 62, 70, 80, 86)."""

    COUNCIL = "council"
    STANDING_BODY = "standing_body"
    COMMITTEE = "committee"
    DEPUTIES = "deputies"
    HIGHER = "higher"
    FRONT = "front"


@unique
class BindingForce(Labelled):
    """What a recommendation stands in: a resolution binds (art. 89.2), the others must be implemented (art. 7)."""

    RESOLUTION = "resolution"
    CONCLUSION = "conclusion"
    REPORT = "report"


@unique
class Outcome(Labelled):
    """What became of a recommendation, as the standing body or its committee found."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not_done"
    BELOW_REQUEST = "below_request"
    NOT_CARRIED_OUT = "not_carried_out"


@unique
class Reconsidered(Labelled):
    """What was decided on a request to reconsider (art. 8.3)."""

    UPHELD = "upheld"
    AMENDED = "amended"


@unique
class Escalation(Labelled):
    """What a matter under supervision that is not carried out is taken to."""

    QUESTION = "question"
    SUPERVISION_AGAIN = "supervision_again"
    HEARING = "hearing"
    SUPERIOR = "superior"
    COUNCIL_REPORT = "council_report"
    SPECIAL_RESOLUTION = "special_resolution"


LABELS.add(
    (SupervisionForm.THEMATIC, Text("Giám sát chuyên đề", "Thematic supervision")),
    (SupervisionForm.REGULAR, Text("Giám sát thường xuyên", "Regular supervision")),
    (SupervisionForm.SURVEY, Text("Khảo sát", "Survey")),
    (SupervisionForm.AGAIN, Text("Giám sát lại", "Supervision once more")),
    (Supervisor.COUNCIL, Text("Hội đồng nhân dân", "The council")),
    (Supervisor.STANDING_BODY, Text("Thường trực HĐND", "The standing body")),
    (Supervisor.COMMITTEE, Text("Ban của HĐND", "A committee of the council")),
    (Supervisor.DEPUTIES, Text("Tổ đại biểu, đại biểu HĐND", "A deputy group or deputies")),
    (Supervisor.HIGHER, Text("Đoàn giám sát cấp trên", "A team of a higher level")),
    (Supervisor.FRONT, Text("Ủy ban MTTQ", "The Fatherland Front")),
    (BindingForce.RESOLUTION, Text("Nghị quyết của HĐND", "A resolution of the council")),
    (BindingForce.CONCLUSION, Text("Kết luận giám sát", "A conclusion")),
    (BindingForce.REPORT, Text("Kiến nghị trong báo cáo giám sát", "A recommendation in a report")),
    (Outcome.DONE, Text("Hoàn thành", "Done")),
    (Outcome.PARTLY, Text("Hoàn thành một phần", "Partly done")),
    (Outcome.NOT_DONE, Text("Chưa hoàn thành", "Not done yet")),
    (Outcome.BELOW_REQUEST, Text("Chưa đáp ứng yêu cầu", "Does not meet the request")),
    (Outcome.NOT_CARRIED_OUT, Text("Không thực hiện", "Not carried out")),
    (Reconsidered.UPHELD, Text("Giữ nguyên kiến nghị", "The recommendation stands")),
    (Reconsidered.AMENDED, Text("Điều chỉnh kiến nghị", "The recommendation is amended")),
    (Escalation.QUESTION, Text("Chất vấn", "Questioning")),
    (Escalation.SUPERVISION_AGAIN, Text("Giám sát lại", "Supervision once more")),
    (Escalation.HEARING, Text("Phiên giải trình", "An explanation hearing")),
    (Escalation.SUPERIOR, Text("Kiến nghị cấp có thẩm quyền xử lý", "The competent superior")),
    (Escalation.COUNCIL_REPORT, Text("Báo cáo HĐND", "A report to the council")),
    (Escalation.SPECIAL_RESOLUTION, Text("Nghị quyết riêng về giải quyết kiến nghị", "A resolution of its own")),
)
