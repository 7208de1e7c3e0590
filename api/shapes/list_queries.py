"""What may stand behind the question mark of files that are made: which kind of file, about which petitions."""

from __future__ import annotations

from datetime import date

from api.shapes.queries import CouncilQuery, Short
from states.entries import said
from workflows.printing.making import Form
from workflows.printing.picking import Choice


class RegisterQuery(CouncilQuery):
    """Which petitions of the register, as which kind of file."""

    format: Form = said("Loại tệp", "Kind of file", default=Form.XLSX)
    round: Short | None = said("Đợt tiếp xúc cử tri (mã)", "Contact round (code)")
    session: Short | None = said("Kỳ họp (mã)", "Session (code)")
    locality: Short | None = said("Thôn, bản", "Hamlet")

    def choice(self) -> Choice:
        """Return which petitions are asked for."""
        return Choice(round=self.round, session=self.session, locality=self.locality)


class AnnexQuery(RegisterQuery):
    """Which petitions go into an annex: chosen ones too, or those of a paper."""

    case: list[Short] = said("Kiến nghị (mã)", "Petitions (codes)", default=[], max_length=1000)
    document: Short | None = said("Văn bản (số)", "Paper (number)")
    dated: date | None = said("Ngày văn bản", "Date of the paper")

    def choice(self) -> Choice:
        """Return which petitions are asked for."""
        return Choice(tuple(self.case), self.round, self.session, self.document, self.dated, self.locality)


class PacketQuery(CouncilQuery):
    """Which hamlet, and which round; all where none is named."""

    locality: Short | None = said("Thôn, bản", "Hamlet")
    round: Short | None = said("Đợt tiếp xúc cử tri (mã)", "Contact round (code)")


class SheetQuery(CouncilQuery):
    """As which kind of file a follow-up sheet is made."""

    format: Form = said("Loại tệp", "Kind of file", default=Form.XLSX)
