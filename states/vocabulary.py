"""The closed vocabularies of the office, stored by value, each with its labels."""

from __future__ import annotations

from enum import StrEnum, unique

from states.labelled import LABELS, Labelled
from states.text import Text


@unique
class Phase(Labelled):
    """The stretch of a case's life, used to group states on pages."""

    INTAKE = "intake"
    OUT = "out"
    JUDGING = "judging"
    DONE = "done"


@unique
class Role(Labelled):
    """What a person may be in an agency; permissions are predicates over roles."""

    CLERK = "clerk"
    OFFICER = "officer"
    HEAD = "head"
    COUNCIL_OFFICE = "council_office"
    COMMITTEE = "committee"
    STANDING_BODY = "standing_body"
    FRONT = "front"
    DEPUTY = "deputy"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    PUBLIC = "public"


@unique
class Confidentiality(Labelled):
    """Who may see a case at all."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"
    SECRET = "secret"  # noqa: S105 - a level of secrecy, not a password


@unique
class Level(Labelled):
    """The level of government with jurisdiction; in the office also the hamlet."""

    HAMLET = "hamlet"
    COMMUNE = "commune"
    PROVINCE = "province"
    CENTRAL = "central"


@unique
class Result(Labelled):
    """What an answer claims, or what the standing body judged; never mixed in one column."""

    RESOLVED = "resolved"
    EXPLAINED = "explained"
    ROADMAP = "roadmap"
    IN_PROGRESS = "in_progress"
    NOT_YET = "not_yet"
    NOTED = "noted"


@unique
class Verdict(Labelled):
    """What the petitioner says of the outcome."""

    SATISFIED = "satisfied"
    NEEDS_CLARIFICATION = "needs_clarification"
    DISAGREES = "disagrees"


@unique
class NotYetReason(Labelled):
    """Why a petition cannot be settled yet."""

    FUNDS = "funds"
    LAW = "law"
    SEVERAL_LEVELS = "several_levels"
    OLD_LAND_CASE = "old_land_case"
    OTHER = "other"


@unique
class ReturnReason(Labelled):
    """Why an addressee sends a petition back."""

    WRONG_AUTHORITY = "wrong_authority"
    UNCLEAR = "unclear"
    DUPLICATE = "duplicate"


@unique
class PetitionNature(Labelled):
    """A mere opinion needs no action and is still counted; a request needs an answer."""

    OPINION = "opinion"
    REQUEST = "request"


@unique
class Channel(Labelled):
    """How a petition reached the council."""

    CONFERENCE = "conference"
    RECEPTION = "reception"
    LETTER = "letter"
    HOTLINE = "hotline"
    PORTAL = "portal"
    COLLECTED = "collected"
    OTHER = "other"


@unique
class Telling(Labelled):
    """By which channel voters were told."""

    CONFERENCE = "conference"
    NOTICE_BOARD = "notice_board"
    LOUDSPEAKER = "loudspeaker"
    PORTAL = "portal"
    IN_PERSON = "in_person"
    LETTER = "letter"
    OTHER = "other"


@unique
class RoundKind(Labelled):
    """On which side of which session a voter-contact round is, or where or with whom (NQLT 72/2025/NQLT, art. 18)."""

    BEFORE_SESSION = "before_session"
    AFTER_SESSION = "after_session"
    THEMATIC = "thematic"
    EXTRAORDINARY = "extraordinary"
    NONE = "none"
    OUTSIDE_UNIT = "outside_unit"
    RESIDENCE = "residence"
    WORKPLACE = "workplace"
    AUDIENCE = "audience"


@unique
class SessionKind(Labelled):
    """Kinds of council session."""

    REGULAR = "regular"
    THEMATIC = "thematic"
    EXTRAORDINARY = "extraordinary"


@unique
class AgencyKind(Labelled):
    """Kinds of body; real answerers include hospitals and electricity companies."""

    COUNCIL = "council"
    STANDING_BODY = "standing_body"
    COUNCIL_OFFICE = "council_office"
    COUNCIL_COMMITTEE = "council_committee"
    DEPUTY_GROUP = "deputy_group"
    PEOPLES_COMMITTEE = "peoples_committee"
    SPECIALIZED_AGENCY = "specialized_agency"
    PUBLIC_SERVICE_UNIT = "public_service_unit"
    VERTICAL_AGENCY = "vertical_agency"
    JUDICIAL = "judicial"
    FRONT = "front"
    MASS_ORGANISATION = "mass_organisation"
    ENTERPRISE = "enterprise"
    COMMUNITY = "community"
    PARTY = "party"
    ASSEMBLY_DELEGATION = "assembly_delegation"
    MINISTRY = "ministry"


@unique
class Occasion(Labelled):
    """Where a commitment was made."""

    ANSWER = "answer"
    SESSION = "session"
    SITTING = "sitting"
    RECEPTION = "reception"
    CONTACT = "contact"
    CONCLUSION = "conclusion"


@unique
class LinkKind(Labelled):
    """How one case hangs together with another."""

    REPEATS = "repeats"
    MERGED_INTO = "merged_into"
    SPLIT_FROM = "split_from"
    ARISES_FROM = "arises_from"
    RAISED_IN = "raised_in"
    COMMITTED_IN = "committed_in"
    ANSWERED_TOGETHER = "answered_together"
    ESCALATED_TO = "escalated_to"
    SUPERSEDES = "supersedes"


@unique
class ProposalState(Labelled):
    """What became of a suggestion of the machine."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"
    LAPSED = "lapsed"


