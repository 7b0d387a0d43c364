# Generated from spec/member.yaml by `agora build`; do not edit.
"""The table of Member as the ORM sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise.fields import ReverseRelation

from runtime import columns
from runtime.records import Record

if TYPE_CHECKING:
    from generated.models.book import Book


class Member(Record):
    """Somebody who borrows."""

    id = columns.UuidColumn(primary_key=True)
    name = columns.TextColumn()
    is_active = columns.BooleanColumn(default=True)
    is_librarian = columns.BooleanColumn(default=False)

    borrowed: ReverseRelation[Book]

    class Meta:
        """The table."""

        table = "member"
