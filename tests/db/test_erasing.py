from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import create_engine

from states.entries import DocumentSlip, Petitioner
from states.errors import BadInput, Refused
from tests import made_files
from tests.office import Office
from tests.servers.postgres import PostgresServer
from workflows import erasing, verifying
from workflows.filing import attaching
from workflows.filing.malware import NoScanner
from workflows.filing.store import DiskStore

NAME = "Nguyễn Thị Mười Ba"
PHONE = "0912 345 678"
WHO = Petitioner(name=f"Bà {NAME}", address="Bản Nà Pát", phone=PHONE)
TEXT = f"Bà {NAME} ở bản Nà Pát (NGUYỄN THỊ MƯỜI BA, Nguyen Thi Muoi Ba, 0912345678) đề nghị sửa đường"


def told(office: Office) -> str:
    """A petition of the person, with the name in many places, beside one of somebody else."""
    code = office.record(TEXT, petitioner=WHO)
    office.record("Việc khác", petitioner=Petitioner(name="Lò Văn Khác", phone="0987654321"))
    office.go(code, "screen", level="commune", note=f"Đã gọi cho {NAME}")
    office.go(code, "amend", text=f"{TEXT}, sửa ngay", words=f"{NAME} gọi lại")
    slip = DocumentSlip(number="9/TT", issued_on=date(2026, 8, 6), subject=f"Đơn của {NAME}")
    referral = office.go(code, "transfer", date(2026, 8, 6), document=slip, addressees=["UBND"]).referrals[0]
    office.go(
        code,
        "answer",
        date(2026, 8, 20),
        referral=referral,
        claimed="resolved",
        words=f"Đã trả lời {NAME}",
        evidence=f"Biên bản có chữ ký của {NAME}",
    )
    return code


def verdict(office: Office) -> verifying.Verdict:
    with office.database.reading() as unit:
        return verifying.verify(unit, key=None)


def spellings(name: str) -> Iterator[bytes]:
    for written in (name, name.upper(), name.lower(), "nguyen thi muoi ba", "muoi", "mười", "0912345678", PHONE):
        yield written.encode()


def test_erasing_takes_the_name_from_every_text_and_leaves_history_verifiable(office: Office) -> None:
    code = told(office)
    before = office.see(code).row["seq"]
    assert verdict(office).ok
    done = erasing.erase_petitioner(
        office.database, code=code, actor=office["charge"], reason=f"Theo đơn của {NAME}", on=date(2026, 9, 9)
    )
    assert (done.cases, done.texts, done.kept_in, done.files_clean) == ((code,), 6, (), True)
    assert verdict(office).ok
    bodies = " ".join(str(row["body"]) for row in office.rows("SELECT body FROM text_version"))
    assert NAME not in bodies
    assert "Bà [đã xóa] ở bản Nà Pát ([đã xóa], [đã xóa], [đã xóa]) đề nghị sửa đường" in bodies
    people = office.rows("SELECT name, address, phone, salt FROM person_data WHERE erased_at IS NOT NULL")
    assert people == [{"name": None, "address": None, "phone": None, "salt": ""}]
    assert office.rows("SELECT name FROM person_data WHERE erased_at IS NULL") == [{"name": "Lò Văn Khác"}]
    last = office.events(code)[-1]
    assert (last["seq"], last["trigger"], last["recorded_by"]) == (
        before + 1,
        "erase_petitioner",
        office["charge"].account,
    )
    assert office.rows("SELECT subject FROM document") == [{"subject": "Đơn của [đã xóa]"}]


def test_the_name_is_in_no_file_of_the_database(office: Office, request: pytest.FixtureRequest) -> None:
    code = told(office)
    if office.database.dialect == "postgresql":
        _gather_statistics(office)
    files = list(_files(office, request))
    assert any(NAME.encode() in path.read_bytes() for path in files)
    assert erasing.erase_petitioner(office.database, code=code, actor=office.operator, reason="Theo đơn").files_clean
    found = {
        (path.name, word) for path in _files(office, request) for word in spellings(NAME) if word in path.read_bytes()
    }
    assert found == set()


