"""The commune of the sample: invented in every name, merged from three others some time ago."""

from __future__ import annotations

from datetime import date, timedelta

from models.units import WriteUnit
from states.facts import Actor
from states.vocabulary import AgencyKind, Level, Role
from workflows import adopting
from workflows.access import Setting
from workflows.councils import AgencySpec, CouncilSpec, PersonSpec, SessionSpec, TermSpec
from workflows.sample.days import Days

CODE = "MAU"
PLACE = "xã Khe Trúc Mẫu"
PAST_SESSION, NEXT_SESSION = "KH2", "KH3"
HAMLETS = (
    "Thôn Khe Cạn",
    "Thôn Bãi Dâu",
    "Thôn Đồng Nếp",
    "Thôn Trúc Lĩnh",
    "Thôn Cây Sấu",
    "Bản Nà Lính",
    "Thôn Hồ Sen",
)
_SAMPLE_REGULATION = "sample-2021"
_IN_FORCE = date(2021, 8, 23)
_LAWS_ON_QUESTIONS = (("law-87-2015", date(2016, 7, 1)), ("law-121-2025", date(2026, 3, 1)))
_ANSWER_LIMITS = ("answer.after_session", "answer.before_session")
_YEARS_OF_A_TERM = 5
_KIND = AgencyKind


def council_spec(days: Days, *, number: int) -> CouncilSpec:
    """Return the council; `number` tells samples apart that were loaded one after another."""
    prefix = login_prefix(number)
    return CouncilSpec(
        code=code_of(number),
        name=f"HĐND {PLACE}",
        province="tỉnh Trường Giang (không có thật)",
        sample=True,
        term=_term(days),
        agencies=_agencies(days),
        localities=HAMLETS,
        sessions=_sessions(days),
        people=tuple(p.model_copy(update={"login": p.login and prefix + p.login}) for p in _PEOPLE),
    )


def code_of(number: int) -> str:
    """Return the code of the sample council: MAU, and MAU2 after a first one was taken away."""
    return CODE if number == 1 else f"{CODE}{number}"


def login_prefix(number: int) -> str:
    """Return what the logins of the sample begin with."""
    return f"{code_of(number).lower()}."


def _term(days: Days) -> TermSpec:
    """Return the term of office that the past session belongs to; terms begin in April of 2021, 2026, 2031 …."""
    first = days.today - timedelta(days=200)
    year = first.year - (first.year - 1) % _YEARS_OF_A_TERM
    if first < date(year, 4, 1):
        year -= _YEARS_OF_A_TERM
    last = year + _YEARS_OF_A_TERM
    return TermSpec(
        code=f"{year}-{last}", name=f"Nhiệm kỳ {year} - {last}", starts_on=date(year, 4, 1), ends_on=date(last, 3, 31)
    )


def _merged_on(days: Days) -> date:
    """Return the day on which the three communes became one: a first of July, at least a year ago."""
    year_ago = days.today - timedelta(days=365)
    return date(year_ago.year if year_ago >= date(year_ago.year, 7, 1) else year_ago.year - 1, 7, 1)


def _agencies(days: Days) -> tuple[AgencySpec, ...]:
    merged = _merged_on(days)
    gone = merged - timedelta(days=1)
    old = tuple(
        AgencySpec(
            code=f"UBND-{code}",
            name=f"UBND xã {name} (cũ)",
            kind=_KIND.PEOPLES_COMMITTEE,
            valid_to=gone,
            successor="UBND",
            aliases=(f"UBND xã {name}",),
        )
        for code, name in (("TTH", "Trúc Thượng Cũ"), ("THA", "Trúc Hạ Cũ"), ("LDU", "Làng Dủng Cũ"))
    )
    closing = days.today + timedelta(days=3)
    return (*old, *_STANDING_AGENCIES, _culture_centre(closing), _service_centre(closing))


def _culture_centre(closing: date) -> AgencySpec:
    """Return a unit that is about to be dissolved: a letter to it warns that it ceases before the due date."""
    return AgencySpec(
        code="TTVHTT",
        name="Trung tâm Văn hóa - Thể thao xã",
        kind=_KIND.PUBLIC_SERVICE_UNIT,
        valid_to=closing,
        successor="TTDVTH",
    )


def _service_centre(closing: date) -> AgencySpec:
    return AgencySpec(
        code="TTDVTH",
        name="Trung tâm Dịch vụ tổng hợp xã",
        kind=_KIND.PUBLIC_SERVICE_UNIT,
        valid_from=closing + timedelta(days=1),
    )


def _sessions(days: Days) -> tuple[SessionSpec, ...]:
    opening = days.ahead(7)
    return (
        SessionSpec(
            code=PAST_SESSION, name="Kỳ họp thứ Hai (thường lệ)", opening_on=days.back(152), closing_on=days.back(150)
        ),
        SessionSpec(
            code=NEXT_SESSION,
            name="Kỳ họp thứ Ba (thường lệ)",
            opening_on=opening,
            closing_on=days.working_from(opening + timedelta(days=1)),
        ),
    )


