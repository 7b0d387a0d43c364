"""A model with random rows in both databases, and ways to ask for its reads."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

from generator.frontend import load
from generator.literals import literal
from generator.members import key_of
from generator.model import Action, Model, Resource
from generator.reads.compiler import reads_of
from runtime.application import ActorSource, Sql
from runtime.reads import Filter, GuardRead, ItemRead, ListRead, RecordRead
from runtime.reads import reads as runtime_reads
from runtime.reads.assembly import Caller, ListRow, Statement, Statements
from runtime.reads.links import link_header
from runtime.reads.query import plan_read
from tests.support.both_databases import Database, Postgres, Sqlite, create_schema, fill_both
from tests.support.random_rows import Row

MARKETPLACE = Path(__file__).parents[2] / "spec"
MARKETPLACE_COUNTS = {"User": 24, "Category": 40, "Product": 120, "Review": 450, "Favorite": 240, "OrderItem": 250}
SEED = 20260101
PATH = "/list/"
NOBODY = 2**40
NOWHERE: Mapping[type, Any] = {int: NOBODY, str: "nowhere", UUID: UUID(int=0)}
PAGES_MAX = 500
SPLICED = re.compile('\x1f[^\x1f"\\\\]*\x1f')

Read = ListRead | ItemRead | GuardRead | RecordRead
Values = Mapping[str, Any]


@dataclass(frozen=True)
class World:
    """A model, its reads, and two databases with the same rows."""

    model: Model
    reads: Mapping[str, tuple[Resource, Action, Read]]
    actor: ActorSource
    databases: tuple[Database, Database]
    kept: tuple[Statements, Statements]
    rows: Mapping[str, list[Row]]

    def both(self, statements: Iterator[Statement], values: Values) -> tuple[Any, Any]:
        """The row that each database answers its statement with."""
        one, other = (
            database.row(statement, values) for database, statement in zip(self.databases, statements, strict=True)
        )
        return one, other

    def callers(self) -> list[tuple[Caller, dict[str, Any]]]:
        """Nobody, someone unknown; and one caller of each role, found by the statement and known beforehand."""
        kinds: dict[object, Row] = {}
        for row in self.rows[self.actor.table]:
            kinds.setdefault(row["role"] if row[str(self.actor.active)] else "inactive", row)
        nobody = UUID(int=0) if self.actor.key_type == "uuid" else NOBODY
        found: list[tuple[Caller, dict[str, Any]]] = [("anonymous", {}), ("joined", {"actor_id": nobody})]
        for row in kinds.values():
            found.append(("joined", {"actor_id": row["id"]}))
            found.append(("bound", {f"actor_{name}": row[name] for name in self.actor.fields}))
        return found

    def read(self, name: str) -> Any:
        """A read by its resource's stem and its constant."""
        return self.reads[name][2]


@contextmanager
def open_world(
    spec: Path, url: str, counts: Mapping[str, int], fields: tuple[str, ...] = ("id", "role")
) -> Iterator[World]:
    """The model of a folder of specs, with random rows."""
    model, faults = load(spec)
    assert model is not None, faults
    assert model.actor is not None
    one, other = Sqlite(), Postgres(url)
    create_schema(model, one)
    create_schema(model, other)
    rows = fill_both(model, one, other, counts, SEED)
    reads = {
        f"{resource.stem}.{name}": (resource, _action(resource, name), at_run_time(plan))
        for resource in model.resources
        for name, plan in reads_of(model, resource).items()
    }
    resource = model.by_name[model.actor.resource]
    actor = ActorSource(resource.table, "id", key_of(resource).type, model.actor.active, fields, dict)
    kept = (Statements("sqlite", actor), Statements("postgres", actor))
    try:
        yield World(model, reads, actor, (one, other), kept, rows)
    finally:
        one.close()
        other.close()


def _action(resource: Resource, name: str) -> Action:
    """The action that a read belongs to: the longest name that the constant begins with."""
    found = [each for each in resource.actions if name.startswith(each.name.upper())]
    return max(found, key=lambda each: len(each.name))


def at_run_time(plan: object) -> Any:
    """A plan as the generated module has it: printed, then evaluated."""
    return eval(literal(plan), {**vars(runtime_reads), "Sql": Sql})


# --- comparing --------------------------------------------------------------------------------


def same_json(one: str | None, other: str | None) -> Any:
    """What both databases wrote, which must be the same bytes; parsed, with files as their marks."""
    assert one == other
    return None if one is None else json.loads(SPLICED.sub('"file"', one))


def plain(row: tuple[Any, ...]) -> list[Any]:
    """Values that both databases have: SQLite keeps booleans as numbers, and uuids and times as text."""
    return [_plain(value) for value in row]


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat("T", "microseconds").replace("+00:00", "Z")
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value if isinstance(value, int | str | None) else str(value)


