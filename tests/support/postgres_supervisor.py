"""Runs one throw-away PostgreSQL for as long as somebody holds a lock file; `postgres.py` starts it.

    python postgres_supervisor.py BIN FOLDER [name=value ...]

While it serves, SIGUSR1 stops the server and SIGUSR2 starts it again, with all that was in it.

It is a process of its own, so that the cluster ends and its files go even when the tests are killed: the
kernel releases the lock of a dead process, whatever it died of.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    # The data does not outlive the run, so nothing has to survive a power cut.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}

# Text compares by code point, and case is known beyond ASCII, on every machine; the first that works here.
LOCALES = (
    ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),  # since PostgreSQL 17
    ("--locale=C.UTF-8",),
    ("--locale=C",),
)

START_SECONDS = 30.0
STOP_SECONDS = 10.0


class Cluster:
    """The files and the server process of one cluster below `folder`."""

    def __init__(self, binaries: Path, folder: Path, settings: dict[str, str]) -> None:
        self.home = folder / "pg"
        self.data = self.home / "data"
        self.log = folder / "log"
        self.settings = SETTINGS | {"unix_socket_directories": str(self.home)} | settings
        self.user = _unprivileged_user()
        self.home.mkdir(mode=0o700)
        if self.user:
            os.chown(self.home, self.user.pw_uid, self.user.pw_gid)
        self.binaries = self._reachable(binaries)
        self.server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Create the cluster and return when it accepts connections; raises RuntimeError when it does not."""
        if not any(self._initialise(locale) for locale in LOCALES):
            raise RuntimeError("initdb failed")
        self.serve()

    def serve(self) -> None:
        """Start the server on the files that are there; raises RuntimeError when it does not start."""
        options = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        self.server = self._spawn("postgres", "-D", self.data, *options)
        deadline = time.monotonic() + START_SECONDS
        while not self._accepts_connections():
            if self.server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("postgres did not start")
            time.sleep(0.01)

    def stop(self) -> None:
        """End the server: politely, then at once."""
        if self.server is None:
            return
        for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            self.server.send_signal(request)
            try:
                self.server.wait(STOP_SECONDS)
                return
            except subprocess.TimeoutExpired:
                continue

    def _initialise(self, locale: tuple[str, ...]) -> bool:
        arguments = (
            "-D",
            str(self.data),
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--auth=trust",
            "--no-sync",
            *locale,
        )
        return self._succeeds("initdb", *arguments)

    def _accepts_connections(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"

    def _reachable(self, binaries: Path) -> Path:
        """The binaries, copied when the other user may not look into the folder they are in (a home, say)."""
        self.binaries = binaries
        if not self.user or self._succeeds("initdb", "--version"):
            return binaries
        installation, package = binaries.parent, binaries.parent.parent
        copy = self.home / "install" / package.name / installation.name
        shutil.copytree(installation, copy, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")  # where a wheel keeps what its binaries link to
        if libraries.is_dir():
            shutil.copytree(libraries, self.home / "install" / libraries.name, symlinks=True)
        return copy / binaries.name

    def _succeeds(self, program: str, *arguments: str | Path) -> bool:
        try:
            return self._spawn(program, *arguments).wait() == 0
        except OSError:  # may not be executed
            return False

    def _spawn(self, program: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
        user = self.user
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [self.binaries / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.home,
                env={"PATH": os.defpath},  # PGDATA, PGPORT and the like of the caller must not leak in
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                extra_groups=[] if user else None,
            )


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Whom to run as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody' to run it as")


def main() -> None:
    """Start the cluster, say so on standard output, serve until the owner is gone, remove the folder."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    folder = Path(sys.argv[2])
    cluster = Cluster(Path(sys.argv[1]), folder, dict(setting.split("=", 1) for setting in sys.argv[3:]))
    try:
        cluster.start()
        signal.signal(signal.SIGUSR1, lambda *_: cluster.stop())
        signal.signal(signal.SIGUSR2, lambda *_: cluster.serve())
        sys.stdout.write(f"{cluster.home}\n")
        sys.stdout.close()
        with (folder / "owner").open("rb") as owner:
            fcntl.flock(owner, fcntl.LOCK_EX)  # not granted before the owner is gone
    except SystemExit:
        pass  # asked to end: the same as the owner being gone
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        cluster.stop()
    shutil.rmtree(folder, ignore_errors=True)  # not after a failed start: whoever started this reads the log


if __name__ == "__main__":
    main()
