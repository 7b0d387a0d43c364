"""What a storage of files is, whichever it is: stored objects by key, and URLs that anybody may follow for a time."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

# Keys are made by the server, so this is narrow: nothing that a path, a URL or a careless file system could take for
# something else. Folders have no dot and files have one, so neither can be in the other's place.
_KEY = re.compile(r"(?:[a-z0-9][a-z0-9_-]*/)*[a-z0-9][a-z0-9_-]*\.[a-z0-9]+")
LONGEST_KEY = 255

SECONDS = 4.5  # for anything that is asked of a storage, waiting for one's turn included


class StorageUnavailable(Exception):
    """The storage of files cannot be used now: away, slow, full, or it refuses us. Asking again later may help."""


class KeyRefused(ValueError):
    """A mistake of the program: nothing is ever stored under such a key."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An object that is there."""

    key: str
    size: int
    modified: datetime


class Storage(Protocol):
    """Where files are kept. What is asked of one raises StorageUnavailable within five seconds if it cannot be done.

    `enabled` is false where there is none.
    """

    @property
    def enabled(self) -> bool: ...

    async def start(self) -> None:
        """Get ready; a storage that is away may come later."""

    async def close(self) -> None:
        """Let go of it."""

    async def put(self, key: str, content: BinaryIO, size: int, media_type: str) -> None:
        """Store all of `content` or nothing; it is there to stay when this returns."""

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove objects; what is not there is fine."""

    async def find(self, key: str) -> Stored | None:
        """The object under a key."""

    def listed(self, prefix: str = "") -> AsyncIterator[Stored]:
        """All objects whose keys begin so, in no particular order."""

    def url(self, key: str) -> str | None:
        """Where anybody can get an object for a time, whether it is there or not; None when there is no such place.

        Local and cheap. What it gives can stand between quotes in JSON as it is.
        """


def is_key(text: str) -> bool:
    """Whether something may be stored under it."""
    return len(text) <= LONGEST_KEY and _KEY.fullmatch(text) is not None


def check_key(key: str) -> None:
    """Raise KeyRefused unless something may be stored under it."""
    if not is_key(key):
        raise KeyRefused(f"{key!r} cannot be the key of a file")


def rewind(content: BinaryIO, size: int) -> None:
    """Go to the beginning of what is to be stored; raises ValueError where it has not the size that was told."""
    found = content.seek(0, 2)
    if found != size:
        raise ValueError(f"the content has {found} bytes, not {size}")
    content.seek(0)
