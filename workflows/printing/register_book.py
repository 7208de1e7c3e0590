"""The register of petitions on A3 ("Sổ theo dõi kiến nghị"): one row for each petition, as the office kept it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from deadlines.wording import plain_date
from states.petition import P
from states.reckoning import LimitStatus
from workflows.printing.annexes import NOT_COUNTED, Line, cited
from workflows.printing.fields import printed, row_list
from workflows.printing.filed import Filed, Sending
from workflows.printing.groups import Grouping
from workflows.printing.table_shapes import Closing, Column, Holds, Paper, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One petition of the register."""

    ordinal: str = printed("stt", "Số thứ tự", "Ordinal", "1")
    code: str = printed("ma", "Mã kiến nghị", "Code", "NP-KN-26-0001")
    received: str = printed("ngay_tiep_nhan", "Ngày tiếp nhận", "Received on", "01/08/2026")
    locality: str = printed("cu_tri", "Cử tri (địa bàn)", "Voters of", "Bản Nà Pát")
    text: str = printed("noi_dung", "Nội dung kiến nghị", "Text", "Đường vào bản lầy lội, đề nghị sửa chữa")
    field: str = printed("linh_vuc", "Lĩnh vực", "Field", "Hạ tầng giao thông")
    level: str = printed("tham_quyen", "Thẩm quyền", "Jurisdiction", "Xã, phường, đặc khu")
    letter: str = printed("cong_van_chuyen", "Số, ngày CV chuyển", "Letter of transfer", "12/HĐND-TT ngày 06/08/2026")
    delivered: str = printed("ngay_nhan", "Ngày nhận (số đến)", "Receipt", "07/08/2026 (số đến 418)")
    lead: str = printed("don_vi_chu_tri", "Đơn vị chủ trì", "Lead unit", "Phòng Kinh tế")
    due: str = printed("han_tra_loi", "Hạn trả lời", "Due", "27/08/2026, quá hạn 5 ngày")
    answer: str = printed("van_ban_tra_loi", "Số, ngày VB trả lời", "Answer", "56/BC-UBND ngày 01/09/2026")
    result: str = printed("ket_qua", "Kết quả", "Result", "Giải quyết xong")
    times: str = printed("lan_neu", "Nêu lần thứ", "Times raised", "2")
    note: str = printed("ghi_chu", "Ghi chú", "Note", "Đã thông báo cử tri 10/09/2026")


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The register as its Word template prints it."""

    title: str = printed("tieu_de", "Tiêu đề", "Title", "SỔ THEO DÕI KIẾN NGHỊ CỦA CỬ TRI")
    council: str = printed("hoi_dong", "Hội đồng", "Council", "HĐND xã Nà Pát")
    as_of: str = printed("den_ngay", "Tính đến ngày", "As of", "Tính đến ngày 10/09/2026")
    rows: tuple[RegisterRow, ...] = row_list("kien_nghi", "Các kiến nghị", "Petitions", RegisterRow)
    notes: tuple[Line, ...] = row_list("chu_thich", "Chú thích", "Notes", Line)


TITLE = "SỔ THEO DÕI KIẾN NGHỊ CỦA CỬ TRI"
COLUMNS = (
    Column("STT", "ordinal", 5, Holds.NUMBER),
    Column("Mã kiến nghị", "code", 16),
    Column("Ngày tiếp nhận", "received", 11, Holds.MARK),
    Column("Cử tri (địa bàn)", "locality", 16),
    Column("Nội dung kiến nghị", "text", 50),
    Column("Lĩnh vực", "field", 16),
    Column("Thẩm quyền", "level", 12),
    Column("Số, ngày CV chuyển", "letter", 18),
    Column("Ngày nhận (số đến)", "delivered", 15),
    Column("Đơn vị chủ trì", "lead", 17),
    Column("Hạn trả lời", "due", 16),
    Column("Số, ngày VB trả lời", "answer", 18),
    Column("Kết quả", "result", 18),
    Column("Nêu lần thứ", "times", 7, Holds.NUMBER),
    Column("Ghi chú", "note", 24),
)


@dataclass(slots=True)
class _Counted:
    """What is counted while the rows are made."""

    rows: int = 0
    states: Counter[str] = field(default_factory=Counter)
    sample: bool = False
    troubles: list[str] = field(default_factory=list)


def table(found: Iterable[Filed], *, grouping: Grouping, council: str, today: date, scope: str = "") -> Table:
    """Return the register as a table; rows are made one by one, as they are read."""
    counted = _Counted()
    return Table(
        name="Sổ theo dõi",
        title=(TITLE, council, f"Tính đến ngày {plain_date(today)}{f'; {scope}' if scope else ''}"),
        columns=COLUMNS,
        rows=_rows(found, grouping, counted),
        close=_closing(counted),
        paper=Paper.A3,
    )


def _rows(found: Iterable[Filed], grouping: Grouping, counted: _Counted) -> Iterator[RegisterRow]:
    for filed in found:
        counted.rows += 1
        counted.states[filed.state_label.vi] += 1
        counted.sample |= any(s.due.sample for s in filed.out if s.due)
        if filed.trouble:
            counted.troubles.append(f"- {filed.code}: {filed.trouble.vi}")
        yield row_of(filed, counted.rows, grouping)


def row_of(filed: Filed, ordinal: int, grouping: Grouping) -> RegisterRow:
    """Return one row; of several addressees each has its line, led by its code."""
    out = filed.out
    several = len(out) > 1
    letters = [s.letter.words for s in out if s.letter] or _higher(filed)
    return RegisterRow(
        ordinal=str(ordinal),
        code=filed.code,
        received=plain_date(filed.received_on) if filed.received_on else "",
        locality=filed.locality or "",
        text=filed.text or "",
        field=grouping.name(filed.field),
        level=filed.level.label.vi if filed.level else "",
        letter=_lines(letters),
        delivered=_lines([_led(s, _delivered(s), several=several) for s in out]),
        lead=_lines([s.who.name for s in out] or [_above(filed)]),
        due=_lines([_led(s, due(s), several=several) for s in out]),
        answer=_lines([cited(a) for a in filed.standing_answers]),
        result=_result(filed),
        times=str(filed.times_raised),
        note=". ".join(_notes(filed)),
    )


def due(sending: Sending) -> str:
    """Return the day that an answer is due, and how it stands while it is owed."""
    if sending.due is None:
        return ""
    if sending.due.due_on is None:
        return sending.due.words.vi if sending.is_waiting else ""
    day = plain_date(sending.due.due_on)
    return f"{day}, {sending.due.words.vi}" if sending.is_waiting else day


def _higher(filed: Filed) -> list[str]:
    paper = filed.higher[1] if filed.higher else None
    return [paper.words] if paper else []


def _above(filed: Filed) -> str:
    agency = filed.higher[0] if filed.higher else None
    return agency.name if agency else ""


def _led(sending: Sending, said: str, *, several: bool) -> str:
    return f"{sending.agency.code}: {said}" if several and said else said


def _delivered(sending: Sending) -> str:
    if not sending.received_on and not sending.incoming_number:
        return ""
    parts = [plain_date(sending.received_on) if sending.received_on else "chưa rõ ngày"]
    if sending.incoming_number:
        parts.append(f"(số đến {sending.incoming_number})")
    return " ".join(parts)


def _result(filed: Filed) -> str:
    """Return the judged result, else what the answer claims, saying which it is."""
    if filed.judged and filed.state in {P.JUDGED.value, P.CLOSED.value}:
        return filed.judged.result.label.vi
    if filed.claimed and filed.standing_answers:
        return f"{filed.claimed.label.vi} (theo văn bản trả lời, chưa kết luận)"
    return filed.state_label.vi


def _notes(filed: Filed) -> Iterator[str]:
    if filed.state in NOT_COUNTED:
        yield filed.state_label.vi
    urged = sum(s.times_urged for s in filed.out)
    if urged:
        yield f"Đã đôn đốc {urged} lần"
    for told in filed.told[-1:]:
        yield f"Đã thông báo cử tri {plain_date(told.on)}" if told.on else "Đã thông báo cử tri"
    for who, day, words in filed.promised:
        if filed.state == P.JUDGED.value:
            yield f"{who}: hoàn thành {plain_date(day) if day else words}"
            break
    if filed.restricted:
        yield "Hạn chế"
    if filed.trouble:
        yield filed.trouble.vi


def _lines(parts: Sequence[str]) -> str:
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _closing(counted: _Counted) -> Callable[[], Closing]:
    def close() -> Closing:
        states = "; ".join(f"{label.lower()}: {number}" for label, number in sorted(counted.states.items()))
        notes = [f"Sổ có {counted.rows} kiến nghị" + (f", gồm {states}." if states else ".")]
        if counted.sample:
            notes.append(f"Hạn trả lời tính {LimitStatus.SAMPLE.label.vi}.")
        return Closing([], [*notes, *counted.troubles])

    return close
