"""Transactions that nothing can leave half done, errors in one language, and a database that goes and comes back."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tortoise.expressions import F
from tortoise.transactions import in_transaction

from runtime.database import (
    ConstraintViolation,
    Database,
    StatementFailed,
    Transaction,
    Unavailable,
    ValueRefused,
    sqlite,
    statements,
)
from runtime.database.admission import Admission
from tests.runtime.things import Part, Thing, open_things, settings_for, thing
from tests.support.postgres import OwnPostgres, Postgres

AnyDatabase = Database[Any]


@pytest.fixture
async def database(database_url: str, tmp_path: Path) -> AsyncIterator[AnyDatabase]:
    database = await open_things(database_url, tmp_path, AGORA_DATABASE_POOL="4")
    yield database
    await database.close()


async def count(database: AnyDatabase, table: str = "thing") -> int:
    row = await database.fetch_row(f"SELECT count(*) FROM {table}")
    assert row is not None
    return int(row[0])


# --- all or nothing ---------------------------------------------------------------------------


async def test_a_transaction_commits_or_undoes(database: AnyDatabase) -> None:
    async def work(transaction: Transaction) -> str:
        await thing().save(using_db=transaction.connection)
        assert await count(database) == 0  # others see nothing yet
        return "done"

    async def fail(transaction: Transaction) -> None:
        await thing(name="Chair").save()  # without using_db, too
        raise KeyError("of a hook")

    assert await database.transaction(work) == "done"
    with pytest.raises(KeyError):
        await database.transaction(fail)
    assert await count(database) == 1


async def test_plain_statements_in_a_transaction(database: AnyDatabase) -> None:
    p = "$" if database.dialect == "postgres" else "?"

    async def work(transaction: Transaction) -> list[Any]:
        await thing().save()
        await thing(name="Chair").save()
        touched = await transaction.execute(f"UPDATE thing SET stock = {p}1", [7])
        row = await transaction.fetch_row(f"SELECT stock FROM thing WHERE name = {p}1", ["Desk"])
        none = await transaction.fetch_row(f"SELECT stock FROM thing WHERE name = {p}1", ["Lamp"])
        rows = await transaction.fetch_all("SELECT name FROM thing ORDER BY name")
        return [touched, row[0] if row else None, none, [found[0] for found in rows]]

    assert await database.transaction(work) == [2, 7, None, ["Chair", "Desk"]]


async def test_a_swallowed_failure_does_not_pass_for_success(database: AnyDatabase) -> None:
    async def work(transaction: Transaction) -> None:
        await thing().save()
        with contextlib.suppress(ConstraintViolation):
            await thing().save()

    with pytest.raises(StatementFailed):
        await database.transaction(work)
    assert await count(database) == 0


async def test_a_savepoint_contains_a_failure(database: AnyDatabase) -> None:
    async def work(transaction: Transaction) -> tuple[Thing, bool]:
        await thing().save()
        with pytest.raises(ConstraintViolation):
            async with in_transaction():
                await thing(name="Chair").save()
                await thing().save()
        return await Thing.get_or_create(name="Desk", defaults={"price": "1"})

    found, made = await database.transaction(work)
    assert (found.name, made) == ("Desk", False)
    assert await count(database) == 1


async def test_a_failed_savepoint_is_not_kept(database: AnyDatabase) -> None:
    async def work(transaction: Transaction) -> None:
        with pytest.raises(StatementFailed):
            async with in_transaction():
                await thing().save()
                with contextlib.suppress(ConstraintViolation):
                    await thing().save()
        await thing(name="Chair").save()

    await database.transaction(work)
    assert await database.fetch_row("SELECT name, count(*) OVER () FROM thing") == ("Chair", 1)


async def test_a_begun_transaction_needs_database_transaction(database: AnyDatabase) -> None:
    with pytest.raises(StatementFailed):
        async with in_transaction():
            pass


# --- clients that hang up ---------------------------------------------------------------------


async def after_ticks(ticks: int, work: Callable[[], Awaitable[object]]) -> None:
    """Start `work` and cancel it after so many turns of the loop."""
    task = asyncio.ensure_future(work())
    for _ in range(ticks):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait({task})
    if not task.cancelled():
        task.exception()


async def test_a_thousand_aborted_writes_leave_nothing(database: AnyDatabase) -> None:
    numbers = iter(range(10_000))

    async def write(transaction: Transaction) -> None:
        made = thing(name=f"Desk {next(numbers)}")
        await made.save()
        await Part.create(thing=made, label="leg")

    for start in range(0, 1000, 20):
        aborts = (after_ticks(start % 97 + n, lambda: database.transaction(write)) for n in range(20))
        await asyncio.gather(*aborts)
    assert not database._running
    await database.transaction(write)
    assert await count(database) == await count(database, "part")
    await assert_nothing_is_held(database)


async def test_a_thousand_aborted_reads_leave_nothing(database: AnyDatabase) -> None:
    for start in range(0, 1000, 20):
        aborts = (after_ticks(start % 13 + n % 7, lambda: database.fetch_row("SELECT 1")) for n in range(20))
        await asyncio.gather(*aborts)
    assert await asyncio.gather(*(count(database) for _ in range(20))) == [0] * 20
    await assert_nothing_is_held(database)


# Of this database alone: other tests have others on the same server.
IDLE = "SELECT 1 FROM pg_stat_activity WHERE state LIKE 'idle in%' AND datname = current_database()"


async def assert_nothing_is_held(database: AnyDatabase) -> None:
    if database.dialect == "postgres":
        backend = database._backend
        await backend._client.connections.give_back_all()
        assert backend._client._pool.get_idle_size() == backend._client._pool.get_size()
        assert await database.fetch_row(IDLE) is None
    else:
        client = database._backend._client
        assert not client._lock.locked()
        assert not client._connection.in_transaction


async def test_the_one_who_hangs_up_waits_for_the_end_of_its_transaction(database: AnyDatabase) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def work(transaction: Transaction) -> None:
        await thing().save()
        begun.set()
        await go.wait()

    task = asyncio.ensure_future(database.transaction(work))
    await begun.wait()
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await count(database) == 1


async def test_closing_waits_for_open_transactions_and_lets_no_other_begin(database_url: str, tmp_path: Path) -> None:
    database = await open_things(database_url, tmp_path)
    begun, go = asyncio.Event(), asyncio.Event()

    async def work(transaction: Transaction) -> str:
        begun.set()
        await go.wait()
        await thing().save()
        return "committed"

    open_one = asyncio.ensure_future(database.transaction(work))
    await begun.wait()
    closing = asyncio.ensure_future(database.close())
    await asyncio.sleep(0)
    with pytest.raises(Unavailable):
        await database.transaction(work)
    go.set()
    assert await open_one == "committed"
    await closing
    with pytest.raises(Unavailable):
        await database.fetch_row("SELECT 1")


# --- many at once -----------------------------------------------------------------------------


async def test_reads_do_not_wait_for_a_write(database: AnyDatabase) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def work(transaction: Transaction) -> None:
        await thing().save()
        begun.set()
        await go.wait()

    task = asyncio.ensure_future(database.transaction(work))
    await begun.wait()
    assert await count(database) == 0
    go.set()
    await task
    assert await count(database) == 1


async def test_the_orm_finds_a_connection_when_all_are_at_hand(database: AnyDatabase) -> None:
    async def alone(_: Transaction) -> int:
        return await Thing.all().count()

    await asyncio.gather(*(count(database) for _ in range(8)))
    assert await asyncio.wait_for(Thing.all().count(), 10) == 0
    found = await asyncio.gather(*(Thing.all().count() for _ in range(8)), *(count(database) for _ in range(8)))
    assert found == [0] * 16
    assert await asyncio.gather(*(database.transaction(alone) for _ in range(8))) == [0] * 8


async def test_prepared_statements_survive_a_change_of_the_schema(database: AnyDatabase) -> None:
    for columns in (12, 13):
        row = await database.fetch_row("SELECT t.* FROM (SELECT 1) one LEFT JOIN thing t ON true")
        assert row is not None
        assert len(row) == columns
        await database.transaction(lambda t, n=columns: t.execute(f"ALTER TABLE thing ADD COLUMN more_{n} TEXT"))


async def test_conditional_updates_never_oversell(database_url: str, tmp_path: Path) -> None:
    databases = [await open_things(database_url, tmp_path)]
    databases += [await Database.open(settings_for(database_url, tmp_path), []) for _ in range(3)]
    await databases[0].transaction(lambda t: thing(stock=30).save(using_db=t.connection))

    async def buy(transaction: Transaction) -> bool:
        return bool(await transaction.execute("UPDATE thing SET stock = stock - 1 WHERE stock >= 1"))

    bought = await asyncio.gather(*(databases[n % 4].transaction(buy) for n in range(100)))
    assert sum(bought) == 30
    assert (await databases[0].fetch_row("SELECT stock FROM thing") or [None])[0] == 0
    for database in reversed(databases):
        await database.close()


async def test_a_burst_is_served(database: AnyDatabase) -> None:
    made = thing(stock=0)
    await database.transaction(lambda t: made.save(using_db=t.connection))
    sql = "UPDATE thing SET stock = stock + 1"
    await asyncio.gather(*(database.transaction(lambda t: t.execute(sql)) for _ in range(1000)))
    assert await database.fetch_row("SELECT stock FROM thing") == (1000,)


async def test_processes_take_turns_on_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under a load that never stops nobody waits for long: everybody's turn comes, not only that of who asked last."""
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 1.0)
    url = f"sqlite://{tmp_path}/database.sqlite3"
    databases = [await open_things(url, tmp_path)]
    databases += [await Database.open(settings_for(url, tmp_path), []) for _ in range(3)]
    await databases[0].transaction(lambda t: thing(stock=0).save(using_db=t.connection))

    async def work(transaction: Transaction) -> None:
        await transaction.execute("UPDATE thing SET stock = stock + 1")
        await asyncio.sleep(0.005)

    await asyncio.gather(*(each.transaction(work) for each in databases for _ in range(100)))
    assert await count(databases[0]) == 1
    assert await databases[0].fetch_row("SELECT stock FROM thing") == (400,)
    for database in reversed(databases):
        await database.close()


