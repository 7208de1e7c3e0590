"""The packet of a hamlet, for deputies before they meet its voters: everything raised there and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from deadlines.wording import plain_date
from states.petition import P
from states.reckoning import LimitStatus
from workflows.printing.annexes import NOT_COUNTED, Line, cited
from workflows.printing.fields import printed, row_list
from workflows.printing.filed import Answered, Filed
from workflows.printing.groups import Grouping


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketRow:
    """One petition, with all that a deputy is asked about it."""

    ordinal: str = printed("stt", "Số thứ tự", "Ordinal", "1")
    code: str = printed("ma", "Mã kiến nghị", "Code", "NP-KN-26-0001")
    raised: str = printed("lan_neu", "Nêu khi nào, mấy lần", "Raised when", "01/08/2026, nêu lần thứ 2 (15/08/2026)")
    text: str = printed("noi_dung", "Nội dung kiến nghị", "Text", "Đường vào bản lầy lội, đề nghị sửa chữa")
    field: str = printed("linh_vuc", "Lĩnh vực", "Field", "Hạ tầng giao thông")
    with_whom: str = printed("dang_o_dau", "Cơ quan đang xử lý", "In hand", "UBND xã (Phòng Kinh tế chủ trì)")
    answers: str = printed("tra_loi", "Đã trả lời", "Answers", "56/BC-UBND ngày 01/09/2026: đã bố trí vốn")
    promised: str = printed("cam_ket", "Đã hứa, cam kết", "Promised", "UBND xã: hoàn thành 30/11/2026")
    stands: str = printed("tinh_trang", "Tình trạng", "Stands", "Cơ quan đang giải quyết, quá hạn 5 ngày")
    told: str = printed("da_bao_cu_tri", "Đã báo cử tri", "Voters told", "10/09/2026, niêm yết nhà văn hóa")


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketPart:
    """Petitions that stand alike."""

    heading: str = printed("ten_nhom", "Tên nhóm", "Group", "I. Quá hạn (2)")
    rows: tuple[PacketRow, ...] = row_list("kien_nghi", "Các kiến nghị", "Petitions", PacketRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hamlet:
    """One hamlet: its figures, its petitions by how they stand."""

    name: str = printed("ten", "Thôn, bản", "Hamlet", "Bản Nà Pát")
    figures: str = printed("so_lieu", "Số liệu", "Figures", "12 kiến nghị; đã trả lời 7/12; quá hạn 2/12")
    parts: tuple[PacketPart, ...] = row_list("cac_nhom", "Các nhóm", "Groups", PacketPart)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """The packet as its Word template prints it: one hamlet, or several on pages of their own."""

    council: str = printed("hoi_dong", "Hội đồng", "Council", "HĐND xã Nà Pát")
    as_of: str = printed("den_ngay", "Tính đến ngày", "As of", "Tính đến ngày 10/09/2026")
    scope: str = printed("pham_vi", "Phạm vi", "Scope", "Mọi đợt tiếp xúc cử tri")
    hamlets: tuple[Hamlet, ...] = row_list("cac_thon", "Các thôn, bản", "Hamlets", Hamlet)
    notes: tuple[Line, ...] = row_list("chu_thich", "Chú thích", "Notes", Line)


_PARTS = (
    "Quá hạn",
    "Đã hứa, cam kết, chưa xong",
    "Đang giải quyết",
    "Đã trả lời, chưa báo cử tri",
    "Đã trả lời và báo cử tri, đã kết thúc",
    "Chưa chuyển cơ quan giải quyết",
)
_OVERDUE, _PROMISED, _IN_HAND, _TO_TELL, _DONE, _NOT_SENT = range(len(_PARTS))


def hamlet(name: str, found: Sequence[Filed], *, grouping: Grouping) -> Hamlet:
    """Return a hamlet's part of the packet; what presses most comes first. Merged and void petitions are told of."""
    counted = [f for f in found if f.state not in NOT_COUNTED]
    groups: dict[int, list[Filed]] = {n: [] for n in range(len(_PARTS))}
    for filed in counted:
        groups[_part(filed)].append(filed)
    parts, ordinal = [], 0
    for n, (place, title) in enumerate(((p, t) for p, t in enumerate(_PARTS) if groups[p]), start=1):
        members = sorted(groups[place], key=_pressing)
        rows = tuple(_row(filed, ordinal + i, grouping) for i, filed in enumerate(members, start=1))
        ordinal += len(rows)
        parts.append(PacketPart(heading=f"{_ROMAN[n - 1]}. {title} ({len(rows)})", rows=rows))
    return Hamlet(name=name, figures=_figures(counted, len(found) - len(counted)), parts=tuple(parts))


