# Generated from spec/favorite.yaml by `agora build`; do not edit.
"""The table of Favorite as the ORM sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tortoise.fields import ForeignKeyField, ForeignKeyRelation, OnDelete

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.product import Product
    from generated.models.user import User


class Favorite(Record):
    """A product that a user wants to find again."""

    id = columns.IdColumn(primary_key=True)
    created_at = columns.CreatedColumn()

    user: ForeignKeyRelation[User] = ForeignKeyField(
        "models.User", related_name="favorites", on_delete=OnDelete.CASCADE
    )
    user_id: int
    product: ForeignKeyRelation[Product] = ForeignKeyField(
        "models.Product", related_name="favorites", on_delete=OnDelete.CASCADE
    )
    product_id: UUID

    class Meta:
        """The table."""

        table = "favorite"
