"""Shapes, values and filters that the marketplace does not have, on both databases and against plain Python."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from runtime.reads import GuardRead, ItemRead, ListRead, RecordRead
from tests.support.postgres import Postgres as PostgresServer
from tests.support.random_rows import Row
from tests.support.read_world import (
    Asked,
    World,
    lists_of,
    open_world,
    orders,
    path_values,
    plain,
    queries,
    relations,
    same_json,
)

LIBRARY = Path(__file__).with_name("library") / "spec"
COUNTS = {"Member": 12, "Shelf": 45, "Book": 90, "Loan": 260, "Note": 120, "Wide": 9}


@pytest.fixture(scope="module")
def world(postgres: PostgresServer) -> Iterator[World]:
    """The library with random rows."""
    with open_world(LIBRARY, postgres.create_database(), COUNTS) as opened:
        yield opened


def test_lists_are_equal_on_both_databases(world: World) -> None:
    """All lists, all callers, all queries."""
    filled = 0
    for read, paths in lists_of(world):
        for (caller, actor), query in itertools.product(world.callers()[::2], queries(world, read)):
            for path in paths[-2:]:
                filled += bool(Asked(world, read, caller, {**actor, **path}).page(query)[0])
    assert filled > 300


def test_orders_with_nulls_walk_both_ways(world: World) -> None:
    """Nulls last in every direction, by number and by cursor, forwards and backwards."""
    for read, paths in lists_of(world):
        for order in ["", *orders(read)]:
            asked = Asked(world, read, "anonymous", paths[0])
            numbered = asked.walk(f"{order}&page_size=9&page=1")
            assert asked.walk(f"{order}&page_size=9") == numbered
            if read.pages.cursor and len(numbered) > 1:
                last = asked.page(asked.last(f"{order}&page_size=9"))[2]
                assert asked.walk(relations(last)["prev"], "prev") == list(reversed(numbered[:-1])), (read.name, order)


def test_single_rows_are_equal_on_both_databases(world: World) -> None:
    """Retrieves, results, records and parents, for all callers."""
    for resource, action, read in world.reads.values():
        if isinstance(read, ListRead):
            continue
        keys = [{"key": row["id"]} for row in world.rows[read.table][::9]]
        by_key = isinstance(read, ItemRead) and "$key" in read.where.sqlite
        paths = keys if by_key else path_values(world, resource, action, 15)
        for (caller, actor), path in itertools.product(world.callers(), paths):
            one, other = world.both((_statement(kept, read, caller) for kept in world.kept), {**actor, **path})
            assert plain(one[1:]) == plain(other[1:])
            if isinstance(read, ItemRead):
                same_json(one[0], other[0])


def _statement(kept: Any, read: Any, caller: Any) -> Any:
    if isinstance(read, RecordRead):
        return kept.record(read, caller)
    return kept.guard(read, caller) if isinstance(read, GuardRead) else kept.item(read, caller)


# --- against Python ---------------------------------------------------------------------------


def money(cents: int | None, places: int = 2) -> str | None:
    """A scaled integer as JSON shows it."""
    return None if cents is None else format(Decimal(cents).scaleb(-places), f".{places}f")


def mean(values: list[int], stored: int, places: int) -> float | None:
    """The exact mean of scaled integers, rounded half up, as a JSON number."""
    if not values:
        return None
    exact = Decimal(sum(values)).scaleb(-stored) / len(values)
    return float(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def books(world: World) -> list[tuple[Row, dict[str, Any]]]:
    """Each book with what the list shows of it."""
    asked = Asked(world, world.read("book.LIST"), "anonymous", {})
    shown = {item["id"]: item for page in asked.walk("ordering=id&page_size=30") for item in page}
    assert len(shown) == COUNTS["Book"]
    return [(row, shown[row["id"]]) for row in world.rows["book"]]


def test_plain_values_are_shown_as_they_are(world: World) -> None:
    """Every type, null or not."""
    for row, shown in books(world):
        assert shown["price"] == money(row["price"])
        assert shown["delta"] == money(row["delta"], 3)
        assert shown["read_on"] == (row["read_on"] and row["read_on"].isoformat())
        for name in ("title", "story", "data", "home", "flag", "score", "words"):
            assert shown[name] == row[name]
        assert shown["cover"] == ("file" if row["cover"] else None)
        assert shown["me"]["owner"] == str(row["owner_id"])


def test_computed_values_keep_their_scales(world: World) -> None:
    """Decimals stay exact, nulls stay null, conditions are never null."""
    for row, shown in books(world):
        group = shown["group"]
        assert group["twice"] == money(row["delta"] * 2, 3)
        half = (Decimal(abs(row["delta"])) / 20).quantize(Decimal(1), ROUND_HALF_UP).copy_sign(row["delta"])
        assert group["half"].replace("-0.00", "0.00") == money(int(half), 2)
        assert group["worth_more"] == (None if row["price"] is None else money(row["price"] - 150))
        assert group["is_flagged"] == row["flag"]
        assert group["is_low"] is (row["score"] is not None and row["score"] < 0)


def test_aggregates_count_what_they_say(world: World) -> None:
    """Counts, sums, means and existence, with conditions on both rows."""
    loans = world.rows["loan"]
    for row, shown in books(world):
        own = [loan for loan in loans if loan["book_id"] == row["id"]]
        fines = [loan["fine"] for loan in own if loan["fine"] is not None]
        assert shown["group"]["deeper"]["loan_count"] == len(own)
        assert shown["fine_sum"] == money(sum(fines))
        assert shown["fine_mean"] == mean(fines, 2, 1)
        late = [loan["days"] for loan in own if loan["fine"] is not None]
        assert shown["late_mean"] == pytest.approx(mean_away(late), abs=1e-9)
        assert shown["fined"] == sum(fine > 0 for fine in fines)
        assert shown["is_out"] is any(
            loan["returned_at"] is None and loan["borrower_id"] != row["owner_id"] for loan in own
        )
        last = max(
            (loan for loan in own if loan["fine"] is not None), key=lambda x: (x["lent_on"], x["id"]), default=None
        )
        assert (shown["last_loan"] and shown["last_loan"]["id"]) == (last and last["id"])


def mean_away(values: list[int]) -> float:
    """The mean with three places, halves away from zero."""
    return float((Decimal(sum(values)) / len(values)).quantize(Decimal("0.001"), ROUND_HALF_UP)) if values else 0.0


def test_related_rows_are_chosen_ordered_and_cut_off(world: World) -> None:
    """`where`, `sort` and `limit` of a has_many; a to-one over two steps."""
    by_id = {row["id"]: row for row in world.rows["book"]}
    for row, shown in books(world):
        own = [each for each in world.rows["loan"] if each["book_id"] == row["id"]]
        wanted = [each for each in own if each["days"] > 3 and each["borrower_id"] != row["owner_id"]]
        wanted.sort(key=lambda each: (each["lent_on"], each["id"]))
        assert [each["id"] for each in shown["loans"]] == [each["id"] for each in wanted[:2]]
        before = by_id.get(by_id.get(row["prequel_id"], {}).get("prequel_id"))
        assert (shown["before"] and shown["before"]["id"]) == (before and before["id"])


def test_trees_hold_everything_visible_below_in_order(world: World) -> None:
    """Each listed row with its own subtree, the recursive member last, hidden rows and what is below them left out."""
    shelves = world.rows["shelf"]

    def tree(row: Row) -> dict[str, Any]:
        below = [each for each in shelves if each["above_id"] == row["id"] and each["open"]]
        below.sort(key=lambda each: (each["rank"] is None, -(each["rank"] or 0), each["place"], each["id"]))
        return {"label": row["label"], "below": [tree(each) for each in below]}

    def stripped(shown: dict[str, Any]) -> dict[str, Any]:
        assert list(shown)[-1] == "below"
        return {"label": shown["label"], "below": [stripped(each) for each in shown["below"]]}

    def depth(shown: dict[str, Any]) -> int:
        return 1 + max(map(depth, shown["below"]), default=0)

    asked = Asked(world, world.read("shelf.LIST"), "anonymous", {})
    listed = [item for page in asked.walk("ordering=label&page_size=30") for item in page]
    visible = sorted((row for row in shelves if row["open"]), key=lambda row: row["label"])
    assert [stripped(item) for item in listed] == [tree(row) for row in visible]
    assert max(map(depth, listed)) >= 4


def test_a_chain_of_parents_must_hold_together(world: World) -> None:
    """A row three levels down is found below its own parents only."""
    read = world.read("note.RETRIEVE")
    for note in world.rows["note"][:40]:
        loan = next(row for row in world.rows["loan"] if row["id"] == note["loan_id"])
        names = dict(zip(("book_id", "loan_id", "note_id"), _parameters(world, "note", "retrieve"), strict=True))
        path = {names["book_id"]: loan["book_id"], names["loan_id"]: loan["id"], names["note_id"]: note["id"]}
        for changed, shown in (
            (path, not note["secret"]),
            ({**path, names["book_id"]: loan["book_id"] % 90 + 1}, False),
        ):
            one, _ = world.both((kept.item(read, "anonymous") for kept in world.kept), changed)
            assert (one[0] is not None) is shown


def _parameters(world: World, stem: str, action: str) -> list[str]:
    resource = next(each for each in world.model.resources if each.stem == stem)
    found = next(each for each in resource.actions if each.name == action)
    return [each.name for each in found.parameters]


def test_wide_rows_are_shown_whole(world: World) -> None:
    """More values than PostgreSQL passes to one function."""
    asked = Asked(world, world.read("wide.LIST"), "anonymous", {})
    items, _, _ = asked.page("")
    assert [len(item["all"]) for item in items] == [150] * COUNTS["Wide"]
