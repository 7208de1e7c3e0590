"""A register of very many cases: one petition that was sent and received, and copies of all its rows.

Beside them stand cases of every other kind, of each a hundredth as many. The copies differ in due date (a fifth has
none), field, locality, addressee, officer and text, so that lists and searches find few, some or all of them. They are
made by the database itself; their hashes are not meant to be verified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from itertools import product
from uuid import UUID

from sqlalchemy import Connection, text

from models.cases import Case, CaseSearch, Referral, TextVersion
from models.columns import table_of
from models.copying import tables
from models.databases import POSTGRESQL
from models.details import DETAILS, Petition
from models.history import Event
from models.replacing import without_keys
from models.searching import exact_words
from models.timing import ClockRow
from states.folding import fold_words
from states.petition import PETITION_KIND
from tests.every_kind import one_of_each
from tests.many_clocks import copy_rows, new_id, numbered
from tests.office import Office
from workflows.migrating import migrating

OTHERS_EVERY = 100
"""Of each other kind there is one case for so many petitions."""
SMALL = 1_000
"""How many cases one of the agencies, and one of the officers, has: every 1,000th."""
FIRST = ("Nà", "Co", "Huổi", "Pá", "Bản", "Phiêng", "Mường", "Chiềng", "Tà", "Púng")
SECOND = ("Pát", "Muông", "Sản", "Khôm", "Lướt", "Tấu", "Ngần", "Khoài", "Lanh", "Hặc")
THIRD = ("Thượng", "Hạ")
DEEDS = (
    "sửa chữa",
    "mở rộng",
    "khảo sát",
    "bàn giao",
    "kiểm tra",
    "nghiệm thu",
    "đầu tư",
    "quy hoạch",
    "giải tỏa",
    "cắm mốc",
)
THINGS = ("mặt đường", "giếng nước", "đường dây điện", "mương thủy lợi", "điểm thu gom rác")
REST = "hiện trạng đã xuống cấp, đi lại khó khăn, nhân dân đã nhiều lần phản ánh mà chưa được giải quyết dứt điểm"
HAMLETS = tuple(" ".join(words) for words in product(FIRST, SECOND, THIRD))
MATTERS = tuple(" ".join(words) for words in product(DEEDS, THINGS))
_PARTS = ("Cử tri ", " đề nghị ", " đoạn số ", f", {REST}")


def grow(office: Office, url: str, copies: int) -> str:
    """Send one petition and copy it so many times, and one case of every other kind; return the petition's code."""
    code, (referral,) = office.sent("UBND", code=office.record(locality="Bản Nà Pát"))
    office.go(code, "receive", referral=referral)
    others = {kind: one for kind, one in one_of_each(office).items() if kind != PETITION_KIND}
    with migrating(url) as unit:
        every = [table.name for table in tables()]
        postgres = unit.dialect == POSTGRESQL
        with (
            without_keys(unit.connection, every) if postgres else nullcontext(),
            numbered(unit.connection, copies),
            _words(unit.connection, hamlet=HAMLETS, matter=MATTERS),
        ):
            _copy_all(office, unit.connection, code)
            for kind, other in others.items():
                _copy_other(unit.connection, kind, other)
    if postgres:  # what its autovacuum does sooner or later
        with office.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM (ANALYZE)"))
    else:  # what the timekeeper does at night
        with office.database.writing() as writing:
            writing.count_again()
    return code


@contextmanager
def _words(connection: Connection, **lists: Sequence[str]) -> Iterator[None]:
    """Keep a temporary table of each list, its words in the forms in which texts and the search keep them."""
    for name, words in lists.items():
        columns = "n INTEGER PRIMARY KEY, body TEXT, exact TEXT, folded TEXT"
        connection.execute(text(f"CREATE TEMPORARY TABLE {name} ({columns})"))
        rows = [
            {"n": n, "body": said, "exact": exact_words(said), "folded": fold_words(said)}
            for n, said in enumerate(words)
        ]
        connection.execute(text(f"INSERT INTO {name} VALUES (:n, :body, :exact, :folded)"), rows)
    yield
    for name in lists:
        connection.execute(text(f"DROP TABLE {name}"))


