"""What is said of citizens' letters: what they are, and what a letter lacks."""

from __future__ import annotations

from enum import unique

from states.labelled import LABELS, Labelled
from states.text import Text


@unique
class LetterClass(Labelled):
    """What a letter is. A denunciation is not handled here: it is diverted and its content is not kept."""

    COMPLAINT = "complaint"
    FEEDBACK = "feedback"
    DENUNCIATION = "denunciation"
    SEVERAL = "several"


@unique
class LetterFault(Labelled):
    """Why a letter cannot be handled as it is."""

    NOT_SIGNED = "not_signed"
    NO_NAME = "no_name"
    UNCLEAR = "unclear"
    HANDLED = "handled"
    OTHER = "other"


LABELS.add(
    (LetterClass.COMPLAINT, Text("Khiếu nại", "Complaint")),
    (LetterClass.FEEDBACK, Text("Kiến nghị, phản ánh", "Proposal or feedback")),
    (LetterClass.DENUNCIATION, Text("Tố cáo", "Denunciation")),
    (LetterClass.SEVERAL, Text("Nhiều nội dung", "Several matters")),
    (LetterFault.NOT_SIGNED, Text("Không có chữ ký", "Not signed")),
    (LetterFault.NO_NAME, Text("Không rõ họ tên, địa chỉ", "Without name or address")),
    (LetterFault.UNCLEAR, Text("Nội dung không rõ", "Unclear")),
    (LetterFault.HANDLED, Text("Đã được xử lý, không có tình tiết mới", "Handled before, nothing new")),
    (LetterFault.OTHER, Text("Lý do khác", "Other")),
)
