# Generated from spec/review.yaml by `agora build`; do not edit.
"""The table of Review as the ORM sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tortoise.fields import ForeignKeyField, ForeignKeyRelation, OnDelete

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.product import Product
    from generated.models.user import User


class Review(Record):
    """What a buyer says of a product."""

    id = columns.IdColumn(primary_key=True)
    rating = columns.IntegerColumn()
    title = columns.TextColumn(default="")
    comment = columns.TextColumn(default="")
    is_active = columns.BooleanColumn(default=True)
    created_at = columns.CreatedColumn()
    updated_at = columns.UpdatedColumn()

    product: ForeignKeyRelation[Product] = ForeignKeyField(
        "models.Product", related_name="reviews", on_delete=OnDelete.CASCADE
    )
    product_id: UUID
    reviewer: ForeignKeyRelation[User] = ForeignKeyField(
        "models.User", related_name="reviews", on_delete=OnDelete.CASCADE
    )
    reviewer_id: int

    class Meta:
        """The table."""

        table = "review"
