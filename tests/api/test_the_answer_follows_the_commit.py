"""P2: no answer is sent before its commit, and a failed commit is never told as success (ASGI hook on every route)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert, select
from sqlalchemy.exc import OperationalError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.alerting import QuestionGroup
from models.cases import Proposal
from models.columns import table_of
from models.units import Database, WriteUnit
from states.text import Text
from tests import made_files, mornings, sheets
from tests.desk import PETITION, Desk
from workflows import question_groups, registering
from workflows.printing.registry import shipped

Said = list[str]
ROUND = {"name": "Trước kỳ họp 2", "round_kind": "before_session", "session": "KH2"}


@contextmanager
def heard(desk: Desk, said: Said, fails: bool) -> Iterator[None]:
    """Write down each commit and each start of an answer; with `fails` every commit fails."""
    original: Callable[..., None] = Database._end

    def end(unit: WriteUnit, *, keep: bool) -> None:
        if not keep:
            original(unit, keep=False)
        elif fails:
            original(unit, keep=False)
            said.append("commit failed")
            raise OperationalError("COMMIT", {}, OSError("no space left on device"))
        else:
            original(unit, keep=True)
            said.append("commit")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "_end", staticmethod(end))
        yield


def listening(app: ASGIApp, said: Said) -> ASGIApp:
    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def hook(message: Message) -> None:
            if message["type"] == "http.response.start":
                said.append(f"start {message['status']}")
            await send(message)

        await app(scope, receive, hook)

    return wrapped


def requests_of(desk: Desk) -> dict[tuple[str, str], tuple[str, dict[str, Any] | bytes]]:
    """Return a request that succeeds for every writing route; a body in bytes is a file."""
    desk.secret("charge")
    desk.sent()
    one, two, three = (desk.enter() for _ in range(3))
    taken, declined = propose(desk, one, two), propose(desk, one, three)
    told, entrusted = answered(desk), desk.enter()
    desk.move(entrusted, "entrust", payload={"officer": "officer"})
    return {
        ("POST", "/api/v1/petitions"): ("/api/v1/petitions", {"payload": {"text": "Điện yếu", **PETITION}}),
        ("POST", "/api/v1/cases"): (
            "/api/v1/cases",
            {"kind": "commitment", "payload": {"text": "Xong cầu", "agency": "UBND", "occasion": "answer"}},
        ),
        ("POST", "/api/v1/rounds"): ("/api/v1/rounds", {"payload": ROUND}),
        ("POST", "/api/v1/cases/{code}/moves"): (f"/api/v1/cases/{one}/moves", {"trigger": "compile"}),
        ("POST", "/api/v1/documents"): (
            "/api/v1/documents",
            {
                "act": "compilation",
                "rows": [{"case": entrusted}],
                "document": {"number": "7/BC-MTTQ", "issued_on": "2026-09-01"},
            },
        ),
        ("POST", "/api/v1/tellings"): ("/api/v1/tellings", {"locality": told, "payload": {"via": "loudspeaker"}}),
        ("POST", "/api/v1/handovers"): ("/api/v1/handovers", {"giver": "officer", "receiver": "clerk"}),
        ("POST", "/api/v1/cases/{code}/split"): (f"/api/v1/cases/{desk.enter()}/split", {"parts": ["Đường", "Nước"]}),
        ("POST", "/api/v1/proposals/{proposal}/take"): (f"/api/v1/proposals/{taken}/take", {}),
        ("POST", "/api/v1/proposals/{proposal}/decline"): (
            f"/api/v1/proposals/{declined}/decline",
            {"reason": "Khác nhau"},
        ),
        ("POST", "/api/v1/question-groups/{group}/take"): (f"/api/v1/question-groups/{group(desk, 'KT')}/take", {}),
        ("POST", "/api/v1/question-groups/{group}/decline"): (
            f"/api/v1/question-groups/{group(desk, 'DIEN')}/decline",
            {"reason": "Đã trả lời"},
        ),
        ("POST", "/api/v1/templates/{kind}"): ("/api/v1/templates/urge", shipped("urge")),
        **lines_of(desk),
        **imports_of(desk),
        **notices_of(desk),
        ("POST", "/api/v1/jobs/files"): ("/api/v1/jobs/files", sheets.petitions("Xin nước")),
        ("POST", "/api/v1/jobs"): ("/api/v1/jobs", {"kind": "make_letters", "order": {"batch": "packets"}}),
        ("POST", "/api/v1/documents/{document}/files"): (f"/api/v1/documents/{desk.paper()}/files", made_files.pdf()),
    }


def lines_of(desk: Desk) -> dict[tuple[str, str], tuple[str, dict[str, Any]]]:
    """Return a request that enters the lines of a notice: of a sitting that was held."""
    sitting = {"meeting_kind": "standing_sitting", "text": "Phiên họp tháng 8", "planned_on": "2026-09-03"}
    code: str = desk.as_("clerk").post("/api/v1/cases", json={"kind": "meeting", "payload": sitting}).json()["code"]
    desk.move(code, "hold", on="2026-09-03")
    body = {
        "document": {"number": "31/TB-HĐND", "issued_on": "2026-09-04"},
        "lines": [{"kind": "task", "text": "Báo cáo kết quả", "agency": "UBND"}],
    }
    return {("POST", "/api/v1/cases/{code}/lines"): (f"/api/v1/cases/{code}/lines", body)}


def notices_of(desk: Desk) -> dict[tuple[str, str], tuple[str, dict[str, Any]]]:
    """Return a request for every route about notices; the letter that is tried again is dead."""
    wishes = {"email": "charge@example.vn", "digest_at": "07:00"}
    contacts = {"contacts": [{"place": 1, "name": "Vì Thị Đầu Mối", "email": "vp@ubnd.example.vn"}]}
    letter = mornings.dead_letter(desk.office, "charge")
    return {
        ("POST", "/api/v1/inbox/read"): ("/api/v1/inbox/read", {"all": True}),
        ("PUT", "/api/v1/me/notices"): ("/api/v1/me/notices", wishes),
        ("PUT", "/api/v1/agencies/{agency}/contacts"): ("/api/v1/agencies/UBND/contacts", contacts),
        ("POST", "/api/v1/messages/{message}/retry"): (f"/api/v1/messages/{letter}/retry", {}),
    }


def imports_of(desk: Desk) -> dict[tuple[str, str], tuple[str, bytes]]:
    """Return a file for every route that takes one into the register; no two are about the same case."""
    answers, sheet = desk.sent("UBND")[0], desk.sent("KT")[0]
    files = {
        "petitions": ("name=a.csv", sheets.petitions("Điện yếu ở cụm trên")),
        "cases": ("name=d.csv&kind=commitment", sheets.promises("Xong cầu bản Nà Pát")),
        "answers": ("name=b.docx&attach=true&number=61/BC-UBND&issued_on=2026-08-20", sheets.answers(answers)),
        "followup": ("name=c.csv&agency=KT", sheets.follow_up(sheet)),
    }
    paths = {what: f"/api/v1/imports/{what}" for what in files}
    return {("POST", paths[what]): (f"{paths[what]}?{query}", file) for what, (query, file) in files.items()}


def answered(desk: Desk) -> str:
    """Return the hamlet of a petition that was answered."""
    code, [referral] = desk.sent("UBND")
    desk.move(code, "amend", payload={"locality": "Bản Co Muông", "words": "ghi thiếu"})
    payload = {"claimed": "resolved", "words": "Đã làm xong."}
    desk.move(code, "answer", on="2026-08-20", referral=referral, payload=payload)
    return "Bản Co Muông"


def as_sent(body: dict[str, Any] | bytes) -> dict[str, Any]:
    if isinstance(body, bytes):
        return {"content": body, "headers": {"Content-Type": "application/octet-stream"}}
    return {"json": body, "headers": {}}


def ask(sender: TestClient, method: str, path: str, body: dict[str, Any] | bytes, key: dict[str, str]) -> Any:
    sent = as_sent(body)
    return sender.request(method, path, **{**sent, "headers": {**sent["headers"], **key}})


def propose(desk: Desk, one: str, two: str) -> str:
    with desk.office.database.writing() as unit:
        row = registering.propose(
            setting=desk.office.setting,
            case_id=desk.office.see(two).id,
            other=desk.office.see(one).id,
            trigger="merge",
            cause=f"{two} {one}",
            sentence=Text("Trùng nội dung", "Same text"),
            now=unit.now,
        )
        unit.run(insert(table_of(Proposal)).values(**row))
    return str(row["id"])


def group(desk: Desk, agency: str) -> str:
    """Return a group of two late petitions of an agency, as a sweep gathers them."""
    found = ""
    for _ in range(2):
        code, [_] = desk.sent(agency)
        seen = desk.office.see(code)
        late = {"council_id": seen.row["council_id"], "agency_id": seen.referrals[0]["agency_id"], "field": None}
        with desk.office.database.writing() as unit:
            question_groups.gather(unit, [({**seen.clocks[0], **late}, date(2026, 11, 20))])
            row = unit.read(
                select(table_of(QuestionGroup).c.id).where(table_of(QuestionGroup).c.agency_id == late["agency_id"])
            )
            found = str(row.scalar_one())
    return found


def client(desk: Desk, app: ASGIApp) -> TestClient:
    headers = {"Authorization": f"Bearer {desk.secret('charge')}", "If-Match": "*"}
    return TestClient(app, headers=headers)


READS_BY_POST = {("POST", "/api/v1/petitions/similar"), ("POST", "/api/v1/cases/{code}/lines/proposed")}
"""What is asked stands in no address, and nothing is written."""


def test_every_writing_route_is_tried(desk: Desk) -> None:
    assert set(requests_of(desk)) | READS_BY_POST == set(desk.operations("POST", "PUT", "PATCH", "DELETE"))


@pytest.mark.parametrize("key", [{}, {"Idempotency-Key": "k"}], ids=["without a key", "with a key"])
def test_no_answer_is_sent_before_its_commit(desk: Desk, key: dict[str, str]) -> None:
    for (method, _), (path, body) in requests_of(desk).items():
        said: Said = []
        with heard(desk, said, fails=False):
            answer = ask(client(desk, listening(desk.app, said)), method, path, body, key)
        assert said == ["commit", f"start {answer.status_code}"], path
        assert answer.status_code in {200, 201}, answer.text


@pytest.mark.parametrize("key", [{}, {"Idempotency-Key": "k"}], ids=["without a key", "with a key"])
def test_a_failed_commit_is_never_told_as_success(desk: Desk, key: dict[str, str]) -> None:
    routes = requests_of(desk)
    before = desk.office.rows('SELECT id, seq, state FROM "case" ORDER BY id')
    for (method, _), (path, body) in routes.items():
        said: Said = []
        with heard(desk, said, fails=True):
            answer = ask(client(desk, listening(desk.app, said)), method, path, body, key)
        assert said == ["commit failed", "start 503"], path
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["Retry-After"]
    assert desk.office.rows('SELECT id, seq, state FROM "case" ORDER BY id') == before
    assert [desk.office.rows(f"SELECT * FROM {table}") for table in ("idempotency", "document_file", "job")] == [[]] * 3
    for (method, _), (path, body) in routes.items():
        assert ask(client(desk, desk.app), method, path, body, key).status_code in {200, 201}, path
