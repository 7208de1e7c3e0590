"""Files lie once, under their digest, written whole before they have a name."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from states.errors import Unavailable
from workflows.filing.errors import FileIsLost, FileOverLimit
from workflows.filing.store import DiskStore

CONTENT = b"Bao cao 56"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> DiskStore:
    return DiskStore(tmp_path / "data" / "files")


def kept(store: DiskStore, content: bytes = CONTENT) -> str:
    with store.spooling(most=1000) as spool:
        for place in range(0, len(content), 3):
            spool.take(content[place : place + 3])
        store.keep(spool)
        return spool.digest


def files(store: DiskStore) -> list[str]:
    return sorted(str(path.relative_to(store.folder)) for path in store.folder.rglob("*") if path.is_file())


def test_a_content_lies_once_under_its_digest_for_its_owner_only(store: DiskStore) -> None:
    assert kept(store) == kept(store) == DIGEST
    assert files(store) == [f"{DIGEST[:2]}/{DIGEST[2:]}"]
    place = store.path_of(DIGEST)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    assert list(store.digests()) == [DIGEST]
    with store.read(DIGEST) as file:
        assert file.read() == CONTENT


def test_what_is_not_kept_is_gone(store: DiskStore) -> None:
    with store.spooling(most=1000) as spool:
        spool.take(CONTENT)
        assert store.unfinished() == 1
    with pytest.raises(FileOverLimit), store.spooling(most=5) as spool:
        spool.take(CONTENT)
    assert files(store) == []
    assert store.unfinished() == 0


def test_a_name_stands_only_for_a_content_that_is_on_the_disk(
    store: DiskStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def told(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            done.append(name)
            return original(*given, **more)

        return call

    monkeypatch.setattr(os, "fsync", told("fsync", os.fsync))
    monkeypatch.setattr(Path, "replace", told("rename", Path.replace))
    kept(store)
    assert done == ["fsync", "rename", "fsync", "fsync"]


def test_many_who_bring_the_same_at_once_leave_it_once(store: DiskStore) -> None:
    with ThreadPoolExecutor(max_workers=8) as pool:
        assert set(pool.map(lambda _: kept(store), range(40))) == {DIGEST}
    assert files(store) == [f"{DIGEST[:2]}/{DIGEST[2:]}"]


def test_a_damaged_or_missing_content_is_never_given_away(store: DiskStore) -> None:
    kept(store)
    assert store.is_whole(DIGEST, size=len(CONTENT))
    store.path_of(DIGEST).write_bytes(b"Bao cao 57")
    assert not store.is_whole(DIGEST, size=len(CONTENT))
    with pytest.raises(FileIsLost):
        store.read(DIGEST)
    kept(store)
    assert store.is_whole(DIGEST, size=len(CONTENT)), "bringing it again mends it"
    store.path_of(DIGEST).unlink()
    assert not store.is_whole(DIGEST, size=len(CONTENT))
    with pytest.raises(FileIsLost):
        store.read(DIGEST)


@pytest.mark.parametrize("digest", ["", "..", "../../etc/passwd", DIGEST.upper(), DIGEST + "/x", "0" * 63])
def test_only_a_digest_is_a_place(store: DiskStore, digest: str) -> None:
    with pytest.raises(FileIsLost):
        store.path_of(digest)


def test_a_disk_that_takes_nothing_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "files").write_text("a file in place of the folder")
    with pytest.raises(Unavailable), DiskStore(tmp_path / "files").spooling(most=1):
        pass
    full = OSError(28, "No space left on device")

    def fails(_handle: int) -> None:
        raise full

    store = DiskStore(tmp_path / "other")
    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(Unavailable):
        kept(store)
    assert files(store) == []
