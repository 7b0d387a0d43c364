"""PNG: chunks with a length, a name and a checksum, from IHDR to IEND."""

from __future__ import annotations

from struct import unpack_from
from zlib import crc32

from runtime.pictures.anatomy import MAX_PARTS, Anatomy
from runtime.pictures.picture import BrokenPicture

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_OPTIONAL = 0x20  # a small first letter: decoders may skip the chunk


def survey(data: bytes) -> Anatomy:
    """The build of a PNG. Of an animated one only the still picture counts, which is all that is kept of it."""
    length, name, width, height = unpack_from(">I4sII", data, len(SIGNATURE))
    if (length, name) != (13, b"IHDR"):
        raise BrokenPicture
    at = len(SIGNATURE)
    for _ in range(MAX_PARTS):
        length, name = unpack_from(">I4s", data, at)
        content, at = at + 8, at + 12 + length
        if at > len(data):
            raise BrokenPicture
        if not name[0] & _OPTIONAL and crc32(data[content - 4 : at - 4]) != unpack_from(">I", data, at - 4)[0]:
            raise BrokenPicture  # decoders do not look at the checksums of pixels
        if name == b"IEND":
            return Anatomy(width, height, end=at, lossless=True)
    raise BrokenPicture
