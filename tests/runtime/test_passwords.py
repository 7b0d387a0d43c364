"""Password hashes."""

from __future__ import annotations

import asyncio
import threading
import time

import argon2
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


async def test_few_hash_at_once() -> None:
    passwords = Passwords("test")
    before = {thread for thread in threading.enumerate() if thread.name.startswith("passwords")}
    await asyncio.gather(*(passwords.hash("x") for _ in range(20)))
    own = {thread for thread in threading.enumerate() if thread.name.startswith("passwords")} - before
    assert len(own) == module.THREADS == 2
    assert module.WAITING == 64
    passwords.close()


async def test_the_end_does_not_wait_for_those_who_wait() -> None:
    passwords = Passwords("test")
    release = threading.Event()
    working = [passwords._threads.submit(release.wait) for _ in range(module.THREADS)]
    waiting = asyncio.create_task(passwords.hash("x"))
    await asyncio.sleep(0)
    closing = threading.Thread(target=passwords.close, daemon=True)
    closing.start()
    closing.join(5)
    ended = not closing.is_alive()
    release.set()
    assert ended
    assert [each.result(5) for each in working] == [True] * module.THREADS
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_hashes_cost_what_they_should() -> None:
    passwords = Passwords("normal")
    parameters = argon2.extract_parameters(await passwords.hash("x"))
    passwords.close()
    assert (parameters.type, parameters.time_cost, parameters.memory_cost, parameters.parallelism) == (
        argon2.Type.ID,
        3,
        65_536,
        2,
    )


async def test_a_crowd_that_has_passed_leaves_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAITING", 0)
    passwords = Passwords("test")
    for _ in range(2):
        assert len(await asyncio.gather(*(passwords.hash("x") for _ in range(module.THREADS)))) == module.THREADS
        some = [passwords.hash("x") for _ in range(module.THREADS + 1)]
        (refused,) = (each for each in await asyncio.gather(*some, return_exceptions=True) if isinstance(each, Problem))
        assert refused.detail == "Too many sign-ins at once. Try again soon."
        assert refused.headers == {"Retry-After": "2"}
    passwords.close()
