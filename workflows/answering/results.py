"""The words for a result in the vocabularies in use, and what each claims.

Sources: NQLT 72/2025 art. 49.2 (resolved; being studied; explained), the rules of Hồ Chí Minh City, the tree of the
National Assembly's petition committee, the three- and four-way tables of provinces, and what commune offices tick
(đã, đang, chưa). Compared folded. What is not in the tables is a doubt for a person, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from states.folding import fold_words
from states.text import Text
from states.vocabulary import NotYetReason, Result

_R, _N = Result, NotYetReason


@dataclass(frozen=True, slots=True)
class Claim:
    """What words of a result claim. `undivided` words do not say whether there is a roadmap: a date decides that."""

    result: Result
    reason: NotYetReason | None = None
    undivided: bool = False


_RESOLVED, _EXPLAINED, _ROADMAP = Claim(_R.RESOLVED), Claim(_R.EXPLAINED), Claim(_R.ROADMAP)
_DOING, _NO_ROADMAP, _NOT_YET = Claim(_R.IN_PROGRESS, undivided=True), Claim(_R.IN_PROGRESS), Claim(_R.NOT_YET)
_NO_FUNDS, _BY_LAW = Claim(_R.NOT_YET, _N.FUNDS), Claim(_R.NOT_YET, _N.LAW)
_LEVELS, _OLD_LAND, _OTHERWISE = (Claim(_R.NOT_YET, r) for r in (_N.SEVERAL_LEVELS, _N.OLD_LAND_CASE, _N.OTHER))

# Written in full for the reader; folded once below.
_WORDS: Mapping[Claim, tuple[str, ...]] = {
    _RESOLVED: (
        "Đã giải quyết xong", "Giải quyết xong", "Đã giải quyết", "Đã giải quyết dứt điểm", "Giải quyết dứt điểm",
        "Giải quyết", "Đã xong", "Xong", "Đã", "Đã thực hiện", "Đã thực hiện xong", "Đã hoàn thành", "Hoàn thành",
        "Đã xử lý", "Đã xử lý xong", "Đã khắc phục", "Đã khắc phục xong",
    ),
    _EXPLAINED: (
        "Giải trình", "Đã giải trình", "Giải trình, cung cấp thông tin", "Đã giải trình, cung cấp thông tin",
        "Giải trình, cung cấp thông tin cho cử tri", "Giải trình, cung cấp thông tin đến cử tri",
        "Giải trình, thông tin lại", "Giải trình, thông tin lại cho cử tri", "Cung cấp thông tin",
        "Cung cấp thông tin cho cử tri", "Giải thích", "Đã giải thích",
    ),
    _ROADMAP: (
        "Có lộ trình", "Đang giải quyết có lộ trình", "Đang giải quyết theo lộ trình", "Giải quyết theo lộ trình",
        "Đang thực hiện theo lộ trình", "Đang xem xét giải quyết có lộ trình", "Có lộ trình, thời hạn",
        "Sẽ giải quyết, có thời hạn", "Sẽ giải quyết, thời hạn",
    ),
    _DOING: (
        "Đang", "Đang giải quyết", "Đang xem xét giải quyết", "Đang xem xét, giải quyết", "Đang xem xét",
        "Đang thực hiện", "Đang triển khai", "Đang triển khai thực hiện", "Đang xử lý",
        "Đang trong quá trình giải quyết",
        "Đang nghiên cứu, tiếp thu để giải quyết", "Đang nghiên cứu, tiếp thu", "Nghiên cứu, tiếp thu để giải quyết",
        "Đang nghiên cứu", "Tiếp thu, giải quyết", "Sẽ giải quyết", "Sẽ", "Đã trình Chính phủ",
    ),
    _NO_ROADMAP: (
        "Không lộ trình", "Không có lộ trình", "Chưa có lộ trình", "Đang giải quyết chưa có lộ trình",
        "Đang giải quyết không có lộ trình", "Đang giải quyết không lộ trình",
        "Đang xem xét giải quyết không lộ trình",
    ),
    _NOT_YET: (
        "Chưa", "Chưa giải quyết", "Chưa giải quyết được", "Chưa thể giải quyết", "Chưa thể giải quyết ngay",
        "Chưa thực hiện", "Chưa thực hiện được", "Chưa có điều kiện giải quyết", "Tạm gác lại",
    ),
    _NO_FUNDS: ("Chưa có nguồn lực", "Chưa có kinh phí", "Chưa có vốn", "Chưa bố trí được kinh phí"),
    _BY_LAW: ("Vướng quy định pháp luật", "Liên quan văn bản cấp trên", "Liên quan VB cấp trên"),
    _LEVELS: ("Liên quan nhiều cấp, nhiều ngành",),
    _OLD_LAND: ("Vụ việc đất đai tồn đọng kéo dài",),
    Claim(_R.NOTED): ("Ghi nhận", "Ghi nhận ý kiến", "Tiếp thu ý kiến", "Đã ghi nhận"),
}  # fmt: skip
_REFINED: Mapping[Result, Mapping[Claim, tuple[str, ...]]] = {
    _R.IN_PROGRESS: {
        _ROADMAP: ("Có lộ trình", "Theo lộ trình"),
        _NO_ROADMAP: ("Không lộ trình", "Không có lộ trình", "Chưa có lộ trình", "Khác"),
        _DOING: ("Theo giai đoạn", "Đã trình CP", "Đã trình Chính phủ"),
        Claim(_R.IN_PROGRESS, _N.FUNDS): ("Chờ nguồn lực", "Chờ kinh phí", "Chờ vốn", "Chờ phân bổ vốn"),
        _NO_FUNDS: ("Chưa có nguồn lực",),
        _NOT_YET: ("Chưa thể giải quyết ngay",),
        _BY_LAW: ("Liên quan VB cấp trên", "Liên quan văn bản cấp trên"),
    },
    _R.NOT_YET: {
        _NO_FUNDS: (
            "Thiếu nguồn lực", "Chưa có nguồn lực", "Thiếu kinh phí", "Chưa có kinh phí", "Chưa bố trí được kinh phí",
            "Thiếu vốn", "Chưa có vốn", "Kinh phí", "Do kinh phí", "Do thiếu kinh phí", "Do chưa có kinh phí",
        ),
        _BY_LAW: ("Vướng quy định", "Vướng quy định pháp luật", "Chưa có quy định", "Do quy định pháp luật"),
        _LEVELS: ("Liên quan nhiều cấp, nhiều ngành", "Nhiều cấp, nhiều ngành"),
        _OLD_LAND: ("Vụ việc đất đai tồn đọng kéo dài", "Đất đai tồn đọng kéo dài"),
        _OTHERWISE: ("Ngoài danh mục", "Ngoài danh mục đầu tư công", "Lý do khác", "Khác"),
        _NOT_YET: ("Tạm gác lại",),
    },
    _R.RESOLVED: {
        _RESOLVED: (
            "Ban hành, sửa VBQPPL", "Ban hành", "sửa VBQPPL", "Thanh tra, kiểm tra", "Tổ chức thực hiện", "Xong",
        ),
    },
    _R.EXPLAINED: {_EXPLAINED: ("Cần giải quyết", "Gửi công văn hướng dẫn")},
}  # fmt: skip
# What people add to a result without changing it.
_REMARKS = ("Phối hợp", "Hai địa bàn", "Đổi địa giới", "Vụ việc cá nhân")

# Words of other questions: whether there is an answer at all, what the petitioner says of it, what became of the entry.
_NO_RESULTS: Mapping[Text, tuple[str, ...]] = {
    Text("dòng này ghi là chưa có trả lời", "this row says that there is no answer yet"): (
        "Chưa trả lời", "Chưa xử lý", "Chờ xử lý", "Mới cập nhật", "Chưa có trả lời",
    ),
    Text("đây là ý kiến của cử tri về câu trả lời", "this is what the petitioner says of the answer"): (
        "Đã trả lời nhưng chưa có phản hồi", "Đã trả lời thỏa đáng", "Cần được làm rõ nội dung trả lời",
    ),
    Text("“đã trả lời” chưa nói kết quả giải quyết", "“answered” does not say what came of it"): (
        "Đã trả lời", "Đã trả lời cử tri", "Trả lời",
    ),
    Text("“thời hạn” chưa nói kết quả giải quyết", "“time limit” does not say what came of it"): ("Thời hạn",),
    Text("dòng này ghi là trùng hoặc đã xóa", "this row says duplicate or deleted"): (
        "Trùng", "Trùng (đóng)", "Trùng, đóng", "Tạm xóa",
    ),
}  # fmt: skip

_NUMBERED = re.compile(r"^\s*\(?[0-9]{1,2}[.)]?\s+")
_STRONG = r"[/;:(){}\n]|\s[-–—]\s"
_CUTS = (re.compile(_STRONG), re.compile(rf"{_STRONG}|,\s"))


def _by_words(table: Mapping[Claim, tuple[str, ...]]) -> dict[str, Claim]:
    return {fold_words(words): claim for claim, several in table.items() for words in several}


_CLAIMS = _by_words(_WORDS) | {fold_words(result.label.vi): Claim(result) for result in Result}
_REFINEMENTS = {result: _by_words(table) for result, table in _REFINED.items()}
_ASIDE = frozenset(map(fold_words, _REMARKS))
_OTHER_QUESTIONS = {fold_words(words): why for why, several in _NO_RESULTS.items() for words in several}


def claim_of(written: str) -> Claim | Text:
    """Return what `written` claims, or why a person must say it.

    The whole wording is looked for first; then a known wording with refinements behind it, as “đang giải quyết/không lộ
    trình”. One unknown piece makes the whole unclear: “giải quyết xong; còn 2 hộ chưa” is not resolved.
    """
    bare = _NUMBERED.sub("", written)
    folded = fold_words(bare)
    if not folded:
        return Text("chưa ghi kết quả", "no result is given")
    if (known := _CLAIMS.get(folded)) is not None:
        return known
    if why := _OTHER_QUESTIONS.get(folded):
        return why
    return _refined(bare) or Text(
        f"kết quả “{written}” không có trong các cách ghi đã biết", f"the result “{written}” is not a known wording"
    )


def is_result(heading: str) -> bool:
    """Say whether a heading is a result by itself, as the heading of a box to tick is."""
    return fold_words(heading) in _CLAIMS


BOXES = tuple(words for several in _WORDS.values() for words in several)
"""Wordings that may head a box to tick."""


def _refined(written: str) -> Claim | None:
    """Return the claim of a head and its refinements; None if a piece is unknown or two of them differ."""
    return next(
        filter(None, (_composed(list(filter(None, map(fold_words, cut.split(written))))) for cut in _CUTS)), None
    )


def _composed(pieces: list[str]) -> Claim | None:
    head, *rest = pieces
    claim = _CLAIMS.get(head)
    if claim is None:
        return None
    table = _REFINEMENTS.get(claim.result, {})
    said = [table.get(piece) for piece in rest if piece not in _ASIDE]
    if None in said:
        return None
    different = set(filter(None, said))
    return claim if not different else different.pop() if len(different) == 1 else None
