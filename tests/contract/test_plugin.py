"""The plugin that counts promises: what it lets pass and what it does not, alone and with workers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.promises import promises, sections
from tests.support.servers import ROOT

SETTINGS = "[pytest]\ntestpaths = .\naddopts = -p tests.contract.plugin\n"
HEAD = "import pytest\n\n"
ALL = ", ".join(repr(each) for each in promises())


def run(folder: Path, test: str, *words: str) -> tuple[int, str]:
    """The exit code of pytest on one file of tests, and what it says."""
    (folder / "pytest.ini").write_text(SETTINGS)
    (folder / "test_it.py").write_text(HEAD + test)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words]
    done = subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "workers"])
def test_a_whole_run_covers_all_or_fails(tmp_path: Path, workers: tuple[str, ...]) -> None:
    every = f"@pytest.mark.promise({ALL})\n@pytest.mark.parametrize('n', range(3))\n"
    code, said = run(tmp_path, every + "def test_all(n): pass\n", *workers)
    assert (code, f"contract: {len(promises())} promises, all covered by 3 tests" in said) == (0, True), said
    code, said = run(tmp_path, "@pytest.mark.promise('1.01')\ndef test_one(): pass\n", *workers)
    assert code == 1
    assert "promise 1.02 is not covered, no test claims it: " in said
    assert "promise 1.01 " not in said
    assert "all covered" not in said


@pytest.mark.parametrize("body", ["assert n < 2", "if n == 2: pytest.skip('not here')"], ids=["fails", "skipped"])
def test_every_case_that_claims_a_promise_has_to_pass(tmp_path: Path, body: str) -> None:
    every = f"@pytest.mark.promise({ALL})\n@pytest.mark.parametrize('n', range(3))\n"
    code, said = run(tmp_path, f"{every}def test_all(n):\n    {body}\n")
    assert code == 1
    assert "promise 1.01 is not covered, test_it.py::test_all[2] did not pass: " in said


def test_what_fails_afterwards_covers_nothing(tmp_path: Path) -> None:
    after = "@pytest.fixture\ndef late():\n    yield\n    assert False\n\n"
    code, said = run(tmp_path, f"{after}@pytest.mark.promise({ALL})\ndef test_all(late): pass\n")
    assert code == 1
    assert "promise 1.01 is not covered, test_it.py::test_all did not pass: " in said


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "workers"])
def test_an_unknown_promise_cannot_be_claimed(tmp_path: Path, workers: tuple[str, ...]) -> None:
    test = "@pytest.mark.parametrize('n', [pytest.param(1, marks=pytest.mark.promise('9.99'))])\ndef test_it(n): pass\n"
    code, said = run(tmp_path, test, *workers)
    assert code != 0
    assert "test_it.py::test_it[1] claims promise '9.99', which does not exist" in said


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "workers"])
def test_a_run_that_breaks_off_tells_nothing(tmp_path: Path, workers: tuple[str, ...]) -> None:
    code, said = run(tmp_path, "def test_one(): assert False\ndef test_two(): pass\n", "-x", *workers)
    assert code != 0
    assert "is not covered" not in said


@pytest.mark.parametrize("words", [("test_it.py",), ("-k", "one"), ("--collect-only",), ("-m", "promise")], ids=str)
def test_a_part_of_the_suite_is_not_asked(tmp_path: Path, words: tuple[str, ...]) -> None:
    code, said = run(tmp_path, "@pytest.mark.promise('1.01')\ndef test_one(): pass\n", *words)
    assert (code, "contract" in said, "is not covered" in said) == (0, False, False), said


def test_the_table_is_sound() -> None:
    assert {each[0] for each in promises()} == set(sections())
    assert len(set(promises().values())) == len(promises())
