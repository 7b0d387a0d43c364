# Generated from spec/refresh_token.yaml by `agora build`; do not edit.
"""The table of RefreshToken as the ORM sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise.fields import ForeignKeyField, ForeignKeyRelation, OnDelete

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.user import User


class RefreshToken(Record):
    """One refresh token that was given out. Only its hash is kept. Tokens that came from the same sign-in share a
    family; a token that is used twice revokes its family.
    """

    id = columns.IdColumn(primary_key=True)
    hash = columns.TextColumn()
    family = columns.TextColumn()
    used_at = columns.InstantColumn(null=True)
    revoked_at = columns.InstantColumn(null=True)
    expires_at = columns.InstantColumn()
    created_at = columns.CreatedColumn()

    user: ForeignKeyRelation[User] = ForeignKeyField(
        "models.User", related_name="refresh_tokens", on_delete=OnDelete.CASCADE
    )
    user_id: int

    class Meta:
        """The table."""

        table = "refresh_token"
