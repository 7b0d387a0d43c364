"""Sends what schemathesis generates to the application on SQLite and on PostgreSQL, and compares every answer.

python -m tests.fuzz.replay --seeds 1 2 3 4 5 --examples 5
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx

from tests.fuzz.callers import ROLES
from tests.fuzz.leftovers import Footprint, footprint, leftovers, pool, settled
from tests.fuzz.pair import Levels, Pair, running_alike
from tests.fuzz.run import PHASES, Settings, fuzz
from tests.fuzz.tee import Findings, Tee
from tests.fuzz.verdict import EVENTS, SUMMARY
from tests.support.postgres import Postgres
from tests.support.servers import ROOT, Server, command, complaints, free_port

FOLDER = ROOT / "var" / "replay"
SHORT, REPEATED = "fuzzing", "fuzzing,stateful"  # the other phases are the same for every seed
SHOWN = 20


@dataclass(slots=True)
class Outcome:
    """What became of a run."""

    findings: Findings
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def is_good(self) -> bool:
        """Whether nothing was found."""
        return not self.findings.differing and not self.faults


async def replay(
    pair: Pair, document: dict[str, Any], port: int, folder: Path, seeds: Sequence[int], examples: int, short: bool
) -> Outcome:
    """Everything that the seeds lead to, as each kind of caller; the `short` way is only a part of it."""
    levels = await Levels.of(pair)
    tee = Tee(document, pair.sqlite.url, pair.postgres.url, levels.level)
    outcome = Outcome(tee.findings)
    tokens = [command(pair.sqlite, "token", each.account).strip() if each.account else None for each in ROLES]
    await levels.level()
    async with tee.listening(port) as url:
        await asyncio.to_thread(read_all, document, url, tokens)
        for seed in seeds:
            phases = SHORT if short else PHASES if seed == seeds[0] else REPEATED
            for role in ROLES:
                reports = folder / f"{role.name}-{seed}"
                settings = Settings(seed, examples, "both", phases)
                await asyncio.to_thread(fuzz, replace(pair.sqlite, url=url), role, settings, reports)
                outcome.faults += (
                    [] if (reports / SUMMARY).exists() else [f"schemathesis did not finish: see {reports}"]
                )
                (reports / EVENTS).unlink(missing_ok=True)
        await asyncio.to_thread(read_all, document, url, tokens)
    await levels.close()
    return outcome


def read_all(document: dict[str, Any], url: str, tokens: Sequence[str | None]) -> None:
    """Every list to its end, as everybody. Before, so that there are keys to begin with; and after, because what the
    writes have left must be the same too."""
    paths = [path for path, methods in document["paths"].items() if "get" in methods and "{" not in path]
    for token in tokens:
        with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"} if token else {}) as client:
            for path in paths:
                link: str | None = f"{path}?page_size=100&count=exact"
                while link:
                    link = client.get(link).links.get("next", {}).get("url")


def held(pair: Pair) -> list[Footprint]:
    """What each server holds."""
    return [footprint(server) for server in pair]


def checked(outcome: Outcome, server: Server, before: Footprint) -> None:
    """Add to the outcome what a server has left over, complained of, or counted wrong."""
    after = settled(server, before)
    name = server.database.partition(":")[0]
    outcome.notes += [f"{name} before: {before.line()}", f"{name} after:  {after.line()}"]
    outcome.faults += [f"{name}: {line}" for line in leftovers(before, after, pool(server))]
    outcome.faults += [f"{name}: {line}" for line in complaints(server)[:SHOWN]]


def report(outcome: Outcome) -> Iterator[str]:
    """Line by line."""
    findings = outcome.findings
    for operation, statuses in sorted(findings.statuses.items()):
        yield f"{operation:72} " + " ".join(f"{status}:{times}" for status, times in sorted(statuses.items()))
    yield f"{findings.total:,} requests to both in {outcome.seconds:,.0f} s"
    yield f"successes: {findings.share(writes=False):.0%} of the reads, {findings.share(writes=True):.0%} of the writes"
    yield from outcome.notes
    yield from outcome.faults
    yield f"{len(findings.differing)} answers differ" + (
        f"; see {FOLDER}/differences.txt" if findings.differing else ""
    )


def run(postgres: Postgres, folder: Path, seeds: Sequence[int], examples: int, *, short: bool = False) -> Outcome:
    """On two fresh databases; what they log is in `folder` afterwards."""
    port = free_port()
    with running_alike(postgres, folder, f"http://127.0.0.1:{port}") as pair:
        documents = [httpx.get(f"{server.url}/api/openapi.json").json() for server in pair]
        before = held(pair)
        started = time.monotonic()
        outcome = asyncio.run(replay(pair, documents[0], port, folder, seeds, examples, short))
        outcome.seconds = time.monotonic() - started
        for server, own in zip(pair, before, strict=True):
            checked(outcome, server, own)
        rebuilt = [command(server, "metrics", "rebuild") for server in pair]
        if rebuilt[0] != rebuilt[1]:
            outcome.faults.append(f"agora metrics rebuild says {rebuilt[0]!r} and {rebuilt[1]!r}")
        outcome.notes.append(f"agora metrics rebuild: {rebuilt[0].strip()}")
    return outcome


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.replay", description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--examples", type=int, default=5, help="of each operation and phase")
    told = parser.parse_args()
    for name in [each for each in os.environ if each.startswith("AGORA_") and not each.startswith("AGORA_TEST_")]:
        del os.environ[name]
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with Postgres() as postgres:
        outcome = run(postgres, FOLDER, told.seeds, told.examples)
    for line in report(outcome):
        print(line)
    if outcome.findings.differing:
        (FOLDER / "differences.txt").write_text("\n\n".join(outcome.findings.differing))
        print("\n\n".join(outcome.findings.differing[:SHOWN]))
    sys.exit(0 if outcome.is_good else 1)


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        main()
