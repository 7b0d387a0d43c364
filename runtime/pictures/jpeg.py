"""JPEG: segments that begin with 0xFF and a marker; where the picture ends is known only from walking them all."""

from __future__ import annotations

import re
from struct import unpack_from

from runtime.pictures.anatomy import MAX_PARTS, Anatomy
from runtime.pictures.picture import BrokenPicture

MAX_SCANS = 64  # cameras write one, encoders up to ten; each is a pass over all of the picture

# Neither stuffing nor a restart inside coded data, nor a fill byte: a marker that begins or ends something.
_MARKER = re.compile(rb"\xff([^\x00\x01\xff\xd0-\xd7])")
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})


def survey(data: bytes, start: int = 0) -> Anatomy:
    """The build of the JPEG that begins at `start`."""
    size: tuple[int, int] | None = None
    progressive = False
    scans = 0
    at = start + 2
    for _ in range(MAX_PARTS):
        found = _MARKER.search(data, at)
        if found is None:
            raise BrokenPicture
        marker, at = found[1][0], found.end()
        if marker == _END:
            if size is None or not scans:
                raise BrokenPicture
            return Anatomy(*size, end=at, progressive=progressive)
        (length,) = unpack_from(">H", data, at)
        if marker == _START or length < 2:
            raise BrokenPicture
        if marker in _FRAMES:
            if size is not None:
                raise BrokenPicture
            height, width = unpack_from(">HH", data, at + 3)
            size, progressive = (width, height), marker in _PROGRESSIVE
        scans += marker == _SCAN
        if scans > MAX_SCANS:
            raise BrokenPicture
        at += length
    raise BrokenPicture
