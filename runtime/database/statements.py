"""Counts the SQL statements that are sent on behalf of one request (or test)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Counter:
    """How many statements were sent since counting began; BEGIN and COMMIT are not counted."""

    __slots__ = ("count",)

    def __init__(self) -> None:
        self.count = 0


_current: ContextVar[Counter | None] = ContextVar("statements", default=None)


def start() -> Counter:
    """Count from here on in this task and in the tasks it starts (a request: for as long as it lives)."""
    counter = Counter()
    _current.set(counter)
    return counter


@contextmanager
def counting() -> Iterator[Counter]:
    """Count what is sent within the block."""
    counter = Counter()
    token = _current.set(counter)
    try:
        yield counter
    finally:
        _current.reset(token)


def count() -> None:
    """One more statement is about to be sent."""
    counter = _current.get()
    if counter is not None:
        counter.count += 1
