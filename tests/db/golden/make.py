"""Writes the golden database of the newest revision: `python -m tests.db.golden.make`.

An invented office works for a while through the one door; its rows become INSERT statements that SQLite and PostgreSQL
both take. A released revision's file is never written again: it stands for the databases that are out there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import Boolean, Table
from sqlalchemy.schema import sort_tables_and_constraints

from models.ddl import whole_metadata
from states.entries import DocumentSlip, Petitioner
from tests.office import Office, open_office, standing_body
from workflows import registering, sealing
from workflows.migrating import head, upgrade

FOLDER = Path(__file__).parent
SEAL_KEY = b"the golden key that signs the golden seals"


def main() -> None:
    """Let the office work, then write down all its rows."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/golden.sqlite3"
        upgrade(url)
        with open_office(url) as office:
            work(office)
            sealing.seal(office.database, key=SEAL_KEY, export_to=Path(folder))
            office.go(office.record("Đề nghị lắp đèn đường ở bản Co Muông"), "screen", level="province")
            lines = list(statements(office))
    (FOLDER / f"{head()}.sql").write_text("".join(f"{line};\n" for line in lines), encoding="utf-8")


def work(office: Office) -> None:
    """Open a round; bring petitions into several states: recorded, merged, with two addressees, amended, closed."""
    contact = {"name": "Tiếp xúc cử tri trước kỳ họp", "round_kind": "before_session", "session": "KH2"}
    office.born(registering.Birth("contact_round", contact, date(2026, 7, 1)))
    office.go(office.record("Xin nước sạch"), "merge", into=office.record("Xin nước sạch cho bản Co Muông"))
    office.record("Ông A đề nghị xem lại mức hỗ trợ", petitioner=Petitioner(name="Lò Văn A", phone="0900000000"))
    code, referrals = office.sent("UBND", "DIEN")
    office.go(code, "receive", date(2026, 8, 7), referral=referrals[0], incoming_number="345")
    office.go(code, "amend", locality="Bản Co Muông", words="ghi thiếu địa bàn")
    code, referrals = office.sent("UBND")
    office.go(code, "receive", date(2026, 8, 7), referral=referrals[0], incoming_number="346")
    answer = DocumentSlip(number="88/BC-UBND", issued_on=date(2026, 8, 20))
    office.go(
        code, "answer", date(2026, 8, 21), referral=referrals[0], document=answer,
        claimed="resolved", words="Đã sửa xong ngày 15/8/2026", evidence="Biên bản nghiệm thu",
    )  # fmt: skip
    office.go(code, "judge", date(2026, 9, 1), decided_by=standing_body(office), result="resolved", evidence="BB")


def statements(office: Office) -> Iterator[str]:
    """Return one INSERT per row, parents first."""
    in_order = sort_tables_and_constraints(whole_metadata().tables.values())  # type: ignore[no-untyped-call]  # SQLAlchemy's own
    for table, _keys in in_order:
        if table is not None:
            for row in office.rows(f'SELECT * FROM "{table.name}" ORDER BY rowid'):
                names = ", ".join(f'"{name}"' for name in row)
                values = ", ".join(literal(table, name, value) for name, value in row.items())
                yield f'INSERT INTO "{table.name}" ({names}) VALUES ({values})'


def literal(table: Table, name: str, value: object) -> str:
    """Write a value so that both databases read it."""
    if value is None:
        return "NULL"
    if isinstance(table.c[name].type, Boolean):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''").replace("\n", " ") + "'"


if __name__ == "__main__":
    main()
