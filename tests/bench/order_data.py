"""Orders for the benchmarks: of a quarter of the buyers, so that each has several pages of them; one seller in many."""

from __future__ import annotations

import datetime as dt
import json
import random
import uuid
from collections.abc import Sequence
from typing import Any

START = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
STATES = ["pending_payment", "payment_confirmed", "awaiting_shipment", "shipped", "delivered", "cancelled"]
SENT = ("shipped", "delivered")
PROMINENT = 1  # the seller in every eighth order
ADDRESS = {
    "name": "",
    "street": "Rua do Carmo 12",
    "city": "Porto",
    "state": "Porto",
    "postal_code": "4050-164",
    "country": "PT",
    "phone": "",
}

Row = dict[str, Any]


def rows(chance: random.Random, products: Sequence[Row], buyers: Sequence[int], count: int) -> dict[str, list[Row]]:
    """The rows of each table, in the order in which they can be copied."""
    ordering = buyers[: len(buyers) // 4]
    prominent = [each for each in products if each["seller_id"] == PROMINENT]
    orders: list[Row] = []
    items: list[Row] = []
    parcels: list[Row] = []
    for number in range(count):
        bought = {each["id"]: each for each in chance.choices(products, k=chance.randint(1, 4))}
        if number % 8 == 0:
            first = chance.choice(prominent)
            bought[first["id"]] = first
        order = _order(chance, number, chance.choice(ordering))
        lines = [_item(chance, order, each) for each in bought.values()]
        order["subtotal"] = sum(each["total_price"] for each in lines)
        orders.append(order)
        items += lines
        if order["status"] in SENT:
            parcels += [_parcel(order, seller) for seller in sorted({each["seller_id"] for each in lines})]
    return {"order": orders, "order_item": _numbered(items), "order_shipping": _numbered(parcels)}


def _numbered(rows: list[Row]) -> list[Row]:
    return [{"id": number, **row} for number, row in enumerate(rows, 1)]


def _order(chance: random.Random, number: int, buyer: int) -> Row:
    made = START + dt.timedelta(seconds=number * 45, microseconds=chance.randint(0, 999_999))
    status = chance.choice(STATES)
    return {
        "id": uuid.UUID(int=chance.getrandbits(128), version=4),
        "status": status,
        "payment_status": "pending" if status in ("pending_payment", "cancelled") else "paid",
        "shipping_cost": 490,
        "shipping_address": json.dumps(ADDRESS, separators=(",", ":")),
        "buyer_notes": "Please ring twice." if number % 5 == 0 else "",
        "cancelled_at": made if status == "cancelled" else None,
        "shipped_at": made if status in SENT else None,
        "delivered_at": made if status == "delivered" else None,
        "created_at": made,
        "updated_at": made,
        "buyer_id": buyer,
    }


def _item(chance: random.Random, order: Row, product: Row) -> Row:
    quantity = chance.randint(1, 3)
    return {
        "quantity": quantity,
        "unit_price": product["price"],
        "total_price": quantity * product["price"],
        "product_name": product["name"],
        "product_description": product["description"],
        "product_image": None,
        "created_at": order["created_at"],
        "order_id": order["id"],
        "product_id": product["id"],
        "seller_id": product["seller_id"],
    }


def _parcel(order: Row, seller: int) -> Row:
    return {
        "tracking_number": f"RR{seller:06}PT",
        "shipping_carrier": "CTT",
        "shipped_at": order["shipped_at"],
        "delivered_at": order["delivered_at"],
        "created_at": order["created_at"],
        "updated_at": order["updated_at"],
        "order_id": order["id"],
        "seller_id": seller,
    }
