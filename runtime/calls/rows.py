"""Rows that calls work on: found and locked, found to be created on, and shown as they are read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from runtime.auth import policy
from runtime.calls import siblings, violations
from runtime.calls.singletons import Single
from runtime.calls.taken import taken
from runtime.database import ConstraintViolation, Database, Transaction
from runtime.errors import Problem, conflict, not_found
from runtime.reads import GuardRead, ItemRead, RecordRead
from runtime.reads.assembly import ItemRow
from runtime.records import Record

if TYPE_CHECKING:
    from runtime.application import Policy, Siblings
    from runtime.call import Call

R = TypeVar("R", bound=Record)
ITEM_COLUMNS = len(ItemRow._fields)


async def locked(
    call: Call,
    transaction: Transaction,
    model: type[R],
    read: RecordRead,
    rule: Policy,
    single: Single | None = None,
) -> R:
    """The row that the path names, locked until the transaction ends; 404, 401, 403, or the 409 of a guard otherwise.

    With `single` it is the caller's own, made where there is none yet.
    """
    family = call.services.application.siblings.get(read.table)
    if family is not None:
        await _lock_family(call, transaction, read, family)
    row = await _lock(call, transaction, read)
    if row is None:
        await call.find_caller(transaction)
    if row is None and single is not None:
        await single.make(call, transaction)
        row = await _lock(call, transaction, read)
    if row is None:
        raise not_found()
    allowed = len(read.columns)
    settle(call, rule, row[allowed + 1 + len(read.guards) :])
    policy.check_record(rule, call.actor, row[allowed])
    check_guards(read, row[allowed + 1 :])
    return model.from_row(read.columns, row)


async def _lock(call: Call, transaction: Transaction, read: RecordRead) -> Sequence[Any] | None:
    statement = call.services.statements.record(read, call.kind, lock=True)
    return await transaction.fetch_row(statement.text, statement.arguments(call.values))


def settle(call: Call, rule: Policy, columns: Sequence[object]) -> None:
    """Who is asking, of the columns at the end of a row, unless that was known; 401 or 403 as in `authorize`."""
    if call.actor is None:
        call.settle(columns)
    policy.check(rule, call.actor)


async def _lock_family(call: Call, transaction: Transaction, read: RecordRead, family: Siblings) -> None:
    """The row that it and its siblings belong to is locked before the row itself: always in this order."""
    statement = call.services.statements.record(read, call.kind)
    row = await transaction.fetch_row(statement.text, statement.arguments(call.values))
    of = None if row is None else row[read.columns.index(family.of)]
    if of is not None:
        await siblings.lock(transaction, family, of)


async def seen(call: Call, read: RecordRead, rule: Policy, single: Single | None = None) -> Any:
    """The key of the row that the path names, before any transaction: the same answers as `locked` gives."""
    database = call.services.database
    statement = call.services.statements.record(read, call.kind)
    row = await database.fetch_row(statement.text, statement.arguments(call.values))
    if _is_missing(row, read) and single is not None:
        await database.transaction(partial(single.make, call))
        row = await database.fetch_row(statement.text, statement.arguments(call.values))
    if row is None or _is_missing(row, read):
        await call.find_caller()
        raise not_found()
    allowed = len(read.columns)
    settle(call, rule, row[allowed + 1 + len(read.guards) :])
    policy.check_record(rule, call.actor, row[allowed])
    check_guards(read, row[allowed + 1 :])
    return row[read.columns.index(read.key)]


def _is_missing(row: Sequence[object] | None, read: RecordRead) -> bool:
    return row is None or row[read.columns.index(read.key)] is None


def check_guards(read: RecordRead, answers: Sequence[object]) -> None:
    """Raise the 409 of the first guard that does not hold."""
    for guard, holds in zip(read.guards, answers, strict=False):
        if not holds:
            raise conflict(guard.code, guard.message)


async def guarded(call: Call, transaction: Transaction | Database[Any], read: GuardRead, rule: Policy) -> Any:
    """The key of the row that something is created on."""
    statement = call.services.statements.guard(read, call.kind)
    row = await transaction.fetch_row(statement.text, statement.arguments(call.values))
    if row is None:
        raise RuntimeError(f"{read.name}: the statement gave no row")
    settle(call, rule, row[ITEM_COLUMNS:])
    if row[1] is None:
        raise not_found()
    policy.check_record(rule, call.actor, row[2])
    return row[1]


async def shown(call: Call, source: Transaction | Database[Any], read: ItemRead, key: object) -> str:
    """A row as JSON text, as it is read; from within a transaction, with all that was written in it."""
    statement = call.services.statements.item(read, call.bound)
    row = await source.fetch_row(statement.text, statement.arguments({**call.values, "key": key}))
    if row is None or row[0] is None:
        raise RuntimeError(f"{read.name}: what was just written cannot be read")
    body: str = row[0]
    return body


async def problem_of(call: Call, violation: ConstraintViolation) -> Problem | ConstraintViolation:
    """The client's problem, or the violation itself where the program is to blame."""
    found = await taken(call, violation)
    return violations.translated(violation, call.services.application.constraints, found) or violation
