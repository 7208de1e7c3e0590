"""The guided set-up of a council: one question at a time, asked again until the answer can be used."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import typer

from api.cli.desk import read_day
from api.cli.speaking import complain
from states.errors import BadInput
from states.text import Language, Text
from states.vocabulary import Role
from workflows.councils import CouncilSpec, PersonSpec, SessionSpec

_Answer = TypeVar("_Answer")
_CODE = re.compile(r"[A-Z0-9]{2,12}")


def ask_council(language: Language, *, today: date) -> CouncilSpec:
    """Ask for what a new council needs; everything but code and name may be left out and added later."""
    typer.echo(_INTRODUCTION.read(language))
    code = _ask(language, Text("Mã hội đồng (2-12 chữ in hoa, số; ví dụ QK)", "Code (2-12 capitals, digits)"), _code)
    name = _ask(language, Text("Tên (ví dụ HĐND xã Quốc Khánh)", "Name"), _filled)
    province = _ask(language, Text("Tỉnh, thành phố (bỏ trống được)", "Province (may be empty)"), _maybe)
    hamlets = _ask(language, Text("Các thôn, cách nhau bằng dấu phẩy (bỏ trống được)", "Hamlets, by commas"), _list)
    return CouncilSpec(
        code=code,
        name=name,
        province=province,
        localities=hamlets,
        people=_ask_clerk(language),
        sessions=_ask_session(language, today),
    )


_INTRODUCTION = Text(
    "Lập hội đồng của cơ quan. Các cơ quan thường có (Thường trực HĐND, Văn phòng, UBND, MTTQ) được thêm sẵn.",
    "Setting up a council. Its usual bodies (standing body, office, committee, Front) are added by themselves.",
)


def _ask_clerk(language: Language) -> tuple[PersonSpec, ...]:
    name = _ask(
        language, Text("Người phụ trách Văn phòng HĐND (họ và tên; bỏ trống được)", "Head of the office"), _maybe
    )
    if name is None:
        return ()
    login = _ask(language, Text(f"Tài khoản của {name} (ví dụ lan)", f"Login of {name}"), _filled)
    return (PersonSpec(full_name=name, agency="VP", role=Role.COUNCIL_OFFICE, login=login),)


def _ask_session(language: Language, today: date) -> tuple[SessionSpec, ...]:
    name = _ask(language, Text("Kỳ họp sắp tới (ví dụ Kỳ họp thứ 2; bỏ trống được)", "Coming session"), _maybe)
    if name is None:
        return ()
    code = _ask(language, Text("Mã kỳ họp (ví dụ KH2)", "Code of the session"), _filled)

    def read(written: str) -> date | None:
        return read_day(written, field="khai mạc", today=today) if written else None

    opening = _ask(language, Text("Ngày khai mạc (bỏ trống nếu chưa rõ)", "Opening day (may be empty)"), read)
    return (SessionSpec(code=code, name=name, opening_on=opening),)


def _ask(language: Language, question: Text, read: Callable[[str], _Answer]) -> _Answer:
    while True:
        written = str(typer.prompt(question.read(language), default="", show_default=False)).strip()
        try:
            return read(written)
        except BadInput as error:
            for problem in error.problems.values():
                complain(problem.read(language))


def _code(written: str) -> str:
    if not _CODE.fullmatch(written.upper()):
        raise BadInput({"code": Text("Mã gồm 2 đến 12 chữ in hoa, số, không dấu", "2 to 12 capitals or digits")})
    return written.upper()


def _filled(written: str) -> str:
    if not written:
        raise BadInput({"": Text("Chưa nhập", "Nothing was entered")})
    return written


def _maybe(written: str) -> str | None:
    return written or None


def _list(written: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in written.split(",") if part.strip())
