# Generated from spec/category.yaml by `agora build`; do not edit.
"""The table of Category as the ORM sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise.fields import ForeignKeyField, ForeignKeyNullableRelation, OnDelete, ReverseRelation

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.product import Product


class Category(Record):
    """A shelf of the marketplace; shelves stand within shelves."""

    id = columns.IdColumn(primary_key=True)
    name = columns.TextColumn()
    slug = columns.TextColumn()
    description = columns.TextColumn(default="")
    is_active = columns.BooleanColumn(default=True)
    created_at = columns.CreatedColumn()
    updated_at = columns.UpdatedColumn()

    parent: ForeignKeyNullableRelation[Category] = ForeignKeyField(
        "models.Category", related_name="subcategories", on_delete=OnDelete.SET_NULL, null=True
    )
    parent_id: int | None

    subcategories: ReverseRelation[Category]
    products: ReverseRelation[Product]

    class Meta:
        """The table."""

        table = "category"
