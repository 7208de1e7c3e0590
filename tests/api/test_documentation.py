"""OpenAPI: every route has an example that fits its shape, tells its problems and is explained."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import TypeAdapter

from api.app import create_app
from api.routes.health import WorkView
from api.routes.jobs import BroughtFile
from api.settings import Settings
from api.shapes import requests
from api.shapes.examples import examples
from workflows.agenda import Agenda
from workflows.carrying import CarriedOver
from workflows.catalogues import AgencyView, CouncilView, PlaceView, RegulationView, SessionView, YearView
from workflows.chaining import Chain
from workflows.chronicle import Chronicle
from workflows.clocks import ClockView
from workflows.delivering.choosing import Wishes
from workflows.delivering.contacts import ContactView
from workflows.delivering.inboxes import InboxView, Read
from workflows.delivering.messages import MessageView
from workflows.describing import CaseView, ReferralView
from workflows.enacting.views import PaperReportView
from workflows.filing.attaching import Attached
from workflows.filing.papers import FileView
from workflows.listing import ListedCase
from workflows.narrating import EventView
from workflows.noticing.proposing import ProposedLine
from workflows.offering import LinesView, MovedView, OfferView, SplitView
from workflows.paging import Page
from workflows.papers import ListedPaper, PaperView, WholePaper
from workflows.printing.reminding import Reminder
from workflows.printing.templates import TemplateView
from workflows.proposals import ProposalView
from workflows.question_groups import GroupView
from workflows.questioning import QuestionCounts
from workflows.rates import RateTable
from workflows.reminders import ReminderView
from workflows.round_figures import RoundFigures
from workflows.similar import Similar
from workflows.topics import TopicView
from workflows.working.seeing import JobView

SHAPES: dict[str, Any] = {
    "petition": requests.PetitionRequest,
    "round": requests.RoundRequest,
    "move": requests.MoveRequest,
    "take": requests.TakeRequest,
    "decline": requests.DeclineRequest,
    "commitment": requests.CaseRequest,
    "captured": MovedView,
    "registered": MovedView,
    "round_opened": MovedView,
    "moved": MovedView,
    "alike": requests.SimilarRequest,
    "similar": tuple[Similar, ...],
    "split": requests.SplitRequest,
    "split_done": SplitView,
    "carried_over": CarriedOver,
    "cases": Page[ListedCase],
    "rounds": Page[ListedCase],
    "case": CaseView,
    "offers": tuple[OfferView, ...],
    "events": tuple[EventView, ...],
    "chain": Chain,
    "chronicle": Chronicle,
    "figures": RoundFigures,
    "agenda": Agenda,
    "topic": TopicView,
    "clocks": tuple[ClockView, ...],
    "referrals": tuple[ReferralView, ...],
    "papers": tuple[PaperView, ...],
    "proposals": Page[ProposalView],
    "proposal": ProposalView,
    "reminders": tuple[ReminderView, ...],
    "question_groups": tuple[GroupView, ...],
    "question_group": GroupView,
    "group": requests.GroupRequest,
    "group_taken": PaperReportView,
    "councils": tuple[CouncilView, ...],
    "sessions": tuple[SessionView, ...],
    "localities": tuple[PlaceView, ...],
    "fields": tuple[PlaceView, ...],
    "documents": tuple[ListedPaper, ...],
    "document": WholePaper,
    "paper": requests.PaperRequest,
    "paper_done": PaperReportView,
    "telling": requests.TellingRequest,
    "telling_done": PaperReportView,
    "handover": requests.HandoverRequest,
    "handover_done": PaperReportView,
    "petitions_taken": dict[str, Any],
    "cases_taken": dict[str, Any],
    "answers_taken": dict[str, Any],
    "followup_taken": dict[str, Any],
    "attached": Attached,
    "job_file": BroughtFile,
    "job": requests.JobRequest,
    "job_asked": JobView,
    "job_done": JobView,
    "jobs": Page[JobView],
    "files": tuple[FileView, ...],
    "template": TemplateView,
    "templates": tuple[TemplateView, ...],
    "agencies": Page[AgencyView],
    "calendar": YearView,
    "regulations": tuple[RegulationView, ...],
    "rates": RateTable,
    "question_counts": QuestionCounts,
    "reminder": Reminder,
    "inbox": Page[InboxView],
    "inbox_read": requests.InboxRead,
    "inbox_read_done": Read,
    "wishes_chosen": requests.WishesRequest,
    "wishes": Wishes,
    "messages": Page[MessageView],
    "message": MessageView,
    "message_retry": requests.Nothing,
    "contacts_named": requests.ContactsRequest,
    "contacts": tuple[ContactView, ...],
    "lifecycle": dict[str, Any],
    "lifecycles": list[dict[str, Any]],
    "forms": dict[str, Any],
    "health": dict[str, str],
    "work": WorkView,
    "ready": dict[str, str],
    "notice_text": requests.NoticeText,
    "lines_proposed": tuple[ProposedLine, ...],
    "lines": requests.LinesRequest,
    "lines_entered": LinesView,
}


HANDED_OUT = (
    "/files/{digest}", "/letters/{kind}", "/templates/{kind}", "/annexes/{kind}", "/registers/petitions", "/packets",
    "/followups/{agency}", "/jobs/{job}/file", "/cases/{code}/chain.svg",
)  # fmt: skip
"""The routes that answer with the bytes of a file."""


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return create_app(Settings()).openapi()


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(m, path, told) for path, methods in described["paths"].items() for m, told in methods.items()]


def test_every_route_is_explained_with_an_example_and_its_problems(described: dict[str, Any]) -> None:
    for method, path, told in operations(described):
        where = f"{method} {path}"
        assert told["summary"], where
        assert told["description"].endswith("."), where
        [good] = [a for status, a in told["responses"].items() if status.startswith("2")]
        handed_out = method == "get" and path.endswith(HANDED_OUT)
        assert handed_out == ("application/octet-stream" in good["content"]), where
        assert handed_out or good["content"]["application/json"]["example"], where
        bad = {s: a["content"] for s, a in told["responses"].items() if not s.startswith("2")}
        assert {"401", "404", "422", "500", "503"} <= set(bad), where
        assert all(set(content) == {"application/problem+json"} for content in bad.values()), where
        if method == "post":
            sent = told["requestBody"]["content"]
            takes_file = path.endswith(("/files", "/templates/{kind}")) or "/imports/" in path
            assert takes_file == ("application/octet-stream" in sent), where
            assert takes_file or sent["application/json"]["example"] is not None, where
            assert {"413", "415"} <= set(bad), where
            assert path.endswith(("/similar", "/proposed")) != ({"403", "409"} <= set(bad)), where
        versioned = "If-Match" in {p["name"] for p in told.get("parameters", [])}
        assert versioned == ({"412", "428"} <= set(bad)), where
        secured = told.get("security") == [{"token": []}]
        assert secured == path.startswith("/api/v1"), where


def test_every_query_parameter_has_words_in_both_languages(described: dict[str, Any]) -> None:
    for _, path, told in operations(described):
        for parameter in told.get("parameters", []):
            if parameter["in"] == "query":
                assert parameter["schema"]["title"], (path, parameter["name"])
                assert parameter["schema"]["label_en"], (path, parameter["name"])


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_an_example_fits_its_shape(name: str) -> None:
    TypeAdapter(SHAPES[name]).validate_python(examples()[name])


def test_every_example_has_a_shape_and_none_a_person() -> None:
    assert set(examples()) == set(SHAPES)
    assert not re.search(r"\b0[35789]\d{8}\b", str(examples()))


def test_no_table_stands_in_the_interface(described: dict[str, Any]) -> None:
    columns = {"council_id", "case_id", "head_hash", "holder_id", "assignee_id", "petitioner_id", "created_by"}
    for name, schema in described["components"]["schemas"].items():
        assert not columns & set(schema.get("properties", {})), name


def test_the_page_is_readable_without_scripts_or_other_hosts() -> None:
    from fastapi.testclient import TestClient  # noqa: PLC0415 - the other tests of this file speak to nobody

    answer = TestClient(create_app(Settings())).get("/docs")
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert not re.findall(r"(?:src|href)=\"(?!/)", answer.text)
    assert "/api/v1/cases/{code}/moves" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
