"""The same thing done many times at once is done once, or as often as it was asked for; nothing gets lost."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.api.client import Caller, ok, problem, unique
from tests.api.concurrency import books
from tests.api.concurrency.crowds import People, ask, checkout, ordering, outcomes, putting
from tests.api.conftest import NewProduct
from tests.api.shopping import Product, put, stock
from tests.support.crowd import Ask, Crowd
from tests.support.servers import Server

MANY = 50


def bodies_under_one_key(crowd: Crowd, asked: Ask) -> str:
    """A request sent many times at once, and once more: the one answer that all get who are not told to wait."""
    answers = crowd.ask([asked] * MANY)
    refused = [each for each in answers if each.status_code == 409]
    for each in refused:
        problem(each, 409, "REQUEST_IN_PROGRESS")
        assert each.headers["retry-after"] == "1"
    done = [each for each in answers if each.status_code == 201]
    assert done and len(done) + len(refused) == MANY
    done += crowd.ask([asked])
    assert Counter(each.headers.get("idempotency-replayed") for each in done) == {None: 1, "true": len(done) - 1}
    ((body, location),) = {(each.text, each.headers.get("location")) for each in done}
    assert location is None or location.startswith("/api/marketplace/orders/")
    return body


@pytest.mark.promise("7.30")
def test_one_cart_is_bought_once(
    server: Server, crowd: Crowd, buyer: Caller, seller: Caller, new_product: NewProduct
) -> None:
    products = [new_product(seller, stock_quantity=MANY) for _ in range(2)]
    for product in products:
        put(buyer, product, 3)
    answers = crowd.ask([checkout(buyer)] * MANY)
    assert outcomes(answers) == {(201, ""): 1, (409, "CART_EMPTY"): MANY - 1}
    assert len(ok(buyer.get("orders/my_orders/"))) == 1
    assert ok(buyer.get("cart/"))["items"] == []
    assert [books.in_order(server, each, MANY) for each in products] == [3, 3]


@pytest.mark.promise("7.33", "7.34")
def test_one_key_is_one_order(
    server: Server, crowd: Crowd, buyer: Caller, seller: Caller, new_product: NewProduct
) -> None:
    product = new_product(seller, stock_quantity=MANY)
    asked = ordering(buyer, (product, 2), key=unique("order-"))
    body = bodies_under_one_key(crowd, asked)
    assert books.in_order(server, product, MANY) == 2
    (made,) = ok(buyer.get("orders/my_orders/"))
    assert made["id"] in body
    problem(
        crowd.ask([ordering(buyer, (product, 3), key=asked.headers["idempotency-key"])])[0],
        422,
        "IDEMPOTENCY_KEY_REUSED",
    )


@pytest.mark.promise("7.33")
def test_one_key_is_one_checkout(
    server: Server, crowd: Crowd, buyer: Caller, seller: Caller, new_product: NewProduct
) -> None:
    product = new_product(seller, stock_quantity=MANY)
    put(buyer, product, 2)
    body = bodies_under_one_key(crowd, checkout(buyer, key=unique("checkout-")))
    assert books.in_order(server, product, MANY) == 2
    (made,) = ok(buyer.get("orders/my_orders/"))
    assert made["id"] in body


@pytest.mark.promise("7.33")
def test_many_keys_are_many_orders(
    server: Server, crowd: Crowd, buyers: People, seller: Caller, new_product: NewProduct
) -> None:
    """The same key of another buyer is another one; so is another key of the same buyer."""
    product = new_product(seller, stock_quantity=MANY)
    shared = unique("shared-")
    asks = [ordering(each, (product, 1), key=shared) for each in buyers[:20]]
    asks += [ordering(buyers[0], (product, 1), key=unique("own-")) for _ in range(20)]
    assert outcomes(crowd.ask(asks)) == {(201, ""): 40}
    assert books.in_order(server, product, MANY) == 40


@pytest.mark.promise("3.63", "3.64")
@pytest.mark.parametrize("presses", [MANY, MANY - 1])
def test_a_favourite_is_switched_as_often_as_asked(crowd: Crowd, buyer: Caller, product: Product, presses: int) -> None:
    answers = crowd.ask([ask(buyer, "POST", f"products/{product['slug']}/favorite/")] * presses)
    counted = Counter((each.status_code, each.json()["favorited"]) for each in answers)
    assert counted == {(201, True): (presses + 1) // 2, (200, False): presses // 2}
    assert len(ok(buyer.get("products/favorites/"))) == presses % 2
    found = ok(buyer.get(f"products/{product['slug']}/"))
    assert (found["favorite_count"], found["is_favorited"]) == (presses % 2, bool(presses % 2))


def test_favourites_of_many_are_all_counted(crowd: Crowd, buyers: People, buyer: Caller, product: Product) -> None:
    """Those with an even number press twice."""
    people = [*buyers[:MANY], *buyers[:MANY:2]]
    crowd.ask([ask(each, "POST", f"products/{product['slug']}/favorite/") for each in people])
    assert ok(buyer.get(f"products/{product['slug']}/"))["favorite_count"] == MANY // 2
    assert ok(buyers[0].get(f"products/{product['slug']}/"))["is_favorited"] is False
    assert ok(buyers[1].get(f"products/{product['slug']}/"))["is_favorited"] is True


@pytest.mark.promise("6.23")
def test_what_is_added_at_once_is_one_line(
    crowd: Crowd, buyer: Caller, seller: Caller, new_product: NewProduct
) -> None:
    """Of a caller who has no cart yet."""
    product = new_product(seller, stock_quantity=MANY)
    answers = crowd.ask([putting(buyer, product)] * (MANY + 5))
    assert outcomes(answers) == {(201, ""): 1, (200, ""): MANY - 1, (409, "INSUFFICIENT_STOCK"): 5}
    items = [each.json()["item"] for each in answers if not each.is_error]
    assert sorted(each["quantity"] for each in items) == list(range(1, MANY + 1))
    (item,) = ok(buyer.get("cart/"))["items"]
    assert {each["id"] for each in items} == {item["id"]}
    assert item["quantity"] == MANY
    assert stock(buyer, product) == MANY


def test_a_cart_that_is_changed_and_bought_at_once(
    server: Server, crowd: Crowd, buyer: Caller, seller: Caller, new_product: NewProduct
) -> None:
    """Every piece that was put into it was bought or is still in it."""
    product = new_product(seller, stock_quantity=1000)
    asks = [putting(buyer, product), putting(buyer, product), checkout(buyer)] * 20
    answers = crowd.ask(asks)
    added = [each for each, asked in zip(answers, asks, strict=True) if "add_item" in asked.path]
    assert {each.status_code for each in added} <= {200, 201}
    left: int = ok(buyer.get("cart/"))["total_items"]
    assert books.in_order(server, product, 1000) + left == len(added)


@pytest.mark.promise("6.02")
def test_first_looks_at_a_cart_are_at_one_cart(crowd: Crowd, buyer: Caller) -> None:
    carts: list[dict[str, Any]] = [each.json() for each in crowd.ask([ask(buyer, "GET", "cart/")] * MANY)]
    assert len({each["id"] for each in carts}) == 1
    assert all(each == ok(buyer.get("cart/")) for each in carts)


@pytest.mark.promise("5.09")
def test_one_review_a_person(crowd: Crowd, buyers: People, buyer: Caller, product: Product) -> None:
    ways = [f"products/{product['slug']}/{way}/" for way in ("reviews", "add_review")]
    asks = [ask(buyer, "POST", ways[n % 2], {"rating": 2}) for n in range(MANY)]
    asks += [ask(each, "POST", ways[0], {"rating": 4}) for each in buyers[:3]]
    assert outcomes(crowd.ask(asks)) == {(201, ""): 4, (409, "ALREADY_REVIEWED"): MANY - 1}
    found = ok(buyer.get(f"products/{product['slug']}/"))
    assert (found["review_count"], found["average_rating"]) == (4, 3.5)
