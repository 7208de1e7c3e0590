"""What is said of papers: their types, secrecy, and in which capacity they are signed."""

from __future__ import annotations

from enum import unique

from states.labelled import LABELS, Labelled
from states.text import Text


@unique
class DocumentType(Labelled):
    """The 29 types of administrative paper (Decree 30/2020/NĐ-CP, art. 7), conclusions, and the rest."""

    RESOLUTION = "resolution"
    DECISION = "decision"
    DIRECTIVE = "directive"
    REGULATION = "regulation"
    RULES = "rules"
    COMMUNIQUE = "communique"
    NOTICE = "notice"
    GUIDANCE = "guidance"
    PROGRAMME = "programme"
    PLAN = "plan"
    SCHEME = "scheme"
    DESIGN = "design"
    PROJECT = "project"
    REPORT = "report"
    MINUTES = "minutes"
    SUBMISSION = "submission"
    CONTRACT = "contract"
    OFFICIAL_LETTER = "official_letter"
    URGENT_TELEGRAM = "urgent_telegram"
    MEMORANDUM = "memorandum"
    AGREEMENT = "agreement"
    AUTHORISATION = "authorisation"
    INVITATION = "invitation"
    INTRODUCTION = "introduction"
    LEAVE = "leave"
    DISPATCH_SLIP = "dispatch_slip"
    TRANSFER_SLIP = "transfer_slip"
    REPORT_SLIP = "report_slip"
    PUBLIC_LETTER = "public_letter"
    CONCLUSION = "conclusion"
    OTHER = "other"


@unique
class Secrecy(Labelled):
    """The mark of secrecy on a paper (Law on the protection of state secrets 29/2018/QH14, art. 8)."""

    NONE = "none"
    CONFIDENTIAL = "confidential"
    SECRET = "secret"  # noqa: S105 - a level of secrecy, not a password
    TOP_SECRET = "top_secret"  # noqa: S105 - a level of secrecy, not a password


@unique
class SignedAs(Labelled):
    """Capacity in which a paper is signed (Decree 30/2020/NĐ-CP, art. 13)."""

    SELF = "self"
    ON_BEHALF_OF_BODY = "TM."
    FOR_THE_HEAD = "KT."
    BY_ORDER = "TL."
    ACTING = "Q."
    BY_AUTHORISATION = "TUQ."


LABELS.add(
    (DocumentType.RESOLUTION, Text("Nghị quyết", "Resolution")),
    (DocumentType.DECISION, Text("Quyết định", "Decision")),
    (DocumentType.DIRECTIVE, Text("Chỉ thị", "Directive")),
    (DocumentType.REGULATION, Text("Quy chế", "Regulation")),
    (DocumentType.RULES, Text("Quy định", "Rules")),
    (DocumentType.COMMUNIQUE, Text("Thông cáo", "Communiqué")),
    (DocumentType.NOTICE, Text("Thông báo", "Notice")),
    (DocumentType.GUIDANCE, Text("Hướng dẫn", "Guidance")),
    (DocumentType.PROGRAMME, Text("Chương trình", "Programme")),
    (DocumentType.PLAN, Text("Kế hoạch", "Plan")),
    (DocumentType.SCHEME, Text("Phương án", "Scheme")),
    (DocumentType.DESIGN, Text("Đề án", "Design")),
    (DocumentType.PROJECT, Text("Dự án", "Project")),
    (DocumentType.REPORT, Text("Báo cáo", "Report")),
    (DocumentType.MINUTES, Text("Biên bản", "Minutes")),
    (DocumentType.SUBMISSION, Text("Tờ trình", "Submission")),
    (DocumentType.CONTRACT, Text("Hợp đồng", "Contract")),
    (DocumentType.OFFICIAL_LETTER, Text("Công văn", "Official letter")),
    (DocumentType.URGENT_TELEGRAM, Text("Công điện", "Urgent telegram")),
    (DocumentType.MEMORANDUM, Text("Bản ghi nhớ", "Memorandum")),
    (DocumentType.AGREEMENT, Text("Bản thỏa thuận", "Agreement")),
    (DocumentType.AUTHORISATION, Text("Giấy ủy quyền", "Authorisation")),
    (DocumentType.INVITATION, Text("Giấy mời", "Invitation")),
    (DocumentType.INTRODUCTION, Text("Giấy giới thiệu", "Letter of introduction")),
    (DocumentType.LEAVE, Text("Giấy nghỉ phép", "Leave of absence")),
    (DocumentType.DISPATCH_SLIP, Text("Phiếu gửi", "Dispatch slip")),
    (DocumentType.TRANSFER_SLIP, Text("Phiếu chuyển", "Transfer slip")),
    (DocumentType.REPORT_SLIP, Text("Phiếu báo", "Notification slip")),
    (DocumentType.PUBLIC_LETTER, Text("Thư công", "Public letter")),
    (DocumentType.CONCLUSION, Text("Kết luận", "Conclusion")),
    (DocumentType.OTHER, Text("Văn bản khác", "Other")),
    (Secrecy.NONE, Text("Không mật", "Not secret")),
    (Secrecy.CONFIDENTIAL, Text("Mật", "Confidential")),
    (Secrecy.SECRET, Text("Tối mật", "Secret")),
    (Secrecy.TOP_SECRET, Text("Tuyệt mật", "Top secret")),
    (SignedAs.SELF, Text("Ký trực tiếp", "In person")),
    (SignedAs.ON_BEHALF_OF_BODY, Text("TM. (thay mặt)", "On behalf of the body")),
    (SignedAs.FOR_THE_HEAD, Text("KT. (ký thay)", "For the head")),
    (SignedAs.BY_ORDER, Text("TL. (thừa lệnh)", "By order")),
    (SignedAs.ACTING, Text("Q. (quyền)", "Acting")),
    (SignedAs.BY_AUTHORISATION, Text("TUQ. (thừa ủy quyền)", "By authorisation")),
)


ABBREVIATIONS: dict[str, DocumentType] = {
    "NQ": DocumentType.RESOLUTION,
    "QĐ": DocumentType.DECISION,
    "CT": DocumentType.DIRECTIVE,
    "QC": DocumentType.REGULATION,
    "QyĐ": DocumentType.RULES,
    "TC": DocumentType.COMMUNIQUE,
    "TB": DocumentType.NOTICE,
    "HD": DocumentType.GUIDANCE,
    "CTr": DocumentType.PROGRAMME,
    "KH": DocumentType.PLAN,
    "PA": DocumentType.SCHEME,
    "ĐA": DocumentType.DESIGN,
    "DA": DocumentType.PROJECT,
    "BC": DocumentType.REPORT,
    "BB": DocumentType.MINUTES,
    "TTr": DocumentType.SUBMISSION,
    "HĐ": DocumentType.CONTRACT,
    "CĐ": DocumentType.URGENT_TELEGRAM,
    "BGN": DocumentType.MEMORANDUM,
    "BTT": DocumentType.AGREEMENT,
    "GUQ": DocumentType.AUTHORISATION,
    "GM": DocumentType.INVITATION,
    "GGT": DocumentType.INTRODUCTION,
    "GNP": DocumentType.LEAVE,
    "PG": DocumentType.DISPATCH_SLIP,
    "PC": DocumentType.TRANSFER_SLIP,
    "PB": DocumentType.REPORT_SLIP,
    "KL": DocumentType.CONCLUSION,
}
"""How the number of a paper names its type (Decree 30/2020/NĐ-CP, annex III); a letter has no abbreviation."""
