"""Deployments: what Prefect's pages show and start, and its schedules. Deploying again brings them up to date.

Every kind has a deployment whose only parameter is the id of a job that was asked for; it is tagged, and limited to as
many runs at once as the kind allows. `nightly-verify` asks for a verification of the night, once however often it is
run; a worker then does it as any other job.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from prefect import Flow, flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.schedules import CronSchedule
from prefect.exceptions import ObjectNotFound
from prefect.flow_engine import run_flow
from prefect.states import Completed

from workflows import accounts
from workflows.flows.runs import FLOWS, TAG, bench
from workflows.working import submitting
from workflows.working.kinds import KINDS

NAME = "dondoc"
ZONE = "Asia/Ho_Chi_Minh"
USER = "dondoc"


@dataclass(frozen=True, slots=True)
class Deployed:
    """A deployment as Prefect knows it."""

    name: str
    schedule: str | None
    together: int | None


@flow(name="nightly-verify", persist_result=False)
def nightly_verify() -> Any:
    """Ask for the verification of this night, unless somebody has."""
    shop = bench().shop
    order = submitting.keep_order(shop.kept, {})
    kind = KINDS["verify"]
    with shop.database.writing() as unit:
        actor = accounts.operator(unit, user=USER)
        submitting.submit(unit, kind=kind, setting=None, actor=actor, order=order, once=f"verify {unit.today}")
    return Completed(message="asked for")


SCHEDULED: dict[str, tuple[Flow[..., Any], str]] = {"nightly-verify": (nightly_verify, "0 2 * * *")}
"""Flows that run by themselves, each with its cron line in the time of Hanoi."""


def deploy() -> list[Deployed]:
    """Bring all deployments up to date and return them. Raises what Prefect's client raises."""
    with get_client(sync_client=True) as client:
        return list(_deployed(client))


def _deployed(client: SyncPrefectClient) -> Iterator[Deployed]:
    for kind in KINDS.values():
        yield _put(client, FLOWS[kind.name], tags=[TAG, kind.name], together=kind.together)
    for one, cron in SCHEDULED.values():
        yield _put(client, one, tags=[TAG, "nightly"], together=1, cron=cron)


def _put(
    client: SyncPrefectClient, of: Flow[..., Any], *, tags: list[str], together: int | None, cron: str | None = None
) -> Deployed:
    schedules = [] if cron is None else [
        DeploymentScheduleCreate(schedule=CronSchedule(cron=cron, timezone=ZONE), active=True, slug="nightly")
    ]  # fmt: skip
    client.create_deployment(
        flow_id=client.create_flow(of),
        name=NAME,
        description=of.description,
        tags=tags,
        schedules=schedules,
        concurrency_limit=together,
        enforce_parameter_schema=True,
        parameter_openapi_schema=of.parameters.model_dump(),
    )
    return Deployed(f"{of.name}/{NAME}", cron, together)


def run_due(client: SyncPrefectClient, *, now: datetime) -> bool:
    """Run what schedules and pages of Prefect started; True when there was something."""
    flows = {one.name: one for one in [*FLOWS.values(), *(found for found, _ in SCHEDULED.values())]}
    known = dict(_known(client, list(flows)))
    if not known:
        return False
    due = client.get_scheduled_flow_runs_for_deployments(list(known), scheduled_before=now, limit=5)
    for one in due:
        run = client.read_flow_run(one.id)
        if run.deployment_id is None:
            continue
        run_flow(flows[known[run.deployment_id]], flow_run=run, parameters=run.parameters, return_type="state")
    return bool(due)


def _known(client: SyncPrefectClient, names: list[str]) -> Iterator[tuple[UUID, str]]:
    for name in names:
        with suppress(ObjectNotFound):
            yield client.read_deployment_by_name(f"{name}/{NAME}").id, name
