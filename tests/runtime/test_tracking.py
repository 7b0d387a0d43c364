"""Views and clicks: each visitor once per window, no burst too large, nothing lost at a graceful stop."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from runtime.application import Application, EventCount, Raised, Sql
from runtime.database import Database, Unavailable, statements
from runtime.tracking.store import STORES, Past, record
from runtime.tracking.tracker import Tracker
from tests.runtime.things import settings_for

TABLES = {
    "postgres": """
        CREATE TABLE thing (id uuid PRIMARY KEY, owner_id bigint, views bigint NOT NULL, clicks bigint NOT NULL);
        CREATE TABLE place (id bigint PRIMARY KEY, views bigint NOT NULL);
        CREATE TABLE tally (id bigint PRIMARY KEY, thing_id uuid NOT NULL, views bigint NOT NULL,
            clicks bigint NOT NULL, at timestamptz, since timestamptz);
        CREATE TABLE agora_event_seen (event text, subject text, visitor text, at timestamptz NOT NULL,
            PRIMARY KEY (event, subject, visitor));
        CREATE TABLE agora_event (id bigint GENERATED ALWAYS AS IDENTITY, event text NOT NULL, subject text NOT NULL,
            actor text, visitor text NOT NULL, created_at timestamptz NOT NULL)""",
    "sqlite": """
        CREATE TABLE thing (id TEXT PRIMARY KEY, owner_id INTEGER, views INTEGER NOT NULL, clicks INTEGER NOT NULL);
        CREATE TABLE place (id INTEGER PRIMARY KEY, views INTEGER NOT NULL);
        CREATE TABLE tally (id INTEGER PRIMARY KEY, thing_id TEXT NOT NULL, views INTEGER NOT NULL,
            clicks INTEGER NOT NULL, at TEXT, since TEXT);
        CREATE TABLE agora_event_seen (event TEXT, subject TEXT, visitor TEXT, at TEXT NOT NULL,
            PRIMARY KEY (event, subject, visitor));
        CREATE TABLE agora_event (id INTEGER PRIMARY KEY, event TEXT NOT NULL, subject TEXT NOT NULL,
            actor TEXT, visitor TEXT NOT NULL, created_at TEXT NOT NULL)""",
}
OWNER = Sql('t."owner_id" = $actor_id::bigint', 't."owner_id" = $actor_id')
TALLY = Raised("tally", "thing_id", ("views", "clicks"), stamps=("at",))
EVENTS = {
    event.name: event
    for event in (
        EventCount("thing.listing", "thing", "id"),
        EventCount("thing.view", "thing", "id", (Raised("thing", "id", ("views",)),), OWNER),
        EventCount("thing.click", "thing", "id", (Raised("thing", "id", ("clicks",)),), OWNER),
        EventCount("thing.note", "thing", "id", (TALLY,), OWNER),
        EventCount("thing.look", "thing", "id", (Raised("thing", "id", ("views", "clicks")), TALLY), OWNER),
        EventCount("place.view", "place", "id", (Raised("place", "id", ("views",)),)),
    )
}
APPLICATION = Application("Things", "1", "/api", models=(), routes=(), events=EVENTS)
THINGS = [f"00000000-0000-4000-8000-{number:012}" for number in range(50)]
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


class Clock:
    """Time that passes only when told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def database(database_url: str, tmp_path: Path) -> AsyncIterator[Database[Any]]:
    database = await Database.open(settings_for(database_url, tmp_path))
    for statement in TABLES[database.dialect].split(";\n"):
        await database.transaction(lambda t, sql=statement: t.execute(sql))
    rows = ", ".join(f"('{key}', 7, 0, 0)" for key in THINGS)
    await database.transaction(lambda t: t.execute(f"INSERT INTO thing (id, owner_id, views, clicks) VALUES {rows}"))
    await database.transaction(lambda t: t.execute("INSERT INTO place (id, views) VALUES (5, 0)"))
    yield database
    await database.close()


def tracker_for(database: Database[Any], clock: Clock, tmp_path: Path, window: int = 60) -> Tracker:
    settings = settings_for("sqlite:///unused", tmp_path, AGORA_TRACK_ONCE_SECONDS=str(window))
    return Tracker(database, APPLICATION, settings, clock)


async def row(database: Database[Any], sql: str) -> tuple[Any, ...]:
    found = await database.fetch_row(sql)
    assert found is not None
    return tuple(found)


async def views(database: Database[Any]) -> int:
    return int((await row(database, f"SELECT views FROM thing WHERE id = '{THINGS[0]}'"))[0])


