"""What requests to orders do in the model, or why they are refused: the contract's table, in plain Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.api.model.market import (
    MOST_STOCK,
    NOT_SHIPPED,
    Market,
    Order,
    OrderLine,
    Part,
    Person,
    Product,
    Refusal,
    is_party,
    known,
)

Wanted = list[tuple[Product | None, int]]


# --- who may ----------------------------------------------------------------------------------


def admin(who: Person, order: Order) -> bool:
    """Administrators."""
    return who.role == "admin"


def selling(who: Person, order: Order) -> bool:
    """Sellers of an item, and administrators."""
    return who in order.sellers or who.role == "admin"


def buying(who: Person, order: Order) -> bool:
    """The buyer, and administrators."""
    return who is order.buyer or who.role == "admin"


@dataclass(frozen=True)
class Step:
    """A row of the contract's table. `reason`: it is only made with a reason, by a request of its own."""

    sources: tuple[str, ...]
    target: str
    may: Callable[[Person, Order], bool]
    paid: bool = False
    reason: bool = False
    stamps: tuple[str, ...] = ()


CONFIRM = Step(("pending_payment",), "payment_confirmed", admin)
CANCEL_ORDER = Step(
    ("pending_payment", "payment_confirmed"), "cancelled", selling, reason=True, stamps=("cancelled_at",)
)
CANCEL = Step(("payment_confirmed", "awaiting_shipment"), "cancelled", is_party, stamps=("cancelled_at",))
PROCESS = Step(("payment_confirmed",), "awaiting_shipment", selling, paid=True, stamps=("processed_at",))
SHIP = Step(("awaiting_shipment",), "shipped", selling, paid=True, stamps=("shipped_at",))
DELIVER = Step(("shipped",), "delivered", buying, paid=True, stamps=("delivered_at",))
REFUND = Step(("cancelled", "delivered"), "refunded", admin, paid=True)
TABLE = (CONFIRM, CANCEL_ORDER, CANCEL, PROCESS, SHIP, DELIVER, REFUND)


# --- making them ------------------------------------------------------------------------------


def place(market: Market, who: Person | None, wanted: Wanted, city: str, notes: str) -> Order:
    """Order products, all of them or none."""
    buyer = known(who)
    bought: list[tuple[Product, int]] = []
    for product, quantity in wanted:
        if product is None or not product.active:
            raise Refusal(404, "PRODUCT_NOT_FOUND")
        bought.append((product, quantity))
    if any(product.seller is buyer for product, _ in bought):
        raise Refusal(409, "OWN_PRODUCT")
    short = [(product, quantity) for product, quantity in bought if product.stock < quantity]
    if short:
        raise _insufficient(short)
    return _placed(market, buyer, bought, city, notes)


def checkout(market: Market, who: Person | None, city: str, notes: str) -> Order:
    """Order what is in the cart, and empty it."""
    buyer = known(who)
    bought = [(line.product, line.quantity) for line in market.cart(buyer)]
    if not bought:
        raise Refusal(409, "CART_EMPTY")
    short = [each for each in bought if each[0].stock < each[1]]
    gone = [each for each in bought if not each[0].active and each not in short]
    if short or gone:
        raise _insufficient([*short, *gone])
    market.lines = [each for each in market.lines if each.owner is not buyer]
    return _placed(market, buyer, bought, city, notes)


def _insufficient(lines: list[tuple[Product, int]]) -> Refusal:
    told = [
        {
            "product_id": product.id,
            "product_name": product.name,
            "requested_quantity": quantity,
            "available_stock": product.stock if product.active else 0,
        }
        for product, quantity in lines
    ]
    return Refusal(409, "INSUFFICIENT_STOCK", lines=told)


def _placed(market: Market, buyer: Person, bought: list[tuple[Product, int]], city: str, notes: str) -> Order:
    for product, quantity in bought:
        product.stock -= quantity
    lines = [OrderLine(product, quantity, product.price, product.name) for product, quantity in bought]
    market.orders.append(order := Order(buyer, lines, city, notes))
    return order


# --- moving them ------------------------------------------------------------------------------


def move(who: Person | None, order: Order, target: str) -> str:
    """Bring an order into a state; the one it was in."""
    caller = visible(who, order)
    ways = [each for each in TABLE if order.status in each.sources and each.target == target and not each.reason]
    if not ways:
        raise _no_way(caller, order)
    return _step(caller, order, ways[0])


def take(who: Person | None, order: Order, step: Step, reason: str = "") -> str:
    """Make one step of the table; the state before."""
    caller = visible(who, order)
    if not step.may(caller, order):
        raise Refusal(403, "FORBIDDEN")
    if order.status not in step.sources:
        raise _no_way(caller, order)
    before = _step(caller, order, step)
    order.reason = reason or order.reason
    return before


def visible(who: Person | None, order: Order) -> Person:
    """The caller, who must be able to see the order."""
    caller = known(who)
    if order.deleted or not is_party(caller, order):
        raise Refusal(404, "NOT_FOUND")
    return caller


