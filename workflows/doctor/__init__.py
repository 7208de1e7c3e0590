"""Examines an installation: every check says what it found and how to mend it. Nothing is changed by looking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from models.mending import restore
from models.units import Clock, connect, host_clock
from states.errors import DomainError
from states.text import Text
from workflows.doctor.database import examine_database
from workflows.doctor.files import examine_files
from workflows.doctor.finding import Check, Grade
from workflows.doctor.machine import backed_up, examine_machine, mailing
from workflows.doctor.prefect import examine_prefect, its_tables
from workflows.filing.store import FileStore
from workflows.migrating import file_of, require_current

__all__ = ["Check", "Grade", "examine", "mend"]


def examine(
    *,
    database_url: str,
    data_dir: Path,
    app_role: str | None = None,
    seal_key_given: bool = False,
    files: FileStore | None = None,
    mail: bool | None = None,
    backup: bool | None = None,
    environment: Mapping[str, str] | None = None,
    clock: Clock = host_clock,
) -> list[Check]:
    """Return the findings on the machine, the data folder, the database and the store of `files`, in that order.

    `mail`, `backup`: whether a mail server and a folder for backups are set up; None, it is not asked. `environment`
    says where Prefect is. `clock` is the host's. The installation is well when no finding is a "fault".
    """
    return [
        *examine_machine(data_dir, seal_key_given=seal_key_given),
        *(() if mail is None else (mailing(set_up=mail),)),
        *(() if backup is None else (backed_up(set_up=backup),)),
        *examine_prefect(environment or {}, database_url=database_url),
        *_examine_database(database_url, app_role=app_role, files=files, clock=clock),
    ]


def mend(database_url: str) -> list[str]:
    """Set triggers and search up again where they are not as they should be; return the names of what was mended.

    Run by the owner of the tables, after `verify` has told what happened. Raises NotMigrated on another schema.
    """
    database = connect(database_url, pool_size=1)
    try:
        with database.writing() as unit:
            require_current(unit)
            unit.take_lock()
            faults, missing = restore(unit.connection)
    finally:
        database.close()
    return [*(fault.trigger for fault in faults), *missing]


def _examine_database(url: str, *, app_role: str | None, files: FileStore | None, clock: Clock) -> Iterator[Check]:
    file = file_of(url)
    if file is not None and not file.exists():
        yield _unreachable(Text(f"Chưa có tệp {file}", f"There is no file {file}"))
        return
    try:
        database = connect(url, pool_size=1)
    except DomainError as error:
        yield _unreachable(error.text)
        return
    try:
        with database.reading() as unit:
            found = list(examine_database(unit, now=clock(), app_role=app_role))
            yield from found
            yield its_tables(unit)
            if files is not None and all(check.is_ok for check in found if check.code == "schema"):
                yield from list(examine_files(unit, files))
    except (DomainError, SQLAlchemyError) as error:
        told = error.text if isinstance(error, DomainError) else Text(*2 * (type(error).__name__,))
        yield _unreachable(told)
    finally:
        database.close()


def _unreachable(why: Text) -> Check:
    return Check(
        "database",
        "fault",
        Text(f"Không mở được cơ sở dữ liệu: {why.vi}", f"The database cannot be opened: {why.en}"),
        Text(
            "Kiểm tra DONDOC_DATABASE_URL và máy chủ; lần đầu thì chạy «dondoc migrate»",
            "Check DONDOC_DATABASE_URL and the server; the first time run `dondoc migrate`",
        ),
    )
