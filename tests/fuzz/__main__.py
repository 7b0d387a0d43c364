"""`make fuzz`: schemathesis with all checks and phases, as every kind of caller, on every kind of database.

SEED (`1`, or several: `1,2,3`), MAX_EXAMPLES and DATABASE (`sqlite`, `postgres`, or both by default) choose the runs;
ROLE picks kinds of callers. Each run has a server of its own on a fresh database with the demo data. Reports are in
var/fuzz/: HTML, JUnit, what the tool printed, and the events of runs that found something. Exit code 1 if any did.
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

from tests.fuzz.callers import ROLES, Role
from tests.fuzz.run import EVENTS, TOKEN_SECONDS, Settings, fuzz
from tests.fuzz.verdict import Contract, Verdict, judge
from tests.support.postgres import Postgres
from tests.support.servers import ROOT, complaints, running

REPORTS = ROOT / "var" / "fuzz"
SHOWN = 40


def chosen(name: str, default: str) -> list[str]:
    """The values of an environment variable, separated by commas."""
    return [each.strip() for each in os.environ.get(name, default).split(",") if each.strip()]


def main() -> int:
    """All runs; the exit code."""
    examples = int(os.environ.get("MAX_EXAMPLES", "10"))
    contract = Contract.of(json.loads((ROOT / "generated" / "manifest.json").read_text()))
    names = chosen("ROLE", ",".join(each.name for each in ROLES))
    roles = [each for each in ROLES if each.name in names]
    cases, faults, began = 0, 0, time.monotonic()
    with ExitStack() as stack:
        databases = chosen("DATABASE", "sqlite,postgres")
        postgres = stack.enter_context(Postgres()) if "postgres" in databases else None
        for database in databases:
            for seed in map(int, chosen("SEED", "1")):
                settings = Settings(seed, examples, database)
                verdicts = dict(_verdicts(settings, roles, contract, postgres))
                cases += sum(each.cases for each in verdicts.values())
                faults += sum(len(each.faults) for each in verdicts.values()) + _left_open(verdicts)
    print(f"{cases:,} cases, {faults} faults, {time.monotonic() - began:,.0f} s; reports: {REPORTS.relative_to(ROOT)}/")
    return 1 if faults else 0


def _verdicts(
    settings: Settings, roles: list[Role], contract: Contract, postgres: Postgres | None
) -> Iterator[tuple[str, Verdict]]:
    """One run after the other, each told as it ends."""
    for role in roles:
        folder = REPORTS / f"{settings.database}-{settings.seed}-{role.name}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        began = time.monotonic()
        verdict = _run(role, settings, folder, contract, postgres)
        _tell(role, settings, verdict, time.monotonic() - began)
        if not verdict.faults and not os.environ.get("KEEP"):
            (folder / EVENTS).unlink()
        yield role.name, verdict


def _run(role: Role, settings: Settings, folder: Path, contract: Contract, postgres: Postgres | None) -> Verdict:
    url = (
        postgres.create_database() if postgres and settings.database == "postgres" else f"sqlite://{folder}/db.sqlite3"
    )
    with running(ROOT, url, folder, AGORA_ACCESS_TOKEN_SECONDS=TOKEN_SECONDS) as server:
        fuzz(server, role, settings, folder)
        verdict = judge(folder, role.name, contract)
        verdict.faults += [f"the server's log says: {line[:300]}" for line in complaints(server)]
    if postgres and settings.database == "postgres":
        postgres.drop_database(url)
    for left in (*folder.glob("db.sqlite3*"), folder / "files", folder / ".hypothesis"):
        shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
    return verdict


def _tell(role: Role, settings: Settings, verdict: Verdict, seconds: float) -> None:
    statuses = ", ".join(f"{status}: {count}" for status, count in sorted(verdict.statuses.items()))
    print(
        f"{settings.database:8} seed {settings.seed} {role.name:9} {verdict.cases:6,} cases "
        f"{len(verdict.faults):3} faults {seconds:4.0f} s   {statuses}",
        flush=True,
    )
    for fault in verdict.faults[:SHOWN]:
        print(f"    {fault}", flush=True)


def _left_open(verdicts: dict[str, Verdict]) -> int:
    """What depends on the record must have gone well for some kind of caller."""
    if len(verdicts) < len(ROLES):
        return 0
    served = {name for each in verdicts.values() for name in each.served}
    found = sorted({name for each in verdicts.values() for name in each.open} - served)
    for name in found:
        print(f"    no caller could use {name}")
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
