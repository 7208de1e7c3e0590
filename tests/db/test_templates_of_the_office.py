"""The office edits its templates: checked before they are kept, then in force; the shipped one can come back."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from states.errors import NotFound, NotPermitted
from tests.office import Office
from tests.unit.printing.words import rows_of, saved, with_line, words_of
from workflows.filing.malware import NoScanner
from workflows.filing.store import DiskStore
from workflows.printing import templates, writing
from workflows.printing.checking import TemplateRefused
from workflows.printing.materials import LetterOrder
from workflows.printing.registry import KINDS, shipped
from workflows.printing.templates import TemplateView

OWN = with_line(shipped("transfer"), "Kính thưa {{ co_quan_nhan|hoa }}")


@pytest.fixture
def store(tmp_path: Path) -> DiskStore:
    return DiskStore(tmp_path / "files")


def put(
    office: Office, store: DiskStore, content: bytes, login: str = "charge", kind: str = "transfer"
) -> TemplateView:
    with store.spooling(most=5_000_000) as spool:
        spool.take(content)
        checked = templates.take(store, spool, kind=kind, scanner=NoScanner())
    with office.database.writing() as unit:
        return templates.put(unit, setting=office.setting, template=checked, actor=office[login])


def reset(office: Office, login: str = "charge") -> TemplateView:
    with office.database.writing() as unit:
        return templates.reset(unit, setting=office.setting, kind="transfer", actor=office[login])


def letter(office: Office, store: DiskStore, code: str) -> str:
    with office.database.reading() as unit:
        order = LetterOrder(kind="transfer", codes=(code,))
        made = writing.write(unit, setting=office.setting, order=order, actor=office.operator, store=store)
    return words_of(made.content)


def in_force(office: Office) -> TemplateView:
    with office.database.reading() as unit:
        found = templates.listed(unit, setting=office.setting)
    assert [one.kind for one in found] == list(KINDS)
    return next(one for one in found if one.kind == "transfer")


def test_an_edited_template_is_in_force_until_the_shipped_one_comes_back(office: Office, store: DiskStore) -> None:
    code = office.record()
    assert (in_force(office).version, in_force(office).own) == (0, False)
    assert "Kính thưa" not in letter(office, store, code)
    done = put(office, store, OWN)
    assert (done.version, done.own, done.brought_by and done.brought_by.name) == (1, True, "Quàng Thị Phụ Trách")
    assert "Kính thưa ỦY BAN NHÂN DÂN XÃ NÀ PÁT" in letter(office, store, code)
    assert (reset(office).version, in_force(office).own) == (2, False)
    assert "Kính thưa" not in letter(office, store, code)
    assert put(office, store, OWN).version == 3
    assert len(office.rows("SELECT version FROM letter_template")) == 3


def test_the_same_template_again_makes_no_new_version(office: Office, store: DiskStore) -> None:
    assert [put(office, store, OWN).version for _ in range(2)] == [1, 1]
    assert [reset(office).version for _ in range(2)] == [2, 2]


def test_a_template_that_cannot_be_used_leaves_everything_as_it_was(office: Office, store: DiskStore) -> None:
    put(office, store, OWN)
    for bad in (with_line(OWN, "{{ trich_yeuu }}"), with_line(OWN, "{{7*7}}"), b"PK"):
        with pytest.raises(TemplateRefused):
            put(office, store, bad)
    assert in_force(office).version == 1
    assert len(list(store.digests())) == 1


@pytest.mark.parametrize("login", ["clerk", "officer", "ubnd", "deputy", "front", "auditor"])
def test_only_those_in_charge_may_change_templates(office: Office, store: DiskStore, login: str) -> None:
    with pytest.raises(NotPermitted):
        put(office, store, OWN, login)
    with pytest.raises(NotPermitted):
        reset(office, login)
    assert in_force(office).version == 0


def test_a_kind_that_is_not_there_is_not_found(office: Office, store: DiskStore) -> None:
    with pytest.raises(NotFound):
        put(office, store, OWN, kind="resolution")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_template_is_tried_with_a_real_case_before_it_is_in_force(office: Office, kind: str) -> None:
    code, [referral] = office.sent("UBND", code=office.record("Đường vào bản lầy lội"))
    office.go(code, "receive", date(2026, 8, 7), referral=referral)
    with office.database.reading() as unit:
        made = writing.preview(
            unit, setting=office.setting, kind=kind, code=code, actor=office.operator, template=shipped(kind)
        )
        with pytest.raises(NotFound):
            writing.preview(
                unit, setting=office.setting, kind=kind, code="NP-KN-26-9999", actor=office.operator,
                template=shipped(kind),
            )  # fmt: skip
    assert "NÀ PÁT" in words_of(made.content).upper()
    if kind in {"transfer", "report", "urge", "handover"}:
        assert "Đường vào bản lầy lội" in words_of(made.content)


def test_the_office_may_leave_columns_out_and_move_them(office: Office, store: DiskStore) -> None:
    document = Document(BytesIO(shipped("transfer")))
    for row in document.tables[-1].rows:
        for place in (6, 5, 4):
            cell = row.cells[place]._tc
            cell.getparent().remove(cell)
        cells = list(row._tr.iterchildren("{*}tc"))
        row._tr.append(cells[1])
    put(office, store, saved(document))
    code = office.record("Điện yếu")
    with office.database.reading() as unit:
        order = LetterOrder(kind="transfer", codes=(code,))
        made = writing.write(unit, setting=office.setting, order=order, actor=office.operator, store=store)
    assert rows_of(made.content) == [
        ["TT", "Cử tri", "Nội dung kiến nghị", "Mã kiến nghị"], ["1", "", "Điện yếu", code],
    ]  # fmt: skip
