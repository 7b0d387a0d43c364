"""Calls that make, change or delete one row: everything is checked and done in one transaction.

The order is the contract's: who is asking, the body with all its faults, the row in the path, the policy about that
row, what the body refers to, what must hold of the result; then the write, where the database has the last word.
"""

from __future__ import annotations

import enum
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import quote
from uuid import UUID, uuid4

from sanic.response import HTTPResponse

from runtime.application import Policy
from runtime.calls import attaching, references, rows, siblings, slugs, violations
from runtime.calls.effects import Effect
from runtime.calls.files import File
from runtime.calls.idempotency import once
from runtime.calls.singletons import Single
from runtime.calls.slugs import Slug
from runtime.context import Context
from runtime.database import ConstraintViolation, Transaction
from runtime.errors import Errors, invalid, problem
from runtime.http import answers
from runtime.inputs import InputType, sent
from runtime.reads import GuardRead, ItemRead, RecordRead
from runtime.records import Record

if TYPE_CHECKING:
    from runtime.call import Call

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
    effect: Effect | None

    async def run(self, call: Call) -> HTTPResponse:
        """201 with the new row."""
        await (call.expect if self.guard else call.authorize)(self.policy)
        values = await hashed(call, self.input, _written(self.input, await call.body(self.input)))
        values |= await self._take_files(call)
        for attempt in range(slugs.ATTEMPTS):
            try:
                return await in_transaction(call, partial(self._once, values, attempt > 0))
            except Collision:
                continue
        raise problem("NOT_UNIQUE", violations.UNIQUE)

    async def _take_files(self, call: Call) -> dict[str, Any]:
        """Check the files that came with it, and give them their keys: below the parent's key, or the new row's, which
        is then known before the row is."""
        if call.files is None:
            return {}
        database = call.services.database
        parent = await rows.guarded(call, database, self.guard, self.policy) if self.guard else None
        await call.files.check(call.services)
        own = uuid4() if self.model._meta.pk.field_type is UUID else None
        for file in call.files:
            call.files.place(own if file.part.model or self.guard is None else parent, file)
        return {} if own is None else {self.model._meta.pk_attr: own}

    async def _once(self, values: Mapping[str, Any], again: bool, ctx: Context[Any]) -> HTTPResponse:
        return await once(ctx.call, ctx.transaction_open, partial(self._work, values, again, ctx))

    async def _work(self, values: Mapping[str, Any], again: bool, ctx: Context[Any]) -> HTTPResponse:
        call, transaction = ctx.call, ctx.transaction_open
        parent = await rows.guarded(call, transaction, self.guard, self.policy) if self.guard else None
        own = list(_own_files(call))
        filled = {name: value for file in own for name, value in attaching.columns_of(ctx, file).items()}
        record = self.model(**values, **self._set(call, parent), **self._slugs(values, again), **filled)
        await checked(call, transaction, self.input, values, record, self.invariants)
        try:
            await attaching.insert(ctx, self.model, [record], [file.key for file in own])
        except ConstraintViolation as violation:
            if self._collides(call, violation):
                raise Collision from violation
            raise
        await _add_files(ctx, record)
        if self.effect is not None:
            await self.effect.run(ctx, record)
        headers = {"location": location_of(call, self.location, record)} if self.location else None
        return await _answered(ctx, self.returns, record.pk, 201, headers)

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


class Collision(Exception):
    """The slug that was made is taken."""


def location_of(call: Call, path: str, record: Record) -> str:
    """Where a row is: `{slug}` in `path` is a parameter of the request's own path, `{record.slug}` a column."""
    named = {name: quote(str(value), safe="") for name, value in call.parameters.items()}
    return path.format(**named, record=_Quoted(record))


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
    single: Single | None
    effect: Effect | None

    async def run(self, call: Call) -> HTTPResponse:
        """200 with the changed row."""
        await call.expect(self.policy)
        values = await hashed(call, self.input, _written(self.input, await call.body(self.input)))
        await call.take_files(self.record, single=self.single)
        return await in_transaction(call, partial(self._work, values))

    async def _work(self, values: Mapping[str, Any], ctx: Context[Any]) -> HTTPResponse:
        call, transaction = ctx.call, ctx.transaction_open
        record = await rows.locked(call, transaction, self.model, self.record, self.policy, self.single)
        for name, value in values.items():
            setattr(record, name, value)
        await checked(call, transaction, self.input, values, record, self.invariants)
        await _yield_primary(ctx, record, values)
        if values:
            await record.save(using_db=ctx.db, update_fields=list(values), force_update=True)
        for file in _own_files(call):
            await attaching.replace(ctx, record, file)
        await _add_files(ctx, record)
        if self.effect is not None:
            await self.effect.run(ctx, record)
        return await _answered(ctx, self.returns, record.pk, 200)


