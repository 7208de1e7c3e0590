"""S6, S24, S25: a file goes out to those who may see its paper; a held back, damaged or secret one to nobody."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from models.cases import CaseReader
from models.columns import table_of
from models.history import CaseDocument, Document
from states.entries import DocumentSlip
from states.paper_words import Secrecy
from states.vocabulary import Confidentiality
from tests.desk import Desk
from tests.files import DIGEST, PDF, address, rows, stored, told
from workflows.filing.malware import CommandScanner


def same(desk: Desk, login: str, paper: str) -> None:
    """A paper that `login` may not see answers byte for byte like one that is not there, on every route."""
    absent = str(uuid4())
    for digest in (None, DIGEST):
        path = address(paper, digest) if digest else f"/api/v1/documents/{paper}/files"
        answers = [desk.as_(login).get(p) for p in (path, path.replace(paper, absent))]
        assert [a.status_code for a in answers] == [404, 404]
        assert answers[0].content == answers[1].content
        assert without_id(answers[0]) == without_id(answers[1])
    brought = [desk.bring(p, PDF, "a.pdf", login) for p in (paper, absent)]
    assert [a.status_code for a in brought] == [404, 404]
    assert brought[0].content == brought[1].content


def without_id(answer: Any) -> dict[str, str]:
    return {k: v for k, v in answer.headers.items() if k != "x-request-id"}


def test_who_sees_a_case_of_the_paper_reads_its_files(desk: Desk, paper: str) -> None:
    desk.bring(paper, PDF)
    for login in ("clerk", "officer", "standing", "front", "deputy", "auditor", "supervisor", "ubnd"):
        assert desk.as_(login).get(address(paper)).content == PDF, login
    for login in ("kt", "dien"):
        same(desk, login, paper)


def test_the_neighbour_finds_nothing(neighbour: Desk) -> None:
    neighbour.sent("UBND")
    paper = neighbour.paper()
    neighbour.bring(paper, PDF)
    for login in ("stranger", "stranger_kt"):
        same(neighbour, login, paper)


def test_a_paper_of_hidden_cases_only_does_not_exist(desk: Desk) -> None:
    code = desk.office.record("Tố giác đường dây kín", confidentiality=Confidentiality.RESTRICTED)
    paper = loose_paper(desk, by="operator")
    join(desk, code, paper)
    case = desk.office.see(code).id
    for login in ("charge", "clerk", "ubnd"):
        same(desk, login, paper)
    with desk.office.database.writing() as unit:
        unit.run(insert(table_of(CaseReader)).values(case_id=case, account_id=desk.office["officer"].account))
    assert desk.bring(paper, PDF, "kin.pdf", "officer").status_code == 201
    assert desk.as_("officer").get(address(paper)).content == PDF
    same(desk, "charge", paper)
    desk.office.raw("DELETE FROM case_reader")
    assert desk.as_("officer").get(address(paper)).content == PDF, "who brought it still may read it"
    desk.office.raw("UPDATE appointment SET valid_to = '2020-01-01'")
    same(desk, "officer", paper)


def test_a_paper_without_a_case_belongs_to_the_councils_own_side(desk: Desk) -> None:
    paper = loose_paper(desk, by="clerk")
    assert desk.bring(paper, PDF, "a.pdf", "front").status_code == 201
    for login in ("clerk", "officer", "front", "auditor"):
        assert desk.as_(login).get(address(paper)).status_code == 200, login
    for login in ("ubnd", "kt"):
        same(desk, login, paper)
    join(desk, desk.sent("KT")[0], paper)
    assert desk.as_("kt").get(address(paper)).content == PDF


def test_the_issuer_of_a_paper_brings_its_files_and_no_others(desk: Desk, paper: str) -> None:
    assert told(desk.bring(paper, PDF, "a.pdf", "ubnd")) == (403, "not_permitted")
    code, [referral] = desk.sent("UBND")
    answer = {"number": "56/BC-UBND", "issued_on": "2026-08-20", "issuer": "UBND", "type": "report"}
    body = {"claimed": "resolved", "words": "Đã sửa", "evidence": "Biên bản nghiệm thu"}
    desk.move(code, "answer", "charge", on="2026-08-21", referral=referral, payload=body, document=answer)
    theirs = desk.paper("56/BC-UBND")
    assert desk.bring(theirs, PDF, "a.pdf", "ubnd").status_code == 201


def loose_paper(desk: Desk, *, by: str, secrecy: Secrecy = Secrecy.NONE) -> str:
    """A paper without a case."""
    account = desk.office.operator if by == "operator" else desk.office[by]
    with desk.office.database.writing() as unit:
        key = uuid4()
        slip = DocumentSlip(number="99/BC-HĐND")
        unit.run(
            insert(table_of(Document)).values(
                id=key, council_id=desk.office.setting.council, type=slip.type.value, number=slip.number,
                number_key="99/BC-HĐND", secrecy=secrecy.value, recipients="[]", created_by=account.account,
                created_at=unit.now,
            )
        )  # fmt: skip
    return str(key)


def join(desk: Desk, code: str, paper: str) -> None:
    with desk.office.database.writing() as unit:
        values = {"case_id": desk.office.see(code).id, "document_id": UUID(paper)}
        unit.run(insert(table_of(CaseDocument)).values(**values))


def test_secret_papers_have_no_files_here(desk: Desk) -> None:
    for secrecy in (Secrecy.CONFIDENTIAL, Secrecy.SECRET, Secrecy.TOP_SECRET):
        refused = desk.bring(loose_paper(desk, by="clerk", secrecy=secrecy), PDF)
        assert told(refused) == (409, "paper_is_secret")
        assert "Văn bản mật không lưu tệp ở đây" in refused.json()["detail"]
    paper = loose_paper(desk, by="clerk")
    desk.bring(paper, PDF)
    desk.office.raw("UPDATE document SET secrecy = 'secret'")
    assert told(desk.as_("clerk").get(address(paper))) == (409, "paper_is_secret")
    assert stored(desk) != []


# --- scanning -------------------------------------------------------------------------------------------------------


def scanned(desk: Desk, code: int, words: str = "") -> None:
    """Set a scanner up that ends with `code`."""
    run = f"import sys; print(sys.argv[1], {words!r}); sys.exit({code})"
    scanner = CommandScanner((sys.executable, "-c", run), 20)
    desk.app.state.installation = replace(desk.app.state.installation, scanner=scanner)


def test_what_the_scanner_calls_infected_is_not_kept(desk: Desk, paper: str) -> None:
    scanned(desk, 1, "Win.Macro.Test FOUND")
    refused = desk.bring(paper, PDF)
    assert told(refused) == (422, "file_infected")
    assert "Win.Macro.Test FOUND" in refused.json()["detail"]
    assert str(desk.app.state.installation.files.folder) not in refused.text
    assert rows(desk) == (0, 0)
    assert stored(desk) == []


def test_a_file_that_could_not_be_scanned_is_held_back_until_it_is(desk: Desk, paper: str) -> None:
    scanned(desk, 2)
    kept = desk.bring(paper, PDF).json()["file"]
    assert (kept["scan"]["code"], kept["handed_out"]) == ("failed", False)
    assert told(desk.as_("charge").get(address(paper))) == (409, "file_held_back")
    scanned(desk, 0)
    assert desk.bring(paper, PDF).json()["file"]["scan"]["code"] == "clean"
    assert desk.as_("charge").get(address(paper)).content == PDF


def test_a_file_found_infected_later_is_never_handed_out(desk: Desk, paper: str) -> None:
    desk.bring(paper, PDF)
    desk.office.raw("UPDATE stored_file SET scan = 'infected'")
    refused = desk.as_("charge").get(address(paper))
    assert told(refused) == (409, "file_held_back")
    assert PDF[:8] not in refused.content
    assert told(desk.bring(paper, PDF)) == (422, "file_infected")


def test_a_damaged_file_is_never_handed_out(desk: Desk, paper: str) -> None:
    desk.bring(paper, PDF)
    [place] = stored(desk)
    place.write_bytes(PDF + b"x")
    assert told(desk.as_("charge").get(address(paper))) == (503, "file_lost")
    place.unlink()
    assert told(desk.as_("charge").get(address(paper))) == (503, "file_lost")
