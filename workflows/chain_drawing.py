"""The chain of a case as a picture: a box for each, oldest at the top, an arrow to what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from states.text import Language
from workflows.chaining import Chain, ChainCase

_WIDE, _TALL, _GAP, _LANE, _LEFT = 620, 62, 16, 12, 24
_MOST_LANES = 12
_LONGEST = 92
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1c2430}.code{font-weight:600}.small{font-size:12px;fill:#46505e}"
    "rect{fill:#fff;stroke:#7a8594}rect.final{fill:#eef1f4}path{fill:none;stroke:#1f5fa8}"
)
_MARKER = (
    '<defs><marker id="to" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    '<path d="M0 0 8 4 0 8z" style="fill:#1f5fa8;stroke:none"/></marker></defs>'
)


def svg(chain: Chain, language: Language) -> str:
    """Return the chain as an SVG document: codes, kinds, states and days, no text of a petition."""
    rows = {case.code: number for number, case in enumerate(chain.cases)}
    lanes = max(1, min(len(chain.links), _MOST_LANES))
    left = _LEFT + lanes * _LANE
    height = len(rows) * (_TALL + _GAP) + _GAP
    width = left + _WIDE + _GAP
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
        f"<style>{_STYLE}</style>",
        _MARKER,
        *_arrows(chain, rows, left),
        *(part for case in chain.cases for part in _box(chain, case, rows[case.code], left, language)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _arrows(chain: Chain, rows: Mapping[str, int], left: int) -> Iterator[str]:
    """Yield a line in the margin from each case to the one it hangs on."""
    for number, link in enumerate(chain.links):
        lane = left - _LANE * (1 + number % _MOST_LANES)
        start, end = _middle(rows[link.code]) + 8, _middle(rows[link.other]) - 8
        yield f'<path d="M{left} {start}H{lane}V{end}H{left}" marker-end="url(#to)"/>'


def _middle(row: int) -> int:
    return _GAP + row * (_TALL + _GAP) + _TALL // 2


def _box(chain: Chain, case: ChainCase, row: int, left: int, language: Language) -> Iterator[str]:
    top = _GAP + row * (_TALL + _GAP)
    day = f" · {case.received_on:%d/%m/%Y}" if case.received_on else ""
    hangs = "; ".join(
        f"{link.kind.label.read(language)} {link.other}" for link in chain.links if link.code == case.code
    )
    yield (
        f'<rect x="{left}" y="{top}" width="{_WIDE}" height="{_TALL}" rx="4"{_class(case)}/>'
        f'<text class="code" x="{left + 12}" y="{top + 18}">{escape(case.code)}</text>'
        f'<text x="{left + 150}" y="{top + 18}">{escape(_cut(case.kind.label.read(language) + day))}</text>'
        f'<text class="small" x="{left + 12}" y="{top + 36}">{escape(_cut(case.state.label.read(language)))}</text>'
        f'<text class="small" x="{left + 12}" y="{top + 53}">{escape(_cut(hangs))}</text>'
    )


def _class(case: ChainCase) -> str:
    return ' class="final"' if case.final else ""


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
