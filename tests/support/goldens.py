"""Folders of expected files: compared byte by byte, rewritten only when a developer asks for it."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Mapping
from pathlib import Path

SHOWN_LINES = 60


def compare_folder(actual: Mapping[str, str], folder: Path, *, update: bool) -> None:
    """Fail where the files differ from the folder's; with `update` make the folder what they are."""
    if update:
        shutil.rmtree(folder, ignore_errors=True)
        for name, text in actual.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    expected = {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in folder.rglob("*")
        if file.is_file()
    }
    differing = [name for name in sorted({*actual, *expected}) if actual.get(name) != expected.get(name)]
    lines = [line for name in differing for line in _diff(name, expected.get(name, ""), actual.get(name, ""))]
    assert not differing, "\n".join(["run pytest with --update-goldens if this is meant:", *lines[:SHOWN_LINES]])


def _diff(name: str, expected: str, actual: str) -> list[str]:
    return list(difflib.unified_diff(expected.splitlines(), actual.splitlines(), name, name, lineterm="", n=1))
