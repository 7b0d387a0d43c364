"""The life of an order: one state machine behind four routes, and what each step brings with it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Caller, faults, ok, problem, register
from tests.api.conftest import NewProduct
from tests.api.shopping import metrics, move, order, paid, stock
from tests.support.servers import Server
from tests.support.sql import execute

STATES = {
    "pending_payment",
    "payment_confirmed",
    "awaiting_shipment",
    "shipped",
    "delivered",
    "cancelled",
    "refunded",
}
# What the contract's table says: from → to → who may.
TABLE: dict[str, dict[str, set[str]]] = {
    "pending_payment": {"payment_confirmed": {"admin"}},
    "payment_confirmed": {"cancelled": {"buyer", "seller", "admin"}, "awaiting_shipment": {"seller", "admin"}},
    "awaiting_shipment": {"cancelled": {"buyer", "seller", "admin"}, "shipped": {"seller", "admin"}},
    "shipped": {"delivered": {"buyer", "admin"}},
    "delivered": {"refunded": {"admin"}},
    "cancelled": {"refunded": {"admin"}},
    "refunded": {},
}
WAYS = {
    "pending_payment": [],
    "payment_confirmed": ["payment_confirmed"],
    "awaiting_shipment": ["payment_confirmed", "awaiting_shipment"],
    "shipped": ["payment_confirmed", "awaiting_shipment", "shipped"],
    "delivered": ["payment_confirmed", "awaiting_shipment", "shipped", "delivered"],
    "cancelled": ["payment_confirmed", "cancelled"],
    "refunded": ["payment_confirmed", "cancelled", "refunded"],
}


@pytest.mark.promise("7.41", "7.48", "7.49", "7.50", "7.51", "7.52", "7.53", "7.54", "7.59", "7.60")
@pytest.mark.parametrize("route", ["update_status", "update_order_status"])
@pytest.mark.parametrize("start", sorted(STATES))
def test_every_cell_of_the_table(
    route: str, start: str, buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct
) -> None:
    product = new_product(seller, stock_quantity=99)
    callers = {"buyer": buyer, "seller": seller, "admin": admin}
    for target in sorted(STATES):
        for name, caller in callers.items():
            made = order(buyer, (product, 1))
            for step in WAYS[start]:
                move(admin, made, step)
            response = caller.patch(f"orders/{made['id']}/{route}/", {"status": target})
            if target not in TABLE[start]:
                refused = problem(response, 409, "INVALID_TRANSITION")
                assert refused["current_status"] == start
                allowed = {each for each, who in TABLE[start].items() if name in who}
                allowed |= {"cancelled"} if start == "pending_payment" and name != "buyer" else set()
                assert set(refused["allowed_transitions"]) == allowed
            elif name not in TABLE[start][target]:
                problem(response, 403, "FORBIDDEN")
            else:
                done = ok(response)
                changed = done if route == "update_status" else done["order"]
                assert changed["status"] == target
                if route == "update_order_status":
                    assert (done["previous_status"], done["new_status"], done["success"]) == (start, target, True)


@pytest.mark.parametrize("route", ["update_status", "update_order_status", "process_order", "cancel_order"])
def test_nobody_in_particular_moves_nothing(route: str, nobody: Caller, buyer: Caller, product: dict[str, Any]) -> None:
    """Nor is told what else is wrong, or whether there is such an order."""
    made = order(buyer, (product, 1))
    for key in (made["id"], "00000000-0000-4000-8000-000000000000"):
        for body in ({"status": "cancelled"}, {"status": "lost"}, {"cancellation_reason": "Sold out."}):
            problem(nobody.patch(f"orders/{key}/{route}/", body), 401, "NOT_AUTHENTICATED")
    assert ok(buyer.get(f"orders/{made['id']}/")) == made


@pytest.mark.promise("7.56")
def test_a_status_that_does_not_exist(buyer: Caller, product: dict[str, Any]) -> None:
    made = order(buyer, (product, 1))
    assert faults(buyer.patch(f"orders/{made['id']}/update_status/", {"status": "lost"})) == {"status"}
    assert faults(buyer.patch(f"orders/{made['id']}/update_status/", {})) == {"status"}


@pytest.mark.promise("7.41", "7.42", "7.49", "7.50", "7.51", "7.52")
def test_the_whole_way_leaves_its_stamps(buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, price="10.00", stock_quantity=9)
    made = order(buyer, (product, 2))
    confirmed = move(admin, made, "payment_confirmed")
    assert confirmed["payment_status"] == "paid"
    assert (metrics(seller, product)["total_sales"], metrics(seller, product)["total_revenue"]) == (2, "20.00")
    assert move(seller, made, "awaiting_shipment")["processed_at"]
    assert move(seller, made, "shipped")["shipped_at"]
    delivered = move(buyer, made, "delivered")
    assert delivered["delivered_at"]
    assert all(delivered[name] for name in ("processed_at", "shipped_at"))
    refunded = move(admin, made, "refunded")
    assert refunded["payment_status"] == "refunded"
    assert stock(buyer, product) == 7


@pytest.mark.parametrize("start", sorted(STATES))
def test_cancelling_with_a_reason_is_for_what_is_not_under_way(
    start: str, buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct
) -> None:
    product = new_product(seller, stock_quantity=9)
    for caller in (seller, admin):
        made = order(buyer, (product, 2))
        for step in WAYS[start]:
            move(admin, made, step)
        response = caller.patch(f"orders/{made['id']}/cancel_order/", {"cancellation_reason": "Sold out."})
        if start not in ("pending_payment", "payment_confirmed"):
            assert problem(response, 409, "INVALID_TRANSITION")["current_status"] == start
            continue
        cancelled = ok(response)["order"]
        assert (cancelled["status"], cancelled["cancelled_by"]) == ("cancelled", caller.id)
        assert stock(buyer, product) == 9
        figures = metrics(seller, product)
        assert (figures["total_sales"], figures["total_revenue"]) == (0, "0.00")


@pytest.mark.promise("7.43", "7.44", "7.45", "7.46", "7.61")
def test_sellers_cancel_with_a_reason(buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, stock_quantity=9)
    made = order(buyer, (product, 2))
    path = f"orders/{made['id']}/cancel_order/"
    assert faults(seller.patch(path, {})) == {"cancellation_reason"}
    assert faults(seller.patch(path, {"cancellation_reason": "  "})) == {"cancellation_reason"}
    assert faults(seller.patch(path, {"cancellation_reason": "x" * 1001})) == {"cancellation_reason"}
    problem(buyer.patch(path, {"cancellation_reason": "Changed my mind."}), 403, "FORBIDDEN")
    done = ok(seller.patch(path, {"cancellation_reason": " Sold out. "}))
    cancelled = done["order"]
    assert (done["success"], cancelled["status"]) == (True, "cancelled")
    assert (cancelled["cancellation_reason"], cancelled["cancelled_by"]) == ("Sold out.", seller.id)
    assert cancelled["cancelled_at"]
    assert stock(buyer, product) == 9
    again = problem(seller.patch(path, {"cancellation_reason": "Again."}), 409, "INVALID_TRANSITION")
    assert (again["current_status"], again["allowed_transitions"]) == ("cancelled", [])
    assert stock(buyer, product) == 9


@pytest.mark.promise("7.46", "7.47")
def test_cancelling_takes_the_sale_back(buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, price="10.00", stock_quantity=9)
    kept, gone = paid(admin, buyer, (product, 1)), paid(admin, buyer, (product, 3))
    assert metrics(seller, product)["total_sales"] == 4
    cancelled = move(buyer, gone, "cancelled")
    assert (cancelled["cancelled_by"], cancelled["cancellation_reason"]) == (buyer.id, "")
    assert cancelled["cancelled_at"] == cancelled["updated_at"]
    assert (metrics(seller, product)["total_sales"], metrics(seller, product)["total_revenue"]) == (1, "10.00")
    assert stock(buyer, product) == 8
    assert ok(buyer.get(f"orders/{kept['id']}/"))["status"] == "payment_confirmed"


def test_what_is_no_product_any_more_is_not_brought_back(
    server: Server, buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct
) -> None:
    """Nobody can take a product away altogether over HTTP, so the database is told directly."""
    product, gone = new_product(seller, stock_quantity=9), new_product(seller, stock_quantity=9)
    made = paid(admin, buyer, (product, 2), (gone, 1))
    execute(server.database, f"UPDATE order_item SET product_id = NULL WHERE product_id = '{gone['id']}'")
    cancelled = move(buyer, made, "cancelled")
    assert [each["product"] for each in cancelled["items"]] == [product["id"], None]
    assert (stock(buyer, product), stock(buyer, gone)) == (9, 8)


@pytest.mark.promise("7.55")
def test_what_was_not_paid_is_not_refunded(
    buyer: Caller, seller: Caller, admin: Caller, product: dict[str, Any]
) -> None:
    made = order(buyer, (product, 1))
    ok(seller.patch(f"orders/{made['id']}/cancel_order/", {"cancellation_reason": "Broken."}))
    problem(admin.patch(f"orders/{made['id']}/update_status/", {"status": "refunded"}), 409, "PAYMENT_REQUIRED")


@pytest.mark.promise("7.55")
@pytest.mark.parametrize(
    ("start", "target"),
    [
        ("payment_confirmed", "awaiting_shipment"),
        ("awaiting_shipment", "shipped"),
        ("shipped", "delivered"),
        ("delivered", "refunded"),
        ("cancelled", "refunded"),
    ],
)
def test_nothing_goes_on_without_payment(
    start: str, target: str, buyer: Caller, seller: Caller, admin: Caller, product: dict[str, Any]
) -> None:
    made = order(buyer, (product, 1))
    for step in WAYS[start]:
        move(admin, made, step)
    ok(admin.patch(f"orders/{made['id']}/", {"payment_status": "failed"}))
    refused = problem(admin.patch(f"orders/{made['id']}/update_status/", {"status": target}), 409, "PAYMENT_REQUIRED")
    assert refused["detail"] == "The order has not been paid."
    if target == "awaiting_shipment":
        problem(seller.patch(f"orders/{made['id']}/process_order/", None), 409, "PAYMENT_REQUIRED")


@pytest.mark.promise("7.49", "7.53", "7.61")
def test_processing_is_for_sellers(buyer: Caller, seller: Caller, admin: Caller, product: dict[str, Any]) -> None:
    made = order(buyer, (product, 1))
    early = problem(seller.patch(f"orders/{made['id']}/process_order/", None), 409, "INVALID_TRANSITION")
    assert (early["current_status"], early["allowed_transitions"]) == ("pending_payment", ["cancelled"])
    move(admin, made, "payment_confirmed")
    problem(buyer.patch(f"orders/{made['id']}/process_order/", None), 403, "FORBIDDEN")
    done = ok(seller.patch(f"orders/{made['id']}/process_order/", None))
    assert (done["success"], done["order"]["status"]) == (True, "awaiting_shipment")
    assert done["order"]["processed_at"]


# --- carriers and tracking --------------------------------------------------------------------


@pytest.mark.promise("7.62", "7.67")
def test_carrier_codes_come_before_the_shipment(
    buyer: Caller, seller: Caller, admin: Caller, product: dict[str, Any]
) -> None:
    made = order(buyer, (product, 1))
    path = f"orders/{made['id']}/update_carrier_code/"
    problem(seller.patch(path, {"carrier_code": "ctt"}), 409, "NOT_BEFORE_SHIPMENT")
    move(admin, made, "payment_confirmed")
    problem(buyer.patch(path, {"carrier_code": "ctt"}), 403, "FORBIDDEN")
    assert faults(seller.patch(path, {"carrier_code": ""})) == {"carrier_code"}
    done = ok(seller.patch(path, {"carrier_code": "ctt", "shipping_carrier": "CTT"}))
    assert (done["success"], done["order"]["carrier_code"], done["order"]["shipping_carrier"]) == (True, "ctt", "CTT")
    assert [(each["carrier_code"], each["seller"]["id"]) for each in done["order"]["shipping_info"]] == [
        ("ctt", seller.id)
    ]


@pytest.mark.promise("7.63", "7.64", "7.65", "7.66")
def test_the_last_sellers_tracking_ships_the_order(
    buyer: Caller, seller: Caller, admin: Caller, nobody: Caller, new_product: NewProduct
) -> None:
    second = register(nobody, "seller")
    made = paid(admin, buyer, (new_product(seller, price="10.00", stock_quantity=3), 2), (new_product(second), 1))
    path = f"orders/{made['id']}/update_tracking/"
    first = ok(seller.patch(path, {"tracking_number": "A1", "shipping_carrier": "CTT"}))
    assert (first["is_update"], first["order"]["status"]) == (False, "payment_confirmed")
    assert (first["shipping_info"]["tracking_number"], first["shipping_info"]["seller"]["id"]) == ("A1", seller.id)
    changed = ok(seller.patch(path, {"tracking_number": "A2"}))
    assert (changed["is_update"], changed["shipping_info"]["tracking_number"]) == (True, "A2")
    assert changed["shipping_info"]["shipping_carrier"] == "CTT"
    last = ok(second.patch(path, {"tracking_number": "B1"}))
    assert (last["order"]["status"], last["is_update"]) == ("shipped", False)
    assert last["order"]["shipped_at"]
    problem(buyer.patch(path, {"tracking_number": "C1"}), 403, "FORBIDDEN")
    info = ok(buyer.get(f"orders/{made['id']}/tracking_info/"))
    assert (info["order_id"], info["order_status"], info["total_sellers"]) == (made["id"], "shipped", 2)
    assert [
        (each["tracking_number"], each["item_count"], each["items_total"]) for each in info["tracking_information"]
    ] == [
        ("A2", 1, "20.00"),
        ("B1", 1, "19.90"),
    ]
    assert set(info["tracking_information"][0]["seller"]) == {"id", "username", "full_name"}
    corrected = ok(seller.patch(path, {"tracking_number": "A4"}))
    assert (corrected["is_update"], corrected["order"]["status"]) == (True, "shipped")
    assert corrected["order"]["shipped_at"] == last["order"]["shipped_at"]
    delivered = move(buyer, made, "delivered")
    assert all(each["delivered_at"] for each in delivered["shipping_info"])
    problem(seller.patch(path, {"tracking_number": "A3"}), 409, "NOT_TRACKABLE")


def test_what_is_noted_of_one_part_stays_there(
    buyer: Caller, seller: Caller, admin: Caller, nobody: Caller, new_product: NewProduct
) -> None:
    second = register(nobody, "seller")
    mine, theirs = new_product(seller, stock_quantity=9), new_product(second)
    earlier = paid(admin, buyer, (mine, 1), (theirs, 1))
    ok(seller.patch(f"orders/{earlier['id']}/update_tracking/", {"tracking_number": "E1"}))
    before = ok(buyer.get(f"orders/{earlier['id']}/"))

    made = paid(admin, buyer, (mine, 1), (theirs | {"id": new_product(second)["id"]}, 1))
    code, tracking = (f"orders/{made['id']}/{name}/" for name in ("update_carrier_code", "update_tracking"))
    ok(seller.patch(code, {"carrier_code": "ctt"}))
    last = ok(second.patch(tracking, {"tracking_number": "B1"}))
    assert (last["is_update"], last["order"]["status"]) == (False, "payment_confirmed")  # a code is no tracking
    parts = {each["seller"]["id"]: each for each in last["order"]["shipping_info"]}
    assert (parts[seller.id]["shipped_at"], parts[seller.id]["tracking_number"]) == (None, "")
    first = parts[second.id]
    assert first["shipped_at"]

    ok(seller.patch(tracking, {"tracking_number": "A1"}))
    changed = ok(second.patch(tracking, {"tracking_number": "B2"}))
    assert (changed["is_update"], changed["order"]["status"]) == (True, "shipped")
    again = changed["shipping_info"]
    assert (again["id"], again["shipped_at"], again["created_at"]) == (
        first["id"],
        first["shipped_at"],
        first["created_at"],
    )
    assert again["updated_at"] > first["updated_at"]
    assert changed["order"]["updated_at"] > last["order"]["updated_at"]
    assert ok(buyer.get(f"orders/{earlier['id']}/")) == before


def test_parts_go_with_their_order(
    buyer: Caller, seller: Caller, admin: Caller, nobody: Caller, new_product: NewProduct
) -> None:
    """What nobody has said to be on its way is so with the rest; what was is so from when it was said."""
    second = register(nobody, "seller")
    mine, theirs = new_product(seller, stock_quantity=9), new_product(second, stock_quantity=9)
    other, made = (paid(admin, buyer, (mine, 1), (theirs, 1)) for _ in range(2))
    for each in (other, made):
        ok(seller.patch(f"orders/{each['id']}/update_carrier_code/", {"carrier_code": "ctt"}))
    tracked = ok(second.patch(f"orders/{made['id']}/update_tracking/", {"tracking_number": "B1"}))["shipping_info"]
    before = {each["seller"]["id"]: each for each in ok(buyer.get(f"orders/{made['id']}/"))["shipping_info"]}
    move(seller, made, "awaiting_shipment")
    shipped = move(seller, made, "shipped")
    parts = {each["seller"]["id"]: each for each in shipped["shipping_info"]}
    assert parts[seller.id]["shipped_at"] == shipped["shipped_at"]
    assert parts[seller.id]["updated_at"] > before[seller.id]["updated_at"]
    assert parts[second.id] == tracked
    delivered = move(buyer, made, "delivered")
    for part in delivered["shipping_info"]:
        assert part["delivered_at"] == delivered["delivered_at"]
        assert part["updated_at"] > parts[part["seller"]["id"]]["updated_at"]
    (untouched,) = ok(buyer.get(f"orders/{other['id']}/"))["shipping_info"]
    assert (untouched["shipped_at"], untouched["delivered_at"]) == (None, None)


@pytest.mark.promise("7.63", "7.65")
def test_an_administrator_speaks_for_every_seller(
    buyer: Caller, seller: Caller, admin: Caller, nobody: Caller, new_product: NewProduct
) -> None:
    second = register(nobody, "seller")
    made = paid(admin, buyer, (new_product(seller), 1), (new_product(second), 1))
    done = ok(admin.patch(f"orders/{made['id']}/update_tracking/", {"tracking_number": "Z9"}))
    assert done["order"]["status"] == "shipped"
    assert {each["seller"]["id"] for each in done["order"]["shipping_info"]} == {seller.id, second.id}


@pytest.mark.promise("5.06", "8.13")
def test_what_is_delivered_verifies_a_review(
    buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct
) -> None:
    product = new_product(seller)
    made = paid(admin, buyer, (product, 1))
    for status in ("awaiting_shipment", "shipped", "delivered"):
        move(admin, made, status)
    assert ok(buyer.post(f"products/{product['slug']}/reviews/", {"rating": 5}), 201)["is_verified_purchase"] is True
    assert ok(buyer.get(f"sellers/{seller.id}/"))["stats"]["total_sales"] == 1
