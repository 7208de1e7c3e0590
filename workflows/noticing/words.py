"""By which words a notice is read, as tables: sections, bodies, what makes a line a task. All words are folded.

A line is proposed as a task only where it names a product that somebody makes or sends. That is a rule of thumb over
words, not an understanding: a person decides on every line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum, unique

from states.text import Text
from states.vocabulary import AgencyKind as A


@unique
class Section(StrEnum):
    """What a part of a notice does: it looks back, or it gives work."""

    LOOKS_BACK = "looks_back"
    GIVES_WORK = "gives_work"


SECTIONS: tuple[tuple[Section, re.Pattern[str]], ...] = (
    (
        Section.GIVES_WORK,
        re.compile(
            r"phuong huong|nhiem vu trong tam|noi dung tiep tuc thuc hien|thong nhat mot so|de nghi|yeu cau|phan cong"
        ),
    ),
    (
        Section.LOOKS_BACK,
        re.compile(r"danh gia|tinh hinh|uu diem|ton tai|han che|nguyen nhan|ket qua (?:dat duoc|thuc hien)"),
    ),
)
"""What a heading says of its part; the first that is found counts. A heading without such words follows its part."""

BODIES: tuple[tuple[A, re.Pattern[str]], ...] = (
    (A.STANDING_BODY, re.compile(r"(?:thuong truc|tt) (?:hdnd|hoi dong nhan dan)")),
    (A.PEOPLES_COMMITTEE, re.compile(r"(?:ubnd|uy ban nhan dan)")),
    (A.FRONT, re.compile(r"(?:ban (?:tt|thuong truc) )?(?:ubmt|uy ban mttq|uy ban mat tran|mttq|mat tran)")),
    (A.COUNCIL_COMMITTEE, re.compile(r"(?:cac )?ban (?:cua )?(?:hdnd|kinh te|van hoa|phap che|dan toc)")),
    (A.DEPUTY_GROUP, re.compile(r"(?:cac )?to dai bieu|(?:cac )?dai bieu hdnd")),
    (A.COUNCIL_OFFICE, re.compile(r"van phong (?:hdnd|hoi dong nhan dan)")),
)
"""How bodies begin in headings (“2. UBND huyện”) and after a word that charges somebody."""

CHARGING = re.compile(r"(?:de nghi|giao|yeu cau|phan cong|doi voi)(?: cho)? ")
"""Words before a body that is charged in the line itself: “Giao Văn phòng HĐND và UBND …”."""

OPENERS = re.compile(r"(?:(?:tiep tuc|chu dong|kip thoi|dinh ky|thuc hien) )+")
"""Words at the beginning of a line that say nothing of what is to be made."""

CLOSING = re.compile(r"thong bao den .*(?:can cu|co so)|^noi nhan\b")
"""What ends a notice and is no line of it."""


NOUNS: dict[str, str] = {
    "bao cao": "Báo cáo",
    "du thao": "Dự thảo",
    "ke hoach": "Kế hoạch",
    "de an": "Đề án",
    "to trinh": "Tờ trình",
    "nghi quyet": "Nghị quyết",
    "ho so": "Hồ sơ",
    "danh muc": "Danh mục",
    "van ban": "Văn bản",
    "tong hop": "Bản tổng hợp",
    "tham tra": "Báo cáo thẩm tra",
    "dang tai": "Văn bản đăng tải",
    "niem yet": "Văn bản niêm yết",
    "noi dung giam sat": "Đề xuất nội dung giám sát",
    "noi dung khao sat": "Đề xuất nội dung khảo sát",
}
"""What a product is called, by the words that name it."""


@dataclass(frozen=True, slots=True)
class Product:
    """One way to name a product; its group `what` is a key of `NOUNS`.

    `sent` ones count in any line; the others not in a line that `AIMS` open.
    """

    found: re.Pattern[str]
    why: Text
    sent: bool = True


def _when(pattern: str, vi: str, en: str, *, sent: bool = True) -> Product:
    return Product(re.compile(pattern), Text(vi, en), sent)


PRODUCTS: tuple[Product, ...] = (
    _when(
        r"\b(?P<what>bao cao|tong hop|van ban|ke hoach|du thao|to trinh|ho so|danh muc)\b.*\bgui\b",
        "có văn bản phải gửi", "a paper is to be sent",
    ),
    _when(
        r"\b(?P<what>dang tai|niem yet)\b.*\b(?:cong|trang) thong tin\b",
        "có văn bản phải đăng tải", "papers are to be published",
    ),
    _when(r"^(?P<what>bao cao)\b", "mở đầu bằng việc báo cáo", "it begins with reporting"),
    _when(
        r"\bde xuat (?:cac )?(?P<what>noi dung (?:giam sat|khao sat))\b",
        "có đề xuất nội dung giám sát", "matters for supervision are to be proposed",
    ),
    _when(
        r"^(?P<what>tham tra)\b.*\b(?:bao cao|du thao|to trinh)\b",
        "có báo cáo thẩm tra", "a report of verification is to be made", sent=False,
    ),
    _when(
        r"\b(?:xay dung|soan thao|ban hanh|lap)\b.{0,40}?\b"
        r"(?P<what>bao cao|du thao|ke hoach|de an|to trinh|nghi quyet)\b",
        "có báo cáo, dự thảo, kế hoạch phải làm ra", "a report, draft or plan is to be made", sent=False,
    ),
)  # fmt: skip
"""What makes a line a task; the first that is found counts."""

AIMS = re.compile(
    r"(?:phoi hop|tang cuong|nang cao|quan triet|doi moi|chu trong|nghien cuu|tap trung|neu cao|nam ro|to chuc tot)\b"
)
"""Words that open an orientation: it says how to work, although it may speak of papers."""

NO_PRODUCT = Text("không nêu sản phẩm cụ thể", "it names no product")
ONLY_AIMS = Text("nói cách làm, không giao sản phẩm", "it says how to work and gives no product")
