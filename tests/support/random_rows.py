"""Random rows for any model: seeded, awkward on purpose, and accepted by both databases.

Values are drawn within each field's limits, from texts that break naive quoting, folding and JSON writing. SQLite
sees every row first; one that breaks a constraint is drawn again.
"""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from generator.members import key_of, object_of
from generator.model import BelongsTo, Field, Model, Resource

Row = dict[str, Any]

TEXTS = (
    "plain words",
    "Ärger über Größen",
    "CAFÉ au lait",
    "quote ' and \" and \\ backslash",
    "100% off_ a_b",
    "tab\tnew\nline\rreturn",
    "control \x01\x02\x1f\x7f signs",
    "line\u2028separator \u00a0",
    "emoji 🪑 and 漢字",
    "</script><!--",
    "$1 $name ?1 {x}",
    "",
)
EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
ATTEMPTS = 50


class RandomRows:
    """Draws rows of a model into an SQLite database, and remembers them by table."""

    def __init__(self, model: Model, database: sqlite3.Connection, seed: int) -> None:
        self.model = model
        self.database = database
        self.random = random.Random(seed)
        self.rows: dict[str, list[Row]] = {resource.table: [] for resource in model.resources}

    def fill(self, counts: Mapping[str, int], default: int = 40) -> dict[str, list[Row]]:
        """Rows of every resource, those that are referred to first."""
        for resource in in_order(self.model):
            for _ in range(counts.get(resource.name, default)):
                self._insert(resource)
        return self.rows

    def _insert(self, resource: Resource) -> None:
        for _ in range(ATTEMPTS):
            row = self._row(resource)
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join("?" * len(row))
            try:
                self.database.execute(f'INSERT INTO "{resource.table}" ({names}) VALUES ({marks})', [*row.values()])
            except sqlite3.IntegrityError:
                continue
            self.rows[resource.table].append(row)
            return

    def _row(self, resource: Resource) -> Row:
        number = len(self.rows[resource.table]) + 1
        row = {field.name: self._field(resource, field, number) for field in resource.fields}
        return row | {f"{each.name}_id": self._reference(resource, each) for each in resource.belongs_to}

    def _reference(self, resource: Resource, relation: BelongsTo) -> Any:
        target = self.model.by_name[relation.target]
        known = self.rows[target.table]
        if relation.nullable and (not known or self.random.random() < 0.25):
            return None
        # Towards the newest, so that trees grow deep.
        row = known[-1 - min(int(self.random.expovariate(0.4)), len(known) - 1)] if target is resource else None
        return (row or self.random.choice(known))[key_of(target).name]

    def _field(self, resource: Resource, field: Field, number: int) -> Any:
        if field.name == "id" and field.type == "id":
            return number
        if field.nullable and self.random.random() < 0.3:
            return None
        if field.type == "object" and self.random.random() < 0.8:  # others are from before it had these members
            members = object_of(self.model, resource, str(field.object))
            return {each.name: DRAWN[each.type](self.random, each, number) for each in members if each.type in PLAIN}
        return DRAWN[field.type](self.random, field, number)


def in_order(model: Model) -> Iterator[Resource]:
    """Resources so that each comes after those it refers to."""
    done: set[str] = set()
    waiting = list(model.resources)
    while waiting:
        ready = [each for each in waiting if {one.target for one in each.belongs_to} <= done | {each.name}]
        assert ready, "resources that refer to each other in a circle"
        done |= {each.name for each in ready}
        waiting = [each for each in waiting if each.name not in done]
        yield from ready


def _text(draw: random.Random, field: Field, number: int) -> str:
    least = field.min_length or (1 if field.required else 0)
    words = " ".join(draw.choice(TEXTS) for _ in range(draw.choice([1, 1, 2, 5])))
    if field.max_length and field.max_length > 5000 and draw.random() < 0.1:
        words *= 200
    if field.unique:
        words = f"{number} {words}"
    words = words if len(words) >= least else words + "x" * least
    return words[: field.max_length or 10_000]


def _whole(draw: random.Random, field: Field, number: int) -> int:
    low = -1000 if field.min is None else int(Decimal(str(field.min)))
    high = 1000 if field.max is None else int(Decimal(str(field.max)))
    return draw.choice([low, high, draw.randint(low, high), draw.randint(low, min(high, low + 5))])


def _scaled(draw: random.Random, field: Field, number: int) -> int:
    unit = 10 ** (2 if field.places is None else field.places)
    low = -100_000 if field.min is None else int(Decimal(str(field.min)) * unit)
    high = 100_000 if field.max is None else int(Decimal(str(field.max)) * unit)
    return draw.choice([low, draw.randint(low, high), draw.randint(low, min(high, low + 3000))])


def _instant(draw: random.Random, field: Field, number: int) -> dt.datetime:
    # Many coincide, so that ties have to be broken.
    step = dt.timedelta(hours=draw.randint(0, 30), microseconds=draw.choice([0, 0, 1, 120, 999_999]))
    return EPOCH + step


PLAIN = ("integer", "string", "text", "email", "url", "enum", "boolean")  # drawn as JSON has them
DRAWN: Mapping[str, Callable[[random.Random, Field, int], Any]] = {
    "uuid": lambda draw, field, number: uuid.UUID(int=draw.getrandbits(128), version=4),
    "integer": _whole,
    "counter": lambda draw, field, number: draw.choice([0, 1, draw.randint(0, 9), 2**40]),
    "string": _text,
    "text": _text,
    "password": lambda draw, field, number: f"hash{number}",
    "slug": lambda draw, field, number: f"slug-{number}",
    "email": lambda draw, field, number: f"user{number}@example.org",
    "url": lambda draw, field, number: f"https://example.org/{number}?a=1&b='\"",
    "enum": lambda draw, field, number: draw.choice(field.values),
    "file": lambda draw, field, number: f"files/{number}.png",
    "boolean": lambda draw, field, number: draw.random() < 0.7,
    "money": _scaled,
    "decimal": _scaled,
    "date": lambda draw, field, number: (EPOCH + dt.timedelta(days=draw.randint(-9, 9))).date(),
    "datetime": _instant,
    "created": _instant,
    "updated": _instant,
    "list": lambda draw, field, number: [draw.choice(TEXTS)[:40] for _ in range(draw.choice([0, 1, 3]))],
    "object": lambda draw, field, number: {"a": draw.choice(TEXTS), "b": [1, None, True]},
}