@pytest.mark.promise("3.73")
async def test_a_visitor_counts_once_per_window(database: Database[Any], clock: Clock, tmp_path: Path) -> None:
    first, second = (tracker_for(database, clock, tmp_path) for _ in range(2))  # two workers
    for tracker, seconds, expected in (
        (first, 0, 1),
        (first, 30, 1),
        (second, 29.999, 1),  # just not a minute after the one that counted
        (second, 0.001, 2),  # a minute after it; the ones in between did not count and do not prolong it
        (first, 59, 2),
        (tracker_for(database, clock, tmp_path), 1, 3),  # after a restart
    ):
        clock.pass_seconds(seconds)
        for _ in range(3):
            tracker.track("thing.view", THINGS[0], None, "anonymous:a")
        await tracker.flush()
        assert await views(database) == expected


async def test_visitors_subjects_and_kinds_are_apart(database: Database[Any], clock: Clock, tmp_path: Path) -> None:
    tracker = tracker_for(database, clock, tmp_path)
    for event in ("thing.listing", "thing.view", "thing.click"):
        for visitor in ("anonymous:a", "anonymous:b", "user:9"):
            for subject in THINGS[:2]:
                tracker.track(event, subject, 9 if visitor == "user:9" else None, visitor)
    tracker.track("place.view", 5, None, "anonymous:a")
    await tracker.flush()
    assert await row(database, "SELECT sum(views), sum(clicks), max(views) FROM thing") == (6, 6, 3)
    assert await row(database, "SELECT views FROM place") == (1,)
    assert await row(database, "SELECT count(*), count(actor), count(DISTINCT event) FROM agora_event") == (19, 6, 4)


@pytest.mark.promise("3.72")
async def test_unless_is_asked_of_each_actor(database: Database[Any], clock: Clock, tmp_path: Path) -> None:
    tracker = tracker_for(database, clock, tmp_path)
    for actor in (7, 8, 70, None):  # 7 owns the things
        tracker.track("thing.view", THINGS[0], actor, f"user:{actor}")
    await tracker.flush()
    assert await views(database) == 3
    assert await row(database, "SELECT count(*) FROM agora_event") == (4,)


async def test_counters_of_others_are_raised_too(database: Database[Any], clock: Clock, tmp_path: Path) -> None:
    rows = ", ".join(f"({number + 7}, '{key}', 0, 0)" for number, key in enumerate(reversed(THINGS)))
    await database.transaction(lambda t: t.execute(f"INSERT INTO tally (id, thing_id, views, clicks) VALUES {rows}"))
    tracker = tracker_for(database, clock, tmp_path)
    for actor in (7, 8, None):  # 7 owns the things
        tracker.track("thing.look", THINGS[0], actor, f"user:{actor}")
        tracker.track("thing.note", THINGS[1], actor, f"user:{actor}")
    await tracker.flush()
    things = "SELECT views, clicks FROM thing WHERE views + clicks > 0"
    assert await row(database, things) == (2, 2)
    tallies = "SELECT count(*), count(at), count(since), sum(views), sum(clicks), min(views) FROM tally WHERE views > 0"
    assert await row(database, tallies) == (2, 2, 0, 4, 4, 2)
    assert await row(database, "SELECT count(*) FROM tally WHERE at IS NULL") == (48,)


@pytest.mark.promise("3.75")
async def test_without_a_window_each_one_counts(database: Database[Any], clock: Clock, tmp_path: Path) -> None:
    tracker = tracker_for(database, clock, tmp_path, window=0)
    for _ in range(3):
        tracker.track("thing.view", THINGS[0], None, "anonymous:a")
    await tracker.flush()
    tracker.track("thing.view", THINGS[0], None, "anonymous:a")
    await tracker.flush()
    assert await views(database) == 4
    assert await row(database, "SELECT count(*) FROM agora_event") == (4,)


@pytest.mark.promise("3.68")
async def test_a_burst_costs_a_bounded_number_of_statements(
    database: Database[Any], clock: Clock, tmp_path: Path
) -> None:
    costs = []
    for size in (1, 1500):
        tracker = tracker_for(database, clock, tmp_path)
        for number in range(size):
            for event in ("thing.view", "thing.click"):
                tracker.track(event, THINGS[number % 50], None, f"anonymous:{size}-{number}")
        with statements.counting() as counter:
            await tracker.flush()
        costs.append(counter.count)
    assert costs[0] == costs[1] <= 7
    assert await row(database, "SELECT sum(views), sum(clicks) FROM thing") == (1501, 1501)


async def test_what_is_gone_or_unknown(database: Database[Any], clock: Clock, tmp_path: Path) -> None:
    tracker = tracker_for(database, clock, tmp_path)
    tracker.track("thing.view", "00000000-0000-4000-8000-999999999999", None, "anonymous:a")
    tracker.track("thing.view", THINGS[0], None, "anonymous:a")
    await tracker.flush()
    assert await views(database) == 1
    with pytest.raises(KeyError):
        tracker.track("thing.vieww", THINGS[0], None, "anonymous:a")