async def test_the_line_is_bounded_and_moves_on() -> None:
    admission = Admission(slots=1, waiting=2, patience=30)
    await admission.enter()
    waiting = [asyncio.ensure_future(admission.enter()) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Unavailable):
        await admission.enter()
    waiting[0].cancel()
    await asyncio.wait({waiting[0]})
    admission.leave()
    await waiting[1]
    admission.close()
    with pytest.raises(Unavailable):
        await admission.enter()


async def test_nobody_waits_for_ever() -> None:
    admission = Admission(slots=1, waiting=2, patience=0)
    await admission.enter()
    with pytest.raises(Unavailable):
        await admission.enter()
    admission.leave()
    await admission.enter()


async def test_statements_are_counted(database: AnyDatabase) -> None:
    async def work(transaction: Transaction) -> None:
        await thing().save()
        await transaction.fetch_row("SELECT 1")
        await Thing.all().count()

    with statements.counting() as counter:
        await database.transaction(work)
        await database.fetch_row("SELECT 1")
    assert counter.count == 4
    await database.fetch_row("SELECT 1")
    assert counter.count == 4


# --- errors -----------------------------------------------------------------------------------


async def violation(database: AnyDatabase, work: Callable[[], Awaitable[object]]) -> ConstraintViolation:
    with pytest.raises(ConstraintViolation) as caught:
        await database.transaction(lambda _: work())
    return caught.value


