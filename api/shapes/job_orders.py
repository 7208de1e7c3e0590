"""What may be asked of each kind of job, and how its work reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from api.shapes.import_queries import AnswersQuery, CasesQuery, PetitionsQuery
from api.shapes.queries import CouncilQuery, Short
from deadlines.announcements import Announcement
from states.entries import must, said
from states.errors import BadInput
from states.reckoning import AnnouncementKind, AnnouncementStatus
from states.text import Text
from states.wording import problems_of
from workflows import announcing
from workflows.printing.making import Form
from workflows.working.kinds import kind_of
from workflows.working.orders import (
    AdoptionOrder,
    AnswersOrder,
    BackupOrder,
    Batch,
    CasesOrder,
    ClocksOrder,
    DaysOrder,
    LettersOrder,
    PetitionsOrder,
    VerifyOrder,
)


class ClocksJob(CouncilQuery):
    """By what the clocks are reckoned anew."""

    regulation: Short | None = said("Quy chế (mã); không ghi: theo lịch nghỉ", "Regulation (code); else the calendar")


class AdoptionJob(CouncilQuery):
    """Which regulation is adopted, from when, and which of its limits are switched."""

    regulation: Short = must("Quy chế (mã)", "Regulation (code)")
    version: Short | None = said("Phiên bản", "Version")
    from_on: date = must("Áp dụng từ ngày", "From")
    precedence: Short | None = said("Thứ bậc", "Precedence")
    basis: Short = said("Áp dụng cho (started, received)", "Basis", default="started")
    switches: Mapping[str, Mapping[str, bool]] = said("Bật, tắt", "Switches", default={})


class DaysJob(CouncilQuery):
    """Which days are announced as off, or as worked in exchange."""

    first: date = must("Ngày, hoặc ngày đầu", "Day, or first day")
    last: date | None = said("Đến ngày", "Last day")
    name: Short = must("Tên ngày nghỉ", "Name")
    name_en: Short | None = said("Tên tiếng Anh", "English name")
    source: Short = must("Văn bản công bố", "Announcing paper")
    worked: bool = said("Là ngày làm bù", "Worked in exchange", default=False)
    provisional: bool = said("Mới là dự kiến", "Provisional", default=False)


class LettersJob(CouncilQuery):
    """Which files are made in one go."""

    batch: Batch = must("Loại (packets, followups)", "Batch")
    round: Short | None = said("Đợt tiếp xúc cử tri (mã)", "Contact round (code)")
    format: Form = said("Loại tệp của phiếu", "Kind of file of the sheets", default=Form.XLSX)


class BackupJob(CouncilQuery):
    """Back up the whole installation."""


class VerifyJob(CouncilQuery):
    """Nothing more is asked."""


def _petitions(asked: PetitionsQuery, _today: date) -> PetitionsOrder:
    return PetitionsOrder(taking=asked.order(Path(asked.file_name)), suffix=asked.suffix)


def _cases(asked: CasesQuery, _today: date) -> CasesOrder:
    return CasesOrder(taking=asked.order(Path(asked.file_name)), suffix=asked.suffix)


def _answers(asked: AnswersQuery, today: date) -> AnswersOrder:
    return AnswersOrder(
        told=asked.told(today),
        name=asked.file_name,
        suffix=asked.suffix,
        mapping=asked.columns(),
        sheet=asked.sheet,
        attach=asked.attach,
        dry_run=asked.dry_run,
    )


def _clocks(asked: ClocksJob, _today: date) -> ClocksOrder:
    return ClocksOrder(regulation=asked.regulation)


def _adoption(asked: AdoptionJob, _today: date) -> AdoptionOrder:
    return AdoptionOrder(
        regulation=asked.regulation,
        from_on=asked.from_on,
        version=asked.version,
        precedence=asked.precedence,
        basis=asked.basis,
        switches=asked.switches,
    )


def _days(asked: DaysJob, _today: date) -> DaysOrder:
    kind = AnnouncementKind.WORKED if asked.worked else AnnouncementKind.OFF
    status = AnnouncementStatus.PROVISIONAL if asked.provisional else AnnouncementStatus.ANNOUNCED
    name = Text(asked.name, asked.name_en or asked.name)
    days = announcing.span(asked.first, asked.last or asked.first)
    return DaysOrder(announced=tuple(Announcement(day, kind, name, asked.source, status) for day in days))


def _letters(asked: LettersJob, _today: date) -> LettersOrder:
    if asked.format is Form.CSV:
        raise BadInput({"format": Text("Phiếu theo dõi in ra XLSX hoặc DOCX", "Sheets are made as XLSX or DOCX")})
    return LettersOrder(batch=asked.batch, round=asked.round, form=asked.format)


def _backup(_asked: BackupJob, _today: date) -> BackupOrder:
    return BackupOrder()


def _verify(_asked: VerifyJob, _today: date) -> VerifyOrder:
    return VerifyOrder()


@dataclass(frozen=True, slots=True)
class Asking:
    """The form of a kind of job, and what reads a filled one."""

    shape: type[CouncilQuery]
    read: Callable[[Any, date], Any]


ASKINGS: Mapping[str, Asking] = {
    "import_petitions": Asking(PetitionsQuery, _petitions),
    "import_cases": Asking(CasesQuery, _cases),
    "import_answers": Asking(AnswersQuery, _answers),
    "reckon_clocks": Asking(ClocksJob, _clocks),
    "adopt_regulation": Asking(AdoptionJob, _adoption),
    "announce_days": Asking(DaysJob, _days),
    "make_letters": Asking(LettersJob, _letters),
    "verify": Asking(VerifyJob, _verify),
    "backup": Asking(BackupJob, _backup),
}


def filled(kind: str, asked: Mapping[str, Any], *, place: str = "order") -> CouncilQuery:
    """Return what was asked of a kind of job, checked field by field. Raises: NotFound, BadInput naming `place`."""
    shape = ASKINGS[kind_of(kind).name].shape
    try:
        return shape.model_validate(dict(asked))
    except ValidationError as wrong:
        raise BadInput({f"{place}.{name}": text for name, text in problems_of(shape, wrong).items()}) from None


def read_order(kind: str, asked: Mapping[str, Any], today: date) -> Any:
    """Return what was asked of a kind of job as its work reads it. Raises: NotFound, BadInput."""
    return ASKINGS[kind_of(kind).name].read(filled(kind, asked), today)


def stored(asked: CouncilQuery) -> dict[str, Any]:
    """Return what is kept of what was asked: what was said, and nothing more."""
    return asked.model_dump(mode="json", exclude_unset=True)
