"""What may stand behind the question mark of a file that is taken in: its name, and how it is read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path, PurePath
from typing import Annotated

from pydantic import Field

from api.shapes.queries import CouncilQuery, Short
from states.entries import must, said
from states.errors import BadInput
from states.paper_words import SignedAs
from states.text import Text
from states.vocabulary import RoundKind
from workflows.answering.plans import Told
from workflows.answering.settling import settled
from workflows.importing.filling import fillable_fields
from workflows.importing.fingerprints import origin_of
from workflows.importing.intake import Given
from workflows.importing.mapping import ColumnMapping, make_mapping
from workflows.importing.of_kinds.taking import KindOrder
from workflows.importing.repeating import Repeats
from workflows.importing.taking import ImportOrder
from workflows.importing.tellings import Results
from workflows.printing.followup_return import Returned

Line = Annotated[str, Field(max_length=1000)]
_SEPARATOR = re.compile(r"[/\\]")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")
_UNNAMED = Text("«Tên tệp» chưa nhập: ghi cả đuôi, như danh-sach.xlsx", "“Name” is missing, such as list.xlsx")
_MAPPED = Text("«mapping»: viết TIÊU ĐỀ=trường", "“mapping”: write HEADING=field")
_SET = Text("«set»: viết trường=giá trị", "“set”: write field=value")
_BOTH = Text(
    "«received_on» và «received_day_unknown»: chỉ dùng một", "“received_on” and “received_day_unknown”: say only one"
)


class ImportQuery(CouncilQuery):
    """A file that is taken in: what it is called, whether its good rows are taken, or only looked at."""

    name: Line = said("Tên tệp", "Name of the file", default="")
    partial: bool = said("Ghi các dòng đúng", "Take the good rows", default=False)
    dry_run: bool = said("Chạy thử, không ghi gì", "Write nothing", default=False)

    @property
    def file_name(self) -> str:
        """Return the name without folders. Raises: BadInput when there is none."""
        last = _SEPARATOR.split(self.name)[-1].strip()
        if not last.strip("."):
            raise BadInput({"name": _UNNAMED})
        return last

    @property
    def suffix(self) -> str:
        """Return the ending of the name, empty where it has none that a program would know."""
        ending = PurePath(self.file_name).suffix
        return ending if _ENDING.fullmatch(ending) else ""


class TableQuery(ImportQuery):
    """A file with a table: which one, and what headings mean that Dondoc does not know."""

    sheet: Short | None = said("Trang tính hoặc bảng", "Sheet or table")
    mapping: list[Line] = said("Ánh xạ cột (TIÊU ĐỀ=trường)", "Columns (HEADING=field)", default=[], max_length=200)

    def headings(self) -> dict[str, str]:
        """Return the headings that are said to mean a field, with its name. Raises: BadInput."""
        pairs = [heading.rpartition("=")[::2] for heading in self.mapping]
        if any(not heading.strip() for heading, _ in pairs):
            raise BadInput({"mapping": _MAPPED})
        return dict(pairs)

    def columns(self) -> ColumnMapping | None:
        """Return what the headings mean. Raises: BadInput, BadMapping."""
        headings = self.headings()
        return make_mapping(headings) if headings else None


class PetitionsQuery(TableQuery):
    """How a list of petitions is taken in: what its rows leave unsaid, and what becomes of rows that come again."""

    origin: Short | None = said("Tên danh sách; mặc định tên tệp", "Name of the list; the file's")
    received_on: date | None = said("Ngày nhận của dòng không ghi ngày", "Day received, for rows that say none")
    session: Short | None = said("Kỳ họp của dòng không ghi", "Session, for rows that say none")
    round: Short | None = said("Đợt tiếp xúc của dòng không ghi", "Contact round, for rows that say none")
    round_kind: RoundKind | None = said("Loại đợt của dòng không ghi", "Kind of round, for rows that say none")
    addressee: Short | None = said("Cơ quan được chuyển của dòng không ghi", "Addressee, for rows that say none")
    repeats: Repeats = said("Dòng trùng với danh sách khác", "Repeats of another list", default=Repeats.RAISE)
    results: Results = said("Kết quả trong sổ cũ", "Results of an old register", default=Results.CLAIMED)
    update: bool = said("Cập nhật hồ sơ theo dòng ghi khác", "Bring changed rows up to date", default=False)
    fill_down: list[Short] = said(
        "Trường có ô trống lấy theo dòng trên", "Fields whose blank cells say what is above", default=[], max_length=30
    )

    def order(self, path: Path) -> ImportOrder:
        """Return the order for the file at `path`; the list is called as its sender calls the file."""
        return ImportOrder(
            path=path,
            mapping=self.columns(),
            origin=self.origin if self.origin is not None else origin_of(Path(self.file_name)),
            sheet=self.sheet,
            given=Given(
                received_on=self.received_on,
                session=self.session,
                round=self.round,
                round_kind=self.round_kind,
                addressee=self.addressee,
            ),
            repeats=self.repeats,
            partial=self.partial,
            dry_run=self.dry_run,
            results=self.results,
            update=self.update,
            fill_down=fillable_fields(self.fill_down),
        )


class CasesQuery(TableQuery):
    """How a list of cases of a kind is taken in: of which kind, and what its rows leave unsaid."""

    kind: Short = must("Loại hồ sơ", "Kind")
    origin: Short | None = said("Tên danh sách; mặc định tên tệp", "Name of the list; the file's")
    received_on: date | None = said("Ngày nhận của dòng không ghi ngày", "Day received, for rows that say none")
    set: list[Line] = said(
        "Giá trị cho dòng không ghi (trường=giá trị)", "For rows that say none (field=value)", default=[], max_length=50
    )

    def order(self, path: Path) -> KindOrder:
        """Return how the list at `path` is taken. Raises: BadInput."""
        return KindOrder(
            path=path,
            kind=self.kind,
            mapping=self.headings(),
            given=_given(self.set),
            received_on=self.received_on,
            origin=self.origin if self.origin is not None else origin_of(Path(self.file_name)),
            sheet=self.sheet,
            partial=self.partial,
            dry_run=self.dry_run,
        )


class AnswersQuery(TableQuery):
    """What is said of an answer report beside its file, and what is decided of its rows."""

    number: Short | None = said("Số báo cáo; không ghi thì đọc từ tệp", "Number; else read from the file")
    issued_on: date | None = said("Ngày báo cáo; không ghi thì đọc từ tệp", "Date; else read from the file")
    issuer: Short | None = said("Cơ quan ban hành (mã hoặc tên)", "Issuing agency (code or name)")
    signer: Short | None = said("Người ký", "Signer")
    signed_as: SignedAs | None = said("Thẩm quyền ký", "Signed as")
    position: Short | None = said("Chức vụ người ký", "Position of the signer")
    subject: Line | None = said("Trích yếu", "Subject")
    received_on: date | None = said("Ngày Thường trực HĐND nhận; mặc định hôm nay", "Day received; today by default")
    received_day_unknown: bool = said("Không rõ ngày nhận", "The day received is not known", default=False)
    replies_to: Short | None = said("Số văn bản chuyển được trả lời", "Letter replied to")
    copied_to_front: bool | None = said("Có gửi Ban Thường trực UBMTTQ", "Copied to the Front's standing board")
    match: list[Short] = said("Khớp dòng (DÒNG=MÃ)", "Matched rows (ROW=CODE)", default=[], max_length=2000)
    result: list[Short] = said("Kết quả (DÒNG=KẾT QUẢ)", "Results (ROW=RESULT)", default=[], max_length=2000)
    skip: list[int] = said("Bỏ qua dòng", "Rows to leave out", default=[], max_length=2000)
    attach: bool = said("Lưu tệp cùng văn bản", "Keep the file with the paper", default=False)

    def told(self, today: date) -> Told:
        """Return what was said. Raises: BadInput."""
        if self.received_day_unknown and self.received_on is not None:
            raise BadInput({"received_on": _BOTH})
        told = Told(
            number=self.number,
            issued_on=self.issued_on,
            issuer=self.issuer,
            signer=self.signer,
            signed_as=self.signed_as,
            position=self.position,
            subject=self.subject,
            received_on=None if self.received_day_unknown else self.received_on or today,
            replies_to=self.replies_to,
            copied_to_front=self.copied_to_front,
            partial=self.partial,
        )
        return settled(told, match=self.match, result=self.result, skip=self.skip)


class FollowUpQuery(ImportQuery):
    """How a follow-up sheet came back."""

    agency: Short | None = said("Đơn vị, khi phiếu không có mã phiếu", "Whose sheet it is (code)")
    number: Short | None = said("Số văn bản kèm phiếu", "Number of its letter")
    issued_on: date | None = said("Ngày văn bản, ngày báo cáo", "Its date")

    def returned(self) -> Returned:
        """Return how it came back."""
        return Returned(
            agency=self.agency, number=self.number, issued_on=self.issued_on, on=self.issued_on, partial=self.partial
        )


def _given(pairs: list[str]) -> dict[str, str]:
    """Return what holds for rows that say nothing themselves. Raises: BadInput."""
    found = [pair.partition("=") for pair in pairs]
    if any(not name.strip() or not sign for name, sign, _ in found):
        raise BadInput({"set": _SET})
    return {name.strip(): value for name, _, value in found}
