"""The kinds of letters and their fields, as rows for a terminal and as the page docs/letters.md."""

from __future__ import annotations

from collections.abc import Iterator

from states.text import Text
from workflows.printing.fields import Field
from workflows.printing.heads import Head
from workflows.printing.kinds import PrintKind
from workflows.printing.registry import KINDS

_GENERATED = "<!-- Written by `make docs` from workflows/printing. Change the tables, not this page. -->"
_INTRODUCTION = """\
# Văn bản và mẫu văn bản (Letters and their templates)

`dondoc letter` soạn văn bản ra tệp Word theo thể thức Nghị định 30/2020/NĐ-CP; số và ngày để trống cho văn thư điền.
Soạn văn bản không làm thay đổi hồ sơ nào: việc chỉ được ghi khi văn bản đã ký được vào sổ.
(`dondoc letter` writes Word files; writing one changes no case.)

## Sửa mẫu (Editing a template)

1. `dondoc template get transfer --out mau.docx`: lấy mẫu đang dùng.
2. Sửa trong Word hoặc LibreOffice: chữ, phông, bảng, lề. Chỗ in số liệu là tên trường: `{{ so_kien_nghi }}`.
3. `dondoc template check transfer mau.docx`: kiểm tra; trường viết sai được chỉ ra kèm tên đúng gần nhất.
4. `dondoc template preview transfer --case NP-KN-26-0001 --file mau.docx --out thu.docx`: in thử với hồ sơ thật.
5. `dondoc template put transfer mau.docx`: đưa vào dùng; `dondoc template reset transfer`: dùng lại mẫu có sẵn.

Cách viết (what may be written):

| Viết | Nghĩa |
|---|---|
| `{{ trich_yeu }}` | in một trường |
| `{{ trich_yeu\\|hoa }}` | in hoa |
| `{{ k.dia_ban\\|gop }}` | trong bảng: các dòng liền nhau giống nhau gộp thành một ô |
| `{% if thoi_han %}…{% else %}…{% endif %}` | chỉ in khi trường có nội dung; dùng được `not`, `and`, `or` |
| `{%p if can_cu %}` … `{%p endif %}` | như trên, cho cả đoạn; mỗi mã đứng một mình trong đoạn |
| `{%p for n in noi_nhan %}` … `{%p endfor %}` | lặp đoạn theo danh sách, bên trong dùng `{{ n.ten }}` |
| `{%tr for k in kien_nghi %}` … `{%tr endfor %}` | lặp dòng của bảng; mỗi mã đứng một mình trong một dòng |
| `{% if not loop.last %};{% endif %}` | trong danh sách: dòng đầu (`loop.first`), dòng cuối (`loop.last`) |

Mọi cách viết khác, macro, liên kết ra ngoài, mã trường khác số trang đều bị từ chối khi đưa mẫu lên.
(Anything else is refused when the template is brought.)
"""


def rows_of(kind: PrintKind) -> list[tuple[str, Text, str]]:
    """Return name, meaning and example of every field, those of a list under its name."""
    return list(_rows(kind.fields, ""))


def _rows(fields: tuple[Field, ...], before: str) -> Iterator[tuple[str, Text, str]]:
    for one in fields:
        name = f"{before}{one.name}"
        yield name, one.label, "" if one.rows is not None else one.example
        if one.rows is not None:
            yield from _rows(one.rows, f"{name}[].")


def page() -> str:
    """Return the page docs/letters.md."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield from (_GENERATED, "", _INTRODUCTION)
    common = {field.name for field in KINDS["transfer"].fields if field.attribute in _head_names()}
    yield from ("## Trường chung của mọi văn bản (Fields of every letter)", "")
    yield from _table(tuple(f for f in KINDS["transfer"].fields if f.name in common))
    for kind in KINDS.values():
        yield from ("", f"## `{kind.code}`: {kind.label.vi} ({kind.label.en})", "")
        yield from _table(tuple(f for f in kind.fields if f.name not in common or not issubclass(kind.view, Head)))
    yield ""


def _head_names() -> frozenset[str]:
    return frozenset(Head.__dataclass_fields__)


def _table(fields: tuple[Field, ...]) -> Iterator[str]:
    yield from ("| Trường (field) | Nghĩa | Meaning | Ví dụ (example) |", "|---|---|---|---|")
    for name, label, example in _rows(fields, ""):
        yield f"| `{name}` | {label.vi} | {label.en} | {example.strip()} |"
