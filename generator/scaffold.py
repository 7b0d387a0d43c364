"""Hooks that the specs need and that nobody has written yet: a typed function for each, made once.

After that the file is the developer's.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.hooks import missing_hooks
from generator.members import is_custom
from generator.model import Model, Resource, Seeds
from generator.openapi.names import summary
from generator.operations import Operation, operations
from generator.plans.hooks import answers, record_owner
from generator.plans.inputs import input_class
from generator.plans.module import names_in

FOLDER = "hooks"


@dataclass(frozen=True, slots=True)
class HookStub:
    """A function that a spec needs: its name, its parameters after the first, and what it imports."""

    name: str
    parameters: tuple[str, ...]
    returns: str
    summary: str
    imports: tuple[str, ...]
    spec: str

    def text(self) -> str:
        """The function with its signature, to be filled in."""
        return (
            f"async def {self.name}({', '.join(self.parameters)}) -> {self.returns}:\n"
            f'    """{self.summary.rstrip(".")}."""\n'
            f'    raise NotImplementedError("{self.name} ({self.spec}) is not written yet")\n'
        )


@dataclass(frozen=True, slots=True)
class Scaffold:
    """A hooks file with what is added to it. `new` tells that there was none."""

    path: str
    text: str
    added: tuple[str, ...]
    new: bool


def scaffolds(model: Model, root: Path) -> tuple[Scaffold, ...]:
    """Every hooks file that lacks something, with what it lacks added; nothing is written here."""
    lacking: dict[str, set[str]] = {}
    for missing in missing_hooks(model, root / FOLDER):
        lacking.setdefault(missing.file, set()).add(missing.hook.name)
    files = {f"{FOLDER}/{resource.stem}.py": resource for resource in model.resources}
    return tuple(_scaffold(model, files[path], root / path, path, names) for path, names in lacking.items())


def write_scaffolds(root: Path, found: Iterable[Scaffold]) -> None:
    """Write the files."""
    for scaffold in found:
        target = root / scaffold.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(scaffold.text, encoding="utf-8")


def _scaffold(model: Model, resource: Resource, file: Path, path: str, names: set[str]) -> Scaffold:
    stubs = list({stub.name: stub for stub in _stubs(model, resource) if stub.name in names}.values())
    there = file.read_text(encoding="utf-8") if file.is_file() else None
    text = _new_file(resource, stubs) if there is None else _added_to(there, stubs)
    return Scaffold(path, text, tuple(stub.name for stub in stubs), there is None)


def _new_file(resource: Resource, stubs: list[HookStub]) -> str:
    imports = "\n".join(sorted({line for stub in stubs for line in stub.imports}))
    head = f'"""What is particular to {resource.name}."""\n\nfrom __future__ import annotations\n\n{imports}\n'
    return head + "".join(f"\n\n{stub.text()}" for stub in stubs)


def _added_to(source: str, stubs: list[HookStub]) -> str:
    """Imports go below the file's last import, functions to its end."""
    body = ast.parse(source).body
    lines = source.splitlines()
    needed = sorted({line for stub in stubs for line in stub.imports if line not in lines})
    ends = [node.end_lineno or 0 for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    docstring = body[0].end_lineno or 0 if body and isinstance(body[0], ast.Expr) else 0
    at = max(ends, default=docstring)
    text = "\n".join([*lines[:at], *needed, *lines[at:]]).rstrip("\n") + "\n"
    return text + "".join(f"\n\n{stub.text()}" for stub in stubs)


def _stubs(model: Model, resource: Resource) -> Iterator[HookStub]:
    for operation in operations(resource):
        if is_custom(operation.action) and operation.method == operation.action.methods[0]:
            yield _action_stub(model, operation)
    yield from _effect_stubs(resource)
    if resource.seeds and resource.seeds.hook:
        yield _seed_stub(resource, resource.seeds, resource.seeds.hook)


def _action_stub(model: Model, operation: Operation) -> HookStub:
    resource, action = operation.resource, operation.action
    owner = record_owner(model, operation)
    parameters = ["ctx: Context", *([f"{owner.stem}: {owner.name}"] if owner else [])]
    parameters += [f"body: inputs.{input_class(operation)}"] if action.input else []
    returns = " | ".join(answers(resource, action)) or "None"
    names = names_in(returns, *(each.partition(": ")[2] for each in parameters))
    available = {
        "Context": "from generated.actor import Context",
        "inputs": f"from generated.inputs import {resource.stem} as inputs",
        "shared": "from generated.inputs import _shared as shared",
        **{each.name: f"from generated.models.{each.stem} import {each.name}" for each in model.resources},
    }
    imports = tuple(line for name, line in available.items() if name in names)
    return HookStub(action.name, tuple(parameters), returns, summary(model, operation), imports, action.place.short())


def _effect_stubs(resource: Resource) -> Iterator[HookStub]:
    imports = ("from generated.actor import Context", f"from generated.models.{resource.stem} import {resource.name}")
    record = f"{resource.stem}: {resource.name}"
    for action in resource.actions:
        if action.effect:
            summary = f"What goes with {action.name}"
            yield HookStub(action.effect, ("ctx: Context", record), "None", summary, imports, action.place.short())
    for each in resource.machine.transitions if resource.machine else ():
        for name in each.effects:
            moved = (*imports, "from runtime.machines import Moved")
            parameters = ("ctx: Context", record, "moved: Moved")
            yield HookStub(name, parameters, "None", f"What goes with {each.name}", moved, each.place.short())


def _seed_stub(resource: Resource, seeds: Seeds, hook: str) -> HookStub:
    imports = ("from runtime.seeds import SeedContext",)
    return HookStub(hook, ("seed: SeedContext",), "None", f"Demo data of {resource.name}", imports, seeds.place.short())
