"""A topic gathers petitions without merging them: each keeps its code and state, one paper answers them all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from states.errors import Refused
from states.facts import Signed
from tests.desk import Desk
from tests.office import Office
from workflows import access, chaining, topics, verifying
from workflows.gathering import Gathering, codes
from workflows.registering import Birth

ON = date(2026, 8, 10)


def open_topic(office: Office, text: str = "Đường liên bản") -> str:
    return office.born(Birth("topic", {"text": text, "agency": "UBND"}, ON))


def gather(office: Office, topic: str, *petitions: str) -> None:
    with office.database.writing() as unit:
        topics.gather(unit, topic=topic, codes=petitions, actor=office["charge"], on=ON)


def members(office: Office, topic: str) -> topics.TopicView:
    with office.database.reading() as unit:
        return topics.topic(unit, code=topic, actor=office["clerk"])


def linked(office: Office, code: str) -> list[tuple[str, str, str]]:
    with office.database.reading() as unit:
        seen = access.case(unit, code=code, actor=office["clerk"])
        chain = chaining.chain_of(unit, seen, actor=office["clerk"])
    return [(link.code, link.kind.code, link.other) for link in chain.links]


@pytest.mark.journeys
def test_one_report_answers_all_petitions_of_a_topic(desk: Desk) -> None:
    office = desk.office
    topic = open_topic(office)
    assert topic == "NP-NT-26-0001"
    sent = [office.received(date(2026, 8, 7)) for _ in range(3)]
    gather(office, topic, *reversed(sent))
    told = desk.as_("clerk").get(f"/api/v1/topics/{topic}").json()
    assert [one["code"] for one in told["members"]] == sent
    assert [(line["code"], line["number"]) for line in told["states"]] == [("with_authority", 3)]
    assert (told["name"], told["agency"]["code"], told["times_raised"]) == ("Đường liên bản", "UBND", 3)
    assert desk.as_("clerk").get(f"/api/v1/cases/{sent[0]}").json()["detail"]["topic"] == topic
    with office.database.reading() as unit:
        wanted = Gathering(topic=topic)
        assert codes(unit, setting=office.setting, actor=office["clerk"], wanted=wanted) == sent
    paper = {
        "act": "answer",
        "document": {"number": "61/BC-UBND", "issued_on": "2026-08-20", "type": "report", "issuer": "UBND"},
        "on": "2026-08-21",
        "values": {"claimed": "explained", "words": "Đã có trong kế hoạch", "ground": "Nghị quyết 12"},
        "rows": [{"case": code} for code in sent],
    }
    done = desk.as_("charge").post("/api/v1/documents", json=paper)
    assert done.status_code in {200, 201}, done.text
    assert [(one.state.code, one.code) for one in members(office, topic).members] == [("answered", c) for c in sent]
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).faults == ()


def test_a_petition_is_in_one_topic_at_a_time_and_may_leave(office: Office) -> None:
    roads, water = open_topic(office), open_topic(office, "Nước sạch")
    one, two = office.record("Sửa đường"), office.record("Xin giếng")
    gather(office, roads, one, two)
    gather(office, water, two)
    assert [m.code for m in members(office, roads).members] == [one]
    assert [m.code for m in members(office, water).members] == [two]
    assert linked(office, two) == [(two, "answered_together", water)]
    office.go(two, "leave_topic", ON, words="Nội dung khác")
    assert linked(office, two) == []
    assert members(office, water).members == ()
    office.go(one, "withdraw", ON, words="Cử tri rút")
    assert [(m.code, m.state.code) for m in members(office, roads).members] == [(one, "withdrawn")]
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).faults == ()


def test_gathering_is_all_or_none_and_only_into_an_open_topic(office: Office) -> None:
    topic, petition, gone = open_topic(office), office.record(), office.record("Nhập nhầm")
    office.go(gone, "void", ON, words="nhập nhầm")
    with pytest.raises(Refused):
        gather(office, topic, petition, gone)
    assert members(office, topic).members == ()
    office.go(topic, "close_topic", ON, words="Đã trả lời")
    for wrong in (topic, office.record("Kiến nghị khác")):
        with pytest.raises(Refused) as refused:
            gather(office, wrong, petition)
        assert "joins_an_open_topic" in {f.code for f in refused.value.findings if f.holds is False}
    office.go(topic, "reopen", ON, words="Còn kiến nghị")
    gather(office, topic, petition)
    assert [m.code for m in members(office, topic).members] == [petition]


def test_a_topic_is_seen_as_far_as_its_petitions_may_be_seen(desk: Desk) -> None:
    topic = open_topic(desk.office)
    petition = desk.enter()
    gather(desk.office, topic, petition)
    read: Any = desk.as_("dien").get(f"/api/v1/topics/{topic}")
    assert read.status_code == 404
    assert desk.as_("clerk").get(f"/api/v1/topics/{petition}").status_code == 404
    standing = Signed(desk.office.setting.standing_body)
    with pytest.raises(Refused):
        desk.office.go(petition, "join_topic", ON, actor=desk.office["front"], decided_by=standing, topic=topic)
