"""The in-memory tree ↔ the disk: what differs, and making the disk agree.

`generated/` belongs to the tool: whatever is in there and not in the tree is stray.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Tree = Mapping[str, str]

FOLDER = "generated"
CACHES = ("__pycache__", ".mypy_cache", ".ruff_cache")


@dataclass(frozen=True, slots=True)
class Difference:
    """One file of `generated/` that is not what the specs say. `path` is relative to the project."""

    path: str
    kind: Literal["missing", "stray", "different"]
    diff: str


def differences(root: Path, tree: Tree) -> tuple[Difference, ...]:
    """Every file that is missing, stray or different, with a unified diff from the disk to the tree."""
    present = set(_files(root / FOLDER))
    found = [_compare(root, name, tree.get(name)) for name in sorted(present | set(tree))]
    return tuple(each for each in found if each)


def write(root: Path, tree: Tree) -> tuple[Difference, ...]:
    """Make `generated/` agree with the tree; files that agree already are not touched."""
    changes = differences(root, tree)
    for change in changes:
        target = root / change.path
        if change.kind == "stray":
            target.unlink()
        else:
            _replace(target, tree[change.path.removeprefix(f"{FOLDER}/")])
    _remove_empty_folders(root / FOLDER)
    return changes


def _compare(root: Path, name: str, wanted: str | None) -> Difference | None:
    path = f"{FOLDER}/{name}"
    there = _read(root / path)
    if there == wanted:
        return None
    kind: Literal["missing", "stray", "different"] = "different"
    if there is None or wanted is None:
        kind = "missing" if there is None else "stray"
    return Difference(path, kind, _unified(path, there, wanted))


def _unified(path: str, there: str | None, wanted: str | None) -> str:
    lines = difflib.unified_diff(
        (there or "").splitlines(keepends=True),
        (wanted or "").splitlines(keepends=True),
        "/dev/null" if there is None else path,
        "/dev/null" if wanted is None else f"{path} (from the specs)",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _read(file: Path) -> str | None:
    """The text of a file byte for byte; what is no UTF-8 cannot be ours, and so differs from everything."""
    if not file.is_file():
        return None
    return file.read_bytes().decode(errors="backslashreplace")


def _files(folder: Path) -> Iterator[str]:
    for file in folder.rglob("*"):
        inside = file.relative_to(folder)
        if (file.is_file() or file.is_symlink()) and not any(part in CACHES for part in inside.parts):
            yield inside.as_posix()


def _replace(target: Path, content: str) -> None:
    """Write beside the file and rename: a reader sees the old text or the new one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.new")
    beside.write_bytes(content.encode())
    beside.replace(target)


def _remove_empty_folders(folder: Path) -> None:
    """A resource that is gone leaves no empty package behind, which would still import."""
    for inside in sorted(folder.rglob("*"), reverse=True):
        if inside.is_dir() and inside.name not in CACHES and not any(_files(inside)):
            _drop(inside)


def _drop(folder: Path) -> None:
    for file in sorted(folder.rglob("*"), reverse=True):
        if file.is_dir():
            file.rmdir()
        else:
            file.unlink()
    folder.rmdir()
