"""Shapes, values and filters that the marketplace does not have, on both databases and against plain Python."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from runtime.reads import GuardRead, ItemRead, ListRead, RecordRead
from runtime.reads.assembly import Caller
from tests.support.postgres import Postgres as PostgresServer
from tests.support.random_rows import Row
from tests.support.read_world import (
    Asked,
    World,
    lists_of,
    open_world,
    orders,
    pair,
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


def by_id(world: World, table: str) -> dict[object, Row]:
    """The rows of a table by their keys."""
    return {row["id"]: row for row in world.rows[table]}


def test_texts_are_joined_and_objects_looked_into(world: World) -> None:
    """Null where a part is; and what is ordered and filtered by them."""
    members, facts = by_id(world, "member"), set()
    for row, shown in books(world):
        assert shown["labelled"] == f"{row['title']} / {members[row['owner_id']]['name']}"
        assert shown["quoted"] == (row["data"] and f"<{row['data']['a']}>")
        facts |= {row["data"]["a"]} if row["data"] else set()
    for fact in facts:
        expected = {row["id"] for row, _ in books(world) if row["data"] and row["data"]["a"] == fact}
        asked = Asked(world, world.read("book.LIST"), "anonymous", {})
        query = f"{pair('fact', fact)}&ordering=fact&page_size=30"
        assert {item["id"] for page in asked.walk(query) for item in page} == expected


def test_the_first_of_values_is_that_of_the_first_record(world: World) -> None:
    """By the order said, or the relation's; of records that can be seen; null where there is none."""
    loans, notes = world.rows["loan"], world.rows["note"]
    seen = set()
    for row, shown in books(world):
        own = [each for each in loans if each["book_id"] == row["id"]]
        fined = sorted((each for each in own if each["fine"] is not None), key=lambda x: (x["lent_on"], x["id"]))
        last = money(fined[-1]["fine"]) if fined else None
        assert shown["last_fine"] == shown["renamed"]["last"] == last
        assert shown["fined_last"] is (last is not None and Decimal(last) > 10)
        words = [each for each in notes if each["loan_id"] in {loan["id"] for loan in own} and not each["secret"]]
        words.sort(key=lambda x: (x["written_at"], x["id"]))
        assert shown["first_note"] == (words[0]["text"] if words else None)
        assert shown["renamed"]["last_word"] == (words[-1]["text"] if words else None)
        seen |= {last is None, len(words) > 1}
    assert seen == {True, False}


def test_members_are_shown_under_other_names(world: World) -> None:
    """Columns, references and aggregates; one pass serves both names."""
    for row, shown in books(world):
        renamed = shown["renamed"]
        assert (renamed["called"], renamed["stands_at"]) == (row["title"], row["shelf_id"])
        assert (renamed["fines"], renamed["mean"]) == (shown["fine_sum"], shown["fine_mean"])
        assert renamed["loans"] == shown["group"]["deeper"]["loan_count"]
    body = world.read("book.LIST").body.sqlite
    assert body.count("count(*) AS") == 1


def test_each_record_counts_once_and_computed_numbers_are_summed(world: World) -> None:
    """However often the way reaches a record; numbers that follow a relation, nulls left out."""
    library = by_id(world, "book")
    repeated = 0
    for member in world.rows["member"]:
        one, other = world.both(
            (kept.item(world.read("member.RETRIEVE"), "anonymous") for kept in world.kept), {"id": member["id"]}
        )
        shown = same_json(one[0], other[0])
        own = [loan for loan in world.rows["loan"] if loan["borrower_id"] == member["id"]]
        assert shown["titles"] == len({loan["book_id"] for loan in own})
        repeated += shown["titles"] < len(own)
        priced = [(loan["days"], library[loan["book_id"]]["price"]) for loan in own]
        assert shown["due"] == money(sum(days * price for days, price in priced if price is not None))
        positive = [days * price for days, price in priced if price is not None and days > 0]
        assert shown["mean_due"] == mean(positive, 2, 1)
    assert repeated


