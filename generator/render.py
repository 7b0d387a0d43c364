"""Plans → text: one small template per kind of file, then the formatter over all Python files at once."""

from __future__ import annotations

import subprocess
import sysconfig
import tempfile
import textwrap
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from generator.literals import literal
from generator.plans.module import Module
from generator.plans.project import Plan

RUFF = Path(sysconfig.get_path("scripts")) / "ruff"  # the pinned one, whatever PATH says
# The formatter's rules are the tool's own, not those of the folder it runs in: same spec, same bytes.
RUFF_RULES = (
    "--isolated",
    "--line-length=120",
    "--target-version=py311",
    "--quiet",
    "--no-cache",
)
SORT_IMPORTS = (
    "--select=I",
    "--fix",
    "--config=lint.isort.known-first-party=['generator','runtime','hooks','generated']",
)
DOCSTRING_WIDTH = 112


class RenderError(Exception):
    """The formatter refused what was rendered: a fault of the generator, never of a spec."""


def render(plan: Plan) -> dict[str, str]:
    """The text of every file, by its path below `generated/`."""
    environment = _environment()
    modules = {module.path: _module(environment, module) for module in plan.modules}
    permissions = environment.get_template("permissions.md.j2").render(plan=plan.permissions)
    fuzzing = environment.get_template("schemathesis.toml.j2").render(plan=plan.fuzzing)
    return {**formatted(modules), "permissions.md": permissions, "schemathesis.toml": fuzzing, **plan.texts}


def _module(environment: Environment, module: Module) -> str:
    return environment.get_template(f"{module.template}.j2").render(module=module, plan=module.plan)


def formatted(rendered: Mapping[str, str]) -> dict[str, str]:
    """All Python files with sorted imports and in the formatter's layout."""
    with tempfile.TemporaryDirectory(prefix="agora-") as folder:
        root = Path(folder)
        for path, text in rendered.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        _ruff("check", *SORT_IMPORTS, folder=root)
        _ruff("format", folder=root)
        return {path: (root / path).read_text(encoding="utf-8") for path in rendered}


def _ruff(command: str, *options: str, folder: Path) -> None:
    done = subprocess.run(
        [RUFF, command, *RUFF_RULES, *options, "."], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RenderError(f"ruff {command} failed on the generated code:\n{done.stdout}{done.stderr}")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("generator"),
        undefined=StrictUndefined,
        autoescape=select_autoescape([]),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"docstring": docstring, "literal": literal}
    return environment


def docstring(text: str, indent: int) -> str:
    """`text` as a docstring at this depth, wrapped; its paragraphs stay apart."""
    width = DOCSTRING_WIDTH - indent
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
    lines = "\n\n".join("\n".join(textwrap.wrap(part, width, break_on_hyphens=False)) for part in paragraphs)
    body = lines.replace("\\", "\\\\").replace('"""', "'''")
    if body.endswith('"'):
        body += " "
    closing = "\n" if "\n" in body else ""
    return textwrap.indent(f'"""{body}{closing}"""', " " * indent).strip()
