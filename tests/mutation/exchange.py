"""Lets one module be read from another file: that of a mutant."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType


class Exchange(MetaPathFinder):
    """Finds the one module, and no other."""

    def __init__(self, module: str, file: Path) -> None:
        self.module = module
        self.file = file

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where it is instead."""
        return spec_from_file_location(fullname, self.file) if fullname == self.module else None


def install(module: str, file: Path) -> None:
    """From now on `module` is what is in `file`; it must not have been read yet."""
    assert module not in sys.modules, f"{module} has been read already"
    sys.meta_path.insert(0, Exchange(module, file))
