"""The invented kind at work through every public door: what each of them showed, as plain values.

Loaded once the kind is known, in a process of its own (`python -m tests.invented DATABASE_URL FOLDER`).
"""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from typer.testing import CliRunner

from api.app import create_app
from api.cli.commands import app as command_line
from api.settings import Settings
from models.columns import table_of
from models.units import connect
from tests.desk import Desk
from tests.invented.fire_checks import KIND, REGULATION, FireCheck
from tests.mornings import at
from tests.office import Office, open_office
from workflows import access, adopting, sweeping
from workflows.verifying import verify

HEADINGS = ("STT", "Nội dung kiểm tra", "Đơn vị", "Loại cơ sở", "Số tầng", "Hạn khắc phục", "Ngày nhận")
ORDER = {"text": "Kiểm tra chợ trung tâm", "agency": "UBND", "premises": "market", "due_on": "2026-09-30"}


def work(url: str, folder: Path) -> dict[str, Any]:
    """Return what each door showed."""
    _add_table(url)
    with open_office(url) as office:
        _adopt(office)
        desk = Desk(office, create_app(Settings(database_url=url, data_dir=folder / "data"), database=office.database))
        seen: dict[str, Any] = {"http": _over_http(desk)}
        seen["chain"] = _chained(desk)
        seen["listed"] = _imported(desk, folder)
        seen["paper"] = _by_one_paper(desk, [str(row["code"]) for row in seen["listed"]["rows"]])
        seen["night"] = _at_night(desk)
        seen["rates"] = desk.as_("clerk").get("/api/v1/rates", params={"kind": KIND, "by": "agency"}).json()
        with office.database.reading() as unit:
            seen["faults"] = [str(fault) for fault in verify(unit, key=None).faults]
        seen["terminal"] = _at_the_terminal(url, folder, seen["http"]["code"])
    return seen


def _add_table(url: str) -> None:
    database = connect(url)
    try:
        table_of(FireCheck).create(database.engine)
    finally:
        database.close()


def _adopt(office: Office) -> None:
    with office.database.writing() as unit:
        adopting.load(unit, text=REGULATION, origin="fire.toml", actor=office.operator)
        adopting.adopt(
            unit, setting=office.setting, code="fire", from_on=date(2026, 1, 1), actor=office.operator,
            precedence="council",
        )  # fmt: skip
    with office.database.reading() as unit:
        office.setting = access.council(unit, actor=office.operator)


def _entered(desk: Desk, on: str = "2026-08-20", **more: Any) -> str:
    body = {"kind": KIND, "on": on, "payload": {**ORDER, **more}}
    answer = desk.as_("clerk").post("/api/v1/cases", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def _over_http(desk: Desk) -> dict[str, Any]:
    clerk = desk.as_("clerk")
    wrong = clerk.post("/api/v1/cases", json={"kind": KIND, "payload": {**ORDER, "premises": "cave", "floors": 99}})
    code = _entered(desk, floors=2)
    offers = clerk.get(f"/api/v1/cases/{code}/moves").json()
    own = desk.post(code, "mend", on="2026-09-01", decided_by={"agency": "UBND"})
    desk.move(code, "check", on="2026-09-01", payload={"words": "Thiếu bình chữa cháy", "passed": False})
    found = clerk.get("/api/v1/cases", params={"kind": KIND, "text": "cho trung tam"}).json()
    return {
        "wrong": sorted(problem["field"] for problem in wrong.json()["problems"]),
        "code": code,
        "offers": [offer["trigger"] for offer in offers],
        "refused": sorted(finding["code"] for finding in own.json()["failed"]),
        "case": clerk.get(f"/api/v1/cases/{code}").json(),
        "found": [row["code"] for row in found["items"]],
        "clocks": clerk.get(f"/api/v1/cases/{code}/clocks").json(),
        "lifecycle": clerk.get(f"/api/v1/lifecycles/{KIND}").json(),
    }


def _chained(desk: Desk) -> list[tuple[str, str, str]]:
    petition = desk.enter("Chợ không có bình chữa cháy")
    code = _entered(desk, from_case=petition)
    chain = desk.as_("clerk").get(f"/api/v1/cases/{petition}/chain").json()
    desk.move(code, "void", on="2026-09-01", payload={"words": "Nhập để xem chuỗi"})
    return [(link["kind"]["code"], link["code"], link["other"]) for link in chain["links"]]


def _imported(desk: Desk, folder: Path) -> Any:
    path = folder / "kiem-tra.xlsx"
    rows = (
        ("1", "Trường tiểu học", "Phòng Kinh tế", "Trường học", 3, "15/09/2026", date(2026, 8, 21)),
        ("2", "Chợ bản", "UBND xã", "Chợ", "", "31/08/2026", "22/08/2026"),
    )
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate((HEADINGS, *rows)):
            sheet.write_row(place, 0, row)
    asked = {"kind": KIND, "name": path.name}
    headers = {"Content-Type": "application/octet-stream"}
    content, clerk = path.read_bytes(), desk.as_("clerk")
    first, again = (clerk.post("/api/v1/imports/cases", params=asked, content=content, headers=headers) for _ in "12")
    return {**first.json(), "again": again.json()["already_there"]}


def _by_one_paper(desk: Desk, codes: list[str]) -> Any:
    body = {
        "act": "moves",
        "trigger": "check",
        "on": "2026-09-02",
        "document": {"number": "5/BB-PC", "issued_on": "2026-09-02", "issuer": "UBND"},
        "rows": [{"case": code, "values": {"words": "Đã kiểm tra"}} for code in codes],
    }
    done = desk.as_("charge").post("/api/v1/documents", json=body).json()
    desk.move(codes[1], "mend", on="2026-08-30")
    return done


def _at_night(desk: Desk) -> Any:
    """Let the month pass: the rungs of what is not mended fire, and what they propose is offered."""
    office = desk.office
    office.clock.now = at(date(2026, 10, 12))
    desk.secrets.clear()  # a token lives thirty days
    sweeping.sweep(office.database)
    fired = office.rows("SELECT c.limit_code, r.fired_at FROM clock_rung r JOIN clock c ON c.id = r.clock_id")
    open_ones = desk.as_("charge").get("/api/v1/proposals", params={"state": "open"}).json()["items"]
    return {
        "fired": sum(1 for row in fired if row["limit_code"] == "fire.mend" and row["fired_at"] is not None),
        "proposed": sorted((one["case"], one["trigger"]["code"]) for one in open_ones),
    }


def _at_the_terminal(url: str, folder: Path, code: str) -> dict[str, str]:
    environment = {"DONDOC_DATABASE_URL": url, "DONDOC_DATA_DIR": str(folder / "data"), "COLUMNS": "200"}
    said = {}
    for name, command in {
        "record": "record --kind fire_check --on 01/08/2026 --set text=x --set agency=KT --set premises=school",
        "cases": "cases --kind fire_check",
        "case": f"case {code}",
        "move": f"move {code} mend --on 12/10/2026 --as charge",
        "rates": "rates --kind fire_check --from 01/01/2026 --to 31/12/2026",
        "lifecycle": "lifecycle fire_check",
        "pages": f"lifecycle --write {folder / 'pages'}",
        "chain": f"chain {code}",
    }.items():
        done = CliRunner().invoke(command_line, shlex.split(command), env=environment)
        assert done.exit_code == 0, (command, done.output)
        said[name] = done.output
    said["page"] = (folder / "pages" / "fire_check.md").read_text(encoding="utf-8")
    return said
