"""The mutants that no test can notice, and why: `survivors.toml`, checked against what a run finds.

It names them by their place, or many that are alike by patterns of what a line was and is now.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from tests.mutation.mutants import Mutant, Name

FILE = Path(__file__).with_name("survivors.toml")


@dataclass(frozen=True)
class Alike:
    """Mutants in places with names like `place` that change something of the form `was` to something like `now`."""

    place: str
    was: str
    now: str
    why: str

    def explains(self, name: Name) -> bool:
        """Whether this is one of them."""
        place, was, now = name
        return fnmatch(place, self.place) and bool(re.search(self.was, was) and re.search(self.now, now))


@dataclass(frozen=True)
class Explained:
    """The whole file."""

    single: dict[Name, str]
    alike: tuple[Alike, ...]

    @classmethod
    def read(cls) -> Explained:
        """As it is."""
        file = tomllib.loads(FILE.read_text())
        alike = tuple(Alike(**each) for each in file.pop("alike", []))
        return cls(
            {(place, each["was"], each["now"]): each["why"] for place, several in file.items() for each in several},
            alike,
        )

    def unexplained(self, mutants: Iterable[Mutant]) -> list[Mutant]:
        """Those that nobody noticed and nobody has explained."""
        return sorted(
            mutant
            for mutant in mutants
            if not mutant.noticed and mutant.name not in self.single and not self.is_alike(mutant.name)
        )

    def is_alike(self, name: Name) -> bool:
        """Whether a pattern explains it."""
        return any(each.explains(name) for each in self.alike)

    def outdated(self, mutants: Collection[Mutant], *, whole: bool) -> list[str]:
        """What is explained and noticed nowadays; after a whole run also what is not there any more."""
        survived = {each.name for each in mutants if not each.noticed}
        noticed = {each.name for each in mutants} - survived
        old = [name for name in self.single if name in noticed or (whole and name not in survived)]
        unused = [each for each in self.alike if whole and not any(map(each.explains, survived))]
        return sorted([*(f"{place}: {was} → {now}" for place, was, now in old), *map(str, unused)])


def written(mutants: Iterable[Mutant]) -> str:
    """What the file would say of them, but for the reasons."""
    lines: dict[str, list[str]] = {}
    for each in mutants:
        entry = f"    {{ was = '''{each.was}''', now = '''{each.now}''', why = '''…''' }},"
        lines.setdefault(f'"{each.name[0]}"', []).append(entry)
    return "\n".join(f"{place} = [\n" + "\n".join(several) + "\n]" for place, several in lines.items())
