"""Many clients that press the button at the same moment: each has a connection of its own, open before the first sends.

An HTTP library sends a few hundred requests one after the other, as fast as it can make them. Here all bytes are ready
before, so that the server has all the requests before it has answered many.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import httpx

from tests.support.servers import Server

SECONDS = 60.0  # within which a whole burst has to be answered
CONNECTING = 90  # connections that are opened at once: fewer than a server lets wait at its door


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `token` is the caller's."""

    method: str
    path: str
    body: Any = None
    token: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def encoded(self) -> bytes:
        """The bytes of the request."""
        body = b"" if self.body is None else json.dumps(self.body).encode()
        headers = {"host": "127.0.0.1", "content-length": str(len(body)), **self.headers}
        if body:
            headers["content-type"] = "application/json"
        if self.token is not None:
            headers["authorization"] = f"Bearer {self.token}"
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True, slots=True)
class Crowd:
    """The clients of one server. `check` sees every answer."""

    server: Server
    check: Callable[[httpx.Response], None]

    def ask(self, asks: Sequence[Ask]) -> list[httpx.Response]:
        """The answers to requests that are sent at the same moment, in their order."""
        answers = self.ask_until(asks)
        assert None not in answers, f"{answers.count(None)} of {len(answers)} requests were not answered"
        return cast(list[httpx.Response], answers)

    def ask_until(
        self, asks: Sequence[Ask], answered: int = 0, then: Callable[[], object] = bool
    ) -> list[httpx.Response | None]:
        """Likewise, but once so many are answered `then` is called; None for those that get no answer any more."""
        return asyncio.run(self._ask(asks, answered, then))

    def ask_and_leave(self, asks: Sequence[Ask], seconds: Sequence[float]) -> None:
        """Send all at the same moment and hang up, each of them so long after that."""
        asyncio.run(self._leave(asks, seconds))

    async def _ask(self, asks: Sequence[Ask], answered: int, then: Callable[[], object]) -> list[httpx.Response | None]:
        async with asyncio.timeout(SECONDS):
            clients = await self._connected(asks)
            waiting = [client.send() for client in clients]
            for number, turn in enumerate(asyncio.as_completed(waiting), 1):
                await turn
                if number == answered:
                    then()
        for client in clients:
            client.hang_up()
        answers = [client.answer for client in clients]
        for answer in answers:
            if answer is not None:
                self.check(answer)
        return answers

    async def _leave(self, asks: Sequence[Ask], seconds: Sequence[float]) -> None:
        async with asyncio.timeout(SECONDS):
            clients = await self._connected(asks)
            waiting = [client.send() for client in clients]
            loop = asyncio.get_running_loop()
            for client, delay in zip(clients, seconds, strict=True):
                loop.call_later(delay, client.hang_up)
            await asyncio.wait(waiting)

    async def _connected(self, asks: Sequence[Ask]) -> list[_Client]:
        loop, url = asyncio.get_running_loop(), httpx.URL(self.server.url)
        clients: list[_Client] = []
        for start in range(0, len(asks), CONNECTING):
            some = asks[start : start + CONNECTING]
            opened = [
                loop.create_connection(lambda ask=ask: _Client(self.server, ask), url.host, url.port) for ask in some
            ]
            clients += [client for _, client in await asyncio.gather(*opened)]
        return clients


class _Client(asyncio.Protocol):
    """One connection, for one request."""

    def __init__(self, server: Server, ask: Ask) -> None:
        self.answer: httpx.Response | None = None
        self._request = httpx.Request(ask.method, f"{server.url}{ask.path}")
        self._bytes = ask.encoded()
        self._received = b""
        self._done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def send(self) -> asyncio.Future[None]:
        """Send the request; done with the answer, or without one at the end of the connection."""
        self._transport.write(self._bytes)
        return self._done

    def hang_up(self) -> None:
        """Without a goodbye."""
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, ended, body = self._received.partition(b"\r\n\r\n")
        if not ended:
            return
        status, *lines = head.decode().split("\r\n")
        headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        answer = httpx.Response(int(status.split()[1]), headers=headers, content=body, request=self._request)
        if len(body) >= int(answer.headers.get("content-length", "0")) and not self._done.done():
            self.answer = answer
            self._done.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        if not self._done.done():
            self._done.set_result(None)
