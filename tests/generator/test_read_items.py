"""Every compiled read of one row, on both databases: retrieves, results, records for writers, parents of creates."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from runtime.reads import GuardRead, ItemRead, RecordRead
from runtime.reads.assembly import Caller, ItemRow
from tests.support.postgres import Postgres as PostgresServer
from tests.support.read_world import (
    MARKETPLACE,
    MARKETPLACE_COUNTS,
    World,
    open_world,
    path_values,
    plain,
    same_json,
)

PATHS = 15


@pytest.fixture(scope="module")
def world(postgres: PostgresServer) -> Iterator[World]:
    """The marketplace with random rows."""
    with open_world(MARKETPLACE, postgres.create_database(), MARKETPLACE_COUNTS) as opened:
        yield opened


def cases(world: World, kind: type) -> Iterator[tuple[Any, Caller, dict[str, Any]]]:
    """Every read of a kind, for every caller, at several paths or keys."""
    for resource, action, read in world.reads.values():
        if isinstance(read, kind):
            by_key = isinstance(read, ItemRead) and "$key" in read.where.sqlite
            keys = [{"key": row["id"]} for row in world.rows[read.table][::9]]
            paths = keys if by_key else path_values(world, resource, action, PATHS)
            for (caller, actor), path in itertools.product(world.callers(), paths):
                yield read, caller, {**actor, **path}


def test_items_are_equal_on_both_databases(world: World) -> None:
    """One row, whether the record is there or not."""
    shown = hidden = 0
    for read, caller, values in cases(world, ItemRead):
        rows = world.both((kept.item(read, caller) for kept in world.kept), values)
        assert plain(rows[0][1:]) == plain(rows[1][1:])
        one, other = (ItemRow(*row[:3]) for row in rows)
        present = same_json(one.body, other.body) is not None
        assert present == (one.key is not None) == (one.allowed is not None)
        shown, hidden = shown + present, hidden + (not present)
    assert min(shown, hidden) > 100


def test_records_are_equal_on_both_databases(world: World) -> None:
    """All columns, and whether the caller may; with a lock there is no row where there is no record."""
    allowed = set()
    for read, caller, values in cases(world, RecordRead):
        one, other = world.both((kept.record(read, caller) for kept in world.kept), values)
        assert plain(one) == plain(other)
        width = len(read.columns)
        allowed.add(one[width])
        if caller != "joined":
            locked = world.both((kept.record(read, caller, lock=True) for kept in world.kept), values)
            expected = None if one[0] is None else plain(one)
            assert [row and plain(row) for row in locked] == [expected, expected]
    assert allowed >= {0, 1, None}


def test_guards_are_equal_on_both_databases(world: World) -> None:
    """The parent's key, and whether the policy lets this caller create something on it."""
    allowed = set()
    for read, caller, values in cases(world, GuardRead):
        one, other = world.both((kept.guard(read, caller) for kept in world.kept), values)
        assert plain(one) == plain(other)
        allowed.add(ItemRow(*one[:3]).allowed)
    assert allowed >= {0, 1, None}


def test_callers_are_found_by_the_statement(world: World) -> None:
    """The caller's columns follow the read's own, and are null for those that are absent or inactive."""
    for row in world.rows["user"]:
        one, other = world.both(
            (kept.item(world.read("user.ME"), "joined") for kept in world.kept), {"actor_id": row["id"]}
        )
        expected = (row["id"], row["role"]) if row["is_active"] else (None, None)
        assert one[3:] == other[3:] == expected
