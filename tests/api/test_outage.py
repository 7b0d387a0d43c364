"""A database server that is restarted while requests come in."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import httpx

from tests.api.client import BASE
from tests.support.postgres import OwnPostgres
from tests.support.servers import ROOT, Server, running

BACK_SECONDS = 5.0
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


def test_a_restart_of_postgres_is_survived(own_postgres: OwnPostgres, tmp_path: Path) -> None:
    with running(ROOT, own_postgres.create_database(), tmp_path) as server:
        asyncio.run(outage(server, own_postgres))
