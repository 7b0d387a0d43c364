"""Lists: bounded pages by number and by cursor, in an order that leaves nothing out."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.api.client import BASE, Caller, faults, links, ok, pages, problem
from tests.api.conftest import NewProduct

DOCUMENT = "/api/openapi.json"


@pytest.mark.promise("1.26")
@pytest.mark.parametrize("page_size", ["0", "-1", "101", "abc", "", "1.5", "1e1", "99999999999999999999"])
def test_page_sizes_are_bounded(nobody: Caller, page_size: str) -> None:
    assert faults(nobody.get("products/", page_size=page_size)) == {"page_size"}


@pytest.mark.promise("1.27")
@pytest.mark.parametrize("page", ["0", "-1", "abc", "", "1.5", "99999999999999999999"])
def test_pages_begin_at_one(nobody: Caller, page: str) -> None:
    assert faults(nobody.get("products/", page=page)) == {"page"}


@pytest.mark.promise("1.25", "1.27")
@pytest.mark.parametrize("path", ["products/", "categories/", "categories/watches/products/"])
def test_a_list_is_an_array_that_is_bounded(nobody: Caller, path: str) -> None:
    assert len(ok(nobody.get(path))) <= 20
    assert len(ok(nobody.get(path, page_size=3))) == 3
    assert ok(nobody.get(path, page=900_000)) == []
    assert ok(nobody.get(path, page=2**53 // 200)) == []


@pytest.mark.promise("1.26")
def test_twenty_by_default_and_a_hundred_at_most(nobody: Caller) -> None:
    assert len(ok(nobody.get("products/"))) == 20
    assert len(ok(nobody.get("products/", page_size=100))) == 100


@pytest.mark.parametrize("name", ["page", "page_size", "ordering", "count", "cursor", "min_price", "search"])
def test_what_is_given_once_is_not_given_twice(nobody: Caller, name: str) -> None:
    assert name in faults(nobody.get("products/", **{name: ["1", "1"]}))


@pytest.mark.promise("1.30")
def test_pages_by_number(nobody: Caller, seller: Caller, new_product: NewProduct) -> None:
    made = [new_product(seller)["slug"] for _ in range(5)][::-1]
    query = {"seller": seller.id, "page_size": 2}
    found = [nobody.get("products/", page=page, **query) for page in (1, 2, 3, 4)]
    assert [[each["slug"] for each in ok(answer)] for answer in found] == [made[:2], made[2:4], made[4:], []]
    relations = [set(links(answer)) for answer in found]
    assert relations == [{"first", "next"}, {"first", "prev", "next"}, {"first", "prev"}, {"first", "prev"}]
    second = links(found[1])
    assert ok(nobody.request("GET", second["next"])) == ok(found[2])
    assert ok(nobody.request("GET", second["prev"])) == ok(found[0])
    assert ok(nobody.request("GET", second["first"])) == ok(found[0])


@pytest.mark.promise("1.28", "1.30")
def test_pages_by_cursor(nobody: Caller, seller: Caller, new_product: NewProduct) -> None:
    made = [new_product(seller)["slug"] for _ in range(5)][::-1]
    first = nobody.get("products/", seller=seller.id, page_size=2)
    second = nobody.request("GET", links(first)["next"])
    third = nobody.request("GET", links(second)["next"])
    assert [[each["slug"] for each in ok(page)] for page in (first, second, third)] == [made[:2], made[2:4], made[4:]]
    assert "next" not in links(third)
    assert "prev" not in links(first)
    assert ok(nobody.request("GET", links(third)["prev"])) == ok(second)
    assert ok(nobody.request("GET", links(second)["prev"])) == ok(first)
    assert ok(nobody.request("GET", links(third)["first"])) == ok(first)


@pytest.mark.promise("1.29")
def test_a_cursor_stays_where_it_is_while_rows_come(nobody: Caller, seller: Caller, new_product: NewProduct) -> None:
    made = [new_product(seller)["slug"] for _ in range(4)][::-1]
    first = nobody.get("products/", seller=seller.id, page_size=2)
    new_product(seller)
    ok(seller.delete(f"products/{made[0]}/"), 204)
    second = nobody.request("GET", links(first)["next"])
    assert [each["slug"] for each in ok(second)] == made[2:]


@pytest.mark.promise("1.28")
@pytest.mark.parametrize(
    "ordering",
    ["price", "-price", "name", "-average_rating", "view_count,-price", "-favorite_count,name", "-created_at"],
)
def test_cursors_walk_through_everything_once(nobody: Caller, ordering: str) -> None:
    query = {"ordering": ordering, "category": "electronics", "page_size": 7, "created_before": "2026-11-01T00:00:00Z"}
    walked = [each["id"] for page in pages(nobody, nobody.get("products/", **query)) for each in page]
    whole = [ok(nobody.get("products/", **query | {"page_size": 100, "page": page})) for page in (1, 2, 3)]
    assert walked == [each["id"] for page in whole for each in page]
    assert len(walked) == len(set(walked)) > 20


@pytest.mark.promise("1.35")
def test_ties_are_broken(nobody: Caller, seller: Caller, new_product: NewProduct) -> None:
    made = {new_product(seller, name="Twin", price="5.00")["id"] for _ in range(7)}
    for ordering in ("price", "-price", "name", "-average_rating"):
        query = {"seller": seller.id, "ordering": ordering, "page_size": 2}
        numbered = [each["id"] for page in range(1, 5) for each in ok(nobody.get("products/", page=page, **query))]
        walked = [each["id"] for page in pages(nobody, nobody.get("products/", **query)) for each in page]
        assert set(numbered) == set(walked) == made
        assert len(numbered) == len(walked) == 7


@pytest.mark.promise("1.28")
@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "%00", "🦔", "bnVsbA", "W10", "x" * 5000, "eyJhIjoxfQ"])
def test_a_cursor_that_nobody_gave_out(nobody: Caller, cursor: str) -> None:
    assert faults(nobody.get("products/", cursor=cursor)) == {"cursor"}


def test_a_cursor_knows_its_order_and_its_place(nobody: Caller, seller: Caller, new_product: NewProduct) -> None:
    """Whatever else a request says beside it, and in whichever order the next page would be without it."""
    prices = ("10.00", "40.00", "20.00", "30.00")
    made = [new_product(seller, price=price)["id"] for price in prices]
    asked = {"seller": seller.id, "page_size": 2}
    first = links(nobody.get("products/", ordering="price", **asked))["next"]
    cursor = str(parse_qs(urlsplit(first).query)["cursor"][0])
    expected = [made[3], made[1]]
    for more in ({"ordering": "price"}, {}, {"ordering": "-price"}, {"page": 1}, {"page": 7, "ordering": "name"}):
        assert [each["id"] for each in ok(nobody.get("products/", cursor=cursor, **asked, **more))] == expected


def test_a_cursor_of_another_list(nobody: Caller) -> None:
    cursor = re.search(r"cursor=([^&]+)", links(nobody.get("products/"))["next"])
    assert cursor
    assert faults(nobody.get("categories/", cursor=cursor[1])) == {"cursor"}


def test_the_documents_example_of_a_cursor_begins_at_the_beginning(nobody: Caller) -> None:
    document = ok(nobody.get("/api/openapi.json"))
    listed = document["paths"]["/api/marketplace/products"]["get"]["parameters"]
    example = next(each["schema"]["examples"][0] for each in listed if each["name"] == "cursor")
    assert ok(nobody.get("products/", cursor=example)) == ok(nobody.get("products/"))


@pytest.mark.promise("1.31")
def test_counting_is_asked_for(nobody: Caller, seller: Caller, new_product: NewProduct) -> None:
    for _ in range(3):
        new_product(seller)
    query = {"seller": seller.id, "page_size": 2}
    assert "x-total-count" not in nobody.get("products/", **query).headers
    for more in ({}, {"page": 2}, {"page": 50}):
        assert nobody.get("products/", count="exact", **query, **more).headers["x-total-count"] == "3"
    first = nobody.get("products/", count="exact", **query)
    assert nobody.request("GET", links(first)["next"]).headers["x-total-count"] == "3"
    assert faults(nobody.get("products/", count="yes")) == {"count"}


@pytest.mark.promise("1.30")
def test_links_repeat_the_query(nobody: Caller) -> None:
    query = {"search": "a", "ordering": "-price,name", "category": ["home-kitchen", "1"], "page_size": 2, "x": "ö&="}
    for more in ({}, {"page": 1}):
        following = links(nobody.get("products/", **query, **more))["next"]
        assert following.startswith(f"{BASE}/products/?")
        sent = httpx.URL(following).params
        assert sent.get_list("category") == ["home-kitchen", "1"]
        assert (sent["search"], sent["ordering"], sent["x"]) == ("a", "-price,name", "ö&=")


@pytest.mark.promise("1.40")
@pytest.mark.parametrize("query", ["search=%00", "brand=a%00", "search=%ff", "x=%00", "search=%zz", "tags=%ed%a0%80"])
def test_a_query_that_cannot_be_meant(nobody: Caller, query: str) -> None:
    problem(nobody.get(f"products/?{query}"), 400, "INVALID_INPUT")


@pytest.mark.promise("1.40")
@pytest.mark.parametrize("query", ["x=%00", "%00", "x=%ed%a0%80", "x=%zz"])
def test_nor_where_no_query_is_read(nobody: Caller, buyer: Caller, product: dict[str, Any], query: str) -> None:
    path = f"products/{product['slug']}/"
    problem(nobody.get(f"{path}?{query}"), 400, "INVALID_INPUT")
    problem(nobody.post(f"{path}click/?{query}"), 400, "INVALID_INPUT")
    problem(buyer.post(f"{path}favorite/?{query}"), 400, "INVALID_INPUT")
    problem(buyer.post(f"{path}reviews/?{query}", {"rating": 5}), 400, "INVALID_INPUT")
