"""`make bench`: reads and a write against the ordinary ORM way and a bare driver, in one run.

PostgreSQL with 20,000 products, 100,000 reviews and 20,000 orders, two workers each, 32 keep-alive connections. The
servers are measured in turns, several rounds, so that what else the machine does falls on all of them alike; medians
are printed. Before that all of them have to give the same answers.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from tests.bench import data, images
from tests.bench.load import Result, run
from tests.bench.servers import KINDS, ROOT, environment, server
from tests.bench.workloads import Workload, check, workloads
from tests.support.postgres import Postgres


def prepare(url: str) -> None:
    """Tables by the migrations, rows by `data`."""
    subprocess.run(
        [sys.executable, "-c", "from runtime.cli import main; main()", "migrate"],
        cwd=ROOT,
        env=dict(environment(1, url)),
        check=True,
    )
    asyncio.run(data.fill(url))


def row(name: str, kind: str, results: list[Result], peer: dict[str, float]) -> str:
    """One line of the table; ratios are to `agora` in the same run."""
    rate = statistics.median(each.rate for each in results)
    cpu = statistics.median(each.cpu for each in results)
    latency = statistics.median(each.percentile(0.99) for each in results)
    peer[kind] = rate
    return f"| {name} | {kind} | {rate:,.0f} | {cpu:,.0f} | {latency:.1f} |"


def measure(
    workload: Workload, servers: Mapping[str, tuple[int, int]], rounds: int, seconds: float
) -> dict[str, list[Result]]:
    """Load each server in turn, several times."""
    results: dict[str, list[Result]] = {kind: [] for kind in servers}
    for _ in range(rounds):
        for kind, (port, pid) in servers.items():
            workload.prepare()
            results[kind].append(run(port, workload.requests(), pid=pid, seconds=seconds))
    for kind, each in results.items():
        if failures := sum(result.failures for result in each):
            raise SystemExit(f"{kind} answered {workload.name} {failures} times with something else than success")
    return results


def report(name: str, results: Mapping[str, list[Result]]) -> None:
    """Print a request's lines and the two ratios that matter."""
    rates: dict[str, float] = {}
    for kind, each in results.items():
        print(row(name, kind, each, rates))
    cpu = {kind: statistics.median(result.cpu for result in each) for kind, each in results.items()}
    print(
        f"\n{name}: {rates['agora'] / rates['orm']:.1f} times the ordinary ORM way"
        f" (CPU: {cpu['orm'] / cpu['agora']:.1f} times less),"
        f" {rates['agora'] / rates['bare']:.2f} of the bare driver"
        f" (CPU: {cpu['agora'] / cpu['bare']:.2f} times its own)\n"
    )


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=float, default=4.0)
    options.add_argument("--only", default="", help="measure only what has this in its name")
    chosen = options.parse_args()
    logs = ROOT / "var" / "bench"
    logs.mkdir(parents=True, exist_ok=True)
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}; load generator and PostgreSQL on the same cores\n")
    with Postgres() as postgres:
        url = postgres.create_database()
        prepare(url)
        compare_with_peers(url, logs, chosen)
        if chosen.only in images.NAME:
            images.compare(postgres, url, logs, chosen.rounds, chosen.seconds)


def compare_with_peers(url: str, logs: Path, chosen: argparse.Namespace) -> None:
    """Each workload, on all servers in turns."""
    with ExitStack() as stack:
        servers = {kind: stack.enter_context(server(kind, url, logs / f"{kind}.log")) for kind in KINDS}
        ports = {kind: port for kind, (port, _) in servers.items()}
        chosen_ones = [each for each in workloads(ports["agora"], url) if chosen.only in each.name]
        for each in chosen_ones:
            check(each, ports)
        print(
            "| request | server | requests/s | application CPU µs/request | p99 ms |\n| --- | --- | --- | --- | --- |"
        )
        for each in chosen_ones:
            report(each.name, measure(each, servers, chosen.rounds, chosen.seconds))


if __name__ == "__main__":
    main()
