"""Files in a folder. Everything that touches the disk is done in threads of its own: a disk can hang, too."""

from __future__ import annotations

import asyncio
import logging
import os
import stat
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypeVar

from runtime.storage.folder_links import FolderLinks
from runtime.storage.objects import SECONDS, KeyRefused, StorageUnavailable, Stored, check_key, is_key, rewind
from runtime.storage.slots import SlotLinks

T = TypeVar("T")

logger = logging.getLogger("agora")

THREADS = 8
BATCH = 1_000  # of a listing
PIECE = 262_144
TEMPORARY = ".incoming-"  # what no key begins with
LEFT_BEHIND_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Opened:
    """A file to be read: its size, and when it was written."""

    file: BinaryIO
    size: int
    modified: int  # nanoseconds


class FolderStorage:
    """Objects as files below `root`, each under its key. `links` checks what `url` has signed."""

    enabled = True

    def __init__(self, root: Path, links: FolderLinks, seconds: int) -> None:
        self.links = links
        self._root = root
        self._urls = SlotLinks(seconds, links.sign)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="agora-files")

    async def start(self) -> None:
        """Make the folder, and clear away what a crash in the middle of writing has left there."""
        try:
            await self._run(self._prepare)
        except StorageUnavailable as away:
            logger.error("%s", away)

    async def close(self) -> None:
        """Wait for nobody: whoever began a work has awaited it."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def put(self, key: str, content: BinaryIO, size: int, media_type: str) -> None:
        """Store it under another name first, so that there is never half of it."""
        check_key(key)
        given_up = threading.Event()
        try:
            await self._run(self._write, key, content, size, given_up)
        except BaseException:
            given_up.set()  # the thread may be at work still
            raise

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove files; their folders stay."""
        for key in keys:
            check_key(key)
        await self._run(self._remove, tuple(keys))

    async def find(self, key: str) -> Stored | None:
        """The file under a key."""
        return await self._run(self._find, key)

    async def listed(self, prefix: str = "") -> AsyncIterator[Stored]:
        """All of them, a batch at a time."""
        found = self._walked(prefix)
        while batch := await self._run(lambda: list(islice(found, BATCH))):
            for each in batch:
                yield each

    def url(self, key: str) -> str | None:
        """A link to the application itself."""
        return self._urls(key)

    async def opened(self, key: str) -> Opened | None:
        """The file under a key, to be read with `read` and closed by the caller."""
        return await self._run(self._open, key)

    async def read(self, file: BinaryIO, size: int) -> bytes:
        """The next bytes of it."""
        return await self._run(file.read, size)

    async def _run(self, work: Callable[..., T], *arguments: object) -> T:
        try:
            async with asyncio.timeout(SECONDS):
                return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)
        except OSError as error:  # a timeout is one
            reason = error.strerror or f"no answer within {SECONDS:g} seconds"
            raise StorageUnavailable(f"the storage of files at {self._root} cannot be used: {reason}") from error

    # --- what the threads do ----------------------------------------------------------------------

    def _place(self, key: str) -> Path:
        """Where a key is kept. Nothing on the way there may lead elsewhere."""
        check_key(key)
        path = self._root.resolve() / key
        if path.parent.resolve() != path.parent or path.is_symlink():
            raise KeyRefused(f"{key!r} leads out of the storage of files")
        return path

    def _prepare(self) -> None:
        self._root.mkdir(parents=True, exist_ok=True)
        before = time.time() - LEFT_BEHIND_SECONDS
        for left in self._root.glob(f"{TEMPORARY}*"):
            with suppress(FileNotFoundError):
                if left.lstat().st_mtime < before:
                    left.unlink()

    def _write(self, key: str, content: BinaryIO, size: int, given_up: threading.Event) -> None:
        target = self._place(key)
        rewind(content, size)
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=TEMPORARY, dir=self._root)
        try:
            with os.fdopen(descriptor, "wb") as file:
                while piece := content.read(PIECE):
                    file.write(piece)
                file.flush()
                os.fsync(descriptor)
            if given_up.is_set():
                raise TimeoutError
            Path(name).rename(target)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
        self._keep_names(target)

    def _keep_names(self, target: Path) -> None:
        """Have the disk remember the file's name, and those of the folders above it, which may be new."""
        for folder in target.parents[: len(target.relative_to(self._root.resolve()).parts)]:
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def _remove(self, keys: Sequence[str]) -> None:
        for key in keys:
            with suppress(FileNotFoundError):
                self._place(key).unlink()

    def _find(self, key: str) -> Stored | None:
        try:
            found = self._place(key).stat()
        except (KeyRefused, FileNotFoundError):
            return None
        return _stored(key, found) if stat.S_ISREG(found.st_mode) else None

    def _open(self, key: str) -> Opened | None:
        try:
            descriptor = os.open(self._place(key), os.O_RDONLY | os.O_NOFOLLOW)
        except (KeyRefused, FileNotFoundError):
            return None
        file = os.fdopen(descriptor, "rb")
        found = os.fstat(descriptor)
        return Opened(file, found.st_size, found.st_mtime_ns)

    def _walked(self, prefix: str) -> Iterator[Stored]:
        root = self._root.resolve()
        for folder, _, names in os.walk(root / prefix.rpartition("/")[0], onerror=_raise):
            for path in (Path(folder, name) for name in names):
                key = path.relative_to(root).as_posix()
                if is_key(key) and key.startswith(prefix) and not path.is_symlink():
                    with suppress(FileNotFoundError):  # removed just now
                        yield _stored(key, path.stat())


def _raise(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def _stored(key: str, found: os.stat_result) -> Stored:
    return Stored(key, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))
