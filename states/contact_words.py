"""What is said of contacts with voters: the form, the mode, who judged what was explained there, who reports on it.

Kind, form and mode are three things (NQLT 72/2025/NQLT, art. 18-19, 34.2): a round before a session may be held as
meetings in the room and on line, or be replaced by a collection in writing.
"""

from __future__ import annotations

from enum import unique

from states.labelled import LABELS, Labelled
from states.text import Text


@unique
class ContactForm(Labelled):
    """A conference, a talk with one person or a group, or opinions collected in writing without a meeting."""

    CONFERENCE = "conference"
    INDIVIDUAL = "individual"
    COLLECTION = "collection"


@unique
class ContactMode(Labelled):
    """In the room, on line, or both."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    MIXED = "mixed"


@unique
class SpotJudge(Labelled):
    """Who found an explanation on the spot satisfactory: never the body that explained."""

    FRONT = "front"
    DEPUTY_GROUP = "deputy_group"
    BOTH = "both"


@unique
class Reporter(Labelled):
    """Who wrote down what a meeting brought; two reports on one meeting are matched, not added."""

    FRONT = "front"
    DEPUTY_GROUP = "deputy_group"


LABELS.add(
    (ContactForm.CONFERENCE, Text("Hội nghị", "Conference")),
    (ContactForm.INDIVIDUAL, Text("Gặp cá nhân, nhóm cử tri", "Talk with a person or a group")),
    (ContactForm.COLLECTION, Text("Tổng hợp bằng văn bản, không họp", "Collected in writing, without a meeting")),
    (ContactMode.IN_PERSON, Text("Trực tiếp", "In person")),
    (ContactMode.ONLINE, Text("Trực tuyến", "On line")),
    (ContactMode.MIXED, Text("Trực tiếp kết hợp trực tuyến", "In person and on line")),
    (SpotJudge.FRONT, Text("Mặt trận Tổ quốc", "The Front")),
    (SpotJudge.DEPUTY_GROUP, Text("Tổ đại biểu HĐND", "The deputy group")),
    (SpotJudge.BOTH, Text("Mặt trận Tổ quốc và Tổ đại biểu HĐND", "The Front and the deputy group")),
    (Reporter.FRONT, Text("Mặt trận Tổ quốc", "The Front")),
    (Reporter.DEPUTY_GROUP, Text("Tổ đại biểu HĐND", "The deputy group")),
)
