"""Real servers of generated projects, as processes of their own."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import psutil

ROOT = Path(__file__).parents[2]
AGORA = Path(sys.executable).with_name("agora")
START_SECONDS = 60.0
STOP_SECONDS = 20.0
WRONG = re.compile(r'"status":5|"level":"(?:error|critical)"|^Traceback')


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers at `url`, and the key that its tokens are signed with."""

    url: str
    key: str
    database: str
    log: Path
    process: subprocess.Popen[bytes]
    project: Path
    environment: Mapping[str, str]
    program: Sequence[str | Path] = (AGORA,)


@contextmanager
def running(
    project: Path, database_url: str, folder: Path, program: Sequence[str | Path] = (AGORA,), **settings: str
) -> Iterator[Server]:
    """Migrate, seed and serve `project` on `database_url` until the block ends; logs go to `folder`."""
    key = settings.get("AGORA_SECRET_KEY") or secrets.token_hex(32)
    port = free_port()
    environment = os.environ | {
        "AGORA_ENV": "development",
        "AGORA_DATABASE_URL": database_url,
        "AGORA_SECRET_KEY": key,
        "AGORA_HOST": "127.0.0.1",
        "AGORA_PORT": str(port),
        "AGORA_PASSWORD_COST": "test",
        "AGORA_STORAGE_URL": f"file:{folder}/files",
        **settings,
    }
    log = folder / "server.log"
    with log.open("wb") as output:
        for command in ("migrate", "seed"):
            subprocess.run(
                [*program, "--project", project, command], env=environment, stdout=output, stderr=output, check=True
            )
    process = served(project, environment, log, program)
    server = Server(f"http://127.0.0.1:{port}", key, database_url, log, process, project, environment, program)
    try:
        wait_until_ready(server)
        yield server
    finally:
        stop(process)


def served(
    project: Path, environment: Mapping[str, str], log: Path, program: Sequence[str | Path] = (AGORA,)
) -> subprocess.Popen[bytes]:
    """A process that begins to serve; what it says is appended to the log."""
    with log.open("ab") as output:
        return subprocess.Popen(
            [*program, "--project", project, "serve"], env=environment, stdout=output, stderr=output
        )


def command(server: Server, *words: str) -> str:
    """What an agora command says that is run beside the server, on the same database."""
    done = subprocess.run(
        [AGORA, "--project", server.project, *words], env=server.environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def complaints(server: Server) -> list[str]:
    """What the log says went wrong, also where nobody was left to be told."""
    return [line for line in server.log.read_text().splitlines() if WRONG.search(line)]


def killing(server: Server) -> Callable[[], None]:
    """What ends the server and all its workers at once, without a word to any of them; it looks for them now."""
    main = psutil.Process(server.process.pid)
    processes = [main, *main.children(recursive=True)]

    def kill() -> None:
        for each in processes:
            with suppress(psutil.NoSuchProcess):
                each.kill()

    return kill


def restart(server: Server) -> Server:
    """The same server once more, after its end: with the same port, key and database."""
    server.process.wait()
    again = replace(server, process=served(server.project, server.environment, server.log, server.program))
    try:
        wait_until_ready(again)
    except BaseException:
        stop(again.process)
        raise
    return again


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
