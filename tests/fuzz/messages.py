"""HTTP/1.1 messages as bytes: read from one side, sent on to the other as they came."""

from __future__ import annotations

import asyncio
import re
import shlex
from asyncio import StreamReader
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self
from urllib.parse import urlsplit

SECONDS = 60.0
_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d+)[ \t]*\r$")
_CHUNKED = re.compile(rb"(?im)^transfer-encoding:[ \t]*chunked[ \t]*\r$")


@dataclass(frozen=True)
class Message:
    """A request or an answer."""

    head: bytes  # with the blank line that ends it
    body: bytes

    @property
    def start(self) -> str:
        """The first line."""
        return self.head.partition(b"\r\n")[0].decode("latin-1")

    @cached_property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Names in lower case, with what was said."""
        lines = self.head.decode("latin-1").split("\r\n")[1:-2]
        parted = (line.partition(":") for line in lines)
        return tuple((name.strip().lower(), said.strip()) for name, _, said in parted)

    @property
    def is_form(self) -> bool:
        """Whether it may have files."""
        return (self.header("content-type") or "").startswith("multipart/form-data")

    def header(self, name: str) -> str | None:
        """The first of a name."""
        return next((said for each, said in self.headers if each == name), None)

    @property
    def is_json(self) -> bool:
        """Whether it says so."""
        return (self.header("content-type") or "").partition(";")[0].endswith("json")


class Request(Message):
    """What a client asks."""

    @property
    def method(self) -> str:
        """Of what it wants."""
        return self.start.partition(" ")[0]

    @property
    def target(self) -> str:
        """Path and query, as they were sent."""
        return self.start.split(" ")[1]

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    def aimed(self, target: str) -> Self:
        """The same, but for something else."""
        return replace(self, head=self.head.replace(self.target.encode("latin-1"), target.encode("latin-1"), 1))

    def saying(self, body: bytes) -> Self:
        """The same with another body."""
        return replace(self, head=_LENGTH.sub(b"Content-Length: %d\r" % len(body), self.head), body=body)

    def curl(self, base: str) -> str:
        """How to send it by hand."""
        words = ["curl", "-i", "-X", self.method, base + self.target]
        for name, said in self.headers:
            if name not in ("host", "content-length", "accept-encoding", "connection"):
                words += ["-H", f"{name}: {said}"]
        if self.body:
            words += ["--data-binary", self.body.decode("latin-1")]
        return shlex.join(words)


class Answer(Message):
    """What a server says to it."""

    @property
    def status(self) -> int:
        """The number."""
        return int(self.start.split(" ")[1])


async def read_request(reader: StreamReader) -> Request | None:
    """The next request of a connection; None when there are no more."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    return Request(head, await _body(reader, head))


async def ask(base: str, request: Request) -> Answer:
    """The server's answer, over a connection of its own. Raises OSError or EOFError when there is none."""
    address = urlsplit(base)
    reader, writer = await asyncio.open_connection(address.hostname, address.port, limit=2**24)
    try:
        async with asyncio.timeout(SECONDS):
            writer.write(request.head + request.body)
            await writer.drain()
            head = await reader.readuntil(b"\r\n\r\n")
            bare = request.method == "HEAD" or head.split(b" ", 2)[1] in (b"204", b"304")
            return Answer(head, b"" if bare else await _body(reader, head))
    finally:
        writer.close()


async def _body(reader: StreamReader, head: bytes) -> bytes:
    length = _LENGTH.search(head)
    if length:
        return await reader.readexactly(int(length[1]))
    body = b""
    while _CHUNKED.search(head):
        size = await reader.readuntil(b"\r\n")
        body += size + await reader.readexactly(int(size.partition(b";")[0], 16) + 2)
        if int(size.partition(b";")[0], 16) == 0:
            break
    return body
