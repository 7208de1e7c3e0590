"""What a backup says of itself: from which installation and instant it is, and every member with size and SHA-256."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from models.databases import SQLITE
from workflows.backing_up.errors import BackupTooNew, unusable
from workflows.history import canonical
from workflows.migrating import is_known

FORMAT = 1
NAME = "manifest.json"
DATABASE = "database.sqlite3"
_MEMBER = re.compile(
    r"database\.sqlite3|tables/(?P<table>[a-z][a-z0-9_]{0,62})\.copy|seals/seal-[0-9]{6,12}\.json"
    r"|files/(?P<file>[0-9a-f]{64})"
)
_Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
_Count = Annotated[int, Field(ge=0, le=(1 << 53) - 1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Member(_Part):
    """One member of the archive, unpacked: bytes and SHA-256."""

    size: _Count
    sha256: _Digest


class TableRows(_Part):
    """A table: its columns in the order in which rows have them, and the number of rows."""

    columns: tuple[_Name, ...]
    rows: _Count


class LastSeal(_Part):
    """The newest seal of the snapshot."""

    n: int
    digest: _Digest


class Manifest(_Part):
    """The manifest. `missing_files` are those that the database speaks of and the store did not have whole.

    `signature` is the HMAC-SHA256 of all the rest with the key of the seals, where that was known.
    """

    format: int = FORMAT
    dondoc: Annotated[str, Field(max_length=40)]
    revision: Annotated[str, Field(max_length=40)]
    engine: Literal["sqlite", "postgresql"]
    made_at: AwareDatetime
    tables: Mapping[_Name, TableRows]
    events: _Count
    last_seal: LastSeal | None
    members: Mapping[str, Member]
    missing_files: tuple[_Digest, ...] = ()
    signature: _Digest | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """Let pass only members that a backup of this engine has, and all of them."""
        found = [_MEMBER.fullmatch(name) for name in self.members]
        rows = {match["table"] for match in found if match and match["table"]}
        wrong = not all(found) or rows != (set() if self.engine == SQLITE else set(self.tables))
        if wrong or (DATABASE in self.members) != (self.engine == SQLITE):
            message = "the members are not those of a backup"
            raise ValueError(message)
        return self

    @property
    def files(self) -> dict[str, Member]:
        """Return the files of papers in the archive, by digest."""
        return {name.removeprefix("files/"): one for name, one in self.members.items() if name.startswith("files/")}

    @property
    def seals(self) -> dict[str, Member]:
        """Return the exported seals in the archive, by file name."""
        return {name.removeprefix("seals/"): one for name, one in self.members.items() if name.startswith("seals/")}

    @property
    def unpacked(self) -> int:
        """Return the bytes of all members."""
        return sum(member.size for member in self.members.values())

    def signed(self, key: bytes | None) -> Manifest:
        """Return the manifest with its signature; as it is without a key."""
        return self if key is None else self.model_copy(update={"signature": _signature(self, key)})

    def is_signed_with(self, key: bytes) -> bool:
        """Whether the signature is there and holds."""
        return self.signature is not None and hmac.compare_digest(self.signature, _signature(self, key))

    def written(self) -> bytes:
        """Return the manifest as canonical JSON."""
        return canonical(self.model_dump(mode="json")).encode()


def table_member(name: str) -> str:
    """Return the name of the member with the rows of a table."""
    return f"tables/{name}.copy"


def file_member(digest: str) -> str:
    """Return the name of the member with a file of a paper."""
    return f"files/{digest}"


def read_manifest(content: bytes) -> Manifest:
    """Return the manifest that `content` is. Raises: BackupUnusable, BackupTooNew."""
    try:
        raw: Any = json.loads(content)
        newer = isinstance(raw, dict) and isinstance(raw.get("format"), int) and raw["format"] > FORMAT
        if newer:
            raise BackupTooNew(str(raw.get("dondoc", "?"))[:40])
        found = Manifest.model_validate_json(content)
    except (ValidationError, ValueError, RecursionError) as error:
        raise unusable("bản kê không đọc được", "its manifest cannot be read") from error
    if found.format != FORMAT:
        raise unusable(f"dạng số {found.format} không có", f"there is no format {found.format}")
    if not is_known(found.revision):
        raise BackupTooNew(found.dondoc)
    return found


def _signature(manifest: Manifest, key: bytes) -> str:
    signed = canonical(manifest.model_dump(mode="json", exclude={"signature"}))
    return hmac.new(key, b"dondoc backup\n" + signed.encode(), hashlib.sha256).hexdigest()
