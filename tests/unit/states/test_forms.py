from __future__ import annotations

import types
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import ValidationError

from states import entries as e
from states import machine
from states.answers import PARTS, REQUIRED, missing_parts
from states.errors import BadInput
from states.kinds import KINDS, lifecycle_of
from states.labelled import Labelled
from states.lifecycle import Lifecycle, Transition
from states.milestones import LABELS as MILESTONE_LABELS
from states.milestones import Milestone
from states.referral import REFERRAL
from states.vocabulary import PetitionNature, Result
from states.wording import field_label
from tests import facts as f

TABLES: list[Lifecycle] = [*KINDS.values(), REFERRAL]
ROWS = [(table, row) for table in TABLES for row in table.transitions]
FORMS = sorted({row.needs for _, row in ROWS} | {e.DocumentSlip, e.Petitioner}, key=lambda form: form.__name__)


def plain_types(annotation: Any) -> set[Any]:
    if get_origin(annotation) in {Union, types.UnionType}:
        return {found for part in get_args(annotation) for found in plain_types(part)}
    return plain_types(get_args(annotation)[0]) if get_origin(annotation) is Annotated else {annotation}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_field_has_its_label_in_both_languages_also_in_the_schema(form: type[e.Entry]) -> None:
    schema = form.model_json_schema()
    assert schema["additionalProperties"] is False
    for name in form.model_fields:
        label = field_label(form, name)
        assert label.vi.strip()
        assert label.en.strip()
        assert label.vi != label.en
        said = schema["properties"][name]
        assert (said["title"], said["label_en"]) == (label.vi, label.en)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_free_text_is_text_and_what_clocks_read_is_a_date_or_a_length(form: type[e.Entry]) -> None:
    for name in form.prose_fields:
        assert plain_types(form.model_fields[name].annotation) <= {str, types.NoneType}
    for name, use in form.term_fields.items():
        wanted = int if use is e.TermUse.DAYS else date
        assert plain_types(form.model_fields[name].annotation) - {types.NoneType} == {wanted}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_a_form_is_closed_and_cannot_be_changed(form: type[e.Entry]) -> None:
    with pytest.raises(ValidationError):
        form.model_validate({**dict.fromkeys(form.model_fields), "state": "closed"})
    assert form.model_config["frozen"]


@pytest.mark.parametrize("form", [form for form in FORMS if form in f.ENTRIES], ids=lambda form: form.__name__)
def test_a_right_entry_survives_its_own_json(form: type[e.Entry]) -> None:
    entry = f.ENTRIES[form]
    assert form.model_validate(entry.model_dump(mode="json", exclude_none=True)) == entry


def test_every_trigger_has_a_right_entry_to_try_it_with() -> None:
    assert {row.needs for _, row in ROWS} <= set(f.ENTRIES)


JUDGE = next(row for row in KINDS["petition"].transitions if row.trigger == "judge")
TRANSFER = next(row for row in KINDS["petition"].transitions if row.trigger == "transfer")
EXTEND = next(row for row in REFERRAL.transitions if row.trigger == "extend")


@pytest.mark.parametrize(
    ("row", "raw", "field", "said"),
    [
        (JUDGE, {}, "result", "chưa nhập"),
        (JUDGE, {"result": "tốt"}, "result", "resolved"),
        (JUDGE, {"result": "roadmap", "due_on": "31/11/2026"}, "due_on", "2026-03-05"),
        (JUDGE, {"result": "roadmap", "due_on": "2026-02-30"}, "due_on", "ngày"),
        (JUDGE, {"result": "roadmap", "review_on": "0001-01-01"}, "review_on", "1945"),
        (JUDGE, {"result": "noted", "state": "closed"}, "state", "không có trong biểu mẫu"),
        (JUDGE, {"result": "noted", "evidence": "   "}, "evidence", "chưa nhập"),
        (JUDGE, {"result": "noted", "words": "a\x00b"}, "words", "ký tự"),
        (JUDGE, {"result": "noted", "words": "x" * 20_001}, "words", "20000"),
        (TRANSFER, {"addressees": []}, "addressees", "ít nhất"),
        (TRANSFER, {"addressees": ["UBND"] * 31}, "addressees", "30"),
        (TRANSFER, {"addressees": "UBND"}, "addressees", "danh sách"),
        (EXTEND, {"extended_by_days": 0, "words": "mưa"}, "extended_by_days", "không được nhỏ hơn 1"),
        (EXTEND, {"extended_by_days": "nhiều", "words": "mưa"}, "extended_by_days", "số nguyên"),
    ],
)
def test_a_wrong_entry_is_told_by_its_field_in_both_languages(
    row: Transition, raw: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(BadInput) as bad:
        machine.read_entry(row, raw)
    assert list(bad.value.problems) == [field]
    problem = bad.value.problems[field]
    assert said in problem.vi
    assert f"«{field_label(row.needs, field).vi}»" in problem.vi
    assert f"“{field_label(row.needs, field).en}”" in problem.en


def vocabularies(base: type[StrEnum]) -> list[type[StrEnum]]:
    return [found for child in base.__subclasses__() for found in (child, *vocabularies(child))]


@pytest.mark.parametrize("words", vocabularies(Labelled), ids=lambda words: words.__name__)
def test_every_word_of_the_office_has_both_labels(words: type[Labelled]) -> None:
    for member in words:
        assert member.label.vi.strip()
        assert member.label.en.strip()


def test_every_milestone_has_both_labels() -> None:
    assert set(MILESTONE_LABELS) == set(Milestone)
    assert all(text.vi.strip() and text.en.strip() for text in MILESTONE_LABELS.values())


def test_kinds_are_found_by_name() -> None:
    for kind, table in KINDS.items():
        assert lifecycle_of(kind) is table


# --- what an answer must contain ------------------------------------------------------------------------------------

FULL = e.AnswerRow(
    claimed=Result.ROADMAP,
    words="sẽ làm",
    cause="thiếu vốn",
    responsible="Phòng KT",
    due_words="quý IV",
    measure="bố trí vốn",
    review_on=date(2026, 10, 1),
    ground="QĐ 1",
    evidence="BB",
    reason_not_yet=f.NOT_YET.reason_not_yet,
    copied_to_front=True,
)
GIVES = {
    "cause": "cause",
    "responsible": "responsible",
    "time": "due_words",
    "measure": "measure",
    "review": "review_on",
    "ground": "ground",
    "evidence": "evidence",
    "reason": "reason_not_yet",
    "copy_to_front": "copied_to_front",
}


@pytest.mark.parametrize("result", list(Result))
def test_a_full_answer_lacks_nothing_and_each_missing_part_is_named_alone(result: Result) -> None:
    full = FULL.model_copy(update={"claimed": result})
    assert missing_parts(full, PetitionNature.REQUEST) == ()
    for part in (*REQUIRED[result], "copy_to_front"):
        without = full.model_copy(update={GIVES[part]: None})
        assert missing_parts(without, PetitionNature.REQUEST) == (part,)
        assert missing_parts(without, PetitionNature.OPINION) == ()
    assert set(REQUIRED[result]) <= set(PARTS)