async def test_constraints_are_named(database: AnyDatabase) -> None:
    made = thing()
    await database.transaction(lambda t: made.save(using_db=t.connection))
    await database.transaction(lambda t: Part.create(thing=made, label="leg"))
    postgres = database.dialect == "postgres"

    unique = await violation(database, lambda: thing().save())
    assert unique.kind == "unique"
    assert unique.table == "thing"
    assert (unique.name == "uq_thing_name") if postgres else (unique.columns == ("name",))

    together = await violation(database, lambda: Part.create(thing=made, label="leg"))
    assert together.kind == "unique"
    assert (together.name == "uq_part_label") if postgres else (together.columns == ("thing_id", "label"))

    check = await violation(database, lambda: Thing.filter(id=made.id).update(stock=-1))
    assert (check.kind, check.name) == ("check", "ck_thing_stock")

    for work in (lambda: Part.create(thing_id=Thing().id, label="x"), lambda: made.delete()):
        foreign = await violation(database, work)
        assert foreign.kind == "foreign"
        assert foreign.name == ("fk_part_thing" if postgres else None)

    missing = await violation(database, lambda: Thing.filter(id=made.id).update(name=None))
    assert (missing.kind, missing.table, missing.columns) == ("not_null", "thing", ("name",))


async def test_values_that_no_column_can_hold(database: AnyDatabase) -> None:
    p = "$" if database.dialect == "postgres" else "?"
    for value, column in ((2**63, "stock"), ("half \ud800", "name")):
        with pytest.raises(ValueRefused):
            await database.fetch_row(f"SELECT 1 FROM thing WHERE {column} = {p}1", [value])
        with pytest.raises(ValueRefused):
            await database.transaction(lambda _, c=column, v=value: Thing.filter(**{c: v}).count())
    await database.transaction(lambda t: thing(stock=2**63 - 1).save(using_db=t.connection))
    if database.dialect == "postgres":
        with pytest.raises(ValueRefused):
            await database.transaction(lambda _: Thing.all().update(stock=F("stock") + 1))
        with pytest.raises(ValueRefused):
            await database.fetch_row("SELECT 1 FROM thing WHERE name = $1", ["NUL \x00"])


