"""What holds of categories and products, beyond what the API's own tests show."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from runtime import settings
from tests.api.client import Caller, eventually, ok, register, statements, stays, unique
from tests.api.conftest import NewProduct, offer
from tests.api.shopping import metrics
from tests.support.servers import ROOT, Server, killing, restart, running, stop
from tests.support.sql import execute, rows

COLUMNS = "name, slug, description, is_active, created_at, updated_at"
MOMENT = "'2026-01-01T00:00:00.000000Z'"


# --- categories -------------------------------------------------------------------------------


@pytest.mark.promise("3.02")
def test_no_two_categories_are_called_the_same(server: Server, categories: dict[str, Any]) -> None:
    """Nobody can make one by HTTP, so it is the database that is asked."""
    there = categories["Audio"]
    for name, slug in ((there["name"], unique("other-")), (unique("Other "), there["slug"])):
        with pytest.raises((sqlite3.IntegrityError, asyncpg.UniqueViolationError)):
            execute(
                server.database,
                f"INSERT INTO category ({COLUMNS}) VALUES ('{name}', '{slug}', '', true, {MOMENT}, {MOMENT})",
            )


@pytest.mark.promise("3.09")
def test_no_category_is_its_own_ancestor(server: Server, nobody: Caller, categories: dict[str, Any]) -> None:
    """Nobody can move one by HTTP; who does so behind the API's back gets trees that end all the same."""
    names = [unique("Ring ") for _ in range(2)]
    for name in names:
        slug = name.lower().replace(" ", "-")
        values = f"'{name}', '{slug}', '', true, {MOMENT}, {MOMENT}"
        execute(server.database, f"INSERT INTO category ({COLUMNS}) VALUES ({values})")
    one, two = (
        key for (key,) in rows(server.database, f"SELECT id FROM category WHERE name IN ('{names[0]}', '{names[1]}')")
    )
    execute(server.database, f"UPDATE category SET parent_id = {two} WHERE id = {one}")
    with pytest.raises((sqlite3.IntegrityError, asyncpg.PostgresError)):
        execute(server.database, f"UPDATE category SET parent_id = {one} WHERE id = {two}")
    with pytest.raises((sqlite3.IntegrityError, asyncpg.PostgresError)):
        execute(server.database, f"UPDATE category SET parent_id = {one} WHERE id = {one}")
    execute(server.database, f"DELETE FROM category WHERE id IN ({one}, {two})")


# --- products ---------------------------------------------------------------------------------


@pytest.mark.promise("3.11", "3.14", "3.15", "3.18", "3.20", "3.22", "3.23", "3.24", "3.25", "3.27")
def test_a_product_at_all_of_its_limits_is_taken(seller: Caller, categories: dict[str, Any]) -> None:
    largest: dict[str, Any] = {
        "name": "n" * 200,
        "description": "d" * 20_000,
        "short_description": "s" * 300,
        "price": "100000.00",
        "original_price": "100000.01",
        "stock_quantity": 2_147_483_647,
        "brand": "b" * 100,
        "model": "m" * 100,
        "weight": "0.01",
        "dimensions_length": "0.00",
        "dimensions_width": "1000.55",
        "dimensions_height": None,
        "colors": ["c" * 50] * 30,
        "tags": [f"{number:050}" for number in range(30)],
        "materials": "l" * 2_000,
    }
    made = ok(seller.post("products/", offer(categories) | largest), 201)
    assert {name: made[name] for name in largest} == largest
    smallest = {"name": "n", "description": "d", "price": "0.01", "original_price": "0.02", "stock_quantity": 0}
    made = ok(seller.post("products/", offer(categories) | smallest), 201)
    assert {name: made[name] for name in smallest} == smallest


@pytest.mark.promise("3.21")
@pytest.mark.parametrize("condition", ["new", "like_new", "good", "fair", "poor"])
def test_every_condition_is_taken(seller: Caller, new_product: NewProduct, condition: str) -> None:
    assert new_product(seller, condition=condition)["condition"] == condition


@pytest.mark.promise("3.32")
def test_in_stock_is_what_there_is_something_of(nobody: Caller, seller: Caller, new_product: NewProduct) -> None:
    made = new_product(seller, stock_quantity=1)
    for number in (0, 2, 0):
        ok(seller.patch(f"products/{made['slug']}/", {"stock_quantity": number}))
        (item,) = ok(nobody.get("products/", seller=seller.id))
        detail = ok(nobody.get(f"products/{made['slug']}/"))
        assert (item["is_in_stock"], detail["is_in_stock"]) == (number > 0, number > 0)


