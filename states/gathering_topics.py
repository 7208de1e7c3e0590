"""Rows by which a petition joins a group of like content and leaves it again; it stays a case of its own."""

from __future__ import annotations

from states.entries import Because, Entry, Line, Words, must, prose, said
from states.facts import Facts
from states.findings import Reads, guard
from states.lifecycle import SAME, Transition
from states.permissions import council_desk
from states.text import Text
from states.vocabulary import Named

TOPIC_KIND = "topic"


class OpenTopic(Entry):
    """A group of petitions of like content."""

    text: Words = prose("Tên nhóm nội dung", "Name of the topic", default=...)
    field: Line | None = said("Lĩnh vực", "Field")
    session: Line | None = said("Kỳ họp (mã)", "Session (code)")
    agency: Line | None = said("Cơ quan trả lời chung (mã)", "Body that answers for all (code)")


class Joining(Entry):
    """Which topic the petition belongs to; it is in one at a time, so that the members of all topics add up."""

    topic: Line = must("Nhóm nội dung (mã)", "Topic (code)")
    words: Words | None = prose("Ghi chú", "Note")


@guard(
    holds=Text("Nhóm nội dung đang mở", "The topic is open"),
    fails=Text("Hồ sơ được nêu không phải nhóm nội dung đang mở", "The case that is named is no open topic"),
    mend=Text("Chọn một nhóm nội dung (mã NT) đang mở", "Choose an open topic (code NT)"),
    reads=Reads.ENTRY,
)
def joins_an_open_topic(facts: Facts) -> bool:
    """What is closed takes nothing in."""
    others = facts.reference.cases.values()
    return bool(others) and all(other.kind == TOPIC_KIND and not other.final for other in others)


def in_topics(states: tuple[str, ...]) -> tuple[Transition, ...]:
    """Return the rows by which a case in one of `states` joins a topic and leaves it."""
    return (
        Transition(
            trigger="join_topic",
            source=states,
            target=SAME,
            label=Text("Xếp vào nhóm nội dung", "Join a topic"),
            help=Text("Cùng nội dung để trả lời chung; không gộp.", "Like content, answered together; nothing merges."),
            who=council_desk,
            needs=Joining,
            when=(joins_an_open_topic,),
            names={"topic": Named.CASE},
            keeps={"detail.topic_id": "topic"},
        ),
        Transition(
            trigger="leave_topic",
            source=states,
            target=SAME,
            label=Text("Bỏ khỏi nhóm nội dung", "Leave the topic"),
            help=Text("Nêu lý do.", "The reason is given."),
            who=council_desk,
            needs=Because,
            fixes={"detail.topic_id": None},
        ),
    )
