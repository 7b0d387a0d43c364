"""A database server that is restarted while requests come in; four workers notice it, each by itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.api.client import BASE, unique
from tests.api.concurrency import books
from tests.api.concurrency.crowds import ENOUGH, market, ordering, outcomes
from tests.support.postgres import OwnPostgres
from tests.support.servers import ROOT, Server, complaints, running

BACK_SECONDS = 5.0
ORDERS = 100

ACCOUNT = {"password": "correct-horse-battery", "role": "buyer"}


async def answers(http: httpx.AsyncClient, number: int) -> list[httpx.Response]:
    """Some reads and some writes at once."""
    reads = [http.get(f"{BASE}/products/") for _ in range(10)]
    accounts = [ACCOUNT | {"username": f"u{number}x{n}", "email": f"u{number}x{n}@example.org"} for n in range(10)]
    return await asyncio.gather(*reads, *(http.post("/api/auth/register/", json=account) for account in accounts))


async def outage(server: Server, postgres: OwnPostgres) -> None:
    async with httpx.AsyncClient(base_url=server.url, timeout=30.0) as http:
        assert {each.status_code for each in await answers(http, 0)} == {200, 201}
        await asyncio.to_thread(postgres.go_down)
        for each in await answers(http, 1):
            assert (each.status_code, each.json()["code"]) == (503, "UNAVAILABLE")
            assert int(each.headers["retry-after"]) >= 1
        await asyncio.to_thread(postgres.come_back)
        back = time.monotonic()
        attempt = 2
        while {each.status_code for each in await answers(http, attempt)} != {200, 201}:
            attempt += 1
            assert time.monotonic() - back < BACK_SECONDS, "requests are not answered again"
        # A restart that nobody noticed: whoever comes first meets connections that are dead.
        await asyncio.to_thread(postgres.restart)
        assert {each.status_code for each in await answers(http, attempt + 1)} == {200, 201}


@pytest.fixture(scope="module")
def database() -> Iterator[OwnPostgres]:
    """A database server that can go down."""
    with OwnPostgres() as server:
        yield server


@pytest.fixture(scope="module")
def server(database: OwnPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Four workers on it."""
    folder = tmp_path_factory.mktemp("outage")
    with running(ROOT, database.create_database(), folder, AGORA_WORKERS="4") as started:
        yield started


def test_a_restart_of_postgres_is_survived(server: Server, database: OwnPostgres) -> None:
    asyncio.run(outage(server, database))


@pytest.mark.promise("1.53", "1.74")
def test_orders_are_there_or_not_whatever_becomes_of_the_database(server: Server, database: OwnPostgres) -> None:
    """It goes down in the middle of them. Who got no order sends the request again, under the same key."""
    with market(server, ORDERS) as here:
        asks = [ordering(buyer, (here.product, 2), key=unique("outage-")) for buyer in here.buyers]
        answers = here.crowd.ask_until(asks, ORDERS // 5, database.go_down)
        told = [each for each in answers if each is not None]
        assert set(outcomes(told)) == {(201, ""), (503, "UNAVAILABLE")} and len(told) == ORDERS
        refused = here.crowd.ask(asks)
        assert outcomes(refused) == {(503, "UNAVAILABLE"): ORDERS}
        assert all(int(each.headers["retry-after"]) >= 1 for each in [*told, *refused] if each.is_error)

        database.come_back()
        back = time.monotonic()
        while outcomes(again := here.crowd.ask(asks)) != {(201, ""): ORDERS}:
            assert time.monotonic() - back < BACK_SECONDS, "orders are not taken again"
        assert [after.text for now, after in zip(told, again, strict=True) if not now.is_error] == [
            now.text for now in told if not now.is_error
        ]
        assert books.in_order(server, here.product, ENOUGH) == 2 * ORDERS
        assert books.orders_of(server, here.product) == {each.json()["id"] for each in again}
    assert all('"status":503' in each for each in complaints(server)), "what nobody waits for can wait, too"
