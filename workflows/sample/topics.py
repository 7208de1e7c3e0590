"""The topics of the sample: petitions of like content side by side, each still a case of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from workflows.sample.days import Days
from workflows.sample.stories import CodeOf, Story, did

_WATER = "nhom-nuoc"
_MEMBERS = frozenset({"be-nuoc", "muong-n3", "nuoc-mam-non"})


def with_topics(days: Days, stories: Iterable[Story]) -> Iterator[Story]:
    """Yield the stories, those on water with their place in its topic, and the topic itself."""
    named = "Nước sinh hoạt và thủy lợi"
    yield Story(
        _WATER,
        did("open_topic", days.back(27), text=named, field="thuy-loi", agency="UBND", by="chuyenvien"),
        kind="topic",
    )
    joined = did("join_topic", days.back(26), topic=CodeOf(_WATER), by="chuyenvien")
    for story in stories:
        told = tuple(sorted((*story.deeds, joined), key=lambda deed: deed.on))
        yield replace(story, deeds=told) if story.key in _MEMBERS else story
