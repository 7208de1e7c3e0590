"""A council with its people, sessions and agencies, as most tests need it: small, invented, on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from models.units import Database, connect
from states.entries import DocumentSlip, Petitioner
from states.facts import Actor, Signed
from states.vocabulary import AgencyKind, Confidentiality, Level, Role, SessionKind
from workflows import access, accounts, correcting, councils, moving, registering
from workflows.access import Seen, Setting
from workflows.councils import AgencySpec, CouncilSpec, PersonSpec, SessionSpec
from workflows.orders import Moved, Order

NOON = datetime(2026, 9, 10, 5, 0, tzinfo=UTC)
RECEIVED = date(2026, 8, 1)
LETTER = DocumentSlip(number="12/HĐND-TT", issued_on=date(2026, 8, 6))

AGENCIES = (
    AgencySpec(code="KT", name="Phòng Kinh tế", kind=AgencyKind.SPECIALIZED_AGENCY),
    AgencySpec(code="VHXH", name="Phòng Văn hóa - Xã hội", kind=AgencyKind.SPECIALIZED_AGENCY),
    AgencySpec(code="DIEN", name="Điện lực khu vực", kind=AgencyKind.ENTERPRISE),
    AgencySpec(code="CU", name="Phòng Địa chính (cũ)", kind=AgencyKind.SPECIALIZED_AGENCY, valid_to=date(2025, 6, 30)),
    AgencySpec(code="BANKT", name="Ban Kinh tế - Ngân sách HĐND xã", kind=AgencyKind.COUNCIL_COMMITTEE),
    AgencySpec(code="BANPC", name="Ban Pháp chế HĐND xã", kind=AgencyKind.COUNCIL_COMMITTEE),
    AgencySpec(code="TINH", name="Ủy ban nhân dân tỉnh", kind=AgencyKind.PEOPLES_COMMITTEE, level=Level.PROVINCE),
)
PEOPLE = (
    PersonSpec(full_name="Lường Thị Văn Thư", agency="VP", role=Role.CLERK, login="clerk"),
    PersonSpec(full_name="Cầm Văn Chuyên Viên", agency="VP", role=Role.OFFICER, login="officer"),
    PersonSpec(full_name="Quàng Thị Phụ Trách", agency="VP", role=Role.COUNCIL_OFFICE, login="charge"),
    PersonSpec(full_name="Lò Văn Thường Trực", agency="TTHDND", role=Role.STANDING_BODY, login="standing"),
    PersonSpec(full_name="Tòng Thị Mặt Trận", agency="UBMTTQ", role=Role.FRONT, login="front"),
    PersonSpec(full_name="Hoàng Văn Đại Biểu", agency="HDND", role=Role.DEPUTY, login="deputy"),
    PersonSpec(full_name="Đèo Văn Ủy Ban", agency="UBND", role=Role.OFFICER, login="ubnd"),
    PersonSpec(full_name="Bạc Thị Kinh Tế", agency="KT", role=Role.HEAD, login="kt"),
    PersonSpec(full_name="Vì Văn Điện Lực", agency="DIEN", role=Role.CLERK, login="dien"),
    PersonSpec(full_name="Sùng A Theo Dõi", agency="HDND", role=Role.SUPERVISOR, login="supervisor"),
    PersonSpec(full_name="Giàng Thị Kiểm Tra", agency="HDND", role=Role.AUDITOR, login="auditor"),
)
SESSIONS = (
    SessionSpec(
        code="KH2",
        name="Kỳ họp thứ 2",
        kind=SessionKind.REGULAR,
        opening_on=date(2026, 12, 1),
        closing_on=date(2026, 12, 3),
    ),
)


@dataclass
class HandClock:
    """A clock that stands where it is put and moves on by `step` with every unit."""

    now: datetime = NOON
    step: timedelta = timedelta(seconds=1)

    def __call__(self) -> datetime:
        """Return the instant and move on."""
        said, self.now = self.now, self.now + self.step
        return said


@dataclass
class Office:
    """A council's office at work: what a test does through it goes through the one door."""

    database: Database
    setting: Setting
    clock: HandClock
    operator: Actor
    actors: dict[str, Actor] = field(default_factory=dict)
    agencies: dict[str, UUID] = field(default_factory=dict)

    def __getitem__(self, login: str) -> Actor:
        """Return the actor with this login."""
        return self.actors[login]

    def record(
        self,
        text: str = "Đường vào bản Nà Pát lầy lội, đề nghị sửa",
        *,
        on: date | None = RECEIVED,
        actor: Actor | None = None,
        petitioner: Petitioner | None = None,
        confidentiality: Confidentiality = Confidentiality.INTERNAL,
        **payload: Any,
    ) -> str:
        """Enter a petition and return its code; the round is before the session unless said otherwise."""
        payload = {"round_kind": "before_session", "session": "KH2", **payload}
        return self.born(
            registering.Birth(
                "petition", {"text": text, **payload}, on, petitioner=petitioner, confidentiality=confidentiality
            ),
            actor=actor,
        )

    def born(self, birth: registering.Birth, *, actor: Actor | None = None) -> str:
        """Register a birth and return the code of the case."""
        with self.database.writing() as unit:
            moved = registering.register(unit, setting=self.setting, birth=birth, actor=actor or self.operator)
        return moved.code

    def go(
        self,
        code: str,
        trigger: str,
        on: date | None = date(2026, 8, 5),
        /,
        *,
        actor: Actor | None = None,
        referral: UUID | None = None,
        document: DocumentSlip | None = None,
        decided_by: Signed | None = None,
        expected: int | None = None,
        **payload: Any,
    ) -> Moved:
        """Fire one trigger in a unit of its own."""
        order = Order(
            trigger,
            actor or self.operator,
            on,
            payload,
            referral=referral,
            decided_by=decided_by,
            document=document,
            expected=expected,
        )
        with self.database.writing() as unit:
            return moving.move(unit, code=code, order=order)

    def sent(self, *addressees: str, code: str | None = None, on: date = date(2026, 8, 6)) -> tuple[str, list[UUID]]:
        """Bring a petition to its addressees with a numbered letter; return its code and referrals in that order."""
        code = code or self.record()
        if self.see(code).row["state"] in {"recorded", "compiled"}:
            self.go(code, "screen", date(2026, 8, 5), level="commune")
        moved = self.go(code, "transfer", on, document=LETTER, addressees=list(addressees or ("UBND",)))
        return code, list(moved.referrals)

    def received(self, on: date) -> str:
        """Bring a petition to UBND and enter that it came there on a day; return its code."""
        code, (referral,) = self.sent("UBND")
        self.go(code, "receive", on, referral=referral)
        return code

    def due(self, code: str) -> date:
        """Return the due date of the first clock of a case that runs."""
        found: date = next(c["due_on"] for c in self.see(code).clocks if c["state"] == "running")
        return found

    def see(self, code: str, *, actor: Actor | None = None) -> Seen:
        """Return the case as it stands."""
        with self.database.reading() as unit:
            return access.case(unit, code=code, actor=actor or self.operator)

    def events(self, code: str) -> list[dict[str, Any]]:
        """Return all events of a case in order."""
        with self.database.reading() as unit:
            return correcting.events_of(unit, access.case(unit, code=code, actor=self.operator))

    def rows(self, query: str) -> list[dict[str, Any]]:
        """Return the rows of a query of ours, as the driver gives them."""
        with self.database.reading() as unit:
            found = unit.connection.exec_driver_sql(query, execution_options={"no_parameters": True})
            return [dict(row) for row in found.mappings()]

    def raw(self, *statements: str) -> None:
        """Write behind the application's back, as the owner of the database may."""
        with self.database.writing() as unit:
            unit.take_lock()
            for statement in statements:
                unit.connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def standing_body(office: Office) -> Signed:
    """Return the standing body as the one who decided."""
    return Signed(office.setting.standing_body)


@contextmanager
def open_office(url: str) -> Iterator[Office]:
    """Set up the invented council in the migrated database at `url`."""
    clock = HandClock()
    database = connect(url, clock=clock)
    try:
        with database.writing() as unit:
            operator = accounts.operator(unit, user="test")
            spec = CouncilSpec(
                code="NP",
                name="HĐND xã Nà Pát",
                agencies=AGENCIES,
                people=PEOPLE,
                sessions=SESSIONS,
                localities=("Bản Nà Pát", "Bản Co Muông"),
            )
            setting = councils.create(unit, spec=spec, actor=operator)
            actors = {p.login: accounts.account(unit, login=p.login) for p in PEOPLE if p.login}
            office = Office(database, setting, clock, operator, actors, councils.agency_ids(unit, setting.council))
        yield office
    finally:
        database.close()
