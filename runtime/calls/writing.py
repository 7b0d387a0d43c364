"""Calls that make, change or delete one row: everything is checked and done in one transaction.

The order is the contract's: who is asking, the body with all its faults, the row in the path, the policy about that
row, what the body refers to, what must hold of the result; then the write, where the database has the last word.
"""

from __future__ import annotations

import enum
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import quote

from sanic.response import HTTPResponse

from runtime.application import Policy
from runtime.auth import policy
from runtime.calls import references, slugs, violations
from runtime.calls.idempotency import once
from runtime.calls.slugs import Slug
from runtime.database import ConstraintViolation, Database, Transaction
from runtime.errors import Errors, Problem, invalid, not_found, problem
from runtime.http import answers
from runtime.inputs import InputType, sent
from runtime.reads import GuardRead, ItemRead, RecordRead
from runtime.records import Record

if TYPE_CHECKING:
    from runtime.call import Call

R = TypeVar("R", bound=Record)
T = TypeVar("T")


class Source(enum.Enum):
    """Where a column of a new row comes from when it is not the body."""

    ACTOR = "the caller's key"
    PARENT = "the key of the row that the path names"


ACTOR: Final = Source.ACTOR
PARENT: Final = Source.PARENT


@dataclass(frozen=True, slots=True)
class Invariant:
    """What must hold of every row; `check` takes the row, `on` is the member of the input that is blamed."""

    name: str
    check: Callable[[Any], bool]
    on: str
    message: str


@dataclass(frozen=True, slots=True)
class Creation:
    """Make one row."""

    model: type[Record]
    input: InputType[Any]
    policy: Policy
    sets: Mapping[str, object]
    guard: GuardRead | None
    returns: ItemRead | None
    location: str | None
    invariants: Sequence[Invariant]
    slugs: Sequence[Slug]

    async def run(self, call: Call) -> HTTPResponse:
        """201 with the new row."""
        await call.authorize(self.policy)
        values = await _hashed(call, self.input, sent(await call.body(self.input)))
        for attempt in range(slugs.ATTEMPTS):
            try:
                return await _transaction(call, partial(self._once, call, values, attempt > 0))
            except Collision:
                continue
        raise problem("NOT_UNIQUE", violations.UNIQUE)

    async def _once(self, call: Call, values: Mapping[str, Any], again: bool, transaction: Transaction) -> HTTPResponse:
        return await once(call, transaction, partial(self._work, call, values, again, transaction))

    async def _work(self, call: Call, values: Mapping[str, Any], again: bool, transaction: Transaction) -> HTTPResponse:
        parent = await guarded(call, transaction, self.guard, self.policy) if self.guard else None
        record = self.model(**values, **self._set(call, parent), **self._slugs(values, again))
        await _checked(call, transaction, self.input, values, record, self.invariants)
        try:
            await record.save(using_db=transaction.connection, force_create=True)
        except ConstraintViolation as violation:
            if self._collides(call, violation):
                raise Collision from violation
            raise
        headers = {"location": self._location(call, record)} if self.location else None
        return await shown(call, transaction, self.returns, record.pk, 201, headers)

    def _set(self, call: Call, parent: object) -> dict[str, object]:
        sources = {ACTOR: None if call.actor is None else call.actor.id, PARENT: parent}
        return {name: sources[item] if isinstance(item, Source) else item for name, item in self.sets.items()}

    def _slugs(self, values: Mapping[str, Any], again: bool) -> dict[str, str]:
        return {
            each.attribute: slugs.made(str(values[each.source]), suffix=each.suffix or again) for each in self.slugs
        }

    def _collides(self, call: Call, violation: ConstraintViolation) -> bool:
        """Whether only the slug is taken: then another one will do."""
        if violation.kind != "unique":
            return False
        known = violations.constraint_of(violation, call.services.application.constraints)
        columns = known.columns if known else violation.columns
        return any(columns == (each.attribute,) for each in self.slugs)

    def _location(self, call: Call, record: Record) -> str:
        named = {name: quote(str(value), safe="") for name, value in call.parameters.items()}
        return str(self.location).format(**named, record=_Quoted(record))


class Collision(Exception):
    """The slug that was made is taken."""


