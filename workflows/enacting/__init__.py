"""What a paper does to the cases in its annex: previewed, then done in one transaction."""

from __future__ import annotations

from workflows.enacting.doing import enact, preview

__all__ = ["enact", "preview"]
