from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import delete, select, update

from models.history import APPEND_ONLY
from models.units import WriteUnit
from states.entries import Petitioner
from tests import tampering
from tests.office import Office
from workflows import moving, sealing, verifying
from workflows.orders import Order

KEY = b"a key that is kept outside"
TAMPERINGS = int(os.environ.get("DONDOC_TEST_TAMPERINGS", "150"))


@dataclass
class Sealed:
    """An office with six petitions, four of them sealed in two rounds, and the folder with the seals."""

    office: Office
    folder: Path
    sealed: list[str]
    unsealed: list[str]

    def verdict(self, unit: WriteUnit | None = None) -> verifying.Verdict:
        if unit is not None:
            return verifying.verify(unit, key=KEY, exported=self.folder)
        with self.office.database.reading() as own:
            return verifying.verify(own, key=KEY, exported=self.folder)


def petition_at_work(office: Office) -> str:
    code = office.record(petitioner=Petitioner(name="Lò Thị Hoa"))
    _, (a, b) = office.sent("UBND", "KT", code=code)
    office.go(
        code, "return_wrong_authority", date(2026, 8, 8), referral=b, because="wrong_authority", words="Không phải"
    )
    office.go(code, "receive", date(2026, 8, 10), referral=a)
    office.go(code, "answer", date(2026, 8, 20), referral=a, claimed="explained", words="Đang xem xét")
    office.go(code, "correct", date(2026, 9, 1), seq=9, on="2026-08-09", words="ghi nhầm ngày")
    return code


@pytest.fixture
def history(office: Office, tmp_path: Path) -> Sealed:
    folder = tmp_path / "seals"
    first = [petition_at_work(office), petition_at_work(office)]
    sealing.seal(office.database, key=KEY, export_to=folder)
    office.go(first[0], "inform_voters", date(2026, 9, 2), via="loudspeaker")
    sealed = [*first, petition_at_work(office)]
    sealing.seal(office.database, key=KEY, export_to=folder)
    return Sealed(office, folder, sealed, [petition_at_work(office), petition_at_work(office)])


def test_untouched_history_verifies(history: Sealed) -> None:
    verdict = history.verdict()
    assert verdict.ok
    assert (verdict.cases, verdict.events, verdict.seals, verdict.notes) == (5, 56, 2, ())


