# Generated from spec/order.yaml by `agora build`; do not edit.
"""The table of Order as the ORM sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise.fields import ForeignKeyField, ForeignKeyRelation, OnDelete, ReverseRelation

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.order_item import OrderItem
    from generated.models.user import User


class Order(Record):
    """What a buyer ordered."""

    id = columns.UuidColumn(primary_key=True)
    status = columns.TextColumn(default="pending_payment")
    created_at = columns.CreatedColumn()
    updated_at = columns.UpdatedColumn()

    buyer: ForeignKeyRelation[User] = ForeignKeyField("models.User", related_name="orders", on_delete=OnDelete.RESTRICT)
    buyer_id: int

    items: ReverseRelation[OrderItem]

    class Meta:
        """The table."""

        table = "order"
