"""The papers of the sample: one letter or report moves many cases, as in the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from states.entries import DocumentSlip
from states.paper_words import DocumentType, SignedAs
from workflows.sample.days import Days

_STANDING_BODY, _COMMITTEE, _FRONT = "TTHDND", "UBND", "UBMTTQ"


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers that several cases share; what belongs to one case is written in its story."""

    letter_after: DocumentSlip
    answers_after: DocumentSlip
    conclusion_after: DocumentSlip
    notice_after: DocumentSlip
    letter_before: DocumentSlip


def papers_of(days: Days) -> Papers:
    """Return the shared papers with their days."""
    return Papers(
        letter_after=letter("18/HĐND-TT", days.back(123), "Chuyển kiến nghị cử tri sau kỳ họp thứ Hai"),
        answers_after=report("61/BC-UBND", days.back(96), "Kết quả giải quyết kiến nghị cử tri sau kỳ họp thứ Hai"),
        conclusion_after=conclusion("05/KL-HĐND", days.back(86), "Kết luận phiên họp Thường trực HĐND xã"),
        notice_after=front("22/TB-MTTQ", days.back(80), "Thông báo kết quả giải quyết kiến nghị cử tri"),
        letter_before=letter("33/HĐND-TT", days.back(36), "Chuyển kiến nghị cử tri trước kỳ họp thứ Ba"),
    )


def letter(number: str, day: date, subject: str) -> DocumentSlip:
    """Return an official letter of the standing body."""
    return DocumentSlip(
        number=number,
        issued_on=day,
        issuer=_STANDING_BODY,
        signer="Nông Thị Sầm Hoa",
        signed_as=SignedAs.ON_BEHALF_OF_BODY,
        subject=subject,
    )


def report(number: str, day: date, subject: str) -> DocumentSlip:
    """Return a report of the people's committee: it answers, its units advise."""
    return DocumentSlip(
        number=number,
        issued_on=day,
        type=DocumentType.REPORT,
        issuer=_COMMITTEE,
        signer="Tô Vĩnh Bách",
        signed_as=SignedAs.ON_BEHALF_OF_BODY,
        subject=subject,
    )


def conclusion(number: str, day: date, subject: str) -> DocumentSlip:
    """Return a conclusion of the standing body."""
    return DocumentSlip(
        number=number,
        issued_on=day,
        type=DocumentType.CONCLUSION,
        issuer=_STANDING_BODY,
        signer="Ma Thị Ngân Hạ",
        signed_as=SignedAs.ON_BEHALF_OF_BODY,
        subject=subject,
    )


def front(number: str, day: date, subject: str) -> DocumentSlip:
    """Return a notice of the Front's standing board."""
    return DocumentSlip(
        number=number,
        issued_on=day,
        type=DocumentType.NOTICE,
        issuer=_FRONT,
        signer="Hứa Văn Nghiệp",
        signed_as=SignedAs.ON_BEHALF_OF_BODY,
        subject=subject,
    )


def plan(number: str, day: date, subject: str) -> DocumentSlip:
    """Return a plan of voter contacts."""
    return DocumentSlip(
        number=number,
        issued_on=day,
        type=DocumentType.PLAN,
        issuer=_STANDING_BODY,
        signer="Nông Thị Sầm Hoa",
        signed_as=SignedAs.ON_BEHALF_OF_BODY,
        subject=subject,
    )


def from_unit(number: str, day: date, subject: str, *, issuer: str) -> DocumentSlip:
    """Return an official letter of an addressee."""
    return DocumentSlip(number=number, issued_on=day, issuer=issuer, subject=subject)
