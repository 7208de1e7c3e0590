"""The sentences about what an old register tells of a petition's later life: what is unclear, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from states.text import Language, Text
from workflows.importing.problems import Problem, error, warning

ADDRESSEE_UNKNOWN = "addressee_unknown"
_LANGUAGES: tuple[Language, Language] = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is doubtful, before it is known under which heading it stands."""

    code: str
    text: Text
    rejects: bool = False

    def at(self, heading: str) -> Problem:
        """Return the problem at a column."""
        return (error if self.rejects else warning)(heading, self.code, self.text)


def result_unknown(written: str, *, rejects: bool = False) -> Doubt:
    """Doubt a result in words of no vocabulary; of an answer it must be known."""
    return Doubt(
        "result_unknown",
        Text(
            f"“{written[:60]}” không rõ là kết quả nào: ghi Đã/Đang/Chưa giải quyết, Giải trình hoặc Ghi nhận",
            f"“{written[:60]}” is no known result: write resolved, in progress, not yet, explained or noted",
        ),
        rejects,
    )


def result_unsaid() -> Doubt:
    """Tell that an answer has no result and counts as nothing finished until the standing body judges."""
    return Doubt(
        "result_unsaid",
        Text(
            "Có trả lời, không ghi kết quả: tạm ghi “Đang giải quyết, chưa có lộ trình”, chờ Thường trực HĐND kết luận",
            "There is an answer but no result: taken as in progress until the standing body judges",
        ),
    )


def addressee_unknown(reasons: Sequence[Text]) -> Doubt:
    """Doubt bodies that are not in the list, each with the reason: the petition is not moved on."""
    vi, en = ("; ".join(reason.read(language) for reason in reasons) for language in _LANGUAGES)
    return Doubt(
        ADDRESSEE_UNKNOWN,
        Text(
            f"{vi}. Chưa ghi việc chuyển, trả lời: sửa tên hoặc thêm cơ quan rồi nhập lại với --update",
            f"{en}. Transfer and answer are not recorded: mend the name or add the body, import again with --update",
        ),
    )


def addressee_unsaid() -> Doubt:
    """Doubt a transfer of which nobody knows to whom."""
    return Doubt(
        "addressee_unsaid",
        Text(
            "Không rõ chuyển cho cơ quan nào nên chưa ghi việc chuyển, trả lời: cho cơ quan chung bằng --addressee",
            "It is not said to whom it was sent, so nothing is recorded of it: give one for all with --addressee",
        ),
    )


def several_levels() -> Doubt:
    """Doubt a petition that went to the commune and to a higher level at once."""
    return Doubt(
        "several_levels",
        Text(
            "Vừa chuyển cơ quan của xã vừa chuyển cấp trên: chưa ghi việc chuyển, tách đôi hoặc ghi tay",
            "Sent within the commune and to a higher level at once: not recorded, split it or enter it by hand",
        ),
    )


def answerer_unclear() -> Doubt:
    """Doubt an answer that may be of several addressees."""
    return Doubt(
        "answerer_unclear",
        Text(
            "Chuyển nhiều cơ quan, không rõ cơ quan nào trả lời: chưa ghi trả lời, thêm cột “Cơ quan trả lời”",
            "Sent to several bodies and unclear which answered: not recorded, add a column “Cơ quan trả lời”",
        ),
    )


def return_unclear() -> Doubt:
    """Doubt a return beside an answer, or by one of several addressees."""
    return Doubt(
        "return_unclear",
        Text(
            "Có chuyển trả, không rõ cơ quan nào, trước hay sau trả lời: chưa ghi việc chuyển trả, ghi tay nếu cần",
            "A return of unknown sender or order: not recorded, enter it by hand if needed",
        ),
    )


def several_papers(written: Sequence[str]) -> Doubt:
    """Tell that of several papers in a cell the last is taken."""
    return Doubt(
        "several_papers",
        Text(
            f"Ô ghi nhiều văn bản ({', '.join(written)}): lấy văn bản cuối",
            f"The cell names several papers ({', '.join(written)}): the last one is taken",
        ),
    )


def paper_unusable(written: str) -> Doubt:
    """Tell that a paper cannot be kept, its number too long or its day outside 1945 to 2099."""
    return Doubt(
        "paper_unusable",
        Text(f"“{written[:60]}” không dùng được làm văn bản", f"“{written[:60]}” cannot be kept as a paper"),
    )
