"""A council with petitions that are all with one authority, ready for one progress report each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from models.units import Database, connect
from states.entries import DocumentSlip
from states.facts import Actor
from workflows import accounts, councils, moving, registering
from workflows.migrating import upgrade
from workflows.orders import Order

RECEIVED = date(2026, 8, 3)
SENT = date(2026, 8, 5)
REPORTED = date(2026, 8, 20)
WORDS = "Đã khảo sát hiện trường, đang lập dự toán để trình Ủy ban nhân dân xã xem xét."


@dataclass(frozen=True)
class Waiting:
    """One referral that waits for a progress report."""

    code: str
    case_id: UUID
    referral: UUID


def furnish(url: str, *, cases: int) -> list[Waiting]:
    """Migrate an empty database and leave `cases` petitions received by their addressee."""
    upgrade(url)
    database = connect(url)
    try:
        with database.writing() as unit:
            operator = accounts.operator(unit, user="benchmark")
            spec = councils.CouncilSpec(code="DO", name="Hội đồng nhân dân xã Đo Lường")
            setting = councils.create(unit, spec=spec, actor=operator)
        with database.writing() as unit:
            births = [_birth(number) for number in range(cases)]
            born = registering.register_all(unit, setting=setting, births=births, actor=operator)
        return [_send(database, moved.code, moved.case_id, operator) for moved in born]
    finally:
        database.close()


def _birth(number: int) -> registering.Birth:
    text = f"Cử tri đề nghị sửa chữa đoạn đường liên thôn số {number}, mặt đường hư hỏng, đi lại khó khăn."
    return registering.Birth("petition", {"text": text, "round_kind": "before_session"}, RECEIVED)


def _send(database: Database, code: str, case_id: UUID, operator: Actor) -> Waiting:
    letter = DocumentSlip(number="15/HĐND-TT", issued_on=SENT)
    with database.writing() as unit:
        moving.move(unit, code=code, order=Order("screen", operator, RECEIVED, {"level": "commune"}))
    with database.writing() as unit:
        sent = moving.move(
            unit, code=code, order=Order("transfer", operator, SENT, {"addressees": ["UBND"]}, document=letter)
        )
    referral = sent.referrals[0]
    with database.writing() as unit:
        moving.move(unit, code=code, order=Order("receive", operator, SENT, referral=referral))
    return Waiting(code, case_id, referral)
