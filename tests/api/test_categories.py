"""Categories: a tree of shelves, counted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Caller, faults, ok, problem, unique
from tests.api.conftest import NewProduct
from tests.support.servers import Server
from tests.support.sql import execute

SHAPE = {*("id", "name", "slug", "description", "parent", "subcategories", "product_count", "is_active", "created_at")}


def walk(tree: dict[str, Any]) -> list[dict[str, Any]]:
    return [tree, *(each for inner in tree["subcategories"] for each in walk(inner))]


@pytest.mark.promise("3.07")
def test_every_active_category_is_listed_by_name(nobody: Caller, categories: dict[str, Any]) -> None:
    names = [each["name"] for page in (1, 2) for each in ok(nobody.get("categories/", page_size=50, page=page))]
    assert names == sorted(names)
    assert set(names) == set(categories)
    assert len(names) >= 35


@pytest.mark.promise("3.03", "3.05")
def test_the_tree_goes_all_the_way_down(nobody: Caller, categories: dict[str, Any]) -> None:
    top = ok(nobody.get(f"categories/{categories['Home & Kitchen']['slug']}/"))
    assert set(top) == SHAPE
    assert top["parent"] is None
    (dining,) = (each for each in top["subcategories"] if each["name"] == "Cookware & Dining")
    assert dining["parent"] == top["id"]
    assert [each["name"] for each in dining["subcategories"]] == sorted(
        each["name"] for each in dining["subcategories"]
    )
    assert {each["name"] for each in dining["subcategories"]} >= {"Tableware", "Kitchen Knives"}
    for each in walk(top):
        assert set(each) == SHAPE
        assert each["is_active"] is True


@pytest.mark.promise("3.03")
def test_the_list_has_the_same_shape(nobody: Caller, categories: dict[str, Any]) -> None:
    for each in categories.values():
        assert set(each) == SHAPE
        assert each["is_active"] is True
    shelf = ok(nobody.get("categories/", search="Lenses & Filters"))
    assert shelf == [ok(nobody.get(f"categories/{shelf[0]['slug']}/"))]


@pytest.mark.promise("3.04")
def test_the_count_is_of_the_categorys_own_active_products(
    nobody: Caller, seller: Caller, categories: dict[str, Any], new_product: NewProduct
) -> None:
    def count(name: str) -> int:
        return int(ok(nobody.get(f"categories/{categories[name]['slug']}/"))["product_count"])

    # A shelf that no other test fills.
    before = count("Stationery"), count("Soft Toys")
    made = [new_product(seller, category=categories["Soft Toys"]["id"]) for _ in range(2)]
    assert (count("Stationery"), count("Soft Toys")) == (before[0], before[1] + 2)
    ok(seller.delete(f"products/{made[0]['slug']}/"), 204)
    assert count("Soft Toys") == before[1] + 1
    ok(seller.delete(f"products/{made[1]['slug']}/"), 204)


@pytest.mark.promise("3.08")
def test_search_looks_at_name_and_description(nobody: Caller) -> None:
    assert "Tableware" in [each["name"] for each in ok(nobody.get("categories/", search="tableWARE"))]
    assert "Tableware" in [each["name"] for each in ok(nobody.get("categories/", search="cutlery plates"))]
    assert ok(nobody.get("categories/", search="cutlery zebra")) == []


@pytest.mark.promise("1.50")
def test_an_unknown_category_is_not_there(nobody: Caller) -> None:
    problem(nobody.get("categories/no-such-shelf/"), 404, "NOT_FOUND")
    problem(nobody.get("categories/no-such-shelf/products/"), 404, "NOT_FOUND")
    problem(nobody.get("categories/7/"), 404, "NOT_FOUND")


@pytest.fixture
def shelf(server: Server, nobody: Caller, categories: dict[str, Any]) -> dict[str, Any]:
    """A new category below Audio. Categories cannot be made over HTTP yet, so the database is told directly."""
    name = unique("Shelf ")
    slug = name.lower().replace(" ", "-")
    moment = "'2026-01-01T00:00:00.000000Z'"
    execute(
        server.database,
        "INSERT INTO category (name, slug, description, is_active, created_at, updated_at, parent_id) "
        f"VALUES ('{name}', '{slug}', '', true, {moment}, {moment}, {categories['Audio']['id']})",
    )
    made: dict[str, Any] = ok(nobody.get(f"categories/{slug}/"))
    return made


@pytest.mark.promise("3.05", "3.10")
def test_an_inactive_category_is_not_there(
    server: Server, nobody: Caller, admin: Caller, shelf: dict[str, Any], categories: dict[str, Any]
) -> None:
    def below() -> list[str]:
        audio = ok(nobody.get(f"categories/{categories['Audio']['slug']}/"))
        return [each["slug"] for each in audio["subcategories"]]

    assert shelf["slug"] in below()
    execute(server.database, f"UPDATE category SET is_active = false WHERE id = {shelf['id']}")
    assert shelf["slug"] not in below()
    for caller in (nobody, admin):
        problem(caller.get(f"categories/{shelf['slug']}/"), 404, "NOT_FOUND")
        problem(caller.get(f"categories/{shelf['slug']}/products/"), 404, "NOT_FOUND")
        assert ok(caller.get("categories/", search=shelf["name"])) == []


@pytest.mark.promise("3.17")
def test_a_product_outlives_its_category(
    server: Server, nobody: Caller, seller: Caller, shelf: dict[str, Any], new_product: NewProduct
) -> None:
    made = new_product(seller, category=shelf["id"])
    assert made["category"]["slug"] == shelf["slug"]
    execute(server.database, f"DELETE FROM category WHERE id = {shelf['id']}")
    assert ok(nobody.get(f"products/{made['slug']}/"))["category"] is None
    assert ok(nobody.get("products/", seller=seller.id))[0]["category"] is None
    assert faults(seller.patch(f"products/{made['slug']}/", {"category": shelf["id"]})) == {"category"}


# --- products of a category -------------------------------------------------------------------


@pytest.mark.promise("3.51")
def test_the_products_of_a_category_are_active_list_items(
    nobody: Caller, seller: Caller, categories: dict[str, Any], new_product: NewProduct
) -> None:
    shelf = categories["Watches"]
    shown, hidden = (new_product(seller, category=shelf["id"], brand="Meridian") for _ in range(2))
    ok(seller.delete(f"products/{hidden['slug']}/"), 204)
    path = f"categories/{shelf['slug']}/products/"
    found = ok(nobody.get(path, seller=seller.id))
    assert [each["slug"] for each in found] == [shown["slug"]]
    assert found == ok(nobody.get("products/", seller=seller.id))
    assert ok(seller.get(path, seller=seller.id)) != []
    assert [each["slug"] for each in ok(seller.get(path, seller=seller.id))] == [shown["slug"]]


@pytest.mark.promise("3.46")
@pytest.mark.parametrize(
    "query",
    [
        {"min_price": "100", "ordering": "price"},
        {"max_price": "60", "condition": ["new", "good"]},
        {"search": "watch", "ordering": "-name", "page_size": 3},
        {"in_stock": "true", "count": "exact"},
        {"tags": "gift,vintage"},
    ],
)
def test_the_same_filters_apply(nobody: Caller, categories: dict[str, Any], query: dict[str, Any]) -> None:
    slug = categories["Watches"]["slug"]
    within = nobody.get(f"categories/{slug}/products/", **query)
    everywhere = nobody.get("products/", category=slug, **query)
    assert ok(within) == ok(everywhere)
    assert within.headers.get("x-total-count") == everywhere.headers.get("x-total-count")


def test_a_parent_category_shows_its_own_products_only(nobody: Caller, categories: dict[str, Any]) -> None:
    assert ok(nobody.get(f"categories/{categories['Audio']['slug']}/products/")) == []
    assert ok(nobody.get("products/", category=categories["Audio"]["slug"])) != []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_categories_are_only_read(admin: Caller, categories: dict[str, Any], method: str) -> None:
    for path in ("categories/", f"categories/{categories['Audio']['slug']}/"):
        answer = admin.request(method, path, json={"name": "x"})
        problem(answer, 405, "METHOD_NOT_ALLOWED")
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