async def test_a_wrong_statement_is_a_mistake(database: AnyDatabase) -> None:
    for sql in ("SELECT nothing FROM nowhere", "SELEKT"):
        with pytest.raises(StatementFailed):
            await database.fetch_row(sql)
        with pytest.raises(StatementFailed):
            await database.transaction(lambda t, s=sql: t.fetch_row(s))


# --- a database that is away ------------------------------------------------------------------


async def test_sqlite_that_another_process_keeps_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.01)
    database = await open_things(f"sqlite://{tmp_path}/database.sqlite3", tmp_path)
    other = sqlite3.connect(tmp_path / "database.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable):
        await database.transaction(lambda t: thing().save(using_db=t.connection))
    assert await count(database) == 0
    other.execute("ROLLBACK")
    await database.transaction(lambda t: thing().save(using_db=t.connection))
    other.close()
    await database.close()


async def test_sqlite_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "database.sqlite3").write_text("a text of some length " * 100)
    with pytest.raises(Unavailable):
        await Database.open(settings_for(f"sqlite://{tmp_path}/database.sqlite3", tmp_path))


async def test_sqlite_that_is_full(tmp_path: Path) -> None:
    database = await open_things(f"sqlite://{tmp_path}/database.sqlite3", tmp_path)
    client = database._backend._client
    pages = (await client.execute_query("PRAGMA page_count"))[1][0][0]
    await client.execute_query(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Unavailable):
        await database.transaction(lambda t: thing(name="x" * 100_000).save(using_db=t.connection))
    await client.execute_query("PRAGMA max_page_count = 1000000")
    await database.transaction(lambda t: thing().save(using_db=t.connection))
    assert await count(database) == 1
    await database.close()


