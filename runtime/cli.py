"""The one command: `agora`. What it can do is looked up by name, and loaded only when it is run.

The compiler's commands come from the entry points `agora.commands`: it need not be installed where only a server runs.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import click

GROUP = "agora.commands"
OWN = {name: f"runtime.commands:{name}" for name in ("serve", "migrate", "seed", "metrics", "token", "sweep")}


class Commands(click.Group):
    """Commands by name, each loaded when it is needed."""

    def list_commands(self, context: click.Context) -> list[str]:
        """All that are installed."""
        return sorted({*OWN, *_installed()})

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """One by name. Where what it needs is not installed, running it says so."""
        load = _loader(name)
        if load is None:
            return None
        try:
            return load()
        except ModuleNotFoundError as missing:
            return _unusable(name, missing)


def _loader(name: str) -> Callable[[], click.Command] | None:
    if name in OWN:
        module, _, function = OWN[name].partition(":")
        return lambda: getattr(importlib.import_module(module), function)
    installed = _installed()
    return installed[name].load if name in installed else None


def _installed() -> dict[str, EntryPoint]:
    return {each.name: each for each in entry_points(group=GROUP)}


def _unusable(name: str, missing: ModuleNotFoundError) -> click.Command:
    reason = f"needs the package {missing.name}, which is not installed (pip install 'agora[build]')"

    @click.command(name, help=f"Not usable here: {reason}.")
    def command() -> None:
        raise click.ClickException(f"`agora {name}` {reason}.")

    return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--project",
    "root",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project's folder, with spec/, hooks/ and generated/ in it. Default: where you are.",
)
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Make web APIs from YAML specs, and serve them."""
    context.obj = root.resolve()
    sys.path.insert(0, str(context.obj))  # `generated` and `hooks` are those of this project
