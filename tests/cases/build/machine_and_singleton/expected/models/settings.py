# Generated from spec/settings.yaml by `agora build`; do not edit.
"""The table of Settings as the ORM sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise.fields import ForeignKeyField, ForeignKeyRelation, OnDelete

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.member import Member


class Settings(Record):
    """How a member wants the desk to be."""

    id = columns.IdColumn(primary_key=True)
    dark = columns.BooleanColumn(default=False)

    member: ForeignKeyRelation[Member] = ForeignKeyField(
        "models.Member", related_name="settings", on_delete=OnDelete.CASCADE
    )
    member_id: int

    class Meta:
        """The table."""

        table = "settings"
