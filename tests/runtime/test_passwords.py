"""Password hashes."""

from __future__ import annotations

import asyncio
import time

import pytest

from runtime.auth import passwords as module
from runtime.auth.passwords import Passwords
from runtime.errors import Problem


@pytest.mark.promise("2.06")
async def test_hash_and_check() -> None:
    passwords = Passwords("test")
    stored = await passwords.hash("correct horse")
    assert stored.startswith("$argon2id$")
    assert stored != await passwords.hash("correct horse")
    assert await passwords.check(stored, "correct horse")
    assert not await passwords.check(stored, "wrong horse")
    assert not await passwords.check("no hash at all", "x")
    assert not await passwords.check(None, "the password of nobody")
    passwords.close()


@pytest.mark.promise("2.15")
async def test_nobody_costs_as_much_as_somebody() -> None:
    passwords = Passwords("normal")
    stored = await passwords.hash("x")

    async def seconds(known: str | None) -> float:
        began = time.perf_counter()
        await passwords.check(known, "y")
        return time.perf_counter() - began

    somebody = min([await seconds(stored) for _ in range(3)])
    nobody = min([await seconds(None) for _ in range(3)])
    assert 0.5 < somebody / nobody < 2
    passwords.close()


async def test_a_crowd_is_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAITING", 3)
    passwords = Passwords("test")
    results = await asyncio.gather(*(passwords.hash("x") for _ in range(20)), return_exceptions=True)
    refused = [each for each in results if isinstance(each, Problem)]
    assert len(refused) == 20 - 3 - module.THREADS
    assert {each.status for each in refused} == {503}
    assert await passwords.hash("x")
    passwords.close()
