"""One operation under way: what generated routes work with. Reading, writing and hooks are a module each."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sanic.response import HTTPResponse

from runtime.application import EffectHook, Policy, Route
from runtime.auth import policy
from runtime.auth.actor import BaseActor
from runtime.calls import acting, bodies, files, moving, reading, rows, writing
from runtime.calls.effects import Effect
from runtime.calls.files import Files
from runtime.calls.results import AFTER, BEFORE
from runtime.calls.services import Services
from runtime.calls.singletons import Single
from runtime.calls.slugs import Slug
from runtime.calls.writing import ACTOR, PARENT, Invariant
from runtime.context import Context
from runtime.database import Database, Transaction
from runtime.errors import Problem, invalid_token
from runtime.inputs import InputType
from runtime.machines import Machine, Transition
from runtime.reads import GuardRead, ItemRead, ListRead, RecordRead
from runtime.reads.assembly import Caller
from runtime.reads.query import check_text
from runtime.records import Record

__all__ = ["ACTOR", "AFTER", "BEFORE", "PARENT", "Call", "Invariant", "Single", "Slug"]

T = TypeVar("T")

UNKNOWN_CALLER = "The caller that the token names is unknown or not active."


@dataclass(slots=True)
class Call:
    """A request that has been routed and whose token (if any) held: `key` is the caller's, None for anonymous."""

    services: Services
    route: Route
    request_id: str
    path: str
    query: str
    headers: Mapping[str, str]
    address: str
    receive: Callable[[int], Awaitable[bytes]]
    stream: Callable[[int], AsyncIterator[bytes]]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    counts: bool = True  # a HEAD asks about an answer; it does not look at the thing
    key: Any = None
    actor: BaseActor | None = None
    policy: Policy | None = None
    received: Mapping[str, Any] = field(default_factory=dict)  # the members of the body, as they were read
    files: Files | None = None  # what came with the body
    shared: bool = False  # whether the answer is the same for every anonymous caller
    _values: Mapping[str, Any] = field(default_factory=dict)

    # --- what generated routes call ---------------------------------------------------------------

    async def list(self, read: ListRead, policy: Policy, *, tracks: str | None = None) -> HTTPResponse:
        """A page of rows."""
        return await reading.page(self, read, policy, tracks)

    async def retrieve(
        self,
        read: ItemRead,
        policy: Policy,
        *,
        tracks: str | None = None,
        single: Single | None = None,
        storage_off: Mapping[str, object] | None = None,
    ) -> HTTPResponse:
        """One row. With `single`, here and below, it is the caller's own, made where there is none yet. The members of
        `storage_off` take the place of the row's where the storage is off."""
        return await reading.item(self, read, policy, tracks, single, storage_off)

    async def acknowledge(
        self, read: RecordRead, policy: Policy, body: Mapping[str, object], *, tracks: str | None = None
    ) -> HTTPResponse:
        """Take note of something about a row that is visible; the answer is always the same."""
        return await reading.acknowledgement(self, read, policy, body, tracks)

    async def create(
        self,
        model: type[Record],
        input: InputType[Any],
        policy: Policy,
        *,
        sets: Mapping[str, object] | None = None,
        guard: GuardRead | None = None,
        returns: ItemRead | None = None,
        location: str | None = None,
        invariants: Sequence[Invariant] = (),
        slugs: Sequence[Slug] = (),
        effect: EffectHook | None = None,
        errors: frozenset[str] = frozenset(),
    ) -> HTTPResponse:
        """Make a row: 201 with it as `returns` shows it. `sets` may hold ACTOR and PARENT (the key `guard` finds).

        `location` is the path of the new row: `{slug}` is a parameter of the request's path, `{record.slug}` a column.
        `effect`, here and below, is a hook that runs in the same transaction and may raise `errors`.
        """
        goes_with = Effect(effect, errors) if effect else None
        job = writing.Creation(model, input, policy, sets or {}, guard, returns, location, invariants, slugs, goes_with)
        return await job.run(self)

    async def update(
        self,
        model: type[Record],
        input: InputType[Any],
        policy: Policy,
        *,
        record: RecordRead,
        returns: ItemRead | None = None,
        invariants: Sequence[Invariant] = (),
        single: Single | None = None,
        effect: EffectHook | None = None,
        errors: frozenset[str] = frozenset(),
    ) -> HTTPResponse:
        """Change what was sent of a row. For PUT, the input's own defaults stand for what was not."""
        goes_with = Effect(effect, errors) if effect else None
        return await writing.Change(model, input, policy, record, returns, invariants, single, goes_with).run(self)

    async def delete(
        self,
        model: type[Record],
        policy: Policy,
        *,
        record: RecordRead,
        soft: Mapping[str, object] | None = None,
        single: Single | None = None,
        effect: EffectHook | None = None,
        errors: frozenset[str] = frozenset(),
    ) -> HTTPResponse:
        """Delete a row, or set what `soft` says: 204."""
        goes_with = Effect(effect, errors) if effect else None
        return await writing.Removal(model, policy, record, soft or {}, single, goes_with).run(self)

    async def transition(
        self,
        machine: Machine,
        model: type[Record],
        policy: Policy,
        *,
        record: RecordRead,
        input: InputType[Any] | None = None,
        by: Transition | None = None,
        returns: ItemRead | None = None,
        answer: Mapping[str, object] | None = None,
    ) -> HTTPResponse:
        """Move a row by a transition, or into the state that the body says. `answer` may hold BEFORE, AFTER and reads
        of the row; without it the answer is the row as `returns` shows it."""
        return await moving.Move(machine, model, policy, record, input, by, returns, answer or {}).run(self)

    async def action(
        self,
        work: Callable[[Context[Any]], Awaitable[object]],
        *,
        statuses: Mapping[type, int],
        errors: frozenset[str] = frozenset(),
        transaction: bool = True,
        shows: Mapping[type, acting.Shows] | None = None,
        location: str | None = None,
    ) -> HTTPResponse:
        """Run a hook; `statuses` is by the type of its result, `shows` how a row that it returns is shown, or those
        among its members. `location` is the path of a row that a 201 returns."""
        return await acting.Action(work, statuses, errors, transaction, shows or {}, location).run(self)

    async def authorize(self, policy_: Policy) -> None:
        """Find the caller and raise unless the policy's part that needs no record holds."""
        self.policy = policy_
        await self.find_caller()
        check_text(self.query)

    async def expect(self, policy_: Policy) -> None:
        """The same where the next statement reads a row (`rows`), which finds the caller along with it.

        Whatever else is wrong with the request is still told only to those who get that far.
        """
        self.policy = policy_
        if self.key is None:
            policy.check(policy_, None)
        try:
            check_text(self.query)
        except Problem:
            await self.find_caller()
            raise

    async def find_caller(self, source: Database[Any] | Transaction | None = None) -> None:
        """Find the caller, unless a statement has done so, and raise unless the policy holds as far as it can."""
        if self.actor is None and self.key is not None:
            statement = self.services.actor_statement
            row = await (source or self.services.database).fetch_row(statement.text, [self.key])
            self.settle(() if row is None else row)
        if self.policy is not None:
            policy.check(self.policy, self.actor)

    async def take_files(self, read: RecordRead | None = None, *, single: Single | None = None) -> None:
        """Check the files that came with the body, for the row that `read` finds, and give them their keys. They are
        stored when the transaction begins."""
        if self.files is None:
            return
        holder = await self._seen(read, single)
        await self.files.check(self.services)
        for file in self.files:
            self.files.place(holder, file)

    async def needs_storage(self, read: RecordRead | None = None, *, single: Single | None = None) -> None:
        """409 where the storage is off, 503 where it is away, for whoever may see to the row that `read` finds; before
        anything is done."""
        await self._seen(read, single)
        await files.ready(self.services)

    async def _seen(self, read: RecordRead | None, single: Single | None) -> Any:
        """The key of the row that the path names, if there is to be one; 404, 401 or 403 as `Context.record` has it."""
        if self.policy is None:
            raise RuntimeError("A record is found under a policy; call authorize first.")
        return None if read is None else await rows.seen(self, read, self.policy, single)

    async def body(self, input: InputType[T]) -> T:
        """The request's body as a dataclass; 415, 413, 400, or 403 for members not meant for the caller.

        A DELETE without a body says what it would say there in its query: not every client can send it a body.
        """
        try:
            values = await bodies.read(self, input)
        except Problem:
            await self.find_caller()
            raise
        if input.secrets or any(each.policy and each.target in values for each in input.guarded):
            await self.find_caller()
        for member in input.guarded:
            if member.policy and member.target in values and not policy.passes(member.policy, self.actor):
                raise policy.denied(member.policy, self.actor)
        self.received = values
        brought = self.files.values(input.files) if self.files is not None else {}
        return input.make(**values, **brought)

    # --- what the other modules of a call share ---------------------------------------------------

    @property
    def kind(self) -> Caller:
        """How a statement learns of the caller, before it is known who that is."""
        if self.key is None:
            return "anonymous"
        return "joined" if self.actor is None else "bound"

    @property
    def bound(self) -> Caller:
        """How a statement learns of the caller once `authorize` has found them."""
        return "anonymous" if self.actor is None else "bound"

    @property
    def values(self) -> Mapping[str, Any]:
        """What statements bind by name: the path's parameters and the caller."""
        if not self._values:
            caller = {} if self.key is None else {"actor_id": self.key}
            self._values = {**self.parameters, **caller}
        return self._values

    def settle(self, columns: Sequence[Any]) -> None:
        """Make the actor of the columns that a statement found; 401 where it found none."""
        source = self.services.application.actor
        if source is None or self.key is None:
            return
        named = dict(zip(source.fields, columns, strict=False))
        if named.get(source.key) is None:
            raise invalid_token(UNKNOWN_CALLER)
        named[source.key] = self.key  # as its own type, which SQLite does not give for every key
        bound = {f"actor_{name}": item for name, item in named.items()}  # as stored, which is what SQL compares
        self._values = {**self.values, **bound}
        for name, read in self.services.callers:
            named[name] = read(named[name])
        self.actor = source.make(**named)

    def visitor(self) -> str:
        """Who counts as the same visitor: the signed-in caller, or address and agent of an anonymous one."""
        if self.key is not None:
            return f"user:{self.key}"
        seen = f"{self.address}\n{self.headers.get('user-agent', '')}".encode("utf-8", "surrogateescape")
        return f"anonymous:{hashlib.sha256(seen).hexdigest()[:32]}"

    def track(self, event: str | None, key: object) -> None:
        """Count `event` in the background."""
        if event is not None and self.counts:
            self.services.tracker.track(event, key, self.key, self.visitor())
