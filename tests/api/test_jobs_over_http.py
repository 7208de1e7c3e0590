"""Long work over HTTP: asked for, looked at, fetched; by those who may, in the language they ask for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from api.shapes.job_orders import ASKINGS
from tests import sheets
from tests.desk import Desk
from workflows.working import running
from workflows.working.kinds import KINDS

BASE = "/api/v1/jobs"
BYTES = {"Content-Type": "application/octet-stream"}


def brought(desk: Desk, content: bytes, login: str = "clerk") -> str:
    answer = desk.as_(login).post(f"{BASE}/files", content=content, headers=BYTES)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["digest"])


def asked(desk: Desk, kind: str, login: str = "clerk", file: str | None = None, /, **order: Any) -> Any:
    body = {"kind": kind, "order": order, **({"file": file} if file else {})}
    return desk.as_(login).post(BASE, json=body)


def run(desk: Desk, job: str) -> None:
    shop = desk.app.state.installation.jobs
    held = running.take(shop, job=UUID(job), by="worker")
    assert held is not None
    assert running.run(shop, held)


def imported(desk: Desk, text: str = "Xin giếng nước") -> str:
    file = brought(desk, sheets.petitions(text))
    job = asked(desk, "import_petitions", "clerk", file, name="danh-sach.csv").json()["id"]
    run(desk, job)
    return str(job)


def test_a_list_is_brought_asked_for_done_and_its_report_fetched(desk: Desk) -> None:
    file = brought(desk, sheets.petitions("Xin giếng nước cho bản"))
    answer = asked(desk, "import_petitions", "clerk", file, name="danh-sach.csv")
    assert answer.status_code == 201
    assert answer.json()["state"]["code"] == "queued"
    place = answer.headers["Location"]
    run(desk, answer.json()["id"])
    seen = desk.as_("clerk").get(place).json()
    assert (seen["state"]["code"], seen["totals"]["written"], seen["error"]) == ("done", 1, None)
    assert seen["message"].startswith("Đã ghi 1 kiến nghị")
    told = desk.as_("clerk", **{"Accept-Language": "en"}).get(place).json()
    assert told["message"] != seen["message"]
    assert "recorded" in told["message"] or "1" in told["message"]
    report = desk.as_("clerk").get(f"{place}/file")
    assert (report.status_code, report.headers["Content-Type"]) == (200, "application/json")
    assert report.headers["Content-Disposition"].startswith("attachment")
    assert json.loads(report.content)["written"] == 1
    assert [job["id"] for job in desk.as_("clerk").get(BASE).json()["items"]] == [seen["id"]]


def test_what_fails_says_why_in_the_language_asked_for(desk: Desk) -> None:
    file = brought(desk, b"\x89PNG\r\n\x1a\n" + bytes(40))
    job = asked(desk, "import_petitions", "clerk", file, name="anh.csv").json()["id"]
    run(desk, job)
    said = {
        language: desk.as_("clerk", **{"Accept-Language": language}).get(f"{BASE}/{job}").json()
        for language in ("vi", "en")
    }
    assert {view["state"]["code"] for view in said.values()} == {"failed"}
    assert said["vi"]["message"] != said["en"]["message"]
    assert said["vi"]["error"] == said["en"]["error"]


def test_the_same_request_twice_is_one_job(desk: Desk) -> None:
    body = {"kind": "make_letters", "order": {"batch": "packets"}}
    answers = [desk.as_("clerk", **{"Idempotency-Key": "k"}).post(BASE, json=body) for _ in range(3)]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(desk.office.rows("SELECT id FROM job")) == 1


def test_what_is_wrong_is_named_before_anything_waits(desk: Desk) -> None:
    file = brought(desk, sheets.petitions("Xin nước"))
    other = brought(desk, sheets.petitions("Của người khác"), "officer")
    wrong = (
        (asked(desk, "khong-co"), 404, None),
        (asked(desk, "import_petitions"), 422, "file"),
        (asked(desk, "make_letters", "clerk", file, batch="packets"), 422, "file"),
        (asked(desk, "import_petitions", "clerk", other, name="a.csv"), 422, "file"),
        (asked(desk, "import_petitions", "clerk", "../../etc/passwd", name="a.csv"), 422, "file"),
        (asked(desk, "import_petitions", "clerk", file), 422, "name"),
        (asked(desk, "import_petitions", "clerk", file, name="a.csv", state="closed"), 422, "order.state"),
        (asked(desk, "make_letters", batch="all"), 422, "order.batch"),
        (asked(desk, "import_answers", "clerk", file, name="a.csv", match=["x"]), 422, None),
        (asked(desk, "verify", "charge"), 403, None),
        (asked(desk, "reckon_clocks", "clerk"), 403, None),
        (asked(desk, "make_letters", batch="packets", council="PM"), 404, None),
    )
    for answer, status, field in wrong:
        assert answer.status_code == status, answer.text
        if field is not None:
            assert [problem["field"] for problem in answer.json()["problems"]] == [field]
    assert desk.office.rows("SELECT id FROM job") == []


def test_who_may_not_ask_may_not_bring_either(desk: Desk) -> None:
    refused = desk.as_("ubnd").post(f"{BASE}/files", content=b"STT", headers=BYTES)
    assert refused.status_code == 403
    folder: Path = desk.app.state.installation.jobs.folder
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_what_one_may_not_see_is_not_found(neighbour: Desk) -> None:
    job = imported(neighbour)
    for login in ("stranger", "stranger_kt", "ubnd", "dien"):
        for path in (f"{BASE}/{job}", f"{BASE}/{job}/file"):
            hidden, absent = (neighbour.as_(login).get(path.replace(job, one)) for one in (job, str(uuid4())))
            assert (hidden.status_code, hidden.content) == (404, absent.content)
        assert neighbour.as_(login).get(BASE).json()["items"] == []
    assert neighbour.as_("officer").get(f"{BASE}/{job}").status_code == 200
    assert neighbour.as_("officer").get(f"{BASE}/{job}/file").status_code == 404


def test_every_kind_can_be_asked_for(desk: Desk) -> None:
    assert set(ASKINGS) == set(KINDS)