@pytest.mark.promise("3.36")
def test_the_sellers_active_products_are_counted(nobody: Caller, seller: Caller, new_product: NewProduct) -> None:
    first, second, gone = (new_product(seller) for _ in range(3))
    new_product(register(nobody, "seller"))
    ok(seller.delete(f"products/{gone['slug']}/"), 204)
    for each in (first, second):
        assert ok(nobody.get(f"products/{each['slug']}/"))["seller_product_count"] == 2


@pytest.mark.promise("1.08")
@pytest.mark.parametrize("member", ["colors", "tags"])
@pytest.mark.parametrize("sent", ['["red", "a,b"]', ["red", "a,b"]], ids=["json", "repeated"])
def test_a_list_in_a_form(seller: Caller, product: dict[str, Any], member: str, sent: Any) -> None:
    changed = ok(seller.request("PATCH", f"products/{product['slug']}/", data={member: sent}))
    assert changed[member] == ["red", "a,b"]


@pytest.mark.promise("3.64")
def test_a_favourite_goes_with_its_user_and_counts_no_more(
    server: Server, nobody: Caller, product: dict[str, Any]
) -> None:
    people = [register(nobody) for _ in range(3)]
    for each in people:
        ok(each.post(f"products/{product['slug']}/favorite/"), 201)
    for left in (2, 1):
        execute(server.database, f'DELETE FROM "user" WHERE id = {people[left].id}')
        assert ok(nobody.get(f"products/{product['slug']}/"))["favorite_count"] == left
        ((kept,),) = rows(server.database, f"SELECT count(*) FROM favorite WHERE product_id = '{product['id']}'")
        assert kept == left


# --- counting ---------------------------------------------------------------------------------


@pytest.mark.promise("3.67")
def test_counting_is_no_statement_of_the_response(nobody: Caller, buyer: Caller, product: dict[str, Any]) -> None:
    for caller in (nobody, buyer):
        for _ in range(2):
            assert statements(caller.get(f"products/{product['slug']}/")) == 1
            assert statements(caller.post(f"products/{product['slug']}/click/")) == 1


@pytest.mark.promise("3.71")
def test_lists_are_activity_and_no_views(
    server: Server, seller: Caller, buyer: Caller, product: dict[str, Any]
) -> None:
    ok(buyer.get("products/", seller=seller.id))
    ok(buyer.get(f"categories/{product['category']['slug']}/products/", seller=seller.id))

    def kept() -> set[str]:
        sql = f"SELECT event FROM agora_event WHERE actor = '{buyer.id}'"
        return {event for (event,) in rows(server.database, sql)}

    eventually(kept, {"product.listing_view", "category.category_view"})
    assert metrics(seller, product)["total_views"] == 0
    ok(buyer.get(f"products/{product['slug']}/"))
    eventually(lambda: metrics(seller, product)["total_views"], 1)
    assert "product.detail_view" in kept()


@pytest.mark.promise("3.74")
def test_another_address_is_another_caller(server: Server, seller: Caller, product: dict[str, Any]) -> None:
    """Of the same agent; the loopback network has more than one address."""
    for address in ("127.0.0.1", "127.0.0.2", "127.0.0.1"):
        with httpx.Client(base_url=server.url, transport=httpx.HTTPTransport(local_address=address)) as http:
            ok(Caller(http).get(f"products/{product['slug']}/"))
    eventually(lambda: metrics(seller, product)["total_views"], 2)
    stays(lambda: metrics(seller, product)["total_views"], 2, seconds=1)


@pytest.mark.promise("3.73", "3.75", "4.15")
def test_what_is_configured_if_nothing_is(tmp_path: Path) -> None:
    plain = settings.load({}, tmp_path)
    assert (plain.track_once_seconds, plain.file_url_seconds) == (60, 3600)
    assert settings.load({"AGORA_TRACK_ONCE_SECONDS": "5"}, tmp_path).track_once_seconds == 5


@pytest.mark.promise("3.70")
def test_a_kill_costs_a_second_at_most(new_database: Callable[[], str], tmp_path: Path) -> None:
    clicks = 50
    with running(ROOT, new_database(), tmp_path) as served:
        again = served
        with httpx.Client(base_url=served.url) as http:
            caller = Caller(http)
            product = ok(caller.get("products/", page_size=1))[0]
            before = ok(caller.get(f"products/{product['slug']}/"))["click_count"]
            for number in range(clicks):
                path = f"products/{product['slug']}/click/"
                ok(caller.request("POST", path, headers={"User-Agent": f"agent {number}"}))
        time.sleep(1)  # what the promise allows; nothing is waited for
        killing(served)()
        try:
            again = restart(served)
            with httpx.Client(base_url=again.url) as http:
                found = ok(Caller(http).get(f"products/{product['slug']}/"))
            assert found["click_count"] == before + clicks
        finally:
            stop(again.process)