def _no_way(who: Person, order: Order) -> Refusal:
    open_ = {
        each.target
        for each in TABLE
        if order.status in each.sources and each.may(who, order) and (order.payment == "paid" or not each.paid)
    }
    return Refusal(409, "INVALID_TRANSITION", current_status=order.status, allowed_transitions=open_)


def _step(who: Person, order: Order, step: Step) -> str:
    if not step.may(who, order):
        raise Refusal(403, "FORBIDDEN")
    if step.paid and order.payment != "paid":
        raise Refusal(409, "PAYMENT_REQUIRED")
    before = order.status
    if step.target == "cancelled":
        _restock(order)
        _count(order, -1 if before != "pending_payment" else 0)
        order.cancelled_by = who
    if step is CONFIRM:
        order.payment = "paid"
        _count(order, 1)
    if step is REFUND:
        order.payment = "refunded"
    for part in order.parts.values():
        part.shipped |= step is SHIP
        part.delivered |= step is DELIVER
    order.stamps.update(step.stamps)
    order.status = step.target
    order.been.add(step.target)
    return before


def _restock(order: Order) -> None:
    if any(each.product.stock + each.quantity > MOST_STOCK for each in order.lines):
        raise Refusal(409, "CONFLICT")
    for line in order.lines:
        line.product.stock += line.quantity


def _count(order: Order, sign: int) -> None:
    for line in order.lines:
        line.product.sold += sign * line.quantity
        line.product.revenue += sign * line.total


# --- what else can be done with them ----------------------------------------------------------

FOR_ADMINS = {"admin_notes", "payment_status", "shipping_cost", "tax_amount", "discount_amount"}


def edit(who: Person | None, order: Order, **values: Any) -> Order:
    """Change what may still be changed."""
    if FOR_ADMINS & set(values) and known(who).role != "admin":
        raise Refusal(403, "FORBIDDEN")
    caller = visible(who, order)
    if not buying(caller, order):
        raise Refusal(403, "FORBIDDEN")
    if order.status != "pending_payment" and caller.role != "admin":
        raise Refusal(409, "ORDER_CLOSED")
    amounts = order.amounts | {name: Decimal(value) for name, value in values.items() if name in order.amounts}
    if amounts["discount_amount"] > order.subtotal + amounts["shipping_cost"] + amounts["tax_amount"]:
        raise Refusal(400, "INVALID_INPUT", errors={"discount_amount": ...})
    order.amounts = amounts
    order.city = values.get("city", order.city)
    order.notes = values.get("buyer_notes", order.notes)
    order.admin_notes = values.get("admin_notes", order.admin_notes)
    order.payment = values.get("payment_status", order.payment)
    if order.payment == "paid" and order.status == "pending_payment":
        _step(caller, order, CONFIRM)
    return order


def delete(who: Person | None, order: Order) -> None:
    """An administrator takes an order away, as if it had not been."""
    if known(who).role != "admin":
        raise Refusal(403, "FORBIDDEN")
    visible(who, order)
    if order.status in NOT_SHIPPED:
        _restock(order)
    _count(order, -1 if order.is_sold else 0)
    order.deleted = True


def say_carrier(who: Person | None, order: Order, code: str, carrier: str) -> Order:
    """Note which carrier will take the caller's part."""
    sellers = _speaks_for(who, order)
    if order.status not in ("payment_confirmed", "awaiting_shipment"):
        raise Refusal(409, "NOT_BEFORE_SHIPMENT")
    for part in _parts(order, sellers):
        part.code, part.carrier = code, carrier or part.carrier
    order.code, order.carrier = code, carrier or order.carrier
    return order


def say_tracking(who: Person | None, order: Order, number: str, carrier: str) -> tuple[bool, Person]:
    """Note how the caller's part can be followed; whether that was known before, and whose part is shown."""
    sellers = _speaks_for(who, order)
    if order.status not in ("payment_confirmed", "awaiting_shipment", "shipped"):
        raise Refusal(409, "NOT_TRACKABLE")
    tracked = {seller for seller, part in order.parts.items() if part.tracking}
    ships = order.status != "shipped" and order.sellers <= tracked | sellers
    if ships and order.payment != "paid":
        raise Refusal(409, "PAYMENT_REQUIRED")
    for part in _parts(order, sellers):
        part.tracking, part.carrier, part.shipped = number, carrier or part.carrier, True
    order.tracking, order.carrier = number, carrier or order.carrier
    for step in (PROCESS, SHIP) if ships else ():
        if order.status in step.sources:
            _step(known(who), order, step)
    return sellers <= tracked, min(sellers, key=lambda each: each.id)


def _speaks_for(who: Person | None, order: Order) -> set[Person]:
    """The sellers whose parts the caller speaks of: their own, or as an administrator everybody's."""
    caller = visible(who, order)
    if not selling(caller, order):
        raise Refusal(403, "FORBIDDEN")
    return order.sellers & {caller} or order.sellers


def _parts(order: Order, sellers: set[Person]) -> list[Part]:
    """The parts of sellers, made where there are none yet."""
    return [order.parts.setdefault(each, Part()) for each in sorted(sellers, key=lambda each: each.id)]
