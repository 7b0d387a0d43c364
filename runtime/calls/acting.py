"""Calls that run a hook: its context, its transaction, its result, and the errors it may raise."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sanic.response import HTTPResponse

from runtime.calls import results, rows, writing
from runtime.calls.effects import check_declared
from runtime.calls.idempotency import once
from runtime.context import Context
from runtime.database import ConstraintViolation
from runtime.errors import Problem
from runtime.http import answers
from runtime.reads import ItemRead
from runtime.records import Record

if TYPE_CHECKING:
    from runtime.call import Call

Work = Callable[[Context[Any]], Awaitable[object]]
# How the row is shown that a hook returns, or each of the rows among the members of its result.
Shows = ItemRead | Mapping[str, ItemRead]

CREATED = 201


@dataclass(frozen=True, slots=True)
class Action:
    """Run one hook."""

    work: Work
    statuses: Mapping[type, int]
    errors: frozenset[str]
    transaction: bool
    shows: Mapping[type, Shows]
    location: str | None

    async def run(self, call: Call) -> HTTPResponse:
        """What the hook returned, with the status of its type."""
        context: Context[Any] = Context(call)
        try:
            if self.transaction:
                return await context.transaction(self._once)
            return await self._answered(context)
        except ConstraintViolation as violation:
            raise await rows.problem_of(call, violation) from violation
        except Problem as problem:
            check_declared(call, problem, self.errors)
            raise

    async def _once(self, context: Context[Any]) -> HTTPResponse:
        run = partial(self._answered, context)
        return await (once(context.call, context.open, run) if context.open else run())

    async def _answered(self, context: Context[Any]) -> HTTPResponse:
        result = await self.work(context)
        kind = type(result)
        if kind not in self.statuses:
            raise TypeError(f"{context.call.route.name}: the hook returned {kind.__name__}, which is not declared")
        status, read = self.statuses[kind], self.shows.get(kind)
        if read is None:
            return answers.value(result, status)
        call = context.call
        source = context.open or call.services.database
        if isinstance(read, Mapping):
            return await results.with_rows(call, source, result, read, status)
        key = getattr(result, "pk", None) or getattr(result, "key", None)
        headers = None
        if self.location is not None and status == CREATED and isinstance(result, Record):
            headers = {"location": writing.location_of(call, self.location, result)}
        return answers.text(await rows.shown(call, source, read, key), status, headers)
