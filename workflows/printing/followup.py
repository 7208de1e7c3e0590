"""The follow-up sheet of one unit ("Phiếu theo dõi"): its open cases, and three columns for it to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from deadlines.wording import full_date, plain_date
from models.cases import Case, Referral
from models.columns import table_of
from models.councils import Agency
from models.units import Unit
from states.errors import NotFound
from states.facts import Actor
from states.petition import PETITION_KIND, P
from states.reckoning import LimitStatus
from states.text import Text
from workflows.access import NAMED_ONLY, Setting
from workflows.printing.annexes import Line
from workflows.printing.fields import printed, row_list
from workflows.printing.filed import Filed, Reported, Sending
from workflows.printing.petition_stories import petitions
from workflows.printing.register_book import due
from workflows.printing.table_shapes import Closing, Column, Holds, Table
from workflows.visibility import visible

_case, _referral, _agency = table_of(Case), table_of(Referral), table_of(Agency)
SHORT = 240
MARKER = re.compile(r"PTD/(?P<council>[^/\s]+)/(?P<agency>[^/\s]+)/(?P<day>[0-9]{8})")


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowRow:
    """One open case; the three columns that the unit fills in are empty."""

    ordinal: str = printed("stt", "Số thứ tự", "Ordinal", "1")
    code: str = printed("ma", "Mã kiến nghị", "Code", "NP-KN-26-0001")
    text: str = printed("noi_dung", "Nội dung (tóm tắt)", "Text (short)", "Đường vào bản lầy lội, đề nghị sửa chữa")
    locality: str = printed("dia_ban", "Địa bàn", "Place", "Bản Nà Pát")
    received: str = printed("ngay_nhan", "Ngày nhận", "Received", "07/08/2026")
    due: str = printed("han", "Hạn", "Due", "27/08/2026, còn 3 ngày làm việc")
    last: str = printed("lan_truoc", "Báo cáo gần nhất", "Last report", "15/08/2026: đang khảo sát")
    progress: str = printed("tien_do", "Tiến độ (để trống)", "Progress (empty)", "")
    obstacle: str = printed("vuong_mac", "Khó khăn, vướng mắc (để trống)", "Obstacle (empty)", "")
    expected: str = printed("du_kien", "Dự kiến xong (để trống)", "Expected (empty)", "")
    version: str = printed("ban", "Bản của hồ sơ khi in", "Version when printed", "7")


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowSheet:
    """The sheet as its Word template prints it."""

    council: str = printed("hoi_dong", "Hội đồng", "Council", "HĐND xã Nà Pát")
    unit: str = printed("don_vi", "Đơn vị", "Unit", "Phòng Kinh tế")
    as_of: str = printed("den_ngay", "Tính đến ngày", "As of", "Tính đến ngày 10/09/2026")
    marker: str = printed("ma_phieu", "Mã phiếu (giữ nguyên khi gửi lại)", "Code of the sheet", "PTD/NP/KT/20260910")
    rows: tuple[FollowRow, ...] = row_list("ho_so", "Các hồ sơ", "Cases", FollowRow)
    notes: tuple[Line, ...] = row_list("chu_thich", "Chú thích", "Notes", Line)


COLUMNS = (
    Column("STT", "ordinal", 5, Holds.NUMBER),
    Column("Mã", "code", 16),
    Column("Nội dung (tóm tắt)", "text", 36),
    Column("Địa bàn", "locality", 14),
    Column("Ngày nhận", "received", 11, Holds.MARK),
    Column("Hạn", "due", 15),
    Column("Báo cáo gần nhất", "last", 22),
    Column("Tiến độ", "progress", 30),
    Column("Khó khăn, vướng mắc", "obstacle", 24),
    Column("Dự kiến xong", "expected", 12, Holds.MARK),
    Column("Bản", "version", 5, Holds.NUMBER),
)
_HOW = (
    "Đơn vị ghi vào ba cột «Tiến độ», «Khó khăn, vướng mắc», «Dự kiến xong» (ngày/tháng/năm) rồi gửi lại;"
    " giữ nguyên cột «Mã», cột «Bản» và dòng mã phiếu."
)


@dataclass(frozen=True, slots=True)
class Body:
    """An agency whose sheet is asked for."""

    id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Held:
    """A case and the sending by which the unit has it."""

    filed: Filed
    sending: Sending


def body(unit: Unit, *, setting: Setting, code: str) -> Body:
    """Return the agency of this code, the council's own before one above it.

    Raises: NotFound.
    """
    theirs = or_(_agency.c.council_id == setting.council, _agency.c.council_id.is_(None))
    wanted = select(_agency.c.id, _agency.c.code, _agency.c.name).where(_agency.c.code == code.strip().upper(), theirs)
    found = unit.read(wanted.order_by(_agency.c.council_id.is_(None))).first()
    if found is None:
        raise NotFound(Text(f"Không có cơ quan «{code}»", f"There is no agency “{code}”"))
    return Body(found.id, found.code, found.name)


def held_by(unit: Unit, *, setting: Setting, actor: Actor, agency: Body, outward: bool = True) -> list[Held]:
    """Return the open cases that an agency has as addressee or as lead, what is due first on top.

    Open is what still waits for its answer, and what the standing body follows up by a date. `outward` keeps
    restricted cases out, whoever asks, and takes the petitioner out of texts.
    """
    has = select(_referral.c.case_id).where(or_(_referral.c.agency_id == agency.id, _referral.c.lead_id == agency.id))
    wanted = select(_case.c.id).where(
        _case.c.council_id == setting.council,
        _case.c.kind == PETITION_KIND,
        _case.c.state.in_((P.WITH_AUTHORITY.value, P.JUDGED.value)),
        visible(actor),
        _case.c.id.in_(has),
    )
    if outward:
        wanted = wanted.where(_case.c.confidentiality.not_in(NAMED_ONLY))
    ids = list(unit.read(wanted.order_by(_case.c.id)).scalars())
    found = petitions(unit, setting=setting, actor=actor, ids=ids, outward=outward)
    held = [Held(filed, sending) for filed in found if (sending := sending_of(filed, agency.code))]
    return sorted(held, key=_pressing)


def sending_of(filed: Filed, code: str) -> Sending | None:
    """Return the sending by which the agency has the case: as addressee before lead, one that waits before others."""
    theirs = [s for s in filed.out if s.is_live and code in {s.agency.code, s.lead.code if s.lead else None}]
    owed = [s for s in theirs if s.is_waiting or filed.state == P.JUDGED.value]
    return min(owed, key=lambda s: (not s.is_waiting, s.agency.code != code, str(s.id)), default=None)


def owed_on(held: Held) -> date | None:
    """Return the day by which the unit owes something: its answer, what was promised, else news for the review."""
    if held.sending.is_waiting:
        return held.sending.due.due_on if held.sending.due else None
    judged = held.filed.judged
    return (judged.due_on or (None if judged.due_words else judged.review_on)) if judged else None


def _pressing(held: Held) -> tuple[date, str]:
    return (owed_on(held) or date.max, held.filed.code)


def sheet(found: Sequence[Held], *, agency: Body, council: str, code: str, today: date) -> FollowSheet:
    """Return the sheet of a unit."""
    rows = tuple(_row(held, n) for n, held in enumerate(found, start=1))
    late = sum(1 for h in found if h.sending.is_waiting and h.sending.due and h.sending.due.overdue)
    notes = [_HOW, f"Phiếu có {len(rows)} hồ sơ, quá hạn trả lời {late}/{len(rows)}."]
    if any(h.sending.due and h.sending.due.sample for h in found):
        notes.append(f"Hạn trả lời tính {LimitStatus.SAMPLE.label.vi}.")
    notes += [f"- {h.filed.code}: {h.filed.trouble.vi}" for h in found if h.filed.trouble]
    return FollowSheet(
        council=council,
        unit=agency.name,
        as_of=f"Tính đến {full_date(today).vi}",
        marker=f"PTD/{code}/{agency.code}/{today:%Y%m%d}",
        rows=rows,
        notes=tuple(Line(text=note) for note in notes),
    )


def table(made: FollowSheet) -> Table:
    """Return the sheet as a table for a workbook."""
    return Table(
        name="Phiếu theo dõi",
        title=("PHIẾU THEO DÕI", "VIỆC GIẢI QUYẾT KIẾN NGHỊ CỦA CỬ TRI", f"Đơn vị: {made.unit}", made.as_of),
        columns=COLUMNS,
        rows=made.rows,
        close=lambda: Closing([], [line.text for line in made.notes]),
        marker=f"Mã phiếu: {made.marker}",
    )


def _row(held: Held, ordinal: int) -> FollowRow:
    filed, sending = held.filed, held.sending
    return FollowRow(
        ordinal=str(ordinal),
        code=filed.code,
        text=shortened(filed.text or ""),
        locality=filed.locality or "",
        received=plain_date(sending.received_on) if sending.received_on else "",
        due=_due(held),
        last=shortened(_last(sending.reports)),
        version=str(filed.seq),
    )


def _due(held: Held) -> str:
    if held.sending.is_waiting:
        return due(held.sending)
    judged = held.filed.judged
    if judged is None:
        return ""
    promised = plain_date(judged.due_on) if judged.due_on else judged.due_words
    if promised:
        return f"cam kết: {promised}"
    return f"rà soát lại {plain_date(judged.review_on)}" if judged.review_on else "đã kết luận, chưa có hạn"


def _last(reports: Iterable[Reported]) -> str:
    latest = next(iter(list(reports)[-1:]), None)
    if latest is None:
        return ""
    said = [plain_date(latest.on) if latest.on else "chưa rõ ngày"]
    said += [latest.words] if latest.words else []
    said += [f"dự kiến xong {plain_date(latest.expected_on)}"] if latest.expected_on else []
    return ": ".join(said[:2]) + "".join(f"; {more}" for more in said[2:])


def shortened(text: str, longest: int = SHORT) -> str:
    """Return `text` on one line, cut between words."""
    line = " ".join(text[: 10 * longest].split())
    return line if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0]}…"