_ROMAN = ("I", "II", "III", "IV", "V", "VI")


def _part(filed: Filed) -> int:
    if filed.due and filed.due.overdue and not filed.final:
        return _OVERDUE
    if filed.state == P.JUDGED.value:
        return _PROMISED
    if filed.standing_answers or filed.final:
        return _DONE if filed.final or filed.told else _TO_TELL
    return _IN_HAND if filed.out or filed.higher else _NOT_SENT


def _pressing(filed: Filed) -> tuple[date, str]:
    return (filed.due.due_on if filed.due and filed.due.due_on else date.max, filed.code)


def _figures(counted: Sequence[Filed], aside: int) -> str:
    total = len(counted)
    answered = [f for f in counted if f.standing_answers]
    said = [f"{total} kiến nghị"]
    if total:
        said += [
            f"đã trả lời {len(answered)}/{total}",
            f"quá hạn {sum(_part(f) == _OVERDUE for f in counted)}/{total}",
            f"đã hứa, cam kết chưa xong {sum(f.state == P.JUDGED.value for f in counted)}/{total}",
            f"nêu từ hai lần trở lên {sum(f.times_raised > 1 for f in counted)}/{total}",
        ]
    if answered:
        said.append(f"đã báo cử tri {sum(bool(f.told) for f in answered)}/{len(answered)} kiến nghị đã trả lời")
    if aside:
        said.append(f"không tính {aside} kiến nghị đã gộp hoặc hủy do nhập nhầm")
    return "; ".join(said) + "."


def _row(filed: Filed, ordinal: int, grouping: Grouping) -> PacketRow:
    return PacketRow(
        ordinal=str(ordinal),
        code=filed.code,
        raised=_raised(filed),
        text=filed.text or "",
        field=grouping.name(filed.field),
        with_whom="\n".join(_with_whom(filed)),
        answers="\n".join(_answer(a) for a in filed.answers),
        promised="\n".join(dict.fromkeys(_promise(*p) for p in filed.promised)),
        stands=_stands(filed),
        told="\n".join(
            ", ".join(part for part in (plain_date(t.on) if t.on else "chưa rõ ngày", t.via) if part)
            for t in filed.told
        ),
    )


def _raised(filed: Filed) -> str:
    said = [plain_date(filed.received_on) if filed.received_on else "chưa rõ ngày"]
    if filed.round:
        said.append(filed.round)
    if filed.times_raised > 1:
        again = ", ".join(plain_date(r.on) for r in filed.raised if r.on)
        said.append(f"nêu {filed.times_raised} lần" + (f" (nêu lại {again})" if again else ""))
    return "\n".join(said)


def _with_whom(filed: Filed) -> Iterator[str]:
    for sending in filed.out:
        lead = f" ({sending.lead.name} chủ trì)" if sending.lead else ""
        letter = f", theo {sending.letter.words}" if sending.letter and sending.letter.words else ""
        yield f"{sending.agency.name}{lead}{letter}"
    if filed.higher:
        agency, paper = filed.higher
        letter = f", theo {paper.words}" if paper and paper.words else ""
        yield f"Đã chuyển cấp trên: {agency.name if agency else ''}{letter}"


def _answer(answer: Answered) -> str:
    who = f"{answer.by.name}, " if answer.by else ""
    claimed = f" ({answer.claimed.label.vi.lower()})" if answer.claimed else ""
    words = f": {answer.words}" if answer.words else ""
    return f"{who}{cited(answer)}{claimed}{words}"


def _promise(who: str, day: date | None, words: str | None) -> str:
    when = plain_date(day) if day else ""
    return f"{who}: {', '.join(part for part in (when, words) if part)}"


def _stands(filed: Filed) -> str:
    said = [filed.state_label.vi]
    if filed.result and filed.result.label.vi not in said[0]:
        source = "kết luận" if filed.judged else "theo văn bản trả lời"
        said.append(f"{source}: {filed.result.label.vi.lower()}")
    if filed.due and not filed.final:
        said.append(filed.due.words.vi)
    urged = sum(s.times_urged for s in filed.out)
    if urged:
        said.append(f"đã đôn đốc {urged} lần")
    if filed.trouble:
        said.append(filed.trouble.vi)
    return "; ".join(said)


def notes(found: Iterable[Filed], *, empty: bool) -> Iterator[Line]:
    """Yield what stands at the end: on what footing the dates are, or that there is nothing."""
    if empty:
        yield Line(text="Chưa có kiến nghị nào để đưa vào tài liệu.")
    if any(f.due and f.due.sample for f in found):
        yield Line(text=f"Thời hạn tính {LimitStatus.SAMPLE.label.vi}.")
