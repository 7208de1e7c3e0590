"""What may stand as an address of e-mail: nothing in it can end a header or a command."""

from __future__ import annotations

import re

LONGEST = 254
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])")


def is_address(text: str) -> bool:
    """Tell whether `text` is an address of e-mail, in ASCII, without a name around it."""
    return len(text) <= LONGEST and _ADDRESS.fullmatch(text) is not None
