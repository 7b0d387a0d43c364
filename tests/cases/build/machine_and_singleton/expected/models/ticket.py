# Generated from spec/ticket.yaml by `agora build`; do not edit.
"""The table of Ticket as the ORM sees it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tortoise.fields import ForeignKeyField, ForeignKeyNullableRelation, ForeignKeyRelation, OnDelete

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.member import Member


class Ticket(Record):
    """Something that a member wants done."""

    id = columns.IdColumn(primary_key=True)
    title = columns.TextColumn()
    stage = columns.TextColumn(default="open")
    hours = columns.DecimalColumn(places=1, default=Decimal("0.0"))
    solution = columns.TextColumn(default="")
    solved_at = columns.InstantColumn(null=True)

    author: ForeignKeyRelation[Member] = ForeignKeyField(
        "models.Member", related_name="tickets", on_delete=OnDelete.CASCADE
    )
    author_id: int
    solved_by: ForeignKeyNullableRelation[Member] = ForeignKeyField(
        "models.Member", related_name="solved", on_delete=OnDelete.SET_NULL, null=True
    )
    solved_by_id: int | None

    class Meta:
        """The table."""

        table = "ticket"
