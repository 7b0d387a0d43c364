"""Resources of which every caller has one row, made when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from runtime.errors import unauthorized
from runtime.records import Record

if TYPE_CHECKING:
    from runtime.call import Call
    from runtime.database import Transaction


@dataclass(frozen=True, slots=True)
class Single:
    """The caller's one row of `model`: the one whose `column` is the caller's key. A unique index sees to it."""

    model: type[Record]
    column: str

    async def make(self, call: Call, transaction: Transaction) -> None:
        """Make the row, unless somebody else is just making it; then it is there after that."""
        if call.actor is None:
            raise unauthorized()
        row = self.model(**{self.column: call.actor.id})
        await self.model.bulk_create([row], ignore_conflicts=True, using_db=transaction.connection)
