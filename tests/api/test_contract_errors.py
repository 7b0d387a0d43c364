"""What a client sends wrong to carts and orders is refused, and changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.api.client import Caller, ok, problem, register
from tests.api.conftest import NewProduct
from tests.api.roles import Operation, operations
from tests.api.shopping import ADDRESS, order, paid, put

WRITES = [each for each in operations() if each.resource in ("Cart", "Order") and each.method != "GET"]
TAKING = [each for each in WRITES if "input" in each.action]
JSON = {"Content-Type": "application/json"}
UNREADABLE = [
    b"{",
    b"[]",
    b"null",
    b"5",
    b"{}{}",
    b'{"a": 1, "a": 2}',
    b'{"a": NaN}',
    b'{"a": 1e400}',
    b'{"\\ud800": 1}',
    b'{"a": "\xff"}',
    b'{"a":' * 3_000 + b"1" + b"}" * 3_000,
]
HOSTILE_TEXT = ["\x00", "a\x00b", "\ud800", "\udfff\ud800"]
WRONG: dict[str, list[Any]] = {
    "uuid": ["x", 7, None, [], {}, True, "0" * 40, *HOSTILE_TEXT],
    "integer": ["1", 1.5, None, [], {}, True, 10**30, -(10**30), 2**63, 1e300],
    "string": [7, None, [], {}, True, "x" * 200_001, *HOSTILE_TEXT],
    "text": [7, None, [], {}, True, "x" * 200_001, *HOSTILE_TEXT],
    "enum": ["lost", 7, None, [], {}, True, "", *HOSTILE_TEXT],
    "money": ["x", "1e400", "NaN", "-1", "0.001", 10**30, -1, None, [], {}, True, *HOSTILE_TEXT],
    "object": ["x", 7, None, [], True, {"planet": "Earth"}, ADDRESS | {"city": "\x00"}, ADDRESS | {"city": "\ud800"}],
    "objects": ["x", 7, None, {}, [7], [None], [{}], [{"product_id": "x", "quantity": 10**30, "extra": 1}]],
}


@dataclass
class Shop:
    """A buyer with a cart and two orders, and everything that anybody can see of them."""

    buyer: Caller
    seller: Caller
    admin: Caller
    product: dict[str, Any]
    item: dict[str, Any]
    pending: dict[str, Any]
    confirmed: dict[str, Any]

    def state(self) -> list[Any]:
        """All that can be seen of it; what is counted in the background is left out."""
        (shelf,) = ok(self.seller.get("products/my_products/"))
        return [
            {name: value for name, value in shelf.items() if name != "view_count"},
            ok(self.buyer.get("cart/")),
            ok(self.buyer.get("orders/")),
            ok(self.seller.get("orders/seller_orders/")),
            *(ok(self.admin.get(f"orders/{each['id']}/")) for each in (self.pending, self.confirmed)),
            [(each["total_sales"], each["total_revenue"]) for each in ok(self.seller.get("metrics/"))],
        ]

    def who(self, operation: Operation) -> Caller:
        """Somebody who may do it."""
        if operation.resource == "Cart" or operation.name == "create":
            return self.buyer
        return self.admin

    def url(self, operation: Operation) -> str:
        """Where it is done, to a record for which it could be done."""
        about = self.pending if operation.name in ("update", "cancel_order", "delete") else self.confirmed
        return str(operation.action["url"]).format(id=about["id"])

    def valid(self, operation: Operation) -> dict[str, Any]:
        """A body that would do."""
        values: dict[str, Any] = {
            "product_id": self.product["id"],
            "item_id": self.item["id"],
            "quantity": 1,
            "status": "awaiting_shipment",
            "shipping_address": ADDRESS,
            "items": [{"product_id": self.product["id"], "quantity": 1}],
        }
        return {
            name: values.get(name, "x") for name, member in operation.action["input"].items() if member.get("required")
        }


@pytest.fixture(scope="module")
def made(nobody: Caller, admin: Caller, new_product: NewProduct) -> Shop:
    """A shop where somebody has been."""
    buyer, seller = register(nobody), register(nobody, "seller")
    product = new_product(seller, stock_quantity=50)
    pending, confirmed = order(buyer, (product, 2)), paid(admin, buyer, (product, 3))
    return Shop(buyer, seller, admin, product, put(buyer, product, 4), pending, confirmed)


@pytest.fixture
def shop(made: Shop) -> Iterator[Shop]:
    """The shop, which must be as before afterwards."""
    before = made.state()
    yield made
    assert made.state() == before


@pytest.mark.promise("1.03", "1.55", "1.74")
@pytest.mark.parametrize("operation", TAKING, ids=str)
def test_bodies_that_cannot_be_read(operation: Operation, shop: Shop) -> None:
    caller, url = shop.who(operation), shop.url(operation)
    for body in UNREADABLE:
        problem(caller.request(operation.method, url, content=body, headers=JSON), 400, "INVALID_INPUT")


@pytest.mark.promise("1.15", "1.21", "1.22", "1.39", "1.55", "1.74")
@pytest.mark.parametrize("operation", TAKING, ids=str)
def test_members_of_the_wrong_form(operation: Operation, shop: Shop) -> None:
    caller, url, valid = shop.who(operation), shop.url(operation), shop.valid(operation)
    wrong = [(name, value) for name, each in operation.action["input"].items() for value in WRONG[each["type"]]]
    for name, value in [*wrong, ("nonsense", 1), ("id", 1), ("user", 1), ("total_amount", "0.01")]:
        body = json.dumps(valid | {name: value})
        refused = problem(caller.request(operation.method, url, content=body, headers=JSON), 400, "INVALID_INPUT")
        named = {each.partition(".")[0] for each in refused["errors"]}
        assert named == {name} or not _is_text(value), f"{value!r} of {name}: {refused}"


@pytest.mark.promise("1.46")
@pytest.mark.parametrize("operation", TAKING, ids=str)
def test_what_is_needed_is_missed(operation: Operation, shop: Shop) -> None:
    caller, url, valid = shop.who(operation), shop.url(operation), shop.valid(operation)
    for name in valid:
        body = {each: value for each, value in valid.items() if each != name}
        refused = problem(caller.request(operation.method, url, json=body), 400, "INVALID_INPUT")
        assert set(refused["errors"]) == {name}


@pytest.mark.promise("1.05", "1.10")
@pytest.mark.parametrize("operation", TAKING, ids=str)
def test_bodies_of_another_kind(operation: Operation, shop: Shop) -> None:
    caller, url, valid = shop.who(operation), shop.url(operation), shop.valid(operation)
    content = json.dumps(valid)
    for kind in ("text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "x"):
        answer = caller.request(operation.method, url, content=content, headers={"Content-Type": kind})
        problem(answer, 415, "UNSUPPORTED_MEDIA_TYPE")
    packed = JSON | {"Content-Encoding": "gzip"}
    problem(caller.request(operation.method, url, content=content, headers=packed), 415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.promise("1.52")
@pytest.mark.parametrize("operation", TAKING, ids=str)
def test_bodies_that_are_too_large(operation: Operation, shop: Shop) -> None:
    caller, url = shop.who(operation), shop.url(operation)
    padded = json.dumps(shop.valid(operation)) + " " * 3_000_000
    problem(caller.request(operation.method, url, content=padded, headers=JSON), 413, "PAYLOAD_TOO_LARGE")


@pytest.mark.parametrize(
    "query", ["", "item_id=x", "item_id=0", "item_id=9223372036854775808", "item_id=%00", "item_id="]
)
def test_a_query_that_names_nothing_to_remove(query: str, shop: Shop) -> None:
    problem(shop.buyer.delete(f"cart/remove_item/?{query}"), 400, "INVALID_INPUT")


def test_a_body_counts_more_than_a_query(shop: Shop) -> None:
    url = f"cart/remove_item/?item_id={shop.item['id']}"
    problem(shop.buyer.request("DELETE", url, json={"item_id": "x"}), 400, "INVALID_INPUT")
    problem(shop.buyer.request("DELETE", url, json={"item_id": 2**62}), 404, "ITEM_NOT_FOUND")


@pytest.mark.promise("1.40")
@pytest.mark.parametrize("operation", WRITES, ids=str)
def test_a_query_that_is_no_text(operation: Operation, shop: Shop) -> None:
    body = {"json": shop.valid(operation)} if "input" in operation.action else {}
    for query in ("a=%00", "a=%ff", "%ed%a0%80=1"):
        answer = shop.who(operation).request(operation.method, f"{shop.url(operation)}?{query}", **body)
        problem(answer, 400, "INVALID_INPUT")


@pytest.mark.promise("1.14", "1.50")
@pytest.mark.parametrize("key", ["7", "x", "%00", "%ff", "00000000-0000-4000-8000-000000000000", "x" * 3000])
def test_orders_that_are_not_there(key: str, shop: Shop) -> None:
    for operation in WRITES:
        if "{id}" in operation.action["url"]:
            body = {"json": shop.valid(operation)} if "input" in operation.action else {}
            url = operation.action["url"].format(id=key)
            problem(shop.admin.request(operation.method, url, **body), 404, "NOT_FOUND")


def test_keys_of_another_form(shop: Shop) -> None:
    body = {"shipping_address": ADDRESS}
    for key in ("", "a b", "x" * 256, '"open', "ü"):
        headers = {"Idempotency-Key": key.encode("latin-1")}
        answer = shop.buyer.post("cart/checkout/", body, headers=headers)
        problem(answer, 400, "INVALID_INPUT")


@pytest.mark.promise("1.51", "1.56")
def test_methods_that_are_not_offered(shop: Shop) -> None:
    offered: dict[str, set[str]] = {}
    for each in operations():
        if each.resource in ("Cart", "Order", "ProductMetrics"):
            also = {"HEAD", "OPTIONS"} if each.method == "GET" else {"OPTIONS"}
            offered.setdefault(each.action["url"], set()).update({each.method} | also)
    for path, methods in offered.items():
        url = path.format(id=shop.pending["id"] if "orders" in path else 1)
        allowed = shop.admin.request("OPTIONS", url)
        assert (allowed.status_code, set(allowed.headers["allow"].split(", "))) == (204, methods)
        for method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - methods:
            refused = shop.admin.request(method, url)
            assert refused.status_code == 405
            assert set(refused.headers["allow"].split(", ")) == methods
        if "HEAD" in methods:
            head, get = shop.admin.request("HEAD", url), shop.admin.get(url)
            assert (head.status_code, head.content) == (get.status_code, b"")


def _is_text(value: Any) -> bool:
    """Whether a value can be written in JSON at all, and so be found fault with by name."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return "\\u0000" not in json.dumps(value)
