"""The tiny API as a project of its own, and its server as a process of its own."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from tests.runtime.tiny.models import SCHEMA

REPOSITORY = Path(__file__).parents[3]
APP = """
from dataclasses import replace
from tests.runtime.tiny.app import APPLICATION as TINY
APPLICATION = replace(TINY, package="generated")
"""
AGORA = (sys.executable, "-c", "from runtime.cli import main; main()")
SERVE = (sys.executable, "-m", "tests.runtime.tiny.serve")
PEOPLE = "INSERT INTO person (username, password, role, is_active) VALUES ({})"
START_SECONDS = 20.0


def write(folder: Path) -> Path:
    """A folder as the compiler leaves it behind."""
    generated = folder / "generated"
    migrations = generated / "migrations"
    migrations.mkdir(parents=True)
    (generated / "__init__.py").write_text("")
    (generated / "app.py").write_text(APP)
    steps = [
        *SCHEMA.strip().split(";"),
        PEOPLE.format("'root', '', 'admin', 1"),
        PEOPLE.format("'gone', '', 'member', 0"),
    ]
    text = "".join(f"\n-- step\n{step.strip()}\n" for step in steps if step.strip())
    name = "0001_initial.sqlite.sql"
    (migrations / name).write_text(text)
    index = {"order": ["0001_initial"], "sha256": {name: hashlib.sha256(text.encode()).hexdigest()}}
    (migrations / "index.json").write_text(json.dumps(index))
    return folder


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(port: int, **more: str) -> dict[str, str]:
    """The environment of a server: this process's, without its AGORA_ settings."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("AGORA_")}
    path = os.pathsep.join(filter(None, (str(REPOSITORY), inherited.get("PYTHONPATH"))))
    own = {"PYTHONPATH": path, "AGORA_PORT": str(port), "AGORA_PASSWORD_COST": "test"}
    return inherited | own | more


@dataclass
class Served:
    """A running server; `with` stops it."""

    folder: Path
    command: tuple[str, ...]
    more: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)

    def __enter__(self) -> Self:
        self.log = self.folder / f"log-{self.port}"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env=environment(self.port, **self.more),
                start_new_session=True,
            )
        try:
            self.wait_until_live()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self.kill()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def client(self, **options: object) -> httpx.Client:
        """A client of it."""
        return httpx.Client(base_url=self.url, timeout=20.0, **options)  # type: ignore[arg-type] # httpx's own options

    def wait_until_live(self) -> None:
        """Until it answers."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                if httpx.get(f"{self.url}/health/live", timeout=2.0).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"the server did not start:\n{self.log.read_text()}")

    def stop(self) -> int:
        """Ask it to stop, and wait; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        return self.process.returncode

    def kill(self) -> None:
        """End it and everything it has started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)
