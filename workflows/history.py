"""How an event is stored and chained: canonical bytes, salted digests, hashes.

The payload is stored as text in canonical JSON (RFC 8785) with a schema number; the hash covers the stored bytes and
the previous hash of the case. No petition text and no personal data is in it: free texts stand as a reference to a
`text_version` row with a salted digest, so that one person's words can be erased and the chain still verifies.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import rfc8785

SCHEMA_NUMBER = 1
HASHED = (
    "case_id", "seq", "act", "trigger", "from_state", "to_state", "referral_id", "referral_from", "referral_to",
    "milestones", "given", "corrects_seq", "undoes_seq", "occurred_on", "recorded_at", "decided_by", "decided_person",
    "decided_capacity", "recorded_by", "document_id", "reason_id", "schema_number", "payload", "previous_hash",
)


def canonical(value: Any) -> str:
    """Return `value` as canonical JSON text (RFC 8785)."""
    return rfc8785.dumps(plain(value)).decode()


def plain(value: Any) -> Any:
    """Reduce dates, identifiers, enums and containers to what JSON knows."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def event_hash(row: Mapping[str, Any]) -> str:
    """Return the SHA-256 of an event row over its stored values, the previous hash among them."""
    return hashlib.sha256(rfc8785.dumps({name: plain(row[name]) for name in HASHED})).hexdigest()


def new_salt() -> str:
    """Return 128 random bits."""
    return secrets.token_hex(16)


def salted_digest(salt: str, body: str) -> str:
    """Return the digest by which history refers to a text without holding it."""
    return hashlib.sha256(f"{salt}\n{body}".encode()).hexdigest()
