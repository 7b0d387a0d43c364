"""What goes into a check and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """What is accepted: formats of `jpeg`, `png`, `webp`, `gif`; bytes, before and after; pixels of all frames."""

    accept: tuple[str, ...]
    max_bytes: int
    max_pixels: int


@dataclass(slots=True)
class Picture:
    """A picture as it may be stored. Whoever has it closes `content`, a temporary file at its beginning."""

    content: BinaryIO
    size: int
    media_type: str
    extension: str
    width: int
    height: int


class PictureRefused(Exception):
    """This is no picture that is accepted; `message` is a sentence for the client."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BrokenPicture(PictureRefused):
    """It begins like a picture and is none."""

    def __init__(self) -> None:
        super().__init__("Must be a whole picture that can be decoded.")
