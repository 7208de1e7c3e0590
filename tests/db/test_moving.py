from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest

from states.entries import DocumentSlip
from states.errors import BadInput, ChangedSinceOpened, DomainError, NotFound, Refused, UnknownTrigger
from states.facts import Signed
from tests.office import LETTER, Office, standing_body
from workflows import access, moving, registering
from workflows.orders import Moved, Order


def counts(office: Office) -> dict[str, int]:
    tables = (
        "case",
        "petition",
        "event",
        "referral",
        "text_version",
        "document",
        "case_document",
        "clock",
        "link",
        "person_data",
        "proposal",
    )
    return {name: office.rows(f'SELECT count(*) AS n FROM "{name}"')[0]["n"] for name in tables}


def added(office: Office, before: dict[str, int]) -> dict[str, int]:
    return {name: n - before[name] for name, n in counts(office).items() if n != before[name]}


def test_a_birth_leaves_its_case_event_text_and_nothing_else(office: Office) -> None:
    before = counts(office)
    office.record()
    assert added(office, before) == {"case": 1, "petition": 1, "event": 1, "text_version": 1}


def test_a_transfer_to_two_addressees_leaves_exactly_its_rows(office: Office) -> None:
    code = office.record()
    office.go(code, "screen", level="commune")
    before = counts(office)
    moved = office.go(code, "transfer", date(2026, 8, 6), document=LETTER, addressees=["UBND", "KT"])
    assert added(office, before) == {"event": 5, "referral": 2, "document": 1, "case_document": 1, "clock": 2}
    assert [e["trigger"] for e in office.events(code)[2:]] == ["transfer", "prepare", "send", "prepare", "send"]
    assert [e["part_of_seq"] for e in office.events(code)] == [None, None, None, 3, 3, 3, 3]
    assert (len(moved.referrals), moved.events, moved.seq) == (2, (3, 4, 5, 6, 7), 7)


def test_without_a_numbered_letter_the_sending_waits(office: Office) -> None:
    code = office.record()
    office.go(code, "screen", level="commune")
    moved = office.go(code, "transfer", date(2026, 8, 6), addressees=["UBND"])
    seen = office.see(code)
    assert [r["state"] for r in seen.referrals] == ["prepared"]
    assert seen.clocks == ()
    office.go(code, "send", date(2026, 8, 7), referral=moved.referrals[0], document=LETTER)
    assert [r["state"] for r in office.see(code).referrals] == ["sent"]


def test_a_clock_is_provisional_until_the_receipt_is_known(office: Office) -> None:
    code, (referral,) = office.sent("UBND")
    (clock,) = office.see(code).clocks
    assert (clock["provisional"], clock["anchor_on"], clock["due_on"]) == (True, date(2026, 8, 6), date(2026, 8, 26))
    office.go(code, "receive", date(2026, 8, 10), referral=referral)
    (clock,) = office.see(code).clocks
    assert (clock["provisional"], clock["anchor_on"], clock["due_on"]) == (False, date(2026, 8, 10), date(2026, 9, 3))
    old = office.rows("SELECT state, superseded_reason FROM clock WHERE superseded_seq IS NOT NULL")
    assert old == [{"state": "superseded", "superseded_reason": "receipt_known"}]


def test_a_receipt_whose_day_is_unknown_warns_and_leaves_the_clock_provisional(office: Office) -> None:
    code, (referral,) = office.sent("UBND")
    moved = office.go(code, "receive", None, referral=referral)
    assert [w.code for w in moved.warnings] == ["day_is_known"]
    seen = office.see(code)
    assert [r["state"] for r in seen.referrals] == ["received"]
    assert [(c["provisional"], c["due_on"]) for c in seen.clocks] == [(True, date(2026, 8, 26))]
    office.go(code, "correct", date(2026, 8, 12), seq=6, on="2026-08-10", words="đã rõ ngày đến")
    (clock,) = office.see(code).clocks
    assert (clock["provisional"], clock["due_on"]) == (False, date(2026, 9, 3))


def test_an_unknown_day_starts_no_clock(office: Office) -> None:
    code = office.record(on=None)
    seen = office.see(code)
    assert (seen.row["received_on"], seen.row["next_due_on"], seen.clocks) == (None, None, ())
    office.go(code, "screen", None, level="commune")
    moved = office.go(code, "transfer", None, document=LETTER, addressees=["UBND"])
    assert len(moved.referrals) == 1
    assert office.see(code).clocks == ()


