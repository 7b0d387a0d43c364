"""HTTP over a socket, with deadlines that a slow client cannot push out, and bodies that are read within limits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, cast

from sanic.exceptions import PayloadTooLarge, SanicException
from sanic.http import Http, Stage
from sanic.request import Request
from sanic.server.protocols.http_protocol import HttpProtocol

from runtime.errors import Problem, malformed, problem, too_large

DISCARDED = 1_000_000  # bytes of a body that nobody wanted, read so that the connection can go on
SLOWEST = 10_000  # bytes a second: who sends a body more slowly runs out of time


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds. `answer` counts from a request's first byte and so includes `header` and `body`.

    `body` is how long a client is waited for; large bodies have more, as `stream_body` says.
    """

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

    def allow_body(self, seconds: float) -> None:
        """Bytes of a body have come. However long it takes as a whole, no more than `seconds` of it count."""
        self._time = max(self._time, time.monotonic() - seconds)


async def stream_body(request: Request, limit: int, seconds: float) -> AsyncIterator[bytes]:
    """The body as it arrives; 413 as soon as it is known to be larger, 408 when it does not arrive in time.

    A client has `seconds` to begin with, each `SLOWEST` bytes give it a second more, and it never has more than
    `seconds` in hand: who sends steadily over a slow line comes to an end, who drips or stops is cut off. Only time
    spent waiting for the client counts, and what of it goes beyond `seconds` is not taken from the answer's.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limit:
        raise too_large(limit)
    stream: Any = request.stream
    patience = Patience(seconds)
    size = 0
    while stream.request_body and (piece := await _next_piece(stream, limit, patience)) is not None:
        size += len(piece)
        if size > limit:
            _hang_up(stream)
            raise too_large(limit)
        yield piece


async def read_body(request: Request, limit: int, seconds: float) -> bytes:
    """The whole body, as `stream_body` takes it."""
    return b"".join([piece async for piece in stream_body(request, limit, seconds)])


class Patience:
    """How long a client is waited for yet."""

    def __init__(self, seconds: float) -> None:
        self.most = self.left = seconds

    def waited(self, seconds: float, received: int) -> None:
        """So long it took for so many bytes to come."""
        self.left = min(self.most, max(0.0, self.left - seconds) + received / SLOWEST)


async def _next_piece(stream: Any, limit: int, patience: Patience) -> bytes | None:
    """The next bytes, None after the last; a problem where the client is too slow or breaks the framing."""
    began = time.monotonic()
    try:
        async with asyncio.timeout(patience.left):
            piece = await _within(stream, limit)
    except TimeoutError:
        _hang_up(stream)
        raise problem("REQUEST_TIMEOUT", f"The body did not arrive within {patience.most:g} seconds.") from None
    except PayloadTooLarge:
        _hang_up(stream)
        raise too_large(limit) from None
    except SanicException:
        _hang_up(stream)
        raise malformed("The body is not framed as HTTP demands.") from None
    patience.waited(time.monotonic() - began, len(piece or b""))
    if isinstance(stream, Http) and isinstance(stream.protocol, BoundedProtocol):
        stream.protocol.allow_body(patience.most)
    return piece


async def _within(stream: Any, limit: int) -> bytes | None:
    """Read once, under the operation's limit instead of the one for bodies that nobody wanted."""
    if not isinstance(stream, Http):
        return cast("bytes | None", await stream.read())
    ordinary, stream.request_max_size = stream.request_max_size, max(limit, DISCARDED)
    try:
        return await stream.read()
    finally:
        stream.request_max_size = ordinary


async def _read(stream: Any, limit: int) -> None:
    size = 0
    while stream.request_body and (piece := await stream.read()) is not None:
        size += len(piece)
        if size > limit:
            raise too_large(limit)


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
