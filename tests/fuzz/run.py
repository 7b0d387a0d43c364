"""One run of schemathesis from the command line: one kind of caller, a server of its own on a fresh database."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.callers import Role, credentials
from tests.support.servers import ROOT, Server, command

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
PHASES = "examples,coverage,fuzzing,stateful"
CONFIG = "schemathesis.toml"
HOOKS = "tests.fuzz.hooks"
CREDENTIALS = "callers.json"
SUMMARY, EVENTS, PRINTED = "run.json", "run.ndjson", "printed.txt"
TOKEN_SECONDS = "86400"


@dataclass(frozen=True, slots=True)
class Settings:
    """What chooses a run."""

    seed: int
    examples: int
    database: str


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
        *("--checks", "all", "--phases", PHASES, "--continue-on-failure"),
        *("--max-examples", str(settings.examples), "--seed", str(settings.seed), "--generation-database", "none"),
        *("--no-color", "--report", ",".join(reports)),
        *(part for kind, path in reports.items() for part in (f"--report-{kind}-path", path)),
    ]
