"""The same rows in memory, in SQLite and in PostgreSQL, and expressions evaluated over them."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import re
import sqlite3
import uuid
from collections.abc import Mapping
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import asyncpg

from generator.expressions import Python, SqlBinding, Type
from generator.expressions.types import field_type, reference_type
from generator.migrations.ddl import FOLD
from generator.sql import primitives as sql
from generator.sql.primitives import Dialect
from runtime import nullsafe
from runtime.database.sqlite import fold, instant_text, json_text
from tests.generator.expressions.world import ITEM, MODEL, PERSON, RESOURCES, STATES

TEXTS = (
    "",
    "a",
    "A",
    "Ä",
    "ä",
    "ß",
    "é",
    "É",
    "z",
    "Жук",
    "жук",
    "日本",
    "𝄞",
    "it's",
    "$5",
    "100%_",
    "x\\y",
    'q"q',
    "two\nlines",
)
LISTS = ((), ("a",), ("A", "ä"), ("it's", "$5", 'q"q'), ("", "日本", "a,b"))
NOW = dt.datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=dt.UTC)
IDS = tuple(uuid.UUID(int=0x1234 << 64 | number, version=4) for number in range(4))
ROWS = 40

Row = dict[str, Any]


def columns_of(resource: Any) -> dict[str, Type]:
    """The stored columns of a resource and their types."""
    found = {each.name: type for each in resource.fields if (type := field_type(MODEL, each)) is not None}
    for each in resource.belongs_to:
        found[f"{each.name}_id"] = reference_type(MODEL.by_name[each.target], nullable=each.nullable)
    return found


def value(chance: random.Random, type: Type) -> Any:
    """A value that is likely to meet its equal, and to be at an edge."""
    if type.nullable and chance.random() < 0.3:
        return None
    if type.is_number:
        number = chance.choice((0, 1, -1, 2, 3, 7, -7, 10, 50, 99, 100, 101, -250, chance.randint(-2000, 2000)))
        return number if type.kind == "integer" else Decimal(number).scaleb(-type.places)
    return chance.choice(IDS if type.stored == "uuid" else CHOICES[type.kind])


CHOICES: Mapping[str, tuple[Any, ...]] = {
    "boolean": (True, False),
    "text": TEXTS,
    "enum": STATES,
    "datetime": (NOW, NOW + dt.timedelta(microseconds=1), NOW - dt.timedelta(days=400), NOW.replace(microsecond=0)),
    "date": (dt.date(2026, 3, 1), dt.date(2025, 12, 31), dt.date(999, 1, 1)),
    "list": tuple(map(list, LISTS)),
    "object": (
        {"label": "", "state": "fresh", "is_new": True},
        {"label": "Ä", "remark": None, "state": "worn", "is_new": False, "is_odd": True, "count": 7},
        {"label": "it's", "remark": 'q"q', "state": "lost", "is_new": True, "is_odd": None, "count": None},
        {
            "label": "日本",
            "remark": "a",
            "state": "fresh",
            "is_new": False,
            "is_odd": False,
            "count": -7,
            "words": ["a"],
        },
    ),
    "reference": (1, 2, 3),
}


def rows(chance: random.Random) -> dict[str, list[Row]]:
    """Rows of every resource; keys count up."""
    found = {}
    for resource in RESOURCES:
        count = ROWS if resource is ITEM else 3
        types = columns_of(resource)
        found[resource.table] = [
            {name: value(chance, type) for name, type in types.items()}
            | {"id": uuid.UUID(int=index << 64, version=4) if resource is ITEM else index + 1}
            for index in range(count)
        ]
    return found


def stored(dialect: Dialect, type: Type, held: Any) -> Any:
    """A value as the database keeps it."""
    if held is None:
        return None
    if type.kind == "decimal":
        return int(held.scaleb(type.places))
    if dialect == "postgres":
        return json_text(held) if type.kind == "object" else held
    if type.kind == "datetime":
        return instant_text(held)
    if type.kind in ("list", "object"):
        return json_text(held)
    return str(held) if isinstance(held, uuid.UUID | dt.date) else held


def told(type: Type, found: Any) -> Any:
    """A database's answer as a Python value; decimals as scaled integers."""
    if found is None:
        return None
    if type.kind == "boolean":
        return bool(found)
    if type.kind == "datetime" and isinstance(found, str):
        return dt.datetime.fromisoformat(found)
    if type.kind == "date" and isinstance(found, str):
        return dt.date.fromisoformat(found)
    if type.stored == "uuid":
        return uuid.UUID(str(found))
    return found


