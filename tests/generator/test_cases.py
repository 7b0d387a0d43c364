"""Golden cases: a folder with specs, and what the compiler says of them. One idea each, no Python per case.

tests/cases/faults/<name>/spec/*.yaml    (and hooks/*.py)
tests/cases/faults/<name>/errors.txt     as people see it; errors.json and errors.github as machines do
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.codes import CODES
from generator.diagnostics import RENDERERS
from generator.frontend import load

CASES = Path(__file__).parent.parent / "cases" / "faults"
FORMATS = {"errors.txt": "text", "errors.json": "json", "errors.github": "github"}
# Faults whose files would be a burden to keep, or that belong to generated files; each has a test of its own.
ELSEWHERE = {"file-too-large", "hook-missing", "migration-edited", "migration-missing"}


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_faults(case: str, update_goldens: bool) -> None:
    folder = CASES / case
    model, faults = load(folder / "spec")
    assert model is None, "a faulty spec gives no model"
    for file, form in FORMATS.items():
        golden = folder / file
        if not golden.exists() and not (update_goldens and file == "errors.txt"):
            continue
        said = RENDERERS[form](faults, folder)
        if update_goldens:
            golden.write_text(said, encoding="utf-8")
        assert said == golden.read_text(encoding="utf-8")


def test_every_code_has_a_case_and_every_case_a_known_code() -> None:
    said = "".join(path.read_text(encoding="utf-8") for path in CASES.glob("*/errors.txt"))
    shown = set(re.findall(r"error\[([a-z0-9-]+)\]", said))
    assert shown - CODES.keys() == set()
    assert CODES.keys() - shown == ELSEWHERE
