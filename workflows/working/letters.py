"""The job that makes many files at once: the packets of all hamlets, or the follow-up sheets of all units."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import or_, select

from models.cases import Case, Referral
from models.columns import table_of
from models.councils import Agency
from models.units import Unit
from states.facts import Actor
from states.text import Text
from workflows.access import Setting
from workflows.filing.store import Spool
from workflows.printing import followup, making, packets
from workflows.printing.followup import Body
from workflows.printing.making import MadeFile
from workflows.working.orders import Batch, LettersOrder
from workflows.working.work import Outcome, Work

_case, _referral, _agency = table_of(Case), table_of(Referral), table_of(Agency)
MEDIA = "application/zip"
_LARGEST = 1 << 30
_Made = tuple[int, Iterator[Callable[[], MadeFile]]]


def permit(unit: Unit, *, setting: Setting, actor: Actor) -> None:
    """Let pass whoever belongs to the council: the files hold what that person may see."""


def make(work: Work) -> None:
    """Make every file from one snapshot and put them into one archive, kept beside the job."""
    order: LettersOrder = work.order
    with work.shop.kept.spooling(most=_LARGEST, suffix=".zip") as spool:
        with work.shop.database.reading() as unit:
            actor = work.actor(unit)
            setting = work.setting(unit, actor)
            total, files = _BATCHES[order.batch](work, unit, setting, actor)
            work.meter(0, total)
            made, troubles = _archive(work, spool, files, total)
            name = f"{setting.council_code.lower()}-{order.batch}-{unit.today:%Y%m%d}.zip"
        kept = work.keep_spool(spool, name=name, media=MEDIA)
    said = Text(f"Đã tạo {made} tệp", f"{made} files were made")
    with work.shop.database.writing() as unit:
        work.finish(unit, Outcome(said=said, totals={"files": made, "troubles": troubles}, file=kept))


def _archive(work: Work, spool: Spool, files: Iterator[Callable[[], MadeFile]], total: int) -> tuple[int, int]:
    """Write the files as they are made, without the hour, so that the same files are the same archive."""
    made = troubles = 0
    with ZipFile(_Into(spool), "w", ZIP_DEFLATED) as archive:
        for number, file in enumerate(files, start=1):
            one: MadeFile = work.step(f"file {number} of {total}", file)
            archive.writestr(ZipInfo(one.name, (1980, 1, 1, 0, 0, 0)), one.content, ZIP_DEFLATED)
            made, troubles = made + 1, troubles + len(one.troubles)
            work.meter(number, total)
    return made, troubles


@dataclass(frozen=True, slots=True)
class _Into:
    """A spool as an archive writes to it: forwards only."""

    spool: Spool

    def write(self, piece: bytes, /) -> int:
        """Add bytes. Raises: FileOverLimit, Unavailable."""
        self.spool.take(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits here: the spool is settled before it is kept."""

    def close(self) -> None:
        """Leave the spool open: whoever opened it closes it."""


def _packets(work: Work, unit: Unit, setting: Setting, actor: Actor) -> _Made:
    order: LettersOrder = work.order
    made = packets.makers(unit, setting=setting, actor=actor, store=work.shop.files, contact_round=order.round)
    return len(made), iter(made)


def _followups(work: Work, unit: Unit, setting: Setting, actor: Actor) -> _Made:
    """Return the sheet of every unit that has open cases, as the actor may hand it out."""
    order: LettersOrder = work.order

    def maker(agency: Body) -> Callable[[], MadeFile]:
        return lambda: making.follow_up(
            unit, setting=setting, actor=actor, store=work.shop.files, agency=agency, form=order.form
        )

    owing = [b for b in _units(unit, setting) if followup.held_by(unit, setting=setting, actor=actor, agency=b)]
    return len(owing), map(maker, owing)


def _units(unit: Unit, setting: Setting) -> list[Body]:
    theirs = or_(_referral.c.agency_id == _agency.c.id, _referral.c.lead_id == _agency.c.id)
    sent = select(_referral.c.id).join(_case, _case.c.id == _referral.c.case_id)
    any_sent = sent.where(_case.c.council_id == setting.council, theirs).correlate(_agency).exists()
    wanted = select(_agency.c.id, _agency.c.code, _agency.c.name).where(any_sent).order_by(_agency.c.code)
    return [Body(row.id, row.code, row.name) for row in unit.read(wanted)]


_BATCHES: Mapping[Batch, Callable[[Work, Unit, Setting, Actor], _Made]] = {
    Batch.PACKETS: _packets,
    Batch.FOLLOWUPS: _followups,
}
