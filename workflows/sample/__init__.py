"""The sample council: an invented commune with petitions in every state, as of the day on which it is loaded."""

from __future__ import annotations

from workflows.sample.loading import SampleAccount, SampleLoaded, is_loaded, load_sample

__all__ = ["SampleAccount", "SampleLoaded", "is_loaded", "load_sample"]
