"""What may follow a picture's end in its file.

After any picture: padding (NUL and white space). After a JPEG also what cameras append to their photos, in any order,
and only where it is built as it should be to its last byte: further JPEGs (previews, depth and gain maps: MPF), a
short film (motion photos: the boxes of an MP4), and Samsung's directory of blocks. ZIP, HTML, PDF and the like are
none of these, so that nothing is let in that is a picture to one program and something else to another. All of it is
left out of what is stored.
"""

from __future__ import annotations

import re
from struct import error as StructError
from struct import unpack_from

from runtime.pictures import jpeg
from runtime.pictures.picture import BrokenPicture

_PADDING = re.compile(rb"[\x00\t\n\r ]*")
_BOX = re.compile(rb"[A-Za-z0-9 ]{4}")
_BLOCKS, _BLOCKS_END = b"SEFH", b"SEFT"
_MAX_BLOCKS = 1000


def only_padding(data: bytes, start: int) -> bool:
    """Whether nothing but padding follows."""
    return _after_padding(data, start) == len(data)


def only_camera_data(data: bytes, start: int) -> bool:
    """Whether nothing follows a JPEG but padding and what cameras append."""
    end = _samsung_start(data)
    before, at = start, _after_padding(data, start)
    while at < end:
        film = data.find(b"ftyp", at, at + 8) - 4  # its first bytes, a length, may look like padding
        if data.startswith(b"\xff\xd8\xff", at):
            after = _after_jpeg(data, at)
        else:
            after = _after_boxes(data, film, end) if film >= before else None
        if after is None:
            return False
        before, at = after, _after_padding(data, after)
    return at >= end


def _after_jpeg(data: bytes, at: int) -> int | None:
    try:
        return jpeg.survey(data, at).end
    except (BrokenPicture, StructError):
        return None


def _after_padding(data: bytes, at: int) -> int:
    found = _PADDING.match(data, at)
    return found.end() if found else at


def _after_boxes(data: bytes, at: int, end: int) -> int | None:
    """Where a row of boxes ends; None where one reaches beyond the file or is no box."""
    while end - at >= 8 and _BOX.fullmatch(data, at + 4, at + 8):
        (length,) = unpack_from(">I", data, at)
        if length == 1 and end - at >= 16:
            (length,) = unpack_from(">Q", data, at + 8)
        elif length == 0:
            length = end - at
        if length < 8 or at + length > end:
            return None
        at += length
    return at


def _samsung_start(data: bytes) -> int:
    """Where Samsung's blocks begin: their directory, at the very end, says how far before it each of them lies."""
    directory = len(data) - 8 - (unpack_from("<I", data, len(data) - 8)[0] if data.endswith(_BLOCKS_END) else 0)
    if not data.endswith(_BLOCKS_END) or directory < 0 or not data.startswith(_BLOCKS, directory):
        return len(data)
    (count,) = unpack_from("<I", data, directory + 8)
    if count > _MAX_BLOCKS or directory + 12 + 12 * count != len(data) - 8:
        return len(data)
    distances = [unpack_from("<I", data, directory + 12 + 12 * number + 4)[0] for number in range(count)]
    return max(directory - max(distances, default=0), 0)
