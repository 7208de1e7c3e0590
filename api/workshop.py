"""Long work as this installation does it: its stores, its readers, its keys. The composition root of jobs."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from typing import Any

from api.settings import FILES, SEALS, Settings, known_seal_key, variable
from models.units import Database
from workflows.filing.malware import scanner_of
from workflows.filing.store import DiskStore
from workflows.flows.embedded import Embedded
from workflows.flows.surroundings import API_URL
from workflows.working.workshop import Workshop

JOBS = "jobs"
PREFECT = "prefect"
IDLE_SECONDS = 900


def _read_order(kind: str, asked: Mapping[str, Any], today: date) -> Any:
    from api.shapes.job_orders import read_order  # noqa: PLC0415 - the shapes load FastAPI, which only workers need here

    return read_order(kind, asked, today)


def workshop_of(settings: Settings, database: Database) -> Workshop:
    """Return what jobs are done with."""
    return Workshop(
        database=database,
        files=DiskStore(settings.data_dir / FILES),
        kept=DiskStore(settings.data_dir / JOBS),
        folder=settings.data_dir / JOBS,
        read_order=_read_order,
        longest_file=settings.file_megabytes << 20,
        scanner=scanner_of(settings.scan_command, seconds=settings.scan_seconds),
        seal_key=lambda: known_seal_key(settings),
        seals=settings.data_dir / SEALS,
        backups=settings.backup_dir,
        version=version("dondoc"),
    )


def embedded_of(settings: Settings) -> Embedded | None:
    """Return what starts Prefect beside this process on first need; None where workers of their own run the jobs."""
    if os.environ.get(API_URL):
        return None
    return Embedded(
        home=settings.data_dir / PREFECT,
        worker=[sys.executable, "-m", "api", "worker", "--idle", str(IDLE_SECONDS), "--no-scheduled"],
        environment={
            variable("data_dir"): str(settings.data_dir),
            variable("database_url"): settings.database_url,
            variable("language"): settings.language,
            variable("backup_dir"): "" if settings.backup_dir is None else str(settings.backup_dir),
        },
    )
