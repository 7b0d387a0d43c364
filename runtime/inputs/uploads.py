"""Files that came in a form: on disk beyond a small size, under a name that is safe to show and never a path."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

MAX_NAME = 255
NAMELESS = "picture"

_SEPARATOR = re.compile(r"[/\\]")
# Control characters, those that turn the writing direction, lone surrogates, ends of lines and of paragraphs.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class FileRule:
    """What a member takes: files of so many bytes at most; one (`many` is None), or so many at most."""

    max_bytes: int
    many: int | None


@dataclass(slots=True)
class Upload:
    """A file at its beginning, and the base name that the client gave it. Whoever has it closes `file`."""

    file: BinaryIO
    size: int
    name: str


Uploads = dict[str, list[Upload]]


def new_file() -> BinaryIO:
    """An unnamed temporary file; it stays in memory until it is told to move to disk (`to_disk`)."""
    return cast(BinaryIO, SpooledTemporaryFile(max_size=0))


def to_disk(file: BinaryIO) -> None:
    """Move what was written so far, and what follows, out of memory."""
    if isinstance(file, SpooledTemporaryFile):
        file.rollover()


def close_all(uploads: Iterable[Upload]) -> None:
    """Close files that nobody wants any more; what was on disk is gone."""
    for upload in uploads:
        upload.file.close()


def leads_astray(name: str) -> bool:
    """Whether no honest client can have sent this name: it holds a NUL, or climbs out of a folder."""
    return "\x00" in name or ".." in _SEPARATOR.split(name)


def safe_name(name: str) -> str:
    """The base name, with nothing in it that cannot be seen, and never empty."""
    base = _SEPARATOR.split(name)[-1]
    seen = "".join(each for each in base if unicodedata.category(each) not in _UNSEEN)[:MAX_NAME].strip()
    return seen if seen.strip(".") else NAMELESS
