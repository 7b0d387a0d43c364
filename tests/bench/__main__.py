"""`make bench`: product list and detail against the ordinary ORM way and a bare driver, in one run.

PostgreSQL with 20,000 products and 100,000 reviews, two workers each, 32 keep-alive connections. The servers are
measured in turns, several rounds, so that what else the machine does falls on all of them alike; medians are printed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench import data
from tests.bench.load import Result, run
from tests.support.postgres import Postgres

ROOT = Path(__file__).resolve().parents[2]
LIST = "/api/marketplace/products/"
KINDS = ("agora", "orm", "bare")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def fetch(port: int, path: str) -> bytes:
    """One answer."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        body: bytes = answer.read()
        return body


def wait_for(port: int, process: subprocess.Popen[bytes], name: str) -> None:
    """Wait until a server answers."""
    for _ in range(200):
        try:
            fetch(port, LIST)
        except (urllib.error.URLError, OSError):
            if process.poll() is not None:
                raise SystemExit(f"{name} ended with {process.returncode}, see var/bench/{name}.log") from None
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{name} does not answer, see var/bench/{name}.log")


def command(kind: str, port: int, url: str) -> list[str]:
    """What starts each server."""
    if kind == "agora":
        return [sys.executable, "-c", "from runtime.cli import main; main()", "serve"]
    return [sys.executable, "-m", "tests.bench.baseline", kind, str(port), url]


def environment(port: int, url: str) -> Mapping[str, str]:
    """Production settings, as they would be deployed."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("AGORA_")}
    return given | {
        "AGORA_ENV": "production",
        "AGORA_SECRET_KEY": "a secret that only the benchmark knows",
        "AGORA_DATABASE_URL": url,
        "AGORA_PORT": str(port),
        "AGORA_WORKERS": "2",
    }


@contextmanager
def server(kind: str, url: str, log: Path) -> Iterator[tuple[int, int]]:
    """A running server: its port and process id."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command(kind, port, url), cwd=ROOT, env=dict(environment(port, url)), stdout=output, stderr=output
        )
        try:
            wait_for(port, process, kind)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(15)


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


def measure(path: str, servers: Mapping[str, tuple[int, int]], rounds: int, seconds: float) -> dict[str, list[Result]]:
    """Load each server in turn, several times."""
    results: dict[str, list[Result]] = {kind: [] for kind in servers}
    for _ in range(rounds):
        for kind, (port, pid) in servers.items():
            results[kind].append(run(port, path, pid=pid, seconds=seconds))
    for kind, each in results.items():
        if failures := sum(result.failures for result in each):
            raise SystemExit(f"{kind} answered {path} {failures} times with something else than 200")
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
    chosen = options.parse_args()
    logs = ROOT / "var" / "bench"
    logs.mkdir(parents=True, exist_ok=True)
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}; load generator and PostgreSQL on the same cores\n")
    with Postgres() as postgres, ExitStack() as stack:
        url = postgres.create_database()
        prepare(url)
        servers = {kind: stack.enter_context(server(kind, url, logs / f"{kind}.log")) for kind in KINDS}
        slug = json.loads(fetch(servers["agora"][0], LIST))[0]["slug"]
        print(
            "| request | server | requests/s | application CPU µs/request | p99 ms |\n| --- | --- | --- | --- | --- |"
        )
        for name, path in (("product list, 20", LIST), ("product detail", f"{LIST}{slug}/")):
            report(name, measure(path, servers, chosen.rounds, chosen.seconds))


if __name__ == "__main__":
    main()
