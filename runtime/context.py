"""What a hook is given: who is asking, the open transaction and the services. No request, no response, no globals."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from runtime.auth.actor import BaseActor
from runtime.calls import attaching, rows, transitions
from runtime.calls.services import quietly
from runtime.database.amounts import add
from runtime.database.finding import find
from runtime.database.saving import Change, save
from runtime.errors import unauthorized

if TYPE_CHECKING:
    from tortoise.backends.base.client import BaseDBAsyncClient

    from runtime.auth.passwords import Passwords
    from runtime.auth.tokens import Tokens
    from runtime.call import Call
    from runtime.calls.files import File
    from runtime.calls.singletons import Single
    from runtime.database import Transaction
    from runtime.machines import Moved, Transition
    from runtime.reads import RecordRead
    from runtime.records import Record
    from runtime.settings import Settings

A = TypeVar("A", bound=BaseActor)
R = TypeVar("R", bound="Record")
S = TypeVar("S", bound="Record")
T = TypeVar("T")
K = TypeVar("K")
AfterCommit = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Context(Generic[A]):
    """One operation on behalf of one caller. The `Actor` of the generated code is its type argument.

    `call` and `open` belong to the runtime; hooks use the rest.
    """

    call: Call
    open: Transaction | None = None
    after: list[AfterCommit] = field(default_factory=list)

    @property
    def actor(self) -> A | None:
        """Who is asking; None for an anonymous caller."""
        return cast("A | None", self.call.actor)

    @property
    def caller(self) -> A:
        """The actor where the policy lets no anonymous caller in; a 401 otherwise."""
        if self.actor is None:
            raise unauthorized()
        return self.actor

    @property
    def request_id(self) -> str:
        """The id under which this request is found in the log."""
        return self.call.request_id

    @property
    def settings(self) -> Settings:
        """What the process was told."""
        return self.call.services.settings

    @property
    def passwords(self) -> Passwords:
        """Hashes and checks passwords; best outside a transaction, because both are slow on purpose."""
        return self.call.services.passwords

    @property
    def tokens(self) -> Tokens:
        """Makes access and refresh tokens."""
        return self.call.services.tokens

    @property
    def db(self) -> BaseDBAsyncClient:
        """The connection of the open transaction, for `using_db=`."""
        return self.transaction_open.connection

    def url(self, key: str) -> str | None:
        """Where a stored file can be had for a time; None when storage is off."""
        return self.call.services.storage.url(key)

    def now(self) -> datetime:
        """The clock, in UTC."""
        return datetime.now(UTC)

    def track(self, event: str, key: object) -> None:
        """Count `event` ("resource.event") on the row `key`, in the background, once the work is committed."""

        async def count() -> None:
            self.call.track(event, key)

        self.after_commit(count)

    def after_commit(self, work: AfterCommit) -> None:
        """Run `work` after the transaction has been committed, and not at all if it is rolled back."""
        self.after.append(work)

    async def record(self, model: type[R], read: RecordRead, *, single: Single | None = None) -> R:
        """The row that the path names, locked, if it is visible, the policy holds and its guards do; 404, 401, 403 or
        409 otherwise. With `single` it is the caller's own."""
        policy = self.call.policy
        if policy is None:
            raise RuntimeError("A record is found under a policy; call authorize first.")
        return await rows.locked(self.call, self.transaction_open, model, read, policy, single)

    async def find(self, model: type[R], **equal: object) -> R | None:
        """The one row with these values, `None` for null: `ctx.find(Book, isbn=isbn, is_lent=False)`.

        By a statement that is written once: the ORM's own queries cost several times as much.
        """
        found: R | None = (await find(self.transaction_open, [(model, equal)]))[0]
        return found

    async def attach(self, model: type[R], *files: File, **values: Any) -> list[R]:
        """Rows that files become, with these values beside what is known of the file. Raises the 409 of too many
        siblings."""
        return await attaching.add(self, model, files, values)

    async def replace(self, record: Record, file: File) -> None:
        """Put a file where the record has one; the one before is gone after the commit."""
        await attaching.replace(self, record, file)

    async def clear(self, record: Record, column: str) -> None:
        """Leave the record without the file in `column`."""
        await attaching.clear(self, record, column)

    async def remove(self, records: Sequence[Record]) -> None:
        """Delete rows of one model that belong to one record; their files are gone after the commit."""
        await attaching.remove(self, records)

    async def find_two(
        self, first: tuple[type[R], Mapping[str, object]], second: tuple[type[S], Mapping[str, object]]
    ) -> tuple[R | None, S | None]:
        """The same of two tables, in one statement: `ctx.find_two((Loan, {"member_id": 1}), (Book, {"id": key}))`."""
        one, two = await find(self.transaction_open, [first, second])
        return one, two

    async def save(self, *changes: Change) -> None:
        """Save several records in one statement, each with its columns that have changed; of new ones all are saved.

        `ctx.save((book, ["copies"]), (loan, []))`. What every save sets is set. A row may be among them once.
        """
        await save(self.transaction_open, changes)

    async def transition(self, record: Record, transition: Transition, **taken: object) -> Moved:
        """Move a record on; `record` is what it has become afterwards.

        Who may and what must hold is as if the caller had asked for it: 403 or 409 otherwise. `taken` are the columns
        that the transition requires.
        """
        machine = self.call.services.application.machines[record._meta.db_table]
        if taken.keys() != set(transition.takes):
            raise TypeError(f"The transition {transition.name} takes {transition.takes}, not {tuple(taken)}.")
        return await transitions.move(self, machine, record, transition, taken)

    async def add(
        self,
        model: type[Record],
        amounts: Mapping[K, Mapping[str, int | Decimal]],
        *,
        key: str = "id",
        least: int | Decimal | None = None,
    ) -> set[K]:
        """Add to columns of many rows at once: `{book.id: {"copies": -2}}`; the keys that were not changed.

        Those of rows that are not there, or with `least` of rows where a column would fall below it. `key` may be
        another unique column.
        """
        return await add(self.transaction_open, model, amounts, key=key, least=least)

    async def transaction(self, work: Callable[[Context[A]], Awaitable[T]]) -> T:
        """Run `work` in one transaction; it gets a context of its own. For actions that say `transaction: false`.

        Runs to its end, with what was put off until after the commit, whatever becomes of the client.
        """
        if self.open is not None:
            raise RuntimeError("This action is in a transaction already.")
        inner: Context[A] = Context(self.call)

        async def within(transaction: Transaction) -> T:
            inner.open = transaction
            try:
                return await work(inner)
            finally:
                inner.open = None

        async def then() -> None:
            for each in inner.after:
                await quietly(each())

        services, files = self.call.services, self.call.files
        if files is None:
            return await services.to_the_end(await services.database.begin(within, then))
        stored = files.around(services, lambda: services.database.begin(within, then))
        return await services.to_the_end(asyncio.create_task(stored))

    @property
    def transaction_open(self) -> Transaction:
        """The open transaction, for statements of one's own; a mistake of the program where there is none."""
        if self.open is None:
            raise RuntimeError("There is no open transaction; use ctx.transaction(work).")
        return self.open
