"""S6, S7, S8: what belongs to others, or to named readers only, answers byte for byte like what is not there."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from models.cases import CaseReader, Proposal
from models.columns import table_of
from states.entries import Petitioner
from states.text import Text
from states.vocabulary import Confidentiality
from tests.desk import Desk
from workflows import registering

ABSENT = "NP-KN-26-9999"
QUERIES = {"/api/v1/calendar": {"year": "2026"}, "/api/v1/reminders": {"until": "2027-12-31"}}
NAMED = {"/api/v1/imports/cases": {"kind": "question"}}
BODIES: dict[str, dict[str, Any]] = {
    "/api/v1/cases/{code}/moves": {"trigger": "compile"},
    "/api/v1/cases/{code}/split": {"parts": ["Đường", "Nước"]},
    "/api/v1/cases/{code}/lines/proposed": {"text": "1. UBND báo cáo kết quả"},
    "/api/v1/cases/{code}/lines": {
        "document": {"number": "31/TB-HĐND", "issued_on": "2026-09-04"},
        "lines": [{"kind": "task", "text": "Báo cáo kết quả", "agency": "UBND"}],
    },
    "/api/v1/proposals/{proposal}/take": {},
    "/api/v1/proposals/{proposal}/decline": {"reason": "Khác"},
}


def ask(desk: Desk, login: str, method: str, path: str, **named: str) -> tuple[int, bytes, dict[str, str]]:
    """Return status, body and headers of a request, without what differs from one request to the next."""
    said = path
    for name, value in named.items():
        said = said.replace(f"{{{name}}}", value)
    answer = desk.as_(login, **{"If-Match": "*"}).request(method, said, json=BODIES.get(path))
    headers = {k: v for k, v in answer.headers.items() if k != "x-request-id"}
    return answer.status_code, answer.content, headers


def proposal_of(desk: Desk, code: str, other: str | None = None) -> str:
    with desk.office.database.writing() as unit:
        row = registering.propose(
            setting=desk.office.setting,
            case_id=desk.office.see(code).id,
            other=desk.office.see(other or code).id,
            trigger="merge",
            cause=f"{code} {other}",
            sentence=Text("Trùng", "Same"),
            now=unit.now,
        )
        unit.run(insert(table_of(Proposal)).values(**row))
    return str(row["id"])


def test_a_foreign_identifier_answers_like_an_absent_one(neighbour: Desk) -> None:
    code, _ = neighbour.sent("UBND")
    proposal = proposal_of(neighbour, code)
    for login in ("stranger", "stranger_kt", "dien", "kt"):
        assert try_every_route(neighbour, login, code, proposal) >= 9


def try_every_route(neighbour: Desk, login: str, code: str, proposal: str) -> int:
    tried = 0
    for method, path in neighbour.operations():
        if "{code}" in path:
            assert ask(neighbour, login, method, path, code=code) == ask(neighbour, login, method, path, code=ABSENT)
        elif "{proposal}" in path:
            there = ask(neighbour, login, method, path, proposal=proposal)
            assert there == ask(neighbour, login, method, path, proposal=str(uuid4()))
        else:
            continue
        tried += 1
        named = {"code": code, "proposal": proposal}
        status, body, _ = ask(neighbour, login, method, path, **named)
        assert status == 404
        assert code.encode() not in body
    return tried


def test_a_code_that_no_case_can_have_is_not_found_like_any_other(desk: Desk) -> None:
    absent = ask(desk, "clerk", "GET", "/api/v1/cases/{code}", code=ABSENT)
    for code in ("%00", "a%20b", "x" * 300, "NP-KN-26-0001%0A", "ế", "'%20OR%201=1", "..%2f"):
        assert ask(desk, "clerk", "GET", "/api/v1/cases/{code}", code=code) == absent, code


def test_another_referral_is_not_found_like_an_absent_one(desk: Desk) -> None:
    code, _ = desk.sent("UBND")
    _, [foreign] = desk.sent("KT")
    answers = {desk.post(code, "receive", on="2026-08-10", referral=key).text for key in (foreign, str(uuid4()))}
    assert len(answers) == 1
    assert '"status": 404' in answers.pop()


def test_lists_of_the_neighbour_hold_nothing_of_ours(neighbour: Desk) -> None:
    code, _ = neighbour.sent("UBND")
    proposal_of(neighbour, code)
    for method, path in neighbour.operations("GET"):
        if "{" in path or path.startswith("/health/"):
            continue
        answer = neighbour.as_("stranger").request(method, path, params=QUERIES.get(path, {}))
        assert answer.status_code == 200, (path, answer.text)
        for word in (code, "Nà Pát", "clerk", "12/HĐND-TT"):
            assert word not in answer.text, (path, word)


def test_an_addressee_sees_the_case_from_its_sending_on_and_no_longer_after_its_recall(desk: Desk) -> None:
    code = desk.enter()
    path = "/api/v1/cases/{code}"
    assert ask(desk, "ubnd", "GET", path, code=code)[0] == 404
    desk.move(code, "screen", payload={"level": "commune"})
    letter = {"number": "9/HĐND-TT", "issued_on": "2026-08-06"}
    moved = desk.move(code, "transfer", on="2026-08-06", payload={"addressees": ["UBND"]}, document=letter)
    assert ask(desk, "ubnd", "GET", path, code=code)[0] == 200
    assert ask(desk, "kt", "GET", path, code=code)[0] == 404
    desk.move(code, "recall", on="2026-08-07", referral=moved["referrals"][0])
    assert ask(desk, "ubnd", "GET", path, code=code)[0] == 404


def test_an_addressee_reads_the_words_of_its_own_referral_only(desk: Desk) -> None:
    code, [ubnd, kt] = desk.sent("UBND", "KT")
    desk.move(code, "receive", on="2026-08-10", referral=kt)
    desk.move(code, "report_progress", on="2026-08-12", referral=kt, payload={"words": "Chỉ Phòng Kinh tế biết"})
    desk.move(code, "receive", on="2026-08-10", referral=ubnd)

    def words(login: str) -> Any:
        events = desk.as_(login).get(f"/api/v1/cases/{code}/events").json()
        return next(e["entry"]["words"] for e in events if e["trigger"]["code"] == "report_progress")

    assert words("clerk")["value"] == words("kt")["value"] == "Chỉ Phòng Kinh tế biết"
    assert (words("ubnd")["value"], words("ubnd")["withheld"]) == (None, True)


def test_a_token_opens_only_its_own_council(neighbour: Desk) -> None:
    code = neighbour.enter()
    body = {"payload": {"text": "Điện yếu"}, "council": "NP"}
    assert neighbour.as_("stranger").post("/api/v1/petitions", json=body).status_code == 404
    for path in ("/api/v1/agencies", "/api/v1/sessions", "/api/v1/localities", "/api/v1/regulations", "/api/v1/rates"):
        refused = neighbour.as_("stranger").get(path, params={"council": "NP"})
        absent = neighbour.as_("stranger").get(path, params={"council": "KHONG"})
        assert (refused.status_code, refused.content) == (404, absent.content)
    for _, path in neighbour.operations("POST"):
        if "/imports/" in path:
            given: dict[str, Any] = {"content": b"STT", "headers": {"Content-Type": "text/csv"}}
            refused, absent = (
                neighbour.as_("stranger").post(
                    path, params={"council": council, "name": "a.csv", **NAMED.get(path, {})}, **given
                )
                for council in ("NP", "KHONG")
            )
            assert (refused.status_code, refused.content) == (404, absent.content), path
    assert neighbour.as_("stranger").get("/api/v1/cases", params={"council": "NP"}).status_code == 404
    assert neighbour.as_("clerk").get("/api/v1/cases", params={"council": "NP"}).json()["items"][0]["code"] == code


def test_names_of_others_are_unknown_in_entries(neighbour: Desk) -> None:
    theirs = neighbour.as_("stranger").post("/api/v1/petitions", json={"payload": {"text": "Của hội đồng khác"}})
    code = neighbour.enter()
    foreign, absent = theirs.json()["code"], "PM-KN-26-9999"
    for trigger, field, values in (
        ("merge", "into", (foreign, absent)),
        ("entrust", "officer", ("stranger", "nobody")),
    ):
        answers = [neighbour.post(code, trigger, payload={field: value}) for value in values]
        assert [a.status_code for a in answers] == [422, 422]
        assert answers[0].text.replace(values[0], "?") == answers[1].text.replace(values[1], "?")
    bodies = [{"payload": {"text": "Nêu lại"}, "repeats": value} for value in (foreign, absent)]
    answers = [neighbour.as_("clerk").post("/api/v1/petitions", json=body) for body in bodies]
    assert (answers[0].status_code, answers[0].text) == (422, answers[1].text)


def test_a_restricted_case_changes_nothing_that_others_see(desk: Desk) -> None:
    """The same requests before and after one restricted case is there: byte for byte the same answers."""
    code, _ = desk.sent("UBND")
    queries: list[tuple[str, dict[str, str]]] = [
        (path, QUERIES.get(path, {}))
        for _, path in desk.operations("GET")
        if "{" not in path and not path.startswith("/health") and not path.endswith("calendar")
    ]
    queries += [("/api/v1/cases", {"text": word, "total": "true"}) for word in ("kín", "lầy", "đường")]
    queries += [("/api/v1/cases", {"sort": "entered", "limit": "1", "total": "true"}), (f"/api/v1/cases/{code}", {})]

    def seen() -> list[tuple[int, bytes, str | None]]:
        answers = [desk.as_("clerk").get(path, params=params) for path, params in queries]
        return [(a.status_code, a.content, a.headers.get("ETag")) for a in answers]

    before = seen()
    assert {status for status, _, _ in before} == {200}
    secret = desk.office.record(
        "Tố giác đường dây kín",
        petitioner=Petitioner(name="Người Được Bảo Vệ"),
        confidentiality=Confidentiality.RESTRICTED,
    )
    proposal_of(desk, code, secret)
    assert seen() == before
    assert ask(desk, "clerk", "GET", "/api/v1/cases/{code}", code=secret)[0] == 404
    assert desk.enter().endswith("0002")

    name_reader(desk, desk.office.see(secret).id, "officer")
    assert ask(desk, "officer", "GET", "/api/v1/cases/{code}", code=secret)[0] == 200
    assert ask(desk, "clerk", "GET", "/api/v1/cases/{code}", code=secret)[0] == 404


def name_reader(desk: Desk, case: UUID, login: str) -> None:
    with desk.office.database.writing() as unit:
        unit.run(insert(table_of(CaseReader)).values(case_id=case, account_id=desk.office[login].account))
