"""A council adopts a regulation of its own: what runs keeps its own, what begins later takes the new one."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from deadlines.errors import LimitAmbiguous, RegulationInvalid
from states.errors import AlreadyExists, BadInput, NotFound, NotPermitted
from states.facts import Actor
from tests.office import LETTER, Office
from workflows import adopting, councils
from workflows.adopting import Adopted, Loaded

OWN = """
[regulation]
code = "qc-na-pat"
version = "1"
title = { vi = "Quy chế HĐND xã Nà Pát", en = "Regulation of Nà Pát" }
status = "in_force"
source = "Quy chế 03/QCPH ngày 01/9/2026"

[[limit]]
code = "answer"
label = { vi = "Trả lời kiến nghị", en = "Answer to a petition" }
role = "answer"
applies = { kind = "petition", round = "before_session" }
starts = "received_by_addressee"
provisional_from = "sent"
length = "15 working days"
rolls = "next working day"
met_by = "answer_received"
cancelled_by = ["returned", "recalled", "withdrawn", "merged", "closed"]
pauses_on = "clarification_asked"
resumes_on = "clarification_given"
per = "referral"
effect = "regulation"
citation = "Quy chế 03/QCPH, Điều 9"
confidence = "quoted"
options = { pause = "off", extension = "off", not_after = "off" }
"""


def load(office: Office, text: str = OWN, *, actor: Actor | None = None) -> Loaded:
    with office.database.writing() as unit:
        return adopting.load(unit, text=text, origin="qc.toml", actor=actor or office.operator)


def adopt(office: Office, code: str = "qc-na-pat", from_on: date = date(2026, 9, 1), **more: object) -> Adopted:
    with office.database.writing() as unit:
        return adopting.adopt(
            unit,
            setting=office.setting,
            code=code,
            from_on=from_on,
            **{"actor": office["charge"], **more},  # type: ignore[arg-type]  # a test gives them by name
        )


def answer_of(office: Office, code: str) -> tuple[str, str, date]:
    (clock,) = [c for c in office.see(code).clocks if c["role"] == "answer"]
    return clock["limit_code"], clock["status"], clock["due_on"]


def test_what_runs_keeps_its_regulation_and_what_begins_takes_the_new_one(office: Office) -> None:
    running = office.received(date(2026, 8, 10))
    load(office)
    done = adopt(office)
    assert done.moves == ()
    fresh = office.received(date(2026, 9, 3))
    assert answer_of(office, running) == ("answer.before_session", "sample", date(2026, 9, 3))
    assert answer_of(office, fresh) == ("answer", "in_force", date(2026, 9, 24))


def test_a_regulation_adopted_for_a_day_before_leaves_pinned_clocks_alone(office: Office) -> None:
    running = office.received(date(2026, 9, 3))
    load(office)
    adopt(office, from_on=date(2026, 1, 1))
    assert answer_of(office, running)[0] == "answer.before_session"
    office.go(running, "raise_again", date(2026, 9, 5))
    assert answer_of(office, running)[0] == "answer.before_session"
    assert office.see(running).row["seq"] == 7


def test_by_day_of_receipt_the_petition_decides_not_the_start(office: Office) -> None:
    load(office)
    adopt(office, from_on=date(2026, 9, 1), basis="received")
    early = office.record(on=date(2026, 8, 1))
    late = office.record(on=date(2026, 9, 2))
    for code in (early, late):
        office.go(code, "screen", date(2026, 9, 3), level="commune")
        moved = office.go(code, "transfer", date(2026, 9, 4), addressees=["UBND"], document=LETTER)
        office.go(code, "receive", date(2026, 9, 7), referral=moved.referrals[0])
    assert answer_of(office, early)[0] == "answer.before_session"
    assert answer_of(office, late)[0] == "answer"


def test_the_earlier_one_of_the_same_rank_ends_the_day_before(office: Office) -> None:
    load(office)
    load(office, OWN.replace('version = "1"', 'version = "2"').replace("15 working", "10 working"))
    adopt(office, version="1", from_on=date(2026, 9, 1))
    done = adopt(office, version="2", from_on=date(2026, 10, 1))
    assert [(old.regulation.version, old.from_on) for old in done.ended] == [("1", date(2026, 9, 1))]
    with office.database.reading() as unit:
        own = [a for a in adopting.applied(unit, setting=office.setting) if a.precedence == "council"]
    assert [(a.regulation.version, a.from_on, a.to_on) for a in own] == [
        ("1", date(2026, 9, 1), date(2026, 9, 30)), ("2", date(2026, 10, 1), None),
    ]  # fmt: skip


def test_the_same_regulation_again_with_a_switch_counts_from_its_day(office: Office) -> None:
    load(office)
    adopt(office)
    before = office.received(date(2026, 9, 3))
    done = adopt(office, from_on=date(2026, 9, 8), switches={"answer": {"pause": True}})
    assert len(done.ended) == 1
    after = office.received(date(2026, 9, 8))
    for code in (before, after):
        referral = office.see(code).referrals[0]["id"]
        office.go(code, "ask_clarification", date(2026, 9, 9), referral=referral, words="?")
    states = [next(c["state"] for c in office.see(code).clocks) for code in (before, after)]
    assert states == ["running", "paused"]


def test_what_the_shipped_regulations_say_is_unambiguous_for_every_council(office: Office) -> None:
    with office.database.reading() as unit:
        adopting._prove(adopting.applied(unit, setting=office.setting))


def test_two_of_one_rank_that_say_two_things_of_one_matter_are_refused(office: Office) -> None:
    load(office)
    other = OWN.replace("qc-na-pat", "qd-tinh").replace("15 working", "12 working")
    load(office, other)
    load(office, other.replace("qd-tinh", "qd-khac"))
    adopt(office, "qd-tinh", precedence="province")
    with pytest.raises(AlreadyExists):
        adopt(office, "qd-khac", precedence="province")
    with office.database.reading() as unit:
        found = adopting.applied(unit, setting=office.setting)
    province = next(a for a in found if a.regulation.code == "qd-tinh")
    with pytest.raises(LimitAmbiguous):
        adopting._prove([province, province])


def test_a_province_goes_before_the_council(office: Office) -> None:
    load(office)
    load(office, OWN.replace("qc-na-pat", "qd-tinh").replace("15 working", "12 working"))
    adopt(office)
    adopt(office, "qd-tinh", precedence="province")
    assert answer_of(office, office.received(date(2026, 9, 3)))[2] == date(2026, 9, 21)


@pytest.mark.parametrize(
    ("switches", "field"),
    [
        ({"nothing": {"pause": True}}, "nothing"),
        ({"answer": {"colour": True}}, "answer.colour"),
        ({"answer": {"extension": True}}, "answer.extension"),
        ({"answer": {"not_after": True}}, "answer.not_after"),
    ],
)
def test_a_switch_that_the_regulation_does_not_have_is_refused(
    office: Office, switches: dict[str, dict[str, bool]], field: str
) -> None:
    load(office)
    with pytest.raises(BadInput) as refused:
        adopt(office, switches=switches)
    assert list(refused.value.problems) == [field]


def test_loading_twice_adds_nothing_and_other_content_needs_another_version(office: Office) -> None:
    assert load(office).new
    assert not load(office).new
    with pytest.raises(AlreadyExists):
        load(office, OWN.replace("15 working", "16 working"))
    with pytest.raises(RegulationInvalid):
        load(office, OWN.replace('per = "referral"', 'per = "village"'))


def test_who_may_load_and_adopt(office: Office) -> None:
    with pytest.raises(NotPermitted):
        load(office, actor=office["charge"])
    load(office)
    with pytest.raises(NotPermitted):
        adopt(office, actor=office["clerk"])
    with pytest.raises(NotFound):
        adopt(office, "qc-khac")
    with pytest.raises(BadInput):
        adopt(office, precedence="village", basis="sometimes")


class MachineStops(Exception):
    """The unit goes down before it commits."""


def adopt_and_stop(office: Office) -> None:
    with office.database.writing() as unit:
        adopting.adopt(unit, setting=office.setting, code="qc-na-pat", from_on=date(2026, 8, 1), actor=office["charge"])
        raise MachineStops


def test_an_adoption_that_was_not_kept_leaves_no_trace_in_what_others_reckon_by(office: Office) -> None:
    load(office)
    with pytest.raises(MachineStops):
        adopt_and_stop(office)
    assert answer_of(office, office.received(date(2026, 8, 10)))[0] == "answer.before_session"
    adopt(office, from_on=date(2026, 9, 1))
    assert answer_of(office, office.received(date(2026, 9, 3)))[0] == "answer"


def test_a_new_council_starts_with_what_ships_not_with_what_another_council_loaded(office: Office) -> None:
    shipped = (files("deadlines") / "regulations" / "sample-2021.toml").read_text(encoding="utf-8")
    own = shipped.replace('"sample-2021"', '"cua-xa-khac"').replace('status = "sample"', 'status = "in_force"')
    with office.database.writing() as unit:
        adopting.load(unit, text=own, origin="cua-xa-khac.toml", actor=office.operator)
    with office.database.writing() as unit:
        fresh = councils.create(
            unit, spec=councils.CouncilSpec(code="KHAC", name="HĐND xã Khác"), actor=office.operator
        )
    with office.database.reading() as unit:
        codes = {a.regulation.code for a in adopting.applied(unit, setting=fresh)}
    assert "sample-2021" in codes
    assert "cua-xa-khac" not in codes


def test_a_regulation_is_not_adopted_before_its_own_first_day(office: Office) -> None:
    shipped = (files("deadlines") / "regulations" / "sample-2021.toml").read_text(encoding="utf-8")
    own = shipped.replace('"sample-2021"', '"mai-sau"').replace("2021-08-23", "2026-12-01")
    with office.database.writing() as unit:
        adopting.load(unit, text=own, origin="mai-sau.toml", actor=office.operator)
    with office.database.writing() as unit, pytest.raises(BadInput) as refused:
        adopting.adopt(unit, setting=office.setting, code="mai-sau", from_on=date(2026, 11, 1), actor=office.operator)
    assert "01/12/2026" in refused.value.text.vi
