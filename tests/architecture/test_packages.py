"""The top-level folders are packages of this repository, and every list of them says the same."""

from __future__ import annotations

import tomllib
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from tests.architecture import rules
from tests.architecture.trees import ROOT, project_files

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PRESENT = [name for name in rules.PACKAGES if (ROOT / name / "__init__.py").is_file()]


@pytest.mark.parametrize("name", PRESENT)
def test_a_package_is_loaded_from_this_repository(name: str) -> None:
    assert Path(import_module(name).__file__ or "").parent == ROOT / name


def test_no_installed_distribution_owns_the_name_of_one_of_our_folders() -> None:
    owners = packages_distributions()
    ours = {path.split("/")[0] for path in project_files() if path.endswith(".py") and "/" in path}
    assert {name: owners[name] for name in ours if set(owners.get(name, ())) - {"dondoc"}} == {}


def test_every_package_that_must_exist_exists() -> None:
    assert set(rules.PACKAGES) - set(PRESENT) <= rules.OPTIONAL_PACKAGES


def test_no_package_stands_outside_the_layers() -> None:
    top_level = {
        path.split("/")[0] for path in project_files() if path.count("/") == 1 and path.endswith("__init__.py")
    }
    assert top_level - {"tests", "benchmarks"} == set(PRESENT)


def test_build_types_and_contracts_name_the_same_packages() -> None:
    tool = PROJECT["tool"]
    assert [name for name in tool["setuptools"]["packages"]["find"]["include"] if "." not in name] == [*rules.PACKAGES]
    assert tool["importlinter"]["root_packages"] == PRESENT
    assert set(PRESENT) <= set(tool["mypy"]["packages"])


def test_every_contract_about_a_library_watches_every_package_that_may_not_use_it() -> None:
    allowed = {"fastapi": {"api", "web"}, "sqlalchemy": {"api", "web", "workflows", "models"}}
    for contract in PROJECT["tool"]["importlinter"]["contracts"]:
        if contract["type"] == "forbidden":
            exempt = set().union(*(allowed.get(library, set()) for library in contract["forbidden_modules"]))
            assert set(contract["source_modules"]) == set(PRESENT) - exempt, contract["name"]


def test_the_layers_are_those_of_the_architecture() -> None:
    layers = next(c["layers"] for c in PROJECT["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    assert [layer.strip("()") for layer in layers] == [*rules.PACKAGES]
