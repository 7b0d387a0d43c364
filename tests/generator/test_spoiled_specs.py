"""Whatever is typed, the compiler answers with faults at places that there are, or with code that can be read."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from generator.diagnostics import RENDERERS, Diagnostic, lines_of
from generator.frontend import load
from generator.model import Model, Place
from generator.plans.project import plan
from generator.scaffold import scaffolds
from tests.support.spoiled import spoiled

ROOT = Path(__file__).resolve().parents[2]
PROJECTS = {"marketplace": ROOT, "clinic": ROOT / "tests" / "clinic", "library": ROOT / "tests/generator/library"}
# So many specs of each project and seed. What a large one would give is not planned each time.
NUMBERS = {"marketplace": 15, "clinic": 15, "library": 15}
PLANNED = ("clinic", "library")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("project", PROJECTS)
def test_every_mistake_is_a_fault_that_stands_somewhere(project: str, seed: int, tmp_path: Path) -> None:
    for part in ("spec", "hooks"):
        if (PROJECTS[project] / part).is_dir():
            shutil.copytree(PROJECTS[project] / part, tmp_path / part)
    for number, (name, text) in enumerate(spoiled(PROJECTS[project] / "spec", seed, NUMBERS[project])):
        file = tmp_path / "spec" / name
        whole = file.read_text()
        file.write_text(text)
        try:
            model, faults = load(tmp_path / "spec")
            check_faults(faults, tmp_path)
            assert (model is None) == bool(faults)
            if model is not None and project in PLANNED:
                check_output(model, tmp_path)
        except Exception as error:
            error.add_note(f"{project}, seed {seed}, number {number}: spec/{name} with\n{changes(whole, text)}")
            raise
        file.write_text(whole)


def check_faults(faults: Iterable[Diagnostic], root: Path) -> None:
    for fault in faults:
        for place in (fault.place, *(each.place for each in fault.related)):
            assert exists(place, root), f"{fault.code} is told at {place}, which is nowhere: {fault.message}"
    for renderer in RENDERERS.values():
        renderer(faults, root)


def exists(place: Place, root: Path) -> bool:
    """Whether a place begins on a line that there is, or at its end, and does not go beyond it."""
    lines = lines_of((root / place.file).read_text(encoding="utf-8"))
    if not 1 <= place.line <= len(lines):
        return False
    return place.column >= 1 and place.column + place.length <= len(lines[place.line - 1]) + 2


def check_output(model: Model, root: Path) -> None:
    """What still means something is planned as a whole."""
    planned = plan(model, {})
    assert planned.texts
    for scaffold in scaffolds(model, root):
        compile(scaffold.text, scaffold.path, "exec")


def changes(whole: str, text: str) -> str:
    """What was typed."""
    return "\n".join(list(difflib.unified_diff(whole.split("\n"), text.split("\n"), lineterm="", n=0))[2:20])
