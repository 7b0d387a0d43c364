"""A server in front of two: it asks both, one request at a time, compares what they say, and gives on what one said."""

from __future__ import annotations

import asyncio
import re
from asyncio import StreamReader, StreamWriter
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.fuzz.messages import Answer, Request, ask, read_request
from tests.fuzz.sameness import counterparts, differences

REMEMBERED = 20_000
_SENT_BACK = re.compile(rb'(?<=cursor=)[\w-]+|"[0-9a-f]{32}"')


@dataclass(slots=True)
class Findings:
    """What a run has shown so far."""

    statuses: dict[str, Counter[int]] = field(default_factory=dict)  # by operation
    differing: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many requests both were sent."""
        return sum(sum(each.values()) for each in self.statuses.values())

    def share(self, *, writes: bool) -> float:
        """Of the requests that may write, or that only read: which part was answered with success."""
        chosen = [each for name, each in self.statuses.items() if name.startswith(("GET ", "HEAD ")) is not writes]
        all_, good = sum(sum(each.values()) for each in chosen), sum(each[at] for each in chosen for at in GOOD)
        return good / all_ if all_ else 0.0


GOOD = (200, 201, 204, 304)


class Tee:
    """`first` and `second` are where the servers are; `level` runs after each request, before the next."""

    def __init__(self, document: dict[str, Any], first: str, second: str, level: Callable[[], Awaitable[None]]) -> None:
        self._first, self._second = first, second
        self._level = level
        self._operations = [(_whole(path), path, set(methods)) for path, methods in _specific(document)]
        self._counterparts: OrderedDict[bytes, bytes] = OrderedDict()
        self._turn = asyncio.Lock()
        self.findings = Findings()

    @asynccontextmanager
    async def listening(self, port: int) -> AsyncIterator[str]:
        """Its own address, until the block ends."""
        server = await asyncio.start_server(self._talk, "127.0.0.1", port, limit=2**24)
        async with server:
            yield f"http://127.0.0.1:{port}"

    async def _talk(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            while (request := await read_request(reader)) is not None:
                answer = await self.passed_on(request)
                writer.write(answer.head + answer.body)
                await writer.drain()
                if answer.header("connection") == "close":
                    return
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    async def passed_on(self, request: Request) -> Answer:
        """The first server's answer to a request that both have got."""
        async with self._turn:
            first = await ask(self._first, request)
            second = await ask(self._second, self._translated(request))
            await self._level()
            self._note(request, first, second)
        return first

    def _note(self, request: Request, first: Answer, second: Answer) -> None:
        operation = self._operation(request)
        self.findings.statuses.setdefault(operation, Counter())[first.status] += 1
        found = differences(first, second)
        if found:
            self.findings.differing.append("\n".join([operation, request.curl(self._first), *found]))
        for said, also in counterparts(first, second):
            self._counterparts[said.encode()] = also.encode()
            if len(self._counterparts) > REMEMBERED:
                self._counterparts.popitem(last=False)

    def _translated(self, request: Request) -> Request:
        """With what the second server calls the cursors and tags that the first one gave."""
        head = _SENT_BACK.sub(lambda found: self._counterparts.get(found[0], found[0]), request.head)
        return Request(head, request.body)

    def _operation(self, request: Request) -> str:
        for pattern, path, methods in self._operations:
            if pattern.fullmatch(request.path):
                known = request.method.lower() in methods or request.method in ("HEAD", "OPTIONS")
                return f"{request.method} {path}" if known else f"OTHER {path}"
        return "OTHER"


def _specific(document: dict[str, Any]) -> list[tuple[str, Any]]:
    """Fixed paths before those with parameters, as in the router."""
    return sorted(document["paths"].items(), key=lambda each: (each[0].count("{"), each[0]))


def _whole(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{\w+\}", "[^/]+", path.rstrip("/")) + "/?")
