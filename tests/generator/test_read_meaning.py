"""What the marketplace's reads say, against the same question answered in Python; and how PostgreSQL finds it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import quote

import pytest

from runtime.reads.assembly import ListRow
from runtime.reads.query import plan_read
from tests.support.both_databases import Postgres
from tests.support.postgres import Postgres as PostgresServer
from tests.support.random_rows import Row
from tests.support.read_world import MARKETPLACE, MARKETPLACE_COUNTS, Asked, World, open_world

ALL = "page_size=100"


@pytest.fixture(scope="module")
def world(postgres: PostgresServer) -> Iterator[World]:
    """The marketplace with random rows."""
    with open_world(MARKETPLACE, postgres.create_database(), MARKETPLACE_COUNTS) as opened:
        yield opened


def listed(world: World, query: str = "", actor: Row | None = None, name: str = "product.LIST") -> list[Any]:
    """All items of a list, as this user sees them."""
    caller, values = ("joined", {"actor_id": actor["id"]}) if actor else ("anonymous", {})
    asked = Asked(world, world.read(name), caller, values)  # type: ignore[arg-type]  # one of the two literals
    return [item for page in asked.walk(f"{query}&{ALL}") for item in page]


def products(world: World) -> Iterator[tuple[Row, dict[str, Any]]]:
    """Each active product with what the list shows of it to nobody in particular."""
    shown = {item["id"]: item for item in listed(world)}
    rows = [row for row in world.rows["product"] if row["is_active"]]
    assert set(shown) == {str(row["id"]) for row in rows}
    yield from ((row, shown[str(row["id"])]) for row in rows)


def of(rows: list[Row], column: str, key: object) -> list[Row]:
    """The rows that point at a key."""
    return [row for row in rows if row[column] == key]


def test_ratings_and_counts_are_those_of_active_rows(world: World) -> None:
    """Aggregates never multiply each other."""
    for row, shown in products(world):
        ratings = [each["rating"] for each in of(world.rows["review"], "product_id", row["id"]) if each["is_active"]]
        exact = Decimal(sum(ratings)) / len(ratings) if ratings else Decimal(0)
        assert shown["review_count"] == len(ratings)
        assert shown["average_rating"] == float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
        assert shown["favorite_count"] == len(of(world.rows["favorite"], "product_id", row["id"]))
        assert shown["is_favorited"] is False


def test_prices_and_discounts_are_exact(world: World) -> None:
    """Decimal strings with two places; whole percents rounded down."""
    for row, shown in products(world):
        assert shown["price"] == f"{row['price'] // 100}.{row['price'] % 100:02}"
        sale = row["original_price"] is not None and row["original_price"] > row["price"]
        assert shown["is_on_sale"] is sale
        expected = (row["original_price"] - row["price"]) * 100 // row["original_price"] if sale else 0
        assert shown["discount_percentage"] == expected


def test_invisible_relations_are_null(world: World) -> None:
    """A category that is not active is not shown; of the images, the primary one is."""
    categories = {row["id"]: row for row in world.rows["category"]}
    seen = set()
    for row, shown in products(world):
        category = categories.get(row["category_id"])
        visible = category if category and category["is_active"] else None
        assert (shown["category"] and shown["category"]["id"]) == (visible and visible["id"])
        seen.add((category is None, visible is None))
        primary = [each for each in of(world.rows["product_image"], "product_id", row["id"]) if each["is_primary"]]
        assert (shown["primary_image"] and shown["primary_image"]["id"]) == (primary[0]["id"] if primary else None)
    assert seen == {(True, True), (False, True), (False, False)}


def test_favourites_are_the_callers_own(world: World) -> None:
    """`is_favorited` and the list of favourites agree for every user."""
    for user in [row for row in world.rows["user"] if row["is_active"]][:8]:
        own = {str(row["product_id"]) for row in of(world.rows["favorite"], "user_id", user["id"])}
        marked = {item["id"] for item in listed(world, actor=user) if item["is_favorited"]}
        active = {str(row["id"]) for row in world.rows["product"] if row["is_active"]}
        assert marked == own & active
        kept = listed(world, actor=user, name="favorite.LIST")
        assert {item["product"]["id"] for item in kept} == own & active
        times = [item["created_at"] for item in kept]
        assert times == sorted(times, reverse=True)


def test_who_sees_what_is_not_active(world: World) -> None:
    """Its seller and admins find an inactive product; others do not."""
    seen = set()
    for row, user in itertools.product(world.rows["product"][:40], world.rows["user"][:10]):
        values = {"slug": row["slug"], "actor_id": user["id"], "actor_role": user["role"]}
        one, _ = world.both((kept.item(world.read("product.RETRIEVE"), "bound") for kept in world.kept), values)
        allowed = row["is_active"] or row["seller_id"] == user["id"] or user["role"] == "admin"
        assert (one[0] is not None) is allowed
        seen.add((row["is_active"], allowed))
    assert seen == {(True, True), (False, True), (False, False)}


def test_a_category_includes_what_is_below_it(world: World) -> None:
    """By slug and by id; only over visible categories."""
    rows = {row["id"]: row for row in world.rows["category"]}

    def below(key: int) -> set[int]:
        if not rows[key]["is_active"]:
            return set()
        children = (row["id"] for row in rows.values() if row["parent_id"] == key)
        return {key}.union(*map(below, children))

    for key, row in rows.items():
        wanted = below(key)
        expected = {
            str(each["id"]) for each in world.rows["product"] if each["is_active"] and each["category_id"] in wanted
        }
        for value in (row["slug"], key):
            assert {item["id"] for item in listed(world, f"category={value}")} == expected


def test_search_wants_every_word_somewhere(world: World) -> None:
    """In any of the fields, without regard to case, signs taken as they are."""
    fields = ("name", "description", "brand")
    for query, words in (
        ("plain", ["plain"]),
        ("CAF%C3%89+%25", ["café", "%"]),
        ("off_+%5C", ["off_", "\\"]),
        ("%C3%84RGER+tab", ["ärger", "tab"]),
        ("nowhere+plain", ["nowhere", "plain"]),
    ):
        expected = set()
        for row in world.rows["product"]:
            text = "\n".join([*(row[name] for name in fields), *row["tags"]]).lower()
            if row["is_active"] and all(word in text for word in words):
                expected.add(str(row["id"]))
        assert {item["id"] for item in listed(world, f"search={query}")} == expected


def test_filters_pick_the_rows_they_name(world: World) -> None:
    """A few of each kind, against Python."""
    rows = [row for row in world.rows["product"] if row["is_active"]]
    tag = next(row["tags"][0] for row in rows if row["tags"] and "," not in row["tags"][0])
    ratings = {item["id"]: item["average_rating"] for item in listed(world)}
    cases = {
        "min_price=50.5": [row for row in rows if row["price"] >= 5050],
        "in_stock=false": [row for row in rows if row["stock_quantity"] == 0],
        "condition=new&condition=poor": [row for row in rows if row["condition"] in ("new", "poor")],
        "min_rating=3.5": [row for row in rows if ratings[str(row["id"])] >= 3.5],
        "seller=3": [row for row in rows if row["seller_id"] == 3],
    }
    for query, expected in cases.items():
        assert {item["id"] for item in listed(world, query)} == {str(row["id"]) for row in expected}, query
    with_tag = {str(row["id"]) for row in rows if tag in row["tags"]}
    assert {item["id"] for item in listed(world, f"tags={quote(tag)}")} == with_tag


# --- how it is found --------------------------------------------------------------------------

ROWS = 3000


@pytest.fixture(scope="module")
def large(world: World) -> Postgres:
    """The same database with enough products that the planner looks for an index."""
    database = world.databases[1]
    assert isinstance(database, Postgres)
    columns = [name for name in world.rows["product"][0] if name not in ("id", "slug", "created_at")]
    copied = ", ".join(f'p."{name}"' for name in columns)
    named = ", ".join(f'"{name}"' for name in columns)
    database.execute(
        f'INSERT INTO "product" ("id", "slug", "created_at", {named}) '
        f"SELECT gen_random_uuid(), p.\"slug\" || '-' || n, p.\"created_at\" - n * interval '1 hour', {copied} "
        f'FROM "product" p, generate_series(1, {ROWS // len(world.rows["product"])}) n'
    )
    database.execute(
        'INSERT INTO "review" ("product_id", "reviewer_id", "rating") '
        'SELECT p."id", u."id", 3 FROM "product" p, "user" u ON CONFLICT DO NOTHING'
    )
    database.execute("ANALYZE")
    return database


@pytest.mark.parametrize("query", ["", "page=3", "ordering=price", "ordering=-price&min_price=5"])
def test_the_main_list_scans_no_table_per_row(world: World, large: Postgres, query: str) -> None:
    """The page comes from an index, and what is counted for a row is found by one."""
    read = world.read("product.LIST")
    plan = plan_read(read, query)
    statement = world.kept[1].list(read, plan.shape, "anonymous")
    large.execute("SET random_page_cost = 1.1")
    lines = [row[0] for row in large.rows(f"EXPLAIN {statement.text}", statement.arguments(plan.values))]
    scans = [line.strip() for line in lines if "Seq Scan on" in line]
    assert not [line for line in scans if any(name in line for name in ("on product ", "on review ", "on favorite "))]
    assert any("Index" in line and "on product " in line for line in lines)


def test_bodies_stay_text_whatever_the_session_says(world: World, large: Postgres) -> None:
    """Time zone, date style and number format of a session do not show in the answer."""
    read = world.read("product.LIST")
    statement = world.kept[1].list(read, plan_read(read, "").shape, "anonymous")
    large.execute("SET timezone = 'UTC'; SET datestyle = 'ISO, MDY'")
    one = large.row(statement, {})
    large.execute("SET timezone = 'America/St_Johns'; SET datestyle = 'German'; SET extra_float_digits = 0")
    other = large.row(statement, {})
    assert one is not None and other is not None
    assert ListRow(*one[:6]).body == ListRow(*other[:6]).body
