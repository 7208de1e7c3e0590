"""Turns a validation failure into the user's words: which field, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from states.text import Text

_SENTENCES: dict[str, Text] = {
    "missing": Text("chưa nhập", "is missing"),
    "string_too_short": Text("chưa nhập", "is empty"),
    "string_too_long": Text("quá dài (tối đa {max_length} ký tự)", "is too long (at most {max_length} characters)"),
    "string_type": Text("phải là chữ", "must be text"),
    "extra_forbidden": Text("không có trong biểu mẫu này", "does not belong to this form"),
    "enum": Text("phải là một trong: {expected}", "must be one of: {expected}"),
    "literal_error": Text("phải là một trong: {expected}", "must be one of: {expected}"),
    "date_from_datetime_parsing": Text("không phải là ngày; nhập như 2026-03-05", "is no date; write it as 2026-03-05"),
    "date_parsing": Text("không phải là ngày; nhập như 2026-03-05", "is no date; write it as 2026-03-05"),
    "date_type": Text("phải là ngày, như 2026-03-05", "must be a date such as 2026-03-05"),
    "int_parsing": Text("phải là số nguyên", "must be a whole number"),
    "int_type": Text("phải là số nguyên", "must be a whole number"),
    "greater_than_equal": Text("không được nhỏ hơn {ge}", "must not be less than {ge}"),
    "less_than_equal": Text("không được lớn hơn {le}", "must not be greater than {le}"),
    "too_short": Text("phải có ít nhất {min_length} mục", "needs at least {min_length} items"),
    "too_long": Text("có quá nhiều mục (tối đa {max_length})", "has too many items (at most {max_length})"),
    "bool_parsing": Text("phải là có hoặc không", "must be yes or no"),
    "tuple_type": Text("phải là một danh sách", "must be a list"),
    "uuid_parsing": Text("không phải là mã định danh", "is no identifier"),
    "uuid_type": Text("không phải là mã định danh", "is no identifier"),
    "date_from_datetime_inexact": Text("là ngày, không kèm giờ", "is a day without a time"),
    "int_from_float": Text("phải là số nguyên", "must be a whole number"),
    "int_parsing_size": Text("quá lớn", "is too large"),
    "dict_type": Text("phải là một nhóm tên và giá trị", "must be an object"),
    "model_type": Text("phải là một nhóm tên và giá trị", "must be an object"),
    "model_attributes_type": Text("phải là một nhóm tên và giá trị", "must be an object"),
    "json_invalid": Text("không phải JSON hợp lệ", "is no valid JSON"),
    "string_pattern_mismatch": Text("viết không đúng dạng", "is not written in the right form"),
    "implausible_day": Text("nằm ngoài các năm 1945 đến 2099", "lies outside the years 1945 to 2099"),
    "before_it_began": Text("đứng trước ngày bắt đầu", "lies before the first day"),
    "fewer_than_votes": Text("ít hơn số tán thành", "is less than the votes for it"),
    "no_such_day": Text("nêu ngày không có trong lịch: {day}", "names a day that no calendar has: {day}"),
    "not_of_a_denunciation": Text(
        "không nhập với đơn tố cáo: chỉ ghi ngày và nơi chuyển đơn",
        "is not entered for a denunciation: only its day and where it went",
    ),
    "where_it_went": Text("phải nhập với đơn tố cáo", "is needed for a denunciation"),
    "only_of_a_denunciation": Text("chỉ nhập với đơn tố cáo", "is entered for a denunciation only"),
    "too_deep": Text("lồng nhau quá sâu", "is nested too deeply"),
    "unstorable": Text("có ký tự điều khiển không lưu được", "holds control characters that cannot be stored"),
}
_OTHERWISE = Text("không hiểu được ({msg})", "cannot be understood ({msg})")


def field_label(model: type[BaseModel], name: str) -> Text:
    """Return the Vietnamese and English label of a field of `model`."""
    info = model.model_fields.get(name)
    if info is None:
        return Text(name, name)
    extra: Any = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    return Text(info.title or name, str(extra.get("label_en", name)))


def problems_of(model: type[BaseModel], error: ValidationError) -> dict[str, Text]:
    """Map each refused field (dotted path) to a sentence that names it."""
    problems: dict[str, Text] = {}
    for item in error.errors(include_url=False, include_input=False):
        path = ".".join(str(part) for part in item["loc"]) or "body"
        label = field_label(model, str(item["loc"][0])) if item["loc"] else Text("Nội dung", "Body")
        problems[path] = problem_of(item, label)
    return problems


def problem_of(item: Mapping[str, Any], label: Text) -> Text:
    """Return one error of a validation (as pydantic lists it) as a sentence about the field called `label`."""
    sentence = _SENTENCES.get(item["type"], _OTHERWISE)
    said = sentence.fill(**{"msg": item["msg"], **(item.get("ctx") or {})})
    if item["type"] in {"enum", "literal_error"}:  # pydantic joins the choices with an English word
        said = Text(said.vi.replace(" or ", ", ").replace("'", ""), said.en)
    return Text(f"«{label.vi}» {said.vi}", f"“{label.en}” {said.en}")
