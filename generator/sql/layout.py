"""How generated SQL is laid out: constants and expressions joined so that one member of an object is one line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from generator.sql.primitives import enclosed

WIDTH = 96
ARGUMENTS_MAX = 90  # PostgreSQL passes at most 100 arguments to a function
LINES_MAX = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """A constant text, or an SQL expression."""

    text: str
    is_code: bool


Line = tuple[str, ...]


def constant(text: str) -> Piece:
    """Text that stands for itself."""
    return Piece(text, False)


def code(sql: str) -> Piece:
    """An SQL expression."""
    return Piece(sql, True)


def indented(text: str, by: int = 2) -> str:
    """All lines but the first moved to the right."""
    return text.replace("\n", "\n" + " " * by)


def lines_of(pieces: Iterable[Piece], literal: Callable[[str], str]) -> list[Line]:
    """Neighbouring constants become one; each constant begins a line with the expressions that follow it."""
    lines: list[list[str]] = []
    waiting = ""
    for piece in pieces:
        if not piece.is_code:
            waiting += piece.text
            continue
        if waiting or not lines:
            lines.append([literal(waiting)] if waiting else [])
            waiting = ""
        lines[-1].append(piece.text)
    if waiting:
        lines.append([literal(waiting)])
    return [tuple(line) for line in lines]


def call_of(function: str, lines: Sequence[Line]) -> str:
    """`function(…)`, nested where it has too many arguments."""
    if sum(map(len, lines)) > ARGUMENTS_MAX:
        lines = [(call_of(function, group),) for group in _groups(lines)]
    flat = ", ".join(part for line in lines for part in line)
    if "\n" not in flat and len(flat) <= WIDTH:
        return f"{function}({flat})"
    body = ",\n".join(", ".join(line) for line in lines)
    return f"{function}(\n  {indented(body)}\n)"


def operands_of(lines: Sequence[Line]) -> str:
    """`(a || b …)`, in groups where there are many."""
    if len(lines) > LINES_MAX:
        lines = [(operands_of(group),) for group in _groups(lines)]
    if len(lines) == 1 and len(lines[0]) == 1:
        return lines[0][0]
    flat = " || ".join(part for line in lines for part in line)
    if "\n" not in flat and len(flat) <= WIDTH:
        return f"({flat})"
    body = "\n|| ".join(" || ".join(line) for line in lines)
    return f"(\n  {indented(body)}\n)"


def _groups(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Runs of lines that one call can take; a line has a constant and few expressions."""
    groups: list[list[Line]] = [[]]
    for line in lines:
        full = sum(map(len, groups[-1])) + len(line) > ARGUMENTS_MAX or len(groups[-1]) == LINES_MAX
        if groups[-1] and full:
            groups.append([])
        groups[-1].append(line)
    return list(groups)


def all_of(conditions: Sequence[str]) -> str:
    """Conditions joined by AND, one a line where there are several."""
    if len(conditions) == 1:
        return conditions[0]
    return "\nAND ".join(enclosed(each) if " OR " in each else each for each in conditions)
