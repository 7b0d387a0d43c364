# Generated from spec/order_item.yaml by `agora build`; do not edit.
"""The table of OrderItem as the ORM sees it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise.fields import ForeignKeyField, ForeignKeyNullableRelation, ForeignKeyRelation, OnDelete

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.order import Order
    from generated.models.product import Product
    from generated.models.user import User


class OrderItem(Record):
    """One line of an order, with the product as it was when it was bought."""

    id = columns.IdColumn(primary_key=True)
    quantity = columns.IntegerColumn()
    unit_price = columns.DecimalColumn(default=Decimal("0.00"))
    total_price = columns.DecimalColumn(default=Decimal("0.00"))
    product_name = columns.TextColumn(default="")
    product_description = columns.TextColumn(default="")
    product_image = columns.TextColumn(null=True)
    created_at = columns.CreatedColumn()

    order: ForeignKeyRelation[Order] = ForeignKeyField("models.Order", related_name="items", on_delete=OnDelete.CASCADE)
    order_id: UUID
    product: ForeignKeyNullableRelation[Product] = ForeignKeyField(
        "models.Product", related_name="order_items", on_delete=OnDelete.SET_NULL, null=True
    )
    product_id: UUID | None
    seller: ForeignKeyRelation[User] = ForeignKeyField("models.User", related_name="sales", on_delete=OnDelete.RESTRICT)
    seller_id: int

    class Meta:
        """The table."""

        table = "order_item"