def literal(dialect: Dialect, held: Any) -> str:
    """A parameter's value, written out."""
    if isinstance(held, dt.datetime):
        held = instant_text(held)
    if isinstance(held, dict):
        held = json_text(held)
    return sql.literal(dialect, str(held) if isinstance(held, uuid.UUID) else held)


class Databases:
    """Both databases, filled with the same rows, and their questions and answers."""

    def __init__(self, url: str) -> None:
        self.rows = rows(random.Random(20260301))
        self.actor = self.rows[PERSON.table][1]
        self.sqlite = sqlite3.connect(":memory:")
        self.sqlite.create_function("agora_fold", 1, fold, deterministic=True)
        self.runner = asyncio.Runner()
        self.postgres = self.runner.run(asyncpg.connect(url))
        self.runner.run(self.postgres.execute(FOLD))
        self.runner.run(self.postgres.execute("SET jit = off"))  # compiling takes longer than answering
        for resource in RESOURCES:
            self._fill(resource.table, columns_of(resource))

    def close(self) -> None:
        """Leave both."""
        self.sqlite.close()
        self.runner.run(self.postgres.close())
        self.runner.close()

    def _fill(self, table: str, types: dict[str, Type]) -> None:
        for dialect in sql.DIALECTS:
            columns = ", ".join(f"{sql.identifier(name)} {_column_type(dialect, type)}" for name, type in types.items())
            self.run(dialect, f"CREATE TABLE {sql.identifier(table)} ({columns})")
        kept = [
            {dialect: [stored(dialect, type, row[name]) for name, type in types.items()] for dialect in sql.DIALECTS}
            for row in self.rows[table]
        ]
        marks = ", ".join("?" for _ in types)
        self.sqlite.executemany(
            f"INSERT INTO {sql.identifier(table)} VALUES ({marks})", [each["sqlite"] for each in kept]
        )
        numbers = ", ".join(f"${index + 1}" for index in range(len(types)))
        insert = f"INSERT INTO {sql.identifier(table)} VALUES ({numbers})"
        self.runner.run(self.postgres.executemany(insert, [each["postgres"] for each in kept]))

    def run(self, dialect: Dialect, statement: str) -> list[Any]:
        """One statement and its rows."""
        if dialect == "sqlite":
            return self.sqlite.execute(statement).fetchall()
        return [tuple(row) for row in self.runner.run(self.postgres.fetch(statement))]

    def ask(self, dialect: Dialect, selected: list[str], actor: Row | None) -> list[tuple[Any, ...]]:
        """The values of some SQL for every item, in order."""
        given = {"now": NOW, **{f"actor_{name}": (actor or {}).get(name) for name in columns_of(PERSON)}}
        text = ",\n".join(selected)
        text = re.sub(r"\$([a-z_]+)", lambda match: literal(dialect, given[match[1]]), text)
        return self.run(dialect, f'SELECT\n{text}\nFROM "item" t ORDER BY t."id"')


def _column_type(dialect: Dialect, type: Type) -> str:
    name = sql.type_name(dialect, type.stored)
    return f'{name} COLLATE "C"' if dialect == "postgres" and name.startswith("text") else name


class InMemory:
    """The Python of an expression, compiled once."""

    def __init__(self, python: Python) -> None:
        self.code = compile(python.text, "<expression>", "eval")
        self.names = {name: getattr(nullsafe, name) for module, name in python.imports if module == nullsafe.__name__}
        self.names |= {"__builtins__": {"len": len}, "Decimal": Decimal, "now": NOW}

    def __call__(self, record: Row, actor: Row | None) -> Any:
        """What it says of a record."""
        held = {"record": SimpleNamespace(**record), "actor": SimpleNamespace(**actor) if actor else None}
        return eval(self.code, self.names, held)


BINDING = SqlBinding()
