"""Makes the demo's people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generated.models.user import User
from hooks.demo.people import BUYERS, NAMED, PASSWORD
from runtime.calls.slugs import folded
from runtime.seeds import SeedContext


async def demo_users(seed: SeedContext) -> None:
    """An administrator, sellers and buyers. All have the password that the documentation names."""
    password = await seed.passwords.hash(PASSWORD)
    users = [
        User(
            username=username,
            email=f"{username}@example.org",
            password=password,
            first_name=first,
            last_name=last,
            role=role,
            date_joined=seed.now - timedelta(days=seed.random.randint(410, 900), minutes=seed.random.randint(0, 1440)),
        )
        for username, first, last, role in (*NAMED, *_buyers())
    ]
    await User.bulk_create(users, using_db=seed.db)


def _buyers() -> Iterator[tuple[str, str, str, str]]:
    for name in BUYERS.replace("\n", " ").split(","):
        first, _, last = name.strip().partition(" ")
        yield folded(f"{first} {last}").replace("-", "."), first, last, "buyer"
