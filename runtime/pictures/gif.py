"""GIF: blocks that are told apart by their first byte, each a row of short pieces, up to a trailer."""

from __future__ import annotations

from struct import unpack_from

from runtime.pictures.anatomy import MAX_FRAMES, MAX_PARTS, Anatomy
from runtime.pictures.picture import BrokenPicture, PictureRefused

_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B


def survey(data: bytes) -> Anatomy:
    """The build of a GIF. Frames may reach beyond the screen that it announces: decoders enlarge it for them."""
    width, height, flags = unpack_from("<HHB", data, 6)
    at = 13 + _colours(flags)
    frames = 0
    for _ in range(MAX_PARTS):
        kind = data[at]
        if kind == _TRAILER:
            if not frames:
                raise BrokenPicture
            return Anatomy(width, height, end=at + 1, frames=frames)
        if kind == _EXTENSION:
            at = _after_pieces(data, at + 2)
        elif kind == _IMAGE:
            left, top, across, down, flags = unpack_from("<HHHHB", data, at + 1)
            width, height = max(width, left + across), max(height, top + down)
            at = _after_pieces(data, at + 11 + _colours(flags))
            frames += 1
        else:
            raise BrokenPicture
        if frames > MAX_FRAMES:
            raise PictureRefused(f"Must have at most {MAX_FRAMES} frames.")
    raise BrokenPicture


def _colours(flags: int) -> int:
    """The bytes of a colour table."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_pieces(data: bytes, at: int) -> int:
    while length := data[at]:
        at += 1 + length
    return at + 1
