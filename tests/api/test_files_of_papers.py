"""S20, S21, S24, S25: files come in by their content and go out to those who may see their paper, to be saved only."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import unquote

import anyio
import pytest
from starlette.types import Message

from api.installation import Installation
from states.file_words import MEDIA, FileKind
from tests import made_files as made
from tests.desk import Desk
from tests.files import DIGEST, PDF, address, rows, stored, told
from tests.old_workbooks import compound, zipped
from workflows.filing.malware import EICAR

# --- in and out -----------------------------------------------------------------------------------------------------


def test_a_scan_of_a_paper_comes_in_and_goes_out_as_it_was(desk: Desk, paper: str) -> None:
    answer = desk.bring(paper, PDF, "Báo cáo số 56.pdf")
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"] == address(paper)
    said = answer.json()["file"]
    assert (said["digest"], said["name"], said["size"]) == (DIGEST, "Báo cáo số 56.pdf", len(PDF))
    assert (said["kind"]["code"], said["scan"]["code"], said["added_by"]["login"]) == ("pdf", "unscanned", "charge")
    assert desk.as_("clerk").get(f"/api/v1/documents/{paper}/files").json() == [said]
    got = desk.as_("clerk").get(address(paper))
    assert (got.status_code, got.content) == (200, PDF)
    assert got.headers["Content-Type"] == "application/pdf"
    assert got.headers["Content-Length"] == str(len(PDF))
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert got.headers["Cache-Control"] == "no-store"
    assert got.headers["Content-Disposition"].startswith('attachment; filename="bao_cao_so_56.pdf";')
    assert [path.name for path in stored(desk)] == [DIGEST[2:]]


def test_every_kind_that_papers_have_is_taken_and_called_by_its_content(desk: Desk, paper: str) -> None:
    for kind in FileKind:
        content = made.GOOD[kind]()
        said = desk.bring(paper, content, "tep.khac").json()["file"]
        assert said["kind"]["code"] == kind.value
        got = desk.as_("charge").get(address(paper, said["digest"]))
        assert (got.content, got.headers["Content-Type"]) == (content, MEDIA[kind])
    assert len(desk.as_("charge").get(f"/api/v1/documents/{paper}/files").json()) == len(FileKind)


def test_the_same_content_is_kept_once_and_has_one_effect(desk: Desk, paper: str) -> None:
    first, again = desk.bring(paper, PDF, "a.pdf"), desk.bring(paper, PDF, "b.pdf", "clerk")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {**first.json(), "is_new": False}
    other = desk.office.sent("UBND", code=desk.enter())[0]
    second = next(p["id"] for p in desk.as_("charge").get(f"/api/v1/cases/{other}/documents").json())
    assert second == paper, "the same letter"
    assert rows(desk) == (1, 1)
    assert len(stored(desk)) == 1


def test_many_who_bring_the_same_at_once_have_one_effect(desk: Desk, paper: str) -> None:
    desk.secret("charge")
    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = list(pool.map(lambda _: desk.bring(paper, PDF), range(16)))
    assert sorted({a.status_code for a in answers}) == [200, 201]
    assert [a.status_code for a in answers].count(201) == 1
    assert rows(desk) == (1, 1)


def test_a_key_covers_paper_content_and_name(desk: Desk, paper: str) -> None:
    key = {"Idempotency-Key": "k"}
    first, again = (desk.bring(paper, PDF, "a.pdf", **key) for _ in range(2))
    assert (again.status_code, again.text, again.headers["Idempotency-Replayed"]) == (201, first.text, "true")
    for other in (desk.bring(paper, made.png(), "a.pdf", **key), desk.bring(paper, PDF, "b.pdf", **key)):
        assert told(other) == (422, "idempotency_key_reused")
    assert rows(desk) == (1, 1)
    desk.office.raw("UPDATE appointment SET role = 'auditor' WHERE role = 'council_office'")
    assert told(desk.bring(paper, PDF, "a.pdf", **key)) == (403, "not_permitted")


# --- what is refused ------------------------------------------------------------------------------------------------

ATTACKS: dict[str, tuple[bytes, str]] = {
    "a bomb": (made.bomb(), "file_dangerous"),
    "ten thousand parts": (made.crowded(), "file_dangerous"),
    "lying sizes": (made.lying(), "file_dangerous"),
    "a flood of entities": (made.with_entities("word/document.xml"), "file_dangerous"),
    "a file of the machine": (
        made.with_entities("word/document.xml", address="file:///etc/passwd"),
        "file_dangerous",
    ),
    "a program called a PDF": (b"MZ\x90\0\x03" + bytes(500), "file_kind_not_taken"),
    "a page called a PDF": (b"<html><script>alert(1)</script>", "file_kind_not_taken"),
    "a drawing with a script": (b"<svg onload='alert(1)'/>", "file_kind_not_taken"),
    "an archive": (zipped({"a.pdf": made.pdf()}), "file_kind_not_taken"),
    "an encrypted Word text": (compound({"EncryptedPackage": b"x"}), "file_protected"),
    "macros under another name": (made.with_macros(), "file_has_macros"),
    "macros in disguise": (made.with_hidden_macros(), "file_has_macros"),
    "the test virus": (EICAR, "file_infected"),
    "the test virus after words": (b"xin chao " * 100 + EICAR + b"\r\n", "file_infected"),
    "the test virus in a PDF": (made.pdf().replace(b"%%EOF", EICAR + b"\n%%EOF"), "file_infected"),
    "the test virus in a Word text": (made.with_parts(made.docx(), {"word/media/a.png": EICAR}), "file_infected"),
    "nothing": (b"", "file_empty"),
    "half a PDF": (PDF[:300], "file_damaged"),
}


def test_every_attack_is_refused_in_words_and_leaves_nothing(desk: Desk, paper: str) -> None:
    for name, (content, code) in ATTACKS.items():
        refused = desk.bring(paper, content, "bao-cao.pdf")
        assert told(refused) == (422, code), name
        assert refused.json()["detail"], name
    assert rows(desk) == (0, 0)
    assert stored(desk) == []


def test_an_entity_that_lies_elsewhere_makes_no_connection(desk: Desk, paper: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.settimeout(0.2)
        where = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/x"
        assert told(desk.bring(paper, made.with_entities("word/styles.xml", address=where)))[1] == "file_dangerous"
        assert desk.bring(paper, made.with_outside_template()).json()["notes"][0]["vi"].startswith("Tệp trỏ ra ngoài 2")
        with pytest.raises(TimeoutError):
            elsewhere.accept()


def test_a_file_is_bounded_whether_or_not_it_says_its_length(desk: Desk, paper: str) -> None:
    with limited(desk, longest=100_000):
        long = PDF + b"\n%" + b"x" * 100_000
        assert told(desk.bring(paper, long)) == (413, "file_over_limit")
    edge = Desk(desk.office, desk.app, desk.secrets)
    pieces = (b"%PDF-1.4" + b"x" * 65_528 for _ in range(900))
    headers = {"Content-Type": "application/pdf"}
    path = f"/api/v1/documents/{paper}/files"
    assert told(edge.as_("charge").post(path, content=pieces, headers=headers)) == (413, "too_large")
    said = {**headers, "Content-Length": str(51 << 20)}
    assert told(edge.as_("charge").post(path, content=iter([b"%PDF"]), headers=said)) == (413, "too_large")
    assert rows(desk) == (0, 0)
    assert stored(desk) == []


class limited:  # noqa: N801 - read as a word of the scenario
    """A smaller installation for a while."""

    def __init__(self, desk: Desk, *, longest: int) -> None:
        self.state, self.longest = desk.app.state, longest
        self.before: Installation = self.state.installation

    def __enter__(self) -> None:
        self.state.installation = replace(self.before, longest_file=self.longest)

    def __exit__(self, *_given: object) -> None:
        self.state.installation = self.before


def test_forms_are_no_files(desk: Desk, paper: str) -> None:
    for kind in ("", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/html"):
        assert told(desk.bring(paper, PDF, **{"Content-Type": kind})) == (415, "not_a_file"), kind
    for kind in ("application/pdf", "APPLICATION/OCTET-STREAM", "text/csv; charset=utf-8"):
        assert desk.bring(paper, PDF, **{"Content-Type": kind}).status_code in {200, 201}, kind


def test_a_file_that_did_not_come_whole_is_not_kept(desk: Desk, paper: str) -> None:
    """The sender goes away after the first piece."""
    waiting: list[Message] = [
        {"type": "http.disconnect"},
        {"type": "http.request", "body": PDF, "more_body": True},
    ]
    said: list[int] = []

    async def receive() -> Message:
        return waiting.pop()

    async def send(message: Message) -> None:
        said.append(message.get("status", 0))

    path = f"/api/v1/documents/{paper}/files"
    headers = [(b"authorization", f"Bearer {desk.secret('charge')}".encode()), (b"content-type", b"application/pdf")]
    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"name=a.pdf",
        "headers": headers, "root_path": "", "scheme": "http", "http_version": "1.1", "asgi": {"version": "3.0"},
    }  # fmt: skip
    anyio.run(desk.app, scope, receive, send)
    assert said[0] == 422
    assert rows(desk) == (0, 0)
    assert stored(desk) == []


def test_nothing_is_read_of_who_is_not_signed_in_or_may_not_bring(desk: Desk, paper: str) -> None:
    asked: list[bytes] = []

    def content() -> Iterator[bytes]:
        asked.append(b"")
        yield PDF

    kind = {"Content-Type": "application/pdf"}
    path = f"/api/v1/documents/{paper}/files"
    folder = desk.app.state.installation.files.folder
    for client, status in ((desk.as_("auditor"), 403), (desk.as_("kt"), 404), (desk.as_("ubnd"), 403)):
        assert client.post(path, content=content(), headers=kind).status_code == status
    assert desk.as_("charge").post(path, content=content(), headers={**kind, "Authorization": ""}).status_code == 401
    assert not folder.exists(), "no spool was opened"


# --- names ----------------------------------------------------------------------------------------------------------

NAMES = {
    "../../../etc/passwd": "passwd.pdf",
    "..\\..\\boot.ini": "boot.ini.pdf",
    "a\r\nSet-Cookie: x=1": "a Set-Cookie_ x=1.pdf",
    "hoa\u202efdp.exe": "hoafdp.exe.pdf",
    "CON.pdf": "_CON.pdf",
    '"; filename=evil.exe': "_; filename=evil.exe.pdf",
    "": "tệp.pdf",
}


def test_a_name_is_only_ever_shown(desk: Desk, paper: str) -> None:
    for number, (written, shown) in enumerate(NAMES.items()):
        content = made.pdf(f"{number}")
        said = desk.bring(paper, content, written)
        assert said.json()["file"]["name"] == shown, written
        got = desk.as_("charge").get(address(paper, said.json()["file"]["digest"]))
        header = got.headers["Content-Disposition"]
        assert unquote(header.split("UTF-8''")[1]) == shown
        assert "Set-Cookie" not in got.headers
        assert header.count('"') == 2
    long = desk.bring(paper, made.pdf("long"), "ế" * 300 + ".pdf").json()["file"]["name"]
    assert (len(long.encode()) <= 180, long.endswith("….pdf")) == (True, True)
    assert desk.bring(paper, PDF, "a\0b.pdf").status_code == 422
    assert desk.bring(paper, PDF, "x" * 1001).status_code == 422
    places = {str(path.relative_to(desk.app.state.installation.files.folder)) for path in stored(desk)}
    assert all(len(place) == 65 and place.replace("/", "").isalnum() for place in places)


def test_an_address_leads_to_no_other_place(desk: Desk, paper: str) -> None:
    desk.bring(paper, PDF)
    absent = desk.as_("charge").get(address(paper, "0" * 64))
    assert absent.status_code == 404
    for digest in ("..%2f..%2fdondoc.sqlite3", "%2e%2e", DIGEST.upper(), DIGEST[:-1], DIGEST + "0", "%00", "incoming"):
        assert desk.as_("charge").get(address(paper, digest)).content == absent.content, digest
