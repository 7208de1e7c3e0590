"""What is entered when late petitions are raised: at a sitting, in the list of a session, in a group of questions."""

from __future__ import annotations

from datetime import date

from states.entries import Entry, Line, Words, must, prose, said


class OnAgenda(Entry):
    """The sitting at which lateness is raised."""

    sitting_on: date | None = said("Ngày phiên họp", "Day of the sitting")
    words: Words | None = prose("Nội dung đưa ra phiên họp", "What is raised")


class ListedAtSession(Entry):
    """The session whose list of unsettled petitions names the case."""

    session: Line | None = said("Kỳ họp", "Session")
    words: Words | None = prose("Nội dung trình kỳ họp", "What the list says")


class QuestionGroupSlip(Entry):
    """The session at which a group of matters is questioned, and what the group is called."""

    session: Line = must("Kỳ họp", "Session")
    group: Line | None = said("Nhóm vấn đề", "Group")
    words: Words | None = prose("Lý do đưa vào nhóm", "Why it is in the group")
