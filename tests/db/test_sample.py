"""The sample council shows everything that may happen to a petition, and does so as of the day it is loaded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from models.units import HANOI, Database, connect
from states.citizen_letter import D
from states.commitment import K
from states.contact_meeting import H as ContactMeeting
from states.contact_round import C
from states.deputy_opinion import Y
from states.errors import AlreadyExists
from states.facts import Actor
from states.meeting import H
from states.petition import PETITION, P
from states.question_words import Q
from states.reckoning import Timeliness
from states.recommendation import RC
from states.referral import REFERRAL, R
from states.resolution_follow_up import N
from states.session_document import L
from states.supervision import SV
from states.task import T
from states.topic import T as Topic
from states.vocabulary import Result, Role
from tests.servers.postgres import PostgresServer
from workflows import access, accounts, clocks, correcting, demo_removal, round_figures, tokens
from workflows.clocks import ClockView
from workflows.sample import SampleLoaded, is_loaded, load_sample
from workflows.verifying import verify

TODAY = date(2026, 11, 18)
OPERATOR = "test"


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), HANOI).astimezone(UTC)


@dataclass
class Sample:
    """A loaded sample and questions about it."""

    database: Database
    loaded: SampleLoaded
    codes: dict[str, str] = field(default_factory=dict)

    def rows(self, query: str, **values: Any) -> list[Any]:
        with self.database.reading() as unit:
            return list(unit.read(text(query), values))

    def code_of(self, words: str) -> str:
        """Return the code of the one petition whose text has these words."""
        found = self.rows(
            'SELECT c.code FROM "case" c JOIN case_search s ON s.case_id = c.id WHERE s.exact LIKE :words',
            words=f"%{words.casefold()}%",
        )
        assert len(found) == 1, f"{words}: {found}"
        return str(found[0].code)

    def clocks(self, words: str, *, superseded: bool = False) -> tuple[ClockView, ...]:
        with self.database.reading() as unit:
            seen = access.case(unit, code=self.code_of(words), actor=self.operator())
            return clocks.clock_views(unit, seen, superseded=superseded)

    def operator(self) -> Actor:
        with self.database.writing() as unit:
            return accounts.operator(unit, user=OPERATOR)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def sample(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    migrated_sqlite: Path,
    postgres_server: PostgresServer,
) -> Iterator[Sample]:
    """The sample, loaded once on each engine; these tests only look at it."""
    if request.param == "sqlite":
        copy = tmp_path_factory.mktemp("sample") / "sample.sqlite3"
        shutil.copyfile(migrated_sqlite, copy)
        url = f"sqlite+pysqlite:///{copy}"
    else:
        url = postgres_server.create_database(template=request.getfixturevalue("migrated_postgres"))
    database = connect(url, clock=lambda: noon(TODAY))
    try:
        yield Sample(database, load_sample(database, today=TODAY))
    finally:
        database.close()


@pytest.fixture
def own_sample(database_url: str) -> Iterator[Sample]:
    """A sample that a test may change."""
    database = connect(database_url, clock=lambda: noon(TODAY))
    try:
        yield Sample(database, load_sample(database, today=TODAY))
    finally:
        database.close()


def test_every_state_of_a_petition_and_of_a_referral_can_be_seen(sample: Sample) -> None:
    petitions = {row.state for row in sample.rows("SELECT state FROM \"case\" WHERE kind = 'petition'")}
    assert petitions == set(map(str, PETITION.states)) == set(P)
    referrals = {row.state for row in sample.rows("SELECT state FROM referral")}
    assert referrals == set(map(str, REFERRAL.states)) == set(R)
    rounds = [row.state for row in sample.rows("SELECT state FROM \"case\" WHERE kind = 'contact_round'")]
    assert sorted(rounds) == [C.COMPILED, C.COMPILED, C.OPENED]
    promises = [row.state for row in sample.rows("SELECT state FROM \"case\" WHERE kind = 'commitment'")]
    assert sorted(promises) == [K.BROKEN, K.FULFILLED, K.IN_PROGRESS]
    supervisions = [row.state for row in sample.rows("SELECT state FROM \"case\" WHERE kind = 'supervision'")]
    assert sorted(supervisions) == [SV.CONCLUDED, SV.PLANNED]
    recommended = [row.state for row in sample.rows("SELECT state FROM \"case\" WHERE kind = 'recommendation'")]
    assert sorted(recommended) == [RC.CLOSED, RC.IN_PROGRESS, RC.SHORTFALL]
    asked = [row.state for row in sample.rows("SELECT state FROM \"case\" WHERE kind = 'question'")]
    assert sorted(asked) == [
        Q.AWAITING_REPLY,
        Q.CLOSED,
        Q.MERGED,
        Q.REPLY_AT_STANDING_BODY,
        Q.SELECTED,
        Q.UNDER_STUDY,
    ]
    meetings = [row.state for row in sample.rows("SELECT state FROM \"case\" WHERE kind = 'contact_meeting'")]
    assert sorted(meetings) == [ContactMeeting.CANCELLED, ContactMeeting.PLANNED, *[ContactMeeting.REPORTED] * 7]
    opinions = [row.state for row in sample.rows("SELECT state FROM \"case\" WHERE kind = 'deputy_opinion'")]
    files = [row.state for row in sample.rows("SELECT state FROM \"case\" WHERE kind = 'session_document'")]
    assert sorted(files) == [L.COMPLETE, L.INCOMPLETE, L.POSTPONED, L.VERIFIED]
    topics = [row.state for row in sample.rows("SELECT state FROM \"case\" WHERE kind = 'topic'")]
    assert topics == [Topic.OPEN]
    assert sorted(opinions) == [Y.ACCEPTED, Y.FORWARDED, Y.QUESTIONED]


def test_a_sitting_gave_tasks_and_nobody_came_to_a_reception(sample: Sample) -> None:
    found = sample.rows(
        'SELECT meeting_kind, state, nobody_came, tasks, orientations FROM meeting JOIN "case" ON id = case_id'
    )
    kinds = {(row.meeting_kind, row.state): row for row in found}
    assert set(kinds) == {
        ("standing_sitting", H.CONCLUDED),
        ("giao_ban", H.NOTIFIED),
        ("joint_conference", H.CONCLUDED),
        ("explanation_hearing", H.NOTIFIED),
        ("reception", H.CONCLUDED),
        ("reception", H.PLANNED),
    }
    sitting = kinds["standing_sitting", H.CONCLUDED]
    assert (sitting.tasks, sitting.orientations) == (3, 2)
    assert [bool(row.nobody_came) for row in found if row.meeting_kind == "reception" and row.state == H.CONCLUDED] == [
        True
    ]
    tasks = [row.state for row in sample.rows("SELECT state FROM \"case\" WHERE kind = 'task'")]
    assert sorted(tasks) == [T.DONE, T.IN_PROGRESS, T.NOT_DONE]
    resolutions = [row.state for row in sample.rows("SELECT state FROM \"case\" WHERE kind = 'resolution_follow_up'")]
    assert sorted(resolutions) == [N.ADOPTED, N.DONE, N.IN_PROGRESS, N.ISSUE_FOUND, N.REPLACED]
    letters = [row.state for row in sample.rows("SELECT state FROM \"case\" WHERE kind = 'citizen_letter'")]
    assert sorted(letters) == [D.CLOSED, D.DIVERTED_DENUNCIATION, D.FORWARDED, D.RETURNED]


def test_its_history_verifies(sample: Sample) -> None:
    with sample.database.reading() as unit:
        verdict = verify(unit, key=None)
    assert verdict.faults == ()
    assert verdict.cases == sample.loaded.cases
    assert verdict.events > 100


def test_entries_are_spread_over_past_days_and_never_go_back_in_time(sample: Sample) -> None:
    stamps = sample.rows("SELECT case_id, seq, recorded_at, occurred_on FROM event ORDER BY case_id, seq")
    whens = [(str(row.case_id), str(row.recorded_at)) for row in stamps]
    assert whens == sorted(whens)
    days = {when[:10] for _, when in whens}
    assert len(days) > 25
    assert max(days) < TODAY.isoformat()
    assert all(str(row.occurred_on) <= str(row.recorded_at)[:10] for row in stamps)


def test_limits_stand_in_every_way_that_an_office_meets(sample: Sample) -> None:
    def standing(words: str) -> dict[str, tuple[str, str]]:
        return {c.role: (c.timeliness.code, c.words.vi) for c in sample.clocks(words)}

    assert standing("Loa truyền thanh")["answer"] == (Timeliness.RUNNING, "hết hạn hôm nay")
    assert standing("Phiếu hẹn trả kết quả")["answer"] == (Timeliness.RUNNING, "còn 3 ngày làm việc")
    assert standing("ta luy dương")["answer"][0] == Timeliness.OVERDUE
    assert standing("bị đo thiếu")["answer"][0] == Timeliness.PAUSED
    assert standing("Sân bóng của xã")["answer"][1].startswith("chưa ghi ngày nhận")
    assert standing("nạo vét và kiên cố")["answer"][0] == Timeliness.MET_IN_TIME
    assert set(standing("nạo vét và kiên cố")) == {"answer", "resolution", "review"}
    assert standing("làm cầu treo")["review"] == (Timeliness.RUNNING, "hết hạn hôm nay")
    assert [c.timeliness.code for c in sample.clocks("hành lang an toàn bị lấn") if c.state.code == "met"] == [
        Timeliness.MET_LATE
    ]


def test_one_answer_is_due_only_after_the_session_that_needs_it(sample: Sample) -> None:
    opening = sample.rows("SELECT opening_on FROM council_session WHERE code = 'KH3'")[0].opening_on
    (clock,) = sample.clocks("Chợ phiên họp ngay")
    assert str(clock.due_on) >= str(opening)


def test_a_receipt_put_right_moves_the_due_date_and_keeps_the_old_one(sample: Sample) -> None:
    now, *old = sorted(sample.clocks("đồi keo", superseded=True), key=lambda c: c.superseded_seq is not None)
    wrong = next(c for c in old if not c.provisional)
    assert now.anchor_on < wrong.anchor_on
    assert wrong.superseded_because is not None
    assert wrong.superseded_because.code == "anchor_moved"


def test_the_office_s_odd_cases_are_there(sample: Sample) -> None:
    again = sample.rows("SELECT times_raised FROM petition WHERE times_raised > 1 ORDER BY 1")
    assert [row.times_raised for row in again] == [2, 3], "one took another in, one was raised three times"
    most = sample.rows("SELECT count(*) AS n FROM referral GROUP BY case_id ORDER BY n DESC LIMIT 1")
    assert most[0].n == 3
    sides = sample.rows(
        'SELECT r.state, a.code FROM referral r JOIN agency a ON a.id = r.agency_id JOIN "case" c ON c.id = r.case_id'
        " WHERE c.code = :code",
        code=sample.code_of("hành lang an toàn bị lấn"),
    )
    assert {(row.state, row.code) for row in sides} == {("returned", "DIEN"), ("answered", "UBND")}
    judged = sample.rows('SELECT result_judged FROM "case" WHERE result_judged IS NOT NULL')
    assert {row.result_judged for row in judged} == set(Result)
    merged = sample.rows("SELECT count(*) AS n FROM link WHERE kind = 'merged_into'")
    assert merged[0].n == 2, "a petition and a slip of a deputy"


def test_an_answer_lacking_parts_was_sent_back_and_given_again(sample: Sample) -> None:
    with sample.database.reading() as unit:
        seen = access.case(unit, code=sample.code_of("Bãi tập kết rác"), actor=_anybody())
        told = [(e["trigger"], e["payload"]) for e in correcting.events_of(unit, seen)]
    steps = [trigger for trigger, _ in told if trigger in {"answer", "request_new_answer"}]
    assert steps == ["answer", "request_new_answer", "answer"]
    first, second = [payload for trigger, payload in told if trigger == "answer"]
    assert '"missing":["cause","responsible","time","review","copy_to_front"]' in first
    assert '"missing":[]' in second


def test_the_report_of_a_round_does_not_add_up_and_that_is_said(sample: Sample) -> None:
    (code,) = [row.code for row in sample.rows(
        'SELECT c.code FROM "case" c JOIN contact_round r ON r.case_id = c.id WHERE r.forwarded_count = 22'
    )]  # fmt: skip
    with sample.database.reading() as unit:
        found = round_figures.figures(unit, code=code, actor=_anybody())
    assert not found.adds_up
    said = [(one.where == code, one.code, one.difference) for one in found.disagreements]
    assert (True, "opinion_count", -1) in said
    assert (True, "forwarded_count", 1) in said
    assert (False, "opinion_count", -1) in said
    assert found.deputies is not None
    assert (found.deputies.present, found.deputies.assigned, found.voters) == (18, 21, 385)


def test_one_paper_moves_many_cases(sample: Sample) -> None:
    most = sample.rows(
        "SELECT d.number, count(*) AS n FROM document d JOIN case_document c ON c.document_id = d.id"
        " GROUP BY d.number ORDER BY n DESC"
    )
    assert most[0].number == "18/HĐND-TT"
    assert most[0].n >= 9


def test_three_communes_became_one_and_a_unit_is_about_to_go(sample: Sample) -> None:
    agencies = sample.rows(
        "SELECT a.valid_to, s.code FROM agency a JOIN agency s ON s.id = a.successor_id JOIN council c"
        " ON c.id = a.council_id WHERE c.sample ORDER BY a.valid_to"
    )
    assert [row.code for row in agencies] == ["UBND", "UBND", "UBND", "TTDVTH"]
    assert str(agencies[2].valid_to) < TODAY.isoformat() < str(agencies[3].valid_to)


def test_one_person_wears_two_hats(sample: Sample) -> None:
    with sample.database.reading() as unit:
        chief = accounts.account(unit, login="mau.chanhvp")
    assert {grant.role for grant in chief.grants} == {Role.COUNCIL_OFFICE, Role.OFFICER}
    assert len({grant.agency for grant in chief.grants}) == 2


def test_each_account_opens_the_door_with_a_key_of_its_own_that_is_kept_nowhere(sample: Sample) -> None:
    keys = {account.token for account in sample.loaded.accounts}
    assert len(keys) == len(sample.loaded.accounts) == 11
    with sample.database.reading() as unit:
        for account in sample.loaded.accounts:
            assert tokens.authenticate(unit, secret=account.token).name == account.name
    kept = sample.rows("SELECT digest, name FROM token")
    assert not keys & {value for row in kept for value in row}


def test_a_second_sample_is_refused_until_the_first_is_taken_away(own_sample: Sample) -> None:
    before = own_sample.rows("SELECT count(*) AS n FROM event")[0].n
    with pytest.raises(AlreadyExists, match=r"MAU is there already.*demo remove"):
        load_sample(own_sample.database, today=TODAY)
    assert own_sample.rows("SELECT count(*) AS n FROM event")[0].n == before
    with own_sample.database.writing() as unit:
        demo_removal.remove(unit, actor=accounts.operator(unit, user=OPERATOR))
    assert not is_loaded(own_sample.database)
    again = load_sample(own_sample.database, today=TODAY)
    assert is_loaded(own_sample.database)
    assert again.council == "MAU2"
    assert not {a.token for a in again.accounts} & {a.token for a in own_sample.loaded.accounts}


def test_a_load_that_fails_leaves_nothing(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = connect(database_url, clock=lambda: noon(TODAY))
    try:
        with monkeypatch.context() as patch:
            patch.setattr(tokens, "issue", _fails)
            with pytest.raises(Interrupted):
                load_sample(database, today=TODAY)
        assert not is_loaded(database)
        with database.reading() as unit:
            assert unit.read(text("SELECT count(*) FROM event")).scalar_one() == 0
    finally:
        database.close()


class Interrupted(Exception):
    """The last step of loading did not happen."""


def _fails(*_arguments: object, **_named: object) -> None:
    raise Interrupted


def _anybody() -> Actor:
    return Actor(account=_NOBODY, name="", operator=True)


_NOBODY = UUID(int=0)
