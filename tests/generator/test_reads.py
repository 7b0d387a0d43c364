"""Every compiled list, on both databases, over the same awkward rows: the same bytes, the right order, no row twice."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from tests.support.both_databases import Database, Postgres
from tests.support.postgres import Postgres as PostgresServer
from tests.support.random_rows import Row
from tests.support.read_world import (
    MARKETPLACE,
    MARKETPLACE_COUNTS,
    Asked,
    World,
    lists_of,
    open_world,
    orders,
    queries,
    relations,
)


@pytest.fixture(scope="module")
def world(postgres: PostgresServer) -> Iterator[World]:
    """The marketplace with random rows."""
    with open_world(MARKETPLACE, postgres.create_database(), MARKETPLACE_COUNTS) as opened:
        yield opened


def test_lists_are_equal_on_both_databases(world: World) -> None:
    """All lists, all callers, all queries."""
    filled = 0
    for read, paths in lists_of(world):
        for (caller, actor), query in itertools.product(world.callers(), queries(world, read)):
            items, row, _ = Asked(world, read, caller, {**actor, **paths[0]}).page(query)
            filled += bool(items)
            if "count=exact" in query:
                assert row.total is not None
                assert row.total >= len(items)
    assert filled > 500


def test_pages_never_overlap_and_cursors_walk_the_same_way(world: World) -> None:
    """By number, by cursor and back again: the same rows in the same order, each once."""
    walked = 0
    for read, paths in lists_of(world):
        for (caller, actor), order in itertools.product(world.callers()[:5:2], ["", *orders(read)]):
            asked = Asked(world, read, caller, {**actor, **paths[0]})
            numbered = asked.walk(f"{order}&page_size=9&page=1")
            keys = [item["id"] for page in numbered for item in page]
            assert len(keys) == len(set(keys)) == asked.page(f"{order}&count=exact")[1].total
            assert asked.walk(f"{order}&page_size=9") == numbered
            *before, _ = numbered
            last = asked.page(asked.last(f"{order}&page_size=9"))[2]
            backward = asked.walk(relations(last)["prev"], "prev") if before else []
            assert backward == list(reversed(before))
            walked += len(before) > 1
    assert walked > 20


def test_a_page_past_the_end_is_empty(world: World) -> None:
    """As the contract says, and up to the largest page there is."""
    for (read, paths), number in itertools.product(lists_of(world), (10**6, 2**53 - 1)):
        items, row, header = Asked(world, read, "anonymous", paths[0]).page(f"page={number}")
        assert (items, bool(row.more)) == ([], False)
        assert "next" not in relations(header)


def test_a_list_below_nothing_is_not_found(world: World) -> None:
    """`found` tells an empty list from one whose owner is not there or not visible."""
    seen = set()
    for read, paths in lists_of(world):
        found = [bool(Asked(world, read, "anonymous", path).page("")[1].found) for path in paths]
        assert found[-1] is (read.parent is None)
        seen |= set(found)
    assert seen == {True, False}


def test_cursors_are_stable_while_rows_are_added(world: World) -> None:
    """A row that comes in on an earlier page moves nothing on the later ones."""
    asked = Asked(world, world.read("product.LIST"), "anonymous", {})
    first, _, header = asked.page("ordering=price&page_size=5")
    following = relations(header)["next"]
    before, _, _ = asked.page(following)
    cheapest = next(row for row in world.rows["product"] if row["is_active"])
    new = {**cheapest, "id": "00000000-0000-4000-8000-000000000000", "slug": "new", "price": 1, "original_price": None}
    for database in world.databases:
        insert(database, "product", new)
    again, _, _ = asked.page(following)
    restarted, _, _ = asked.page("ordering=price&page_size=5")
    for database in world.databases:
        database.rows('DELETE FROM "product" WHERE "slug" = \'new\'')
    assert again == before
    assert restarted != first


def insert(database: Database, table: str, row: Row) -> None:
    """One row more."""
    if isinstance(database, Postgres):
        database.copy(table, [row])
        return
    names = ", ".join(f'"{name}"' for name in row)
    database.rows(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(row))})', list(row.values()))