def test_progress_is_told_and_a_shallow_look_reads_the_same_events(
    history: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflows.verifying_cases._REPORT_EVERY", 20)
    told: list[int] = []
    with history.office.database.reading() as unit:
        verdict = verifying.verify(unit, key=KEY, exported=history.folder, deep=False, progress=told.append)
    assert verdict.ok
    assert told == sorted(told)
    assert told[-1] <= verdict.events == 56


def mutate(
    history: Sealed, mutation: Callable[..., tampering.Named], codes: list[str], seed: str
) -> tuple[tampering.Named, verifying.Verdict]:
    random = Random(seed)
    with tampering.tampering(history.office) as unit:
        wanted = select(tampering.case_).where(tampering.case_.c.code == random.choice(codes))
        named = mutation(unit, dict(unit.read(wanted).mappings().one()), random)
        tampering.put_triggers_back(unit)
        return named, history.verdict(unit)


def unfound(
    history: Sealed, mutations: tuple[Callable[..., tampering.Named], ...], codes: list[str], times: int
) -> Iterator[str]:
    for n in range(times):
        mutation = mutations[n % len(mutations)]
        (code, seq), verdict = mutate(history, mutation, codes, f"{mutation.__name__} {n}")
        fault = verdict.first_fault
        if fault is None or fault.case != code or (seq is not None and fault.seq != seq):
            yield f"{mutation.__name__} {n}: wanted {code} {seq}, told {fault}"


def test_every_mutation_of_sealed_history_is_found_and_its_case_and_event_named(history: Sealed) -> None:
    mutations = (*tampering.MUTATIONS, *tampering.SEALED_MUTATIONS)
    assert list(unfound(history, mutations, history.sealed, TAMPERINGS)) == []
    assert history.verdict().ok


def test_after_the_last_seal_whatever_is_inconsistent_is_found(history: Sealed) -> None:
    assert list(unfound(history, tampering.MUTATIONS, history.unsealed, TAMPERINGS // 2)) == []


def test_a_tail_of_a_thousand_events_cut_off_with_everything_made_to_fit_is_noticed(
    office: Office, tmp_path: Path
) -> None:
    code = office.record()
    with office.database.writing() as unit:
        _lengthen(unit, office, code, 1_000)
    sealing.seal(office.database, key=KEY, export_to=tmp_path)
    with tampering.tampering(office) as unit:
        case_id = office.see(code).id
        unit.run(delete(tampering.event_).where(tampering.event_.c.case_id == case_id, tampering.event_.c.seq > 1))
        tampering.rechain(unit, case_id)
        unit.run(update(tampering.petition_).values(times_raised=1))
        tampering.put_triggers_back(unit)
        fault = verifying.verify(unit, key=KEY, exported=tmp_path).first_fault
    assert fault is not None
    assert (fault.case, fault.seq) == (code, 2)
    assert "1001" in fault.what.vi


def _lengthen(unit: WriteUnit, office: Office, code: str, times: int) -> None:
    for _ in range(times):
        moving.move(unit, code=code, order=Order("raise_again", office.operator, date(2026, 9, 1)))


@pytest.mark.parametrize("name", APPEND_ONLY)
def test_a_dropped_trigger_is_found_and_named(office: Office, name: str) -> None:
    ending = "_update" if office.database.dialect == "sqlite" else ""
    trigger = f"{name}_append_only{ending}"
    on = "" if office.database.dialect == "sqlite" else f' ON "{name}"'
    office.raw(f'DROP TRIGGER "{trigger}"{on}')
    with office.database.reading() as unit:
        fault = verifying.verify(unit, key=KEY).first_fault
    assert fault is not None
    assert trigger in fault.what.vi


def test_a_disabled_trigger_is_found(office: Office) -> None:
    if office.database.dialect == "sqlite":
        office.raw("DROP TRIGGER event_append_only_delete")
    else:
        office.raw("ALTER TABLE event DISABLE TRIGGER event_append_only")
    with office.database.reading() as unit:
        assert not verifying.verify(unit, key=KEY).ok


def test_a_person_changed_beside_history_is_found(history: Sealed) -> None:
    history.office.raw("UPDATE person_data SET name = 'Lò Thị Khác'")
    verdict = history.verdict()
    assert Counter(fault.case for fault in verdict.faults) == Counter([*history.sealed, *history.unsealed])
    assert all(fault.seq == 1 for fault in verdict.faults)


def test_erased_is_not_an_excuse(history: Sealed) -> None:
    history.office.raw("UPDATE text_version SET body = 'khác', erased_at = '2026-09-01T00:00:00.000000+00:00'")
    assert len(history.verdict().faults) == 5


def test_a_referral_changed_beside_history_is_found(history: Sealed) -> None:
    history.office.raw("UPDATE referral SET result_claimed = 'resolved' WHERE result_claimed IS NOT NULL")
    fault = history.verdict().first_fault
    assert fault is not None
    assert "result_claimed" in fault.what.vi
    with history.office.database.reading() as unit:
        assert verifying.verify(unit, key=KEY, exported=history.folder, deep=False).ok


def test_files_of_seals_that_were_altered_or_removed_are_found(history: Sealed) -> None:
    first, second = sealing.file_of(history.folder, 1), sealing.file_of(history.folder, 2)
    before = first.read_text()
    first.write_text(before.replace('"cases":2', '"cases":3'))
    assert [f.what.vi for f in history.verdict().faults] == ["tệp niêm phong seal-000001.json đã bị thay đổi"]
    first.write_text("không phải JSON")
    assert not history.verdict().ok
    first.unlink()
    assert [f.what.vi for f in history.verdict().faults] == ["mất tệp niêm phong seal-000001.json"]
    first.write_text(before)
    second.unlink()
    verdict = history.verdict()
    assert verdict.ok
    assert len(verdict.notes) == 1


def test_a_seal_that_is_gone_or_changed_is_named(history: Sealed) -> None:
    with tampering.tampering(history.office) as unit:
        unit.run(delete(tampering.entry_).where(tampering.entry_.c.seal_n == 2))
        unit.run(delete(tampering.seal_).where(tampering.seal_.c.n == 2))
        tampering.put_triggers_back(unit)
        assert [f.what.vi for f in history.verdict(unit).faults] == ["niêm phong số 2: không còn trong cơ sở dữ liệu"]
    with tampering.tampering(history.office) as unit:
        unit.run(update(tampering.seal_).where(tampering.seal_.c.n == 1).values(events=7))
        tampering.put_triggers_back(unit)
        assert "niêm phong số 1" in history.verdict(unit).faults[0].what.vi


def test_events_without_their_case_are_found(history: Sealed) -> None:
    code = history.unsealed[0]
    with tampering.tampering(history.office) as unit:
        case_id = history.office.see(code).id
        for table in (tampering.text_, tampering.referral_, tampering.petition_):
            unit.run(delete(table).where(table.c.case_id == case_id))
        unit.run(delete(tampering.case_).where(tampering.case_.c.id == case_id))
        tampering.put_triggers_back(unit)
        fault = history.verdict(unit).first_fault
    assert fault is not None
    assert (fault.case, fault.seq) == (str(case_id), 1)
