"""A Python value as the source text that makes it, the way a colleague would write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from generator.reads.plans import Sql

LINE = 80  # longer texts are written in parts
LONGEST_WORD = 104
SQL_LINE = 70


class Name(str):
    """Source text that stands for itself: a name or a call that is printed as it is."""

    __slots__ = ()


def literal(value: object, depth: int = 0) -> str:
    """Source text of `value`, for a place within `depth` brackets that the formatter will have broken up.

    Dataclasses print as calls that leave out what is the default.
    """
    for kind, write in KINDS:
        if isinstance(value, kind):
            return write(value, depth)
    if is_dataclass(value) and not isinstance(value, type):
        return _call(value, depth)
    return repr(value)


def text(value: str, depth: int = 0) -> str:
    """A string in double quotes; a long one in parts, between words, which the formatter puts below one another."""
    if len(value) <= (LINE if " " in value else LONGEST_WORD):
        return _quoted(value)
    parts = re.findall(rf".{{1,{LINE}}}(?:\s|\Z)|.{{1,{LINE}}}", value, re.DOTALL)
    return f"({' '.join(map(_quoted, parts))})"


def _quoted(value: str) -> str:
    quoted = repr(value)
    return quoted if '"' in value else '"' + quoted[1:-1].replace("\\'", "'") + '"'


def _joined(values: Iterable[object], depth: int) -> str:
    return ", ".join(literal(each, depth + 1) for each in values)


def _mapping(value: Mapping[object, object], depth: int) -> str:
    return "{" + ", ".join(f"{literal(key)}: {literal(item, depth + 1)}" for key, item in value.items()) + "}"


def _tuple(value: tuple[object, ...], depth: int) -> str:
    return f"({_joined(value, depth)}{',' if len(value) == 1 else ''})"


def _frozenset(value: frozenset[str], depth: int) -> str:
    return f"frozenset({{{_joined(sorted(value), depth)}}})" if value else "frozenset()"


def _call(value: Any, depth: int) -> str:
    said = [
        f"{each.name}={literal(getattr(value, each.name), depth + 1)}"
        for each in fields(value)
        if each.default is MISSING or getattr(value, each.name) != each.default
    ]
    return f"{type(value).__name__}({', '.join(said)})"


def _sql(value: Sql, depth: int) -> str:
    if value.postgres == value.sqlite:
        return f"Sql.same({_statement(value.postgres, depth + 1)})"
    return f"Sql(postgres={_statement(value.postgres, depth + 1)}, sqlite={_statement(value.sqlite, depth + 1)})"


def _statement(sql: str, depth: int) -> str:
    """SQL does not mind where it stands, so its lines are moved to where they can be read."""
    if "\n" not in sql and len(sql) <= SQL_LINE:
        return _quoted(sql)
    escaped = sql.replace("\\", "\\\\").replace('"""', '\\"""')
    margin = "    " * (depth + 1)
    lines = [f"{margin}{line}".rstrip() for line in escaped.split("\n")]
    return '"""\n' + "\n".join(lines) + "\n" + "    " * depth + '"""'


KINDS: tuple[tuple[Any, Callable[[Any, int], str]], ...] = (
    (Name, lambda value, _: str(value)),
    (str, text),
    (Mapping, _mapping),
    (frozenset, _frozenset),
    (tuple, _tuple),
    (list, lambda value, depth: f"[{_joined(value, depth)}]"),
    (Sql, _sql),
)