@unique
class Act(StrEnum):
    """What an event is: a move of the lifecycle, one of the three corrections, or clocks reckoned anew.

    A reckoning changes no state and marks nothing: it says that a session, the calendar or a regulation changed.
    """

    MOVE = "move"
    RECKON = "reckon"
    AMEND = "amend"
    CORRECT = "correct"
    VOID = "void"
    UNDO = "undo"


@unique
class ReckonCause(Labelled):
    """Why clocks were reckoned anew by an event of their own; it stands in the event as its trigger."""

    SESSION_MOVED = "session_moved"
    CALENDAR_CHANGED = "calendar_changed"
    REGULATION_ADOPTED = "regulation_adopted"


@unique
class Decider(StrEnum):
    """Which body decides a move unless the entry names another."""

    STANDING_BODY = "standing_body"
    COUNCIL_OFFICE = "council_office"
    ADDRESSEE = "addressee"


@unique
class Named(StrEnum):
    """What a code in an entry names."""

    AGENCY = "agency"
    CASE = "case"
    SESSION = "session"
    ACCOUNT = "account"


LABELS.add(
    (Phase.INTAKE, Text("Tiếp nhận", "Intake")),
    (Phase.OUT, Text("Đang xử lý", "In hand")),
    (Phase.JUDGING, Text("Xem xét kết quả", "Judging")),
    (Phase.DONE, Text("Kết thúc", "Done")),
    (Role.CLERK, Text("Văn thư, nhập liệu", "Clerk")),
    (Role.OFFICER, Text("Chuyên viên", "Officer")),
    (Role.HEAD, Text("Thủ trưởng", "Head")),
    (Role.COUNCIL_OFFICE, Text("Văn phòng HĐND", "Council office")),
    (Role.COMMITTEE, Text("Ban của HĐND", "Council committee")),
    (Role.STANDING_BODY, Text("Thường trực HĐND", "Standing body")),
    (Role.FRONT, Text("Mặt trận Tổ quốc", "Fatherland Front")),
    (Role.DEPUTY, Text("Đại biểu HĐND", "Deputy")),
    (Role.SUPERVISOR, Text("Lãnh đạo theo dõi", "Supervisor")),
    (Role.AUDITOR, Text("Kiểm tra", "Auditor")),
    (Role.ADMINISTRATOR, Text("Quản trị", "Administrator")),
    (Role.PUBLIC, Text("Cử tri", "Public")),
    (Confidentiality.PUBLIC, Text("Công khai", "Public")),
    (Confidentiality.INTERNAL, Text("Nội bộ", "Internal")),
    (Confidentiality.RESTRICTED, Text("Hạn chế", "Restricted")),
    (Confidentiality.SECRET, Text("Mật", "Secret")),
    (Level.HAMLET, Text("Thôn, tổ dân phố", "Hamlet")),
    (Level.COMMUNE, Text("Xã, phường, đặc khu", "Commune")),
    (Level.PROVINCE, Text("Tỉnh, thành phố", "Province")),
    (Level.CENTRAL, Text("Trung ương", "Central")),
    (Result.RESOLVED, Text("Giải quyết xong", "Resolved")),
    (Result.EXPLAINED, Text("Giải trình, cung cấp thông tin", "Explained")),
    (Result.ROADMAP, Text("Đang giải quyết, có lộ trình", "In progress with a roadmap")),
    (Result.IN_PROGRESS, Text("Đang giải quyết, chưa có lộ trình", "In progress without a roadmap")),
    (Result.NOT_YET, Text("Chưa giải quyết được", "Not yet resolved")),
    (Result.NOTED, Text("Ghi nhận ý kiến", "Opinion noted")),
    (Verdict.SATISFIED, Text("Đồng ý", "Satisfied")),
    (Verdict.NEEDS_CLARIFICATION, Text("Cần làm rõ", "Needs clarification")),
    (Verdict.DISAGREES, Text("Không đồng ý", "Disagrees")),
    (NotYetReason.FUNDS, Text("Chưa có kinh phí", "No funds yet")),
    (NotYetReason.LAW, Text("Vướng quy định pháp luật", "Obstacle in the law")),
    (NotYetReason.SEVERAL_LEVELS, Text("Liên quan nhiều cấp, nhiều ngành", "Several levels and sectors")),
    (NotYetReason.OLD_LAND_CASE, Text("Vụ việc đất đai tồn đọng kéo dài", "Long-standing land case")),
    (NotYetReason.OTHER, Text("Lý do khác", "Other")),
    (ReturnReason.WRONG_AUTHORITY, Text("Không thuộc thẩm quyền", "Wrong authority")),
    (ReturnReason.UNCLEAR, Text("Nội dung chưa rõ", "Unclear")),
    (ReturnReason.DUPLICATE, Text("Trùng nội dung đã trả lời", "Duplicate")),
    (PetitionNature.OPINION, Text("Ý kiến", "Opinion")),
    (PetitionNature.REQUEST, Text("Kiến nghị", "Request")),
    (Channel.CONFERENCE, Text("Hội nghị tiếp xúc cử tri", "Voter-contact conference")),
    (Channel.RECEPTION, Text("Tiếp công dân", "Citizen reception")),
    (Channel.LETTER, Text("Đơn thư", "Letter")),
    (Channel.HOTLINE, Text("Đường dây nóng", "Hotline")),
    (Channel.PORTAL, Text("Cổng thông tin, ứng dụng", "Portal or app")),
    (Channel.COLLECTED, Text("Tổng hợp từ cơ sở", "Collected in writing")),
    (Channel.OTHER, Text("Kênh khác", "Other")),
    (Telling.CONFERENCE, Text("Tại hội nghị tiếp xúc cử tri", "At a voter-contact conference")),
    (Telling.NOTICE_BOARD, Text("Niêm yết tại thôn, trụ sở", "On the notice board")),
    (Telling.LOUDSPEAKER, Text("Loa truyền thanh", "By loudspeaker")),
    (Telling.PORTAL, Text("Cổng thông tin điện tử", "On the portal")),
    (Telling.IN_PERSON, Text("Báo trực tiếp", "In person")),
    (Telling.LETTER, Text("Gửi văn bản", "By letter")),
    (Telling.OTHER, Text("Hình thức khác, không rõ", "Another or an unknown way")),
    (RoundKind.BEFORE_SESSION, Text("Trước kỳ họp thường lệ", "Before a regular session")),
    (RoundKind.AFTER_SESSION, Text("Sau kỳ họp thường lệ", "After a regular session")),
    (RoundKind.THEMATIC, Text("Chuyên đề", "Thematic")),
    (RoundKind.EXTRAORDINARY, Text("Không thường lệ", "Around an irregular session")),
    (RoundKind.NONE, Text("Ngoài đợt tiếp xúc cử tri", "Outside a round")),
    (RoundKind.OUTSIDE_UNIT, Text("Ngoài đơn vị bầu cử", "Outside the deputy's constituency")),
    (RoundKind.RESIDENCE, Text("Nơi cư trú", "Where the deputy lives")),
    (RoundKind.WORKPLACE, Text("Nơi làm việc", "Where the deputy works")),
    (RoundKind.AUDIENCE, Text("Theo đối tượng", "With one group of people")),
    (SessionKind.REGULAR, Text("Thường lệ", "Regular")),
    (SessionKind.THEMATIC, Text("Không thường lệ (chuyên đề)", "Thematic")),
    (SessionKind.EXTRAORDINARY, Text("Không thường lệ (đột xuất)", "Extraordinary")),
    (AgencyKind.COUNCIL, Text("Hội đồng nhân dân", "People's Council")),
    (AgencyKind.STANDING_BODY, Text("Thường trực HĐND", "Standing body of the council")),
    (AgencyKind.COUNCIL_OFFICE, Text("Văn phòng HĐND và UBND", "Council office")),
    (AgencyKind.COUNCIL_COMMITTEE, Text("Ban của HĐND", "Council committee")),
    (AgencyKind.DEPUTY_GROUP, Text("Tổ đại biểu HĐND", "Deputy group")),
    (AgencyKind.PEOPLES_COMMITTEE, Text("Ủy ban nhân dân", "People's Committee")),
    (AgencyKind.SPECIALIZED_AGENCY, Text("Cơ quan chuyên môn", "Specialised agency")),
    (AgencyKind.PUBLIC_SERVICE_UNIT, Text("Đơn vị sự nghiệp", "Public service unit")),
    (AgencyKind.VERTICAL_AGENCY, Text("Cơ quan ngành dọc", "Vertical agency")),
    (AgencyKind.JUDICIAL, Text("Cơ quan tư pháp", "Judicial body")),
    (AgencyKind.FRONT, Text("Ủy ban Mặt trận Tổ quốc Việt Nam", "Fatherland Front")),
    (AgencyKind.MASS_ORGANISATION, Text("Tổ chức chính trị - xã hội", "Mass organisation")),
    (AgencyKind.ENTERPRISE, Text("Doanh nghiệp", "Enterprise")),
    (AgencyKind.COMMUNITY, Text("Cộng đồng, thôn, tổ dân phố", "Community")),
    (AgencyKind.PARTY, Text("Cơ quan Đảng", "Party body")),
    (AgencyKind.ASSEMBLY_DELEGATION, Text("Đoàn đại biểu Quốc hội", "National Assembly delegation")),
    (AgencyKind.MINISTRY, Text("Bộ, ngành Trung ương", "Ministry")),
    (ReckonCause.SESSION_MOVED, Text("Tính lại thời hạn: kỳ họp đổi ngày", "Reckoned anew: the session moved")),
    (
        ReckonCause.CALENDAR_CHANGED,
        Text("Tính lại thời hạn: lịch nghỉ thay đổi", "Reckoned anew: the calendar changed"),
    ),
    (
        ReckonCause.REGULATION_ADOPTED,
        Text("Tính lại thời hạn: quy chế áp dụng thay đổi", "Clocks reckoned anew: another regulation was adopted"),
    ),
    (Occasion.ANSWER, Text("Văn bản trả lời", "An answer")),
    (Occasion.SESSION, Text("Kỳ họp HĐND", "A session of the council")),
    (Occasion.SITTING, Text("Phiên họp, phiên giải trình", "A sitting or hearing")),
    (Occasion.RECEPTION, Text("Buổi tiếp công dân", "A citizen reception")),
    (Occasion.CONTACT, Text("Hội nghị tiếp xúc cử tri", "A voter-contact meeting")),
    (Occasion.CONCLUSION, Text("Thông báo kết luận", "A conclusion")),
    (LinkKind.REPEATS, Text("Nêu lại", "Repeats")),
    (LinkKind.MERGED_INTO, Text("Gộp vào", "Merged into")),
    (LinkKind.SPLIT_FROM, Text("Tách từ", "Split from")),
    (LinkKind.ARISES_FROM, Text("Phát sinh từ", "Arises from")),
    (LinkKind.RAISED_IN, Text("Nêu trong đợt", "Raised in")),
    (LinkKind.COMMITTED_IN, Text("Cam kết khi giải quyết", "Committed in")),
    (LinkKind.ANSWERED_TOGETHER, Text("Trả lời chung", "Answered together")),
    (LinkKind.ESCALATED_TO, Text("Nâng lên thành", "Escalated to")),
    (LinkKind.SUPERSEDES, Text("Thay thế", "Supersedes")),
    (ProposalState.OPEN, Text("Chờ quyết định", "Open")),
    (ProposalState.TAKEN, Text("Đã chấp thuận", "Taken")),
    (ProposalState.DECLINED, Text("Không chấp thuận", "Declined")),
    (ProposalState.LAPSED, Text("Hết hiệu lực", "Lapsed")),
)
