from __future__ import annotations

import json
from pathlib import Path

import pytest

from states.errors import BadInput, Unavailable
from tests.office import Office
from workflows import sealing, verifying
from workflows.history import canonical

KEY = b"a key that is kept outside"


def check(office: Office, exported: Path | None = None, key: bytes | None = KEY) -> verifying.Verdict:
    with office.database.reading() as unit:
        return verifying.verify(unit, key=key, exported=exported)


def test_a_seal_names_the_heads_of_all_cases_that_changed(office: Office, tmp_path: Path) -> None:
    first, second = office.record(), office.record("Xin nước sạch cho bản Co Muông")
    office.go(second, "screen", level="commune")
    made = sealing.seal(office.database, key=KEY, export_to=tmp_path)
    assert made is not None
    assert (made.n, made.cases, made.events, made.file.name) == (1, 2, 3, "seal-000001.json")
    office.go(first, "compile")
    again = sealing.seal(office.database, key=KEY, export_to=tmp_path)
    assert again is not None
    assert (again.n, again.cases, again.events) == (2, 1, 2)
    content = json.loads(again.file.read_bytes())
    row = office.see(first).row
    assert content["entries"] == [[row["id"].hex, 2, row["head_hash"]]]
    assert content["previous"] == json.loads(made.file.read_bytes())["signature"]
    assert check(office, tmp_path).ok


def test_nothing_is_sealed_when_nothing_changed(office: Office, tmp_path: Path) -> None:
    assert sealing.seal(office.database, key=KEY, export_to=tmp_path) is None
    office.record()
    assert sealing.seal(office.database, key=KEY, export_to=tmp_path) is not None
    assert sealing.seal(office.database, key=KEY, export_to=tmp_path) is None
    assert len(office.rows("SELECT n FROM seal")) == 1


def test_the_file_of_a_seal_is_canonical_and_complete(office: Office, tmp_path: Path) -> None:
    office.record()
    made = sealing.seal(office.database, key=KEY, export_to=tmp_path)
    assert made is not None
    written = made.file.read_text()
    assert written == canonical(json.loads(written))
    assert [path.name for path in tmp_path.glob("*seal*")] == [made.file.name]


def test_a_crash_between_commit_and_file_is_repaired_by_the_next_call(office: Office, tmp_path: Path) -> None:
    office.record()
    made = sealing.seal(office.database, key=KEY, export_to=tmp_path)
    assert made is not None
    before = made.file.read_bytes()
    made.file.unlink()
    verdict = check(office, tmp_path)
    assert verdict.ok
    assert any("seal-000001.json" in note.vi for note in verdict.notes)
    assert sealing.seal(office.database, key=KEY, export_to=tmp_path) is None
    assert made.file.read_bytes() == before
    assert check(office, tmp_path).notes == ()


def test_a_folder_that_cannot_be_written_leaves_the_seal_to_be_exported_later(office: Office, tmp_path: Path) -> None:
    office.record()
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with pytest.raises(Unavailable):
        sealing.seal(office.database, key=KEY, export_to=in_the_way / "seals")
    assert sealing.seal(office.database, key=KEY, export_to=tmp_path) is None
    assert sealing.file_of(tmp_path, 1).exists()


def test_a_key_that_can_be_guessed_is_refused(office: Office, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        sealing.seal(office.database, key=b"short", export_to=tmp_path)
    assert "key" in refused.value.problems


def test_another_key_does_not_verify_and_no_key_says_so(office: Office, tmp_path: Path) -> None:
    office.record()
    sealing.seal(office.database, key=KEY, export_to=tmp_path)
    found = check(office, key=b"another key of the same length").first_fault
    assert found is not None
    assert "chữ ký" in found.what.vi
    without = check(office, tmp_path, key=None)
    assert without.ok
    assert any("chữ ký" in note.vi for note in without.notes)