class Gate:
    """A way to PostgreSQL over TCP that can be shut: whoever is inside is cut off, whoever comes is refused."""

    def __init__(self, url: str) -> None:
        self.target = parse_qs(urlsplit(url).query)
        self.name = urlsplit(url).path
        self.user = urlsplit(url).username
        self.inside: set[asyncio.StreamWriter] = set()
        self.port = 0

    @property
    def url(self) -> str:
        return f"postgres://{self.user}@127.0.0.1:{self.port}{self.name}?sslmode=disable"

    async def open(self) -> None:
        self.server = await asyncio.start_server(self._enter, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        self.server.close()
        for writer in self.inside:
            writer.transport.abort()
        self.inside.clear()
        await self.server.wait_closed()

    async def _enter(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        socket = f"{self.target['host'][0]}/.s.PGSQL.{self.target.get('port', ['5432'])[0]}"
        inner_reader, inner_writer = await asyncio.open_unix_connection(socket)
        self.inside |= {writer, inner_writer}
        await asyncio.gather(self._pipe(reader, inner_writer), self._pipe(inner_reader, writer))

    async def _pipe(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
        except OSError:
            pass
        finally:
            writer.close()


@pytest.fixture
async def gate(postgres: Postgres) -> AsyncIterator[Gate]:
    url = postgres.create_database()
    gate = Gate(url)
    await gate.open()
    yield gate
    await gate.shut()
    postgres.drop_database(url)


async def test_postgres_goes_and_comes_back(gate: Gate, tmp_path: Path) -> None:
    database = await open_things(gate.url, tmp_path, AGORA_DATABASE_POOL="4")
    made = await asyncio.gather(*(count(database) for _ in range(8)))
    assert made == [0] * 8
    for _ in range(2):
        await gate.shut()
        for use in (lambda: count(database), lambda: database.transaction(lambda _: thing().save())):
            with pytest.raises(Unavailable):
                await use()
        await gate.open()
        assert await asyncio.gather(*(count(database) for _ in range(8))) == [0] * 8
        await database.transaction(lambda t: t.execute("UPDATE thing SET stock = 1"))
    await database.close()


async def test_postgres_is_restarted(own_postgres: OwnPostgres, tmp_path: Path) -> None:
    database = await open_things(own_postgres.create_database(), tmp_path, AGORA_DATABASE_POOL="4")
    await asyncio.gather(*(count(database) for _ in range(8)))
    own_postgres.restart()
    assert await asyncio.gather(*(count(database) for _ in range(8))) == [0] * 8
    await asyncio.to_thread(own_postgres.go_down)
    for use in (lambda: count(database), lambda: database.transaction(lambda _: thing().save())):
        with pytest.raises(Unavailable):
            await use()
    await asyncio.to_thread(own_postgres.come_back)
    await database.transaction(lambda t: thing().save(using_db=t.connection))
    assert await count(database) == 1
    await database.close()


async def test_stale_connections_are_not_noticed_by_anybody(gate: Gate, tmp_path: Path) -> None:
    database = await open_things(gate.url, tmp_path, AGORA_DATABASE_POOL="4")
    for _ in range(5):
        await asyncio.gather(*(count(database) for _ in range(8)))
        await gate.shut()
        await gate.open()
        assert await asyncio.gather(*(count(database) for _ in range(8))) == [0] * 8
        await gate.shut()
        await gate.open()
        await database.transaction(lambda t: t.execute("UPDATE thing SET stock = 1"))
    await database.close()


async def test_a_killed_backend_takes_its_transaction_with_it(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.create_database()
    database = await open_things(url, tmp_path)

    async def suicide(transaction: Transaction) -> None:
        await thing().save()
        row = await transaction.fetch_row("SELECT pg_backend_pid()")
        await database.fetch_row("SELECT pg_terminate_backend($1)", [(row or [0])[0]])
        await thing(name="Chair").save()

    with pytest.raises(Unavailable):
        await database.transaction(suicide)
    assert await count(database) == 0
    await database.transaction(lambda t: thing().save(using_db=t.connection))
    await database.close()
    postgres.drop_database(url)


async def test_starting_while_postgres_is_away(gate: Gate, tmp_path: Path) -> None:
    await gate.shut()
    database = await Database.open(settings_for(gate.url, tmp_path))
    with pytest.raises(Unavailable):
        await database.fetch_row("SELECT 1")
    await gate.open()
    assert await database.fetch_row("SELECT 1") is not None
    await database.close()


async def test_a_statement_that_takes_too_long(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.create_database()
    database = await Database.open(settings_for(url, tmp_path))

    async def slow(transaction: Transaction) -> None:
        await transaction.execute("SET LOCAL statement_timeout = '5ms'")
        await transaction.execute("SELECT pg_sleep(60)")

    with pytest.raises(Unavailable):
        await database.transaction(slow)
    await database.close()
    postgres.drop_database(url)
