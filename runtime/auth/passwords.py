"""Password hashes: argon2id, in a bounded pool of threads, with the same cost whether or not the user exists."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from runtime.errors import unavailable
from runtime.settings import PasswordCost

R = TypeVar("R")

THREADS = 2  # each hash takes 64 MiB and a core for a moment
WAITING = 64

HASHERS: dict[PasswordCost, PasswordHasher] = {
    "normal": PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=2),
    "test": PasswordHasher(time_cost=1, memory_cost=8, parallelism=1),
}


class Passwords:
    """Hashes and checks passwords. One per process; `close` ends its threads."""

    def __init__(self, cost: PasswordCost) -> None:
        self._hasher = HASHERS[cost]
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="passwords")
        self._nobodys = self._hasher.hash("the password of nobody")
        self._busy = 0

    async def hash(self, password: str) -> str:
        """The hash to store."""
        return await self._run(self._hasher.hash, password)

    async def check(self, stored: str | None, password: str) -> bool:
        """Whether `password` belongs to `stored`. None (no such user) costs the same time and is false."""
        matches = await self._run(self._matches, self._nobodys if stored is None else stored, password)
        return matches and stored is not None

    def close(self) -> None:
        """Let no thread outlive the process's work."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _matches(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[..., R], *arguments: str) -> R:
        if self._busy >= THREADS + WAITING:
            raise unavailable("Too many sign-ins at once. Try again soon.", after=2)
        self._busy += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)
        finally:
            self._busy -= 1
