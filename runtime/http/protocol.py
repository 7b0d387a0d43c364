"""HTTP over a socket, with deadlines that a slow client cannot push out, and bodies that are read within limits."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from sanic.exceptions import SanicException
from sanic.http import Http, Stage
from sanic.request import Request
from sanic.server.protocols.http_protocol import HttpProtocol

from runtime.errors import Problem, malformed, problem, too_large

DISCARDED = 1_000_000  # bytes of a body that nobody wanted, read so that the connection can go on


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds. `answer` counts from a request's first byte and so includes `header` and `body`."""

    header: float = 10.0
    body: float = 30.0
    answer: float = 60.0
    idle: float = 65.0


class AnsweringHttp(Http):
    """Sanic answers a request that it cannot read by way of an empty one, which must not have the unreadable URL."""

    def create_empty_request(self) -> None:
        """The stand-in for a request that never came to be."""
        self.url = None
        super().create_empty_request()


class BoundedProtocol(HttpProtocol):
    """Sanic restarts its clock with every packet, so that a client who drips bytes is never cut off.

    Here the clock starts with the first byte of a request and runs until the answer is sent.
    """

    HTTP_CLASS = AnsweringHttp

    def data_received(self, data: bytes) -> None:
        """More bytes. Only those that begin a request restart the clock."""
        before = self._time
        super().data_received(data)
        http = self.http
        if http is not None and (http.stage is not Stage.IDLE or getattr(http, "request_body", None)):
            self._time = before


async def read_body(request: Request, limit: int, seconds: float) -> bytes:
    """The whole body; 413 as soon as it is known to be larger, 408 when it does not arrive in time."""
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limit:
        raise too_large(limit)
    stream: Any = request.stream
    if not stream.request_body:
        return b""
    try:
        async with asyncio.timeout(seconds):
            return await _read(stream, limit)
    except TimeoutError:
        _hang_up(stream)
        raise problem("REQUEST_TIMEOUT", f"The body did not arrive within {seconds:g} seconds.") from None
    except SanicException:
        _hang_up(stream)
        raise malformed("The body is not framed as HTTP demands.") from None


async def _read(stream: Any, limit: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while stream.request_body and (piece := await stream.read()) is not None:
        size += len(piece)
        if size > limit:
            _hang_up(stream)
            raise too_large(limit)
        pieces.append(piece)
    return b"".join(pieces)


async def discard_body(request: Request, seconds: float) -> None:
    """Read what nobody asked for; where that is too much, give the connection up after the answer instead."""
    stream: Any = request.stream
    if not isinstance(stream, Http) or not stream.request_body:
        return
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > DISCARDED:
        _hang_up(stream)
        return
    try:
        async with asyncio.timeout(seconds):
            await _read(stream, DISCARDED)
    except (TimeoutError, SanicException, Problem):
        _hang_up(stream)


def leave_body(request: Request) -> None:
    """What follows a refusal unread is skipped up to a limit; beyond it, the answer says that the connection ends."""
    stream: Any = request.stream
    if not isinstance(stream, Http) or not stream.request_body:
        return
    announced = request.headers.get("content-length", "")
    if not announced.isdigit() or int(announced) > DISCARDED:
        stream.keep_alive = False  # before the answer, so that nobody sends the next request into a closed door


def _hang_up(stream: Any) -> None:
    """Close the connection after the answer, without waiting for the rest of the body."""
    if isinstance(stream, Http):
        stream.keep_alive = False
        stream.request_body = None
