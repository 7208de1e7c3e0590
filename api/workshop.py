"""Long work as this installation does it: its stores, its readers, its keys. The composition root of jobs."""

from __future__ import annotations

from api.settings import FILES, Settings, known_seal_key
from api.shapes.job_orders import read_order
from models.units import Database
from workflows.filing.malware import scanner_of
from workflows.filing.store import DiskStore
from workflows.working.workshop import Workshop

JOBS = "jobs"
SEALS = "seals"


def workshop_of(settings: Settings, database: Database) -> Workshop:
    """Return what jobs are done with."""
    return Workshop(
        database=database,
        files=DiskStore(settings.data_dir / FILES),
        kept=DiskStore(settings.data_dir / JOBS),
        folder=settings.data_dir / JOBS,
        read_order=read_order,
        longest_file=settings.file_megabytes << 20,
        scanner=scanner_of(settings.scan_command, seconds=settings.scan_seconds),
        seal_key=lambda: known_seal_key(settings),
        seals=settings.data_dir / SEALS,
    )
