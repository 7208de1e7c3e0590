"""The sentences about a row: what is wrong, in which column, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from states.text import Text
from workflows.importing.dates import DateProblem
from workflows.importing.problems import Problem, error, warning


def text_empty(column: str) -> Problem:
    """Reject a row without a text."""
    return error(
        column,
        "text_empty",
        Text(
            "Ô nội dung để trống: ghi nội dung kiến nghị hoặc xóa dòng",
            "The text is empty: write it or delete the row",
        ),
    )


def text_merged(column: str, row_number: int) -> Problem:
    """Reject a row whose text cell is merged with one above: one petition over several rows, or several."""
    return error(
        column,
        "text_merged",
        Text(
            f"Ô nội dung gộp với dòng {row_number}: tách ô gộp, mỗi kiến nghị một dòng",
            f"The text cell is merged with row {row_number}: unmerge it, one row for one petition",
        ),
    )


def formula_error(column: str, shown: str) -> Problem:
    """Reject a text that the spreadsheet lost to a formula."""
    return error(
        column,
        "text_formula_error",
        Text(
            f"Ô báo lỗi công thức {shown}, nội dung đã mất: nhập lại, thêm dấu ' ở đầu ô",
            f"The cell shows the formula error {shown}: type the text again with ' in front",
        ),
    )


def text_without_words(column: str, text: str) -> Problem:
    """Reject a text that has no letter."""
    return error(
        column,
        "text_without_words",
        Text(
            f"Nội dung “{text[:40]}” không có chữ nào: ghi lại nội dung",
            f"The text “{text[:40]}” has no words: write it",
        ),
    )


def text_like_title(column: str, text: str) -> Problem:
    """Doubt a text that is rather the title of a group."""
    return warning(
        column,
        "text_like_title",
        Text(
            f"“{text}” giống tiêu đề mục hơn là kiến nghị: xem có cần giữ không",
            f"“{text}” reads like a title, not like a petition: check whether to keep it",
        ),
    )


def same_text(column: str, row_number: int) -> Problem:
    """Point to an earlier row of the same words."""
    return warning(
        column,
        "same_text_in_file",
        Text(f"Trùng nội dung với dòng {row_number}: nên gộp", f"Same text as row {row_number}: consider merging"),
    )


def ordinal_odd(column: str, said: str) -> Problem:
    """Doubt words in the column of ordinals: the rest of a text that a line break cut, or a shifted cell."""
    return warning(
        column,
        "ordinal_odd",
        Text(
            f"“{said[:60]}” không phải số thứ tự: xem dòng có bị lệch hay ngắt đôi không",
            f"“{said[:60]}” is no ordinal: check whether the row is shifted or cut in two",
        ),
    )


def round_unknown(column: str, said: str) -> Problem:
    """Keep a round that is neither before nor after a session."""
    return warning(
        column,
        "round_unknown",
        Text(
            f"“{said}” không phải Trước hay Sau kỳ họp: giữ nguyên như đã ghi",
            f"“{said}” is neither before nor after the session: kept as written",
        ),
    )


def session_odd(column: str, said: str) -> Problem:
    """Doubt a session whose value has probably slipped from another column."""
    return warning(
        column,
        "session_odd",
        Text(
            f"“{said}” không phải tên kỳ họp, có thể lệch cột: để trống kỳ họp, giữ nguyên ở phần thông tin khác",
            f"“{said}” is no session, perhaps a shifted cell: session left empty, value kept among the other columns",
        ),
    )


def letter_number_odd(column: str, said: str) -> Problem:
    """Doubt words in the column of letter numbers."""
    return warning(
        column,
        "letter_number_odd",
        Text(
            f"“{said}” không phải số công văn, có thể lệch cột: giữ nguyên ở phần thông tin khác",
            f"“{said}” is no letter number, perhaps a shifted cell: kept among the other columns",
        ),
    )


def several_ticked(headings: Sequence[str]) -> Problem:
    """Doubt a petition with several fields ticked."""
    ticked = "”, “".join(headings)
    return warning(
        headings[0],
        "several_fields_ticked",
        Text(f"Đánh dấu nhiều lĩnh vực: “{ticked}”", f"Several fields are ticked: “{ticked}”"),
    )


def no_date(column: str, problem: DateProblem) -> Problem:
    """Reject a row whose date is none."""
    return error(column, problem.code, problem.text)


def odd_date(column: str, text: Text) -> Problem:
    """Doubt an unlikely date."""
    return warning(column, "date_unlikely", text)


def line_too_long(column: str, length: int, allowed: int) -> Problem:
    """Keep aside a value far too long for its field."""
    return warning(
        column,
        "cell_too_long",
        Text(
            f"Ô dài {length} ký tự (tối đa {allowed}): giữ nguyên ở phần thông tin khác",
            f"The cell has {length} characters (at most {allowed}): kept among the other columns",
        ),
    )


def cell_too_large(column: str, size: int, allowed: int) -> Problem:
    """Reject a row with a monstrous cell."""
    return error(
        column,
        "cell_too_large",
        Text(
            f"Ô nặng {size >> 10} KB (tối đa {allowed >> 10} KB): rút gọn, phần còn lại đính kèm thành văn bản",
            f"The cell has {size >> 10} KB (at most {allowed >> 10} KB): shorten it and attach the rest as a document",
        ),
    )


def controls_removed(column: str, count: int) -> Problem:
    """Tell that unreadable characters were taken out."""
    return warning(
        column,
        "control_characters",
        Text(f"Đã bỏ {count} ký tự điều khiển trong ô", f"{count} control characters were removed from the cell"),
    )


def row_joined(column: str, numbers: Sequence[int]) -> Problem:
    """Doubt a row that was put together from what a page had cut."""
    rest = ", ".join(map(str, numbers))
    return warning(
        column,
        "row_joined",
        Text(
            f"Đã nối dòng {rest} không có số thứ tự vào dòng này (dòng bị ngắt trang): xem lại",
            f"Row {rest} without an ordinal was joined to this one (cut by a page): check it",
        ),
    )


def too_many_cells(cells: int, headings: int) -> Problem:
    """Reject a row of a text file that fell into more cells than there are headings."""
    return error(
        "",
        "too_many_cells",
        Text(
            f"Dòng có {cells} ô mà tiêu đề chỉ có {headings} cột: đặt ô chứa dấu phân cách trong ngoặc kép",
            f"The row has {cells} cells under {headings} headings: put cells that contain the delimiter in quotes",
        ),
    )


def too_few_cells(cells: int, headings: int) -> Problem:
    """Doubt a row of a text file that ends early: a line break may have cut it."""
    return warning(
        "",
        "too_few_cells",
        Text(
            f"Dòng chỉ có {cells} ô, tiêu đề có {headings} cột: xem nội dung có bị ngắt dòng không",
            f"The row has only {cells} cells under {headings} headings: check whether a line break cut it",
        ),
    )
