"""What people do with orders."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import multiple, precondition, rule

from tests.api.model import ordering, shown
from tests.api.model.cart_rules import CartRules
from tests.api.model.driver import BUYERS, CUSTOMERS, FEW, NOBODY, UNKNOWN, address, orders, products
from tests.api.model.market import Order, Person, Product, Refusal, known

KEYS = st.sampled_from([None, None, "one", "two"])
CITIES = st.sampled_from(["Porto", "Braga"])
LINES = st.lists(
    st.tuples(st.one_of(*[products] * 8, st.none()), st.one_of(FEW, FEW, FEW, st.just(40))), min_size=1, max_size=4
)
STATES = st.sampled_from(sorted({each.target for each in ordering.TABLE} | {"pending_payment"}))
PAYMENTS = st.sampled_from(["pending", "processing", "paid", "paid", "paid", "failed", "refunded", "partial_refund"])
AMOUNTS = st.sampled_from(["0.00", "0.05", "4.90", "25.00", "1000000.00"])
NOTES = st.sampled_from(["Ring twice.", ""])
CHANGES = st.one_of(
    st.fixed_dictionaries({"payment_status": PAYMENTS}),
    st.fixed_dictionaries({"city": CITIES}),
    st.fixed_dictionaries({}, optional={"city": CITIES, "buyer_notes": NOTES}),
    st.fixed_dictionaries(
        {},
        optional={
            "shipping_cost": AMOUNTS,
            "tax_amount": AMOUNTS,
            "discount_amount": AMOUNTS,
            "admin_notes": NOTES,
            "payment_status": PAYMENTS,
        },
    ),
)
# Who asks about an order: mostly somebody whose business it is.
BUYER, SELLER = "its buyer", "its seller"
PARTIES = st.sampled_from([BUYER, BUYER, SELLER, SELLER, SELLER, "admin", "admin", "bob", "sid", NOBODY])
CARRIERS = st.sampled_from(["", "CTT", "DHL"])
ONWARD = {
    "pending_payment": ("admin", "payment_confirmed"),
    "payment_confirmed": (SELLER, "awaiting_shipment"),
    "awaiting_shipment": (SELLER, "shipped"),
    "shipped": (BUYER, "delivered"),
    "delivered": ("admin", "refunded"),
    "cancelled": ("admin", "refunded"),
}

Wanted = list[tuple[Product | None, int]]


class OrderRules(CartRules):
    """Orders from the first to the last."""

    def __init__(self, *more: Any) -> None:
        super().__init__(*more)
        self.kept: dict[tuple[Person, str, str], tuple[Any, bytes]] = {}
        self.attempts: list[tuple[str, str, Any, str, Callable[[], Order]]] = []

    # --- making them ----------------------------------------------------------------------------

    @rule(target=orders, who=BUYERS, lines=LINES, city=CITIES, key=KEYS)
    def order(self, who: str, lines: Wanted, city: str, key: str | None) -> Any:
        """Order products."""
        body = {
            "shipping_address": address(city),
            "items": [{"product_id": one.id if one else UNKNOWN, "quantity": number} for one, number in lines],
        }
        does = lambda: ordering.place(self.market, self.people[who], lines, city, "")  # noqa: E731
        return self.placed(who, "orders/", body, key, does)

    @rule(target=orders, who=CUSTOMERS, first=products, second=products, quantity=FEW)
    def buy(self, who: str, first: Product, second: Product, quantity: int) -> Any:
        """Order something that can mostly be had, perhaps of two sellers."""
        lines = [(first, quantity), (second, 1)] if second is not first else [(first, quantity)]
        return self.order(who, lines, "Porto", None)

    @rule(target=orders, who=BUYERS, city=CITIES, notes=NOTES, key=KEYS)
    def checkout(self, who: str, city: str, notes: str, key: str | None) -> Any:
        """Order what is in the cart."""
        body = {"shipping_address": address(city), "buyer_notes": notes}
        does = lambda: ordering.checkout(self.market, self.people[who], city, notes)  # noqa: E731
        return self.placed(who, "cart/checkout/", body, key, does)

    @rule(target=orders, who=CUSTOMERS, chosen=st.lists(st.tuples(products, FEW), min_size=1, max_size=3), key=KEYS)
    def shop_and_checkout(self, who: str, chosen: list[tuple[Product, int]], key: str | None) -> Any:
        """Order by way of the cart, with whatever else is in it."""
        for product, quantity in chosen:
            self.add_item(who, product, quantity)
        return self.checkout(who, "Porto", "", key)

    @precondition(lambda self: self.attempts)
    @rule(target=orders, which=st.integers(0, 9))
    def send_again(self, which: int) -> Any:
        """Send something again under the key that it was sent under, as who hears no answer does."""
        who, path, body, key, does = self.attempts[-1 - which % len(self.attempts)]
        return self.placed(who, path, body, key, does)

    def placed(self, who: str, path: str, body: Any, key: str | None, does: Callable[[], Order]) -> Any:
        """Order something; a key that was used gives the first answer again, to the same request."""
        headers = {"Idempotency-Key": f"{self.example}-{key}"} if key else {}
        person = self.people[who]
        if key:
            self.attempts.append((who, path, body, key, does))
        if key and person and (person, path, key) in self.kept and not _repeated(body):
            self.again(who, path, body, key, headers)
            return multiple()
        texts: list[Any] = []

        def takes(made: Order, answer: Any) -> None:
            made.id = answer["id"]
            texts.append(answer)

        def checked() -> Order:
            known(person)
            if _repeated(body):
                raise Refusal(400, "INVALID_INPUT")
            return does()

        show = lambda made: shown.order(known(person), made)  # noqa: E731
        made = self.ask(who, "POST", path, checked, show, status=201, binds=takes, json=body, headers=headers)
        if made is None:
            return multiple()
        if key and person:
            self.kept[person, path, key] = (json.dumps(body), texts[0])
        return made

    def again(self, who: str, path: str, body: Any, key: str, headers: dict[str, str]) -> None:
        """What is sent again changes nothing, and gets the first answer if it is the same."""
        said, first = self.kept[known(self.people[who]), path, key]
        self.agrees = False
        answer = self.callers[who].post(path, body, headers=headers)
        if said == json.dumps(body):
            self.agree(answer, 201, first)
        else:
            self.agree(answer, 422, {"code": "IDEMPOTENCY_KEY_REUSED"})

    # --- moving them ----------------------------------------------------------------------------

    @rule(order=orders, steps=st.sampled_from([1, 1, 1, 2, 3, 5]))
    def go_on(self, order: Order, steps: int) -> None:
        """Whose turn it is moves an order on, as far as that goes."""
        for _ in range(steps):
            if order.deleted or order.status not in ONWARD:
                return
            who, status = ONWARD[order.status]
            self.move(self.named(who, order), order, status, "update_status")

    @rule(who=PARTIES, order=orders, status=STATES, route=st.sampled_from(["update_status", "update_order_status"]))
    def update_status(self, who: str, order: Order, status: str, route: str) -> None:
        """Bring an order into some state."""
        who = self.named(who, order)
        self.move(who, order, status, route)

    def move(self, who: str, order: Order, status: str, route: str) -> None:
        """Bring an order into some state, by one of the two routes for that."""

        def shows(before: str) -> Any:
            whole = self.order_shown(who, order)
            told = {"success": True, "order": whole, "previous_status": before, "new_status": status}
            return whole if route == "update_status" else told

        does = lambda: ordering.move(self.people[who], order, status)  # noqa: E731
        self.ask(who, "PATCH", f"orders/{order.id}/{route}/", does, shows, json={"status": status})

    @rule(who=PARTIES, order=orders)
    def cancel_order(self, who: str, order: Order) -> None:
        """Cancel an order as one of its sellers."""
        who = self.named(who, order)
        self.ask(
            who,
            "PATCH",
            f"orders/{order.id}/cancel_order/",
            lambda: ordering.take(self.people[who], order, ordering.CANCEL_ORDER, "Sold out."),
            lambda _: {"success": True, "order": self.order_shown(who, order)},
            json={"cancellation_reason": " Sold out. "},
        )

    @rule(order=orders)
    def call_off(self, order: Order) -> None:
        """Somebody who may cancel an order does, while that is possible."""
        if order.status == "pending_payment":
            self.cancel_order(SELLER, order)
        else:
            self.move(order.buyer.name, order, "cancelled", "update_status")

    @rule(who=PARTIES, order=orders)
    def process_order(self, who: str, order: Order) -> None:
        """Begin to prepare an order."""
        who = self.named(who, order)
        self.ask(
            who,
            "PATCH",
            f"orders/{order.id}/process_order/",
            lambda: ordering.take(self.people[who], order, ordering.PROCESS),
            lambda _: {"success": True, "order": self.order_shown(who, order)},
        )

    # --- sending them ---------------------------------------------------------------------------

    @rule(who=PARTIES, order=orders, carrier=CARRIERS)
    def update_carrier_code(self, who: str, order: Order, carrier: str) -> None:
        """Say which carrier takes it."""
        who = self.named(who, order)
        self.ask(
            who,
            "PATCH",
            f"orders/{order.id}/update_carrier_code/",
            lambda: ordering.say_carrier(self.people[who], order, "ctt-1", carrier),
            lambda _: {"success": True, "order": self.order_shown(who, order)},
            json={"carrier_code": "ctt-1"} | ({"shipping_carrier": carrier} if carrier else {}),
        )

    @rule(who=PARTIES, order=orders, number=st.sampled_from(["T1", "T2"]), carrier=CARRIERS)
    def update_tracking(self, who: str, order: Order, number: str, carrier: str) -> None:
        """Say how it can be followed."""
        who = self.named(who, order)
        self.ask(
            who,
            "PATCH",
            f"orders/{order.id}/update_tracking/",
            lambda: ordering.say_tracking(self.people[who], order, number, carrier),
            lambda said: {
                "success": True,
                "is_update": said[0],
                "shipping_info": shown.part(order, said[1]),
                "order": self.order_shown(who, order),
            },
            json={"tracking_number": number, "shipping_carrier": carrier},
        )

    @rule(who=PARTIES, order=orders)
    def tracking_info(self, who: str, order: Order) -> None:
        """Ask how an order can be followed."""
        who = self.named(who, order)
        does = lambda: ordering.visible(self.people[who], order)  # noqa: E731
        self.ask(who, "GET", f"orders/{order.id}/tracking_info/", does, lambda _: shown.tracking(order))

    @rule(order=orders, sellers=st.integers(1, 2), carrier=CARRIERS)
    def pay_and_send(self, order: Order, sellers: int, carrier: str) -> None:
        """Some sellers of a paid order say which carrier takes it and how it can be followed; the last one ships it."""
        if order.status == "pending_payment":
            self.move("admin", order, "payment_confirmed", "update_order_status")
        for seller in sorted(each.name for each in order.sellers)[:sellers]:
            self.update_carrier_code(seller, order, carrier)
            self.update_tracking(seller, order, "T3", carrier)

    # --- changing them --------------------------------------------------------------------------

    @rule(who=PARTIES, order=orders, changes=CHANGES)
    def edit_order(self, who: str, order: Order, changes: dict[str, Any]) -> None:
        """Change what of an order can be changed."""
        who = self.named(who, order)
        body = {name: value for name, value in changes.items() if name != "city"}
        body |= {"shipping_address": address(changes["city"])} if "city" in changes else {}
        self.ask(
            who,
            "PATCH",
            f"orders/{order.id}/",
            lambda: ordering.edit(self.people[who], order, **changes),
            lambda _: self.order_shown(who, order),
            json=body,
        )

    @rule(who=st.sampled_from(["admin", "admin", BUYER, SELLER, NOBODY]), order=orders)
    def delete_order(self, who: str, order: Order) -> None:
        """Take an order away."""
        who = self.named(who, order)
        self.ask(who, "DELETE", f"orders/{order.id}/", lambda: ordering.delete(self.people[who], order), status=204)

    @rule(who=PARTIES, order=orders)
    def look_at_order(self, who: str, order: Order) -> None:
        """Look at an order."""
        who = self.named(who, order)
        does = lambda: ordering.visible(self.people[who], order)  # noqa: E731
        self.ask(who, "GET", f"orders/{order.id}/", does, lambda _: self.order_shown(who, order))

    def named(self, who: str, order: Order) -> str:
        """Somebody by name: of several sellers the first."""
        sellers = sorted(each.name for each in order.sellers)
        return {BUYER: order.buyer.name, SELLER: sellers[0]}.get(who, who)

    def order_shown(self, who: str, order: Order) -> Any:
        """An order as somebody sees it."""
        return shown.order(known(self.people[who]), order)


def _repeated(body: Any) -> bool:
    """Whether a product is named twice."""
    named = [each["product_id"] for each in body.get("items", [])]
    return len(named) > len(set(named))
