"""The HTTP interface over an office at work, and clients that are signed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.office import Office
from workflows import accounts, tokens

PETITION = {"round_kind": "before_session", "session": "KH2"}


@dataclass
class Desk:
    """The application over one office; `as_` gives a client that is signed in."""

    office: Office
    app: FastAPI
    secrets: dict[str, str] = field(default_factory=dict)

    def secret(self, login: str) -> str:
        """Return a token of `login`, made on first asking."""
        if login not in self.secrets:
            with self.office.database.writing() as unit:
                actor = accounts.account(unit, login=login)
                self.secrets[login] = tokens.issue(unit, account=actor.account, name="test", days=30).secret
        return self.secrets[login]

    def as_(self, login: str, **headers: str) -> TestClient:
        """Return a client signed in as `login`."""
        return TestClient(self.app, headers={"Authorization": f"Bearer {self.secret(login)}", **headers})

    def enter(self, text: str = "Đường vào bản Nà Pát lầy lội", login: str = "clerk", **payload: Any) -> str:
        """Enter a petition over HTTP and return its code."""
        body = {"on": "2026-08-01", "payload": {"text": text, **PETITION, **payload}}
        answer = self.as_(login).post("/api/v1/petitions", json=body)
        assert answer.status_code == 201, answer.text
        return cast("str", answer.json()["code"])

    def move(self, code: str, trigger: str, /, login: str = "charge", match: str = "*", **body: Any) -> Any:
        """Make a move over HTTP that must succeed and return what it did."""
        answer = self.post(code, trigger, login, match, **body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, code: str, trigger: str, /, login: str = "charge", match: str = "*", **body: Any) -> Any:
        """Make a move over HTTP and return the answer, whatever it is."""
        path = f"/api/v1/cases/{code}/moves"
        return self.as_(login).post(path, json={"trigger": trigger, **body}, headers={"If-Match": match})

    def paper(self, number: str = "12/HĐND-TT") -> str:
        """Return the identifier of a paper with this number."""
        found = self.as_("charge").get("/api/v1/documents", params={"number": number}).json()
        return cast("str", found[-1]["paper"]["id"])

    def bring(
        self, paper: str, content: bytes, name: str = "bao-cao.pdf", /, login: str = "charge", **headers: str
    ) -> Any:
        """Bring a file to a paper over HTTP and return the answer, whatever it is."""
        kind = {"Content-Type": "application/octet-stream", **headers}
        path = f"/api/v1/documents/{paper}/files"
        return self.as_(login).post(path, params={"name": name}, content=content, headers=kind)

    def sent(self, *addressees: str) -> tuple[str, list[str]]:
        """Return a petition that was sent to `addressees`, with its referrals in that order."""
        code = self.enter()
        self.move(code, "screen", on="2026-08-05", payload={"level": "commune"})
        moved = self.move(
            code,
            "transfer",
            on="2026-08-06",
            payload={"addressees": list(addressees or ("UBND",))},
            document={"number": "12/HĐND-TT", "issued_on": "2026-08-06"},
        )
        return code, moved["referrals"]

    def operations(self, *methods: str) -> list[tuple[str, str]]:
        """Return every documented route as (METHOD, path)."""
        paths = self.app.openapi()["paths"]
        return [(m.upper(), p) for p, told in paths.items() for m in told if not methods or m.upper() in methods]
