"""Many buy what there are few of: exactly what there is is sold, however they come to it."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from tests.api.client import Caller, ok
from tests.api.concurrency import books
from tests.api.concurrency.crowds import People, ask, checkout, ordering, outcomes, putting
from tests.api.conftest import NewProduct
from tests.api.shopping import Product, stock
from tests.support.crowd import Crowd
from tests.support.servers import Server

PIECES = 50


def directly(crowd: Crowd, buyers: People, product: Product) -> list[httpx.Response]:
    """Everybody orders one."""
    return crowd.ask([ordering(buyer, (product, 1)) for buyer in buyers])


def by_cart(crowd: Crowd, buyers: People, product: Product) -> list[httpx.Response]:
    """Everybody has one in the cart, and then everybody checks out."""
    put = crowd.ask([putting(buyer, product) for buyer in buyers])
    assert outcomes(put) == {(201, ""): len(buyers)}
    answers = crowd.ask([checkout(buyer) for buyer in buyers])
    left = crowd.ask([ask(buyer, "DELETE", "cart/clear/") for buyer in buyers])
    assert [each.json()["removed_count"] for each in left] == [int(each.is_error) for each in answers]
    return answers


@pytest.mark.promise("6.22", "7.24", "7.27", "7.28")
@pytest.mark.parametrize("buy", [directly, by_cart])
def test_two_hundred_buyers_get_fifty_pieces(
    buy: Callable[[Crowd, People, Product], list[httpx.Response]],
    server: Server,
    crowd: Crowd,
    buyers: People,
    seller: Caller,
    new_product: NewProduct,
    times: Callable[[int], int],
) -> None:
    for _ in range(times(100) // 2):
        product = new_product(seller, stock_quantity=PIECES, price="3.35")
        answers = buy(crowd, buyers, product)
        assert outcomes(answers) == {(201, ""): PIECES, (409, "INSUFFICIENT_STOCK"): len(buyers) - PIECES}
        for each in answers:
            if each.is_error:
                (short,) = each.json()["lines"]
                assert (short["product_id"], short["requested_quantity"]) == (product["id"], 1)
        assert stock(seller, product) == 0
        assert books.in_order(server, product, PIECES) == PIECES
        assert books.orders_of(server, product) == {each.json()["id"] for each in answers if not each.is_error}


def test_carts_that_cross_do_not_wait_for_each_other(
    server: Server, crowd: Crowd, buyers: People, seller: Caller, new_product: NewProduct, times: Callable[[int], int]
) -> None:
    """{X, Y} and {Y, X}: whoever locks in the order of the cart waits for who waits for them."""
    pairs = times(200)
    one, other = (new_product(seller, stock_quantity=2 * pairs) for _ in range(2))
    for start in range(0, pairs, 100):
        people = buyers[: 2 * min(100, pairs - start)]
        for turn in range(2):
            crowd.ask([putting(buyer, (one, other)[(n + turn) % 2]) for n, buyer in enumerate(people)])
        assert outcomes(crowd.ask([checkout(buyer) for buyer in people])) == {(201, ""): len(people)}
    for product in (one, other):
        assert stock(seller, product) == 0
        assert books.in_order(server, product, 2 * pairs) == 2 * pairs


def test_orders_whose_lines_cross_do_not_wait_for_each_other(
    server: Server, crowd: Crowd, buyers: People, seller: Caller, new_product: NewProduct, times: Callable[[int], int]
) -> None:
    pairs = times(200)
    products = [new_product(seller, stock_quantity=2 * pairs) for _ in range(4)]
    for start in range(0, pairs, 100):
        people = buyers[: 2 * min(100, pairs - start)]
        lines = [(product, 1) for product in products]
        asks = [ordering(buyer, *(lines if n % 2 else reversed(lines))) for n, buyer in enumerate(people)]
        assert outcomes(crowd.ask(asks)) == {(201, ""): len(people)}
    assert [books.in_order(server, each, 2 * pairs) for each in products] == [2 * pairs] * 4


@pytest.mark.promise("7.27", "7.28")
def test_stock_is_all_that_an_order_may_take(
    server: Server, crowd: Crowd, buyers: People, seller: Caller, new_product: NewProduct
) -> None:
    """Quantities that do not divide the stock: what is left is less than anybody wants."""
    product = new_product(seller, stock_quantity=PIECES)
    answers = crowd.ask([ordering(buyer, (product, 7)) for buyer in buyers[:40]])
    assert outcomes(answers) == {(201, ""): 7, (409, "INSUFFICIENT_STOCK"): 33}
    last = {each.json()["lines"][0]["available_stock"] for each in answers if each.is_error}
    assert last == {1}
    assert books.in_order(server, product, PIECES) == 49
    assert ok(seller.get(f"products/{product['slug']}/"))["is_in_stock"]
