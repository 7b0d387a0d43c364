"""The documents that the compiler writes, as the linters of API clients see them: nothing to remark."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.frontend import load_project
from generator.openapi.document import openapi
from tests.clients.tools import HERE, run_on_node

ROOT = Path(__file__).parents[2]
PROJECTS = {
    "marketplace": ROOT,
    "clinic": ROOT / "tests" / "clinic",
    "library": ROOT / "tests" / "generator" / "library",
}


def redocly(file: Path) -> list[str]:
    """What Redocly's recommended rules remark, errors and warnings."""
    words = ("lint", "--extends=recommended", "--format=json", "--max-problems=1000", file)
    said = json.loads(run_on_node("@redocly/cli/bin/cli.js", *words, inside=file.parent, accept=(0, 1)))
    assert said["totals"]["ignored"] == 0
    return [f"{each['ruleId']}: {each['message']} {each['location']}" for each in said["problems"]]


def spectral(file: Path) -> list[str]:
    """What Spectral's rules for OpenAPI remark, hints too."""
    words = ("lint", "--ruleset", HERE / "spectral.yaml", "--format=json", "--fail-severity=hint", file)
    said = run_on_node("@stoplight/spectral-cli/dist/index.js", *words, inside=file.parent, accept=(0, 1))
    found, _ = json.JSONDecoder().raw_decode(said)
    return [f"{each['code']}: {each['message']} {each['path']}" for each in found]


LINTERS = {"redocly": redocly, "spectral": spectral}


def written(document: dict[str, Any], folder: Path) -> Path:
    file = folder / "openapi.json"
    file.write_text(json.dumps(document, indent=2))
    return file


@pytest.mark.parametrize("linter", sorted(LINTERS))
@pytest.mark.parametrize("project", sorted(PROJECTS))
def test_there_is_nothing_to_remark(project: str, linter: str, tmp_path: Path) -> None:
    document = openapi(load_project(PROJECTS[project]))
    assert LINTERS[linter](written(document, tmp_path)) == []


@pytest.mark.parametrize("linter", sorted(LINTERS))
def test_the_linters_are_awake(linter: str, tmp_path: Path) -> None:
    document = openapi(load_project(PROJECTS["library"]))
    del document["info"]["contact"], document["info"]["license"]
    document["components"]["schemas"]["Unused"] = {"type": "object"}
    remarks = str(LINTERS[linter](written(document, tmp_path)))
    assert ("info-license" if linter == "redocly" else "info-contact") in remarks
    assert ("no-unused-components" if linter == "redocly" else "oas3-unused-component") in remarks
