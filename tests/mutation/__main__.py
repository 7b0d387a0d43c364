"""Changes the rules one by one, and says whether the tests noticed: `make mutate`.

python -m tests.mutation [NAME ...]     only mutants of functions with such names (runtime.auth.*)
"""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict
from collections.abc import Collection, Iterable
from pathlib import Path

from tests.mutation import functions, tables
from tests.mutation.mutants import Mutant, by_name
from tests.mutation.survivors import FILE, Explained, written
from tests.support.postgres import GIVEN_URL, Postgres

WORKERS = 2
LEAST = 90.0  # per cent
TABLES = (
    "generated/machines/*.py",
    "generated/policies.py",
    "runtime/auth/*.py",
    "runtime/fieldtypes.py",
    "runtime/fieldvalues.py",
)


def main(only: list[str]) -> int:
    """Run, tell, and judge."""
    began = time.monotonic()
    with Postgres() as postgres:
        os.environ[GIVEN_URL] = postgres.url
        functions.run(only, WORKERS)
        found = by_name(functions.found(only))
        survived = {name for name, each in found.items() if not each.noticed}
        if not only:
            paths = [path for pattern in TABLES for path in sorted(Path().glob(pattern))]
            found |= by_name(tables.run(paths, survived, Explained.read().is_alike, WORKERS))
    share = _told(found.values())
    print(f"{(time.monotonic() - began) / 60:.0f} minutes")
    return _judged(found.values(), share, whole=not only)


def _told(found: Iterable[Mutant]) -> float:
    """A table by module; the share of all that was noticed."""
    modules: dict[str, list[bool]] = defaultdict(list)
    for each in sorted(found):
        modules[each.module].append(each.noticed)
    width = max(map(len, modules))
    print(f"{'module':{width}}  mutants  killed  survived   share")
    everything = [each for several in modules.values() for each in several]
    for name, several in [*modules.items(), ("all", everything)]:
        killed = sum(several)
        share = 100 * killed / len(several)
        print(f"{name:{width}}  {len(several):7}  {killed:6}  {len(several) - killed:8}  {share:5.1f} %")
    return 100 * sum(everything) / len(everything)


def _judged(found: Collection[Mutant], share: float, *, whole: bool) -> int:
    explained = Explained.read()
    new, old = explained.unexplained(found), explained.outdated(found, whole=whole)
    if new:
        print(f"\n{len(new)} survived and are not explained in {FILE.name}:\n{written(new)}")
    if old:
        print(f"\n{len(old)} explained in {FILE.name} do not survive any more; take them out:", *old, sep="\n")
    if share < LEAST:
        print(f"\nOnly {share:.1f} % were noticed; {LEAST:.0f} % are demanded.")
    return bool(new or share < LEAST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
