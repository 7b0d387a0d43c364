"""A small closed-loop load generator: keep-alive connections that each send one GET after the other.

It costs the machine far less per request than an HTTP client library would, which matters because it shares the cores
with the servers that it measures.
"""

from __future__ import annotations

import asyncio
import re
import time
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
    """One connection; sends the request again as soon as the answer is complete."""

    def __init__(self, request: bytes, result: Result) -> None:
        """Send `request` for ever; count into `result`."""
        self.request = request
        self.result = result
        self.buffer = b""
        self.sent = 0.0
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one by its methods only
        self.send()

    def send(self) -> None:
        """Send the request once more."""
        self.sent = time.perf_counter()
        self.transport.write(self.request)

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
        self.result.failures += not self.buffer.startswith(b"HTTP/1.1 200")
        self.result.latencies.append(time.perf_counter() - self.sent)
        self.buffer = b""
        self.send()


async def _drive(port: int, request: bytes, connections: int, seconds: float, result: Result) -> None:
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(lambda: Connection(request, result), "127.0.0.1", port) for _ in range(connections)
    ]
    await asyncio.sleep(seconds)
    for transport, _ in opened:
        transport.abort()


def cpu_seconds(pid: int) -> float:
    """User and system CPU that a server and its workers have used so far."""
    main = psutil.Process(pid)
    times = [each.cpu_times() for each in (main, *main.children(recursive=True))]
    return sum(each.user + each.system for each in times)


def run(
    port: int, path: str, *, pid: int, token: str | None = None, connections: int = 32, seconds: float = 5.0
) -> Result:
    """Load one path of the server `pid` on `port` and measure it, after a second of warming up."""
    headers = f"Authorization: Bearer {token}\r\n" if token else ""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode()
    uvloop.run(_drive(port, request, connections, 1.5, Result()))
    result = Result()
    before, started = cpu_seconds(pid), time.perf_counter()
    uvloop.run(_drive(port, request, connections, seconds, result))
    result.seconds = time.perf_counter() - started
    result.server_cpu = cpu_seconds(pid) - before
    return result
