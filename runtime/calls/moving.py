"""Calls that move a record from one state to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sanic.response import HTTPResponse

from runtime.calls import results, rows, transitions, writing
from runtime.context import Context
from runtime.inputs import InputType, sent
from runtime.machines import Machine, Transition
from runtime.reads import ItemRead, RecordRead
from runtime.records import Record

if TYPE_CHECKING:
    from runtime.application import Policy
    from runtime.call import Call


@dataclass(frozen=True, slots=True)
class Move:
    """Move the record that the path names: by `transition`, or into the state that the body says."""

    machine: Machine
    model: type[Record]
    policy: Policy
    record: RecordRead
    input: InputType[Any] | None
    transition: Transition | None
    returns: ItemRead | None
    answer: Mapping[str, object]

    async def run(self, call: Call) -> HTTPResponse:
        """200 with the record as it is now."""
        await call.expect(self.policy)
        values = await writing.hashed(call, self.input, sent(await call.body(self.input))) if self.input else {}
        return await writing.in_transaction(call, partial(self._work, values))

    async def _work(self, values: Mapping[str, Any], ctx: Context[Any]) -> HTTPResponse:
        record = await rows.locked(ctx.call, ctx.transaction_open, self.model, self.record, self.policy)
        if self.input is not None and self.transition is not None:
            await writing.checked(ctx.call, ctx.transaction_open, self.input, values, record, ())
        wanted = self.transition or str(values[self.machine.field])
        moved = await transitions.move(ctx, self.machine, record, wanted, values if self.transition else {})
        shown = self.answer or self.returns
        return await results.answered(ctx.call, ctx.transaction_open, shown, record.pk, moved)
