"""The closed list of legal facts that start, pause, extend, meet or cancel clocks.

Moves mark milestones and regulations name them; nothing else touches a clock.
"""

from __future__ import annotations

from enum import StrEnum, unique

from states.text import Text


@unique
class Milestone(StrEnum):
    """A legal fact with a civil date, marked by the event that records it."""

    RECORDED = "recorded"
    EXPLAINED_AT_MEETING = "explained_at_meeting"
    COMPILED = "compiled"
    SCREENED = "screened"
    SENT = "sent"
    RECEIVED_BY_ADDRESSEE = "received_by_addressee"
    RETURNED = "returned"
    RECALLED = "recalled"
    ASSIGNED = "assigned"
    PROGRESS_REPORTED = "progress_reported"
    CLARIFICATION_ASKED = "clarification_asked"
    CLARIFICATION_GIVEN = "clarification_given"
    EXTENSION_GRANTED = "extension_granted"
    URGED = "urged"
    PUT_ON_AGENDA = "put_on_agenda"
    LISTED_AT_SESSION = "listed_at_session"
    IN_QUESTION_GROUP = "in_question_group"
    ANSWER_RECEIVED = "answer_received"
    NEW_ANSWER_REQUESTED = "new_answer_requested"
    JUDGED = "judged"
    ROADMAP_SET = "roadmap_set"
    CLOSED = "closed"
    REOPENED = "reopened"
    DIVERTED = "diverted"
    FORWARDED_HIGHER = "forwarded_higher"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    VOIDED = "voided"
    VOTERS_INFORMED = "voters_informed"
    PUBLISHED = "published"
    ROUND_OPENED = "round_opened"
    PLAN_ISSUED = "plan_issued"
    ROUND_HELD = "round_held"
    ROUND_CANCELLED = "round_cancelled"
    COMPILATION_SENT = "compilation_sent"
    OPINION_RAISED = "opinion_raised"
    EXPLANATION_REQUEST_RECEIVED = "explanation_request_received"
    EXPLANATION_RECEIVED = "explanation_received"
    QUESTIONED = "questioned"
    WRITTEN_REPLY_RECEIVED = "written_reply_received"
    SUPERVISION_REPORT_RECEIVED = "supervision_report_received"
    CONCLUSION_ISSUED = "conclusion_issued"
    COMMITMENT_CAPTURED = "commitment_captured"
    COMMITMENT_REPORTED = "commitment_reported"
    COMMITMENT_FULFILLED = "commitment_fulfilled"
    COMMITMENT_NOT_KEPT = "commitment_not_kept"
    COMMITMENT_TAKEN_OVER = "commitment_taken_over"
    RECOMMENDATION_PROPOSED = "recommendation_proposed"
    RECOMMENDATION_ISSUED = "recommendation_issued"
    RECOMMENDATION_EXTENDED = "recommendation_extended"
    RECOMMENDATION_REPORTED = "recommendation_reported"
    RECOMMENDATION_DONE = "recommendation_done"
    RECOMMENDATION_NOT_DONE = "recommendation_not_done"
    RECONSIDERATION_REQUESTED = "reconsideration_requested"
    RECONSIDERATION_DECIDED = "reconsideration_decided"
    EXPLANATION_REQUESTED = "explanation_requested"
    EXPLANATION_EXTENDED = "explanation_extended"
    ESCALATED = "escalated"
    SUPERVISION_PLANNED = "supervision_planned"
    TEAM_SET_UP = "team_set_up"
    OUTLINE_SENT = "outline_sent"
    PROGRAMME_ANNOUNCED = "programme_announced"
    SUPERVISION_VISIT = "supervision_visit"
    SUPERVISION_ENDED = "supervision_ended"
    QUESTION_SUBMITTED = "question_submitted"
    QUESTION_FORWARDED = "question_forwarded"
    ANSWERED_ON_THE_FLOOR = "answered_on_the_floor"
    REPLY_REACHED_DEPUTY = "reply_reached_deputy"
    STUDY_CHARGED = "study_charged"
    STUDY_REPORTED = "study_reported"
    REPLY_ACCEPTED = "reply_accepted"
    REPLY_DISPUTED = "reply_disputed"
    QUESTIONING_CONCLUDED = "questioning_concluded"
    CONVERTED = "converted"
    MEETING_PLANNED = "meeting_planned"
    MEETING_DAY_SET = "meeting_day_set"
    MEETING_POSTPONED = "meeting_postponed"
    MEETING_NOTIFIED = "meeting_notified"
    MEETING_HELD = "meeting_held"
    NOBODY_CAME = "nobody_came"
    COMPILATION_DRAFTED = "compilation_drafted"
    COMPILATION_ADOPTED = "compilation_adopted"
    MEETING_CONCLUDED = "meeting_concluded"
    MEETING_CANCELLED = "meeting_cancelled"
    TASK_ASSIGNED = "task_assigned"
    TASK_REPORTED = "task_reported"
    TASK_DONE = "task_done"
    TASK_NOT_DONE = "task_not_done"
    TASK_TAKEN_OVER = "task_taken_over"
    FRONT_PLAN_RECEIVED = "front_plan_received"
    CONTACT_MEETING_PLANNED = "contact_meeting_planned"
    CONTACT_MEETING_HELD = "contact_meeting_held"
    OPINIONS_COLLECTED = "opinions_collected"
    MINUTES_RECEIVED = "minutes_received"
    CONTACT_MEETING_REPORTED = "contact_meeting_reported"
    CONTACT_MEETING_CANCELLED = "contact_meeting_cancelled"
    OPINION_FORWARDED = "opinion_forwarded"
    EXPLANATION_WANTING = "explanation_wanting"
    CARRIED_TO_QUESTION = "carried_to_question"
    CHECKED = "checked"
    NEXT_CHECK_SET = "next_check_set"
    RESOLUTION_ADOPTED = "resolution_adopted"
    FOLLOW_UP_ASSIGNED = "follow_up_assigned"
    RESOLUTION_PLANNED = "resolution_planned"
    RESOLUTION_DONE = "resolution_done"
    LETTER_REGISTERED = "letter_registered"
    LETTER_CLASSIFIED = "letter_classified"
    CITIZEN_TOLD = "citizen_told"
    SETTLED_BY_AGENCY = "settled_by_agency"
    CITIZEN_INFORMED = "citizen_informed"
    ITEM_REGISTERED = "item_registered"
    ITEM_POSTPONED = "item_postponed"
    FILE_RECEIVED = "file_received"
    FILE_INCOMPLETE = "file_incomplete"
    FILE_SENT_BACK = "file_sent_back"
    FILE_VERIFIED = "file_verified"
    COMMITTEE_ASSIGNED = "committee_assigned"
    VERIFICATION_HELD = "verification_held"
    SENT_TO_DEPUTIES = "sent_to_deputies"


