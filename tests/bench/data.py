"""Rows for the benchmarks, seeded: 20,000 products of 200 sellers in 168 categories, 100,000 reviews, favourites, and
20,000 orders."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Sequence
from typing import Any

import asyncpg

from tests.bench import order_data

SELLERS, BUYERS = 200, 2_000
ADMIN = SELLERS + BUYERS  # the last of the buyers is one
ROOTS, BRANCHES = 8, 4  # three levels: 8 shelves, 4 on each, 4 on each of those; products stand on the lowest
CATEGORIES = ROOTS * (1 + BRANCHES + BRANCHES**2)
LEAVES = range(ROOTS * (1 + BRANCHES) + 1, CATEGORIES + 1)
WORDS = [
    "oak",
    "walnut",
    "linen",
    "steel",
    "copper",
    "glass",
    "paper",
    "wool",
    "desk",
    "lamp",
    "chair",
    "bottle",
    "board",
    "shelf",
    "clock",
    "basket",
    "bowl",
]
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

Rows = Sequence[Sequence[Any]]


async def fill(url: str, products: int = 20_000, reviews: int = 100_000, orders: int = 20_000) -> None:
    """Fill a migrated, empty PostgreSQL database."""
    chance = random.Random(20_000)
    connection = await asyncpg.connect(url)
    try:
        await _copy(connection, "user", _users())
        await _copy(connection, "category", _categories())
        made = _products(chance, products)
        await _copy(connection, "product", made)
        await _copy(connection, "review", _reviews(chance, [row["id"] for row in made], reviews))
        await _copy(connection, "favorite", _favorites(chance, [row["id"] for row in made]))
        for table, rows in order_data.rows(chance, made, range(SELLERS + 1, SELLERS + BUYERS + 1), orders).items():
            await _copy(connection, table, rows)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


async def _copy(connection: asyncpg.Connection[Any], table: str, rows: list[dict[str, Any]]) -> None:
    columns = list(rows[0])
    records = [tuple(row[column] for column in columns) for row in rows]
    await connection.copy_records_to_table(table, records=records, columns=columns)
    if "id" in columns and isinstance(rows[0]["id"], int):
        await connection.execute(f"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'), {len(rows)})")


def _users() -> list[dict[str, Any]]:
    return [
        {
            "id": number,
            "username": f"user{number}",
            "email": f"user{number}@example.org",
            "password": "!",
            "first_name": f"First{number}",
            "last_name": f"Last{number}",
            "role": "seller" if number <= SELLERS else "admin" if number == ADMIN else "buyer",
            "avatar": None,
            "is_active": True,
            "date_joined": START,
        }
        for number in range(1, SELLERS + BUYERS + 1)
    ]


def _categories() -> list[dict[str, Any]]:
    return [
        {
            "id": number,
            "name": f"Category {number}",
            "slug": f"category-{number}",
            "description": "",
            "is_active": True,
            "parent_id": None if number <= ROOTS else (number - ROOTS - 1) // BRANCHES + 1,
            "created_at": START,
            "updated_at": START,
        }
        for number in range(1, CATEGORIES + 1)
    ]


def _products(chance: random.Random, count: int) -> list[dict[str, Any]]:
    return [_product(chance, number) for number in range(1, count + 1)]


def _product(chance: random.Random, number: int) -> dict[str, Any]:
    name = " ".join(chance.sample(WORDS, 3)).capitalize()
    price = chance.randint(500, 90_000)
    made = START + dt.timedelta(seconds=number * 60, microseconds=chance.randint(0, 999_999))
    return {
        "id": uuid.UUID(int=chance.getrandbits(128), version=4),
        "name": name,
        "slug": f"{name.lower().replace(' ', '-')}-{number}",
        "description": " ".join(chance.choices(WORDS, k=60)),
        "short_description": " ".join(chance.choices(WORDS, k=8)),
        "price": price,
        "original_price": price + chance.randint(100, 5_000) if number % 3 == 0 else None,
        "stock_quantity": chance.randint(0, 50),
        "condition": chance.choice(["new", "like_new", "good"]),
        "brand": chance.choice(WORDS).capitalize(),
        "model": "",
        "weight": chance.randint(10, 9_000),
        "dimensions_length": None,
        "dimensions_width": None,
        "dimensions_height": None,
        "colors": chance.sample(["black", "white", "oak", "red"], 2),
        "tags": chance.sample(WORDS, 3),
        "materials": "",
        "is_active": number % 50 != 0,
        "is_featured": number % 40 == 0,
        "is_digital": False,
        "view_count": chance.randint(0, 5_000),
        "click_count": chance.randint(0, 500),
        "created_at": made,
        "updated_at": made,
        "seller_id": chance.randint(1, SELLERS),
        "category_id": chance.choice(LEAVES),
    }


def _reviews(chance: random.Random, products: list[uuid.UUID], count: int) -> list[dict[str, Any]]:
    pairs: dict[tuple[uuid.UUID, int], None] = {}
    while len(pairs) < count:
        pairs[chance.choice(products), chance.randint(SELLERS + 1, SELLERS + BUYERS)] = None
    return [
        {
            "id": number,
            "product_id": product,
            "reviewer_id": reviewer,
            "rating": chance.randint(1, 5),
            "title": " ".join(chance.choices(WORDS, k=4)),
            "comment": " ".join(chance.choices(WORDS, k=20)),
            "is_active": True,
            "created_at": START + dt.timedelta(seconds=number),
            "updated_at": START + dt.timedelta(seconds=number),
        }
        for number, (product, reviewer) in enumerate(pairs, 1)
    ]


def _favorites(chance: random.Random, products: list[uuid.UUID]) -> list[dict[str, Any]]:
    pairs = {(chance.randint(SELLERS + 1, SELLERS + BUYERS), chance.choice(products)): None for _ in range(30_000)}
    return [
        {"id": number, "user_id": user, "product_id": product, "created_at": START}
        for number, (user, product) in enumerate(pairs, 1)
    ]
