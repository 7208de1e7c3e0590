"""How an event is stored and chained: canonical bytes, salted digests, hashes.

The payload is stored as text in canonical JSON (RFC 8785) with a schema number. The hash of an event is the SHA-256 of
one canonical JSON array of its stored values, in the order of `HASHED`, the previous hash of the case among them.
No petition text and no personal data is in it: free texts stand as a reference to a `text_version` row with a salted
digest, so that one person's words can be erased and the chain still verifies.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import orjson
import rfc8785

SCHEMA_NUMBER = 1
_AS_THEY_ARE = frozenset({str, int, bool})
_STRICT = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
HASHED = (
    "case_id",
    "seq",
    "act",
    "trigger",
    "from_state",
    "to_state",
    "referral_id",
    "referral_from",
    "referral_to",
    "milestones",
    "given",
    "corrects_seq",
    "undoes_seq",
    "part_of_seq",
    "occurred_on",
    "recorded_at",
    "decided_by",
    "decided_person",
    "decided_capacity",
    "recorded_by",
    "document_id",
    "reason_id",
    "schema_number",
    "payload",
    "previous_hash",
)


def canonical(value: Any) -> str:
    """Return `value` as canonical JSON text (RFC 8785)."""
    reduced = plain(value)
    return (orjson.dumps(reduced, option=_STRICT) if _is_simple(reduced) else rfc8785.dumps(reduced)).decode()


def _is_simple(value: Any) -> bool:
    """Tell whether both writers give the same bytes: no float, and keys whose order is that of their letters."""
    if isinstance(value, dict):
        return all(key.isascii() and _is_simple(item) for key, item in value.items())
    return all(map(_is_simple, value)) if isinstance(value, list) else not isinstance(value, float)


def plain(value: Any) -> Any:
    """Reduce dates, identifiers, enums and containers to what JSON knows."""
    if value is None or type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else str(value) if isinstance(value, UUID) else value


def event_hash(row: Mapping[str, Any]) -> str:
    """Return the hash of an event row, its previous hash included."""
    return hash_of([stored(row[name]) for name in HASHED])


def hash_of(values: Sequence[str | int | None]) -> str:
    """Return the hash of an event from its stored values in the order of `HASHED`."""
    return hashlib.sha256(orjson.dumps(values, option=orjson.OPT_STRICT_INTEGER)).hexdigest()


def stored(value: Any) -> str | int | None:
    """Return a value of an event as it is hashed: identifiers as 32 digits, days and UTC instants as ISO 8601."""
    if value is None or type(value) in _AS_THEY_ARE:
        return value  # type: ignore[no-any-return]  # one of the simple types
    return value.hex if isinstance(value, UUID) else plain(value)


def new_salt() -> str:
    """Return 128 random bits."""
    return secrets.token_hex(16)


def salted_digest(salt: str, body: str) -> str:
    """Return the digest by which history refers to a text without holding it."""
    return hashlib.sha256(f"{salt}\n{body}".encode()).hexdigest()


def person_words(name: str | None, address: str | None, phone: str | None) -> str:
    """Return what the digest of a petitioner covers."""
    return orjson.dumps((name, address, phone)).decode()