# --- lists ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A list, and who asks for it, at which path."""

    world: World
    read: ListRead
    caller: Caller
    values: Values

    def page(self, query: str) -> tuple[list[Any], ListRow, str]:
        """One page from both databases: its items, SQLite's row and the Link header, all checked to be the same."""
        plan = plan_read(self.read, query)
        statements = (kept.list(self.read, plan.shape, self.caller) for kept in self.world.kept)
        rows = self.world.both(statements, {**self.values, **plan.values})
        one, other = (ListRow(*row[:6]) for row in rows)
        items = same_json(one.body, other.body)
        assert plain(rows[0][6:]) == plain(rows[1][6:])
        assert (one.more, one.total, one.found) == (other.more, other.total, other.found)
        assert len(items) <= plan.values.get("size", plan.shape.size)
        header = link_header(PATH, plan, one)
        assert set(relations(header)) == set(relations(link_header(PATH, plan, other)))
        return items, one, header

    def walk(self, query: str, relation: str = "next") -> list[list[Any]]:
        """The page of a query and all that follow it by their links."""
        pages: list[list[Any]] = []
        step: str | None = query
        while step is not None:
            items, _, header = self.page(step)
            pages.append(items)
            step = relations(header).get(relation)
            assert len(pages) < PAGES_MAX
        return pages

    def last(self, query: str) -> str:
        """The query of the last page from `query` on."""
        while True:
            following = relations(self.page(query)[2]).get("next")
            if following is None:
                return query
            query = following


def relations(header: str) -> dict[str, str]:
    """The query that each link leads to."""
    found = re.findall(r'<([^>]*)>; rel="(\w+)"', header)
    return {name: urlsplit(reference).query for reference, name in found}


def lists_of(world: World) -> Iterator[tuple[ListRead, list[dict[str, Any]]]]:
    """Each list with the path parameters to ask it with: present ones, and one that leads nowhere."""
    for resource, action, read in world.reads.values():
        if isinstance(read, ListRead):
            yield read, path_values(world, resource, action)


def path_values(world: World, resource: Resource, action: Action, count: int = 6) -> list[dict[str, Any]]:
    """Values for the parameters of a path: rows that are below each other, then one that is not there."""
    if not action.parameters:
        return [{}]
    draw = random.Random(action.url)
    found = [_one_path(world, action, draw) for _ in range(count)]
    last = action.parameters[-1].name
    return [*found, {**found[0], last: NOWHERE[type(found[0][last])]}]


def _one_path(world: World, action: Action, draw: random.Random) -> dict[str, Any]:
    values: dict[str, Any] = {}
    key: object = None
    for parameter in reversed(action.parameters):
        target = world.model.by_name[parameter.resource]
        known = [row for row in world.rows[target.table] if key in (None, row["id"])]
        row = draw.choice(known)
        values[parameter.name] = row[parameter.field]
        key = row[f"{target.parent}_id"] if target.parent else None
    return values


# --- queries ----------------------------------------------------------------------------------

WORDS = ("plain", "PLAIN words", "%", "_b", "\\", "café", "ÄRGER GRÖSSEN", "words nowhere", "'", "漢", "$1", "a")
USUAL: Mapping[str, tuple[str, ...]] = {
    "boolean": ("true", "0"),
    "decimal": ("0", "3", "4.2", "99999"),
    "uuid": ("00000000-0000-4000-8000-000000000000",),
    "integer": ("0", "3"),
    "id": ("1", "3", "12"),
    "datetime": ("2026-01-01T00:00:00Z", "2026-01-01T15:00:00.000120Z", "2026-01-02T01:00:00+05:30"),
    "date": ("2026-01-01", "2025-12-28"),
    "string": ("CAFÉ", "plain words", "nothing"),
}


def queries(world: World, read: ListRead) -> list[str]:
    """Every filter with several values, every order, searches, and some of all together."""
    draw = random.Random(read.name)
    values = {each.name: filter_values(world, read, each) for each in read.filters}
    filters = [pair(name, value) for name, found in values.items() for value in found]
    many = [
        f"{pair(each.name, one)}&{pair(each.name, two)}"
        for each in read.filters
        if each.many
        for one, two in itertools.pairwise(values[each.name])
    ]
    searches = [pair("search", word) for word in WORDS] if read.search else []
    mixed = [_mixed(draw, filters, orders(read), searches) for _ in range(12)] if filters else []
    return ["", "count=exact", *filters, *many, *orders(read), *searches, *mixed]


def pair(name: str, value: str) -> str:
    """One parameter of a query."""
    return f"{name}={quote(value)}"


def orders(read: ListRead) -> list[str]:
    """Every order there is by one key, and some by two."""
    draw = random.Random(read.name)
    offered = [key.name for key in read.sorts if key.offered]
    single = [f"ordering={sign}{name}" for name in offered for sign in ("", "-")]
    signed = ([draw.choice(["", "-"]) + name for name in draw.sample(offered, 2)] for _ in range(4))
    return single + ([f"ordering={','.join(two)}" for two in signed] if len(offered) > 1 else [])


def _mixed(draw: random.Random, filters: list[str], orders: list[str], searches: list[str]) -> str:
    named = {each.split("=")[0]: each for each in draw.sample(filters, min(3, len(filters)))}
    further = [draw.choice(group) for group in (orders, searches) if group]
    return "&".join([*named.values(), *further, "count=exact", "page_size=3"])


def filter_values(world: World, read: ListRead, filter: Filter) -> list[str]:
    """Values that a filter can be given: usual ones, and known ones of the column by its name."""
    draw, bind = random.Random(filter.name), filter.binds[0]
    if len(filter.binds) > 1:
        known = draw.sample(world.rows[filter.name], 3)
        return [*(row["slug"] for row in known), "1", "5", "nothing"]
    found = [*USUAL.get(bind.type, ()), *bind.values[:3]]
    stored = [row[filter.name] for row in world.rows[read.table] if filter.name in row]
    flat = itertools.chain.from_iterable(each if isinstance(each, list) else [each] for each in stored)
    texts = sorted({each for each in flat if isinstance(each, str) and "," not in each})
    return found + (draw.sample(texts, min(4, len(texts))) if bind.type == "string" else [])
