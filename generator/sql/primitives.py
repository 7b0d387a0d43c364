"""The primitives of both SQL dialects: names, literals, types, and the few functions that they spell differently.

Operands are passed as SQL text; each function encloses what needs it, and gives text that is safe as an operand
again. Numbers are integers everywhere: a decimal with `places` places is kept times 10**places. Text never contains
a raw `$`, which marks parameters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

Dialect = Literal["postgres", "sqlite"]
DIALECTS: tuple[Dialect, ...] = ("postgres", "sqlite")

# By kind of value (generator.expressions.types.Kind), for casts of parameters and nulls; columns have their types in
# runtime.fieldtypes.
TYPE_NAMES: Mapping[Dialect, Mapping[str, str]] = {
    "postgres": {
        "boolean": "boolean",
        "integer": "bigint",
        "decimal": "bigint",
        "text": "text",
        "enum": "text",
        "datetime": "timestamptz",
        "date": "date",
        "uuid": "uuid",
        "list": "text[]",
        "object": "json",
    },
    "sqlite": {
        "boolean": "INTEGER",
        "integer": "INTEGER",
        "decimal": "INTEGER",
        "text": "TEXT",
        "enum": "TEXT",
        "datetime": "TEXT",
        "date": "TEXT",
        "uuid": "TEXT",
        "list": "TEXT",
        "object": "TEXT",
    },
}
NUMBERED = ("$", "\n", "\r")
CHARACTER: Mapping[Dialect, str] = {"postgres": "chr", "sqlite": "char"}
ATOM = re.compile(r"""[$\w.":]+|'(?:[^']|'')*'""")

CAST = re.compile(r"(::[\w\[\]]+)?")


def enclosed(sql: str) -> str:
    """In parentheses, unless it is a name, a number, a parameter, a text or one call or parenthesis already."""
    return sql if ATOM.fullmatch(sql) or _closes_at_end(sql) else f"({sql})"


def _closes_at_end(sql: str) -> bool:
    """Whether the parenthesis opened first is the one closed last: `f(a)`, `(a)`, `(a)::b`, not `(a) + (b)`."""
    opening = re.match(r"\w*\(", sql)
    if not opening:
        return False
    depth, quote = 0, ""
    for index, char in enumerate(sql):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        else:
            depth += (char == "(") - (char == ")")
            if depth == 0 and index >= opening.end():
                return CAST.fullmatch(sql, index + 1) is not None
    return False


# --- names and literals -------------------------------------------------------------------------


def identifier(name: str) -> str:
    """A quoted name."""
    return '"' + name.replace('"', '""') + '"'


def column(alias: str | None, name: str) -> str:
    """A column of the row called `alias`; bare where None, as in constraints."""
    return identifier(name) if alias is None else f"{alias}.{identifier(name)}"


def text(dialect: Dialect, value: str) -> str:
    """A text literal; a `$` (it marks parameters) and ends of lines (SQL is indented) are written by their numbers."""
    parts = [part for part in re.split(r"([$\n\r])", value) if part]
    pieces = [f"{CHARACTER[dialect]}({ord(part)})" if part in NUMBERED else _quoted(part) for part in parts]
    return f"({' || '.join(pieces)})" if len(pieces) > 1 else "".join(pieces) or "''"


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def boolean(dialect: Dialect, value: bool) -> str:
    """A truth value."""
    if dialect == "postgres":
        return "true" if value else "false"
    return "1" if value else "0"


def literal(dialect: Dialect, value: bool | int | Decimal | str | None, places: int = 0) -> str:
    """A literal; numbers are scaled by `places`, which must be enough for them."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return boolean(dialect, value)
    if isinstance(value, str):
        return text(dialect, value)
    scaled = Decimal(value).scaleb(places)
    if scaled != int(scaled):
        raise ValueError(f"{value} has more than {places} places")
    return str(int(scaled))


def type_name(dialect: Dialect, kind: str) -> str:
    """The type that holds values of a kind."""
    return TYPE_NAMES[dialect][kind]


def cast(dialect: Dialect, sql: str, kind: str) -> str:
    """`sql` as a value of a kind, for the planner's sake: SQLite needs no telling."""
    return f"{enclosed(sql)}::{type_name(dialect, kind)}" if dialect == "postgres" else sql


