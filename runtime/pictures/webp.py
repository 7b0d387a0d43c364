"""WebP: a RIFF file, whose chunks have a name and a length and are padded to even lengths."""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from

from runtime.pictures.anatomy import MAX_FRAMES, MAX_PARTS, Anatomy
from runtime.pictures.picture import BrokenPicture, PictureRefused

Size = tuple[int, int]


def survey(data: bytes) -> Anatomy:
    """The build of a WebP picture. The canvas is as large as the largest thing that says how large it is."""
    (length,) = unpack_from("<I", data, 4)
    end = 8 + length + length % 2
    if end > len(data):
        raise BrokenPicture
    sizes: list[Size] = []
    frames = 0
    lossless = lossy = False
    for name, at in _chunks(data, 12, end):
        if name == b"ANMF":
            frames += 1
            if frames > MAX_FRAMES:
                raise PictureRefused(f"Must have at most {MAX_FRAMES} frames.")
            inner = data[at + 16 : at + 20]
            lossless, lossy = lossless or inner == b"VP8L", lossy or inner == b"VP8 "
        elif name in _SIZES:
            sizes.append(_SIZES[name](data, at))
            lossless, lossy = lossless or name == b"VP8L", lossy or name == b"VP8 "
    if not sizes:
        raise BrokenPicture
    width, height = (max(side) for side in zip(*sizes, strict=True))
    return Anatomy(width, height, end=end, frames=max(frames, 1), lossless=lossless and not lossy)


def _chunks(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int]]:
    """Each chunk's name and where its content begins."""
    for _ in range(MAX_PARTS):
        if at >= end:
            return
        name, length = unpack_from("<4sI", data, at)
        yield name, at + 8
        at += 8 + length + length % 2
    raise BrokenPicture


def _canvas(data: bytes, at: int) -> Size:
    (width,) = unpack_from("<I", data, at + 4)
    (height,) = unpack_from("<I", data, at + 6)
    return (width & 0xFFFFFF) + 1, (height >> 8) + 1


def _lossy(data: bytes, at: int) -> Size:
    width, height = unpack_from("<HH", data, at + 6)
    return width & 0x3FFF, height & 0x3FFF


def _lossless(data: bytes, at: int) -> Size:
    (bits,) = unpack_from("<I", data, at + 1)
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


_SIZES = {b"VP8X": _canvas, b"VP8 ": _lossy, b"VP8L": _lossless}
