"""One run of schemathesis from the command line: one kind of caller, a server of its own on a fresh database."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.fuzz.callers import Role, credentials
from tests.fuzz.leftovers import footprint, leftovers, pool, settled
from tests.fuzz.reach import Reach, reach
from tests.fuzz.verdict import EVENTS, SUMMARY, Contract, Verdict, judge
from tests.support.postgres import Postgres
from tests.support.servers import ROOT, Server, command, complaints, running

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
PHASES = "examples,coverage,fuzzing,stateful"
CONFIG = "schemathesis.toml"
HOOKS = "tests.fuzz.hooks"
CREDENTIALS = "callers.json"
PRINTED = "printed.txt"
TOKEN_SECONDS = "86400"


@dataclass(frozen=True, slots=True)
class Settings:
    """What chooses a run."""

    seed: int
    examples: int
    database: str
    phases: str = PHASES


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a run; `grown` is by how many bytes of memory the server has."""

    role: Role
    settings: Settings
    verdict: Verdict
    reach: Reach
    grown: int
    seconds: float


def run(role: Role, settings: Settings, folder: Path, contract: Contract, postgres: Postgres | None) -> Outcome:
    """A server on a fresh database, the run against it, and what both of them say. Only reports are left in `folder`,
    and of the recorded events those of a run that found something."""
    began = time.monotonic()
    by_socket = postgres if settings.database == "postgres" else None
    url = by_socket.create_database() if by_socket else f"sqlite://{folder}/db.sqlite3"
    temporary = folder / "tmp"
    temporary.mkdir()
    with running(ROOT, url, folder, AGORA_ACCESS_TOKEN_SECONDS=TOKEN_SECONDS, TMPDIR=str(temporary)) as server:
        before = footprint(server)
        fuzz(server, role, settings, folder)
        verdict, after = judge(folder, role.name, contract), settled(server, before)
        verdict.faults += [f"left over: {line}" for line in leftovers(before, after, pool(server))]
        verdict.faults += [f"the server's log says: {line[:300]}" for line in complaints(server)]
        document = httpx.get(f"{server.url}/api/openapi.json").json()
    reached = reach(folder / EVENTS, document, contract.manifest)
    if by_socket:
        by_socket.drop_database(url)
    _tidy(folder, keep=bool(verdict.faults))
    return Outcome(role, settings, verdict, reached, after.memory - before.memory, time.monotonic() - began)


def _tidy(folder: Path, *, keep: bool) -> None:
    left = [*folder.glob("db.sqlite3*"), folder / "files", folder / "tmp", folder / ".hypothesis", folder / CREDENTIALS]
    for each in left if keep else (*left, folder / EVENTS):
        shutil.rmtree(each) if each.is_dir() else each.unlink(missing_ok=True)


def fuzz(server: Server, role: Role, settings: Settings, folder: Path) -> None:
    """Call the API as `role`; the reports are in `folder` afterwards, whatever they say."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CONFIG).write_text(_config(role))
    if role.account is not None:
        credentials(server, sorted({role.account, *role.peers}), folder / CREDENTIALS)
    with (folder / PRINTED).open("wb") as printed:
        subprocess.run(
            _command(server.url, settings),
            cwd=folder,
            env=_environment(server, role),
            stdout=printed,
            stderr=subprocess.STDOUT,
            check=False,  # its verdict is read from the reports
        )


def _environment(server: Server, role: Role) -> dict[str, str]:
    """Ours, without settings of the tool that somebody may have, and what the hooks have to know."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SCHEMATHESIS_")}
    token = command(server, "token", role.account).strip() if role.account else ""
    return kept | {
        "PYTHONPATH": str(ROOT),
        "AGORA_FUZZ_URL": server.url,
        "AGORA_FUZZ_TOKEN": token,
        "AGORA_FUZZ_MANIFEST": str(ROOT / "generated" / "manifest.json"),
    }


def _config(role: Role) -> str:
    """What was generated for this API, and who calls. Nothing is remembered from one run to the next."""
    generated = (ROOT / "generated" / CONFIG).read_text()
    own = f'hooks = "{HOOKS}"\n\n[cache]\nenabled = false\n'
    if role.account is not None:
        peers = ", ".join(f'"{each}"' for each in role.peers)
        own += f'\n[auth.wfc]\npath = "{CREDENTIALS}"\nuser = "{role.account}"\npeers = [{peers}]\n'
    return f"{own}\n{generated}"


def _command(url: str, settings: Settings) -> list[str]:
    reports = {"json": SUMMARY, "ndjson": EVENTS, "junit": "junit.xml", "html": "html"}
    return [
        str(SCHEMATHESIS),
        *("--config-file", CONFIG, "run", f"{url}/api/openapi.json"),
        *("--checks", "all", "--phases", settings.phases, "--continue-on-failure"),
        *("--max-examples", str(settings.examples), "--seed", str(settings.seed), "--generation-database", "none"),
        *("--no-color", "--report", ",".join(reports)),
        *(part for kind, path in reports.items() for part in (f"--report-{kind}-path", path)),
    ]