# --- comparison ---------------------------------------------------------------------------------


def same(dialect: Dialect, left: str, right: str, *, negated: bool = False) -> str:
    """Null-safe equality, never null. Enclose it to combine it."""
    if dialect == "postgres":
        operator = "IS DISTINCT FROM" if negated else "IS NOT DISTINCT FROM"
    else:
        operator = "IS NOT" if negated else "IS"
    return f"{enclosed(left)} {operator} {enclosed(right)}"


def certain(dialect: Dialect, condition: str) -> str:
    """The condition with null counted as false."""
    return f"coalesce({condition}, {boolean(dialect, False)})"


def member(dialect: Dialect, item: str, elements: str) -> str:
    """Whether a text is in a stored list; null or false where one of them is null. Enclose it to combine it."""
    if dialect == "postgres":
        return f"{enclosed(item)} = ANY({elements})"
    return f"{enclosed(item)} IN (SELECT value FROM json_each({elements}))"  # no input, only SQL of ours


def object_member(dialect: Dialect, sql: str, name: str, kind: str) -> str:
    """A member of a stored object as a value of a kind; null where there is none. Enclose it to combine it."""
    if dialect == "sqlite":
        return f"json_extract({sql}, '$.{name}')"  # no parameter: what they are called begins with a letter
    found = f"{enclosed(sql)} ->> '{name}'"
    return f'({found}) COLLATE "C"' if type_name(dialect, kind) == "text" else cast(dialect, found, kind)


def fold(sql: str) -> str:
    """Text without difference of case: the function that migrations or connections define."""
    return f"agora_fold({sql})"


# --- counting -----------------------------------------------------------------------------------


def characters(dialect: Dialect, sql: str) -> str:
    """How many code points a text has."""
    return f"char_length({sql})::bigint" if dialect == "postgres" else f"length({sql})"


def elements(dialect: Dialect, sql: str) -> str:
    """How many elements a stored list has."""
    return f"cardinality({sql})::bigint" if dialect == "postgres" else f"json_array_length({sql})"


# --- exact arithmetic in scaled integers ----------------------------------------------------------


def rescale(sql: str, places: int) -> str:
    """A number with `places` more places."""
    return f"({enclosed(sql)} * {10**places})" if places else sql


def floor_divide(left: str, right: str, *, divisor: int | None = None) -> str:
    """The whole number below left / right (bigints); null when divided by zero. `divisor`: right as a literal."""
    a, b = enclosed(left), enclosed(right)
    if divisor is not None and divisor > 0:
        return f"(({a} - (({a} % {b}) + {b}) % {b}) / {b})"
    # NULLIF once is enough: what is calculated with its null is null before it is calculated.
    return f"(({a} - (({a} % NULLIF({b}, 0)) + {b}) % {b}) / {b})"


def divide_rounded(left: str, right: str, *, positive: bool = False) -> str:
    """left / right (bigints), halves away from zero; null when divided by zero.

    `positive`: right is never negative, as a count is. PostgreSQL's sum() of bigints is numeric: cast it to bigint.
    """
    a, b = enclosed(left), enclosed(right)
    if positive:
        return f"((2 * abs({a}) + {b}) / NULLIF(2 * {b}, 0) * CASE WHEN {a} < 0 THEN -1 ELSE 1 END)"
    sign = f"CASE WHEN ({a} < 0) = ({b} < 0) THEN 1 ELSE -1 END"
    return f"((2 * abs({a}) + abs({b})) / NULLIF(2 * abs({b}), 0) * {sign})"