def test_related_rows_are_chosen_ordered_and_cut_off(world: World) -> None:
    """`where`, `sort` and `limit` of a has_many; a to-one over two steps."""
    library = by_id(world, "book")
    for row, shown in books(world):
        own = [each for each in world.rows["loan"] if each["book_id"] == row["id"]]
        wanted = [each for each in own if each["days"] > 3 and each["borrower_id"] != row["owner_id"]]
        wanted.sort(key=lambda each: (each["lent_on"], each["id"]))
        assert [each["id"] for each in shown["loans"]] == [each["id"] for each in wanted[:2]]
        before = library.get(library.get(row["prequel_id"], {}).get("prequel_id"))
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


# --- who asks ---------------------------------------------------------------------------------


def callers(world: World) -> Iterator[tuple[Caller, dict[str, Any], Row]]:
    """Nobody, somebody unknown, and each kind of active caller with their row: those who get an answer."""
    members = by_id(world, "member")
    for caller, actor in world.callers():
        member = members.get(actor.get("actor_id"), {})
        if member.get("is_active", True):
            yield caller, actor, member


def has_had(world: World, member: Row, book: object) -> bool:
    """Whether a member has had a book."""
    return any(loan["book_id"] == book and loan["borrower_id"] == member.get("id") for loan in world.rows["loan"])


def test_records_are_open_to_those_who_have_had_them(world: World) -> None:
    """An `exists` about the caller in a policy: with and without a lock, never true for nobody."""
    read, outcomes = world.read("book.UPDATE_RECORD"), set()
    width = len(read.columns)
    for (caller, actor, member), book in itertools.product(callers(world), world.rows["book"][::4]):
        values = {**actor, "id": book["id"]}
        own = member.get("id") == book["owner_id"]
        allowed = own or member.get("role") == "keeper" or has_had(world, member, book["id"])
        for lock in (False, True) if caller != "joined" else (False,):
            rows = world.both((kept.record(read, caller, lock=lock) for kept in world.kept), values)
            assert [bool(row[width]) for row in rows] == [allowed, allowed]
        outcomes.add((caller, allowed))
    assert outcomes == {("anonymous", False), *itertools.product(("joined", "bound"), (True, False))}


def test_rows_are_visible_to_those_they_are_shared_with(world: World) -> None:
    """An `exists` about the caller in `visible`."""
    loans, outcomes = by_id(world, "loan"), set()
    for (caller, actor, member), note in itertools.product(callers(world), world.rows["note"][::3]):
        book = loans[note["loan_id"]]["book_id"]
        path = {"id": note["id"], "loan_id": note["loan_id"], "book_id": book}
        statements = (kept.item(world.read("note.RETRIEVE"), caller) for kept in world.kept)
        one, other = world.both(statements, {**actor, **path})
        shared, special = has_had(world, member, book), member.get("role") == "keeper"
        special |= note["author_id"] == member.get("id")
        shown = not note["secret"] or shared or special
        assert [row[0] is not None for row in (one, other)] == [shown, shown]
        if note["secret"] and not special:
            outcomes.add((caller, shared))
    assert outcomes == {("anonymous", False), *itertools.product(("joined", "bound"), (True, False))}


def test_lists_say_what_the_caller_has_had(world: World) -> None:
    """The same by name in a representation."""
    had = 0
    for caller, actor, member in callers(world):
        asked = Asked(world, world.read("book.LIST"), caller, actor)
        shown = {item["id"]: item["lent_to_actor"] for page in asked.walk("ordering=id&page_size=30") for item in page}
        assert shown == {row["id"]: has_had(world, member, row["id"]) for row in world.rows["book"]}
        had += any(shown.values())
    assert had


def test_wide_rows_are_shown_whole(world: World) -> None:
    """More values than PostgreSQL passes to one function."""
    asked = Asked(world, world.read("wide.LIST"), "anonymous", {})
    items, _, _ = asked.page("")
    assert [len(item["all"]) for item in items] == [150] * COUNTS["Wide"]
