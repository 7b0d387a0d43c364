"""The servers that are measured, each with two workers on the same database."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = "/api/marketplace/products/"
KINDS = ("agora", "orm", "bare")
SECRET = "a secret that only the benchmark knows"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def fetch(port: int, path: str, token: str | None = None, data: bytes | None = None) -> bytes:
    """One answer."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data)
    if token is not None:
        request.add_header("Authorization", f"Bearer {token}")
    if data is not None:
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=10) as answer:
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


def environment(port: int, url: str, settings: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """Production settings, as they would be deployed, with those given."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("AGORA_")}
    return given | {
        "AGORA_ENV": "production",
        "AGORA_SECRET_KEY": SECRET,
        "AGORA_DATABASE_URL": url,
        "AGORA_STORAGE_URL": "off",
        "AGORA_PORT": str(port),
        "AGORA_WORKERS": "2",
        **(settings or {}),
    }


@contextmanager
def server(kind: str, url: str, log: Path, settings: Mapping[str, str] | None = None) -> Iterator[tuple[int, int]]:
    """A running server: its port and process id."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command(kind, port, url), cwd=ROOT, env=dict(environment(port, url, settings)), stdout=output, stderr=output
        )
        try:
            wait_for(port, process, kind)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(15)
