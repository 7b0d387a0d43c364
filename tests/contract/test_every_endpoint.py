"""What holds of every endpoint: ids, money, lists, problems, logs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from uuid import UUID

import pytest

from generated import reads as reads_of_all
from runtime.reads import ListRead, Shape
from runtime.reads.lists import list_statement
from tests.api.client import Caller, faults, ok, problem, register, unique
from tests.api.conftest import NewProduct
from tests.api.shopping import ADDRESS, metrics, move, put
from tests.contract.conftest import DOCUMENT, Sight, operations
from tests.support.servers import Server

READS = [path for path, method, _ in operations() if method == "get"]
LISTS = [
    path
    for path, method, operation in operations()
    if method == "get" and "page_size" in {each["name"] for each in operation.get("parameters", ())}
]
NUMBERED = [path for path in READS if re.search(r"\{(id|seller_id)\}", path)]
CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in an answer, however deep."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from objects(each)


# --- ids --------------------------------------------------------------------------------------


@pytest.mark.promise("1.12", "1.13")
@pytest.mark.parametrize("path", READS)
def test_ids_have_their_forms(sight: Sight, admin: Caller, path: str) -> None:
    for caller in (sight.seller, sight.buyer, admin):
        answer = caller.get(sight.url(path))
        if answer.status_code != 200:
            assert answer.status_code in (403, 404)
            continue
        for each in objects(answer.json()):
            is_text = {"price", "payment_status", "customer"} & set(each)  # products, orders and what was sold
            for name, key in each.items():
                if name in ("product_id", "order_id") or (name == "id" and is_text):
                    assert str(UUID(key)) == key
                elif name in ("id", "user_id"):
                    assert type(key) is int and 1 <= key < 2**63, (path, each)


@pytest.mark.promise("1.14")
@pytest.mark.parametrize("path", NUMBERED)
@pytest.mark.parametrize("key", ["0", "-1", "abc", "1.5", "+1", "01", "1e1", "9223372036854775808", "%20", "%00"])
def test_an_id_of_the_wrong_form_is_nowhere(sight: Sight, admin: Caller, path: str, key: str) -> None:
    problem(admin.get(sight.url(path, id=key, seller_id=key)), 404, "NOT_FOUND")


@pytest.mark.promise("1.41")
@pytest.mark.parametrize("text", ["%00", "a%00b", "%ff", "%ed%a0%80", "%ed%b0%80x"])
def test_a_path_that_is_no_text_is_nowhere(sight: Sight, admin: Caller, text: str) -> None:
    for path in READS:
        if "{" in path:
            url = sight.url(path, id=text, slug=text, product_slug=text, seller_id=text)
            problem(admin.get(url), 404, "NOT_FOUND")


# --- money ------------------------------------------------------------------------------------

# Of these a binary float makes another amount as soon as it is multiplied, added or cut off.
TREACHEROUS = ["0.07", "0.29", "1.15", "4.35", "8.2", "19.99", "64.1", "1000.1", "1.005e2", "99999.99"]


@pytest.mark.promise("1.17")
@pytest.mark.parametrize("written", TREACHEROUS)
def test_a_number_means_the_amount_that_is_written(seller: Caller, product: dict[str, Any], written: str) -> None:
    answer = seller.request(
        "PATCH",
        f"products/{product['slug']}/",
        content=f'{{"price": {written}}}',
        headers={"Content-Type": "application/json"},
    )
    assert ok(answer)["price"] == f"{Decimal(written):.2f}"


@pytest.mark.promise("1.19")
@pytest.mark.parametrize("written", ["4.351", "0.001", "19.999999999999999", "1e-3", '"4.350001"'])
def test_a_third_place_is_never_rounded_away(seller: Caller, product: dict[str, Any], written: str) -> None:
    content = f'{{"price": {written}}}'
    headers = {"Content-Type": "application/json"}
    assert faults(seller.request("PATCH", f"products/{product['slug']}/", content=content, headers=headers)) == {
        "price"
    }


@pytest.mark.promise("1.16", "1.18", "6.04")
def test_sums_are_exact(buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct) -> None:
    bought = [("0.10", 3), ("0.07", 100), ("1.10", 3), ("4.35", 9_999), ("0.01", 9_007), ("99999.99", 10_000)]
    products = [new_product(seller, price=price, stock_quantity=10_000) for price, _ in bought]
    for product, (_, quantity) in zip(products, bought, strict=True):
        put(buyer, product, quantity)
    totals = [f"{Decimal(price) * quantity:.2f}" for price, quantity in bought]
    whole = f"{sum(map(Decimal, totals)):.2f}"
    cart = ok(buyer.get("cart/"))
    assert [each["total_price"] for each in cart["items"]] == totals
    assert (cart["total_amount"], cart["total_items"]) == (whole, sum(quantity for _, quantity in bought))
    made = ok(buyer.post("cart/checkout/", {"shipping_address": ADDRESS}), 201)
    assert [each["total_price"] for each in made["items"]] == totals
    assert (made["subtotal"], made["total_amount"]) == (whole, whole)
    ok(admin.patch(f"orders/{made['id']}/", {"shipping_cost": 0.1, "tax_amount": 0.2, "discount_amount": "0.30"}))
    assert move(admin, made, "payment_confirmed")["total_amount"] == whole
    assert [metrics(seller, each)["total_revenue"] for each in products] == totals
    assert ok(seller.get("metrics/dashboard_metrics/"))["product_metrics"]["revenue"] == whole
    (seen,) = ok(seller.get("orders/seller_orders/"))
    assert seen["seller_items_total"] == whole


# --- lists ------------------------------------------------------------------------------------


@pytest.mark.promise("1.24", "1.25", "1.26", "1.27")
@pytest.mark.parametrize("path", LISTS)
def test_every_list_is_bounded(sight: Sight, admin: Caller, path: str) -> None:
    url = sight.url(path)
    for size in ("0", "101", "-1", "x"):
        assert faults(admin.get(url, page_size=size)) == {"page_size"}
    assert faults(admin.get(url, page="0")) == {"page"}
    assert ok(admin.get(url, page=900_000)) == []
    assert len(ok(admin.get(url))) <= 20
    assert len(ok(admin.get(url, page_size=1))) <= 1


@pytest.mark.promise("1.25")
def test_what_answers_with_an_array_is_a_list() -> None:
    """So nothing gives an array without a bound."""
    for path, method, operation in operations():
        for status, answer in operation["responses"].items():
            schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
            assert schema.get("type") != "array" or path in LISTS, (path, method, status)


@pytest.mark.promise("1.32")
def test_nothing_is_counted_that_is_not_asked_for() -> None:
    modules = [import_module(f"generated.reads.{each.name}") for each in iter_modules(reads_of_all.__path__)]
    reads = [each for module in modules for each in vars(module).values() if isinstance(each, ListRead)]
    assert len(reads) >= len(LISTS)
    for read in reads:
        for dialect in ("sqlite", "postgres"):
            plain, counting = (
                list_statement(read, Shape(count=count), dialect, "bound").text for count in (False, True)
            )
            total = f'(SELECT count(*) FROM "{read.table}" t'
            assert total in counting
            assert total not in plain
            assert 'NULL AS "total"' in plain


# --- problems ---------------------------------------------------------------------------------


def codes(value: Any) -> Iterator[str]:
    """Every code of a problem that the document names."""
    for each in objects(value):
        if isinstance(each.get("code"), dict):
            yield from each["code"].get("enum", [each["code"].get("const")])


@pytest.mark.promise("1.45")
def test_codes_are_documented_in_capitals() -> None:
    found = {each for each in codes(DOCUMENT) if each is not None}
    assert {"NOT_FOUND", "INVALID_INPUT", "INSUFFICIENT_STOCK", "INVALID_TRANSITION"} <= found
    assert [each for each in found if not CODE.fullmatch(each)] == []


@pytest.mark.promise("1.54")
def test_what_the_client_may_do_next_is_in_a_header() -> None:
    needed = {"401": "WWW-Authenticate", "429": "Retry-After", "503": "Retry-After"}
    seen = set()
    for path, method, operation in operations():
        for status, name in needed.items():
            answer = operation["responses"].get(status)
            if answer is not None:
                seen.add(status)
                answer = referred(answer)
                assert referred(answer["headers"][name])["required"] is True, (path, method, status)
    assert {"401", "503"} <= seen


def referred(piece: dict[str, Any]) -> dict[str, Any]:
    """What a reference is to."""
    found: Any = DOCUMENT
    for name in piece.get("$ref", "#").split("/")[1:]:
        found = found[name]
    return found if "$ref" in piece else piece


# --- the log ----------------------------------------------------------------------------------


@pytest.mark.promise("1.61", "1.62")
def test_every_line_about_a_request_has_its_id(server: Server, nobody: Caller, buyer: Caller) -> None:
    asked = {
        unique("log-"): request
        for request in (
            ("GET", "products/"),
            ("GET", "products/nothing/"),
            ("GET", "/nowhere"),
            ("GET", "products/?page=x"),
            ("PATCH", "products/"),
            ("POST", "cart/add_item/"),
            ("OPTIONS", "products/"),
            ("HEAD", "categories/"),
        )
    }
    statuses = {}
    for key, (method, path) in asked.items():
        answer = buyer.request(method, path, headers={"X-Request-ID": key})
        assert answer.headers["x-request-id"] == key
        statuses[key] = answer.status_code
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    about = [each for each in lines if "method" in each]
    assert all(each.get("request_id") for each in about)
    assert {each["request_id"]: each["status"] for each in about if each["request_id"] in asked} == statuses
    assert sum(each["request_id"] in asked for each in about) == len(asked)
    assert register(nobody).get("products/").headers["x-request-id"] in server.log.read_text()
