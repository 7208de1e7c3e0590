"""The pages of the lifecycles are written from the tables: whoever changes a table writes them anew (`make docs`)."""

from __future__ import annotations

import json
import re

import pytest

from states.errors import NotFound
from states.kinds import KINDS
from states.lifecycle import Lifecycle
from tests.architecture.trees import ROOT, project_files
from workflows import picturing
from workflows.printing import describing_fields
from workflows.printing.registry import KINDS as KINDS_OF_PRINT

FOLDER = ROOT / "docs" / "lifecycles"
LIFECYCLES = list(picturing.pictured().values())


def kind_of(lifecycle: Lifecycle) -> str:
    return lifecycle.kind


@pytest.mark.parametrize("name", sorted(picturing.pages()))
def test_a_page_says_what_its_table_says(name: str) -> None:
    written = (FOLDER / name).read_text(encoding="utf-8")
    assert written == picturing.pages()[name], f"docs/lifecycles/{name} is out of date: run `make docs`"


def test_the_page_of_letters_says_what_their_fields_say() -> None:
    written = (ROOT / "docs" / "letters.md").read_text(encoding="utf-8")
    assert written == describing_fields.page(), "docs/letters.md is out of date: run `make docs`"
    for kind in KINDS_OF_PRINT.values():
        assert all(f"| `{name}` |" in written for name, _, _ in describing_fields.rows_of(kind))


def test_no_page_is_left_of_a_lifecycle_that_is_gone() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(picturing.pages())


def test_every_kind_and_what_it_sends_is_pictured() -> None:
    assert set(KINDS) | {"referral"} == set(picturing.pictured())


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=kind_of)
def test_a_page_names_every_state_trigger_and_condition(lifecycle: Lifecycle) -> None:
    page = picturing.page(lifecycle)
    assert all(f"| `{state}` | {meaning.label.vi} |" in page for state, meaning in lifecycle.states.items())
    for row in lifecycle.transitions:
        assert f"### `{row.trigger}`: {row.label.vi}" in page
        assert all(guard.holds.vi in page for guard in (row.who, *row.when, *row.warns))
        assert all(f"| `{name}` |" in page for name in row.needs.model_fields)


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=kind_of)
def test_a_diagram_has_every_state_once_and_leads_only_to_states_there_are(lifecycle: Lifecycle) -> None:
    diagram = picturing.mermaid(lifecycle)
    nodes = re.findall(r"^        (\w+)\(?\[", diagram, flags=re.MULTILINE)
    assert sorted(nodes) == sorted(lifecycle.states)
    arrows = re.findall(r"^    (\w+) -\.?->\|.*\| (\w+)$", diagram, flags=re.MULTILINE)
    places = {*nodes, "absent", *(state.phase.value for state in lifecycle.states.values())}
    assert arrows
    assert all(source in places and target in nodes for source, target in arrows)


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=kind_of)
def test_table_and_json_have_one_row_for_each_transition(lifecycle: Lifecycle) -> None:
    rows = picturing.table(lifecycle, "vi")
    assert [row[0] for row in rows] == [row.trigger for row in lifecycle.transitions]
    assert {len(row) for row in rows} == {len(picturing.HEADINGS)}
    said = json.loads(json.dumps(picturing.as_json(lifecycle)))
    assert len(said["transitions"]) == len(rows)
    assert {state["state"] for state in said["states"]} == set(lifecycle.states)


def test_a_lifecycle_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(NotFound, match=", ".join(sorted({*KINDS, "referral"}))):
        picturing.picture_of("resolution")


def test_links_between_pages_lead_somewhere() -> None:
    pages = [path for path in project_files() if path.endswith(".md")]
    assert "README.md" in pages
    dead = [
        f"{page}: {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / page).read_text(encoding="utf-8"))
        if not (ROOT / page).parent.joinpath(target).exists()
    ]
    assert dead == []
