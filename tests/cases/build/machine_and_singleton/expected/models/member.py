# Generated from spec/member.yaml by `agora build`; do not edit.
"""The table of Member as the ORM sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise.fields import ReverseRelation

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.settings import Settings
    from generated.models.ticket import Ticket


class Member(Record):
    """A row of member."""

    id = columns.IdColumn(primary_key=True)
    name = columns.TextColumn()
    is_staff = columns.BooleanColumn(default=False)

    settings: ReverseRelation[Settings]
    tickets: ReverseRelation[Ticket]
    solved: ReverseRelation[Ticket]

    class Meta:
        """The table."""

        table = "member"
