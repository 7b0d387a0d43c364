"""`multipart/form-data` as it arrives: texts are gathered within a limit, files go to disk, nothing is held twice."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import unquote

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from runtime.errors import Errors, malformed, problem, unavailable
from runtime.inputs.uploads import (
    FileRule,
    Upload,
    Uploads,
    close_all,
    leads_astray,
    new_file,
    safe_name,
    to_disk,
)

Parts = list[tuple[str, str]]

MAX_PARTS = 1000
MAX_HEADER = 4096  # bytes of a line in a part's head, of which there may be eight
IN_MEMORY = 256_000  # bytes of a form's files together; what comes after them goes to disk
BATCH = 128_000  # bytes that are worth a thread, because writing them may wait for the disk

# A broken form is the client's fault and is answered as such; the parser would also write it into the log.
logging.getLogger("python_multipart").setLevel(logging.CRITICAL)


class FormReader:
    """Takes a form piece by piece. What cannot be read on is a problem at once; other faults are told at the end.

    `write` and `close` may come from different threads. Until `finish` has handed them over the files are the
    reader's, and `close` closes them.
    """

    def __init__(self, content_type: str, files: Mapping[str, FileRule], text_limit: int) -> None:
        _, options = parse_options_header(content_type)
        boundary = options.get(b"boundary", b"")
        if not 1 <= len(boundary) <= 70:
            raise malformed("The form's content type names no boundary, or one that is too long.")
        self._collector = _Collector(files, text_limit)
        self._parser = MultipartParser(boundary, self._collector.callbacks(), max_header_size=MAX_HEADER)
        self._lock = threading.Lock()
        self._closed = False

    async def read(self, stream: AsyncIterator[bytes]) -> None:
        """Take all of a stream. What is little is taken at once; what may wait for the disk, in a thread."""
        pieces: list[bytes] = []
        size = 0
        little = True
        async for piece in stream:
            pieces.append(piece)
            size += len(piece)
            if size >= BATCH:
                await asyncio.to_thread(self.write, b"".join(pieces))
                pieces, size, little = [], 0, False
        if little:
            self.write(b"".join(pieces))
        else:
            await asyncio.to_thread(self.write, b"".join(pieces))

    def write(self, data: bytes) -> None:
        """More of the form."""
        with self._lock:
            if self._closed:
                return
            try:
                self._parser.write(data)
            except FormParserError:
                raise malformed("The multipart form is broken.") from None
            except OSError:
                raise unavailable("Uploads cannot be kept at the moment. Try again soon.") from None

    def finish(self) -> tuple[Parts, Errors, Uploads]:
        """The texts, what is wrong with them and with the files, and the files that were taken."""
        if not self._collector.complete:
            raise malformed("The multipart form ends too early.")
        return self._collector.parts, self._collector.errors, self._collector.uploads

    def close(self) -> None:
        """Close every file; waits for a `write` that is under way."""
        with self._lock:
            self._closed = True
            self._collector.close()


class _Collector:
    """Takes what the parser finds and puts the parts together."""

    def __init__(self, files: Mapping[str, FileRule], text_limit: int) -> None:
        self.parts: Parts = []
        self.errors: Errors = {}
        self.uploads: Uploads = {}
        self.complete = False
        self._files = files
        self._text_limit = text_limit
        self._text_size = 0
        self._in_memory = 0
        self._on_disk = False
        self._number = 0
        self._header = b""
        self._value = b""
        self._disposition = ""
        self._media_type = ""
        self._name = ""
        self._data: list[bytes] = []
        self._upload: Upload | None = None
        self._is_file = False

    def callbacks(self) -> Any:
        """The parser's hooks. It calls those that take data with the whole buffer and a range in it."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": self._part_data,
            "on_part_end": self._end,
            "on_end": self._finish,
        }

    def close(self) -> None:
        """Close every file that was begun."""
        for uploads in self.uploads.values():
            close_all(uploads)
        if self._upload is not None:
            self._upload.file.close()

    # --- the head of a part -----------------------------------------------------------------------

    def _begin(self) -> None:
        self._number += 1
        if self._number > MAX_PARTS:
            raise malformed(f"The form has more than {MAX_PARTS} parts.")
        self._disposition = self._media_type = ""
        self._data = []

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        match self._header.strip().lower():
            case b"content-disposition":
                self._disposition = self._value.decode("utf-8", "replace")
            case b"content-type":
                self._media_type = self._value.decode("utf-8", "replace").strip().lower()
        self._header = self._value = b""

    def _headers_finished(self) -> None:
        kind, name, file_name = _disposition(self._disposition)
        if kind != "form-data" or name is None:
            raise malformed("A part of the form has no name.")
        self._count_text(len(name))
        if file_name is None and name in self._files and self._media_type not in ("", "text/plain"):
            file_name = ""  # a client need not name its files (RFC 7578, 4.2), but text is no file
        self._name, self._is_file = name, file_name is not None
        if file_name is not None:
            self._open(name, file_name)
        elif name in self._files:
            self._blame("Must be a file.")

    def _open(self, name: str, file_name: str) -> None:
        """Begin a file, unless it is known by now that it will not be taken: then its bytes go nowhere."""
        rule = self._files.get(name)
        taken = len(self.uploads.get(name, ()))
        if rule is None:
            self._blame("Files are not taken here.")
        elif taken >= (1 if rule.many is None else rule.many):
            self._blame("Takes one file." if rule.many is None else f"Takes {rule.many} files at most.")
        elif leads_astray(file_name):
            self._blame("Must have a file name without NUL characters and '..'.")
        else:
            self._upload, self._on_disk = Upload(new_file(), 0, file_name), False

    # --- its content ------------------------------------------------------------------------------

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._upload is not None:
            self._to_file(self._upload, memoryview(data)[start:end])
        elif not self._is_file:
            self._count_text(end - start)
            self._data.append(data[start:end])

    def _count_text(self, size: int) -> None:
        self._text_size += size
        if self._text_size > self._text_limit:
            raise problem("PAYLOAD_TOO_LARGE", f"The form's text may have {self._text_limit} bytes at most.")

    def _to_file(self, upload: Upload, data: memoryview) -> None:
        limit = self._files[self._name].max_bytes
        upload.size += len(data)
        if upload.size > limit:
            raise problem("PAYLOAD_TOO_LARGE", f"A file in '{self._name}' may have {limit} bytes at most.")
        if not self._on_disk:
            self._in_memory += len(data)
            if self._in_memory > IN_MEMORY:
                self._in_memory -= upload.size
                self._on_disk = True
                to_disk(upload.file)
        upload.file.write(data)

    # --- its end ----------------------------------------------------------------------------------

    def _end(self) -> None:
        upload, self._upload = self._upload, None
        if upload is not None:
            self._keep(upload)
        elif not self._is_file and self._name not in self._files:
            try:
                self.parts.append((self._name, b"".join(self._data).decode("utf-8")))
            except UnicodeDecodeError:
                self._blame("Must be UTF-8.")

    def _keep(self, upload: Upload) -> None:
        """Keep a file, under a safe name. Without name and content it is a field that a browser left empty."""
        if upload.size:
            upload.file.seek(0)
            upload.name = safe_name(upload.name)
            self.uploads.setdefault(self._name, []).append(upload)
            return
        upload.file.close()
        if upload.name:
            self._blame("Must not be empty.")

    def _finish(self) -> None:
        self.complete = True

    def _blame(self, message: str) -> None:
        told = self.errors.setdefault(self._name.replace("\x00", "�"), [])
        if message not in told:
            told.append(message)


_PARAMETER = re.compile(r';\s*([A-Za-z0-9*_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))')


def _disposition(header: str) -> tuple[str, str | None, str | None]:
    """The kind, the name, and the file name if there is one. Browsers write names in UTF-8 with `"` as `%22`."""
    kind = header.partition(";")[0].strip().lower()
    found = {match[1].lower(): match[3] if match[2] is None else match[2] for match in _PARAMETER.finditer(header)}
    name = found.get("name")
    if name is not None:
        name = re.sub(r"\\(.)", r"\1", name).replace("%22", '"')
    file_name = found.get("filename")
    if file_name is not None:  # a backslash is also what some systems put between folders
        file_name = file_name.replace('\\"', '"').replace("%22", '"')
    elif "filename*" in found:
        file_name = unquote(found["filename*"].rpartition("'")[2], errors="replace")
    return kind, name, file_name
