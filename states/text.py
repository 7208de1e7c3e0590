"""The two languages in which people read Dondoc."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["vi", "en"]


class Text(NamedTuple):
    """One sentence or label: Vietnamese first, its English translation second."""

    vi: str
    en: str

    def read(self, language: Language) -> str:
        """Return the sentence in `language`."""
        return self.vi if language == "vi" else self.en

    def fill(self, **values: object) -> Text:
        """Put `values` into the named places of both sentences."""
        return Text(self.vi.format(**values), self.en.format(**values))
