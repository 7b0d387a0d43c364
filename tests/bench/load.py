"""A small closed-loop load generator: keep-alive connections that each send one request after the other.

It costs the machine far less per request than an HTTP client library would, which matters because it shares the cores
with the servers that it measures.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

import psutil
import uvloop

CONTENT_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)


@dataclass(slots=True)
class Result:
    """What one run measured: finished requests, wrong answers, wall seconds, CPU seconds of the server."""

    requests: int = 0
    failures: int = 0
    seconds: float = 0.0
    server_cpu: float = 0.0
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds

    @property
    def cpu(self) -> float:
        """Microseconds of the application's CPU per request."""
        return self.server_cpu / self.requests * 1e6

    def percentile(self, share: float) -> float:
        """Latency in milliseconds below which this share of the requests lay."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1e3


class Connection(asyncio.Protocol):
    """One connection; sends the next request as soon as the answer is complete."""

    def __init__(self, requests: Iterator[bytes], result: Result) -> None:
        """Send what `requests`, which never end, give; count into `result`."""
        self.requests = requests
        self.result = result
        self.buffer = b""
        self.sent = 0.0
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one by its methods only
        self.send()

    def send(self) -> None:
        """Send the next request."""
        request = next(self.requests)
        self.sent = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Count the answer when the last byte of its body is there."""
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        length = CONTENT_LENGTH.search(self.buffer, 0, end)
        if length is None or len(self.buffer) < end + 4 + int(length[1]):
            return
        self.result.requests += 1
        self.result.failures += not self.buffer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201"))
        self.result.latencies.append(time.perf_counter() - self.sent)
        self.buffer = b""
        self.send()


async def _drive(port: int, requests: Iterator[bytes], connections: int, seconds: float, result: Result) -> None:
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(lambda: Connection(requests, result), "127.0.0.1", port)
        for _ in range(connections)
    ]
    await asyncio.sleep(seconds)
    for transport, _ in opened:
        transport.abort()


def cpu_seconds(pid: int) -> float:
    """User and system CPU that a server and its workers have used so far."""
    main = psutil.Process(pid)
    times = [each.cpu_times() for each in (main, *main.children(recursive=True))]
    return sum(each.user + each.system for each in times)


def request(path: str, token: str | None = None, body: bytes = b"") -> bytes:
    """A GET, or with a body a POST of JSON."""
    headers = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", "Host: 127.0.0.1"]
    if token:
        headers.append(f"Authorization: Bearer {token}")
    if body:
        headers += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*headers, "", ""]).encode() + body


def run(port: int, requests: Iterator[bytes], *, pid: int, connections: int = 32, seconds: float = 5.0) -> Result:
    """Load the server `pid` on `port` and measure it, after a second of warming up."""
    uvloop.run(_drive(port, requests, connections, 1.5, Result()))
    result = Result()
    before, started = cpu_seconds(pid), time.perf_counter()
    uvloop.run(_drive(port, requests, connections, seconds, result))
    result.seconds = time.perf_counter() - started
    result.server_cpu = cpu_seconds(pid) - before
    return result
