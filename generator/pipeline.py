"""The way from `spec/` to `generated/`: load → check → plan → render → compare or write.

Everything up to `compile_specs` is a function of the files that are there; only `build` writes, at the very end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.frontend import Faults, load_project
from generator.migrations.files import MigrationFaults, plan_migrations
from generator.model import Model, Place
from generator.plans.project import plan
from generator.render import render
from generator.scaffold import Scaffold, scaffolds, write_scaffolds
from generator.write import FOLDER, Difference, differences, write

MIGRATIONS = "migrations"
MEANINGS = {
    "missing": "this file is missing",
    "stray": "nothing in the specs says that this file should be here",
    "different": "this file is not what the specs say: they were changed since, or it was edited",
}


@dataclass(frozen=True, slots=True)
class Compiled:
    """What the specs say, and the text of every file below `generated/`."""

    model: Model
    tree: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What differs (or differed) between the disk and the specs."""

    differences: tuple[Difference, ...]
    scaffolds: tuple[Scaffold, ...]

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The same as faults, each at the head of its file."""
        files = [
            Diagnostic(f"generated-{each.kind}", Place(each.path, 1, 1), MEANINGS[each.kind], "run `agora build`")
            for each in self.differences
        ]
        hooks = [
            Diagnostic("hook-missing", Place(each.path, 1, 1), f"`{name}` is missing", "run `agora build`")
            for each in self.scaffolds
            for name in each.added
        ]
        return (*files, *hooks)


def compile_specs(root: Path) -> Compiled:
    """Load the specs of a project and derive every file. Raises Faults."""
    model = load_project(root)
    migrations = migrations_of(model, root)
    return Compiled(model, render(plan(model, migrations)))


def build(root: Path) -> Outcome:
    """Make `generated/` agree with `spec/`, and begin the hooks that are missing."""
    compiled = compile_specs(root)
    missing = scaffolds(compiled.model, root)
    write_scaffolds(root, missing)
    return Outcome(write(root, compiled.tree), missing)


def check(root: Path) -> Outcome:
    """What `build` would change; nothing is written."""
    compiled = compile_specs(root)
    return Outcome(differences(root, compiled.tree), scaffolds(compiled.model, root))


def migrations_of(model: Model, root: Path) -> Mapping[str, str]:
    """The migrations that there are, and the one that is missing if the tables have changed. Raises Faults."""
    try:
        return plan_migrations(model, written_migrations(root))
    except MigrationFaults as faults:
        found = [Diagnostic(each.code, each.place, each.message, each.hint) for each in faults.faults]
        raise Faults(found, root) from None


def written_migrations(root: Path) -> Mapping[str, str]:
    """The files of the migrations that there are: they are never written anew, only added to."""
    folder = root / FOLDER / MIGRATIONS
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return {f"{MIGRATIONS}/{file.name}": file.read_text(encoding="utf-8") for file in files if file.is_file()}