def test_columns_that_lists_need_are_written_with_the_move(office: Office) -> None:
    code, (ubnd, kt) = office.sent("UBND", "KT")
    assert office.see(code).row["holder_id"] == office.agencies["UBND"]
    office.go(code, "receive", date(2026, 8, 7), referral=ubnd)
    assert office.see(code).row["next_due_on"] == date(2026, 8, 26)
    office.go(code, "answer", date(2026, 8, 20), referral=ubnd, claimed="resolved", words="xong")
    row = office.see(code).row
    assert (row["holder_id"], row["state"], row["result_claimed"]) == (
        office.agencies["KT"],
        "with_authority",
        "resolved",
    )
    office.go(code, "answer", date(2026, 8, 21), referral=kt, claimed="roadmap", words="sẽ làm")
    row = office.see(code).row
    assert (row["holder_id"], row["state"], row["result_claimed"], row["next_due_on"]) == (
        office.setting.office,
        "answered",
        "roadmap",
        None,
    )


def test_an_entrusted_officer_stands_on_the_case(office: Office) -> None:
    code = office.record()
    office.go(code, "entrust", officer="officer")
    assert office.see(code).row["assignee_id"] == office["officer"].account
    with pytest.raises(BadInput) as bad:
        office.go(code, "entrust", officer="nobody")
    assert "officer" in bad.value.problems


def test_a_merge_links_the_other_case_and_recalls_what_was_sent(office: Office) -> None:
    stays = office.record()
    code, _ = office.sent("UBND")
    office.go(code, "merge", into=stays)
    seen = office.see(code)
    assert (seen.row["state"], [r["state"] for r in seen.referrals]) == ("merged", ["recalled"])
    assert [c["state"] for c in seen.clocks] == ["cancelled"]
    links = office.rows("SELECT kind, event_seq FROM link")
    assert links == [{"kind": "merged_into", "event_seq": 6}]
    assert [event["trigger"] for event in office.events(stays)] == ["record", "take_in"]
    assert office.see(stays).detail["times_raised"] == 2


def test_one_paper_is_one_row_however_many_cases_it_moves(office: Office) -> None:
    office.sent("UBND")
    before = counts(office)
    office.sent("KT")
    assert added(office, before).get("document") is None
    assert counts(office)["case_document"] == 2


def test_a_refusal_writes_nothing_and_says_everything(office: Office) -> None:
    code, (referral,) = office.sent("UBND")
    office.go(code, "answer", date(2026, 8, 20), referral=referral, claimed="roadmap", words="sẽ làm")
    before = counts(office)
    with pytest.raises(Refused) as refused:
        office.go(code, "judge", date(2027, 1, 1), actor=office["front"], decided_by=Signed(), result="roadmap")
    found = {f.code: f.holds for f in refused.value.findings}
    assert found["council_desk"] is False
    assert found["roadmap_has_time_and_review"] is False
    assert found["day_is_not_in_the_future"] is False
    assert found["all_have_answered"] is True
    assert added(office, before) == {}


def test_an_unknown_trigger_field_case_or_referral_is_told_in_the_users_words(office: Office) -> None:
    code, _ = office.sent("UBND")
    with pytest.raises(UnknownTrigger) as unknown:
        office.go(code, "fly")
    assert "transfer" in unknown.value.text.vi
    with pytest.raises(UnknownTrigger) as lost:
        office.go(code, "receive")
    assert "referral" in lost.value.text.vi
    with pytest.raises(BadInput) as bad:
        office.go(code, "transfer", addressees=["KHONGCO"], colour="xanh")
    assert set(bad.value.problems) == {"colour"}
    with pytest.raises(BadInput) as bad:
        office.go(code, "transfer", addressees=["KHONGCO"])
    assert "KHONGCO" in bad.value.problems["addressees"].vi
    with pytest.raises(NotFound):
        office.go("NP-KN-26-9999", "screen", level="commune")
    with pytest.raises(NotFound):
        office.go(code, "receive", referral=office.setting.council)


# --- two people, one case -------------------------------------------------------------------------------------------


def test_who_opened_an_older_version_is_told_who_changed_it_when_and_to_what(office: Office) -> None:
    code = office.record()
    opened = office.see(code).row["seq"]
    office.go(code, "screen", level="commune", actor=office["officer"])
    when = office.events(code)[-1]["recorded_at"]
    with pytest.raises(ChangedSinceOpened) as changed:
        office.go(code, "compile", actor=office["clerk"], expected=opened)
    data = changed.value.data
    assert (data["who"], data["when"], data["state"], data["seq"], data["trigger"]) == (
        "Cầm Văn Chuyên Viên",
        when.isoformat(),
        "screened",
        2,
        "screen",
    )
    assert "Cầm Văn Chuyên Viên" in changed.value.text.vi
    assert len(office.events(code)) == 2


