"""`agora serve` in production needs neither the compiler nor what the compiler is made of (rule 6)."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILD_TIME = ("generator", "jinja2", "yaml", "jsonschema", "ruff", "pytest")

# A finder that comes first and raises: nothing that asks, `find_spec` included, gets past it.
SCRIPT = """
import sys, importlib, importlib.abc

class Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"{{name}} is not there in production", name=name)

sys.meta_path.insert(0, Absent())
importlib.import_module({module!r})
"""


@pytest.mark.parametrize("module", ["runtime.server", "runtime.cli", "generated.app"])
def test_production_imports_nothing_of_the_compiler(module: str, tmp_path: Path) -> None:
    script = textwrap.dedent(SCRIPT).format(names=set(BUILD_TIME), module=module)
    # An empty working directory: the specs are not there either.
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
