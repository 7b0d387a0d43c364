"""`make fuzz`: schemathesis with all checks and phases, as every kind of caller, on every kind of database.

SEED (`1`, or several: `1,2,3`), MAX_EXAMPLES and DATABASE (`sqlite`, `postgres`, or both by default) choose the runs;
ROLE picks kinds of callers. Each run has a server of its own on a fresh database with the demo data. Reports are in
var/fuzz/: HTML, JUnit, what the tool printed, and the recorded events of runs that found something. The exit code is 1
if any did, and if a server was left holding what it should not.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.fuzz.callers import ROLES
from tests.fuzz.run import Outcome, Settings, run
from tests.fuzz.verdict import Contract
from tests.support.postgres import Postgres
from tests.support.servers import ROOT

REPORTS = ROOT / "var" / "fuzz"
SHOWN = 40


def main() -> int:
    """All runs; the exit code."""
    contract = Contract.of(json.loads((ROOT / "generated" / "manifest.json").read_text()))
    examples, databases = int(os.environ.get("MAX_EXAMPLES", "10")), _chosen("DATABASE", "sqlite,postgres")
    began, outcomes, faults = time.monotonic(), list[Outcome](), 0
    with ExitStack() as stack:
        postgres = stack.enter_context(Postgres()) if "postgres" in databases else None
        for database in databases:
            for seed in map(int, _chosen("SEED", "1")):
                found = list(_runs(Settings(seed, examples, database), contract, postgres))
                faults += sum(len(each.verdict.faults) for each in found) + _left_open(found)
                outcomes += found
    if outcomes:
        print(sum((each.reach for each in outcomes[1:]), outcomes[0].reach))
    cases = sum(each.verdict.cases for each in outcomes)
    print(f"{cases:,} cases, {faults} faults, {time.monotonic() - began:,.0f} s; reports: {REPORTS.relative_to(ROOT)}/")
    return 1 if faults else 0


def _chosen(name: str, default: str) -> list[str]:
    """The values of an environment variable, separated by commas."""
    return [each.strip() for each in os.environ.get(name, default).split(",") if each.strip()]


def _runs(settings: Settings, contract: Contract, postgres: Postgres | None) -> Iterator[Outcome]:
    """As one kind of caller after the other, each told as it ends."""
    names = _chosen("ROLE", ",".join(each.name for each in ROLES))
    for role in (each for each in ROLES if each.name in names):
        folder = REPORTS / f"{settings.database}-{settings.seed}-{role.name}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        outcome = run(role, settings, folder, contract, postgres)
        _tell(outcome, folder)
        yield outcome


def _tell(outcome: Outcome, folder: Path) -> None:
    verdict, settings = outcome.verdict, outcome.settings
    statuses = ", ".join(f"{status}: {count}" for status, count in sorted(verdict.statuses.items()))
    print(
        f"{settings.database:8} seed {settings.seed} {outcome.role.name:9} {verdict.cases:6,} cases "
        f"{len(verdict.faults):3} faults {outcome.seconds:4.0f} s  {outcome.grown / 2**20:+4.0f} MB  {statuses}",
        flush=True,
    )
    for fault in verdict.faults[:SHOWN]:
        print(f"    {fault}  [{folder.relative_to(ROOT)}]", flush=True)


def _left_open(outcomes: list[Outcome]) -> int:
    """What depends on the record must have gone well for some kind of caller."""
    if len(outcomes) < len(ROLES):
        return 0
    served = {name for each in outcomes for name in each.verdict.served}
    found = sorted({name for each in outcomes for name in each.verdict.open} - served)
    for name in found:
        print(f"    no caller could use {name}")
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
