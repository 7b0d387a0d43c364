"""Whether the books of the marketplace are right: asked of the database, which can say it of one moment."""

from __future__ import annotations

from tests.api.shopping import Product
from tests.support.servers import Server
from tests.support.sql import rows

HALF_DONE = """SELECT o.id FROM "order" o LEFT JOIN order_item i ON i.order_id = o.id
GROUP BY o.id, o.subtotal HAVING count(i.id) = 0 OR sum(i.total_price) <> o.subtotal"""
SOLD = """SELECT p.stock_quantity, coalesce((SELECT sum(i.quantity) FROM order_item i JOIN "order" o
ON o.id = i.order_id WHERE i.product_id = p.id AND o.cancelled_at IS NULL), 0) FROM product p WHERE p.id = '{}'"""

PAID_FOR = """SELECT coalesce(sum(i.quantity), 0) FROM order_item i JOIN "order" o ON o.id = i.order_id
WHERE i.product_id = '{}' AND o.status <> 'pending_payment' AND o.cancelled_at IS NULL"""


def in_order(server: Server, product: Product, start: int) -> int:
    """No order lacks a line, and what is in stock and what is sold are what there was; how much is sold."""
    assert rows(server.database, HALF_DONE) == []
    ((left, sold),) = rows(server.database, SOLD.format(product["id"]))
    assert left >= 0
    assert left + sold == start
    return int(sold)


def orders_of(server: Server, product: Product) -> set[str]:
    """The orders with a product."""
    found = rows(server.database, f"SELECT order_id FROM order_item WHERE product_id = '{product['id']}'")
    assert len(set(found)) == len(found)
    return {str(key) for (key,) in found}


def paid_for(server: Server, product: Product) -> int:
    """How many pieces of a product are in orders that have been paid for and not cancelled."""
    ((sold,),) = rows(server.database, PAID_FOR.format(product["id"]))
    return int(sold)