@dataclass(frozen=True, slots=True)
class Removal:
    """Delete one row, or mark it."""

    model: type[Record]
    policy: Policy
    record: RecordRead
    soft: Mapping[str, object]
    single: Single | None
    effect: Effect | None

    async def run(self, call: Call) -> HTTPResponse:
        """204."""
        await call.expect(self.policy)
        if not self.soft and any(each.table == self.record.table for each in call.services.application.attachments):
            await call.needs_storage(self.record, single=self.single)
        return await in_transaction(call, self._work)

    async def _work(self, ctx: Context[Any]) -> HTTPResponse:
        """The effect comes before a deletion, for as long as there is something to look at."""
        record = await rows.locked(ctx.call, ctx.transaction_open, self.model, self.record, self.policy, self.single)
        if self.effect is not None:
            await self.effect.run(ctx, record)
        if self.soft:
            for name, value in self.soft.items():
                setattr(record, name, value)
            await record.save(using_db=ctx.db, update_fields=list(self.soft))
            return answers.empty()
        try:
            await attaching.remove(ctx, [record])
        except ConstraintViolation as violation:
            raise (violations.in_use() if violation.kind == "foreign" else violation) from violation
        return answers.empty()


# --- steps ------------------------------------------------------------------------------------


def _written(input: InputType[Any], body: Any) -> dict[str, Any]:
    """The columns that a body sets; its files go their own way."""
    brought = {each.name for each in input.files}
    return {name: value for name, value in sent(body).items() if name not in brought}


def _own_files(call: Call) -> Iterator[File]:
    """The files that are the row's own."""
    yield from (file for file in call.files or () if file.part.model is None)


async def _add_files(ctx: Context[Any], record: Record) -> None:
    """The files that become rows of their own."""
    for files in ctx.call.files.parts.values() if ctx.call.files else ():
        part = files[0].part if files else None
        if part is not None and part.model is not None:
            await attaching.add(ctx, part.model, files, {part.relation: record.pk, **part.sets})


async def _yield_primary(ctx: Context[Any], record: Record, values: Mapping[str, Any]) -> None:
    """Making a row the primary one unmakes the one that was; the siblings are locked with the row."""
    family = attaching.siblings_of(ctx, type(record))
    if family is not None and family.primary is not None and values.get(family.primary):
        await siblings.yield_primary(ctx.transaction_open, family, siblings.of_row(family, record))


async def in_transaction(call: Call, work: Callable[[Context[Any]], Awaitable[T]]) -> T:
    """Do `work` in one transaction; what the database refuses is told in the client's words."""
    try:
        return await Context(call).transaction(work)
    except ConstraintViolation as violation:
        raise await rows.problem_of(call, violation) from violation


async def _answered(
    ctx: Context[Any], read: ItemRead | None, key: object, status: int, headers: dict[str, str] | None = None
) -> HTTPResponse:
    """What was written, as it is read, from within the same transaction."""
    if read is None:
        return HTTPResponse(None, 204 if status == 200 else status, headers, None)
    return answers.text(await rows.shown(ctx.call, ctx.transaction_open, read, key), status, headers)


async def hashed(call: Call, input: InputType[Any], values: dict[str, Any]) -> dict[str, Any]:
    """Passwords become hashes before the transaction begins: hashing is slow on purpose."""
    for name in input.secrets:
        if values.get(name) is not None:
            values[name] = await call.services.passwords.hash(values[name])
    return values


async def checked(
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
