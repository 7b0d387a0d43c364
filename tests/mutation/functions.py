"""Mutants of functions: mutmut makes them, and runs the tests that call the function."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator
from fnmatch import fnmatch
from pathlib import Path

import libcst as cst
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import read_functions_from_index
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

from tests.mutation.mutants import Mutant, changed

MUTMUT = Path(sys.executable).with_name("mutmut")
NOTICED = {"killed", "timeout"}


def run(only: list[str], workers: int) -> None:
    """All of them from the beginning, or again those whose names match `only`."""
    if not only:
        shutil.rmtree("mutants", ignore_errors=True)
    subprocess.run([MUTMUT, "run", "--max-children", str(workers), *only], env=os.environ, check=True)


def found(only: Collection[str]) -> Iterator[Mutant]:
    """What became of each, or of those whose names match `only`."""
    for path in walk_mutatable_files():
        results = SourceFileMutationData(path=path)
        results.load()
        for name, code in results.exit_code_by_key.items():
            if code is not None and (not only or any(fnmatch(name, pattern) for pattern in only)):
                yield _mutant(path, name, status_by_exit_code[code] in NOTICED)


def _mutant(path: Path, name: str, noticed: bool) -> Mutant:
    functions = read_functions_from_index(name, path)
    assert functions is not None, f"mutmut has lost {name}"
    was, now = changed(*(cst.Module([each]).code for each in functions))
    function, owner = orig_function_and_class_names_from_key(name)
    place = f"{owner}.{function}" if owner else function
    return Mutant(path.with_suffix("").as_posix().replace("/", "."), place, was, now, noticed)
