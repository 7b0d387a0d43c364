# Generated from spec/cart_item.yaml by `agora build`; do not edit.
"""The table of CartItem as the ORM sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tortoise.fields import ForeignKeyField, ForeignKeyRelation, OnDelete

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.cart import Cart
    from generated.models.product import Product


class CartItem(Record):
    """One product in a cart."""

    id = columns.IdColumn(primary_key=True)
    quantity = columns.IntegerColumn()
    added_at = columns.CreatedColumn()

    cart: ForeignKeyRelation[Cart] = ForeignKeyField("models.Cart", related_name="items", on_delete=OnDelete.CASCADE)
    cart_id: int
    product: ForeignKeyRelation[Product] = ForeignKeyField(
        "models.Product", related_name="cart_items", on_delete=OnDelete.CASCADE
    )
    product_id: UUID

    class Meta:
        """The table."""

        table = "cart_item"
