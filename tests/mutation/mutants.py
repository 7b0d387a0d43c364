"""A change to the code, by what it was and what it is now: the same name in every run, wherever the line moves to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import unified_diff

Name = tuple[str, str, str]


@dataclass(frozen=True, order=True)
class Mutant:
    """One change in `place` of `module`; `noticed` by a test or not."""

    module: str
    place: str
    was: str
    now: str
    noticed: bool = False

    @property
    def name(self) -> Name:
        """What it is known by."""
        return f"{self.module}.{self.place}", self.was, self.now


def changed(before: str, after: str) -> tuple[str, str]:
    """The lines of one text that are not in the other, and those that are there instead."""
    lines = list(unified_diff(before.splitlines(), after.splitlines(), n=0))[2:]
    was = " ".join(line[1:].strip() for line in lines if line.startswith("-"))
    now = " ".join(line[1:].strip() for line in lines if line.startswith("+"))
    return was, now


def by_name(mutants: Iterable[Mutant]) -> dict[Name, Mutant]:
    """Each once: the same change of two like lines is noticed when both are."""
    found: dict[Name, Mutant] = {}
    for each in mutants:
        if each.noticed:
            found.setdefault(each.name, each)
        else:
            found[each.name] = each
    return found
