"""What is asked of the servers: the requests of each benchmark, and proof that all give the same answers to them."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import asyncpg
import jwt

from tests.bench.data import BUYERS, SELLERS
from tests.bench.load import request
from tests.bench.servers import LIST, SECRET, fetch
from tests.bench.shopping import ADD_ITEM, ORDERS

# Of what is put into carts: as many pairs as no server gets through in one turn, each asked for twice.
PAIRS, TOGETHER = 40_000, 200
FIRST_BUYER = SELLERS + 1
ORDERING = range(FIRST_BUYER, FIRST_BUYER + BUYERS // 4)
ADDING = range(FIRST_BUYER, FIRST_BUYER + BUYERS - 1)
OWN = ("id", "added_at")  # what differs between rows that are otherwise the same

Ask = Callable[[int], Any]


@dataclass(frozen=True)
class Workload:
    """One benchmark: requests without end, the answer of a server on a port to compare, what comes before a turn."""

    name: str
    requests: Callable[[], Iterator[bytes]]
    ask: Ask
    prepare: Callable[[], None] = lambda: None


@cache
def token(user: int) -> str:
    """An access token of a user."""
    claims = {"sub": str(user), "iat": int(time.time()), "exp": int(time.time()) + 86_400}
    return jwt.encode(claims, SECRET, "HS256")


def workloads(port: int, url: str) -> list[Workload]:
    """All of them; `port` is of a server that knows what there is."""
    slug = json.loads(fetch(port, LIST))[0]["slug"]
    return [_read("product list, 20", LIST), _read("product detail", f"{LIST}{slug}/"), _add_item(url), _orders(url)]


def check(workload: Workload, ports: Mapping[str, int]) -> None:
    """Stop unless all servers answer alike."""
    # Those that count no views first.
    answers = {kind: workload.ask(port) for kind, port in sorted(ports.items(), reverse=True)}
    first, *others = answers
    for kind in others:
        if answers[kind] != answers[first]:
            raise SystemExit(f"{workload.name}: {first} and {kind} differ\n{answers[first]}\n{answers[kind]}")


def _read(name: str, path: str) -> Workload:
    return Workload(name, lambda: itertools.repeat(request(path)), lambda port: json.loads(fetch(port, path)))


# --- orders -----------------------------------------------------------------------------------


def _orders(url: str) -> Workload:
    buyers = asyncio.run(_rows(url, 'SELECT buyer_id FROM "order" GROUP BY buyer_id HAVING count(*) > 20'))
    asked = [request(ORDERS, token(row[0])) for row in buyers]

    def ask(port: int) -> Any:
        answer = json.loads(fetch(port, ORDERS, token(buyers[0][0])))
        assert len(answer) == 20
        return answer

    return Workload("orders list, 20", lambda: itertools.cycle(asked), ask)


# --- carts ------------------------------------------------------------------------------------


def _add_item(url: str) -> Workload:
    products = [
        str(row[0])
        for row in asyncio.run(
            _rows(url, "SELECT id FROM product WHERE is_active AND stock_quantity >= 10 ORDER BY id")
        )
    ]
    chance = random.Random(7)
    pairs = [(chance.choice(ADDING), chance.choice(products)) for _ in range(PAIRS)]
    chunks = [pairs[start : start + TOGETHER] for start in range(0, PAIRS, TOGETHER)]
    # Half of them make a line, half add to one, however many requests a server gets through.
    asked = [request(ADD_ITEM, token(buyer), _wish(product)) for each in chunks for buyer, product in each * 2]

    def ask(port: int) -> Any:
        asyncio.run(_empty_carts(url))
        answers = [json.loads(fetch(port, ADD_ITEM, token(buyer), _wish(product))) for buyer, product in pairs[:5] * 2]
        for each in answers:
            each["item"] = {name: value for name, value in each["item"].items() if name not in OWN}
        return answers

    return Workload("add_item", lambda: itertools.cycle(asked), ask, lambda: asyncio.run(_empty_carts(url)))


def _wish(product: str) -> bytes:
    return json.dumps({"product_id": product, "quantity": 2}).encode()


async def _empty_carts(url: str) -> None:
    """Nobody has anything in a cart; most have one, and half of the pages are warm."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("TRUNCATE cart_item")
        await connection.execute(
            'INSERT INTO cart (user_id) SELECT id FROM "user" WHERE id % 20 <> 0 ON CONFLICT DO NOTHING'
        )
        await connection.execute("DELETE FROM cart WHERE user_id % 20 = 0")
        await connection.execute("VACUUM ANALYZE cart, cart_item")
    finally:
        await connection.close()


async def _rows(url: str, sql: str) -> list[Any]:
    connection = await asyncpg.connect(url)
    try:
        return list(await connection.fetch(sql))
    finally:
        await connection.close()
