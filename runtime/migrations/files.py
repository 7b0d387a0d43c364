"""The migration files of an application as values; what is in them is the compiler's business.

A folder holds `index.json` (the names in order, and the checksum of every file) and per name and dialect one file of
statements between lines `-- step`. Comment lines at its head say what to know before: `-- destructive: …` what is
lost for good, `-- foreign_keys: off` that tables are rebuilt (SQLite).
"""

from __future__ import annotations

import hashlib
import importlib
import json
from dataclasses import dataclass
from pathlib import Path

INDEX = "index.json"
STEP = "-- step"
DESTRUCTIVE = "-- destructive: "
FOREIGN_KEYS_OFF = "-- foreign_keys: off"


class MigrationError(Exception):
    """The schema cannot be brought up to date; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of one dialect."""

    name: str
    checksum: str
    steps: tuple[str, ...]
    destructive: tuple[str, ...]
    foreign_keys_off: bool


def folder_of(package: str) -> Path:
    """The folder with the migrations of a generated package (`Application.package`)."""
    file = importlib.import_module(package).__file__
    if file is None:
        raise MigrationError(f"The package {package} is no folder; run `agora build`.")
    return Path(file).parent / "migrations"


def read(folder: Path, dialect: str) -> tuple[Migration, ...]:
    """The migrations in order. Raises MigrationError when a file is missing or was edited."""
    try:
        index = json.loads((folder / INDEX).read_text("utf-8"))
    except FileNotFoundError:
        raise MigrationError(f"There is no {folder / INDEX}; run `agora build`.") from None
    return tuple(_read(folder, f"{name}.{dialect}.sql", name, index["sha256"]) for name in index["order"])


def _read(folder: Path, file: str, name: str, checksums: dict[str, str]) -> Migration:
    try:
        text = (folder / file).read_text("utf-8")
    except FileNotFoundError:
        raise MigrationError(f"{file} is missing from {folder}.") from None
    checksum = hashlib.sha256(text.encode()).hexdigest()
    if checksum != checksums.get(file):
        raise MigrationError(f"{file} is not what `agora build` wrote; restore it from version control.")
    head, *steps = ("\n" + text).split(f"\n{STEP}\n")
    lines = head.splitlines()
    return Migration(
        name=name,
        checksum=checksum,
        steps=tuple(step.strip() for step in steps),
        destructive=tuple(line.removeprefix(DESTRUCTIVE) for line in lines if line.startswith(DESTRUCTIVE)),
        foreign_keys_off=FOREIGN_KEYS_OFF in lines,
    )