def together(*calls: Callable[[], Moved]) -> list[Moved | DomainError]:
    """Run all calls at the same instant and return what came of each."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Moved]) -> Moved | DomainError:
        barrier.wait()
        try:
            return call()
        except DomainError as error:
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.parametrize("round_", range(5))
def test_of_two_officers_who_move_one_case_exactly_one_succeeds(office: Office, round_: int) -> None:
    code = office.record()

    def go(trigger: str, login: str, **payload: Any) -> Callable[[], Moved]:
        return lambda: office.go(code, trigger, date(2026, 8, 5), actor=office[login], expected=1, **payload)

    ended = together(go("screen", "officer", level="commune"), go("compile", "clerk"))
    won = [end for end in ended if isinstance(end, Moved)]
    (lost,) = (end for end in ended if isinstance(end, ChangedSinceOpened))
    assert [m.seq for m in won] == [2]
    assert len(office.events(code)) == 2
    assert lost.data["seq"] == 2


def test_moves_of_any_version_all_succeed_one_after_the_other(office: Office) -> None:
    code = office.record()
    ended = together(*[lambda: office.go(code, "raise_again", date(2026, 8, 5))] * 3)
    assert sorted(end.seq for end in ended if isinstance(end, Moved)) == [2, 3, 4]
    assert office.see(code).detail["times_raised"] == 4


def test_numbers_registered_at_once_are_neither_doubled_nor_left_out(office: Office) -> None:
    def register() -> Moved:
        with office.database.writing() as unit:
            birth = registering.Birth("petition", {"text": "Xin sửa cầu"}, date(2026, 8, 1))
            return registering.register(unit, setting=office.setting, birth=birth, actor=office.operator)

    ended = together(*[register] * 12)
    codes = sorted(end.code for end in ended if isinstance(end, Moved))
    assert codes == [f"NP-KN-26-{n:04d}" for n in range(1, 13)]


# --- what is offered is what can be done ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "login", ["clerk", "charge", "standing", "front", "deputy", "ubnd", "kt", "dien", "supervisor"]
)
def test_offers_and_moves_agree_for_every_role(office: Office, login: str) -> None:
    code, _ = office.sent("UBND", "DIEN")
    actor = office[login]
    try:
        seen = office.see(code, actor=actor)
    except NotFound:
        with pytest.raises(NotFound):
            office.go(code, "raise_again", actor=actor)
        return
    with office.database.reading() as unit:
        offered = moving.offers(unit, access.case(unit, code=code, actor=actor), actor=actor)
    for item in offered:
        with office.database.reading() as unit:
            order = Order(item.offer.trigger, actor, date(2026, 8, 7), {}, referral=item.referral)
            try:
                moving.draft(unit, seen, order)
                refused = set()
            except BadInput:
                continue
            except Refused as error:
                refused = {f.code for f in error.findings if f.holds is False}
        denied = {f.code for f in item.offer.findings if f.holds is False}
        assert denied <= refused, item.offer.trigger
        assert item.offer.allowed is not bool(denied)


def test_an_addressee_records_for_itself_but_never_for_another(office: Office) -> None:
    code, (ubnd, dien) = office.sent("UBND", "DIEN")
    office.go(code, "receive", date(2026, 8, 7), referral=dien, actor=office["dien"])
    with pytest.raises(Refused):
        office.go(code, "receive", date(2026, 8, 7), referral=ubnd, actor=office["dien"])
    event = office.events(code)[-1]
    assert (event["decided_by"], event["recorded_by"]) == (office.agencies["DIEN"], office["dien"].account)


def test_a_body_that_answered_does_not_judge_but_the_clerk_may_record_the_judgement(office: Office) -> None:
    code, (referral,) = office.sent("UBND")
    office.go(code, "answer", date(2026, 8, 20), referral=referral, claimed="explained", words="giải trình")
    with pytest.raises(Refused) as refused:
        office.go(code, "judge", result="explained", decided_by=Signed(office.agencies["UBND"]), actor=office["clerk"])
    failed = {f.code for f in refused.value.findings if f.holds is False}
    assert failed == {"decider_is_the_standing_body", "decider_is_not_the_answerer"}
    moved = office.go(code, "judge", result="explained", decided_by=standing_body(office), actor=office["clerk"])
    assert moved.state == "closed"


def test_a_document_named_without_its_number_is_kept_as_a_draft(office: Office) -> None:
    code = office.record()
    office.go(code, "screen", level="commune")
    slip = DocumentSlip(subject="Dự thảo công văn")
    office.go(code, "transfer", date(2026, 8, 6), document=slip, addressees=["UBND"])
    assert [r["state"] for r in office.see(code).referrals] == ["prepared"]
    assert office.rows("SELECT number, subject FROM document") == [{"number": None, "subject": "Dự thảo công văn"}]
