"""Every kind of long work: one row each. Whoever adds a kind adds a row, and a reader of what may be asked of it.

The command line, HTTP, the flows and their deployments read this table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from states.errors import NotFound
from states.text import Text
from workflows.working import answers, backups, clocks, history, letters, lists
from workflows.working.claiming import Terms
from workflows.working.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKind:
    """One kind of job.

    `permit(unit, setting=…, actor=…)` lets pass who may ask for it, and is asked again when the job is run. `work`
    does it and calls `Work.finish` in the transaction of its effect. `repeatable` says that an attempt that was cut off
    at any instant may be followed by another. `together` is how many of the kind run at once in the whole
    installation, None for any number.
    """

    name: str
    label: Text
    permit: Callable[..., None]
    work: Callable[[Work], None]
    of_council: bool = True
    takes_file: bool = False
    repeatable: bool = True
    together: int | None = None


_ROWS = (
    JobKind(
        name="import_petitions",
        label=Text("Nhập danh sách kiến nghị", "Import petitions"),
        permit=lists.permit_petitions,
        work=lists.take_petitions,
        takes_file=True,
    ),
    JobKind(
        name="import_cases",
        label=Text("Nhập danh sách hồ sơ", "Import cases of a kind"),
        permit=lists.permit_cases,
        work=lists.take_cases,
        takes_file=True,
    ),
    JobKind(
        name="import_answers",
        label=Text("Nhập báo cáo trả lời", "Import an answer report"),
        permit=answers.permit,
        work=answers.take,
        takes_file=True,
    ),
    JobKind(
        name="reckon_clocks",
        label=Text("Tính lại mọi thời hạn", "Reckon all clocks anew"),
        permit=clocks.permit,
        work=clocks.reckon,
        together=1,
    ),
    JobKind(
        name="adopt_regulation",
        label=Text("Áp dụng quy chế", "Adopt a regulation"),
        permit=clocks.permit,
        work=clocks.adopt,
        together=1,
    ),
    JobKind(
        name="announce_days",
        label=Text("Nhập thông báo ngày nghỉ", "Announce days off"),
        permit=clocks.permit_days,
        work=clocks.announce,
        of_council=False,
        together=1,
    ),
    JobKind(
        name="make_letters",
        label=Text("Tạo phiếu, tài liệu hàng loạt", "Make many letters"),
        permit=letters.permit,
        work=letters.make,
    ),
    JobKind(
        name="verify",
        label=Text("Kiểm tra nhật ký", "Verify history"),
        permit=history.permit,
        work=history.verify,
        of_council=False,
        together=1,
    ),
    JobKind(
        name="backup",
        label=Text("Sao lưu", "Back up"),
        permit=history.permit,
        work=backups.back_up,
        of_council=False,
        together=1,
    ),
)
KINDS: Mapping[str, JobKind] = MappingProxyType({kind.name: kind for kind in _ROWS})
TERMS = Terms(
    repeatable=frozenset(kind.name for kind in _ROWS if kind.repeatable),
    together={kind.name: kind.together for kind in _ROWS if kind.together is not None},
)


def kind_of(name: str) -> JobKind:
    """Return the kind with this name. Raises: NotFound naming those there are."""
    found = KINDS.get(name)
    if found is None:
        known = ", ".join(KINDS)
        raise NotFound(Text(f"Không có loại việc «{name}»; có: {known}", f"There is no kind “{name}”; known: {known}"))
    return found
