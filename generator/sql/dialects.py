"""How each database writes values as JSON text, and what else the two say differently.

Both give the same bytes. An expression that is null where JSON has `null` is spelled out; on SQLite no operand of `||`
may be null, because the whole would be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, Protocol

from generator.sql.layout import Piece, call_of, code, constant, indented, lines_of, operands_of
from generator.sql.primitives import enclosed, text

DialectName = Literal["postgres", "sqlite"]


@dataclass(frozen=True, slots=True)
class Value:
    """An SQL expression and what it is: a field type's storage, whether it can be null, decimal places.

    `bare` decimals are JSON numbers, others strings. `unsigned` ones are never negative.
    """

    sql: str
    type: str
    nullable: bool = False
    places: int = 0
    bare: bool = False
    unsigned: bool = False


Writer = Callable[["Value"], list[Piece]]


class Dialect(Protocol):
    """What the compiler of reads needs of a database."""

    name: DialectName
    now: str

    def joined(self, pieces: Sequence[Piece]) -> str:
        """Constants and expressions as one text."""

    def json(self, value: Value) -> list[Piece]:
        """The JSON text of a value."""

    def array(self, body: str, source: str, order: str) -> str:
        """The rows of `source` (all after FROM) as a JSON array, in the order of `source`, said again as `order`."""

    def cast(self, sql: str, type_name: str) -> str:
        """A parameter of a field type."""

    def rows(self, limit: int | None) -> str:
        """LIMIT, where rows are aggregated in their order."""


def or_null(sql: str) -> list[Piece]:
    """A text that stands for itself, or `null`."""
    return [code(f"coalesce({sql}, 'null')")]


def quoted(sql: str) -> list[Piece]:
    """A text between quotes that needs no escaping."""
    return [constant('"'), code(sql), constant('"')]


# --- PostgreSQL -------------------------------------------------------------------------------


class Postgres:
    """concat() of constants and columns: cheaper than building json values."""

    name: DialectName = "postgres"
    now = "now()"

    def joined(self, pieces: Sequence[Piece]) -> str:
        """concat(), nested where it would have more arguments than PostgreSQL allows."""
        lines = lines_of(pieces, partial(text, self.name))
        return lines[0][0] if len(lines) == len(lines[0]) == 1 else call_of("concat", lines)

    def json(self, value: Value) -> list[Piece]:
        """Each type by its entry in the table."""
        return _POSTGRES[value.type](value)

    def array(self, body: str, source: str, order: str) -> str:
        """Ordered where it is aggregated, whatever order the rows come in."""
        arguments = indented(f"{body},\n',' ORDER BY {order}", 4)
        return f"(\n  SELECT concat('[', string_agg(\n    {arguments}\n  ), ']')\n  FROM {indented(source)}\n)"

    def cast(self, sql: str, type_name: str) -> str:
        """With its type, which the server could otherwise only guess."""
        return f"{sql}::{type_name}"

    def rows(self, limit: int | None) -> str:
        """Only where there is a limit."""
        return "" if limit is None else f"\nLIMIT {limit}"


def _postgres_text(value: Value) -> list[Piece]:
    return or_null(f"to_json({value.sql})::text") if value.nullable else [code(f"to_json({value.sql})")]


def _postgres_plain(value: Value) -> list[Piece]:
    return or_null(f"({value.sql})::text") if value.nullable else [code(value.sql)]


def _postgres_boolean(value: Value) -> list[Piece]:
    shown = f"{enclosed(value.sql)}::text"
    return or_null(shown) if value.nullable else [code(shown)]


def _postgres_decimal(value: Value) -> list[Piece]:
    # A product of exact numbers has the places of both factors: 1990 * 0.01 is 19.90.
    text = f"{enclosed(value.sql)} * {_unit(value.places)}" if value.places else value.sql
    return _framed(value, f"({text})::text" if value.nullable else text)


def _postgres_instant(value: Value) -> list[Piece]:
    text = f"to_char({enclosed(value.sql)} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    return _framed(value, text)


def _framed(value: Value, text: str) -> list[Piece]:
    """In quotes, unless the value is a number; `null` where it is null."""
    if value.bare:
        return or_null(text) if value.nullable else [code(text)]
    return or_null(f"""'"' || {text} || '"'""") if value.nullable else quoted(text)


def _unit(places: int) -> str:
    return "0." + "0" * (places - 1) + "1"


def is_column(sql: str) -> bool:
    """Whether an expression is one column, which may be said twice without being computed twice."""
    return re.fullmatch(r'\w+\."\w+"', sql) is not None


_POSTGRES: Mapping[str, Writer] = {
    "integer": _postgres_plain,
    "decimal": _postgres_decimal,
    "text": _postgres_text,
    "list": _postgres_text,
    "object": _postgres_plain,
    "boolean": _postgres_boolean,
    "uuid": lambda value: _framed(value, f"{value.sql}::text" if value.nullable else value.sql),
    "datetime": _postgres_instant,
    "date": lambda value: _framed(value, f"to_char({value.sql}, 'YYYY-MM-DD')"),
    "file": lambda value: _splice(value, "chr(31)"),
}


def _splice(value: Value, mark: str) -> list[Piece]:
    # U+001F never occurs raw in JSON text: the runtime finds the keys between two of them and puts URLs there.
    text = f"{mark} || {value.sql} || {mark}"
    return or_null(text) if value.nullable else [code(text)]


# --- SQLite -----------------------------------------------------------------------------------


class Sqlite:
    """`||` of constants and columns."""

    name: DialectName = "sqlite"
    now = "(strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z')"  # it has milliseconds, instants are kept with six digits

    def joined(self, pieces: Sequence[Piece]) -> str:
        """One chain, in groups where it is long: each link copies what came before it."""
        return operands_of(lines_of(pieces, partial(text, self.name)))

    def json(self, value: Value) -> list[Piece]:
        """Each type by its entry in the table."""
        return _SQLITE[value.type](value)

    def array(self, body: str, source: str, order: str) -> str:
        """In the order of the rows, which `rows` keeps."""
        arguments = indented(f"{body},\n','", 4)
        rows = indented(source)
        return f"(\n  SELECT '[' || coalesce(group_concat(\n    {arguments}\n  ), '') || ']'\n  FROM {rows}\n)"

    def cast(self, sql: str, type_name: str) -> str:
        """Values have types of their own."""
        return sql

    def rows(self, limit: int | None) -> str:
        """Always: under a LIMIT, even none, the order of a subquery stands."""
        return f"\nLIMIT {-1 if limit is None else limit}"


def _sqlite_plain(value: Value) -> list[Piece]:
    return or_null(value.sql) if value.nullable else [code(enclosed(value.sql))]


def _sqlite_boolean(value: Value) -> list[Piece]:
    if value.nullable:
        return [code(f"CASE {enclosed(value.sql)} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END")]
    return [code(f"CASE WHEN {value.sql} THEN 'true' ELSE 'false' END")]


def _sqlite_decimal(value: Value) -> list[Piece]:
    if not value.places:
        return _framed(value, enclosed(value.sql))
    if is_column(value.sql):
        return _framed(value, _sqlite_digits(value.sql, value))
    digits = Sqlite().joined(_framed(value, _sqlite_digits('v."v"', value)))
    return [code(f'(\n  SELECT {indented(digits)}\n  FROM (SELECT {indented(value.sql)} AS "v") v\n)')]


def _sqlite_digits(sql: str, value: Value) -> str:
    unit = 10**value.places
    if value.unsigned:
        digits = f"printf('%d.%0{value.places}d', {sql} / {unit}, {sql} % {unit})"
    else:
        sign = f"CASE WHEN {sql} < 0 THEN '-' ELSE '' END"
        digits = f"printf('%s%d.%0{value.places}d', {sign}, abs({sql} / {unit}), abs({sql} % {unit}))"
    # printf writes null as 0.
    return f"CASE WHEN {sql} IS NOT NULL THEN {digits} END" if value.nullable else digits


_SQLITE: Mapping[str, Writer] = {
    "integer": _sqlite_plain,
    "decimal": _sqlite_decimal,
    "text": lambda value: [code(f"json_quote({value.sql})")],  # null is 'null' already
    "list": _sqlite_plain,
    "object": _sqlite_plain,
    "boolean": _sqlite_boolean,
    "uuid": lambda value: _framed(value, value.sql),
    "datetime": lambda value: _framed(value, value.sql),
    "date": lambda value: _framed(value, value.sql),
    "file": lambda value: _splice(value, "char(31)"),
}

DIALECTS: tuple[Dialect, Dialect] = (Postgres(), Sqlite())