def _copy_all(office: Office, connection: Connection, code: str) -> None:
    postgres = connection.dialect.name == POSTGRESQL
    day = "DATE '2026-09-01' + many.n % 700" if postgres else "date('2026-09-01', '+' || (many.n % 700) || ' days')"
    case_id, referral = {"case_id": "many.case_id"}, "CASE WHEN t.referral_id IS NOT NULL THEN many.referral_id END"
    few = f"CASE WHEN many.n % {SMALL} = 0 THEN {{}} ELSE {{}} END"
    small, large, officer = (_key(connection, key) for key in _keys(office))
    case = {
        "id": "many.case_id",
        "code": "t.code || '-' || many.n",
        "next_due_on": f"CASE WHEN many.n % 5 > 0 THEN {day} END",
        "field": "'field-' || (many.n % 20)",
        "locality": "'hamlet-' || (many.n % 200)",
        "holder_id": few.format(small, large),
        "assignee_id": few.format(officer, "t.assignee_id"),
    }
    copy_rows(connection, table_of(Case), case, code)
    copy_rows(connection, table_of(Petition), case_id, code)
    copy_rows(connection, table_of(Event), {**case_id, "referral_id": referral}, code)
    sent = {"id": "many.referral_id", "agency_id": few.format(small, large)}
    copy_rows(connection, table_of(Referral), {**case_id, **sent}, code)
    copy_rows(connection, table_of(ClockRow), {**case_id, "id": new_id(connection), "referral_id": referral}, code)
    said = "JOIN hamlet h ON h.n = many.n % 200 JOIN matter m ON m.n = many.n / 200 % 50"
    words = {name: _sentence(name) for name in ("body", "exact", "folded")}
    own = {**case_id, "id": new_id(connection), "body": words.pop("body")}
    copy_rows(connection, table_of(TextVersion), own, code, joined=said)
    key = {"text_key": "CAST(many.n AS VARCHAR)"}
    copy_rows(connection, table_of(CaseSearch), {**case_id, **words, **key}, code, joined=said)


def _copy_other(connection: Connection, kind: str, code: str) -> None:
    """Copy a case of another kind; its identifiers and texts are its own, its days those of its birth."""
    few = f"many.n % {OTHERS_EVERY} = 0"
    own, day = new_id(connection), f"CASE WHEN many.n % {2 * OTHERS_EVERY} = 0 THEN t.next_due_on END"
    connection.execute(text(f"UPDATE many SET other_id = {own} WHERE {few}"))
    case = {"id": "many.other_id", "code": "t.code || '-' || many.n", "next_due_on": day}
    copy_rows(connection, table_of(Case), case, code, where=few)
    here = {"case_id": "many.other_id"}
    for table in (DETAILS[kind], Event):
        copy_rows(connection, table_of(table), here, code, where=few)
    for table in (ClockRow, TextVersion):
        copy_rows(connection, table_of(table), {**here, "id": own}, code, where=few)
    copy_rows(connection, table_of(CaseSearch), {**here, "text_key": f"'{kind}-' || many.n"}, code, where=few)


def _keys(office: Office) -> tuple[UUID, UUID, UUID | None]:
    return office.agencies["DIEN"], office.agencies["UBND"], office["officer"].account


def _key(connection: Connection, key: UUID | None) -> str:
    assert key is not None
    return f"CAST('{key}' AS uuid)" if connection.dialect.name == POSTGRESQL else f"'{key.hex}'"


def _sentence(form: str) -> str:
    """Return the SQL for the text of a petition, as it is written or as it is searched."""
    forms: dict[str, Callable[[str], str]] = {"body": str, "exact": exact_words, "folded": fold_words}
    written = forms[form]
    gap = "" if form == "body" else " "
    first, *others = (written(part) for part in _PARTS)
    between = (f"'{gap}{said}{gap}'" for said in others)
    return f"'{first}{gap}' || " + " || ".join(
        f"{value} || {said}" for value, said in zip((f"h.{form}", f"m.{form}", "many.n"), between, strict=True)
    )