def _files(office: Office, request: pytest.FixtureRequest) -> list[Path]:
    """The files of the database: SQLite's with log and index of the log, PostgreSQL's heaps and indexes."""
    if office.database.dialect == "sqlite":
        path = Path(str(office.database.engine.url.database))
        return [found for found in path.parent.iterdir() if found.name.startswith(path.name)]
    server: PostgresServer = request.getfixturevalue("postgres_server")
    engine = create_engine(office.database.engine.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("CHECKPOINT")
        number = connection.exec_driver_sql("SELECT oid FROM pg_database WHERE datname = current_database()").scalar()
    engine.dispose()
    return [path for path in (server.data_dir / "base" / str(number)).iterdir() if path.is_file()]


def _gather_statistics(office: Office) -> None:
    engine = create_engine(office.database.engine.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def test_erasing_twice_only_cleans_the_files_again(office: Office) -> None:
    code = told(office)
    erasing.erase_petitioner(office.database, code=code, actor=office.operator, reason="Theo đơn")
    seq = office.see(code).row["seq"]
    again = erasing.erase_petitioner(office.database, code=code, actor=office.operator, reason="Theo đơn")
    assert (again.cases, again.texts, again.files_clean) == ((), 0, True)
    assert office.see(code).row["seq"] == seq


def test_what_was_erased_cannot_be_taken_back(office: Office) -> None:
    code = told(office)
    erasing.erase_petitioner(office.database, code=code, actor=office.operator, reason="Theo đơn")
    with pytest.raises(Refused):
        office.go(code, "undo", seq=office.see(code).row["seq"], words="nhầm")


def test_nobody_fires_the_trigger_without_erasing(office: Office) -> None:
    code = told(office)
    with pytest.raises(Refused):
        office.go(code, "erase_petitioner", words="không qua đúng cửa")


@pytest.mark.parametrize("login", ["clerk", "officer", "front", "deputy", "supervisor"])
def test_only_those_in_charge_of_the_register_erase(office: Office, login: str) -> None:
    code = told(office)
    with pytest.raises(Refused):
        erasing.erase_petitioner(office.database, code=code, actor=office[login], reason="Theo đơn")
    assert office.rows("SELECT id FROM person_data WHERE erased_at IS NOT NULL") == []


def test_erasing_needs_a_petitioner_and_a_reason(office: Office) -> None:
    code = office.record()
    with pytest.raises(Refused) as refused:
        erasing.erase_petitioner(office.database, code=code, actor=office.operator, reason="Theo đơn")
    assert code in refused.value.text.vi
    with pytest.raises(BadInput) as bad:
        erasing.erase_petitioner(office.database, code=code, actor=office.operator, reason="  ")
    assert "reason" in bad.value.problems


def test_a_name_in_a_fixed_field_is_reported(office: Office) -> None:
    code = told(office)
    office.go(code, "entrust", officer="clerk")
    office.go(code, "inform_voters", date(2026, 8, 21), via="in_person", note=f"Báo trực tiếp {NAME}")
    done = erasing.erase_petitioner(office.database, code=code, actor=office.operator, reason="Theo đơn")
    assert done.kept_in == ((code, 9),)


def test_somebody_who_reads_meanwhile_keeps_the_file_from_being_cleaned(sqlite_office: Office) -> None:
    office, code = sqlite_office, told(sqlite_office)
    with office.database.reading() as unit:
        unit.connection.exec_driver_sql("SELECT count(*) FROM event").all()
        office.database.engine.pool.dispose()
        with office.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=100")
        done = erasing.erase_petitioner(office.database, code=code, actor=office.operator, reason="Theo đơn")
    assert not done.files_clean
    assert any("chạy lại" in note.vi for note in done.notes)
    assert erasing.forget_files(office.database)


def test_papers_with_files_are_named_to_be_looked_at_by_hand(office: Office, tmp_path: Path) -> None:
    code = told(office)
    other = office.record("Việc khác")
    office.sent("KT", code=other)
    letter, foreign = (
        UUID(str(office.rows(f"SELECT id FROM document WHERE number = '{number}'")[0]["id"]))
        for number in ("9/TT", "12/HĐND-TT")
    )
    for paper in (letter, foreign):
        attached(office, DiskStore(tmp_path / "files"), paper, f"Đơn của {NAME}.pdf")
    done = erasing.erase_petitioner(office.database, code=code, actor=office["charge"], reason="Theo đơn")
    [found] = done.to_look_at
    assert (found.id, found.number, found.issued_on) == (letter, "9/TT", date(2026, 8, 6))
    assert found.files == ("Đơn của [đã xóa].pdf",)
    names = {row["name"] for row in office.rows("SELECT name FROM document_file")}
    assert names == {"Đơn của [đã xóa].pdf", f"Đơn của {NAME}.pdf"}, "the other paper is not of this person"
    again = erasing.erase_petitioner(office.database, code=code, actor=office["charge"], reason="Theo đơn")
    assert again.to_look_at == done.to_look_at


def attached(office: Office, store: DiskStore, paper: UUID, name: str) -> None:
    with store.spooling(most=1 << 20) as spool:
        spool.take(made_files.pdf())
        brought = attaching.bring(store, spool, name=name, scanner=NoScanner())
    with office.database.writing() as unit:
        attaching.attach(unit, document=paper, brought=brought, actor=office["charge"])


def test_a_text_changed_after_erasing_is_found(office: Office) -> None:
    code = told(office)
    erasing.erase_petitioner(office.database, code=code, actor=office.operator, reason="Theo đơn")
    office.raw("UPDATE text_version SET body = body || '!' WHERE erased_at IS NOT NULL AND field = 'note'")
    fault = verdict(office).first_fault
    assert fault is not None
    assert fault.case == code
