"""The mutants that no test can notice, and why: `survivors.toml`, checked against what a run finds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from tests.mutation.mutants import Mutant, Name

FILE = Path(__file__).with_name("survivors.toml")


def explained() -> dict[Name, str]:
    """The reason of each."""
    places = tomllib.loads(FILE.read_text())
    return {(place, each["was"], each["now"]): each["why"] for place, several in places.items() for each in several}


def unexplained(mutants: Iterable[Mutant]) -> list[Mutant]:
    """Those that nobody noticed and nobody has explained."""
    known = explained()
    return sorted(each for each in mutants if not each.noticed and each.name not in known)


def outdated(mutants: Iterable[Mutant], *, whole: bool) -> list[Name]:
    """What is explained and noticed nowadays; after a whole run also what is not there any more."""
    survived = {each.name for each in mutants if not each.noticed}
    noticed = {each.name for each in mutants} - survived
    return sorted(name for name in explained() if name in noticed or (whole and name not in survived))


def written(mutant: Mutant) -> str:
    """A line for the file, but for its reason."""
    was, now = (text.replace("'", "’") if "'''" in text else text for text in (mutant.was, mutant.now))
    return f"{mutant.module}.{mutant.place}:  {{ was = '''{was}''', now = '''{now}''', why = '''…''' }},"
