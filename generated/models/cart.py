# Generated from spec/cart.yaml by `agora build`; do not edit.
"""The table of Cart as the ORM sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise.fields import ForeignKeyField, ForeignKeyRelation, OnDelete, ReverseRelation

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.cart_item import CartItem
    from generated.models.user import User


class Cart(Record):
    """What a user means to buy. Prices are always the present ones, and nothing is reserved."""

    id = columns.IdColumn(primary_key=True)
    created_at = columns.CreatedColumn()
    updated_at = columns.UpdatedColumn()

    user: ForeignKeyRelation[User] = ForeignKeyField("models.User", related_name="carts", on_delete=OnDelete.CASCADE)
    user_id: int

    items: ReverseRelation[CartItem]

    class Meta:
        """The table."""

        table = "cart"
