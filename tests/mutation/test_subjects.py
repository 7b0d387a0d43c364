"""What is to be changed has tests that have to notice, and both are there."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.mutation.subjects import ALL, SUBJECTS, noticed_by
from tests.mutation.survivors import Explained
from tests.support.servers import ROOT


def mutated() -> list[Path]:
    """The files that mutmut is told to change."""
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutmut"]["only_mutate"]
    found = {pattern: sorted(ROOT.glob(pattern)) for pattern in configured}
    assert [pattern for pattern, files in found.items() if not files] == []
    return [file for files in found.values() for file in files]


def test_every_file_that_is_changed_has_its_tests() -> None:
    names = [file.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".") for file in mutated()]
    decided = [name for name in names if noticed_by(f"{name}.x") is not ALL]
    rest = {"generated.machines.__init__", "runtime.auth.__init__", "runtime.auth.actor"}  # which decide nothing
    assert set(names) - set(decided) - rest == set()
    assert [file for file in ALL if not (ROOT / file).is_file()] == []
    assert len(SUBJECTS) <= len(names)


def test_every_survivor_has_its_reason() -> None:
    explained = Explained.read()
    assert [
        reason for reason in (*explained.single.values(), *(each.why for each in explained.alike)) if len(reason) < 20
    ] == []
