# Generated from spec/book.yaml by `agora build`; do not edit.
"""The table of Book as the ORM sees it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise.fields import ForeignKeyField, ForeignKeyNullableRelation, OnDelete

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.member import Member


class Book(Record):
    """Something to read, which one member at a time may have at home."""

    id = columns.IdColumn(primary_key=True)
    title = columns.TextColumn()
    slug = columns.TextColumn()
    year = columns.IntegerColumn(null=True)
    fee = columns.DecimalColumn(default=Decimal("0.00"))
    topics = columns.TextListColumn(default=lambda: ["misc"])
    reads = columns.IntegerColumn(default=0)

    borrower: ForeignKeyNullableRelation[Member] = ForeignKeyField(
        "models.Member", related_name="borrowed", on_delete=OnDelete.SET_NULL, null=True
    )
    borrower_id: UUID | None

    class Meta:
        """The table."""

        table = "book"
