"""What every generated Python file has: where it stands, what it is for, what it imports."""

from __future__ import annotations

import ast
import builtins
import keyword
from collections.abc import Iterable
from dataclasses import dataclass

LINE = 120


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file below `generated/`: `template` prints `plan`. `wide` tells that some line of SQL is longer than
    lines of Python may be."""

    path: str
    template: str
    source: str
    summary: str
    plan: object
    imports: tuple[str, ...] = ()
    type_imports: tuple[str, ...] = ()
    wide: bool = False


def is_wide(*sources: str) -> bool:
    """Whether source text has lines of SQL that are longer than lines of Python may be."""
    lines = (line for text in sources for line in text.split("\n") if '"""' not in line)
    return any(len(line) > LINE and line.startswith(" ") for line in lines)


def python_name(name: str, taken: frozenset[str] = frozenset()) -> str:
    """`name` where Python leaves it free, else with an underscore behind it."""
    return f"{name}_" if keyword.iskeyword(name) or name in taken or hasattr(builtins, name) else name


def names_in(*expressions: str) -> frozenset[str]:
    """The names that source text uses, whatever the texts within it say."""
    nodes = (node for each in expressions for node in ast.walk(ast.parse(each, mode="eval")))
    return frozenset(node.id for node in nodes if isinstance(node, ast.Name))


def import_lines(names: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Pairs of a module and a name as import statements."""
    return tuple(f"from {module} import {name}" for module, name in names)
