"""One summer's petitions with every fate, counted by hand and by the office."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args
from uuid import UUID

import pytest

from states.errors import BadInput
from states.facts import Actor
from states.vocabulary import Confidentiality
from tests.office import LETTER, Office
from tests.statements import heard
from workflows import moving
from workflows.orders import Order
from workflows.rates import By, RateTable, rates

TODAY = date(2026, 9, 10)
SUMMER = (date(2026, 6, 1), date(2026, 8, 31))
RECEIPT, DUE, DAY_AFTER = date(2026, 8, 10), date(2026, 9, 3), date(2026, 9, 4)
"""20 days end on Sunday 30/08; Monday is swapped, 01 and 02/09 are National Day: the due date is Thursday."""
PLACES: list[dict[str, str]] = [{"field": "giao thông", "locality": "Bản Nà Pát"}, {"locality": "Bản Co Muông"}, {}]


@dataclass
class Summer:
    """Tells the fates of petitions; each method is one."""

    office: Office
    codes: dict[str, str] = field(default_factory=dict)

    def recorded(self, name: str, **payload: Any) -> str:
        place = PLACES[len(self.codes) % 3]
        self.codes[name] = self.office.record(f"Kiến nghị {name}", **{**place, **payload})
        return self.codes[name]

    def sent(self, name: str, *addressees: str, on: date = date(2026, 8, 6), **payload: Any) -> list[UUID]:
        code = self.recorded(name, **payload)
        return self.office.sent(*(addressees or ("UBND",)), code=code, on=on)[1]

    def received(self, name: str, *addressees: str, on: date = RECEIPT, **payload: Any) -> list[UUID]:
        referrals = self.sent(name, *addressees, **payload)
        for referral in referrals:
            self.office.go(self.codes[name], "receive", on, referral=referral)
        return referrals

    def answer(self, name: str, referral: UUID, on: date, claimed: str = "resolved") -> None:
        self.office.go(self.codes[name], "answer", on, referral=referral, claimed=claimed, words="đã xem xét")

    def judged(self, name: str, result: str, *, on: date = DUE) -> None:
        self.answer(name, self.received(name)[0], on)
        self.office.go(
            self.codes[name], "judge", TODAY, result=result, due_on="2026-12-30", review_on="2026-10-10",
            evidence="Biên bản nghiệm thu", reason_not_yet="funds",
        )  # fmt: skip


def all_fates(office: Office) -> Summer:
    summer = Summer(office)
    answered_and_judged(summer)
    answered_in_part(summer)
    waiting(summer)
    outside(summer)
    return summer


def answered_and_judged(summer: Summer) -> None:
    summer.judged("a1", "resolved")
    summer.judged("a2", "resolved", on=date(2026, 9, 1))
    summer.judged("b", "explained", on=DAY_AFTER)
    summer.judged("w", "not_yet")
    ubnd, kt = summer.received("g", "UBND", "KT")
    summer.office.go(summer.codes["g"], "return_wrong_authority", DUE, referral=kt, because="wrong_authority")
    summer.answer("g", ubnd, date(2026, 9, 2))
    summer.office.go(summer.codes["g"], "judge", TODAY, result="roadmap", due_on="2026-12-30", review_on="2026-10-10")
    summer.judged("p", "resolved")
    summer.office.go(summer.codes["p"], "reopen", TODAY, words="nước vẫn đục")
    summer.office.go(summer.recorded("q"), "explain_at_meeting", explanation="đã nói rõ tại hội nghị")


def answered_in_part(summer: Summer) -> None:
    ubnd, _ = summer.received("f", "UBND", "KT")
    summer.answer("f", ubnd, date(2026, 9, 2))
    back = summer.received("h")[0]
    summer.answer("h", back, date(2026, 9, 2))
    summer.office.go(summer.codes["h"], "request_new_answer", DUE, referral=back, words="thiếu thời hạn")
    summer.answer("u", summer.sent("u")[0], date(2026, 8, 20))


def waiting(summer: Summer) -> None:
    summer.received("c")
    summer.received("d", on=date(2026, 8, 25))
    summer.sent("e")
    summer.sent("e2", on=date(2026, 9, 5))
    summer.received("r", round_kind="none")
    summer.recorded("s")
    code = summer.recorded("v")
    summer.office.go(code, "screen", level="commune")
    summer.office.go(code, "transfer", addressees=["UBND"])


def outside(summer: Summer) -> None:
    go = summer.office.go
    go(summer.recorded("i", nature="opinion"), "note")
    for name in ("j", "k"):
        go(summer.recorded(name), "screen", level="province")
        go(summer.codes[name], "forward_higher", document=LETTER, addressee="TINH")
    go(summer.codes["k"], "record_higher_answer", TODAY, claimed="explained", words="tỉnh đã trả lời")
    go(summer.recorded("l"), "divert", to="Ban tiếp công dân")
    summer.received("m")
    go(summer.codes["m"], "withdraw", TODAY, words="cử tri rút")
    go(summer.recorded("n"), "merge", TODAY, into=summer.codes["s"])
    go(summer.recorded("o"), "void", TODAY, words="nhập nhầm")
    summer.codes["t"] = summer.office.record("Kiến nghị không rõ ngày", on=None)


@pytest.fixture
def summer(office: Office) -> Summer:
    return all_fates(office)


def table(office: Office, by: By = "council", *, as_of: date = TODAY, actor: Actor | None = None) -> RateTable:
    with office.database.reading() as unit:
        return rates(
            unit, setting=office.setting, actor=actor or office.operator, period=SUMMER, as_of=as_of, by=by
        )  # fmt: skip


def lines(row: Any, kind: str) -> dict[str, int]:
    return {line.code: line.number for line in getattr(row, kind) if line.number}


def test_the_council_counts_each_petition_once(office: Office, summer: Summer) -> None:
    found = table(office)
    (row,) = found.rows
    assert (row.key, row.label.vi, row.received, row.own) == ("NP", "HĐND xã Nà Pát", 22, 17)
    assert lines(row, "apart") == {"opinion": 1, "higher": 2, "diverted": 1, "withdrawn": 1}
    assert lines(row, "left_out") == {"merged": 1, "voided": 1, "undated": 1}
    assert lines(row, "times") == {
        "in_time": 4, "late": 1, "overdue": 2, "not_due": 1, "no_receipt": 1, "no_receipt_past": 1, "sent_back": 1,
        "not_sent": 3, "at_meeting": 1, "no_limit": 1, "answered_undated": 1,
    }  # fmt: skip
    assert lines(row, "outcomes") == {
        "resolved": 2, "explained": 1, "explained_at_meeting": 1, "roadmap": 1, "not_yet": 1, "to_judge": 1,
        "unanswered": 10,
    }  # fmt: skip
    shares = {rate.code: (rate.numerator, rate.denominator, rate.printed.vi) for rate in row.rates}
    assert shares == {
        "answered": (7, 17, "41,2%"),
        "handled": (4, 17, "23,5%"),
        "resolved": (2, 17, "11,8%"),
        "in_time": (4, 7, "57,1%"),
        "in_time_without_options": (4, 7, "57,1%"),
    }
    assert row.no_due_date == 9
    assert found.agrees
    assert row.notes[0].vi.startswith("8 kiến nghị có hạn theo mẫu")
    assert found.bounds.vi == "Kiến nghị tiếp nhận từ 01/06/2026 đến 31/08/2026; tính đến hết ngày 10/09/2026."


def test_agencies_are_counted_by_what_was_sent_to_them(office: Office, summer: Summer) -> None:
    found = table(office, "agency")
    rows = {row.key: row for row in found.rows}
    assert found.counted.vi.startswith("Tính theo lần chuyển")
    assert found.unit.vi == "lần chuyển"
    assert {key: (row.received, row.own) for key, row in rows.items()} == {"UBND": (15, 13), "KT": (2, 1)}
    assert lines(rows["UBND"], "apart") == {"withdrawn": 1, "set_aside": 1}
    assert lines(rows["UBND"], "left_out") == {"unsent": 1}
    assert rows["UBND"].rate("in_time").numerator == 5
    assert rows["UBND"].rate("in_time").denominator == 7
    assert (lines(rows["KT"], "apart"), lines(rows["KT"], "times")) == ({"returned": 1}, {"overdue": 1})
    assert found.total.received == 17, "two petitions had two addressees, some had none"
    assert found.agrees


@pytest.mark.parametrize("by", ["field", "locality"])
def test_fields_and_localities_add_up_to_the_council(office: Office, summer: Summer, by: By) -> None:
    found, council = table(office, by), table(office)
    assert found.agrees
    assert len(found.rows) > 1
    assert found.rows[-1].key is None, "what has none stands last and is not hidden"
    for kind in ("apart", "times", "outcomes", "left_out"):
        assert lines(found.total, kind) == lines(council.total, kind)
    assert found.total.received == council.total.received


def test_an_earlier_day_shows_what_had_happened_by_then(office: Office, summer: Summer) -> None:
    (row,) = table(office, as_of=date(2026, 8, 31)).rows
    assert lines(row, "outcomes") == {"explained_at_meeting": 1, "to_judge": 1, "unanswered": row.own - 2}
    assert lines(row, "left_out") == {"voided": 1}, "a mistaken entry never counts; a later merger not yet"
    assert lines(row, "times")["no_receipt_past"] == 1
    assert "overdue" not in lines(row, "times"), "all are due on Thursday at the earliest"
    (row,) = table(office, as_of=DAY_AFTER).rows
    assert lines(row, "times")["overdue"] == 3, "one of them was withdrawn later"
    assert lines(row, "times")["late"] == 1
    assert row.rates[0].as_of == DAY_AFTER


def test_a_wrong_receipt_put_right_moves_the_figure(office: Office, summer: Summer) -> None:
    seq = next(e["seq"] for e in office.events(summer.codes["b"]) if e["trigger"] == "receive")
    right = {"seq": seq, "on": "2026-08-18", "words": "ghi nhầm ngày đến"}
    with office.database.writing() as unit:
        moving.move(unit, code=summer.codes["b"], order=Order("correct", office.operator, TODAY, right))
    for as_of in (TODAY, DAY_AFTER):
        (row,) = table(office, as_of=as_of).rows
        assert "late" not in lines(row, "times"), "due on 7 September by the right date"


@pytest.mark.parametrize("by", get_args(By))
def test_the_number_of_statements_does_not_grow(office: Office, by: By) -> None:
    Summer(office).received("một")
    with statements(office) as few:
        table(office, by)
    all_fates(office)
    with statements(office) as many:
        table(office, by)
    assert len(many) == len(few) <= 4


def test_people_count_only_what_they_may_see(office: Office, summer: Summer) -> None:
    (row,) = table(office, actor=office["kt"]).rows
    assert (row.received, lines(row, "times")) == (2, {"overdue": 1, "in_time": 1})
    before = {by: table(office, by, actor=office["clerk"]) for by in get_args(By)}
    office.record("Chuyện riêng", confidentiality=Confidentiality.RESTRICTED, field="đất đai", locality="Bản Xa")
    assert {by: table(office, by, actor=office["clerk"]) for by in get_args(By)} == before
    assert table(office).total.received == before["council"].total.received + 1
    past = table(office, as_of=date(2026, 9, 9), actor=office["kt"])
    assert past.total.received == 2


def test_an_extension_counts_and_the_rate_without_it_stands_beside(office: Office) -> None:
    both = '{"pause": true, "extension": true}'
    office.raw(
        f"UPDATE adoption SET enabled_limits = '{{\"answer.before_session\": {both}}}' WHERE precedence = 'sample'",
        "UPDATE council SET reference_version = reference_version + 1",
    )
    summer = Summer(office)
    for name, on in (("xong", DAY_AFTER), ("chờ", None)):
        referral = summer.received(name)[0]
        office.go(summer.codes[name], "extend", date(2026, 8, 20), referral=referral, extended_by_days=15, words="vốn")
        if on is not None:
            summer.answer(name, referral, on)
    paused = summer.received("hỏi lại")[0]
    office.go(summer.codes["hỏi lại"], "ask_clarification", date(2026, 8, 20), referral=paused, words="đoạn nào")
    for as_of in (TODAY, date(2026, 9, 9)):
        (row,) = table(office, as_of=as_of).rows
        assert lines(row, "times") == {"in_time": 1, "not_due": 1, "paused": 1}
        assert (row.rate("in_time").numerator, row.rate("in_time").denominator) == (1, 1)
        plain = row.rate("in_time_without_options")
        assert (plain.numerator, plain.denominator, plain.printed.vi) == (0, 3, "0,0%")


def test_what_makes_no_sense_is_refused_by_name(office: Office) -> None:
    with office.database.reading() as unit, pytest.raises(BadInput) as refused:
        rates(
            unit, setting=office.setting, actor=office.operator, period=(SUMMER[1], SUMMER[0]),
            as_of=date(2026, 9, 11), by="tuần",  # type: ignore[arg-type]  # what a person may type
        )  # fmt: skip
    assert set(refused.value.problems) == {"period", "as_of", "by"}


def test_the_council_says_which_rate_it_reports(office: Office) -> None:
    assert table(office).own_rate == "resolved"
    office.raw("UPDATE council_setup SET explained_counts_as_resolved = true")
    found = table(office)
    assert (found.own_rate, found.own_choice.vi.startswith("Hội đồng báo cáo giải trình")) == ("handled", True)


@contextmanager
def statements(office: Office) -> Iterator[list[str]]:
    """Collect the queries that run meanwhile, without those for the instant."""
    said: list[str] = []
    with heard(office.database.engine) as whole:
        yield said
    said += [one for one, _ in whole if one.startswith("SELECT") and "clock_timestamp" not in one]
