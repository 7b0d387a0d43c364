"""Files that the application serves itself: to anybody with a signed link, in pieces, as a browser wants them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import parse_qsl

from sanic.response import HTTPResponse

from runtime.application import Route
from runtime.call import Call
from runtime.errors import Problem, forbidden, not_found, problem
from runtime.http.responses import names
from runtime.settings import Settings
from runtime.storage.folder import PIECE, FolderStorage, Opened
from runtime.storage.folder_links import PATH
from runtime.storage.places import Folder

TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif"}
UNKNOWN_TYPE = "application/octet-stream"
# Even if somebody got HTML in here: no page that is opened from this path may do anything.
CONTENT_SECURITY_POLICY = "default-src 'none'; sandbox"

_SIGNED = re.compile(r"[0-9a-f]{64}")
_SECOND = re.compile(r"[0-9]{1,12}")
_RANGE = re.compile(r"bytes=([0-9]{0,19})-([0-9]{0,19})")


def routes_of(settings: Settings) -> tuple[Route, ...]:
    """The one route, where the storage is a folder."""
    if not isinstance(settings.storage, Folder):
        return ()
    return (Route("GET", f"{PATH}{{key:path}}", "files", serve),)


async def serve(call: Call) -> HTTPResponse:
    """A file, or the range of it that was asked for; 304 for one that the client has."""
    storage: Any = call.services.storage
    key = str(call.parameters["key"])
    left = _seconds_left(storage, key, call.query)
    opened = await storage.opened(key)
    if opened is None:
        raise not_found("This file is no longer there.")
    headers = _headers(key, opened, left)
    if names(call.headers.get("if-none-match", ""), headers["etag"]):
        opened.file.close()
        return HTTPResponse(None, 304, headers, None)
    try:
        wanted = _wanted(call.headers, headers["etag"], opened.size)
    except Problem:
        opened.file.close()
        raise
    first, last = wanted or (0, opened.size - 1)
    if wanted:
        headers["content-range"] = f"bytes {first}-{last}/{opened.size}"
    headers["content-length"] = str(last - first + 1)
    return FileResponse(storage, opened.file, (first, last), 206 if wanted else 200, headers, _type_of(key))


def _seconds_left(storage: FolderStorage, key: str, query: str) -> int:
    """For how long the link is good; 403 for one that is not signed so, or no longer good."""
    said = parse_qsl(query, max_num_fields=10) if query.count("&") < 10 else []
    given = dict(said)
    expires, signature = given.get("expires", ""), given.get("signature", "")
    left = 0
    if len(given) == len(said) and _SECOND.fullmatch(expires) and _SIGNED.fullmatch(signature):
        left = storage.links.seconds_left(key, expires, signature)
    if not left:
        raise forbidden("This link is not right, or its time is over. Ask for the file's record again.")
    return left


def _headers(key: str, opened: Opened, left: int) -> dict[str, str]:
    said = hashlib.sha256(f"{key}\n{opened.size}\n{opened.modified}".encode()).hexdigest()
    return {
        "accept-ranges": "bytes",
        "cache-control": f"private, max-age={left}",
        "content-disposition": "inline",
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "etag": f'"{said[:32]}"',
    }


def _type_of(key: str) -> str:
    """By the ending, which the server itself has chosen."""
    return TYPES.get(PurePosixPath(key).suffix.removeprefix("."), UNKNOWN_TYPE)


def _wanted(headers: Mapping[str, str], tag: str, size: int) -> tuple[int, int] | None:
    """The first and the last byte of the one range that was asked for; None where the whole file is the answer.

    That is so for what cannot be read, for several ranges, and for a range of a file that is another one now.
    """
    asked = _RANGE.fullmatch(headers.get("range", "").replace(" ", ""))
    if asked is None or asked.groups() == ("", "") or headers.get("if-range", tag) != tag:
        return None
    begin, end = asked.groups()
    first, last = (int(begin), min(int(end or size), size - 1)) if begin else (max(0, size - int(end)), size - 1)
    if begin and end and int(end) < int(begin):
        return None
    if first > last:
        said = {"Content-Range": f"bytes */{size}"}
        raise problem("RANGE_NOT_SATISFIABLE", f"The file has {size} bytes.", headers=said)
    return first, last


class FileResponse(HTTPResponse):
    """A part of an open file, sent piece by piece as the client takes it; closes the file."""

    __slots__ = ("_file", "_span", "_storage")

    def __init__(
        self,
        storage: FolderStorage,
        file: BinaryIO,
        span: tuple[int, int],
        status: int,
        headers: dict[str, str],
        content_type: str,
    ) -> None:
        super().__init__(None, status, headers, content_type)
        self._storage = storage
        self._file = file
        self._span = span

    async def send(self, data: Any = None, end_stream: bool | None = None) -> None:
        """Everything. Called once, by the server; whatever ends it (a client that is gone), the file is closed."""
        stream: Any = self.stream
        first, last = self._span
        left = 0 if stream.head_only else last - first + 1
        with self._file:
            self._file.seek(first)
            while left > 0 and (piece := await self._storage.read(self._file, min(left, PIECE))):
                left -= len(piece)
                await super().send(piece, end_stream=False)
            await super().send(b"", end_stream=True)