class _Quoted:
    """A row's columns as parts of a path: `{record.slug}`."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def __getattr__(self, name: str) -> str:
        return quote(str(getattr(self._record, name)), safe="")


@dataclass(frozen=True, slots=True)
class Change:
    """Change one row."""

    model: type[Record]
    input: InputType[Any]
    policy: Policy
    record: RecordRead
    returns: ItemRead | None
    invariants: Sequence[Invariant]

    async def run(self, call: Call) -> HTTPResponse:
        """200 with the changed row."""
        await call.authorize(self.policy)
        values = await _hashed(call, self.input, sent(await call.body(self.input)))
        return await _transaction(call, partial(self._work, call, values))

    async def _work(self, call: Call, values: Mapping[str, Any], transaction: Transaction) -> HTTPResponse:
        record = await locked(call, transaction, self.model, self.record, self.policy)
        for name, value in values.items():
            setattr(record, name, value)
        await _checked(call, transaction, self.input, values, record, self.invariants)
        if values:
            await record.save(using_db=transaction.connection, update_fields=list(values), force_update=True)
        return await shown(call, transaction, self.returns, record.pk, 200)


@dataclass(frozen=True, slots=True)
class Removal:
    """Delete one row, or mark it."""

    model: type[Record]
    policy: Policy
    record: RecordRead
    soft: Mapping[str, object]

    async def run(self, call: Call) -> HTTPResponse:
        """204."""
        await call.authorize(self.policy)
        return await _transaction(call, partial(self._work, call))

    async def _work(self, call: Call, transaction: Transaction) -> HTTPResponse:
        record = await locked(call, transaction, self.model, self.record, self.policy)
        if self.soft:
            for name, value in self.soft.items():
                setattr(record, name, value)
            await record.save(using_db=transaction.connection, update_fields=list(self.soft))
            return answers.empty()
        try:
            await record.delete(using_db=transaction.connection)
        except ConstraintViolation as violation:
            raise (violations.in_use() if violation.kind == "foreign" else violation) from violation
        return answers.empty()


# --- steps ------------------------------------------------------------------------------------


async def locked(call: Call, transaction: Transaction, model: type[R], read: RecordRead, rule: Policy) -> R:
    """The row that the path names, locked until the transaction ends; 404, 401 or 403 otherwise."""
    statement = call.services.statements.record(read, call.bound, lock=True)
    row = await transaction.fetch_row(statement.text, statement.arguments(call.values))
    if row is None:
        raise not_found()
    policy.check_record(rule, call.actor, row[len(read.columns)])
    return model.from_row(read.columns, row)


async def guarded(call: Call, transaction: Transaction, read: GuardRead, rule: Policy) -> Any:
    """The key of the row that something is created on."""
    statement = call.services.statements.guard(read, call.bound)
    row = await transaction.fetch_row(statement.text, statement.arguments(call.values))
    if row is None or row[1] is None:
        raise not_found()
    policy.check_record(rule, call.actor, row[2])
    return row[1]


async def shown(
    call: Call,
    source: Transaction | Database[Any],
    read: ItemRead | None,
    key: object,
    status: int,
    headers: dict[str, str] | None = None,
) -> HTTPResponse:
    """What was written, as it is read, from within the same transaction."""
    if read is None:
        return HTTPResponse(None, 204 if status == 200 else status, headers, None)
    statement = call.services.statements.item(read, call.bound)
    row = await source.fetch_row(statement.text, statement.arguments({**call.values, "key": key}))
    if row is None or row[0] is None:
        raise RuntimeError(f"{read.name}: what was just written cannot be read")
    return answers.text(row[0], status, headers)


async def _transaction(call: Call, work: Callable[[Transaction], Awaitable[T]]) -> T:
    try:
        return await call.services.database.transaction(work)
    except ConstraintViolation as violation:
        raise problem_of(call, violation) from violation


def problem_of(call: Call, violation: ConstraintViolation) -> Problem | ConstraintViolation:
    """The client's problem, or the violation itself where the program is to blame."""
    return violations.translated(violation, call.services.application.constraints) or violation


async def _hashed(call: Call, input: InputType[Any], values: dict[str, Any]) -> dict[str, Any]:
    """Passwords become hashes before the transaction begins: hashing is slow on purpose."""
    for name in input.secrets:
        if values.get(name) is not None:
            values[name] = await call.services.passwords.hash(values[name])
    return values


async def _checked(
    call: Call,
    transaction: Transaction,
    input: InputType[Any],
    values: Mapping[str, Any],
    record: Record,
    invariants: Sequence[Invariant],
) -> None:
    """What the body refers to is there, and what must hold of the row as it will be does hold."""
    key = record.pk if record._saved_in_db else None
    errors: Errors = await references.faults_of(call, transaction, input.references, values, key)
    for each in invariants:
        if not each.check(record):
            errors.setdefault(each.on, []).append(each.message)
    if errors:
        raise invalid(errors)
