"""A change to the code, by what it was and what it is now: the same name in every run, wherever the line moves to."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import ndiff


@dataclass(frozen=True, order=True)
class Mutant:
    """One change in `place` of `module`; `noticed` by a test or not."""

    module: str
    place: str
    was: str
    now: str
    noticed: bool = False

    @property
    def name(self) -> tuple[str, str, str]:
        """What it is known by."""
        return f"{self.module}.{self.place}", self.was, self.now


def changed(before: str, after: str) -> tuple[str, str]:
    """The lines of one text that are not in the other, and those that are there instead."""
    lines = list(ndiff(before.splitlines(), after.splitlines()))
    was = " ".join(line[2:].strip() for line in lines if line.startswith("- "))
    now = " ".join(line[2:].strip() for line in lines if line.startswith("+ "))
    return was, now
