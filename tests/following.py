"""Cases of any kind followed over months: mornings come with their sweeps, one clerk enters all of it over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from tests.desk import Desk
from tests.mornings import at
from workflows import sweeping, verifying

CASES = "/api/v1/cases"


@dataclass
class Following:
    """The desk at which matters are followed, and who enters what becomes of them."""

    desk: Desk

    def day(self, day: date) -> None:
        """Let a morning come: the sweep of the night has run, the tokens are of today."""
        self.desk.office.clock.now = at(day)
        self.desk.secrets.clear()
        sweeping.sweep(self.desk.office.database)

    def enter(self, kind: str, on: str, **payload: Any) -> str:
        """Enter a case of any kind at the one door."""
        answer = self.desk.as_("charge").post(CASES, json={"kind": kind, "on": on, "payload": payload})
        assert answer.status_code == 201, answer.text
        return cast("str", answer.json()["code"])

    def do(self, code: str, trigger: str, on: str, /, *, referral: str | None = None, **payload: Any) -> Any:
        """Make a move; `paper` in the payload is its document."""
        paper = payload.pop("paper", None)
        more = {name: value for name, value in (("referral", referral), ("document", paper)) if value}
        return self.desk.move(code, trigger, "charge", "*", on=on, payload=payload, **more)

    def refused(self, code: str, trigger: str, on: str, /, **payload: Any) -> set[str]:
        """Make a move that must be refused and return the conditions that fail, or the fields that are wrong."""
        answer = self.desk.post(code, trigger, on=on, payload=payload)
        assert answer.status_code in {409, 422}, answer.text
        told = answer.json()
        return {one["code"] for one in told.get("failed", ())} | {one["field"] for one in told.get("problems", ())}

    def paper(self, act: str, number: str, on: str, rows: list[Any], **more: Any) -> Any:
        """Register a paper that moves many cases, a row for each or its code alone; return what it did."""
        slip = {"number": number, "issued_on": on, "issuer": more.pop("issuer", "TTHDND")}
        cases = [row if isinstance(row, dict) else {"case": row} for row in rows]
        body = {"act": act, "on": on, "document": slip, "rows": cases, **more}
        answer = self.desk.as_("charge").post("/api/v1/documents", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def see(self, code: str, login: str = "charge") -> Any:
        """Return a case as the interface shows it."""
        return self.desk.as_(login).get(f"{CASES}/{code}").json()

    def state(self, code: str) -> str:
        """Return the state of a case."""
        return cast("str", self.see(code)["state"]["code"])

    def clocks(self, code: str) -> dict[str, tuple[str, str]]:
        """Return day and timeliness of the limits of a case."""
        found = self.desk.as_("charge").get(f"{CASES}/{code}/clocks").json()
        return {one["limit"]["code"]: (one["due_on"], one["timeliness"]["code"]) for one in found}

    def links(self, code: str) -> set[tuple[str, str, str]]:
        """Return the links of the whole chain of a case: kind, from, to."""
        found = self.desk.as_("charge").get(f"{CASES}/{code}/chain").json()["links"]
        return {(link["kind"]["code"], link["code"], link["other"]) for link in found}

    def open(self, code: str) -> dict[str, str]:
        """Return the open proposals on a case: identifier by trigger."""
        asked = {"case": code, "state": "open", "limit": "100"}
        items = self.desk.as_("charge").get("/api/v1/proposals", params=asked).json()["items"]
        return {one["trigger"]["code"]: one["id"] for one in items if one["case"] == code}

    def take(self, code: str, trigger: str, on: str, **payload: Any) -> None:
        """Take what is proposed on a case."""
        body = {"on": on, "payload": payload}
        path = f"/api/v1/proposals/{self.open(code)[trigger]}/take"
        answer = self.desk.as_("charge").post(path, json=body, headers={"If-Match": "*"})
        assert answer.status_code == 200, answer.text

    def shares(self, **asked: str) -> dict[str, tuple[int, int, str]]:
        """Return the rates of the council: numerator, denominator, printed."""
        told = self.desk.as_("charge").get("/api/v1/rates", params=asked).json()
        assert told["agrees"], told
        rates = told["total"]["rates"]
        return {one["code"]: (one["numerator"], one["denominator"], one["printed"]["vi"]) for one in rates}

    def sound(self) -> bool:
        """Tell whether history verifies."""
        with self.desk.office.database.reading() as unit:
            return verifying.verify(unit, key=None).faults == ()
