"""Real servers of generated projects, as processes of their own."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
AGORA = Path(sys.executable).with_name("agora")
START_SECONDS = 60.0
STOP_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers at `url`, and the key that its tokens are signed with."""

    url: str
    key: str
    database: str
    log: Path
    process: subprocess.Popen[bytes]


@contextmanager
def running(project: Path, database_url: str, folder: Path, **settings: str) -> Iterator[Server]:
    """Migrate, seed and serve `project` on `database_url` until the block ends; logs go to `folder`."""
    key = secrets.token_hex(32)
    port = free_port()
    environment = os.environ | {
        "AGORA_ENV": "development",
        "AGORA_DATABASE_URL": database_url,
        "AGORA_SECRET_KEY": key,
        "AGORA_HOST": "127.0.0.1",
        "AGORA_PORT": str(port),
        "AGORA_PASSWORD_COST": "test",
        **settings,
    }
    log = folder / "server.log"
    with log.open("wb") as output:
        for command in ("migrate", "seed"):
            subprocess.run(
                [AGORA, "--project", project, command], env=environment, stdout=output, stderr=output, check=True
            )
        process = subprocess.Popen(
            [AGORA, "--project", project, "serve"], env=environment, stdout=output, stderr=output
        )
    server = Server(f"http://127.0.0.1:{port}", key, database_url, log, process)
    try:
        wait_until_ready(server)
        yield server
    finally:
        stop(process)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until_ready(server: Server) -> None:
    """Until the server says that it is; its log otherwise."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            if httpx.get(f"{server.url}/health/ready", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise RuntimeError(f"the server did not start:\n{server.log.read_text()[-5000:]}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """As an operator would; a server that does not listen is killed."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
