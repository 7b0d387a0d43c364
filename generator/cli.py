"""The half of the `agora` command that spec editors use. `runtime.cli` hands each command the project's folder.

The compiler is loaded when a command runs, not before.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from generator.model import Model
    from generator.operations import Operation
    from generator.pipeline import Outcome

T = TypeVar("T")

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How faults are shown: for people, for programs, as annotations on GitHub.",
)
WRITTEN = {"missing": "new", "stray": "removed", "different": "changed"}


@click.command()
@FORMAT
@click.pass_obj
def build(root: Path, form: str) -> None:
    """Write generated/ from spec/. With any fault nothing is written."""
    from generator import pipeline

    outcome = _compiled(root, form, pipeline.build)
    for scaffold in outcome.scaffolds:
        click.echo(f"{scaffold.path}: to be written by you: {', '.join(scaffold.added)}")
    for difference in outcome.differences:
        click.echo(f"{WRITTEN[difference.kind]:8} {difference.path}")
    click.echo(_summary(outcome))


@click.command()
@FORMAT
@click.pass_obj
def check(root: Path, form: str) -> None:
    """Find faults in spec/, and files in generated/ that are stale, edited, stray or missing."""
    from generator import pipeline
    from generator.diagnostics import RENDERERS

    outcome = _compiled(root, form, pipeline.check)
    if form == "text":
        _show_differences(outcome)
    else:
        click.echo(RENDERERS[form](outcome.diagnostics(), root), nl=False)
    if outcome.differences or outcome.scaffolds:
        click.echo("generated/ does not agree with spec/. Run: agora build", err=True)
        raise SystemExit(1)


def _show_differences(outcome: Outcome) -> None:
    for difference in outcome.differences:
        click.echo(f"{difference.path}: {difference.kind}")
        click.echo(difference.diff, nl=False)
    for scaffold in outcome.scaffolds:
        click.echo(f"{scaffold.path}: missing: {', '.join(scaffold.added)}")


@click.command()
@FORMAT
@click.pass_obj
def routes(root: Path, form: str) -> None:
    """List every operation: method, path, policy, what answers it, and its line in the spec."""
    from generator.frontend import load_project
    from generator.operations import all_operations

    model = _compiled(root, form, load_project)
    rows = [_route(model, each) for each in all_operations(model)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        method, *rest = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join([click.style(method, bold=True), *rest]).rstrip())


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what a fault's code means, and how it is mended."""
    from generator.codes import CODES

    if code not in CODES:
        raise click.UsageError(f"There is no fault with the code {code!r}.")
    click.echo(CODES[code])


@click.command()
def reference() -> None:
    """Print the reference of the spec language, in Markdown."""
    from generator.reference import reference as text

    click.echo(text(), nl=False)


def _compiled(root: Path, form: str, stage: Callable[[Path], T]) -> T:
    """Run a stage; with faults, show them all and end with 1."""
    from generator.diagnostics import RENDERERS
    from generator.frontend import Faults

    try:
        return stage(root)
    except Faults as faults:
        click.echo(RENDERERS[form](faults.diagnostics, faults.root), nl=False)
        if form == "text":
            click.echo(f"{_counted(len(faults.diagnostics), 'fault')}; nothing was written.", err=True)
        raise SystemExit(1) from None


def _summary(outcome: Outcome) -> str:
    written = sum(each.kind != "stray" for each in outcome.differences)
    removed = len(outcome.differences) - written
    if not outcome.differences:
        return "generated/ is up to date."
    return f"{_counted(written, 'file')} written" + (f", {_counted(removed, 'file')} removed." if removed else ".")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _route(model: Model, operation: Operation) -> tuple[str, ...]:
    from generator.members import is_custom, listed_by

    resource, action = operation.resource, operation.action
    handler = f"{action.kind} {listed_by(model, resource, action).name}"
    if is_custom(action):
        handler = f"hooks.{resource.stem}.{action.name}"
    elif action.kind == "transition":
        handler += f".{action.transition}" if action.transition else ", whichever leads there"
    if action.effect:
        handler += f" + hooks.{resource.stem}.{action.effect}"
    return operation.method, action.url, action.policy, handler, f"spec/{action.place.short()}"