async def test_the_loop_writes_by_itself_and_stopping_writes_the_rest(
    database: Database[Any], clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker, written = tracker_for(database, clock, tmp_path), asyncio.Event()
    write = tracker._write

    async def watched(batch: Any) -> None:
        await write(batch)
        written.set()

    monkeypatch.setattr(tracker, "_write", watched)
    await tracker.start()
    tracker.track("thing.view", THINGS[0], None, "anonymous:a")
    await asyncio.wait_for(written.wait(), 10)
    assert await views(database) == 1
    for number in range(100):
        tracker.track("thing.view", THINGS[0], None, f"anonymous:{number}")
    await tracker.drain()
    assert await views(database) == 101


async def test_a_failed_write_is_made_up_for(
    database: Database[Any], clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = tracker_for(database, clock, tmp_path)

    async def away(work: object) -> None:
        raise Unavailable("away")

    tracker.track("thing.view", THINGS[0], None, "anonymous:a")
    with monkeypatch.context() as patch:
        patch.setattr(database, "transaction", away)
        with pytest.raises(Unavailable):
            await tracker.flush()
        clock.pass_seconds(5)
        tracker.track("thing.view", THINGS[0], None, "anonymous:a")
        tracker.track("thing.view", THINGS[0], None, "anonymous:b")
    await tracker.drain()
    assert await views(database) == 2
    at = (await row(database, "SELECT min(at) FROM agora_event_seen"))[0]
    assert at in (START, "2026-01-01T00:00:00.000000Z")  # when it happened, not when it was written


async def test_workers_do_not_lock_each_other_out(database_url: str, database: Database[Any], tmp_path: Path) -> None:
    other = await Database.open(settings_for(database_url, tmp_path))
    clock = Clock()
    trackers = [tracker_for(each, clock, tmp_path, window=60) for each in (database, other, database, other)]
    for turn in range(10):
        for which, tracker in enumerate(trackers):
            for number in range(50):
                subject = THINGS[number if which % 2 else 49 - number]
                tracker.track("thing.view" if (which + turn) % 2 else "thing.click", subject, None, f"a:{which}-{turn}")
                tracker.track("thing.listing", subject, None, "anonymous:everybody")
        await asyncio.gather(*(tracker.flush() for tracker in trackers))
    assert await row(database, "SELECT sum(views) + sum(clicks) FROM thing") == (2000,)
    assert await row(database, "SELECT count(*) FROM agora_event WHERE event = 'thing.listing'") == (50,)
    await other.close()


async def test_old_visits_are_forgotten(
    database: Database[Any], clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = tracker_for(database, clock, tmp_path)
    tracker.track("thing.view", THINGS[0], None, "anonymous:old")
    await tracker.flush()
    clock.pass_seconds(61)
    tracker.track("thing.view", THINGS[0], None, "anonymous:new")
    await tracker.flush()
    with monkeypatch.context() as patch:  # on a machine that has just been started
        patch.setattr(asyncio.get_running_loop(), "time", lambda: 1.0)
        await tracker._prune()
    assert await row(database, "SELECT count(*), min(visitor) FROM agora_event_seen") == (1, "anonymous:new")


async def test_the_past_is_written_down_in_bulk(database: Database[Any]) -> None:
    await database.transaction(
        lambda t: t.execute(f"INSERT INTO tally (id, thing_id, views, clicks) VALUES (1, '{THINGS[0]}', 0, 0)")
    )
    past: list[Past] = [
        (THINGS[number % 50], 7 if number % 10 == 0 else None, f"anonymous:{number}", START + dt.timedelta(days=number))
        for number in range(30_000)
    ]
    past += past[:100]  # what happened twice counts twice
    store = STORES[database.dialect]()
    with statements.counting() as counter:
        await database.transaction(lambda t: record(store, t, "thing.look", past, EVENTS))
    assert counter.count <= 8
    assert await row(database, "SELECT sum(views), sum(clicks) FROM thing") == (27_090, 27_090)
    assert await row(database, "SELECT views FROM tally") == (0,)  # its owner's every time
    assert await row(database, "SELECT count(*), count(actor), min(event) FROM agora_event") == (
        30_100,
        3_010,
        "thing.look",
    )
    earliest = (await row(database, "SELECT min(created_at) FROM agora_event"))[0]
    assert earliest in (START, "2026-01-01T00:00:00.000000Z")
    with pytest.raises(KeyError):
        await database.transaction(lambda t: record(store, t, "thing.loook", past, EVENTS))