LABELS: dict[Milestone, Text] = {
    Milestone.RECORDED: Text("ghi nhận kiến nghị", "petition recorded"),
    Milestone.EXPLAINED_AT_MEETING: Text("giải trình tại hội nghị", "explained at the meeting"),
    Milestone.COMPILED: Text("tổng hợp kiến nghị", "petition compiled"),
    Milestone.SCREENED: Text("phân loại xong", "classified"),
    Milestone.SENT: Text("gửi văn bản chuyển", "letter of transfer sent"),
    Milestone.RECEIVED_BY_ADDRESSEE: Text("cơ quan được chuyển nhận văn bản", "received by the addressee"),
    Milestone.RETURNED: Text("cơ quan chuyển trả, không thuộc thẩm quyền", "returned as wrong authority"),
    Milestone.RECALLED: Text("thu hồi văn bản chuyển", "transfer recalled"),
    Milestone.ASSIGNED: Text("giao đơn vị chủ trì", "assigned to a lead unit"),
    Milestone.PROGRESS_REPORTED: Text("báo cáo tiến độ", "progress reported"),
    Milestone.CLARIFICATION_ASKED: Text("đề nghị làm rõ nội dung", "clarification asked"),
    Milestone.CLARIFICATION_GIVEN: Text("đã làm rõ nội dung", "clarification given"),
    Milestone.EXTENSION_GRANTED: Text("đồng ý gia hạn", "extension granted"),
    Milestone.URGED: Text("gửi văn bản đôn đốc", "urging letter sent"),
    Milestone.PUT_ON_AGENDA: Text("đưa ra phiên họp Thường trực HĐND", "put on the agenda of a sitting"),
    Milestone.LISTED_AT_SESSION: Text("đưa vào danh mục trình kỳ họp", "listed at a session"),
    Milestone.IN_QUESTION_GROUP: Text("đưa vào nhóm vấn đề chất vấn", "put into a group of questions"),
    Milestone.ANSWER_RECEIVED: Text("Thường trực HĐND nhận văn bản trả lời", "answer received by the standing body"),
    Milestone.NEW_ANSWER_REQUESTED: Text("yêu cầu trả lời lại", "new answer requested"),
    Milestone.JUDGED: Text("Thường trực HĐND kết luận", "judged by the standing body"),
    Milestone.ROADMAP_SET: Text("xác nhận lộ trình giải quyết", "roadmap confirmed"),
    Milestone.CLOSED: Text("kết thúc", "closed"),
    Milestone.REOPENED: Text("mở lại", "reopened"),
    Milestone.DIVERTED: Text("chuyển sang xử lý đơn", "diverted to the complaint procedure"),
    Milestone.FORWARDED_HIGHER: Text("chuyển cấp trên", "forwarded to a higher level"),
    Milestone.WITHDRAWN: Text("rút hồ sơ", "withdrawn"),
    Milestone.MERGED: Text("gộp vào hồ sơ khác", "merged into another case"),
    Milestone.VOIDED: Text("hủy do nhập nhầm", "voided"),
    Milestone.VOTERS_INFORMED: Text("thông báo cho cử tri", "voters informed"),
    Milestone.PUBLISHED: Text("công khai kết quả", "published"),
    Milestone.ROUND_OPENED: Text("mở đợt tiếp xúc cử tri", "contact round opened"),
    Milestone.PLAN_ISSUED: Text("ban hành kế hoạch tiếp xúc cử tri", "contact plan issued"),
    Milestone.ROUND_HELD: Text("kết thúc đợt tiếp xúc cử tri", "contact round held"),
    Milestone.ROUND_CANCELLED: Text("hủy đợt tiếp xúc cử tri", "contact round cancelled"),
    Milestone.COMPILATION_SENT: Text("gửi báo cáo tổng hợp", "compiled report sent"),
    Milestone.OPINION_RAISED: Text("Tổ đại biểu nêu ý kiến", "opinion raised by a deputy group"),
    Milestone.EXPLANATION_REQUEST_RECEIVED: Text(
        "nhận yêu cầu giải trình bằng văn bản", "written request for explanation received"
    ),
    Milestone.EXPLANATION_RECEIVED: Text("nhận văn bản giải trình", "explanation received"),
    Milestone.QUESTIONED: Text("chất vấn", "questioned"),
    Milestone.WRITTEN_REPLY_RECEIVED: Text(
        "Thường trực HĐND nhận văn bản trả lời chất vấn", "written reply received by the standing body"
    ),
    Milestone.SUPERVISION_REPORT_RECEIVED: Text("nhận báo cáo giám sát", "supervision report received"),
    Milestone.CONCLUSION_ISSUED: Text("ban hành kết luận giám sát", "supervision conclusion issued"),
    Milestone.COMMITMENT_CAPTURED: Text("ghi nhận cam kết", "commitment captured"),
    Milestone.COMMITMENT_REPORTED: Text("báo cáo thực hiện cam kết", "commitment reported"),
    Milestone.COMMITMENT_FULFILLED: Text("xác nhận đã thực hiện cam kết", "commitment fulfilled"),
    Milestone.COMMITMENT_NOT_KEPT: Text("kết luận chưa thực hiện đủ cam kết", "commitment found not kept"),
    Milestone.COMMITMENT_TAKEN_OVER: Text("cơ quan kế thừa nhận cam kết", "commitment taken over"),
    Milestone.RECOMMENDATION_PROPOSED: Text("đoàn giám sát kiến nghị", "recommendation proposed"),
    Milestone.RECOMMENDATION_ISSUED: Text("ban hành kiến nghị sau giám sát", "recommendation issued"),
    Milestone.RECOMMENDATION_EXTENDED: Text("gia hạn thực hiện kiến nghị", "recommendation extended"),
    Milestone.RECOMMENDATION_REPORTED: Text("mọi cơ quan đã báo cáo kết quả", "all bodies have reported"),
    Milestone.RECOMMENDATION_DONE: Text("kiểm tra: kiến nghị đã thực hiện", "recommendation found done"),
    Milestone.RECOMMENDATION_NOT_DONE: Text("kiểm tra: kiến nghị chưa thực hiện đủ", "recommendation found not done"),
    Milestone.RECONSIDERATION_REQUESTED: Text("đề nghị xem xét lại", "reconsideration requested"),
    Milestone.RECONSIDERATION_DECIDED: Text("quyết định về đề nghị xem xét lại", "reconsideration decided"),
    Milestone.EXPLANATION_REQUESTED: Text("yêu cầu giải trình bằng văn bản", "explanation requested in writing"),
    Milestone.EXPLANATION_EXTENDED: Text("gia hạn giải trình", "explanation extended"),
    Milestone.ESCALATED: Text("nâng lên hình thức giám sát cao hơn", "escalated"),
    Milestone.SUPERVISION_PLANNED: Text("đưa vào chương trình giám sát", "supervision planned"),
    Milestone.TEAM_SET_UP: Text("thành lập đoàn giám sát", "supervision team set up"),
    Milestone.OUTLINE_SENT: Text("gửi đề cương giám sát", "outline sent"),
    Milestone.PROGRAMME_ANNOUNCED: Text("thông báo chương trình làm việc", "programme announced"),
    Milestone.SUPERVISION_VISIT: Text("đoàn giám sát làm việc", "supervision visit"),
    Milestone.SUPERVISION_ENDED: Text("kết thúc giám sát", "supervision ended"),
    Milestone.QUESTION_SUBMITTED: Text("nhận phiếu chất vấn", "question submitted"),
    Milestone.QUESTION_FORWARDED: Text("chuyển người bị chất vấn", "question forwarded"),
    Milestone.ANSWERED_ON_THE_FLOOR: Text("trả lời chất vấn trực tiếp", "answered on the floor"),
    Milestone.REPLY_REACHED_DEPUTY: Text(
        "đại biểu nhận văn bản trả lời chất vấn", "written reply received by the deputy"
    ),
    Milestone.STUDY_CHARGED: Text("giao nghiên cứu, báo cáo tại kỳ họp", "charged with a study"),
    Milestone.STUDY_REPORTED: Text("báo cáo tại kỳ họp kết quả nghiên cứu", "study reported at the session"),
    Milestone.REPLY_ACCEPTED: Text("đại biểu đồng ý với trả lời", "answer accepted by the deputy"),
    Milestone.REPLY_DISPUTED: Text("đại biểu chưa đồng ý với trả lời", "answer disputed by the deputy"),
    Milestone.QUESTIONING_CONCLUDED: Text("kết luận chất vấn", "questioning concluded"),
    Milestone.CONVERTED: Text("chuyển phiên giải trình", "taken to an explanation hearing"),
    Milestone.MEETING_PLANNED: Text("lên lịch phiên họp", "meeting planned"),
    Milestone.MEETING_DAY_SET: Text("đặt, dời ngày họp", "day of the meeting set"),
    Milestone.MEETING_POSTPONED: Text("hoãn phiên họp", "meeting postponed"),
    Milestone.MEETING_NOTIFIED: Text("thông báo, mời họp", "meeting notified"),
    Milestone.MEETING_HELD: Text("tổ chức phiên họp", "meeting held"),
    Milestone.NOBODY_CAME: Text("tiếp công dân, không có người đến", "reception held, nobody came"),
    Milestone.COMPILATION_DRAFTED: Text("trình dự thảo báo cáo tổng hợp", "compiled report drafted"),
    Milestone.COMPILATION_ADOPTED: Text("thông qua báo cáo tổng hợp", "compiled report adopted"),
    Milestone.MEETING_CONCLUDED: Text("thông báo kết quả phiên họp", "result of the meeting notified"),
    Milestone.MEETING_CANCELLED: Text("hủy phiên họp", "meeting cancelled"),
    Milestone.TASK_ASSIGNED: Text("giao nhiệm vụ", "task assigned"),
    Milestone.TASK_REPORTED: Text("báo cáo kết quả nhiệm vụ", "task reported"),
    Milestone.TASK_DONE: Text("xác nhận đã thực hiện nhiệm vụ", "task done"),
    Milestone.TASK_NOT_DONE: Text("kết luận chưa thực hiện xong nhiệm vụ", "task found not done"),
    Milestone.TASK_TAKEN_OVER: Text("cơ quan khác nhận nhiệm vụ", "task taken over"),
    Milestone.FRONT_PLAN_RECEIVED: Text("nhận kế hoạch của Mặt trận", "the Front's plan received"),
    Milestone.CONTACT_MEETING_PLANNED: Text("lên lịch hội nghị tiếp xúc cử tri", "contact meeting planned"),
    Milestone.CONTACT_MEETING_HELD: Text("tổ chức hội nghị tiếp xúc cử tri", "contact meeting held"),
    Milestone.OPINIONS_COLLECTED: Text("tổng hợp ý kiến cử tri bằng văn bản", "opinions collected in writing"),
    Milestone.MINUTES_RECEIVED: Text("nhận biên bản hội nghị", "minutes of the meeting received"),
    Milestone.CONTACT_MEETING_REPORTED: Text(
        "đưa hội nghị vào báo cáo tổng hợp", "meeting put into the compiled report"
    ),
    Milestone.CONTACT_MEETING_CANCELLED: Text("không tổ chức hội nghị", "contact meeting cancelled"),
    Milestone.OPINION_FORWARDED: Text("chuyển ý kiến Tổ đại biểu", "deputy group's opinion forwarded"),
    Milestone.EXPLANATION_WANTING: Text("giải trình chưa thỏa đáng", "explanation found wanting"),
    Milestone.CARRIED_TO_QUESTION: Text("chuyển thành chất vấn", "carried to a question"),
    Milestone.CHECKED: Text("kiểm tra việc thực hiện", "checked"),
    Milestone.NEXT_CHECK_SET: Text("hẹn ngày kiểm tra tiếp", "next check set"),
    Milestone.RESOLUTION_ADOPTED: Text("thông qua nghị quyết", "resolution adopted"),
    Milestone.FOLLOW_UP_ASSIGNED: Text("giao theo dõi nghị quyết", "follow-up assigned"),
    Milestone.RESOLUTION_PLANNED: Text("có kế hoạch thực hiện nghị quyết", "plan of the resolution made"),
    Milestone.RESOLUTION_DONE: Text("xác nhận đã thực hiện nghị quyết", "resolution carried out"),
    Milestone.LETTER_REGISTERED: Text("nhận đơn", "letter received"),
    Milestone.LETTER_CLASSIFIED: Text("phân loại đơn", "letter classified"),
    Milestone.CITIZEN_TOLD: Text("trả lời công dân về việc xử lý đơn", "citizen told how the letter is handled"),
    Milestone.SETTLED_BY_AGENCY: Text("cơ quan có thẩm quyền giải quyết đơn", "settled by the competent agency"),
    Milestone.CITIZEN_INFORMED: Text("thông báo kết quả cho công dân", "citizen informed of the result"),
    Milestone.ITEM_REGISTERED: Text("đưa vào chương trình kỳ họp", "put on the agenda of a session"),
    Milestone.ITEM_POSTPONED: Text("hoãn đến kỳ họp sau", "postponed to a later session"),
    Milestone.FILE_RECEIVED: Text("nhận đủ hồ sơ trình", "file received complete"),
    Milestone.FILE_INCOMPLETE: Text("nhận hồ sơ chưa đủ", "file received incomplete"),
    Milestone.FILE_SENT_BACK: Text("yêu cầu chuẩn bị lại hồ sơ", "file sent back"),
    Milestone.FILE_VERIFIED: Text("Ban có báo cáo thẩm tra", "file verified by the committee"),
    Milestone.COMMITTEE_ASSIGNED: Text("phân công Ban thẩm tra", "committee assigned"),
    Milestone.VERIFICATION_HELD: Text("Ban họp thẩm tra", "committee met on the file"),
    Milestone.SENT_TO_DEPUTIES: Text("gửi tài liệu đến đại biểu", "papers sent to the deputies"),
}
