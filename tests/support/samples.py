"""Pictures made on the spot: by Pillow where it can, by hand where no honest program would."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def scene(width: int = 60, height: int = 40) -> Image.Image:
    """A picture whose corners all differ, so that a turn or a mirroring shows."""
    image = Image.new("RGB", (width, height), (240, 240, 230))
    draw = ImageDraw.Draw(image)
    half_x, half_y = width // 2, height // 2
    draw.rectangle((0, 0, half_x, half_y), fill=(200, 30, 30))
    draw.rectangle((half_x, 0, width, half_y), fill=(30, 160, 40))
    draw.rectangle((0, half_y, half_x, height), fill=(30, 60, 200))
    return image


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The picture in a format of Pillow's."""
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def png_chunk(name: bytes, content: bytes = b"") -> bytes:
    """A chunk with a right checksum."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_with(*chunks: bytes, width: int = 60, height: int = 40) -> bytes:
    """A PNG with further chunks right after its header."""
    plain = encoded(scene(width, height), "PNG")
    return plain[:33] + b"".join(chunks) + plain[33:]


def jpeg_with(segment: bytes, marker: int = 0xFE, image: Image.Image | None = None, **options: Any) -> bytes:
    """A JPEG with a further segment at its beginning: a comment, unless told otherwise."""
    plain = encoded(image or scene(), "JPEG", **options)
    return plain[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(segment) + 2) + segment + plain[2:]


def gif_of(frames: int, comment: bytes = b"") -> bytes:
    """A GIF of one pixel, drawn so many times, with a comment first."""
    screen = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\x00\x00\x00\xff\xff\xff"
    pieces = b"".join(
        bytes((len(comment[at : at + 255]),)) + comment[at : at + 255] for at in range(0, len(comment), 255)
    )
    told = b"\x21\xfe" + pieces + b"\x00" if comment else b""
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return screen + told + frame * frames + b"\x3b"


def box(name: bytes, content: bytes = b"") -> bytes:
    """A box of an MP4."""
    return struct.pack(">I", len(content) + 8) + name + content


def film() -> bytes:
    """What a phone appends to a motion photo, as far as its build goes."""
    return box(b"ftyp", b"mp42\x00\x00\x00\x00isom") + box(b"moov", b"\x00" * 40) + box(b"mdat", b"\x07" * 500)


def samsung_trailer(content: bytes = b"1449000000000") -> bytes:
    """A block and the directory that leads to it."""
    name = b"Image_UTC_Data"
    block = struct.pack("<HHI", 0, 0x0A01, len(name)) + name + content
    entry = struct.pack("<HHII", 0, 0x0A01, len(block), len(block))
    directory = b"SEFH" + struct.pack("<II", 106, 1) + entry
    return block + directory + struct.pack("<I", len(directory)) + b"SEFT"
