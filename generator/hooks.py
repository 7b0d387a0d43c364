"""Hooks against their specs: read with Python's own parser, never imported.

A hook that is not written yet is no fault: `missing_hooks` names it and `scaffold.py` begins it. One that no longer
fits what its spec says is a fault, told where the function stands.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, Related
from generator.members import is_about_a_record, is_custom
from generator.model import Action, Model, Place, Resource
from generator.nearest import nearest
from generator.resolve.words import pascal

ERRORS = "generated.errors"
CONTEXT, BODY, SEED, MOVED = "ctx", "body", "seed", "moved"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Hook:
    """A function that a spec needs: where it says so, its parameters, and the error classes it may raise.

    An effect has none of its own: what stands in its way is a guard's matter.
    """

    name: str
    place: Place
    parameters: tuple[str, ...]
    errors: frozenset[str] = frozenset()
    is_effect: bool = False


@dataclass(frozen=True, slots=True)
class MissingHook:
    """A function that nobody has written yet."""

    file: str
    hook: Hook


def hooks_of(model: Model, resource: Resource) -> tuple[Hook, ...]:
    """The functions that a resource's specs need."""
    custom = [each for each in resource.actions if is_custom(each)]
    found = [
        Hook(each.name, each.place, _parameters(model, resource, each), _raisable(resource, each)) for each in custom
    ]
    found += _effects(resource)
    if resource.seeds and resource.seeds.hook:
        found.append(Hook(resource.seeds.hook, resource.seeds.place, (SEED,)))
    return tuple(found)


def _effects(resource: Resource) -> Iterator[Hook]:
    """What goes with writes and with transitions; each function once, as it is first said."""
    seen: set[str] = set()
    said = [(each.effect, each.place, ()) for each in resource.actions if each.effect]
    moves = resource.machine.transitions if resource.machine else ()
    for name, place, more in (*said, *((name, each.place, (MOVED,)) for each in moves for name in each.effects)):
        if name not in seen:
            yield Hook(name, place, (CONTEXT, resource.stem, *more), is_effect=True)
        seen.add(name)


def _parameters(model: Model, resource: Resource, action: Action) -> tuple[str, ...]:
    owner = resource if is_about_a_record(action) else None
    if owner is None and action.parameters:
        owner = model.by_name[action.parameters[-1].resource]
    return (CONTEXT, *([owner.stem] if owner else []), *([BODY] if action.input else []))


def _raisable(resource: Resource, action: Action) -> frozenset[str]:
    """The classes of the action's errors: by their code, and by action and code where one code means several things."""
    plain = {pascal(error.code.lower()) for error in action.errors}
    return frozenset(plain | {resource.name + pascal(action.name) + name for name in plain})


def missing_hooks(model: Model, hooks: Path) -> list[MissingHook]:
    """Every function that the specs need and the folder lacks."""
    found = []
    for resource in model.resources:
        module = _read(hooks / f"{resource.stem}.py", hooks)
        known = module.names if isinstance(module, Module) else set()
        if not isinstance(module, Diagnostic):
            file = f"{hooks.name}/{resource.stem}.py"
            found += [MissingHook(file, hook) for hook in hooks_of(model, resource) if hook.name not in known]
    return found


def hook_faults(model: Model, hooks: Path) -> list[Diagnostic]:
    """Everything in the folder that does not fit the specs."""
    return [fault for resource in model.resources for fault in _resource_faults(model, resource, hooks)]


def _resource_faults(model: Model, resource: Resource, hooks: Path) -> Iterator[Diagnostic]:
    needed = hooks_of(model, resource)
    module = _read(hooks / f"{resource.stem}.py", hooks) if needed else None
    if isinstance(module, Diagnostic):
        yield module
    elif module is not None:
        for hook in needed:
            yield from _hook_faults(module, hook)


# --- a module, read ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Module:
    """A file of hooks. `raised` names the error classes that it imports, by the name they have there."""

    file: str
    lines: list[str]
    functions: Mapping[str, Function]
    names: set[str]
    raised: Mapping[str, str]
    namespaces: frozenset[str]

    def place(self, node: ast.stmt | ast.expr, length: int) -> Place:
        """Where a node stands; Python counts columns in bytes."""
        line = self.lines[node.lineno - 1]
        column = len(line.encode()[: node.col_offset].decode(errors="replace"))
        return Place(self.file, node.lineno, column + 1, max(length, 1))

    def name_place(self, function: Function) -> Place:
        """Where a function's name stands."""
        line = self.lines[function.lineno - 1]
        column = line.find(function.name, function.col_offset + len("def "))
        return Place(self.file, function.lineno, column + 1, len(function.name))