def adopt_with_pause(unit: WriteUnit, *, setting: Setting, actor: Actor) -> None:
    """Let the sample council apply the sample regulation with its pause switched on, so that one can be seen.

    The shipped regulation has it off, because no source that was read knows a pause.
    """
    switches = {code: {"pause": True} for code in _ANSWER_LIMITS}
    adopting.adopt(
        unit,
        setting=setting,
        code=_SAMPLE_REGULATION,
        from_on=_IN_FORCE,
        actor=actor,
        precedence="council",
        switches=switches,
    )


def adopt_reply_limits(unit: WriteUnit, *, setting: Setting, actor: Actor) -> None:
    """Let the sample council apply the 20 days of a reply to a question, so that the limit can be seen.

    They ship switched off: who follows questions switches them on.
    """
    for code, from_on in _LAWS_ON_QUESTIONS:
        adopting.adopt(
            unit,
            setting=setting,
            code=code,
            from_on=from_on,
            actor=actor,
            switches={"written_reply": {"enabled": True}},
        )


_STANDING_AGENCIES = (
    AgencySpec(code="KT", name="Phòng Kinh tế xã", kind=_KIND.SPECIALIZED_AGENCY, aliases=("Phòng Kinh tế",)),
    AgencySpec(code="VHXH", name="Phòng Văn hóa - Xã hội xã", kind=_KIND.SPECIALIZED_AGENCY),
    AgencySpec(code="HCC", name="Trung tâm Phục vụ hành chính công xã", kind=_KIND.PUBLIC_SERVICE_UNIT),
    AgencySpec(code="TYT", name="Trạm Y tế xã", kind=_KIND.PUBLIC_SERVICE_UNIT),
    AgencySpec(code="CAX", name="Công an xã", kind=_KIND.VERTICAL_AGENCY),
    AgencySpec(code="DIEN", name="Đội quản lý điện lực Khe Trúc", kind=_KIND.ENTERPRISE, aliases=("Điện lực",)),
    AgencySpec(code="KTNS", name="Ban Kinh tế - Ngân sách HĐND xã", kind=_KIND.COUNCIL_COMMITTEE),
    AgencySpec(code="VHXH-HD", name="Ban Văn hóa - Xã hội HĐND xã", kind=_KIND.COUNCIL_COMMITTEE),
    AgencySpec(code="TDB1", name="Tổ đại biểu HĐND số 1", kind=_KIND.DEPUTY_GROUP),
    AgencySpec(code="UBNDT", name="UBND tỉnh Trường Giang", kind=_KIND.PEOPLES_COMMITTEE, level=Level.PROVINCE),
)
_PEOPLE = (
    PersonSpec(full_name="Lục Thị Dương Xuân", agency="VP", role=Role.CLERK, capacity="Văn thư", login="vanthu"),
    PersonSpec(full_name="Bế Quang Thuấn", agency="VP", role=Role.OFFICER, capacity="Chuyên viên", login="chuyenvien"),
    PersonSpec(
        full_name="Vi Đình Khoát",
        agency="VP",
        role=Role.COUNCIL_OFFICE,
        capacity="Chánh Văn phòng, phần HĐND",
        login="chanhvp",
    ),
    PersonSpec(
        full_name="Vi Đình Khoát",
        agency="UBND",
        role=Role.OFFICER,
        capacity="Chánh Văn phòng, phần UBND",
        login="chanhvp",
    ),
    PersonSpec(
        full_name="Nông Thị Sầm Hoa",
        agency="TTHDND",
        role=Role.STANDING_BODY,
        capacity="Phó Chủ tịch HĐND",
        login="thuongtruc",
    ),
    PersonSpec(
        full_name="Ma Thị Ngân Hạ", agency="HDND", role=Role.SUPERVISOR, capacity="Chủ tịch HĐND", login="lanhdao"
    ),
    PersonSpec(
        full_name="Hứa Văn Nghiệp", agency="UBMTTQ", role=Role.FRONT, capacity="Phó Chủ tịch UBMTTQ", login="mattran"
    ),
    PersonSpec(full_name="Triệu Thị Mùi Lan", agency="TDB1", role=Role.DEPUTY, capacity="Tổ trưởng", login="daibieu"),
    PersonSpec(full_name="Đàm Hữu Kiệm", agency="UBND", role=Role.OFFICER, capacity="Chuyên viên", login="ubnd"),
    PersonSpec(full_name="Mã Thế Vượng", agency="KT", role=Role.HEAD, capacity="Trưởng phòng", login="kinhte"),
    PersonSpec(full_name="Lã Đức Toại", agency="HDND", role=Role.AUDITOR, capacity="Kiểm tra", login="kiemtra"),
    PersonSpec(full_name="Phùng Thế Giáp", agency="VP", role=Role.ADMINISTRATOR, capacity="Quản trị", login="quantri"),
    PersonSpec(full_name="Tô Vĩnh Bách", agency="UBND", role=Role.HEAD, capacity="Chủ tịch UBND"),
)
