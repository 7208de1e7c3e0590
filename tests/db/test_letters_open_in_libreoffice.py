"""Every Word file opens in LibreOffice without repair, and the table on its pages is what the database holds."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path

from states.entries import DocumentSlip
from tests.conftest import Soffice
from tests.office import Office
from tests.pages import bare, pages_of, table_of
from workflows.filing.store import DiskStore
from workflows.printing import writing
from workflows.printing.fields import example
from workflows.printing.filling import fill_plain
from workflows.printing.materials import LetterOrder
from workflows.printing.registry import KINDS, shipped
from workflows.printing.writing import LETTERS

ANNEX = ("TT", "Mã kiến nghị", "Cử tri", "Nội dung kiến nghị", "Lĩnh vực", "Cơ quan giải quyết", "Ghi chú")
WIDTHS = (12, 37, 32, 91, 30, 30, 20)
DAY = datetime(2026, 9, 10, tzinfo=UTC)
BROAD = {"transfer", "report"}


def real_petitions(shared_data: Path, count: int) -> list[tuple[str, str]]:
    """Return texts and places of real petitions, the longest among them."""
    with (shared_data / "petitions_national_assembly_1573.csv").open(encoding="utf-8") as file:
        rows = [(row["Nội dung kiến nghị"], row["Địa phương"]) for row in csv.DictReader(file)]
    told = [(text, place) for text, place in rows if text.strip()]
    return [*sorted(told, key=lambda row: -len(row[0]))[:2], *told][:count]


def test_the_annex_of_forty_real_petitions_equals_the_register(
    sqlite_office: Office, soffice: Soffice, shared_data: Path, tmp_path: Path
) -> None:
    office = sqlite_office
    slip = DocumentSlip(number="31/HĐND-TT", issued_on=date(2026, 8, 6), issuer="TTHDND", signer="Lò Văn Thường")
    codes = []
    for text, place in real_petitions(shared_data, 40):
        code = office.record(text, locality=place or None, field="co-che-chinh-sach")
        office.go(code, "screen", level="commune")
        office.go(code, "transfer", date(2026, 8, 6), document=slip, addressees=["UBND"])
        codes.append(code)
    with office.database.reading() as unit:
        made = writing.write(
            unit,
            setting=office.setting,
            order=LetterOrder(kind="transfer", document="31/HĐND-TT"),
            actor=office.operator,
            store=DiskStore(tmp_path / "files"),
        )
    path = tmp_path / "transfer.docx"
    path.write_bytes(made.content)
    pages = pages_of(*soffice.pdfs(path))
    assert [page.is_broad for page in pages] == [False] + [True] * (len(pages) - 1)
    printed = table_of([page for page in pages if page.is_broad], head=ANNEX, widths=WIDTHS)
    assert [(row[0], row[1]) for row in printed] == [(str(n), bare(c)) for n, c in enumerate(codes, start=1)]
    assert [row[3] for row in printed] == [bare(body(office, code)) for code in codes]
    assert {row[4] for row in printed} == {bare("Cơ chế, chính sách")}
    places = [bare(str(office.see(code).row["locality"] or "")) for code in codes]
    # Equal places one below the other share one cell.
    shown = [p if n == 0 or p != places[n - 1] else "" for n, p in enumerate(places)]
    assert [bool(row[2]) for row in printed] == [bool(p) for p in shown]


def body(office: Office, code: str) -> str:
    case = office.see(code).id
    key = case.hex if office.database.engine.dialect.name == "sqlite" else str(case)
    [row] = office.rows(f"SELECT body FROM text_version WHERE case_id = '{key}' AND field = 'text'")
    return str(row["body"])


def test_every_letter_opens_on_well_made_pages(soffice: Soffice, tmp_path: Path) -> None:
    made = []
    for code in sorted(LETTERS):
        for rows in (0, 1, 40):
            path = tmp_path / f"{code}-{rows}.docx"
            data = example(KINDS[code].fields, rows=rows) | {
                "noi_nhan": [{"ten": "Như trên"}],
                "kinh_gui_nhieu_noi": [],
            }
            path.write_bytes(fill_plain(shipped(code), data, made_at=DAY).content)
            made.append(path)
    for pdf in soffice.pdfs(*made):
        pages = pages_of(pdf)
        assert all(len(page.text) > 10 for page in pages), f"{pdf.stem} has an empty page"
        assert any(page.is_broad for page in pages) is (pdf.stem.rpartition("-")[0] in BROAD), pdf.stem
        upright = [page for page in pages if not page.is_broad]
        lines = {round(w.y) for w in upright[0].words if w.y < 80}
        assert len(lines) <= 4, f"{pdf.stem}: the name of the State stands in one line: {lines}"
        signed = [n for n, page in enumerate(upright) if "CHỦTỊCH" in page.text or "BÊNGIAO" in page.text]
        assert signed == [n for n, page in enumerate(upright) if "./." in page.text], f"{pdf.stem}: signed elsewhere"


def test_every_table_opens_without_an_empty_page(soffice: Soffice, tmp_path: Path) -> None:
    made = []
    for code in sorted(set(KINDS) - set(LETTERS)):
        for rows in (1, 5):
            path = tmp_path / f"{code}-{rows}.docx"
            path.write_bytes(fill_plain(shipped(code), example(KINDS[code].fields, rows=rows), made_at=DAY).content)
            made.append(path)
    for pdf in soffice.pdfs(*made):
        assert all(len(page.text) > 10 for page in pages_of(pdf)), f"{pdf.stem} has an empty page"


def test_a_petition_longer_than_a_page_is_printed_to_its_end(soffice: Soffice, tmp_path: Path) -> None:
    data = example(KINDS["transfer"].fields, rows=3)
    words = " ".join(f"chữ{n};" for n in range(4_000))
    data["kien_nghi"][1]["noi_dung"] = words
    path = tmp_path / "long.docx"
    path.write_bytes(fill_plain(shipped("transfer"), data, made_at=DAY).content)
    pages = [page for page in pages_of(*soffice.pdfs(path)) if page.is_broad]
    said = "".join(page.column(3, widths=WIDTHS) for page in pages).replace(bare(ANNEX[3]), "")
    assert bare(words) in said
    assert len(pages) > 5
