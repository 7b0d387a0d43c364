"""Mutants of what is outside functions: tables, constants, and the properties that mutmut leaves alone.

The changes are mutmut's own; each is a whole file that its module is read from, in a process that has read nothing of
the project yet.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from importlib import import_module
from pathlib import Path

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper
from mutmut.mutation.file_mutation import Mutation, MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode

from tests.mutation import exchange
from tests.mutation.mutants import Mutant, Name, changed
from tests.mutation.subjects import noticed_by

SECONDS = 60  # of the processor; five times as long by the clock
# Of others, and so the same for every mutant; what reads the project is not among it.
READ_BEFORE = (
    *(
        "aiobotocore.session",
        "aiosqlite",
        "argon2",
        "asyncpg",
        "httpx",
        "hypothesis",
        "jsonschema_rs",
        "jwt",
        "msgspec",
    ),
    *("PIL.ImageOps", "psutil", "pytest_asyncio.plugin", "sanic.server", "schemathesis.pytest.plugin"),
    *("tortoise.models", "xdist.plugin"),
)
PLUGINS = ("-p", "tests.mutation.plugin", "-p", "no:cacheprovider")


class Tables(MutationVisitor):
    """Also looks into decorated functions, which a file of its own can change."""

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        decorated = isinstance(node, cst.FunctionDef) and bool(node.decorators)
        return False if decorated else super()._skip_node_and_children(node)


def run(
    paths: Iterable[Path], again: Collection[Name], hopeless: Callable[[Name], bool], workers: int
) -> Iterator[Mutant]:
    """Try them all, and `again` those of functions that may have been called before mutmut chose its mutant. What is
    `hopeless` survives untried: all tests would be run, to no purpose."""
    for name in READ_BEFORE:
        import_module(name)
    running: dict[int, tuple[Mutant, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, (mutant, code) in enumerate(each for path in paths for each in _made(path, again)):
            if hopeless(mutant.name):
                yield mutant
                continue
            if len(running) >= workers:
                yield _next(running)
            file = Path(folder) / f"{number}.py"
            file.write_text(code)
            running[_started(mutant, file)] = (mutant, time.monotonic() + 5 * SECONDS)
        while running:
            yield _next(running)


def _made(path: Path, again: Collection[Name]) -> Iterator[tuple[Mutant, str]]:
    """The mutants of a file, and their text."""
    module = MetadataWrapper(cst.parse_module(path.read_text()))
    visitor = Tables(mutation_operators, IgnoredCode(set(), set(), set()))
    tree = module.visit(visitor)
    name = path.with_suffix("").as_posix().replace("/", ".")
    for mutation in visitor.mutations:
        place, node = _place(tree, mutation.original_node)
        mutant = Mutant(name, place, *changed(tree.code_for_node(node), _code(tree, node, mutation)))
        if mutant.name in again or not _is_for_mutmut(mutation):
            yield mutant, _code(tree, tree, mutation)


def _code(tree: cst.Module, node: cst.CSTNode, mutation: Mutation) -> str:
    """A part of the file with the change in it, or all."""
    made = node.deep_replace(mutation.original_node, mutation.mutated_node)
    assert isinstance(made, cst.CSTNode)
    return tree.code_for_node(made)


def _is_for_mutmut(mutation: Mutation) -> bool:
    function = mutation.contained_by_top_level_function
    return isinstance(function, cst.FunctionDef) and not function.decorators


def _place(tree: cst.Module, wanted: cst.CSTNode) -> tuple[str, cst.CSTNode]:
    """The function or method, or the statement that makes a table; and its name."""
    statement = next(each for each in tree.body if _contains(each, wanted))
    if isinstance(statement, cst.ClassDef):
        inner = next((each for each in statement.body.body if _contains(each, wanted)), statement)
        if isinstance(inner, cst.FunctionDef):
            return f"{statement.name.value}.{inner.name.value}", inner
    return _name(statement), statement


def _contains(node: cst.CSTNode, wanted: cst.CSTNode) -> bool:
    return node is wanted or any(_contains(child, wanted) for child in node.children)


def _name(statement: cst.CSTNode) -> str:
    if isinstance(statement, cst.ClassDef | cst.FunctionDef):
        return statement.name.value
    first = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else statement
    target = first.targets[0].target if isinstance(first, cst.Assign) else getattr(first, "target", None)
    return target.value if isinstance(target, cst.Name) else ""


def _started(mutant: Mutant, file: Path) -> int:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            with Path(os.devnull).open("w") as nowhere:
                os.dup2(nowhere.fileno(), 1)
                os.dup2(nowhere.fileno(), 2)
            exchange.install(mutant.module, file)
            code = int(pytest.main(["-x", "-q", "--tb=no", *PLUGINS, *noticed_by(f"{mutant.module}.")]))
        finally:
            os._exit(code)
    return pid


def _next(running: dict[int, tuple[Mutant, float]]) -> Mutant:
    """Wait for one; what does not end in time is ended, and was noticed."""
    while True:
        for pid, (mutant, deadline) in running.items():
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended and time.monotonic() > deadline:
                os.kill(pid, 9)
                ended, status = os.waitpid(pid, 0)
            if ended:
                del running[pid]
                return Mutant(*(mutant.module, mutant.place, mutant.was, mutant.now), noticed=status != 0)
        time.sleep(0.01)
