"""What holds of the steps of an order, beyond what the API's own tests show."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Caller, eventually, faults, ok, problem, register
from tests.api.conftest import NewProduct
from tests.api.roles import MANIFEST
from tests.api.shopping import metrics, order, paid, stock
from tests.contract.test_orders import WAY, moved

# From, to, who, whether it has to be paid, and what is stamped: the documented table.
DOCUMENTED = {
    ("pending_payment", "payment_confirmed", "admin", False, ()),
    ("pending_payment", "cancelled", "selling", False, ("cancelled_at", "cancelled_by")),
    ("payment_confirmed", "cancelled", "selling", False, ("cancelled_at", "cancelled_by")),
    ("payment_confirmed", "cancelled", "party", False, ("cancelled_at", "cancelled_by")),
    ("awaiting_shipment", "cancelled", "party", False, ("cancelled_at", "cancelled_by")),
    ("payment_confirmed", "awaiting_shipment", "selling", True, ("processed_at",)),
    ("awaiting_shipment", "shipped", "selling", True, ("shipped_at",)),
    ("shipped", "delivered", "buying", True, ("delivered_at",)),
    ("cancelled", "refunded", "admin", True, ()),
    ("delivered", "refunded", "admin", True, ()),
}


@pytest.mark.promise("7.58")
def test_the_specs_declare_the_documented_table() -> None:
    machine = MANIFEST["resources"]["Order"]["state_machine"]
    declared = {
        (source, each["to"], each["by"], each.get("when") == "paid", tuple(each.get("stamps", ())))
        for each in machine["transitions"].values()
        for source in each["from"]
    }
    assert declared == DOCUMENTED
    assert (machine["field"], machine["initial"]) == ("status", "pending_payment")


@pytest.mark.promise("7.45", "7.46", "7.47", "7.48")
@pytest.mark.parametrize("status", ["payment_confirmed", "awaiting_shipment"])
@pytest.mark.parametrize("who", ["buyer", "seller", "admin"])
def test_cancelling_by_status_brings_the_same(
    buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct, status: str, who: str
) -> None:
    product = new_product(seller, price="10.00", stock_quantity=9)
    made = moved(admin, order(buyer, (product, 4)), status)
    caller = {"buyer": buyer, "seller": seller, "admin": admin}[who]
    done = ok(caller.patch(f"orders/{made['id']}/update_order_status/", {"status": "cancelled"}))
    assert set(done) == {"success", "message", "order", "previous_status", "new_status"}
    assert (done["previous_status"], done["order"]["cancelled_by"]) == (status, caller.id)
    assert done["order"]["cancelled_at"]
    assert stock(buyer, product) == 9
    figures = metrics(seller, product)
    assert (figures["total_sales"], figures["total_revenue"]) == (0, "0.00")


@pytest.mark.promise("7.42", "7.47")
def test_what_was_not_paid_was_not_sold(buyer: Caller, seller: Caller, admin: Caller, new_product: NewProduct) -> None:
    product = new_product(seller, price="10.00", stock_quantity=9)
    kept, gone = paid(admin, buyer, (product, 1)), order(buyer, (product, 3))
    assert metrics(seller, product)["total_sales"] == 1
    ok(seller.patch(f"orders/{gone['id']}/cancel_order/", {"cancellation_reason": "No more."}))
    assert (metrics(seller, product)["total_sales"], metrics(seller, product)["total_revenue"]) == (1, "10.00")
    assert kept["status"] == "payment_confirmed"


@pytest.mark.promise("7.43")
@pytest.mark.parametrize("status", ["awaiting_shipment", "shipped", "delivered"])
def test_it_is_too_late_to_cancel_with_a_reason(
    buyer: Caller, seller: Caller, admin: Caller, product: dict[str, Any], status: str
) -> None:
    made = moved(admin, order(buyer, (product, 1)), status)
    for caller in (seller, admin):
        answer = caller.patch(f"orders/{made['id']}/cancel_order/", {"cancellation_reason": "Late."})
        assert problem(answer, 409, "INVALID_TRANSITION")["current_status"] == status


@pytest.mark.promise("7.44")
def test_a_reason_of_a_thousand_characters(buyer: Caller, seller: Caller, product: dict[str, Any]) -> None:
    made = order(buyer, (product, 1))
    path = f"orders/{made['id']}/cancel_order/"
    assert faults(seller.patch(path, {"cancellation_reason": None})) == {"cancellation_reason"}
    done = ok(seller.patch(path, {"cancellation_reason": "ß" * 1_000}))
    assert set(done) == {"success", "message", "order"}
    assert done["order"]["cancellation_reason"] == "ß" * 1_000


@pytest.mark.promise("7.62", "7.67")
@pytest.mark.parametrize(
    ("status", "taken"),
    [(each, each in ("payment_confirmed", "awaiting_shipment")) for each in ("pending_payment", *WAY)],
)
def test_when_carrier_codes_are_given(
    buyer: Caller, seller: Caller, admin: Caller, product: dict[str, Any], status: str, taken: bool
) -> None:
    made = moved(admin, order(buyer, (product, 1)), status)
    for caller in (seller, admin):
        answer = caller.patch(f"orders/{made['id']}/update_carrier_code/", {"carrier_code": "ctt"})
        if taken:
            assert set(ok(answer)) == {"success", "message", "order"}
        else:
            problem(answer, 409, "NOT_BEFORE_SHIPMENT")
    assert ok(buyer.get(f"orders/{made['id']}/"))["carrier_code"] == ("ctt" if taken else "")


@pytest.mark.promise("7.63", "7.64")
@pytest.mark.parametrize(
    ("status", "taken"),
    [(each, each not in ("pending_payment", "delivered")) for each in ("pending_payment", *WAY)],
)
def test_when_tracking_is_given(
    buyer: Caller, seller: Caller, admin: Caller, product: dict[str, Any], status: str, taken: bool
) -> None:
    made = moved(admin, order(buyer, (product, 1)), status)
    answer = seller.patch(f"orders/{made['id']}/update_tracking/", {"tracking_number": "T1"})
    if taken:
        assert ok(answer)["order"]["status"] == "shipped"
        again = ok(seller.patch(f"orders/{made['id']}/update_tracking/", {"tracking_number": "T2"}))
        assert (again["is_update"], len(again["order"]["shipping_info"])) == (True, 1)
        assert again["shipping_info"]["tracking_number"] == "T2"
    else:
        problem(answer, 409, "NOT_TRACKABLE")
        assert ok(buyer.get(f"orders/{made['id']}/"))["shipping_info"] == []


@pytest.mark.promise("7.66")
def test_tracking_names_the_sellers(buyer: Caller, admin: Caller, nobody: Caller, new_product: NewProduct) -> None:
    seller = register(nobody, "seller", first_name="Marta", last_name="Kowalska")
    product = new_product(seller, price="2.50", stock_quantity=9)
    made = paid(admin, buyer, (product, 3))
    ok(seller.patch(f"orders/{made['id']}/update_tracking/", {"tracking_number": "T1", "shipping_carrier": "CTT"}))
    for caller in (buyer, seller, admin):
        info = ok(caller.get(f"orders/{made['id']}/tracking_info/"))
        assert set(info) == {"order_id", "order_status", "total_sellers", "tracking_information"}
        (each,) = info["tracking_information"]
        assert each.pop("shipped_at")
        assert each == {
            "seller": {"id": seller.id, "username": seller.account["username"], "full_name": "Marta Kowalska"},
            "tracking_number": "T1",
            "shipping_carrier": "CTT",
            "item_count": 1,
            "items_total": "7.50",
        }


@pytest.mark.promise("7.15", "7.68")
def test_nothing_of_orders_is_for_those_who_are_not_signed_in(nobody: Caller, buyer: Caller, product: Any) -> None:
    made = order(buyer, (product, 1))
    for path in ("orders/", "orders/my_orders/", "orders/seller_orders/", f"orders/{made['id']}/"):
        problem(nobody.get(path), 401, "NOT_AUTHENTICATED")
    problem(nobody.post("orders/", {}), 401, "NOT_AUTHENTICATED")
    problem(nobody.patch(f"orders/{made['id']}/update_status/", {"status": "cancelled"}), 401, "NOT_AUTHENTICATED")
    eventually(lambda: ok(buyer.get(f"orders/{made['id']}/"))["status"], "pending_payment")