def _read(path: Path, hooks: Path) -> Module | Diagnostic | None:
    """The module, what is wrong with its syntax, or None where there is no such file."""
    if not path.is_file():
        return None
    file = f"{hooks.name}/{path.name}"
    source = path.read_text(encoding="utf-8", errors="replace")
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        place = Place(file, error.lineno or 1, error.offset or 1)
        return Diagnostic("hook-syntax", place, f"this is not Python: {error.msg}")
    return _module(file, source, tree)


def _module(file: str, source: str, tree: ast.Module) -> Module:
    functions = {node.name: node for node in tree.body if isinstance(node, Function)}
    imported = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    names = {alias.asname or alias.name for node in imported for alias in node.names}
    return Module(
        file=file,
        lines=source.splitlines(),
        functions=functions,
        names=names | functions.keys() | _assigned(tree),
        raised={a.asname or a.name: a.name for node in imported if node.module == ERRORS for a in node.names},
        namespaces=frozenset(
            alias.asname or alias.name
            for node in imported
            if node.module == ERRORS.partition(".")[0]
            for alias in node.names
            if alias.name == ERRORS.partition(".")[2]
        ),
    )


def _assigned(tree: ast.Module) -> set[str]:
    targets = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    return {target.id for target in targets if isinstance(target, ast.Name)}


# --- one hook ---------------------------------------------------------------------------------


def _hook_faults(module: Module, hook: Hook) -> Iterator[Diagnostic]:
    function = module.functions.get(hook.name)
    if function is None:
        return
    said = (Related(hook.place, f"'{hook.name}' is said here"),)
    place = module.name_place(function)
    if isinstance(function, ast.FunctionDef):
        message = f"the hook '{hook.name}' is not asynchronous"
        yield Diagnostic("hook-not-async", place, message, "write 'async def'", said)
    given = _names(function)
    if [name.lstrip("_") for name in given] != list(hook.parameters):
        message = f"the hook '{hook.name}' takes ({', '.join(given)}); its spec gives it ({', '.join(hook.parameters)})"
        yield Diagnostic("hook-signature", place, message, "change its parameters, or the spec", said)
    if hook.parameters[0] == CONTEXT:
        yield from _undeclared(module, hook, function)


def _names(function: Function) -> list[str]:
    """Positional parameters that have no default of their own."""
    arguments = [*function.args.posonlyargs, *function.args.args]
    needed = len(arguments) - len(function.args.defaults)
    return [each.arg for each in arguments[:needed]]


def _undeclared(module: Module, hook: Hook, function: Function) -> Iterator[Diagnostic]:
    for node in _raises(module, function):
        name = _error_name(module, node.exc)
        if name is None or name in hook.errors or node.exc is None:
            continue
        place = module.place(node.exc, (node.exc.end_col_offset or 0) - node.exc.col_offset)
        yield _effect_raises(hook, name, place) if hook.is_effect else _is_undeclared(hook, name, place)


def _is_undeclared(hook: Hook, name: str, place: Place) -> Diagnostic:
    meant = nearest(name, hook.errors)
    hint = f"did you mean '{meant}'? If not, declare" if meant else "declare"
    message = f"'{hook.name}' may not raise '{name}': its spec does not declare it"
    related = (Related(hook.place, f"the errors of '{hook.name}' belong here"),)
    return Diagnostic("hook-undeclared-error", place, message, f"{hint} it under 'errors'", related)


def _effect_raises(hook: Hook, name: str, place: Place) -> Diagnostic:
    message = f"'{hook.name}' may not raise '{name}': an effect has no errors of its own"
    related = (Related(hook.place, f"'{hook.name}' is an effect of this"),)
    return Diagnostic("hook-undeclared-error", place, message, "say under 'guards' when it cannot be done", related)


def _raises(module: Module, start: Function) -> Iterator[ast.Raise]:
    """What a function raises, and the functions of its file that it mentions."""
    seen, waiting = {start.name}, [start]
    while waiting:
        function = waiting.pop()
        for node in ast.walk(function):
            if isinstance(node, ast.Raise):
                yield node
            elif isinstance(node, ast.Name) and node.id in module.functions and node.id not in seen:
                seen.add(node.id)
                waiting.append(module.functions[node.id])


def _error_name(module: Module, raised: ast.expr | None) -> str | None:
    """The class of `generated.errors` that is raised; None for anything else."""
    target = raised.func if isinstance(raised, ast.Call) else raised
    if isinstance(target, ast.Name):
        return module.raised.get(target.id)
    if (
        isinstance(target, ast.Attribute)
        and isinstance(target.value, ast.Name)
        and target.value.id in module.namespaces
    ):
        return target.attr
    return None
