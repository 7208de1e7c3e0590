"""The bodies of writing requests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field

from api.shapes.base import Incoming
from states.entries import DocumentSlip, Line, OpenRound, Petitioner, Record, said


class DecidedBy(Incoming):
    """Who decided or signed, where it is not the usual body."""

    agency: Line | None = said("Cơ quan quyết định (mã)", "Deciding body (code)")
    person: Line | None = said("Người quyết định", "Person")
    capacity: Line | None = said("Chức vụ, thẩm quyền", "Capacity")


class Dated(Incoming):
    """An entry with its day: left out means today in Hanoi, null means honestly unknown."""

    on: date | None = said("Ngày thực hiện", "Day of the fact")

    def day(self, today: date) -> date | None:
        """Return the day that was meant."""
        return self.on if "on" in self.model_fields_set else today


class MoveRequest(Dated):
    """One trigger on a case, or on one of its referrals."""

    trigger: Line = Field(title="Việc cần ghi", json_schema_extra={"label_en": "Trigger"})
    referral: UUID | None = said("Lần chuyển", "Referral")
    payload: Mapping[str, Any] = said("Nội dung nhập", "Entry", default={})
    document: DocumentSlip | None = said("Văn bản", "Document")
    decided_by: DecidedBy | None = said("Bên quyết định", "Decided by")


class PetitionRequest(Dated):
    """A petition to be entered in the register. `on` is the day of receipt."""

    payload: Record = Field(title="Nội dung nhập", json_schema_extra={"label_en": "Entry"})
    petitioner: Petitioner | None = said("Cử tri", "Petitioner")
    document: DocumentSlip | None = said("Văn bản", "Document")
    repeats: Line | None = said("Nêu lại kiến nghị (mã)", "Repeats the case (code)")
    council: Line | None = said("Hội đồng (mã)", "Council (code)")


class RoundRequest(Dated):
    """A voter-contact round to be opened."""

    payload: OpenRound = Field(title="Nội dung nhập", json_schema_extra={"label_en": "Entry"})
    document: DocumentSlip | None = said("Văn bản", "Document")
    council: Line | None = said("Hội đồng (mã)", "Council (code)")


class TakeRequest(Dated):
    """Takes a proposal: the move it names, with what that move needs."""

    payload: Mapping[str, Any] = said("Nội dung nhập", "Entry", default={})
    document: DocumentSlip | None = said("Văn bản", "Document")
    decided_by: DecidedBy | None = said("Bên quyết định", "Decided by")


class DeclineRequest(Incoming):
    """Turns a proposal down."""

    reason: Line = Field(title="Lý do không chấp thuận", json_schema_extra={"label_en": "Reason"})
